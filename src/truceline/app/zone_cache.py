"""Bands beside lines that were derived before, kept in the workspace's cache folder.

Deriving a zone takes a second, and the same few zones are asked for at every call. A file is named by a
digest of all that decides its content: the line, the numbers, the method. What is not there, or cannot be
read, is derived again; a folder that cannot be written is left alone.
"""

from __future__ import annotations

import contextlib
import hashlib
from importlib.metadata import version
from pathlib import Path

import shapely
from shapely.geometry.base import BaseGeometry

from truceline.accord.geometry import Derive, Stretches, derived
from truceline.core.durable import make_folder, write_in_place

# Raised whenever geo/zone.py gives other vertices for the same input.
METHOD = "2"
CACHE = Path("cache", "zones")


def remembered(root: Path) -> Derive:
    """A `derive` for `truceline.accord.geometry.resolve_geometry` that remembers in the workspace `root`."""
    folder = root / CACHE

    def derive(
        line: BaseGeometry, depth_m: float, side: str, from_m: float, stretches: Stretches = ()
    ) -> BaseGeometry:
        asked = f"{METHOD} {version('shapely')} {version('pyproj')} {depth_m!r} {side} {from_m!r} "
        if stretches:
            asked += f"{stretches!r} "
        name = hashlib.sha256(asked.encode() + shapely.to_wkb(line)).hexdigest()
        file = folder / f"{name}.wkb"
        with contextlib.suppress(OSError, shapely.errors.GEOSException):
            return shapely.from_wkb(file.read_bytes())
        zone = derived(line, depth_m, side, from_m, stretches)
        with contextlib.suppress(OSError):
            make_folder(folder)
            write_in_place(file, shapely.to_wkb(zone))
        return zone

    return derive
