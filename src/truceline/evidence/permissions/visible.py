"""The evidence as one reader may see it: a table of the same columns, in which the rest is not.

Whatever is made for a reader (an answer, a count, a tile, a search, an export, a report) is made from this
table, so that nothing has to be hidden afterwards: a filter on places meets cells, and a row that is hidden
is not there to be counted.
"""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import shapely

from truceline.evidence.corrections import Correction
from truceline.evidence.history import known_by
from truceline.evidence.permissions.confidential import confidential
from truceline.evidence.permissions.matrix import CELL_DEG, Grant, Kind, Reader

WITHHELD = "withheld"
"""What stands for a source whose name the reader may not see."""

CELL_M = round(CELL_DEG / 2 * 2**0.5 * 111_320)
"""Half of a cell's diagonal at the equator, where it is longest, in metres: the least `error_m` of a cell."""

OF_REPORTERS = (
    "observed_from", "report", "quote", "details", "origin_id", "origin_url", "origin_file", "origin_row",
    "origin_sha256", "serial", "digest", "observed_at", "reported_at",
)  # fmt: skip
"""Columns beside `source` that can tell who reported."""

Floats = npt.NDArray[np.float64]

_PREFIX = "seen-"
_NAMED = "named"
"""A column beside the record's own: the id under which a row is shown, whatever becomes of the row."""
_CELLS_AROUND = round(360 / CELL_DEG)
_CELLS_UP = round(180 / CELL_DEG)


@dataclass(frozen=True, slots=True)
class Shown:
    """What a reader may see. `observations` has the columns of OBSERVATION_SCHEMA.

    `ids` are the recorded ids of its rows, in the same order; the table's own are others where `renamed`.
    `whole`: no row was taken out.
    """

    observations: pa.Table
    ids: pa.Array | pa.ChunkedArray
    renamed: bool
    whole: bool = False

    def names(self) -> Mapping[str, str]:
        """From recorded id to the id that the reader is shown."""
        return dict(zip(self.ids.to_pylist(), self.observations["id"].to_pylist(), strict=True))

    def names_of(self, recorded: Iterable[str]) -> dict[str, str]:
        """From those of these recorded ids that the reader sees to the ids that it is shown."""
        wanted = pa.array(sorted(set(recorded)), pa.string())
        if not len(wanted):
            return {}
        found = pc.is_in(self.ids, value_set=wanted)
        shown = self.observations["id"].filter(found).to_pylist()
        return dict(zip(self.ids.filter(found).to_pylist(), shown, strict=True))


def shown_id(id: str, key: bytes) -> str:
    """The id under which an observation is shown to those who must not be able to try out its content."""
    return _PREFIX + hashlib.blake2b(id.encode("utf-8", "surrogatepass"), digest_size=12, key=key).hexdigest()


def visible(
    observations: pa.Table,
    corrections: Iterable[Correction],
    reader: Reader,
    *,
    now: datetime,
    key: bytes,
    exact_places: bool = False,
    names: Names | None = None,
) -> Shown:
    """The rows of OBSERVATION_SCHEMA that a reader may see at `now` (aware), and of each what it may see.

    `observations` may hold any rows, superseded ones too; `corrections` all that are recorded. `key` (up to
    64 bytes, of the workspace) makes the ids. `exact_places` leaves places, sources and ids as they are and
    only takes rows out: what a verdict is reached from, never what is shown. `names` are those that were made
    before, of rows of the same record.
    """
    corrections = list(corrections)
    renamed = not exact_places and not (reader.exact and reader.may(Kind.REPORTERS))
    if renamed:
        made = (names or Names()).of(observations["id"], key)
        observations = observations.append_column(_NAMED, made)
    rows = known_by(observations, now - reader.delay) if reader.delay else observations
    if not reader.may(Kind.OBSERVATIONS):
        rows = rows.slice(0, 0)
    rows, own = _open_to(rows, observations, confidential(corrections), reader)
    whole = rows.num_rows == observations.num_rows
    if exact_places:
        return Shown(rows, rows["id"], renamed=False, whole=whole)
    ids = rows["id"].combine_chunks()
    if not reader.exact:
        rows = coarsened(rows, keep=own)
    if not reader.may(Kind.REPORTERS):
        rows = without_reporters(rows)
    if renamed:
        rows = _renamed(rows, key)
    return Shown(rows, ids, renamed, whole)


