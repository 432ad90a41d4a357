"""Positions on what is recorded: who objects to it, who supports it, who withdrew. Pure.

Each party, and each author who speaks for none, has one position on a target: their last. A position is
**signed** where the party's statement holds and says the same; else it is on the word of the author who
recorded it, as the party reported it. What was signed is changed only by what is signed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from truceline.core.instants import isoformat_utc
from truceline.evidence.corrections import POSITIONS, Correction, in_order


@dataclass(frozen=True, slots=True)
class Position:
    """What somebody says of a target. `holder` is the party, or the author who speaks for none. It does not
    count where it is not signed and would change what the party signed."""

    holder: str
    correction: Correction
    signed: bool
    counts: bool = True

    @property
    def formal(self) -> bool:
        """Whether it is a party's own, which changes a status; an author's doubt only flags."""
        return self.correction.party is not None

    def as_dict(self) -> dict[str, Any]:
        """The position as plain JSON data."""
        one = self.correction
        return {
            "correction": one.id,
            "act": one.act,
            "party": one.party,
            "author": one.author,
            "signed": self.signed,
            "counts": self.counts,
            "reason": one.reason,
            "document": one.document,
            "recorded_at": isoformat_utc(one.recorded_at),
        }


@dataclass(frozen=True, slots=True)
class Dispute:
    """All positions on one target, in the order recorded. `stands` gives each holder's last act, without
    those that were withdrawn."""

    target: str
    subject: str
    positions: tuple[Position, ...] = ()
    stands: Mapping[str, str] = field(default_factory=dict)

    def standing(self, act: str) -> tuple[Position, ...]:
        """The positions of that kind that stand."""
        last = {position.holder: position for position in self.positions if position.counts}
        return tuple(one for one in last.values() if one.correction.act == act)

    @property
    def objections(self) -> tuple[Position, ...]:
        """Who objects now, a party or an author."""
        return self.standing("dispute")

    @property
    def formal(self) -> tuple[Position, ...]:
        """The parties' objections that stand: these make a status disputed."""
        return tuple(one for one in self.objections if one.formal)

    def as_dict(self) -> dict[str, Any]:
        """The dispute as plain JSON data."""
        return {
            "target": self.target,
            "subject": self.subject,
            "disputed": bool(self.formal),
            "flagged": bool(self.objections),
            "stands": dict(self.stands),
            "positions": [position.as_dict() for position in self.positions],
        }


def disputes_of(
    corrections: Iterable[Correction],
    signed: Mapping[str, Mapping[str, Any]],
    known_at: datetime | None = None,
) -> dict[str, Dispute]:
    """The disputes by target, from corrections recorded by `known_at`; `signed` as in `Judgements`."""
    found: dict[str, Dispute] = {}
    for one in in_order(corrections, known_at):
        if one.act not in POSITIONS:
            continue
        known = found.get(one.target, Dispute(one.target, one.subject))
        holder = holder_of(one.party, one.author)
        own = _is_signed(one, signed)
        before = [position for position in known.positions if position.holder == holder and position.counts]
        counts = own or not (before and before[-1].signed)
        stands = dict(known.stands)
        if counts:
            stands.pop(holder, None)
            if one.act != "undispute":
                stands[holder] = one.act
        position = Position(holder, one, own, counts)
        found[one.target] = Dispute(one.target, one.subject, (*known.positions, position), stands)
    return found


def holder_of(party: str | None, author: str) -> str:
    """Whose position it is: a party's id, or ``author:NAME``, which is no id."""
    return party or f"author:{author}"


def _is_signed(one: Correction, signed: Mapping[str, Mapping[str, Any]]) -> bool:
    said = signed.get(one.statement or "")
    if said is None or one.party is None:
        return False
    named = {
        "act": one.act,
        "party": one.party,
        "subject": one.subject,
        "target": one.target,
        "reason": one.reason,
        "document": one.document,
    }
    return all(said.get(name) == value for name, value in named.items())
