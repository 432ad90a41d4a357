"""Writes vector tiles (Mapbox Vector Tile 2.1) with mapbox_vector_tile, and points past its geometries.

The library makes a shape of every point, moves it by a function of Python and takes it apart again, some
30 thousandths of a second for a tile of 1,500, in which nobody else is answered. Points are moved here all
at once, and written into the library's own layer.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from truceline.app.desk.selecting import Floats

EXTENT = 4096
"""Units along the side of a tile."""
_MOVE_ONCE = (1 << 3) | 1
"""The command of a point: go to one place (MoveTo is 1, its count stands three bits up)."""

Properties = dict[str, str | int | float | bool]


def encoded(
    layer: str,
    edges: tuple[float, float, float, float],
    shapes: Sequence[dict[str, Any]],
    places: Floats,
    properties: Sequence[Properties],
) -> bytes:
    """A tile with one layer; empty where it holds nothing.

    `edges` are west, south, east, north of the tile in metres of Web Mercator, and so are all places.
    `shapes` are features with ``geometry`` (Shapely's) and ``properties``; `places` has a row x, y for each
    of `properties`, which are those of points.
    """
    if not shapes and not len(places):
        return b""
    from mapbox_vector_tile.encoder import VectorTile  # it takes a while, and most servers draw later

    writer: Any = VectorTile({"quantize_bounds": edges, "extents": EXTENT})
    writer.add_layer(layer, shapes)
    if len(places):
        _add_points(writer, edges, places, properties)
    written: bytes = writer.tile.SerializeToString()
    return written


def _add_points(
    writer: Any, edges: tuple[float, float, float, float], places: Floats, properties: Sequence[Properties]
) -> None:
    west, south, east, north = edges
    x = np.rint((places[:, 0] - west) * (EXTENT / (east - west))).astype(np.int64)
    y = EXTENT - np.rint((places[:, 1] - south) * (EXTENT / (north - south))).astype(np.int64)
    moves = [((one << 1) ^ (one >> 63)).tolist() for one in (x, y)]  # zigzag, as the specification has it
    layer = writer.layer
    keys: dict[str, int] = writer.seen_keys_idx
    values: dict[tuple[type, str | int | float | bool], int] = {}
    # What the library numbered has no type beside it; values of points are numbered after those.
    first = len(layer.values)
    for across, down, told in zip(*moves, properties, strict=True):
        tags: list[int] = []
        for name, value in told.items():
            key = keys.get(name)
            if key is None:
                key = keys[name] = len(layer.keys)
                layer.keys.append(name)
            number = values.get((type(value), value))
            if number is None:
                number = values[type(value), value] = first + len(values)
                _set(layer.values.add(), value)
            tags += key, number
        feature = layer.features.add()
        feature.type = writer.tile.Point
        feature.tags.extend(tags)
        feature.geometry.extend((_MOVE_ONCE, across, down))


def _set(held: Any, value: str | int | float | bool) -> None:
    if isinstance(value, bool):
        held.bool_value = value
    elif isinstance(value, str):
        held.string_value = value
    elif isinstance(value, int):
        held.int_value = value
    else:
        held.double_value = value
