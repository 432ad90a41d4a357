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
from truceline.evidence.vocabulary import family_of
from truceline.web.asking import KnownAt, TheSite, instant
from truceline.web.site import Site

Box = Annotated[
    str | None,
    Query(max_length=200, description="west,south,east,north in degrees (WGS 84)", examples=["36,35,37,36"]),
]
Datetime = Annotated[
    str | None,
    Query(max_length=90, description="An instant or day, or an interval start/end; .. leaves an end open."),
]


def rows_dicts(view: View, rows: Sequence[int] | Ints, language: str = "en") -> list[dict[str, Any]]:
    """Observations as plain JSON data, in the order given. What a row's geometry holds is not to be changed:
    rows of one cell share it."""
    places = np.asarray(rows, np.int64)
    columns = view.told(places)
    names = {number: str(label(view.kinds[number], language)) for number in set(view.kind[places].tolist())}
    kinds = view.kind[places].tolist()
    columns["family"] = [family_of(view.kinds[number]) for number in kinds]
    columns["title"] = [names[number] for number in kinds]
    columns["geometry"] = _geometries(view, places, columns)
    counts: list[bool] = view.standing[places].tolist()
    columns["counts"] = counts
    columns["superseded"] = [
        not counted and not retracted for counted, retracted in zip(counts, columns["retracted"], strict=True)
    ]
    columns["disputed"] = [id in view.disputed for id in columns["id"]]
    return [dict(zip(columns, values, strict=True)) for values in zip(*columns.values(), strict=True)]


def _geometries(view: View, rows: Ints, columns: Mapping[str, list[Any]]) -> list[dict[str, Any] | None]:
    """Each row's place as GeoJSON: a cell or an area where it is no exact point; None where there is none."""
    return [
        shaped
        if shaped is not None
        else None
        if lon is None or lat is None
        else {"type": "Point", "coordinates": [lon, lat]}
        for shaped, lon, lat in zip(view.drawn_at(rows), columns["lon"], columns["lat"], strict=True)
    ]


def row_dict(view: View, row: int, language: str = "en") -> dict[str, Any]:
    """One observation as plain JSON data."""
    return rows_dicts(view, [row], language)[0]


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
