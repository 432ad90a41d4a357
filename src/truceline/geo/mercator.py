"""Web Mercator (EPSG:3857): the plane of map tiles, for drawing only; nothing is measured on it."""

from __future__ import annotations

import numpy as np

from truceline.geo.ellipsoid import Floats

HALF_M = 20_037_508.342789244
"""Half of the side of the world on this plane, metres."""
MOST_LAT = 85.0511287798
"""Where the square of the plane ends, degrees."""


def mercator(positions: Floats) -> Floats:
    """Positions lon, lat (degrees, WGS 84) on the plane, metres; latitudes beyond `MOST_LAT` at the edge."""
    lon, lat = positions[:, 0], np.clip(positions[:, 1], -MOST_LAT, MOST_LAT)
    x = lon / 180.0 * HALF_M
    y = np.log(np.tan(np.pi / 4 + np.radians(lat) / 2)) / np.pi * HALF_M
    return np.stack([x, y], axis=1)
