"""The geometry of an accord in a folder, derived once for as long as nothing that is drawn changes.

Deriving a zone on the ellipsoid takes about a second, and a report asks for the same few zones at every
date and under every reading.
"""

from __future__ import annotations

import hashlib
import json
from collections import OrderedDict
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from threading import Lock
from typing import Any
from zoneinfo import ZoneInfo

from truceline.accord.effective import effective
from truceline.accord.geometry import AccordGeometry, resolve_geometry
from truceline.accord.model import Accord
from truceline.app.zone_cache import remembered

KEPT = 16

_kept: OrderedDict[str, AccordGeometry] = OrderedDict()
_lock = Lock()


def geometry_at(accord: Accord, root: Path, as_of: datetime, reading: str | None) -> AccordGeometry:
    """The geometry of the accord as it stands at `as_of` under a reading; files are looked for in `root`.

    Raises InvalidInput for an unknown reading, and what resolving the geometry raises.
    """
    standing = effective(accord, at=as_of, reading=reading)
    has_versions = any(line.version_of for line in standing.lines)
    day = as_of.astimezone(ZoneInfo(standing.accord.time_zone)).date() if has_versions else None
    key = _key(standing, root, day)
    with _lock:
        if key in _kept:
            _kept.move_to_end(key)
            return _kept[key]
    geometry = resolve_geometry(standing, root, on=day, derive=remembered(root))
    with _lock:
        _kept[key] = geometry
        while len(_kept) > KEPT:
            _kept.popitem(last=False)
    return geometry


def _key(accord: Accord, root: Path, day: date | None) -> str:
    """A digest of everything that the geometry is made of: the drawn parts and the files that they name."""
    document = accord.model_dump(mode="json")
    drawn = {section: document[section] for section in ("lines", "zones", "places")}
    drawn["provisions"] = [
        {name: provision.get(name) for name in ("id", "kind", "geometry", "band", "bands", "error_m")}
        for provision in document["provisions"]
    ]
    digest = hashlib.sha256(json.dumps([drawn, str(day)], sort_keys=True).encode())
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
