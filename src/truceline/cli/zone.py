"""``truceline zone``: lines of contact from control data, zones from lines, audits of zones."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from truceline.cli import zone_control, zone_lines, zone_sectors
from truceline.cli.geojson_file import Output, area_of, line_of, write_document
from truceline.cli.output import EXIT_CHECK_FAILED, Json, print_json, reports_errors, say, stdout
from truceline.core.errors import InvalidInput
from truceline.geo.audit import Deviation, ZoneAudit, audit_promise
from truceline.geo.depth_segments import read_depth_segments, read_promised_stretches
from truceline.geo.line import Line
from truceline.geo.promise import promised_along
from truceline.geo.uncertainty.area import area_standard_error_m2
from truceline.geo.uncertainty.line import UncertainLine
from truceline.geo.uncertainty.model import NORMAL_95
from truceline.geo.zone import derive_zone

app = typer.Typer(help="Zones on the ellipsoid: derive, audit, and the line that they are measured from.")
app.add_typer(zone_control.app)
app.add_typer(zone_lines.app)
app.add_typer(zone_sectors.app)

LineFile = Annotated[Path, typer.Option("--line", help="The line, as GeoJSON (drawing direction matters).")]


class SideChoice(StrEnum):
    """A side of the line, seen in its drawing direction."""

    LEFT = "left"
    RIGHT = "right"
    BOTH = "both"


class EndsChoice(StrEnum):
    """How a zone ends where its line does."""

    FLAT = "flat"
    ROUND = "round"


class EdgesChoice(StrEnum):
    """What joins the vertices of a line."""

    GEODESIC = "geodesic"
    STRAIGHT = "straight"


class FailOn(StrEnum):
    """What an audit's caller may ask to be told by exit code 3."""

    TOO_SHALLOW = "too_shallow"
    TOO_DEEP = "too_deep"
    ANY = "any"


Edges = Annotated[
    EdgesChoice, typer.Option(help="Geodesics between vertices, or straight in lon/lat as in RFC 7946.")
]


def _metres(km: float | None) -> float | None:
    return None if km is None else km * 1000.0


