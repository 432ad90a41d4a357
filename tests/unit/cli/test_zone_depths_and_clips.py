"""`zone derive` with `--depths`, `--clip` and `--clip-out`."""

import json
from pathlib import Path

import pytest
import shapely
from geographiclib.geodesic import Geodesic
from shapely.geometry import mapping, shape

from truceline.cli.main import run

WGS84 = Geodesic.WGS84
VERTICES = [[36.0, 35.0], [36.2, 35.05], [36.5, 35.1]]
BY_VERTEX = "from_vertex,to_vertex,left_depth_m,right_depth_m"


def called(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as ended:
        run([str(argument) for argument in arguments])
    captured = capsys.readouterr()
    return int(ended.value.code or 0), captured.out, captured.err


@pytest.fixture
def line(tmp_path: Path) -> Path:
    path = tmp_path / "line.geojson"
    path.write_text(json.dumps({"type": "LineString", "coordinates": VERTICES}))
    return path


def table(path: Path, *rows: str, header: str = "from_m,to_m,left_depth_m,right_depth_m") -> Path:
    path.write_text("\n".join([header, *rows]) + "\n")
    return path


def beside(edge: int, share: float, off_m: float) -> shapely.Point:
    """Off the place at a share of an edge; to the left where positive."""
    (lon1, lat1), (lon2, lat2) = VERTICES[edge : edge + 2]
    geodesic = WGS84.InverseLine(lat1, lon1, lat2, lon2)
    foot = geodesic.Position(share * geodesic.s13)
    there = WGS84.Direct(foot["lat2"], foot["lon2"], foot["azi2"] - 90.0, off_m)
    return shapely.Point(there["lon2"], there["lat2"])


@pytest.mark.parametrize("by", ["metres", "vertices"])
def test_the_depths_of_the_table_are_those_of_the_zone(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, line: Path, by: str
) -> None:
    first = WGS84.Inverse(35.0, 36.0, 35.05, 36.2)["s12"]
    second = WGS84.Inverse(35.05, 36.2, 35.1, 36.5)["s12"]
    rows, header = [f"0,{first},3000,", f"{first},{first + second},4000,2000"], None
    if by == "vertices":
        rows, header = ["0,1,3000,", "1,2,4000,2000"], BY_VERTEX
    depths = table(tmp_path / "d.csv", *rows, **({"header": header} if header else {}))
    code, out, _ = called(capsys, "zone", "derive", "--line", line, "--depths", depths, "--json")
    document = json.loads(out)
    assert code == 0
    zone = shape(document["geometry"])
    for edge, left_m, right_m in ((0, 3000, 0), (1, 4000, 2000)):
        assert zone.contains(beside(edge, 0.5, left_m - 0.2))
        assert not zone.contains(beside(edge, 0.5, left_m + 0.2))
        assert zone.contains(beside(edge, 0.5, 0.2 - right_m)) or right_m == 0
        assert not zone.contains(beside(edge, 0.5, -0.2 - right_m))
    assert [segment["left_depth_m"] for segment in document["segments"]] == [3000, 4000]
    code, out, _ = called(capsys, "zone", "derive", "--line", line, "--depths", depths)
    assert code == 0
    assert "as agreed on 2 segments" in out


def test_outside_the_segments_the_other_depths_hold(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, line: Path
) -> None:
    depths = table(tmp_path / "d.csv", "0,5000,1000,1000")
    asked = ("zone", "derive", "--line", line, "--depths", depths)
    code, out, _ = called(capsys, *asked, "--left-depth-km", "6", "--right-depth-km", "2", "--json")
    assert code == 0
    zone = shape(json.loads(out)["geometry"])
    assert zone.contains(beside(1, 0.5, 5999.8))
    assert not zone.contains(beside(1, 0.5, -2000.2))
    assert not zone.contains(beside(0, 0.1, 1000.2))


@pytest.mark.parametrize(
    ("rows", "row", "words"),
    [
        (["0,5000,far,1"], 1, "left_depth_m"),
        (["0,5000,-1,1"], 1, "left_depth_m"),
        (["0,5000,1,600000"], 1, "0 to 500,000 metres"),
        (["0,5000,nan,1"], 1, "left_depth_m"),
        (["0,5000,9,9", "x,7000,9,9"], 2, "from_m"),
        (["0,,9,9"], 1, "to_m"),
        (["5000,4000,9,9"], 1, "does not end after it begins"),
        (["0,5000,9,9", "4000,7000,9,9"], 2, "overlaps row 1"),
        (["4000,7000,9,9", "0,5000,9,9"], 1, "overlaps row 2"),
        (["0,5000,9,9", "6000,99000,9,9"], 2, "runs past the end of the line"),
    ],
)
def test_a_row_of_depths_that_cannot_be_used_is_named(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, line: Path, rows: list[str], row: int, words: str
) -> None:
    depths = table(tmp_path / "d.csv", *rows)
    code, out, err = called(capsys, "zone", "derive", "--line", line, "--depths", depths, "--json")
    assert code == 2
    assert err.startswith(f"truceline: {depths}, row {row}")
    assert words in err
    problem = json.loads(out)
    assert (problem["source"], problem["row"]) == (str(depths), row)
    assert problem["faults"][0]["accepted"]


@pytest.mark.parametrize("vertex", ["3", "1.5", "-1", ""])
def test_a_vertex_that_the_line_does_not_have_is_named(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, line: Path, vertex: str
) -> None:
    header = "from_vertex,to_vertex,left_depth_m"
    depths = table(tmp_path / "d.csv", f"0,{vertex},3000", header=header)
    code, _, err = called(capsys, "zone", "derive", "--line", line, "--depths", depths)
    assert code == 2
    assert f"{depths}, row 1, to_vertex" in err
    assert "a whole number from 0 to 2" in err


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "lacks columns"),
        (b"from_m,to_m,left_depth_m\n", "has no rows"),
        (b"from_m,depth\n0,9\n", "lacks columns"),
        (b"\xff\xfe\x00", "cannot be read"),
        (None, "does not exist"),
    ],
)
def test_a_table_of_depths_that_is_none_is_named(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, line: Path, content: bytes | None, words: str
) -> None:
    depths = tmp_path / "d.csv"
    if content is not None:
        depths.write_bytes(content)
    code, out, err = called(capsys, "zone", "derive", "--line", line, "--depths", depths, "--json")
    assert code == 2
    assert err.startswith(f"truceline: {depths}")
    assert words in err
    assert json.loads(out)["detail"] in err


