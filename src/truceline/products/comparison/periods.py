"""Before and after a day: how many incidents a day, and an hour of watching, with exact intervals and what
stands against reading more into it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import numpy as np

from truceline.assess.case import Case
from truceline.assess.places import Region
from truceline.core.instants import isoformat_utc
from truceline.products.comparison.caveats import Caveat
from truceline.products.comparison.incidents import (
    Incident,
    Window,
    hours_in,
    incidents_of,
    recorded_span,
    refused_in,
)
from truceline.products.comparison.rates import Rate, Ratio, rate_of, ratio_of

CLUSTERED = 1.5
"""Variance of the daily counts over their mean from which they are called clustered: of independent events
it is 1."""

YEARS_BACK = 5


@dataclass(frozen=True, slots=True)
class Period:
    """One side of the comparison. `hours` are those that somebody looked, `refused` how often they could
    not."""

    window: Window
    incidents: tuple[Incident, ...]
    per_day: Rate
    hours: float
    refused: int
    per_hour: Rate | None

    @property
    def sources(self) -> frozenset[str]:
        """Who reported any of it."""
        return frozenset(source for one in self.incidents for source in one.sources)

    def as_dict(self) -> dict[str, Any]:
        """As plain JSON data."""
        return {
            "from": isoformat_utc(self.window.start),
            "to": isoformat_utc(self.window.end),
            "days": self.window.days,
            "incidents": len(self.incidents),
            "synthetic": sum(one.synthetic for one in self.incidents),
            "per_day": self.per_day.as_dict(),
            "effort_h": round(self.hours, 3),
            "access_refused": self.refused,
            "per_hour": self.per_hour.as_dict() if self.per_hour else None,
            "sources": sorted(self.sources),
        }


@dataclass(frozen=True, slots=True)
class Comparison:
    """Before and after, by time and, where somebody looked in both, by hours of watching."""

    before: Period
    after: Period
    by_time: Ratio
    by_effort: Ratio | None
    unplaced: tuple[str, ...]
    caveats: tuple[Caveat, ...]

    def as_dict(self, language: str = "en") -> dict[str, Any]:
        """As plain JSON data, its sentences in a language."""
        return {
            "before": self.before.as_dict(),
            "after": self.after.as_dict(),
            "by_time": self.by_time.as_dict(),
            "by_effort": self.by_effort.as_dict() if self.by_effort else None,
            "unplaced": list(self.unplaced),
            "caveats": [caveat.as_dict(language) for caveat in self.caveats],
        }


@dataclass(frozen=True, slots=True)
class Asked:
    """What is compared: incidents of these kinds in the region and by the parties, in two windows."""

    before: Window
    after: Window
    kinds: frozenset[str]
    region: Region | None = None
    parties: tuple[str, ...] = ()
    level: float = 0.95


def compare_periods(case: Case, asked: Asked, *, linked: bool) -> Comparison:
    """Compares the two windows; `linked` says whether reports were linked into incidents. Raises
    InvalidInput."""
    found = incidents_of(case, asked.kinds, asked.region, asked.parties)
    windows = (asked.before, asked.after)
    before, after = (_period(case, asked, window, found) for window in windows)
    placed = {one.id for period in (before, after) for one in period.incidents}
    unplaced = tuple(
        one.id for one in found if one.id not in placed and any(window.touches(one) for window in windows)
    )
    by_effort = None
    if before.hours > 0 and after.hours > 0:
        by_effort = ratio_of(
            len(before.incidents), before.hours, len(after.incidents), after.hours, asked.level
        )
    return Comparison(
        before,
        after,
        ratio_of(
            len(before.incidents), asked.before.days, len(after.incidents), asked.after.days, asked.level
        ),
        by_effort,
        unplaced,
        tuple(_caveats(case, asked, found, before, after, unplaced, linked)),
    )


def _period(case: Case, asked: Asked, window: Window, found: Sequence[Incident]) -> Period:
    inside = tuple(one for one in found if window.holds(one))
    hours = hours_in(case, asked.region, window)
    return Period(
        window,
        inside,
        rate_of(len(inside), window.days, asked.level),
        hours,
        refused_in(case, asked.region, window),
        rate_of(len(inside), hours, asked.level) if hours > 0 else None,
    )


def _caveats(
    case: Case,
    asked: Asked,
    found: Sequence[Incident],
    before: Period,
    after: Period,
    unplaced: Sequence[str],
    linked: bool,
) -> list[Caveat]:
    said = [
        Caveat("reported", "reported"),
        _effort(before, after),
        *_seasons(case, asked, found),
        *_sources(before, after),
        *_late(case, before, after),
        *_clusters(before, after),
    ]
    if unplaced:
        said.append(_counted("unplaced", len(unplaced)))
    synthetic = sum(one.synthetic for period in (before, after) for one in period.incidents)
    if synthetic:
        said.append(_counted("synthetic", synthetic))
    if not linked:
        said.append(Caveat("not_linked", "not-linked"))
    return [*said, Caveat("not_looked_at", "not-looked-at")]


def _counted(code: str, incidents: int) -> Caveat:
    return Caveat(code, code, {"incidents": incidents}, {"incidents": incidents})


def _effort(before: Period, after: Period) -> Caveat:
    numbers = {"before_h": round(before.hours, 1), "after_h": round(after.hours, 1)}
    if before.hours > 0 and after.hours > 0:
        said = {
            "before": (before.hours, 0),
            "after": (after.hours, 0),
            "refused-before": (before.refused, 0),
            "refused-after": (after.refused, 0),
        }
        return Caveat("effort", "effort-both", numbers, said)
    unwatched = "before" if not before.hours else "after"
    if not before.hours and not after.hours:
        unwatched = "either"
    return Caveat("effort", f"effort-not-{unwatched}", numbers)


def _seasons(case: Case, asked: Asked, found: Sequence[Incident]) -> list[Caveat]:
    """The same days of earlier years, as far as the record reaches."""
    span = recorded_span(case)
    said = []
    for years in range(1, YEARS_BACK + 1):
        windows = [asked.before.shifted(-years), asked.after.shifted(-years)]
        if span is None or min(window.start for window in windows) < span[0]:
            break
        first, second = (sum(window.holds(one) for one in found) for window in windows)
        ratio = ratio_of(first, windows[0].days, second, windows[1].days, asked.level)
        told: dict[str, Any] = {"years": years, "before": (first, 0), "after": (second, 0)}
        if ratio.value is not None:
            told["ratio"] = (ratio.value, 2)
        said.append(
            Caveat(
                "season",
                "season" if ratio.value is None else "season-ratio",
                {"years_earlier": years, "before": first, "after": second} | ratio.as_dict(),
                told,
            )
        )
    return said or [Caveat("season", "season-not-reached")]


def _sources(before: Period, after: Period) -> list[Caveat]:
    """Whether the same sources reported on both sides."""
    lost, new = before.sources - after.sources, after.sources - before.sources
    if not lost and not new:
        return []
    both = before.sources & after.sources
    first, second = (sum(bool(one.sources & both) for one in period.incidents) for period in (before, after))
    numbers = {
        "only_before": sorted(lost),
        "only_after": sorted(new),
        "both": sorted(both),
        "incidents_before": first,
        "incidents_after": second,
    }
    told = {
        "only-before": (len(lost), 0),
        "only-after": (len(new), 0),
        "both": (len(both), 0),
        "before": (first, 0),
        "after": (second, 0),
    }
    return [Caveat("reporting", "reporting", numbers, told)]


def _late(case: Case, before: Period, after: Period) -> list[Caveat]:
    """Whether reports of the later window may still come in, by how late those of the earlier one came."""
    # What was taken in long afterwards, all at once, says nothing of how late reports come.
    timely = [one for one in before.incidents if one.recorded_at <= after.window.end]
    if not timely or len(timely) * 2 < len(before.incidents):
        return []
    lags = [(one.recorded_at - one.end) / timedelta(days=1) for one in timely]
    slow = float(np.quantile(lags, 0.9))
    since = (case.known_at - after.window.end) / timedelta(days=1)
    if since >= slow:
        return []
    numbers = {"tenth_days": round(slow, 1), "days_since": round(since, 1)}
    told = {"late": (slow, 0), "since": (max(since, 0.0), 0)}
    return [Caveat("still_coming", "still-coming", numbers, told)]


def _clusters(before: Period, after: Period) -> list[Caveat]:
    """Whether incidents come in clusters, which makes exact intervals too narrow."""
    worst = max((_dispersion(period), number) for number, period in enumerate((before, after)))
    if worst[0] < CLUSTERED:
        return []
    where = ("before", "after")[worst[1]]
    numbers = {"dispersion": round(worst[0], 2), "window": where}
    return [Caveat("clusters", f"clusters-{where}", numbers, {"dispersion": (worst[0], 1)})]


def _dispersion(period: Period) -> float:
    days = int(period.window.days)
    if days < 7 or len(period.incidents) < 5:
        return 0.0
    starts = [(one.start - period.window.start) / timedelta(days=1) for one in period.incidents]
    counts = np.bincount(np.clip(np.array(starts).astype(int), 0, days - 1), minlength=days)
    return float(counts.var(ddof=1) / counts.mean())
