"""How sure: one probability from many reports, and whether the finding is possible, probable or confirmed.

Report i says that something happened. It is what it claims with p_i, the product of its factors (report
true, inside, in time, by a bound party, ...). Reports of one incident by one group of sources count once,
by the strongest. A group of sources is sound with probability c, and only then are its reports independent
of one another; so the group g makes the finding

    P_g = c_g * (1 - prod over its incidents k of (1 - max p_i / c_g)),

and independent groups together P = 1 - prod over g of (1 - P_g). With one report a group this is the plain
noisy-or, 1 - prod(1 - p_i). A party's own claims are a group of their own, sound to `claim_weight` at most.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

import numpy as np

from truceline.assess.columns import Codes, Evidence, Floats, Rows, instant_of_us
from truceline.assess.incidents import Linked, Numbers
from truceline.assess.ruleset import Ruleset
from truceline.assess.sources import Sources

NEGLIGIBLE = 1e-6
"""Reports that are less probable than this to be what they claim are left out altogether."""

LEVELS = ("none", "possible", "probable", "confirmed")

Factor = Callable[[Rows], Floats]
"""What a report's probability is multiplied by, for each of some rows."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What reports together say. `rows` are those that weigh anything, the strongest first; the arrays
    `p` and `incident` are aligned with them. `factors` tell what their probabilities are made of, for the
    rows that are asked about. `sources` are the independent groups that support the finding on their own,
    `by_group` what each group makes of it."""

    probability: float = 0.0
    level: str = "none"
    rows: Rows = field(default_factory=lambda: np.empty(0, dtype=np.int64))
    p: Floats = field(default_factory=lambda: np.empty(0))
    factors: Mapping[str, Factor] = field(default_factory=dict)
    incident: Numbers = field(default_factory=lambda: np.empty(0, dtype=np.int64))
    incidents: int = 0
    expected: float = 0.0
    sources: tuple[str, ...] = ()
    by_group: Mapping[str, float] = field(default_factory=dict)
    since: datetime | None = None
    until: datetime | None = None

    @property
    def reports(self) -> int:
        """How many reports weigh anything."""
        return len(self.rows)


def find(
    evidence: Evidence,
    rows: Rows,
    p: Floats,
    factors: Mapping[str, Factor],
    links: Linked,
    sources: Sources,
    ruleset: Ruleset,
) -> Finding:
    """Combines reports as above: `p` is the product of the `factors` of each row.

    Reports that copy one another count once. `incident` of the finding has equal numbers for one incident.
    """
    kept = np.flatnonzero(p > NEGLIGIBLE)
    if len(kept) < len(rows):
        rows, p = rows[kept], p[kept]
    counted = links.counted(evidence, rows, p)
    if counted is not None:
        rows, p = rows[counted], p[counted]
    if not len(rows):
        return Finding()
    incident = links.incident[rows]
    voices = sources.voices(evidence)
    best, best_voice, incidents = _best_per_incident(
        p, voices.number[rows], incident, np.flatnonzero(links.shared[rows])
    )
    share = np.minimum(best / voices.soundness[best_voice], 1.0)
    order = _in_order(best_voice, len(voices.names))
    heads = np.flatnonzero(np.diff(best_voice[order], prepend=-1))
    of_group = best_voice[order][heads]
    with np.errstate(divide="ignore"):
        logs = np.log1p(-share[order])
    # Sorted before summing: the order in which evidence came must not show, not even in the last bits.
    sums = np.array([np.sum(np.sort(part)) for part in np.split(logs, heads[1:])])
    per_group = -voices.soundness[of_group] * np.expm1(sums)
    with np.errstate(divide="ignore"):
        total = float(-np.expm1(np.sum(np.log1p(-np.sort(per_group)))))
    by_group = {voices.names[g]: float(v) for g, v in zip(of_group.tolist(), per_group, strict=True)}
    supporting = tuple(sorted(name for name, value in by_group.items() if value >= ruleset.support))
    strongest = _strongest_first(evidence, rows, p)
    weighty = rows[p >= 0.5 * p.max()]
    return Finding(
        probability=min(max(total, 0.0), 1.0),
        level=level_of(total, len(supporting), ruleset),
        rows=rows[strongest],
        p=p[strongest],
        factors=factors,
        incident=incident[strongest],
        incidents=incidents,
        expected=float(np.sum(np.sort(best))),
        sources=supporting,
        by_group=dict(sorted(by_group.items())),
        since=instant_of_us(int(evidence.start_us[weighty].min())),
        until=instant_of_us(int(evidence.end_us[weighty].max())),
    )


def level_of(probability: float, independent: int, ruleset: Ruleset) -> str:
    """none, possible, probable or confirmed; confirmed needs enough independent sources as well."""
    if probability >= ruleset.confirmed and independent >= ruleset.independent_sources:
        return "confirmed"
    if probability >= ruleset.probable:
        return "probable"
    return "possible" if probability >= ruleset.possible else "none"


def _in_order(voice: Codes, voices: int) -> Rows:
    """The order of rows by their voices."""
    if voices <= np.iinfo(np.int16).max:
        voice = voice.astype(np.int16)  # sixteen bits are sorted in one pass
    return np.argsort(voice, kind="stable")


def _best_per_incident(p: Floats, voice: Codes, incident: Numbers, some: Rows) -> tuple[Floats, Codes, int]:
    """The strongest report of every voice on every incident, its voice, and how many incidents there are.

    `some` are the places of those that may share their incident.
    """
    numbers, place, count = np.unique(incident[some], return_inverse=True, return_counts=True)
    incidents = len(p) - len(some) + len(numbers)
    among = some[count[place] > 1]
    if not len(among):
        return p, voice, incidents
    g, k, q = voice[among], incident[among], p[among]
    order = np.lexsort((k, g))
    g, k = g[order], k[order]
    heads = np.flatnonzero((np.diff(g, prepend=-1) != 0) | (np.diff(k, prepend=-1) != 0))
    best = np.maximum.reduceat(q[order], heads)
    alone = np.ones(len(p), dtype=bool)
    alone[among] = False
    return np.concatenate([p[alone], best]), np.concatenate([voice[alone], g[heads]]), incidents


def _strongest_first(evidence: Evidence, rows: Rows, p: Floats, ranked: int = 1000) -> Rows:
    """The order of rows, strongest first and of equals by id; beyond `ranked`, which nobody is shown, any."""
    if len(rows) <= ranked:
        return _by_id(evidence, rows, p, np.arange(len(rows)))
    bar = np.partition(p, len(p) - ranked)[len(p) - ranked]
    head = np.flatnonzero(p > bar)
    ties = np.flatnonzero(p == bar)
    # Of very many equals, those of the least fingerprint: no order of rows shows in it.
    if len(ties) > ranked:
        ties = ties[np.argsort(evidence.fingerprints[rows[ties]], kind="stable")[:ranked]]
    first = _by_id(evidence, rows, p, np.concatenate([head, ties]))
    rest = np.ones(len(rows), dtype=bool)
    rest[first] = False
    return np.concatenate([first, np.flatnonzero(rest)])


def _by_id(evidence: Evidence, rows: Rows, p: Floats, order: Rows) -> Rows:
    ranked = sorted(zip((-p[order]).tolist(), evidence.ids(rows[order]), order.tolist(), strict=True))
    return np.array([place for _, _, place in ranked], dtype=np.int64)