def test_clip_and_clip_out_share_the_zone_between_them(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, line: Path
) -> None:
    area = tmp_path / "area.geojson"
    west = shapely.box(35, 34, 36.25, 36)
    area.write_text(json.dumps(shapely.geometry.mapping(west)))
    found = {}
    for option in (None, "--clip", "--clip-out"):
        more = (option, area) if option else ()
        code, out, _ = called(capsys, "zone", "derive", "--line", line, "--depth-km", "4", *more, "--json")
        assert code == 0
        found[option] = json.loads(out)
    kept, rest = (shape(found[option]["geometry"]) for option in ("--clip", "--clip-out"))
    assert kept.bounds[2] == pytest.approx(36.25, abs=1e-8)
    assert rest.bounds[0] == pytest.approx(36.25, abs=1e-8)
    parts = found["--clip"]["area_m2"] + found["--clip-out"]["area_m2"]
    assert parts == pytest.approx(found[None]["area_m2"], rel=1e-6)
    assert [found[option]["clipped"] for option in (None, "--clip", "--clip-out")] == [False, True, True]


@pytest.mark.parametrize(
    ("option", "box", "words"),
    [("--clip", (10, 10, 11, 11), "wholly outside"), ("--clip-out", (30, 30, 40, 40), "wholly within")],
)
def test_a_cut_that_leaves_nothing_is_refused(
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    line: Path,
    option: str,
    box: tuple[float, float, float, float],
    words: str,
) -> None:
    area = tmp_path / "area.geojson"
    area.write_text(json.dumps(shapely.geometry.mapping(shapely.box(*box))))
    code, _, err = called(capsys, "zone", "derive", "--line", line, "--depth-km", "4", option, area)
    assert code == 2
    assert words in err


def test_an_audit_holds_each_stretch_to_the_depths_of_the_table(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, line: Path
) -> None:
    zone = tmp_path / "zone.geojson"
    exact = table(tmp_path / "d.csv", "0,1,3000,", "1,2,4000,", header=BY_VERTEX)
    assert called(capsys, "zone", "derive", "--line", line, "--depths", exact, "-o", zone)[0] == 0
    asked = ("zone", "audit", zone, "--line", line, "--side", "left", "--json")
    code, out, _ = called(capsys, *asked, "--depths", exact)
    found = json.loads(out)
    assert (code, found["verdict"], found["share_within"]) == (0, "as_promised", 1.0)
    assert found["promised"]["segments"][0]["left"] == {"min_m": 3000, "max_m": 3000}
    promised = table(
        tmp_path / "p.csv", "0,1,2500,3500", "1,2,4500,5000",
        header="from_vertex,to_vertex,min_depth_m,max_depth_m",
    )  # fmt: skip
    code, out, _ = called(capsys, *asked, "--depths", promised, "--fail-on", "too_shallow")
    found = json.loads(out)
    assert (code, found["verdict"]) == (3, "too_shallow")
    assert {round(item["worst_m"]) for item in found["shortfalls"]} == {500}


@pytest.mark.parametrize(
    ("options", "rows", "words"),
    [
        ((), (), "--min-km with --max-km"),
        (("--min-km", "3"), (), "both"),
        ((), ("0,1,3500,2500",), "row 1"),
        ((), ("0,1,x,2500",), "row 1, min_depth_m"),
    ],
)
def test_a_promise_that_cannot_be_read_is_one_sentence(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, line: Path,
    options: tuple[str, ...], rows: tuple[str, ...], words: str,
) -> None:  # fmt: skip
    header = "from_vertex,to_vertex,min_depth_m,max_depth_m"
    depths = ("--depths", table(tmp_path / "p.csv", *rows, header=header)) if rows else ()
    zone = table(tmp_path / "zone.geojson", header=json.dumps(mapping(shapely.box(36, 35, 36.1, 35.1))))
    code, _, err = called(capsys, "zone", "audit", zone, "--line", line, "--side", "left", *options, *depths)
    assert code == 2
    assert words in " ".join(err.split())
