"""A small mission that is served: an account of every role, open and confidential evidence, telling words."""

from __future__ import annotations

import json
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from planted_patrols import PATROL_PLACES, PATROL_WORDS, plant_patrols
from starlette.testclient import TestClient

from truceline.app.access import Target, restrict
from truceline.app.accounts import hashed
from truceline.app.cases import Opened, open_case
from truceline.app.corrections import Said
from truceline.app.ingest import ingest
from truceline.evidence.permissions import Role
from truceline.store.workspace import Workspace
from truceline.web.application import make_application
from truceline.web.serving import bind
from truceline.web.site import Settings, Site

PASSWORD = "a long and quiet sentence"
ACCORD = """\
format: 1
accord:
  id: valleys
  title: {en: Understanding on the two valleys, ar: تفاهم الواديين}
  signed: 2025-01-01
  time_zone: Asia/Damascus
  languages: [en, ar]
  status: confirmed
  version: 1
  region: [35.5, 35.0, 37.5, 36.5]
sources:
  - {id: text, title: The text, language: en, file: text.txt}
parties:
  - {id: north, names: {en: Northern side, ar: الطرف الشمالي}, role: side, aliases: [northern forces]}
  - {id: south, names: {en: Southern side, ar: الطرف الجنوبي}, role: side, aliases: [southern forces]}
places:
  - id: mill
    names: {en: Old Mill, ar: الطاحونة القديمة}
    geometry: {type: Point, coordinates: [36.30, 35.70]}
    error_m: 500
  - id: bridge
    names: {en: Stone Bridge, ar: الجسر الحجري}
    geometry: {type: Point, coordinates: [36.70, 35.70]}
    error_m: 500
lines:
  - id: contact
    names: {en: line of contact}
    geometry: {type: LineString, coordinates: [[36.0, 35.7], [37.0, 35.7]]}
    left: north
    right: south
zones:
  - id: quiet
    names: {en: Quiet zone, ar: المنطقة الهادئة}
    kind: area_of_separation
    geometry:
      type: Polygon
      coordinates: [[[36.0, 35.6], [37.0, 35.6], [37.0, 35.8], [36.0, 35.8], [36.0, 35.6]]]
provisions:
  - id: no-fire
    kind: cessation
    title: {en: No fire in the quiet zone, ar: لا نار في المنطقة الهادئة}
    parties: [north, south]
    acts: [any_military_action]
    area: quiet
    from: 2025-01-01
    quotes: [{source: text, exact: Nobody fires in the quiet zone., start: 0, end: 31}]
  - id: list-made
    kind: designation
    title: {en: Groups are listed together}
    by: [north, south]
    parties: [north, south]
    subject: Groups that both sides list
    quotes: [{source: text, exact: Both sides list groups together., start: 32, end: 64}]
  - id: road-open
    kind: routes
    title: {en: The road is open}
    parties: [north, south]
    from: mill
    to: bridge
    geometry: {type: LineString, coordinates: [[36.30, 35.70], [36.70, 35.70]]}
    error_m: 200
    due: {date: 2025-06-30}
    quotes: [{source: text, exact: The road is open by the end of June., start: 65, end: 101}]
verification:
  sources:
    - {id: wire, reliability: B}
    - {id: canary-agent, names: [Canary Agent], reliability: A}
"""
TEXT = (
    "Nobody fires in the quiet zone.\nBoth sides list groups together.\n"
    "The road is open by the end of June.\n"
)

# What must reach nobody who may not see it: each word is of one row, column or table.
CANARIES = {
    "reporters": [
        "Canary Agent",
        "canary-agent",
        "canaryreport",
        "canaryroof",
        "canaryserial",
        "canaryfile",
        "canaryphone",
        "36.44321",
        "35.72222",
    ],
    "places": ["36.43217", "35.71234", "canaryplace"],
    "north": ["canarynorth", "36.61111"],
    "south": ["canarysouth", "36.62222"],
    "monitors": ["canarymonitors", "36.63333"],
    "case_files": ["canaryallegation", "canarytitle"],
    "case_reporters": ["canarywitness"],
    "corrections": ["canaryreason", "Canary Analyst"],
}
# And what reaches nobody at all by way of the server, as it is sealed in the workspace.
SEALED = [*PATROL_WORDS, *(f"{value:.7f}"[:8] for value in PATROL_PLACES)]

FIELDS = (
    "id", "kind", "date", "lon", "lat", "error_m", "actor", "source", "report", "reliability", "credibility",
    "fatalities", "effort_h", "place", "observed_from", "serial", "device",
)  # fmt: skip
NORTH, SOUTH = "northern forces", "southern forces"
ROWS = [
    ("o1", "shelling", "2025-03-01", 36.43217, 35.71234, 300, SOUTH, "Canary Agent",
     "canaryreport of a shell", "A", 2, 1, "", "canaryplace", "canaryroof", "canaryserial",
     "canaryphone 36.44321 35.72222"),
    ("o2", "shelling", "2025-03-01", 36.433, 35.713, 500, SOUTH, "wire", "shelling near the mill", "B", 2, 1),
    ("o3", "observation_effort", "2025-03-02", 36.5, 35.7, 200, "", "wire", "post 4", "B", 2, "", 8),
    ("o4", "small_arms_fire", "2025-04-02", 36.9, 36.3, 200, NORTH, "wire", "far away", "C", 3),
    ("n1", "shelling", "2025-03-03", 36.61111, 35.705, 100, SOUTH, "liaison north", "canarynorth", "A", 1, 7),
    ("s1", "shelling", "2025-03-04", 36.62222, 35.705, 100, NORTH, "liaison south", "canarysouth", "A", 1, 9),
    ("m1", "shelling", "2025-03-05", 36.63333, 35.705, 100, NORTH, "Umm Khalid", "canarymonitors", "A", 1, 4),
]  # fmt: skip
"""Rows of FIELDS; what a row lacks at its end is empty."""


