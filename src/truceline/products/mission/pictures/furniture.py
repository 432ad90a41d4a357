"""What a map says of itself: its scale, where north is, where it lies, and what its signs mean."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from shapely.geometry.base import BaseGeometry

from truceline.products.mission.pictures.colours import (
    BAND,
    COLOURS,
    INK,
    LINE,
    ROUTE,
    WATER,
    ZONE,
    ZONE_EDGE,
)
from truceline.products.mission.pictures.frame import Bounds, Frame, frame_of, scale_length_m
from truceline.products.mission.pictures.marks import Mark, draw_mark
from truceline.products.mission.pictures.svg import Point, Svg, path_of, paths_of
from truceline.products.report.ground import MapContent

INSET = 84.0
INSET_DEGREES = 9.0
ROW = 14.0
"""The height of a row of the legend, points."""


@dataclass(frozen=True, slots=True)
class MapWords:
    """The words on a map, in its language; `scale` with ``{km}``, `degrees` writes a number of degrees."""

    north: str
    scale: str
    zone_inner: str
    zone_outer: str
    zone_plain: str
    line: str
    band: str
    route: str
    violent: str
    access: str
    patrol: str
    error: str


def draw_scale_bar(svg: Svg, frame: Frame, scale: str, *, rtl: bool) -> Bounds:
    """The bar; what it covers."""
    length_m = scale_length_m(frame)
    length = length_m / frame.metres_per_point
    x = frame.x + frame.width - length - 14 if rtl else frame.x + 14
    y = frame.y + frame.height - 12
    svg.rect(x - 6, y - 13, length + 12, 20, fill="#fff", fill_opacity=0.9)
    svg.rect(x, y, length / 2, 3.2, fill=INK, stroke=INK, stroke_width=0.5)
    svg.rect(x + length / 2, y, length / 2, 3.2, fill="#fff", stroke=INK, stroke_width=0.5)
    km = length_m / 1000
    svg.text(
        x + length / 2,
        y - 3,
        scale.replace("{km}", f"{km:g}"),
        anchor="middle",
        font_size=7.0,
        fill=INK,
    )
    return x - 6, y - 13, x + length + 6, y + 7


def draw_north(svg: Svg, frame: Frame, north: str, *, rtl: bool) -> Bounds:
    """The arrow; what it covers."""
    x = frame.x + 18 if rtl else frame.x + frame.width - 18
    y = frame.y + 12
    svg.shape("circle", cx=x, cy=y + 8, r=14.0, fill="#fff", fill_opacity=0.85)
    svg.path(path_of([(x, y - 4), (x + 4.5, y + 10), (x, y + 7), (x - 4.5, y + 10)], closed=True), fill=INK)
    svg.text(x, y + 19, north, anchor="middle", font_size=7.5, font_weight="bold", fill=INK)
    return x - 14, y - 6, x + 14, y + 22


def draw_inset(svg: Svg, frame: Frame, land: BaseGeometry, *, rtl: bool) -> Bounds:
    """Where the map lies: the land around, with a rectangle for the map; what it covers."""
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
        paths_of(small.rings(land), closed=True),
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
    return x, y, x + INSET, y + INSET


Item = tuple[str, str]


def legend_items(content: MapContent, marks: Sequence[Mark], words: MapWords) -> list[Item]:
    """The signs that this map bears, each with its meaning."""
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
        if any(zone.perhaps for zone in content.zones):
            items.append(("outer", words.zone_outer))
        if not all(zone.inner or zone.perhaps for zone in content.zones):
            items.append(("plain", words.zone_plain))
    if content.routes:
        items.append(("route", words.route))
    return items


def draw_legend(svg: Svg, items: Sequence[Item], top: float, *, rtl: bool) -> None:
    """The legend in two columns."""
    half = svg.width / 2
    for index, (key, text) in enumerate(items):
        column, row = index % 2, index // 2
        y = top + ROW * row
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
        draw_mark(svg, key, x, y, 1)
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
    elif key == "plain":
        svg.rect(x - 9, y - 4, 18, 8, fill=ZONE, fill_opacity=0.35, stroke=ZONE_EDGE, stroke_width=0.7)
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
