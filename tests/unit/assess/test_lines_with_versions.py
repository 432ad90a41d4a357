"""A report is judged against the line in force when it was made, as far as that was known."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from truceline.accord.geometry import AccordGeometry, resolve_geometry
from truceline.accord.model import Accord
from truceline.accord.versions import periods, version_at
from truceline.app.drawn import geometry_at
from truceline.app.screen import screen
from truceline.app.zone_versions import zone_versions
from truceline.assess.explain import Inquiry, explain

Make = Callable[..., Any]

WEAPONS = {
    "id": "p", "kind": "weapons_withdrawal", "parties": ["north"], "weapons": ["heavy_weapon"],
    "zone": "zone", "due": "2018-10-10",
}  # fmt: skip
ZONE = {
    "id": "zone", "names": "the zone", "kind": "area_of_separation",
    "derivation": {"line": "line", "side": "left", "depth_m": {"min": 10_000, "max": 10_000}},
}  # fmt: skip


def along(lat: float) -> dict[str, Any]:
    return {"type": "LineString", "coordinates": [[35.8, lat], [36.2, lat]]}


# The line was moved 20 km to the north on 1 November; on 5 December a survey found that from 1 December on it
# had stood 40 km to the north.
LINES = [
    {"id": "line", "geometry": along(35.0), "valid_to": "2018-10-31"},
    {"id": "line-b", "geometry": along(35.18), "version_of": "line", "valid_from": "2018-11-01"},
    {
        "id": "line-c", "geometry": along(35.36), "version_of": "line", "valid_from": "2018-12-01",
        "known_from": "2018-12-05",
    },
]  # fmt: skip
SOUTH, MIDDLE, NORTH = 35.045, 35.225, 35.405  # 5 km into the zone of each version
LATER = dt.datetime(2030, 1, 1, tzinfo=dt.UTC)
BEFORE_THE_SURVEY = dt.datetime(2018, 12, 4, tzinfo=dt.UTC)


def accord_with(make_case: Make) -> Any:
    return make_case(WEAPONS, lines=LINES, zones=[ZONE])


def inside(case: Any, geometry: AccordGeometry, known_at: dt.datetime = LATER) -> dict[str, float]:
    case.geometry = geometry
    verdict = case.assess("2018-12-31", known_at=known_at).obligation("p")
    return {
        told["observation"]: told["factors"]["inside"]
        for told in verdict.details["contributions"]
        if "inside" in told["factors"]
    }


def drawn(accord: Accord, known_at: dt.datetime | None = None) -> AccordGeometry:
    return resolve_geometry(accord, Path(), on=dt.date(2018, 12, 31), known_at=known_at)


def test_the_version_in_force_on_the_day_as_known_counts(make_case: Make) -> None:
    accord = accord_with(make_case).accord
    days = {
        "2018-10-31": ("line", "line"),
        "2018-11-01": ("line-b", "line-b"),
        "2018-12-01": ("line-b", "line-c"),
        "2018-12-31": ("line-b", "line-c"),
    }
    for day, expected in days.items():
        found = [
            version_at(accord, "line", dt.date.fromisoformat(day), known)
            for known in (BEFORE_THE_SURVEY, LATER)
        ]
        assert tuple(line.id for line in found if line) == expected


def test_periods_follow_one_another_in_the_accords_time_zone(make_case: Make) -> None:
    accord = accord_with(make_case).accord
    found = periods(accord, LATER)
    assert [period.in_force["line"] for period in found] == ["line", "line-b", "line-c"]
    # Damascus: two hours ahead of UTC in winter.
    assert [period.start for period in found[1:]] == [
        dt.datetime(2018, 10, 31, 22, tzinfo=dt.UTC),
        dt.datetime(2018, 11, 30, 22, tzinfo=dt.UTC),
    ]
    assert [period.end for period in found[:-1]] == [period.start for period in found[1:]]
    assert found[0].start is None
    assert found[-1].end is None
    assert [p.in_force["line"] for p in periods(accord, BEFORE_THE_SURVEY)] == ["line", "line-b"]


@pytest.mark.parametrize(
    ("day", "lat", "in_zone"),
    [
        ("2018-10-20", SOUTH, True),
        ("2018-10-20", MIDDLE, False),
        ("2018-11-20", SOUTH, False),
        ("2018-11-20", MIDDLE, True),
        ("2018-12-20", MIDDLE, False),
        ("2018-12-20", NORTH, True),
    ],
)
def test_a_sighting_is_judged_against_the_zone_of_its_own_day(
    make_case: Make, day: str, lat: float, in_zone: bool
) -> None:
    case = accord_with(make_case)
    sighting = case.report("weapon_sighting", day, "north", lat=lat, error_m=200.0, weapon_class="tank")
    found = inside(case, drawn(case.accord))
    assert (found.get(sighting, 0.0) > 0.99) == in_zone
    assert (found.get(sighting, 0.0) < 0.01) == (not in_zone)


def test_a_correction_counts_only_once_it_is_known(make_case: Make) -> None:
    case = accord_with(make_case)
    sighting = case.report(
        "weapon_sighting", "2018-12-02", "north", lat=MIDDLE, error_m=200.0, weapon_class="tank"
    )
    before = inside(case, drawn(case.accord, BEFORE_THE_SURVEY), BEFORE_THE_SURVEY)
    after = inside(case, drawn(case.accord, LATER))
    assert before[sighting] > 0.99
    assert after.get(sighting, 0.0) < 0.01


def test_the_verdict_itself_follows_the_version(make_case: Make) -> None:
    for lat, expected in ((SOUTH, "unverified"), (MIDDLE, "breached")):
        case = accord_with(make_case)
        for source in ("mission", "agency"):
            case.report(
                "weapon_sighting", "2018-11-20", "north", lat=lat, error_m=200.0, weapon_class="tank",
                source=source, credibility=1,
            )  # fmt: skip
        case.geometry = drawn(case.accord)
        found = case.status("2018-12-31")
        assert (found in ("breached", "overdue")) == (expected == "breached"), found


def test_a_report_that_spans_a_correction_is_judged_by_its_shares(make_case: Make) -> None:
    case = accord_with(make_case)
    sighting = case.report(
        "weapon_sighting", "2018-10-30", "north", until="2018-11-02", lat=SOUTH, error_m=200.0,
        weapon_class="tank",
    )  # fmt: skip
    assert inside(case, drawn(case.accord))[sighting] == pytest.approx(0.5, abs=0.01)


def test_an_assessment_reads_the_versions_known_at_its_known_at(make_case: Make, tmp_path: Path) -> None:
    accord = accord_with(make_case).accord
    as_of = dt.datetime(2018, 12, 31, 22, tzinfo=dt.UTC)
    early = geometry_at(accord, tmp_path, as_of, None, BEFORE_THE_SURVEY)
    late = geometry_at(accord, tmp_path, as_of, None, LATER)
    assert (early.in_force["line"], late.in_force["line"]) == ("line-b", "line-c")
    assert (len(early.history), len(late.history)) == (2, 3)


def test_the_end_of_a_day_is_still_that_day(make_case: Make, tmp_path: Path) -> None:
    accord = accord_with(make_case).accord
    end_of_october = dt.datetime(2018, 10, 31, 22, tzinfo=dt.UTC)  # as ``--as-of 2018-10-31`` means
    assert geometry_at(accord, tmp_path, end_of_october, None).in_force["line"] == "line"


@pytest.fixture
def points(tmp_path: Path) -> Path:
    path = tmp_path / "points.csv"
    rows = [
        f"{name}-{day},36.0,{lat},{day}T12:00:00Z"
        for day in ("2018-10-20", "2018-11-20", "2018-12-20")
        for name, lat in (("south", SOUTH), ("middle", MIDDLE), ("north", NORTH))
    ]
    path.write_text("\n".join(["id,lon,lat,time", *rows]), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("known_at", "expected"),
    [
        (LATER, {"south-2018-10-20", "middle-2018-11-20", "north-2018-12-20"}),
        (BEFORE_THE_SURVEY, {"south-2018-10-20", "middle-2018-11-20", "middle-2018-12-20"}),
    ],
)
def test_screening_judges_points_against_the_same_versions(
    make_case: Make, tmp_path: Path, points: Path, known_at: dt.datetime, expected: set[str]
) -> None:
    file = tmp_path / "accord.json"
    accord = accord_with(make_case).accord
    file.write_text(accord.model_dump_json(by_alias=True, exclude_none=True), encoding="utf-8")
    zones = tmp_path / "zones.geojson"
    zones.write_text(json.dumps(zone_versions(file, known_at=known_at)), encoding="utf-8")
    screen(points, zones, tmp_path / "out.parquet")
    table = pq.read_table(tmp_path / "out.parquet").to_pylist()
    assert {row["id"] for row in table if row["inside"]} == expected


def test_explain_tells_which_version_counts_when(make_case: Make) -> None:
    case = accord_with(make_case)
    as_of = dt.datetime(2018, 12, 31, 22, tzinfo=dt.UTC)
    for known_at, in_force, last in ((LATER, "line-c", "line-c"), (BEFORE_THE_SURVEY, "line-b", "line-b")):
        inquiry = Inquiry(
            case.accord, drawn(case.accord, known_at), case.table, as_of=as_of, known_at=known_at
        )
        assert explain(inquiry, "line")["in_force"] == in_force
        versions = explain(inquiry, "zone")["versions"]
        assert versions[0]["lines"] == {"line": "line"}
        assert versions[0]["to"] == versions[1]["from"] == "2018-10-31T22:00:00Z"
        assert versions[-1]["lines"] == {"line": last}
