"""The words of a mission's report in one language: `mission.ftl` beside those of the report's page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from truceline.accord.acts import label
from truceline.accord.weapons import label as weapon_label
from truceline.core.bidi import apart, direction
from truceline.core.messages import Messages
from truceline.products.mission.blocks import Cell
from truceline.products.mission.facts import ALL, Facts
from truceline.products.mission.periods import Period
from truceline.products.report.wording import Wording


@dataclass(frozen=True, slots=True)
class Voice:
    """Says the facts of one report; `w` writes dates and figures."""

    facts: Facts
    w: Wording

    @property
    def rtl(self) -> bool:
        """Whether the language is written from right to left."""
        return direction(self.w.language) == "rtl"

    def say(self, message: str, **arguments: object) -> str:
        """A message of `mission.ftl`."""
        return Messages("mission", self.w.language).say(message, arguments)

    def counted(self, message: str, count: int, **arguments: object) -> str:
        """A message that depends on a number."""
        return self.say(message, count=count, shown=self.w.number(count), **arguments)

    def span(self, period: Period, *, short: bool = False) -> str:
        """The days of a period: one day, or from the first to the last."""
        first, last = self.w.local_day(period.start), self.w.last_day(period.end)
        if first == last:
            return self.w.day(first, short=short)
        return self.w.calendar(
            "day-span", first=self.w.day(first, short=short), last=self.w.day(last, short=short)
        )

    def when(self, span: tuple[datetime, datetime]) -> str:
        """When something happened, in days."""
        return self.w.span(*span)

    def area(self, area: str) -> str:
        """What an area is called; all places together and the places outside of every area among them."""
        return self.facts.areas.get(area) or self.say(f"area-{area}")

    def kind(self, kind: str) -> str:
        """A kind of observation."""
        return self.say("kind-all") if kind == ALL else label(kind, self.w.language)

    def weapons(self, weapon_class: str) -> str:
        """A class of weapons."""
        return weapon_label(weapon_class, self.w.language)

    def party(self, id: str) -> str:
        """A party's name; an id that is no party's as it stands."""
        return self.facts.report.party_names.get(id, id) if id else self.say("party-unnamed")

    def parties(self, ids: Iterable[str]) -> str:
        """Names of parties with commas between."""
        return self.w.joined(self.party(id) for id in ids)

    def status(self, status: str) -> str:
        """A status within a sentence."""
        return Messages("assess", self.w.language).say(f"status-{status.replace('_', '-')}")

    def number(self, value: float, figure: str, decimals: int = 0, *, strong: bool = False) -> Cell:
        """A cell with a figure."""
        return Cell(self.w.number(value, decimals), figure=figure, strong=strong)

    def signed(self, value: int, figure: str) -> Cell:
        """A cell with a change: always with its sign."""
        return Cell(self.change(value), figure=figure)

    def change(self, value: int) -> str:
        """A change with its sign."""
        sign = "+" if value > 0 else "\u2212" if value < 0 else ""
        return apart(f"{sign}{self.w.number(abs(value))}", self.w.language)

    def probability(self, value: float) -> str:
        """A probability to two decimals, as the language writes it."""
        return apart(self.w.number(min(max(value, 0.01), 0.99), 2), self.w.language)

    def ref(self, id: str) -> Cell:
        """The identifier of a row's figures, from left to right in every language."""
        return Cell(id, code=True)
