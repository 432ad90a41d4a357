"""What a report says, before it is words or markup: frozen data that any format can be rendered from.

Coordinates are lon, lat in degrees on WGS 84, geometries GeoJSON objects (RFC 7946), distances metres,
instants UTC. Names of parties, kinds and places are already in the report's language; sentences are not
made here but from `locale/*/report.ftl`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from truceline.assess.assessment import Assessment
from truceline.draft.comparison import Comparison
from truceline.products.report.ground import DepthAudit, MapContent
from truceline.products.report.patrols import PatrolContent


@dataclass(frozen=True, slots=True, kw_only=True)
class Quoted:
    """A provision's words within their source: the text around them, and who said them."""

    source: str
    source_title: str
    published: date | None
    language: str
    before: str
    exact: str
    after: str
    speaker: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProvisionContent:
    """What the accord says in one provision; how it stands is in each `Snapshot`."""

    id: str
    kind: str
    title: str | None
    parties: tuple[str, ...]
    quotes: tuple[Quoted, ...]
    due_words: str | None = None
    condition: str | None = None
    depends_on: tuple[str, ...] = ()
    exemptions: tuple[str, ...] = ()
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Factor:
    """One factor of an observation's contribution: ``report``, ``inside``, ``time``, ``party``..."""

    name: str
    probability: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Contribution:
    """What one observation adds to one obligation's verdict: its factors and their product."""

    observation: str
    probability: float
    factors: tuple[Factor, ...]
    against: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingVerdict:
    """How an obligation stands under one reading of a question; `assessed` marks the one that counts here."""

    question: str
    reading: str
    text: str
    status: str
    probability: float
    proposition: str
    assessed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """The state of every obligation at one as-of.

    `key` is what the address of the view calls it. `contributions` and `readings` are by provision id.
    """

    key: str
    assessment: Assessment
    contributions: Mapping[str, tuple[Contribution, ...]] = field(default_factory=dict)
    readings: Mapping[str, tuple[ReadingVerdict, ...]] = field(default_factory=dict)

    @property
    def as_of(self) -> datetime:
        return self.assessment.as_of

    @property
    def known_at(self) -> datetime:
        return self.assessment.known_at


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceRow:
    """One observation as shown. `number` counts the rows of this report from 1."""

    number: int
    id: str
    label: str
    kind: str
    kind_name: str
    family: str
    occurred_from: datetime
    occurred_to: datetime
    recorded_at: datetime
    place: str | None
    lon: float | None
    lat: float | None
    error_m: float | None
    actors: tuple[str, ...]
    targets: tuple[str, ...]
    report: str | None
    count: int | None
    fatalities: int | None
    source: str
    method: str | None
    reliability: str | None
    credibility: int | None
    claim: bool
    synthetic: bool
    origin_file: str | None
    origin_row: int | None
    origin_url: str | None
    quote: str | None
    incident: str | None = None
    reports_of_incident: int = 1
    retracted: bool = False
    superseded: bool = False
    disputed: bool = False

    @property
    def located(self) -> bool:
        """Whether the report names a place that can be drawn, as an area of its error radius."""
        return self.lon is not None and self.lat is not None and self.error_m is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenPoint:
    """Something that the text left open when it was drafted, and of which provisions of the draft."""

    why: str
    provisions: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingContent:
    """One way to read the text, and who holds it."""

    id: str
    text: str
    held_by: tuple[str, ...]
    adopted: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question that the text leaves open, with its rival readings."""

    id: str
    question: str
    about: tuple[str, ...]
    readings: tuple[ReadingContent, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementContent:
    """What somebody said that obliges nobody."""

    speaker: str
    stance: str
    exact: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A stretch of a source's text; `provisions` are the ids that quote it, none for plain text."""

    text: str
    provisions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceText:
    """A document that the accord quotes, cut where quotes begin and end."""

    id: str
    title: str
    publisher: str | None
    published: date | None
    language: str
    sha256: str | None
    url: str | None
    note: str | None
    passages: tuple[Passage, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class InputFile:
    """A file that the report rests on. `rows` counts the observations that came from it."""

    name: str
    sha256: str | None
    rows: int | None = None
    sources: tuple[str, ...] = ()
    synthetic: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseContent:
    """A case as everybody may see it at the report's last date: nothing of what was alleged or by whom.

    `next` is what is due, `who` by whom (names), `due` until when; `next` is None where the case is over.
    """

    id: str
    title: str
    state: str
    result: str | None
    next: str | None
    who: tuple[str, ...]
    due: datetime | None
    overdue: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedContent:
    """How something in use is confirmed by signature: its name, the state, the names of who signed it, of who
    is missing and of who objects."""

    name: str
    kind: str
    state: str
    signed: tuple[str, ...]
    missing: tuple[str, ...]
    objecting: tuple[str, ...]
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """The whole report. `evidence` is in order of time; `omitted` rows are counted but not shown."""

    title: str
    accord_id: str
    accord_version: int
    accord_status: str
    party_names: Mapping[str, str]
    signed: date | None
    time_zone: str
    language: str
    generator: str
    data_current_to: datetime | None
    ruleset: str
    reading: str | None
    thresholds: tuple[float, float]
    provisions: tuple[ProvisionContent, ...]
    snapshots: tuple[Snapshot, ...]
    evidence: tuple[EvidenceRow, ...]
    evidence_total: int
    map: MapContent
    audits: tuple[DepthAudit, ...] = ()
    comparison: Comparison | None = None
    draft_questions: tuple[OpenPoint, ...] = ()
    questions: tuple[Question, ...] = ()
    statements: tuple[StatementContent, ...] = ()
    sources: tuple[SourceText, ...] = ()
    inputs: tuple[InputFile, ...] = ()
    signatures: tuple[SignedContent, ...] = ()
    cases: tuple[CaseContent, ...] = ()
    patrols: tuple[PatrolContent, ...] = ()

    @property
    def omitted(self) -> int:
        """How many observations the workspace holds that this report does not show."""
        return self.evidence_total - len(self.evidence)

    def provision(self, id: str) -> ProvisionContent | None:
        """The provision with that id."""
        return next((provision for provision in self.provisions if provision.id == id), None)
