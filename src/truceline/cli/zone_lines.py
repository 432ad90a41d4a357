"""``truceline zone versions`` and ``compare-lines``: zones and lines over time."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from truceline.accord.load import load_accord
from truceline.app.zone_versions import zone_versions
from truceline.cli.geojson_file import Output, line_of, write_document
from truceline.cli.output import Json, print_json, reports_errors, say, stdout
from truceline.core.instants import parse_instant, zone_of
from truceline.geo.line import Line
from truceline.geo.line_change import compare_lines

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


@app.command("compare-lines")
@reports_errors
def compare(
    first: Annotated[Path, typer.Argument(metavar="A", help="The earlier line, as GeoJSON.")],
    second: Annotated[Path, typer.Argument(metavar="B", help="The later line, as GeoJSON.")],
    output: Output = None,
    as_json: Json = False,
) -> None:
    """Says how far line B lies from line A, where, and how much ground changed sides.

    Left and right are those of A in its drawing direction. A displacement counts as a move only beyond what
    the uncertainty of both lines could explain. -o writes the ground that changed sides.

    Example: `truceline zone compare-lines line-2018.geojson line-2019.geojson -o moved.geojson`
    """
    change = compare_lines(*(Line.from_feature(line_of(path), source=str(path)) for path in (first, second)))
    if output:
        write_document(output, {"type": "FeatureCollection", "features": change.as_features()})
    document = change.as_dict()
    if as_json:
        print_json(document)
        return
    far, left, right = (
        document[key] / 1000.0 for key in ("mean_distance_m", "max_to_left_m", "max_to_right_m")
    )
    lost, won, error = (
        document[key] / 1e6
        for key in (
            "ground_from_left_to_right_m2",
            "ground_from_right_to_left_m2",
            "net_standard_error_m2",
        )
    )
    stdout.print(
        f"Along {document['compared_m'] / 1000:,.1f} km that both lines run beside one another, B lies on "
        f"average {far:.2f} km from A: up to {left:.2f} km to the left and {right:.2f} km to the right. "
        f"{document['share_moved_beyond_uncertainty']:.1%} of it moved further than the uncertainty of the "
        f"lines could explain. From left to right changed {lost:,.1f} km², from right to left {won:,.1f} km² "
        f"(standard error of the difference {error:,.1f} km²).",
        soft_wrap=True,
    )
    if document["not_compared_m"] > 0:
        stdout.print(f"{document['not_compared_m'] / 1000:,.1f} km of A lie ahead of the ends of B.")
    if change.stretches:
        table = Table("moved to the", "from km", "to km", "worst km", "mean km", "at lon, lat")
        for item in change.stretches:
            table.add_row(
                "left" if item.worst_m > 0 else "right",
                f"{item.from_m / 1000:.1f}",
                f"{item.to_m / 1000:.1f}",
                f"{abs(item.worst_m) / 1000:.2f}",
                f"{abs(item.mean_m) / 1000:.2f}",
                f"{item.at[0]:.4f}, {item.at[1]:.4f}",
            )
        stdout.print(table)
