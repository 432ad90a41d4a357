"""The numbers and the table by which reports are linked. They are judgements of ours, made before looking at
any data set, but for `threshold` and `max_error_m`, which were chosen on labelled pairs (docs/linking.md).
Every link carries what it was judged by, and docs/reference/workspace.md lists them."""

from __future__ import annotations

from dataclasses import dataclass

from truceline.evidence.sources import NEARLY_THE_SAME, SHORTEST_TEXT

LINKED_FAMILIES = ("any_military_action", "restricted_act", "presence", "patrol", "route", "control", "other")
"""Families whose reports are of incidents. Inventories, effort and statements are each their own."""

_AIR, _INDIRECT, _GROUND, _TOXIC, _ANY = 1, 2, 4, 8, 15
MEANS = {
    "air_strike": _AIR,
    "drone_strike": _AIR,
    "missile_strike": _AIR | _INDIRECT,
    "shelling": _INDIRECT,
    "ground_attack": _GROUND,
    "armed_clash": _GROUND | _INDIRECT,
    "small_arms_fire": _GROUND,
    "sniper_fire": _GROUND,
    "chemical_attack": _TOXIC | _AIR | _INDIRECT,
    "explosion": _ANY,
    "attack_on_civilians": _ANY,
    "attack_unspecified": _ANY,
}
"""What one source calls by one kind another may call by another, where these have a bit in common. Kinds that
are not listed are linked only with themselves."""


MUTUAL = frozenset(("armed_clash", "ground_attack", "attack_unspecified"))
"""Kinds in which both sides act, so that sources may name them the other way round."""


@dataclass(frozen=True, slots=True)
class LinkRules:
    """When two reports are of one incident.

    They must be by different sources (unless one says that it repeats the other), of kinds that can mean the
    same, with intervals that overlap, no farther apart than ``hypot(error_a, error_b)`` (both radii hold
    the place with 95%), with parties, weapons and serial numbers that do not exclude one another. Then the
    weights add up, each times how well the two agree, and `threshold` decides.

    Reports that are coarser than `max_error_m`, longer than `max_hours`, or of more than `max_count` things
    are of many incidents and are linked with none. Where more than `crowd` reports stand within one cell, as
    wide as their joint uncertainty and as long as `max_hours`, place and time cannot tell incidents apart:
    none of them is linked.
    """

    max_error_m: float = 40_000.0
    max_hours: float = 49.0  # two calendar days, one of them with a change of clocks
    max_count: int = 5
    crowd: int = 100
    threshold: float = 0.50
    place: float = 0.45
    # Reports that may be this far apart weigh half of exact ones; beyond, their weight falls with the square,
    # as the number of places that may be meant grows.
    place_half_m: float = 10_000.0
    time: float = 0.15
    actors: float = 0.20
    kind: float = 0.10
    fatalities: float = 0.10
    text: float = 0.20
    # Texts this alike and this long are copies: their sources are not independent.
    copied: float = NEARLY_THE_SAME / 100
    copied_length: int = SHORTEST_TEXT
