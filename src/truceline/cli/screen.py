"""``truceline screen``: which zones each of very many points is in, how far inside, and how probably."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from truceline.app.screen import Progress as Told
from truceline.app.screen import screen as screen_file
from truceline.app.screen_at_scale import screen_at_scale, spark_options
from truceline.cli.output import Json, print_json, reports_errors, say, stderr, stdout
from truceline.core.errors import InvalidInput
from truceline.geo.screening.usable import Columns

app = typer.Typer()


class Engine(StrEnum):
    """Where the work is done."""

    LOCAL = "local"
    SPARK = "spark"


@app.command("screen")
@reports_errors
def screen(
    points: Annotated[
        str, typer.Argument(metavar="POINTS", help="Parquet, GeoParquet, Arrow IPC or CSV: id, lon, lat.")
    ],
    zones: Annotated[Path, typer.Option("--zones", help="The zones, as GeoJSON polygons.")],
    output: Annotated[
        str,
        typer.Option(
            "-o",
            "--output",
            metavar="PATH",
            help="The file to write: Parquet, GeoParquet, Arrow or CSV; Spark: a folder.",
        ),
    ],
    line: Annotated[
        Path | None,
        typer.Option("--line", help="The uncertain line, as GeoJSON, of zones that do not name theirs."),
    ] = None,
    id_column: Annotated[str, typer.Option("--id", help="Column of ids; `row` numbers the rows.")] = "id",
    lon: Annotated[str, typer.Option(help="Column of longitudes, degrees WGS 84.")] = "lon",
    lat: Annotated[str, typer.Option(help="Column of latitudes, degrees WGS 84.")] = "lat",
    time: Annotated[str, typer.Option(help="Column of times, for zones that have times.")] = "time",
    error_column: Annotated[
        str, typer.Option("--error", help="Column of position errors, metres (95% radius).")
    ] = "error_m",
    default_error_m: Annotated[
        float, typer.Option("--default-error-m", help="The error where the column is missing or empty.")
    ] = 0.0,
    resume: Annotated[bool, typer.Option("--resume", help="Continue an interrupted run.")] = False,
    threads: Annotated[int | None, typer.Option(min=1, help="Threads; all cores unless given.")] = None,
    engine: Annotated[
        Engine, typer.Option(help="This machine, or a Spark cluster (Parquet: a file, a folder or a URI).")
    ] = Engine.LOCAL,
    spark_master: Annotated[
        str | None, typer.Option(metavar="URL", help="The cluster, as spark://host:7077, yarn or local[*].")
    ] = None,
    spark_conf: Annotated[
        list[str] | None, typer.Option(metavar="NAME=VALUE", help="A property of Spark; may be repeated.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Say for each point which zones it is in, how far from their boundaries, and how probably.

    Writes one row per point and zone that contains it or comes within its error: id, zone_id, inside,
    distance_m (geodesic, negative inside), p_inside. Zones with valid_from or valid_to count only for
    points of their time. Where a zone is measured from an uncertain line, p_inside takes that in, and
    rows reach as far as both errors together. Bad rows are listed beside the output.

    Example: `truceline screen detections.parquet --zones zones.geojson -o screened.parquet`
    """
    columns = Columns(id_column, lon, lat, time, error_column)
    if engine is Engine.SPARK:
        if resume or threads is not None:
            raise InvalidInput(
                f"{'--resume' if resume else '--threads'} is for --engine local",
                hint="Spark does lost tasks again by itself, and runs one task per core of an executor",
            )
        with _progress("screening, tasks") as progress:
            report = screen_at_scale(
                points,
                zones,
                output,
                line=line,
                columns=columns,
                default_error_m=default_error_m,
                master=spark_master,
                options=spark_options(spark_conf or []),
                progress=progress,
            )
    else:
        if spark_master is not None or spark_conf:
            raise InvalidInput("--spark-master and --spark-conf are for --engine spark")
        with _progress("screening") as progress:
            report = screen_file(
                Path(points),
                zones,
                Path(output),
                line=line,
                columns=columns,
                default_error_m=default_error_m,
                resume=resume,
                threads=threads,
                progress=progress,
            )
    if report.looks_exchanged:
        say(
            f"{report.inside_if_exchanged:,} of {report.points:,} points would lie in zones if lon and lat "
            f"were exchanged, {report.inside:,} rows do as they are: --lon and --lat name the columns"
        )
    if as_json:
        print_json(report.as_dict())
        return
    stdout.print(
        f"{report.points - report.rejected:,} points screened against {report.zones:,} zones: "
        f"{report.inside:,} rows inside, {report.outside_near:,} outside within the error; wrote {output}",
        soft_wrap=True,
    )
    if report.rejected_report is not None:
        stdout.print(
            f"{report.rejected:,} rows could not be used, {report.suspected_swapped:,} more look swapped; "
            f"listed in {report.rejected_report}",
            soft_wrap=True,
        )


@contextmanager
def _progress(label: str) -> Iterator[Told | None]:
    if not sys.stderr.isatty():
        yield None
        return
    bar = Progress(
        TextColumn(label),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        console=stderr,
        transient=True,
    )
    with bar:
        task = bar.add_task(label, total=None)

        def told(done: int, total: int | None) -> None:
            bar.update(task, completed=done, total=total)

        yield told
