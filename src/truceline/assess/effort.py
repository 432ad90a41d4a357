"""Did anybody look: hours of observation in an area and time, and access that was refused or delayed.

"None seen" by somebody who was there is evidence; that nobody looked is none.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from truceline.assess.alike import first_alike
from truceline.assess.columns import Evidence, Floats, Rows
from truceline.assess.places import Places, Region
from truceline.assess.sources import Sources
from truceline.assess.times import Window

_NO_ROWS = np.empty(0, dtype=np.int64)


@dataclass(frozen=True, slots=True)
class Effort:
    """Hours of observation expected to lie in the area and time, by whom, and refusals of access.

    `rows` are the reports of effort that count, `refused` those of refused or delayed access.
    """

    hours: float = 0.0
    sources: tuple[str, ...] = ()
    rows: Rows = field(default_factory=lambda: _NO_ROWS)
    refused: Rows = field(default_factory=lambda: _NO_ROWS)


def effort_in(
    evidence: Evidence, places: Places, sources: Sources, region: Region | None, window: Window
) -> Effort:
    """The effort within a region (None: anywhere) and a window.

    Each report of hours counts by its probability of being true, in the region and in the window.
    """
    rows = evidence.rows_by_id(["observation_effort"])
    share = _share(evidence, places, region, window, rows)
    hours = np.nan_to_num(evidence.numbers("effort_h")[rows], nan=0.0)
    weighed = np.maximum(hours, 0.0) * share * sources.p_true(evidence, rows)
    kept = weighed > 1e-6
    rows, weighed = _distinct(evidence, rows[kept], weighed[kept], sources)
    names: tuple[str, ...] = ()
    if len(rows):
        group, all_names = sources.groups_at(evidence, rows)
        names = tuple(all_names[g] for g in np.unique(group))
    refused = evidence.rows_by_id(["access_refused", "access_delayed"])
    return Effort(
        hours=float(np.sum(np.sort(weighed))),
        sources=names,
        rows=rows,
        refused=refused[_share(evidence, places, region, window, refused) >= 0.5],
    )


def _distinct(evidence: Evidence, rows: Rows, weighed: Floats, sources: Sources) -> tuple[Rows, Floats]:
    """The same hours reported twice by one group of sources count once."""
    if not len(rows):
        return rows, weighed
    group, _ = sources.groups_at(evidence, rows)
    key = evidence.fingerprints[rows] ^ (group.astype(np.uint64) << np.uint64(48))
    first = first_alike(key)
    again = np.flatnonzero(first != np.arange(len(rows)))
    if not len(again):
        return rows, weighed
    some = np.union1d(again, first[again])
    order = some[np.lexsort((-weighed[some], key[some]))]
    kept = np.ones(len(rows), dtype=bool)
    kept[order[1:][key[order][1:] == key[order][:-1]]] = False
    return rows[kept], weighed[kept]


def _share(evidence: Evidence, places: Places, region: Region | None, window: Window, rows: Rows) -> Floats:
    share = window.share(evidence, rows)
    if region is not None:
        some = share > 0
        inside = np.zeros(len(rows))
        inside[some] = places.p_in(region, evidence, rows[some])
        share = share * inside
    return share
