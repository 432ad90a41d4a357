"""Hits, false alarms and misses, and the rates that follow from them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

FIELDS = (
    "kind",
    "kind, touching",
    "kinds counted",
    "deadline",
    "bound",
    "distance",
    "weapons",
    "ceiling",
    "route ends",
    "mode",
    "frequency",
    "negation",
    "condition",
    "questions",
    "statements",
    "speaker",
    "stance",
    "parties",
    "role",
    "aliases",
    "exact quotes",
)


@dataclass(slots=True)
class Tally:
    """Hits, false alarms and misses; `lost_*` are those of provisions that were not aligned at all."""

    hits: int = 0
    false: int = 0
    missed: int = 0
    lost_false: int = 0
    lost_missed: int = 0

    @property
    def precision(self) -> float | None:
        """Share of what was found that is right; None where nothing was found."""
        return share(self.hits, self.hits + self.false)

    @property
    def recall(self) -> float | None:
        """Share of what is there that was found; None where nothing is there."""
        return share(self.hits, self.hits + self.missed)

    @property
    def f1(self) -> float | None:
        """Harmonic mean of precision and recall; None where there is nothing and nothing was found."""
        return share(2 * self.hits, 2 * self.hits + self.false + self.missed)

    @property
    def aligned(self) -> float | None:
        """F1 over aligned provisions only: how well a field is read once its clause is found."""
        false, missed = self.false - self.lost_false, self.missed - self.lost_missed
        return share(2 * self.hits, 2 * self.hits + false + missed)

    def add(self, other: Tally) -> None:
        """Adds another tally to this one."""
        for name in self.__slots__:
            setattr(self, name, getattr(self, name) + getattr(other, name))

    def as_dict(self) -> dict[str, float | int | None]:
        """The tally as plain data, with its rates."""
        counts = {name: getattr(self, name) for name in self.__slots__}
        rates = {name: getattr(self, name) for name in ("precision", "recall", "f1", "aligned")}
        return counts | {name: None if value is None else round(value, 4) for name, value in rates.items()}


@dataclass(slots=True)
class Score:
    """The tallies of one text, or of many; `faults` say in words what went wrong, for development texts."""

    name: str
    tallies: dict[str, Tally] = field(default_factory=lambda: {name: Tally() for name in FIELDS})
    kinds: dict[str, Tally] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)

    def add(self, other: Score) -> None:
        """Adds another text's tallies (not its faults)."""
        for name, tally in other.tallies.items():
            self.tallies[name].add(tally)
        for name, tally in other.kinds.items():
            self.kinds.setdefault(name, Tally()).add(tally)

    def kind(self, kind: str) -> Tally:
        """The tally of one kind of provision."""
        return self.kinds.setdefault(kind, Tally())

    def as_dict(self) -> dict[str, Any]:
        """The score as plain data."""
        return {
            "name": self.name,
            "fields": {name: tally.as_dict() for name, tally in self.tallies.items()},
            "kinds": {name: tally.as_dict() for name, tally in sorted(self.kinds.items())},
        }


def total(scores: Iterable[Score], name: str = "overall") -> Score:
    """The sum of scores: every provision counts the same, whichever text it stands in."""
    result = Score(name)
    for score in scores:
        result.add(score)
    return result


def share(part: float, whole: float) -> float | None:
    """`part` of `whole`; None of nothing."""
    return part / whole if whole else None
