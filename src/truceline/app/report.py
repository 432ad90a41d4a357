"""From a workspace to its report: gathers what the page shows, and writes it.

The report reads no clock: without a known-at it counts everything recorded, and says up to when that is, so
that the same workspace gives the same bytes.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import pyarrow as pa

from truceline.app.cases import due_next
from truceline.app.patrol_kept import told_counts
from truceline.app.report_inputs import Gathered, gather
from truceline.app.report_snapshots import Assessor, default_dates, snapshots_at
from truceline.assess.inquiries import findings_of, with_findings
from truceline.core.errors import InvalidInput, NotFound, StoreUnavailable
from truceline.core.instants import isoformat_utc, parse_instant, zone_of
from truceline.core.messages import LANGUAGES
from truceline.evidence.cases import cases_of
from truceline.evidence.history import marked
from truceline.products.report.build import build_report, party_name
from truceline.products.report.content import CaseContent, Report
from truceline.products.report.html import render_html
from truceline.products.report.patrols import patrol_content
from truceline.store.workspace import Workspace

FORMATS = (".html", ".htm")


@dataclass(frozen=True, slots=True)
class ReportRequest:
    """What is asked of a report. Dates are text as the user gave it: a day or an ISO 8601 instant."""

    as_of: tuple[str, ...] = ()
    known_at: str | None = None
    reading: str | None = None
    language: str = "en"
    draft: Path | None = None
    basemap: Path | None = None


@dataclass(frozen=True, slots=True)
class WrittenReport:
    """A report that was written; instants are UTC."""

    file: str
    size_bytes: int
    sha256: str
    as_of: tuple[datetime, ...]
    known_at: datetime
    observations: int

    def as_dict(self) -> dict[str, Any]:
        """The result as plain JSON data."""
        return {
            "file": self.file,
            "bytes": self.size_bytes,
            "sha256": self.sha256,
            "as_of": [isoformat_utc(instant) for instant in self.as_of],
            "known_at": isoformat_utc(self.known_at),
            "observations": self.observations,
        }


def write_report(root: Path, output: Path, request: ReportRequest) -> WrittenReport:
    """Writes the report of the workspace at `root` into `output`, all of it or nothing.

    Raises InvalidInput for a format, language, date or reading that is not known, NotFound for a workspace
    or folder that does not exist, and what reading the workspace raises.
    """
    if output.suffix.lower() not in FORMATS:
        raise InvalidInput(
            f"output: found {output.name!r}; accepted: a file that ends in .html, .pdf or .docx, or a folder"
        )
    if not output.absolute().parent.is_dir():
        raise NotFound(f"{output.parent} is not a folder", hint="make it first; nothing was written")
    content, gathered = _content(root, request)
    page = render_html(content).encode("utf-8")
    replace_file(output, page)
    return WrittenReport(
        file=str(output),
        size_bytes=len(page),
        sha256=hashlib.sha256(page).hexdigest(),
        as_of=tuple(snapshot.as_of for snapshot in content.snapshots),
        known_at=gathered.known_at,
        observations=content.evidence_total,
    )


def report_html(root: Path, request: ReportRequest, *, served: bool = False) -> str:
    """The report of the workspace at `root` as HTML; errors as in `write_report`."""
    content, _ = _content(root, request)
    return render_html(content, served=served)


def _content(root: Path, request: ReportRequest) -> tuple[Report, Gathered]:
    if request.language not in LANGUAGES:
        raise InvalidInput(f"language: found {request.language!r}; accepted: {', '.join(LANGUAGES)}")
    workspace = Workspace.open(root)
    accord = workspace.accord()
    zone = zone_of(accord.accord.time_zone)
    known_at = parse_instant(request.known_at, zone, field="known-at") if request.known_at else None
    dates = [parse_instant(text, zone, field="as-of") for text in request.as_of]
    gathered = gather(
        workspace,
        accord,
        known_at=known_at,
        language=request.language,
        draft=request.draft,
        basemap=request.basemap,
    )
    assessor = Assessor(gathered)
    dates = dates or default_dates(assessor, request.reading, zone)
    snapshots = snapshots_at(assessor, dates, request.reading, zone)
    # The page draws and quotes the accord as it stands at the last of its dates.
    last = snapshots[-1].as_of
    report = build_report(
        assessor.standing(last, request.reading),
        assessor.geometry(last, request.reading),
        snapshots,
        _with_findings(gathered),
        gathered.surroundings,
        cases=cases_at(gathered, last, request.language),
        patrols=patrol_content(told_counts(gathered.root, known_at)),
        language=request.language,
    )
    return report, gathered


def cases_at(gathered: Gathered, as_of: datetime, language: str) -> tuple[CaseContent, ...]:
    """The cases as they stood at an instant, those first on which something is due."""
    accord = gathered.accord
    found = []
    for case in cases_of(gathered.judgements.steps, as_of=as_of).values():
        due, finding = due_next(accord, case, as_of), case.finding
        found.append(
            CaseContent(
                id=case.id,
                title=case.title,
                state=case.state,
                result=str(finding.said.get("result")) if finding else None,
                next=due.what if due else None,
                who=tuple(party_name(accord, id, language) for id in due.who) if due else (),
                due=due.due if due else None,
                overdue=due is not None and due.overdue,
            )
        )
    return tuple(sorted(found, key=lambda one: (one.due is None, one.due or as_of, one.id)))


def _with_findings(gathered: Gathered) -> pa.Table:
    """The observations as a reader should see them, and those that inquiries of cases confirmed."""
    shown = marked(gathered.observations, None, gathered.judgements.corrections)
    return with_findings(shown, findings_of(cases_of(gathered.judgements.steps).values())).table


def replace_file(output: Path, content: bytes) -> None:
    """Writes a file, all of it or nothing. Raises StoreUnavailable."""
    try:
        descriptor, name = tempfile.mkstemp(dir=output.absolute().parent, prefix=".", suffix=".part")
        part = Path(name)
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(content)
            part.chmod(0o644)
            part.replace(output)
        finally:
            part.unlink(missing_ok=True)
    except OSError as error:
        raise StoreUnavailable(f"{output} cannot be written: {error.strerror}") from error
