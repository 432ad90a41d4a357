"""Who goes where on one day: a team-orienteering problem with time windows, solved by PyVRP.

PyVRP (Wouda, Lan and Kool, INFORMS Journal on Computing 36 (2024) 943-955) minimises the cost of ways less
the prizes of posts. Prizes are set so that an urgent visit outweighs any way and ten others, and any visit
outweighs the way to it in the measure of its weight. Ways that are not allowed and posts of the other party
are too long for any shift; shifts are hard constraints, and what breaks one is not taken. Every route is
timed again by `schedule`, which takes none that breaks a rule.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from truceline.core.errors import DependencyMissing
from truceline.patrol.planning.travel import Ways
from truceline.patrol.planning.windows import Window

EXPOSED_S_IN_M = 1000
"""One expected second in danger weighs as much as so many metres: least exposure comes before distance."""
NEIGHBOURS = 20
_FORBIDDEN = 1 << 40


@dataclass(frozen=True)
class Out:
    """A team that is out on this day: its place among the places, its window, the most it may be out, which
    ways it takes (an index), and what a second on duty costs it in metres (fairness)."""

    team: int
    base: int
    window: Window
    most_s: int
    ways: int
    second_m: int = 0


@dataclass(frozen=True)
class Wanted:
    """A visit that may be made: place, windows in which it may begin, best first, each with its prize from 0
    to 1; how long it lasts; which ways' teams may make it."""

    place: int
    windows: tuple[tuple[int, int, float], ...]
    visit_s: int
    urgent: bool
    ways: frozenset[int] = field(default_factory=frozenset)


@dataclass(frozen=True)
class Route:
    """The visits of one team in order: (index of what was wanted, index of the window that it is made in)."""

    team: int
    visits: tuple[tuple[int, int], ...]


def solved(
    outs: Sequence[Out], wanted: Sequence[Wanted], ways: Sequence[Ways], *, seed: int, iterations: int
) -> list[Route]:
    """Routes that break no hard rule. The same input and seed: the same routes. Raises DependencyMissing."""
    chosen = [number for number, one in enumerate(wanted) if one.windows]
    if not outs or not chosen:
        return []
    try:
        import pyvrp
    except ImportError as missing:
        raise DependencyMissing(
            "planning patrols needs PyVRP", hint="install it with: pip install 'truceline[patrol]'"
        ) from missing
    start = min(out.window[0] for out in outs)
    bases = sorted({out.base for out in outs})
    places = bases + [wanted[number].place for number in chosen]
    profiles = sorted({out.ways for out in outs})
    # PyVRP's hints speak of an array of int, of which numpy's own know nothing.
    distances: list[Any] = []
    durations: list[Any] = []
    for profile in profiles:
        cost, seconds = _matrices(ways[profile], places)
        for row, number in enumerate(chosen, start=len(bases)):
            if profile not in wanted[number].ways:
                cost[row, :] = cost[:, row] = seconds[row, :] = seconds[:, row] = _FORBIDDEN
                cost[row, row] = seconds[row, row] = 0
        distances.append(cost)
        durations.append(seconds)
    dearest = max(int(cost[cost < _FORBIDDEN].max(initial=1)) for cost in distances)
    duty = max(out.second_m * (out.window[1] - out.window[0]) for out in outs)
    unit = 2 * dearest + duty + 1
    clients: list[pyvrp.Client] = []
    groups: list[pyvrp.ClientGroup] = []
    means: list[tuple[int, int]] = []
    for row, number in enumerate(chosen, start=len(bases)):
        one = wanted[number]
        group = len(groups) if len(one.windows) > 1 else None
        members = []
        for option, (from_s, to_s, prize) in enumerate(one.windows):
            members.append(len(clients))
            clients.append(
                pyvrp.Client(
                    row,
                    service_duration=one.visit_s,
                    tw_early=max(from_s - start, 0),
                    tw_late=max(to_s - start, 0),
                    prize=max(int(prize * unit * (10 if one.urgent else 1)), 1),
                    required=False,
                    group=group,
                )
            )
            means.append((number, option))
        if group is not None:
            groups.append(pyvrp.ClientGroup(members, required=False))
    types = [
        pyvrp.VehicleType(
            1,
            start_depot=bases.index(out.base),
            end_depot=bases.index(out.base),
            tw_early=out.window[0] - start,
            tw_late=out.window[1] - start,
            shift_duration=out.most_s,
            unit_distance_cost=1,
            unit_duration_cost=out.second_m,
            profile=profiles.index(out.ways),
        )
        for out in outs
    ]
    data = pyvrp.ProblemData(
        [pyvrp.Location(0, 0) for _ in places],
        clients,
        [pyvrp.Depot(row) for row in range(len(bases))],
        types,
        distances,
        durations,
        groups,
    )
    best = searched(data, seed, iterations)
    if not best.is_feasible():
        return []
    found = []
    for route in best.routes():
        visits = tuple(means[activity.idx] for activity in route.schedule() if activity.is_client())
        if visits:
            found.append(Route(outs[route.vehicle_type()].team, visits))
    return sorted(found, key=lambda route: route.team)


def searched(data: Any, seed: int, iterations: int) -> Any:
    """PyVRP's best solution of its `ProblemData`: so many rounds without a better one, and a hundredth of
    that more for every visit beyond a hundred, 20 times `iterations` at most.

    Each visit is tried beside its `NEIGHBOURS` nearest only (PyVRP's own number is 50): rounds are twice as
    fast, and more of them find better plans (docs/decisions/0232).
    """
    import pyvrp
    from pyvrp.search import NeighbourhoodParams
    from pyvrp.stop import MaxIterations, MultipleCriteria, NoImprovement

    patience = iterations * max(data.num_clients, 100) // 100
    stop = MultipleCriteria([MaxIterations(20 * iterations), NoImprovement(patience)])
    params = pyvrp.SolveParams(neighbourhood=NeighbourhoodParams(num_neighbours=NEIGHBOURS))
    return pyvrp.solve(data, stop, seed=seed, collect_stats=False, display=False, params=params).best


def _matrices(ways: Ways, places: Sequence[int]) -> tuple[np.ndarray, np.ndarray]:
    at = np.ix_(places, places)
    allowed = ways.allowed[at]
    cost = ways.metres[at] + np.ceil(ways.exposed_s[at] * EXPOSED_S_IN_M).astype(np.int64)
    return (
        np.where(allowed, cost, _FORBIDDEN).astype(np.int64),
        np.where(allowed, ways.seconds[at], _FORBIDDEN).astype(np.int64),
    )
