"""Finds the words that name a moment: days, ends of periods, weekdays, spans after an anchor.

Nothing is resolved here; an expression says what the words say and no more. Offsets are those of the
normalised text.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise
from typing import Literal

from truceline.draft.measures import number, number_pattern, one_of

Role = Literal["due", "before", "on", "from", "until", "plain"]

_MONTHS = {name.lower(): n for n, name in enumerate(calendar.month_name) if name}
_MONTHS |= {name.lower(): n for n, name in enumerate(calendar.month_abbr) if name} | {"sept": 9}
_ORDINALS = ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"]
_DAY_WORDS = (
    *_ORDINALS,
    *[
        "eleventh",
        "twelfth",
        "thirteenth",
        "fourteenth",
        "fifteenth",
        "sixteenth",
        "seventeenth",
        "eighteenth",
        "nineteenth",
    ],
    "twentieth",
    *(f"twenty-{n}" for n in _ORDINALS[:9]),
    "thirtieth",
    "thirty-first",
)
_COUNTED = (
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "fourteen",
    "thirty",
)
_NTH = (*_DAY_WORDS, "fortieth", "forty-fifth", "fiftieth", "sixtieth", "ninetieth", "hundredth")
_NTH_VALUES = {word: n for n, word in enumerate(_DAY_WORDS, start=1)} | {
    "fortieth": 40, "forty-fifth": 45, "fiftieth": 50, "sixtieth": 60, "ninetieth": 90, "hundredth": 100,
}  # fmt: skip
_WEEKDAYS = {name.lower(): n for n, name in enumerate(calendar.day_name)}


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


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    months = one_of(_MONTHS)
    month = rf"(?P<month>{months})\.?(?![a-z])"
    day = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?"
    year = r"(?P<year>(?:19|20)\d\d)"
    weekdays = "|".join(_WEEKDAYS)
    wd = rf"(?:(?:{weekdays}),?\s+)?"
    n = number_pattern()
    edge = (
        r"(?:the\s+)?(?P<edge>end|close|middle|beginning|start|mid|early|"
        r"late|last\s+day)[\s-]+(?:of\s+)?(?:the\s+month\s+of\s+)?"
    )
    units = r"(?P<unit>hours?|days?|weeks?|fortnights?|months?|years?)"
    # An anchor may run over the end of a wrapped line, and over the stop of "Oct. 1".
    anchor_words = r"(?:[^,.;:()\"\n]|\n(?=[a-z])|\.(?=\s\d)|,(?=\s*(?:or|and)\b)){1,90}"
    flags = re.IGNORECASE
    return tuple(
        (name, re.compile(pattern, flags))
        for name, pattern in (
            ("span", rf"(?P<a>{n}|\ban?(?=\s+(?:hour|day|week|month|year|"
rf"fortnight)\b))(?:\s*\(\s*\d+\s*\))?[\s-]+(?:calendar\s+|"
rf"working\s+|business\s+|consecutive\s+)?{units}(?!s?'?s?\s+notice\b)'?"
                     rf"(?:\s+(?P<prep>after|of|from|following|since|"
rf"before)\s+(?P<anchor>{anchor_words})|\s+(?P<there>thereafter|"
rf"later|afterwards?|from\s+now|(?:,\s*)?(?:counted\s+)?from\s+to-?day)|,\s+(?P<counted>counted\s+from\s+(?:now|to-?day)))?"),
            ("nth", rf"\b(?P<nth>{one_of(_NTH)}|\d+(?:st|nd|rd|th))\s+(?P<unit>day|"
rf"week|month)(?:\s+(?P<prep>after|of|from|"
rf"following)\s+(?P<anchor>{anchor_words}))?"),
            ("dplus", r"\b(?P<named>D(?:-Day)?|EIF)\s*(?P<sign>\+|plus\s|(?:-\s?(?=\d)|minus\s))\s*(?P<a>\d+)"
r"(?:\s+(?P<unit>hours?|days?|weeks?|months?)\b)?"),
            ("numbered", rf"\b(?P<named>day)\s+(?P<a>\d{{1,3}}|{'|'.join(_COUNTED)})\b(?!\s*(?:km|of\b))"),
            ("event", r"(?:\b(?:as\s+)?from|\bupon|\bon\s+or\s+after|\bon|\bat|\bsince)\s+(?:the\s+)?"
r"(?:(?:day|date|hour|moment|time)\s+(?:of\s+)?)?(?:its\s+|this\s+|the\s+)?"
r"(?P<event>signature|signing|entry\s+into\s+force|effective\s+(?:date|time))\b"),
            ("named", r"\b(?P<named>D-Day|Day\s+D|EIF)\b(?!\s*\+)"),
            ("iso", rf"\b{year}-(?P<month>\d\d)-(?P<day>\d\d)\b"),
            ("dotted", rf"\b(?P<day>[0-3]?\d)[./](?P<month>[01]?\d)[./]{year}\b"),
            ("edge_year", rf"\b{edge}(?:the\s+year\s+)?{year}\b"),
            ("edge_month", rf"\b{edge}{month}(?:,?\s+(?:of\s+)?{year})?"),
            ("edge_out", r"\b(?P<which>the)\s+(?P<period>week|month|year)\s+(?:is|"
r"was)\s+(?P<out>out|over)\b|\b(?P<which2>the)\s+(?P<period2>week|month|year)\s+ends\b"),
            ("feast", rf"\b(?P<feast>christmas(?:\s+day)?|new\s+year(?:'s\s+day)?)(?:,?\s+{year})?\b"),
            ("nth_of", rf"\b(?:the\s+)?(?P<ordinal>{one_of(_DAY_WORDS)})\s+(?:day\s+)?of\s+{month}"
                       rf"(?:,?\s+{year})?\b"),
            ("edge_period", rf"\b{edge}(?P<which>the|this|next|that|each)\s+(?P<period>week|month|year)\b"),
            ("edge_day", rf"\b(?:the\s+)?(?P<edge>end|"
rf"close)\s+(?:of\s+)?(?:the\s+)?(?:day\s+)?(?:on\s+)?{day}\s+{month}(?:,?\s+{year})?"),
            ("dmy", rf"\b{wd}(?:the\s+)?(?:[0-3]?\d/)?{day}\s+(?:day\s+)?(?:of\s+)?{month}"
                    rf"(?:,?\s+(?:of\s+)?{year})?\b"),
            ("mdy", rf"\b{wd}{month}\s+(?:the\s+)?{day}(?![\d:]|\s*(?:km|kilomet))(?:,?\s+{year})?"),
            ("my", rf"\b{month},?\s+{year}\b"),
            ("weekday", rf"\b(?:(?P<which>next|this|coming|last)\s+)?(?P<weekday>{weekdays})\b"),
            ("word", r"\b(?P<word>to-?day|to-?morrow|to-?night|yesterday|"
r"the\s+day\s+after\s+to-?morrow|immediately|forthwith|at\s+once|"
r"without\s+delay)\b"),
            ("period", r"\b(?P<which>next|this|last)\s+(?P<period>week|month|year)\b"),
            ("year", rf"(?<![\d./-])\b{year}\b(?![/-]?\d)"),
            ("month_only", rf"(?:(?<=\bby\s)|(?<=\bin\s)|(?<=\bbefore\s)|(?<=\bbetween\s)){month}\b"),
        )
    )  # fmt: skip


_CLOCK = (
    r"(?:(?:at|by)?\s*(?P<h>[0-2]?\d)[:.h](?P<m>[0-5]\d)(?:\s*(?:hours|"
    r"hrs|h))?(?:\s*(?P<ap>a\.?m\.?|p\.?m\.?))?|"
    r"(?P<h2>1?\d)\s*(?P<ap2>a\.?m\.?|p\.?m\.?)|(?P<word>midnight|noon|"
    r"midday|sunrise|sunset|dawn|dusk|daybreak|nightfall|sundown)|(?P<mil>[0-2]\d[0-5]\d)\s*(?:hours|hrs))"
)
_ZONE = r"(?:\s*(?:\(?(?:local|[A-Z][a-z]+)\s+time\)?|GMT|UTC|Z|\([^()]{2,24}\)))?"


@cache
def _before() -> re.Pattern[str]:
    clock = rf"(?:{_CLOCK}{_ZONE}(?:\s+(?:on|of))?(?:\s+the\s+night\s+of)?\s+)?"
    return re.compile(
        rf"""(?:(?P<role>
        (?:by|no\s+later\s+than|not\s+later\s+than|at\s+the\s+latest(?:\s+by|\s+on)?|latest\s+by|on\s+or\s+before|due\s+(?:on|by|for)?|deadline\s+(?:of|is|for)?|prior\s+to|before|ahead\s+of
         |until|till|through|up\s+to
         |(?:starting|beginning|effective|commencing|starts?|begins?|takes?\s+effect|take\s+effect|in\s+force|enters?\s+into\s+force)(?:\s+(?:on|from|at|as\s+of))?|as\s+of|as\s+from|from|since
         |within|inside|in|over|on|at|during|for|after|following))\s+)(?:the\s+)?(?:next\s+|following\s+|coming\s+|first\s+|maximum\s+of\s+|a\s+period\s+of\s+|no\s+more\s+than\s+|a\s+maximum\s+of\s+)?{clock}$""",
        re.VERBOSE | re.IGNORECASE,
    )


_ROLES: tuple[tuple[str, Role], ...] = (
    (r"prior|before|ahead", "before"),
    (r"until|till|through|up", "until"),
    (r"by|no|not|at\s+the|latest|on\s+or|due|deadline|within|inside", "due"),
    (r"start|begin|effective|commenc|as|from|since|take|in\s+force|enter", "from"),
    (r"on|at|in|over", "on"),
)


def expressions(norm: str) -> list[Expression]:
    """All moments that the text names, in reading order, longest first where they overlap."""
    taken: list[tuple[int, int]] = []
    found: list[Expression] = []
    for name, pattern in _patterns():
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


def _role(norm: str, start: int) -> tuple[int, Role, tuple[int, int] | None]:
    window = max(0, start - 90)
    match = _before().search(norm, window, start)
    if match is None:
        return start, "plain", None
    words = match["role"].lower()
    if words.startswith("on or"):
        return match.start(), "due", _clock(match)
    role: Role = next((r for p, r in _ROLES if re.match(p, words)), "plain")
    if words.startswith(("from", "since")) and re.match(r"since", words):
        role = "plain"
    return match.start(), role, _clock(match)


def _clock(match: re.Match[str]) -> tuple[int, int] | None:
    parts = match.groupdict()
    if parts.get("word"):
        return {"midnight": (0, 0), "noon": (12, 0), "midday": (12, 0)}.get(parts["word"].lower())
    if parts.get("mil"):
        return int(parts["mil"][:2]), int(parts["mil"][2:])
    hour, minute, half = (
        parts.get("h") or parts.get("h2"),
        parts.get("m") or "0",
        parts.get("ap") or parts.get("ap2"),
    )
    if hour is None:
        return None
    value = int(hour)
    if half:
        value = value % 12 + (12 if half.lower().startswith("p") else 0)
    return (value, int(minute)) if value < 24 else None


def _read(name: str, norm: str, match: re.Match[str]) -> Expression | None:
    parts = {k: v for k, v in match.groupdict().items() if v}
    core = match.start()
    start, role, clock = _role(norm, core)
    end = match.end()
    values: dict[str, object] = {}
    if name in ("span", "dplus", "numbered", "nth"):
        return _span(name, norm, match, start, role)
    if name == "event":
        words = " ".join(norm[core:end].split())
        return Expression(core, end, core, "from", words, amount=(0, 0, 0, 0), anchor=match["event"].lower())
    if name == "named":
        words = " ".join(norm[start:end].split())
        return Expression(start, end, core, role, words, amount=(0, 0, 0, 0), anchor=_named(match["named"]))
    if "month" in parts:
        word = parts["month"].lower()
        values["month"] = _MONTHS[word] if word in _MONTHS else int(word)
        if word == "may" and not parts["month"][0].isupper():
            return None
        if (
            word in ("march", "may", "mar")
            and name in ("edge_month", "month_only")
            and not parts["month"][0].isupper()
        ):
            return None
    if "feast" in parts:
        christmas = parts["feast"].lower().startswith("chr")
        values["month"], values["day"] = (12, 25) if christmas else (1, 1)
    if "ordinal" in parts:
        values["day"] = _DAY_WORDS.index(parts["ordinal"].lower()) + 1
    if "day" in parts:
        values["day"] = int(parts["day"])
    if "year" in parts:
        values["year"] = int(parts["year"])
    if not (1 <= int(str(values.get("month", 1))) <= 12 and 1 <= int(str(values.get("day", 1))) <= 31):
        return None
    if "edge" in parts:
        word = parts["edge"].lower()
        values["edge"] = {"end": "end", "close": "end", "late": "end", "last": "end"}.get(
            word.split()[0], "middle" if "mid" in word else "start"
        )
        if name == "edge_day":
            values["edge"] = None
    if name == "edge_out":
        values["edge"] = "end"
    if name in ("edge_period", "period", "edge_out"):
        values["period"] = parts.get("period", parts.get("period2", "")).lower()
        values["shift"] = parts.get("which", parts.get("which2", "")).lower()
    if name == "weekday":
        if _recurs(norm, core, end):
            return None
        values["weekday"] = _WEEKDAYS[parts["weekday"].lower()]
        values["shift"] = parts.get("which", "").lower() or None
    if name == "word":
        word = " ".join(parts["word"].lower().replace("to-", "to").split())
        days = {"today": 0, "tonight": 0, "tomorrow": 1, "yesterday": -1, "the day after tomorrow": 2}
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


def _named(words: str) -> str:
    """ "D", "Day D" and "D-Day" are one day."""
    return "EIF" if words.upper() == "EIF" else "D-Day"


def _recurs(norm: str, start: int, end: int) -> bool:
    """ "On the first Tuesday of every month", "at the Thursday market": no one day."""
    before, after = norm[max(0, start - 20) : start], norm[end : end + 20]
    return bool(
        re.search(r"\b(?:first|second|third|fourth|every|each|alternate|at\s+the)\s+$", before, re.IGNORECASE)
        or re.match(r"\s+(?:of\s+(?:every|each)\b|markets?\b)", after, re.IGNORECASE)
    )


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
    if name == "nth":
        word = match["nth"].lower()
        value: float | None = _NTH_VALUES.get(word) or float(word[:-2])
    else:
        value = 1.0 if match["a"].lower() in ("a", "an") else number(match["a"])
    if name == "numbered" and value is not None:
        value -= 1  # what is done on day one is done on the day itself
    if value is None or value > 10_000:
        return None
    if name == "span" and match["unit"].lower() == "hours" and re.fullmatch(r"[0-2]\d[0-5]\d", match["a"]):
        return None  # "at 1800 hours" is a clock
    if name == "dplus" and not match["sign"].startswith(("+", "p", "P")):
        value = -value
    unit = ((match["unit"] if name != "numbered" else None) or "days").lower().rstrip("s")
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
    elif name == "nth" and not match["anchor"]:
        if role not in ("due", "before", "on") or match["unit"].lower() != "day":
            return None
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
        anchor = "now" if re.search(r"\bnow\b|\bto-?day\b", there) else there.lower()
    elif role in ("on", "due", "before"):
        end = match.end()
    else:
        return None  # a bare duration: "three months", "for 30 days"
    if (
        re.search(
            r"\b(?:for|every|each|during|after|following|over|(?:once|twice|times|thrice)\s+in)\s+(?:the\s+)?$",
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
