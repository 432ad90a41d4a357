"""Kinds of vehicle: what they weigh and measure, which roads they use how fast, what tags let them do.

The numbers stand for a kind and not for a model; a plan names its own where they are known
(`dataclasses.replace`). Access is read off OpenStreetMap's tags as its wiki has it: of the keys that concern
a vehicle the most specific one that a road carries decides.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from truceline.geo.roads.measures import measured
from truceline.geo.roads.rules import (
    FOOT_KMH,
    FORD_KMH,
    MOTOR_KMH,
    SMOOTHNESS,
    SURFACE,
    TRACKTYPE,
    limit_kmh,
)

Tags = Mapping[str, str]

_SHUT = frozenset({"no", "private", "agricultural", "forestry", "military", "delivery", "use_sidepath"})
_ONE_WAY = frozenset({"yes", "true", "1"})
_ROUND = frozenset({"motorway", "motorway_link"})
# Barriers that let people through and motor vehicles not, where nothing else is said; of these a motorcycle
# passes the narrow ones. Gates and checkpoints are left to their access tags.
_POSTS = frozenset({"bollard", "planter", "cycle_barrier", "motorcycle_barrier", "bus_trap"})
_BLOCKS = frozenset(
    {
        "block",
        "jersey_barrier",
        "debris",
        "log",
        "stile",
        "turnstile",
        "kissing_gate",
        "step",
        "wall",
        "fence",
    }
)


@dataclass(frozen=True)
class Vehicle:
    """A kind of vehicle. `keys` are the access tags that concern it, the most specific first; `speeds` the
    classes of road that it uses, with km/h; `top_kmh` its own limit. Tonnes and metres; None: not looked at.
    `rough` is how much of what a bad surface takes from a car's speed it is spared (0 none, 1 all)."""

    kind: str
    keys: tuple[str, ...]
    speeds: Mapping[str, float] = field(hash=False)
    top_kmh: float
    weight_t: float | None = None
    axle_t: float | None = None
    height_m: float | None = None
    width_m: float | None = None
    length_m: float | None = None
    rough: float = 0.0
    motor: bool = True

    def speed_kmh(self, tags: Tags) -> float | None:
        """The speed on a road in km/h, for a vehicle that is not in a hurry; None where it may not or cannot
        go."""
        speed = self.speeds.get(tags.get("highway", ""))
        if speed is None or tags.get("area") == "yes" or not self.admitted(tags):
            return None
        if tags.get("construction") or tags.get("impassable") == "yes" or not self._fits(tags):
            return None
        smooth = SMOOTHNESS.get(tags.get("smoothness", ""), 1.0)
        if smooth == 0.0 or (smooth < 0.3 and self.rough < 0.5):
            return None
        if self.motor:
            limit = limit_kmh(tags.get("maxspeed", ""))
            speed = min(speed, limit if limit is not None else speed)
            surface = SURFACE.get(tags.get("surface", ""))
            kept = TRACKTYPE.get(tags.get("tracktype", ""), 1.0) if surface is None else surface
            kept = min(kept, smooth)
            speed *= kept + (1.0 - kept) * self.rough
        if tags.get("ford", "no") not in ("no", ""):
            speed = min(speed, FORD_KMH)
        return min(speed, self.top_kmh)

    def admitted(self, tags: Tags) -> bool:
        """Whether access tags let it pass."""
        said = next((tags[key] for key in self.keys if key in tags), "yes")
        return said not in _SHUT

    def passes(self, barrier: Tags) -> bool:
        """Whether it passes a barrier on the road, by the barrier's own tags."""
        kind = barrier.get("barrier", "")
        if any(key in barrier for key in self.keys):
            return self.admitted(barrier)
        if kind in _POSTS:
            return not self.motor or (self.width_m is not None and self.width_m <= 1.0)
        if kind in _BLOCKS:
            return not self.motor and kind not in ("wall", "fence")
        return barrier.get("locked") != "yes" or not self.motor

    def directions(self, tags: Tags) -> tuple[bool, bool]:
        """Whether a road may be used in its drawing direction, and against it."""
        if not self.motor:
            one_way = tags.get("oneway:foot", "no")
        else:
            one_way = next(
                (tags[key] for key in (f"oneway:{own}" for own in self.keys) if key in tags),
                tags.get("oneway", ""),
            )
        if one_way in ("-1", "reverse"):
            return False, True
        implied = self.motor and (tags.get("highway") in _ROUND or tags.get("junction") == "roundabout")
        return True, not (one_way in _ONE_WAY or (implied and one_way != "no"))

    def _fits(self, tags: Tags) -> bool:
        pairs = (
            ("maxweight", self.weight_t), ("maxaxleload", self.axle_t), ("maxheight", self.height_m),
            ("maxwidth", self.width_m), ("maxlength", self.length_m),
        )  # fmt: skip
        for key, own in pairs:
            most = measured(key, tags[key]) if own is not None and key in tags else None
            if most is not None and own is not None and own > most:
                return False
        return True


_MOTOR = ("motor_vehicle", "vehicle", "access")
CAR = Vehicle(
    "car", ("motorcar", *_MOTOR), MOTOR_KMH, 90.0, weight_t=2.5, axle_t=1.5, height_m=1.9, width_m=1.9,
    length_m=4.8,
)  # fmt: skip
CAR_4X4 = Vehicle(
    "4x4", ("motorcar", *_MOTOR), MOTOR_KMH, 90.0, weight_t=3.2, axle_t=2.0, height_m=2.1, width_m=2.0,
    length_m=5.2, rough=0.5,
)  # fmt: skip
ARMOURED = Vehicle(
    "armoured", ("hgv", "motorcar", *_MOTOR), MOTOR_KMH, 70.0, weight_t=15.0, axle_t=8.0, height_m=2.8,
    width_m=2.6, length_m=7.5, rough=0.6,
)  # fmt: skip
TRUCK = Vehicle(
    "truck", ("hgv", "motorcar", *_MOTOR), MOTOR_KMH, 80.0, weight_t=18.0, axle_t=10.0, height_m=3.6,
    width_m=2.55, length_m=10.0,
)  # fmt: skip
MOTORCYCLE = Vehicle(
    "motorcycle", ("motorcycle", *_MOTOR), MOTOR_KMH | {"path": 10.0}, 80.0, weight_t=0.3, axle_t=0.2,
    height_m=1.6, width_m=0.9, length_m=2.3, rough=0.5,
)  # fmt: skip
FOOT = Vehicle("foot", ("foot", "access"), FOOT_KMH, 5.0, rough=1.0, motor=False)

VEHICLES: Mapping[str, Vehicle] = MappingProxyType(
    {one.kind: one for one in (CAR, CAR_4X4, ARMOURED, TRUCK, MOTORCYCLE, FOOT)}
)
"""By kind, as teams name them."""
