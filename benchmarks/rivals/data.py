"""The data that all rivals are given: made from seeds, so that each process makes its own."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely
from numpy.typing import NDArray

from rivals import Floats

if TYPE_CHECKING:  # at run time it would load the kernels into every rival's process
    from truceline.geo.screening.grid import Grid


@dataclass(frozen=True, slots=True)
class Set:
    """A set of zones: `number` of them with `vertices` each (from, to), or rectangles that tile an area."""

    label: str
    number: int
    vertices: tuple[int, int] = (4, 4)

    def zones(self) -> list[Any]:
        """Polygons in lon, lat."""
        if self.vertices == (4, 4):
            return tiles(self.number)
        rng = np.random.default_rng(0)
        return [
            star(rng, rng.uniform(35, 39), rng.uniform(34, 37), rng.uniform(0.3, 1.0), int(count))
            for count in np.linspace(*self.vertices, self.number)
        ]


MAIN = Set("20 zones of 5,000 to 50,000 vertices", 20, (5_000, 50_000))
BY_ZONES = [Set(f"{number:,} zones that tile an area", number) for number in (10, 100, 1_000, 10_000)]
BY_VERTICES = [
    Set(f"{total:,} vertices in 20 zones", 20, (total // 20, total // 20))
    for total in (1_000, 10_000, 100_000, 1_000_000)
]


def star(rng: np.random.Generator, lon: float, lat: float, radius: float, vertices: int) -> Any:
    """A rough ring of so many vertices about a point."""
    angle = np.linspace(0, 2 * np.pi, vertices, endpoint=False)
    reach = radius * (1 + 0.3 * np.sin(7 * angle) + 0.1 * np.sin(31 * angle + 1))
    reach *= 1 + 0.05 * rng.uniform(-1, 1, vertices) * min(1, 200 / vertices)
    return shapely.Polygon(np.c_[lon + reach * np.cos(angle), lat + reach * np.sin(angle)])


def tiles(number: int) -> list[Any]:
    """Rectangles without gaps."""
    rows = max(k for k in range(1, math.isqrt(number) + 1) if number % k == 0)
    columns = number // rows
    x, y = np.meshgrid(np.arange(columns) / columns * 4 + 35, np.arange(rows) / rows * 4 + 33)
    return list(shapely.box(x, y, x + 4 / columns, y + 4 / rows).ravel())


def points(zones: list[Any], number: int) -> tuple[Floats, Floats]:
    """Uniform over the box of the zones; the first points of a longer list are not those of a shorter."""
    west, south, east, north = shapely.total_bounds(np.asarray(zones, dtype=object))
    rng = np.random.default_rng(1)
    return rng.uniform(west, east, number), rng.uniform(south, north, number)


def along_a_curve(x: Floats, y: Floats) -> NDArray[np.int64]:
    """The order of points along a Z curve of 2,048 x 2,048 cells, as storage that knows no index has it."""
    key = np.zeros(len(x), np.int64)
    for values, shift in ((x, 0), (y, 1)):
        low, high = values.min(), values.max()
        cell = ((values - low) / (high - low) * 2_047).astype(np.int64)
        for bit in range(11):
            key |= (cell >> bit & 1) << (2 * bit + shift)
    return np.argsort(key, kind="stable")


def in_cells(grid: Grid, x: Floats, y: Floats) -> tuple[Floats, Floats]:
    """The points in the order of the coarse cells of an index, as storage that knows the index has them."""
    from truceline.geo.screening.interiors import SUB

    column = ((x - grid.x0) * grid.per_x / SUB).astype(np.int64)
    row = ((y - grid.y0) * grid.per_y / SUB).astype(np.int64)
    key = np.zeros(len(x), np.int64)
    for bit in range(11):
        key |= ((column >> bit & 1) << 2 * bit) | ((row >> bit & 1) << 2 * bit + 1)
    order = np.argsort(key, kind="stable")
    return x[order], y[order]
