"""Places expressions in the calendar: against the document's own date, or the years that the text gives.

What cannot be placed stays open with the reason; no year is guessed.
"""

from __future__ import annotations

import calendar as months
import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from truceline.draft.lexicon.load import among, expression
from truceline.draft.times.expressions import Expression, expressions

_PAST = expression("dates", "past")
_SIGNING = expression("dates", "signing")


@dataclass(frozen=True, slots=True)
class DateContext:
    """What the text and the caller say about when it was written.

    `own` is the day that the document bears or was published, `signed` the day of signature where the text
    says it, `years` the years that the text gives for what lies ahead of it. `named` are the days that
    the text gives a name ("D-Day", "EIF"): each is a date, or the words that say what day it is.
    """

    own: dt.date | None
    signed: dt.date | None
    years: frozenset[int]
    named: tuple[tuple[str, dt.date | str], ...] = ()

    def day_named(self, name: str | None) -> dt.date | str | None:
        """The date of a named day, or the words that say which it is; None where the text defines none."""
        if name is None:
            return None
        plain = re.sub(r"^the\s+", "", name.upper())
        plain = "D-DAY" if plain in ("D", "DAY D", "D DAY", "DDAY") else plain
        return next((day for known, day in self.named if known.upper() == plain), None)

    def day_of(self, event: str | None) -> dt.date | None:
        """The day of "signature", "entry into force" or "the Effective Time", where the text places it."""
        plain = (event or "").lower().removeprefix("the ")
        if plain in ("signature", "signing"):
            return self.signed
        known = "effective" if plain.startswith("effective") else "force" if "into force" in plain else None
        day = next((day for name, day in self.named if name == known), None)
        return day if isinstance(day, dt.date) and (len(plain) < 20 or known == "effective") else None


@dataclass(frozen=True, slots=True)
class Moment:
    """A moment as far as it could be placed; `open` says what is missing, in words for the analyst.

    Exactly one of `date` and `anchor` is set where nothing is open. `clock` is local (hour, minute).
    """

    role: str
    text: str
    start: int
    end: int
    date: dt.date | None = None
    anchor: str | None = None
    amount: tuple[int, int, int, int] = (0, 0, 0, 0)
    inclusive: bool = True
    clock: tuple[int, int] | None = None
    open: str | None = None


def context_of(norm: str, found: list[Expression], published: dt.date | None) -> DateContext:
    """Reads the document's date from its head or foot, its signature, and the years it gives."""
    full = [(e, day) for e in found if (day := _full_date(e)) is not None]
    signed = next((day for e, day in full if _is_signature(norm, e)), None)
    head = next((day for e, day in full if _is_dateline(norm, e)), None)
    own = published or head or signed
    if signed is None and own is not None:
        signed = next((d for e in found if (d := _signed_lately(norm, e, own)) is not None), None)
    years: set[int] = set()
    for e in found:
        if e.year is None:
            continue
        before = norm[max(0, e.start - 60) : e.start]
        ahead = e.role in ("due", "before", "until", "from") or e.edge == "end"
        dated = e.day is not None and e.role in ("on", "plain")
        if ahead or (dated and not _PAST.search(before)):
            years.add(e.year)
    return DateContext(
        own=own,
        signed=signed,
        years=frozenset(years),
        named=_named_days(norm, _lent_a_year(found, own) or full),
    )


def _lent_a_year(found: list[Expression], own: dt.date | None) -> list[tuple[Expression, dt.date]]:
    """The days of a text; those without a year are of that in which it was written."""
    dated = [(e, replace(e, year=e.year or own.year)) for e in found] if own is not None else []
    return [(e, day) for e, full in dated if (day := _full_date(full)) is not None]


