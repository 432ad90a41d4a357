"""Finds the words that name a moment: days, ends of periods, weekdays, spans after an anchor.

Nothing is resolved here; an expression says what the words say and no more. Offsets are those of the
normalised text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import pairwise

from truceline.draft.measures import number
from truceline.draft.times.roles import Role, role_of
from truceline.draft.times.wordings import (
    DAY_WORDS,
    MONTHS,
    NTH_VALUES,
    WEEKDAYS,
    patterns,
)


@dataclass(frozen=True, slots=True)
class Expression:
    """The words at ``norm[start:end]`` and what they say; `core` is where the moment's own words begin.

    `day`, `month`, `year` as written; `edge` is ``end`` for "the end of ..." ("middle" and "start" likewise)
    of the month, year or week named; `weekday` counts from Monday = 0; `days_on` is for "tomorrow";
    `anchor` holds the words after "after"; `clock` is (hour, minute).
    """

    start: int
    end: int
    core: int
    role: Role
    text: str
    day: int | None = None
    month: int | None = None
    year: int | None = None
    edge: str | None = None
    period: str | None = None
    weekday: int | None = None
    shift: str | None = None
    days_on: int | None = None
    amount: tuple[int, int, int, int] | None = None
    anchor: str | None = None
    clock: tuple[int, int] | None = None
    dotted: bool = False

    @property
    def relative(self) -> bool:
        """Whether it counts from an anchor."""
        return self.amount is not None


def expressions(norm: str) -> list[Expression]:
    """All moments that the text names, in reading order, longest first where they overlap."""
    taken: list[tuple[int, int]] = []
    found: list[Expression] = []
    for name, pattern in patterns():
        for match in pattern.finditer(norm):
            start, end = match.span()
            if any(start < b and a < end for a, b in taken):
                continue
            expression = _read(name, norm, match)
            if expression is not None:
                taken.append((start, expression.end))
                found.append(expression)
    return _ranges(norm, sorted(found, key=lambda e: e.start))


def _ranges(norm: str, found: list[Expression]) -> list[Expression]:
    """ "From 21 August to 21 November" ends on a day, "between May and the end of October" is due by one."""
    out = list(found)
    for n, (a, b) in enumerate(pairwise(found)):
        joint = re.fullmatch(r"\s*(to|and|-)\s+(?:the\s+)?", norm[a.end : b.start])
        if joint is None or b.role != "plain" or b.relative:
            continue
        if a.role == "from" and joint[1] in ("to", "-"):
            out[n + 1] = replace(b, role="until")
        elif joint[1] == "and" and re.search(
            r"\bbetween\s+(?:the\s+)?$", norm[: a.start][-20:], re.IGNORECASE
        ):
            out[n + 1] = replace(b, role="due")
    return out


def _read(name: str, norm: str, match: re.Match[str]) -> Expression | None:
    parts = {k: v for k, v in match.groupdict().items() if v}
    core = match.start()
    start, role, clock = role_of(norm, core)
    end = match.end()
    values: dict[str, object] = {}
    if name == "day_after":
        return _day_after(norm, match, start, role)
    if name == "part_of":
        count = number(match["a"] or "1") or 1.0
        values["day"] = int(count) * (7 if match["unit"].lower().startswith("week") else 1)
        role = "due" if role in ("on", "due", "plain") else role
        parts.pop("a", None)
    if name == "nth_weekday":
        values["edge"] = match["nth"].lower()
    if name in ("span", "dplus", "numbered", "nth", "following"):
        return _span(name, norm, match, start, role)
    if name == "day_alone" and not _ALONE.search(norm[start:core]):
        return None
    if name == "stamp":
        hour, minute = int(match["clock"][:2]), int(match["clock"][2:])
        if hour > 23 or not 1 <= int(match["day"]) <= 31 or (role == "plain" and match["clock"] == "0000"):
            return None
        clock = hour, minute
    if name == "event":
        words = " ".join(norm[core:end].split())
        return Expression(core, end, core, "from", words, amount=(0, 0, 0, 0), anchor=match["event"].lower())
    if name == "named":
        words = " ".join(norm[start:end].split())
        return Expression(start, end, core, role, words, amount=(0, 0, 0, 0), anchor=_named(match["named"]))
    if "month" in parts:
        word = parts["month"].lower()
        values["month"] = MONTHS[word] if word in MONTHS else int(word)
        if word == "may" and not parts["month"][0].isupper():
            return None
        if (
            word in ("march", "may", "mar")
            and name in ("edge_month", "month_only")
            and not parts["month"][0].isupper()
        ):
            return None
    if "feast" in parts:
        feast = " ".join(parts["feast"].lower().split())
        values["month"], values["day"] = next(day for start_of, day in _FEASTS if feast.startswith(start_of))
    if "ordinal" in parts:
        values["day"] = DAY_WORDS.index(parts["ordinal"].lower()) + 1
    if "day" in parts:
        values["day"] = int(parts["day"])
    if "year" in parts:
        values["year"] = int(parts["year"])
    if not (1 <= int(str(values.get("month", 1))) <= 12 and 1 <= int(str(values.get("day", 1))) <= 31):
        return None
    if "edge" in parts:
        word = parts["edge"].lower()
        values["edge"] = (
            "end"
            if word.split()[0] in ("end", "close", "late", "last", "rest", "remainder")
            else "middle"
            if "mid" in word
            else "start"
        )
        if word in ("rest", "remainder"):
            role = "until"
        if name == "edge_day":
            values["edge"] = None
    if name == "edge_out":
        values["edge"] = "end"
    if name in ("edge_period", "period", "edge_out"):
        values["period"] = parts.get("period", parts.get("period2", "")).lower()
        values["shift"] = parts.get("which", parts.get("which2", "")).lower()
    if name == "nth_weekday":
        values["weekday"] = WEEKDAYS[parts["weekday"].lower()]
    if name == "edge_period" and parts.get("which", "").lower() == "each":
        return None
    if name == "weekday" and role == "plain" and parts.get("which", "").lower() in ("this", "next", "coming"):
        role = "on"
    if name == "weekday":
        if _recurs(norm, core, end):
            return None
        values["weekday"] = WEEKDAYS[parts["weekday"].lower()]
        values["shift"] = parts.get("which", "").lower() or None
    if name == "word":
        word = " ".join(parts["word"].lower().replace("to-", "to").split())
        days = {
            "today": 0, "tonight": 0, "tomorrow": 1, "yesterday": -1, "the day after tomorrow": 2,
            "this morning": 0, "this afternoon": 0, "this evening": 0,
        }  # fmt: skip
        if word not in days:
            return None
        values["days_on"] = days[word]
        if role == "plain":
            role = "on"
    return Expression(
        start, end, core, role, " ".join(norm[start:end].split()), clock=clock,
        dotted=name == "dotted" and "/" in match.group() and int(parts["day"]) <= 12,
        **values,  # type: ignore[arg-type]
    )  # fmt: skip


# Days of the year that words name, the longer names first.
_FEASTS = (
    ("christmas eve", (12, 24)),
    ("christmas", (12, 25)),
    ("new year's eve", (12, 31)),
    ("new year", (1, 1)),
    ("may day", (5, 1)),
    ("epiphany", (1, 6)),
    ("all saints", (11, 1)),
)
_ALONE = re.compile(
    r"\A(?:by|on|before|until|till|from|as\s+(?:of|from)|(?:no|not)\s+later\s+than|at\s+the\s+latest|"
    r"(?:start|begin)\w*)\b",
    re.IGNORECASE,
)


def _day_after(norm: str, match: re.Match[str], start: int, role: Role) -> Expression:
    """ "On the day after the signing of this agreement"."""
    words = _ANCHOR_STOP.sub("", match["anchor"])
    end = match.start("anchor") + len(words.rstrip())
    return Expression(
        start, end, match.start(), "due" if role == "plain" else role, " ".join(norm[start:end].split()),
        amount=(0, 0, 1, 0), anchor=" ".join(words.split()),
    )  # fmt: skip


def _named(words: str) -> str:
    """ "D", "Day D" and "D-Day" are one day."""
    return "EIF" if words.upper() == "EIF" else "D-Day"


def _recurs(norm: str, start: int, end: int) -> bool:
    """ "On the first Tuesday of every month", "at the Thursday market": no one day."""
    before, after = norm[max(0, start - 20) : start], norm[end : end + 20]
    return bool(
        re.search(
            r"\b(?:first|second|third|fourth|last|every|each|alternate|at\s+the)\s+$", before, re.IGNORECASE
        )
        or re.match(r"\s+(?:of\s+(?:every|each)\b|markets?\b)", after, re.IGNORECASE)
    )


_SO_LONG_AFTER = re.compile(r"(?:\A|[.;,]\s+|\n)after\s+$", re.IGNORECASE)
_RATE = re.compile(r"\b(?:days?|times?|once|twice|thrice|hours?|nights?)\s+$", re.IGNORECASE)
_ALLOWED = re.compile(
    r"(?:\b(?:has|have|had|get|gets|got|given|gives|give|allowed|allows?)|'s\s+got)\s+(?:just\s+|only\s+|another\s+)?$",
    re.IGNORECASE,
)
_TO_DO = re.compile(r"\s+(?:in\s+which\s+|within\s+which\s+)?to\s+[a-z]", re.IGNORECASE)
_LASTS = re.compile(r"\bfor\s+(?:the\s+first\s+|an?\s+(?:\w+\s+)?period\s+of\s+)?$", re.IGNORECASE)
_ANCHOR_STOP = re.compile(
    r"\s+(?:and\s+(?:shall|will|must|the|a|all|no|both|each|in|not|be|"
    r"withdraw)|or\s+by|which|who|where|but|while|unless|"
    r"in\s+accordance|under\s+the\s+supervision|by\s+the\s+latest|"
    r"shall|will|must|would|has|have|had|is|are|to\s+(?!force\b)|they|"
    r"it|said|according|with\s+(?:the|a)|at\s+the\s+latest)\b.*$|"
    # "Within four days of that the army leaves": a new subject follows here, too.
    r"(?<=\Athat)\s+(?=the\s|(?-i:[A-Z])|both\b|each\b|all\b|its\s|their\s|our\s).*$|"
    # "After the entry into force each Party ...", "after D-Day the Mission ...": a new subject follows.
    r"(?<=\binto\sforce)\s+(?!of\b).*$|(?<=\bD-Day)\s.*$|(?<=\bsignature)\s+(?!of\b|by\b|page).*$",
    re.IGNORECASE | re.DOTALL,
)


def _span(name: str, norm: str, match: re.Match[str], start: int, role: Role) -> Expression | None:
    if name == "following":
        value: float | None = 1.0
    elif name == "nth":
        word = match["nth"].lower()
        value = NTH_VALUES.get(word) or float(word[:-2])
    else:
        value = 1.0 if match["a"].lower() in ("a", "an") else number(match["a"])
    if name == "numbered" and value is not None:
        value -= 1  # what is done on day one is done on the day itself
    if value is None or value > 10_000:
        return None
    if (
        name == "span"
        and match["unit"].lower() == "hours"
        and re.fullmatch(r"[0-2]?\d[.:]?[0-5]\d", match["a"])
    ):
        return None  # "at 1800 hours" is a clock
    if (
        name == "span"
        and match["a"].lower() in ("a", "an")
        and _RATE.search(norm[max(0, match.start() - 12) : match.start()])
    ):
        return None  # "five days a week from 5 June"
    if name == "dplus" and not match["sign"].startswith(("+", "p", "P")):
        value = -value
    named_unit = match["unit2"] if name == "following" and not match["unit"] else None
    unit = (named_unit or (match["unit"] if name != "numbered" else None) or "days").lower().rstrip("s")
    amount = {
        "hour": (0, 0, 0, value), "fortnight": (0, 2 * value, 0, 0),
        "day": (0, 0, value, 0), "week": (0, value, 0, 0),
        "month": (value, 0, 0, 0), "year": (12 * value, 0, 0, 0),
    }[unit]  # fmt: skip
    end = match.end()
    anchor: str | None = None
    if name == "dplus":
        anchor = _named(match["named"])
    elif name == "numbered":
        anchor = "Day 1"
    elif name == "following":
        anchor = "later"
        if match["earlier"]:
            amount, role = (0, 0, -1, 0), "due" if role == "plain" else role
        if role in ("until", "plain"):
            return None  # "until the following day" of something else, "the following week was quiet"
    elif name == "nth" and not match["anchor"]:
        if role not in ("due", "before", "on", "from") or match["unit"].lower() != "day":
            return None
        anchor, amount = "Day 1", (0, 0, value - 1, 0)  # of what has just been said to begin
    elif name == "nth":
        words = _ANCHOR_STOP.sub("", match["anchor"])
        anchor = " ".join(words.split())
        end = match.start("anchor") + len(words.rstrip())
    elif match["anchor"] and match["prep"].lower() != "before":
        words = _ANCHOR_STOP.sub("", match["anchor"])
        anchor = " ".join(words.split())
        end = match.start("anchor") + len(words.rstrip())
        if (
            match["prep"].lower() in ("of", "from")
            and role not in ("due", "on", "before")
            and match["prep"] == "of"
        ):
            return None  # "three days of talks"
    elif match["there"] or match["counted"]:
        there = match["there"] or match["counted"]
        anchor = (
            "now"
            if re.search(r"\b(?:now|to-?day)\b", there)
            else "signature"
            if re.search(r"\bpresent\b", there)
            else "later"
        )
        if there.lower() == "earlier":
            amount = (-amount[0], -amount[1], -amount[2], -amount[3])
    elif role == "plain" and _SO_LONG_AFTER.search(norm[max(0, match.start() - 12) : match.start()]):
        role = "from"  # "After 120 days the Commission meets"
    elif _ALLOWED.search(norm[max(0, match.start() - 24) : match.start()]) and _TO_DO.match(norm, end):
        role = "due"  # "it has thirty days to register"
    elif role in ("on", "due", "before"):
        end = match.end()
    else:
        return None  # a bare duration: "three months", "for 30 days"
    if (
        re.search(
            r"\b(?:for|every|each|during|following|over|(?:once|twice|times|thrice)\s+in)\s+(?:the\s+)?$",
            norm[max(0, match.start() - 20) : match.start()],
            re.I,
        )
        and anchor is None
    ):
        return None
    if name == "span" and anchor is None and re.fullmatch(r"in\s+an?\s+(?:day|hour)", norm[start:end], re.I):
        return None  # "thirty may pass in a day" is a rate
    if (
        anchor is not None
        and name == "span"
        and _LASTS.search(norm[max(0, match.start() - 40) : match.start()])
    ):
        if re.match(r"(?:\d|[A-Z]|to-?(?:day|morrow))", anchor):
            return None  # "for 60 days from 1 May": the day is the start
        role = "until"
    if role == "plain" and anchor is not None:
        role = "due"
    return Expression(
        start, end, match.start(), role, " ".join(norm[start:end].split()),
        amount=tuple(int(v) for v in amount),  # type: ignore[arg-type]
        anchor=anchor,
    )  # fmt: skip
