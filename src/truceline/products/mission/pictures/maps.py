"""Maps for print: the accord's ground, what was reported on it, and how well each is known.

A report is drawn as the circle that holds its true place with 95%, with a mark in its middle that says of
what sort it is (by shape, not by colour alone) and how many incidents share the place. Every map has a scale
bar, a north arrow, a graticule, a legend and an inset. Coordinates lon, lat on WGS 84, distances metres.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from functools import lru_cache
from importlib import resources

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from truceline.products.mission.pictures.colours import (
    BAND,
    INK,
    LAND,
    LINE,
    QUIET,
    ROUTE,
    RULE,
    WATER,
    ZONE,
    ZONE_EDGE,
)
from truceline.products.mission.pictures.frame import Bounds, Frame, frame_of, graticule
from truceline.products.mission.pictures.furniture import (
    ROW,
    MapWords,
    draw_inset,
    draw_legend,
    draw_north,
    draw_scale_bar,
    legend_items,
)
from truceline.products.mission.pictures.labels import Labels
from truceline.products.mission.pictures.marks import (
    Mark,
    boxes_of,
    draw_errors,
    draw_marks,
    touches,
)
from truceline.products.mission.pictures.svg import Svg, path_of, paths_of
from truceline.products.report.ground import GeoJson, MapContent

LEFT, TOP, BELOW = 22.0, 4.0, 18.0
"""What stands around the frame, points: degrees at the left and below it, and the line at its top."""
MOST_BOXES = 80
"""More marks than so many hide every place where a name could stand; names are then written over them."""


def draw_map(
    content: MapContent,
    marks: Sequence[Mark],
    bounds: Bounds,
    words: MapWords,
    *,
    degrees: Callable[[float], str],
    width: float,
    height: float,
    rtl: bool,
) -> Svg:
    """The map of what `bounds` (west, south, east, north) hold; `words.scale` is the length of the scale bar
    with ``{km}`` for its kilometres, `degrees` writes a number of degrees."""
    legend = legend_items(content, marks, words)
    rows = (len(legend) + 1) // 2
    svg = Svg(width, height, rtl=rtl)
    frame = frame_of(bounds, LEFT, TOP, width - LEFT - 4.0, frame_height(height, rows))
    marks = [mark for mark in marks if touches(frame, mark)]
    svg.add(
        f'<defs><clipPath id="frame"><rect x="{frame.x}" y="{frame.y}" width="{frame.width}"'
        f' height="{frame.height}"/></clipPath></defs>'
    )
    svg.rect(frame.x, frame.y, frame.width, frame.height, fill=WATER)
    svg.add('<g clip-path="url(#frame)">')
    _ground(svg, frame, content)
    _graticule_lines(svg, frame)
    _agreement(svg, frame, content)
    draw_errors(svg, frame, marks)
    furniture = Svg(width, height, rtl=rtl)
    labels = Labels(svg, frame)
    covered = list(boxes_of(frame, marks))
    labels.keep(covered if len(covered) <= MOST_BOXES else ())
    labels.keep(
        [
            draw_scale_bar(furniture, frame, words.scale, rtl=rtl),
            draw_north(furniture, frame, words.north, rtl=rtl),
            draw_inset(furniture, frame, _land(), rtl=rtl),
        ]
    )
    labels.routes(content.routes)
    labels.lines(content.lines)
    labels.zones(content.zones)
    labels.towns(content.basemap.towns)
    draw_marks(svg, frame, marks)
    svg.add("</g>")
    svg.take(furniture)
    svg.rect(frame.x, frame.y, frame.width, frame.height, fill="none", stroke=INK, stroke_width=0.8)
    _graticule_names(svg, frame, degrees)
    draw_legend(svg, legend, frame.y + frame.height + BELOW + 4.0, rtl=rtl)
    return svg


def frame_height(height: float, rows: int) -> float:
    """The height of the frame of a picture, points, above a legend of so many rows."""
    return height - TOP - BELOW - ROW * rows


def _shape(data: GeoJson) -> BaseGeometry:
    return shapely.from_geojson(json.dumps(data))


@lru_cache(maxsize=1)
def _land() -> BaseGeometry:
    """The land of the world, for orientation: Natural Earth, which is in the public domain."""
    text = (resources.files("truceline.products.mission") / "data" / "land.geojson").read_text("utf-8")
    return shapely.from_geojson(json.dumps(json.loads(text)["geometry"]))


def _ground(svg: Svg, frame: Frame, content: MapContent) -> None:
    svg.path(paths_of(frame.rings(_land()), closed=True), fill=LAND, fill_rule="evenodd")
    for area in content.basemap.land:
        rings = frame.rings(_shape(area["geometry"]))
        svg.path(paths_of(rings, closed=True), fill=LAND, stroke=RULE, stroke_width=0.8, fill_rule="evenodd")
    for area in content.basemap.districts:
        rings = frame.rings(_shape(area["geometry"]))
        svg.path(
            paths_of(rings, closed=True), fill="none", stroke=RULE, stroke_width=0.4, stroke_dasharray="2 2"
        )


def _agreement(svg: Svg, frame: Frame, content: MapContent) -> None:
    """Zones as what surely is in them and what may be, lines with the band in which they may run, routes."""
    for zone in content.zones:
        rings = frame.rings(_shape(zone.outer))
        svg.path(
            paths_of(rings, closed=True), fill=ZONE, fill_opacity=0.35, stroke=ZONE_EDGE, stroke_width=0.7,
            stroke_dasharray="3 2" if zone.perhaps else None, fill_rule="evenodd",
        )  # fmt: skip
        if zone.inner is not None:
            rings = frame.rings(_shape(zone.inner))
            svg.path(
                paths_of(rings, closed=True), fill=ZONE, fill_opacity=0.75, stroke=ZONE_EDGE,
                stroke_width=0.9, fill_rule="evenodd",
            )  # fmt: skip
    for line in content.lines:
        if line.band is not None:
            rings = frame.rings(_shape(line.band))
            svg.path(paths_of(rings, closed=True), fill=BAND, fill_opacity=0.7, fill_rule="evenodd")
    for route in content.routes:
        runs = frame.lines(_shape(route.geometry))
        svg.path(paths_of(runs), fill="none", stroke="#fff", stroke_width=3.2)
        svg.path(paths_of(runs), fill="none", stroke=ROUTE, stroke_width=1.6, stroke_dasharray="7 3")
    for line in content.lines:
        runs = frame.lines(_shape(line.geometry))
        svg.path(paths_of(runs), fill="none", stroke=LINE, stroke_width=1.5)


def _graticule_lines(svg: Svg, frame: Frame) -> None:
    for _, _, points in graticule(frame):
        svg.path(path_of(points), fill="none", stroke="#8d99a5", stroke_width=0.3)


def _graticule_names(svg: Svg, frame: Frame, written: Callable[[float], str]) -> None:
    """Degrees along the lower and the left edge, where the lines leave the frame."""
    bottom, left = frame.y + frame.height, frame.x
    for axis, degrees, points in graticule(frame):
        text = written(degrees)
        at = np.asarray(points)
        if axis == "lon":
            x = float(np.interp(-bottom, -at[::1, 1], at[:, 0]))
            if left + 8 < x < left + frame.width - 8:
                svg.text(x, bottom + 9.0, text, anchor="middle", font_size=6.5, fill=QUIET)
        else:
            y = float(np.interp(left, at[:, 0], at[:, 1]))
            if frame.y + 6 < y < bottom - 4:
                svg.text(left - 2.0, y + 2.0, text, anchor="end", font_size=6.5, fill=QUIET)
