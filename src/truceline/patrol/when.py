"""Seconds since 1970 as instants."""

from __future__ import annotations

from datetime import UTC, datetime


def instant(time_s: float) -> datetime:
    """The UTC instant, to the microsecond."""
    return datetime.fromtimestamp(time_s, UTC)
