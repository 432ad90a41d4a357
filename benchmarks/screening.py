"""Screening against its peers: the same data, one run, answers compared, ratios printed.

    python benchmarks/screening.py                      # about three minutes
    python benchmarks/screening.py --exact 100000000    # and the exactness run on so many hard points
    python benchmarks/screening.py --parquet 100000000  # and points from a Parquet file, end to end

Peers that are not installed are named as missing (dependency group `bench`). Rates are million points a
second, the best of several rounds in which everybody takes turns; `load` is the machine's load average, which
says how quiet it was.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import platform
import resource
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import shapely
from numba import njit, prange, set_num_threads
from numpy.typing import NDArray
from rivals.data import in_cells

from truceline.geo.screening.containment import zone_codes
from truceline.geo.screening.grid import build_grid
from truceline.geo.screening.index import ZoneIndex

Floats = NDArray[np.float64]
THREADS = os.cpu_count() or 1


def star(rng: np.random.Generator, lon: float, lat: float, radius: float, vertices: int) -> shapely.Polygon:
    angle = np.linspace(0, 2 * np.pi, vertices, endpoint=False)
    reach = radius * (1 + 0.3 * np.sin(7 * angle) + 0.1 * np.sin(31 * angle + 1))
    reach *= 1 + 0.05 * rng.uniform(-1, 1, vertices) * min(1, 200 / vertices)
    return shapely.Polygon(np.c_[lon + reach * np.cos(angle), lat + reach * np.sin(angle)])


def stars(number: int, least: int, most: int, radius: tuple[float, float] = (0.3, 1.0)) -> list[Any]:
    rng = np.random.default_rng(0)
    return [
        star(rng, rng.uniform(35, 39), rng.uniform(34, 37), rng.uniform(*radius), int(vertices))
        for vertices in np.linspace(least, most, number)
    ]


def tiles(number: int) -> list[Any]:
    side = round(math.sqrt(number))
    column, row = np.meshgrid(np.arange(side) / side * 4 + 35, np.arange(side) / side * 4 + 33)
    return list(shapely.box(column, row, column + 4 / side, row + 4 / side).ravel())


def uniform(zones: list[Any], number: int, seed: int = 1) -> tuple[Floats, Floats]:
    west, south, east, north = shapely.total_bounds(np.asarray(zones, dtype=object))
    rng = np.random.default_rng(seed)
    return rng.uniform(west, east, number), rng.uniform(south, north, number)


def seconds(work: Callable[[], Any]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def processor_seconds(work: Callable[[], Any]) -> float:
    begun = time.process_time()
    work()
    return time.process_time() - begun


def best(rivals: dict[str, tuple[int, Callable[[], Any]]], rounds: int) -> dict[str, float]:
    """The best rate of each in million points a second; all take turns in every round."""
    result: dict[str, float] = {}
    for _ in range(rounds):
        for name, (points, work) in rivals.items():
            result[name] = max(result.get(name, 0.0), points / seconds(work) / 1e6)
    return result


class Prepared:
    """Shapely's prepared predicate; each thread takes a share of the points and has zones of its own.

    Two threads that ask one prepared geometry corrupt memory with GEOS 3.14.1 and Shapely 2.2.0.
    """

    def __init__(self, zones: list[Any]) -> None:
        self.copies = [shapely.from_wkb(shapely.to_wkb(zones)).tolist() for _ in range(THREADS)]
        for copy in self.copies:
            for zone in copy:
                shapely.prepare(zone)
                shapely.intersects_xy(zone, *shapely.get_coordinates(shapely.point_on_surface(zone))[0])

    def __call__(self, x: Floats, y: Floats, threads: int) -> NDArray[np.bool_]:
        bounds = np.linspace(0, len(x), threads + 1).astype(int)

        def share(k: int) -> NDArray[np.bool_]:
            rows = slice(bounds[k], bounds[k + 1])
            return np.array([shapely.intersects_xy(zone, x[rows], y[rows]) for zone in self.copies[k]])

        if threads == 1:
            return share(0)
        with ThreadPoolExecutor(threads) as pool:
            return np.concatenate(list(pool.map(share, range(threads))), axis=1)


def in_tree(zones: list[Any], x: Floats, y: Floats) -> NDArray[np.int64]:
    """A tree over the points, asked by each zone, which it prepares: the faster way round by far."""
    zone, point = shapely.STRtree(np.asarray(shapely.points(x, y))).query(zones, predicate="intersects")
    return np.column_stack([point, zone])


def containment(points: int, rounds: int) -> dict[str, Any]:
    zones = stars(20, 5_000, 50_000)
    prepared = Prepared(zones)
    x, y = uniform(zones, points)
    few = min(points, 1_000_000)
    fewer = min(points, 200_000)
    grid = build_grid(zones)
    rivals: dict[str, tuple[int, Callable[[], Any]]] = {
        "truceline, 1 thread": (points, lambda: zone_codes(grid, x, y, threads=1)),
        f"truceline, {THREADS} threads": (points, lambda: zone_codes(grid, x, y)),
        "truceline with pairs, 1 thread": (
            points, lambda: zone_codes(grid, x, y, threads=1).pairs(threads=1)
        ),
        "Shapely prepared, 1 thread": (few, lambda: prepared(x[:few], y[:few], 1)),
        f"Shapely prepared, {THREADS} threads": (few, lambda: prepared(x[:few], y[:few], THREADS)),
        "Shapely STRtree": (few, lambda: in_tree(zones, x[:few], y[:few])),
    }  # fmt: skip
    point, zone_of = zone_codes(grid, x[:fewer], y[:fewer]).pairs()
    ours = np.column_stack([point, zone_of]).astype(np.int64)
    matrix = prepared(x[:fewer], y[:fewer], THREADS)
    answers = {"Shapely prepared": np.argwhere(matrix.T)}
    answers["Shapely STRtree"] = in_tree(zones, x[:fewer], y[:fewer])
    for pairs in answers.values():
        ordered = pairs[np.lexsort(pairs.T[::-1])]
        assert np.array_equal(ordered, ours), "the answers differ"
    rates = best(rivals, rounds)
    one, all_ = "truceline, 1 thread", f"truceline, {THREADS} threads"
    return {
        "points": points,
        "vertices": int(sum(shapely.get_num_coordinates(zone) for zone in zones)),
        "index_mb": round(grid.nbytes / 1e6, 1),
        "rates": rates,
        "agree": sorted(answers),
        "ratio_1_thread": rates[one] / rates["Shapely prepared, 1 thread"],
        "ratio_all_threads": rates[all_] / rates[f"Shapely prepared, {THREADS} threads"],
    }


MIXED = "mixed, log-uniform from 10 to 100 m"


def boundaries(points: int, rounds: int) -> dict[str, Any]:
    """Containment of all, with distance and probability of those within their error of a boundary."""
    zones = stars(20, 5_000, 50_000)
    index = ZoneIndex(zones)
    x, y = uniform(zones, points)
    few = min(points, 500_000)
    mixed = 10.0 ** np.random.default_rng(2).uniform(1.0, 2.0, points)
    rivals: dict[str, tuple[int, Callable[[], Any]]] = {}
    shares: dict[str, float] = {}
    errors: dict[str, Any] = {MIXED: mixed}
    errors |= {f"{error:g} m": error for error in (10.0, 30.0, 100.0, 375.0, 1000.0)}
    for threads in (1, THREADS):
        rivals[f"containment alone, {threads} threads"] = (
            points, partial(index.contains, x, y, threads=threads)
        )  # fmt: skip
        for label, error in errors.items():
            rivals[f"{label}, {threads} threads"] = (
                points, partial(index.contains_and_screen, x, y, error_m=error, threads=threads)
            )  # fmt: skip
        rivals[f"every row with its distance, {threads} threads"] = (
            few, partial(index.screen, x[:few], y[:few], threads=threads)
        )  # fmt: skip
    for label, error in errors.items():
        near = index.screen(x, y, error_m=error, rows="near")
        shares[label] = len(np.unique(near.point)) / points
    # What the clock says depends on who else is at work; processor time less so.
    processor = {
        label: max(work[0] / processor_seconds(work[1]) / 1e6 for _ in range(rounds))
        for label, work in rivals.items()
        if label.endswith(", 1 threads")
    }
    return {
        "points": points,
        "rates": best(rivals, rounds),
        "per_processor_second": processor,
        "share_of_points_near": shares,
    }


@njit(parallel=True, cache=True)
def _stream(x: Floats, y: Floats, out: NDArray[np.int32]) -> None:
    for i in prange(len(x)):
        out[i] = np.int32((x[i] > 36.0) & (y[i] > 35.0))


def roofline(points: int, rounds: int) -> dict[str, Any]:
    """Points in order of cells: 16 bytes read and 4 written a point, against a plain stream of the same.

    By the clock on all cores, and on one thread per second of processor time, which others disturb less.
    """
    zones = stars(20, 5_000, 50_000)
    grid = build_grid(zones)
    x, y = in_cells(grid, *uniform(zones, points))
    out = np.empty(points, np.int32)
    _stream(x[:10], y[:10], out[:10])
    rates = best(
        {
            "stream": (points, lambda: _stream(x, y, out)),
            "truceline, ordered": (points, lambda: zone_codes(grid, x, y, out=out)),
        },
        rounds,
    )
    set_num_threads(1)
    alone: dict[str, Callable[[], Any]] = {
        "stream": lambda: _stream(x, y, out),
        "truceline, ordered": lambda: zone_codes(grid, x, y, threads=1, out=out),
    }
    processor = dict.fromkeys(alone, 0.0)
    for _ in range(rounds):
        for label, work in alone.items():
            processor[label] = max(processor[label], points / processor_seconds(work) / 1e6)
    set_num_threads(THREADS)
    return {
        "points": points,
        "bytes_per_point": 20,
        "stream_gb_per_s": rates["stream"] * 20 / 1e3,
        **rates,
        "share_of_stream": rates["truceline, ordered"] / rates["stream"],
        "per_processor_second": processor,
        "share_of_stream_per_processor_second": processor["truceline, ordered"] / processor["stream"],
    }


def build(rounds: int) -> dict[str, Any]:
    """The index of a million vertices, with all that distances need: seconds by the clock, of all threads."""
    zones = stars(20, 50_000, 50_000)
    ZoneIndex(zones[:1])
    return {
        "vertices": int(sum(shapely.get_num_coordinates(zone) for zone in zones)),
        "seconds": min(seconds(lambda: ZoneIndex(zones)) for _ in range(rounds)),
        "processor_seconds": min(processor_seconds(lambda: ZoneIndex(zones)) for _ in range(rounds)),
    }


def growth(rounds: int) -> dict[str, Any]:
    result: dict[str, Any] = {}

    def measure(label: str, zones: list[Any], points: int) -> None:
        build_grid(zones)
        built = min(seconds(lambda: build_grid(zones)) for _ in range(2))
        whole = min(seconds(lambda: ZoneIndex(zones)) for _ in range(2))
        grid = build_grid(zones)
        x, y = uniform(zones, points)
        rate = best({"rate": (points, lambda: zone_codes(grid, x, y))}, rounds)["rate"]
        result[label] = {
            "rate": rate, "build_s": built, "build_with_distances_s": whole, "index_mb": grid.nbytes / 1e6
        }  # fmt: skip

    for points in (100_000, 1_000_000, 10_000_000):
        measure(f"{points:,} points, 20 zones of 5k-50k vertices", stars(20, 5_000, 50_000), points)
    for vertices in (1_000, 10_000, 100_000, 1_000_000):
        measure(f"{vertices:,} vertices in 20 zones", stars(20, vertices // 20, vertices // 20), 2_000_000)
    for number in (9, 100, 1_024, 10_000):
        measure(f"{number:,} zones that tile an area", tiles(number), 2_000_000)
    for number in (10, 100, 1_000):
        zones = stars(number, 200, 400, (0.05, 0.3))
        measure(f"{number:,} zones that overlap", zones, 2_000_000)
    return result


def hard(zones: list[Any], number: int, seed: int) -> tuple[Floats, Floats]:
    """Points uniform, on vertices, on edges, and a rounding or a few beside them."""
    rng = np.random.default_rng(seed)
    x, y = uniform(zones, number // 4, seed)
    pick = rng.integers(0, len(zones), number - len(x))
    points = np.empty((len(pick), 2))
    for k, zone in enumerate(zones):
        rows = np.flatnonzero(pick == k)
        ring = shapely.get_coordinates(zone)
        at = rng.integers(0, len(ring) - 1, len(rows))
        share = rng.choice([0.0, 0.5, -1.0], len(rows))[:, None]
        share = np.where(share < 0, rng.uniform(size=(len(rows), 1)), share)
        points[rows] = ring[at] + share * (ring[at + 1] - ring[at])
    for _ in range(2):
        points = np.nextafter(points, points + rng.integers(-1, 2, points.shape))
    return np.r_[x, points[:, 0]], np.r_[y, points[:, 1]]


def exactness(number: int) -> dict[str, Any]:
    """Zero differences from GEOS's robust predicate, or this ends with an error."""
    zones = stars(8, 1_000, 20_000)
    prepared = Prepared(zones)
    index = ZoneIndex(zones)
    done = differences = 0
    while done < number:
        some = min(1_000_000, number - done)
        x, y = hard(zones, some, 100 + done)
        codes = index.contains(x, y)
        # The pass that looks for boundaries as well has a kernel of its own.
        together = index.contains_and_screen(x, y, error_m=0.0)[0]
        assert np.array_equal(codes.code, together.code), "the two kernels differ"
        point, zone_of = codes.pairs()
        ours = np.zeros((len(zones), len(x)), np.bool_)
        ours[zone_of, point] = True
        differences += int((ours != prepared(x, y, THREADS)).sum())
        done += some
    assert differences == 0, f"{differences} answers differ from GEOS"
    return {"points": done, "zones": len(zones), "differences": differences}


