"""The geometry of an accord in a folder, derived once for as long as nothing that is drawn changes.

Deriving a zone on the ellipsoid takes about a second, and a report asks for the same few zones at every
date and under every reading.
"""

from __future__ import annotations

import hashlib
import json
from collections import OrderedDict
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from threading import Lock
from typing import Any
from zoneinfo import ZoneInfo

from truceline.accord.effective import effective
from truceline.accord.geometry import AccordGeometry, resolve_geometry
from truceline.accord.model import Accord
from truceline.accord.versions import has_versions, periods, version_at
from truceline.app.zone_cache import remembered

KEPT = 16

_kept: OrderedDict[str, AccordGeometry] = OrderedDict()
_lock = Lock()


def geometry_at(
    accord: Accord, root: Path, as_of: datetime, reading: str | None, known_at: datetime | None = None
) -> AccordGeometry:
    """The geometry of the accord as it stands at `as_of` under a reading; files are looked for in `root`.

    Where lines have versions, those that were known at `known_at` count (None: all). Raises InvalidInput for
    an unknown reading, and what resolving the geometry raises.
    """
    standing = effective(accord, at=as_of, reading=reading)
    # The end of a day is the beginning of the next; what is asked for is the day that ends.
    last = (as_of - timedelta(microseconds=1)).astimezone(ZoneInfo(standing.accord.time_zone))
    day = last.date() if has_versions(standing) else None
    key = _key(standing, root, day, known_at)
    with _lock:
        if key in _kept:
            _kept.move_to_end(key)
            return _kept[key]
    geometry = resolve_geometry(standing, root, on=day, known_at=known_at, derive=remembered(root))
    with _lock:
        _kept[key] = geometry
        while len(_kept) > KEPT:
            _kept.popitem(last=False)
    return geometry


def _key(accord: Accord, root: Path, day: date | None, known_at: datetime | None) -> str:
    """A digest of everything that the geometry is made of: the drawn parts and the files that they name."""
    document = accord.model_dump(mode="json")
    drawn = {section: document[section] for section in ("lines", "zones", "places")}
    drawn["provisions"] = [
        {name: provision.get(name) for name in ("id", "kind", "geometry", "band", "bands", "error_m")}
        for provision in document["provisions"]
    ]
    versions: list[str] = []
    if day is not None:
        in_force = [(id, version_at(accord, id, day, known_at)) for id in (x.id for x in accord.lines)]
        versions = [f"{id} {line.id if line else ''}" for id, line in in_force]
        versions += [f"{p.start} {p.end} {sorted(p.in_force.items())}" for p in periods(accord, known_at)]
    digest = hashlib.sha256(json.dumps([drawn, versions], sort_keys=True).encode())
    for name in sorted(set(_files(drawn))):
        path = root / name
        digest.update(name.encode() + b"\0" + (path.read_bytes() if path.is_file() else b""))
    return digest.hexdigest()


def _files(part: Any) -> Iterator[str]:
    if isinstance(part, dict):
        if isinstance(part.get("file"), str):
            yield part["file"]
        for value in part.values():
            yield from _files(value)
    elif isinstance(part, list):
        for value in part:
            yield from _files(value)
