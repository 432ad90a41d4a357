"""The reported events of Idlib against what a monitoring mission would say of them, reasoned by hand.

Every row of the table says why, from the events and the accord alone. Who rates the one compilation C and
the unsourced rows D cannot confirm anything from them, however many rows there are.
"""

from __future__ import annotations

import datetime as dt
from functools import cache
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from truceline.accord.effective import effective
from truceline.accord.geometry import resolve_geometry
from truceline.accord.load import load_accord
from truceline.assess import assess
from truceline.core.instants import end_of_day, zone_of
from truceline.evidence.readers import read_evidence

RECORDED = dt.datetime(2020, 6, 1, tzinfo=dt.UTC)
PROBABLE = "reports of one compilation, and unsourced ones: likely broken, confirmed by nobody"

# provision, day, status, finding, why
EXPECTED = [
    ("heavy-weapons-leave", "2018-10-09", "not_due", "none", "due at the end of the 10th"),
    ("heavy-weapons-leave", "2018-10-10", "unverified", "none",
     "a guarantor claims completion; nobody looked, nobody saw weapons: a claim alone shows nothing"),
    ("heavy-weapons-leave", "2018-12-31", "unverified", "none", "nothing new was reported"),
    ("radical-fighters-leave", "2018-10-10", "not_due", "none", "due at the end of the 15th"),
    ("radical-fighters-leave", "2018-10-15", "overdue", "probable",
     "the deadline passed; one report has HTS and its allies still in the zone that very day"),
    ("radical-fighters-leave", "2018-12-31", "overdue", "probable", "no departure was reported since"),
    ("radical-fighters-leave", "2019-05-10", "overdue", "probable", "no departure was reported since"),
    ("zone-established", "2018-10-10", "not_due", "none", "due at the end of the 15th"),
    ("zone-established", "2018-10-15", "overdue", "none", "fighters who had to leave it are still there"),
    ("zone-established", "2020-03-01", "overdue", "none", "that never changed"),
    ("route-latakia-aleppo", "2018-10-15", "not_due", "none", "due at the end of the year"),
    ("route-latakia-aleppo", "2018-12-31", "overdue", "probable", "reported not restored on its last day"),
    ("route-latakia-aleppo", "2020-03-01", "overdue", "probable", "no report that it was opened"),
    ("route-latakia-hama", "2018-12-31", "overdue", "probable", "the M4 and M5, both reported closed"),
    # Who holds a road does not show that transit is restored on it.
    ("route-latakia-hama", "2020-03-01", "overdue", "probable", "control changed, transit was not reported"),
    ("no-military-action", "2018-09-17", "unverified", "none", "nothing reported since it began"),
    ("no-military-action", "2018-10-10", "unverified", "probable", PROBABLE),
    ("no-military-action", "2018-12-31", "unverified", "probable", PROBABLE),
    ("sustained-ceasefire", "2018-12-31", "unverified", "probable", PROBABLE),
    ("groups-designated-together", "2018-12-31", "unverified", "none", "no designation is on record"),
    ("patrols", "2018-12-31", "unverified", "none", "none was reported until March 2019"),
    ("patrols", "2019-05-10", "unverified", "possible", "one Turkish patrol by an unsourced row; no Russian"),
    ("observation-posts", "2018-12-31", "unverified", "none", "nobody reported whether they function"),
    ("area-preserved", "2018-12-31", "unverified", "none", "no rule can tell"),
]  # fmt: skip


@cache
def _given(folder: Path) -> tuple[Any, Any, pa.Table]:
    accord = load_accord(folder / "accord.yaml")
    batches = read_evidence(
        folder / "reported-events.csv", time_zone=accord.accord.time_zone, recorded_at=RECORDED
    )
    table = pa.concat_tables([batch.table for batch in batches])
    return accord, resolve_geometry(effective(accord), folder), table


@cache
def _assessed(folder: Path, day: str) -> Any:
    accord, geometry, table = _given(folder)
    as_of = end_of_day(dt.date.fromisoformat(day), zone_of(accord.accord.time_zone))
    return assess(accord, geometry, table, as_of=as_of, known_at=RECORDED)


@pytest.mark.parametrize(
    ("provision", "day", "status", "finding", "why"),
    EXPECTED,
    ids=[f"{provision}-{day}" for provision, day, *_ in EXPECTED],
)
def test_a_mission_would_say_so(
    idlib: Path, provision: str, day: str, status: str, finding: str, why: str
) -> None:
    verdict = _assessed(idlib, day).obligation(provision)
    assert (str(verdict.status), verdict.finding) == (status, finding), why


def test_what_was_not_known_yet_is_not_used(idlib: Path) -> None:
    accord, geometry, table = _given(idlib)
    as_of = end_of_day(dt.date(2018, 12, 31), zone_of(accord.accord.time_zone))
    before = assess(accord, geometry, table, as_of=as_of, known_at=RECORDED - dt.timedelta(seconds=1))
    assert before.observations_considered == 0
    assert {str(one.status) for one in before.obligations} == {"unverified"}


def test_the_last_day_depends_on_whether_it_is_included(idlib: Path) -> None:
    verdict = _assessed(idlib, "2018-10-14").obligation("radical-fighters-leave")
    assert str(verdict.status) == "not_due"
    assert "deadline-inclusive" in verdict.reading_dependent
    # The evidence is that of the 15th, so that on the 14th nobody could have told more than that it was due.
    accord, geometry, table = _given(idlib)
    as_of = end_of_day(dt.date(2018, 10, 14), zone_of(accord.accord.time_zone))
    other = assess(accord, geometry, table, as_of=as_of, known_at=RECORDED, reading="day-excluded")
    assert str(other.obligation("radical-fighters-leave").status) == "unverified"  # type: ignore[union-attr]


def test_an_amount_of_shelling_in_one_report_is_one_report(idlib: Path) -> None:
    verdict = _assessed(idlib, "2018-12-31").obligation("no-military-action")
    assert verdict.details["reports"] == 6
    assert all(entry["probability"] <= 0.65 for entry in verdict.details["contributions"])


def test_statements_are_told_and_not_counted(idlib: Path) -> None:
    verdict = _assessed(idlib, "2018-10-15").obligation("radical-fighters-leave")
    assert "statements" in {reason.message for reason in verdict.because}
    weighed = {entry["observation"] for entry in verdict.details["contributions"]}
    told = {id for reason in verdict.because if reason.message == "statements" for id in reason.evidence}
    assert told
    assert not told & weighed


def test_how_well_the_zone_is_known_is_told_from_its_best_to_its_worst_place(idlib: Path) -> None:
    reasons = [
        reason.text for reason in _assessed(idlib, "2018-12-31").obligation("zone-established").because
    ]
    assert "The edge of “demilitarized zone” was known only to about 6.8\u201317 km." in reasons
