"""``truceline zone``: lines of contact from control data, zones from lines, audits of zones."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any

import typer

from truceline.cli.output import Json, print_json, reports_errors, say, stdout
from truceline.core.errors import InvalidInput
from truceline.geo.control import line_from_control, read_control_points
from truceline.geo.geojson import feature_document, read_polygon

app = typer.Typer(help="Zones on the ellipsoid: derive, audit, and the line that they are measured from.")

Output = Annotated[Path | None, typer.Option("-o", "--output", help="Write the result to this GeoJSON file.")]


def _write(path: Path, document: dict[str, Any]) -> None:
    try:
        path.write_text(json.dumps(document, ensure_ascii=False) + "\n", encoding="utf-8")
    except OSError as error:
        raise InvalidInput(f"{path} cannot be written: {error.strerror}") from error
    say(f"wrote {path}")


@app.command("line")
@reports_errors
def line(
    control: Annotated[Path, typer.Argument(help="CSV with place, lon, lat, controlled_by and as_of.")],
    left: Annotated[list[str], typer.Option(help="Who holds the left side; repeat for several.")],
    right: Annotated[list[str], typer.Option(help="Who holds the right side; repeat for several.")],
    output: Output = None,
    within: Annotated[Path | None, typer.Option(help="Clip the line to this GeoJSON area.")] = None,
    smooth: Annotated[bool, typer.Option(help="Cut the corners of the line.")] = True,
    widest_gap_km: Annotated[float, typer.Option(min=0.1, help="No line across wider gaps.")] = 40.0,
    floor_km: Annotated[float, typer.Option(min=0.0, help="State at least this uncertainty.")] = 3.0,
    as_json: Json = False,
) -> None:
    """Draws the line of contact between two groups from data on who holds which place.

    The left group lies on the left in drawing direction. The line is approximate and says how much.

    Example: `truceline zone line control-points.csv --left opposition --right government -o line.geojson`
    """
    area = read_polygon(within).geometry if within else None
    result = line_from_control(
        read_control_points(control),
        left,
        right,
        floor_m=floor_km * 1000.0,
        widest_gap_m=widest_gap_km * 1000.0,
        smooth=smooth,
        within=area,
    )
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
        _write(output, document)
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
