"""The report's words: messages of `locale/<language>/*.ftl`, dates and figures written for a reader."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from truceline.core.bidi import apart
from truceline.core.figures import decimal, percent
from truceline.core.messages import Messages, city_of, enumerated, listed

# The likelihood scale of the IPCC (Mastrandrea et al. 2010, Guidance Note for Lead Authors of the Fifth
# Assessment Report on Consistent Treatment of Uncertainties, table 1), which has official renderings in
# six languages. Lower bounds of each term.
LIKELIHOODS = (
    (0.99, "virtually-certain"),
    (0.90, "very-likely"),
    (0.66, "likely"),
    (0.33, "even"),
    (0.10, "unlikely"),
    (0.01, "very-unlikely"),
    (0.0, "exceptionally-unlikely"),
)


@dataclass(frozen=True, slots=True)
class Wording:
    """Writes messages, dates and figures in one language; calendar days are those of `zone`."""

    language: str
    zone: ZoneInfo

    @property
    def messages(self) -> Messages:
        return Messages("report", self.language)

    def messages_of(self, domain: str) -> Messages:
        """The messages of another domain in the same language."""
        return Messages(domain, self.language)

    def has(self, message: str) -> bool:
        """Whether there is such a message."""
        return self.messages.has(message)

    def say(self, message: str, **arguments: object) -> str:
        """The message with its arguments. An unknown message is a defect and raises KeyError."""
        return self.messages.say(message, arguments)

    def term(self, prefix: str, name: str) -> str:
        """The message ``prefix-name``, or the name itself with spaces where there is no such message."""
        message = f"{prefix}-{name}"
        return self.say(message) if self.has(message) else name.replace("_", " ")

    def counted(self, message: str, count: int, **arguments: object) -> str:
        """A message that depends on a number, with the number also as text (`shown`)."""
        return self.say(message, count=count, shown=self.number(count), **arguments)

    def day(self, day: date, *, short: bool = False) -> str:
        """A calendar day: 15 October 2018, or 15 Oct 2018."""
        month = self.calendar(f"month-short-{day.month}" if short else f"month-{day.month}")
        return self.calendar(
            "day-short" if short else "day", day=str(day.day), month=month, year=str(day.year)
        )

    def month(self, year: int, month: int, *, short: bool = False) -> str:
        """A month of a year: October 2018, Oct 2018."""
        name = self.calendar(f"month-short-{month}" if short else f"month-alone-{month}")
        return self.calendar("month-of-year", month=name, year=str(year))

    def calendar(self, message: str, **arguments: object) -> str:
        """A message of `calendar.ftl`: days, lists, ranges."""
        return Messages("calendar", self.language).say(message, arguments)

    def joined(self, items: Iterable[str]) -> str:
        """``a, b, c`` with the comma of the language."""
        return enumerated(list(items), self.language)

    def listed(self, items: Iterable[str]) -> str:
        """``a, b and c``."""
        return listed(list(items), self.language)

    @property
    def city(self) -> str:
        """The city that stands for the time zone."""
        return city_of(self.zone.key, self.language)

    def local_day(self, instant: datetime) -> date:
        """The calendar day of a UTC instant in the accord's time zone."""
        return instant.astimezone(self.zone).date()

    def last_day(self, instant: datetime) -> date:
        """The last day before an exclusive end: the end of 15 October is midnight, and still that day."""
        return self.local_day(instant - timedelta(microseconds=1))

    def when(self, instant: datetime, *, short: bool = False) -> str:
        """An as-of: the day whose end it is, or the instant in UTC where it is no day's end."""
        local = instant.astimezone(self.zone)
        if (local.hour, local.minute, local.second, local.microsecond) == (0, 0, 0, 0):
            return self.day(self.last_day(instant), short=short)
        return self.instant(instant, short=short)

    def instant(self, instant: datetime, *, short: bool = False) -> str:
        """An instant to the minute, in UTC."""
        moment = instant.astimezone(UTC)
        return self.calendar(
            "instant", date=self.day(moment.date(), short=short), time=moment.strftime("%H:%M")
        )

    def span(self, start: datetime, end: datetime) -> str:
        """The days of a half-open interval."""
        first, last = self.local_day(start), self.last_day(max(end, start + timedelta(microseconds=1)))
        if first == last:
            return self.day(first, short=True)
        return self.calendar("day-span", first=self.day(first, short=True), last=self.day(last, short=True))

    def number(self, value: float, decimals: int = 0) -> str:
        """A figure with that many decimals, as the language writes it."""
        return decimal(value, decimals, self.language)

    def share(self, value: float, decimals: int = 0) -> str:
        """A share of one as a percentage, as the language writes it."""
        return apart(percent(self.number(value * 100, decimals), self.language), self.language)

    def km(self, metres: float) -> str:
        """Metres as kilometres, with one decimal below 10 km where it is not zero."""
        kilometres = metres / 1000
        decimals = 1 if kilometres < 10 and round(kilometres, 1) != round(kilometres) else 0
        return self.number(kilometres, decimals)

    def km_range(self, metres: tuple[float, float]) -> str:
        """Two lengths as kilometres: "3.4 to 16.6"; one figure where both read the same."""
        low, high = self.km(metres[0]), self.km(metres[1])
        return low if low == high else self.calendar("figure-range", low=low, high=high)

    def percent(self, probability: float) -> str:
        """A probability as a whole percentage; never 0% or 100%, which would claim certainty."""
        if probability > 0.99:
            return apart(">" + percent("99", self.language), self.language)
        if probability < 0.01:
            return apart("<" + percent("1", self.language), self.language)
        return apart(percent(str(round(probability * 100)), self.language), self.language)

    def likelihood(self, probability: float) -> str:
        """A probability in words, on the IPCC's scale."""
        name = next(name for bound, name in LIKELIHOODS if probability >= bound - 1e-12)
        return self.say(f"likelihood-{name}")

    def claim(self, proposition: str, probability: float) -> str:
        """How probable a verdict's proposition is, in words: "very likely that it was breached"."""
        message = f"claim-{proposition.replace(' ', '-')}"
        return self.say(message, likelihood=self.likelihood(probability))
