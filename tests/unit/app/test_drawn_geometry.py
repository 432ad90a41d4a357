from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import shapely

from truceline.accord.model import Accord
from truceline.app.drawn import geometry_at
from truceline.core.errors import InvalidInput

AS_OF = datetime(2021, 5, 20, tzinfo=UTC)


def _line(path: Path, east: float) -> None:
    geometry = {"type": "LineString", "coordinates": [[20.0, 42.0], [east, 42.0]]}
    path.write_text(json.dumps(geometry), encoding="utf-8")


def _accord(depth_m: float = 2000.0, **changes: Any) -> Accord:
    document: dict[str, Any] = {
        "accord": {"id": "v", "title": "V", "time_zone": "UTC", "status": "confirmed", "version": 1},
        "lines": [{"id": "line", "geometry": "line.geojson"}],
        "zones": [
            {
                "id": "zone",
                "names": "zone",
                "kind": "area_of_separation",
                "derivation": {"line": "line", "side": "left", "depth_m": {"max": depth_m}},
            }
        ],
    }
    return Accord.model_validate(document | changes)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    _line(tmp_path / "line.geojson", 20.05)
    return tmp_path


def test_the_same_drawing_is_derived_once(folder: Path) -> None:
    first = geometry_at(_accord(), folder, AS_OF, None)
    assert geometry_at(_accord(), folder, AS_OF.replace(year=2022), None) is first


def test_words_that_draw_nothing_change_nothing(folder: Path) -> None:
    first = geometry_at(_accord(), folder, AS_OF, None)
    other = _accord(parties=[{"id": "north", "names": "North", "role": "side"}])
    assert geometry_at(other, folder, AS_OF, None) is first


def test_another_depth_is_another_zone(folder: Path) -> None:
    near = geometry_at(_accord(2000.0), folder, AS_OF, None).zones["zone"].area
    far = geometry_at(_accord(3000.0), folder, AS_OF, None).zones["zone"].area
    assert shapely.area(far) > 1.4 * shapely.area(near)


def test_a_line_that_was_redrawn_under_the_same_name_is_read_again(folder: Path) -> None:
    before = geometry_at(_accord(), folder, AS_OF, None).lines["line"]
    _line(folder / "line.geojson", 20.08)
    after = geometry_at(_accord(), folder, AS_OF, None).lines["line"]
    assert (before.bounds[2], after.bounds[2]) == (20.05, 20.08)


def test_an_unknown_reading_is_refused(folder: Path) -> None:
    with pytest.raises(InvalidInput, match="no reading 'nonsense'"):
        geometry_at(_accord(), folder, AS_OF, "nonsense")
