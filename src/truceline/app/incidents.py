"""The incidents of a workspace: reports linked with its parties and its rated sources in mind."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

import pyarrow as pa
import pyarrow.compute as pc

from truceline.accord.model import Accord
from truceline.assess.ruleset import ruleset_for
from truceline.assess.sources import Sources
from truceline.evidence.actors import ActorMatch
from truceline.evidence.judgements import NO_JUDGEMENTS, Judgements
from truceline.evidence.linking import Incidents, link_incidents
from truceline.evidence.linking.agreement import parties_of
from truceline.evidence.ports import current

LINK_AT_MOST = 200_000
"""Rows up to which reports are linked into incidents when an assessment is asked for; beyond, only reports
that say the same thing are counted as one, and nothing else changes."""


def incidents_in(
    accord: Accord,
    observations: pa.Table,
    actors: Mapping[str, ActorMatch],
    *,
    known_at: datetime | None = None,
    judgements: Judgements = NO_JUDGEMENTS,
    ruleset: str = "v1",
) -> Incidents | None:
    """The incidents among what stands at `known_at`; None where there are too many reports to link now."""
    standing = current(observations, known_at, judgements.corrections)
    if standing.num_rows > LINK_AT_MOST:
        return None
    sources = Sources(accord, ruleset_for(ruleset, accord.verification))
    groups = {name: sources.group_of(name) for name in pc.unique(standing["source"]).to_pylist()}
    return link_incidents(standing, parties=parties_of(accord, actors), source_groups=groups)
