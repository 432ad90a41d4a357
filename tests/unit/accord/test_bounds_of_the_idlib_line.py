from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from truceline.accord.geometry import resolve_geometry, uncertainty_range_m
from truceline.accord.load import load_accord
from truceline.geo.line import Line


@pytest.mark.parametrize("name", ["accord.yaml", "accord-memorandum.yaml"])
def test_the_stretches_of_the_accord_are_never_surer_than_the_file_of_the_line(
    idlib: Path, name: str
) -> None:
    stated = resolve_geometry(load_accord(idlib.parent / name), idlib.parent).uncertain_lines[
        "line-of-contact"
    ]
    line = Line.from_geojson(idlib.parent / "line-of-contact.geojson")
    assert line.uncertainty is not None
    every_10_m = np.arange(5.0, 250_000.0, 10.0)
    room = stated.uncertainty.at(every_10_m) - line.uncertainty.at(every_10_m)
    assert room.min() >= -1e-6
    # Nor needlessly vague: somewhere in each 10 km the two agree but for rounding to 100 m.
    assert (room.reshape(25, 1000).min(axis=1) < 110.0).all()
    assert uncertainty_range_m(stated) == (6800.0, line.uncertainty.greatest_m)
