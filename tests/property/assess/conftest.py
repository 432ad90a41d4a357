"""A cessation over a square zone, and a way to assess any list of reports under it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any

import pyarrow as pa
import pytest
import shapely

from truceline.accord.geometry import AccordGeometry, ZoneGeometry
from truceline.accord.load import accord_of
from truceline.assess import Assessment, assess
from truceline.evidence.table import OBSERVATION_SCHEMA

START = dt.datetime(2018, 9, 17, tzinfo=dt.UTC)
AS_OF = dt.datetime(2018, 12, 31, tzinfo=dt.UTC)
SQUARE = shapely.box(35.9, 34.9, 36.1, 35.1)

ACCORD = accord_of(
    {
        "accord": {
            "id": "small",
            "title": "Small",
            "signed": "2018-09-17",
            "time_zone": "UTC",
            "status": "confirmed",
            "version": 1,
        },
        "parties": [
            {"id": "north", "names": "North", "role": "side"},
            {"id": "south", "names": "South", "role": "side"},
            {"id": "riders", "names": "Riders", "role": "group", "member_of": ["south"]},
        ],
        "zones": [{"id": "zone", "names": "the buffer zone", "kind": "area_of_separation"}],
        "provisions": [
            {"id": "fire", "kind": "cessation", "parties": ["north"], "area": "zone"},
            {
                "id": "guns",
                "kind": "weapons_withdrawal",
                "parties": ["south"],
                "weapons": ["heavy_weapon"],
                "zone": "zone",
                "due": "2018-10-10",
            },
            {
                "id": "men",
                "kind": "forces_withdrawal",
                "groups": ["riders"],
                "zone": "zone",
                "due": "2018-10-15",
            },
            {
                "id": "road",
                "kind": "routes",
                "from": "Here",
                "to": "There",
                "road": "M4",
                "due": "2018-12-01",
            },
            {"id": "walk", "kind": "patrols", "parties": ["north", "south"], "zone": "zone"},
            {
                "id": "limit",
                "kind": "ceiling",
                "parties": ["north"],
                "class": "personnel",
                "maximum": 100,
                "zone": "zone",
            },
        ],
    }
)


def table_of(rows: Sequence[dict[str, Any]]) -> pa.Table:
    """The rows as a table; what they leave out is null, or a plain default."""
    defaults: dict[str, Any] = dict.fromkeys(OBSERVATION_SCHEMA.names)
    defaults |= {
        "actors": [], "targets": [], "recorded_at": START, "claim": False, "synthetic": True,
        "retracted": False,
    }  # fmt: skip
    return pa.Table.from_pylist([defaults | row for row in rows], schema=OBSERVATION_SCHEMA)


def assess_rows(rows: Sequence[dict[str, Any]], **asked: Any) -> Assessment:
    """The assessment of these rows."""
    geometry = AccordGeometry(zones={"zone": ZoneGeometry(SQUARE, SQUARE)})
    known = {"as_of": AS_OF, "known_at": dt.datetime(2030, 1, 1, tzinfo=dt.UTC)} | asked
    return assess(ACCORD, geometry, table_of(rows), **known)


@pytest.fixture(scope="session")
def judged() -> Callable[..., Assessment]:
    return assess_rows
