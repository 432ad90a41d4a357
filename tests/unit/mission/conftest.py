"""The workspace of the mission's reports, made once for this folder."""

from __future__ import annotations

from pathlib import Path

import pytest
from mission_reports import HEAD, KNOWN_AT, ROWS, Mission
from planted_patrols import plant_patrols

from truceline.app.access import Target, restrict
from truceline.app.ingest import ingest
from truceline.app.mission.files import MissionRequest, prepare
from truceline.store.workspace import Workspace


@pytest.fixture(scope="package")
def mission(tmp_path_factory: pytest.TempPathFactory, idlib: Path) -> Mission:
    folder = tmp_path_factory.mktemp("mission")
    workspace = Workspace.create(folder / "w", idlib / "accord.yaml")
    (folder / "planted.csv").write_text(HEAD + ROWS)
    ingest(workspace, [idlib / "reported-events.csv", folder / "planted.csv"])
    restrict(
        workspace,
        Target("source", "Submission Turkey"),
        "turkey",
        author="A. Analyst",
        reason="handed in by a party alone",
    )
    plant_patrols(workspace, folder)
    request = MissionRequest(period="month", as_of="2018-10-15", known_at=KNOWN_AT, basemap=idlib / "basemap")
    return Mission(workspace.root, prepare(workspace.root, request), {})
