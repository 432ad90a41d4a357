"""Designations, consent and cases."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from truceline.web.models.base import Answer, Id, Name, Request, Text


class Signature(Answer):
    """A step that a party signed."""

    act: str
    party: str
    recorded_at: str


class Standing(Answer):
    """Where each party stands on a proposal."""

    proposal: str
    in_force: bool
    disputed: bool
    consented_by: list[str]
    missing: list[str]
    objected_by: list[str]
    steps: list[Signature]


class GroupProposed(Standing):
    """A group that somebody proposed for the list of a provision."""

    designation: str
    group: str


class SubjectProposed(Standing):
    """An accord, zone or line that parties confirm by its digest; `in_use` where it is what is used now."""

    subject: str
    digest: str
    in_use: bool


class Confirmation(Answer):
    """What is in use, and who has confirmed just that."""

    subject: str
    digest: str | None
    state: str
    must: list[str]
    consented_by: list[str]
    missing: list[str]
    objected_by: list[str]
    proposal: str | None
    signed_digest: str | None


class PartyKeyAnswer(Answer):
    """A party's public key, and while it counts."""

    party: str
    public_key: str
    since: str
    until: str | None


class Designations(Answer):
    """Proposals of groups and of what is confirmed, with where each party stands."""

    designations: list[GroupProposed]
    subjects: list[SubjectProposed]
    in_use: list[Confirmation]
    keys: list[PartyKeyAnswer]


class SignedStep(Standing):
    """Where the proposal stands after a statement that was signed: of a subject, or of a group."""

    subject: str
    group: str | None = None


class Prepare(Request):
    """What a party wants to sign."""

    act: Literal["propose", "consent", "object", "withdraw"]
    group: Annotated[str | None, Field(max_length=200)] = None
    subject: Annotated[str | None, Field(max_length=200)] = Field(
        default=None, description="accord, zone:ID or line:ID"
    )
    proposal: Annotated[str | None, Field(max_length=200)] = None


class Statement(Answer):
    """What the party's key has to sign: `content` as UTF-8, with Ed25519."""

    content: str
    sign: str


class Signed(Request):
    """A signed statement: the content that was prepared; signature and public key in base64 or hex."""

    content: Annotated[str, Field(max_length=20_000)]
    signature: Annotated[str, Field(max_length=200)]
    public_key: Annotated[str, Field(max_length=200)]


class DueNext(Answer):
    """Who must do what, and until when."""

    what: str
    who: list[str]
    due: str
    overdue: bool


class CaseRow(Answer):
    """A case in a list. The public is not told its title."""

    case: str
    title: str | None
    state: str
    opened_at: str
    since: str
    obligations: list[str]
    observations: list[str]
    parties: list[str]
    finding: str | None
    result: str | None
    next: DueNext | None
    acts: list[ActOpen]


class ActOpen(Answer):
    """A step that the one who asks may take next; `of_party`: in a party's name."""

    act: str
    of_party: bool


class StepTaken(Answer):
    """A step of a case, with what the edition tells of it."""

    step: str
    act: str
    at: str
    author: str | None = None
    party: str | None = None
    note: str | None = None
    allegation: str | None = None
    result: str | None = None
    accepts: bool | None = None
    remedy_by: str | None = None
    signed: bool = Field(description="with the party's key, and the signature holds")


class CaseAnswer(CaseRow):
    """A case with its steps, in the edition that the reader may see."""

    edition: str
    steps: list[StepTaken]


class Cases(Answer):
    """Cases, the open ones first. `acts` of a case are the steps that the one who asks may take next."""

    items: list[CaseRow]


class NewCase(Request):
    """A case to be opened."""

    title: Annotated[str, Field(min_length=1, max_length=500)]
    allegation: Text
    observations: list[Id] = Field([], max_length=200)
    obligations: list[Id] = Field([], max_length=50)
    parties: list[Id] = Field([], max_length=20)
    reporter: Annotated[str | None, Field(max_length=500)] = None


class CaseStep(Request):
    """A step of a case."""

    act: Name
    note: Text
    party: Annotated[str | None, Field(max_length=200)] = None
    at: Annotated[str | None, Field(max_length=40)] = None
    result: Literal["confirmed", "not_confirmed", "inconclusive"] | None = None
    reliability: Annotated[str | None, Field(pattern="^[A-F]$")] = None
    credibility: Annotated[int | None, Field(ge=1, le=6)] = None
    accepts: bool | None = None
    remedy_by: Annotated[str | None, Field(max_length=40)] = None
    observations: list[Id] = Field([], max_length=200)
    obligations: list[Id] = Field([], max_length=50)
    parties: list[Id] = Field([], max_length=20)
    document: Annotated[str | None, Field(max_length=500)] = None
    signed: Signed | None = Field(default=None, description="a party's own step, signed with its key")


class OwnStep(Request):
    """What a party wants to answer or appeal, and sign."""

    act: Literal["answer", "appeal"]
    note: Text
    accepts: bool | None = None
    remedy_by: Annotated[str | None, Field(max_length=40)] = None
