"""``patrol plan`` on posts along the line of contact of Idlib, each party on its side."""

from __future__ import annotations

import json
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree
from zoneinfo import ZoneInfo

import pytest
import shapely
from icalendar import Calendar
from tests.oracles.patrol_plan import faults
from tests.unit.cli.patrol.two_sides import TwoSides

from truceline.store.workspace import Workspace

Ran = tuple[int, str, str]
ONE = {
    "id": "a", "party": "turkey", "base": {"lon": 36, "lat": 35}, "shift": {"from": "06:00", "hours": 8},
}  # fmt: skip


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory, idlib: Path, two_sides: TwoSides) -> dict[str, Any]:
    """A workspace, and 6 posts and a team a party."""
    root = Workspace.create(tmp_path_factory.mktemp("plan") / "idlib", idlib / "accord.yaml").root
    return {
        "root": root, "folder": two_sides.folder, "posts": two_sides.posts, "teams": two_sides.teams,
        "line": two_sides.line,
    }  # fmt: skip


def plan(truceline: Callable[..., Ran], asked: dict[str, Any], *more: object) -> Ran:
    return truceline(
        "patrol", "plan", asked["root"], "--teams", asked["folder"] / "teams.yaml",
        "--posts", asked["folder"] / "posts.geojson", "--from", "2018-10-15", "--days", 2,
        "--effort", 50, *more,
    )  # fmt: skip


def kept(root: Path) -> dict[Path, bytes]:
    """The workspace's files, without the cache of what the accord draws."""
    return {
        path: path.read_bytes()
        for path in root.rglob("*")
        if path.is_file() and path.relative_to(root).parts[0] != "cache"
    }


def test_a_plan_follows_the_accord_and_is_handed_out_to_its_owner_only(
    truceline: Callable[..., Ran], asked: dict[str, Any], tmp_path: Path
) -> None:
    before = kept(asked["root"])
    out_folder = tmp_path / "plan"
    code, out, err = plan(truceline, asked, "-o", out_folder, "--json")
    assert code == 0
    answer = json.loads(out)
    assert answer["mode"] == "coordinated", "as the accord says"
    assert answer["shifts"]
    assert "coordinates" not in out
    assert '"lon"' not in out
    assert "only you may read" in err
    said = [
        {
            "id": team["id"], "party": team["party"], "lon": team["base"]["lon"], "lat": team["base"]["lat"],
            "speed_kmh": 40.0, "from": "06:00", "hours": 10, "curfew": ("20:00", "06:30"),
        }
        for team in asked["teams"]
    ]  # fmt: skip
    posts = {
        one["properties"]["id"]: {
            "lon": one["geometry"]["coordinates"][0], "lat": one["geometry"]["coordinates"][1],
            "visit_s": 1200, "party": one["properties"]["party"],
        }
        for one in asked["posts"]
    }  # fmt: skip
    assert not faults(answer, teams=said, posts=posts, zone=ZoneInfo("Asia/Damascus"))
    assert stat.S_IMODE(out_folder.stat().st_mode) == 0o700
    assert {stat.S_IMODE(path.stat().st_mode) for path in out_folder.iterdir()} == {0o600}
    assert kept(asked["root"]) == before, "nothing of a plan is kept in the workspace"

    shifts = [shift for shift in answer["shifts"] if shift["team"] == "turkey-team"]
    visits = [visit for shift in shifts for visit in shift["visits"]]
    calendar = Calendar.from_ical((out_folder / "turkey-team.ics").read_bytes())
    events = list(calendar.walk("VEVENT"))
    assert len(events) == len(shifts) + len(visits)
    assert {f"turkey-team: {visit['post']}" for visit in visits} < {str(one["SUMMARY"]) for one in events}
    root = ElementTree.parse(out_folder / "turkey-team.gpx").getroot()
    named = {"g": "http://www.topografix.com/GPX/1/1"}
    routed = [name.text for name in root.findall("g:rte/g:rtept/g:name", named)]
    assert [name for name in routed if name != "base"] == [visit["post"] for visit in visits]
    drawn = json.loads((out_folder / "plan.geojson").read_text())
    assert sum(one["properties"]["what"] == "visit" for one in drawn["features"]) == sum(
        len(shift["visits"]) for shift in answer["shifts"]
    )
    sheet = (out_folder / "plan.html").read_text()
    assert all(visit["post"] in sheet for visit in visits)
    assert "No team comes nearer to the line than 6.8 to 16.6 km" in sheet
    assert "http" not in sheet.replace("http-equiv", "")


def test_roads_are_driven_where_they_are_given(
    truceline: Callable[..., Ran], asked: dict[str, Any], tmp_path: Path
) -> None:
    base = asked["teams"][0]["base"]
    start = [base["lon"], base["lat"]]
    clear = next(
        post
        for post in asked["posts"][:6]
        if not shapely.LineString([start, post["geometry"]["coordinates"]])
        .buffer(0.17)
        .intersects(asked["line"])
    )
    place, name = list(clear["geometry"]["coordinates"]), clear["properties"]["id"]
    bend = [(start[0] + place[0]) / 2 + 0.0002, (start[1] + place[1]) / 2]
    road = {
        "type": "Feature",
        "properties": {"highway": "track", "surface": "gravel"},
        "geometry": {"type": "LineString", "coordinates": [start, bend, place]},
    }
    (tmp_path / "roads.geojson").write_text(json.dumps(road))
    code, _, _ = plan(
        truceline, asked, "--roads", tmp_path / "roads.geojson", "-o", tmp_path / "out", "--mode", "separate"
    )
    assert code == 0
    drawn = json.loads((tmp_path / "out" / "plan.geojson").read_text())["features"]
    legs = [one for one in drawn if one["properties"]["what"] == "leg"]
    there = [leg for leg in legs if leg["properties"]["to"] == name]
    assert there
    assert all(
        shapely.LineString(leg["geometry"]["coordinates"]).distance(shapely.Point(bend)) < 1e-6
        for leg in there
    )


def test_chance_is_drawn_anew_each_time_and_its_loss_is_told(
    truceline: Callable[..., Ran], asked: dict[str, Any]
) -> None:
    code, out, _ = plan(truceline, asked, "--unpredictable", "0.8")
    assert code == 0
    assert "Without chance it would be" in " ".join(out.split())
    seeds = {
        json.loads(plan(truceline, asked, "--unpredictable", "0.8", "--days", 1, "--json")[1])["seed"]
        for _ in range(2)
    }
    assert len(seeds) == 2


@pytest.mark.parametrize(
    ("teams", "said"),
    [
        ([ONE | {"party": "nobody"}], "'nobody'"),
        ([ONE | {"shift": {"from": "6", "hours": 8}}], "time of day"),
        ([ONE | {"base": {"lon": 36, "lat": 135}}], "lat"),
        ([ONE, ONE], "stands twice"),
        ([], "teams"),
    ],
)
def test_a_wrong_file_of_teams_is_one_sentence(
    truceline: Callable[..., Ran], asked: dict[str, Any], tmp_path: Path, teams: Any, said: str
) -> None:
    (tmp_path / "teams.yaml").write_text(json.dumps({"teams": teams}))
    code, out, err = truceline(
        "patrol", "plan", asked["root"], "--teams", tmp_path / "teams.yaml",
        "--posts", asked["folder"] / "posts.geojson", "--json",
    )  # fmt: skip
    assert code == 2
    assert said in err
    assert json.loads(out)["detail"]
    assert "Traceback" not in err
