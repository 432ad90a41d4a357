"""Drafts of accords that analysts confirm sentence by sentence."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field

from truceline.web.models.base import Answer, Id, Request

Fields = dict[Annotated[str, Field(max_length=40)], Any]


class NewDraft(Request):
    """A text that was typed or pasted, to be drafted; the day on which it was published."""

    text: Annotated[str, Field(min_length=1, max_length=1_000_000)]
    name: Annotated[str, Field(min_length=1, max_length=200)]
    published: Annotated[str | None, Field(pattern=r"^\d{4}-\d\d-\d\d$")] = None


class DraftConfirmed(Answer):
    """When the accord of a draft was confirmed, by whom, and the SHA-256 of its file."""

    seq: int
    at: str
    author: str
    file: str
    sha256: str


class DraftRow(Answer):
    """A draft in a list: how many provisions and questions it has, and how many are not decided."""

    id: str
    title: dict[str, str]
    document: str
    author: str
    made_at: str
    provisions: int
    questions: int
    undecided: int
    seq: int
    confirmed: list[DraftConfirmed]
    first_bad: int | None


class DraftBeingMade(Answer):
    """A draft that is being made, or could not be made."""

    id: str
    name: str
    state: Literal["waiting", "making", "ready", "failed"]
    step: str | None
    asked_at: str
    draft: str | None
    failed: dict[str, Any] | None


class Drafts(Answer):
    """The drafts, the newest first, and those that are being made; `kept`: also after the server ends."""

    items: list[DraftRow]
    making: list[DraftBeingMade]
    kept: bool


class DraftDecision(Answer):
    """One decision on a draft: who, when, what of which target, and why."""

    seq: int
    at: str
    author: str
    act: str
    target: str
    changes: dict[str, Any]
    parts: list[dict[str, Any]]
    note: str | None


class DraftQuestion(Answer):
    """What the text leaves open. `target` names it in decisions."""

    target: str
    provision: str | None = None
    field: str
    why: str


class DraftFault(Answer):
    """What would be wrong with the accord if it were confirmed as it stands."""

    message: str
    path: str | None = None
    code: str | None = None
    found: str | None = None
    accepted: str | None = None


class DraftAnswer(DraftRow):
    """A draft: its text and sentences (code points), what was drafted, asked and decided, and what it leaves.

    `drafted` gives provisions and statements by id as they were drafted; `accord` is the accord that the
    decisions leave; `left` what nobody has decided.
    """

    text: str
    sentences: list[list[int]]
    notes: list[str]
    drafted: dict[str, dict[str, Any]]
    asked: list[DraftQuestion]
    accord: dict[str, Any]
    decided: dict[str, DraftDecision]
    left: list[str]
    history: list[DraftDecision]
    faults: list[DraftFault]


class NewDecision(Request):
    """A decision on a target of a draft; `seen` is the number of the last one on it that was seen, or 0.

    `changes` are fields as in the accord file, null taking one away: of the provision for `correct` and
    `add`, of the head for `head`, of the part for `part`. An `answer` says
    `provision` and `fields`, or `head`.
    """

    act: Literal["confirm", "correct", "reject", "reopen", "add", "answer", "leave_open", "head", "part"]
    target: Id
    seen: Annotated[int, Field(ge=0, le=2**53)] = 0
    changes: Fields = Field({}, max_length=60)
    parts: list[Fields] = Field([], max_length=20)
    note: Annotated[str | None, Field(max_length=4000)] = None


class ConfirmDraft(Request):
    """Confirms the accord; `seen` is the number of the last entry of the history that was seen."""

    seen: Annotated[int, Field(ge=0, le=2**53)]
