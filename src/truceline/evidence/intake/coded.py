"""What the coded data sets share: days and places with codes of precision, actors in two columns."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import lru_cache
from zoneinfo import ZoneInfo

import pyarrow as pa
import pyarrow.compute as pc

from truceline.core.instants import end_of_day, start_of_day
from truceline.evidence.intake.moments import EARLIEST, LATEST, microseconds
from truceline.evidence.intake.sheet import Mask, Sheet, UnacceptableError, filled, truth
from truceline.evidence.precision import DateCode, PlaceCode, widen
from truceline.evidence.table import UTC_INSTANT

_JOINT = "\x1f"


def coded_days(
    sheet: Sheet,
    start: str,
    end: str,
    code: str,
    codes: Mapping[str, DateCode],
    zone: ZoneInfo,
    read: Callable[[str], date],
) -> tuple[pa.Array, pa.Array]:
    """[occurred_from, occurred_to) from two columns of days (both inclusive) and one of precision.

    Refuses rows without a day, with an unknown code, or that end before they start.
    """
    accepted = "a date"
    sheet.required(start, accepted)
    sheet.required(code, ", ".join(codes))
    _known(sheet, code, codes)

    @lru_cache(maxsize=65536)
    def day(text: str) -> date:
        found = read(text)
        if not EARLIEST <= found.year <= LATEST:
            raise UnacceptableError("the year is impossible", f"from {EARLIEST} to {LATEST}", "date")
        return found

    firsts = sheet.each(start, day, pa.date32())
    lasts = pc.coalesce(sheet.each(end, day, pa.date32()), firsts)
    backwards = truth(pc.less(lasts, firsts))
    sheet.refuse(
        backwards,
        end,
        "the end lies before the start",
        accepted=f"a day on or after {start}",
        code="reversed",
    )
    together = pc.binary_join_element_wise(
        pc.cast(firsts, pa.string()), pc.cast(lasts, pa.string()), sheet.text(code), _JOINT
    )
    encoded = pc.dictionary_encode(together)
    begins: list[int | None] = []
    until: list[int | None] = []
    for text in encoded.dictionary.to_pylist():
        first, last, precision = text.split(_JOINT, 2)
        if precision not in codes or last < first:
            begins.append(None)
            until.append(None)
            continue
        days = widen(date.fromisoformat(first), date.fromisoformat(last), codes[precision])
        begins.append(microseconds(start_of_day(days[0], zone)))
        until.append(microseconds(end_of_day(days[1], zone)))
    return (
        pc.cast(pa.array(begins, pa.int64()).take(encoded.indices), UTC_INSTANT),
        pc.cast(pa.array(until, pa.int64()).take(encoded.indices), UTC_INSTANT),
    )


def _known(sheet: Sheet, field: str, codes: Mapping[str, object]) -> None:
    column = sheet.text(field)
    unknown = pc.and_(pc.is_valid(column), pc.invert(pc.is_in(column, value_set=pa.array(list(codes)))))
    sheet.refuse(
        truth(unknown), field, "unknown code of precision", accepted=", ".join(codes), code="precision"
    )


def radius_of(sheet: Sheet, field: str, codes: Mapping[str, PlaceCode], located: pa.Array) -> pa.Array:
    """error_m from a column of codes, for the rows that are `located`."""
    missing = truth(pc.and_(located, pc.is_null(sheet.text(field))))
    sheet.refuse(missing, field, f"{field} is missing", accepted=", ".join(codes), code="missing")
    _known(sheet, field, codes)
    radii = sheet.each(field, lambda code: codes[code].error_m if code in codes else None, pa.float64())
    return pc.if_else(located, radii, pa.scalar(None, pa.float64()))


def joined(sheet: Sheet, first: str | None, other: str, *, second: Mask) -> pa.Array:
    """Lists of the names in `first`, and in `other` where `second` is true. Names are never split."""
    none = pa.nulls(len(sheet), pa.string())
    one = none if first is None else sheet.text(first)
    two = pc.if_else(pa.array(second), sheet.text(other), pa.scalar(None, pa.string()))
    both = pc.binary_join_element_wise(one, two, _JOINT)
    text = pc.coalesce(both, one, two)
    return filled(pc.split_pattern(text, _JOINT))
