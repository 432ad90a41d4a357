"""Simulated tracks over Helsinki matched to its roads: how much lies on the road that was driven.

    python benchmarks/road_matching.py [--tracks 20] [--valhalla PYTHON] [--leuven]

Quickest ways between random places are driven at 9 m/s; fixes come every so many seconds with an error that
lasts (20 s) and a small one that does not. Told are recall, the share of the driven way that was found, and
precision, that of what was found that was driven, both within 1 m; `said` is what our matcher expects its
precision to be. PYTHON is an interpreter with pyvalhalla 3.9 (Python 3.12 or newer), whose matcher (Meili)
goes by its own rules of what is a road; leuvenmapmatching comes with requirements/bench.txt.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Any

import numpy as np
import shapely

from truceline.geo.ellipsoid import Floats
from truceline.geo.roads.graph import RoadGraph
from truceline.geo.roads.matching import matched
from truceline.geo.roads.read import read_roads
from truceline.geo.roads.vehicles import CAR

HELSINKI = Path(__file__).parents[1] / "tests" / "data" / "roads" / "helsinki.osm.pbf"
PER_DEGREE = np.array([111_320.0 * np.cos(np.radians(60.17)), 111_420.0])
SPEED_MPS = 9.0

VALHALLA = """
import json, subprocess, sys
from pathlib import Path
import valhalla
from valhalla.utils import decode_polyline
asked = json.load(open(sys.argv[1]))
folder = Path(asked["folder"])
(folder / "tiles").mkdir()
conf = valhalla.get_config(tile_extract="", tile_dir=str(folder / "tiles"), verbose=False)
conf["mjolnir"]["admin"] = conf["mjolnir"]["timezone"] = ""
(folder / "conf.json").write_text(json.dumps(conf))
build = Path(valhalla.__file__).parent / "bin" / "valhalla_build_tiles"
command = [build, "-c", folder / "conf.json", "-j", "1", asked["extract"]]
subprocess.run(command, check=True, capture_output=True)
actor = valhalla.Actor(str(folder / "conf.json"))
found = []
for one in asked["tracks"]:
    shape = [{"lon": x, "lat": y, "time": t} for x, y, t in one["fixes"]]
    options = {"gps_accuracy": max(one["sigma_m"], 5.0), "search_radius": 50}
    filters = {"attributes": ["shape"], "action": "include"}
    question = {"shape": shape, "costing": "auto", "shape_match": "map_snap", "trace_options": options}
    try:
        answer = actor.trace_attributes(question | {"filters": filters})
    except Exception:
        answer = None
    found.append(decode_polyline(answer["shape"]) if answer else [])
