"""Whether a plan breaks a hard rule, decided from the plan's own document and the files it was asked with.

It knows nothing of the planner: times of day by `datetime`, sides of the line by the sign of a cross product
at the nearest piece of a polyline on a plane, dangers by shapely.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

import shapely


def faults(
    plan: dict[str, Any],
    *,
    teams: list[dict[str, Any]],
    posts: dict[str, dict[str, Any]],
    zone: ZoneInfo,
    line: list[tuple[float, float]] | None = None,
    sides: dict[str, str] | None = None,
    hazards: list[tuple[shapely.Geometry, float]] = (),  # type: ignore[assignment]
    max_hazard: float = 0.1,
) -> list[str]:
    """A sentence for everything that a plan must not do and does. Ways are taken as straight in lon/lat."""
    known = {team["id"]: team for team in teams}
    found: list[str] = []
    for shift in plan["shifts"]:
        team = known[shift["team"]]
        name = f"{shift['team']} {shift['day']}"
        where = {"base": (team["lon"], team["lat"])} | {k: (p["lon"], p["lat"]) for k, p in posts.items()}
        leave, back = _time(shift["leave"]), _time(shift["back"])
        start = datetime.fromisoformat(f"{shift['day']}T{team['from']}").replace(tzinfo=zone)
        end = datetime.fromtimestamp(start.timestamp() + team["hours"] * 3600, zone)
        if leave < start or back > end:
            found.append(f"{name}: out of its shift")
        if team.get("most_out_hours") and (back - leave).total_seconds() > team["most_out_hours"] * 3600:
            found.append(f"{name}: out too long")
        if team.get("curfew"):
            minute = leave
            while minute < back:
                if _quiet(minute.astimezone(zone).strftime("%H:%M:%S"), *team["curfew"]):
                    found.append(f"{name}: out in the curfew at {minute}")
                    break
                minute += timedelta(seconds=30)
        at, now = "base", leave
        for number, leg in enumerate(shift["legs"]):
            if leg["from"] != at or _time(leg["leave"]) < now:
                found.append(f"{name}: leg {number} does not begin where and when the last one ended")
            a, b = where[leg["from"]], where[leg["to"]]
            took = (_time(leg["arrive"]) - _time(leg["leave"])).total_seconds()
            # The sphere's least radius: no way is shorter than that.
            if took + 1e-6 < _least_metres(a, b) / (team["speed_kmh"] / 3.6):
                found.append(f"{name}: leg {number} is faster than its vehicle")
            if line and sides and team["party"] in sides:
                way = shapely.LineString([a, b])
                if way.intersects(shapely.LineString(line)):
                    found.append(f"{name}: leg {number} crosses the line")
                if any(_side(spot, line) != sides[team["party"]] for spot in (a, b)):
                    found.append(f"{name}: leg {number} is on the other side")
            way = shapely.LineString([a, b])
            for area, p in hazards:
                if p >= max_hazard and way.intersects(area):
                    found.append(f"{name}: leg {number} enters danger of {p}")
            at, now = leg["to"], _time(leg["arrive"])
            if at != "base":
                visit, post = shift["visits"][number], posts[at]
                if visit["post"] != at or _time(visit["begin"]) < now:
                    found.append(f"{name}: the visit to {at} begins before the team is there")
                lasts = (_time(visit["end"]) - _time(visit["begin"])).total_seconds()
                if lasts < post["visit_s"]:
                    found.append(f"{name}: the visit to {at} is too short")
                if post.get("party") not in (None, team["party"]):
                    found.append(f"{name}: {at} is not its party's")
                now = _time(visit["end"])
        if at != "base" or now != back or len(shift["visits"]) != len(shift["legs"]) - 1:
            found.append(f"{name}: it does not end at its base")
    for one in plan["shifts"]:
        for other in plan["shifts"]:
            if one is not other and one["team"] == other["team"]:
                apart = _time(one["back"]) <= _time(other["leave"]) or _time(other["back"]) <= _time(
                    one["leave"]
                )
                if not apart:
                    found.append(f"{one['team']} is out twice at one time")
    days = [(shift["team"], shift["day"]) for shift in plan["shifts"]]
    if len(set(days)) != len(days):
        found.append("a team has two shifts on one day")
    return found


def unpaired(plan: dict[str, Any], within_s: float) -> list[str]:
    """Visits said to be with another team that are not: at one post, both there for its own length."""
    found = []
    visits = [(s["team"], s["party"], v) for s in plan["shifts"] for v in s["visits"]]
    for team, party, visit in visits:
        if visit["with"] is None:
            continue
        others = [
            other
            for name, its_party, other in visits
            if name == visit["with"] and its_party != party and other["post"] == visit["post"]
            and abs((_time(other["begin"]) - _time(visit["begin"])).total_seconds()) <= within_s
        ]  # fmt: skip
        if not any(other["with"] == team for other in others):
            found.append(f"{team} is alone at {visit['post']}")
    return found


def _time(text: str) -> datetime:
    return datetime.fromisoformat(text.replace("Z", "+00:00"))


def _quiet(clock: str, start: str, end: str) -> bool:
    start, end = f"{start}:00", f"{end}:00"
    return start <= clock < end if start < end else clock >= start or clock < end


def _least_metres(a: tuple[float, float], b: tuple[float, float]) -> float:
    from geographiclib.geodesic import Geodesic

    return float(Geodesic.WGS84.Inverse(a[1], a[0], b[1], b[0])["s12"])


def _side(spot: tuple[float, float], line: list[tuple[float, float]]) -> str:
    pieces = [shapely.LineString(pair) for pair in pairwise(line)]
    # On a plane whose metres are alike, near 35 degrees north.
    flat = [shapely.transform(piece, lambda xy: xy * (0.819, 1.0)) for piece in pieces]
    point = shapely.Point(spot[0] * 0.819, spot[1])
    nearest = min(flat, key=point.distance)
    (x1, y1), (x2, y2) = nearest.coords
    cross = (x2 - x1) * (point.y - y1) - (y2 - y1) * (point.x - x1)
    return "left" if cross > 0 else "right"
