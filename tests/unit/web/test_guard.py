"""What stands before every endpoint: hosts, sizes, rates, sessions, forged requests, requests sent again."""

from __future__ import annotations

import asyncio
import json
import socket
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from served_mission import PASSWORD, ROWS, Mission, Person, make_workspace, serve
from starlette.testclient import TestClient

from truceline.app.desk import desk, verdicts
from truceline.core.errors import Conflict, InvalidInput, TooMany
from truceline.web.guard import Buckets
from truceline.web.serving import bind, warm
from truceline.web.static_report import request_of

REPORT: dict[str, Any] = {
    "kind": "shelling", "occurred": {"start": "2025-05-01T10:00:00Z", "end": "2025-05-01T11:00:00Z"},
    "geometry": {"type": "Point", "coordinates": [36.5, 35.7]}, "error_m": 200, "report": "two shells",
    "actors": ["southern forces"], "reliability": "B", "credibility": 2,
}  # fmt: skip


@pytest.fixture
def limited(tmp_path: Path) -> Any:
    mission = serve(
        make_workspace(tmp_path, ROWS[:1]),
        hosts=frozenset({"127.0.0.1", "mission.example"}),
        local_token="the-printed-one",
        sign_ins_per_minute=6,
        body_bytes=5_000,
    )
    yield mission
    mission.site.close()


def sign_in(mission: Mission, name: str, password: str = PASSWORD, **more: Any) -> tuple[TestClient, Any]:
    client = TestClient(mission.app, base_url="http://127.0.0.1")
    return client, client.post("/api/v1/session", json={"name": name, "password": password} | more)


def test_a_session_begins_with_the_password_and_ends_for_good(own_mission: Mission) -> None:
    client, answer = sign_in(own_mission, "MONITOR")
    assert answer.status_code == 201
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie
    token = client.cookies["truceline_session"]
    assert client.get("/api/v1/session").json()["user"]["name"] == "monitor"
    end = client.delete("/api/v1/session", headers={"X-CSRF-Token": answer.json()["csrf"]})
    assert end.status_code == 204
    client.cookies.set("truceline_session", token, domain="127.0.0.1")
    assert client.get("/api/v1/session").json()["role"] == "public"


def test_signing_in_again_changes_the_token_so_that_a_planted_one_is_worth_nothing(
    own_mission: Mission,
) -> None:
    client, _answer = sign_in(own_mission, "monitor")
    before = client.cookies["truceline_session"]
    client.post("/api/v1/session", json={"name": "monitor", "password": PASSWORD})
    assert client.cookies["truceline_session"] != before
    stolen = TestClient(own_mission.app, base_url="http://127.0.0.1", cookies={"truceline_session": before})
    assert stolen.get("/api/v1/session").json()["role"] == "public"


def test_a_wrong_name_and_a_wrong_password_are_told_alike_and_too_many_lock_the_account(
    own_mission: Mission,
) -> None:
    told = {sign_in(own_mission, name, "wrong")[1].text for name in ("monitor", "nobody-of-that-name")}
    assert len(told) == 1
    for _ in range(4):
        sign_in(own_mission, "monitor", "wrong")
    locked = sign_in(own_mission, "monitor")[1]
    assert (locked.status_code, locked.json()["code"]) == (429, "too-many")
    assert int(locked.headers["retry-after"]) >= 1


def test_sign_ins_from_one_address_are_limited(limited: Mission) -> None:
    codes = [sign_in(limited, f"name-{n}", "wrong")[1].status_code for n in range(8)]
    assert codes == [401] * 6 + [429] * 2


def test_sessions_end_when_idle_and_after_their_time(own_mission: Mission) -> None:
    now = own_mission.site.desk.clock()
    monitor = own_mission.person("monitor")
    for later, role in ((30, "monitor"), (65, "public"), (30, "public")):
        moment = now + timedelta(minutes=later)
        own_mission.site.desk.clock = lambda moment=moment: moment  # type: ignore[misc]
        assert monitor.get("/api/v1/session").json()["role"] == role


def test_a_one_time_code_is_asked_for_counts_once_and_the_account_can_be_freed_of_it(
    own_mission: Mission,
) -> None:
    import pyotp

    monitor = own_mission.person("monitor")
    secret = monitor.post("/api/v1/session/totp").json()["secret"]
    code = pyotp.TOTP(secret).now()
    assert monitor.send("PUT", "/api/v1/session/totp", json={"code": "000000"}).status_code == 400
    assert monitor.send("PUT", "/api/v1/session/totp", json={"code": code}).status_code == 204
    assert monitor.get("/api/v1/session").json()["role"] == "public"  # all sessions ended
    assert sign_in(own_mission, "monitor")[1].json()["code"] == "totp-required"
    assert sign_in(own_mission, "monitor", code=code)[1].status_code == 401  # used already
    following = pyotp.TOTP(secret).at(own_mission.site.desk.clock() + timedelta(seconds=30))
    assert sign_in(own_mission, "monitor", code=following)[1].status_code == 201
    account = own_mission.site.accounts.named("monitor")
    assert account is not None
    changed = own_mission.person("administrator").send(
        "PATCH", f"/api/v1/accounts/{account.id}", json={"second_factor": False}
    )
    assert changed.json()["second_factor"] is False
    assert sign_in(own_mission, "monitor")[1].status_code == 201


