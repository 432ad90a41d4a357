"""The GPX reader: waypoints are observations, tracks are not."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from truceline.core.errors import InvalidEvidence

Reads = Callable[..., Any]
GPX = '<gpx version="1.1" xmlns="http://www.topografix.com/GPX/1/1">{}</gpx>'


def test_a_waypoint_says_what_was_seen_where_and_how_well(data: Path, read_path: Reads) -> None:
    found = read_path(data / "waypoints.gpx")
    assert found.read == 6
    tanks, refused = found.observations
    assert (tanks["kind"], tanks["weapon_class"], tanks["count"], tanks["actors"]) == (
        "weapon_sighting", "tank", 2, ["opposition"],
    )  # fmt: skip
    assert (tanks["lon"], tanks["lat"], tanks["error_m"]) == (36.75, 35.95, 15.0)
    assert (tanks["place"], tanks["report"], tanks["source"]) == (
        "Hill 410", "two tanks beside the road", "patrol-7",
    )  # fmt: skip
    assert tanks["occurred_from"].isoformat() == "2018-10-20T09:15:00+00:00"
    assert tanks["origin_url"] == "https://example.org/photo/1"
    assert '"gpx_weather": "haze"' in tanks["details"]
    assert (refused["kind"], refused["report"], refused["error_m"]) == (
        "access_refused",
        "turned back",
        5000.0,
    )


def test_what_is_no_observation_is_set_aside_with_its_reason(data: Path, read_path: Reads) -> None:
    faults = {fault.row: fault for fault in read_path(data / "waypoints.gpx").quarantined}
    assert sorted(faults) == [2, 3, 5, 6]
    assert faults[2].path == "lat"
    assert "did you mean shelling?" in faults[3].message
    assert (faults[5].path, faults[5].found) == ("error_m", "'good'")
    assert faults[6].message == "a track or route is no observation"


@pytest.mark.parametrize("batch_rows", [1, 2, 4, 100])
def test_batches_do_not_change_what_is_read(data: Path, read_path: Reads, batch_rows: int) -> None:
    whole, parts = read_path(data / "waypoints.gpx"), read_path(data / "waypoints.gpx", batch_rows=batch_rows)
    assert parts.observations == whole.observations
    assert [fault.row for fault in parts.quarantined] == [fault.row for fault in whole.quarantined]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (GPX.format("<wpt lat='1' lon='2'>"), "cut off"),
        ('<!DOCTYPE gpx [<!ENTITY a "b">]>' + GPX.format("<wpt lat='1' lon='2'><name>&a;</name></wpt>"),
         "document type"),
        ("<kml><gpx/></kml>", "this is not GPX"),
    ],
)  # fmt: skip
def test_a_broken_file_is_refused_whole(tmp_path: Path, read_path: Reads, text: str, words: str) -> None:
    (tmp_path / "f.gpx").write_text(text)
    with pytest.raises(InvalidEvidence, match=words):
        read_path(tmp_path / "f.gpx", format="gpx")


def test_a_file_without_waypoints_holds_nothing(tmp_path: Path, read_path: Reads) -> None:
    (tmp_path / "f.gpx").write_text(GPX.format(""))
    found = read_path(tmp_path / "f.gpx")
    assert (found.read, found.observations) == (0, [])
