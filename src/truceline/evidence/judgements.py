"""All that people judged about what is recorded, as an assessment is given it beside the observations."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any

from truceline.evidence.cases import CaseFile, cases_of
from truceline.evidence.corrections import Correction
from truceline.evidence.disputes import Dispute, disputes_of
from truceline.evidence.records import CaseStep


@dataclass(frozen=True)
class Judgements:
    """Corrections and steps of cases, each with when it was recorded, in any order.

    `signed` is what the parties' statements say whose signature and key held, by their SHA-256.
    """

    corrections: tuple[Correction, ...] = ()
    steps: tuple[CaseStep, ...] = ()
    signed: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    def known(self, known_at: datetime) -> Judgements:
        """Those that were recorded by an instant."""
        return Judgements(
            tuple(one for one in self.corrections if one.recorded_at <= known_at),
            tuple(step for step in self.steps if step.recorded_at <= known_at),
            self.signed,
        )

    @cached_property
    def disputes(self) -> dict[str, Dispute]:
        """The positions on each target. An appeal that waits is its party's objection to the finding."""
        appeals = [appeal for case in cases_of(self.steps).values() if (appeal := _appeal(case)) is not None]
        return disputes_of((*self.corrections, *appeals), self.signed)


def _appeal(case: CaseFile) -> Correction | None:
    """The appeal that waits, as its party's objection; None where none does, or it names no party."""
    step, finding = case.appealed, case.last("finding")
    party = step.said.get("party") if step is not None else None
    if step is None or finding is None or not isinstance(party, str):
        return None
    said = step.said
    return Correction(
        step.seq,
        step.recorded_at,
        "dispute",
        "finding",
        str(finding.said.get("finding_id")),
        step.author,
        str(said.get("note", "")),
        party=party,
        document=said.get("document"),
        statement=said.get("statement"),
        table="case_step",
        first=step.first,
    )


NO_JUDGEMENTS = Judgements()
