"""The language-model backend against a local server that the test starts."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from truceline.core.errors import DependencyMissing, InvalidInput
from truceline.draft import draft_text
from truceline.draft.llm import Endpoint, draft_with_model

TEXT = (
    "Orland and Kelden signed an accord.\nAll tanks shall be withdrawn "
    "by Orland by 1 June 2021. Norway welcomed it."
)
PROVISION: dict[str, Any] = {
    "kind": "weapons_withdrawal",
    "parties": ["Orland"],
    "quotes": ["All tanks shall be withdrawn by Orland by 1 June 2021"],
    "speaker": None,
    "due": {"date": "2021-06-01", "after": None, "months": 0, "days": 0, "hours": 0},
    "from": None,
    "distance_min_m": None,
    "distance_max_m": None,
    "weapons": ["tank"],
    "route_from": None,
    "route_to": None,
    "mode": None,
    "maximum": None,
    "condition": None,
}
ANSWER: dict[str, Any] = {
    "parties": [{"name": "Orland", "role": "side", "aliases": [], "former_names": []}],
    "provisions": [PROVISION],
    "statements": [{"speaker": "Norway", "stance": "welcomes", "quote": "Norway welcomed it"}],
    "questions": [],
}
Serve = Callable[..., Endpoint]


@pytest.fixture
def serve() -> Iterator[Serve]:
    """Starts a server on the loopback that answers with the given content; `asked` keeps what it was sent."""
    servers: list[ThreadingHTTPServer] = []

    def start(
        content: Any, *, status: int = 200, wait_s: float = 0.0, asked: list[dict[str, Any]] | None = None
    ) -> Endpoint:
        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                if asked is not None:
                    asked.append({"path": self.path, "key": self.headers.get("Authorization"), **body})
                time.sleep(wait_s)
                raw = content if isinstance(content, str) else json.dumps(content)
                reply = json.dumps({"choices": [{"message": {"content": raw}}]}).encode()
                self.send_response(status)
                self.send_header("Content-Length", str(len(reply)))
                self.end_headers()
                self.wfile.write(reply)

            def log_message(self, format: str, *args: Any) -> None:
                """Says nothing."""

        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        server.daemon_threads = True
        servers.append(server)
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        return Endpoint(f"http://127.0.0.1:{server.server_port}/v1", "small", "secret", timeout_s=2.0)

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


def test_an_answer_becomes_a_draft_with_offsets_into_the_text(serve: Serve) -> None:
    data = draft_with_model(TEXT, serve(ANSWER)).to_json()
    (provision,) = data["provisions"]
    quote = provision["quotes"][0]
    assert TEXT[quote["start"] : quote["end"]] == quote["exact"]
    assert provision["due"] == "2021-06-01"
    assert provision["parties"] == ["orland"]
    assert data["backend"] == "llm"
    assert [s["stance"] for s in data["statements"]] == ["welcomes"]


def test_the_request_carries_the_text_the_schema_the_model_and_the_key(serve: Serve) -> None:
    asked: list[dict[str, Any]] = []
    draft_with_model(TEXT, serve(ANSWER, asked=asked))
    (request,) = asked
    assert request["path"] == "/v1/chat/completions"
    assert request["key"] == "Bearer secret"
    assert request["model"] == "small"
    assert request["response_format"]["type"] == "json_schema"
    assert TEXT in request["messages"][1]["content"]


def test_a_quote_that_is_not_in_the_text_is_dropped_and_so_is_a_provision_without_any(serve: Serve) -> None:
    invented = {**PROVISION, "quotes": ["All guns shall be withdrawn"]}
    half = {**PROVISION, "quotes": [*PROVISION["quotes"], "by the 1st of June"]}
    data = draft_with_model(TEXT, serve({**ANSWER, "provisions": [invented, half]})).to_json()
    assert [len(p["quotes"]) for p in data["provisions"]] == [1]
    assert sum("not in the text" in note for note in data["notes"]) == 2
    assert any("was dropped" in question["why"] for question in data["questions"])


def test_a_party_that_the_answer_does_not_list_becomes_a_question(serve: Serve) -> None:
    data = draft_with_model(TEXT, serve({**ANSWER, "parties": []})).to_json()
    assert data["provisions"][0]["parties"] == []
    assert any(q["field"] == "parties" for q in data["questions"])


@pytest.mark.parametrize(
    "content",
    ["no json at all", "[]", json.dumps({"provisions": []}), json.dumps({**ANSWER, "parties": "Orland"})],
)
def test_an_answer_that_is_not_what_was_asked_for_is_refused(serve: Serve, content: str) -> None:
    with pytest.raises(InvalidInput, match="the model's answer"):
        draft_with_model(TEXT, serve(content))


def test_an_error_status_is_reported(serve: Serve) -> None:
    with pytest.raises(InvalidInput, match="HTTP status 500"):
        draft_with_model(TEXT, serve(ANSWER, status=500))


def test_a_server_that_takes_too_long_is_given_up(serve: Serve) -> None:
    endpoint = serve(ANSWER, wait_s=1.0)
    with pytest.raises(InvalidInput, match=r"did not answer within 0\.2 s"):
        draft_with_model(TEXT, Endpoint(endpoint.url, endpoint.model, None, timeout_s=0.2))


def test_a_server_that_is_not_there_is_reported() -> None:
    with pytest.raises(InvalidInput, match="cannot be reached"):
        draft_with_model(TEXT, Endpoint("http://127.0.0.1:9/v1", "small", None, timeout_s=2.0))


def test_without_configuration_there_is_no_endpoint(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("TRUCELINE_LLM_URL", "TRUCELINE_LLM_MODEL", "TRUCELINE_LLM_API_KEY"):
        monkeypatch.delenv(name, raising=False)
    with pytest.raises(DependencyMissing, match="not configured"):
        Endpoint.configured()


def test_the_environment_configures_it_and_options_win(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRUCELINE_LLM_URL", "http://127.0.0.1:1/v1/")
    monkeypatch.setenv("TRUCELINE_LLM_MODEL", "from-environment")
    monkeypatch.setenv("TRUCELINE_LLM_API_KEY", "key")
    assert Endpoint.configured(model="mine") == Endpoint("http://127.0.0.1:1/v1", "mine", "key")


@pytest.mark.disable_socket
def test_the_rules_make_no_network_call() -> None:
    assert draft_text(TEXT).accord.provisions
