"""The files of a mission's report: one request, as many languages, editions and formats as asked for."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from truceline.accord.digests import accord_digest
from truceline.app.mission.editions import edition_of
from truceline.app.mission.making import facts_of
from truceline.app.report import replace_file
from truceline.app.report_inputs import Gathered, gather
from truceline.app.report_snapshots import Assessor, newest_day
from truceline.assess.publish import content_of
from truceline.core.errors import InvalidInput, NotFound
from truceline.core.instants import isoformat_utc, parse_instant, zone_of
from truceline.core.messages import LANGUAGES
from truceline.evidence.permissions import EDITION_ROLES
from truceline.evidence.records import Publication
from truceline.products.mission.blocks import Document
from truceline.products.mission.compose import compose
from truceline.products.mission.facts import Facts, LogHead
from truceline.products.mission.periods import Periods, periods_to
from truceline.products.mission.render.docx import render_docx
from truceline.products.mission.render.html import render_html
from truceline.products.mission.render.pdf import PAPERS, Paper, render_pdf
from truceline.store.workspace import Workspace

FORMATS = ("html", "pdf", "docx")


@dataclass(frozen=True, slots=True, kw_only=True)
class MissionRequest:
    """What is asked: the period's kind, its last day or instant (text as the user gave it; by default the day
    of the newest report), in which languages, editions and formats, and how many incidents the annex lists at
    most."""

    period: str = "all"
    as_of: str | None = None
    known_at: str | None = None
    reading: str | None = None
    languages: tuple[str, ...] = ("en",)
    editions: tuple[str, ...] = ("internal",)
    formats: tuple[str, ...] = ("html",)
    paper: str = "a4"
    basemap: Path | None = None
    publish: bool = False
    author: str = ""
    most_incidents: int | None = None


@dataclass(frozen=True, slots=True)
class MissionFile:
    """One file that was written."""

    file: str
    language: str
    edition: str
    format: str
    size_bytes: int
    sha256: str

    def as_dict(self) -> dict[str, Any]:
        """As plain JSON data."""
        return {
            "file": self.file,
            "language": self.language,
            "edition": self.edition,
            "format": self.format,
            "bytes": self.size_bytes,
            "sha256": self.sha256,
        }


@dataclass(frozen=True, slots=True)
class MissionReport:
    """What was written of one request; instants UTC."""

    id: str
    as_of: datetime
    known_at: datetime
    figures: int
    files: tuple[MissionFile, ...]
    publication: Publication | None = None

    def as_dict(self) -> dict[str, Any]:
        """As plain JSON data."""
        return {
            "report": self.id,
            "as_of": isoformat_utc(self.as_of),
            "known_at": isoformat_utc(self.known_at),
            "figures": self.figures,
            "files": [one.as_dict() for one in self.files],
            "publication": self.publication.id if self.publication else None,
        }


@dataclass(frozen=True, slots=True)
class Prepared:
    """A workspace read once, for several editions and languages."""

    workspace: Workspace
    gathered: Gathered
    periods: Periods
    publications: tuple[Publication, ...]
    head: LogHead | None

    def facts(self, edition: str, language: str, reading: str | None) -> Facts:
        """The facts in one edition, with names in one language."""
        return facts_of(
            edition_of(self.workspace, self.gathered, edition),
            self.periods,
            language=language,
            reading=reading,
            publications=self.publications,
            head=self.head,
        )


def prepare(root: Path, request: MissionRequest, *, exactly: datetime | None = None) -> Prepared:
    """Reads the workspace for a request; `exactly` is its known-at where it is an instant already.

    Raises InvalidInput, NotFound, and what reading raises.
    """
    workspace = Workspace.open(root)
    accord = workspace.accord()
    zone = zone_of(accord.accord.time_zone)
    known_at = parse_instant(request.known_at, zone, field="known-at") if request.known_at else exactly
    gathered = gather(
        workspace, accord, known_at=known_at, language="en", draft=None, basemap=request.basemap
    )
    as_of = (
        parse_instant(request.as_of, zone, field="as-of")
        if request.as_of
        else newest_day(Assessor(gathered), zone)
    )
    with workspace.store(read_only=True) as store:
        publications = tuple(p for p in store.publications() if p.recorded_at <= gathered.known_at)
        with store.log() as log:
            last = log.head_by(gathered.known_at)
            head = LogHead(
                origin=log.origin, size=last.size, root=last.root.hex(), signed=last.note is not None,
                note=last.note, keys=tuple(log.verifier_keys()),
            ) if last else None  # fmt: skip
    periods = periods_to(request.period, as_of, zone, since=accord.accord.signed)
    return Prepared(workspace, gathered, periods, publications, head)


def write_mission_report(
    root: Path,
    output: Path,
    request: MissionRequest,
    *,
    told: Callable[[str], None] = lambda _: None,
    drawing: Callable[[], None] = lambda: None,
) -> MissionReport:
    """Writes the report into `output`, a file, or, for several, a folder that exists or is made.

    `told` is called with the path of each file that was written, `drawing` once an edition's facts are
    together and its files are drawn. With `publish` the assessment and the digest of every file enter the
    log. Raises InvalidInput for what is not known, NotFound for a workspace or folder that does not exist,
    DependencyMissing without Typst.
    """
    _check(request)
    several = len(request.languages) * len(request.editions) * len(request.formats) > 1
    single = output.suffix.lower().lstrip(".") in FORMATS
    if several and single:
        raise InvalidInput(f"output: found {output.name!r}; several reports are written into a folder")
    if not single:
        output.mkdir(parents=True, exist_ok=True)
    elif not output.absolute().parent.is_dir():
        raise NotFound(f"{output.parent} is not a folder", hint="make it first; nothing was written")
    prepared = prepare(root, request)
    files: list[MissionFile] = []
    facts: Facts | None = None
    for facts, document in _documents(prepared, request):
        drawing()
        for form in request.formats:
            path = output if single else output / _name(facts, form)
            content = _rendered(document, form, request.paper)
            replace_file(path, content)
            digest = hashlib.sha256(content).hexdigest()
            files.append(
                MissionFile(str(path), facts.report.language, facts.edition, form, len(content), digest)
            )
            told(str(path))
    assert facts is not None
    publication = _publish(prepared, request, files, facts) if request.publish else None
    return MissionReport(
        facts.id,
        prepared.periods.now.end,
        prepared.gathered.known_at,
        len(facts.figures),
        tuple(files),
        publication,
    )


def _documents(prepared: Prepared, request: MissionRequest) -> Iterator[tuple[Facts, Document]]:
    for edition in request.editions:
        for language in request.languages:
            facts = prepared.facts(edition, language, request.reading)
            yield facts, compose(facts, most_incidents=request.most_incidents)


def _rendered(document: Document, form: str, paper: str) -> bytes:
    chosen: Paper = "letter" if paper == "letter" else "a4"
    if form == "pdf":
        return render_pdf(document, chosen)
    if form == "docx":
        return render_docx(document, chosen)
    return render_html(document).encode()


def _name(facts: Facts, form: str) -> str:
    _, edition, kind, day = facts.id.split(":", 3)
    return f"{facts.report.accord_id}-{kind}-{day}-{edition}-{facts.report.language}.{form}"


def _check(request: MissionRequest) -> None:
    for name, found, accepted in (
        ("language", request.languages, LANGUAGES),
        ("edition", request.editions, tuple(EDITION_ROLES)),
        ("format", request.formats, FORMATS),
        ("paper", (request.paper,), PAPERS),
    ):
        for one in found:
            if one not in accepted:
                raise InvalidInput(f"{name}: found {one!r}; accepted: {', '.join(accepted)}")
    if request.most_incidents is not None and request.most_incidents < 0:
        raise InvalidInput(f"annex: found {request.most_incidents}; accepted: 0 or more incidents")
    if request.publish and not request.author.strip():
        raise InvalidInput("a published report needs an author", hint="--author NAME, or TRUCELINE_AUTHOR")


def _publish(
    prepared: Prepared, request: MissionRequest, files: list[MissionFile], facts: Facts
) -> Publication:
    """Records the assessment of the first edition with the digests of the files."""
    text = prepared.workspace.accord_text()
    reports = [
        {
            "report": facts.id,
            "language": one.language,
            "edition": one.edition,
            "format": one.format,
            "sha256": one.sha256,
        }
        for one in files
    ]
    first = prepared.facts(request.editions[0], request.languages[0], request.reading)
    assessment = first.report.snapshots[-1].assessment
    content = content_of(assessment, accord_digest(text), reports)
    with prepared.workspace.store() as store, store.write() as writer:
        writer.record_accord(text)
        return writer.record_publication(
            content, as_of=assessment.as_of, known_at=assessment.known_at, author=request.author
        )