def from_parquet(number: int, rounds: int) -> dict[str, Any]:
    """Lon and lat from a Parquet file in the page cache to the zones of each point, end to end."""
    zones = stars(20, 5_000, 50_000)
    grid = build_grid(zones)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "points.parquet"
        writer = None
        for start in range(0, number, 5_000_000):
            x, y = uniform(zones, min(5_000_000, number - start), seed=start)
            table = pa.table({"lon": x, "lat": y})
            writer = writer or pq.ParquetWriter(
                path, table.schema, compression="none", use_dictionary=False, write_statistics=False
            )
            writer.write_table(table, row_group_size=1 << 20)
        assert writer is not None
        writer.close()

        def groups() -> Iterator[int]:
            yield from range(pq.ParquetFile(path).num_row_groups)

        def run() -> int:
            def one(group: int) -> int:
                table = pq.ParquetFile(path, memory_map=True).read_row_group(group, use_threads=False)
                lon, lat = (table.column(k).chunk(0).to_numpy() for k in (0, 1))
                return int(np.count_nonzero(zone_codes(grid, lon, lat, threads=1).code))

            with ThreadPoolExecutor(THREADS) as pool:
                return sum(pool.map(one, groups()))

        took = min(seconds(run) for _ in range(rounds))
    return {"points": number, "seconds": took, "rate": number / took / 1e6}


