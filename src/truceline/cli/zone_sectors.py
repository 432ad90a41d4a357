"""``truceline zone sectors``: a zone cut into sectors of equal patrol effort along its line."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer
from rich.table import Table

from truceline.cli.geojson_file import Output, area_of, line_of, write_document
from truceline.cli.output import Json, print_json, reports_errors, say, stdout
from truceline.geo.effort import read_effort
from truceline.geo.line import Line
from truceline.geo.nearest import LineIndex
from truceline.geo.sectors import MOST_SECTORS, cut_into_sectors

app = typer.Typer()
_EVEN = 0.01  # of the whole effort: shares that differ by less need no word


@app.command("sectors")
@reports_errors
def sectors(
    zone: Annotated[Path, typer.Argument(help="The zone, as GeoJSON.")],
    line_file: Annotated[
        Path, typer.Option("--line", help="The line, as GeoJSON (its direction orders them).")
    ],
    count: Annotated[int, typer.Option("-n", "--count", min=1, max=MOST_SECTORS, help="How many sectors.")],
    effort: Annotated[
        Path | None,
        typer.Option(
            help="What is shared out instead of length: GeoJSON points (posts) or lines (km of road), each "
            "with a property `effort` if it counts otherwise, or CSV with from_m, to_m, effort."
        ),
    ] = None,
    name: Annotated[list[str] | None, typer.Option(help="A sector's name, in order; repeat.")] = None,
    output: Output = None,
    as_json: Json = False,
) -> None:
    """Cuts a zone into sectors of equal patrol effort along its line, which together are the zone.

    A sector is the ground nearest to its own stretch of the line; sectors meet on geodesic perpendiculars
    and, where the line bends back, halfway between its stretches.

    Example: `truceline zone sectors zone.geojson --line line.geojson --count 8 -o sectors.geojson`
    """
    area = area_of(zone).geometry
    index = LineIndex(Line.from_feature(line_of(line_file), source=str(line_file)))
    shared = read_effort(effort, area, index) if effort else None
    found = cut_into_sectors(area, index, count, effort=shared, names=name or ())
    unit = shared.unit if shared else "m of line"
    document: dict[str, Any] = {
        "type": "FeatureCollection",
        "features": [sector.as_feature(unit) for sector in found],
    }
    if output:
        write_document(output, document)
    if as_json:
        print_json(document)
        return
    table = Table("sector", "from km", "to km", unit, "share", "area km²")
    for sector in found:
        table.add_row(
            sector.name,
            f"{sector.from_m / 1000:.2f}",
            f"{sector.to_m / 1000:.2f}",
            f"{sector.effort:,.1f}",
            f"{sector.effort_share:.1%}",
            f"{sector.area_m2 / 1e6:,.1f}",
        )
    stdout.print(table)
    uneven = max(abs(sector.effort_share - 1.0 / count) for sector in found)
    if uneven > _EVEN:
        say(
            f"Shares differ from {1.0 / count:.1%} by up to {uneven:.1%}: much of the effort lies at single "
            "places of the line (posts, or the ground outside a corner), which no cut divides."
        )
    if not output:
        say("-o FILE writes the sectors as GeoJSON; --json prints them")