@app.command("derive")
@reports_errors
def derive(
    line_file: LineFile,
    depth_km: Annotated[float | None, typer.Option(help="Depth on the chosen side, in km.")] = None,
    side: Annotated[SideChoice, typer.Option(help="Seen in the line's drawing direction.")] = SideChoice.BOTH,
    from_km: Annotated[float, typer.Option(help="Leave out the ground nearer than this.")] = 0.0,
    left_depth_km: Annotated[float | None, typer.Option(help="Unequal depths: the left one.")] = None,
    right_depth_km: Annotated[float | None, typer.Option(help="Unequal depths: the right one.")] = None,
    ends: Annotated[EndsChoice | None, typer.Option(help="Default: flat for one side, else round.")] = None,
    edges: Edges = EdgesChoice.GEODESIC,
    depths: Annotated[
        Path | None, typer.Option(help="CSV of segments along the line with depths of their own.")
    ] = None,
    clip: Annotated[Path | None, typer.Option(help="Keep what lies in this GeoJSON area.")] = None,
    clip_out: Annotated[Path | None, typer.Option(help="Take this GeoJSON area out of the zone.")] = None,
    tolerance_m: Annotated[float, typer.Option(help="How far drawn edges may stray, in metres.")] = 0.05,
    output: Output = None,
    as_json: Json = False,
) -> None:
    """Derives the zone of a line: all ground within a geodesic depth of it.

    `--depths` names a CSV with from_m and to_m (metres along the line) or from_vertex and to_vertex (counted
    from 0), and left_depth_m and right_depth_m; ground belongs to the segment of its nearest place.

    Example: `truceline zone derive --line line.geojson --depth-km 15 --side left -o zone.geojson`
    """
    feature = line_of(line_file)
    line = Line.from_feature(feature, edges=edges.value, source=str(line_file))
    result = derive_zone(
        line,
        _metres(depth_km),
        side.value,
        from_m=from_km * 1000.0,
        left_depth_m=_metres(left_depth_km),
        right_depth_m=_metres(right_depth_km),
        ends=ends.value if ends else None,
        segments=read_depth_segments(depths, line) if depths else (),
        clip=area_of(clip).geometry if clip else None,
        clip_out=area_of(clip_out).geometry if clip_out else None,
        tolerance_m=tolerance_m,
    )
    document = result.as_dict()
    geometry = document.pop("geometry")
    carried = {
        key: feature.properties[key]
        for key in ("approximate", "uncertainty_m", "as_of")
        if key in feature.properties
    }
    if line.uncertainty is not None and line.uncertainty.greatest_m > 0.0:
        uncertain = UncertainLine.of(line, line.uncertainty)
        spread_m2 = area_standard_error_m2(result.geometry, uncertain, result.depths.distances_m)
        carried["uncertain_line"] = uncertain.as_feature()
        carried["area_standard_error_m2"] = round(spread_m2, 1)
        carried["area_range_m2"] = [
            round(max(result.area_m2 + way * NORMAL_95 * spread_m2, 0.0), 1) for way in (-1, 1)
        ]
    properties = {**document, **carried, "line": line_file.name}
    if output:
        write_document(output, {"type": "Feature", "properties": properties, "geometry": geometry})
    if as_json:
        print_json({**properties, "geometry": geometry})
        return
    asked = result.depths
    sides = [
        f"{depth / 1000:g} km on the {name}"
        for name, depth in (("left", asked.left_m), ("right", asked.right_m))
        if depth
    ]
    if asked.segments:
        sides.append(f"as agreed on {len(asked.segments)} segments of the line")
    beyond = f", from {asked.from_m / 1000:g} km on" if asked.from_m else ""
    stdout.print(
        f"A zone of {result.area_m2 / 1e6:,.1f} km² along {result.line_length_m / 1000:,.1f} km of line: "
        f"{' and '.join(sides)}{beyond}, {asked.ends} ends. "
        f"Its edge is drawn to within {result.max_error_m:.2f} m.",
        soft_wrap=True,
    )
    if carried.get("uncertainty_m"):
        stdout.print(
            f"The line itself is uncertain by {carried['uncertainty_m'] / 1000:g} km; the zone's area so by "
            f"{carried['area_standard_error_m2'] / 1e6:,.1f} km² (standard error).",
            soft_wrap=True,
        )
    if not output:
        say("-o FILE writes the zone as GeoJSON; --json prints it")


