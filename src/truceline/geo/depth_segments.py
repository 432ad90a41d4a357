"""Reads the agreed segments of a line that have depths of their own, from CSV."""

from __future__ import annotations

import csv
import math
from pathlib import Path

import numpy as np

from truceline.core.errors import Fault, InvalidInput, NotFound
from truceline.geo.depths import DEEPEST_M, SAME_PLACE_M, DepthSegment
from truceline.geo.ellipsoid import Floats
from truceline.geo.line import Line, lengths_m

_DEPTHS = ("left_depth_m", "right_depth_m")


def read_depth_segments(path: Path | str, line: Line) -> list[DepthSegment]:
    """The segments of a CSV with `from_m`, `to_m` (metres along the line) or `from_vertex`, `to_vertex`
    (counted from 0, all parts), and `left_depth_m`, `right_depth_m` (0 or nothing: that side is not in it).

    Raises NotFound, and InvalidInput with the row and the column of every value that cannot be used.
    """
    try:
        text = Path(path).read_text(encoding="utf-8-sig")
    except FileNotFoundError as error:
        raise NotFound(f"{path} does not exist", hint="give the path of a CSV file") from error
    except (OSError, UnicodeDecodeError) as error:
        raise InvalidInput(f"{path} cannot be read as UTF-8 text: {error}") from error
    reader = csv.DictReader(text.splitlines())
    rows = list(reader)
    columns = set(reader.fieldnames or ())
    by_vertex = {"from_vertex", "to_vertex"} <= columns
    if not rows or not (by_vertex or {"from_m", "to_m"} <= columns) or not columns & set(_DEPTHS):
        lacks = "has no rows" if columns and not rows else "lacks columns"
        raise InvalidInput.of_faults(
            [
                Fault(
                    lacks,
                    source=str(path),
                    row=0,
                    found=", ".join(sorted(columns)) or "no header",
                    accepted="from_m and to_m, or from_vertex and to_vertex, with left_depth_m and "
                    "right_depth_m",
                )
            ]
        )
    places = _vertex_positions(line)
    faults: list[Fault] = []
    segments = []
    for number, row in enumerate(rows, start=1):

        def value(field: str, row: dict[str, str] = row, number: int = number) -> float:
            raw = (row.get(field) or "").strip()
            if not raw and field in _DEPTHS:
                return 0.0
            try:
                found = float(raw)
            except ValueError:
                found = math.nan
            vertex = field.endswith("_vertex")
            good = math.isfinite(found) and 0 <= found <= (DEEPEST_M if field in _DEPTHS else math.inf)
            if not good or (vertex and (found != int(found) or found >= len(places))):
                accepted = f"a whole number from 0 to {len(places) - 1}" if vertex else "0 or more metres"
                if field in _DEPTHS:
                    accepted = f"0 to {DEEPEST_M:,.0f} metres"
                faults.append(
                    Fault(
                        "cannot be used",
                        source=str(path),
                        row=number,
                        path=field,
                        found=repr(raw),
                        accepted=accepted,
                    )
                )
                return 0.0
            return float(places[int(found)]) if vertex else found

        begin, end = (value(f"{word}_{'vertex' if by_vertex else 'm'}") for word in ("from", "to"))
        segments.append(DepthSegment(begin, end, value("left_depth_m"), value("right_depth_m")))
    faults = faults or _misplaced(segments, float(places[-1]), str(path))
    if faults:
        raise InvalidInput.of_faults(faults)
    return segments


def _misplaced(segments: list[DepthSegment], length_m: float, source: str) -> list[Fault]:
    """Rows that end before they begin, run past the end of the line, or overlap another."""
    faults = []
    reached, before = 0.0, 0
    for row, segment in sorted(enumerate(segments, start=1), key=lambda item: item[1].from_m):
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
