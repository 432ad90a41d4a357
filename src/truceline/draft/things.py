"""Weapons and other things that the words of a clause name."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from truceline.draft.lexicon.load import word_list
from truceline.draft.measures import Calibre


@dataclass(frozen=True, slots=True)
class WeaponWords:
    """A weapon class named at ``start`` to ``end`` (norm offsets), with the calibre that stands by it."""

    weapon_class: str
    start: int
    end: int
    text: str
    calibre: Calibre | None = None


@cache
def _weapon_patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple(
        (name, re.compile("|".join(patterns), re.IGNORECASE))
        for name, patterns in word_list("things")["weapons"].items()
    )


@cache
def _any_weapon() -> re.Pattern[str]:
    """All of them as one, for the many clauses that name none."""
    return re.compile("|".join(expression.pattern for _, expression in _weapon_patterns()), re.IGNORECASE)


@cache
def pattern(section: str) -> re.Pattern[str]:
    """The whole-word pattern of a section of the list of things."""
    return re.compile(rf"\b(?:{word_list('things')[section]})\b", re.IGNORECASE)


def weapons_in(norm: str, start: int, end: int, calibres: list[Calibre]) -> list[WeaponWords]:
    """The weapons named in ``norm[start:end]``; general words count only where no class is named."""
    found: list[WeaponWords] = []
    if not _any_weapon().search(norm, start, end):
        return found
    for name, expression in _weapon_patterns():
        for match in expression.finditer(norm, start, end):
            a, b = match.span()
            if any(a < w.end and w.start < b for w in found):
                continue
            if re.match(
                r"\s*(?:inventor|verification|stores?\b|storage|-free|depots?)",
                norm[b : b + 20],
                re.IGNORECASE,
            ):
                continue
            found.append(WeaponWords(name, a, b, " ".join(match.group().split())))
    found.sort(key=lambda w: w.start)
    if any(w.weapon_class not in ("weapon", "heavy_weapon") for w in found):
        specific = [w for w in found if w.weapon_class not in ("weapon",)]
        heavy = [w for w in specific if w.weapon_class == "heavy_weapon"]
        # "heavy weapons, namely tanks and mortars": the list says what they are.
        if heavy and re.search(
            r"\b(?:namely|i\.e\.|that is|such as|including|:)", norm[heavy[0].end : heavy[0].end + 15]
        ):
            specific = [w for w in specific if w is not heavy[0]]
        found = specific or found
    return [_with_calibre(w, found, calibres, norm) for w in found]


def _with_calibre(
    weapon: WeaponWords, found: list[WeaponWords], calibres: list[Calibre], norm: str
) -> WeaponWords:
    following = min((w.start for w in found if w.start > weapon.start), default=len(norm))
    for calibre in calibres:
        after = weapon.end <= calibre.start < following and not re.search(
            r"[.;]", norm[weapon.end : calibre.start]
        )
        before = (
            calibre.end <= weapon.start
            and weapon.start - calibre.end < 12
            and not re.search(r",|\band\b", norm[calibre.end : weapon.start])
        )
        if (after and calibre.start - weapon.end < 60) or before:
            return WeaponWords(weapon.weapon_class, weapon.start, weapon.end, weapon.text, calibre)
    return weapon
