"""A plan as GeoJSON: one line a leg, one point a visit."""

from __future__ import annotations

from typing import Any

import shapely

from truceline.core.instants import isoformat_utc
from truceline.geo.geojson import feature_document
from truceline.patrol.planning.result import Plan
from truceline.patrol.when import instant

NOTE = "Planned positions of patrols: for those who patrol, and nobody else."


def features_of(plan: Plan) -> dict[str, Any]:
    """The plan's legs and visits as a FeatureCollection (RFC 7946)."""
    places = {post.id: (post.lon, post.lat) for post in plan.task.posts}
    found = []
    for shift in plan.shifts:
        said = {"team": shift.team, "party": shift.party, "day": shift.day.isoformat()}
        for leg in shift.legs:
            ends = {"what": "leg", "from": leg.from_post or "base", "to": leg.to_post or "base"}
            times = {"leave": _at(leg.leave_s), "arrive": _at(leg.arrive_s)}
            found.append(feature_document(shapely.LineString(leg.shape), said | ends | times))
        for visit in shift.visits:
            stay = {"begin": _at(visit.begin_s), "end": _at(visit.end_s), "with": visit.with_team}
            found.append(
                feature_document(
                    shapely.Point(places[visit.post]), said | {"what": "visit", "post": visit.post} | stay
                )
            )
    return {"type": "FeatureCollection", "note": NOTE, "features": found}


def _at(seconds: int) -> str:
    return isoformat_utc(instant(seconds))
