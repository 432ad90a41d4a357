"""A small writer of SVG, with the few shapes that maps and charts need. Units are points."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from itertools import pairwise
from unicodedata import bidirectional

from truceline.core.bidi import flat
from truceline.core.shown import shown

FONTS = "'Noto Sans','Noto Naskh Arabic','Segoe UI',Tahoma,sans-serif"
FONTS_RTL = "'Noto Naskh Arabic','Noto Sans','Segoe UI',Tahoma,sans-serif"

Point = tuple[float, float]
RLM = "\u200f"


def number(value: float) -> str:
    """A coordinate to a tenth of a point, without needless zeros."""
    text = f"{value:.1f}"
    return text.removesuffix(".0").replace("-0", "0") if text in ("-0.0", "0.0") else text.removesuffix(".0")


def attributes(**given: object) -> str:
    """Attributes in the order given; a trailing underscore is dropped, other underscores are hyphens."""
    return "".join(
        f' {name.rstrip("_").replace("_", "-")}="{escape(number(v) if isinstance(v, float) else str(v))}"'
        for name, v in given.items()
        if v is not None
    )


class Svg:
    """A picture of a width and height in points."""

    def __init__(self, width: float, height: float, *, rtl: bool = False) -> None:
        self.width, self.height, self.rtl = width, height, rtl
        self._parts: list[str] = []

    def add(self, markup: str) -> None:
        """Markup as it stands."""
        self._parts.append(markup)

    def take(self, other: Svg) -> None:
        """All that another picture of the same size holds, above what is here."""
        self._parts += other._parts

    def shape(self, name: str, **given: object) -> None:
        """An element without content."""
        self._parts.append(f"<{name}{attributes(**given)}/>")

    def line(self, start: Point, end: Point, **given: object) -> None:
        """A straight line."""
        self.shape("line", x1=start[0], y1=start[1], x2=end[0], y2=end[1], **given)

    def rect(self, x: float, y: float, width: float, height: float, **given: object) -> None:
        """A rectangle."""
        self.shape("rect", x=x, y=y, width=width, height=height, **given)

    def path(self, data: str, **given: object) -> None:
        """A path."""
        if data:
            self.shape("path", d=data, **given)

    def text(self, x: float, y: float, text: str, *, anchor: str = "start", **given: object) -> None:
        """One line of text; `anchor` says which of its visual sides stands at `x`: start is the left one.

        Its reading order is that of its own first letter, in every language.
        """
        if not text:
            return
        given.setdefault("font_size", 8.0)
        style = attributes(
            x=float(x), y=float(y), text_anchor=anchor, **given, style="unicode-bidi:plaintext"
        )
        self._parts.append(f"<text{style}>{escape(_label(text))}</text>")

    def halo(self, x: float, y: float, text: str, *, anchor: str = "start", **given: object) -> None:
        """Text on a light edge, to be read over lines."""
        edge = {**given, "fill": "#fff", "stroke": "#fff", "stroke_width": 2.2, "stroke_linejoin": "round"}
        self.text(x, y, text, anchor=anchor, aria_hidden="true", **edge)
        self.text(x, y, text, anchor=anchor, **given)

    def __str__(self) -> str:
        head = attributes(
            xmlns="http://www.w3.org/2000/svg",
            viewBox=f"0 0 {number(self.width)} {number(self.height)}",
            width=float(self.width),
            height=float(self.height),
            font_family=FONTS_RTL if self.rtl else FONTS,
            # A page from right to left would turn around which side of a text is its start.
            direction="ltr",
        )
        return f"<svg{head}>{''.join(self._parts)}</svg>"


def _label(text: str) -> str:
    """A text that keeps its reading order even where what sets it takes every line as left to right: marks of
    the right-to-left direction stand around what begins so."""
    plain = flat(shown(text))
    first = next((bidirectional(c) for c in plain if bidirectional(c) in ("L", "R", "AL")), "L")
    return plain if first == "L" else f"{RLM}{plain}{RLM}"


def path_of(points: Sequence[Point], *, closed: bool = False) -> str:
    """Path data through the points, those that fall on one another left out."""
    kept = [points[0]] if points else []
    kept += [b for a, b in pairwise(points) if (number(a[0]), number(a[1])) != (number(b[0]), number(b[1]))]
    if len(kept) < 2:
        return ""
    return "M" + "L".join(f"{number(x)} {number(y)}" for x, y in kept) + ("Z" if closed else "")


def paths_of(rings: Iterable[Sequence[Point]], *, closed: bool = False) -> str:
    """Path data of several runs of points."""
    return "".join(path_of(ring, closed=closed) for ring in rings)
