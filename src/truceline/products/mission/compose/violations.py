"""Reported violations: the table by area and kind, the chart by day, the maps."""

from __future__ import annotations

from collections.abc import Iterator

import shapely
from shapely import Polygon

from truceline.products.mission.blocks import Block, Cell, Column, Heading, Paragraph, Picture, Table
from truceline.products.mission.compose.ground import frame_for, map_of
from truceline.products.mission.facts import ALL, Counted, Daily
from truceline.products.mission.pictures.charts import draw_days
from truceline.products.mission.voice import Voice

WIDTH = 480.0
MOST_AREA_MAPS = 12
ALIKE = 0.6
CLOSER = 0.9
"""A map of its own shows a metre of ground as at least 1 / `CLOSER` of what the map of everything does."""


def violations(voice: Voice) -> list[Block]:
    """The section."""
    return [
        Heading(1, voice.say("section-violations"), "violations"),
        Paragraph(voice.say("violations-hint"), "note"),
        _table(voice),
        _chart(voice),
        Paragraph(voice.say("violations-fall"), "note"),
        *_maps(voice),
    ]


def _table(voice: Voice) -> Table:
    compared = voice.facts.periods.before is not None
    columns = [
        Column(voice.say("column-area"), share=17),
        Column(voice.say("column-kind"), share=21),
        Column(voice.say("column-now"), "end", 10),
        *(
            [Column(voice.say("column-before"), "end", 10), Column(voice.say("column-change"), "end", 10)]
            if compared
            else []
        ),
        Column(voice.say("column-reports"), "end", 10),
        Column(voice.say("column-deaths"), "end", 10),
        Column(voice.say("column-synthetic"), "end", 10),
        Column(voice.say("column-ref"), share=17),
    ]
    return Table(
        voice.say("violations-table"),
        tuple(columns),
        tuple(_row(voice, one, compared=compared) for one in voice.facts.counted),
    )


def _row(voice: Voice, one: Counted, *, compared: bool) -> tuple[Cell, ...]:
    base = f"violations/{one.area}/{one.kind}"
    whole = one.kind == ALL
    cells = [
        Cell(voice.area(one.area), strong=whole),
        Cell(voice.kind(one.kind), strong=whole),
        voice.number(one.now, base, strong=whole),
    ]
    if compared:
        cells += [
            voice.number(one.before or 0, f"{base}/before"),
            voice.signed(one.change or 0, f"{base}/change"),
        ]
    return (
        *cells,
        voice.number(one.reports, f"{base}/reports"),
        voice.number(one.deaths, f"{base}/deaths"),
        Cell(voice.w.number(one.synthetic)),
        voice.ref(base),
    )


def _chart(voice: Voice) -> Picture:
    def day_name(one: Daily) -> str:
        return voice.w.day(one.day, short=True)

    svg = draw_days(
        voice.facts.daily,
        width=WIDTH,
        incidents=voice.say("chart-incidents"),
        hours=voice.say("chart-hours"),
        day_name=day_name,
        number=voice.w.number,
        rtl=voice.rtl,
    )
    return Picture(
        str(svg), svg.width, svg.height, voice.say("violations-chart-alt"), voice.say("violations-chart")
    )


def _maps(voice: Voice) -> Iterator[Picture]:
    """One map of everything, and one of each zone and each route that it shows more of than the first."""
    content = voice.facts.report.map
    yield map_of(voice, voice.say("map-all"), content.bounds, whole=True)
    closest = frame_for(content.bounds, whole=True).metres_per_point * CLOSER
    shapes = [(zone.name, zone.outer, "map-area", "area") for zone in content.zones]
    shapes += [(route.name, route.geometry, "map-route", "route") for route in content.routes]
    drawn: list[Polygon] = []
    for name, geometry, message, argument in shapes:
        bounds = shapely.geometry.shape(geometry).bounds
        frame, extent = frame_for(bounds), shapely.box(*bounds)
        # Nested bands have nearly the same ground: one map shows them all.
        if (
            len(drawn) < MOST_AREA_MAPS
            and frame.metres_per_point < closest
            and not any(_alike(extent, other) for other in drawn)
        ):
            drawn.append(extent)
            yield map_of(voice, voice.say(message, **{argument: name}), bounds)


def _alike(a: Polygon, b: Polygon) -> bool:
    return bool(a.intersection(b).area > ALIKE * a.union(b).area)
