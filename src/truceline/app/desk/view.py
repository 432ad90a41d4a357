"""The evidence as one reader may see it, laid out for filters: newest first, columns as plain arrays.

Everything works on what is shown: where places are cells, a filter by place asks whether it meets the cell.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any

import numba
import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import shapely
from shapely.geometry.base import BaseGeometry

from truceline.evidence.vocabulary import family_of
from truceline.geo.mercator import mercator
from truceline.store.schema import instant_of, micros_of

Bools = npt.NDArray[np.bool_]
Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

NO_BOX = (-np.inf, -np.inf, np.inf, np.inf)
_LONGEST = 2**62


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked for. `box` is west, south, east, north in degrees; instants are aware.

    `known_at`: only what was recorded by then. `standing`: only what counts, neither superseded nor
    retracted by what was recorded by then. `words` are looked for in what the
    reader may see of place, report and names. `where` is one truth value a row, of a filter that was made of
    this view.
    """

    box: tuple[float, float, float, float] | None = None
    start: datetime | None = None
    end: datetime | None = None
    recorded_after: datetime | None = None
    kinds: tuple[str, ...] = ()
    actor: str | None = None
    source: str | None = None
    zone: str | None = None
    words: str | None = None
    synthetic: bool | None = None
    claim: bool | None = None
    standing: bool = True
    known_at: datetime | None = None
    where: Bools | None = field(default=None, compare=False)


@numba.njit(cache=True, nogil=True)
def _matching(
    west: Floats, south: Floats, east: Floats, north: Floats, start_us: Ints, end_us: Ints, kind: Ints,
    box: Floats, from_us: int, to_us: int, wanted_kinds: Bools, any_place: bool, more: Bools, first: int,
    limit: int,
) -> tuple[Ints, int]:  # fmt: skip
    """The first `limit` rows from `first` on that match, and how many match in all."""
    found = np.empty(limit, np.int64)
    kept, total = 0, 0
    for row in range(len(kind)):
        if start_us[row] >= to_us or end_us[row] <= from_us or not wanted_kinds[kind[row]]:
            continue
        if not any_place and not (
            west[row] <= box[2] and east[row] >= box[0] and south[row] <= box[3] and north[row] >= box[1]
        ):
            continue
        if len(more) and not more[row]:
            continue
        total += 1
        if row >= first and kept < limit:
            found[kept] = row
            kept += 1
    return found[:kept], total


