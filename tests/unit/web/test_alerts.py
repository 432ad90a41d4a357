"""Alerts reach a webhook and a mail server, once, and tell no more than their account may see."""

from __future__ import annotations

import asyncio
import json
import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email import message_from_string
from email.policy import default
from pathlib import Path
from typing import Any

import pytest
from alert_hosts import Webhook, mail_server, webhook
from ports import free_port
from served_mission import Mission

from truceline.app.alerts import AlertDesk
from truceline.app.alerts.news import MOST_LINES, status_words
from truceline.app.alerts.sending import MOST_WAITING
from truceline.assess.assessment import Status
from truceline.core.errors import StoreUnavailable
from truceline.evidence.permissions import Role
from truceline.store.accounts import ACCOUNTS, AccountFile, Alert
from truceline.store.accounts.database import _STEPS

HERE = frozenset({"127.0.0.1"})
ENTRY: dict[str, Any] = {
    "kind": "shelling", "occurred": {"start": "2025-03-01T08:00:00Z", "end": "2025-03-01T09:00:00Z"},
    "geometry": {"type": "Point", "coordinates": [36.5, 35.7]}, "error_m": 100, "report": "secretwords",
    "actors": ["southern forces"], "reliability": "A", "credibility": 1, "fatalities": 1,
}  # fmt: skip
ELSEWHERE = ENTRY | {"geometry": {"type": "Point", "coordinates": [36.5, 36.3]}}


@pytest.fixture
def hook() -> Iterator[Webhook]:
    with webhook() as made:
        yield made


def allow(mission: Mission, *hosts: str) -> None:
    object.__setattr__(mission.site.settings, "alert_hosts", frozenset(hosts))


def begin(mission: Mission, to: str, *events: str, who: str = "monitor", **more: Any) -> Any:
    """An alert of somebody, made through the API."""
    allow(mission, "127.0.0.1")
    return mission.person(who).post("/api/v1/alerts", {"to": to, "events": events or ("entry",)} | more)


def desk_of(mission: Mission, first_wait_s: float = 0.0) -> AlertDesk:
    return AlertDesk(mission.site.desk, mission.site.accounts, HERE, first_wait_s=first_wait_s)


def pass_on(desk: AlertDesk, tries: int = 5) -> None:
    """Looks and sends, as `run` does, without its pauses."""
    for _ in range(tries):
        for alert in desk.look():
            while desk.send_next(alert):
                pass


def test_an_incident_in_a_zone_reaches_a_webhook_once_even_if_it_fails_first(
    own_mission: Mission, hook: Webhook
) -> None:
    hook.refusals = 1
    made = begin(own_mission, f"json://user:pass@127.0.0.1:{hook.port}/x", zones=["quiet"])
    assert (made.status_code, "pass" in made.text) == (201, False)
    monitor = own_mission.person("monitor")
    assert "pass" not in monitor.get("/api/v1/alerts").text
    for entry in (ELSEWHERE, ENTRY):
        assert monitor.post("/api/v1/observations", entry).status_code == 201
    desk = desk_of(own_mission)
    pass_on(desk, 1)
    (held,) = monitor.get("/api/v1/alerts").json()["items"]
    assert (hook.posts, held["waiting"], held["failed"], held["sent_at"]) == ([], 1, True, None)
    pass_on(desk)
    (told,) = hook.posts
    assert "Quiet zone" in told["message"]
    assert "secretwords" not in json.dumps(told)
    (held,) = monitor.get("/api/v1/alerts").json()["items"]
    assert (held["waiting"], held["failed"], held["sent_at"] is None) == (0, False, False)
    assert monitor.send("DELETE", f"/api/v1/alerts/{made.json()['id']}").status_code == 204
    assert own_mission.site.accounts.alerts.all() == []


def test_a_server_that_runs_sends_what_is_new_and_ends_when_it_is_told_to(
    own_mission: Mission, hook: Webhook
) -> None:
    begin(own_mission, f"json://127.0.0.1:{hook.port}/x")
    monitor = own_mission.person("monitor")

    async def run() -> None:
        task = asyncio.create_task(desk_of(own_mission).run())
        await asyncio.to_thread(monitor.post, "/api/v1/observations", ENTRY)
        for _ in range(100):
            await asyncio.sleep(0.1)
            if hook.posts:
                break
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)

    asyncio.run(run())
    assert len(hook.posts) == 1


