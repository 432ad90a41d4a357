"""Shapely: prepared geometries asked with arrays of coordinates, and a tree over the points."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import shapely
from numpy.typing import NDArray

from rivals import Floats, InProcess, Pairs, Summary, Zones


class Prepared(InProcess):
    """`intersects_xy` of prepared zones; each thread takes a share of the points and has zones of its own.

    Two threads that ask one prepared geometry corrupt memory with GEOS 3.14.1 and Shapely 2.2.0.
    """

    def __init__(self, threads: int) -> None:
        self.threads = threads

    def version(self) -> str:
        return f"{shapely.__version__}, GEOS {shapely.geos_version_string}"

    def load(self, zones: Zones, x: Floats, y: Floats) -> None:
        self.copies = [shapely.from_wkb(shapely.to_wkb(zones)).tolist() for _ in range(self.threads)]
        for copy in self.copies:
            for zone in copy:
                shapely.prepare(zone)
                shapely.intersects_xy(zone, *shapely.get_coordinates(shapely.point_on_surface(zone))[0])
        self.x, self.y = x, y

    def join(self) -> list[list[NDArray[np.int64]]]:
        bounds = np.linspace(0, len(self.x), self.threads + 1).astype(int)

        def share(k: int) -> list[NDArray[np.int64]]:
            x, y = self.x[bounds[k] : bounds[k + 1]], self.y[bounds[k] : bounds[k + 1]]
            return [np.flatnonzero(shapely.intersects_xy(zone, x, y)) + bounds[k] for zone in self.copies[k]]

        with ThreadPoolExecutor(self.threads) as pool:
            return list(pool.map(share, range(self.threads)))

    def pairs(self, answer: list[list[NDArray[np.int64]]]) -> Pairs:
        rows = [np.column_stack([p, np.full(len(p), z)]) for part in answer for z, p in enumerate(part)]
        return np.concatenate(rows)

    def summary(self, answer: list[list[NDArray[np.int64]]]) -> Summary:
        return Summary.of(self.pairs(answer))


class Tree(InProcess):
    """A tree over the points, asked by each zone, which it prepares: the faster way round by far."""

    def version(self) -> str:
        return f"{shapely.__version__}, GEOS {shapely.geos_version_string}"

    def load(self, zones: Zones, x: Floats, y: Floats) -> None:
        self.zones = list(zones)
        self.tree = shapely.STRtree(np.asarray(shapely.points(x, y)))
        self.tree.query(shapely.box(-999, -999, -998, -998))  # the tree is built when it is first asked

    def join(self) -> NDArray[np.int64]:
        return np.asarray(self.tree.query(self.zones, predicate="intersects"))

    def pairs(self, answer: NDArray[np.int64]) -> Pairs:
        return answer[::-1].T

    def summary(self, answer: NDArray[np.int64]) -> Summary:
        return Summary.of(self.pairs(answer))


def prepared_all() -> Prepared:
    return Prepared(os.cpu_count() or 1)


def prepared_one() -> Prepared:
    return Prepared(1)


def tree() -> Tree:
    return Tree()
