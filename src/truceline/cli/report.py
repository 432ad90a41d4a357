"""``truceline report``: the report of a workspace as one self-contained file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from truceline.app.report import ReportRequest, write_report
from truceline.cli.output import Json, print_json, reports_errors, say

app = typer.Typer()


@app.command()
@reports_errors
def report(
    workspace: Annotated[Path, typer.Argument(metavar="WORKSPACE", help="The workspace's folder.")],
    output: Annotated[Path, typer.Option("--output", "-o", help="The file to write, ending in .html.")],
    as_of: Annotated[
        list[str] | None,
        typer.Option("--as-of", help="A date or instant to assess at; may be given several times."),
    ] = None,
    known_at: Annotated[
        str | None, typer.Option("--known-at", help="Only what was recorded by then counts.")
    ] = None,
    reading: Annotated[
        str | None, typer.Option("--reading", help="A reading of the text instead of the adopted one.")
    ] = None,
    language: Annotated[
        str, typer.Option("--language", help="The language of the report: en, ar, ru or tr.")
    ] = "en",
    draft: Annotated[Path | None, typer.Option("--draft", help="A draft to compare with the accord.")] = None,
    basemap: Annotated[
        Path | None, typer.Option("--basemap", help="A folder with boundaries and towns for the map.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Writes the report: obligations, map, timeline, zones, evidence, reasons, in one offline HTML file.

    Example: `truceline report idlib --as-of 2018-10-10 --as-of 2018-10-15 -o idlib.html`
    """
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
