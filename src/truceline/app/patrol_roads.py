"""Of tracks, how much lies on which roads: matched to a map, each track with how sure that is.

No position is told: kilometres and shares only.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from truceline.app.roads import roads_around
from truceline.core.errors import InvalidInput
from truceline.geo.inside import SIGMA_PER_ERROR
from truceline.geo.roads.matching import Matched, matched
from truceline.geo.roads.vehicles import CAR, VEHICLES
from truceline.patrol.track import Track
from truceline.store.workspace import Workspace


@dataclass(frozen=True)
class OnRoads:
    """One track on the roads of a map."""

    track: str
    vehicle: str
    synthetic: bool
    found: Matched

    def as_dict(self) -> dict[str, Any]:
        """As plain JSON data."""
        metres = self.found.metres
        return {
            "track": self.track,
            "vehicle": self.vehicle,
            "synthetic_roads": self.synthetic,
            "km": round(metres / 1000.0, 1),
            "expected_right_share": round(self.found.expected_right_m / metres, 4) if metres else None,
            "sure_share": round(self.found.sure_share, 4),
            "off_road_share": round(self.found.off_road_share, 4),
            "runs": len(self.found.runs),
        }


def tracks_on_roads(
    workspace: Workspace,
    tracks: Iterable[Track],
    roads: Path | None,
    *,
    vehicle: str = CAR.kind,
    max_gap_s: float = 300.0,
) -> tuple[OnRoads, ...]:
    """Tracks (cleaned) matched to the roads of a file, or of the workspace (`truceline.app.roads`). Raises
    InvalidInput where there are no roads or the vehicle is unknown, and what reading roads raises."""
    if vehicle not in VEHICLES:
        raise InvalidInput(f"--vehicle: found {vehicle!r}; accepted: {', '.join(VEHICLES)}")
    asked = [track for track in tracks if len(track)]
    if not asked:
        return ()
    places = np.vstack([np.column_stack([track.lon, track.lat]) for track in asked])
    found = roads_around(workspace, places, roads, (VEHICLES[vehicle],))
    if found is None:
        raise InvalidInput("there are no roads to match tracks to; accepted: --roads FILE")
    graph = found.graph(VEHICLES[vehicle])
    return tuple(
        OnRoads(
            track.name,
            vehicle,
            found.synthetic,
            matched(graph, track.lon, track.lat, track.time_s, track.error_m * SIGMA_PER_ERROR, max_gap_s),
        )
        for track in asked
    )
