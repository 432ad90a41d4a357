"""One track file to tracks, by what it holds."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo

from truceline.core.errors import Fault
from truceline.evidence.intake.document import Document, open_document
from truceline.patrol.files import features, gpx, table
from truceline.patrol.files.fixes import Fixes
from truceline.patrol.track import Track

FORMATS: dict[str, tuple[Callable[[str], bool], Callable[[Document, Fixes], None]]] = {
    "gpx": (gpx.recognises, gpx.read),
    "geojson": (features.recognises, features.read),
    "csv": (table.recognises, table.read),
}


@dataclass(frozen=True)
class TracksRead:
    """The tracks of a file, its SHA-256, how it was read, and the fixes that could not be."""

    tracks: tuple[Track, ...]
    faults: tuple[Fault, ...]
    sha256: str
    format: str


def read_tracks(path: Path, party: str, zone: ZoneInfo) -> TracksRead:
    """The tracks of one file. `party` is whose they are where the file does not say; instants without an
    offset are in `zone`. Raises InvalidEvidence where the file as a whole cannot be read.
    """
    document = open_document(path)
    head = document.head()
    name = next((name for name, (recognises, _) in FORMATS.items() if recognises(head)), None)
    if name is None:
        raise document.fail(
            "this is no track that can be read", accepted="GPX, GeoJSON, or CSV with time, lon and lat"
        )
    fixes = Fixes(document.name, party, zone)
    FORMATS[name][1](document, fixes)
    return TracksRead(tuple(fixes.tracks()), tuple(fixes.faults), document.sha256, name)
