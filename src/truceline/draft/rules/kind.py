"""What a clause turned out to be."""

from __future__ import annotations

from dataclasses import dataclass, field

from truceline.draft.measures import Calibre, Count, Distance
from truceline.draft.things import WeaponWords


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind with what its words gave: weapons, the distance, the count."""

    name: str
    weapons: tuple[WeaponWords, ...] = ()
    distance: Distance | None = None
    count: Count | None = None
    counted: str | None = None
    forbids: bool = False
    nominal: bool = False
    forces: bool = False
    extra: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Things:
    """The measures of the whole text."""

    distances: list[Distance]
    calibres: list[Calibre]
    counts: list[Count]
