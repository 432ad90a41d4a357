"""No value that an edition must not hold can be found in any byte of any of its files."""

from __future__ import annotations

import sqlite3
import struct
import zipfile
from contextlib import closing
from pathlib import Path
from typing import Any

import geopandas
import pyarrow.parquet as pq
import pytest
from planted_patrols import planted_in

EDITIONS = ("public", "parties")

REPORTERS = (
    "planted-number", "planted-place", "planted-source", "planted-post", "planted-report", "planted-quote",
    "planted.example", "planted-detail", "planted-serial", "planted formula", "planted-file",
    "planted-author", "planted-reason", "planted-witness", "planted-actor",
)  # fmt: skip
"""Values that neither the public nor the parties may find."""


def everything_in(folder: Path) -> dict[str, bytes]:
    """The bytes of every file, and of whatever is packed in one."""
    found = {}
    for path in sorted(folder.iterdir()):
        found[path.name] = path.read_bytes()
        if path.suffix == ".zip":
            with zipfile.ZipFile(path) as archive:
                found |= {f"{path.name}/{name}": archive.read(name) for name in archive.namelist()}
    return found


def written_as(value: str) -> list[bytes]:
    return [value.encode(), value.encode("utf-16-le"), value.encode("utf-16-be")]


def coordinate(value: float) -> list[bytes]:
    """A coordinate as text to ten centimetres, as doubles, and as the floats of a spatial index."""
    texts = [f"{value:.7f}"[:9].encode()]
    doubles = [struct.pack(order, value) for order in ("<d", ">d")]
    near = struct.unpack(">I", struct.pack(">f", value))[0]
    return texts + doubles + [struct.pack(">I", near + off) for off in (-1, 0, 1)]


def hits(files: dict[str, bytes], needles: list[bytes]) -> list[str]:
    return [name for name, content in files.items() for needle in needles if needle in content]


@pytest.mark.parametrize("value", REPORTERS)
def test_what_was_planted_is_found_in_the_internal_edition_alone(
    folders: dict[str, Path], value: str
) -> None:
    needles = written_as(value)
    inside = hits(everything_in(folders["internal"]), needles)
    assert {Path(name).suffix for name in inside} >= {".gpkg", ".parquet", ".csv"}
    for edition in EDITIONS:
        assert hits(everything_in(folders[edition]), needles) == []


def test_exact_places_are_found_in_the_internal_edition_alone(folders: dict[str, Path], planted: Any) -> None:
    for value in (planted.lon, planted.lat):
        needles = coordinate(value)
        assert {Path(name).suffix for name in hits(everything_in(folders["internal"]), needles)} >= {
            ".gpkg", ".parquet", ".csv", ".geojson",
        }  # fmt: skip
        for edition in EDITIONS:
            assert hits(everything_in(folders[edition]), needles) == []


def test_no_edition_holds_where_a_patrol_or_its_people_were_or_will_be(folders: dict[str, Path]) -> None:
    for folder in folders.values():
        assert {
            name: found for name, held in everything_in(folder).items() if (found := planted_in(held))
        } == {}
        # The patrol is told of all the same: its share of the line.
        told = pq.read_table(folder / "patrols.parquet").to_pylist()
        assert [row["value"] for row in told if row["measure"] == "line_share" and row["party"] == "turkey"]


def test_no_page_of_a_geopackage_is_left_over(folders: dict[str, Path]) -> None:
    """A freed page keeps what it held."""
    for folder in folders.values():
        with closing(sqlite3.connect(folder / "idlib-2018.gpkg")) as file:
            assert file.execute("PRAGMA freelist_count").fetchone() == (0,)


def test_recorded_ids_are_found_in_the_internal_edition_alone(folders: dict[str, Path], planted: Any) -> None:
    for id in planted.ids:
        needles = written_as(id.removeprefix("obs-"))
        assert hits(everything_in(folders["internal"]), needles)
        for edition in EDITIONS:
            assert hits(everything_in(folders[edition]), needles) == []


def test_the_public_knows_nothing_of_the_last_three_days(folders: dict[str, Path]) -> None:
    late = written_as("planted-late-actor")
    assert hits(everything_in(folders["internal"]), late)
    assert hits(everything_in(folders["parties"]), late)
    assert hits(everything_in(folders["public"]), late) == []


def test_what_the_public_is_shown_is_whole_all_the_same(folders: dict[str, Path]) -> None:
    rows = geopandas.read_parquet(folders["public"] / "observations.parquet")
    # All but the confidential one and the one of the last three days; the retracted one does not count.
    assert len(rows) == 7
    assert rows["counts"].tolist().count(False) == 1
    assert set(rows["shape"]) == {"coarse", "none"}
    assert rows["lon"].isna().all()
    sizes = rows.geometry.dropna().bounds
    assert (sizes["maxx"] - sizes["minx"]).round(9).eq(0.1).all()
    assert rows["id"].str.startswith("seen-").all()
    assert not {"source", "place", "report", "serial", "details"} & set(rows.columns)


def test_layers_that_an_edition_may_not_hold_are_not_there(folders: dict[str, Path]) -> None:
    for edition in EDITIONS:
        names = {path.stem for path in folders[edition].glob("*.parquet")}
        assert names == {"observations", "zones", "lines", "routes", "obligations", "effort", "patrols"}
    internal = {path.stem for path in folders["internal"].glob("*.parquet")}
    assert internal >= {"weapons", "corrections"}


def test_evidence_of_a_verdict_is_named_as_the_edition_shows_it(folders: dict[str, Path]) -> None:
    verdicts = pq.read_table(folders["parties"] / "obligations.parquet").to_pylist()
    named = {id for row in verdicts for id in row["evidence"] + row["counter_evidence"]}
    shown = set(pq.read_table(folders["parties"] / "observations.parquet")["id"].to_pylist())
    assert named
    assert named <= shown
    assert all(round(row["p_breached"], 2) == row["p_breached"] for row in verdicts)