def test_a_changed_status_reaches_a_mailbox_when_a_deadline_passes_and_nothing_is_recorded(
    own_mission: Mission,
) -> None:
    clock = [datetime(2025, 6, 20, tzinfo=UTC)]  # the road is to be open by 30 June
    own_mission.site.desk.clock = lambda: clock[0]
    port = free_port()
    to = f"mailto://127.0.0.1:{port}?from=desk@mission.example&to=duty@mission.example"
    assert begin(own_mission, to, "status").status_code == 201
    desk = desk_of(own_mission)
    with mail_server(port) as box:
        pass_on(desk)
        assert box.mail == []
        clock[0] = datetime(2025, 7, 2, tzinfo=UTC)
        pass_on(desk)
    (recipients, content), *more = box.mail
    assert (recipients, more) == (["duty@mission.example"], [])
    mail = message_from_string(content, policy=default)
    assert mail["Subject"] == "Understanding on the two valleys"
    said = str(mail.get_body(("plain",)).get_content())  # type: ignore[union-attr]
    assert "“The road is open” was" in said
    assert mail["Idempotency-Key"].startswith("alert-")


def test_what_is_recorded_while_no_server_runs_is_told_by_the_next_one(
    own_mission: Mission, hook: Webhook
) -> None:
    begin(own_mission, f"json://127.0.0.1:{hook.port}/x")
    pass_on(desk_of(own_mission))
    own_mission.person("monitor").post("/api/v1/observations", ENTRY)
    pass_on(desk_of(own_mission))
    pass_on(desk_of(own_mission))
    assert len(hook.posts) == 1


def test_two_servers_of_one_workspace_tell_it_once(own_mission: Mission, hook: Webhook) -> None:
    begin(own_mission, f"json://127.0.0.1:{hook.port}/x")
    one, other = desk_of(own_mission), desk_of(own_mission)
    own_mission.person("monitor").post("/api/v1/observations", ENTRY)
    (before,) = own_mission.site.accounts.alerts.all()
    one.look()
    # The other read the alert before the first told: it must not tell again.
    assert not other._tell(before, own_mission.site.accounts.account(before.account).reader)
    message = own_mission.site.accounts.alerts.first_waiting(before.id)
    assert message is not None
    later = own_mission.site.desk.clock() + timedelta(hours=1)
    assert [own_mission.site.accounts.alerts.claim(message, until=later) for _ in range(2)] == [True, False]


def test_waits_grow_after_each_failure_up_to_a_quarter_of_an_hour(own_mission: Mission) -> None:
    begin(own_mission, f"json://127.0.0.1:{free_port()}/x")
    own_mission.person("monitor").post("/api/v1/observations", ENTRY)
    now = [own_mission.site.desk.clock()]
    own_mission.site.desk.clock = lambda: now[0]
    desk = desk_of(own_mission, first_wait_s=2.0)
    (alert,) = desk.look()
    waits = []
    for _ in range(12):
        assert not desk.send_next(alert)
        message = own_mission.site.accounts.alerts.first_waiting(alert.id)
        assert message is not None
        waits.append((message.next_at - now[0]).total_seconds())
        assert not desk.send_next(alert)  # not due: it is not even tried
        now[0] = message.next_at
    assert message is not None
    assert message.tries == 12
    assert [wait >= 2.0 * 2**number for number, wait in enumerate(waits[:8])] == [True] * 8
    assert max(waits) <= 900.0


def test_an_alert_with_much_waiting_looks_no_further_and_tells_the_rest_in_one(
    own_mission: Mission, hook: Webhook
) -> None:
    begin(own_mission, f"json://127.0.0.1:{hook.port}/x")
    rows, desk = own_mission.site.accounts.alerts, desk_of(own_mission)
    (alert,) = rows.all()
    filler = [("title", f"message {number}") for number in range(MOST_WAITING)]
    now = own_mission.site.desk.clock()
    assert rows.tell(alert, rows=alert.told_rows, statuses={}, messages=filler, now=now)
    monitor = own_mission.person("monitor")
    for number in range(MOST_LINES + 3):
        report = ENTRY | {"report": f"number {number}"}
        assert monitor.post("/api/v1/observations", report).status_code == 201
        desk.look()
    assert rows.all()[0].waiting == MOST_WAITING
    pass_on(desk)
    assert len(hook.posts) == MOST_WAITING + 1
    lines = hook.posts[-1]["message"].splitlines()
    assert (len(lines), lines[-1]) == (MOST_LINES + 1, "Not listed here: 3 more.")


