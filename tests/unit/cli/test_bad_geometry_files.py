"""Every way in which a geometry file is wrong, on every command that reads one: a sentence, exit code 2."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from truceline.cli.main import run

SQUARE = [[36.0, 35.0], [36.5, 35.0], [36.5, 35.5], [36.0, 35.5], [36.0, 35.0]]
OTHER_CRS = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::3857"}}


def line(*coords: Any, **members: Any) -> dict[str, Any]:
    return {"type": "LineString", "coordinates": list(coords), **members}


def polygon(*rings: Any) -> dict[str, Any]:
    return {"type": "Polygon", "coordinates": list(rings)}


def feature(geometry: Any, **members: Any) -> dict[str, Any]:
    properties = {"controlled_by": "a", "as_of": "2020-01-01"}
    return {"type": "Feature", "properties": properties, "geometry": geometry, **members}


def collection(*features: Any) -> dict[str, Any]:
    return {"type": "FeatureCollection", "features": list(features)}


GOOD_LINE, GOOD_ZONE = feature(line([36, 35], [36.5, 35.1])), feature(polygon(SQUARE))
METRES = [[4007501, 4163881], [4063163, 4163881], [4063163, 4226661], [4007501, 4163881]]

# What the file holds; words of the sentence; the field that the problem names (None: the file as such).
Faults = dict[str, tuple[Any, str, str | None]]
ANY_FILE: Faults = {
    "empty-file": ("", "is empty", None),
    "no-json": ("lon,lat\n36,35\n", "is not JSON", None),
    "cut-short": (json.dumps(GOOD_ZONE)[:70], "is cut short", None),
    "cut-in-a-word": (json.dumps(GOOD_ZONE)[:30], "is cut short", None),
    "binary": (b"PAR1\xff\xfe\x00", "no UTF-8", None),
    "nested-too-deep": ("[" * 100_000, "nested too deep", None),
    "no-geojson": ([1, 2], "is not GeoJSON", "type"),
    "no-features": (collection(), "holds no geometry", None),
    "features-no-list": ({"type": "FeatureCollection", "features": 3}, "is no list", "features"),
    "no-geometry": (collection(feature(None)), "no geometry", "features[0]"),
    "feature-no-object": (collection("x"), "is of another kind", "features[0]"),
    "properties-a-list": ({**GOOD_LINE, "properties": [1]}, "is no object", "feature.properties"),
}
LINE_FAULTS: Faults = {
    "nan": ('{"type":"LineString","coordinates":[[36,35],[NaN,35]]}', "not a finite number", "position 1"),
    "inf": (line([36, 35], [float("inf"), 35]), "not a finite number", "geometry, position 1"),
    "number-too-great": (line([36, 35], [10**400, 35]), "not a finite number", "geometry, position 1"),
    "null": (line([36, 35], [None, 35]), "is no position", "geometry, position 1"),
    "text": (line([36, 35], ["36.5", 35]), "is no position", "geometry, position 1"),
    "truth-value": (line([36, 35], [True, 35]), "is no position", "geometry, position 1"),
    "one-number": (line([36], [36.5]), "is no position", "geometry, position 0"),
    "four-numbers": (line([36, 35, 1, 2], [36.5, 35, 1, 2]), "is no position", "geometry, position 0"),
    "height-nan": (line([36, 35, float("nan")], [36.5, 35, 1]), "not a finite", "geometry, position 0"),
    "swapped": (line([35, 136], [35.1, 136.5]), "lat, lon instead of lon, lat", "geometry, position 0"),
    "metres": (line(*METRES), "projected metres", "geometry, position 0"),
    "out-of-range": (line([36, 35], [190, 35]), "out of range", "geometry, position 1"),
    "crs": (line([36, 35], [36.5, 35], crs=OTHER_CRS), "another reference system", "crs"),
    "crs-inside": (feature(line([36, 35], [37, 35], crs=OTHER_CRS)), "another reference", "feature, crs"),
    "crs-mixed": (
        collection(GOOD_LINE, feature(line(*METRES), crs=OTHER_CRS)), "another reference", "features[1].crs",
    ),
    "metres-mixed": (collection(GOOD_LINE, feature(line(*METRES))), "projected", "features[1], position 0"),
    "no-coordinates": ({"type": "LineString"}, "no list of coordinates", "geometry"),
    "empty": (line(), "is empty", "geometry"),
    "empty-part": (
        {"type": "MultiLineString", "coordinates": [[], [[36, 35], [37, 35]]]},
        "part without positions", "geometry, part 0",
    ),
    "no-length": (line([36, 35], [36, 35]), "has no length", "geometry"),
    "one-position": (line([36, 35]), "has no length", "geometry"),
    "a-part-without-length": (
        collection(GOOD_LINE, feature(line([36, 35], [36, 35]))), "has no length", "features[1]",
    ),
}  # fmt: skip
ZONE_FAULTS: Faults = {
    "nan": (polygon([[36, 35], [float("nan"), 35], [36, 36], [36, 35]]), "not a finite", "position 1"),
    "inf": (polygon([[36, 35], [float("inf"), 35], [36, 36], [36, 35]]), "not a finite", "position 1"),
    "swapped": (polygon([[35, 136], [35, 137], [36, 137], [35, 136]]), "lat, lon instead", "position 0"),
    "metres": (polygon(METRES), "projected metres", "position 0"),
    "crs": ({**feature(polygon(SQUARE)), "crs": OTHER_CRS}, "another reference system", "crs"),
    "empty": (polygon(), "is empty", None),
    "crosses-itself": (
        polygon([[36, 35], [36.5, 35.5], [36.5, 35], [36, 35.5], [36, 35]]), "cross, overlap", None,
    ),
    "hole-outside": (polygon(SQUARE, [[38, 35], [38.1, 35], [38.1, 35.1], [38, 35]]), "hole outside", None),
    "hole-across": (
        polygon(SQUARE, [[36.4, 35.1], [36.6, 35.1], [36.6, 35.2], [36.4, 35.1]]), "cross, overlap", None,
    ),
    "spike": (polygon([[36, 35], [36.5, 35], [36.5, 35.5], [36.5, 35], [36, 35]]), "not valid", None),
    "no-area": (polygon([[36, 35], [36.5, 35], [36, 35], [36, 35]]), "without area", None),
    "not-closed": (polygon(SQUARE[:-1]), "not closed", "ring 0"),
    "too-short": (polygon(SQUARE[:2]), "too short", "ring 0"),
    "parts-overlap": (
        {
            "type": "MultiPolygon",
            "coordinates": [[SQUARE], [[[36.2, 35.2], [36.8, 35.2], [36.8, 35.8], [36.2, 35.2]]]],
        },
        "cross, overlap", None,
    ),
}  # fmt: skip

Command = Callable[[Path, Path, Path], list[str | Path]]
"""Arguments from the bad file, a good line and a good zone."""
LINE_COMMANDS: dict[str, Command] = {
    "derive": lambda bad, _l, _z: ["derive", "--line", bad, "--depth-km", "5"],
    "audit": lambda bad, _l, z: [
        "audit", z, "--line", bad, "--side", "left", "--min-km", "5", "--max-km", "9",
    ],
    "sectors": lambda bad, _l, z: ["sectors", z, "--line", bad, "--count", "2"],
    "compare-lines A": lambda bad, line, _z: ["compare-lines", bad, line],
    "compare-lines B": lambda bad, line, _z: ["compare-lines", line, bad],
    "sectors --effort": lambda bad, line, z: ["sectors", z, "--line", line, "-n", "2", "--effort", bad],
}  # fmt: skip
ZONE_COMMANDS: dict[str, Command] = {
    "audit": lambda bad, line, _z: [
        "audit", bad, "--line", line, "--side", "left", "--min-km", "5", "--max-km", "9",
    ],
    "sectors": lambda bad, line, _z: ["sectors", bad, "--line", line, "--count", "2"],
    "derive --clip": lambda bad, line, _z: ["derive", "--line", line, "--depth-km", "5", "--clip", bad],
    "derive --clip-out": lambda bad, line, _z: [
        "derive", "--line", line, "--depth-km", "5", "--clip-out", bad,
    ],
    "line": lambda bad, _l, _z: ["line", bad, "--left", "a", "--right", "b"],
    "line --within": lambda bad, _l, z: ["line", z, "--left", "a", "--right", "b", "--within", bad],
}  # fmt: skip


def cases(commands: dict[str, Command], faults: Faults) -> list[Any]:
    return [
        pytest.param(command, *fault, id=f"{name}-{kind}")
        for name, command in commands.items()
        for kind, fault in faults.items()
    ]


def written(path: Path, content: Any) -> Path:
    if isinstance(content, bytes):
        path.write_bytes(content)
    else:
        path.write_text(content if isinstance(content, str) else json.dumps(content))
    return path


def called(capsys: pytest.CaptureFixture[str], arguments: list[str | Path]) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as ended:
        run([str(argument) for argument in arguments])
    captured = capsys.readouterr()
    return int(ended.value.code or 0), captured.out, captured.err


@pytest.mark.parametrize(
    ("command", "content", "words", "field"),
    [
        *cases(LINE_COMMANDS, ANY_FILE | LINE_FAULTS),
        *cases(ZONE_COMMANDS, ANY_FILE | ZONE_FAULTS),
    ],
)
def test_a_bad_file_is_named_with_what_is_wrong_in_it(
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    command: Command,
    content: Any,
    words: str,
    field: str | None,
) -> None:
    bad = written(tmp_path / "bad.geojson", content if not _bare_area(content) else feature(content))
    arguments = command(
        bad, written(tmp_path / "line.geojson", GOOD_LINE), written(tmp_path / "zone.geojson", GOOD_ZONE)
    )
    code, out, err = called(capsys, ["zone", *arguments, "--json"])
    assert code == 2
    first, *rest = err.splitlines()
    assert first.startswith(f"truceline: {bad}")
    assert words in first
    assert all(other.startswith("hint: ") for other in rest)
    problem = json.loads(out)
    assert {"type", "title", "detail", "code", "source"} <= set(problem)
    assert problem["source"] == str(bad)
    assert problem["detail"] == first.removeprefix("truceline: ")
    assert "accepted" in problem["faults"][0]
    if field is not None:
        assert problem["field"].endswith(field)


def _bare_area(content: Any) -> bool:
    # As a feature with the properties that control data need, so that nothing but the fault is wrong.
    return isinstance(content, dict) and content.get("type") in ("Polygon", "MultiPolygon")


@pytest.mark.parametrize("name", [*LINE_COMMANDS, *(f"{name} (zone)" for name in ZONE_COMMANDS)])
def test_a_file_that_is_not_there_and_a_folder_are_named(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, name: str
) -> None:
    command = LINE_COMMANDS.get(name) or ZONE_COMMANDS[name.removesuffix(" (zone)")]
    line_file = written(tmp_path / "line.geojson", GOOD_LINE)
    zone_file = written(tmp_path / "zone.geojson", GOOD_ZONE)
    (tmp_path / "folder").mkdir()
    for bad, words in (
        (tmp_path / "none.geojson", "does not exist"),
        (tmp_path / "folder", "cannot be read"),
    ):
        code, out, err = called(capsys, ["zone", *command(bad, line_file, zone_file), "--json"])
        assert code == 2
        assert err.startswith(f"truceline: {bad}")
        assert words in err
        assert json.loads(out)["source"] == str(bad)


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("x,35,136,a", "looks like lat, lon"),
        ("x,nan,35,a", "row 3"),
        ("x,inf,35,a", "row 3"),
        ("x,4007501,4163881,a", "row 3"),
        ("x,,35,a", "row 3"),
        ("x,36.2,35.1,", "row 3"),
        ("x,36.2", "row 3"),
    ],
)
def test_a_bad_row_of_places_is_named(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, row: str, words: str
) -> None:
    text = f"place,lon,lat,controlled_by\nu,36,35,a\nv,36.1,35,b\n{row}\n"
    control = written(tmp_path / "control.csv", text)
    code, out, err = called(capsys, ["zone", "line", control, "--left", "a", "--right", "b", "--json"])
    assert code == 2
    assert f"{control}, row 3" in err
    assert words in err
    assert json.loads(out)["row"] == 3


@pytest.mark.parametrize(
    ("content", "words"), [("", "lacks columns"), ("a,b\n", "lacks columns"), (b"\xff\xfe", "cannot be read")]
)
def test_a_table_of_places_that_is_none_is_named(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, content: str | bytes, words: str
) -> None:
    control = written(tmp_path / "control.csv", content)
    code, out, err = called(capsys, ["zone", "line", control, "--left", "a", "--right", "b", "--json"])
    assert code == 2
    assert f"{control}" in err
    assert words in err
    assert json.loads(out)["code"].startswith("invalid")


def test_heights_are_left_out_and_that_is_said(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    flat = written(tmp_path / "flat.geojson", GOOD_LINE)
    high = written(tmp_path / "high.geojson", feature(line([36, 35, 1200], [36.5, 35.1])))
    results = []
    for file in (flat, high):
        code, out, err = called(capsys, ["zone", "derive", "--line", str(file), "--depth-km", "5", "--json"])
        assert code == 0
        assert ("heights are left out" in err) == (file == high)
        results.append(json.loads(out)["geometry"])
    assert results[0] == results[1]
    roof = written(tmp_path / "roof.geojson", polygon([[*place, 80.5] for place in SQUARE]))
    code, _, err = called(capsys, ["zone", "sectors", roof, "--line", flat, "--count", "2", "--json"])
    assert code == 0
    assert f"{roof}: its heights are left out" in err


def test_wgs_84_by_name_is_accepted(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    for name in ("EPSG:4326", "urn:ogc:def:crs:OGC:1.3:CRS84", "urn:ogc:def:crs:EPSG::4326"):
        crs = {"type": "name", "properties": {"name": name}}
        file = written(tmp_path / "l.geojson", {**GOOD_LINE, "crs": crs})
        code, _, _ = called(capsys, ["zone", "derive", "--line", file, "--depth-km", "5", "--json"])
        assert code == 0
    crs = {"type": "name", "properties": {"name": "EPSG:43260"}}
    file = written(tmp_path / "l.geojson", {**GOOD_LINE, "crs": crs})
    code, _, err = called(capsys, ["zone", "derive", "--line", file, "--depth-km", "5", "--json"])
    assert code == 2
    assert "EPSG:43260" in err


ACCORD = """\
accord: {id: a, title: A, signed: 2030-01-01, time_zone: Europe/Kyiv, status: draft, version: 1REGION}
parties: [{id: north, names: North, role: side}, {id: south, names: South, role: side}]
lines: [{id: line, geometry: line.geojson}]
PLACES
zones:
  - {id: belt, names: Belt, kind: exclusion, derivation: {line: line, side: both, depth_m: {max: 900}}}
  - {id: ground, names: Ground, kind: exclusion, geometry: zone.geojson}
