"""What stands before every endpoint: host names, sizes, rates, sessions, forged requests, answers again.

Plain ASGI, so that streams pass through. In this order: the host must be one that is served; the body not
larger than allowed; the rate not higher; then who asks is found out (a session's cookie, or the password of
a device on the paths for devices); then a request that changes something must come from our own pages.
"""

from __future__ import annotations

import base64
import hashlib
import secrets
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import anyio.to_thread
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import cookie_parser
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from truceline.core.errors import (
    Conflict,
    InvalidInput,
    NotAllowed,
    NotSignedIn,
    TooLarge,
    TooMany,
    TrucelineError,
)
from truceline.evidence.permissions import PUBLIC
from truceline.web.asking import Asker
from truceline.web.problems import answer_to
from truceline.web.site import Site

COOKIE = "truceline_session"
COOKIE_UNDER_TLS = f"__Host-{COOKIE}"
"""Browsers take a cookie of this prefix only from this host, under TLS (ASVS 3.4.4)."""
CSRF = "x-csrf-token"
KEY = "idempotency-key"
SAFE = ("GET", "HEAD", "OPTIONS")
DEVICE_PATHS = ("/ogc", "/forms")
"""Where the password of a device signs in: GIS programs and phones know no cookies."""
REALM = "Truceline"
AROUND_PARTS = 64 << 10
"""What stands around the parts of a form is not counted: phones fill a request with as many bytes of files as
they were told it may have."""

