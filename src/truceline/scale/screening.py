"""Screens Parquet files of points on a Spark cluster, into Parquet, with the answers of one machine.

One pass over the points: each task reads a piece of a file, screens it against the broadcast index and
writes the rows; nothing is exchanged between tasks. Where there are rows to list, a second pass without the
kernel lists them. A task that is lost with its worker is done again elsewhere, by Spark.
"""

from __future__ import annotations

import csv
import io
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from truceline.core.errors import ClusterFailed, Conflict, InvalidInput, NotFound
from truceline.core.shown import defused
from truceline.geo.screening.answers import Answers
from truceline.geo.screening.usable import ROW_NUMBER, Columns
from truceline.scale.cluster import explained, session
from truceline.scale.storage import Storage, is_remote, location, shown
from truceline.scale.tasks import (
    EXCHANGED,
    FILE,
    LISTED,
    REJECTED,
    ROW,
    ROW_INDEX,
    SWAPPED,
    Task,
    listed_of,
    rows_of,
)

if TYPE_CHECKING:
    from pyspark import Broadcast
    from pyspark.sql import Column, DataFrame, SparkSession

Progress = Callable[[int, int | None], None]
"""Called with the tasks done so far and how many there are."""

_ROW_COLUMNS = "zone_id string, inside boolean, distance_m double, p_inside double"
_LISTED_COLUMNS = (
    "file string, row long, id string, field string, found string, accepted string, left_out boolean"
)
_POLL_SECONDS = 0.2
_OTHER_FORMATS = (".csv", ".gz", ".arrow", ".arrows", ".feather", ".ipc")


@dataclass(frozen=True, slots=True)
class Counts:
    """Points read; rejected, suspected and other exchangeable ones; rows written, and those inside."""

    points: int
    rejected: int
    swapped: int
    exchanged: int
    rows: int
    inside: int
    listed: str | None


def screen_on_spark(
    points: str,
    answers: Answers,
    output: str,
    *,
    columns: Columns,
    default_error_m: float = 0.0,
    master: str | None = None,
    options: Mapping[str, str] | None = None,
    progress: Progress | None = None,
) -> Counts:
    """Writes the folder `output` of Parquet files: id, zone_id, inside, distance_m, p_inside.

    `points` is a Parquet file or a folder of such, as `output` a path that this machine and all workers
    share, or a URI that Spark knows. Rows are those of the local engine, in no particular order; what is
    listed goes to `output`.rejected.csv, by row, with the file's name where there are several. `master` and
    `options` as for `truceline.scale.cluster.session`. Raises InvalidInput, NotFound, Conflict where the
    output exists already, DependencyMissing, ClusterFailed.
    """
    source, target = location(points), location(output)
    if source == target or target.startswith(source.rstrip("/") + "/"):
        raise InvalidInput(f"{output}: the output would lie among the points")
    missing = NotFound(f"{points} does not exist", hint="give a Parquet file of points, or a folder")
    if not is_remote(points) and not Path(points).exists():
        raise missing
    if Path(points).suffix.lower() in _OTHER_FORMATS:
        raise InvalidInput(
            f"{points}: the Spark engine reads Parquet alone",
            hint="--engine local reads CSV and Arrow too",
        )
    with session(master, options or {}) as spark, explained(points):
        storage = Storage(spark)
        if not storage.exists(source):
            raise missing
        if storage.exists(target):
            raise Conflict(
                f"{output} exists already, and what a cluster wrote is not replaced",
                hint="remove it, or write to another place",
            )
        frame = spark.read.parquet(source)
        several = storage.is_folder(source)
        _check(points, frame, columns, needs_time=answers.index.timed, several=several)
        held = spark.sparkContext.broadcast(answers)
        task = Task(columns, points, answers.index.timed, default_error_m)
        listed = target + ".rejected.csv"
        try:
            with _told(spark, progress):
                counts = _write_rows(frame, held, task, target)
                _check_whole(spark, output, target, counts)
                if counts.rejected or counts.swapped:
                    storage.write(listed, _listed(frame, held, task, several))
                    return replace(counts, listed=f"{output}.rejected.csv")
                storage.delete(listed)
                return counts
        except BaseException:
            # Half an answer must not be taken for one.
            storage.delete(target)
            raise
        finally:
            held.destroy()