provisions:
  - {id: set-up, kind: zone, parties: [north, south], zone: belt, due: 2030-02-01}
  - {id: keep-out, kind: cessation, parties: [north, south], area: ground}
"""
PLACES = """places:
  - {id: p, names: P, geometry: {type: Point, coordinates: [36.2, 35.2]}}
  - {id: q, names: Q, geometry: {type: Point, coordinates: [36.4, 35.4]}}"""


def accord_in(folder: Path, region: str = "", places: str = "") -> Path:
    return written(folder / "accord.yaml", ACCORD.replace("REGION", region).replace("PLACES", places))


def validated_and_derived(capsys: pytest.CaptureFixture[str], accord: Path) -> list[dict[str, Any]]:
    """The faults of the geometry that `validate` and `zone versions` report."""
    code, out, _ = called(capsys, ["validate", accord, "--json"])
    assert code == 2
    found = [
        [fault for fault in json.loads(out)["errors"] if fault["path"].endswith("geometry")],
    ]
    code, out, err = called(capsys, ["zone", "versions", accord, "--json"])
    assert code == 2
    assert err.startswith(f"truceline: {accord}, line ")
    found.append(json.loads(out)["faults"])
    assert found[0]
    assert [fault["message"] for fault in found[0]] == [fault["message"] for fault in found[1]]
    return found[1]


@pytest.mark.parametrize(
    ("file", "content", "words", "field"),
    [
        pytest.param(file, *fault, id=f"{file}-{kind}")
        for file, faults in (("line", ANY_FILE | LINE_FAULTS), ("zone", ANY_FILE | ZONE_FAULTS))
        for kind, fault in faults.items()
    ],
)
def test_a_bad_file_of_an_accord_is_named_with_the_accord_s_line(
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    file: str,
    content: Any,
    words: str,
    field: str | None,
) -> None:
    written(tmp_path / "line.geojson", GOOD_LINE)
    written(tmp_path / "zone.geojson", GOOD_ZONE)
    written(tmp_path / f"{file}.geojson", content)
    fault = validated_and_derived(capsys, accord_in(tmp_path))[0]
    path, row = {"line": ("lines[0].geometry", 3), "zone": ("zones[1].geometry", 7)}[file]
    assert (fault["path"], fault["line"]) == (path, row)
    assert fault["message"].startswith(f"{file}.geojson")
    assert words in f"{fault['message']}; {fault.get('found', '')}"
    assert fault["accepted"]


@pytest.mark.parametrize(
    ("region", "places"), [(", region: [35.9, 34.5, 36.8, 35.8]", ""), ("", PLACES)], ids=["region", "places"]
)
def test_lat_lon_in_an_accord_is_told_by_where_the_accord_lies(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, region: str, places: str
) -> None:
    written(tmp_path / "zone.geojson", GOOD_ZONE)
    written(tmp_path / "line.geojson", GOOD_LINE)
    accord = accord_in(tmp_path, region, places)
    code, _, _ = called(capsys, ["validate", accord])
    assert code == 0
    written(tmp_path / "line.geojson", feature(line([35, 36], [35.1, 36.5])))
    (fault,) = validated_and_derived(capsys, accord)
    assert fault["path"] == "lines[0].geometry"
    assert "looks like lat, lon instead of lon, lat" in fault["message"]
    assert fault["found"] == "longitude 35.0 to 35.1, latitude 36.0 to 36.5"


def test_what_lies_outside_the_region_either_way_is_only_warned_of(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    written(tmp_path / "zone.geojson", GOOD_ZONE)
    written(tmp_path / "line.geojson", feature(line([80, 10], [80.5, 10])))
    accord = accord_in(tmp_path, ", region: [35.9, 34.5, 36.8, 35.8]")
    code, out, _ = called(capsys, ["validate", accord, "--json"])
    assert code == 0
    assert "outside-region" in {fault["code"] for fault in json.loads(out)["warnings"]}
