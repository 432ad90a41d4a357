"""How fast roads are driven, from OpenStreetMap's tags.

Speeds are kilometres an hour of a vehicle that is not in a hurry; they are lower than limits, as in the
profiles of routing engines, and cut by what the surface allows. They are assumptions, and shown as such.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

MOTOR_KMH: dict[str, float] = {
    "motorway": 90.0, "motorway_link": 50.0, "trunk": 75.0, "trunk_link": 45.0, "primary": 60.0,
    "primary_link": 40.0, "secondary": 50.0, "secondary_link": 40.0, "tertiary": 40.0, "tertiary_link": 30.0,
    "unclassified": 30.0, "residential": 25.0, "living_street": 10.0, "road": 25.0, "service": 15.0,
    "track": 15.0,
}  # fmt: skip
"""Roads that motor vehicles use, by the tag ``highway``; others are left out."""

FOOT_KMH: dict[str, float] = dict.fromkeys(
    (
        "trunk", "trunk_link", "primary", "primary_link", "secondary", "secondary_link", "tertiary",
        "tertiary_link", "unclassified", "residential", "living_street", "road", "service", "track",
        "footway", "path", "pedestrian", "bridleway", "cycleway", "corridor",
    ),
    5.0,
) | {"steps": 2.0}  # fmt: skip
"""Ways that people walk on."""

SURFACE: Mapping[str, float] = {
    "unpaved": 0.6, "compacted": 0.8, "gravel": 0.6, "fine_gravel": 0.7, "dirt": 0.5, "earth": 0.5,
    "ground": 0.5, "grass": 0.4, "sand": 0.3, "mud": 0.2, "cobblestone": 0.7, "sett": 0.8,
    "unhewn_cobblestone": 0.5, "pebblestone": 0.6, "rock": 0.3, "asphalt": 1.0, "paved": 1.0, "concrete": 1.0,
    "paving_stones": 1.0,
}  # fmt: skip
"""By what share of its class's speed a car drives a road of this surface; others at all of it."""

TRACKTYPE: Mapping[str, float] = {
    "grade1": 1.0,
    "grade2": 0.8,
    "grade3": 0.6,
    "grade4": 0.5,
    "grade5": 0.4,
}
"""The same by ``tracktype``, where no surface is said."""

SMOOTHNESS: Mapping[str, float] = {
    "bad": 0.7, "very_bad": 0.4, "horrible": 0.25, "very_horrible": 0.15, "impassable": 0.0,
}  # fmt: skip
"""The same by ``smoothness``; below 0.3 a car does not go, at 0 nothing does."""

FORD_KMH = 5.0


def limit_kmh(text: str) -> float | None:
    """A speed limit in km/h: "50", "50 km/h", "30 mph"; None for other words, and for limits below 5."""
    found = re.fullmatch(r"(\d{1,3})(?: ?(km/h|kmh|kph|mph))?", text.strip())
    if found is None or int(found[1]) < 5:
        return None
    return float(found[1]) * (1.609344 if found[2] == "mph" else 1.0)
