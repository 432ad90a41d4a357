"""Screens points against a file of zones on a Spark cluster: the zones are read here, the points there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from truceline.app.screen import Progress, ScreenReport
from truceline.core.errors import InvalidInput
from truceline.geo.screening.answers import Answers
from truceline.geo.screening.usable import Columns
from truceline.geo.screening.zones import read_zones
from truceline.scale.screening import screen_on_spark


def screen_at_scale(
    points: str,
    zones: Path,
    output: str,
    *,
    line: Path | None = None,
    columns: Columns | None = None,
    default_error_m: float = 0.0,
    master: str | None = None,
    options: Mapping[str, str] | None = None,
    progress: Progress | None = None,
) -> ScreenReport:
    """Screens Parquet `points` (a file, a folder or a URI) into the folder `output`; says what was done.

    The rows are those of `truceline.app.screen.screen`, in no particular order. `default_error_m` in metres;
    `master` and `options` are Spark's. `progress` is told tasks, not rows. Raises InvalidInput,
    InvalidGeometry, NotFound, Conflict, DependencyMissing, ClusterFailed.
    """
    if not (np.isfinite(default_error_m) and default_error_m >= 0.0):
        raise InvalidInput(f"the default error must be 0 m or more; found {default_error_m}")
    known = read_zones(zones, line)
    counts = screen_on_spark(
        points,
        Answers(known.index(), known, threads=1),
        output,
        columns=columns or Columns(),
        default_error_m=default_error_m,
        master=master,
        options=options,
        progress=progress,
    )
    return ScreenReport(
        output,
        len(known.ids),
        points=counts.points,
        rejected=counts.rejected,
        suspected_swapped=counts.swapped,
        inside_if_exchanged=counts.swapped + counts.exchanged,
        rows=counts.rows,
        inside=counts.inside,
        outside_near=counts.rows - counts.inside,
        rejected_report=counts.listed,
    )


def spark_options(given: Sequence[str]) -> dict[str, str]:
    """NAME=VALUE texts as Spark's properties. Raises InvalidInput."""
    options = {}
    for text in given:
        name, equals, value = text.partition("=")
        if not equals or not name.startswith("spark."):
            raise InvalidInput(f"--spark-conf: found {text!r}; accepted: spark.NAME=VALUE")
        options[name] = value
    return options
