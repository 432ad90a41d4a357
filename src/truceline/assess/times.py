"""When: shares of intervals within a window, deadlines with their grace, and what an earlier sighting still
says. Instants are microseconds since 1970 in UTC; windows are half open, ``[start, end)``."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np

from truceline.assess.columns import FOREVER, Evidence, Floats, Rows, microseconds

_DAY_US = 86_400_000_000
_AT_ONCE = 16_384


@dataclass(frozen=True, slots=True)
class Window:
    """From when until when a provision speaks; None is open."""

    start: datetime | None
    end: datetime | None

    def share(self, evidence: Evidence, rows: Rows) -> Floats:
        """Per row the share of its interval that lies in the window: it happened somewhere in there.

        An interval without length is an instant: 1 or 0.
        """
        start = microseconds(self.start) if self.start else -FOREVER
        end = microseconds(self.end) if self.end else FOREVER
        share = np.empty(len(rows))
        # Some at a time: what lies between is then never written to memory.
        for at in range(0, len(rows), _AT_ONCE):
            some = rows[at : at + _AT_ONCE]
            a, b = evidence.start_us[some], evidence.end_us[some]
            length = np.maximum(b - a, 1)
            overlap = np.minimum(np.maximum(b, a + 1), end) - np.maximum(a, start)
            np.clip(overlap / length, 0.0, 1.0, out=share[at : at + _AT_ONCE])
        return share


def carried_over(evidence: Evidence, rows: Rows, due: datetime, carry_over_days: float) -> Floats:
    """Per row P(still so at `due`) of what was seen before it: 1 up to the deadline itself, falling by 1/e
    every `carry_over_days`; 1 for what was seen after."""
    gap = np.maximum(microseconds(due) - evidence.end_us[rows], 0)
    if carry_over_days <= 0:
        return np.where(gap > 0, 0.0, 1.0)
    decayed: Floats = np.exp(-gap / (carry_over_days * _DAY_US))
    return decayed


@dataclass(frozen=True, slots=True)
class Deadline:
    """When something is due and until when it still counts as in time. `due` is None where the text gives
    no moment or one that cannot be known yet."""

    due: datetime | None
    grace_days: float = 0.0

    @property
    def last(self) -> datetime | None:
        """The deadline with its grace."""
        return self.due + timedelta(days=self.grace_days) if self.due else None

    def passed(self, as_of: datetime) -> bool:
        """Whether the deadline and its grace are over: the end of the last day has come."""
        return self.last is not None and as_of >= self.last
