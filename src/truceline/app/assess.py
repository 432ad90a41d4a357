"""From a workspace to an assessment, and to what explains it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pyarrow as pa

from truceline.accord.effective import effective
from truceline.accord.model import Accord
from truceline.app.actors import matches_known
from truceline.app.drawn import geometry_at
from truceline.app.incidents import incidents_in
from truceline.app.ingest import count_names
from truceline.app.judgements import judgements_in
from truceline.app.subjects import confirmations_in
from truceline.assess import Assessment
from truceline.assess.explain import Inquiry, explain
from truceline.assess.readings import rival_readings
from truceline.evidence.judgements import Judgements
from truceline.evidence.statements import proposals_of
from truceline.store.workspace import Workspace

Through = Callable[[Accord, pa.Table, Judgements], tuple[Accord, pa.Table, Judgements]]
"""What is left of the accord, the observations and the judgements for one reader."""


def inquire(
    workspace: Workspace,
    *,
    as_of: datetime,
    known_at: datetime,
    reading: str | None = None,
    ruleset: str = "v1",
    language: str = "en",
    through: Through | None = None,
) -> Inquiry:
    """Reads what an assessment needs: the accord, its geometry under each reading, evidence and names.

    `through` is what one reader is shown of it: it takes the accord, the observations and the judgements, and
    gives back what the verdict may rest on. Raises InvalidInput for an unknown reading, and what reading the
    workspace raises.
    """
    accord = workspace.accord()
    effective(accord, at=as_of, reading=reading)
    with workspace.store(read_only=True) as store:
        observations = store.observations(known_at)
        with store.log() as log:
            origin = log.origin
        statements = store.statements(known_at)
        judgements = judgements_in(store, statements, origin, known_at)
        if through is not None:
            accord, observations, judgements = through(accord, observations, judgements)
        actors = matches_known(accord, store, list(count_names(observations)), known_at)
        publications = tuple(store.publications(known_at))
    signed = proposals_of(statements, origin, as_of=as_of)
    incidents = incidents_in(
        accord, observations, actors, known_at=known_at, judgements=judgements, ruleset=ruleset
    )
    return Inquiry(
        accord=accord,
        geometry=geometry_at(accord, workspace.root, as_of, reading, known_at),
        observations=observations,
        as_of=as_of,
        known_at=known_at,
        actors=actors,
        ruleset=ruleset,
        reading=reading,
        geometries={
            rival.id: geometry_at(accord, workspace.root, as_of, rival.id, known_at)
            for rival in rival_readings(accord, reading)
        },
        incidents=incidents,
        language=language,
        designated=tuple(signed.values()),
        confirmations=confirmations_in(
            accord,
            workspace.root,
            workspace.accord_text(),
            signed.values(),
            as_of=as_of,
            known_at=known_at,
            reading=reading,
        ),
        judgements=judgements,
        publications=publications,
    )


def assess_workspace(workspace: Workspace, **asked: Any) -> Assessment:
    """The state of every obligation; arguments as for `inquire`."""
    return inquire(workspace, **asked).assessment


def explain_in_workspace(workspace: Workspace, id: str, **asked: Any) -> dict[str, Any]:
    """What an id stands for and why; arguments as for `inquire`. Raises NotFound.

    Of an observation, also which offices recorded it, when by their own clocks, and when that reached us.
    """
    document = explain(inquire(workspace, **asked), id)
    if document["type"] == "observation":
        with workspace.store(read_only=True) as store:
            document["recorded_by"] = [one.as_dict() for one in store.recorded_by(id)]
    return document
