"""Maps of the period's events, with their words."""

from __future__ import annotations

from truceline.products.mission.blocks import Picture
from truceline.products.mission.pictures.frame import Bounds, Frame, around, frame_of
from truceline.products.mission.pictures.furniture import MapWords
from truceline.products.mission.pictures.maps import draw_map, frame_height
from truceline.products.mission.pictures.marks import Mark
from truceline.products.mission.voice import Voice
from truceline.products.report.content import EvidenceRow

WIDTH, HEIGHT, SMALL = 480.0, 420.0, 296.0
ROWS = 4
"""Rows of a full legend."""
SORTS = {
    "access_refused": "access", "access_delayed": "access", "patrol_refused": "access",
    "patrol": "patrol",
}  # fmt: skip


def marks_of(voice: Voice) -> list[Mark]:
    """The incidents of the period, each once, and its patrols and refusals, those that have a place."""
    facts = voice.facts
    shown = [("violent", _placed(members) or members[0]) for members in facts.incidents]
    start, end = facts.periods.now.start, facts.periods.now.end
    for row in facts.report.evidence:
        sort = SORTS.get(row.kind)
        if sort and start <= row.occurred_from < end and not (row.retracted or row.superseded):
            shown.append((sort, row))
    return [
        Mark(sort, row.lon, row.lat, row.error_m)
        for sort, row in shown
        if row.lon is not None and row.lat is not None and row.error_m is not None
    ]


def _placed(members: tuple[EvidenceRow, ...]) -> EvidenceRow | None:
    """The report that knows the place best."""
    located = [row for row in members if row.located]
    return min(located, key=lambda row: (row.error_m or 0.0, row.number), default=None)


def frame_for(bounds: Bounds, *, whole: bool = False) -> Frame:
    """What a map of these bounds shows, and at which scale, before it is drawn."""
    bounds = around([(bounds[0], bounds[1]), (bounds[2], bounds[3])])
    return frame_of(bounds, 0.0, 0.0, WIDTH, frame_height(HEIGHT if whole else SMALL, ROWS))


def _decimals(value: float) -> int:
    return len(f"{value:g}".partition(".")[2])


def map_of(voice: Voice, title: str, bounds: Bounds, *, whole: bool = False) -> Picture:
    """A map of what `bounds` hold, with its caption; of those that are not `whole` two fit a page."""
    w, content = voice.w, voice.facts.report.map
    bounds = around([(bounds[0], bounds[1]), (bounds[2], bounds[3])])
    marks = marks_of(voice)
    svg = draw_map(
        content,
        marks,
        bounds,
        MapWords(
            north=w.say("map-north")[0],
            scale=voice.say("map-scale", km="{km}"),
            zone_inner=voice.say("map-zone-inner"),
            zone_outer=voice.say("map-zone-outer"),
            zone_plain=voice.say("map-zone-plain"),
            line=voice.say("map-line"),
            band=voice.say("map-band"),
            route=voice.say("map-route-key"),
            violent=voice.say("map-violent"),
            access=voice.say("map-access"),
            patrol=voice.say("map-patrol"),
            error=voice.say("map-error"),
        ),
        degrees=lambda degrees: w.number(degrees, _decimals(degrees)) + "°",
        width=WIDTH,
        height=HEIGHT if whole else SMALL,
        rtl=voice.rtl,
    )
    west, south, east, north = bounds
    drawn = sum(west <= mark.lon <= east and south <= mark.lat <= north for mark in marks)
    credits = content.basemap.credits
    return Picture(
        str(svg),
        svg.width,
        svg.height,
        voice.counted("map-alt", drawn, title=title),
        voice.say(
            "map-caption",
            title=title,
            lat=w.number((south + north) / 2, 2) + "°",
            lon=w.number((west + east) / 2, 2) + "°",
            credits=voice.say("map-credits", credits=w.joined([*credits, "Natural Earth"])),
        ),
    )
