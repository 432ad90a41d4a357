"""``export``: the record as data for researchers and GIS people."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from truceline.app.export import export as write_export
from truceline.app.export import told
from truceline.app.export_content import ExportRequest
from truceline.cli.assess import KnownAt, ReadingId, RulesetName, WorkspaceFolder
from truceline.cli.output import Json, print_json, reports_errors, say, stdout

app = typer.Typer()


@app.command()
@reports_errors
def export(
    workspace: WorkspaceFolder,
    output: Annotated[
        Path,
        typer.Option(
            "--output", "-o", help="What to write: .gpkg, .parquet, .geojson, .csv, .zip, or a new folder."
        ),
    ],
    edition: Annotated[
        str, typer.Option("--edition", help="For whom: public, parties, or internal (all of it).")
    ] = "internal",
    layer: Annotated[
        list[str] | None, typer.Option("--layer", help="Only this layer; may be given several times.")
    ] = None,
    as_of: Annotated[
        str | None, typer.Option("--as-of", help="A day or an instant; the last record's if not given.")
    ] = None,
    known_at: KnownAt = None,
    reading: ReadingId = None,
    ruleset: RulesetName = "v1",
    standing: Annotated[
        bool, typer.Option("--standing", help="Only observations that count, none that were corrected away.")
    ] = False,
    language: Annotated[
        str,
        typer.Option(
            "--language", help="Of names, reasons, the dictionary and the catalogue's page: en, ar, ru or tr."
        ),
    ] = "en",
    licence: Annotated[
        str | None,
        typer.Option("--licence", help="The licence that the catalogue names, as SPDX: CC-BY-4.0."),
    ] = None,
    as_json: Json = False,
) -> None:
    """Writes what the record holds as data: observations, zones, lines, routes, obligations, effort, patrols.

    The ending of the output says the format: a GeoPackage that QGIS opens styled, GeoParquet, GeoJSON, CSV
    with HXL hashtags, a Frictionless data package (.zip); without an ending a folder is made that holds all
    of them and a STAC catalogue. GeoParquet, GeoJSON and CSV hold one layer, the observations if --layer
    names no other.

    Example: `truceline export idlib -o idlib.gpkg --edition public --as-of 2018-12-31`
    """
    request = ExportRequest(
        as_of=as_of,
        known_at=known_at,
        reading=reading,
        edition=edition,
        layers=tuple(layer or ()),
        standing_only=standing,
        ruleset=ruleset,
        language=language,
    )
    exported = write_export(workspace, output, request, licence=licence)
    if as_json:
        print_json(exported.as_dict())
        return
    say(told(exported))
    for file in exported.files:
        stdout.print(f"{file.name}  {file.size_bytes:,} bytes", markup=False, soft_wrap=True)
