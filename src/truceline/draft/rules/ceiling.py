"""Limits on numbers, and the distance that a clause gives."""

from __future__ import annotations

import re

from truceline.draft.lexicon.load import expression
from truceline.draft.measures import Count, Distance
from truceline.draft.rules.kind import Things
from truceline.draft.things import WeaponWords

_COUNTED = expression("kinds", "counted")


def ceilings(
    norm: str,
    start: int,
    end: int,
    things: Things,
    weapons: list[WeaponWords],
) -> list[tuple[Count, str, WeaponWords | None]]:
    """The limits on numbers in ``norm[start:end]``: the count, what is counted, and the weapon if it is
    one."""
    found: list[tuple[Count, str, WeaponWords | None]] = []
    for count in things.counts:
        if not start <= count.start < end:
            continue
        rest = norm[count.end : end]
        noun = _COUNTED.match(rest.lstrip())
        weapon = next((w for w in weapons if 0 <= w.start - count.end < 40), None)
        if noun is not None and (weapon is None or count.end + noun.start() <= weapon.start):
            found.append((count, "personnel", None))
        elif weapon is not None:
            found.append((count, weapon.weapon_class, weapon))
        elif (before := _numbered(norm, start, count, weapons)) is not None:
            found.append((count, before.weapon_class, before))
        elif (
            re.search(
                r"\b(?:personnel|troops|forces?|police\w*|garrisons?|contingents?|soldiers|presence|men)\b[^.;]{0,70}"
                r"\b(?:exceed|limited\s+to|restricted\s+to|capped\s+at|number\w*(?:\s+not)?\s+more\s+than|greater\s+than)\s+$",
                norm[start : count.start],
                re.IGNORECASE,
            )
            and (weapon is None)
            and not re.match(r"\s*(?:km|kilomet|met|mile|day|week|month|hour|per\s+cent)", rest)
        ) or re.search(
            (
                r"\b(?:number|strength|total)\s+of\s+(?:\w+\s+){0,3}(?:men|troops|"
                r"soldiers|personnel|fighters|police|forces?|combatants|guards|"
                r"officers|peacekeepers|observers|contingents?|units?)\b"
            ),
            norm[start : count.start],
            re.IGNORECASE,
        ):
            found.append((count, "personnel", None))
        else:
            continue
        # "no more than 2,500 men and 20 tanks": the limit goes on.
        for more in re.finditer(
            (
                r"(?:,\s*(?:and\s+)?|\band\s+)(?:(?:no\s+more\s+than|up\s+to|at\s+most)\s+)?(?P<n>\d[\d,]*|"
                r"[a-z]+(?:-[a-z]+)?)\s+(?=(?:\w+[\s-]+){0,3}\w+)"
            ),
            rest,
        ):
            from truceline.draft.measures import number

            value = number(more["n"].rstrip(","))
            if value is None:
                continue
            at = count.end + more.start("n")
            follow = next((w for w in weapons if 0 <= w.start - (count.end + more.end()) < 25), None)
            person = _COUNTED.match(norm[count.end + more.end() : end])
            if follow is not None:
                found.append((Count(at, count.end + more.end(), value, True), follow.weapon_class, follow))
            elif person is not None:
                found.append((Count(at, count.end + more.end(), value, True), "personnel", None))
        break
    return found


def _numbered(norm: str, start: int, count: Count, weapons: list[WeaponWords]) -> WeaponWords | None:
    """ "The number of armoured vehicles is limited to fifteen": the weapon stands before its limit."""
    for weapon in weapons:
        if weapon.end <= count.start and re.search(
            r"\bnumbers?\s+of\s+(?:[\w-]+\s+){0,3}$", norm[start : weapon.start], re.IGNORECASE
        ):
            return weapon
    return None


def distance(distances: list[Distance]) -> Distance | None:
    """The distance that a clause is about: a width or depth if it has one, else its first distance."""
    usable = [d for d in distances if d.dimension not in ("calibre", "altitude")]
    return next((d for d in usable if d.dimension in ("wide", "deep")), usable[0] if usable else None)
