"""What the rules found, before it becomes an accord."""

from __future__ import annotations

from dataclasses import dataclass, field

from truceline.draft.measures import Count, Distance
from truceline.draft.things import WeaponWords
from truceline.draft.times.calendar import Moment


@dataclass(slots=True)
class Finding:
    """A provision found: its kind, the stretches of text that say it (norm offsets), and its fields.

    `bound` and `groups` are registry keys; `lasts` is how long it holds, where its start was not known with
    it; `told` is what was told of every party when it was weighed who is bound; `opens` lists fields that the
    text leaves open and why.
    """

    kind: str
    spans: list[tuple[int, int, str | None]]
    sentence: int
    bound: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    due: Moment | None = None
    starts: Moment | None = None
    until: Moment | None = None
    lasts: Moment | None = None
    weapons: tuple[WeaponWords, ...] = ()
    distance: Distance | None = None
    count: Count | None = None
    counted: str | None = None
    negated: bool = False
    condition: str | None = None
    mode: str | None = None
    frequency: tuple[float, str] | None = None
    route: tuple[str | None, str | None, str | None] | None = None
    place: str | None = None
    in_zone: bool = False
    acts: tuple[str, ...] = ()
    subject: str | None = None
    exemption: str | None = None
    confidence: float = 0.8
    weak: bool = False
    told: dict[str, tuple[str, ...]] = field(default_factory=dict)
    opens: list[tuple[str, str]] = field(default_factory=list)


@dataclass(slots=True)
class Said:
    """A statement found: who, how, and where (norm offsets)."""

    speaker: str
    key: str | None
    stance: str
    start: int
    end: int
    sentence: int
    about: str | None = None
