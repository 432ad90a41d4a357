"""The workspace, its accord, and what was assessed."""

from __future__ import annotations

from typing import Any, Literal

from truceline.web.models.base import Answer

Words = str | dict[str, str] | None
Status = Literal[
    "breached", "overdue", "disputed", "unverified", "in_progress", "not_due", "holding", "met_late", "met"
]


class PartyAnswer(Answer):
    """A party or a group that the accord names."""

    id: str
    names: dict[str, str]
    role: str


class NamedPlace(Answer):
    """A place that the accord names."""

    id: str
    names: dict[str, str]
    error_m: float | None


class ReadingOffered(Answer):
    """A way to read the text, of which interpretation, and which of its readings is adopted."""

    id: str
    text: Words
    interpretation: str
    adopted: str


class WorkspaceAnswer(Answer):
    """What the application needs to know first."""

    id: str
    title: dict[str, str]
    version: int
    status: str
    signed: str | None
    time_zone: str
    languages: list[str]
    region: tuple[float, float, float, float] | None
    parties: list[PartyAnswer]
    places: list[NamedPlace]
    readings: list[ReadingOffered]
    data_current_to: str | None
    first: str | None
    last: str | None
    observations: int


class QuoteAnswer(Answer):
    """The words that a provision rests on, by characters of the source's text."""

    source: str
    exact: str
    start: int
    end: int
    speaker: str | None = None


class ProvisionAnswer(Answer):
    """A provision, with the fields of its kind (the accord's schema names them)."""

    id: str
    kind: str
    title: dict[str, str] | None = None
    quotes: list[QuoteAnswer]


class SourceAnswer(Answer):
    """A text that provisions quote."""

    id: str
    title: dict[str, str]
    publisher: str | None = None
    date: str | None = None
    language: str | None = None
    text: str | None = None


class ReadingAnswer(Answer):
    """A reading of the text, and who holds it."""

    id: str
    text: Words
    held_by: list[str] | None = None


class InterpretationAnswer(Answer):
    """A question that the text leaves open, and how it can be read."""

    id: str
    question: Words
    adopted: str
    readings: list[ReadingAnswer]


class StatementAnswer(Answer):
    """What was said and obliges nobody."""

    id: str
    speaker: str
    stance: str
    quote: QuoteAnswer


class QuestionAnswer(Answer):
    """What the text leaves open."""

    provision: str | None = None
    field: str
    why: str


class NamedPart(Answer):
    """A zone or a line of the accord."""

    id: str
    names: dict[str, str] | None = None


class AccordAnswer(Answer):
    """The agreement: provisions with their quotes, the texts that they quote, and how they can be read."""

    accord: dict[str, Any]
    provisions: list[ProvisionAnswer]
    sources: list[SourceAnswer]
    zones: list[NamedPart] | None = None
    lines: list[NamedPart] | None = None
    interpretations: list[InterpretationAnswer]
    statements: list[StatementAnswer]
    questions: list[QuestionAnswer]


class ReasonAnswer(Answer):
    """A reason by its message, with the ids that it rests on."""

    message: str
    args: dict[str, Any]
    evidence: list[str]


class Verdict(Answer):
    """How an obligation stands."""

    id: str
    kind: str
    status: Status
    probability: float
    proposition: str
    p_fulfilled: float
    p_breached: float
    finding: str
    because: list[str]
    reasons: list[ReasonAnswer]
    evidence: list[str]
    counter_evidence: list[str]
    since: str | None
    due: str | None
    effort_h: float
    access_refused: int
    reading_dependent: list[str]


class ObligationAnswer(Verdict):
    """How an obligation stands, by its title in the language asked for."""

    title: str


class AssessmentAnswer(Answer):
    """The state of every obligation, and what was asked."""

    accord: str
    accord_version: int
    as_of: str
    known_at: str
    ruleset: str
    reading: str | None
    observations_considered: int
    obligations: list[ObligationAnswer]
    data_current_to: str


class StatusThen(Answer):
    """An obligation's status at an instant."""

    id: str
    status: Status
    probability: float
    since: str | None
    due: str | None


class Step(Answer):
    """All statuses at an instant."""

    as_of: str
    obligations: list[StatusThen]


class Series(Answer):
    """The statuses at several instants."""

    known_at: str
    steps: list[Step]


class TrendRow(Answer):
    """An obligation's statuses and probabilities, one for each instant; None where it was not there yet."""

    id: str
    status: list[Status | None]
    probability: list[float | None]


class Trend(Answer):
    """How obligations went over the weeks before an instant (which is left out)."""

    known_at: str
    as_of: list[str]
    obligations: list[TrendRow]


class Explanation(Answer):
    """What an id stands for, and why."""

    id: str
    type: str
