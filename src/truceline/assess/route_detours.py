"""How much longer the way between the ends of a promised route takes now, on a map of roads.

Two detours are told: over any road, and over those that do not cross a line of contact, for who may travel
between the ends need not be let through at the line.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

import numpy as np
import shapely

from truceline.accord.model import Routes
from truceline.accord.model.space import LineKind
from truceline.assess.assessment import Reason
from truceline.assess.case import Case
from truceline.assess.columns import microseconds
from truceline.assess.road_words import road_words
from truceline.assess.route_states import RouteState
from truceline.assess.words import probability
from truceline.core.errors import InvalidInput
from truceline.geo.ellipsoid import Bools
from truceline.geo.roads.closures import Overlay
from truceline.geo.roads.road_map import RoadMap
from truceline.geo.roads.vehicles import Vehicle
from truceline.route.detour import Detour, detour

Place = tuple[float, float]


def with_detours(
    case: Case, states: Iterable[RouteState], roads: RoadMap, vehicle: Vehicle
) -> tuple[RouteState, ...]:
    """The states, each with its detours where the route is drawn and its ends are near roads."""
    closed = Overlay(roads, road_words(case)).at(microseconds(case.as_of) / 1e6)
    crossing = _crossing(case, roads)
    found = []
    for state in states:
        ends = _ends(case, state.id)
        if ends is None:
            found.append(state)
            continue
        wanted = case.ruleset.probable
        try:
            any_road = detour(roads, closed, ends, vehicle, wanted=wanted)
            beside = None
            if crossing is not None:
                beside = detour(
                    roads, closed, ends, vehicle, wanted=wanted, barred=crossing, free=any_road.free
                )
        except InvalidInput as fault:
            told: tuple[Reason, ...] = (case.words.reason("route-detour-off", why=fault.message),)
            found.append(replace(state, because=(*state.because, *told)))
            continue
        told = tuple(_told(case, any_road, beside))
        found.append(replace(state, detour=any_road, detour_beside=beside, because=(*state.because, *told)))
    return tuple(found)


def _ends(case: Case, id: str) -> tuple[Place, Place] | None:
    provision = next(p for p in case.accord.provisions if isinstance(p, Routes) and p.id == id)
    shape = case.places.geometry.routes.get(id)
    if shape is not None and not shape.is_empty:
        at = shapely.get_coordinates(shape)
        return (float(at[0, 0]), float(at[0, 1])), (float(at[-1, 0]), float(at[-1, 1]))
    drawn = [
        case.places.geometry.places.get(name or "") for name in (provision.from_place, provision.to_place)
    ]
    spots = [shape.centroid for shape in drawn if shape is not None and not shape.is_empty]
    return ((spots[0].x, spots[0].y), (spots[1].x, spots[1].y)) if len(spots) == 2 else None


def _crossing(case: Case, roads: RoadMap) -> Bools | None:
    """Which pieces touch a line of contact in force; None where none is drawn."""
    geometry = case.places.geometry
    lines = [
        geometry.lines[line.id]
        for line in case.accord.lines
        if line.kind == LineKind.LINE_OF_CONTACT
        and line.id in geometry.lines
        and geometry.in_force.get(line.version_of or line.id, line.id) == line.id
    ]
    if not lines:
        return None
    nodes = roads.places()
    pieces = np.asarray(
        shapely.linestrings(np.stack([nodes[roads.ends[:, 0]], nodes[roads.ends[:, 1]]], axis=1))
    )
    drawn = shapely.union_all(lines)
    shapely.prepare(drawn)
    return np.asarray(shapely.intersects(drawn, pieces))


def _told(case: Case, any_road: Detour, beside: Detour | None) -> Iterator[Reason]:
    say = case.words.reason
    free = any_road.free
    if free is None:
        yield say("route-detour-no-road", vehicle=any_road.vehicle)
        return
    yield say(
        "route-detour-free",
        minutes=round(free.seconds / 60.0),
        km=round(free.metres / 1000.0),
        probability=probability(free.p_open),
    )
    for found, message, without in (
        (any_road, "route-detour", "route-detour-none"),
        (beside, "route-detour-beside", "route-detour-beside-none"),
    ):
        if found is None:
            continue
        if found.now is None or found.added_s is None:
            yield say(without, wanted=probability(found.wanted))
            continue
        yield say(
            message,
            extra=round(found.added_s / 60.0),
            minutes=round(found.now.seconds / 60.0),
            km=round(found.now.metres / 1000.0),
            probability=probability(found.now.p_open),
        )
    if any_road.synthetic:
        yield say("route-detour-synthetic")
