"""How exactly a place or a day is known: codes of data sets as metres and as intervals.

The table is `scales.yaml` beside this module; each number has its source or its reasoning there. It is
published in docs/reference/vocabulary-mappings.md.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from ruamel.yaml import YAML

from truceline.core.errors import InvalidInput


@dataclass(frozen=True, slots=True)
class PlaceCode:
    """A code of place precision: the radius in metres that holds the true place with 95%."""

    code: str
    means: str
    error_m: float
    why: str


@dataclass(frozen=True, slots=True)
class DateCode:
    """A code of date precision; see `widen`."""

    code: str
    means: str
    why: str
    pad_days: int = 0
    single_day_pad: int = 0
    within: str | None = None


@cache
def _data() -> dict[str, Any]:
    text = files("truceline.evidence.precision").joinpath("scales.yaml").read_text(encoding="utf-8")
    data: dict[str, Any] = YAML(typ="safe", pure=True).load(text)
    return data


@cache
def place_codes(scheme: str) -> Mapping[str, PlaceCode]:
    """The codes of ``ucdp``, ``acled`` or ``gdelt``. Raises InvalidInput for another scheme."""
    return MappingProxyType({code: PlaceCode(code, **row) for code, row in _codes("places", scheme).items()})


@cache
def date_codes(scheme: str) -> Mapping[str, DateCode]:
    """The codes of ``ucdp`` or ``acled``. Raises InvalidInput for another scheme."""
    return MappingProxyType({code: DateCode(code, **row) for code, row in _codes("dates", scheme).items()})


def _codes(table: str, scheme: str) -> dict[str, Any]:
    schemes = _data()[table]
    if scheme not in schemes:
        raise InvalidInput(f"unknown precision scheme {scheme!r}; accepted: {', '.join(schemes)}")
    codes: dict[str, Any] = schemes[scheme]["codes"]
    return codes


def widen(first: date, last: date, code: DateCode) -> tuple[date, date]:
    """The days, both inclusive, in which the event surely lies, from the days that were coded."""
    pad = code.pad_days if first != last else max(code.pad_days, code.single_day_pad)
    first, last = first - timedelta(days=pad), last + timedelta(days=pad)
    if code.within == "month":
        following = (last.replace(day=1) + timedelta(days=32)).replace(day=1)
        return first.replace(day=1), following - timedelta(days=1)
    if code.within == "year":
        return date(first.year, 1, 1), date(last.year, 12, 31)
    return first, last


def tables() -> Mapping[str, Any]:
    """The whole data file, for the reference page."""
    return MappingProxyType(_data())


UNDECLARED_ERROR_M: float = float(_data()["undeclared"]["error_m"])
"""Metres taken for a point whose error nobody stated."""
