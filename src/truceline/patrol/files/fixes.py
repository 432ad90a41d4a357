"""Fixes as readers find them, each checked by itself, and the tracks that they make."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np

from truceline.core.errors import Fault, InvalidEvidence
from truceline.core.limits import QUARANTINED_ROWS, TRACK_FIXES
from truceline.patrol.track import DEFAULT_ERROR_M, Track

EARLIEST = datetime(1980, 1, 6, tzinfo=UTC).timestamp()
LATEST = datetime(2200, 1, 1, tzinfo=UTC).timestamp()
METRES_PER_HDOP = DEFAULT_ERROR_M
"""The 95% radius at a horizontal dilution of precision of 1."""

ACCEPTED_TIME = "an instant as 2018-10-15T12:00:00Z"


@dataclass
class Fixes:
    """Collects the fixes of one file by unit. `zone` is whose time instants without an offset are in."""

    source: str
    party: str
    zone: ZoneInfo
    faults: list[Fault] = field(default_factory=list)
    _units: dict[tuple[str, str], list[tuple[float, float, float, float]]] = field(default_factory=dict)
    _count: int = 0

    def add(
        self,
        row: int,
        time: Any,
        lon: Any,
        lat: Any,
        *,
        unit: str = "",
        party: str | None = None,
        error_m: Any = None,
        hdop: Any = None,
    ) -> None:
        """Takes one fix, or notes why not. Rows count from 1. Raises InvalidEvidence beyond the limits."""
        self._count += 1
        if self._count > TRACK_FIXES:
            self._refuse(f"the file holds more than {TRACK_FIXES:,} fixes")
        time_s = self._time(row, time)
        x, y = self._degrees(row, "lon", lon, 180.0), self._degrees(row, "lat", lat, 90.0)
        error = self._error(row, error_m, hdop)
        if time_s is None or x is None or y is None or error is None:
            return
        self._units.setdefault((party or self.party, unit), []).append((time_s, x, y, error))

    def tracks(self) -> list[Track]:
        """The tracks, in the order in which their units first came."""
        found = []
        for (party, unit), fixes in self._units.items():
            time_s, lon, lat, error_m = np.array(fixes, dtype=float).T
            name = f"{self.source}:{unit}" if unit else self.source
            found.append(Track(name, party, self.source, time_s, lon, lat, error_m))
        return found

    def _fault(self, row: int, path: str, message: str, found: Any, accepted: str) -> None:
        if len(self.faults) >= QUARANTINED_ROWS:
            self._refuse(f"more than {QUARANTINED_ROWS:,} fixes cannot be read")
        text = str(found)
        shown = text if len(text) <= 80 else text[:80] + "..."
        self.faults.append(
            Fault(
                message, source=self.source, row=row, path=path, found=shown, accepted=accepted,
                code="invalid-evidence",
            )
        )  # fmt: skip

    def _refuse(self, message: str) -> None:
        raise InvalidEvidence.of_faults([Fault(message, source=self.source, code="invalid-evidence")])

    def _time(self, row: int, value: Any) -> float | None:
        text = str(value).strip() if value is not None else ""
        if not text:
            self._fault(row, "time", "this fix has no time", "nothing", ACCEPTED_TIME)
            return None
        try:
            instant = datetime.fromisoformat(text)
            instant = instant if instant.tzinfo else instant.replace(tzinfo=self.zone)
            time_s = instant.timestamp()
        except (ValueError, OverflowError):
            self._fault(row, "time", "this is not an instant", text, ACCEPTED_TIME)
            return None
        if len(text) <= 10 or not EARLIEST <= time_s < LATEST:
            self._fault(row, "time", "this is not an instant of a satellite receiver", text, ACCEPTED_TIME)
            return None
        return time_s

    def _degrees(self, row: int, path: str, value: Any, most: float) -> float | None:
        number = _number(value)
        if number is None or abs(number) > most:
            self._fault(row, path, "this is no coordinate", value, f"degrees from {-most:g} to {most:g}")
            return None
        return number

    def _error(self, row: int, error_m: Any, hdop: Any) -> float | None:
        for path, value, scale in (("error_m", error_m, 1.0), ("hdop", hdop, METRES_PER_HDOP)):
            if value is None or str(value).strip() == "":
                continue
            number = _number(value)
            if number is None or number < 0.0:
                self._fault(row, path, "this is no error", value, "a number from 0 on")
                return None
            return number * scale
        return DEFAULT_ERROR_M


def _number(value: Any) -> float | None:
    if isinstance(value, bool) or value is None or len(str(value)) > 60:
        return None
    try:
        number = float(value)
    except (TypeError, ValueError, OverflowError):
        return None
    return number if math.isfinite(number) else None


def first_of(row: Mapping[str, Any], names: Iterable[str]) -> Any:
    """The first of these fields that is there and not empty."""
    return next((row[name] for name in names if row.get(name) not in (None, "")), None)
