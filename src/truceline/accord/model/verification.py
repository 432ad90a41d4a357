"""How sure is sure: the thresholds and ratings that an accord may set; unset ones take the ruleset's."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from truceline.accord.model.base import Id, Number, Part, Whole

Probability = Annotated[Number, Field(ge=0, le=1)]


CaseClock = Literal["inquiry", "visit", "finding", "answer", "remedy", "closing", "appeal"]
"""What is due next on a case: `truceline.evidence.cases` has the clocks."""


class Thresholds(Part):
    """From which probability a finding is probable, and from which it is confirmed."""

    probable: Probability = 0.6
    confirmed: Probability = 0.9


class SourceRating(Part):
    """A source's Admiralty rating, and which sources it repeats (those are not independent of it)."""

    id: Id
    names: tuple[str, ...] = ()
    reliability: Literal["A", "B", "C", "D", "E", "F"] = "F"
    repeats: tuple[Id, ...] = ()
    side: Id | None = Field(default=None, description="the party that the source speaks for, if any")


class VerificationSettings(Part):
    """Thresholds, ratings, how many independent sources a finding needs, grace periods and clocks in days."""

    thresholds: Thresholds = Thresholds()
    independent_sources: Whole = Field(default=2, ge=1)
    sources: tuple[SourceRating, ...] = ()
    grace_days: dict[str, Annotated[Number, Field(ge=0)]] = Field(
        default_factory=dict, description="by kind of provision"
    )
    confirmed_by: tuple[Id, ...] = Field(
        default=(), description="who must all sign the accord, its zones and its lines"
    )
    case_days: dict[CaseClock, Annotated[Number, Field(ge=0)]] = Field(
        default_factory=dict, description="by step of a case that is due"
    )
    parameters: dict[str, Number] = Field(
        default_factory=dict, description="numbers of the ruleset that this accord overrides, by name"
    )
