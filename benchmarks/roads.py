"""Quickest ways between 120 places by several engines, on the same roads, answers compared.

The roads are those of central Helsinki (tests/data/roads) and N x N copies of them side by side, joined at
their edges: real local structure, made-up size. Run as

    python benchmarks/roads.py [--copies 10] [--valhalla PYTHON] [--out FILE]

after `pip install -r requirements/bench.txt`. PYTHON is an interpreter (3.12 or newer) that has pyvalhalla
3.9, whose wheels bring the tile builder; without it Valhalla is left out. Every engine is asked for the
matrix of seconds by the same cost of every edge, once with all roads and once with a twentieth of them
closed, which is what plans do for every party and day; each is warmed up by two places first. Valhalla goes
by its own speeds and rules, so that its answers are compared by rank only.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import osmium
from scipy.stats import spearmanr

from truceline.geo.ellipsoid import Floats, Ints
from truceline.geo.roads.graph import RoadGraph
from truceline.geo.roads.read import read_roads
from truceline.geo.roads.vehicles import CAR

HELSINKI = Path(__file__).parents[1] / "tests" / "data" / "roads" / "helsinki.osm.pbf"
PLACES = 120
CLOSED = 0.05
JOINED = ("primary", "secondary", "tertiary", "residential", "trunk")

Engine = Callable[[RoadGraph, Floats, Ints], tuple[float, Floats]]
"""From a graph, a cost of its edges and places to the seconds of preparing it, and the matrix of costs."""


def copies(count: int, target: Path) -> None:
    """Writes count x count copies of Helsinki, joined, as an extract."""
    ways: list[tuple[list[int], dict[str, str]]] = []
    places: dict[int, tuple[float, float]] = {}
    found = osmium.FileProcessor(str(HELSINKI)).with_locations()
    for way in found.with_filter(osmium.filter.KeyFilter("highway")):
        if isinstance(way, osmium.osm.Way):
            nodes = [node for node in way.nodes if node.location.valid()]
            places |= {node.ref: (node.lon, node.lat) for node in nodes}
            ways.append(([node.ref for node in nodes], dict(way.tags)))
    number = {ref: n for n, ref in enumerate(sorted(places))}
    at = np.array([places[ref] for ref in sorted(places)])
    low, high = at.min(axis=0), at.max(axis=0)
    step = high - low + 0.0005
    joints = sorted({ref for refs, tags in ways if tags.get("highway") in JOINED for ref in refs})
    spots = np.array([places[ref] for ref in joints])

    def nearest(wanted: Floats) -> list[int]:
        return [joints[int(np.argmin(np.hypot(*((spots - one) * (0.5, 1.0)).T)))] for one in wanted]

    between = np.linspace(low, high, 8)[1:-1]
    sides = {
        name: nearest(np.column_stack([np.full(6, x), between[:, 1]]))
        for name, x in (("west", low[0]), ("east", high[0]))
    } | {
        name: nearest(np.column_stack([between[:, 0], np.full(6, y)]))
        for name, y in (("south", low[1]), ("north", high[1]))
    }
    writer = osmium.SimpleWriter(str(target), overwrite=True)
    size = len(number)
    for tile in range(count * count):
        shift = step * (tile % count, tile // count)
        for ref, n in number.items():
            where = (places[ref][0] + shift[0], places[ref][1] + shift[1])
            writer.add_node(osmium.osm.mutable.Node(id=1 + tile * size + n, location=where, version=1))
    way_id = 0
    for tile in range(count * count):
        base = 1 + tile * size
        for refs, tags in ways:
            way_id += 1
            ids = [base + number[ref] for ref in refs]
            writer.add_way(osmium.osm.mutable.Way(id=way_id, nodes=ids, tags=tags, version=1))
        for here, there, other in (
            ("east", "west", tile + 1 if tile % count < count - 1 else None),
            ("north", "south", tile + count if tile // count < count - 1 else None),
        ):
            if other is None:
                continue
            for a, b in zip(sides[here], sides[there], strict=True):
                way_id += 1
                ids = [base + number[a], 1 + other * size + number[b]]
                writer.add_way(
                    osmium.osm.mutable.Way(id=way_id, nodes=ids, tags={"highway": "secondary"}, version=1)
                )
    writer.close()


def by_scipy(graph: RoadGraph, cost: Floats, places: Ints) -> tuple[float, Floats]:
    """What Truceline uses: with predecessors, for plans need the ways."""
    start = time.perf_counter()
    search = graph.search(cost)
    built = time.perf_counter() - start
    rows = [search.least(np.array([place]))[0][0, places] for place in places]
    return built, np.array(rows)


def by_rustworkx(graph: RoadGraph, cost: Floats, places: Ints) -> tuple[float, Floats]:
    """A search from each place, lengths only."""
    import rustworkx

    start = time.perf_counter()
    made = rustworkx.PyDiGraph()
    made.add_nodes_from(range(len(graph.lon)))
    made.add_edges_from(
        list(zip(graph.from_node.tolist(), graph.to_node.tolist(), cost.tolist(), strict=True))
    )
    built = time.perf_counter() - start
    rows = []
    for place in places.tolist():
        found = rustworkx.dijkstra_shortest_path_lengths(made, place, edge_cost_fn=float)
        known = dict(found.items()) | {place: 0.0}
        rows.append([known.get(to, np.inf) for to in places.tolist()])
    return built, np.array(rows)


def by_igraph(graph: RoadGraph, cost: Floats, places: Ints) -> tuple[float, Floats]:
    """The matrix at once, lengths only."""
    import igraph

    start = time.perf_counter()
    made = igraph.Graph(
        n=len(graph.lon), edges=np.column_stack([graph.from_node, graph.to_node]), directed=True
    )
    built = time.perf_counter() - start
    wanted = places.tolist()
    return built, np.array(made.distances(source=wanted, target=wanted, weights=cost.tolist()))


def by_pandana(graph: RoadGraph, cost: Floats, places: Ints) -> tuple[float, Floats]:
    """Contraction hierarchies; lengths only, in thousandths of a second (it counts in whole numbers)."""
    import pandana
    import pandas as pd

    start = time.perf_counter()
    made = pandana.Network(
        pd.Series(graph.lon), pd.Series(graph.lat), pd.Series(graph.from_node), pd.Series(graph.to_node),
        pd.DataFrame({"s": cost}), twoway=False,
    )  # fmt: skip
    built = time.perf_counter() - start
    a, b = np.meshgrid(places, places, indexing="ij")
    rows = np.array(made.shortest_path_lengths(a.ravel(), b.ravel(), imp_name="s"), dtype=float)
    rows[rows > 4e6] = np.inf
    return built, rows.reshape(len(places), len(places))


ENGINES: dict[str, Engine] = {
    "scipy": by_scipy, "rustworkx": by_rustworkx, "igraph": by_igraph, "pandana": by_pandana,
}  # fmt: skip

VALHALLA = """
import json, subprocess, sys, time
from pathlib import Path
import valhalla
asked = json.load(open(sys.argv[1]))
folder = Path(asked["folder"])
(folder / "tiles").mkdir()
conf = valhalla.get_config(tile_extract="", tile_dir=str(folder / "tiles"), verbose=False)
conf["mjolnir"]["admin"] = conf["mjolnir"]["timezone"] = ""
conf["service_limits"]["auto"]["max_matrix_location_pairs"] = 1000000
conf["service_limits"]["auto"]["max_matrix_distance"] = 1e9
(folder / "conf.json").write_text(json.dumps(conf))
build = Path(valhalla.__file__).parent / "bin" / "valhalla_build_tiles"
start = time.perf_counter()
command = [build, "-c", folder / "conf.json", "-j", "1", asked["extract"]]
subprocess.run(command, check=True, capture_output=True)
built = time.perf_counter() - start
actor = valhalla.Actor(str(folder / "conf.json"))
spots = [{"lon": lon, "lat": lat} for lon, lat in asked["places"]]
start = time.perf_counter()
answer = actor.matrix({"sources": spots, "targets": spots, "costing": "auto"})
took = time.perf_counter() - start
rows = [[one["time"] for one in row] for row in answer["sources_to_targets"]]
print(json.dumps({"built": built, "took": took, "rows": rows}))
"""


def by_valhalla(python: str, extract: Path, graph: RoadGraph, places: Ints) -> dict[str, Any]:
    """Valhalla in its own process: tiles of the extract, then the matrix."""
    with tempfile.TemporaryDirectory() as folder:
        asked = Path(folder) / "asked.json"
        spots = graph.places()[places].tolist()
        asked.write_text(json.dumps({"folder": folder, "extract": str(extract), "places": spots}))
        ran = subprocess.run(
            [python, "-c", VALHALLA, str(asked)], check=False, capture_output=True, text=True
        )
    if ran.returncode:
        raise SystemExit(ran.stderr[-2000:])
    answer: dict[str, Any] = json.loads(ran.stdout.splitlines()[-1])
    return answer


def measured(extract: Path, cache: Path, python: str | None) -> dict[str, Any]:
    """One map: reading, each engine, how far its answers are from scipy's."""
    start = time.perf_counter()
    read_roads(extract)
    read_s = time.perf_counter() - start
    read_roads(extract, cache=cache)
    start = time.perf_counter()
    found = read_roads(extract, cache=cache)
    kept_s = time.perf_counter() - start
    graph = found.graph(CAR)
    rng = np.random.default_rng(1)
    places = rng.choice(np.flatnonzero(graph.connected()), PLACES, replace=False)
    cost = graph.seconds(40.0)
    kept = rng.random(len(cost)) >= CLOSED
    part = graph.with_edges(kept)
    told: dict[str, Any] = {
        "nodes": len(graph.lon), "edges": len(cost), "read_s": read_s, "kept_s": kept_s, "engines": {},
    }  # fmt: skip
    oracle: list[Floats] = []
    for name, engine in ENGINES.items():
        answers = []
        engine(graph, cost, places[:2])
        row: dict[str, float] = {}
        for asked, roads, costs in (("all", graph, cost), ("closed", part, cost[kept])):
            start = time.perf_counter()
            built, matrix = engine(roads, costs, places)
            row[f"{asked}_s"] = time.perf_counter() - start
            row[f"{asked}_built_s"] = built
            answers.append(matrix)
        oracle = oracle or answers
        reached = all(
            np.array_equal(np.isfinite(a), np.isfinite(b)) for a, b in zip(answers, oracle, strict=True)
        )
        both = [np.isfinite(a) & np.isfinite(b) for a, b in zip(answers, oracle, strict=True)]
        worst = max(
            float(np.abs(a[ok] - b[ok]).max()) for a, b, ok in zip(answers, oracle, both, strict=True)
        )
        told["engines"][name] = row | {"same_reach": reached, "worst_s": worst}
    if python is not None:
        answer = by_valhalla(python, extract, graph, places)
        rows = np.array(
            [[np.inf if one is None else one for one in row] for row in answer["rows"]], dtype=float
        )
        ok = np.isfinite(rows) & np.isfinite(oracle[0])
        told["engines"]["valhalla"] = {
            "all_s": answer["built"] + answer["took"], "all_built_s": answer["built"],
            "same_reach": bool(np.array_equal(np.isfinite(rows), np.isfinite(oracle[0]))),
            "rank_correlation": float(spearmanr(rows[ok], oracle[0][ok]).statistic),
        }  # fmt: skip
    return told


def main() -> None:
    """Writes one JSON document: pandana writes on standard output itself."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    options.add_argument("--copies", type=int, default=10)
    options.add_argument("--valhalla", metavar="PYTHON")
    options.add_argument("--out", type=Path, default=Path("roads.json"))
    asked = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        many = Path(folder) / "copies.osm.pbf"
        copies(asked.copies, many)
        told = {
            name: measured(path, Path(folder) / "cache", asked.valhalla)
            for name, path in (("helsinki", HELSINKI), (f"copies_{asked.copies}", many))
        }
    asked.out.write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")
    print(asked.out.read_text(encoding="utf-8"))


if __name__ == "__main__":
    main()
