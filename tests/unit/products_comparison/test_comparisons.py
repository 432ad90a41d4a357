"""Before and after a day, and accords side by side: what is counted, and what is said against it."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from truceline.app.compare import PeriodsRequest, accords_side_by_side, compare_in
from truceline.app.ingest import ingest
from truceline.cli.main import run
from truceline.core.errors import InvalidInput, NotFound
from truceline.store.workspace import Workspace

HEAD = "id,kind,date_start,date_end,lon,lat,error_m,actor,effort_h,source,claim"
INSIDE, OUTSIDE = "36.86,35.45,300", "35.9,34.0,300"


def rows() -> list[str]:
    # Eight before, by a source that falls silent, and two after.
    made = [
        f"shelling,2018-10-{day:02d},2018-10-{day:02d},{INSIDE},opposition,,radio," for day in range(1, 9)
    ]
    made += [f"air_strike,2018-10-{day},2018-10-{day},{INSIDE},russia,,wire," for day in (16, 20)]
    made += [
        f"shelling,2018-10-02,2018-10-02,{INSIDE},opposition,,wire,",  # the incident of the second once more
        f"shelling,2018-10-12,2018-10-18,{INSIDE},opposition,,wire,",  # on either side of the day
        f"shelling,2018-10-17,2018-10-17,{OUTSIDE},opposition,,wire,",
        f"shelling,2018-10-18,2018-10-18,{INSIDE},opposition,,wire,true",  # somebody's word
        f"statement,2018-10-18,2018-10-18,{INSIDE},russia,,wire,",
        f"shelling,2017-10-03,2017-10-03,{INSIDE},opposition,,radio,",  # a year earlier
        f"protest,2017-09-01,2017-09-01,{INSIDE},,,radio,",
        f"observation_effort,2018-10-05,2018-10-05,{INSIDE},,40,mission,",
        f"observation_effort,2018-10-20,2018-10-20,{INSIDE},,10,mission,",
    ]
    return made


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory, idlib: Path) -> Workspace:
    folder = tmp_path_factory.mktemp("compared")
    opened = Workspace.create(folder / "w", idlib / "accord.yaml")
    lines = [f"{number},{row}" for number, row in enumerate(rows())]
    (folder / "e.csv").write_text("\n".join([HEAD, *lines]) + "\n")
    ingest(opened, [folder / "e.csv"])
    return opened


ASKED = PeriodsRequest(date="2018-10-15", days=14)


def test_incidents_are_counted_once_and_only_where_their_time_is_sure(workspace: Workspace) -> None:
    found, asked = compare_in(workspace, ASKED)
    assert (len(found.before.incidents), len(found.after.incidents)) == (8, 3)
    assert len(found.unplaced) == 1
    # The clocks went back on 28 October.
    assert (found.before.window.days, found.after.window.days) == (14, 14 + 1 / 24)
    assert found.by_time.value == pytest.approx(3 / 8 * 14 / (14 + 1 / 24))
    assert asked["kinds"][0] == "air_strike"


def test_the_zone_the_party_and_the_kind_narrow_it(workspace: Workspace) -> None:
    zone = workspace.accord().zones[0].id
    inside, _ = compare_in(workspace, replace(ASKED, zone=zone))
    assert len(inside.after.incidents) == 2
    russia, _ = compare_in(workspace, replace(ASKED, parties=("russia",)))
    assert (len(russia.before.incidents), len(russia.after.incidents)) == (0, 2)
    assert russia.by_time.value is None
    strikes, _ = compare_in(workspace, replace(ASKED, kinds=("air_strike",)))
    assert len(strikes.after.incidents) == 2


def test_hours_of_watching_are_an_exposure_of_their_own(workspace: Workspace) -> None:
    found, _ = compare_in(workspace, ASKED)
    assert found.before.hours / found.after.hours == pytest.approx(4)
    assert found.by_effort is not None
    # Three incidents in a quarter of the hours: the fall by days is a rise by hours.
    assert found.by_effort.value == pytest.approx(3 / 8 * 4)


def test_what_speaks_against_it_is_said(workspace: Workspace) -> None:
    found, _ = compare_in(workspace, ASKED)
    said = {caveat.code: caveat for caveat in found.caveats}
    assert {"reported", "effort", "season", "reporting", "unplaced", "not_looked_at"} <= said.keys()
    assert said["season"].numbers["years_earlier"] == 1
    assert (said["season"].numbers["before"], said["season"].numbers["after"]) == (1, 0)
    assert said["reporting"].numbers["only_before"] == ["radio"]
    wider, _ = compare_in(workspace, replace(ASKED, days=60))
    season = next(caveat for caveat in wider.caveats if caveat.code == "season")
    assert "does not reach back" in season.text
    early, _ = compare_in(workspace, replace(ASKED, date="2018-10-12", days=4))
    assert early.by_effort is None
    assert "No hours of watching are on record in either window" in next(
        caveat.text for caveat in early.caveats if caveat.code == "effort"
    )


@pytest.mark.parametrize(
    ("change", "error", "words"),
    [
        ({"date": "soon"}, InvalidInput, "accepted: a day"),
        ({"kinds": ("shellin",)}, InvalidInput, "found 'shellin'"),
        ({"zone": "moon"}, NotFound, "there is no zone, place or line 'moon'"),
        ({"parties": ("moon",)}, NotFound, "there is no party"),
        ({"start": "2018-11-01"}, InvalidInput, "must lie between"),
        ({"level": 1.0}, InvalidInput, "accepted: from 0.5"),
        ({"days": 0}, InvalidInput, "accepted: 1 or more"),
    ],
)
def test_what_cannot_be_asked_is_said(
    workspace: Workspace, change: dict[str, Any], error: type[Exception], words: str
) -> None:
    with pytest.raises(error, match=words):
        compare_in(workspace, replace(ASKED, **change))


def test_accords_stand_side_by_side_at_equal_times_after_their_signatures(
    workspace: Workspace, tmp_path: Path, idlib: Path
) -> None:
    golan = Workspace.create(tmp_path / "golan", idlib.parent / "golan-1974" / "accord.yaml")
    found = accords_side_by_side([workspace.root, golan.root], days=[0, 90])
    assert [(row.accord, row.days) for row in found.rows] == [
        (workspace.accord().accord.id, 0), (golan.accord().accord.id, 0),
        (workspace.accord().accord.id, 90), (golan.accord().accord.id, 90),
    ]  # fmt: skip
    for row in found.rows:
        assert row.owed == row.fulfilled + row.failed + row.open
        total = sum(row.statuses.values())
        assert total == sum(sum(counts.values()) for counts in row.by_kind.values())
    # Nobody has reported anything of the second: all that is owed there is open.
    assert found.rows[3].open == found.rows[3].owed > 0
    assert "open" in {caveat.code for caveat in found.caveats}


def test_the_command_answers_people_and_scripts(
    workspace: Workspace, capsys: pytest.CaptureFixture[str]
) -> None:
    call: Callable[..., str] = _called(capsys)
    told = call("compare", "periods", workspace.root, "--date", "2018-10-15", "--days", "14")
    assert "After over before, by days: 0.37 (95% interval 0.06 to " in told
    assert "does not make it the cause" in told
    answer = json.loads(
        call("compare", "periods", workspace.root, "--date", "2018-10-15", "--days", "14", "--json")
    )
    assert answer["by_time"]["ratio"] == pytest.approx(0.374, abs=5e-4)
    assert answer["asked"]["level"] == 0.95
    assert "is no ranking" in call("compare", "accords", workspace.root, "--date", "2018-10-31")


def _called(capsys: pytest.CaptureFixture[str]) -> Callable[..., str]:
    def call(*arguments: object) -> str:
        with pytest.raises(SystemExit) as end:
            run([str(argument) for argument in arguments])
        assert end.value.code == 0
        return capsys.readouterr().out

    return call
