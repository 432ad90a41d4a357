"""Maps for print: the accord's ground, what was reported on it, and how well each is known.

A report is drawn as the circle that holds its true place with 95%, with a mark in its middle that says of
what sort it is (by shape, not by colour alone) and how many incidents share the place. Every map has a scale
bar, a north arrow, a graticule, a legend and an inset. Coordinates lon, lat on WGS 84, distances metres.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from truceline.products.mission.pictures.frame import (
    Bounds,
    Frame,
    frame_of,
    graticule,
    scale_length_m,
)
from truceline.products.mission.pictures.svg import Point, Svg, path_of, paths_of
from truceline.products.report.ground import GeoJson, MapContent

INK, QUIET, RULE = "#1b1f23", "#5b6470", "#b9c0c7"
LAND, WATER = "#f6f4ee", "#dfe8ee"
ZONE, ZONE_EDGE, LINE, BAND, ROUTE = "#c9dcec", "#3f6f9f", "#7a1f5c", "#e7d3e2", "#8a6d1f"
COLOURS = {"violent": "#b3261e", "access": "#1d4e89", "patrol": "#1e6b3c"}
INSET = 84.0
INSET_DEGREES = 9.0
MOST_TOWNS = 40


@dataclass(frozen=True, slots=True)
class Mark:
    """Something reported at a place: its sort (``violent``, ``access``, ``patrol``) and its error radius in
    metres."""

    sort: str
    lon: float
    lat: float
    error_m: float


@dataclass(frozen=True, slots=True)
class MapWords:
    """The words on a map, in its language."""

    north: str
    scale: str
    zone_inner: str
    zone_outer: str
    line: str
    band: str
    route: str
    violent: str
    access: str
    patrol: str
    error: str
    degrees: str = "{degrees}°"


def draw_map(
    content: MapContent,
    marks: Sequence[Mark],
    bounds: Bounds,
    words: MapWords,
    *,
    width: float,
    height: float,
    rtl: bool,
) -> Svg:
    """The map of what `bounds` (west, south, east, north) hold; `words.scale` is the length of the scale bar
    with ``{km}`` for its kilometres."""
    legend = _legend_items(content, marks, words)
    rows = (len(legend) + 1) // 2
    legend_height = 14.0 * rows + 8
    svg = Svg(width, height, rtl=rtl)
    frame = frame_of(bounds, 22.0, 4.0, width - 26.0, height - legend_height - 22.0)
    marks = [mark for mark in marks if _touches(frame, mark)]
    svg.add(
        f'<defs><clipPath id="frame"><rect x="{frame.x}" y="{frame.y}" width="{frame.width}"'
        f' height="{frame.height}"/></clipPath></defs>'
    )
    svg.rect(frame.x, frame.y, frame.width, frame.height, fill=WATER)
    svg.add('<g clip-path="url(#frame)">')
    _ground(svg, frame, content)
    _graticule_lines(svg, frame)
    _agreement(svg, frame, content)
    _errors(svg, frame, marks)
    _towns(svg, frame, content)
    _marks(svg, frame, marks)
    svg.add("</g>")
    svg.rect(frame.x, frame.y, frame.width, frame.height, fill="none", stroke=INK, stroke_width=0.8)
    _graticule_names(svg, frame, words)
    _scale_bar(svg, frame, words, rtl=rtl)
    _north(svg, frame, words, rtl=rtl)
    _inset(svg, frame, rtl=rtl)
    _legend(svg, legend, frame.y + frame.height + 22.0, rtl=rtl)
    return svg


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
            stroke_dasharray="3 2", fill_rule="evenodd",
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


def _graticule_names(svg: Svg, frame: Frame, words: MapWords) -> None:
    """Degrees along the lower and the left edge, where the lines leave the frame."""
    bottom, left = frame.y + frame.height, frame.x
    for axis, degrees, points in graticule(frame):
        text = words.degrees.replace("{degrees}", f"{degrees:g}")
        at = np.asarray(points)
        if axis == "lon":
            x = float(np.interp(-bottom, -at[::1, 1], at[:, 0]))
            if left + 8 < x < left + frame.width - 8:
                svg.text(x, bottom + 9.0, text, anchor="middle", font_size=6.5, fill=QUIET)
        else:
            y = float(np.interp(left, at[:, 0], at[:, 1]))
            if frame.y + 6 < y < bottom - 4:
                svg.text(left - 2.0, y + 2.0, text, anchor="end", font_size=6.5, fill=QUIET)


def _towns(svg: Svg, frame: Frame, content: MapContent) -> None:
    """Towns with their names, the greater first; a name that would cover another is left out."""
    taken: list[Bounds] = []
    towns = sorted(content.basemap.towns, key=lambda town: (town.rank, town.name))[:MOST_TOWNS]
    for town in towns:
        x, y = frame.at(town.lon, town.lat)
        if not frame.holds((x, y), 4):
            continue
        size = 8.5 if town.rank == 1 else 7.5
        wide = len(town.name) * size * 0.56
        for dx, anchor in ((4.0, "start"), (-4.0, "end")):
            left = x + dx if anchor == "start" else x + dx - wide
            box = (left, y - size, left + wide, y + 3)
            inside = frame.x <= box[0] and box[2] <= frame.x + frame.width
            if inside and not any(
                box[0] < b[2] and b[0] < box[2] and box[1] < b[3] and b[1] < box[3] for b in taken
            ):
                taken.append(box)
                svg.shape("circle", cx=x, cy=y, r=1.8 if town.rank == 1 else 1.3, fill=INK)
                svg.halo(
                    x + dx, y + 2.6, town.name, anchor=anchor, font_size=size, fill=INK,
                    font_weight="bold" if town.rank == 1 else None,
                )  # fmt: skip
                break


def _touches(frame: Frame, mark: Mark) -> bool:
    """Whether a mark's circle may reach into the frame; a degree is taken as no less than 50 km."""
    west, south, east, north = frame.wide()
    reach = mark.error_m / 50_000
    return west - reach <= mark.lon <= east + reach and south - reach <= mark.lat <= north + reach


