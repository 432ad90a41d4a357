"""The workspace, its accord, and what was assessed."""

from __future__ import annotations

from typing import Any

from truceline.web.models.base import Answer


class WorkspaceAnswer(Answer):
    """What the application needs to know first."""

    id: str
    title: dict[str, str]
    version: int
    status: str
    signed: str | None
    time_zone: str
    languages: list[str]
    parties: list[dict[str, Any]]
    places: list[dict[str, Any]]
    readings: list[dict[str, Any]]
    data_current_to: str | None


class AccordAnswer(Answer):
    """The agreement: provisions with their quotes, the texts that they quote, and how they can be read."""

    accord: dict[str, Any]
    provisions: list[dict[str, Any]]
    sources: list[dict[str, Any]]
    interpretations: list[dict[str, Any]]
    statements: list[dict[str, Any]]
    questions: list[dict[str, Any]]


class ObligationAnswer(Answer):
    """How an obligation stands."""

    id: str
    kind: str
    title: str
    status: str
    probability: float
    proposition: str
    because: list[str]
    evidence: list[str]
    counter_evidence: list[str]
    since: str | None
    due: str | None


class AssessmentAnswer(Answer):
    """The state of every obligation, and what was asked."""

    accord: str
    as_of: str
    known_at: str
    ruleset: str
    reading: str | None
    observations_considered: int
    obligations: list[ObligationAnswer]
    data_current_to: str


class Series(Answer):
    """The statuses at several instants."""

    known_at: str
    steps: list[dict[str, Any]]


class Explanation(Answer):
    """What an id stands for, and why."""

    id: str
    type: str
