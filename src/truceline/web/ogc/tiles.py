"""Vector tiles (MVT) in WebMercatorQuad."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely

from truceline.app.desk import View
from truceline.app.desk.selecting import Floats
from truceline.geo.mercator import HALF_M, mercator
from truceline.web.ogc.cells import LAYERS, counted, layers_of, told
from truceline.web.ogc.collections import Held
from truceline.web.ogc.mvt import encoded
from truceline.web.ogc.points import Told

MATRIX_SET_ID = "WebMercatorQuad"
MOST_ZOOM = 20
MOST_SINGLE = 1500
"""Observations of a tile that are drawn one by one; where there are more, they are counted in cells."""
_MARGIN = 0.05
_SHOWN = ("id", "kind", "error_m", "fatalities", "synthetic", "claim")

MATRIX_SET: dict[str, Any] = {
    "id": MATRIX_SET_ID,
    "title": "Google Maps Compatible for the World",
    "uri": "http://www.opengis.net/def/tilematrixset/OGC/1.0/WebMercatorQuad",
    "crs": "http://www.opengis.net/def/crs/EPSG/0/3857",
    "orderedAxes": ["X", "Y"],
    "tileMatrices": [
        {
            "id": str(z),
            "scaleDenominator": 559082264.0287178 / (1 << z),
            "cellSize": 156543.03392804097 / (1 << z),
            "cornerOfOrigin": "topLeft",
            "pointOfOrigin": [-HALF_M, HALF_M],
            "tileWidth": 256,
            "tileHeight": 256,
            "matrixWidth": 1 << z,
            "matrixHeight": 1 << z,
        }
        for z in range(MOST_ZOOM + 1)
    ],
}


def tile_edges(z: int, x: int, y: int) -> tuple[float, float, float, float]:
    """A tile's edges in Web Mercator metres."""
    side = 2 * HALF_M / (1 << z)
    return -HALF_M + x * side, HALF_M - (y + 1) * side, -HALF_M + (x + 1) * side, HALF_M - y * side


def tile_box(z: int, x: int, y: int, *, margin: float = 0.0) -> tuple[float, float, float, float]:
    """A tile's box in degrees: west, south, east, north; `margin` is a share of its side."""
    west, south, east, north = tile_edges(z, x, y)
    more = (east - west) * margin
    lon = [(value / HALF_M) * 180.0 for value in (west - more, east + more)]
    lat = [float(np.degrees(2 * np.arctan(np.exp(value / HALF_M * np.pi)) - np.pi / 2)) for value in
           (south - more, north + more)]  # fmt: skip
    return lon[0], lat[0], lon[1], lat[1]


def encode(layer: str, z: int, x: int, y: int, items: View | Held, rows: npt.NDArray[np.int64]) -> bytes:
    """A tile with one layer, of these rows of a view or a collection."""
    edges = tile_edges(z, x, y)
    if not isinstance(items, View):
        return encoded(layer, edges, _of_features(items, rows, z, x, y), np.empty((0, 2)), {})
    points, areas = items.apart(rows)
    places, told = _points(items, points, edges)
    return encoded(layer, edges, _areas(items, areas, z, x, y), places, told)


def _points(
    view: View, rows: npt.NDArray[np.int64], edges: tuple[float, float, float, float]
) -> tuple[Floats, dict[str, Told]]:
    if len(rows) > MOST_SINGLE:
        return counted(view, rows, edges)
    return view.plane[rows], _told(view, rows)


def _areas(view: View, rows: npt.NDArray[np.int64], z: int, x: int, y: int) -> list[dict[str, Any]]:
    """Areas and cells; the same one of several observations is drawn once, with their count, and apart for
    what is invented."""
    groups: dict[tuple[int, bool], list[int]] = {}
    for row in rows.tolist():
        groups.setdefault((view.shape_code(row), bool(view.invented[row])), []).append(row)
    frame = shapely.box(*tile_edges(z, x, y)).buffer((2 * HALF_M / (1 << z)) * _MARGIN, join_style="mitre")
    layers = layers_of(view)
    found = []
    for (_, invented), members in groups.items():
        cut = _cut(view.shapes_at(members[:1])[0], frame)
        if cut is None:
            continue
        properties = _told_of(view, members[0]) if len(members) == 1 else {}
        counts = np.bincount(layers[view.kind[members]], minlength=len(LAYERS))
        properties |= told(counts) | {"synthetic": invented, "area": True}
        found.append({"geometry": cut, "properties": properties})
    return found


def _of_features(items: Held, rows: npt.NDArray[np.int64], z: int, x: int, y: int) -> list[dict[str, Any]]:
    frame = shapely.box(*tile_edges(z, x, y)).buffer((2 * HALF_M / (1 << z)) * _MARGIN, join_style="mitre")
    found = []
    for row in rows:
        cut = _cut(items.shapes[row], frame)
        if cut is None:
            continue
        feature = items.features[row]
        properties = {
            name: value
            if isinstance(value, str | int | float | bool)
            else json.dumps(value, ensure_ascii=False)
            for name, value in feature["properties"].items()
            if name not in ("inner", "audit")
        }
        found.append({"geometry": cut, "properties": {"id": feature["id"]} | properties})
    return found


def _cut(shape: Any, frame: Any) -> Any:
    """What of a geometry lies in a tile, in Web Mercator; None where nothing does."""
    if shape is None:
        return None
    there = shapely.transform(shape, mercator)
    cut = there if frame.contains(there) else shapely.intersection(shapely.make_valid(there), frame)
    return None if cut.is_empty else cut


def _told(view: View, rows: npt.NDArray[np.int64]) -> dict[str, Told]:
    columns = view.told(rows, _SHOWN)
    found = {name: Told.of(values) for name, values in columns.items() if name not in ("id", "kind")}
    kinds = view.kind[rows].astype(np.int64)
    return {
        "id": Told(columns["id"], np.arange(len(rows))),
        "kind": Told.among(view.kinds, kinds),
        **found,
        "from_s": Told.numbers(view.start_us[rows] // 1_000_000),
        "layer": Told.among(LAYERS, layers_of(view)[kinds]),
    }


def _told_of(view: View, row: int) -> dict[str, Any]:
    """What is told of one observation alone."""
    told = _told(view, np.array([row]))
    return {name: one.values[int(one.which[0])] for name, one in told.items() if one.which[0] >= 0}