def _groups(marks: Iterable[Mark]) -> list[tuple[str, float, float, float, int]]:
    """Marks of one sort that share a place: sort, lon, lat, greatest error in metres, how many."""
    held: dict[tuple[str, float, float], list[float]] = {}
    for mark in marks:
        held.setdefault((mark.sort, round(mark.lon, 3), round(mark.lat, 3)), []).append(mark.error_m)
    return [(sort, lon, lat, max(errors), len(errors)) for (sort, lon, lat), errors in sorted(held.items())]


def _errors(svg: Svg, frame: Frame, marks: Sequence[Mark]) -> None:
    """Where each true place lies with 95%. Very many overlap: then each is drawn more faintly."""
    groups = [group for group in _groups(marks) if group[3] > 0]
    faint = max(0.03, min(0.12, 2.0 / max(len(groups), 1)))
    for sort, lon, lat, error_m, _ in groups:
        x, y = frame.at(lon, lat)
        svg.shape(
            "circle", cx=x, cy=y, r=error_m / frame.metres_per_point, fill=COLOURS[sort],
            fill_opacity=round(faint, 3), stroke=COLOURS[sort], stroke_width=0.4, stroke_opacity=0.5,
            stroke_dasharray="2 1.5",
        )  # fmt: skip


def _marks(svg: Svg, frame: Frame, marks: Sequence[Mark]) -> None:
    for sort, lon, lat, _, count in _groups(marks):
        x, y = frame.at(lon, lat)
        if frame.holds((x, y)):
            _mark(svg, sort, x, y, count)


def _mark(svg: Svg, sort: str, x: float, y: float, count: int) -> None:
    """A circle for violence, a square for access, a triangle for patrols; a number for several."""
    size = 3.2 if count == 1 else 5.4 if count < 100 else 7.4
    colour = {"fill": COLOURS[sort], "stroke": "#fff", "stroke_width": 0.7}
    if sort == "violent":
        svg.shape("circle", cx=x, cy=y, r=size, **colour)
    elif sort == "access":
        svg.rect(x - size, y - size, size * 2, size * 2, **colour)
    else:
        tip = size * 1.2
        svg.path(
            path_of([(x, y - tip), (x + tip, y + tip * 0.8), (x - tip, y + tip * 0.8)], closed=True), **colour
        )
    if count > 1:
        svg.text(x, y + 2.4, str(count), anchor="middle", font_size=6.6, font_weight="bold", fill="#fff")


def _scale_bar(svg: Svg, frame: Frame, words: MapWords, *, rtl: bool) -> None:
    length_m = scale_length_m(frame)
    length = length_m / frame.metres_per_point
    x = frame.x + frame.width - length - 14 if rtl else frame.x + 14
    y = frame.y + frame.height - 12
    svg.rect(x - 6, y - 13, length + 12, 20, fill="#fff", fill_opacity=0.85)
    svg.rect(x, y, length / 2, 3.2, fill=INK, stroke=INK, stroke_width=0.5)
    svg.rect(x + length / 2, y, length / 2, 3.2, fill="#fff", stroke=INK, stroke_width=0.5)
    km = length_m / 1000
    svg.text(
        x + length / 2,
        y - 3,
        words.scale.replace("{km}", f"{km:g}"),
        anchor="middle",
        font_size=7.0,
        fill=INK,
    )


