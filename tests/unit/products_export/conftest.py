"""A record with planted values that only some editions may hold, and its exports in every format."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from planted_patrols import plant_patrols

from truceline.app.access import Target, restrict
from truceline.app.corrections import Said, correct
from truceline.app.export import export
from truceline.app.export_content import ExportRequest
from truceline.app.ingest import ingest
from truceline.products.export import geoparquet
from truceline.store.workspace import Workspace

HEAD = (
    "id,kind,date,place,lon,lat,error_m,actor,target,subject,weapon_class,serial,count,fatalities,effort_h,"
    "source,method,observed_from,reliability,credibility,report,quote,url,extra"
)
LON, LAT = 36.7123456, 35.9654321
FIRST = f"""\
{HEAD}
planted-number,shelling,2018-10-20,planted-place,{LON},{LAT},120,Syrian Government,opposition,,,,,2,,\
planted-source,seen,planted-post,B,2,planted-report,planted-quote,https://planted.example/url,planted-detail
2,weapon_sighting,2018-10-21,,36.75,35.95,500,opposition,,,tank,planted-serial,1,,,mission,seen,,B,2,,,,
3,observation_effort,2018-10-20,,36.7,35.9,500,,,,,,,,7.5,mission,seen,,B,2,,,,
4,presence_report,2018-10-22,,36.6,35.8,25000,HTS,,,,,40,,,wire,reported,,C,3,,,,
5,statement,2018-10-22,,,,,Russia,,,,,,,,wire,reported,,C,3,=planted formula,,,
6,shelling,2018-10-23,,{LON},{LAT},,opposition,,,,,,,,wire,reported,,C,3,,,,
7,air_strike,2018-10-23,,36.5,35.7,900,planted-actor,,,,,,,,planted-witness,seen,,B,2,,,,
8,shelling,2018-10-24,,36.55,35.75,900,opposition,,,,,,,,wire,reported,,C,3,,,,
"""
LATE = f"{HEAD}\n9,shelling,2018-10-25,,36.58,35.79,900,planted-late-actor,,,,,,,,wire,reported,,C,3,,,,\n"


@dataclass(frozen=True)
class Planted:
    """The workspace, an instant at which only the first file is old enough for the public, and the recorded
    ids."""

    root: Path
    now: datetime
    ids: tuple[str, ...]
    lon: float = LON
    lat: float = LAT


@pytest.fixture(scope="session")
def planted(tmp_path_factory: pytest.TempPathFactory, idlib: Path) -> Planted:
    folder = tmp_path_factory.mktemp("planted")
    workspace = Workspace.create(folder / "w", idlib / "accord.yaml")
    (folder / "planted-file.csv").write_text(FIRST)
    (folder / "late.csv").write_text(LATE)
    ingest(workspace, [folder / "planted-file.csv"])
    with workspace.store() as store:
        rows = store.observations().select(["id", "origin_id"]).to_pylist()
        ids = {row["origin_id"]: row["id"] for row in rows}
    said = Said(author="planted-author", reason="planted-reason")
    correct(workspace, "retract", [ids["8"]], said)
    restrict(workspace, Target("source", "planted-witness"), None, author="planted-author", reason="asked")
    plant_patrols(workspace, folder)
    between = datetime.now(UTC)
    ingest(workspace, [folder / "late.csv"])
    with workspace.store() as store:
        every = store.observations()["id"].to_pylist()
    return Planted(workspace.root, between + timedelta(hours=72), tuple(every))


def written(planted: Planted, output: Path, edition: str, root: Path | None = None) -> Path:
    """The folder of an edition, of this record or of a copy of it at `root`."""
    request = ExportRequest(as_of="2018-12-31", edition=edition, now=planted.now)
    export(root or planted.root, output, request, licence="CC-BY-4.0")
    return output


@pytest.fixture(scope="session")
def exported() -> Callable[..., Path]:
    return written


@pytest.fixture(scope="session")
def folders(planted: Planted, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Path]]:
    """Every edition in every format; Parquet is not compressed, so that its pages can be searched."""
    base = tmp_path_factory.mktemp("editions")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(geoparquet, "COMPRESSION", "none")
        yield {name: written(planted, base / name, name) for name in ("public", "parties", "internal")}
