"""Makes dates, and spans that count from the signature or another provision, of moments that were found."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from truceline.draft.anchors import BACKWARD, anchor_of
from truceline.draft.extract import Harvest
from truceline.draft.finding import Finding
from truceline.draft.times.calendar import Moment, later


class Dating:
    """Says when a provision is due, begins and ends, and asks where the text leaves it open."""

    harvest: Harvest
    findings: list[Finding]
    ids: list[str]
    questions: list[dict[str, Any]]

    def _when(self, moment: Moment | None, index: int, field: str) -> dict[str, Any] | str | None:
        if moment is None:
            return None
        id = self.ids[index]
        if moment.date is not None:
            if not moment.inclusive and not re.search(r"\bend\b|\bclose\b", moment.text):
                return {"date": moment.date, "inclusive": False, "text": moment.text}
            if moment.clock not in (None, (0, 0)):
                return {"date": moment.date, "text": moment.text}
            return moment.date.isoformat()
        months, weeks, days, hours = moment.amount
        if moment.anchor == "Day 1":
            return self._day_of_the_truce(moment, index, field)
        if any(moment.amount):
            amount = {"months": months, "weeks": weeks, "days": days, "hours": hours}
            if moment.anchor is None and self._counts_from_force(moment):
                return {"after": "in_force", **amount, "text": moment.text}
            if moment.anchor is None:
                self.questions.append(
                    {
                        "provision": id,
                        "field": field,
                        "why": f"{moment.open}; read as counted from the signature",
                    }
                )
                return {"after": "signed", **amount, "text": moment.text}
            counted = self._counted_from(moment, index)
            if counted is not None:
                return counted
            anchor = anchor_of(
                moment.anchor, self.findings, self.findings[index], self._previous_anchor(index)
            )
            if anchor is not None:
                after = anchor if isinstance(anchor, str) else self.ids[anchor]
                return {"after": after, **amount, "text": moment.text}
            self.questions.append(
                {
                    "provision": id,
                    "field": field,
                    "why": f"{moment.text!r}: the text does not say when {moment.anchor!r} is",
                }
            )
            return None
        self.questions.append(
            {"provision": id, "field": field, "why": moment.open or f"{moment.text!r} cannot be placed"}
        )
        return None

    def _counts_from_force(self, moment: Moment) -> bool:
        """ "Within three months of the entry into force ...; within one month": of the same."""
        text = self.harvest.text
        block = text.sentence_at(text.word_from(moment.start)).block
        beside = [
            m
            for m in self.harvest.moments
            if m.start < moment.start and m.anchor and text.blocks[block].start <= m.start
        ]
        return bool(beside) and anchor_of(str(beside[-1].anchor), [], self.findings[0], None) == "in_force"

    def _begins(self, finding: Finding) -> dt.date | None:
        """The day on which a provision begins, where it is known, also by the day of signature."""
        begins = finding.starts or finding.due
        if begins is None or begins.date is not None or begins.anchor is None:
            return begins.date if begins is not None else None
        signed = self.harvest.context.signed
        counts = anchor_of(begins.anchor, self.findings, finding, None) == "signed"
        return later(signed, begins.amount) if signed is not None and counts else None

    def _day_of_the_truce(self, moment: Moment, index: int, field: str) -> dict[str, Any] | str:
        """ "On day seven", "by the third day": counted from the day on which the ceasefire begins, which is
        day one; where the text has none, from the signature, and the analyst is asked."""
        days = moment.amount[2]
        truce = next((n for n, f in enumerate(self.findings) if f.kind == "cessation" and n != index), None)
        if truce is not None:
            begins = self._begins(self.findings[truce])
            if begins is not None:
                return later(begins, moment.amount).isoformat()
            if days:
                return {"after": self.ids[truce], "days": days, "text": moment.text}
        why = f"{moment.text!r} does not say from when it counts; read as counted from the signature"
        self.questions.append({"provision": self.ids[index], "field": field, "why": why})
        return {"after": "signed", "days": days + 1, "text": moment.text}

    def _counted_from(self, moment: Moment, index: int) -> dict[str, Any] | str | None:
        """ "Within a week of that day" counts from the day named last, "ten days after that" from what was to
        be done by then."""
        earlier = [f for f in self.findings[:index] if f.due or f.starts]
        if not earlier or moment.anchor is None or not BACKWARD.match(moment.anchor.strip().lower()):
            return None
        last = earlier[-1].due or earlier[-1].starts
        if last is None or last.start >= moment.start:
            return None
        months, weeks, days, hours = moment.amount
        if last.date is not None:
            return later(last.date, moment.amount).isoformat()
        if re.match(r"(?:that|the\s+same)\s+\w", moment.anchor.strip().lower()):
            return None
        if last.anchor is not None and moment.anchor.strip().lower() in ("that", "then"):
            return None
        after = self.ids[next(n for n, f in enumerate(self.findings) if f is earlier[-1])]
        amount = {"months": months, "weeks": weeks, "days": days, "hours": hours}
        return {"after": after, **amount, "text": moment.text}

    def _previous_anchor(self, index: int) -> str | None:
        for finding in reversed(self.findings[:index]):
            for moment in (finding.due, finding.starts):
                if moment is not None and moment.anchor is not None and len(moment.anchor) > 4:
                    return moment.anchor
        return None
