"""Batches of lines by HTTP POST on this machine: acknowledged when they are on the disk."""

from __future__ import annotations

import json
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import urlsplit

from truceline.core.errors import Conflict
from truceline.watch.sources import Place
from truceline.watch.sources.spool import Spool

HOST = "127.0.0.1"
PATH = "/positions"
MEDIA_TYPE = "application/x-ndjson"
MOST_BYTES = 1 << 24
_HOSTS = ("127.0.0.1", "localhost")
_REQUEST_TIMEOUT_S = 30


class HttpSource:
    """Takes POSTs of NDJSON at /positions on 127.0.0.1; port 0 is a free one. Raises Conflict.

    A batch whose answer a client did not see may be sent again: positions are known by object and time.
    Requests need the media type application/x-ndjson, which a page of another site cannot send unasked.
    """

    def __init__(self, port: int, folder: Path) -> None:
        self._spool = Spool(folder)
        try:
            self._server = ThreadingHTTPServer((HOST, port), _handler(self._spool))
        except (OSError, OverflowError) as error:
            self._spool.close()
            raise Conflict(
                f"cannot listen on {HOST}:{port}: {error}", hint="choose another port with --http"
            ) from error
        self._server.daemon_threads = True
        self._thread = Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.1}, daemon=True)

    @property
    def name(self) -> str:
        """That it is HTTP; the port may change."""
        return "HTTP"

    @property
    def url(self) -> str:
        """Where to POST to."""
        return f"http://{HOST}:{self._server.server_address[1]}{PATH}"

    @property
    def place(self) -> Place:
        """Bytes done of all that was ever acknowledged."""
        return {"bytes": self._spool.read_to}

    def resume(self, place: Place | None) -> None:
        """See Source. Requests are answered from here on."""
        self._spool.resume(place["bytes"] if place is not None else 0)
        self._thread.start()

    def read(self, timeout_s: float) -> bytes | None:
        """See Source; it has no end."""
        return self._spool.read(timeout_s)

    def settled(self, place: Place) -> None:
        """Deletes what is done."""
        self._spool.settled(place["bytes"])

    def close(self) -> None:
        """Ends the server."""
        if self._thread.is_alive():
            self._server.shutdown()
        self._server.server_close()
        self._spool.close()


def _handler(spool: Spool) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        server_version = "truceline"
        sys_version = ""
        protocol_version = "HTTP/1.1"
        timeout = _REQUEST_TIMEOUT_S

        def do_POST(self) -> None:
            self._answer(*self._taken())

        def _taken(self) -> tuple[HTTPStatus, dict[str, Any]]:
            # Whatever is refused is not read, so the connection cannot be used again.
            self.close_connection = True
            host = urlsplit(f"//{self.headers.get('Host', '')}").hostname or ""
            if host not in _HOSTS:
                return HTTPStatus.MISDIRECTED_REQUEST, {"detail": "this host is not served here"}
            if urlsplit(self.path).path != PATH:
                return HTTPStatus.NOT_FOUND, {"detail": f"there is one address: {PATH}"}
            if self.headers.get_content_type() != MEDIA_TYPE:
                return HTTPStatus.UNSUPPORTED_MEDIA_TYPE, {"detail": f"accepted: Content-Type {MEDIA_TYPE}"}
            length = self.headers.get("Content-Length", "")
            if not length.isdigit():
                return HTTPStatus.LENGTH_REQUIRED, {"detail": "a batch needs a Content-Length"}
            if not 0 < int(length) <= MOST_BYTES:
                return HTTPStatus.REQUEST_ENTITY_TOO_LARGE, {"detail": f"a batch has 1 to {MOST_BYTES} bytes"}
            body = self.rfile.read(int(length))
            if len(body) < int(length):
                return HTTPStatus.BAD_REQUEST, {"detail": "the batch was cut short"}
            self.close_connection = False
            if not body.endswith(b"\n"):
                body += b"\n"
            try:
                if not spool.append(body):
                    return HTTPStatus.SERVICE_UNAVAILABLE, {"detail": "too much is waiting; try again later"}
            except OSError as error:
                return HTTPStatus.INSUFFICIENT_STORAGE, {"detail": f"cannot be kept: {error.strerror}"}
            return HTTPStatus.ACCEPTED, {"bytes": len(body), "lines": body.count(b"\n")}

        def _answer(self, status: HTTPStatus, document: dict[str, Any]) -> None:
            if status is not HTTPStatus.ACCEPTED:
                document = {"title": status.phrase, "status": int(status), **document}
            content = json.dumps(document).encode()
            self.send_response(status)
            kind = "application/json" if status is HTTPStatus.ACCEPTED else "application/problem+json"
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(content)))
            if status is HTTPStatus.SERVICE_UNAVAILABLE:
                self.send_header("Retry-After", "1")
            if self.close_connection:
                self.send_header("Connection", "close")
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, format: str, *args: Any) -> None:
            """Says nothing: requests come by the hundred a second."""

    return Handler
