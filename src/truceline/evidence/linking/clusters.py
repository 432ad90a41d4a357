"""From links to incidents, without chains: each report of an incident could be of the same as each other."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components

Ints = NDArray[np.int64]


def components(rows: int, a: Ints, b: Ints) -> Ints:
    """Per row the number of its connected component, which is the least row in it."""
    if not len(a):
        return np.arange(rows, dtype=np.int64)
    graph = coo_matrix((np.ones(len(a), np.int8), (a, b)), shape=(rows, rows))
    _, label = connected_components(graph, directed=False)
    least = np.full(label.max() + 1, rows, np.int64)
    np.minimum.at(least, label, np.arange(rows))
    numbers: Ints = least[label]
    return numbers


def incidents(
    rows: int,
    a: Ints,
    b: Ints,
    score: NDArray[np.float64],
    linked: NDArray[np.bool_],
    said: NDArray[np.bool_],
) -> Ints:
    """Per row the number of its incident, which is the least row in it.

    The pairs (a, b) are all that could be of one incident; `linked` says which are to be joined, best score
    first (ties by row), and `said` which a report itself declares. Two groups are joined only where every
    pair across them could be of one incident. Rows must be numbered in an order that does not depend on how
    they came.
    """
    join = linked | said
    number = components(rows, a[join], b[join])
    size = np.bincount(number, minlength=rows)
    crowded = size[number] > 2
    if not crowded.any():
        return number
    number = np.where(crowded, np.arange(rows), number)
    inside = np.flatnonzero(crowded[a] & crowded[b])
    possible = {(x, y) for x, y in zip(a[inside].tolist(), b[inside].tolist(), strict=True)}
    possible |= {(y, x) for x, y in possible}
    order = inside[join[inside]]
    order = order[np.lexsort((b[order], a[order], -score[order], ~said[order]))]
    of: dict[int, list[int]] = {}
    for x, y, declared in zip(a[order].tolist(), b[order].tolist(), said[order].tolist(), strict=True):
        ours, theirs = of.setdefault(x, [x]), of.setdefault(y, [y])
        if ours is theirs:
            continue
        if declared or all((p, q) in possible for p in ours for q in theirs):
            if len(ours) < len(theirs):
                ours, theirs = theirs, ours
            ours.extend(theirs)
            for row in theirs:
                of[row] = ours
    for members in {id(members): members for members in of.values()}.values():
        number[members] = min(members)
    return number
