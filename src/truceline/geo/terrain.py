"""Heights of the ground, and what can be seen over it.

Heights are those of a raster in lon/lat on WGS 84, bilinear between the middles of its cells. A place is
seen where the straight ray from the eye to it stays above the ground all the way, the Earth being round
and the air bending light: over a distance d split in d1 and d2 the ground rises by d1 d2 / (2 R'), R'
being the mean radius divided by 1 - `REFRACTION` (0.13, Gauss's coefficient, which surveyors
use). The ray is looked at wherever it passes the middles of cells. Houses and trees are
seen only as far as the raster holds them.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from truceline.core.errors import DependencyMissing, Fault, InvalidInput, NotFound
from truceline.geo.ellipsoid import Bools, Floats, inverse

REFRACTION = 0.13
EFFECTIVE_RADIUS_M = 6_371_008.8 / (1.0 - REFRACTION)
MOST_CELLS = 64_000_000
_CHUNK = 400_000


@dataclass(frozen=True, eq=False)
class Terrain:
    """Heights in metres: `heights[row, column]` at the middle of a cell, rows from the north; NaN where not
    known. `west`, `north` are the outer corner, `step` the size of a cell (degrees: lon, lat)."""

    heights: Floats
    west: float
    north: float
    step: tuple[float, float]

    def at(self, lon: Floats, lat: Floats) -> Floats:
        """The ground's heights at places; NaN beyond the raster and where it does not say."""
        rows, columns = self.heights.shape
        x = (np.asarray(lon, dtype=float) - self.west) / self.step[0] - 0.5
        y = (self.north - np.asarray(lat, dtype=float)) / self.step[1] - 0.5
        # Half a cell beyond the outermost middles is the height of these.
        inside = (x >= -0.5) & (x <= columns - 0.5) & (y >= -0.5) & (y <= rows - 0.5)
        x, y = np.clip(x, 0.0, columns - 1.0), np.clip(y, 0.0, rows - 1.0)
        i, j = np.floor(y).astype(np.int64), np.floor(x).astype(np.int64)
        i2, j2 = np.minimum(i + 1, rows - 1), np.minimum(j + 1, columns - 1)
        v, u = y - i, x - j
        h = self.heights
        upper = h[i, j] * (1.0 - u) + h[i, j2] * u
        lower = h[i2, j] * (1.0 - u) + h[i2, j2] * u
        found: Floats = np.where(inside, upper * (1.0 - v) + lower * v, np.nan)
        return found

    @property
    def cell_m(self) -> float:
        """The shorter side of a cell in the middle of the raster, metres."""
        lat = self.north - self.step[1] * self.heights.shape[0] / 2.0
        ends = np.array([self.west, self.west]), np.array([lat, lat])
        to = np.array([self.west + self.step[0], self.west]), np.array([lat, lat + self.step[1]])
        return float(np.min(inverse(*ends, *to)[2]))

    def seen(self, eyes: Floats, places: Floats, eye_m: float, target_m: float = 0.0) -> Bools:
        """Row by row, whether a place is seen from an eye (lon, lat each), so many metres above the ground.
        Where heights on the way are not known it is not."""
        found = np.zeros(len(eyes), dtype=bool)
        metres = np.asarray(inverse(eyes[:, 0], eyes[:, 1], places[:, 0], places[:, 1])[2], dtype=float)
        cells = np.abs(places - eyes) / np.array(self.step)
        samples = (np.ceil(cells[:, 0]) + np.ceil(cells[:, 1])).astype(np.int64) + 4
        order = np.argsort(samples, kind="stable")
        begin = 0
        while begin < len(order):
            # As many rays at once as there are samples to hold.
            end = begin + 1
            while end < len(order) and (end - begin + 1) * samples[order[end]] <= _CHUNK:
                end += 1
            rows = order[begin:end]
            found[rows] = self._rays(eyes[rows], places[rows], metres[rows], eye_m, target_m)
            begin = end
        return found

    def _rays(self, eyes: Floats, places: Floats, metres: Floats, eye_m: float, target_m: float) -> Bools:
        (x, y), (u, v) = self._cell(eyes), self._cell(places)
        share = np.hstack([_crossings(x, u), _crossings(y, v)])
        ends = np.broadcast_to(np.array([0.0, 1.0]), (len(eyes), 2))
        share = np.hstack([share, ends])
        lon = eyes[:, [0]] + share * (places[:, [0]] - eyes[:, [0]])
        lat = eyes[:, [1]] + share * (places[:, [1]] - eyes[:, [1]])
        ground = self.at(lon, lat)
        away = share * metres[:, None]
        raised = ground + away * (metres[:, None] - away) / (2.0 * EFFECTIVE_RADIUS_M)
        eye, target = ground[:, [-2]] + eye_m, ground[:, [-1]] + target_m
        ray = eye + share * (target - eye)
        clear = raised <= ray + 1e-6
        return np.asarray(clear.all(axis=1) & np.isfinite(ground).all(axis=1))

    def _cell(self, places: Floats) -> tuple[Floats, Floats]:
        """Column and row of places, whole numbers being the middles of cells."""
        return (places[:, 0] - self.west) / self.step[0] - 0.5, (self.north - places[:, 1]) / self.step[
            1
        ] - 0.5