class View:
    """What a reader may see, newest first (by when it began, then by id).

    `rows` has the columns of OBSERVATION_SCHEMA, `ids` the recorded ids of its rows; superseded and retracted
    rows are kept. `standing_by` says of each row, in the order given, whether it counts by what was recorded
    by an instant (None: by everything). `disputed` are the shown ids of what somebody objects to.
    """

    def __init__(
        self,
        rows: pa.Table,
        ids: pa.Array,
        standing_by: Callable[[datetime | None], Bools],
        zones: Mapping[str, BaseGeometry],
        disputed: frozenset[str] = frozenset(),
    ) -> None:
        began = rows["occurred_from"].cast(pa.int64()).to_numpy()
        order = np.lexsort((np.arange(len(began)), -began))
        taken = pa.array(order)
        self.rows = rows.take(taken).combine_chunks()
        self.ids = ids.take(taken)
        self._order = order
        self._standing_by = standing_by
        self.standing = standing_by(None)[order]
        self.zones = zones
        self.disputed = disputed
        self.start_us = self.rows["occurred_from"].cast(pa.int64()).to_numpy()
        self.end_us = self.rows["occurred_to"].cast(pa.int64()).to_numpy()
        self.recorded_us = self.rows["recorded_at"].cast(pa.int64()).to_numpy()
        kinds = self.rows["kind"].combine_chunks().dictionary_encode()
        if isinstance(kinds, pa.ChunkedArray):
            kinds = kinds.combine_chunks()
        self.kind = kinds.indices.to_numpy().astype(np.int64)
        self.kinds: list[str] = kinds.dictionary.to_pylist()
        self.families = [family_of(kind) or kind for kind in self.kinds]
        self.west, self.south, self.east, self.north = self._boxes()
        self._masks: dict[Any, Bools] = {}

    @cached_property
    def span(self) -> tuple[datetime, datetime, datetime] | None:
        """When the first began, the last ended, and the newest was recorded; None where there are none."""
        if not len(self):
            return None
        ends = self.start_us.min(), self.end_us.max(), self.recorded_us.max()
        first, last, newest = (instant_of(int(micros)) for micros in ends)
        return first, last, newest

    @cached_property
    def plane(self) -> Floats:
        """Each row's place where it is a point, else its south-western corner, in Web Mercator metres; not a
        number where there is none."""
        return mercator(np.stack([self.west, self.south], axis=1))

    @cached_property
    def invented(self) -> Bools:
        """Whether each row is synthetic."""
        return self._equal("synthetic", True)

    def __len__(self) -> int:
        return int(self.rows.num_rows)

    def _boxes(self) -> tuple[Floats, Floats, Floats, Floats]:
        """The box of each row's place; not a number where there is none."""
        lon = self.rows["lon"].to_numpy(zero_copy_only=False).astype(float)
        lat = self.rows["lat"].to_numpy(zero_copy_only=False).astype(float)
        box = (lon.copy(), lat.copy(), lon.copy(), lat.copy())
        shaped = np.flatnonzero(pc.is_valid(self.rows["geometry"]).to_numpy(zero_copy_only=False))
        if len(shaped):
            bounds = shapely.bounds(self.shapes)
            for side, values in zip(box, bounds.T, strict=True):
                side[shaped] = values[shaped]
        return box

    @cached_property
    def shapes(self) -> npt.NDArray[np.object_]:
        """Each row's line or area; None for points and where there is none."""
        wkb = self.rows["geometry"].to_numpy(zero_copy_only=False)
        # Cells repeat: each is made once.
        distinct = {value: None for value in wkb if value is not None}
        made: Any = (
            shapely.from_wkb(np.array(list(distinct), object), on_invalid="ignore") if distinct else []
        )
        shape_of: dict[Any, Any] = dict(zip(distinct, made, strict=True)) | {None: None}
        found = np.empty(len(wkb), object)
        for row, value in enumerate(wkb):
            found[row] = shape_of[value]
        return found

    @cached_property
    def row_of_shown(self) -> dict[str, int]:
        """From the id that is shown to the row."""
        return {id: row for row, id in enumerate(self.rows["id"].to_pylist())}

    @cached_property
    def shown_of(self) -> dict[str, str]:
        """From the recorded id to the one that is shown."""
        return dict(zip(self.ids.to_pylist(), self.rows["id"].to_pylist(), strict=True))

    def instant(self, micros: int) -> datetime:
        """The instant of a number of `start_us`, `end_us` or `recorded_us`."""
        return instant_of(micros)

    def recorded_id(self, shown: str) -> str | None:
        """The recorded id of what is shown under an id; None where the reader sees no such thing."""
        row = self.row_of_shown.get(shown)
        return None if row is None else str(self.ids[row].as_py())

    def select(self, wanted: Wanted, *, first: int = 0, limit: int = 100) -> tuple[Ints, int]:
        """The rows that match, from row `first` on at most `limit`, and how many match in all."""
        more = self._more(wanted)
        named = set(wanted.kinds)
        kinds = np.array(
            [
                not named or bool({kind, family} & named)
                for kind, family in zip(self.kinds, self.families, strict=True)
            ]
            or [False]
        )
        box = np.array(wanted.box or NO_BOX, float)
        rows, total = _matching(
            self.west, self.south, self.east, self.north, self.start_us, self.end_us, self.kind,
            box, micros_of(wanted.start) if wanted.start else -_LONGEST,
            micros_of(wanted.end) if wanted.end else _LONGEST,
            kinds, wanted.box is None, more, first, min(limit, len(self)),
        )  # fmt: skip
        return rows, int(total)

    def newest_recorded(self, wanted: Wanted, *, first: int = 0, limit: int = 100) -> tuple[Ints, int]:
        """As `select`, but what was recorded last comes first."""
        rows, total = self.select(wanted, limit=max(len(self), 1))
        order = np.lexsort((rows, -self.recorded_us[rows]))
        return rows[order[first : first + limit]], total

    def _more(self, wanted: Wanted) -> Bools:
        """The conditions that the kernel does not know, one truth value a row; empty: there are none."""
        masks: list[Bools] = []
        if wanted.known_at is not None:
            masks.append(self._known(wanted.known_at, wanted.standing))
        elif wanted.standing:
            masks.append(self.standing)
        if wanted.recorded_after is not None:
            masks.append(self.recorded_us > micros_of(wanted.recorded_after))
        for name in ("synthetic", "claim"):
            value = getattr(wanted, name)
            if value is not None:
                masks.append(self._remembered((name, value), lambda n=name, v=value: self._equal(n, v)))
        if wanted.source is not None:
            masks.append(
                self._remembered(("source", wanted.source), lambda: self._equal("source", wanted.source))
            )
        if wanted.actor is not None:
            masks.append(self._remembered(("actor", wanted.actor), lambda: self._by(str(wanted.actor))))
        if wanted.zone is not None:
            masks.append(self.zone_mask(wanted.zone))
        if wanted.words:
            masks.append(self._remembered(("words", wanted.words), lambda: self._says(str(wanted.words))))
        if wanted.where is not None:
            masks.append(wanted.where)
        if not masks:
            return np.empty(0, np.bool_)
        return masks[0] if len(masks) == 1 else np.logical_and.reduce(masks)

    def _known(self, known_at: datetime, standing: bool) -> Bools:
        if standing:
            return self._remembered(("standing", known_at), lambda: self._standing_by(known_at)[self._order])
        known: Bools = self.recorded_us <= micros_of(known_at)
        return known

    def _remembered(self, key: Any, make: Any) -> Bools:
        found = self._masks.get(key)
        if found is None:
            found = make()
            if len(self._masks) > 64:
                self._masks.clear()
            self._masks[key] = found
        return found

    def _equal(self, name: str, value: Any) -> Bools:
        return np.asarray(
            pc.fill_null(pc.equal(self.rows[name], value), False).to_numpy(zero_copy_only=False)
        )

    def _by(self, name: str) -> Bools:
        found = np.zeros(len(self), np.bool_)
        for column in ("actors", "targets"):
            lists = self.rows[column].combine_chunks()
            if isinstance(lists, pa.ChunkedArray):
                lists = lists.combine_chunks()
            named = pc.equal(pc.utf8_lower(lists.flatten()), name.lower()).to_numpy(zero_copy_only=False)
            found[pc.list_parent_indices(lists).to_numpy()[named]] = True
        return found

    def _says(self, words: str) -> Bools:
        found = np.zeros(len(self), np.bool_)
        for column in ("place", "report", "subject", "equipment", "weapon_class", "kind"):
            said = pc.match_substring(self.rows[column], words, ignore_case=True)
            found |= pc.fill_null(said, False).to_numpy(zero_copy_only=False)
        return found

    def meets(self, area: BaseGeometry) -> Bools:
        """Whether each row's place, as it is shown, meets an area."""
        shapely.prepare(area)
        west, south, east, north = area.bounds
        near = np.flatnonzero(
            (self.west <= east) & (self.east >= west) & (self.south <= north) & (self.north >= south)
        )
        found = np.zeros(len(self), np.bool_)
        shaped = np.array([shape is not None for shape in self.shapes[near]], np.bool_)
        points, areas = near[~shaped], near[shaped]
        found[points] = shapely.intersects_xy(area, self.west[points], self.south[points])
        found[areas] = shapely.intersects(area, self.shapes[areas])
        return found

    def zone_mask(self, zone: str) -> Bools:
        """Whether each row's place, as it is shown, meets a zone; nothing meets one that is not drawn."""
        return self._remembered(("zone", zone), lambda: self._meets(zone))

    def _meets(self, zone: str) -> Bools:
        area = self.zones.get(zone)
        return np.zeros(len(self), np.bool_) if area is None else self.meets(area)

    def take(self, rows: Sequence[int] | Ints) -> list[dict[str, Any]]:
        """Rows as plain Python data, in the order given."""
        found: list[dict[str, Any]] = self.rows.take(pa.array(np.asarray(rows, np.int64))).to_pylist()
        return found
