"""Zones and points to screen."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pytest
import shapely

from .calls import feature, write_zones


@pytest.fixture
def zones(tmp_path: Path) -> Path:
    return write_zones(
        tmp_path / "zones.geojson",
        feature(shapely.box(36.0, 35.0, 37.0, 36.0), id="west"),
        feature(shapely.box(37.0, 35.0, 38.0, 36.0), properties={"id": "east"}),
    )


@pytest.fixture
def table() -> pa.Table:
    return pa.table(
        {
            "id": ["a", "b", "c", "d"],
            "lon": [36.5, 37.0005, 38.001, 39.0],
            "lat": [35.5, 35.5, 35.5, 35.5],
            "error_m": [0.0, 100.0, 200.0, 50.0],
        }
    )
