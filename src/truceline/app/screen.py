"""Screens a file of points against a file of zones: in batches, resumable, all or nothing.

Each batch is kept beside the output as an Arrow file that is renamed into place when it is whole; the output
is put together from these at the end and renamed into place as well. What was interrupted is so continued
at the first batch that is missing, and nobody ever sees half an output.
"""

from __future__ import annotations

import csv
import hashlib
import json
import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import astuple, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from truceline.app.screen_output import kind_of, writing
from truceline.core.errors import Conflict, InvalidInput, TrucelineError
from truceline.core.shown import defused
from truceline.geo.screening.answers import GEOMETRY, Answers
from truceline.geo.screening.points import PointFile
from truceline.geo.screening.usable import BadRow, Columns
from truceline.geo.screening.zones import read_zones

BATCH_ROWS = 1 << 18
_LAYOUT = 2

Progress = Callable[[int, int | None], None]
"""Called with the rows read so far and, where it is known, how many there are."""


@dataclass(slots=True)
class ScreenReport:
    """What was done. `rejected` rows were bad.

    `suspected_swapped` points lie far from all zones and would be in one as lat, lon; `inside_if_exchanged`
    counts with them those that lie nearer.
    """

    output: Path | str
    zones: int
    points: int = 0
    rejected: int = 0
    suspected_swapped: int = 0
    inside_if_exchanged: int = 0
    rows: int = 0
    inside: int = 0
    outside_near: int = 0
    rejected_report: Path | str | None = None
    resumed_from: int = 0

    @property
    def looks_exchanged(self) -> bool:
        """Whether lon and lat of the whole file look exchanged: most points, or ten times those inside."""
        exchanged = self.inside_if_exchanged
        return exchanged * 2 > max(self.points, 1) or exchanged >= max(10, 10 * self.inside)

    def as_dict(self) -> dict[str, Any]:
        """Plain data for JSON."""
        return {
            "output": str(self.output),
            "zones": self.zones,
            "points": self.points,
            "screened": self.points - self.rejected,
            "rejected": self.rejected,
            "suspected_swapped": self.suspected_swapped,
            "inside_if_exchanged": self.inside_if_exchanged,
            "rejected_report": None if self.rejected_report is None else str(self.rejected_report),
            "rows": self.rows,
            "inside": self.inside,
            "outside_near": self.outside_near,
            "resumed_from": self.resumed_from,
        }


def screen(
    points: Path,
    zones: Path,
    output: Path,
    *,
    line: Path | None = None,
    columns: Columns | None = None,
    default_error_m: float = 0.0,
    resume: bool = False,
    threads: int | None = None,
    batch_rows: int = BATCH_ROWS,
    progress: Progress | None = None,
) -> ScreenReport:
    """Writes `output` (id, zone_id, inside, distance_m, p_inside) and says what was done.

    Its ending says whether it is Parquet, GeoParquet (with the points), Arrow IPC or CSV. One row per point
    and zone in force at its time that contains it or comes within its error (and that of the zone's line);
    distances in metres, negative inside. `line` is the uncertain line of zones that name none. Bad rows go to
    a CSV file beside the output. Memory does not grow with the points. With `resume`, continues what an
    interrupted run with the same inputs has done. Raises InvalidInput, InvalidGeometry, NotFound; Conflict
    where the interrupted run had other inputs.
    """
    names = columns or Columns()
    if not (np.isfinite(default_error_m) and default_error_m >= 0.0):
        raise InvalidInput(f"the default error must be 0 m or more; found {default_error_m}")
    kind = kind_of(output)
    if output.resolve() in [path.resolve() for path in (points, zones, line) if path is not None]:
        raise InvalidInput(f"{output}: the output would replace an input")
    if not output.absolute().parent.is_dir():
        raise InvalidInput(f"{output.parent} is no folder; make it first")
    known = read_zones(zones, line)
    file = PointFile(points, names)
    index = known.index()
    parts = _Parts(output, _fingerprint(points, zones, line, names, default_error_m, batch_rows), resume)
    report = ScreenReport(output, len(known.ids), resumed_from=len(parts) * batch_rows)
    work = Answers(index, known, threads, with_points=kind == "geoparquet")
    try:
        for batch in file.batches(
            batch_rows,
            skip=len(parts) * batch_rows,
            needs_time=index.timed,
            default_error_m=default_error_m,
        ):
            table, bad = work.rows(batch)
            parts.add(table, bad, batch.read, work.exchanged(batch))
            if progress is not None:
                progress(parts.read, file.rows)
        _finish(parts, output, kind, report)
    except TrucelineError:
        # Bad input stays bad: there is nothing to continue.
        parts.remove()
        raise
    except OSError as error:
        raise InvalidInput(
            f"{output} cannot be written: {error.strerror or error}",
            hint="what is done so far is kept; --resume continues",
        ) from error
    parts.remove()
    return report


