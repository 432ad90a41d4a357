"""``truceline screen`` called as a user calls it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import shapely
from typer.testing import CliRunner, Result

from truceline.cli.screen import app


def feature(polygon: shapely.Geometry, **members: Any) -> dict[str, Any]:
    return {
        "type": "Feature",
        "geometry": json.loads(shapely.to_geojson(polygon)),
        "properties": {},
        **members,
    }


def write_zones(path: Path, *features: dict[str, Any], **members: Any) -> Path:
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features, **members}))
    return path


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def screened(points: Path, zones: Path, *more: str) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    output = points.with_name("out.parquet")
    result = run(points, "--zones", zones, "-o", output, "--json", *more)
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout), pq.read_table(output).to_pylist()


def refused(points: Path, zones: Path, *more: str) -> str:
    output = points.with_name("out.parquet")
    result = run(points, "--zones", zones, "-o", output, *more)
    assert result.exit_code == 2, result.output
    assert not list(output.parent.glob("out.parquet*")), "nothing half written may stay"
    first = result.stderr.splitlines()[0]
    assert first.startswith("truceline: ")
    return first
