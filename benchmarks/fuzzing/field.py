"""What comes from the field, and plans: forms, photographs, teams, plans, roads, heights, sealed files."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from datetime import date, time
from typing import Any

import numpy as np

from fuzzing.evidence import evidence
from fuzzing.target import YAML, Target, file_of, files_of, scratch

SUBMISSION = b"""<?xml version='1.0'?>
<data id="truceline_incident" version="a" xmlns:jr="http://openrosa.org/javarosa">
  <username>post-4</username><end>2025-03-01T10:20:00.000+03:00</end>
  <kind>shelling</kind><date>2025-03-01T10:00:00.000+03:00</date>
  <location>35.7123 36.4321 210.0 10.0</location><error_m/><place>the mill</place>
  <actor>south</actor><fatalities>2</fatalities><method>seen</method><credibility>2</credibility>
  <report>two shells</report><photo>1.jpg</photo>
  <meta><instanceID>uuid:5f1c0a52-1111-4222-8333-aaaaaaaaaaaa</instanceID></meta>
</data>
"""
_FORM_WORDS = (
    b"<!DOCTYPE a [<!ENTITY x 'y'>]>", b"&x;", b"&#0;", b"<![CDATA[", b"</data>", b"<meta>", b"<location>",
    b"<date>", b"9999-12-31T23:59:59Z", b"1e400", b"NaN", b"-91 181", b"<?pi?>", b"<!--", b"\x00",
    b"<source>", b'xmlns="', "\u0665".encode(),
)  # fmt: skip
_JSON_WORDS = (
    b'"coordinates"',
    b"NaN",
    b"1e400",
    b"null",
    b"[[[",
    b'"\\ud800"',
    b"-1",
    b'"2018-13-45"',
    b"{}",
)
_ROAD = {
    "type": "Feature",
    "properties": {"highway": "trunk", "ref": "M4", "maxspeed": "68", "oneway": "no"},
    "geometry": {"type": "LineString", "coordinates": [[36.0, 35.0], [36.1, 35.1], [36.2, 35.1]]},
}


def _photograph(data: bytes) -> None:
    from PIL import Image

    from truceline.app.desk.attachments import clean_picture

    bare, _ = clean_picture(data)
    with Image.open(io.BytesIO(bare)) as picture:
        assert not picture.getexif(), "what a camera writes beside the picture went on"


def pictures() -> list[bytes]:
    from PIL import Image

    seeds = []
    for kind in ("JPEG", "PNG", "WEBP"):
        made = io.BytesIO()
        picture = Image.new("RGB", (9, 7), (200, 30, 60))
        exif = Image.Exif()
        exif[271] = "a camera"
        picture.save(made, kind, exif=exif)
        seeds.append(made.getvalue())
    return seeds


def _teams(data: bytes) -> None:
    from truceline.patrol.planning.files import read_teams

    assert len({team.id for team in read_teams(file_of("teams.yaml", data))}) >= 1


def _plan(data: bytes) -> None:
    from truceline.patrol.against_plan.expected import expected_of

    for shift in expected_of(data, "plan.json").shifts:
        assert all(np.isfinite((visit.begin_s, visit.end_s)).all() for visit in shift.visits)


def _plans() -> list[bytes]:
    from zoneinfo import ZoneInfo

    from truceline.patrol.planning.model import Options, Task, Team
    from truceline.patrol.planning.plan import planned
    from truceline.patrol.planning.result import places_of
    from truceline.patrol.visits import Post

    teams = [Team("east-1", "east", 36.1, 35.0, 11.0, time(6), 8 * 3600)]
    posts = [Post(f"p{n}", 36.1, 35.0 + 0.03 * n, 200.0, 900.0, 86_400.0, "east") for n in range(3)]
    plan = planned(
        Task(teams, posts, date(2018, 10, 15), 1, ZoneInfo("Asia/Damascus"), options=Options(iterations=20))
    )
    document: dict[str, Any] = plan.as_dict() | {"places": places_of(plan)}
    return [json.dumps(document).encode()]


def _roads(name: str) -> Any:
    def read(data: bytes) -> None:
        from truceline.geo.roads.read import read_roads

        found = read_roads(file_of(name, data))
        assert np.isfinite(found.metres).all()
        assert found.ends.max() < len(found.lon)

    return read


def _extracts() -> list[bytes]:
    import osmium

    path = scratch() / "made.osm.pbf"
    path.unlink(missing_ok=True)
    with osmium.SimpleWriter(path) as made:
        for number in range(1, 4):
            tags = {"barrier": "gate"} if number == 2 else {}
            made.add_node(osmium.osm.mutable.Node(id=number, location=(36.0 + number / 10, 35.0), tags=tags))
        made.add_way(osmium.osm.mutable.Way(id=9, nodes=[1, 2, 3], tags={"highway": "trunk", "ref": "M4"}))
    return [path.read_bytes()]


def _terrain(data: bytes) -> None:
    from truceline.geo.terrain import read_terrain

    read_terrain(file_of("t.tif", data), (36.0, 35.0, 36.1, 35.1))


def _heights() -> list[bytes]:
    import rasterio
    from rasterio.transform import from_origin

    with rasterio.MemoryFile() as memory:
        with memory.open(
            driver="GTiff", width=40, height=40, count=1, dtype="int16", crs="EPSG:4326",
            transform=from_origin(35.9, 35.2, 0.01, 0.01),
        ) as made:  # fmt: skip
            made.write(np.arange(1600, dtype=np.int16).reshape(1, 40, 40))
        return [bytes(memory.read())]


def _sealed(data: bytes) -> None:
    from truceline.core.sealed import Key

    assert Key(b"k" * 32, "key-1").opened(data, "f") == b"a track", "another content under the same seal"


def _seals() -> list[bytes]:
    from truceline.core.sealed import Key

    return [Key(b"k" * 32, "key-1").sealed(b"a track", "f")]


def field_targets() -> Iterator[tuple[str, Target]]:
    """Name and target of each of these readers."""
    yield "evidence-odk", Target(evidence("odk"), lambda: [SUBMISSION], _FORM_WORDS)
    yield "photographs", Target(_photograph, pictures, (b"\xff\xd8", b"\xff\xe1", b"Exif", b"IHDR", b"RIFF"))
    yield (
        "teams",
        Target(
            _teams,
            lambda: files_of("examples/idlib-2018/patrols/teams.yaml"),
            (*YAML, b"24:00", b"armoured", b"-1"),
        ),
    )
    yield "plans", Target(_plan, _plans, _JSON_WORDS)
    roads = [json.dumps({"type": "FeatureCollection", "features": [_ROAD]}).encode()]
    yield "roads-geojson", Target(_roads("r.geojson"), lambda: roads, _JSON_WORDS)
    yield "roads-osm", Target(_roads("r.osm.pbf"), _extracts, (b"OSMHeader", b"OSMData", b"DenseNodes"))
    yield "terrain", Target(_terrain, _heights, (b"II*\x00", b"MM\x00*", b"\xff\xff\xff\xff"))
    yield "sealed", Target(_sealed, _seals, (b'{"sealed":', b'"nonce"', b'"key-1"', b"\n"))