_DEFINED = re.compile(
    r"""(?P<d>\b(?:D-?(?i:day)|Day\s+D|D)\b|"D"|\(?\bEIF\b)[\s")]*
        (?P<is>\s(?:is|being|means|shall\s+be|will\s+be)\s|:|=|,?\s+(?=the\s+(?:day|date)\b))\s*(?P<what>[^.;\n]{3,80})""",
    re.VERBOSE,
)
# Days of steps that a text places once and counts from: its first day, its entry into force, its effect.
_PLACED = tuple(
    (name, re.compile(expression, re.IGNORECASE))
    for name, expression in (
        ("Day 1", r"\bday\s+(?:1|one)\b[\s,:(=]*(?:is|being|falls\s+on|on|the)?(?P<where>[^;\n]{0,24})"),
        ("effective", r"(?P<where>[^;\n]{0,40})\(?\W*(?:the\s+)?\W*effective\s+(?:date|time)\W"),
        (
            "effective",
            r"\beffective\s+(?:date|time)\W{1,3}(?:is|means|being|shall\s+be|:)(?P<where>[^;\n]{0,60})",
        ),
        ("force", r"\b(?:in|into)\s+force(?:\s+(?:on|at|from|as\s+of))?(?P<where>[^;.\n]{0,40})"),
    )
)
_BEFORE_EFFECT = _PLACED[1][1]
_EFFECTIVE = re.compile(r"effective\s+(?:date|time)\W", re.IGNORECASE)
_REACH = 40
_LINK = re.compile(r"\W*(?:eht)?\W*", re.IGNORECASE)
_TRUCE_ON = re.compile(r"\b(?:cease-?fire|truce|armistice)\b[^.;\n]{0,60}\bon\s+D-?Day\b", re.IGNORECASE)


def _named_days(norm: str, full: list[tuple[Expression, dt.date]]) -> tuple[tuple[str, dt.date | str], ...]:
    """ "D-Day: 12 April 2027", "D being the date of this memorandum": what the text's named days are."""
    found: dict[str, dt.date | str] = {}
    for match in _DEFINED.finditer(norm):
        name = "EIF" if "EIF" in match["d"] else "D-Day"
        a, b = match.span("what")
        day = next((day for e, day in full if a <= e.start < min(b, a + 20)), None)
        words = match["what"]
        if day is not None:
            found.setdefault(name, day)
        elif re.search(r"\bsign|\bdate\s+of\s+this\b", words):
            found.setdefault(name, "signature")
        elif re.search(r"\bforce\b|\beffect\b", words):
            found.setdefault(name, "entry into force")
    for name, placed in _PLACED:
        for match in _effective_after(placed, norm) if placed is _BEFORE_EFFECT else placed.finditer(norm):
            a, b = match.span("where")
            day = next((day for e, day in full if a <= e.core < b), None)
            if day is not None:
                found.setdefault(name, day)
    if "D-Day" not in found and _TRUCE_ON.search(norm):
        found["D-Day"] = "ceasefire"
    return tuple(found.items())


def _effective_after(placed: re.Pattern[str], norm: str) -> Iterator[re.Match[str]]:
    """As `placed.finditer`, tried only from where an "effective date" is in reach: anywhere else each letter
    of a text would be the beginning of forty attempts."""
    done = 0
    for effective in _EFFECTIVE.finditer(norm):
        # Backwards over what may stand between: other signs and one "the".
        before = norm[max(done, effective.start() - 2000) : effective.start()][::-1]
        link = _LINK.match(before)
        least = max(done, effective.start() - (link.end() if link else 0) - _REACH)
        for start in range(least, effective.start() + 1):
            match = placed.match(norm, start)
            if match is not None:
                done = match.end()
                yield match
                break


def _full_date(e: Expression) -> dt.date | None:
    if e.year and e.month and e.day and not e.edge:
        try:
            return dt.date(e.year, e.month, e.day)
        except ValueError:
            return None
    return None


def _is_signature(norm: str, e: Expression) -> bool:
    if e.role not in ("on", "plain"):
        return False
    before = norm[max(0, e.start - 90) : e.start]
    return bool(re.search(r"\b(?:signed|done|initialled|concluded)\b[^.;:\n]{0,80}$", before, re.IGNORECASE))


