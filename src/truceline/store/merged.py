"""The merged view: what stands of observations that several offices recorded (`truceline.evidence.versions`).

Rows are recorded once and never changed; which one supersedes which can change with what other offices turn
out to have recorded earlier. So where other offices are known, `supersedes` is worked out anew when rows are
read, as of what was known.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
from sqlalchemy import Connection, select

from truceline.evidence.corrections import STANDING_ACTS, judged_rows, with_first_recorded
from truceline.evidence.identity import revision_id
from truceline.evidence.table import OBSERVATION_SCHEMA
from truceline.evidence.versions import Recording, Version, replaced_by_each
from truceline.store import schema
from truceline.store.log import origin_of
from truceline.store.offices import Arrivals, imported_entries, offices_in

_LOOKUP = 5_000


def as_merged(connection: Connection, known: pa.Table, known_at: datetime | None) -> pa.Table:
    """The observations known by an instant, with `supersedes` as all offices' logs together say.

    `known` are the rows recorded by `known_at`, from the first on, in the order recorded.
    """
    arrivals = Arrivals.of(connection, "observation", known_at)
    if not arrivals and not offices_in(connection):
        return known
    found = _Found(connection, known, arrivals)
    versions = found.versions()
    merged = _with_versions(known, found, versions) if versions else known
    return with_first_recorded(merged, found.first_recordings(merged))


def _with_versions(known: pa.Table, found: _Found, versions: dict[int, Version]) -> pa.Table:
    replaces = replaced_by_each(versions.values(), found.meanings(versions.values()))
    rows = sorted(versions)
    mask = np.zeros(known.num_rows, dtype=bool)
    mask[rows] = True
    changed = pc.replace_with_mask(
        known["supersedes"].combine_chunks(),
        pa.array(mask),
        pa.array([replaces[versions[row].id] for row in rows], pa.string()),
    )
    field = OBSERVATION_SCHEMA.field("supersedes")
    return known.set_column(known.schema.get_field_index("supersedes"), field, changed)


class _Found:
    """What is known of the rows that supersede something, or of which other offices have other versions."""

    def __init__(self, connection: Connection, known: pa.Table, arrivals: Arrivals) -> None:
        self._connection = connection
        self._known = known
        self._arrivals = arrivals
        self._ours = origin_of(connection)
        self._imported = imported_entries(connection)
        self._entry: dict[int, int] = {}
        self._revises: dict[int, str | None] = {}

    def versions(self) -> dict[int, Version]:
        """All versions of every such row, by their place in the table."""
        known, arrivals = self._known, self._arrivals
        special = {row - 1 for _, row in (*arrivals.named, *arrivals.their_ids) if row <= known.num_rows}
        pointing = np.flatnonzero(pc.is_valid(known["supersedes"]).to_numpy())
        chosen = np.union1d(pointing, np.array(sorted(special), dtype=np.int64))
        if not len(chosen):
            return {}
        self._look_up(chosen)
        firsts = pa.array(sorted({id for id in self._revises.values() if id is not None}), pa.string())
        chosen = np.union1d(chosen, self._places(firsts))
        self._look_up(chosen)
        columns = known.select(["id", "digest", "supersedes", "recorded_at"]).take(pa.array(chosen))
        instants = columns["recorded_at"].cast(pa.int64()).to_pylist()
        values = zip(*(columns[name].to_pylist() for name in ("id", "digest", "supersedes")), strict=True)
        found = {}
        for row, (id, digest, name), instant in zip(chosen.tolist(), values, instants, strict=True):
            recordings = arrivals.of_row(row + 1)
            here = (one.log for one in recordings if (one.log, row + 1) in arrivals.named)
            named = {log: arrivals.named[log, row + 1] for log in here}
            lineage = self._revises[row]
            if self._is_ours(row):
                recordings.append(Recording(instant, self._ours, row + 1))
                if lineage is None and name is not None:
                    named[self._ours] = name
            first = lineage or id
            found[row] = Version(id, first, revision_id(first, digest), recordings, named)
        return found

    def meanings(self, versions: Iterable[Version]) -> Callable[[str, str], str | None]:
        """What a name means in a log: the id here of the row that it recorded under that name, or None."""
        arrivals, known = self._arrivals, self._known
        names = pa.array(sorted({name for one in versions for name in one.named.values()}), pa.string())
        rows = dict(zip(names.to_pylist(), self._places(names, missing=-1).tolist(), strict=True))
        self._look_up(np.array([row for row in rows.values() if row >= 0], dtype=np.int64))
        there = {
            (log, id): known["id"][row - 1].as_py()
            for (log, row), id in arrivals.their_ids.items()
            if row <= known.num_rows
        }

        def meaning(log: str, name: str) -> str | None:
            if (log, name) in there:
                return str(there[log, name])
            row = rows[name]
            if row < 0:
                return None
            if log == self._ours:
                return name if self._is_ours(row) else None
            recorded = any(one.log == log for one in arrivals.of_row(row + 1))
            return name if recorded and (log, row + 1) not in arrivals.their_ids else None

        return meaning

    def first_recordings(self, merged: pa.Table) -> dict[str, Recording]:
        """The first recordings anywhere of the rows that were judged, and of those that replace one another
        with them."""
        table = schema.correction.c
        judged = select(table.target, table.replacement).where(
            table.subject == "observation", table.act.in_(STANDING_ACTS)
        )
        targets = {id for pair in self._connection.execute(judged) for id in pair if id}
        if not targets:
            return {}
        ids = judged_rows(merged, targets)
        places = self._places(pa.array(ids, pa.string()))
        self._look_up(places)
        first = {}
        for id, row in zip(ids, places.tolist(), strict=True):
            recordings = self._arrivals.of_row(row + 1)
            if self._is_ours(row):
                instant = self._known["recorded_at"][row].cast(pa.int64()).as_py()
                recordings.append(Recording(instant, self._ours, row + 1))
            first[id] = min(recordings)
        return first

    def _is_ours(self, row: int) -> bool:
        return self._entry[row] not in self._imported

    def _places(self, ids: pa.Array, missing: int | None = None) -> npt.NDArray[np.int64]:
        """The places of rows with these ids; of none (or `missing`) where there is no such row."""
        found = pc.index_in(ids, value_set=self._known["id"].combine_chunks())
        found = found.drop_null() if missing is None else found.fill_null(missing)
        return np.asarray(found.to_numpy(zero_copy_only=False), dtype=np.int64)

    def _look_up(self, rows: npt.NDArray[np.int64]) -> None:
        table = schema.observation.c
        wanted = [int(row) + 1 for row in rows if int(row) not in self._entry]
        for start in range(0, len(wanted), _LOOKUP):
            some = select(table.seq, table.entry, table.revises).where(
                table.seq.in_(wanted[start : start + _LOOKUP])
            )
            for seq, entry, revises in self._connection.execute(some):
                self._entry[seq - 1], self._revises[seq - 1] = entry, revises
