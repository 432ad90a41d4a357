"""Everything that an assessment was asked, kept so that any part of its answer can be explained."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from truceline.accord.effective import effective
from truceline.accord.geometry import AccordGeometry
from truceline.accord.model import Accord
from truceline.assess.actors import Match
from truceline.assess.assessment import Assessment, Obligation
from truceline.assess.columns import Evidence
from truceline.assess.engine import Bench, assess, matched
from truceline.evidence.confirmations import Confirmation
from truceline.evidence.judgements import NO_JUDGEMENTS, Judgements
from truceline.evidence.linking import Incidents
from truceline.evidence.records import Publication
from truceline.evidence.statements import Proposal

LISTED = 1000
"""How many reports of one verdict are told with their factors."""


@dataclass(frozen=True)
class Inquiry:
    """The arguments of `truceline.assess.assess`, and the assessments that had been published."""

    accord: Accord
    geometry: AccordGeometry
    observations: pa.Table
    as_of: datetime
    known_at: datetime
    actors: Mapping[str, Match] | None = None
    ruleset: str = "v1"
    reading: str | None = None
    geometries: Mapping[str, AccordGeometry] = field(default_factory=dict)
    incidents: Incidents | None = None
    language: str = "en"
    designated: tuple[Proposal, ...] = ()
    confirmations: tuple[Confirmation, ...] = ()
    judgements: Judgements = NO_JUDGEMENTS
    publications: tuple[Publication, ...] = ()

    @cached_property
    def assessment(self) -> Assessment:
        """The whole answer."""
        return assess(
            self.accord,
            self.geometry,
            self.observations,
            actors=self.actors,
            as_of=self.as_of,
            known_at=self.known_at,
            ruleset=self.ruleset,
            reading=self.reading,
            geometries=self.geometries,
            incidents=self.incidents,
            language=self.language,
            listed=LISTED,
            designated=self.designated,
            confirmations=self.confirmations,
            judgements=self.judgements,
        )

    @cached_property
    def known_judgements(self) -> Judgements:
        """What had been judged by the known-at."""
        return self.judgements.known(self.known_at)

    @cached_property
    def standing(self) -> Accord:
        """The accord as it stands at the as-of under the reading."""
        return effective(self.accord, at=self.as_of, reading=self.reading)

    @cached_property
    def bench(self) -> Bench:
        """What the verdicts are judged with."""
        evidence = Evidence(
            self.observations, as_of=self.as_of, known_at=self.known_at, judgements=self.judgements
        )
        return Bench(
            self.standing,
            self.geometry,
            evidence,
            actors=self.actors if self.actors is not None else matched(self.accord, evidence),
            as_of=self.as_of,
            known_at=self.known_at,
            ruleset=self.ruleset,
            incidents=self.incidents,
            language=self.language,
            designated=self.designated,
            confirmations=self.confirmations,
            judgements=self.judgements,
        )

    def obligation_ids(self) -> list[str]:
        """The ids of all obligations and of their parts."""
        return [one.id for whole in self.assessment.obligations for one in (whole, *whole.parts)]

    def obligation(self, id: str) -> Obligation:
        """The obligation or part with that id. Raises KeyError."""
        for whole in self.assessment.obligations:
            for one in (whole, *whole.parts):
                if one.id == id:
                    return one
        raise KeyError(id)

    def source_ids(self) -> list[str]:
        """Documents of the accord, rated sources, and sources that the evidence names."""
        rated = self.standing.verification.sources
        named = self.bench.case.evidence.codes("source")[1]
        ids = (*(s.id for s in self.standing.sources), *(s.id for s in rated), *named)
        return list(dict.fromkeys(str(id) for id in ids))

    def row_of(self, id: str) -> int | None:
        """The row of an observation in `observations`, whether it stands or not."""
        found = pc.index(self.observations["id"], id).as_py()
        return found if found >= 0 else None

    def members_of_incident(self, id: str) -> list[str]:
        """The observations of an incident, by its id; none where there is no such incident."""
        if not id.startswith("inc-"):
            return []
        first = pc.index(self.bench.case.evidence.table["id"], id.removeprefix("inc-")).as_py()
        return [] if first < 0 else self.same_incident(first)

    def same_incident(self, row: int) -> list[str]:
        """The observations that are reports of the same incident as a row of the standing evidence."""
        evidence, links = self.bench.case.evidence, self.bench.case.links
        return sorted(evidence.ids(np.flatnonzero(links.incident == links.incident[row])))

    def incident_of(self, row: int) -> str:
        """The id of the incident that a row of the standing evidence is a report of."""
        return "inc-" + self.same_incident(row)[0]

    def some_observation_ids(self, *, like: str, most: int = 20_000) -> list[str]:
        """Ids of observations that an unknown id may have meant."""
        ids = self.observations["id"]
        near = ids.filter(pc.match_substring(ids, like[:8])) if len(like) >= 4 else ids
        chosen: list[str] = (near if len(near) else ids).slice(0, most).to_pylist()
        return chosen

    def weights_of(self, observation: str) -> list[dict[str, Any]]:
        """What one observation adds to each verdict: the obligation, its factors and their product."""
        return [
            {"obligation": one.id, "status": str(one.status)} | contribution
            for whole in self.assessment.obligations
            for one in (whole, *whole.parts)
            for contribution in one.details.get("contributions", [])
            if contribution["observation"] == observation
        ]
