"""What the accord draws at the instants that were asked, and how a part of it becomes a GeoJSON feature."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, TypeVar

from shapely.geometry.base import BaseGeometry

from truceline.accord.effective import effective
from truceline.accord.geometry import AccordGeometry
from truceline.accord.model import Accord
from truceline.app.desk.desk import Desk
from truceline.app.desk.verdicts import Asked
from truceline.app.drawn import geometry_at
from truceline.core.instants import end_of_day, isoformat_utc, start_of_day, zone_of
from truceline.geo.geojson import as_geojson

Feature = dict[str, Any]
Features = list[tuple[Feature, BaseGeometry]]
T = TypeVar("T")


def standing(desk: Desk, asked: Asked) -> tuple[Accord, AccordGeometry, datetime]:
    """The accord as it stands then, what it draws, and the instant that stands for "now"."""
    now = desk.now()
    at = asked.as_of or desk.clock()
    accord = effective(now.accord, at=at, reading=asked.reading)
    return accord, geometry_at(now.accord, desk.workspace.root, at, asked.reading, asked.known_at), at


def remembered(desk: Desk, what: str, asked: Asked, make: Callable[[], T]) -> T:
    """What is drawn changes with the accord and by the day; it is made once for both."""
    day = (asked.as_of or desk.clock()).date()
    key = ("ground", what, hash(desk.now().accord_text), day, asked)
    return desk.remembered(key, make)


def feature_of(id: str, geometry: BaseGeometry, properties: dict[str, Any]) -> tuple[Feature, BaseGeometry]:
    """A feature and its geometry, without properties that say nothing."""
    return {
        "type": "Feature",
        "id": id,
        "properties": {name: value for name, value in properties.items() if value is not None},
        "geometry": as_geojson(geometry),
    }, geometry


def days_of(accord: Accord, part: Any) -> dict[str, str | None]:
    """When a part holds, as instants: from the start of its first day to the end of its last."""
    zone = zone_of(accord.accord.time_zone)
    first, last = part.valid_from, part.valid_to
    return {
        "valid_from": isoformat_utc(start_of_day(first, zone).astimezone(UTC)) if first else None,
        "valid_to": isoformat_utc(end_of_day(last, zone).astimezone(UTC)) if last else None,
    }
