"""Reports counted in the cells of a tile, by the layer of the map that each belongs to.

A cell is one feature for what was reported and one for what was invented, so that each can be left out. It
says how many reports there are of each layer and which layer has the most: many reports are not one colour.
"""

from __future__ import annotations

from typing import Any

import numba
import numpy as np
import numpy.typing as npt

from truceline.app.desk import View
from truceline.app.desk.selecting import Codes
from truceline.web.ogc.points import Told

CELLS = 16
"""Cells along the side of a tile: of 32 pixels where a tile has 512, so that a circle and its number fit."""
BESIDE = 2
"""Cells beyond each edge, so that what is drawn at an edge is whole in both tiles."""
LAYERS = ("military", "withdrawal", "access", "other")
_LAYER_OF = {
    "any_military_action": "military",
    "presence": "withdrawal",
    "withdrawal": "withdrawal",
    "control": "withdrawal",
    "route": "access",
    "patrol": "access",
    "effort": "access",
    "restricted_act": "access",
}

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]


def layer_of(family: str) -> str:
    """Which layer of the map a family of reports belongs to; as frontend/shared/layers.ts."""
    return _LAYER_OF.get(family, "other")


def layers_of(view: View) -> Ints:
    """For each of a view's kinds the number of its layer among `LAYERS`."""
    return np.array([LAYERS.index(layer_of(family)) for family in view.families], np.int64)


@numba.njit(cache=True, nogil=True)
def _count(
    rows: Ints, x: Floats, y: Floats, kind: Codes, layers: Ints, invented: Bools, west: float, south: float,
    cell: float, side: int, beside: int, most: int,
) -> tuple[Ints, Floats]:  # fmt: skip
    """How many reports of each layer lie in each cell, and the sums of their places."""
    counts = np.zeros((2 * side * side, most), np.int64)
    sums = np.zeros((2 * side * side, 2), np.float64)
    for at in range(len(rows)):
        row = rows[at]
        column = int(np.floor((x[row] - west) / cell)) + beside
        line = int(np.floor((y[row] - south) / cell)) + beside
        if column < 0 or line < 0 or column >= side or line >= side:
            continue
        number = (line * side + column) * 2 + (1 if invented[row] else 0)
        counts[number, layers[kind[row]]] += 1
        sums[number, 0] += x[row]
        sums[number, 1] += y[row]
    return counts, sums


def counted(
    view: View, rows: Ints, edges: tuple[float, float, float, float]
) -> tuple[Floats, dict[str, Told]]:
    """The cells that hold any of these rows, which are points: where each is (x, y), and what is told of it.
    `edges` are the tile's in Web Mercator metres. The place of a cell is the middle of its reports."""
    west, south, east, _ = edges
    side = CELLS + 2 * BESIDE
    plane = view.plane
    counts, sums = _count(
        rows, plane[:, 0], plane[:, 1], view.kind, layers_of(view), view.invented, west, south,
        (east - west) / CELLS, side, BESIDE, len(LAYERS),
    )  # fmt: skip
    totals = counts.sum(axis=1)
    held = np.flatnonzero(totals)
    found = {
        "count": Told.numbers(totals[held]),
        "layer": Told.among(LAYERS, np.argmax(counts[held], axis=1)),
        "synthetic": Told.among((False, True), held % 2),
    }
    found |= {name: Told.numbers(counts[held, layer], least=1) for layer, name in enumerate(LAYERS)}
    return sums[held] / totals[held, None], found


def told(counts: Ints) -> dict[str, Any]:
    """What is said of reports that are told together: how many in all, of each layer, and the layer with the
    most (the first of those that tie)."""
    of_layers = {name: int(count) for name, count in zip(LAYERS, counts, strict=True) if count}
    return {"count": int(counts.sum()), "layer": LAYERS[int(np.argmax(counts))]} | of_layers