class Clock:
    """The clock of whatever records."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now


def csv_of(rows: list[tuple[Any, ...]]) -> str:
    """The rows as a CSV file of our own names."""
    lines = [",".join(FIELDS)]
    full = ((*row, *[""] * (len(FIELDS) - len(row))) for row in rows)
    lines += [",".join(f'"{value}"' if value != "" else "" for value in row) for row in full]
    return "\n".join(lines) + "\n"


def make_workspace(root: Path, rows: list[tuple[Any, ...]]) -> Workspace:
    """A workspace with these rows, what is confidential of them, and a case."""
    source = root / "source"
    source.mkdir(parents=True)
    (source / "accord.yaml").write_text(ACCORD, encoding="utf-8")
    (source / "text.txt").write_text(TEXT, encoding="utf-8")
    workspace = Workspace.create(root / "w", source / "accord.yaml")
    said = {"author": "Canary Analyst", "reason": "canaryreason: asked for"}
    restrict(workspace, Target("source", "liaison north"), "north", **said)
    restrict(workspace, Target("source", "liaison south"), "south", **said)
    restrict(workspace, Target("source", "Umm Khalid"), None, **said)
    (source / "canaryfile.csv").write_text(csv_of(rows), encoding="utf-8")
    report = ingest(workspace, [source / "canaryfile.csv"])
    assert report.total("added") == len(rows), report.quarantined
    plant_patrols(workspace, source, verify=False)
    open_case(
        workspace,
        Opened("canarytitle of a case", "canaryallegation", obligations=("no-fire",), parties=("south",),
               reporter="canarywitness"),
        Said("Canary Analyst", "canaryreason"),
    )  # fmt: skip
    return workspace


LOGINS = {
    "observer": (Role.OBSERVER, None),
    "liaison-north": (Role.LIAISON, "north"),
    "liaison-south": (Role.LIAISON, "south"),
    "analyst": (Role.ANALYST, None),
    "monitor": (Role.MONITOR, None),
    "administrator": (Role.ADMINISTRATOR, None),
}
WHO = ("public", *LOGINS)


@dataclass
class Person:
    """A browser of somebody who has signed in (or, as the public, not)."""

    client: TestClient
    csrf: str | None

    def get(self, path: str, **options: Any) -> Any:
        return self.client.get(path, **options)

    def send(self, method: str, path: str, **options: Any) -> Any:
        headers = dict(options.pop("headers", {}))
        if self.csrf is not None:
            headers.setdefault("X-CSRF-Token", self.csrf)
        return self.client.request(method, path, headers=headers, **options)

    def post(self, path: str, body: Any = None, **options: Any) -> Any:
        return self.send("POST", path, json=body, **options)


@dataclass
class Mission:
    """A site that runs, and how to come to it as somebody."""

    site: Site
    app: Any

    def person(self, who: str) -> Person:
        """Somebody's browser, with a session of its own."""
        client = TestClient(self.app, base_url="http://127.0.0.1")
        if who == "public":
            return Person(client, None)
        account = self.site.accounts.named(who)
        assert account is not None
        token, session = self.site.accounts.open_session(
            account.id, now=self.site.desk.clock(), lasts=timedelta(hours=1)
        )
        client.cookies.set("truceline_session", token, domain="127.0.0.1")
        return Person(client, session.csrf)


def serve(workspace: Workspace, **settings: Any) -> Mission:
    """The site of a workspace with an account of every role, which nobody slows down."""
    unlimited = {"reads_per_s": 1e6, "reads_burst": 10**6, "writes_per_s": 1e6, "writes_burst": 10**6}
    site = Site.of(workspace, Settings(**(unlimited | {"sign_ins_per_minute": 10**6} | settings)))
    if not site.accounts.accounts():
        password = hashed(PASSWORD)
        for name, (role, party) in LOGINS.items():
            site.accounts.add(name, role, now=datetime.now(UTC), party=party, password=password)
    return Mission(site, make_application(site))


@contextmanager
def on_a_socket(app: Any) -> Iterator[str]:
    """The application on a real socket: its address."""
    bound = bind("127.0.0.1", 0)
    server = uvicorn.Server(uvicorn.Config(app, log_level="error", lifespan="off"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [bound]}, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    try:
        yield f"http://127.0.0.1:{bound.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(timeout=30)
        bound.close()


@pytest.fixture(scope="session")
def valleys(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Mission]:
    """The mission that tests only read. Its evidence is older than the public's delay."""
    workspace = make_workspace(tmp_path_factory.mktemp("valleys"), ROWS)
    mission = serve(workspace)
    mission.site.desk.clock = lambda: datetime.now(UTC) + timedelta(days=10)
    yield mission
    mission.site.close()


@pytest.fixture(scope="session")
def people(valleys: Mission) -> dict[str, Person]:
    """A browser for every role."""
    return {who: valleys.person(who) for who in WHO}


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a mission with its accounts, to be copied."""
    workspace = make_workspace(tmp_path_factory.mktemp("template"), ROWS)
    serve(workspace).site.close()
    return workspace.root


@pytest.fixture
def own_mission(tmp_path: Path, template: Path) -> Iterator[Mission]:
    """A mission of the test's own, to write to."""
    shutil.copytree(template, tmp_path / "own")
    mission = serve(Workspace.open(tmp_path / "own"))
    yield mission
    mission.site.close()


def body_of(answer: Any) -> Any:
    """The JSON of an answer."""
    return json.loads(answer.content)


Ask = Callable[..., Any]
