"""A recorded observation with some of its fields corrected, read by the same rules as a row of a file."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import pyarrow as pa

from truceline.core.errors import Fault, InvalidEvidence
from truceline.evidence.intake.fields import FIELDS
from truceline.evidence.intake.moments import read_instant, span_reader
from truceline.evidence.intake.own import METHODS, read_credibility, read_flag, read_kind, read_reliability
from truceline.evidence.intake.places import Region, locate
from truceline.evidence.intake.sheet import Sheet, UnacceptableError
from truceline.evidence.table import OBSERVATION_SCHEMA

_TEXT = ("place", "subject", "weapon_class", "equipment", "serial", "observed_from", "report", "quote")
_NUMBERS = {"calibre_mm": (0, 5000, "millimetres"), "effort_h": (0, 1e6, "hours, 0 or more")}
_INTEGERS = ("count", "fatalities", "injured")
_READ: Mapping[str, tuple[Callable[[str], Any], pa.DataType]] = {
    "kind": (read_kind, pa.string()),
    "method": (lambda text: METHODS.get(text.lower(), text), pa.string()),
    "reliability": (read_reliability, pa.string()),
    "credibility": (read_credibility, pa.int8()),
    "claim": (read_flag, pa.bool_()),
    "synthetic": (read_flag, pa.bool_()),
}
_RENAMED = {"url": "origin_url", "source": "source"}
_LISTS = {"actor": "actors", "target": "targets"}
_PLACE = ("lon", "lat", "error_m")
_DATES = ("date", "date_start", "date_end")
_NEVER_EMPTY = ("kind", "source", "claim", "synthetic", *_DATES)

CORRECTABLE = tuple(name for name in FIELDS if name not in ("id", "geometry", "supersedes", "retracted"))
"""The fields whose values a correction may give."""


def corrected(
    row: Mapping[str, Any], changes: Mapping[str, str], *, zone: ZoneInfo, region: Region | None = None
) -> dict[str, Any]:
    """The row of OBSERVATION_SCHEMA with changed fields; an empty text empties a field.

    A new lon and lat drop a geometry. Raises InvalidEvidence that names every field that cannot be read.
    """
    id = str(row["id"])
    unknown = [name for name in changes if name not in CORRECTABLE]
    empty = [name for name, text in changes.items() if not text.strip() and name in _NEVER_EMPTY]
    faults = [
        Fault("no field that a correction can give", id, path=name, accepted=", ".join(CORRECTABLE))
        for name in unknown
    ]
    faults += [Fault(f"{name} cannot be empty", id, path=name) for name in empty]
    if faults:
        raise InvalidEvidence.of_faults(faults)
    texts = {name: text.strip() or None for name, text in changes.items()}
    if any(name in texts for name in _PLACE):
        texts = {name: None if row[name] is None else repr(row[name]) for name in _PLACE} | texts
    sheet = Sheet({name: pa.array([text], pa.string()) for name, text in texts.items()}, np.array([1]), id)
    made = dict(row) | _plain(sheet, changes, zone)
    if any(name in changes for name in _PLACE):
        place = locate(sheet, None, region=region)
        made |= {name: getattr(place, name)[0].as_py() for name in _PLACE}
        if "lon" in changes or "lat" in changes:
            made["geometry"] = None
    made |= _interval(sheet, row, texts, zone)
    if sheet.faults:
        raise InvalidEvidence.of_faults(sheet.quarantined())
    return made | {"digest": None, "supersedes": None}


def table_of_rows(rows: list[dict[str, Any]]) -> pa.Table:
    """Rows as a table of observations."""
    return pa.Table.from_pylist(rows, schema=OBSERVATION_SCHEMA)


def _plain(sheet: Sheet, changes: Mapping[str, str], zone: ZoneInfo) -> dict[str, Any]:
    """The fields that need no other one."""
    made: dict[str, Any] = {}
    for name in changes:
        if name in _TEXT or name in _RENAMED:
            made[_RENAMED.get(name, name)] = sheet.text(name)[0].as_py()
        elif name in _NUMBERS:
            made[name] = sheet.number(name, *_NUMBERS[name])[0].as_py()
        elif name in _INTEGERS:
            made[name] = sheet.integer(name)[0].as_py()
        elif name in _READ:
            made[name] = sheet.each(name, *_READ[name])[0].as_py()
        elif name in _LISTS:
            made[_LISTS[name]] = sheet.names(name)[0].as_py()
        elif name in ("observed_at", "reported_at"):
            made[name] = read_instant(sheet, name, span_reader(zone))[0].as_py()
    return made


def _interval(
    sheet: Sheet, row: Mapping[str, Any], texts: Mapping[str, str | None], zone: ZoneInfo
) -> dict[str, Any]:
    given = [name for name in _DATES if texts.get(name)]
    if not given:
        return {}
    read = span_reader(zone)
    start, end = row["occurred_from"], row["occurred_to"]
    for name in given:
        try:
            span = read(texts[name] or "")
        except UnacceptableError as error:
            sheet.refuse(np.array([True]), name, error.message, accepted=error.accepted, code=error.code)
            return {}
        start = span[0] if name != "date_end" else start
        end = span[1] if name != "date_start" else end
    if end <= start:
        said = f"{start.isoformat()} to {end.isoformat()}"
        sheet.refuse(
            np.array([True]), given[-1], "the end lies before the start", found=[said], code="reversed"
        )
    return {"occurred_from": start, "occurred_to": end}
