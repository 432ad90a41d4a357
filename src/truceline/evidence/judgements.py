"""All that people judged about what is recorded, as an assessment is given it beside the observations."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any

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
        """The positions on each target."""
        return disputes_of(self.corrections, self.signed)


NO_JUDGEMENTS = Judgements()
