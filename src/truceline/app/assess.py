"""From a workspace to an assessment, and to what explains it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import nullcontext
from dataclasses import dataclass
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
from truceline.evidence.actors import ActorMatch
from truceline.evidence.judgements import Judgements
from truceline.evidence.linking import Incidents
from truceline.evidence.records import Publication
from truceline.evidence.statements import Statement, proposals_of
from truceline.store.record import RecordStore
from truceline.store.workspace import Workspace

Through = Callable[[Accord, pa.Table, Judgements], tuple[Accord, pa.Table, Judgements]]
"""What is left of the accord, the observations and the judgements for one reader."""


@dataclass(frozen=True)
class Held:
    """What a workspace holds for assessments at any as-of: all of it known by `known_at`."""

    workspace: Workspace
    accord: Accord
    accord_text: str
    known_at: datetime
    ruleset: str
    observations: pa.Table
    judgements: Judgements
    actors: Mapping[str, ActorMatch]
    incidents: Incidents | None
    statements: tuple[Statement, ...]
    origin: str
    publications: tuple[Publication, ...]

    def at(
        self, as_of: datetime, *, reading: str | None = None, language: str = "en", rivals: bool = True
    ) -> Inquiry:
        """What an assessment as of an instant needs; without `rivals` it cannot say what depends on how the
        text is read. Raises InvalidInput for an unknown reading."""
        accord, root = self.accord, self.workspace.root
        effective(accord, at=as_of, reading=reading)
        signed = proposals_of(self.statements, self.origin, as_of=as_of)
        return Inquiry(
            accord=accord,
            geometry=geometry_at(accord, root, as_of, reading, self.known_at),
            observations=self.observations,
            as_of=as_of,
            known_at=self.known_at,
            actors=self.actors,
            ruleset=self.ruleset,
            reading=reading,
            geometries={
                rival.id: geometry_at(accord, root, as_of, rival.id, self.known_at)
                for rival in rival_readings(accord, reading)
                if rivals
            },
            incidents=self.incidents,
            language=language,
            designated=tuple(signed.values()),
            confirmations=confirmations_in(
                accord,
                root,
                self.accord_text,
                signed.values(),
                as_of=as_of,
                known_at=self.known_at,
                reading=reading,
            ),
            judgements=self.judgements,
            publications=self.publications,
        )


def held_by(
    workspace: Workspace,
    *,
    known_at: datetime,
    ruleset: str = "v1",
    through: Through | None = None,
    accord: Accord | None = None,
    store: RecordStore | None = None,
) -> Held:
    """Reads what assessments need, whatever their as-of: evidence, names, judgements, signatures.

    `through` is what one reader is shown of it: it takes the accord, the observations and the judgements, and
    gives back what the verdict may rest on. `accord` is the workspace's own, where it was read already, and
    `store` its record, where it is open already.
    Raises what reading the workspace raises.
    """
    accord = accord if accord is not None else workspace.accord()
    with nullcontext(store) if store is not None else workspace.store(read_only=True) as record:
        observations = record.observations(known_at)
        with record.log() as log:
            origin = log.origin
        statements = record.statements(known_at)
        judgements = judgements_in(record, statements, origin, known_at)
        if through is not None:
            accord, observations, judgements = through(accord, observations, judgements)
        actors = matches_known(accord, record, list(count_names(observations)), known_at)
        publications = tuple(record.publications(known_at))
    incidents = incidents_in(
        accord, observations, actors, known_at=known_at, judgements=judgements, ruleset=ruleset
    )
    return Held(
        workspace, accord, workspace.accord_text(), known_at, ruleset, observations, judgements, actors,
        incidents, tuple(statements), origin, publications,
    )  # fmt: skip


def inquire(
    workspace: Workspace,
    *,
    as_of: datetime,
    known_at: datetime,
    reading: str | None = None,
    ruleset: str = "v1",
    language: str = "en",
    through: Through | None = None,
    accord: Accord | None = None,
    store: RecordStore | None = None,
) -> Inquiry:
    """Reads what an assessment needs: the accord, its geometry under each reading, evidence and names.

    Arguments as for `held_by`. Raises InvalidInput for an unknown reading, and what reading the workspace
    raises.
    """
    accord = accord if accord is not None else workspace.accord()
    effective(accord, at=as_of, reading=reading)  # an unknown reading is said before anything is read
    held = held_by(workspace, known_at=known_at, ruleset=ruleset, through=through, accord=accord, store=store)
    return held.at(as_of, reading=reading, language=language)


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
