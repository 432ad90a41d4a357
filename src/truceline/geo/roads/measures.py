"""Limits of weight and size as OpenStreetMap writes them."""

from __future__ import annotations

import re

_NUMBER = r"(\d+(?:[.,]\d+)?)"
_METRES = re.compile(rf"{_NUMBER}\s*(m|cm|ft|')?")
_FEET = re.compile(rf"{_NUMBER}\s*(?:'|ft)\s*(?:{_NUMBER}\s*(?:\"|''|in)?)?")
_TONNES = re.compile(rf"{_NUMBER}\s*(t|tonnes|kg|st|lbs)?")
_IN_TONNES = {None: 1.0, "t": 1.0, "tonnes": 1.0, "kg": 0.001, "st": 0.90718474, "lbs": 0.00045359237}
_IN_METRES = {None: 1.0, "m": 1.0, "cm": 0.01, "ft": 0.3048, "'": 0.3048}


def measured(key: str, text: str) -> float | None:
    """A limit in tonnes (``maxweight``, ``maxaxleload``) or metres (the others): "7.5", "7.5 t", "3 m",
    "12'6\\"". None for what is no number, as "default", "none" or "below_default": it closes nothing."""
    plain = text.strip().lower()
    if key in ("maxweight", "maxaxleload"):
        found = _TONNES.fullmatch(plain)
        return _number(found[1]) * _IN_TONNES[found[2]] if found else None
    feet = _FEET.fullmatch(plain)
    if feet and feet[2] is not None:
        return _number(feet[1]) * 0.3048 + _number(feet[2]) * 0.0254
    found = _METRES.fullmatch(plain)
    return _number(found[1]) * _IN_METRES[found[2]] if found else None


def _number(text: str) -> float:
    return float(text.replace(",", "."))
