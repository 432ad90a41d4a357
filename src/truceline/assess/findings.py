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

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

import numpy as np
import numpy.typing as npt

from truceline.assess.columns import Evidence, Floats, Rows, instant_of_us
from truceline.assess.incidents import Linked
from truceline.assess.ruleset import Ruleset
from truceline.assess.sources import Sources

NEGLIGIBLE = 1e-6
"""Reports that are less probable than this to be what they claim are left out altogether."""

LEVELS = ("none", "possible", "probable", "confirmed")

Incidents = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Finding:
    """What reports together say. `rows` are those that weigh anything, the strongest first; the arrays
    `p`, `factors` and `incident` are aligned with them. `sources` are the independent groups that support
    the finding on their own, `by_group` what each group makes of it."""

    probability: float = 0.0
    level: str = "none"
    rows: Rows = field(default_factory=lambda: np.empty(0, dtype=np.int64))
    p: Floats = field(default_factory=lambda: np.empty(0))
    factors: Mapping[str, Floats] = field(default_factory=dict)
    incident: Incidents = field(default_factory=lambda: np.empty(0, dtype=np.int64))
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
    factors: Mapping[str, Floats],
    links: Linked,
    sources: Sources,
    ruleset: Ruleset,
) -> Finding:
    """Combines reports as above. `factors` (one must be ``report``, P(report true)) are aligned with `rows`.

    Reports that copy one another count once. `incident` of the finding has equal numbers for one incident.
    """
    if not len(rows):
        return Finding()
    p = np.prod(np.stack(list(factors.values())), axis=0)
    kept = np.flatnonzero(p > NEGLIGIBLE)
    kept = kept[links.counted(evidence, rows[kept], p[kept])]
    if not len(kept):
        return Finding()
    rows, p = rows[kept], p[kept]
    incident = links.incident[rows]
    group, names, soundness = voices(evidence, rows, sources, ruleset)
    best, best_group = _best_per_incident(p, group, incident)
    share = np.minimum(best / soundness[best_group], 1.0)
    order = np.argsort(best_group.astype(np.int16), kind="stable")  # sixteen bits are sorted in one pass
    heads = np.flatnonzero(np.diff(best_group[order], prepend=-1))
    of_group = best_group[order][heads]
    with np.errstate(divide="ignore"):
        logs = np.log1p(-share[order])
    # Sorted before summing: the order in which evidence came must not show, not even in the last bits.
    sums = np.array([np.sum(np.sort(part)) for part in np.split(logs, heads[1:])])
    per_group = -soundness[of_group] * np.expm1(sums)
    with np.errstate(divide="ignore"):
        total = float(-np.expm1(np.sum(np.log1p(-np.sort(per_group)))))
    by_group = {names[g]: float(value) for g, value in zip(of_group.tolist(), per_group, strict=True)}
    supporting = tuple(sorted(name for name, value in by_group.items() if value >= ruleset.support))
    strongest = _strongest_first(evidence, rows, p)
    weighty = p >= 0.5 * p.max()
    return Finding(
        probability=min(max(total, 0.0), 1.0),
        level=level_of(total, len(supporting), ruleset),
        rows=rows[strongest],
        p=p[strongest],
        factors={name: values[kept][strongest] for name, values in factors.items()},
        incident=incident[strongest],
        incidents=int(np.count_nonzero(np.bincount(incident))),
        expected=float(np.sum(np.sort(best))),
        sources=supporting,
        by_group=dict(sorted(by_group.items())),
        since=instant_of_us(int(evidence.start_us[rows][weighty].min())),
        until=instant_of_us(int(evidence.end_us[rows][weighty].max())),
    )


def level_of(probability: float, independent: int, ruleset: Ruleset) -> str:
    """none, possible, probable or confirmed; confirmed needs enough independent sources as well."""
    if probability >= ruleset.confirmed and independent >= ruleset.independent_sources:
        return "confirmed"
    if probability >= ruleset.probable:
        return "probable"
    return "possible" if probability >= ruleset.possible else "none"


def voices(
    evidence: Evidence, rows: Rows, sources: Sources, ruleset: Ruleset
) -> tuple[npt.NDArray[np.int64], list[str], Floats]:
    """Per row its group's number, the groups' names, and the soundness of each; claims are set apart."""
    group, names = sources.groups_at(evidence, rows)
    claims = evidence.is_claim[rows]
    sound = np.array([sources.soundness(name) for name in names])
    all_names = [*names, *(f"{name} (claims)" for name in names)]
    return (
        group.astype(np.int64) + np.where(claims, len(names), 0),
        all_names,
        np.concatenate([sound, sound * ruleset.claim_weight]),
    )


def _best_per_incident(
    p: Floats, group: npt.NDArray[np.int64], incident: Incidents
) -> tuple[Floats, npt.NDArray[np.int64]]:
    """The strongest report of every group on every incident, and its group."""
    shared = np.bincount(incident)[incident] > 1
    if not shared.any():
        return p, group
    g, k, q = group[shared], incident[shared], p[shared]
    order = np.lexsort((k, g))
    g, k = g[order], k[order]
    heads = np.flatnonzero((np.diff(g, prepend=-1) != 0) | (np.diff(k, prepend=-1) != 0))
    best = np.maximum.reduceat(q[order], heads)
    return np.concatenate([p[~shared], best]), np.concatenate([group[~shared], g[heads]])


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
    ids = evidence.ids(rows[order])
    ranked = sorted(range(len(order)), key=lambda i: (-p[order[i]], ids[i]))
    return order[np.array(ranked, dtype=np.int64)]
