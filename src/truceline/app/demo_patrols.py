"""The example's patrols and routes: simulated tracks told apart, and whether the promised roads were open.

No track of the Idlib patrols was ever published. These are simulated (`truceline.patrol.simulate`), named
synthetic, and along ways that nobody drove: they show what `patrol verify` tells, and nothing about anybody.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import numpy as np

from truceline.app.patrol import TrackFile, verify_tracks
from truceline.app.route import route_status
from truceline.core.instants import isoformat_utc, parse_instant, zone_of
from truceline.geo.ellipsoid import direct
from truceline.geo.nearest import LineIndex
from truceline.patrol.simulate import copied, simulated, with_gap
from truceline.patrol.track import Track
from truceline.patrol.when import instant
from truceline.store.workspace import Workspace

FIRST_DAY = datetime(2018, 10, 22, 6, tzinfo=UTC)
DAY_S = 86_400.0
OFFSET_M = 20_000.0
STRETCH = (0.30, 0.38)
PLANNED = 4
ROUTE_DATES = ("2018-10-15", "2018-12-31", "2020-03-01")

Say = Callable[[str], None]


def show_patrols(folder: Path, workspace: Workspace, line: LineIndex, say: Say) -> dict[str, Any]:
    """Four patrols of a week, simulated: one honest, one with gaps, one copied, one that left no track."""
    say("   Patrols: four of a week, simulated (synthetic), verified from their tracks")
    tracks = folder / "synthetic-tracks"
    tracks.mkdir()
    start = FIRST_DAY.timestamp()
    way = _way(line, -90.0)
    former, _ = simulated("former", "turkey", way, start - 7 * DAY_S, seed=1, stops=[(5, 900.0)])
    honest, _ = simulated("honest", "turkey", way, start, seed=2, stops=[(5, 900.0)])
    other, _ = simulated("gaps", "russia", _way(line, 90.0), start + 2 * DAY_S, seed=3)
    made = {
        "former": former,
        "honest": honest,
        "gaps": with_gap(other, 0.3, 0.75),
        "copied": copied(former, "copied", 11 * DAY_S + 1300.0, digits=6),
    }
    for name, track in made.items():
        (tracks / f"{name}.gpx").write_text(gpx_of(track), encoding="utf-8")
    found = verify_tracks(
        workspace,
        [TrackFile(tracks / f"{name}.gpx", made[name].party) for name in ("honest", "gaps", "copied")],
        earlier=[TrackFile(tracks / "former.gpx", "turkey")],
        as_of=parse_instant("2018-10-31", zone_of(workspace.accord().accord.time_zone)),
    ).as_dict()
    standing = {one["track"].removesuffix(".gpx"): one["standing"] for one in found["patrols"]}
    missing = PLANNED - len(standing)
    say(
        "   " + ", ".join(f"{name}: {what.replace('_', ' ')}" for name, what in standing.items())
        + f"; {missing} of the {PLANNED} left no track"
    )  # fmt: skip
    seen = found["zone_seen"]["all"]["share"]
    say(f"   {seen:.1%} of the zone was in sight of tracks that are not doubtful ({found['sight_m']:g} m)")
    return {"synthetic": True, "planned": PLANNED, "without_track": missing, **found}


def show_routes(workspace: Workspace, say: Say) -> dict[str, Any]:
    """The state of the promised routes at three dates, from the real reports."""
    zone = zone_of(workspace.accord().accord.time_zone)
    known_at = datetime.now(UTC)
    found: dict[str, Any] = {}
    for day in ROUTE_DATES:
        states = route_status(workspace, as_of=parse_instant(day, zone), known_at=known_at)
        found[day] = [state.as_dict() for state in states]
        told = ", ".join(f"{state.id} {str(state.status).replace('_', ' ')}" for state in states)
        say(f"   Routes, {day}: {told}")
    return found


def gpx_of(track: Track) -> str:
    """The track in GPX 1.1, marked as invented."""
    points = "".join(
        f'<trkpt lat="{lat:.7f}" lon="{lon:.7f}"><time>{isoformat_utc(instant(time_s))}</time></trkpt>\n'
        for time_s, lon, lat in zip(
            track.time_s.tolist(), track.lon.tolist(), track.lat.tolist(), strict=True
        )
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<gpx version="1.1" creator="truceline demo" xmlns="http://www.topografix.com/GPX/1/1">\n'
        "<metadata><desc>Synthetic: nobody drove this.</desc></metadata>\n"
        f"<trk><desc>{escape(track.party)}, synthetic</desc><trkseg>\n{points}</trkseg></trk></gpx>\n"
    )


def _way(line: LineIndex, turn: float) -> Sequence[tuple[float, float]]:
    """A way beside the line, `OFFSET_M` to the left (-90) or right (90), over a stretch of it."""
    position = np.linspace(*STRETCH, 12) * line.total_m
    segment = np.clip(np.searchsorted(line.offset_m, position, side="right") - 1, 0, len(line.start) - 1)
    lon, lat, azimuth = direct(
        line.start[segment, 0],
        line.start[segment, 1],
        line.azimuth[segment],
        position - line.offset_m[segment],
    )
    # The line's general direction, for beside each bend a way would double back.
    heading = float(
        np.degrees(np.arctan2(np.sin(np.radians(azimuth)).sum(), np.cos(np.radians(azimuth)).sum()))
    )
    x, y, _ = direct(lon, lat, np.full(len(lon), heading + turn), np.full(len(lon), OFFSET_M))
    return list(zip(x.tolist(), y.tolist(), strict=True))
