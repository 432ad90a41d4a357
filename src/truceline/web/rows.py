"""Observations as JSON and GeoJSON, from the view of whoever asks."""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Annotated, Any

import numpy as np
from anyio import to_thread
from fastapi import Depends, Query

from truceline.accord.acts import label
from truceline.app.desk import View, Wanted
from truceline.app.desk.selecting import Ints
from truceline.core.errors import InvalidInput
from truceline.core.instants import isoformat_utc
from truceline.evidence.vocabulary import family_of
from truceline.geo.geojson import as_geojson
from truceline.web.asking import KnownAt, TheSite, instant
from truceline.web.site import Site

_LEFT_OUT = frozenset({"geometry", "digest"})

Box = Annotated[
    str | None,
    Query(max_length=200, description="west,south,east,north in degrees (WGS 84)", examples=["36,35,37,36"]),
]
Datetime = Annotated[
    str | None,
    Query(max_length=90, description="An instant or day, or an interval start/end; .. leaves an end open."),
]


def row_dict(view: View, row: int, values: Mapping[str, Any], language: str = "en") -> dict[str, Any]:
    """One observation as plain JSON data."""
    told = {
        name: isoformat_utc(value) if isinstance(value, datetime) else value
        for name, value in values.items()
        if name not in _LEFT_OUT
    }
    told["family"] = family_of(values["kind"])
    told["title"] = label(values["kind"], language)
    told["geometry"] = geometry_dict(view, row, values)
    told["counts"] = bool(view.standing[row])
    told["superseded"] = not told["counts"] and not values["retracted"]
    told["disputed"] = values["id"] in view.disputed
    return told


def geometry_dict(view: View, row: int, values: Mapping[str, Any]) -> dict[str, Any] | None:
    """The place as GeoJSON: a cell or an area where it is no exact point; None where there is none."""
    if values["geometry"] is not None:
        shape = view.shapes_at([row])[0]
        return None if shape is None else as_geojson(shape)
    if values["lon"] is None or values["lat"] is None:
        return None
    return {"type": "Point", "coordinates": [values["lon"], values["lat"]]}


def rows_dicts(view: View, rows: Sequence[int] | Ints, language: str = "en") -> list[dict[str, Any]]:
    """Observations as plain JSON data, in the order given."""
    return [
        row_dict(view, int(row), values, language) for row, values in zip(rows, view.take(rows), strict=True)
    ]


def feature_of(item: dict[str, Any]) -> dict[str, Any]:
    """An observation as a GeoJSON feature."""
    properties = {name: value for name, value in item.items() if name not in ("id", "geometry")}
    return {"type": "Feature", "id": item["id"], "geometry": item["geometry"], "properties": properties}


def read_box(text: str | None) -> tuple[float, float, float, float] | None:
    """A box from a query: four numbers, or six with heights. Raises InvalidInput."""
    if text is None:
        return None
    try:
        numbers = [float(part) for part in text.split(",")]
    except ValueError:
        numbers = []
    if len(numbers) == 6:
        numbers = [numbers[i] for i in (0, 1, 3, 4)]
    if len(numbers) != 4 or not all(np.isfinite(numbers)) or numbers[1] > numbers[3]:
        raise InvalidInput(
            f"bbox: found {text!r}; accepted: west,south,east,north in degrees with south below north"
        )
    return numbers[0], numbers[1], numbers[2], numbers[3]


def read_interval(site: Site, text: str | None) -> tuple[datetime | None, datetime | None]:
    """An interval from a query, OGC's way: an instant, a day, start/end, ../end. Raises InvalidInput."""
    if text is None or text in ("..", "../.."):
        return None, None
    first, slash, last = text.partition("/")

    def end(part: str) -> datetime | None:
        return None if part in ("", "..") else instant(site, part, "datetime")

    def start(part: str) -> datetime | None:
        found = end(part)
        if found is None or "T" in part:
            return found
        from datetime import timedelta

        return found - timedelta(days=1)  # a day is told by its end, and begins a day before

    if not slash:
        return start(first), end(first)
    found = start(first), end(last)
    if found[0] is not None and found[1] is not None and found[0] > found[1]:
        raise InvalidInput(f"datetime: found {text!r}; accepted: the start before the end")
    return found


async def wanted(
    site: TheSite,
    bbox: Box = None,
    datetime: Datetime = None,
    kind: Annotated[list[str] | None, Query(max_length=50, description="Kinds or families.")] = None,
    actor: Annotated[
        str | None, Query(max_length=500, description="A name among actors and targets.")
    ] = None,
    source: Annotated[
        str | None,
        Query(max_length=500, description="Who reported; a role that may not see that finds nothing."),
    ] = None,
    zone: Annotated[
        str | None, Query(max_length=200, description="The id of a zone that the place meets.")
    ] = None,
    q: Annotated[str | None, Query(max_length=200, description="Words of the place or the report.")] = None,
    synthetic: Annotated[bool | None, Query(description="Only invented evidence, or none of it.")] = None,
    claim: Annotated[bool | None, Query(description="Only claims, or none.")] = None,
    standing: Annotated[
        bool, Query(description="Only what counts: neither superseded nor retracted.")
    ] = True,
    recorded_after: Annotated[
        str | None, Query(max_length=40, description="Only what was recorded after.")
    ] = None,
    known_at: KnownAt = None,
) -> Wanted:
    """Which observations are asked for. Raises InvalidInput."""
    start, end, after, known = None, None, None, None
    # In which time zone a day ends, the accord's file says.
    if datetime or recorded_after or known_at:
        start, end = await to_thread.run_sync(read_interval, site, datetime)
        after = await to_thread.run_sync(instant, site, recorded_after, "recorded_after")
        known = await to_thread.run_sync(instant, site, known_at, "known_at")
    return Wanted(
        box=read_box(bbox),
        start=start,
        end=end,
        recorded_after=after,
        kinds=tuple(kind or ()),
        actor=actor,
        source=source,
        zone=zone,
        words=q,
        synthetic=synthetic,
        claim=claim,
        standing=standing,
        known_at=known,
    )


TheFilter = Annotated[Wanted, Depends(wanted)]


def cursor_of(view: View, row: int) -> str:
    """Where a page ended: its last row, by when that began and its id, so that new rows shift nothing."""
    return base64.urlsafe_b64encode(f"{view.start_us[row]}:{view.shown_at(row)}".encode()).decode()


def row_after(view: View, cursor: str | None) -> int:
    """The row after which a page begins. Raises InvalidInput for what is no cursor of ours."""
    if cursor is None:
        return 0
    try:
        began, _, id = base64.urlsafe_b64decode(cursor.encode()).decode().partition(":")
        micros = int(began)
    except ValueError as error:
        raise InvalidInput("cursor: accepted: what an answer gave as next") from error
    return view.row_before(micros, id)


def read_offset(cursor: str | None) -> int:
    """How many rows pages before held, in the order of recording. Raises InvalidInput."""
    number = (cursor or "recorded:0").removeprefix("recorded:")
    if not number.isascii() or not number.isdigit() or len(number) > 12:
        raise InvalidInput("cursor: accepted: what an answer gave as next")
    return int(number)
