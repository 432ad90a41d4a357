import json
from pathlib import Path

import pytest

from truceline.cli.main import run

LINE = {"type": "LineString", "coordinates": [[36, 35], [36.5, 35.1]]}


def called(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as ended:
        run([str(argument) for argument in arguments])
    captured = capsys.readouterr()
    return int(ended.value.code or 0), captured.out, captured.err


@pytest.fixture
def line(tmp_path: Path) -> Path:
    path = tmp_path / "line.geojson"
    path.write_text(json.dumps(LINE))
    return path


def test_derive_prints_one_json_document(capsys: pytest.CaptureFixture[str], line: Path) -> None:
    code, out, _ = called(
        capsys, "zone", "derive", "--line", line, "--depth-km", "15", "--side", "left", "--json"
    )
    document = json.loads(out)
    assert code == 0
    assert document["geometry"]["type"] == "Polygon"
    assert document["max_error_m"] < 0.1
    assert document["area_m2"] == pytest.approx(15_000 * 46_980, rel=0.01)


def test_a_derived_zone_passes_its_audit(
    capsys: pytest.CaptureFixture[str], line: Path, tmp_path: Path
) -> None:
    zone = tmp_path / "zone.geojson"
    called(capsys, "zone", "derive", "--line", line, "--depth-km", "15", "--side", "left", "-o", zone)
    arguments = ("zone", "audit", zone, "--line", line, "--side", "left", "--min-km", "15", "--max-km", "20")
    code, out, _ = called(capsys, *arguments, "--fail-on", "any", "--json")
    document = json.loads(out)
    assert code == 0
    assert document["verdict"] == "as_promised"
    assert {"min_depth_m", "max_depth_m", "mean_depth_m", "share_within", "shortfalls", "excesses"} <= set(
        document
    )
    code, out, _ = called(capsys, *arguments)
    assert "as deep as promised" in out


def test_a_failed_check_that_was_asked_for_ends_with_3(
    capsys: pytest.CaptureFixture[str], line: Path, tmp_path: Path
) -> None:
    zone = tmp_path / "zone.geojson"
    called(capsys, "zone", "derive", "--line", line, "--depth-km", "12", "--side", "left", "-o", zone)
    arguments = ("zone", "audit", zone, "--line", line, "--side", "left", "--min-km", "15", "--max-km", "20")
    code, out, _ = called(capsys, *arguments, "--fail-on", "too_shallow")
    assert code == 3
    assert "too shallow" in out


def test_a_point_for_a_line_ends_with_2_and_a_sentence(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    path = tmp_path / "p.geojson"
    path.write_text('{"type": "Point", "coordinates": [36, 35]}')
    code, out, err = called(capsys, "zone", "derive", "--line", path, "--depth-km", "15", "--json")
    assert code == 2
    assert "LineString" in err
    assert json.loads(out)["field"] == "geometry"


def test_the_example_s_line_is_what_the_command_derives(
    capsys: pytest.CaptureFixture[str], idlib: Path
) -> None:
    code, out, _ = called(
        capsys,
        *("zone", "line", idlib / "control-points.csv", "--left", "opposition", "--right", "government"),
        *("--within", idlib / "basemap" / "governorates.geojson", "--json"),
    )
    assert code == 0
    kept = json.loads((idlib / "line-of-contact.geojson").read_text())
    assert json.loads(out) == kept
    assert kept["properties"]["approximate"] is True
    assert kept["properties"]["uncertainty_m"] >= 3000


def test_sectors_are_written_in_order_with_their_names(
    capsys: pytest.CaptureFixture[str], line: Path, tmp_path: Path
) -> None:
    zone, out = tmp_path / "zone.geojson", tmp_path / "sectors.geojson"
    called(capsys, "zone", "derive", "--line", line, "--depth-km", "5", "-o", zone)
    asked = ("zone", "sectors", zone, "--line", line, "--count", "2", "--name", "west", "--name", "east")
    code, printed, _ = called(capsys, *asked, "-o", out, "--json")
    document = json.loads(printed)
    assert code == 0
    assert json.loads(out.read_text()) == document
    assert [feature["properties"]["name"] for feature in document["features"]] == ["west", "east"]
    assert [feature["properties"]["effort_share"] for feature in document["features"]] == [0.5, 0.5]
    code, printed, _ = called(capsys, *asked)
    assert code == 0
    assert "west" in printed
    assert "differ" not in printed


def test_sectors_say_where_posts_at_one_place_leave_their_shares_unequal(
    capsys: pytest.CaptureFixture[str], line: Path, tmp_path: Path
) -> None:
    zone, posts = tmp_path / "zone.geojson", tmp_path / "posts.geojson"
    called(capsys, "zone", "derive", "--line", line, "--depth-km", "5", "-o", zone)
    geometry = {"type": "MultiPoint", "coordinates": [[36, 35], [36, 35], [36, 35], [36.5, 35.1]]}
    posts.write_text(json.dumps({"type": "Feature", "properties": {}, "geometry": geometry}))
    code, _, said = called(capsys, "zone", "sectors", zone, "--line", line, "--count", "2", "--effort", posts)
    assert code == 0
    assert "Shares differ from 50.0% by up to 25.0%" in " ".join(said.split())


def test_zone_versions_print_one_collection(capsys: pytest.CaptureFixture[str]) -> None:
    accord = Path(__file__).parents[3] / "examples" / "idlib-2018" / "accord.yaml"
    code, printed, _ = called(capsys, "zone", "versions", accord, "--json")
    document = json.loads(printed)
    assert code == 0
    assert [feature["id"] for feature in document["features"]] == ["demilitarized-zone"]
    code, _, error = called(capsys, "zone", "versions", accord, "--zone", "nonsense")
    assert code == 2
    assert "nonsense" in error


def test_a_line_is_drawn_from_areas_as_of_a_day_and_compared_with_a_later_one(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    def held(by: str, west: float, east: float, day: str) -> dict[str, object]:
        ring = [[west, 35.0], [east, 35.0], [east, 35.5], [west, 35.5], [west, 35.0]]
        return {
            "type": "Feature",
            "properties": {"controlled_by": by, "as_of": day},
            "geometry": {"type": "Polygon", "coordinates": [ring]},
        }

    control = tmp_path / "control.geojson"
    features = [
        held("a", 36.0, 36.5, "2020-01-01"), held("b", 36.5, 37.0, "2020-01-01"),
        held("a", 36.0, 36.6, "2021-01-01"), held("b", 36.6, 37.0, "2021-01-01"),
    ]  # fmt: skip
    control.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    asked = ("zone", "line", control, "--left", "a", "--right", "b")
    for day in ("2020", "2021"):
        code, _, _ = called(capsys, *asked, "--as-of", f"{day}-06-01", "-o", tmp_path / f"{day}.geojson")
        assert code == 0
    code, printed, _ = called(
        capsys, "zone", "compare-lines", tmp_path / "2020.geojson", tmp_path / "2021.geojson", "--json"
    )
    document = json.loads(printed)
    assert code == 0
    # The left group's ground grew to the east: what was on the right is on the left.
    assert document["max_to_right_m"] == pytest.approx(9100.0, rel=0.01)
    assert document["ground_from_right_to_left_m2"] == pytest.approx(9100.0 * 55_470.0, rel=0.02)
    assert document["ground_from_left_to_right_m2"] == 0.0
    assert document["share_moved_beyond_uncertainty"] == 1.0
    code, _, error = called(capsys, *asked, "--as-of", "2019-01-01")
    assert code == 2
    assert "2020-01-01" in error
