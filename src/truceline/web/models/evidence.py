"""Observations, and what is recorded about them."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field

from truceline.web.models.base import Answer, Id, Name, Request, Text
from truceline.web.models.ground import Geometry
from truceline.web.models.statements import Signed


class Observation(Answer):
    """One report of one thing by one source, as the reader may see it: what its role is not told is null."""

    id: str
    kind: str
    family: str | None
    title: str
    place: str | None
    lon: float | None
    lat: float | None
    error_m: float | None
    geometry: Geometry | None
    occurred_from: str
    occurred_to: str
    observed_at: str | None
    reported_at: str | None
    recorded_at: str
    actors: list[str]
    targets: list[str]
    subject: str | None
    weapon_class: str | None
    calibre_mm: float | None
    equipment: str | None
    count: int | None
    fatalities: int | None
    injured: int | None
    effort_h: float | None
    source: str | None
    method: str | None
    observed_from: str | None
    reliability: str | None
    credibility: int | None
    claim: bool
    synthetic: bool
    report: str | None
    origin_file: str | None
    origin_row: int | None
    origin_sha256: str | None
    origin_url: str | None
    supersedes: str | None
    retracted: bool
    superseded: bool
    disputed: bool
    counts: bool


class Observations(Answer):
    """A page of observations. `total` counts all that match, `next` is the cursor of the page after this."""

    items: list[Observation]
    total: int
    next: str | None
    version: int


class FamilyCount(Answer):
    """How many observations of a family match: reported, and invented."""

    family: str
    reported: int
    invented: int


class Counts(Answer):
    """How many observations match, in all and of each family."""

    items: list[FamilyCount]
    total: int


class NewObservation(Request):
    """What somebody reports. Times are ISO 8601; a date alone is that whole day in the accord's time zone."""

    kind: Name
    occurred: Annotated[dict[Literal["start", "end"], str], Field(max_length=2)]
    geometry: dict[str, Any] | None = Field(default=None, description="GeoJSON, lon, lat on WGS 84")
    error_m: Annotated[float | None, Field(ge=0, le=1e7)] = None
    place: Annotated[str | None, Field(max_length=500)] = None
    actors: list[Name] = Field([], max_length=20)
    targets: list[Name] = Field([], max_length=20)
    subject: Annotated[str | None, Field(max_length=500)] = None
    weapon_class: Annotated[str | None, Field(max_length=200)] = None
    calibre_mm: Annotated[float | None, Field(ge=0, le=5000)] = None
    equipment: Annotated[str | None, Field(max_length=500)] = None
    serial: Annotated[str | None, Field(max_length=200)] = None
    count: Annotated[int | None, Field(ge=0, le=10**9)] = None
    fatalities: Annotated[int | None, Field(ge=0, le=10**9)] = None
    injured: Annotated[int | None, Field(ge=0, le=10**9)] = None
    effort_h: Annotated[float | None, Field(ge=0, le=1e6)] = None
    method: Annotated[str | None, Field(max_length=100)] = None
    observed_from: Annotated[str | None, Field(max_length=500)] = None
    reliability: Annotated[str | None, Field(pattern="^[A-F]$")] = None
    credibility: Annotated[int | None, Field(ge=1, le=6)] = None
    claim: bool = False
    report: Text | None = None
    source: Annotated[str | None, Field(max_length=200)] = None
    confidential: bool | None = Field(
        default=None, description="of a party's submissions: whether only monitors see it; true if not given"
    )


class Recorded(Answer):
    """What was recorded, and under which id."""

    id: str | None
    added: int
    duplicates: int


class SimilarObservation(Observation):
    """A report that may be of the same: how likely, and why."""

    score: float
    why: str | None = None


class Similar(Answer):
    """Reports that may be of the same, the likeliest first."""

    items: list[SimilarObservation]


class Attachment(Answer):
    """A photograph, by its digest."""

    sha256: str
    media_type: str
    bytes: int
    recorded_at: str
    author: str | None


class Attachments(Answer):
    """The photographs and files of an observation."""

    items: list[Attachment]


class NewCorrection(Request):
    """A correction: what is recorded stays, and this is recorded beside it."""

    act: Literal["supersede", "retract", "reinstate", "dispute", "undispute", "support"]
    target: Id
    reason: Text
    changes: dict[Annotated[str, Field(max_length=40)], Annotated[str, Field(max_length=20_000)]] | None = (
        Field(default=None, description="for supersede: fields and their corrected values as text")
    )
    party: Annotated[str | None, Field(max_length=200)] = None
    document: Annotated[str | None, Field(max_length=500)] = None
    signed: Signed | None = Field(default=None, description="a party's position, signed with its key")


class Position(Request):
    """What a party wants to say, and sign, of an obligation or a finding."""

    act: Literal["dispute", "undispute", "support"]
    target: Id
    reason: Text


class Rating(Request):
    """The Admiralty rating of an observation."""

    reliability: Annotated[str | None, Field(pattern="^[A-F]$")] = None
    credibility: Annotated[int | None, Field(ge=1, le=6)] = None
    reason: Text


class Restriction(Request):
    """What becomes confidential, or is opened again."""

    act: Literal["restrict", "release"]
    subject: Literal["source", "observation"]
    target: Id
    party: Annotated[str | None, Field(max_length=200)] = None
    reason: Text


class CorrectionAnswer(Answer):
    """A correction, as recorded."""

    id: str
    act: str
    target: str
    author: str | None
    reason: str
    replacement: str | None
    party: str | None
    document: str | None
    recorded_at: str


class Corrections(Answer):
    """Corrections, as recorded."""

    items: list[CorrectionAnswer]
