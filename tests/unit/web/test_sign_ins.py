"""First passwords, own sessions, sign-ins, passwords used most often (ASVS 2.1.7, 2.3.1, 3.3.4, 7.2.1)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pyotp
import pytest
from served_mission import PASSWORD, ROWS, Mission, make_workspace, serve
from starlette.testclient import TestClient

from truceline.store.accounts.sign_ins import KEPT_FOR, MOST_KEPT

FIRST = "typed by somebody else"
OWN = "a sentence that nobody else knows"


@pytest.fixture
def mission(tmp_path: Path) -> Iterator[Mission]:
    mission = serve(make_workspace(tmp_path, ROWS[:1]))
    yield mission
    mission.site.close()


def sign_in(mission: Mission, name: str, password: str = PASSWORD, **more: Any) -> tuple[TestClient, Any]:
    client = TestClient(mission.app, base_url="http://127.0.0.1", client=("192.0.2.7", 4000))
    return client, client.post("/api/v1/session", json={"name": name, "password": password} | more)


def made(mission: Mission, name: str = "Amina") -> dict[str, Any]:
    administrator = mission.person("administrator")
    answer = administrator.send(
        "POST", "/api/v1/accounts", json={"name": name, "role": "monitor", "password": FIRST}
    )
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = answer.json()
    return found


def test_a_first_password_opens_no_session_before_it_is_replaced(mission: Mission) -> None:
    assert made(mission)["first_password_until"] is not None
    client, asked = sign_in(mission, "Amina", FIRST)
    assert (asked.status_code, asked.json()["code"]) == (401, "new-password-required")
    assert client.get("/api/v1/session").json()["user"] is None
    for no_good in (FIRST, "short", "amina amina amina"):
        assert sign_in(mission, "Amina", FIRST, new_password=no_good)[1].status_code == 400
    client, begun = sign_in(mission, "Amina", FIRST, new_password=OWN)
    assert begun.status_code == 201
    assert client.get("/api/v1/session").json()["user"]["name"] == "Amina"
    assert sign_in(mission, "Amina", FIRST)[1].json()["code"] == "not-signed-in"
    assert sign_in(mission, "Amina", OWN)[1].status_code == 201


def test_a_wrong_password_is_not_told_that_a_new_one_is_due(mission: Mission) -> None:
    made(mission)
    told = sign_in(mission, "Amina", "wrong", new_password=OWN)[1]
    assert told.json()["detail"] == sign_in(mission, "nobody", "wrong")[1].json()["detail"]


def test_a_first_password_ends_after_a_week_and_can_be_given_anew(
    mission: Mission, monkeypatch: pytest.MonkeyPatch
) -> None:
    id = made(mission)["id"]
    monkeypatch.setattr("truceline.app.accounts.FIRST_PASSWORD_LASTS", timedelta(0))
    administrator = mission.person("administrator")
    administrator.send("PATCH", f"/api/v1/accounts/{id}", json={"password": FIRST})
    late = sign_in(mission, "Amina", FIRST, new_password=OWN)[1].json()
    assert (late["code"], "no longer valid" in late["detail"]) == ("not-signed-in", True)
    monkeypatch.undo()
    administrator.send("PATCH", f"/api/v1/accounts/{id}", json={"password": FIRST})
    assert sign_in(mission, "Amina", FIRST, new_password=OWN)[1].status_code == 201


def test_a_first_password_is_replaced_only_with_the_one_time_code_where_one_is_asked_for(
    mission: Mission,
) -> None:
    monitor = mission.person("monitor")
    secret = monitor.post("/api/v1/session/totp").json()["secret"]
    codes = pyotp.TOTP(secret)
    assert monitor.send("PUT", "/api/v1/session/totp", json={"code": codes.now()}).status_code == 204
    account = mission.site.accounts.named("monitor")
    assert account is not None
    mission.person("administrator").send("PATCH", f"/api/v1/accounts/{account.id}", json={"password": FIRST})
    following = codes.at(mission.site.desk.clock() + timedelta(seconds=30))
    told = [
        sign_in(mission, "monitor", FIRST, **more)[1].json()["code"]
        for more in ({}, {"code": following}, {"new_password": OWN})
    ]
    assert told == ["new-password-required", "new-password-required", "totp-required"]
    assert sign_in(mission, "monitor", FIRST, code=following, new_password=OWN)[1].status_code == 201


def test_a_password_that_everybody_uses_is_refused(mission: Mission) -> None:
    monitor = mission.person("monitor")
    for often in ("leavemealone", "1qaz2wsx3edc", "LeaveMeAlone"):
        told = monitor.send("POST", "/api/v1/session/password", json={"old": PASSWORD, "new": often})
        assert (told.status_code, "used most often" in told.json()["detail"]) == (400, True), often
    kept = monitor.send("POST", "/api/v1/session/password", json={"old": PASSWORD, "new": OWN})
    assert kept.status_code == 204


def test_who_is_signed_in_sees_their_own_sessions_and_ends_another(mission: Mission) -> None:
    here, elsewhere, other = (mission.person(name) for name in ("monitor", "monitor", "analyst"))
    items = here.get("/api/v1/sessions").json()["items"]
    assert [one["this"] for one in items].count(True) == 1
    assert len(items) == 2
    (there,) = [one["id"] for one in items if not one["this"]]
    assert other.send("DELETE", f"/api/v1/sessions/{there}").status_code == 404  # somebody else's
    assert elsewhere.get("/api/v1/session").json()["role"] == "monitor"
    assert here.send("DELETE", f"/api/v1/sessions/{there}").status_code == 204
    assert elsewhere.get("/api/v1/session").json()["role"] == "public"
    assert here.get("/api/v1/session").json()["role"] == "monitor"
    assert elsewhere.get("/api/v1/sessions").status_code == 401


def test_every_sign_in_is_listed_for_administrators_with_its_outcome_and_no_secret(mission: Mission) -> None:
    sign_in(mission, "monitor")
    sign_in(mission, "monitor", "a wrong password")
    sign_in(mission, "my secret password", "in the wrong field")
    for _ in range(5):
        sign_in(mission, "monitor", "a wrong password")
    device = TestClient(mission.app, base_url="http://127.0.0.1", client=("192.0.2.8", 4000))
    device.get("/ogc/collections", auth=("monitor", "no device's password"))
    administrator = mission.person("administrator")
    page = administrator.get("/api/v1/sign-ins").json()
    told = [(one["name"], one["outcome"], one["way"], one["address"]) for one in reversed(page["items"])]
    ours = [one for one in told if one[3].startswith("192.0.2.")]
    assert ours == [
        ("monitor", "signed-in", "password", "192.0.2.7"),
        ("monitor", "wrong-password", "password", "192.0.2.7"),
        (None, "wrong-name", "password", "192.0.2.7"),
        *[("monitor", "wrong-password", "password", "192.0.2.7")] * 4,
        ("monitor", "locked", "password", "192.0.2.7"),
        (None, "wrong-password", "device", "192.0.2.8"),
    ]
    failed = administrator.get("/api/v1/sign-ins?failed=true&account=monitor&limit=2").json()
    assert [one["outcome"] for one in failed["items"]] == ["locked", "wrong-password"]
    after = administrator.get(f"/api/v1/sign-ins?failed=true&account=monitor&before={failed['next']}").json()
    assert [one["outcome"] for one in after["items"]] == ["wrong-password"] * 4
    assert "secret" not in administrator.get("/api/v1/sign-ins").text
    assert mission.person("analyst").get("/api/v1/sign-ins").status_code == 403


def test_sign_ins_are_kept_for_ninety_days_and_are_never_too_many(
    mission: Mission, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows, now = mission.site.accounts.sign_ins, mission.site.desk.clock()
    rows.record(None, "wrong-name", way="password", address="old", now=now - KEPT_FOR - timedelta(days=1))
    rows.record(None, "wrong-name", way="password", address="new", now=now)
    assert [one.address for one in rows.newest(limit=10)] == ["new"]
    assert MOST_KEPT >= 10_000
    monkeypatch.setattr("truceline.store.accounts.sign_ins.MOST_KEPT", 3)
    for number in range(5):
        rows.record(None, "wrong-name", way="password", address=str(number), now=now)
    assert [one.address for one in rows.newest(limit=10)] == ["4", "3", "2"]


def test_under_tls_the_cookie_is_one_that_only_this_host_can_set(mission: Mission) -> None:
    client = TestClient(mission.app, base_url="https://127.0.0.1")
    answer = client.post("/api/v1/session", json={"name": "monitor", "password": PASSWORD})
    cookie = answer.headers["set-cookie"]
    assert cookie.startswith("__Host-truceline_session=")
    assert {"secure", "httponly", "path=/", "samesite=strict"} <= {
        part.strip().lower() for part in cookie.split(";")
    }
    assert "domain=" not in cookie.lower()
    assert client.get("/api/v1/session").json()["role"] == "monitor"
    token = client.cookies["__Host-truceline_session"]
    planted = TestClient(mission.app, base_url="https://127.0.0.1", cookies={"truceline_session": token})
    assert planted.get("/api/v1/session").json()["role"] == "public"
    ended = client.delete("/api/v1/session", headers={"X-CSRF-Token": answer.json()["csrf"]})
    assert "__Host-truceline_session" in ended.headers["set-cookie"]
