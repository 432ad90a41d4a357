"""Designations, consent and cases."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field

from truceline.web.models.base import Answer, Id, Name, Request, Text


class Designations(Answer):
    """Proposals of groups and of what is confirmed, with where each party stands."""

    designations: list[dict[str, Any]]
    subjects: list[dict[str, Any]]
    keys: list[dict[str, Any]]


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


class Cases(Answer):
    """Cases, the open ones first."""

    items: list[dict[str, Any]]


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
    document: Annotated[str | None, Field(max_length=500)] = None