def _crossings(start: Floats, end: Floats) -> Floats:
    """Where on its way (0 to 1) each ray passes the middles of columns or rows: there ridges have their
    height. A row of the answer is filled up with 1."""
    low, high = np.ceil(np.minimum(start, end)), np.floor(np.maximum(start, end))
    most = max(int((high - low).max(initial=-1.0)) + 1, 0)
    line = low[:, None] + np.arange(most)[None, :]
    way = np.where(end == start, 1.0, end - start)[:, None]
    share: Floats = np.where(line <= high[:, None], (line - start[:, None]) / way, 1.0)
    return np.clip(share, 0.0, 1.0)


def read_terrain(path: Path, bounds: tuple[float, float, float, float]) -> Terrain:
    """The part of a GeoTIFF of heights (metres; in any reference system) within bounds (west, south, east,
    north, degrees). Raises DependencyMissing, NotFound and InvalidInput."""
    try:
        import rasterio
        from affine import AffineError
        from rasterio._err import CPLE_BaseError  # GDAL's own: rasterio gives it no public name
        from rasterio.enums import Resampling
        from rasterio.errors import RasterioError
        from rasterio.vrt import WarpedVRT
        from rasterio.windows import Window, from_bounds
    except ImportError as missing:
        raise DependencyMissing(
            "reading heights needs rasterio", hint="install it with: pip install 'truceline[patrol]'"
        ) from missing
    accepted = "a GeoTIFF of heights in metres with a reference system"
    fault = Fault("does not exist", str(path))
    if not path.exists():
        raise NotFound(f"{path} does not exist", faults=[fault])
    try:
        if not path.is_file():
            raise ValueError("it is no regular file")
        # GeoTIFF and nothing else: other formats of GDAL's name further files, and addresses.
        with rasterio.open(path, driver="GTiff") as source:
            if source.crs is None:
                fault = Fault("says nothing of its reference system", str(path), accepted=accepted)
                raise InvalidInput.of_faults([fault])
            with WarpedVRT(
                source, crs="EPSG:4326", resampling=Resampling.bilinear, nodata=np.nan, dtype="float64"
            ) as sheet:
                asked = from_bounds(*bounds, transform=sheet.transform)
                column, row = int(np.floor(asked.col_off)), int(np.floor(asked.row_off))
                wide, high = int(np.ceil(asked.width)) + 1, int(np.ceil(asked.height)) + 1
                whole = Window(0, 0, sheet.width, sheet.height)
                window = Window(column, row, wide, high).intersection(whole)
                if window.width * window.height > MOST_CELLS:
                    found = f"{int(window.width * window.height):,} cells"
                    fault = Fault(
                        "is too fine for this area", str(path), found=found, accepted=f"up to {MOST_CELLS:,}"
                    )
                    raise InvalidInput.of_faults([fault])
                heights = sheet.read(1, window=window).astype(np.float64)
                place = sheet.window_transform(window)
    except (RasterioError, CPLE_BaseError, AffineError, ValueError, OverflowError, OSError) as error:
        fault = Fault(
            "cannot be read as heights of this area", str(path), found=str(error)[:200], accepted=accepted
        )
        raise InvalidInput.of_faults([fault]) from error
    return Terrain(heights, float(place.c), float(place.f), (float(place.a), float(-place.e)))
