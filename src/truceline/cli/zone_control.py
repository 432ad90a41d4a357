"""``truceline zone line``: a line of contact from control data."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer

from truceline.cli.geojson_file import Output, area_of, write_document
from truceline.cli.output import Json, print_json, reports_errors, say, stdout
from truceline.geo.control import ControlLine, ControlPoint, line_from_control, read_control_points
from truceline.geo.control_areas import (
    ControlArea,
    areas_as_of,
    day_of,
    line_from_areas,
    points_as_of,
    read_control,
)
from truceline.geo.geojson import feature_document

app = typer.Typer()


def _metres(km: float | None) -> float | None:
    return None if km is None else km * 1000.0


def _drawn(
    held: list[ControlArea] | list[ControlPoint],
    left: list[str],
    right: list[str],
    day: date | None,
    options: dict[str, Any],
) -> ControlLine:
    areas = [item for item in held if isinstance(item, ControlArea)]
    if areas:
        return line_from_areas(areas_as_of(areas, day) if day else areas, left, right, **options)
    points = [item for item in held if isinstance(item, ControlPoint)]
    return line_from_control(points_as_of(points, day) if day else points, left, right, **options)


@app.command("line")
@reports_errors
def line(
    control: Annotated[
        Path,
        typer.Argument(
            help="CSV with place, lon, lat, controlled_by and as_of, or GeoJSON points or polygons with the "
            "properties controlled_by and as_of."
        ),
    ],
    left: Annotated[list[str], typer.Option(help="Who holds the left side; repeat for several.")],
    right: Annotated[list[str], typer.Option(help="Who holds the right side; repeat for several.")],
    output: Output = None,
    as_of: Annotated[
        str | None, typer.Option(help="A day: use what was known of each place, or the last map, up to it.")
    ] = None,
    within: Annotated[Path | None, typer.Option(help="Clip the line to this GeoJSON area.")] = None,
    smooth: Annotated[
        bool | None, typer.Option(help="Cut the corners of the line. Default: for places, not for areas.")
    ] = None,
    widest_gap_km: Annotated[
        float | None, typer.Option(min=0.1, help="No line across wider gaps. Default: 40; 5 for areas.")
    ] = None,
    floor_km: Annotated[
        float | None,
        typer.Option(min=0.0, help="State at least this uncertainty. Default: 3; 0.5 for areas."),
    ] = None,
    as_json: Json = False,
) -> None:
    """Draws the line of contact between two groups from data on who holds which places or areas.

    The left group lies on the left in drawing direction. The line is approximate and says how much.

    Example: `truceline zone line control-points.csv --left opposition --right government -o line.geojson`
    """
    area = area_of(within).geometry if within else None
    day = day_of(as_of)
    held: list[ControlArea] | list[ControlPoint]
    held = read_control_points(control) if control.suffix.lower() == ".csv" else read_control(control)
    given = {
        name: value
        for name, value in (
            ("floor_m", _metres(floor_km)), ("widest_gap_m", _metres(widest_gap_km)), ("smooth", smooth)
        )
        if value is not None
    }  # fmt: skip
    result = _drawn(held, left, right, day, {"within": area, **given})
    document = feature_document(
        result.geometry,
        {
            "approximate": True,
            "left": left,
            "right": right,
            "as_of": result.as_of,
            "uncertainty_m": result.uncertainty_m,
            "uncertainty_max_m": max(result.uncertainties_m),
            "uncertainties_m": list(result.uncertainties_m),
            "isolated": list(result.isolated),
            "method": result.method,
            "length_m": round(result.line.length_m, 1),
            "source": control.name,
        },
    )
    if output:
        write_document(output, document)
    if as_json:
        print_json(document)
    elif not output:
        print_json(document)
        say("approximate; -o FILE writes it to a file")
    else:
        stdout.print(
            f"An approximate line of contact of {result.line.length_m / 1000:.0f} km with "
            f"{', '.join(left)} on its left and {', '.join(right)} on its right"
            + (f", as of {result.as_of}" if result.as_of else "")
            + f". It is uncertain by {result.uncertainty_m / 1000:.1f} km on the whole and "
            f"{max(result.uncertainties_m) / 1000:.1f} km at its weakest place. Method: {result.method}.",
            soft_wrap=True,
        )
        for place in result.isolated:
            stdout.print(f"On the other side of the line: {place}", markup=False)
