"""What requests and answers look like: the shapes of the OpenAPI document. Instants are ISO 8601 in UTC."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

Text = Annotated[str, Field(max_length=20_000)]
Name = Annotated[str, Field(min_length=1, max_length=200)]
Id = Annotated[str, Field(min_length=1, max_length=200)]


class Answer(BaseModel):
    """An answer; fields may be added later."""

    model_config = ConfigDict(extra="allow")


class Request(BaseModel):
    """A request; unknown fields are refused."""

    model_config = ConfigDict(extra="forbid")


class Problem(Answer):
    """RFC 9457 problem details. `code` is stable and listed in the reference of errors."""

    type: str
    title: str
    detail: str
    status: int
    code: str | None = None
    hint: str | None = None


class SignIn(Request):
    """Name, password and, where the account asks for it, a one-time code."""

    name: Annotated[str, Field(max_length=200)]
    password: Annotated[str, Field(max_length=1024)]
    code: Annotated[str | None, Field(max_length=20)] = None


class User(Answer):
    """Who is signed in."""

    id: str
    name: str
    role: str
    party: str | None
    language: str | None


class SessionAnswer(Answer):
    """Who is signed in, what they may do, and the token that writes must carry as X-CSRF-Token."""

    user: User | None
    role: str
    party: str | None
    csrf: str | None
    can: dict[str, str]
    expires_at: str | None = None
    provider: str | None = None


class PasswordChange(Request):
    """The own password, replaced."""

    old: Annotated[str, Field(max_length=1024)]
    new: Annotated[str, Field(max_length=1024)]


class Code(Request):
    """A one-time code."""

    code: Annotated[str, Field(max_length=20)]


class SecondFactor(Answer):
    """The new secret for one-time codes, which counts once a code of it was given."""

    secret: str
    address: str


class DevicePassword(Answer):
    """A password for phones and GIS programs, told once."""

    name: str
    password: str


class AccountAnswer(Answer):
    """An account, without its secrets."""

    id: str
    name: str
    role: str
    party: str | None
    language: str | None
    second_factor: bool
    password: bool
    created_at: str
    ended_at: str | None


class Accounts(Answer):
    """All accounts."""

    items: list[AccountAnswer]


class NewAccount(Request):
    """An account to be made."""

    name: Name
    role: str
    party: str | None = None
    password: Annotated[str | None, Field(max_length=1024)] = None
    language: str | None = None
    subject: Annotated[str | None, Field(max_length=500)] = None


class AccountChange(Request):
    """What is to be changed of an account; what is not given stays."""

    role: str | None = None
    party: str | None = None
    password: Annotated[str | None, Field(max_length=1024)] = None
    second_factor: Literal[False] | None = Field(default=None, description="false takes it away")
    ended: bool | None = None


class Readings(Answer):
    """The log of readings, newest first."""

    items: list[dict[str, Any]]
    next: str | None
    first_bad: int | None


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


class Observation(Answer):
    """One report of one thing by one source, as the reader may see it."""

    id: str
    kind: str
    family: str | None
    occurred_from: str
    occurred_to: str
    recorded_at: str
    geometry: dict[str, Any] | None
    error_m: float | None
    source: str
    actors: list[str]
    targets: list[str]
    counts: bool


class Observations(Answer):
    """A page of observations. `total` counts all that match, `next` is the cursor of the page after this."""

    items: list[Observation]
    total: int
    next: str | None
    version: int


class FeatureCollection(Answer):
    """GeoJSON (RFC 7946)."""

    type: Literal["FeatureCollection"]
    features: list[dict[str, Any]]


class NewObservation(Request):
    """What somebody reports. Times are ISO 8601; a date alone is that whole day in the accord's time zone."""

    kind: Name
    occurred: Annotated[dict[Literal["start", "end"], str], Field(max_length=2)]
    geometry: dict[str, Any] | None = Field(default=None, description="GeoJSON, lon, lat on WGS 84")
    error_m: Annotated[float | None, Field(ge=0, le=1e7)] = None
    place: Annotated[str | None, Field(max_length=500)] = None
    actors: Annotated[list[Name], Field(max_length=20)] = []
    targets: Annotated[list[Name], Field(max_length=20)] = []
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


class Similar(Answer):
    """Reports that may be of the same, the likeliest first."""

    items: list[dict[str, Any]]


class Attachments(Answer):
    """The photographs and files of an observation."""

    items: list[dict[str, Any]]


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


class Corrections(Answer):
    """Corrections, as recorded."""

    items: list[dict[str, Any]]


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
    observations: Annotated[list[Id], Field(max_length=200)] = []
    obligations: Annotated[list[Id], Field(max_length=50)] = []
    parties: Annotated[list[Id], Field(max_length=20)] = []
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
    observations: Annotated[list[Id], Field(max_length=200)] = []
    document: Annotated[str | None, Field(max_length=500)] = None


class Head(Answer):
    """The last head of the log."""

    origin: str
    size: int
    root: str
    signed: bool
    note: str | None
    keys: list[str]


class Continues(Request):
    """An earlier signed head, which the log must continue."""

    head: Annotated[str, Field(max_length=20_000)]


class Verified(Answer):
    """Whether the record is complete and unchanged."""

    ok: bool


class Effort(Answer):
    """How long somebody looked, by area and day, and where access was refused."""

    items: list[dict[str, Any]]


class Routes(Answer):
    """How each route stands."""

    routes: list[dict[str, Any]]


class Alerts(Answer):
    """Alerts, and the hosts that the server may send them to."""

    items: list[dict[str, Any]]
    hosts: list[str]


class NewAlert(Request):
    """An alert: an address of Apprise (json://, jsons://, mailto://, mailtos://), of what, of which zones."""

    to: Annotated[str, Field(min_length=1, max_length=500)]
    events: Annotated[list[Literal["status", "entry"]], Field(min_length=1, max_length=2)]
    zones: Annotated[list[Id], Field(max_length=50)] = []


class Places(Answer):
    """Places whose name, in any script, begins with or holds what was asked for."""

    items: list[dict[str, Any]]


class Kinds(Answer):
    """The vocabulary of observations."""

    kinds: list[dict[str, Any]]
