"""What is seen over terrain of known shape, against geometry worked out by hand."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import rasterio
from rasterio.transform import from_origin

from truceline.core.errors import InvalidInput, NotFound
from truceline.geo.ellipsoid import direct
from truceline.geo.terrain import EFFECTIVE_RADIUS_M, Terrain, read_terrain

WEST, NORTH, STEP = 36.0, 35.1, 0.0005
LAT = 35.05


def terrain(heights: np.ndarray) -> Terrain:
    return Terrain(heights, WEST, NORTH, (STEP, STEP))


def flat(columns: int = 400, rows: int = 200) -> np.ndarray:
    return np.zeros((rows, columns))


def east(metres: np.ndarray | list[float], lon: float = 36.02) -> np.ndarray:
    """Places so far east of a place at `LAT`."""
    far = np.asarray(metres, dtype=float)
    count = len(far)
    x, y, _ = direct(np.full(count, lon), np.full(count, LAT), np.full(count, 90.0), far)
    return np.column_stack([x, y])


def seen(ground: Terrain, places: np.ndarray, eye_m: float, lon: float = 36.02) -> np.ndarray:
    return ground.seen(np.tile([[lon, LAT]], (len(places), 1)), places, eye_m)


@pytest.mark.parametrize("eye_m", [0.5, 1.0, 2.0])
def test_on_a_plain_the_horizon_is_as_far_as_the_earth_is_round(eye_m: float) -> None:
    horizon = np.sqrt(2.0 * EFFECTIVE_RADIUS_M * eye_m)
    assert horizon == pytest.approx(3827.0 * np.sqrt(eye_m), rel=0.001)
    places = east(horizon * np.array([0.2, 0.9, 0.97, 1.03, 1.1, 1.5]))
    assert seen(terrain(flat()), places, eye_m).tolist() == [True, True, True, False, False, False]


def test_behind_a_wall_nothing_is_seen_and_before_it_everything() -> None:
    heights = flat()
    wall = int((36.05 - WEST) / STEP)
    heights[:, wall] = 50.0
    at = 2_730.0  # of the middle of that column, from 36.02: 0.03025 degrees at this latitude
    apart = np.array([100.0, 1000.0, 2600.0, 3000.0, 4000.0])
    assert seen(terrain(heights), east(apart), 2.5).tolist() == list(apart < at)


def test_from_above_a_ridge_the_shadow_behind_it_is_as_long_as_the_rays_say() -> None:
    heights = flat()
    ridge = int((36.04 - WEST) / STEP)
    heights[:, ridge] = 30.0
    ground = terrain(heights)
    crest_m = float(np.interp(36.04 + STEP / 2, *_lon_to_metres()))
    eye_m = 90.0
    # The ray over the crest sinks by 60 m on the way there, and by 30 m in half of that way again; the
    # Earth's roundness takes 0.4 m of it.
    shadow_m = crest_m * eye_m / (eye_m - 30.0)
    apart = np.array([0.5 * crest_m, crest_m + 100.0, 0.97 * shadow_m, 1.04 * shadow_m, 1.3 * shadow_m])
    assert seen(ground, east(apart), eye_m).tolist() == [True, False, False, True, True]


def _lon_to_metres() -> tuple[np.ndarray, np.ndarray]:
    metres = np.linspace(0.0, 8000.0, 400)
    return east(metres)[:, 0], metres


def test_many_rays_at_once_are_seen_as_one_by_one() -> None:
    rng = np.random.default_rng(1)
    heights = np.repeat(np.cumsum(rng.normal(0, 1.5, 400))[None, :], 200, axis=0)
    ground = terrain(heights)
    eyes = np.column_stack([rng.uniform(36.01, 36.19, 300), rng.uniform(35.01, 35.09, 300)])
    places = np.column_stack([rng.uniform(36.01, 36.19, 300), rng.uniform(35.01, 35.09, 300)])
    together = ground.seen(eyes, places, 5.0)
    alone = [bool(ground.seen(eyes[[n]], places[[n]], 5.0)[0]) for n in range(300)]
    assert 0.02 < np.mean(together) < 0.98
    assert together.tolist() == alone


def test_where_heights_are_not_known_nothing_is_seen() -> None:
    heights = flat()
    heights[:, 150] = np.nan
    assert seen(terrain(heights), east([1000.0, 6000.0]), 100.0).tolist() == [True, False]
    assert not seen(terrain(flat(columns=100)), east([9000.0]), 100.0)[0], "beyond the raster"


def test_heights_between_the_middles_of_cells_are_bilinear() -> None:
    heights = np.array([[0.0, 10.0], [20.0, 30.0]])
    ground = Terrain(heights, 0.0, 2.0, (1.0, 1.0))
    found = ground.at(np.array([0.5, 1.5, 1.0, 1.0, 0.1]), np.array([1.5, 1.5, 1.5, 1.0, 1.9]))
    assert found.tolist() == [0.0, 10.0, 5.0, 15.0, 0.0]


@pytest.mark.parametrize("crs", ["EPSG:4326", "EPSG:32637"])
def test_a_geotiff_is_read_in_any_reference_system(tmp_path: Path, crs: str) -> None:
    path = tmp_path / "heights.tif"
    if crs == "EPSG:4326":
        place, size = from_origin(36.0, 35.1, 0.001, 0.001), (100, 200)
    else:
        place, size = from_origin(225_000.0, 3_890_000.0, 90.0, 90.0), (200, 300)
    _, columns = np.mgrid[: size[0], : size[1]]
    heights = (columns * 2.0).astype(np.float32)
    with rasterio.open(
        path, "w", driver="GTiff", height=size[0], width=size[1], count=1, dtype="float32", crs=crs,
        transform=place, nodata=-9999.0,
    ) as file:  # fmt: skip
        file.write(heights, 1)
    ground = read_terrain(path, (36.05, 35.03, 36.12, 35.08))
    assert ground.heights.size < heights.size
    lon, lat = np.array([36.07, 36.11]), np.array([35.05, 35.06])
    from pyproj import Transformer

    x, _ = Transformer.from_crs("EPSG:4326", crs, always_xy=True).transform(lon, lat)
    column = (np.asarray(x) - place.c) / place.a - 0.5
    assert ground.at(lon, lat) == pytest.approx(2.0 * column, abs=1.5)


def test_what_is_no_geotiff_is_refused_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "a.tif").write_bytes(b"no raster")
    (tmp_path / "b.vrt").write_text("<VRTDataset rasterXSize='1' rasterYSize='1'></VRTDataset>")
    for name in ("a.tif", "b.vrt"):
        with pytest.raises(InvalidInput, match="cannot be read as heights"):
            read_terrain(tmp_path / name, (36.0, 35.0, 36.1, 35.1))
    with pytest.raises(NotFound):
        read_terrain(tmp_path / "none.tif", (36.0, 35.0, 36.1, 35.1))


@pytest.mark.filterwarnings("ignore:.*no geotransform.*")
def test_heights_that_say_of_no_cell_where_it_lies_are_refused_in_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "nowhere.tif"
    with rasterio.open(
        path, "w", driver="GTiff", height=9, width=9, count=1, dtype="int16", crs="EPSG:4326"
    ) as file:
        file.write(np.zeros((9, 9), dtype=np.int16), 1)
    with pytest.raises(InvalidInput, match="cannot be read as heights"):
        read_terrain(path, (36.0, 35.0, 36.1, 35.1))
