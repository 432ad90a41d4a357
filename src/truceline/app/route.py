"""The state of promised routes, from a workspace."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from truceline.app.assess import inquire
from truceline.assess.route_states import RouteState, route_states
from truceline.core.errors import NotFound
from truceline.store.workspace import Workspace


def route_status(workspace: Workspace, ids: Sequence[str] = (), **asked: Any) -> tuple[RouteState, ...]:
    """The state of every route that the accord promises; arguments as for `inquire`. Raises NotFound for an
    id that names no route.
    """
    inquiry = inquire(workspace, **asked)
    known = [provision.id for provision in inquiry.standing.provisions if provision.kind == "routes"]
    for id in ids:
        if id not in known:
            accepted = ", ".join(known) or "none, this accord promises no route"
            raise NotFound(f"there is no route {id!r} in the accord; its routes: {accepted}")
    return route_states(inquiry.bench.case, ids)