def test_alerts_go_only_where_the_server_was_started_to_send_them(own_mission: Mission) -> None:
    allow(own_mission, "hooks.example")
    monitor = own_mission.person("monitor")
    to_a_mailbox = "from=desk@mission.example&to=duty@mission.example"
    for to, code in (
        ("json://127.0.0.1:1/x", "not-allowed"),
        ("json://hooks.example.evil/x", "not-allowed"),
        ("json://hooks.example@127.0.0.1/x", "not-allowed"),
        (f"mailto://hooks.example?smtp=127.0.0.1&{to_a_mailbox}", "not-allowed"),
        ("mailto://someone:word@gmail.com", "not-allowed"),
        ("file:///etc/passwd", "invalid-input"),
        ("json://", "invalid-input"),
        ("syslog://hooks.example", "invalid-input"),
    ):
        refused = monitor.post("/api/v1/alerts", {"to": to, "events": ["entry"]})
        assert refused.json()["code"] == code, to
    made = monitor.post("/api/v1/alerts", {"to": "json://hooks.example/x", "events": ["entry"]})
    assert made.status_code == 201
    unknown = monitor.post(
        "/api/v1/alerts", {"to": "json://hooks.example/x", "events": ["entry"], "zones": ["nowhere"]}
    )
    assert (unknown.status_code, "quiet" in unknown.text) == (400, True)
    analyst = own_mission.person("analyst")
    assert analyst.get("/api/v1/alerts").json()["items"] == []
    (held,) = own_mission.person("administrator").get("/api/v1/alerts").json()["items"]
    assert analyst.send("DELETE", f"/api/v1/alerts/{held['id']}").status_code == 404


def test_a_server_started_without_the_host_sends_nothing_and_what_waits_stays(
    own_mission: Mission, hook: Webhook
) -> None:
    begin(own_mission, f"json://127.0.0.1:{hook.port}/x")
    own_mission.person("monitor").post("/api/v1/observations", ENTRY)
    pass_on(AlertDesk(own_mission.site.desk, own_mission.site.accounts, frozenset(), first_wait_s=0.0))
    assert hook.posts == []
    pass_on(desk_of(own_mission))
    assert len(hook.posts) == 1


def test_a_redirection_is_not_followed(own_mission: Mission, hook: Webhook) -> None:
    with webhook() as inside:
        hook.redirect_to = f"http://127.0.0.1:{inside.port}/"
        begin(own_mission, f"json://127.0.0.1:{hook.port}/x?redirect=yes")
        own_mission.person("monitor").post("/api/v1/observations", ENTRY)
        pass_on(desk_of(own_mission), 2)
        assert inside.posts == []
    assert own_mission.site.accounts.alerts.all()[0].failed_at is not None


@pytest.mark.parametrize("change", ["ended", "observer"])
def test_who_may_have_no_alerts_any_more_is_told_nothing_not_even_what_waited(
    own_mission: Mission, hook: Webhook, change: str
) -> None:
    begin(own_mission, f"json://127.0.0.1:{hook.port}/x")
    own_mission.person("analyst").post("/api/v1/observations", ENTRY)
    desk_of(own_mission).look()
    accounts = own_mission.site.accounts
    account = accounts.named("monitor")
    assert account is not None
    if change == "ended":
        accounts.change(account.id, ended_at=own_mission.site.desk.clock())
    else:
        accounts.change(account.id, role=Role.OBSERVER)
    pass_on(desk_of(own_mission))
    assert hook.posts == []
    assert accounts.alerts.all()[0].waiting == 0


@pytest.mark.parametrize("language", ["en", "ar", "ru", "tr"])
def test_an_alert_says_in_its_language_what_changed(valleys: Mission, language: str) -> None:
    accord = valleys.site.desk.now().accord
    told = status_words(accord, language, "no-fire", "holding", "breached")
    name = {"ar": "لا نار في المنطقة الهادئة"}.get(language, "No fire in the quiet zone")
    assert name in told.replace("\u2068", "").replace("\u2069", "")
    said = {status_words(accord, language, "no-fire", "holding", status) for status in Status}
    assert len(said) == len(Status)


def test_alerts_of_an_accounts_file_of_the_first_version_stay(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / ACCOUNTS) as old:
        old.executescript(_STEPS[0] + "PRAGMA user_version = 1;")
        old.execute("INSERT INTO account (id, name, role, created_at) VALUES ('acc-1', 'mo', 'monitor', 0)")
        held = {
            "id": "alert-1", "account": "acc-1", "to": "json://h/x", "events": ["entry"], "zones": ["quiet"],
            "language": "ar", "created_at": "2026-11-25T10:00:00Z",
        }  # fmt: skip
        old.execute("INSERT INTO setting VALUES ('alerts', ?)", (json.dumps([held]),))
    old.close()
    file = AccountFile(tmp_path)
    expected = Alert(
        "alert-1", "acc-1", "json://h/x", ("entry",), ("quiet",), "ar", datetime(2026, 11, 25, 10, tzinfo=UTC)
    )
    assert file.alerts.all() == [expected]
    file.close()
    with sqlite3.connect(tmp_path / ACCOUNTS) as newer:
        newer.execute("PRAGMA user_version = 99")
    newer.close()
    with pytest.raises(StoreUnavailable, match="version 99"):
        AccountFile(tmp_path)
