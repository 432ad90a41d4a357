"""Makes roads.geojson: a coarse SYNTHETIC graph of roads between the towns of this example.

Run as `python build.py` in this folder. The towns are those of ../control-points.csv and the ends of the legs
of ../routes.geojson. Two towns are joined where no third lies in the circle that has them at its two ends
(Gabriel, K. R. and Sokal, R. R. 1969, Systematic Zoology 18, 259-278; distances geodesic), which is a usual
model of roads between places; so that no town hangs on one road, each is joined to its three nearest as well.
The M4 and the M5 are the legs of routes.geojson. Where roads cross, there is a junction. Nobody surveyed any
of it: PROVENANCE.md says what it may be used for.
"""

from __future__ import annotations

import csv
import json
from collections import defaultdict
from itertools import combinations, pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pyproj
import shapely

HERE = Path(__file__).parent
NOTE = "synthetic: a model of which towns are joined, no road that anybody surveyed"
# Straight legs are shorter than roads, so that lower speeds stand for the way that is missing: those of the
# classes (truceline/geo/roads) by 1.3, and by 1.1 on the legs of the M4 and M5, which run from town to town.
NEAREST = 3
SPEED_KMH = {"trunk": 68, "secondary": 38}

Place = tuple[float, float]
GEODESIC = pyproj.Geod(ellps="WGS84")


def towns() -> dict[Place, str]:
    """The towns by their place (lon, lat in degrees on WGS 84)."""
    with (HERE.parent / "control-points.csv").open(encoding="utf-8", newline="") as lines:
        found = {(float(row["lon"]), float(row["lat"])): row["place"] for row in csv.DictReader(lines)}
    for route in routes():
        said = route["properties"]
        names = [said["from"], *said["via"], said["to"]]
        for name, place in zip(names, route["geometry"]["coordinates"], strict=True):
            found.setdefault((place[0], place[1]), name)
    return found


def routes() -> list[dict[str, Any]]:
    """The M4 and the M5."""
    features = json.loads((HERE.parent / "routes.geojson").read_text(encoding="utf-8"))["features"]
    return [feature for feature in features if feature["properties"]["route"] in ("M4", "M5")]


def legs() -> dict[frozenset[Place], list[str]]:
    """Every two neighbours on a route, with the names of the routes that they lie on."""
    found: dict[frozenset[Place], list[str]] = defaultdict(list)
    for route in routes():
        for a, b in pairwise(tuple(place) for place in route["geometry"]["coordinates"]):
            found[frozenset((a, b))].append(route["properties"]["route"])
    return found


def neighbours(places: list[Place]) -> list[tuple[Place, Place]]:
    """Every two places in whose circle there is no third, and each with its `NEAREST`."""
    lon, lat = np.array(places).T
    size = len(places)
    i, j = np.indices((size, size)).reshape(2, -1)
    squared = GEODESIC.inv(lon[i], lat[i], lon[j], lat[j])[2].reshape(size, size) ** 2
    near = np.argsort(squared, axis=1)[:, 1 : NEAREST + 1]
    return [
        (places[a], places[b])
        for a, b in combinations(range(size), 2)
        if b in near[a]
        or a in near[b]
        or not np.any(np.delete(squared[a] + squared[b], [a, b]) < squared[a, b])
    ]


def features() -> list[dict[str, Any]]:
    """The roads, each with the places at which others cross it."""
    names = towns()
    main = legs()
    local = [pair for pair in neighbours(sorted(names)) if frozenset(pair) not in main]
    roads: list[tuple[list[Place], dict[str, Any]]] = []
    for ends, route in sorted(main.items(), key=lambda leg: sorted(leg[0])):
        roads.append((sorted(ends), {"highway": "trunk", "oneway": "no", "ref": ";".join(sorted(route))}))
    roads += [(list(pair), {"highway": "secondary", "oneway": "no"}) for pair in local]
    shapes = [shapely.LineString(ends) for ends, _ in roads]
    between: dict[int, list[Place]] = defaultdict(list)
    for a, b in combinations(range(len(roads)), 2):
        met = shapely.intersection(shapes[a], shapes[b])
        if met.geom_type == "Point" and (met.x, met.y) not in names:
            for road in (a, b):
                between[road].append((round(met.x, 6), round(met.y, 6)))
    made = []
    for number, ((a, b), tags) in enumerate(roads):
        inner = sorted(between[number], key=lambda place: (place[0] - a[0]) ** 2 + (place[1] - a[1]) ** 2)
        tags |= {"maxspeed": str(SPEED_KMH[tags["highway"]]), "from": names[a], "to": names[b]}
        made.append(
            {
                "type": "Feature",
                "properties": tags | {"synthetic": True},
                "geometry": {"type": "LineString", "coordinates": [a, *inner, b]},
            }
        )
    return made


def main() -> None:
    """Writes roads.geojson beside this file, one road a line."""
    lines = ",\n".join(json.dumps(road, ensure_ascii=False) for road in features())
    head = f'{{"type": "FeatureCollection", "synthetic": true, "note": {json.dumps(NOTE)}, "features": [\n'
    (HERE / "roads.geojson").write_text(f"{head}{lines}\n]}}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