def machine() -> dict[str, Any]:
    model = next(
        (
            line.split(":")[1].strip()
            for line in Path("/proc/cpuinfo").read_text().splitlines()
            if line.startswith("model name")
        ),
        platform.processor(),
    )
    versions = {}
    for name in ("numba", "numpy", "shapely", "pyarrow"):
        try:
            versions[name] = version(name)
        except PackageNotFoundError:
            versions[name] = "not installed"
    return {
        "cpu": model, "cores": THREADS, "python": platform.python_version(), "versions": versions,
        "geos": shapely.geos_version_string, "load": [round(value, 2) for value in os.getloadavg()],
        "date": time.strftime("%Y-%m-%d %H:%M UTC", time.gmtime()),
    }  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--points", type=int, default=10_000_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--exact", type=int, default=10_000_000, metavar="POINTS")
    parser.add_argument("--parquet", type=int, default=20_000_000, metavar="POINTS")
    parser.add_argument(
        "--only", choices=["containment", "boundaries", "roofline", "build", "growth", "exact", "parquet"]
    )
    options = parser.parse_args()
    parts: dict[str, Callable[[], dict[str, Any]]] = {
        "containment": lambda: containment(options.points, options.rounds),
        "boundaries": lambda: boundaries(options.points, options.rounds),
        "roofline": lambda: roofline(options.points * 2, options.rounds),
        "build": lambda: build(options.rounds),
        "growth": lambda: growth(options.rounds),
        "exact": lambda: exactness(options.exact),
        "parquet": lambda: from_parquet(options.parquet, options.rounds),
    }
    print(json.dumps({"machine": machine()}, indent=2), flush=True)
    for name, part in parts.items():
        if options.only in (None, name):
            result = {name: part(), "load": os.getloadavg()[0]}
            print(json.dumps(result, indent=2, default=float), flush=True)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    print(json.dumps({"peak_memory_gb": round(peak, 2)}))


if __name__ == "__main__":
    main()
