"""What the evidence says of roads, for the roads of a map: every incident that opens or closes one, wherever
it is, promised route or not.

A report that speaks of all of a promised route is a word of that route's corridor; one that draws a line or
an area is a word of that; any other is of a place that is as uncertain as the report has it. Names of roads
in the report ("M5") say which roads are meant.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from truceline.accord.model import Routes
from truceline.assess.case import Case
from truceline.assess.columns import Rows
from truceline.assess.places import around
from truceline.assess.route_reports import CLOSED, OPEN, Shows, p_shows, roads_named
from truceline.assess.route_words import RouteGround
from truceline.assess.states import Event, events_of
from truceline.geo.roads.closures import RoadWord, Says

DANGER = frozenset({"route_mined"})
BRIDGES = frozenset({"bridge_destroyed"})
SLOW = frozenset({"route_checkpoint"})
PROBABLY = 0.5
"""From this probability on that it is of a promised route, a report may speak of the whole of it."""
_BESIDE_M = 50.0


def road_words(case: Case) -> list[RoadWord]:
    """The words on roads that stand at the as-of, in no order. Instants are seconds since 1970."""
    routes = [
        ground
        for provision in case.accord.provisions
        if isinstance(provision, Routes) and (ground := RouteGround(case, provision)).index is not None
    ]
    found: list[RoadWord] = []
    for kinds, opens in ((OPEN, True), (CLOSED, False)):
        for event in _events(case, kinds):
            found += _words(case, routes, event, opens)
    return found


def _events(case: Case, kinds: Shows) -> list[Event]:
    shows = partial(p_shows, case, kinds)
    finding = case.finding(case.evidence.rows_of(kinds), {"shows": shows})
    events = events_of(case.evidence, finding, case.sources)
    return [events[number] for number in range(len(events))]


def _words(case: Case, routes: list[RouteGround], event: Event, opens: bool) -> Iterator[RoadWord]:
    rows: Rows = np.array([event.row], dtype=np.int64)
    kind = str(case.evidence.text("kind", rows)[0])
    said = (case.evidence.text(column, rows)[0] for column in ("place", "subject"))
    refs = roads_named(" ".join(str(text) for text in said if text))
    whole = [
        ground
        for ground in routes
        if ground.stretches([event.row])[0] == ground.whole and float(ground.p_on(rows)[0]) >= PROBABLY
    ]
    area, main = _area(case, event.row, whole)
    says: Says = "open" if opens else "closed" if area is not None else "blocked"
    lon, lat, error_m = (float(case.evidence.numbers(name)[event.row]) for name in ("lon", "lat", "error_m"))
    word = RoadWord(
        id=case.evidence.ids([event.row])[0],
        kind=kind,
        at_s=event.at_us / 1e6,
        says=says,
        p=event.p,
        place=None if case.places.positions.lost(rows)[0] else (lon, lat),
        reach_m=error_m if np.isfinite(error_m) else case.ruleset.place_radius_m,
        area=area,
        refs=refs,
        main=main,
        bridges=kind in BRIDGES,
        danger=kind in DANGER,
        evidence=tuple(case.evidence.ids(list(event.rows))),
    )
    yield word
    if kind in SLOW:
        share = float(p_shows(case, CLOSED, rows)[0])
        yield replace(
            word,
            id=f"{word.id} slow",
            says="slow",
            p=min(word.p / max(share, 1e-9), 1.0),
            delay_s=case.ruleset.checkpoint_delay_h * 3600.0,
        )


def _area(case: Case, row: int, whole: list[RouteGround]) -> tuple[BaseGeometry | None, bool]:
    """What a report speaks of beyond a place, and whether only the main roads of that are meant."""
    if whole:
        shapes = [case.places.geometry.routes[ground.provision.id] for ground in whole]
        errors = [max(case.ruleset.route_halfwidth_m, ground.corridor.uncertainty_m) for ground in whole]
        drawn = [around(shape, error) for shape, error in zip(shapes, errors, strict=True)]
        return shapely.union_all(drawn), True
    packed = case.evidence.text("geometry", [row])[0]
    shape = shapely.from_wkb(packed) if packed else None
    if shape is None or shape.is_empty or shape.geom_type.endswith("Point"):
        return None, False
    return (shape, False) if shape.geom_type.endswith("Polygon") else (around(shape, _BESIDE_M), False)
