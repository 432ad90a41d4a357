"""What a report says, before it is words or markup: frozen data that any format can be rendered from.

Coordinates are lon, lat in degrees on WGS 84, geometries GeoJSON objects (RFC 7946), distances metres,
instants UTC. Names of parties, kinds and places are already in the report's language; sentences are not
made here but from `locale/*/report.ftl`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from truceline.assess.assessment import Assessment
from truceline.draft.comparison import Comparison
from truceline.products.report.patrols import PatrolContent

GeoJson = dict[str, Any]


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
class LineShape:
    """A line of the accord, and the band that its uncertainty spans on both sides.

    `uncertainty_m` is the least and the greatest along it.
    """

    id: str
    name: str
    approximate: bool
    uncertainty_m: tuple[float, float]
    geometry: GeoJson
    band: GeoJson | None
    left: str | None
    right: str | None
    describes: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ZoneShape:
    """A zone: what surely is the zone (`inner`, at the least depth) and all that may be it (`outer`).

    `uncertainty_m` is the least and the greatest along the line that it is measured from. `depth_ranges_m`
    holds, where the agreed depth differs by side or along the line, the range of its least depths and that of
    its greatest ones; `depth_min_m` and `depth_max_m` are None then.
    """

    id: str
    name: str
    kind: str
    approximate: bool
    uncertainty_m: tuple[float, float]
    outer: GeoJson
    inner: GeoJson | None
    depth_min_m: float | None
    depth_max_m: float | None
    depth_ranges_m: tuple[tuple[float, float], tuple[float, float]] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RouteShape:
    """A promised transport route, by the provision that promises it; `states` is how it stood at each of the
    report's dates (`truceline.assess.route_turns.RouteStatus`)."""

    provision: str
    name: str
    geometry: GeoJson
    error_m: float | None
    states: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Town:
    """A town for orientation; `rank` 1 is drawn at every zoom, 3 only close up."""

    name: str
    name_local: str | None
    lon: float
    lat: float
    rank: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Overlay:
    """A layer from the basemap's folder: its name, and features with `name` and `dashed`."""

    name: str
    features: tuple[GeoJson, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Basemap:
    """What is drawn beneath: areas with their names, towns, and whom to credit."""

    land: tuple[GeoJson, ...] = ()
    districts: tuple[GeoJson, ...] = ()
    towns: tuple[Town, ...] = ()
    credits: tuple[str, ...] = ()
    overlays: tuple[Overlay, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class MapContent:
    """Everything that the map draws, save the evidence itself. Bounds are west, south, east, north."""

    bounds: tuple[float, float, float, float]
    lines: tuple[LineShape, ...] = ()
    zones: tuple[ZoneShape, ...] = ()
    routes: tuple[RouteShape, ...] = ()
    basemap: Basemap = Basemap()


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """A part of the line where the zone is not as deep as promised (metres along the line)."""

    from_m: float
    to_m: float
    worst_m: float


@dataclass(frozen=True, slots=True, kw_only=True)
class TrueLine:
    """What an audit of a zone whose line is uncertain can say of the depth from the true line.

    `bounds` holds (metres along the line, least depth, greatest depth), metres: the depth from any line
    within the 95% bound at that place, one run per stretch where the zone itself ends the depth.
    `depth_m` are the least and the greatest of all. `share` is the expected share of the line as promised,
    `share_range` holds it with 95%. `area_error_m2` is the standard error of the area. Where a zone
    lies on both sides, all but `bounds` is of both together.
    """

    uncertainty_m: tuple[float, float]
    bounds: tuple[tuple[tuple[float, float, float], ...], ...]
    depth_m: tuple[float, float]
    share: float
    share_range: tuple[float, float]
    p_shallow_somewhere: float
    p_deep_somewhere: float
    area_error_m2: float


@dataclass(frozen=True, slots=True, kw_only=True)
class PromisedRun:
    """A stretch of the line, metres from its start, with the least and the greatest depth promised there."""

    from_m: float
    to_m: float
    least_m: float
    most_m: float


@dataclass(frozen=True, slots=True, kw_only=True)
class DepthAudit:
    """Is a zone as deep as promised along its line.

    `profile` holds (metres along the line, depth in metres, limited); where it is limited, the line's own
    bends end the depth, not the zone. `certain`: no line within the uncertainty would change the verdict.
    `true_line` is None where the line is exact. `promised` says the promise by stretches of the line, without
    those on which there is none; empty where it is the same all along.
    """

    zone: str
    line: str
    side: str
    verdict: str
    promised_min_m: float
    promised_max_m: float
    min_depth_m: float
    max_depth_m: float
    mean_depth_m: float
    share_within: float
    area_m2: float
    profile: tuple[tuple[float, float, bool], ...]
    certain: bool = True
    shortfalls: tuple[Stretch, ...] = ()
    excesses: tuple[Stretch, ...] = ()
    true_line: TrueLine | None = None
    promised: tuple[PromisedRun, ...] = ()


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
