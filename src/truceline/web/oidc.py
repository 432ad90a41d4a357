"""Signing in through an OpenID Connect provider: authorization code with PKCE, state and nonce.

Who may sign in has an account with the provider's subject (`truceline account add --subject`): the provider
says who somebody is, and the account what they may. Asks the provider's addresses and nothing else.
"""

from __future__ import annotations

import os
import secrets
import threading
import time
from collections import OrderedDict
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from truceline.app.sign_ins import SIGNED_IN
from truceline.core.errors import DependencyMissing, InvalidInput, NotFound, NotSignedIn, StoreUnavailable
from truceline.core.input_files import read_whole
from truceline.core.limits import KEY_FILE_BYTES
from truceline.core.plain_json import parse_json
from truceline.web.asking import TheSite, need

router = APIRouter(tags=["session"])

STATE = "truceline_sign_in"
LASTS_S = 600
ALGORITHMS = ["RS256", "PS256", "ES256", "EdDSA", "Ed25519"]
TIMEOUT_S = 10


@dataclass(frozen=True, slots=True)
class ProviderSettings:
    """A provider: its issuer, our name and secret there, and the address of ours that it sends back to."""

    issuer: str
    client_id: str
    client_secret: str
    redirect_uri: str


def read_provider(path: Path) -> ProviderSettings:
    """A provider from a JSON file: issuer, client_id, redirect_uri, and `client_secret_env`, which names the
    environment variable with the secret. Raises NotFound, InvalidInput."""
    try:
        said = parse_json(read_whole(path, KEY_FILE_BYTES, accepted="a JSON file that names a provider"))
    except ValueError as error:
        raise InvalidInput(f"{path}: this is no JSON") from error
    names = ("issuer", "client_id", "redirect_uri", "client_secret_env")
    if (
        not isinstance(said, dict)
        or set(said) != set(names)
        or not all(isinstance(said[n], str) for n in names)
    ):
        raise InvalidInput(f"{path}: accepted: {', '.join(names)}, each a text")
    secret = os.environ.get(said["client_secret_env"])
    if not secret:
        raise InvalidInput(f"{path}: the environment has no {said['client_secret_env']}")
    parts = urlsplit(said["issuer"])
    if parts.scheme != "https" and parts.hostname not in ("127.0.0.1", "localhost", "::1"):
        raise InvalidInput(f"{path}, issuer: found {said['issuer']!r}; accepted: https")
    return ProviderSettings(said["issuer"].rstrip("/"), said["client_id"], secret, said["redirect_uri"])


