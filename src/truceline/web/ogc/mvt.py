"""Writes vector tiles (Mapbox Vector Tile 2.1): lines and areas with mapbox_vector_tile, points past it.

The library makes a shape of every point, moves it by a function of Python and takes it apart again, some
30 thousandths of a second for a tile of 1,500, in which nobody else is answered. Points are moved here all
at once, and their bytes stand behind what the library wrote of the layer (`points.py`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from truceline.app.desk.selecting import Floats
from truceline.web.ogc.points import Told, varint, written

EXTENT = 4096
"""Units along the side of a tile."""
_LAYERS = b"\x1a"
"""Field 3 of a tile, with a length before it."""


def encoded(
    layer: str,
    edges: tuple[float, float, float, float],
    shapes: Sequence[dict[str, Any]],
    places: Floats,
    told: Mapping[str, Told],
) -> bytes:
    """A tile with one layer; empty where it holds nothing.

    `edges` are west, south, east, north of the tile in metres of Web Mercator, and so are all places.
    `shapes` are features with ``geometry`` (Shapely's) and ``properties``; `places` has a row x, y for each
    point, of which `told` says something by name.
    """
    if not shapes and not len(places):
        return b""
    from mapbox_vector_tile.encoder import VectorTile  # it takes a while, and most servers draw later

    writer: Any = VectorTile({"quantize_bounds": edges, "extents": EXTENT})
    writer.add_layer(layer, shapes)
    content: bytes = writer.layer.SerializeToString()
    if len(places):
        west, south, east, north = edges
        x = np.rint((places[:, 0] - west) * (EXTENT / (east - west))).astype(np.int64)
        y = EXTENT - np.rint((places[:, 1] - south) * (EXTENT / (north - south))).astype(np.int64)
        content += written(x, y, told, writer.seen_keys_idx, len(writer.layer.values))
    return _LAYERS + varint(len(content)) + content
