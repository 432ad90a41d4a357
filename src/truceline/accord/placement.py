"""Whether a geometry lies where the accord does, and if not, whether its lon and lat were exchanged."""

from __future__ import annotations

from collections.abc import Sequence

import shapely
from shapely.geometry.base import BaseGeometry

NEAR_DEG = 0.5
"""How far around the accord's other geometries one may lie that belongs to them, in degrees."""

_WIDEST_DEG = 30.0  # what lies further apart says nothing about where a further geometry belongs


def looks_swapped(geometry: BaseGeometry, ground: BaseGeometry) -> bool:
    """Whether the geometry leaves the ground (lon, lat in degrees) but lies in it with lat, lon exchanged."""
    if ground.covers(geometry):
        return False
    exchanged = shapely.transform(geometry, lambda lonlat: lonlat[:, ::-1])
    return bool(ground.covers(exchanged))


def surroundings(others: Sequence[BaseGeometry]) -> BaseGeometry | None:
    """Where an accord lies, by its other geometries: their bounding box and half a degree around.

    None where fewer than two are known, or where they lie too far apart to say.
    """
    if len(others) < 2:
        return None
    west, south, east, north = shapely.total_bounds(list(others))
    if max(east - west, north - south) > _WIDEST_DEG:
        return None
    around: BaseGeometry = shapely.box(west - NEAR_DEG, south - NEAR_DEG, east + NEAR_DEG, north + NEAR_DEG)
    return around