class SignIns:
    """Sign-ins that have begun at a provider: each state is ours, of one browser, and counts once."""

    def __init__(self, settings: ProviderSettings) -> None:
        self.settings = settings
        self._begun: OrderedDict[str, tuple[str, str, float]] = OrderedDict()
        self._lock = threading.Lock()
        self._found: tuple[dict[str, Any], Any, float] | None = None

    def _client(self) -> Any:
        try:
            from authlib.integrations.httpx_client import OAuth2Client
        except ImportError as error:
            raise DependencyMissing(
                "signing in through a provider needs Authlib", hint="pip install 'truceline[oidc]'"
            ) from error
        return OAuth2Client(
            self.settings.client_id,
            self.settings.client_secret,
            redirect_uri=self.settings.redirect_uri,
            scope="openid",
            code_challenge_method="S256",
            timeout=TIMEOUT_S,
        )

    def _provider(self, *, again: bool = False) -> tuple[dict[str, Any], Any]:
        """The provider's own description and keys, asked once an hour. Raises StoreUnavailable."""
        import httpx
        from joserfc.jwk import KeySet

        held = self._found
        if held is not None and not again and time.monotonic() - held[2] < 3600:
            return held[0], held[1]
        try:
            described = httpx.get(
                f"{self.settings.issuer}/.well-known/openid-configuration", timeout=TIMEOUT_S
            )
            document = described.raise_for_status().json()
            if document.get("issuer") != self.settings.issuer:
                raise StoreUnavailable("the provider calls itself otherwise than it was configured")
            keys = KeySet.import_key_set(
                httpx.get(document["jwks_uri"], timeout=TIMEOUT_S).raise_for_status().json()
            )
        except (httpx.HTTPError, ValueError, KeyError) as error:
            raise StoreUnavailable(
                "the provider of sign-ins cannot be asked", hint="try again later"
            ) from error
        self._found = document, keys, time.monotonic()
        return document, keys

    def begin(self) -> tuple[str, str]:
        """The provider's address to sign in at, and the state that the browser keeps."""
        document, _ = self._provider()
        nonce, verifier = secrets.token_urlsafe(24), secrets.token_urlsafe(48)
        address, state = self._client().create_authorization_url(
            document["authorization_endpoint"], code_verifier=verifier, nonce=nonce
        )
        with self._lock:
            self._begun[state] = nonce, verifier, time.monotonic()
            while len(self._begun) > 1000:
                self._begun.popitem(last=False)
        return str(address), str(state)

    def end(self, state: str, kept: str, code: str) -> str:
        """The subject that a provider vouches for. Raises NotSignedIn."""
        import httpx
        from authlib.integrations.base_client import OAuthError
        from joserfc import jwt
        from joserfc.errors import JoseError

        with self._lock:
            begun = self._begun.pop(state, None)
        same = secrets.compare_digest(state.encode(), kept.encode())
        if begun is None or not same or time.monotonic() - begun[2] > LASTS_S:
            raise NotSignedIn("this sign-in was not begun here, or too long ago", hint="begin again")
        nonce, verifier, _ = begun
        document, keys = self._provider()
        try:
            answered = self._client().fetch_token(
                document["token_endpoint"], code=code, code_verifier=verifier
            )
            token = jwt.decode(answered["id_token"], keys, algorithms=ALGORITHMS)
            jwt.JWTClaimsRegistry(
                leeway=30,
                iss={"essential": True, "value": self.settings.issuer},
                aud={"essential": True, "value": self.settings.client_id},
                nonce={"essential": True, "value": nonce},
                sub={"essential": True},
                exp={"essential": True},
            ).validate(token.claims)
        except (OAuthError, JoseError, httpx.HTTPError, KeyError, ValueError) as error:
            raise NotSignedIn("the provider's answer cannot be trusted", hint="begin again") from error
        return str(token.claims["sub"])


def _sign_ins(request: Request) -> SignIns:
    found = request.app.state.sign_ins
    if not isinstance(found, SignIns):
        raise NotFound("this server signs in through no provider")
    return found


@router.get("/session/oidc", dependencies=[need(None)], include_in_schema=False)
def begin(request: Request) -> Response:
    """Sends the browser to the provider."""
    address, state = _sign_ins(request).begin()
    told = RedirectResponse(address, status_code=303, headers={"Cache-Control": "no-store"})
    told.set_cookie(
        STATE, state, max_age=LASTS_S, path="/api/v1/session/oidc", httponly=True, samesite="lax",
        secure=request.url.scheme == "https",
    )  # fmt: skip
    return told


@router.get("/session/oidc/callback", dependencies=[need(None)], include_in_schema=False)
def end(request: Request, site: TheSite, state: str = "", code: str = "") -> Response:
    """Signs in whom the provider vouches for, if there is an account of that subject."""
    from truceline.web.api.session import set_session_cookie

    subject = _sign_ins(request).end(state, request.cookies.get(STATE, ""), code)
    account = site.accounts.of_subject(subject)
    now, address = site.desk.clock(), site.address(request.scope)
    if account is None or account.ended_at is not None:
        outcome, id = ("wrong-name", None) if account is None else ("ended", account.id)
        site.accounts.sign_ins.record(id, outcome, way="provider", address=address, now=now)
        raise NotSignedIn("nobody here signs in under that subject of the provider")
    site.accounts.sign_ins.record(account.id, SIGNED_IN, way="provider", address=address, now=now)
    token, _ = site.accounts.open_session(account.id, now=now, lasts=site.settings.session_lasts)
    told = RedirectResponse("/", status_code=303, headers={"Cache-Control": "no-store"})
    told.delete_cookie(STATE, path="/api/v1/session/oidc")
    set_session_cookie(request, site, told, token)
    return told
