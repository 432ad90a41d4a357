"""The incidents of a record that a comparison counts: each once, with when it was and who reported it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np

from truceline.assess.case import Case
from truceline.assess.columns import Rows, instant_of_us
from truceline.assess.places import Region
from truceline.assess.times import Window as Times

SURE = 0.5
"""A report counts for an area or a party that it is more likely than not in, or by."""


@dataclass(frozen=True, slots=True)
class Incident:
    """One incident: when it was at the earliest and the latest (UTC, half open), who reports it, when the
    first report of it was recorded, and whether all of its reports are invented."""

    id: str
    start: datetime
    end: datetime
    sources: frozenset[str]
    recorded_at: datetime
    synthetic: bool


@dataclass(frozen=True, slots=True)
class Window:
    """A time from `start` to `end` (UTC, half open)."""

    start: datetime
    end: datetime

    @property
    def days(self) -> float:
        """Its length."""
        return (self.end - self.start) / timedelta(days=1)

    def holds(self, one: Incident) -> bool:
        """Whether the incident surely was in it."""
        return self.start <= one.start and one.end <= self.end

    def touches(self, one: Incident) -> bool:
        """Whether the incident may have been in it."""
        return one.start < self.end and one.end > self.start

    def shifted(self, years: int) -> Window:
        """The same days of another year."""
        return Window(_years(self.start, years), _years(self.end, years))


def _years(instant: datetime, years: int) -> datetime:
    try:
        return instant.replace(year=instant.year + years)
    except ValueError:  # 29 February
        return instant.replace(year=instant.year + years, day=28)


def incidents_of(
    case: Case, kinds: Iterable[str], region: Region | None = None, parties: tuple[str, ...] = ()
) -> list[Incident]:
    """The incidents of these kinds, in the region and by the parties, that anybody reports; nobody's bare
    claims.

    An incident's time is that of its most exact report. Reports that were not linked are incidents of their
    own."""
    evidence = case.evidence
    rows = evidence.rows_by_id(kinds)
    rows = rows[~evidence.is_claim[rows]]
    if region is not None:
        rows = rows[case.inside(region, rows) >= SURE]
    if parties:
        rows = rows[case.authors.p_named(evidence.actor_lists, parties, rows) > SURE]
    return [
        _incident(case, rows[members]) for members in _grouped(case.links.incident[rows].astype(np.int64))
    ]


def _grouped(numbers: Rows) -> list[Rows]:
    """The positions of equal numbers."""
    if not len(numbers):
        return []
    order = np.argsort(numbers, kind="stable")
    heads = np.flatnonzero(np.diff(numbers[order])) + 1
    return list(np.split(order, heads))


def _incident(case: Case, rows: Rows) -> Incident:
    evidence = case.evidence
    spans = evidence.end_us[rows] - evidence.start_us[rows]
    best = int(rows[int(np.argmin(spans))])
    recorded = [one for one in evidence.text("recorded_at", rows) if one is not None]
    ids = sorted(evidence.ids(rows))
    return Incident(
        id=f"inc-{ids[0]}",
        start=instant_of_us(int(evidence.start_us[best])),
        end=instant_of_us(int(max(evidence.end_us[best], evidence.start_us[best] + 1))),
        sources=frozenset(evidence.text("source", rows)),
        recorded_at=min(recorded),
        synthetic=all(evidence.text("synthetic", rows)),
    )


def hours_in(case: Case, region: Region | None, window: Window) -> float:
    """Hours that somebody looked in the region in that time, each report by its probability."""
    return case.effort(region, Times(window.start, window.end)).hours


def refused_in(case: Case, region: Region | None, window: Window) -> int:
    """How often access was refused or delayed there and then."""
    return len(case.effort(region, Times(window.start, window.end)).refused)


def recorded_span(case: Case) -> tuple[datetime, datetime] | None:
    """From the first to the last thing that the record tells of; None where it tells of nothing."""
    evidence = case.evidence
    begun = np.flatnonzero(evidence.begun)
    if not len(begun):
        return None
    return (
        instant_of_us(int(evidence.start_us[begun].min())),
        instant_of_us(int(evidence.end_us[begun].max())),
    )
