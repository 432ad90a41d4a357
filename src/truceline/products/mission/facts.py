"""What a mission's report says, as numbers and ids without words: the same for every language.

Instants UTC, distances metres, coordinates lon, lat on WGS 84. A `Figure` is a number that stands in the
report, with the observations that it was counted from.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from truceline.products.mission.periods import Periods
from truceline.products.report.content import EvidenceRow, Report

ALL = "all"
ELSEWHERE = "elsewhere"
UNPLACED = "no-place"


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A number of the report. `id` is what follows the report's own id in an identifier; `how` names the
    message of `mission.ftl` that says how it was counted."""

    id: str
    value: float
    how: str
    observations: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """Incidents of one kind in one area, in this period and the one before; `reports` is how many reports
    tell of those of this period, `synthetic` how many of them are invented."""

    area: str
    kind: str
    now: int
    before: int | None
    reports: int
    deaths: int
    synthetic: int

    @property
    def change(self) -> int | None:
        """How many more than in the period before."""
        return None if self.before is None else self.now - self.before


@dataclass(frozen=True, slots=True, kw_only=True)
class Weapons:
    """The ledger of one provision, party and class: numbers of weapons."""

    provision: str
    party: str
    weapon_class: str
    declared: int
    stored: int
    left: int
    seen: int
    missing: int
    unaccounted: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A group that somebody designated: who did, who of those who must has not."""

    provision: str
    group: str
    in_force: bool
    probability: float
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Patrolled:
    """Patrols of one party within the period: reported, announced, turned back."""

    party: str
    reported: int
    announced: int
    refused: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Restricted:
    """One time that monitors were refused access or delayed; `observation` as the reader is shown it."""

    number: int
    kind: str
    when: tuple[datetime, datetime]
    place: str | None
    by: tuple[str, ...]
    observation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Watched:
    """Hours of observation within the period and the one before, in one area (``all``: anywhere)."""

    area: str
    hours: float
    before: float | None
    days: int
    posts: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Daily:
    """One day of the period: violent incidents, and hours that somebody looked."""

    day: date
    incidents: int
    hours: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Stand:
    """One position in a dispute: who (a party's name, or empty), how, when, and why where that is shown."""

    act: str
    party: str
    when: datetime
    signed: bool
    reason: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Disputed:
    """What is disputed, by its title or description, and every position on it."""

    target: str
    subject: str
    title: str
    positions: tuple[Stand, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """What changed since the last publication: an obligation's status and probability before and now."""

    id: str
    before: tuple[str, float] | None
    now: tuple[str, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """The publication that was recorded last before this report, and what differs from it."""

    id: str
    recorded_at: datetime
    sha256: str
    changed: tuple[Changed, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LogHead:
    """The signed head of the log: what a reader needs to verify the record."""

    origin: str
    size: int
    root: str
    signed: bool
    note: str | None
    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """Everything. `report` holds what the page of the workspace shows, with two snapshots at most: at the
    start of the period and at its end. `incidents` are those of the period in order of time, each by its
    reports. `ids` maps figures by id."""

    id: str
    edition: str
    periods: Periods
    report: Report
    areas: Mapping[str, str]
    counted: tuple[Counted, ...]
    incidents: tuple[tuple[EvidenceRow, ...], ...]
    weapons: tuple[Weapons, ...] | None
    listed: tuple[Listed, ...]
    patrols: tuple[Patrolled, ...]
    restricted: tuple[Restricted, ...]
    watched: tuple[Watched, ...]
    daily: tuple[Daily, ...]
    disputed: tuple[Disputed, ...]
    published: Published | None
    head: LogHead | None
    figures: Mapping[str, Figure] = field(default_factory=dict)
    withheld: tuple[str, ...] = ()
