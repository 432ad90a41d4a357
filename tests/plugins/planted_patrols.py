"""Patrols whose plan, track and finding a workspace keeps sealed, and every value of them that may stand in
nothing that leaves it: where the patrol and its people were, and will be."""

from __future__ import annotations

import json
import struct
from datetime import UTC, datetime, timedelta
from pathlib import Path

from truceline.app.patrol import TrackFile, verify_tracks
from truceline.app.patrol_kept import keep_finding, keep_plan, keep_tracks, vault_of
from truceline.core.sealed import Key
from truceline.store.workspace import Workspace

LON, LAT = 36.8612345, 35.4512345
POST = (36.8423456, 35.4323456)
PATROL_WORDS = ("canaryconvoy", "canarycaptain", "canarytrack.gpx")
PATROL_PLACES = (LON, LAT, *POST)


def plant_patrols(workspace: Workspace, folder: Path, *, verify: bool = True) -> None:
    """Keeps a plan, a track and, where the accord promises patrols, what the track shows."""
    key = Key.new()
    vault_of(workspace).folder.mkdir(mode=0o700, exist_ok=True)
    post = {"team": "canaryconvoy", "leader": "canarycaptain", "lon": POST[0], "lat": POST[1]}
    keep_plan(workspace, key, {"plan.json": json.dumps({"stops": [post]}).encode()})
    start = datetime(2018, 10, 3, 7, tzinfo=UTC)
    fixes = "".join(
        f'<trkpt lon="{LON + n * 1e-4:.7f}" lat="{LAT + (n % 7) * 1e-5:.7f}">'
        f"<time>{start + timedelta(seconds=20 * n):%Y-%m-%dT%H:%M:%SZ}</time></trkpt>"
        for n in range(60)
    )
    head = (
        '<gpx version="1.1" xmlns="http://www.topografix.com/GPX/1/1"><trk><name>canaryconvoy</name><trkseg>'
    )
    track = folder / "canarytrack.gpx"
    track.write_text(head + fixes + "</trkseg></trk></gpx>")
    if verify:
        found = verify_tracks(
            workspace, [TrackFile(track, "turkey")], as_of=datetime(2018, 10, 31, tzinfo=UTC)
        )
        keep_tracks(workspace, key, [one.cleaned.track for one in found.verified.patrols])
        keep_finding(workspace, key, found, datetime(2018, 10, 31, tzinfo=UTC))
    else:
        vault_of(workspace).keep(key, "tracks", track.read_bytes())


def planted_in(content: bytes) -> list[str]:
    """What of the patrols some bytes hold: a word, or a place as text to a metre, or as a number."""
    found = [word for word in PATROL_WORDS if word.encode() in content]
    for value in PATROL_PLACES:
        near = struct.unpack(">I", struct.pack(">f", value))[0]
        needles = [f"{value:.7f}"[:8].encode(), struct.pack("<d", value), struct.pack(">d", value)]
        needles += [struct.pack(">I", near + off) for off in (-1, 0, 1)]
        found += [str(value) for needle in needles if needle in content]
    return found