def test_a_changed_role_or_password_ends_the_sessions_of_the_account(own_mission: Mission) -> None:
    monitor, administrator = own_mission.person("monitor"), own_mission.person("administrator")
    account = own_mission.site.accounts.named("monitor")
    assert account is not None
    changed = administrator.send("PATCH", f"/api/v1/accounts/{account.id}", json={"role": "observer"})
    assert changed.json()["role"] == "observer"
    assert monitor.get("/api/v1/session").json()["role"] == "public"
    bad = administrator.send("PATCH", f"/api/v1/accounts/{account.id}", json={"password": "monitormonitor"})
    assert bad.json()["code"] == "invalid-input"


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 403),
        ({"X-CSRF-Token": "of another session"}, 403),
        ({"X-CSRF-Token": "own", "Origin": "http://evil.example"}, 403),
        ({"X-CSRF-Token": "own", "Sec-Fetch-Site": "cross-site"}, 403),
        ({"X-CSRF-Token": "own", "Origin": "http://127.0.0.1", "Sec-Fetch-Site": "same-origin"}, 201),
    ],
)
def test_a_write_is_done_only_for_a_page_of_ours_with_the_sessions_token(
    own_mission: Mission, headers: dict[str, str], status: int
) -> None:
    monitor = own_mission.person("monitor")
    sent = {name: str(monitor.csrf) if value == "own" else value for name, value in headers.items()}
    assert monitor.client.post("/api/v1/observations", json=REPORT, headers=sent).status_code == status


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", ""])
def test_a_foreign_name_for_this_machine_is_turned_away(limited: Mission, host: str) -> None:
    client = TestClient(limited.app, base_url="http://127.0.0.1")
    assert client.get("/api/v1/session", headers={"Host": host}).status_code == 403
    assert client.get("/api/v1/session", headers={"Host": "mission.example:8000"}).status_code == 200


def test_too_large_bodies_are_refused_and_errors_do_not_repeat_what_was_sent(limited: Mission) -> None:
    client = TestClient(limited.app, base_url="http://127.0.0.1")
    large = client.post("/api/v1/session", json={"name": "x", "password": "y" * 10_000})
    assert (large.status_code, large.json()["code"]) == (413, "too-large")
    wrong = client.post("/api/v1/session", json={"name": "x", "password": 12345678, "more": "secretword"})
    assert wrong.status_code == 400
    assert "secretword" not in wrong.text
    assert "12345678" not in wrong.text


def test_every_answer_carries_the_headers_that_keep_pages_apart(people: dict[str, Person]) -> None:
    for path in ("/api/v1/session", "/api/v1/nothing", "/api/v1/observations?bbox=wrong", "/nothing.js"):
        headers = people["public"].get(path).headers
        policy = headers["content-security-policy"]
        assert "script-src 'self'" in policy
        assert "unsafe" not in policy
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "no-referrer"
        assert "server" not in headers


def test_errors_are_problems_with_a_stable_code(people: dict[str, Person]) -> None:
    for path, status, code in (
        ("/api/v1/observations?bbox=1,2", 400, "invalid-input"),
        ("/api/v1/assessment?as_of=yesterday", 400, "invalid-input"),
        ("/api/v1/observations/obs-0", 404, "not-found"),
        ("/api/v1/accounts", 401, "not-signed-in"),
        ("/api/v1/nothing", 404, "not-found"),
    ):
        answer = people["public"].get(path)
        assert answer.headers["content-type"] == "application/problem+json"
        document = answer.json()
        assert (answer.status_code, document["status"], document["code"]) == (status, status, code), path


