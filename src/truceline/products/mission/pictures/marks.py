"""What was reported, on a map: the circle that holds the true place with 95%, and a mark in its middle that
says of what sort it is (by shape, not by colour alone) and how many incidents share the place.

Coordinates lon, lat on WGS 84, distances metres; boxes are left, top, right, bottom in points.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from truceline.products.mission.pictures.colours import COLOURS
from truceline.products.mission.pictures.frame import Bounds, Frame
from truceline.products.mission.pictures.svg import Svg, path_of


@dataclass(frozen=True, slots=True)
class Mark:
    """Something reported at a place: its sort (``violent``, ``access``, ``patrol``) and its error radius in
    metres."""

    sort: str
    lon: float
    lat: float
    error_m: float


def touches(frame: Frame, mark: Mark) -> bool:
    """Whether a mark's circle may reach into the frame; a degree is taken as no less than 50 km."""
    west, south, east, north = frame.wide()
    reach = mark.error_m / 50_000
    return west - reach <= mark.lon <= east + reach and south - reach <= mark.lat <= north + reach


def draw_errors(svg: Svg, frame: Frame, marks: Sequence[Mark]) -> None:
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


def draw_marks(svg: Svg, frame: Frame, marks: Sequence[Mark]) -> None:
    """The mark in the middle of each circle."""
    for sort, lon, lat, _, count in _groups(marks):
        x, y = frame.at(lon, lat)
        if frame.holds((x, y)):
            draw_mark(svg, sort, x, y, count)


def boxes_of(frame: Frame, marks: Sequence[Mark]) -> Iterator[Bounds]:
    """What the marks cover."""
    for _, lon, lat, _, count in _groups(marks):
        x, y = frame.at(lon, lat)
        if frame.holds((x, y)):
            size = _size(count)
            yield x - size, y - size, x + size, y + size


def draw_mark(svg: Svg, sort: str, x: float, y: float, count: int) -> None:
    """A circle for violence, a square for access, a triangle for patrols; a number for several."""
    size = _size(count)
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


def _size(count: int) -> float:
    return 3.2 if count == 1 else 5.4 if count < 100 else 7.4


def _groups(marks: Iterable[Mark]) -> list[tuple[str, float, float, float, int]]:
    """Marks of one sort that share a place: sort, lon, lat, greatest error in metres, how many."""
    held: dict[tuple[str, float, float], list[float]] = {}
    for mark in marks:
        held.setdefault((mark.sort, round(mark.lon, 3), round(mark.lat, 3)), []).append(mark.error_m)
    return [(sort, lon, lat, max(errors), len(errors)) for (sort, lon, lat), errors in sorted(held.items())]
