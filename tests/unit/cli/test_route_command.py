"""``route status`` as a person and a script see it, on the real reports of Idlib."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from truceline.app.ingest import ingest
from truceline.cli.main import run
from truceline.store.workspace import Workspace

Ran = tuple[int, str, str]


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory, idlib: Path) -> Path:
    opened = Workspace.create(tmp_path_factory.mktemp("routes") / "idlib", idlib / "accord.yaml")
    ingest(opened, [idlib / "reported-events.csv"])
    return opened.root


@pytest.fixture
def truceline(capfd: pytest.CaptureFixture[str]) -> Callable[..., Ran]:
    def ran(*arguments: object) -> Ran:
        with pytest.raises(SystemExit) as ended:
            run([str(argument) for argument in arguments])
        out, err = capfd.readouterr()
        return int(ended.value.code or 0), out, err

    return ran


def test_both_routes_of_idlib_were_closed_at_the_end_of_2018(
    truceline: Callable[..., Ran], workspace: Path
) -> None:
    code, out, _ = truceline("route", "status", workspace, "--as-of", "2018-12-31", "--json")
    assert code == 0
    routes = {route["id"]: route for route in json.loads(out)["routes"]}
    assert {id: route["status"] for id, route in routes.items()} == {
        "route-latakia-aleppo": "closed",
        "route-latakia-hama": "closed",
    }
    m4 = routes["route-latakia-aleppo"]
    assert m4["passable_share"] == 0.0
    assert m4["blocks"][0]["kind"] == "route_closed"
    assert m4["blocks"][0]["evidence"]
    assert "closed somewhere" in m4["because"][0]
    assert [held["party"] for held in m4["control"] if held["party"]] == [
        "syrian_government", "opposition", "syrian_government",
    ]  # fmt: skip


def test_before_anything_was_reported_it_is_unverified(
    truceline: Callable[..., Ran], workspace: Path
) -> None:
    code, out, _ = truceline(
        "route", "status", workspace, "--route", "route-latakia-hama", "--as-of", "2018-10-15"
    )
    assert code == 0
    assert "unverified" in out
    assert "No report on record said whether the route was open." in out
    assert "route-latakia-aleppo" not in out


def test_an_unknown_route_is_one_sentence_that_names_those_there_are(
    truceline: Callable[..., Ran], workspace: Path
) -> None:
    code, out, err = truceline("route", "status", workspace, "--route", "m6", "--json")
    assert code == 2
    assert "there is no route 'm6' in the accord; its routes: route-latakia-aleppo, route-latakia-hama" in err
    assert json.loads(out)["title"]


def test_the_history_tiles_the_time_since_the_text_holds(
    truceline: Callable[..., Ran], workspace: Path
) -> None:
    code, out, _ = truceline("route", "history", workspace, "--as-of", "2020-03-05", "--json")
    assert code == 0
    for route in json.loads(out)["routes"]:
        assert [period["status"] for period in route["periods"]] == ["unverified", "closed"]
        assert route["periods"][0]["from"].startswith("2018-09-1")
        assert route["periods"][0]["to"] == route["periods"][1]["from"] == "2018-12-31T22:00:00Z"
        assert route["days_by_status"]["closed"] == pytest.approx(429 + 23 / 24, abs=1.1)
    code, out, _ = truceline("route", "history", workspace, "--route", "route-latakia-hama")
    assert code == 0
    assert "✗ closed" in out


def test_detours_are_timed_on_the_roads_of_the_workspace_and_marked_synthetic(
    truceline: Callable[..., Ran], workspace: Path, idlib: Path
) -> None:
    code, out, _ = truceline(
        "route", "status", workspace, "--as-of", "2018-12-31", "--roads", idlib / "roads" / "roads.geojson",
        "--json",
    )  # fmt: skip
    assert code == 0
    for route in json.loads(out)["routes"]:
        told = route["detour"]
        assert told["synthetic_roads"] is True
        assert told["free"]["p_open"] < 0.5
        assert told["now"]["p_open"] >= told["open_with"] == 0.6
        assert 10.0 < told["extra_minutes"] < route["detour_beside_the_line"]["extra_minutes"]
        assert told["extra_minutes"] == pytest.approx(
            told["now"]["minutes"] - told["free"]["minutes"], abs=0.11
        )
    code, _, err = truceline("route", "status", workspace, "--vehicle", "submarine")
    assert code == 2
    assert "submarine" in err