def _check(points: str, frame: DataFrame, columns: Columns, *, needs_time: bool, several: bool) -> None:
    needed = [("lon", columns.lon), ("lat", columns.lat)]
    if columns.id != ROW_NUMBER:
        needed.append(("id", columns.id))
    elif several:
        raise InvalidInput(
            f"{points}: holds several files, so that the row's number is no id; accepted: a column of ids",
            hint="--id NAME names the column",
        )
    if needs_time:
        needed.append(("time", columns.time))
    for role, name in needed:
        if name not in frame.columns:
            hint = f"--{role} NAME names the column"
            if role in ("lon", "lat"):
                hint += "; GeoParquet without such columns is for --engine local"
            raise InvalidInput(
                f"{points}: has no column {name!r}; found {', '.join(frame.columns[:20]) or 'none'}",
                hint=hint,
            )
    if needs_time:
        kind = frame.schema[columns.time].dataType.typeName()
        if kind not in ("timestamp", "timestamp_ntz", "date", "string"):
            raise InvalidInput(
                f"{points}: column {columns.time!r} holds {kind}; accepted: times, dates or ISO 8601 text"
            )


def _check_whole(spark: SparkSession, output: str, target: str, counts: Counts) -> None:
    """What was written is what was made: where workers share no folder, each keeps its part to itself."""
    held = spark.read.parquet(target).count()
    if held != counts.rows:
        raise ClusterFailed(
            f"{output}: holds {held:,} of the {counts.rows:,} rows that the workers made",
            hint="the output must lie where this machine and all workers reach it",
        )


def _wanted(frame: DataFrame, task: Task) -> list[Column]:
    from pyspark.sql import functions as f

    c = task.columns
    names = [c.id, c.lon, c.lat, c.error_m, *([c.time] if task.needs_time else [])]
    return [f.col(_quoted(name)) for name in dict.fromkeys(names) if name in frame.columns]


def _write_rows(frame: DataFrame, answers: Broadcast[Answers], task: Task, target: str) -> Counts:
    from pyspark.sql import Observation
    from pyspark.sql import functions as f

    wanted = _wanted(frame, task)
    numbered = task.columns.id == ROW_NUMBER
    if numbered:
        wanted.append(f.col("_metadata.row_index").alias(ROW_INDEX))
    id_type = "bigint" if numbered else frame.schema[task.columns.id].dataType.simpleString()
    read, made = Observation(), Observation()
    kind = f.col("kind")
    rows = (
        frame.select(*wanted)
        .observe(read, f.count(f.lit(1)).alias("points"))
        .mapInArrow(rows_of(answers, task), f"id {id_type}, {_ROW_COLUMNS}, kind tinyint")
        .observe(
            made,
            f.count_if(kind == ROW).alias("rows"),
            f.count_if(kind == REJECTED).alias("rejected"),
            f.count_if(kind == SWAPPED).alias("swapped"),
            f.count_if(kind == EXCHANGED).alias("exchanged"),
            f.count_if(f.col("inside")).alias("inside"),
        )
        .where(kind == ROW)
        .drop("kind")
    )
    rows.write.parquet(target, compression="zstd")
    points, found = read.get["points"], made.get
    return Counts(
        points, found["rejected"], found["swapped"], found["exchanged"], found["rows"], found["inside"], None
    )


def _listed(frame: DataFrame, answers: Broadcast[Answers], task: Task, several: bool) -> Iterator[bytes]:
    """The rows to list as CSV, by file and row; sorted by the cluster, streamed through the driver."""
    from pyspark import StorageLevel
    from pyspark.sql import functions as f

    metadata = [f.col("_metadata.row_index").alias(ROW_INDEX), f.col("_metadata.file_path").alias(FILE)]
    found = (
        frame.select(*_wanted(frame, task), *metadata)
        .mapInArrow(listed_of(answers, task), _LISTED_COLUMNS)
        # Sorting looks twice: once for where to cut, once to sort. So the points are read once.
        .persist(StorageLevel.DISK_ONLY)
    )
    names = ["file", *LISTED] if several else list(LISTED)
    yield _csv(names)
    try:
        for row in found.orderBy("file", "row").toLocalIterator():
            left_out = "yes" if row["left_out"] else "no"
            values = row.asDict() | {"file": shown(row["file"]), "left_out": left_out}
            yield _csv([values[name] for name in names])
    finally:
        found.unpersist()


def _csv(values: Sequence[object]) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerow([defused(value) if isinstance(value, str) else value for value in values])
    return text.getvalue().encode()


def _quoted(name: str) -> str:
    return "`" + name.replace("`", "``") + "`"


@contextmanager
def _told(spark: SparkSession, progress: Progress | None) -> Iterator[None]:
    """Asks the cluster from time to time how many tasks are done."""
    if progress is None:
        yield
        return
    done = threading.Event()
    tracker = spark.sparkContext.statusTracker()

    def ask() -> None:
        while not done.wait(_POLL_SECONDS):
            for stage in tracker.getActiveStageIds():
                info = tracker.getStageInfo(stage)
                if info is not None:
                    progress(info.numCompletedTasks, info.numTasks)

    asking = threading.Thread(target=ask, name="progress", daemon=True)
    asking.start()
    try:
        yield
    finally:
        done.set()
        asking.join()
