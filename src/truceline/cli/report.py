"""``truceline report``: the page of a workspace, and the report of a mission in languages and editions."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from truceline.app.mission.files import FORMATS, MissionRequest, write_mission_report
from truceline.app.report import ReportRequest, write_report
from truceline.cli.output import Json, print_json, reports_errors, say
from truceline.core.errors import InvalidInput
from truceline.core.messages import LANGUAGES
from truceline.evidence.permissions import EDITION_ROLES

app = typer.Typer()


@app.command()
@reports_errors
def report(
    workspace: Annotated[Path, typer.Argument(metavar="WORKSPACE", help="The workspace's folder.")],
    output: Annotated[
        Path,
        typer.Option(
            "--output", "-o", help="A file ending in .html, .pdf or .docx, or a folder for several reports."
        ),
    ],
    as_of: Annotated[
        list[str] | None,
        typer.Option(
            "--as-of",
            help="A date or instant to assess at; the page takes several, a period ends with it.",
        ),
    ] = None,
    known_at: Annotated[
        str | None, typer.Option("--known-at", help="Only what was recorded by then counts.")
    ] = None,
    reading: Annotated[
        str | None, typer.Option("--reading", help="A reading of the text instead of the adopted one.")
    ] = None,
    language: Annotated[
        str, typer.Option("--language", help="en, ar, ru or tr; several with commas, or all.")
    ] = "en",
    period: Annotated[
        str | None,
        typer.Option(
            "--period",
            help="A mission's report of a day, week or month, or of all since the signing. Without it .html"
            " is the page with map and timeline, .pdf and .docx are of all.",
        ),
    ] = None,
    edition: Annotated[
        str,
        typer.Option("--edition", help="public, parties or internal; several with commas, or all."),
    ] = "internal",
    formats: Annotated[
        str, typer.Option("--format", help="Into a folder: html, pdf or docx; several with commas, or all.")
    ] = "all",
    paper: Annotated[str, typer.Option("--paper", help="a4 or letter.")] = "a4",
    annex: Annotated[
        int | None, typer.Option("--annex", help="At most so many incidents in the annex; else all of them.")
    ] = None,
    draft: Annotated[Path | None, typer.Option("--draft", help="A draft to compare with the accord.")] = None,
    basemap: Annotated[
        Path | None, typer.Option("--basemap", help="A folder with boundaries and towns for the map.")
    ] = None,
    publish: Annotated[
        bool,
        typer.Option("--publish", help="Record the assessment, and the digest of every file, as published."),
    ] = False,
    author: Annotated[
        str | None,
        typer.Option("--author", envvar="TRUCELINE_AUTHOR", help="Who publishes it."),
    ] = None,
    as_json: Json = False,
) -> None:
    """Writes the report: a page with map and timeline, or the report of a mission for a period.

    The page (.html without `--period`) shows obligations, map, timeline, zones, evidence and reasons. The
    mission's report has the sections that missions sign, in three formats, four languages and three editions;
    what an edition may hold is in the permission matrix.

    Example: `truceline report idlib --period week --as-of 2018-10-15 --language all -o reports/`
    """
    suffix = output.suffix.lower().lstrip(".")
    page = suffix in ("html", "htm") and period is None and edition == "internal" and not publish
    if page or suffix not in ("", *FORMATS):
        _page(workspace, output, as_of, known_at, reading, language, draft, basemap, as_json=as_json)
        return
    if len(as_of or ()) > 1:
        raise InvalidInput("--as-of: found several; the report of a period ends with one")
    request = MissionRequest(
        period=period or "all",
        as_of=as_of[0] if as_of else None,
        known_at=known_at,
        reading=reading,
        languages=_several(language, LANGUAGES),
        editions=_several(edition, tuple(EDITION_ROLES)),
        formats=(suffix,) if suffix else _several(formats, FORMATS),
        paper=paper,
        basemap=basemap,
        publish=publish,
        author=author or "",
        most_incidents=annex,
    )
    made = write_mission_report(workspace, output, request, told=lambda path: None if as_json else say(path))
    if as_json:
        print_json(made.as_dict())
        return
    told = f"{made.id}: {len(made.files)} file{'s' if len(made.files) > 1 else ''}, {made.figures} figures"
    if made.publication is not None:
        told += f"; published as {made.publication.id}, SHA-256 {made.publication.sha256}"
    say(told)


def _several(text: str, accepted: tuple[str, ...]) -> tuple[str, ...]:
    """What a list with commas names; all of them for ``all``."""
    names = tuple(dict.fromkeys(name.strip() for name in text.split(",") if name.strip()))
    return accepted if names == ("all",) else names


def _page(
    workspace: Path,
    output: Path,
    as_of: list[str] | None,
    known_at: str | None,
    reading: str | None,
    language: str,
    draft: Path | None,
    basemap: Path | None,
    *,
    as_json: bool,
) -> None:
    request = ReportRequest(
        as_of=tuple(as_of or ()),
        known_at=known_at,
        reading=reading,
        language=language,
        draft=draft,
        basemap=basemap,
    )
    written = write_report(workspace, output, request)
    if as_json:
        print_json(written.as_dict())
        return
    dates = "1 date" if len(written.as_of) == 1 else f"{len(written.as_of)} dates"
    say(f"{output}: {written.size_bytes // 1000} kB, {dates}; open it in a browser")
