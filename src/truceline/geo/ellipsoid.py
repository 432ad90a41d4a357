"""WGS 84: geodesic problems over arrays, and earth-centred coordinates.

Geodesics are PROJ's (Karney, "Algorithms for geodesics", J. Geodesy 87, 2013; error about 15 nm).
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray
from pyproj import Geod

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Ints = NDArray[np.int64]

GEOD = Geod(ellps="WGS84")
MEAN_RADIUS_M = 6_371_008.8


def direct(lon: ArrayLike, lat: ArrayLike, azimuth: ArrayLike, distance_m: ArrayLike) -> tuple[Any, ...]:
    """Where a geodesic leads: lon, lat and forward azimuth at its end. Degrees, metres; broadcasts."""
    arrays = np.broadcast_arrays(lon, lat, azimuth, distance_m)
    shape = arrays[0].shape
    flat = [np.array(a, dtype=float).ravel() for a in arrays]
    a, b, c, d = flat
    result = GEOD.fwd(a, b, c, d, return_back_azimuth=False)
    return tuple(np.asarray(r).reshape(shape) for r in result)


def inverse(lon1: ArrayLike, lat1: ArrayLike, lon2: ArrayLike, lat2: ArrayLike) -> tuple[Any, ...]:
    """The geodesic between points: forward azimuths at start and end (degrees), metres; broadcasts."""
    arrays = np.broadcast_arrays(lon1, lat1, lon2, lat2)
    shape = arrays[0].shape
    flat = [np.array(a, dtype=float).ravel() for a in arrays]
    a, b, c, d = flat
    result = GEOD.inv(a, b, c, d, return_back_azimuth=False)
    return tuple(np.asarray(r).reshape(shape) for r in result)


def earth_centred(lon: ArrayLike, lat: ArrayLike) -> Floats:
    """Earth-centred, earth-fixed coordinates in metres of points at height 0; shape (..., 3)."""
    lam, phi = np.radians(lon), np.radians(lat)
    n = GEOD.a / np.sqrt(1.0 - GEOD.es * np.sin(phi) ** 2)
    return np.stack(
        [
            n * np.cos(phi) * np.cos(lam),
            n * np.cos(phi) * np.sin(lam),
            n * (1.0 - GEOD.es) * np.sin(phi),
        ],
        axis=-1,
    )


def wrapped(degrees: ArrayLike) -> Floats:
    """Angles brought into [-180, 180)."""
    return (np.asarray(degrees, dtype=float) + 180.0) % 360.0 - 180.0