def _north(svg: Svg, frame: Frame, words: MapWords, *, rtl: bool) -> None:
    x = frame.x + 18 if rtl else frame.x + frame.width - 18
    y = frame.y + 12
    svg.shape("circle", cx=x, cy=y + 8, r=14.0, fill="#fff", fill_opacity=0.85)
    svg.path(path_of([(x, y - 4), (x + 4.5, y + 10), (x, y + 7), (x - 4.5, y + 10)], closed=True), fill=INK)
    svg.text(x, y + 19, words.north, anchor="middle", font_size=7.5, font_weight="bold", fill=INK)


def _inset(svg: Svg, frame: Frame, *, rtl: bool) -> None:
    """Where the map lies: the land around, with a rectangle for the map."""
    west, south, east, north = frame.bounds
    lon, lat = (west + east) / 2, (south + north) / 2
    half = max(INSET_DEGREES, (east - west) * 2.5, (north - south) * 2.5)
    x = frame.x + frame.width - INSET - 4 if not rtl else frame.x + 4
    y = frame.y + frame.height - INSET - 4
    around = (
        max(lon - half, -179.9),
        max(lat - half * 0.8, -84.0),
        min(lon + half, 179.9),
        min(lat + half * 0.8, 84.0),
    )
    small = frame_of(around, x, y, INSET, INSET)
    svg.add(
        f'<defs><clipPath id="inset"><rect x="{x}" y="{y}" width="{INSET}" height="{INSET}"/></clipPath>'
        "</defs>"
    )
    svg.rect(x, y, INSET, INSET, fill=WATER)
    svg.add('<g clip-path="url(#inset)">')
    svg.path(
        paths_of(small.rings(_land()), closed=True),
        fill="#e9e5d8",
        stroke="#9aa3ab",
        stroke_width=0.4,
        fill_rule="evenodd",
    )
    corners: list[Point] = [
        small.at(*corner) for corner in ((west, south), (east, south), (east, north), (west, north))
    ]
    svg.path(
        path_of(corners, closed=True),
        fill=COLOURS["violent"],
        fill_opacity=0.2,
        stroke=COLOURS["violent"],
        stroke_width=1.2,
    )
    svg.add("</g>")
    svg.rect(x, y, INSET, INSET, fill="none", stroke=INK, stroke_width=0.6)


Item = tuple[str, str]


def _legend_items(content: MapContent, marks: Sequence[Mark], words: MapWords) -> list[Item]:
    sorts = {mark.sort for mark in marks}
    items: list[Item] = [(sort, getattr(words, sort)) for sort in COLOURS if sort in sorts]
    if any(mark.error_m > 0 for mark in marks):
        items.append(("error", words.error))
    if content.lines:
        items.append(("line", words.line))
        if any(line.band for line in content.lines):
            items.append(("band", words.band))
    if content.zones:
        if any(zone.inner for zone in content.zones):
            items.append(("inner", words.zone_inner))
        items.append(("outer", words.zone_outer))
    if content.routes:
        items.append(("route", words.route))
    return items


def _legend(svg: Svg, items: Sequence[Item], top: float, *, rtl: bool) -> None:
    half = svg.width / 2
    for index, (key, text) in enumerate(items):
        column, row = index % 2, index // 2
        y = top + 14.0 * row
        x = svg.width - half * column - 16 if rtl else half * column + 16
        _key(svg, key, x, y)
        svg.text(
            x - 14 if rtl else x + 14,
            y + 2.6,
            text,
            anchor="end" if rtl else "start",
            font_size=7.2,
            fill=INK,
        )


def _key(svg: Svg, key: str, x: float, y: float) -> None:
    if key in COLOURS:
        _mark(svg, key, x, y, 1)
    elif key == "error":
        svg.shape(
            "circle",
            cx=x,
            cy=y,
            r=5.0,
            fill=COLOURS["violent"],
            fill_opacity=0.12,
            stroke=COLOURS["violent"],
            stroke_width=0.5,
            stroke_dasharray="2 1.5",
        )
    elif key == "line":
        svg.line((x - 9, y), (x + 9, y), stroke=LINE, stroke_width=1.5)
    elif key == "band":
        svg.rect(x - 9, y - 4, 18, 8, fill=BAND)
    elif key == "inner":
        svg.rect(x - 9, y - 4, 18, 8, fill=ZONE, stroke=ZONE_EDGE, stroke_width=0.9)
    elif key == "outer":
        svg.rect(
            x - 9,
            y - 4,
            18,
            8,
            fill=ZONE,
            fill_opacity=0.35,
            stroke=ZONE_EDGE,
            stroke_width=0.7,
            stroke_dasharray="3 2",
        )
    elif key == "route":
        svg.line((x - 9, y), (x + 9, y), stroke=ROUTE, stroke_width=1.6, stroke_dasharray="7 3")
