"""Observations as rows of the layer `observations`, batch by batch: memory does not grow with their
number."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from truceline.evidence.actors import ActorMatch
from truceline.evidence.history import current
from truceline.evidence.judgements import Judgements
from truceline.evidence.linking import Incidents
from truceline.evidence.permissions import Reader, shown_id, visible
from truceline.evidence.vocabulary import all_kinds, family_of
from truceline.products.export.fields import GEOMETRY
from truceline.products.export.layers import OBSERVATIONS
from truceline.products.export.shapes import POINT, SHAPES, Codes, geometry_of, shapes_of

BATCH_ROWS = 8_192
"""Rows that are worked on at once. Text is several times as long as columns, and is put together in steps:
with eight times as many GeoJSON holds 400 MiB more, and is no faster."""

_ASSUMED = '"error_m_assumed": "true"'
_HOUR_US = 3_600_000_000


@dataclass(frozen=True)
class ObservationRows:
    """The observations of an edition. `table` holds rows of OBSERVATION_SCHEMA that the reader may see,
    with all that they say; what the reader may see of each is decided batch by batch.

    `known_at` is how far the edition's knowledge reaches, `now` when it is made; `key` makes the ids of
    editions that must not give the recorded ones.
    """

    table: pa.Table
    reader: Reader
    now: datetime
    key: bytes
    known_at: datetime
    actors: Mapping[str, ActorMatch]
    judgements: Judgements
    incidents: Incidents | None
    standing_only: bool = False
    _links: dict[str, pa.Array] = field(default_factory=dict)

    @property
    def schema(self) -> pa.Schema:
        """The columns of the edition."""
        return OBSERVATIONS.schema_for(self.reader)

    @cached_property
    def renames(self) -> bool:
        """Whether the edition's ids are others than the recorded ones."""
        return bool(visible(self.table.slice(0, 0), (), self.reader, now=self.now, key=self.key).renamed)

    def shown(self, id: str) -> str:
        """The id under which the edition shows an observation."""
        return shown_id(id, self.key) if self.renames else id

    def batches(self, shapes: Sequence[str] = SHAPES) -> Iterator[pa.RecordBatch]:
        """The rows, of these shapes only, in the order recorded."""
        wanted = [SHAPES.index(name) for name in shapes]
        counting = self._counting()
        for start in range(0, self.table.num_rows, BATCH_ROWS):
            rows = self.table.slice(start, BATCH_ROWS)
            counts = counting[start : start + BATCH_ROWS]
            codes = shapes_of(rows, exact=self.reader.exact)
            kept = np.isin(codes, wanted)
            if self.standing_only:
                kept &= counts
            if not kept.all():
                rows, codes, counts = rows.filter(pa.array(kept)), codes[kept], counts[kept]
            if rows.num_rows:
                yield self._batch(rows.combine_chunks(), codes, counts)

    def number_by_shape(self) -> dict[str, int]:
        """How many rows there are of each shape."""
        counting = self._counting()
        found = np.zeros(len(SHAPES), dtype=np.int64)
        for start in range(0, self.table.num_rows, BATCH_ROWS):
            codes = shapes_of(self.table.slice(start, BATCH_ROWS), exact=self.reader.exact)
            if self.standing_only:
                codes = codes[counting[start : start + BATCH_ROWS]]
            found += np.bincount(codes, minlength=len(SHAPES))
        return dict(zip(SHAPES, found.tolist(), strict=True))

    def _counting(self) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
        """Per row whether it counts at the known-at."""
        if "counts" not in self._links:
            rows = self.table.num_rows
            numbers = pa.array(np.arange(rows, dtype=np.int64))
            numbered = self.table.select(["id", "supersedes", "retracted", "recorded_at"])
            standing = current(
                numbered.append_column("row", numbers), self.known_at, self.judgements.corrections
            )
            counting = np.zeros(rows, dtype=bool)
            counting[standing["row"].to_numpy()] = True
            self._links["counts"] = counting
        return np.asarray(self._links["counts"])

    def _batch(
        self, rows: pa.Table, codes: Codes, counts: np.ndarray[tuple[int], np.dtype[np.bool_]]
    ) -> pa.RecordBatch:
        seen = visible(rows, (), self.reader, now=self.now, key=self.key).observations
        ids = rows["id"]
        kinds = all_kinds()
        point = pa.array(codes == POINT)
        nowhere = pa.scalar(None, pa.float64())
        span = pc.subtract(seen["occurred_to"].cast(pa.int64()), seen["occurred_from"].cast(pa.int64()))
        columns: dict[str, pa.Array | pa.ChunkedArray] = {
            "family": _looked_up(seen["kind"], {kind: family_of(kind) for kind in kinds}),
            "time_span_h": pc.divide(span.cast(pa.float64()), float(_HOUR_US)),
            "shape": pa.array(SHAPES).take(pa.array(codes)),
            "lon": pc.if_else(point, seen["lon"], nowhere),
            "lat": pc.if_else(point, seen["lat"], nowhere),
            "error_m_assumed": pc.fill_null(pc.match_substring(seen["details"], _ASSUMED), False),
            "actor_parties": self._parties(seen["actors"]),
            "actor_confidence": self._confidence(seen["actors"]),
            "target_parties": self._parties(seen["targets"]),
            "url": seen["origin_url"],
            "counts": pa.array(counts),
            "superseded_by": self._related(ids, "superseded_by"),
            "corrections": self._lists(ids, self._corrections),
            "disputed_by": self._lists(ids, self._disputed),
            "incident": self._related(ids, "incident"),
            GEOMETRY: geometry_of(seen, codes),
        }
        arrays = []
        for wanted in self.schema:
            column = columns.get(wanted.name)
            if column is None:
                column = seen[wanted.name]
            if isinstance(column, pa.ChunkedArray):
                column = column.combine_chunks()
                if isinstance(column, pa.ChunkedArray):
                    column = pa.concat_arrays(column.chunks)
            arrays.append(column.cast(wanted.type))
        return pa.RecordBatch.from_arrays(arrays, schema=self.schema)

    def _parties(self, names: pa.ChunkedArray) -> pa.Array:
        """Per row the parties that its names mean, each once where they are few names."""
        return self._of_names(names, {name: match.party for name, match in self.actors.items()})

    def _confidence(self, names: pa.ChunkedArray) -> pa.Array:
        """Per row the least confidence among its names that mean a party."""
        flat, offsets = _flattened(names)
        found = {name: match.confidence for name, match in self.actors.items() if match.party is not None}
        values = _looked_up(flat, found).cast(pa.float64())
        numbers = np.append(pc.fill_null(values, np.inf).to_numpy(zero_copy_only=False), np.inf)
        least = np.minimum.reduceat(numbers, np.minimum(offsets[:-1], len(numbers) - 1))
        least[offsets[:-1] == offsets[1:]] = np.inf
        return pa.array(least, pa.float64(), mask=~np.isfinite(least))

    def _of_names(self, names: pa.ChunkedArray, parties: Mapping[str, str | None]) -> pa.Array:
        flat, offsets = _flattened(names)
        found = _looked_up(flat, parties)
        known = pc.is_valid(found).to_numpy(zero_copy_only=False)
        starts = np.concatenate([[0], np.cumsum(known)])[offsets].astype(np.int32)
        return pa.ListArray.from_arrays(pa.array(starts), pc.drop_null(found))

    @property
    def _corrections(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for one in self.judgements.corrections:
            if one.subject == "observation" and one.recorded_at <= self.known_at:
                found.setdefault(one.target, []).append(one.id)
        return found

    @property
    def _disputed(self) -> dict[str, list[str]]:
        known = self.judgements.known(self.known_at)
        return {
            target: sorted({str(one.correction.party) for one in dispute.formal})
            for target, dispute in known.disputes.items()
            if dispute.formal
        }

    def _lists(self, ids: pa.ChunkedArray, of: Mapping[str, list[str]]) -> pa.Array:
        if not of:
            return pa.array([[]] * 1, pa.list_(pa.string())).take(pa.array(np.zeros(len(ids), dtype=np.int8)))
        values = pa.array([[], *of.values()], pa.list_(pa.string()))
        at = pc.index_in(ids, value_set=pa.array(list(of), pa.string()))
        return values.take(pc.fill_null(pc.add(at.combine_chunks(), 1), 0))

    def _related(self, ids: pa.ChunkedArray, what: str) -> pa.Array:
        """Per row the id of what replaced it, or of its incident, as the edition shows it."""
        if what not in self._links:
            self._links[what] = self._replacements() if what == "superseded_by" else self._incidents()
        keys, values = self._links[what]
        at = pc.index_in(ids, value_set=keys)
        return values.take(at.combine_chunks() if isinstance(at, pa.ChunkedArray) else at)

    def _replacements(self) -> tuple[pa.Array, pa.Array]:
        found: dict[str, str] = {}
        some = self.table.select(["id", "supersedes"]).filter(pc.is_valid(self.table["supersedes"]))
        for row in some.to_pylist():
            found[row["supersedes"]] = row["id"]
        for one in self.judgements.corrections:
            if one.act == "supersede" and one.replacement and one.recorded_at <= self.known_at:
                found[one.target] = one.replacement
        return pa.array(list(found), pa.string()), pa.array(
            [self.shown(id) for id in found.values()], pa.string()
        )

    def _incidents(self) -> tuple[pa.Array, pa.Array]:
        if self.incidents is None:
            return pa.array([], pa.string()), pa.array([], pa.string())
        ids = self.incidents.ids
        if self.renames:
            ids = pa.array([f"inc-{self.shown(str(id).removeprefix('inc-'))}" for id in ids.to_pylist()])
        observations = self.incidents.observations
        keys = observations.combine_chunks() if isinstance(observations, pa.ChunkedArray) else observations
        return keys, ids


def _looked_up(values: pa.ChunkedArray | pa.Array, table: Mapping[str, object]) -> pa.Array:
    """Each value's entry in a table, null where it has none."""
    encoded = pc.dictionary_encode(values)
    if isinstance(encoded, pa.ChunkedArray):
        encoded = encoded.combine_chunks()
    if isinstance(encoded, pa.ChunkedArray):
        encoded = pa.concat_arrays(encoded.chunks) if encoded.num_chunks else pa.array([], encoded.type)
    found = [table.get(value) for value in encoded.dictionary.to_pylist()]
    kind = pa.float64() if any(isinstance(one, float) for one in found) else pa.string()
    return pa.array(found, kind).take(encoded.indices)


def _flattened(names: pa.ChunkedArray) -> tuple[pa.Array, np.ndarray[tuple[int], np.dtype[np.int64]]]:
    """The names of all rows in a row, and where each row's begin."""
    lists = names.combine_chunks()
    if isinstance(lists, pa.ChunkedArray):
        lists = pa.concat_arrays(lists.chunks)
    lengths = pc.fill_null(pc.list_value_length(lists), 0).to_numpy(zero_copy_only=False)
    return lists.flatten(), np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64)
