"""Is it done: the state of something that is to be done once and to stay done.

Reports that it is done and reports that it is not are put in order of time, and the last true one decides:
walking back from the as-of, a report with probability p settles the state with p and leaves 1 - p to those
before it. What no report settles stays open, and is divided by the prior and by the effort of those who
looked and saw nothing. At equal times a report that it is not done comes after one that it is.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import datetime

import numpy as np
import numpy.typing as npt

from truceline.assess.columns import Evidence, Floats, Rows, instant_of_us
from truceline.assess.findings import Finding
from truceline.assess.ruleset import Ruleset
from truceline.assess.settling import NEVER, settle
from truceline.assess.sources import Sources


@dataclass(frozen=True, slots=True)
class State:
    """Shares of probability: `done`, `undone`, and the rest `open`. `done_at` is since when it has been
    done with at least the confirming probability, `was_done` whether it ever was, `undone_since` the first
    report after which it has not been done."""

    done: float
    undone: float
    open: float
    done_at: datetime | None = None
    was_done: bool = False
    undone_since: datetime | None = None


def state_of(evidence: Evidence, done: Finding, undone: Finding, sources: Sources, ruleset: Ruleset) -> State:
    """The state from the reports of both findings."""
    p_done, t_done = _events(evidence, done, sources)
    p_undone, t_undone = _events(evidence, undone, sources)
    p = np.concatenate([p_done, p_undone])
    at = np.concatenate([t_done, t_undone])
    is_undone = np.concatenate([np.zeros(len(p_done), dtype=bool), np.ones(len(p_undone), dtype=bool)])
    order = np.lexsort((p, is_undone, at))
    done_share, undone_share, done_at, was_done, undone_since = settle(
        p[order], at[order], is_undone[order], ruleset.confirmed, ruleset.probable
    )
    return State(
        done_share,
        undone_share,
        max(1.0 - done_share - undone_share, 0.0),
        instant_of_us(done_at) if done_at != NEVER else None,
        was_done,
        instant_of_us(undone_since) if undone_since != NEVER else None,
    )


class Course:
    """How a state came about, step by step in order of time: since when it has been done, or not."""

    def __init__(self, ruleset: Ruleset) -> None:
        self._rules = ruleset
        self._done = self._undone = 0.0
        self._done_at: int | None = None
        self._undone_since: int | None = None
        self._was_done = False

    def reach(self, at_us: int, done: float, undone: float) -> None:
        """The shares from this instant on (microseconds since 1970)."""
        self._done, self._undone = done, undone
        if done >= self._rules.confirmed:
            self._was_done = True
            self._done_at = at_us if self._done_at is None else self._done_at
        else:
            self._done_at = None
        if undone < self._rules.probable:
            self._undone_since = None
        elif self._undone_since is None:
            self._undone_since = at_us

    def state(self) -> State:
        """The state now."""
        return State(
            self._done,
            self._undone,
            max(1.0 - self._done - self._undone, 0.0),
            instant_of_us(self._done_at) if self._done_at is not None else None,
            self._was_done,
            instant_of_us(self._undone_since) if self._undone_since is not None else None,
        )


def _events(evidence: Evidence, finding: Finding, sources: Sources) -> tuple[Floats, npt.NDArray[np.int64]]:
    """One event an incident: the noisy-or of its independent groups, at the end of its last report."""
    if not finding.reports:
        return np.empty(0), np.empty(0, dtype=np.int64)
    group = sources.voices(evidence).number[finding.rows]
    order = np.lexsort((finding.p, group, finding.incident))
    k, g, p = finding.incident[order], group[order], finding.p[order]
    ends = np.minimum(evidence.end_us[finding.rows][order], evidence.as_of_us)
    heads = np.flatnonzero((np.diff(k, prepend=k[0] - 1) != 0) | (np.diff(g, prepend=-1) != 0))
    best, latest, of = np.maximum.reduceat(p, heads), np.maximum.reduceat(ends, heads), k[heads]
    incidents = np.flatnonzero(np.diff(of, prepend=of[0] - 1))
    with np.errstate(divide="ignore"):
        combined = -np.expm1(np.add.reduceat(np.log1p(-best), incidents))
    return combined, np.maximum.reduceat(latest, incidents)


@dataclass(frozen=True, slots=True)
class Event:
    """One incident: P(at least one independent group reports it rightly), the end of its last report, the row
    of its strongest report and all of its rows."""

    p: float
    at_us: int
    row: int
    rows: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Events:
    """The incidents of a finding in the order of their numbers, as columns: see `Event`."""

    p: Floats
    at_us: npt.NDArray[np.int64]
    row: Rows
    _rows: Rows
    _heads: Rows

    def __len__(self) -> int:
        return len(self.p)

    def __getitem__(self, number: int) -> Event:
        rows = self._rows[self._heads[number] : self._heads[number + 1]].tolist()
        return Event(float(self.p[number]), int(self.at_us[number]), rows[0], tuple(rows))


def events_of(evidence: Evidence, finding: Finding, sources: Sources) -> Events:
    """The incidents of a finding."""
    p, at = _events(evidence, finding, sources)
    # By incident; within it the strongest first, as in the finding.
    order = np.argsort(finding.incident, kind="stable")
    heads = np.flatnonzero(np.diff(finding.incident[order], prepend=-1))
    rows = finding.rows[order]
    return Events(p, at, rows[heads], rows, np.append(heads, len(rows)))


def unseen(prior: float, effort_h: float, seen_per_hour: float) -> float:
    """P(it is there | observers looked for so many hours and saw nothing), from the prior by Bayes' rule;
    while it is there, each hour sees it with the chance 1 - exp(-seen_per_hour)."""
    missed = prior * math.exp(-seen_per_hour * max(effort_h, 0.0))
    return missed / (missed + 1.0 - prior) if prior < 1.0 else 1.0
