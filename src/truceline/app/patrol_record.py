"""Patrols that tracks show, as observations that a workspace takes in: the day and the zone, no position."""

from __future__ import annotations

import csv
import hashlib
from datetime import UTC
from pathlib import Path
from zoneinfo import ZoneInfo

from truceline.app.patrol import Verification
from truceline.core.errors import InvalidInput
from truceline.core.shown import defused
from truceline.patrol.verification import PatrolShown

SOURCE = "patrol-tracks"
METHOD = "track"
COLUMNS = (
    "id", "kind", "date_start", "date_end", "place", "actor", "method", "reliability", "credibility",
    "claim", "synthetic", "report", "source",
)  # fmt: skip
# Information credibility (Admiralty): confirmed by other means than anybody's word; possibly true.
CREDIBILITY = {"shown": 1, "shown_in_part": 3}


def write_observations(found: Verification, zone: ZoneInfo, path: Path, *, synthetic: bool) -> int:
    """Writes an observation for each patrol that is not doubtful, in CSV with our own field names; how many.

    Days are in `zone`. The same tracks give the same ids, so that taking the file in again adds nothing.
    Raises InvalidInput where the file is there already.
    """
    place = found.place or ""
    rows = [
        _row(one, place, zone, synthetic) for one in found.verified.patrols if one.standing in CREDIBILITY
    ]
    try:
        with path.open("x", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(COLUMNS)
            writer.writerows([[defused(str(cell)) for cell in row] for row in rows])
    except FileExistsError as error:
        raise InvalidInput(f"{path} is there already; nothing is written over") from error
    except OSError as error:
        raise InvalidInput(f"{path} cannot be written: {error.strerror}") from error
    return len(rows)


def _row(one: PatrolShown, place: str, zone: ZoneInfo, synthetic: bool) -> list[object]:
    track = one.cleaned.track
    content = hashlib.sha256(f"{track.party}\n".encode())
    for column in (track.time_s, track.lon, track.lat):
        content.update(column.tobytes())
    start, end = (moment.astimezone(UTC).astimezone(zone).date() for moment in (track.start, track.end))
    what = "a track shows the patrol" if one.standing == "shown" else "a track shows part of the patrol"
    report = f"{what}: {one.length_m / 1000:.0f} km, {one.visits} visits, gaps {one.gap_share:.0%}"
    return [
        f"track-{content.hexdigest()[:24]}", "patrol", start.isoformat(), end.isoformat(), place, track.party,
        METHOD, "B", CREDIBILITY[one.standing], "false", "true" if synthetic else "false", report, SOURCE,
    ]  # fmt: skip