@app.command("audit")
@reports_errors
def audit(
    zone: Annotated[Path, typer.Argument(help="The zone, as GeoJSON.")],
    line_file: LineFile,
    side: Annotated[SideChoice, typer.Option(help="The side on which the depth was promised.")],
    min_km: Annotated[float | None, typer.Option(help="At least this deep.")] = None,
    max_km: Annotated[float | None, typer.Option(help="At most this deep.")] = None,
    depths: Annotated[
        Path | None, typer.Option(help="CSV of segments along the line with depths of their own.")
    ] = None,
    uncertainty_m: Annotated[
        float | None, typer.Option(help="The line's uncertainty; default: the line's own.")
    ] = None,
    tolerance_m: Annotated[float, typer.Option(help="Deviations up to this count as none.")] = 1.0,
    edges: Edges = EdgesChoice.GEODESIC,
    fail_on: Annotated[
        FailOn | None, typer.Option(help="Exit with code 3 if the audit finds this, however certain.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Says whether a zone is as deep as promised, everywhere along its line, and where it is not.

    `--depths` names a CSV with from_m and to_m (or from_vertex and to_vertex), and min_depth_m and
    max_depth_m (sides apart: left_min_depth_m and so on; exactly: left_depth_m, right_depth_m). `--min-km`
    and `--max-km` hold for what it does not cover; without them no zone is promised there.

    Example: `truceline zone audit zone.geojson --line line.geojson --side left --min-km 15 --max-km 20`
    """
    line = Line.from_feature(line_of(line_file), edges=edges.value, source=str(line_file))
    if (min_km is None) != (max_km is None) or (min_km is None and depths is None):
        raise InvalidInput(
            "zone audit: found neither a promise for the whole line nor one by stretches; "
            "accepted: --min-km with --max-km, or --depths, or all three"
            if min_km is None and max_km is None
            else "zone audit: found only one of --min-km and --max-km; accepted: both"
        )
    elsewhere = None if min_km is None or max_km is None else (min_km * 1000.0, max_km * 1000.0)
    stretches = read_promised_stretches(depths, line, side.value) if depths else ()
    result = audit_promise(
        area_of(zone).geometry,
        line,
        replace(promised_along(side.value, elsewhere, ()), segments=stretches),
        uncertainty_m=uncertainty_m,
        tolerance_m=tolerance_m,
    )
    if as_json:
        print_json(result.as_dict())
    else:
        _show(result)
    failed = {
        FailOn.TOO_SHALLOW: bool(result.shortfalls),
        FailOn.TOO_DEEP: bool(result.excesses),
        FailOn.ANY: bool(result.shortfalls or result.excesses),
    }
    if fail_on and failed[fail_on]:
        say(f"the check asked for failed: {fail_on.value}")
        raise typer.Exit(EXIT_CHECK_FAILED)


_VERDICTS = {
    "as_promised": "The zone is as deep as promised",
    "too_shallow": "The zone is too shallow",
    "too_deep": "The zone is too deep",
    "too_shallow_and_too_deep": "The zone is too shallow in places and too deep in others",
    "within_uncertainty": "The zone deviates, but the line's uncertainty could explain it",
}


def _show(result: ZoneAudit) -> None:
    stretches = len(result.promise.segments)
    along = f", as agreed on {stretches} segments of the line" if stretches else ""
    sure = "" if result.certain else " as far as the line is known"
    stdout.print(
        f"{_VERDICTS[result.verdict]}{sure}: {result.min_depth_m / 1000:.3f} to "
        f"{result.max_depth_m / 1000:.3f} km deep (mean {result.mean_depth_m / 1000:.3f}); promised were "
        f"{result.promised_m[0] / 1000:g} to {result.promised_m[1] / 1000:g} km{along}. "
        f"{result.share_within:.1%} of the line is as promised.",
        soft_wrap=True,
    )
    if result.uncertain is not None:
        found = result.uncertain
        least, greatest = found.least_depth_m, found.greatest_depth_m
        stdout.print(
            f"The line is uncertain by up to {result.depth_uncertainty_m / 1000:g} km. Within that the least "
            f"depth lies between {least[0] / 1000:.3f} and {least[1] / 1000:.3f} km, the greatest between "
            f"{greatest[0] / 1000:.3f} and {greatest[1] / 1000:.3f} km. Expected to be as promised: "
            f"{found.share_within:.1%} of the line (95% range {found.share_range[0]:.1%} to "
            f"{found.share_range[1]:.1%}). Too shallow somewhere: {found.p_shallow_somewhere:.0%}; too deep "
            f"somewhere: {found.p_deep_somewhere:.0%}; as promised everywhere: {found.p_as_promised:.0%}.",
            soft_wrap=True,
        )
    if result.shortfalls or result.excesses:
        table = Table("what", "side", "from km", "to km", "worst m", "at lon, lat", "certain", "probability")
        for name, items in (("too shallow", result.shortfalls), ("too deep", result.excesses)):
            for item in items:
                table.add_row(name, *_row(item))
        stdout.print(table)


def _row(item: Deviation) -> list[str]:
    return [
        item.side,
        f"{item.from_m / 1000:.2f}",
        f"{item.to_m / 1000:.2f}",
        f"{item.worst_m:,.1f}",
        f"{item.at[0]:.4f}, {item.at[1]:.4f}",
        "yes" if item.certain else "no",
        f"{item.probability:.0%}",
    ]