def _open_to(
    rows: pa.Table, all_rows: pa.Table, held: Mapping[tuple[str, str], str | None], reader: Reader
) -> tuple[pa.Table, pa.ChunkedArray]:
    """The rows that are not confidential to the reader, and which of them are its party's submissions."""
    grant = reader.grant(Kind.CONFIDENTIAL)
    if not held:
        return rows, pa.chunked_array([pa.repeat(pa.scalar(False), rows.num_rows)])

    def among(mine: bool) -> pa.ChunkedArray:
        named = {
            subject: [name for (of, name), party in held.items() if of == subject
                      and mine is (grant is Grant.OWN and party == reader.party)]
            for subject in ("source", "observation")
        }  # fmt: skip
        ids = _versions(all_rows, set(named["observation"]))
        sources = pa.array(named["source"], pa.string())
        return pc.or_(
            pc.is_in(rows["source"], value_set=sources),
            pc.is_in(rows["id"], value_set=pa.array(sorted(ids), pa.string())),
        )

    own = among(mine=True)
    if grant is Grant.ALL:
        return rows, own
    kept = pc.invert(among(mine=False))
    return rows.filter(kept), own.filter(kept)


def _versions(rows: pa.Table, ids: set[str]) -> set[str]:
    """These observations and every version of them: all that they supersede, or that supersedes them."""
    if not ids:
        return ids
    linked = rows.filter(pc.is_valid(rows["supersedes"])).select(["id", "supersedes"]).to_pydict()
    beside: dict[str, list[str]] = {}
    for one, other in zip(linked["id"], linked["supersedes"], strict=True):
        beside.setdefault(one, []).append(other)
        beside.setdefault(other, []).append(one)
    found, left = set(ids), list(ids)
    while left:
        new = [id for id in beside.get(left.pop(), ()) if id not in found]
        found.update(new)
        left += new
    return found


def coarsened(rows: pa.Table, *, keep: pa.ChunkedArray | None = None) -> pa.Table:
    """The rows with cells of `CELL_DEG` for places: a polygon, its middle, and `error_m` of its size.

    A line or an area becomes the cell of its middle. `keep` says which rows stay as they are.
    """
    if rows.num_rows == 0:
        return rows
    lon = rows["lon"].to_numpy(zero_copy_only=False).astype(float)
    lat = rows["lat"].to_numpy(zero_copy_only=False).astype(float)
    shaped = pc.is_valid(rows["geometry"]).to_numpy(zero_copy_only=False)
    if shaped.any():
        geometries = shapely.from_wkb(
            rows["geometry"].filter(pa.array(shaped)).to_numpy(zero_copy_only=False), on_invalid="ignore"
        )
        middle = shapely.centroid(geometries)
        lon[shaped], lat[shaped] = shapely.get_x(middle), shapely.get_y(middle)
    placed = np.isfinite(lon) & np.isfinite(lat)
    # Whole numbers of cells: a corner is the same number whichever cell it is computed for.
    column = np.clip(
        np.floor(np.where(placed, lon, 0.0) / CELL_DEG), -_CELLS_AROUND / 2, _CELLS_AROUND / 2 - 1
    )
    row = np.clip(np.floor(np.where(placed, lat, 0.0) / CELL_DEG), -_CELLS_UP / 2, _CELLS_UP / 2 - 1)
    cells, which = _distinct_cells(column, row)
    west, south = _degrees(cells[0]), _degrees(cells[1])
    east, north = _degrees(cells[0] + 1), _degrees(cells[1] + 1)
    drawn = pa.array(shapely.to_wkb(shapely.box(west, south, east, north)), pa.binary())
    middles = (_degrees(column + 0.5), _degrees(row + 0.5))
    error = np.fmax(rows["error_m"].to_numpy(zero_copy_only=False).astype(float), CELL_M)
    empty = ~placed
    coarse: dict[str, pa.Array] = {
        "place": pa.nulls(rows.num_rows, pa.string()),
        "lon": pa.array(middles[0], pa.float64(), mask=empty),
        "lat": pa.array(middles[1], pa.float64(), mask=empty),
        "error_m": pa.array(error, pa.float64(), mask=empty),
        "geometry": drawn.take(pa.array(which, mask=empty)),
    }
    kept = keep if keep is not None and pc.any(keep).as_py() else None
    for name, values in coarse.items():
        new = pa.chunked_array([values]) if kept is None else pc.if_else(kept, rows[name], values)
        rows = _with(rows, name, new)
    return rows


