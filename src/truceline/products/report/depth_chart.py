"""The drawing of a zone's depth along its line, against the promised band. Units are the drawing's own."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from truceline.products.report.ground import DepthAudit

WIDTH = 1000.0
HEIGHT = 240.0
LEFT, RIGHT, TOP, BOTTOM = 48.0, 12.0, 12.0, 40.0
MOST_POINTS = 600

Placer = Callable[[float], float]


@dataclass(frozen=True, slots=True)
class AxisTick:
    """A labelled place on an axis."""

    at: float
    label: str


@dataclass(frozen=True, slots=True)
class Band:
    """A box: the promised depths of a stretch of the line, or of all of it."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class DepthChart:
    """SVG path data and boxes; `spans` are (x, width, kind) of stretches outside the promise. `bands` are the
    promised depths, in order along the line.

    `bounds` outlines where the depth from the true line may lie; empty where the line is exact.
    """

    width: float
    height: float
    left: float
    right: float
    top: float
    bottom: float
    profile: str
    limited: str
    bounds: str
    bands: tuple[Band, ...]
    spans: tuple[tuple[float, float, str], ...]
    x_ticks: tuple[AxisTick, ...]
    y_ticks: tuple[AxisTick, ...]


def _step(span: float, most: int) -> float:
    raw = span / most
    power = 10.0 ** math.floor(math.log10(raw))
    return next(power * factor for factor in (1, 2, 5, 10) if power * factor >= raw)


Station = tuple[float, float, bool]


def _thinned(profile: Sequence[Station]) -> list[Station]:
    # Keeps the least and the greatest depth of each group, so that a narrow dip stays visible.
    if len(profile) <= MOST_POINTS:
        return list(profile)
    size = math.ceil(len(profile) / (MOST_POINTS / 2))
    thinned: list[Station] = []
    for start in range(0, len(profile), size):
        group = profile[start : start + size]
        extremes = {min(group, key=lambda point: point[1]), max(group, key=lambda point: point[1])}
        thinned.extend(sorted(extremes))
    return thinned


def draw_depth(audit: DepthAudit) -> DepthChart | None:
    """The chart of an audit; None where the profile has fewer than two points."""
    if len(audit.profile) < 2:
        return None
    length = audit.profile[-1][0]
    bounds = audit.true_line.bounds if audit.true_line else ()
    deepest = [depth for _, depth, _ in audit.profile] + [high for run in bounds for _, _, high in run]
    ceiling = max(audit.promised_max_m, *deepest) * 1.15
    right, bottom = WIDTH - RIGHT, HEIGHT - BOTTOM

    def x(along_m: float) -> float:
        return round(LEFT + (right - LEFT) * along_m / length, 1)

    def y(depth_m: float) -> float:
        return round(bottom - (bottom - TOP) * depth_m / ceiling, 1)

    points = [(f"{x(along)} {y(depth)}", limited) for along, depth, limited in _thinned(audit.profile)]
    spans = [(x(s.from_m), max(x(s.to_m) - x(s.from_m), 2.0), "short") for s in audit.shortfalls]
    spans += [(x(s.from_m), max(x(s.to_m) - x(s.from_m), 2.0), "excess") for s in audit.excesses]
    x_step, y_step = _step(length / 1000, 8), _step(ceiling / 1000, 5)
    return DepthChart(
        width=WIDTH,
        height=HEIGHT,
        left=LEFT,
        right=right,
        top=TOP,
        bottom=bottom,
        profile=_runs(points, limited=False),
        limited=_runs(points, limited=True),
        bounds="".join(_outline(run, x, y) for run in bounds if len(run) > 1),
        bands=tuple(
            Band(
                left,
                y(most_m),
                # A promise of exactly one depth is a line that can be seen.
                round(end - left, 1),
                round(max(y(least_m) - y(most_m), 1.5 if audit.promised else 0.0), 1),
            )
            for left, end, least_m, most_m in (
                [(x(run.from_m), x(run.to_m), run.least_m, run.most_m) for run in audit.promised]
                or [(LEFT, right, audit.promised_min_m, audit.promised_max_m)]
            )
        ),
        spans=tuple(spans),
        x_ticks=_ticks(length / 1000, x_step, lambda km: x(km * 1000)),
        y_ticks=_ticks(ceiling / 1000, y_step, lambda km: y(km * 1000)),
    )


def _runs(points: Sequence[tuple[str, bool]], *, limited: bool) -> str:
    """Path data of the edges of one sort; an edge is limited where one of its ends is."""
    path: list[str] = []
    pen_at: str | None = None
    for (start, first), (end, last) in pairwise(points):
        if (first or last) != limited:
            continue
        path.append(f"L{end}" if pen_at == start else f"M{start}L{end}")
        pen_at = end
    return "".join(path)


def _outline(run: Sequence[tuple[float, float, float]], x: Placer, y: Placer) -> str:
    """Path data around a run of bounds: along the greatest depths, and back along the least."""
    size = max(math.ceil(len(run) / (MOST_POINTS / 2)), 1)
    # Each group by its own extremes, so that thinning hides none; the ends as they are.
    groups = [run[:1], *(run[start : start + size] for start in range(0, len(run), size)), run[-1:]]
    high = [f"{x(group[len(group) // 2][0])} {y(max(g for _, _, g in group))}" for group in groups]
    low = [f"{x(group[len(group) // 2][0])} {y(min(g for _, g, _ in group))}" for group in groups]
    return f"M{'L'.join([*high, *reversed(low)])}Z"


def _ticks(upto: float, step: float, place: Placer) -> tuple[AxisTick, ...]:
    return tuple(AxisTick(place(index * step), f"{index * step:g}") for index in range(int(upto / step) + 1))
