"""Reasons as sentences: messages of ``locale/<language>/assess.ftl`` with their arguments written out.

Arguments are text and numbers only, so that a reason can be stored and said again in another language.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from truceline.accord.acts import label
from truceline.accord.model import Accord
from truceline.accord.model.base import name_in
from truceline.assess.assessment import Reason
from truceline.core.figures import kilometres, probability, said
from truceline.core.instants import zone_of
from truceline.core.messages import FALLBACK, Messages, city_of, day_in_words, listed

DOMAIN = "assess"

__all__ = ["Words", "kilometres", "probability"]


class Words:
    """Writes reasons for one accord; calendar days are those of its time zone."""

    silent = False

    def __init__(self, accord: Accord, language: str = "en") -> None:
        self.accord = accord
        self.language = language
        self.zone: ZoneInfo = zone_of(accord.accord.time_zone)
        self._messages = Messages(DOMAIN, language)
        self._names = {party.id: name_in(party.names, language) for party in accord.parties}
        self._names |= {zone.id: name_in(zone.names, language) for zone in accord.zones}
        self._names |= {p.id: name_in(p.title, language) for p in accord.provisions if p.title}
        self._names |= {place.id: name_in(place.names, language) for place in accord.places}

    def reason(self, message: str, /, evidence: Iterable[str] = (), **arguments: Any) -> Reason:
        """One sentence, with the ids of the evidence that it rests on."""
        text = self.say(message, arguments)
        return Reason(message, arguments, text, tuple(evidence))

    def again(self, reason: Reason) -> str:
        """A reason said again in this language."""
        return self.say(reason.message, reason.args)

    def say(self, message: str, arguments: Mapping[str, Any] | None = None) -> str:
        """A message of the domain, with its figures as the language writes them."""
        if self.language == FALLBACK:
            return self._messages.say(message, arguments)
        told = {name: said(value, self.language) for name, value in (arguments or {}).items()}
        return self._messages.say(message, told)

    def name(self, id: str) -> str:
        """What the accord calls a party, zone, place or provision; an unknown id as it stands."""
        return self._names.get(id) or id.replace("_", " ")

    def names(self, ids: Iterable[str]) -> str:
        """Names as a list in words, each once, in the order given."""
        return listed(list(dict.fromkeys(self.name(id) for id in ids)), self.language)

    def between(self, low: str, high: str) -> str:
        """A range of two figures: ``1.5–3``, or as the language says it."""
        if self.language == FALLBACK:
            return f"{low}\u2013{high}"
        ends = {"low": said(low, self.language), "high": said(high, self.language)}
        return Messages("calendar", self.language).say("figure-range", ends)

    def kind(self, kind: str) -> str:
        """A kind of observation in words."""
        return label(kind, self.language)

    def day(self, instant: datetime) -> str:
        """The calendar day of an instant in the accord's time zone."""
        return day_in_words(instant, self.zone, language=self.language)

    def last_day(self, instant: datetime) -> str:
        """The last day before an instant that ends a day: midnight belongs to the day before."""
        return day_in_words(instant, self.zone, end=True, language=self.language)

    @property
    def clock(self) -> str:
        """Whose time the days are in: the city of the time zone."""
        return city_of(self.zone.key, self.language)


class Unsaid(Words):
    """The words of verdicts that nobody will read: of a rival reading only the status is asked."""

    silent = True

    def say(self, message: str, arguments: Mapping[str, Any] | None = None) -> str:
        """Nothing."""
        del message, arguments
        return ""

    def names(self, ids: Iterable[str]) -> str:
        """Nothing."""
        del ids
        return ""

    def kind(self, kind: str) -> str:
        """Nothing."""
        del kind
        return ""

    def day(self, instant: datetime) -> str:
        """Nothing."""
        del instant
        return ""

    def last_day(self, instant: datetime) -> str:
        """Nothing."""
        return self.day(instant)
