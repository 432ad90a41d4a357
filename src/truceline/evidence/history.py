"""What counts of a record that only grows: what was known by an instant, and what still stands of it.

Nothing recorded is edited. A revision by a source is a later row whose `supersedes` names the row that it
replaces, and a source's retraction replaces it with nothing. What we judged about rows ourselves are
corrections (`truceline.evidence.corrections`). These functions are pure; the store keeps every row.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from truceline.evidence.corrections import Correction, effect_on


def known_by(observations: pa.Table, known_at: datetime | None) -> pa.Table:
    """The rows recorded at or before `known_at` (aware; None means all that is held), in the same order."""
    if known_at is None or observations.num_rows == 0:
        return observations
    # A store gives rows in the order of recording, so that they are a prefix; hand-made tables may not be.
    recorded = observations["recorded_at"].cast(pa.int64()).to_numpy()
    limit = pa.scalar(known_at, type=pa.timestamp("us", tz="UTC")).value
    if recorded[-1] <= limit and recorded.max() <= limit:
        return observations
    kept = recorded <= limit
    first_out = int(np.argmin(kept))
    if not kept[first_out:].any():
        return observations.slice(0, first_out)
    return observations.filter(pa.array(kept))


def current(
    observations: pa.Table, known_at: datetime | None = None, corrections: Iterable[Correction] = ()
) -> pa.Table:
    """The observations that stand: known by `known_at`, not superseded by what was known then, not retracted.

    Of `corrections` those count that were recorded by `known_at`; their order does not matter.

    A row that was superseded keeps superseding what it named: a chain of corrections leaves its last one. Of
    rows that name one another in a circle the one recorded last stands (by id where they tie), so that no
    circle makes evidence disappear.
    """
    known = known_by(observations, known_at)
    effect = effect_on(known, corrections, known_at)
    pointing = pc.is_valid(known["supersedes"])
    if not (effect.touched or pc.any(pointing).as_py() or pc.any(known["retracted"]).as_py()):
        return known
    ids = known["id"]
    targets = known["supersedes"].filter(pointing).combine_chunks()
    out = pc.is_in(ids, value_set=targets)
    survivors = _last_of_circles(known.filter(pointing).select(["id", "supersedes", "recorded_at"]))
    if survivors:
        out = pc.and_not(out, pc.is_in(ids, value_set=pa.array(survivors, pa.string())))
    out = pc.or_(out, known["retracted"])
    if effect.touched:
        out = pc.if_else(_among(ids, effect.touched), pc.invert(_among(ids, effect.standing)), out)
    return _without(known, out)


FEW = 64


def _without(rows: pa.Table, out: pa.ChunkedArray | pa.Array) -> pa.Table:
    """The rows that are not out. Where few are, what lies between them is not copied: of a million rows one
    may be retracted, and the rest is a mapped file."""
    places = np.flatnonzero(pc.fill_null(out, True).to_numpy(zero_copy_only=False))
    if len(places) > FEW:
        return rows.filter(pc.invert(out))
    starts = [0, *(int(place) + 1 for place in places)]
    ends = [*(int(place) for place in places), rows.num_rows]
    pieces = [rows.slice(start, end - start) for start, end in zip(starts, ends, strict=True) if end > start]
    return pa.concat_tables(pieces) if pieces else rows.slice(0, 0)


def marked(
    observations: pa.Table, known_at: datetime | None = None, corrections: Iterable[Correction] = ()
) -> pa.Table:
    """All rows known by `known_at` as a reader should see them: `retracted` also where a correction took the
    row out, and `supersedes` empty where a correction undid it. For showing, not for judging."""
    known = known_by(observations, known_at)
    effect = effect_on(known, corrections, known_at)
    if not effect.touched:
        return known
    out = _among(known["id"], effect.retracted)
    again = _among(known["supersedes"], effect.standing)  # what it names counts: it replaces that no more
    known = _with(known, "retracted", pc.or_(known["retracted"], pc.or_(out, again)))
    emptied = pc.if_else(again, pa.scalar(None, pa.string()), known["supersedes"])
    return _with(known, "supersedes", emptied)


def _with(table: pa.Table, name: str, column: pa.ChunkedArray) -> pa.Table:
    index = table.schema.get_field_index(name)
    return table.set_column(index, table.schema.field(index), column)


def _among(ids: pa.ChunkedArray, some: frozenset[str]) -> pa.ChunkedArray:
    return pc.is_in(ids, value_set=pa.array(sorted(some), pa.string()))


def _last_of_circles(rows: pa.Table) -> list[str]:
    """The last recorded id of each circle of rows that supersede one another."""
    ids = rows["id"].combine_chunks()
    # Each row points at one other: the row's number, or the end (n) where it leaves the set.
    found = pc.index_in(rows["supersedes"], value_set=ids)
    end = len(ids)
    step = np.append(pc.fill_null(found, end).to_numpy().astype(np.int64), end)
    hops = 1
    while hops <= end and (step[:-1] != end).any():  # doubling: who has not left after n hops never does
        step = step[step]
        hops *= 2
    if (step == end).all():
        return []
    circle = set(step[:-1][step[:-1] != end].tolist())  # after n hops, every row left stands in its circle
    follow = dict(zip(ids.to_pylist(), rows["supersedes"].to_pylist(), strict=True))
    recorded = dict(zip(ids.to_pylist(), rows["recorded_at"].to_pylist(), strict=True))
    survivors = []
    left = {ids[i].as_py() for i in circle}
    while left:
        members = [left.pop()]
        while (following := follow[members[-1]]) != members[0]:
            left.discard(following)
            members.append(following)
        survivors.append(max(members, key=lambda id: (recorded[id], id)))
    return sorted(survivors)