print(json.dumps(found))
"""


def driven(graph: RoadGraph, count: int, rng: np.random.Generator) -> list[tuple[Floats, Floats]]:
    """Ways of 1.5 km and more, each with the metres up to each of its nodes."""
    good = np.flatnonzero(graph.connected())
    search = graph.search(graph.seconds(50.0))
    found: list[tuple[Floats, Floats]] = []
    while len(found) < count:
        start, stop = rng.choice(good, 2, replace=False)
        edges = search.way(int(start), int(stop))
        if edges is not None and graph.metres[edges].sum() > 1500.0:
            nodes = [int(graph.from_node[edges[0]]), *graph.to_node[edges].tolist()]
            found.append((graph.places()[nodes], np.concatenate([[0.0], np.cumsum(graph.metres[edges])])))
    return found


def seen(
    way: Floats, metres: Floats, step_s: float, sigma_m: float, rng: np.random.Generator
) -> tuple[Floats, Floats, Floats]:
    """Fixes (lon, lat rows), their times, and the way up to the last."""
    time_s = np.arange(0.0, metres[-1] / SPEED_MPS, step_s)
    at = np.column_stack([np.interp(time_s * SPEED_MPS, metres, way[:, k]) for k in range(2)])
    kept = float(np.exp(-step_s / 20.0))
    noise = rng.normal(0.0, sigma_m, at.shape)
    for number in range(1, len(noise)):
        noise[number] = kept * noise[number - 1] + np.sqrt(1.0 - kept**2) * noise[number]
    noise += rng.normal(0.0, 0.7, at.shape)
    return at + noise / PER_DEGREE, time_s, np.vstack([way[metres < time_s[-1] * SPEED_MPS], at[-1:]])


def shares(found: list[Any], truth: Floats) -> tuple[float, float]:
    """Recall and precision of ways (lists of lon, lat)."""
    ways = [shapely.LineString(np.asarray(one) * PER_DEGREE) for one in found if len(one) > 1]
    if not ways:
        return 0.0, 0.0
    true, made = shapely.LineString(truth * PER_DEGREE), shapely.union_all(ways)
    recall = true.intersection(made.buffer(1.0)).length / true.length
    return recall, made.intersection(true.buffer(1.0)).length / max(made.length, 1e-9)


def by_leuven(graph: RoadGraph, fixes: Floats, sigma_m: float) -> list[Any]:
    """The nodes on the way that leuvenmapmatching finds."""
    from leuvenmapmatching.map.inmem import InMemMap
    from leuvenmapmatching.matcher.distance import DistanceMatcher

    nodes = graph.places() * PER_DEGREE
    roads = InMemMap("roads", use_latlon=False, use_rtree=True, index_edges=True)
    for number, (x, y) in enumerate(nodes.tolist()):
        roads.add_node(number, (y, x))
    for a, b in zip(graph.from_node.tolist(), graph.to_node.tolist(), strict=True):
        roads.add_edge(a, b)
    noise = max(sigma_m, 5.0)
    matcher = DistanceMatcher(
        roads, max_dist=200, obs_noise=noise, obs_noise_ne=2 * noise, min_prob_norm=0.001, dist_noise=20,
        non_emitting_states=True, max_lattice_width=8,
    )  # fmt: skip
    matcher.match([(y, x) for x, y in (fixes * PER_DEGREE).tolist()])
    return [(nodes[matcher.path_pred_onlynodes] / PER_DEGREE).tolist()]


def main() -> None:
    """Prints a row a kind of track."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    options.add_argument("--tracks", type=int, default=20)
    options.add_argument("--valhalla", metavar="PYTHON")
    options.add_argument("--leuven", action="store_true")
    asked = options.parse_args()
    graph = read_roads(HELSINKI).graph(CAR)
    rng = np.random.default_rng(11)
    ways = driven(graph, asked.tracks, rng)
    for sigma_m in (3.0, 6.0, 12.0):
        for step_s in (1.0, 5.0, 15.0, 30.0):
            made = [seen(way, metres, step_s, sigma_m, rng) for way, metres in ways]
            start = time.perf_counter()
            own = [matched(graph, f[:, 0], f[:, 1], t, np.full(len(t), sigma_m)) for f, t, _ in made]
            took = time.perf_counter() - start
            said = sum(one.expected_right_m for one in own) / sum(one.metres for one in own)
            rows = {
                "ours": [
                    shares([run.way for run in one.runs], way[2]) for one, way in zip(own, made, strict=True)
                ]
            }
            if asked.leuven:
                rows["leuven"] = [shares(by_leuven(graph, f, sigma_m), way) for f, _, way in made]
            if asked.valhalla:
                rows["valhalla"] = _valhalla(asked.valhalla, made, sigma_m)
            told = "  ".join(
                f"{name} {np.mean(found, axis=0)[0]:.3f}/{np.mean(found, axis=0)[1]:.3f}"
                for name, found in rows.items()
            )
            print(
                f"sigma {sigma_m:g} m, every {step_s:g} s: {told}  said {said:.3f}  ours {took:.1f} s",
                flush=True,
            )


def _valhalla(
    python: str, made: list[tuple[Floats, Floats, Floats]], sigma_m: float
) -> list[tuple[float, float]]:
    tracks = [
        {"fixes": np.column_stack([fixes, time_s]).tolist(), "sigma_m": sigma_m} for fixes, time_s, _ in made
    ]
    with tempfile.TemporaryDirectory() as folder:
        question = Path(folder) / "asked.json"
        question.write_text(json.dumps({"folder": folder, "extract": str(HELSINKI), "tracks": tracks}))
        ran = subprocess.run(
            [python, "-c", VALHALLA, str(question)], check=False, capture_output=True, text=True
        )
    if ran.returncode:
        raise SystemExit(ran.stderr[-2000:])
    found = json.loads(ran.stdout.splitlines()[-1])
    return [shares([one], way) for one, (_, _, way) in zip(found, made, strict=True)]


if __name__ == "__main__":
    main()
