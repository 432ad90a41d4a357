"""``truceline serve``: the report of a workspace in a browser on this machine, assessed again on request.

It only reads: GET and HEAD of one page. There is no login, so it binds to loopback unless told otherwise,
and answers only requests that name the host it was started for (a page elsewhere cannot reach it by
rebinding a name to 127.0.0.1).
"""

from __future__ import annotations

import socket
from collections.abc import Callable
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Lock
from typing import Annotated, Any
from urllib.parse import parse_qs, urlsplit

import typer

from truceline.app.report import ReportRequest, report_html
from truceline.cli.output import print_json, reports_errors, say
from truceline.core.errors import Conflict, InvalidInput, TrucelineError

app = typer.Typer()

LOOPBACK = ("127.0.0.1", "localhost", "::1")
PARAMETERS = ("as_of", "known_at", "reading", "at")
MOST_DATES = 12
REQUEST_TIMEOUT_S = 30

HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "frame-ancestors 'none'",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}

Render = Callable[[ReportRequest], str]


def request_of(query: str) -> ReportRequest:
    """What a query asks for: ``as_of`` (may repeat), ``known_at``, ``reading``. Raises InvalidInput."""
    given = parse_qs(query, keep_blank_values=True, max_num_fields=40)
    unknown = sorted(set(given) - set(PARAMETERS))
    if unknown:
        raise InvalidInput(f"unknown parameter {unknown[0]!r}; accepted: {', '.join(PARAMETERS)}")
    as_of = tuple(text for text in given.get("as_of", []) if text)
    if len(as_of) > MOST_DATES:
        raise InvalidInput(f"as_of: found {len(as_of)} dates; accepted: at most {MOST_DATES}")
    return ReportRequest(
        as_of=as_of,
        known_at=next((text for text in given.get("known_at", []) if text), None),
        reading=next((text for text in given.get("reading", []) if text), None),
    )


def handler_of(render: Render, hosts: frozenset[str]) -> type[BaseHTTPRequestHandler]:
    """A request handler that answers ``/`` with what `render` gives, for the host names `hosts`."""
    one_at_a_time = Lock()  # a store's connection belongs to one thread at a time

    class Handler(BaseHTTPRequestHandler):
        server_version = "truceline"
        sys_version = ""
        protocol_version = "HTTP/1.1"
        timeout = REQUEST_TIMEOUT_S

        def do_GET(self) -> None:
            self._answer(*self._page())

        def do_HEAD(self) -> None:
            self._answer(*self._page(), body=False)

        def _not_allowed(self) -> None:
            self.close_connection = True  # whatever body came along is not read
            self._answer(HTTPStatus.METHOD_NOT_ALLOWED, "text/plain", "this page is only read: GET or HEAD\n")

        do_POST = do_PUT = do_PATCH = do_DELETE = do_OPTIONS = do_TRACE = do_CONNECT = _not_allowed  # noqa: N815

        def _page(self) -> tuple[HTTPStatus, str, str]:
            host = urlsplit(f"//{self.headers.get('Host', '')}").hostname or ""
            if hosts and host not in hosts:
                return HTTPStatus.MISDIRECTED_REQUEST, "text/plain", "this host is not served here\n"
            address = urlsplit(self.path)
            if address.path != "/":
                return HTTPStatus.NOT_FOUND, "text/plain", "there is one page: /\n"
            try:
                with one_at_a_time:
                    return HTTPStatus.OK, "text/html", render(request_of(address.query))
            except (TrucelineError, ValueError) as error:
                return HTTPStatus.BAD_REQUEST, "text/plain", f"{error}\n"

        def _answer(self, status: HTTPStatus, kind: str, text: str, *, body: bool = True) -> None:
            content = text.encode("utf-8")
            self.send_response(status)
            self.send_header("Content-Type", f"{kind}; charset=utf-8")
            self.send_header("Content-Length", str(len(content)))
            for name, value in HEADERS.items():
                self.send_header(name, value)
            if status is HTTPStatus.METHOD_NOT_ALLOWED:
                self.send_header("Allow", "GET, HEAD")
            self.end_headers()
            if body:
                self.wfile.write(content)

        def log_message(self, format: str, *args: Any) -> None:
            say(f"{self.address_string()} {format % args}")

    return Handler


class LoopbackServer(ThreadingHTTPServer):
    """A thread per request; IPv4 or IPv6 as the address says."""

    daemon_threads = True

    def __init__(self, address: tuple[str, int], handler: type[BaseHTTPRequestHandler]) -> None:
        if ":" in address[0]:
            self.address_family = socket.AF_INET6
        super().__init__(address, handler)


def make_server(render: Render, *, host: str, port: int) -> ThreadingHTTPServer:
    """A server that is bound and not yet running; port 0 takes a free one. Raises Conflict."""
    # On a loopback address only loopback names are answered; elsewhere the operator chose to be reachable.
    hosts = frozenset(LOOPBACK) if host in LOOPBACK else frozenset()
    try:
        return LoopbackServer((host, port), handler_of(render, hosts))
    except (OSError, OverflowError) as error:
        raise Conflict(
            f"cannot listen on {host}:{port}: {error}", hint="choose another port with --port"
        ) from error


@app.command()
@reports_errors
def serve(
    workspace: Annotated[Path, typer.Argument(help="The workspace to show.")],
    port: Annotated[int, typer.Option(help="The port; 0 takes a free one.", min=0, max=65535)] = 8000,
    host: Annotated[str, typer.Option(help="The address to bind; there is no login.")] = "127.0.0.1",
    as_json: Annotated[bool, typer.Option("--json", help="Print the address as a JSON document.")] = False,
) -> None:
    """Serves the report of a workspace on this machine; `/?as_of=2018-10-15` assesses again.

    Example: `truceline serve idlib-workspace --port 8000`
    """

    def render(request: ReportRequest) -> str:
        return report_html(workspace, request, served=True)

    render(ReportRequest())  # what cannot be assessed is said now, not at the first visit
    with make_server(render, host=host, port=port) as server:
        address = f"http://{'[::1]' if host == '::1' else host}:{server.server_address[1]}/"
        if as_json:
            print_json({"url": address, "workspace": str(workspace)})
        say(f"serving {workspace} at {address}; Ctrl+C ends it")
        if host not in LOOPBACK:
            say("warning: anybody who reaches this address can read the report; there is no login")
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            say("stopped")
