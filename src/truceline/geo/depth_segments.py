"""Reads the agreed segments of a line that have depths of their own, from CSV."""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from truceline.core.errors import Fault, InvalidInput
from truceline.geo.depths import DEEPEST_M, SAME_PLACE_M, DepthSegment, Side
from truceline.geo.ellipsoid import Floats
from truceline.geo.line import Line, lengths_m
from truceline.geo.promise import PromisedStretch
from truceline.geo.table_files import read_table

_DEPTHS = ("left_depth_m", "right_depth_m")
_BOTH_BOUNDS = ("min_depth_m", "max_depth_m")
_SIDES_BOUNDS = tuple(f"{side}_{bound}" for side in ("left", "right") for bound in _BOTH_BOUNDS)


def read_depth_segments(path: Path | str, line: Line) -> list[DepthSegment]:
    """The segments of a CSV with `from_m`, `to_m` (metres along the line) or `from_vertex`, `to_vertex`
    (counted from 0, all parts), and `left_depth_m`, `right_depth_m` (0 or nothing: that side is not in it).

    Raises NotFound, and InvalidInput with the row and the column of every value that cannot be used.
    """
    rows = _read(path, line, (_DEPTHS,), "left_depth_m and right_depth_m")
    return [
        DepthSegment(row.from_m, row.to_m, row.value("left_depth_m"), row.value("right_depth_m"))
        for row in rows
    ]


def read_promised_stretches(path: Path | str, line: Line, side: Side) -> tuple[PromisedStretch, ...]:
    """What was promised along stretches of a line, from a CSV with places as for `read_depth_segments`.

    The depths are `min_depth_m` and `max_depth_m` of the `side` asked about (or of both alike), or
    `left_min_depth_m`, `left_max_depth_m`, `right_min_depth_m` and `right_max_depth_m`, or `left_depth_m` and
    `right_depth_m` (exactly so deep). Nothing, or a greatest depth of 0: no zone on that side.
    Raises NotFound, and InvalidInput with the row and the column of every value that cannot be used.
    """
    rows = _read(
        path,
        line,
        (_BOTH_BOUNDS, _SIDES_BOUNDS, _DEPTHS),
        "min_depth_m and max_depth_m, or these as left_... and right_..., or left_depth_m and right_depth_m",
    )
    stretches, faults = [], []
    for row in rows:
        ranges = {}
        for own in ("left", "right"):
            if row.has("min_depth_m") or row.has("max_depth_m"):
                least, most = row.value("min_depth_m"), row.value("max_depth_m")
                if side not in (own, "both"):
                    least, most = 0.0, 0.0
            elif row.has(f"{own}_min_depth_m") or row.has(f"{own}_max_depth_m"):
                least, most = row.value(f"{own}_min_depth_m"), row.value(f"{own}_max_depth_m")
            else:
                least = most = row.value(f"{own}_depth_m")
            if least > most:
                faults.append(
                    Fault(
                        "promises at least more than at most",
                        source=str(path),
                        row=row.number,
                        found=f"{least:g} to {most:g} m",
                        accepted="a minimum not above the maximum",
                    )
                )
            ranges[own] = (least, most)
        stretches.append(PromisedStretch(row.from_m, row.to_m, ranges["left"], ranges["right"]))
    if faults:
        raise InvalidInput.of_faults(faults)
    return tuple(stretches)


@dataclass(frozen=True)
class _Row:
    number: int
    from_m: float
    to_m: float
    depths: dict[str, float]

    def has(self, column: str) -> bool:
        return column in self.depths

    def value(self, column: str) -> float:
        return self.depths.get(column, 0.0)


def _read(path: Path | str, line: Line, known: tuple[tuple[str, ...], ...], accepted: str) -> list[_Row]:
    """The rows, with the depths of the first of the `known` sets of columns of which there is any."""
    header, rows = read_table(Path(path), hint="give the path of a CSV file")
    columns = set(header)
    by_vertex = {"from_vertex", "to_vertex"} <= columns
    depths = next(([c for c in names if c in columns] for names in known if columns & set(names)), [])
    if not rows or not (by_vertex or {"from_m", "to_m"} <= columns) or not depths:
        lacks = "has no rows" if columns and not rows else "lacks columns"
        raise InvalidInput.of_faults(
            [
                Fault(
                    lacks,
                    source=str(path),
                    row=0,
                    found=", ".join(sorted(map(str, columns))) or "no header",
                    accepted=f"from_m and to_m, or from_vertex and to_vertex, with {accepted}",
                )
            ]
        )
    places = _vertex_positions(line)
    faults: list[Fault] = []
    result = []
    for number, row in enumerate(rows, start=1):

        def value(field: str, row: dict[str, str] = row, number: int = number) -> float:
            raw = (row.get(field) or "").strip()
            depth = field.endswith("depth_m")
            if not raw and depth:
                return 0.0
            try:
                found = float(raw)
            except ValueError:
                found = math.nan
            vertex = field.endswith("_vertex")
            good = math.isfinite(found) and 0 <= found <= (DEEPEST_M if depth else math.inf)
            if not good or (vertex and (found != int(found) or found >= len(places))):
                accepted = f"a whole number from 0 to {len(places) - 1}" if vertex else "0 or more metres"
                if depth:
                    accepted = f"0 to {DEEPEST_M:,.0f} metres"
                faults.append(
                    Fault(
                        "cannot be used",
                        source=str(path),
                        row=number,
                        path=field,
                        found=repr(raw[:80]),
                        accepted=accepted,
                    )
                )
                return 0.0
            return float(places[int(found)]) if vertex else found

        begin, end = (value(f"{word}_{'vertex' if by_vertex else 'm'}") for word in ("from", "to"))
        result.append(_Row(number, begin, end, {column: value(column) for column in depths}))
    faults = faults or _misplaced(result, float(places[-1]), str(path))
    if faults:
        raise InvalidInput.of_faults(faults)
    return result


def _misplaced(segments: list[_Row], length_m: float, source: str) -> list[Fault]:
    """Rows that end before they begin, run past the end of the line, or overlap another."""
    faults = []
    reached, before = 0.0, 0
    for segment in sorted(segments, key=lambda item: item.from_m):
        row = segment.number
        found = f"{segment.from_m:,.1f} to {segment.to_m:,.1f} m"
        message = accepted = ""
        if segment.to_m - segment.from_m < 1.0:
            message, accepted = "does not end after it begins", "stretches of at least 1 m"
        elif segment.to_m > length_m + 1.0:
            message, accepted = "runs past the end of the line", f"0 to {length_m:,.1f} m"
        elif segment.from_m < reached - SAME_PLACE_M:
            message, accepted = f"overlaps row {before}", f"a beginning at {reached:,.1f} m or later"
        if message:
            faults.append(Fault(message, source, row=row, found=found, accepted=accepted))
        elif segment.to_m > reached:
            reached, before = segment.to_m, row
    return faults


def _vertex_positions(line: Line) -> Floats:
    begin, positions = 0.0, []
    for part in line.parts:
        along = begin + np.concatenate([[0.0], np.cumsum(lengths_m(part))])
        positions.append(along)
        begin = float(along[-1])
    return np.concatenate(positions)