def _signed_lately(norm: str, e: Expression, own: dt.date) -> dt.date | None:
    """ "Signed here on Wednesday", "initialled yesterday": the day meant, seen from the day of the text."""
    if not _is_signature(norm, e) or e.relative or e.shift == "last" or e.edge is not None:
        return None
    if e.weekday is not None:
        return own - dt.timedelta(days=(own.weekday() - e.weekday) % 7)
    if e.days_on is not None:
        return own + dt.timedelta(days=e.days_on) if e.days_on <= 0 else None
    if e.day is None or e.month is None or e.year is not None:
        return None
    day = _day_in(e, own.year)
    return day if day is not None and own - dt.timedelta(days=60) <= day <= own else None


def _is_dateline(norm: str, e: Expression) -> bool:
    line_start = norm.rfind("\n", 0, e.start) + 1
    line_end = norm.find("\n", e.end)
    line = norm[line_start : line_end if line_end >= 0 else len(norm)]
    head = norm[: e.start].count("\n") <= 6 and e.start < 700
    foot = len(norm.rstrip()) - e.end < 250
    short = len(line.strip()) <= 70
    leads = re.fullmatch(r"[\w\s,.'()/|-]{0,60}", norm[line_start : e.start]) is not None
    followed = re.match(r"\s*(?:\([^)\n]{2,30}\)\s*)?(?:-|:|\||$|\n)", norm[e.end : e.end + 40]) is not None
    if re.search(r"\b(?:by|until|before|from|effective|since)\s*$", norm[line_start : e.core], re.IGNORECASE):
        return False
    return (head and leads and (followed or short) and e.start - line_start <= 60) or (foot and short)


def resolve(e: Expression, context: DateContext) -> Moment:
    """The moment of an expression; `open` is set where the text leaves it open."""
    moment = Moment(e.role, e.text, e.start, e.end, clock=e.clock, inclusive=e.role != "before")
    if e.amount is not None:
        return _relative(e, moment, context)
    if e.dotted:
        return replace(moment, open=f"{e.text!r} can be read as day/month or month/day")
    if e.weekday is not None and e.month is not None:
        return replace(moment, date=_weekday_of_month(e, context))
    if e.weekday is not None or e.days_on is not None or e.period is not None:
        if context.own is None:
            return replace(moment, open=f"{e.text!r} counts from the day of the text, which is not known")
        return replace(moment, date=_counted(e, context.own))
    if e.day is not None and e.month is None:
        if context.own is None:
            return replace(moment, open=f"{e.text!r} counts from the day of the text, which is not known")
        alone = _day_alone(e.day, context.own - dt.timedelta(days=2))
        return replace(moment, date=alone, open=None if alone else f"{e.text!r} is no day of the calendar")
    year = e.year
    if year is None:
        years = _years_for(e, context)
        if len(years) != 1:
            why = "the text gives no year" if not years else f"the text gives several years ({_list(years)})"
            return replace(moment, open=f"{e.text!r}: {why}")
        (year,) = years
    day = _day_in(e, year)
    if day is None:
        return replace(moment, open=f"{e.text!r} is no day of the calendar")
    return replace(moment, date=day)


def _weekday_of_month(e: Expression, context: DateContext) -> dt.date | None:
    """ "The first Sunday in February"."""
    years = {e.year} if e.year is not None else _years_for(e, context)
    if len(years) != 1 or e.month is None:
        return None
    (year,) = years
    days = [
        d
        for d in months.Calendar().itermonthdates(year, e.month)
        if d.month == e.month and d.weekday() == e.weekday
    ]
    nth = {"first": 0, "second": 1, "third": 2, "fourth": 3}.get(e.edge or "", -1)
    return days[nth]


def _day_alone(day: int, earliest: dt.date) -> dt.date | None:
    """ "The 9th", "the tenth": the first such day that is not before the earliest."""
    for step in range(3):
        month = months_on(earliest.replace(day=1), step)
        if day <= months.monthrange(month.year, month.month)[1] and month.replace(day=day) >= earliest:
            return month.replace(day=day)
    return None


def _list(years: set[int]) -> str:
    return ", ".join(str(year) for year in sorted(years))


def _years_for(e: Expression, context: DateContext) -> set[int]:
    if context.own is not None:
        day = _day_in(e, context.own.year)
        if day is None:
            return {context.own.year}
        # What a text promises lies ahead of it; what it tells lies behind. A few days' slack for late
        # reports.
        if e.role in among("due before until from on") and day < context.own - dt.timedelta(days=45):
            return {context.own.year + 1}
        return {context.own.year}
    return set(context.years)