class _Parts:
    """The batches that are done, in a folder beside the output."""

    def __init__(self, output: Path, fingerprint: dict[str, Any], resume: bool) -> None:
        self.folder = output.with_name(output.name + ".parts")
        self.counts: list[list[int]] = []
        manifest = self.folder / "run.json"
        if self.folder.exists() and resume:
            held = json.loads(manifest.read_text(encoding="utf-8")) if manifest.exists() else None
            if held is not None and held != fingerprint:
                differing = sorted(key for key in fingerprint if held.get(key) != fingerprint[key])
                raise Conflict(
                    f"{output}: the interrupted run cannot be continued, because its {differing[0]} differs",
                    hint="run without --resume to start anew",
                )
        elif self.folder.exists():
            shutil.rmtree(self.folder)
        self.folder.mkdir(exist_ok=True)
        _write(manifest, json.dumps(fingerprint))
        while (part := self._path(len(self.counts))).exists():
            with pa.ipc.open_file(str(part)) as reader:
                self.counts.append(json.loads(reader.schema.metadata[b"counts"]))

    def __len__(self) -> int:
        return len(self.counts)

    @property
    def read(self) -> int:
        """Rows of the input that are done."""
        return sum(count[0] for count in self.counts)

    def add(self, table: pa.Table, bad: list[BadRow], read: int, exchanged: int) -> None:
        swapped = sum(not row.left_out for row in bad)
        inside = int(np.count_nonzero(table.column("inside").to_numpy(zero_copy_only=False)))
        counts = [read, len(bad) - swapped, swapped, swapped + exchanged, table.num_rows, inside]
        part = self._path(len(self.counts))
        if bad:
            _write(part.with_suffix(".bad"), json.dumps([astuple(row) for row in bad]))
        temporary = part.with_suffix(".new")
        with pa.OSFile(str(temporary), "wb") as sink:
            schema = table.schema.with_metadata({"counts": json.dumps(counts)})
            with pa.ipc.new_file(sink, schema) as writer:
                writer.write_table(table.replace_schema_metadata(schema.metadata))
        temporary.replace(part)
        self.counts.append(counts)

    def tables(self) -> Iterator[pa.Table]:
        for number in range(len(self.counts)):
            with pa.memory_map(str(self._path(number))) as source:
                yield pa.ipc.open_file(source).read_all().replace_schema_metadata(None)

    def bad(self) -> Iterator[list[Any]]:
        for number, counts in enumerate(self.counts):
            if counts[1] or counts[2]:
                yield from json.loads(self._path(number).with_suffix(".bad").read_text(encoding="utf-8"))

    def remove(self) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)

    def _path(self, number: int) -> Path:
        return self.folder / f"{number:06d}.arrow"


def _finish(parts: _Parts, output: Path, kind: str, report: ScreenReport) -> None:
    totals = np.array(parts.counts, np.int64).reshape(-1, 6).sum(axis=0).tolist()
    report.points, report.rejected, report.suspected_swapped, report.inside_if_exchanged = totals[:4]
    report.rows, report.inside = totals[4:]
    report.outside_near = report.rows - report.inside
    temporary = output.with_name(output.name + ".new")
    try:
        empty = _EMPTY
        if kind == "geoparquet":
            empty = empty.append_column(GEOMETRY, pa.array([], pa.binary()))
        tables = parts.tables()
        first = next(tables, empty)
        with writing(temporary, kind, first.schema) as write:
            write(first)
            for table in tables:
                write(table)
        listed = output.with_name(output.name + ".rejected.csv")
        if report.rejected or report.suspected_swapped:
            _write_bad(listed, parts)
            report.rejected_report = listed
        else:
            listed.unlink(missing_ok=True)
        with temporary.open("rb") as held:
            os.fsync(held.fileno())
        temporary.replace(output)
    finally:
        temporary.unlink(missing_ok=True)


_EMPTY = pa.table(
    {
        "id": pa.array([], pa.string()),
        "zone_id": pa.array([], pa.string()),
        "inside": pa.array([], pa.bool_()),
        "distance_m": pa.array([], pa.float64()),
        "p_inside": pa.array([], pa.float64()),
    }
)


def _write_bad(path: Path, parts: _Parts) -> None:
    temporary = path.with_name(path.name + ".new")
    with temporary.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["row", "id", "field", "found", "accepted", "left_out"])
        for *fields, left_out in parts.bad():
            cells = [defused(cell) if isinstance(cell, str) else cell for cell in fields]
            writer.writerow([*cells, "yes" if left_out else "no"])
    temporary.replace(path)


def _write(path: Path, text: str) -> None:
    temporary = path.with_name(path.name + ".new")
    temporary.write_text(text, encoding="utf-8")
    temporary.replace(path)


def _fingerprint(
    points: Path, zones: Path, line: Path | None, columns: Columns, default_error_m: float, batch_rows: int
) -> dict[str, Any]:
    held = points.stat()
    return {
        "layout": _LAYOUT,
        "file of points": [str(points.resolve()), held.st_size, held.st_mtime_ns],
        "file of zones": hashlib.sha256(zones.read_bytes()).hexdigest(),
        "line": None if line is None else hashlib.sha256(line.read_bytes()).hexdigest(),
        "choice of columns": list(astuple(columns)),
        "default error": default_error_m,
        "batch size": batch_rows,
    }
