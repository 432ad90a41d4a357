from __future__ import annotations

import http.client
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from truceline.app.report import ReportRequest
from truceline.cli.serve import make_server, request_of
from truceline.core.errors import Conflict, InvalidInput


def _render(request: ReportRequest) -> str:
    if request.reading == "unknown":
        raise InvalidInput("reading: found 'unknown'; accepted: depth")
    return f"<!doctype html><p>{','.join(request.as_of)} {request.known_at}</p>"


@contextmanager
def _serving() -> Iterator[int]:
    with make_server(_render, host="127.0.0.1", port=0) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield int(server.server_address[1])
        finally:
            server.shutdown()
            thread.join(timeout=5)


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    with _serving() as number:
        yield number


def _ask(
    port: int, path: str, method: str = "GET", host: str | None = None, body: bytes | None = None
) -> tuple[int, http.client.HTTPMessage, str]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request(method, path, body=body, headers={"Host": host or f"127.0.0.1:{port}"})
        answer = connection.getresponse()
        return answer.status, answer.headers, answer.read().decode("utf-8")
    finally:
        connection.close()


def test_the_page_is_served_at_the_root(port: int) -> None:
    status, headers, body = _ask(port, "/")
    assert status == 200
    assert headers["Content-Type"] == "text/html; charset=utf-8"
    assert body.startswith("<!doctype html>")


def test_a_date_in_the_query_is_assessed(port: int) -> None:
    _, _, body = _ask(port, "/?as_of=2018-10-10&as_of=2018-10-15&known_at=2018-11-01")
    assert "2018-10-10,2018-10-15 2018-11-01" in body


def test_head_gives_the_headers_of_the_page_and_no_body(port: int) -> None:
    status, headers, body = _ask(port, "/", "HEAD")
    assert (status, body) == (200, "")
    assert int(headers["Content-Length"]) > 10


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "OPTIONS"])
def test_nothing_can_be_written(port: int, method: str) -> None:
    status, headers, _ = _ask(port, "/", method, body=b"x" * 10)
    assert status == 405
    assert headers["Allow"] == "GET, HEAD"


@pytest.mark.parametrize("path", ["/etc/passwd", "/../pyproject.toml", "/report.css", "/./x", "/%2e%2e/"])
def test_there_are_no_files_behind_it(port: int, path: str) -> None:
    assert _ask(port, path)[0] == 404


@pytest.mark.parametrize("host", ["evil.example", "evil.example:80", "127.0.0.1.evil.example", ""])
def test_a_foreign_name_for_this_machine_is_turned_away(port: int, host: str) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    connection.putrequest("GET", "/", skip_host=True)
    connection.putheader("Host", host)
    connection.endheaders()
    assert connection.getresponse().status == 421
    connection.close()


@pytest.mark.parametrize("name", ["localhost", "127.0.0.1", "LOCALHOST", "[::1]"])
def test_every_loopback_name_is_answered(port: int, name: str) -> None:
    assert _ask(port, "/", host=f"{name}:{port}")[0] == 200


def test_every_answer_carries_the_security_headers(port: int) -> None:
    for path in ("/", "/nothing", "/?wrong=1"):
        headers = _ask(port, path)[1]
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "no-referrer"
        assert headers["Content-Security-Policy"] == "frame-ancestors 'none'"
        assert headers["Cache-Control"] == "no-store"
        assert "Python" not in headers["Server"]


def test_bad_input_is_one_sentence_in_plain_text(port: int) -> None:
    status, headers, body = _ask(port, "/?reading=unknown")
    assert (status, body) == (400, "reading: found 'unknown'; accepted: depth\n")
    assert headers["Content-Type"] == "text/plain; charset=utf-8"


@pytest.mark.parametrize("query", ["asof=2018-10-10", "as_of=" + "&as_of=".join(["2018-10-10"] * 13)])
def test_a_query_that_is_not_understood_is_refused(query: str) -> None:
    with pytest.raises(InvalidInput, match="accepted"):
        request_of(query)


def test_an_empty_field_of_the_form_counts_as_not_given() -> None:
    assert request_of("as_of=&reading=") == ReportRequest()


def test_a_port_that_is_taken_is_said_so(port: int) -> None:
    with pytest.raises(Conflict, match=f"cannot listen on 127.0.0.1:{port}"):
        make_server(_render, host="127.0.0.1", port=port)


def test_several_readers_are_answered_at_once(port: int) -> None:
    answers: list[int] = []
    threads = [threading.Thread(target=lambda: answers.append(_ask(port, "/")[0])) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=5)
    assert answers == [200] * 8
