"""The events as they are given out: one JSON object a line, with a number that has no gaps."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Literal

import msgspec

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

KINDS: tuple[Literal["enter", "leave", "near", "dwell"], ...] = ("enter", "leave", "near", "dwell")
REASONS = (
    "crossed", "first_seen", "zone_changed", "zone_ended", "silence", "within_error", "stayed"
)  # fmt: skip


class Event(msgspec.Struct, frozen=True, gc=False):
    """Something that happened between an object and a zone.

    `seq` counts from 1 without gaps. `inside` is whether the object counts as inside from here on. `time` is
    that of the position which decided it, or when the zone ended, or of the last position before a silence.
    `p_inside`, `distance_m` (geodesic, negative inside) and `error_m` are of the position that decided, to
    the millionth and the millimetre; null where none did, or the zone is farther away than its error.
    `since` is when the object entered. `positions` are the positions it rests on, as OBJECT@TIME. Docs:
    reference/watch.md.
    """

    seq: int
    event: Literal["enter", "leave", "near", "dwell"]
    object: str
    zone: str
    time: str
    inside: bool
    reason: str
    p_inside: float | None
    distance_m: float | None
    error_m: float | None
    since: str | None
    positions: tuple[str, ...]


_encoder = msgspec.json.Encoder()


def lines_of(events: list[Event]) -> bytes:
    """The events as NDJSON, UTF-8."""
    return _encoder.encode_lines(events)


def instant_of(time_us: int) -> str:
    """Microseconds since 1970 as ISO 8601 in UTC, without needless fractions."""
    text = (_EPOCH + timedelta(microseconds=time_us)).isoformat()
    return text[:-6] + "Z"


def position_of(name: str, time_us: int) -> str:
    """What a position is called: there is only one of an object and a time."""
    return f"{name}@{instant_of(time_us)}"
