"""Roads that were read before, kept on disk.

A file is named by a digest of all that decides its content: the extract's own digest, this reader's version,
the versions of what it reads with, and what was asked. What is not there or cannot be read is read again; a
folder that cannot be written is left alone.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import json
import zipfile
from collections.abc import Callable
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import numpy as np

from truceline.core.durable import make_folder, write_in_place
from truceline.geo.roads.road_map import RoadMap

READER = "1"
"""Raised whenever the same extract gives another map."""


def kept_map(folder: Path | None, extract: Path, asked: str, read: Callable[[], RoadMap]) -> RoadMap:
    """The map that `read` makes of an extract, from the folder where it is there, and put there if not."""
    if folder is None:
        return read()
    with extract.open("rb") as content:
        digest = hashlib.file_digest(content, "sha256").hexdigest()
    said = f"{READER} {_version('osmium')} {_version('pyproj')} {digest} {asked}"
    file = folder / f"{hashlib.sha256(said.encode()).hexdigest()}.npz"
    with contextlib.suppress(OSError, ValueError, KeyError, zipfile.BadZipFile):
        return _loaded(file.read_bytes())
    found = read()
    with contextlib.suppress(OSError):
        make_folder(folder)
        write_in_place(file, _packed(found))
    return found


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "none"


def _packed(found: RoadMap) -> bytes:
    text = json.dumps([found.tags, list(found.barriers.items()), found.synthetic]).encode()
    out = io.BytesIO()
    np.savez(
        out, lon=found.lon, lat=found.lat, ends=found.ends, metres=found.metres, tag=found.tag,
        text=np.frombuffer(text, dtype=np.uint8),
    )  # fmt: skip
    return out.getvalue()


def _loaded(content: bytes) -> RoadMap:
    with np.load(io.BytesIO(content), allow_pickle=False) as parts:
        tags, barriers, synthetic = json.loads(bytes(parts["text"]))
        arrays = {name: parts[name] for name in ("lon", "lat", "ends", "metres", "tag")}
    return RoadMap(
        **arrays, tags=tuple(tags), barriers={int(a): int(b) for a, b in barriers}, synthetic=synthetic
    )
