"""The state of promised routes, from a workspace."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import shapely

from truceline.app.assess import inquire
from truceline.app.roads import roads_around
from truceline.assess.route_detours import with_detours
from truceline.assess.route_states import RouteState, route_states
from truceline.core.errors import InvalidInput, NotFound
from truceline.geo.roads.vehicles import CAR, VEHICLES
from truceline.store.workspace import Workspace

_MARGIN = 0.5
"""Ways around a closed route may lead so much farther out, as a share of its extent."""


def route_status(
    workspace: Workspace,
    ids: Sequence[str] = (),
    *,
    roads: Path | None = None,
    vehicle: str = CAR.kind,
    detours: bool = True,
    **asked: Any,
) -> tuple[RouteState, ...]:
    """The state of every route that the accord promises; arguments as for `inquire`.

    With a map of roads (`truceline.app.roads`) also the detours of a vehicle of this kind, if they are
    wanted. Raises NotFound for an id that names no route, InvalidInput for an unknown vehicle, and what
    reading roads raises.
    """
    if vehicle not in VEHICLES:
        raise InvalidInput(f"--vehicle: found {vehicle!r}; accepted: {', '.join(VEHICLES)}")
    inquiry = inquire(workspace, **asked)
    known = [provision.id for provision in inquiry.standing.provisions if provision.kind == "routes"]
    for id in ids:
        if id not in known:
            accepted = ", ".join(known) or "none, this accord promises no route"
            raise NotFound(f"there is no route {id!r} in the accord; its routes: {accepted}")
    case = inquiry.bench.case
    states = route_states(case, ids)
    drawn = [shape for shape in case.places.geometry.routes.values() if not shape.is_empty]
    if not drawn or not detours:
        return states
    places = np.vstack([shapely.get_coordinates(shape) for shape in drawn])
    who = VEHICLES[vehicle]
    found = roads_around(workspace, places, roads, (who,), _MARGIN)
    return with_detours(case, states, found, who) if found is not None else states
