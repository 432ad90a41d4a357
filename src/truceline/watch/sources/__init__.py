"""Where positions come from. Every source says where it stands, and can go on from there."""

from __future__ import annotations

from typing import Any, Protocol

Place = dict[str, Any]
"""Where a source stands, as plain data: what was read before it is done."""


class Source(Protocol):
    """A stream of NDJSON that can be taken up again."""

    @property
    def name(self) -> str:
        """What a kept state is compared by: the same name, the same stream."""

    @property
    def place(self) -> Place:
        """Where it stands, behind what `read` gave last."""

    def resume(self, place: Place | None) -> None:
        """Goes to a place that an earlier run stood at; None is the beginning. Called once, before `read`."""

    def read(self, timeout_s: float) -> bytes | None:
        """Whole lines, as many as have come; empty after the time without any; None at the end."""

    def settled(self, place: Place) -> None:
        """What is before the place will not be asked for again."""

    def close(self) -> None:
        """Ends it."""
