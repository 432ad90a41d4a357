"""How fast roads are driven and who may use them, from OpenStreetMap's tags.

Speeds are kilometres an hour of a vehicle that is not in a hurry; they are lower than limits, as in the
profiles of routing engines, and cut by what the surface allows. They are assumptions, and shown as such.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

SPEED_KMH: Mapping[str, float] = {
    "motorway": 90.0, "motorway_link": 50.0, "trunk": 75.0, "trunk_link": 45.0, "primary": 60.0,
    "primary_link": 40.0, "secondary": 50.0, "secondary_link": 40.0, "tertiary": 40.0, "tertiary_link": 30.0,
    "unclassified": 30.0, "residential": 25.0, "living_street": 10.0, "road": 25.0, "service": 15.0,
    "track": 15.0,
}  # fmt: skip
"""Roads that a car uses, by the tag ``highway``; others are left out."""

SURFACE: Mapping[str, float] = {
    "unpaved": 0.6, "compacted": 0.8, "gravel": 0.6, "fine_gravel": 0.7, "dirt": 0.5, "earth": 0.5,
    "ground": 0.5, "grass": 0.4, "sand": 0.3, "mud": 0.2, "cobblestone": 0.7, "sett": 0.8,
}  # fmt: skip
"""By what share of its class's speed a road of this surface is driven; others at all of it."""

_SHUT = {"no", "private", "agricultural", "forestry", "military", "delivery"}
_ONE_WAY = {"yes", "true", "1"}


def speed_kmh(tags: Mapping[str, str]) -> float | None:
    """The speed on a road in km/h; None where a car may not drive or the way is no road."""
    speed = SPEED_KMH.get(tags.get("highway", ""))
    if speed is None or tags.get("area") == "yes":
        return None
    access = next(
        (tags[key] for key in ("motorcar", "motor_vehicle", "vehicle", "access") if key in tags), "yes"
    )
    if access in _SHUT or tags.get("construction") or tags.get("impassable") == "yes":
        return None
    limit = re.fullmatch(r"(\d{1,3})( km/h| kmh)?", tags.get("maxspeed", ""))
    if limit and int(limit[1]) >= 5:
        speed = min(speed, float(limit[1]))
    return speed * SURFACE.get(tags.get("surface", ""), 1.0)


def directions(tags: Mapping[str, str]) -> tuple[bool, bool]:
    """Whether a road may be driven in its drawing direction, and against it."""
    one_way = tags.get("oneway", "")
    if one_way in ("-1", "reverse"):
        return False, True
    implied = tags.get("highway") in ("motorway", "motorway_link") or tags.get("junction") == "roundabout"
    return True, not (one_way in _ONE_WAY or (implied and one_way != "no"))
