"""Small accords and tables of evidence, written out by hand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any
from zoneinfo import ZoneInfo

import pyarrow as pa
import pytest
import shapely

from truceline.accord.geometry import AccordGeometry, ZoneGeometry
from truceline.accord.load import accord_of
from truceline.accord.model import Accord
from truceline.assess import Assessment, assess
from truceline.evidence.table import OBSERVATION_SCHEMA

ZONE = ZoneInfo("Asia/Damascus")
RECORDED = dt.datetime(2018, 9, 1, tzinfo=dt.UTC)

HEAD = {
    "id": "small",
    "title": "A small accord",
    "signed": "2018-09-17",
    "time_zone": "Asia/Damascus",
    "status": "confirmed",
    "version": 1,
}
PARTIES = [
    {"id": "north", "names": "North", "role": "side", "aliases": ["Northern forces"]},
    {"id": "south", "names": "South", "role": "side"},
    {"id": "brigade", "names": "Hill Brigade", "role": "group", "member_of": ["north"]},
    {"id": "keepers", "names": "Keepers", "role": "guarantor"},
    {"id": "watchers", "names": "Watchers", "role": "guarantor"},
    {"id": "riders", "names": "Riders", "role": "group"},
]
# A square of about 22 by 22 km around 36 E, 35 N, the same at least and at most.
SQUARE = shapely.box(35.9, 34.9, 36.1, 35.1)
WIDER = shapely.box(35.85, 34.85, 36.15, 35.15)


def end_of(day: str) -> dt.datetime:
    """The end of a day in Damascus, as ``--as-of`` reads it."""
    return dt.datetime.combine(dt.date.fromisoformat(day) + dt.timedelta(days=1), dt.time(), ZONE)


class Case:
    """Builds an accord, adds reports to it, and assesses."""

    def __init__(self, *provisions: dict[str, Any], **sections: Any) -> None:
        self.accord: Accord = accord_of(
            {
                "accord": HEAD | sections.pop("head", {}),
                "parties": PARTIES,
                "zones": [{"id": "zone", "names": "the buffer zone", "kind": "area_of_separation"}],
                "provisions": list(provisions),
                "verification": {
                    "sources": [
                        {"id": "mission", "reliability": "A"},
                        {"id": "agency", "reliability": "B"},
                        {"id": "paper", "reliability": "C"},
                        {"id": "echo", "reliability": "C", "repeats": ["paper"]},
                    ]
                }
                | sections.pop("verification", {}),
            }
            | sections
        )
        self.geometry = AccordGeometry(zones={"zone": ZoneGeometry(SQUARE, WIDER)})
        self.rows: list[dict[str, Any]] = []

    def report(self, kind: str, day: str, *actors: str, **fields: Any) -> str:
        """Adds a report of a whole day inside the zone by the mission, rated 2; gives its id."""
        last = fields.pop("until", day)
        row: dict[str, Any] = dict.fromkeys(OBSERVATION_SCHEMA.names)
        row |= {
            "id": f"obs-{len(self.rows):03d}",
            "kind": kind,
            "lon": 36.0,
            "lat": 35.0,
            "error_m": 500.0,
            "occurred_from": dt.datetime.combine(dt.date.fromisoformat(day), dt.time(), ZONE),
            "occurred_to": end_of(last),
            "recorded_at": RECORDED,
            "actors": list(actors),
            "targets": [],
            "source": "mission",
            "credibility": 2,
            "claim": False,
            "synthetic": False,
            "retracted": False,
        }
        self.rows.append(row | fields)
        return str(self.rows[-1]["id"])

    @property
    def table(self) -> pa.Table:
        """The reports as a table."""
        return pa.Table.from_pylist(self.rows, schema=OBSERVATION_SCHEMA)

    def assess(self, day: str, **arguments: Any) -> Assessment:
        """The assessment at the end of a day, with everything known."""
        known: dict[str, Any] = {"known_at": dt.datetime(2030, 1, 1, tzinfo=dt.UTC)}
        return assess(self.accord, self.geometry, self.table, as_of=end_of(day), **(known | arguments))

    def status(self, day: str, provision: str = "p", **arguments: Any) -> str:
        """The status of one provision at the end of a day."""
        found = self.assess(day, **arguments).obligation(provision)
        assert found is not None
        return str(found.status)


@pytest.fixture(scope="session")
def make_case() -> Callable[..., Case]:
    return Case
