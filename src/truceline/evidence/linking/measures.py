"""How well two reports agree, pair by pair."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray
from rapidfuzz import fuzz, process

from truceline.evidence.linking import agreement as names
from truceline.evidence.linking.candidates import Floats, Ints, apart_m, near_in_place_and_time, on_sphere
from truceline.evidence.linking.result import LINK_SCHEMA
from truceline.evidence.linking.rules import LINKED_FAMILIES, MEANS, MUTUAL, LinkRules
from truceline.evidence.vocabulary import families

Bools = NDArray[np.bool_]

HOUR_US = 3_600_000_000


class Columns:
    """The columns that linking reads, as arrays."""

    def __init__(self, observations: pa.Table) -> None:
        self.observations = observations
        self.lon, self.lat, self.error_m, self.count, self.fatalities = (
            _floats(observations[name]) for name in ("lon", "lat", "error_m", "count", "fatalities")
        )
        self.start, self.end = (
            observations[name].cast(pa.int64()).to_numpy() for name in ("occurred_from", "occurred_to")
        )
        self.end = np.maximum(self.end, self.start + 1)
        self.kind, self.kinds = _codes(observations["kind"])
        self.source, self.sources = _codes(observations["source"])
        self.weapon, _ = _codes(observations["weapon_class"])
        self.serial, _ = _codes(observations["serial"])
        family = {kind: number for number, name in enumerate(LINKED_FAMILIES) for kind in families()[name]}
        self.family = np.array([family.get(kind, -1) for kind in self.kinds] + [-1])[self.kind]
        self.mutual = np.array([kind in MUTUAL for kind in self.kinds] + [False])[self.kind]
        self.means = np.array([MEANS.get(kind, 0) for kind in self.kinds] + [0])[self.kind]


def _floats(column: pa.ChunkedArray) -> Floats:
    return np.asarray(column.cast(pa.float64()).to_numpy(), np.float64)


def _codes(column: pa.ChunkedArray) -> tuple[Ints, list[str]]:
    """Codes into the distinct values; -1 for null."""
    coded = column.combine_chunks().dictionary_encode()
    return pc.fill_null(coded.indices, -1).to_numpy().astype(np.int64), coded.dictionary.to_pylist()


def possible_pairs(table: Columns, rules: LinkRules) -> tuple[Ints, Ints]:
    """Pairs that nothing excludes but, perhaps, their names."""
    single = (
        (table.family >= 0)
        & np.isfinite(table.lon)
        & np.isfinite(table.lat)
        & (table.error_m <= rules.max_error_m)
        & (table.end - table.start <= rules.max_hours * HOUR_US)
        & ~(table.count > rules.max_count)
    )
    found = []
    for family in range(len(LINKED_FAMILIES)):
        some = np.flatnonzero(single & (table.family == family))
        points = on_sphere(table.lon[some], table.lat[some])
        i, j = near_in_place_and_time(
            points,
            table.error_m[some],
            table.start[some],
            table.end[some],
            table.source[some],
            widest_m=rules.max_error_m,
            longest_us=int(rules.max_hours * HOUR_US),
            crowd=rules.crowd,
        )
        found.append((some[i], some[j]))
    a, b = (np.concatenate(ends) for ends in zip(*found, strict=True))
    can = (table.kind[a] == table.kind[b]) | (table.means[a] & table.means[b] != 0)
    for code in (table.weapon, table.serial):
        can &= (code[a] == code[b]) | (code[a] < 0) | (code[b] < 0)
    return a[can], b[can]


class Measured:
    """How well each pair agrees, row numbers in the order of ids."""

    def __init__(
        self, table: Columns, a: Ints, b: Ints, used: Ints, parties: names.Parties, rules: LinkRules
    ) -> None:
        who, meaning = names.who_did_what(table.observations.take(pa.array(used)))
        actors = names.agreement(who[a], who[b], meaning, parties)
        mutual = table.mutual[used[a]] | table.mutual[used[b]]
        possible = (actors > names.EXCLUDED) & ((actors != names.SWAPPED) | mutual)
        self.a, self.b, self.actors = a[possible], b[possible], actors[possible]
        i, j = used[self.a], used[self.b]
        points = on_sphere(table.lon[used], table.lat[used])
        self.distance_m = apart_m(points[self.a], points[self.b])
        self.within_m = np.hypot(table.error_m[i], table.error_m[j])
        shared = np.minimum(table.end[i], table.end[j]) - np.maximum(table.start[i], table.start[j])
        longer = np.maximum(table.end[i] - table.start[i], table.end[j] - table.start[j])
        self.overlap_h = shared / HOUR_US
        self.same_kind = table.kind[i] == table.kind[j]
        deaths = (table.fatalities[i] == table.fatalities[j]) & (table.fatalities[i] > 0)
        near = 1.0 - 0.5 * self.distance_m / np.maximum(self.within_m, 1.0)
        exact = 1.0 / (1.0 + (self.within_m / rules.place_half_m) ** 2)
        # In the order of `WEIGHTS`: what each comparison adds, the text last.
        added = [
            rules.place * near * exact,
            rules.time * shared / longer,
            rules.actors * self.actors,
            rules.kind * np.where(self.same_kind, 1.0, 0.5),
            rules.fatalities * deaths,
        ]
        score = added[0] + added[1] + added[2] + added[3] + added[4]
        self.text, self.copied = self._texts(table, i, j, score + rules.text >= rules.threshold, rules)
        # Sources choose their own words: alike texts speak for a link, others not against it.
        added.append(rules.text * np.clip(2.0 * np.nan_to_num(self.text) - 1.0, 0.0, 1.0))
        score += added[5]
        self.score = np.round(np.minimum(score, 1.0), 6)
        self.added, self.needed = [np.round(weight, 6) for weight in added], rules.threshold

    def _texts(
        self, table: Columns, i: Ints, j: Ints, wanted: Bools, rules: LinkRules
    ) -> tuple[Floats, Bools]:
        """Similarity of texts, 0 to 1 (NaN where not needed or one has none), and which are copies."""
        alike, copied = np.full(len(i), np.nan), np.zeros(len(i), bool)
        report = table.observations["report"]
        has = pc.greater(pc.fill_null(pc.binary_length(report), 0), 0).to_numpy()
        pairs = np.flatnonzero(wanted & has[i] & has[j])
        if len(pairs):
            x, y = (report.take(pa.array(rows[pairs])).to_pylist() for rows in (i, j))
            similar = process.cpdist(x, y, scorer=fuzz.token_sort_ratio, dtype=np.float32, workers=1) / 100.0
            alike[pairs] = np.round(similar.astype(np.float64), 6)
            length = np.array([min(len(p), len(q)) for p, q in zip(x, y, strict=True)])
            copied[pairs] = (alike[pairs] >= rules.copied) & (length >= rules.copied_length)
        return alike, copied

    def links(self, ids: pa.Array, a: Ints, b: Ints, score: Floats, said: Bools, kept: Ints) -> pa.Table:
        """The pairs that made incidents, with what they were judged by, in the order of their ids."""
        kept = kept[np.lexsort((b[kept], a[kept]))]
        measured = kept < len(self.a)
        at = np.where(measured, kept, 0)

        def column(values: Floats) -> pa.Array:
            if not len(values):
                return pa.nulls(len(kept), pa.float64())
            return pa.array(values[at], pa.float64(), mask=~measured | np.isnan(values[at]))

        flags = [
            np.where(measured, values[at] if len(values) else False, False)
            for values in (self.same_kind, self.copied)
        ]
        return pa.Table.from_arrays(
            [
                ids.take(pa.array(a[kept])),
                ids.take(pa.array(b[kept])),
                pa.array(score[kept]),
                column(self.distance_m),
                column(self.within_m),
                column(self.overlap_h),
                column(self.actors),
                pa.array(flags[0]),
                column(self.text),
                pa.array(said[kept]),
                pa.array(flags[1]),
                *(column(weight) for weight in self.added),
                pa.array(np.full(len(kept), self.needed)),
            ],
            schema=LINK_SCHEMA,
        )
