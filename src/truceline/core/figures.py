"""Figures as each language writes them: separators and the place of the percent sign are those of CLDR.

Digits are the European ones in every language: the United Nations use them in Arabic, too, and a figure must
be found again in every version of a document. English separates thousands by a thin space (the SI's way).
"""

from __future__ import annotations

import math
from functools import lru_cache
from typing import Any

from babel import Locale

from truceline.core.messages import FALLBACK, Messages

THIN_SPACE = "\u202f"


@lru_cache(maxsize=16)
def _separators(language: str) -> tuple[str, str, str]:
    """What stands between thousands, before decimals, and the pattern of a percentage."""
    locale = Locale.parse(language)
    symbols = locale.number_symbols["latn"]
    group = THIN_SPACE if language == FALLBACK else str(symbols["group"])
    return group, str(symbols["decimal"]), str(locale.percent_formats[None].pattern)


def decimal(value: float, decimals: int = 0, language: str = FALLBACK) -> str:
    """A figure with that many decimals: ``1 234.5``, ``1 234,5``, ``1.234,5``."""
    group, point, _ = _separators(language)
    whole, _, fraction = f"{value:,.{decimals}f}".partition(".")
    return whole.replace(",", group) + (point + fraction if fraction else "")


def percent(figure: str, language: str = FALLBACK) -> str:
    """A figure that is already written, as a percentage: ``12%``, ``12 %``, ``%12``."""
    return _separators(language)[2].replace("#,##0", figure)


class Written(str):
    """A figure as it stands in English, which can be said in other languages.

    As an argument of a reason it is the same text for everyone; `truceline.assess.words` writes it as the
    language does.
    """

    figure: float
    decimals: int
    side: str

    def __new__(cls, figure: float, decimals: int, *, side: str = "") -> Written:
        text = f"{figure:.{decimals}f}"
        made = super().__new__(cls, f"{side} {text}" if side else text)
        made.figure, made.decimals, made.side = figure, decimals, side
        return made

    def in_language(self, language: str) -> str:
        """The figure as that language writes it, after ``below`` or ``above`` in its words."""
        text = decimal(self.figure, self.decimals, language)
        return Messages("calendar", language).say(self.side, {"figure": text}) if self.side else text


def probability(value: float) -> Written:
    """A probability to two decimals, never 0 or 1: nothing here is certain."""
    if value < 0.005:
        return Written(0.01, 2, side="below")
    return Written(0.99, 2, side="above") if value > 0.995 else Written(value, 2)


def kilometres(metres: float) -> Written:
    """Metres as kilometres, one decimal below ten where it is needed."""
    value = metres / 1000.0
    return Written(value, 0 if value >= 10 or math.isclose(value, round(value)) else 1)


def said(value: Any, language: str) -> Any:
    """An argument of a sentence in that language: figures as it writes them, all else as it is."""
    return value.in_language(language) if isinstance(value, Written) else value
