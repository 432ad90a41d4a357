"""The evidence as one reader may see it, laid out for filters: newest first, columns as plain arrays.

Everything works on what is shown: where places are cells, a filter by place asks whether it meets the cell.

The rows themselves stay where they are, in the order of recording (of a record on disk they are a mapped
file); of a million, only what filters compare is put into the view's order, so that a view is made in a tenth
of a second whenever something was recorded, and nothing of it has to be kept and trusted later.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from functools import cached_property, partial
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import shapely
from shapely.geometry.base import BaseGeometry

from truceline.app.desk.pieces import Pieces
from truceline.app.desk.places import Places, in_box
from truceline.app.desk.selecting import LONGEST, Bools, Codes, Floats, Ints, Wanted, anywhere, run_of
from truceline.evidence.vocabulary import family_of
from truceline.geo.geojson import as_geojson
from truceline.geo.mercator import mercator
from truceline.store.schema import instant_of, micros_of

_NONE = np.empty(0, np.bool_)


class View:
    """What a reader may see, newest first (by when it began, then in the order of recording).

    `rows` has the columns of OBSERVATION_SCHEMA in the order of recording, `ids` the recorded ids of its
    rows; superseded and retracted rows are among them. `standing_by` says of each, in that order, whether it
    counts by what was recorded by an instant (None: by everything). `disputed` are the shown ids of what
    somebody objects to. A row's number, wherever one is given or taken, is that in the view.
    """

    def __init__(
        self,
        rows: pa.Table,
        ids: pa.Array,
        standing_by: Callable[[datetime | None], Bools],
        zones: Mapping[str, BaseGeometry],
        disputed: frozenset[str] = frozenset(),
    ) -> None:
        began = _micros(rows, "occurred_from")
        self._order: Ints = np.argsort(-began, kind="stable")
        self._recorded = rows
        self._recorded_ids = ids
        self._pieces = Pieces(rows)
        self._standing_by = standing_by
        self.standing: Bools = standing_by(None)[self._order]
        self._all_standing = bool(self.standing.all())
        self.zones = zones
        self.disputed = disputed
        self.start_us: Ints = began[self._order]
        self.end_us: Ints = np.maximum(_micros(rows, "occurred_to")[self._order], self.start_us)
        self.recorded_us: Ints = _micros(rows, "recorded_at")[self._order]
        self._longest_us = int((self.end_us - self.start_us).max(initial=0))
        codes, self.kinds = _coded(rows["kind"])
        self.kind: Codes = codes.astype(np.uint16)[self._order]
        self.families = [family_of(kind) or kind for kind in self.kinds]
        self._shape_codes, self._distinct = self._shaped()
        self.west, self.south, self.east, self.north = self._boxes()
        self._masks: dict[Any, Bools] = {}
        self._columns: dict[str, pa.ChunkedArray] = {}
        self._drawings: dict[int, dict[str, Any]] = {}
        # Of most fields a record says nothing: they need not be taken out of it.
        self._said = {
            name
            for name, held in zip(rows.column_names, rows.columns, strict=True)
            if held.null_count < len(held)
        }

    def __len__(self) -> int:
        return len(self._order)

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

    @cached_property
    def _places(self) -> Places:
        return Places.of(self.west, self.south, self.east, self.north, self.kind)

    def _shaped(self) -> tuple[Ints, npt.NDArray[np.object_]]:
        """For each row the number of its line or area among the distinct ones (cells repeat), -1 for points
        and where there is none; and these."""
        column = self._recorded["geometry"]
        if column.null_count == len(column):
            return np.full(len(self), -1, np.int64), np.empty(0, object)
        codes, wkb = _coded(column)
        made: Any = shapely.from_wkb(np.array(wkb, object), on_invalid="ignore")
        return codes[self._order], made

    def _boxes(self) -> tuple[Floats, Floats, Floats, Floats]:
        """The box of each row's place; not a number where there is none."""
        lon, lat = (self._floats(name)[self._order] for name in ("lon", "lat"))
        shaped = np.flatnonzero(self._shape_codes >= 0)
        if not len(shaped):
            return lon, lat, lon, lat
        box = (lon, lat, lon.copy(), lat.copy())
        bounds = shapely.bounds(self._distinct)[self._shape_codes[shaped]]
        for side, values in zip(box, bounds.T, strict=True):
            side[shaped] = values
        return box

    def _floats(self, name: str) -> Floats:
        values: Floats = self._recorded[name].to_numpy(zero_copy_only=False).astype(float)
        return values

    def shape_code(self, row: int) -> int:
        """A number that rows share which have the same line or area; -1 where a row has none."""
        return int(self._shape_codes[row])

    def shapes_at(self, rows: Sequence[int] | Ints) -> npt.NDArray[np.object_]:
        """Each row's line or area; None for points and where there is none."""
        codes = self._shape_codes[np.asarray(rows, np.int64)]
        found = np.full(len(codes), None, object)
        found[codes >= 0] = self._distinct[codes[codes >= 0]]
        return found

    def drawn_at(self, rows: Sequence[int] | Ints) -> list[dict[str, Any] | None]:
        """Each row's line or area as GeoJSON; None for points and where there is none. Rows of one cell share
        it, and it is written once."""
        return [None if code < 0 else self._drawn(code) for code in self._shape_codes[rows].tolist()]

    def _drawn(self, code: int) -> dict[str, Any] | None:
        found, shape = self._drawings.get(code), self._distinct[code]
        if found is None and shape is not None:
            found = as_geojson(shape)
            if len(self._drawings) >= _MOST_DRAWINGS:
                self._drawings.clear()
            self._drawings[code] = found
        return found

    # Ids: few are asked for at a time, and looking through a million takes two thousandths of a second, so
    # that no index is made.

    @cached_property
    def ids(self) -> pa.Array:
        """The recorded id of each row."""
        return self._recorded_ids.take(pa.array(self._order))

    @cached_property
    def _row_of_recording(self) -> Ints:
        rows = np.empty(len(self), np.int64)
        rows[self._order] = np.arange(len(self))
        return rows

    def row_of(self, shown: str) -> int | None:
        """The row that is shown under an id; None where the reader sees no such thing."""
        place = pc.index(self._recorded["id"], shown).as_py()
        return None if place < 0 else int(self._row_of_recording[place])

    def shown_at(self, row: int) -> str:
        """The id under which a row is shown."""
        return str(self._recorded["id"][int(self._order[row])].as_py())

    def recorded_id(self, shown: str) -> str | None:
        """The recorded id of what is shown under an id; None where the reader sees no such thing."""
        place = pc.index(self._recorded["id"], shown).as_py()
        return None if place < 0 else str(self._recorded_ids[place].as_py())

    def shown_ids(self, recorded: Iterable[str]) -> dict[str, str]:
        """From those of these recorded ids that the reader sees to the ones that are shown."""
        wanted = pa.array(sorted(set(recorded)), pa.string())
        if not len(wanted):
            return {}
        places = np.flatnonzero(pc.is_in(self._recorded_ids, value_set=wanted).to_numpy(zero_copy_only=False))
        return {
            self._recorded_ids[int(one)].as_py(): self._recorded["id"][int(one)].as_py() for one in places
        }

    def row_before(self, began_us: int, shown: str) -> int:
        """The row after the one that began then and is shown under an id; where that is there no more, the
        first of those that began as long ago, or longer."""
        began_us = max(-LONGEST, min(began_us, LONGEST))
        newest = self.start_us[::-1]
        first = len(self) - int(np.searchsorted(newest, began_us, side="right"))
        last = len(self) - int(np.searchsorted(newest, began_us, side="left"))
        beside = self.column_at("id", np.arange(first, last))
        found = pc.index(beside, shown).as_py()
        return first + found + 1 if found >= 0 else first

    def instant(self, micros: int) -> datetime:
        """The instant of a number of `start_us`, `end_us` or `recorded_us`."""
        return instant_of(micros)

    def open_ends(
        self, start: datetime | None, end: datetime | None
    ) -> tuple[datetime | None, datetime | None]:
        """An interval with None for an end beyond which there is nothing: "until now", asked at many moments,
        is one question."""
        if end is not None and (not len(self) or micros_of(end) > self.start_us[0]):
            end = None
        if start is not None and (not len(self) or micros_of(start) < self._first_end_us):
            start = None
        return start, end

    @cached_property
    def _first_end_us(self) -> int:
        return int(self.end_us.min())

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
        from_us = micros_of(wanted.start) if wanted.start else -LONGEST
        to_us = micros_of(wanted.end) if wanted.end else LONGEST
        begin, sure, stop = run_of(self.start_us, self._longest_us, from_us, to_us)
        if wanted.box is None:
            rows, total = anywhere(
                self.end_us, self.kind, begin, sure, stop, from_us, kinds, more, first, min(limit, len(self))
            )
            return rows, int(total)
        places = self._places
        rows, total = in_box(
            places.grid, places.ends, places.rows, places.kind, places.large, self.kind, self.west,
            self.south, self.east, self.north, self.end_us, begin, sure, stop, np.array(wanted.box, float),
            from_us, kinds, more, first, limit,
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
        elif wanted.standing and not self._all_standing:
            masks.append(self.standing)
        if wanted.recorded_after is not None:
            masks.append(self.recorded_us > micros_of(wanted.recorded_after))
        for name in ("synthetic", "claim"):
            value = getattr(wanted, name)
            if value is not None:
                masks.append(self.remembered((name, value), partial(self._equal, name, value)))
        if wanted.source is not None:
            masks.append(
                self.remembered(("source", wanted.source), lambda: self._equal("source", wanted.source))
            )
        if wanted.actor is not None:
            masks.append(self.remembered(("actor", wanted.actor), lambda: self._by(str(wanted.actor))))
        if wanted.zone is not None:
            masks.append(self.zone_mask(wanted.zone))
        if wanted.words:
            masks.append(self.remembered(("words", wanted.words), lambda: self._says(str(wanted.words))))
        if wanted.where is not None:
            masks.append(wanted.where)
        if not masks:
            return _NONE
        return masks[0] if len(masks) == 1 else np.logical_and.reduce(masks)

    def _known(self, known_at: datetime, standing: bool) -> Bools:
        if standing:
            return self.remembered(("standing", known_at), lambda: self._standing_by(known_at)[self._order])
        known: Bools = self.recorded_us <= micros_of(known_at)
        return known

    def remembered(self, key: Any, make: Callable[[], Bools]) -> Bools:
        """A condition as one truth value a row, made once: who moves a map asks the same one many times."""
        found = self._masks.get(key)
        if found is None:
            found = make()
            if len(self._masks) > 64:
                self._masks.clear()
            self._masks[key] = found
        return found

    def column(self, name: str) -> pa.ChunkedArray:
        """A column of every row."""
        found = self._columns.get(name)
        if found is None:
            found = self._recorded[name].take(pa.array(self._order))
            if len(self._columns) >= _MOST_COLUMNS:
                self._columns.clear()
            self._columns[name] = found
        return found

    def column_at(self, name: str, rows: Sequence[int] | Ints) -> pa.ChunkedArray:
        """A column of some rows, in the order given."""
        return self.table_at(rows, [name])[name]

    def table_at(self, rows: Sequence[int] | Ints, names: Sequence[str] | None = None) -> pa.Table:
        """Some rows with all columns or those named, in the order given."""
        return self._pieces.take(self._order[np.asarray(rows, np.int64)], names)

    def _in_order(self, mask: Any) -> Bools:
        """Truth values in the order of recording in the view's; what is not known is not true."""
        told: Bools = pc.fill_null(mask, False).to_numpy(zero_copy_only=False)
        return np.asarray(told, np.bool_)[self._order]

    def _equal(self, name: str, value: Any) -> Bools:
        return self._in_order(pc.equal(self._recorded[name], value))

    def _by(self, name: str) -> Bools:
        found = np.zeros(len(self), np.bool_)
        for column in ("actors", "targets"):
            lists = self._recorded[column].combine_chunks()
            if isinstance(lists, pa.ChunkedArray):
                lists = lists.combine_chunks()
            named = pc.equal(pc.utf8_lower(lists.flatten()), name.lower()).to_numpy(zero_copy_only=False)
            found[pc.list_parent_indices(lists).to_numpy()[named]] = True
        return found[self._order]

    def _says(self, words: str) -> Bools:
        found = np.zeros(len(self), np.bool_)
        for column in ("place", "report", "subject", "equipment", "weapon_class", "kind"):
            said = pc.match_substring(self._recorded[column], words, ignore_case=True)
            found |= pc.fill_null(said, False).to_numpy(zero_copy_only=False)
        return found[self._order]

    def meets(self, area: BaseGeometry) -> Bools:
        """Whether each row's place, as it is shown, meets an area."""
        shapely.prepare(area)
        west, south, east, north = area.bounds
        near = np.flatnonzero(
            (self.west <= east) & (self.east >= west) & (self.south <= north) & (self.north >= south)
        )
        found = np.zeros(len(self), np.bool_)
        shaped = self._shape_codes[near] >= 0
        points, areas = near[~shaped], near[shaped]
        found[points] = shapely.intersects_xy(area, self.west[points], self.south[points])
        found[areas] = shapely.intersects(area, self._distinct[self._shape_codes[areas]])
        return found

    def zone_mask(self, zone: str) -> Bools:
        """Whether each row's place, as it is shown, meets a zone; nothing meets one that is not drawn."""
        return self.remembered(("zone", zone), lambda: self._meets(zone))

    def _meets(self, zone: str) -> Bools:
        area = self.zones.get(zone)
        return np.zeros(len(self), np.bool_) if area is None else self.meets(area)

    def take(self, rows: Sequence[int] | Ints) -> list[dict[str, Any]]:
        """Rows as plain Python data, in the order given."""
        found: list[dict[str, Any]] = self.table_at(rows).to_pylist()
        return found

    def told(self, rows: Sequence[int] | Ints, names: Sequence[str] | None = None) -> dict[str, list[Any]]:
        """Rows, in the order given, as columns of plain JSON data (`truceline.app.desk.plain`): those named,
        or all but shapes and digests."""
        wanted = [name for name in self._recorded.column_names if name not in _NOT_TOLD]
        wanted = wanted if names is None else list(names)
        places = self._order[np.asarray(rows, np.int64)]
        said = self._pieces.told(places, [name for name in wanted if name in self._said])
        return {name: said[name] if name in said else [None] * len(places) for name in wanted}

    def apart(self, rows: Ints) -> tuple[Ints, Ints]:
        """Of rows with a place those that are points, and those that are lines, areas or cells."""
        if len(self._distinct):
            rows = rows[np.isfinite(self.west[rows])]
            point = (self.west[rows] == self.east[rows]) & (self.south[rows] == self.north[rows])
            return rows[point], rows[~point]
        return (rows if self._all_placed else rows[np.isfinite(self.west[rows])]), rows[:0]

    @cached_property
    def _all_placed(self) -> bool:
        return bool(np.isfinite(self.west).all())


_MOST_COLUMNS = 8
_MOST_DRAWINGS = 4096
_NOT_TOLD = frozenset({"geometry", "digest"})


def _micros(rows: pa.Table, name: str) -> Ints:
    found: Ints = rows[name].cast(pa.int64()).to_numpy()
    return found


def _coded(column: pa.ChunkedArray) -> tuple[Ints, list[Any]]:
    """The number of each value among the distinct ones, -1 where there is none; and these."""
    coded = column.combine_chunks().dictionary_encode()
    if isinstance(coded, pa.ChunkedArray):
        coded = coded.combine_chunks()
    return coded.indices.fill_null(-1).to_numpy().astype(np.int64), coded.dictionary.to_pylist()