def _day_in(e: Expression, year: int) -> dt.date | None:
    month = e.month or {"start": 1, "middle": 6}.get(e.edge or "", 12)
    try:
        last = months.monthrange(year, month)[1]
        if e.day is not None:
            return dt.date(year, month, e.day)
        if e.edge == "middle":
            return dt.date(year, month, 15 if e.month else 30)
        if e.edge == "start" or (e.edge is None and e.role in ("before", "from")):
            return dt.date(year, month if e.month else 1, 10 if e.edge == "start" and e.month else 1)
        return dt.date(year, month, last)
    except ValueError:
        return None


def _counted(e: Expression, own: dt.date) -> dt.date:
    if e.days_on is not None:
        return own + dt.timedelta(days=e.days_on)
    if e.weekday is not None:
        ahead = (e.weekday - own.weekday()) % 7
        if e.shift == "last":
            return own - dt.timedelta(days=7 - ahead)
        return own + dt.timedelta(days=ahead or (7 if e.shift == "next" else 0))
    step = 1 if e.shift == "next" else 0
    if e.period == "week":
        return own + dt.timedelta(days=6 - own.weekday() + 7 * step)
    if e.period == "month":
        first = months_on(own.replace(day=1), step)
        return first.replace(day=months.monthrange(first.year, first.month)[1])
    return dt.date(own.year + step, 12, 31)


def months_on(day: dt.date, count: int) -> dt.date:
    """The day so many months later; the month's last day where it is shorter."""
    year, month = divmod(day.month - 1 + count, 12)
    year, month = day.year + year, month + 1
    return dt.date(year, month, min(day.day, months.monthrange(year, month)[1]))


def later(day: dt.date, amount: tuple[int, int, int, int]) -> dt.date:
    """The day so many months, weeks, days and hours (begun days count whole) later."""
    m, w, d, h = amount
    return months_on(day, m) + dt.timedelta(weeks=w, days=d + (h + 23) // 24)


def _dated(anchor: str | None, context: DateContext) -> dt.date | None:
    """The day that an anchor names by itself: "from 1 May", "from tomorrow"."""
    if anchor is None or re.match(
        r"(?:the\s+)?(?:\w+\s+)?[A-Z]?[a-z-]*\s?(?:agreement|accord|treaty)\b", anchor
    ):
        return None
    found = expressions("from " + anchor)
    if not found or found[0].relative or found[0].core > len("from the "):
        return None
    return resolve(found[0], context).date


def _counts(e: Expression) -> bool:
    """ "Within five days of signature" stays as it is said: relative."""
    return any(e.amount or ()) and (e.anchor or "").lower().removeprefix("the ") in ("signature", "signing")


def _relative(e: Expression, moment: Moment, context: DateContext) -> Moment:
    assert e.amount is not None
    if e.anchor == "now" and context.own is not None:
        return replace(moment, date=later(context.own, e.amount))
    named = context.day_named(e.anchor) or (None if _counts(e) else context.day_of(e.anchor))
    if e.anchor == "Day 1" and not isinstance(named, dt.date):
        return replace(moment, anchor="Day 1", amount=e.amount)
    if min(e.amount) < 0 and e.anchor != "later" and not isinstance(named, dt.date):
        return replace(moment, open=f"{e.text!r}: the text does not say which day it counts from")
    if isinstance(named, str):
        return replace(moment, anchor=named, amount=e.amount)
    base = named or _dated(e.anchor, context)
    if base is not None:
        return replace(moment, date=later(base, e.amount))
    if not any(e.amount) and (e.anchor or "") in ("signature", "signing") and context.own is not None:
        return replace(moment, date=context.own)  # a text that says no other day was signed on its own
    if e.anchor in (None, "now"):
        return replace(
            moment, amount=e.amount, anchor=None, open=f"{e.text!r} does not say from when it counts"
        )
    return replace(moment, anchor=e.anchor, amount=e.amount)
