"""Tracks from GPX, GeoJSON and CSV: what is read, what is set aside, what is refused."""

from __future__ import annotations

import json
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np
import pytest

from truceline.core.errors import InvalidEvidence
from truceline.patrol.files import read_tracks

ZONE = ZoneInfo("Asia/Damascus")
GPX = """<?xml version="1.0" encoding="UTF-8"?>
<gpx version="1.1" creator="unit" xmlns="http://www.topografix.com/GPX/1/1">
 <trk><name>Team 1</name><trkseg>
  <trkpt lat="35.00" lon="36.00"><ele>400</ele><time>2018-10-01T08:00:00Z</time><hdop>1.5</hdop></trkpt>
  <trkpt lat="35.01" lon="36.01"><time>2018-10-01T08:00:10Z</time></trkpt>
  <trkpt lat="abc" lon="36.02"><time>2018-10-01T08:00:20Z</time></trkpt>
  <trkpt lat="35.03" lon="36.03"/>
  <trkpt lat="35.04" lon="36.04"><time>2018-10-01</time></trkpt>
 </trkseg></trk>
 <trk><trkseg><trkpt lat="35.5" lon="36.5"><time>2018-10-01T11:00:00+03:00</time></trkpt></trkseg></trk>
</gpx>
"""


def written(folder: Path, name: str, text: str) -> Path:
    (folder / name).write_text(text, encoding="utf-8")
    return folder / name


def test_gpx_gives_a_track_each_and_sets_bad_points_aside(tmp_path: Path) -> None:
    read = read_tracks(written(tmp_path, "t.gpx", GPX), "turkey", ZONE)
    assert [track.name for track in read.tracks] == ["t.gpx:Team 1", "t.gpx:2"]
    first, second = read.tracks
    assert first.time_s.tolist() == [1538380800.0, 1538380810.0]
    assert first.error_m.tolist() == [15.0, 10.0]
    assert second.time_s[0] == 1538380800.0
    assert [(fault.row, fault.path) for fault in read.faults] == [(3, "lat"), (4, "time"), (5, "time")]
    assert read.faults[0].sentence() == (
        "t.gpx, row 3, lat: this is no coordinate; found abc; accepted: degrees from -90 to 90"
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (GPX[:400], "this is not XML, or it is cut off"),
        ('<?xml version="1.0"?><!DOCTYPE gpx [<!ENTITY a "b">]><gpx>&a;</gpx>', "has a document type"),
        ('<?xml version="1.0"?><kml><gpx/></kml>', "this is not GPX"),
    ],
)
def test_gpx_that_is_cut_off_or_refers_to_anything_is_refused(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(InvalidEvidence, match=said):
        read_tracks(written(tmp_path, "t.gpx", text), "turkey", ZONE)


def test_an_entity_never_brings_in_a_file(tmp_path: Path) -> None:
    secret = written(tmp_path, "secret.txt", "36.0")
    text = f'<!DOCTYPE gpx [<!ENTITY x SYSTEM "{secret.as_uri()}">]><gpx><trk><name>&x;</name></trk></gpx>'
    with pytest.raises(InvalidEvidence, match="document type"):
        read_tracks(written(tmp_path, "t.gpx", text), "turkey", ZONE)


def test_csv_and_geojson_of_the_same_fixes_are_the_same_track(tmp_path: Path) -> None:
    times = [f"2018-10-01T08:00:{second:02d}Z" for second in range(0, 50, 10)]
    places = [[36.0 + n / 1000, 35.0] for n in range(5)]
    rows = "\n".join(f"{t};{x};{y};12;A" for t, (x, y) in zip(times, places, strict=True))
    table = read_tracks(written(tmp_path, "t.csv", f"Time;Lon;Lat;error_m;unit\n{rows}\n"), "russia", ZONE)
    feature = {
        "type": "Feature",
        "geometry": {"type": "LineString", "coordinates": places},
        "properties": {"coordTimes": times, "unit": "A", "error_m": 12, "party": "turkey"},
    }
    line = read_tracks(written(tmp_path, "t.geojson", json.dumps(feature)), "russia", ZONE)
    (one,), (other,) = table.tracks, line.tracks
    assert (one.party, other.party) == ("russia", "turkey")
    for column in ("time_s", "lon", "lat", "error_m"):
        assert np.array_equal(getattr(one, column), getattr(other, column))


def test_a_time_without_an_offset_is_in_the_accords_zone(tmp_path: Path) -> None:
    text = "time,lon,lat\n2018-10-01T11:00:00,36,35\n"
    (track,) = read_tracks(written(tmp_path, "t.csv", text), "x", ZONE).tracks
    assert track.start.isoformat() == "2018-10-01T08:00:00+00:00"


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("t.csv", "time,lon\n1,2\n", "this is no track that can be read"),
        ("t.csv", "time,lon,lat,lat\n1,2,3,4\n", "a column stands twice"),
        ("t.geojson", '{"type": "Feature", "geometry": {"type": "LineString", "coordinates": [[36, 35]]}, '
         '"properties": {"coordTimes": []}}', "does not give one time a vertex"),
        ("t.geojson", '{"type": "FeatureCollection", "features": 3}', "this is not GeoJSON"),
        ("t.txt", "hello\n", "this is no track that can be read"),
    ],
)  # fmt: skip
def test_what_is_no_track_is_refused_in_a_sentence(tmp_path: Path, name: str, text: str, said: str) -> None:
    with pytest.raises(InvalidEvidence, match=said):
        read_tracks(written(tmp_path, name, text), "turkey", ZONE)
