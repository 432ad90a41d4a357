"""Charts: incidents and hours of observation by day, and the depth of a zone along its line.

Time runs in the reading direction of the language. Units of the drawings are points.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence

from truceline.core.bidi import flat
from truceline.products.mission.facts import Daily
from truceline.products.mission.pictures.colours import COLOURS, INK, QUIET, RULE, ZONE
from truceline.products.mission.pictures.svg import Svg
from truceline.products.mission.pictures.svg import number as number_of
from truceline.products.report.depth_chart import draw_depth
from truceline.products.report.ground import DepthAudit

MOST_BARS = 120


def draw_days(
    days: Sequence[Daily],
    *,
    width: float,
    incidents: str,
    hours: str,
    day_name: Callable[[Daily], str],
    number: Callable[[float], str],
    rtl: bool,
) -> Svg:
    """Bars of incidents above, hours of observation below, on one time axis: a fall above beside a fall below
    is not peace. Long periods are drawn by weeks or longer steps of equal length."""
    height, left, right = 180.0, 36.0, 8.0
    size = max(1, math.ceil(len(days) / MOST_BARS))
    groups = [days[start : start + size] for start in range(0, len(days), size)]
    svg = Svg(width, height, rtl=rtl)
    upper, lower = 16.0, 120.0
    tall, low = 78.0, 44.0
    start, end = (right, width - left) if rtl else (left, width - right)
    step = (end - start) / max(len(groups), 1)

    def x_of(index: int) -> float:
        return end - (index + 1) * step if rtl else start + index * step

    axis = end + 4 if rtl else start - 4
    anchor = "start" if rtl else "end"
    for top, span, values, colour, title in (
        (upper, tall, [sum(d.incidents for d in g) for g in groups], COLOURS["violent"], incidents),
        (lower, low, [sum(d.hours for d in g) for g in groups], COLOURS["access"], hours),
    ):
        most = max(max(values, default=0), 1)
        tick = _round_up(most / 2)
        ceiling = tick * math.ceil(most / tick)
        svg.text(
            end if rtl else start,
            top - 5,
            title,
            anchor="end" if rtl else "start",
            font_size=7.5,
            font_weight="bold",
            fill=INK,
        )
        for n in range(math.floor(ceiling / tick) + 1):
            y = top + span - span * n * tick / ceiling
            svg.line((start, y), (end, y), stroke=RULE, stroke_width=0.4)
            svg.text(axis, y + 2.4, number(n * tick), anchor=anchor, font_size=6.5, fill=QUIET)
        for index, value in enumerate(values):
            tallness = span * value / ceiling
            if value > 0:
                svg.rect(x_of(index) + step * 0.12, top + span - tallness, step * 0.76, tallness, fill=colour)
        svg.line((start, top + span), (end, top + span), stroke=INK, stroke_width=0.6)
    wide = 6.5 * 0.55 * max((len(flat(day_name(group[0]))) for group in groups), default=1) + 10
    every = max(1, math.ceil(len(groups) / max(1, int((end - start) / wide))))
    for index in range(0, len(groups), every):
        middle = x_of(index) + step / 2
        svg.text(
            min(max(middle, wide / 2), width - wide / 2),
            lower + low + 11,
            day_name(groups[index][0]),
            anchor="middle",
            font_size=6.5,
            fill=QUIET,
        )
    return svg


def draw_zone_depth(
    audit: DepthAudit,
    *,
    width: float,
    along: str,
    depth: str,
    keys: Mapping[str, str],
    number: Callable[[float], str],
    rtl: bool,
) -> Svg | None:
    """The measured depth of a zone along its line against the promised one; None where there is no profile.
    `keys` are the words of its legend: ``profile``, ``promised`` and ``bounds``.

    The line is drawn from its beginning at the left in every language, as it is on the map.
    """
    chart = draw_depth(audit)
    if chart is None:
        return None
    scale = width / chart.width
    above = 12.0
    signs = ["profile", "promised", *(["bounds"] if chart.bounds else [])]
    svg = Svg(width, above + chart.height * scale + 4 + 11 * len(signs), rtl=rtl)
    left, right = chart.left * scale, chart.right * scale
    svg.text(
        right if rtl else left, 8.0, depth, anchor="end" if rtl else "start", font_size=7.5,
        font_weight="bold", fill=INK,
    )  # fmt: skip
    svg.add(f'<g transform="translate(0 {number_of(above)}) scale({scale:.4f})">')
    for tick in chart.y_ticks:
        svg.line((chart.left, tick.at), (chart.right, tick.at), stroke=RULE, stroke_width=0.8)
        svg.text(
            chart.left - 6, tick.at + 5, number(float(tick.label)), anchor="end", font_size=15.0, fill=QUIET
        )
    for x, wide, kind in chart.spans:
        svg.rect(
            x,
            chart.top,
            wide,
            chart.bottom - chart.top,
            fill=COLOURS["violent"] if kind == "short" else "#8a6d1f",
            fill_opacity=0.14,
        )
    for band in chart.bands:
        svg.rect(band.x, band.y, band.width, band.height, fill=ZONE, fill_opacity=0.8)
    for tick in chart.x_ticks:
        svg.text(
            tick.at, chart.bottom + 18, number(float(tick.label)), anchor="middle", font_size=15.0, fill=QUIET
        )
    if chart.bounds:
        svg.path(
            chart.bounds,
            fill=QUIET,
            fill_opacity=0.18,
            stroke=QUIET,
            stroke_width=0.6,
            stroke_dasharray="3 2",
        )
    svg.path(chart.limited, fill="none", stroke=INK, stroke_width=1.6, stroke_dasharray="2 4")
    svg.path(chart.profile, fill="none", stroke=INK, stroke_width=2.2)
    svg.line((chart.left, chart.bottom), (chart.right, chart.bottom), stroke=INK, stroke_width=1.2)
    svg.text(
        (chart.left + chart.right) / 2, chart.bottom + 36, along, anchor="middle", font_size=15.0, fill=INK
    )
    svg.add("</g>")
    for index, sign in enumerate(signs):
        y = above + chart.height * scale + 6 + 11 * index
        _sign(svg, sign, right - 16 if rtl else left, y)
        svg.text(
            right - 21 if rtl else left + 21,
            y + 2.5,
            keys[sign],
            anchor="end" if rtl else "start",
            font_size=7.0,
            fill=INK,
        )
    return svg


def _sign(svg: Svg, sign: str, x: float, y: float) -> None:
    if sign == "profile":
        svg.line((x, y), (x + 16, y), stroke=INK, stroke_width=1.1)
    elif sign == "promised":
        svg.rect(x, y - 3.5, 16.0, 7.0, fill=ZONE, fill_opacity=0.8)
    else:
        svg.rect(
            x, y - 3.5, 16.0, 7.0, fill=QUIET, fill_opacity=0.18, stroke=QUIET, stroke_width=0.4,
            stroke_dasharray="2 1.5",
        )  # fmt: skip


def _round_up(value: float) -> float:
    power = 10.0 ** math.floor(math.log10(max(value, 0.1)))
    found = next(power * nice for nice in (1, 2, 5, 10) if power * nice >= value - 1e-9)
    return max(found, 1.0)
