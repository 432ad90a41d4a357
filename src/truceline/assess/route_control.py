"""Who holds which stretch of a route, by the lines of contact that the accord draws.

Each place of the route lies on one side of the nearest line of contact in force; how surely, by its distance
from that line against the line's own error and the route's, both normal. Where no side reaches the probable
threshold, nobody is named. Metres along the route from its beginning.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import Any

import numpy as np
from scipy.special import ndtr

from truceline.accord.model.space import LineKind
from truceline.assess.case import Case
from truceline.geo.inside import SIGMA_PER_ERROR
from truceline.geo.nearest import LineIndex
from truceline.geo.uncertainty.model import SIGMA_PER_BOUND

_STEP_M = 1000.0


@dataclass(frozen=True, slots=True)
class Held:
    """A stretch and the party on whose side of the line it lies, with at least this probability; `party` is
    None where that is not clear."""

    from_m: float
    to_m: float
    party: str | None
    name: str | None
    p: float

    def as_dict(self) -> dict[str, Any]:
        """As plain JSON data."""
        return {
            "from_m": round(self.from_m),
            "to_m": round(self.to_m),
            "party": self.party,
            "name": self.name,
            "p": round(self.p, 6),
        }


def held_by(case: Case, route: LineIndex, route_error_m: float) -> tuple[Held, ...]:
    """The stretches of a route in order; empty where the accord draws no line of contact with its sides."""
    geometry = case.places.geometry
    lines = [
        (line, geometry.lines[line.id])
        for line in case.accord.lines
        if line.kind == LineKind.LINE_OF_CONTACT
        and line.left
        and line.right
        and line.id in geometry.lines
        and geometry.in_force.get(line.version_of or line.id, line.id) == line.id
    ]
    if not lines:
        return ()
    lon, lat = route.samples.T
    position = route.nearest(lon, lat).position_m
    order = np.argsort(position, kind="stable")
    lon, lat, position = lon[order], lat[order], position[order]
    nearest = np.full(len(lon), np.inf)
    left = np.full(len(lon), 0.5)
    parties = np.zeros(len(lon), dtype=np.int64)
    for number, (line, shape) in enumerate(lines):
        near = LineIndex(shape).nearest(lon, lat)
        uncertain = geometry.uncertain_lines.get(line.id)
        sigma = np.full(len(lon), route_error_m * SIGMA_PER_ERROR)
        if uncertain is not None:
            known = uncertain.uncertainty
            bound = np.interp(near.position_m, known.position_m, known.bound_m)
            sigma = np.hypot(sigma, bound * SIGMA_PER_BOUND)
        signed = near.side * near.distance_m
        with np.errstate(divide="ignore", invalid="ignore"):
            p = np.where(sigma > 0.0, ndtr(signed / sigma), (np.sign(signed) + 1.0) / 2.0)
        closer = near.distance_m < nearest
        nearest[closer], left[closer], parties[closer] = near.distance_m[closer], p[closer], number
    named: list[tuple[str | None, float]] = []
    for share, number in zip(left.tolist(), parties.tolist(), strict=True):
        line = lines[number][0]
        party, p_side = (line.left, share) if share >= 0.5 else (line.right, 1.0 - share)
        named.append((party, p_side) if p_side >= case.ruleset.probable else (None, p_side))
    # Each sample stands for the ground half-way to its neighbours.
    marks = np.concatenate([[0.0], (position[1:] + position[:-1]) / 2.0, [route.total_m]])
    found = []
    for party, group in groupby(range(len(named)), key=lambda n: named[n][0]):
        members = list(group)
        found.append(
            Held(
                float(marks[members[0]]),
                float(marks[members[-1] + 1]),
                party,
                case.words.name(party) if party else None,
                min(named[n][1] for n in members),
            )
        )
    return tuple(found)