def test_who_holds_the_same_answer_is_told_so(people: dict[str, Person]) -> None:
    first = people["monitor"].get("/api/v1/zones")
    again = people["monitor"].get("/api/v1/zones", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert "Cookie" in first.headers["vary"]
    assert "private" in first.headers["cache-control"]


def test_a_request_sent_again_under_its_key_is_done_once_and_answered_alike(own_mission: Mission) -> None:
    monitor = own_mission.person("monitor")
    key = {"Idempotency-Key": "entry-0001"}
    first, again = (monitor.post("/api/v1/observations", REPORT, headers=key) for _ in range(2))
    assert (first.status_code, first.text) == (again.status_code, again.text)
    assert (first.status_code, again.headers["idempotency-replayed"]) == (201, "true")
    assert monitor.get("/api/v1/observations?q=two shells").json()["total"] == 1
    other = monitor.post("/api/v1/observations", REPORT | {"count": 2}, headers=key)
    assert other.json()["code"] == "invalid-input"
    # The key is its sender's: somebody else's request under it is another one.
    assert own_mission.person("analyst").post("/api/v1/observations", REPORT, headers=key).status_code == 201


def test_the_address_that_was_printed_signs_in_and_no_other(limited: Mission) -> None:
    client = TestClient(limited.app, base_url="http://127.0.0.1", follow_redirects=False)
    assert client.get("/api/v1/session/local?token=guessed").status_code == 401
    opened = client.get("/api/v1/session/local?token=the-printed-one")
    assert (opened.status_code, opened.headers["location"]) == (303, "/")
    assert client.get("/api/v1/session").json()["role"] == "administrator"


def test_rates_fill_up_again() -> None:
    now = [0.0]
    buckets = Buckets(2.0, 3, clock=lambda: now[0])
    for _ in range(3):
        buckets.take("a")
    with pytest.raises(TooMany):
        buckets.take("a")
    buckets.take("b")
    now[0] = 0.6
    buckets.take("a")


def test_the_static_report_is_for_those_who_see_everything(people: dict[str, Person]) -> None:
    assert people["public"].get("/report").status_code == 401
    assert people["analyst"].get("/report").status_code == 403
    page = people["monitor"].get("/report?as_of=2025-03-10")
    assert page.text.startswith("<!doctype html>")
    assert "connect-src 'none'" in page.headers["content-security-policy"]


@pytest.mark.parametrize(
    "path",
    ["/../pyproject.toml", "/%2e%2e/%2e%2e/x.py", "/site.py", "/assets/nothing.js", "/a%00.js",
     f"/{'a' * 300}.js"],
)  # fmt: skip
def test_there_are_no_files_but_the_applications(people: dict[str, Person], path: str) -> None:
    assert people["monitor"].get(path).status_code == 404


@pytest.mark.parametrize("query", ["asof=2018-10-10", "as_of=" + "&as_of=".join(["2018-10-10"] * 13)])
def test_a_query_of_the_report_that_is_not_understood_is_refused(query: str) -> None:
    with pytest.raises(InvalidInput, match="accepted"):
        request_of(query)


def test_a_port_that_is_taken_is_said_so() -> None:
    with bind("127.0.0.1", 0) as taken:
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(Conflict, match=f"cannot listen on 127.0.0.1:{port}"):
            bind("127.0.0.1", port)


def test_a_server_makes_what_those_signed_in_will_ask_before_they_do(
    own_mission: Mission, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = own_mission.person("observer")
    warm(own_mission.site)

    def never(*_: Any, **__: Any) -> None:
        raise AssertionError("this had been made already")

    monkeypatch.setattr(verdicts, "inquire", never)
    monkeypatch.setattr(desk, "View", never)
    assert person.get("/api/v1/assessment").status_code == 200
    assert person.get("/api/v1/observations").status_code == 200


def test_an_answer_is_sent_at_once_and_waits_for_no_acknowledgement() -> None:
    async def accepted() -> int:
        seen: asyncio.Queue[asyncio.StreamWriter] = asyncio.Queue()
        with bind("127.0.0.1", 0) as bound:
            server = await asyncio.start_server(lambda _, writer: seen.put_nowait(writer), sock=bound)
            _, client = await asyncio.open_connection(*bound.getsockname())
            held = await seen.get()
            told = held.get_extra_info("socket").getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
            for one in (client, held, server):
                one.close()
            return int(told)

    assert asyncio.run(accepted())


def test_an_account_has_a_good_password_and_only_administrators_make_one(own_mission: Mission) -> None:
    new = {"name": "amina", "role": "monitor", "password": "rain on the old tin roof"}
    administrator = own_mission.person("administrator")
    made = administrator.post("/api/v1/accounts", new)
    assert made.status_code == 201
    assert "argon2" not in json.dumps(administrator.get("/api/v1/accounts").json())
    assert administrator.post("/api/v1/accounts", new).json()["code"] == "conflict"
    for change in (
        {"password": "short"},
        {"password": "amina amina amina"},
        {"role": "king"},
        {"party": "north"},
    ):
        refused = administrator.post(
            "/api/v1/accounts", new | {"name": "Amina" if "password" in change else "x"} | change
        )
        assert refused.json()["code"] == "invalid-input", change