POLICY = (
    "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; "
    "worker-src 'self' blob:; connect-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(self)",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


def cookie_of(scheme: str) -> str:
    """The name of the session's cookie under http or https."""
    return COOKIE_UNDER_TLS if scheme == "https" else COOKIE


class Buckets:
    """How many requests each address has left: a burst, filled again at a steady rate."""

    def __init__(self, per_s: float, burst: int, clock: Callable[[], float] = time.monotonic) -> None:
        self.per_s, self.burst, self.clock = per_s, burst, clock
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()
        self._lock = threading.Lock()

    def take(self, who: str) -> None:
        """Takes one. Raises TooMany where there is none left."""
        now = self.clock()
        with self._lock:
            left, at = self._left.get(who, (float(self.burst), now))
            left = min(self.burst, left + (now - at) * self.per_s)
            if left < 1:
                self._left[who] = left, now
                wait = max(1, round((1 - left) / self.per_s))
                raise TooMany("too many requests in too short a time", details={"retry_after_s": wait})
            self._left[who] = left - 1, now
            self._left.move_to_end(who)
            while len(self._left) > 10_000:
                self._left.popitem(last=False)


class Guard:
    """The ASGI middleware around everything."""

    def __init__(self, app: ASGIApp, site: Site) -> None:
        self.app = app
        self.site = site
        settings = site.settings
        self.reads = Buckets(settings.reads_per_s, settings.reads_burst)
        self.writes = Buckets(settings.writes_per_s, settings.writes_burst)
        self.sign_ins = Buckets(settings.sign_ins_per_minute / 60, settings.sign_ins_per_minute)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                told = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    told.setdefault(name, value)
                if scope.get("scheme") == "https":
                    told.setdefault("Strict-Transport-Security", "max-age=31536000; includeSubDomains")
                told.setdefault("Cache-Control", "no-store")
                if message["status"] == 401 and scope["path"].startswith(DEVICE_PATHS):
                    for challenge in self._challenges():
                        told.append("WWW-Authenticate", challenge)
            await send(message)

        try:
            self._need_host(headers)
            self._need_address(scope)
            self._need_rate(scope)
            asker = await anyio.to_thread.run_sync(self._asker, scope, headers)
            scope["truceline.asker"] = asker
            self._need_own_page(scope, headers, asker)
            receive = await self._whole_body(scope, headers, receive)
            key = headers.get(KEY)
            if key is not None and scope["method"] not in SAFE and asker.account is not None:
                await self._once(scope, receive, with_headers, asker.account.id, key)
                return
        except TrucelineError as error:
            refused = answer_to(error, scope["path"])
            await refused(scope, receive, with_headers)
            return
        await self.app(scope, receive, with_headers)

    @staticmethod
    def _need_address(scope: Scope) -> None:
        """Raises InvalidInput where the query is not ASCII: whatever else it holds is percent-encoded."""
        if not scope["query_string"].isascii():
            raise InvalidInput("the query holds bytes that are no text; accepted: percent-encoded UTF-8")

    def _need_host(self, headers: Headers) -> None:
        hosts = self.site.settings.hosts
        name = urlsplit(f"//{headers.get('host', '')}").hostname or ""
        if hosts and name not in hosts:
            raise NotAllowed("this host is not served here")

    def _need_rate(self, scope: Scope) -> None:
        who = self.site.address(scope)
        if scope["method"] in SAFE:
            self.reads.take(who)
        else:
            self.writes.take(who)
            if scope["path"] == "/api/v1/session":
                self.sign_ins.take(who)

    def _asker(self, scope: Scope, headers: Headers) -> Asker:
        path = scope["path"]
        said = headers.get("authorization", "")
        if path.startswith(DEVICE_PATHS) and said:
            return self._device(scope, said)
        token = cookie_parser(headers.get("cookie", "")).get(cookie_of(scope["scheme"]))
        if token is None:
            return Asker(PUBLIC)
        now = self.site.desk.clock()
        session = self.site.accounts.session(token, now=now, idle=self.site.settings.session_idle)
        if session is None:
            return Asker(PUBLIC)
        return Asker(session.account.reader, session.account, session, token)

    def _device(self, scope: Scope, said: str) -> Asker:
        """Who signs in with a device's password, by Basic or Digest. Raises NotSignedIn."""
        scheme, _, rest = said.partition(" ")
        if scheme.casefold() == "basic":
            try:
                name, _, password = base64.b64decode(rest, validate=True).decode("utf-8").partition(":")
            except ValueError as error:
                raise NotSignedIn("the name or the password of the device is wrong") from error
            account = self.site.accounts.named(name)
            kept = self.site.accounts.secret(account.id, "form_password") if account else None
            given = device_digest(account.name if account else name, password)
            if (
                account is not None
                and kept
                and account.ended_at is None
                and secrets.compare_digest(kept, given)
            ):
                return Asker(account.reader, account)
        if scheme.casefold() == "digest":
            found = self._by_digest(scope, rest)
            if found is not None:
                return found
        self.sign_ins.take(self.site.address(scope))
        self.site.accounts.sign_ins.record(
            None, "wrong-password", way="device", address=self.site.address(scope), now=self.site.desk.clock()
        )
        raise NotSignedIn("the name or the password of the device is wrong")

    def _by_digest(self, scope: Scope, rest: str) -> Asker | None:
        from urllib.request import parse_http_list, parse_keqv_list

        try:
            told = parse_keqv_list(parse_http_list(rest))
        except (ValueError, IndexError):
            return None
        account = self.site.accounts.named(told.get("username", ""))
        kept = self.site.accounts.secret(account.id, "form_password") if account else None
        path = scope["path"] + (f"?{scope['query_string'].decode()}" if scope["query_string"] else "")
        if (
            account is None
            or not kept
            or account.ended_at is not None
            or told.get("qop") != "auth"
            or told.get("uri") not in (path, scope.get("raw_path", b"").decode())
            or not self.site.nonces.holds(told.get("nonce", ""), told.get("nc", ""), told.get("cnonce", ""))
        ):
            return None
        asked = _md5(f"{scope['method']}:{told['uri']}")
        expected = _md5(f"{kept}:{told['nonce']}:{told['nc']}:{told['cnonce']}:auth:{asked}")
        if not secrets.compare_digest(expected, told.get("response", "")):
            return None
        return Asker(account.reader, account)

    def _challenges(self) -> list[str]:
        nonce = self.site.nonces.new()
        return [
            f'Digest realm="{REALM}", qop="auth", nonce="{nonce}", algorithm=MD5',
            f'Basic realm="{REALM}"',
        ]

    def _need_own_page(self, scope: Scope, headers: Headers, asker: Asker) -> None:
        """A request that changes something comes from our pages: by its origin and the session's token."""
        if scope["method"] in SAFE:
            return
        if headers.get("sec-fetch-site") not in (None, "same-origin", "none"):
            raise NotAllowed("this request comes from another site")
        origin = headers.get("origin")
        if origin is not None and urlsplit(origin).netloc != headers.get("host", ""):
            raise NotAllowed("this request comes from another site")
        if asker.session is None or (scope["path"] == "/api/v1/session" and scope["method"] == "POST"):
            return
        if not secrets.compare_digest(headers.get(CSRF, "").encode(), asker.session.csrf.encode()):
            raise NotAllowed("the request lacks the session's token", hint=f"send it as {CSRF}")

    async def _whole_body(self, scope: Scope, headers: Headers, receive: Receive) -> Receive:
        """The body, read up to what is allowed. Raises TooLarge beyond that."""
        if scope["method"] in SAFE:
            return receive
        settings = self.site.settings
        form = headers.get("content-type", "").startswith("multipart/form-data")
        most = settings.upload_bytes if form else settings.body_bytes
        too_large = TooLarge(f"the body is too large; accepted: at most {most} bytes")
        if form:
            most += AROUND_PARTS
        if headers.get("content-length", "0").isdigit() and int(headers.get("content-length", "0")) > most:
            raise too_large
        parts: list[bytes] = []
        size = 0
        while True:
            message = await receive()
            if message["type"] == "http.disconnect":
                break
            parts.append(message.get("body", b""))
            size += len(parts[-1])
            if size > most:
                raise too_large
            if not message.get("more_body", False):
                break
        body = b"".join(parts)
        scope["truceline.body"] = body
        told = False

        async def again() -> Message:
            nonlocal told
            if told:
                return await receive()
            told = True
            return {"type": "http.request", "body": body, "more_body": False}

        return again

    async def _once(self, scope: Scope, receive: Receive, send: Send, account: str, key: str) -> None:
        """Answers a request once: sent again under the same key it gets the same answer and does nothing.

        A failure of ours, or a conflict of times, is not kept: the same request may be tried again.
        """
        if not 8 <= len(key) <= 200:
            raise InvalidInput(f"{KEY}: accepted: 8 to 200 characters")
        said = (scope["method"], scope["path"], scope["query_string"].decode("latin-1"))
        request = hashlib.sha256("\x00".join(said).encode() + b"\x00" + scope["truceline.body"]).digest()
        accounts = self.site.accounts

        def begin() -> Any:
            return accounts.begin_answer(account, key, request, now=self.site.desk.clock())

        held = await anyio.to_thread.run_sync(begin)
        if held is not None:
            if held[0] != request:
                raise InvalidInput(f"{KEY}: another request was sent under this key")
            if held[1] is None:
                raise Conflict("the same request is being answered", hint="ask again in a moment")
            await _send(send, held[1], [*held[2], ("idempotency-replayed", "true")], held[3])
            return
        status, headers, parts = 500, [], []

        async def keep(message: Message) -> None:
            nonlocal status, headers
            if message["type"] == "http.response.start":
                status = message["status"]
                headers = [(n.decode("latin-1"), v.decode("latin-1")) for n, v in message["headers"]]
            else:
                parts.append(message.get("body", b""))

        try:
            await self.app(scope, receive, keep)
        finally:
            if status < 500 and status != 429:
                await anyio.to_thread.run_sync(
                    accounts.keep_answer, account, key, status, headers, b"".join(parts)
                )
            else:
                await anyio.to_thread.run_sync(accounts.drop_answer, account, key)
        await _send(send, status, headers, b"".join(parts))


async def _send(send: Send, status: int, headers: list[tuple[str, str]], body: bytes) -> None:
    raw = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in headers]
    await send({"type": "http.response.start", "status": status, "headers": raw})
    await send({"type": "http.response.body", "body": body})


def _md5(text: str) -> str:
    return hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()


def device_digest(name: str, password: str) -> str:
    """What is kept of a device's password: HA1 of RFC 7616, which OpenRosa clients can prove to know.

    The password is 128 random bits that we chose, so that the fast digest gives nothing away.
    """
    return _md5(f"{name}:{REALM}:{password}")
