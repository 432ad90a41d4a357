"""Alerts outlive the server: killed while their host is away, they arrive once, in order, when it is back."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from alert_hosts import webhook
from ports import free_port
from served_mission import ROWS, csv_of, make_workspace

from truceline.app.alerts import AlertDesk
from truceline.app.desk import Desk
from truceline.app.ingest import ingest
from truceline.store.accounts import AccountFile
from truceline.store.workspace import Workspace

pytestmark = pytest.mark.slow

PATIENCE_S = 180.0


@contextmanager
def served(workspace: Workspace) -> Iterator[tuple[subprocess.Popen[str], httpx.Client]]:
    """The workspace served by a process of its own, and a browser that its printed address has signed in."""
    command = [str(Path(sys.executable).with_name("truceline")), "serve", str(workspace.root), "--port", "0"]
    with subprocess.Popen(
        [*command, "--json", "--alert-to", "127.0.0.1"],
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
    ) as server:  # fmt: skip
        try:
            said = ""
            while not said.rstrip().endswith("}"):
                line = server.stdout.readline()  # type: ignore[union-attr]
                assert line, f"the server ended: {said}"
                said += line
            address = json.loads(said)
            with httpx.Client(base_url=address["url"], timeout=PATIENCE_S) as client:
                client.get(address["sign_in"])
                client.headers["X-CSRF-Token"] = client.get("/api/v1/session").json()["csrf"]
                yield server, client
        finally:
            server.kill()


def wait_for(condition: Callable[[], Any]) -> Any:
    """What the condition gives as soon as it gives something."""
    for _ in range(int(PATIENCE_S / 0.1)):
        found = condition()
        if found:
            return found
        time.sleep(0.1)
    raise AssertionError("it did not happen")


def test_alerts_that_wait_when_the_server_is_killed_arrive_once_when_the_host_is_back(tmp_path: Path) -> None:
    workspace = make_workspace(tmp_path, ROWS[:1])
    port = free_port()  # nobody listens there yet
    entry = {
        "kind": "shelling", "occurred": {"start": "2025-03-01T08:00:00Z"}, "report": "a shell",
        "geometry": {"type": "Point", "coordinates": [36.5, 35.7]}, "error_m": 100,
    }  # fmt: skip

    def alert(client: httpx.Client) -> Any:
        return client.get("/api/v1/alerts").json()["items"][0]

    with served(workspace) as (server, client):
        made = client.post("/api/v1/alerts", json={"to": f"json://127.0.0.1:{port}/x", "events": ["entry"]})
        assert made.status_code == 201, made.text
        first = client.post("/api/v1/observations", json=entry).json()["id"]
        held = wait_for(lambda: (one := alert(client))["failed"] and one)
        assert held["waiting"] == 1
        server.kill()  # SIGKILL: nothing is written any more
        server.wait()
    # While no server runs, more is recorded by the command line.
    (tmp_path / "more.csv").write_text(csv_of([ROWS[4]]), encoding="utf-8")
    ingest(workspace, [tmp_path / "more.csv"])
    desk = Desk(workspace, clock=lambda: datetime.now(UTC) + timedelta(hours=1))  # every wait is over
    accounts = AccountFile(workspace.root)
    again = AlertDesk(desk, accounts, frozenset({"127.0.0.1"}))
    with webhook(port) as hook:
        for _ in range(3):
            for one in again.look():
                while again.send_next(one):
                    pass
        told = [one["message"] for one in hook.posts]
        assert [first in message for message in told] == [True, False]
        assert len(set(hook.keys)) == 2
    assert accounts.alerts.all()[0].waiting == 0
    accounts.close()
    desk.close()
