"""The regular expressions of words that name a moment."""

from __future__ import annotations

import calendar
import re
from functools import cache

from truceline.draft.measures import number_pattern, one_of

MONTHS = {name.lower(): n for n, name in enumerate(calendar.month_name) if name}
MONTHS |= {name.lower(): n for n, name in enumerate(calendar.month_abbr) if name} | {"sept": 9}
_ORDINALS = ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"]
DAY_WORDS = (
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
_NTH = (*DAY_WORDS, "fortieth", "forty-fifth", "fiftieth", "sixtieth", "ninetieth", "hundredth")
NTH_VALUES = {word: n for n, word in enumerate(DAY_WORDS, start=1)} | {
    "fortieth": 40, "forty-fifth": 45, "fiftieth": 50, "sixtieth": 60, "ninetieth": 90, "hundredth": 100,
}  # fmt: skip
WEEKDAYS = {name.lower(): n for n, name in enumerate(calendar.day_name)}


@cache
def patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """By name, in the order in which they are tried: the first that fits takes the words."""
    months = one_of(MONTHS)
    month = rf"(?P<month>{months})\.?(?![a-z])"
    day = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?"
    year = r"(?P<year>(?:19|20)\d\d)"
    weekdays = "|".join(WEEKDAYS)
    wd = rf"(?:(?:{weekdays}),?\s+)?"
    n = number_pattern()
    edge = (
        r"(?:the\s+)?(?P<edge>end|close|middle|beginning|start|mid|early|rest|remainder|"
        r"late|last\s+day)[\s-]+(?:of\s+)?(?:the\s+month\s+of\s+)?"
    )
    units = r"(?P<unit>hours?|days?|weeks?|fortnights?|months?|years?)"
    # An anchor may run over the end of a wrapped line, and over the stop of "Oct. 1".
    anchor_words = r"(?:[^,.;:()\"\n]|\n(?=[a-z])|\.(?=\s\d)|,(?=\s*(?:or|and)\b)){1,90}"
    flags = re.IGNORECASE
    return tuple(
        (name, re.compile(pattern, flags))
        for name, pattern in (
            ("day_after", rf"\bthe\s+day\s+after\s+"
rf"(?P<anchor>the\s+(?:sign|entry|cease|truce|armistice){anchor_words})"),
            ("nth_weekday", rf"\bthe\s+(?P<nth>first|second|third|fourth|last)\s+(?P<weekday>{weekdays})\s+"
rf"(?:of|in)\s+{month}(?:,?\s+{year})?\b"),
            ("part_of", rf"\b(?:end\s+of\s+)?the\s+first\s+(?:(?P<a>{n})\s+)?(?P<unit>days?|weeks?)\s+"
rf"of\s+{month}(?:,?\s+{year})?\b"),
            ("span", rf"(?P<a>{n}|\ban?(?=\s+(?:hour|day|week|month|year|"
rf"fortnight)\b))(?:\s*\(\s*\d+\s*\))?[\s-]+(?:calendar\s+|"
rf"working\s+|business\s+|consecutive\s+)?{units}(?!s?'?s?\s+notice\b)'?"
                     rf"(?:\s+(?P<prep>after|of|from|following|since|"
rf"before)\s+(?P<anchor>{anchor_words})|\s+(?P<there>thereafter|"
rf"later|afterwards?|earlier|longer|(?:that|which)\s+follows?|from\s+now|(?:,\s*)?(?:count(?:ed|ing)\s+)?"
rf"from\s+(?:to-?day|the\s+present))|,\s+(?P<counted>count(?:ed|ing)\s+from\s+(?:now|to-?day)))?"),
            ("following", r"\bthe\s+(?:(?P<unit>day|week|fortnight|month)\s+"
r"(?:(?:that|which)\s+follows?\b|(?:after|(?P<earlier>before))\b(?=\s*[,.;]))"
r"|following\s+(?P<unit2>day|week|fortnight|month)\b)"),
            ("nth", rf"\b(?P<nth>{one_of(_NTH)}|\d+(?:st|nd|rd|th))\s+(?P<unit>day|"
rf"week|month)(?:\s+(?P<prep>after|of|from|"
rf"following)\s+(?P<anchor>{anchor_words}))?"),
            ("dplus", r"\b(?P<named>D(?:-Day)?|EIF)\s*(?P<sign>\+|plus\s|(?:-\s?(?=\d)|minus\s))\s*(?P<a>\d+)"
r"(?:\s+(?P<unit>hours?|days?|weeks?|months?)\b)?"),
            ("numbered", rf"\b(?P<named>day)\s+(?P<a>\d{{1,3}}|{'|'.join(_COUNTED)})\b(?!\s*(?:km|of\b))"),
            ("event", r"(?:\b(?:as\s+)?from|\bupon|\bon\s+or\s+after|\bon|\bat|\bsince)\s+(?:the\s+)?"
r"(?:(?:day|date|hour|moment|time|instant)\s+(?:of\s+)?)?(?:its\s+|this\s+|the\s+)?"
r"(?P<event>signature|signing|entry\s+into\s+force|effective\s+(?:date|time))\b"),
            ("named", r"\b(?P<named>D-Day|Day\s+D|EIF)\b(?!\s*\+)"),
            ("iso", rf"\b{year}-(?P<month>\d\d)-(?P<day>\d\d)\b"),
            ("dotted", rf"\b(?P<day>[0-3]?\d)[./](?P<month>[01]?\d)[./]{year}\b"),
            ("edge_year", rf"\b{edge}(?:the\s+year\s+)?{year}\b"),
            ("edge_month", rf"\b{edge}{month}(?:,?\s+(?:of\s+)?{year})?"),
            ("edge_out", r"\b(?P<which>the)\s+(?P<period>week|month|year)\s+(?:is|"
r"was)\s+(?P<out>out|over)\b|\b(?P<which2>the)\s+(?P<period2>week|month|year)\s+ends\b"),
            ("feast", rf"\b(?P<feast>christmas\s+eve|christmas(?:\s+day)?|new\s+year's\s+eve|"
rf"new\s+year(?:'s\s+day)?|may\s+day|epiphany|all\s+saints(?:'\s+day)?)(?:,?\s+{year})?\b"),
            ("nth_of", rf"\b(?:the\s+)?(?P<ordinal>{one_of(DAY_WORDS)})\s+(?:day\s+)?of\s+{month}"
                       rf"(?:,?\s+{year})?\b"),
            ("edge_period", rf"\b{edge}(?P<which>the|this|next|that|each)\s+(?P<period>week|month|year)\b"),
            ("edge_day", rf"\b(?:the\s+)?(?P<edge>end|"
rf"close)\s+(?:of\s+)?(?:the\s+)?(?:day\s+)?(?:on\s+)?{day}\s+{month}(?:,?\s+{year})?"),
            ("dmy", rf"\b{wd}(?:the\s+)?(?:[0-3]?\d/)?{day}\s+(?:day\s+)?(?:of\s+)?{month}"
                    rf"(?:,?\s+(?:of\s+)?{year})?\b"),
            ("mdy", rf"\b{wd}{month}\s+(?:the\s+)?{day}(?![\d:]|\s*(?:km|kilomet))(?:,?\s+{year})?"),
            ("my", rf"\b{month},?\s+{year}\b"),
            ("weekday", rf"\b(?:(?P<which>next|this|coming|last)\s+)?(?P<weekday>{weekdays})\b"
rf"(?:'s\s+(?:dawn|noon))?"),
            ("word", r"\b(?P<word>to-?day|to-?morrow|to-?night|yesterday|"
r"the\s+day\s+after\s+to-?morrow|this\s+(?:morning|afternoon|evening)|immediately|forthwith|at\s+once|"
r"without\s+delay)\b"),
            ("period", r"\b(?P<which>next|this|last)\s+(?P<period>week|month|year)\b"),
            ("year", rf"(?<![\d./-])\b{year}\b(?![/-]?\d)"),
            ("stamp", r"(?<![\d.,/-])(?P<day>[0-3]\d)(?P<clock>[0-2]\d(?:00|15|30|45))Z?(?![\d,/-])"),
            ("day_alone", rf"(?<=\bthe\s)(?:(?P<ordinal>{one_of(DAY_WORDS[3:])})|"
rf"(?P<day>[0-3]?\d)(?:st|nd|rd|th))"
rf"(?:\s+(?P<which>instant|inst\.?|of\s+(?:this|next)\s+month))?(?=\s*(?:[.,;:)\"]|$|\n|at\b|and\b|all\b))"),
            ("month_only", rf"(?:(?<=\bby\s)|(?<=\bin\s)|(?<=\bbefore\s)|(?<=\bbetween\s)){month}\b"),
        )
    )  # fmt: skip
