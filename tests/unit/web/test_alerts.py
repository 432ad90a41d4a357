"""Alerts reach a webhook and a mail server on this machine, and tell no more than their account may see."""

from __future__ import annotations

import asyncio
import json
import socket
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from served_mission import Mission

from truceline.app.alerts import Alert, AlertDesk, alerts_of, words_of
from truceline.app.desk.news import News, Newsroom

ENTRY: dict[str, Any] = {
    "kind": "shelling", "occurred": {"start": "2025-03-01T08:00:00Z", "end": "2025-03-01T09:00:00Z"},
    "geometry": {"type": "Point", "coordinates": [36.5, 35.7]}, "error_m": 100, "report": "secretwords",
    "actors": ["southern forces"], "reliability": "A", "credibility": 1, "fatalities": 1,
}  # fmt: skip


@pytest.fixture
def webhook() -> Iterator[tuple[int, list[dict[str, Any]]]]:
    """A web server that keeps what is posted to it; the first time it fails."""
    got: list[dict[str, Any]] = []
    failures = [1]

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            if failures[0]:
                failures[0] -= 1
                self.send_response(500)
            else:
                got.append(json.loads(body))
                self.send_response(200)
            self.end_headers()

        def log_message(self, format: str, *args: Any) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server.server_address[1], got
    server.shutdown()
    server.server_close()


class Mailbox:
    """Keeps the mail that a server takes."""

    def __init__(self) -> None:
        self.mail: list[tuple[list[str], str]] = []

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        self.mail.append((envelope.rcpt_tos, envelope.content.decode()))
        return "250 OK"


def run_while(mission: Mission, act: Any, done: Any) -> None:
    """Runs newsroom and alerts, does something, and waits until it is done or ten seconds are over."""

    async def both() -> None:
        newsroom = Newsroom(mission.site.desk)
        desk = AlertDesk(mission.site.accounts, newsroom, wait_s=0.05)
        tasks = [asyncio.create_task(newsroom.run()), asyncio.create_task(desk.run())]
        await asyncio.sleep(1.5)
        await asyncio.to_thread(act)
        for _ in range(100):
            await asyncio.sleep(0.1)
            if done():
                break
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    asyncio.run(both())


def allow(mission: Mission, *hosts: str) -> None:
    object.__setattr__(mission.site.settings, "alert_hosts", frozenset(hosts))


def test_an_incident_in_a_zone_reaches_a_webhook_even_if_it_fails_once(
    own_mission: Mission, webhook: tuple[int, list[dict[str, Any]]]
) -> None:
    port, got = webhook
    allow(own_mission, "127.0.0.1")
    monitor = own_mission.person("monitor")
    made = monitor.post(
        "/api/v1/alerts",
        {"to": f"json://user:pass@127.0.0.1:{port}/x", "events": ["entry"], "zones": ["quiet"]},
    )
    assert (made.status_code, "pass" in made.text) == (201, False)
    assert "pass" not in monitor.get("/api/v1/alerts").text
    run_while(own_mission, lambda: monitor.post("/api/v1/observations", ENTRY), lambda: got)
    (told,) = got
    assert "Quiet zone" in told["message"]
    assert "secretwords" not in json.dumps(told)
    assert monitor.send("DELETE", f"/api/v1/alerts/{made.json()['id']}").status_code == 204
    assert alerts_of(own_mission.site.accounts) == []


def test_an_incident_reaches_a_mailbox(own_mission: Mission) -> None:
    box = Mailbox()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = Controller(box, hostname="127.0.0.1", port=port)
    server.start()
    try:
        allow(own_mission, "127.0.0.1")
        monitor = own_mission.person("monitor")
        to = f"mailto://127.0.0.1:{port}?from=desk@mission.example&to=duty@mission.example"
        assert monitor.post("/api/v1/alerts", {"to": to, "events": ["status", "entry"]}).status_code == 201
        run_while(own_mission, lambda: monitor.post("/api/v1/observations", ENTRY), lambda: box.mail)
    finally:
        server.stop()
    recipients, content = box.mail[0]
    assert recipients == ["duty@mission.example"]
    assert "Understanding on the two valleys" in content


def test_alerts_go_only_where_the_server_was_started_to_send_them(own_mission: Mission) -> None:
    allow(own_mission, "hooks.example")
    monitor = own_mission.person("monitor")
    for to, code in (
        ("json://127.0.0.1:1/x", "not-allowed"),
        ("json://hooks.example.evil/x", "not-allowed"),
        ("file:///etc/passwd", "invalid-input"),
        ("syslog://hooks.example", "invalid-input"),
    ):
        refused = monitor.post("/api/v1/alerts", {"to": to, "events": ["entry"]})
        assert refused.json()["code"] == code, to
    assert (
        monitor.post("/api/v1/alerts", {"to": "json://hooks.example/x", "events": ["entry"]}).status_code
        == 201
    )
    analyst = own_mission.person("analyst")
    assert analyst.get("/api/v1/alerts").json()["items"] == []
    (held,) = own_mission.person("administrator").get("/api/v1/alerts").json()["items"]
    assert analyst.send("DELETE", f"/api/v1/alerts/{held['id']}").status_code == 404


@pytest.mark.parametrize("language", ["en", "ar", "ru", "tr"])
def test_an_alert_says_in_its_language_what_changed(valleys: Mission, language: str) -> None:
    alert = Alert("a", "acc", "json://x", ("status", "entry"), (), language, "2025-01-01")
    accord = valleys.site.desk.now().accord
    news = News("status", {"obligation": "no-fire", "before": "holding", "after": "breached"})
    told = words_of(news, alert, accord)
    assert told is not None
    name = {"ar": "لا نار في المنطقة الهادئة"}.get(language, "No fire in the quiet zone")
    assert name in told[1].replace("\u2068", "").replace("\u2069", "")
    assert words_of(News("log", {}), alert, accord) is None
    elsewhere = News("entry", {"items": [{"id": "x", "kind": "shelling", "occurred_from": "t", "zones": []}]})
    assert words_of(elsewhere, alert, accord) is None
