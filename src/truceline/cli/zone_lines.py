"""``truceline zone versions`` and ``compare-lines``: zones and lines over time."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from truceline.accord.load import load_accord
from truceline.app.zone_versions import zone_versions
from truceline.cli.geojson_file import Output, write_document
from truceline.cli.output import Json, print_json, reports_errors, say, stdout
from truceline.core.instants import parse_instant, zone_of

app = typer.Typer()


@app.command("versions")
@reports_errors
def versions(
    accord: Annotated[Path, typer.Argument(metavar="ACCORD", help="An accord file (YAML or JSON).")],
    zone: Annotated[
        list[str] | None, typer.Option(help="A zone by id; repeat for several. Default: all.")
    ] = None,
    known_at: Annotated[
        str | None, typer.Option(help="Leave out corrections of lines that were not known by then.")
    ] = None,
    reading: Annotated[str | None, typer.Option(help="A reading of the accord, by id.")] = None,
    least: Annotated[
        bool, typer.Option("--least", help="The ground that is surely promised, not all that may be.")
    ] = False,
    output: Output = None,
    as_json: Json = False,
) -> None:
    """Derives the zones of an accord for every time in which another version of their line is in force.

    The result is what `truceline screen` reads: features of one id with `valid_from` and `valid_to`, so that
    each point is judged against the zone of its own time.

    Example: `truceline zone versions examples/idlib-2018/accord.yaml -o zones.geojson`
    """
    time_zone = zone_of(load_accord(accord).accord.time_zone)
    document = zone_versions(
        accord,
        zone or (),
        known_at=parse_instant(known_at, time_zone) if known_at else None,
        reading=reading,
        least=least,
    )
    if output:
        write_document(output, document)
    if as_json or not output:
        print_json(document)
        if not as_json:
            say("-o FILE writes the zones to a file")
        return
    for feature in document["features"]:
        held = feature["properties"]
        since, until = held.get("valid_from", "the beginning"), held.get("valid_to", "open end")
        stdout.print(
            f"{feature['id']}: from {since} to {until}, {held['area_m2'] / 1e6:,.1f} km²", soft_wrap=True
        )