def _distinct_cells(column: Floats, row: Floats) -> tuple[Floats, npt.NDArray[np.int64]]:
    """The cells that occur (columns, rows), and for each place the number of its own among them: by a table
    of all the cells there are, for a million places need not be put in order."""
    code = ((row + _CELLS_UP // 2) * _CELLS_AROUND + (column + _CELLS_AROUND // 2)).astype(np.int64)
    number = np.full(_CELLS_AROUND * _CELLS_UP, -1, np.int32)
    number[code] = 0
    there = np.flatnonzero(number == 0)
    number[there] = np.arange(len(there))
    rows, columns = np.divmod(there, _CELLS_AROUND)
    cells = np.stack([columns - _CELLS_AROUND // 2, rows - _CELLS_UP // 2]).astype(float)
    return cells, number[code].astype(np.int64)


def _degrees(cells: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Whole or half cells in degrees, without the rounding error of a product (0.30000000000000004)."""
    return np.asarray(np.round(cells * CELL_DEG, 6))


def without_reporters(rows: pa.Table) -> pa.Table:
    """The rows without what can tell who reported: `source` is `WITHHELD`, OF_REPORTERS are null."""
    for name in OF_REPORTERS:
        rows = _with(rows, name, pa.nulls(rows.num_rows, rows.schema.field(name).type))
    return _with(rows, "source", pa.repeat(pa.scalar(WITHHELD, pa.string()), rows.num_rows))


def _renamed(rows: pa.Table, key: bytes) -> pa.Table:
    rows = _with(rows, "id", rows[_NAMED]).drop_columns([_NAMED])
    pointing = rows["supersedes"]
    if pointing.null_count == len(pointing):
        return rows
    names = [None if id is None else shown_id(id, key) for id in pointing.to_pylist()]
    return _with(rows, "supersedes", pa.array(names, pa.string()))


class Names:
    """The ids under which the observations of a record are shown, made once for each: a record only grows,
    and a million of them take a second. Safe for several threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._held: tuple[bytes, pa.ChunkedArray, pa.ChunkedArray] | None = None

    def of(self, ids: pa.ChunkedArray, key: bytes) -> pa.ChunkedArray:
        """The names of these recorded ids, in their order. Those that were asked last under the same key, and
        follow one another here in the same way from the first on, are not made again."""
        with self._lock:
            made: list[pa.Array] = []
            if self._held is not None and self._held[0] == key:
                _, before, names = self._held
                if len(before) <= len(ids) and ids.slice(0, len(before)).equals(before):
                    made = names.chunks
            start = sum(len(one) for one in made)
            if start < len(ids):
                new = [shown_id(id, key) for id in ids.slice(start).to_pylist()]
                made = [*made, pa.array(new, pa.string())]
            found = pa.chunked_array(made, pa.string())
            self._held = key, ids, found
            return found


def _with(rows: pa.Table, name: str, values: pa.Array | pa.ChunkedArray) -> pa.Table:
    index = rows.schema.get_field_index(name)
    return rows.set_column(index, rows.schema.field(index), values)
