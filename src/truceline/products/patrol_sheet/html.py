"""The printable sheet of a plan, in one language: HTML that stands alone and loads nothing."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

import jinja2

from truceline.core.bidi import direction, isolated
from truceline.core.figures import decimal, percent
from truceline.core.messages import FALLBACK, Messages, enumerated
from truceline.patrol.planning.result import Plan, Shift
from truceline.patrol.when import instant
from truceline.products.report.wording import Wording

COLUMNS = (
    "uncovered", "post", "visits", "kept", "why", "to", "leave", "arrive", "km", "stay", "with", "handover",
    "checked-in",
)  # fmt: skip


def title_of(plan: Plan, language: str = FALLBACK) -> str:
    """What a plan's sheet is called: its first day and its number of days."""
    day = Wording(language, plan.task.zone).day(plan.task.first)
    return Messages("patrol", language).say("sheet-title", {"day": day, "days": plan.task.days})


def sheet(plan: Plan, title: str, language: str = FALLBACK, parties: Mapping[str, str] | None = None) -> str:
    """The sheet. Times are in the accord's time zone, which is named on it; `parties` are names by id."""
    return _Sheet(plan, language, parties or {}).written(title)


class _Sheet:
    def __init__(self, plan: Plan, language: str, parties: Mapping[str, str]) -> None:
        self.plan, self.language, self.parties = plan, language, parties
        self.wording = Wording(language, plan.task.zone)

    def say(self, message: str, **given: object) -> str:
        return isolated(Messages("patrol", self.language).say(message, given))

    def number(self, value: float, decimals: int = 0) -> str:
        return decimal(value, decimals, self.language)

    def share(self, value: float, decimals: int = 0) -> str:
        return percent(self.number(100 * value, decimals), self.language)

    def written(self, title: str) -> str:
        plan, options, margin = self.plan, self.plan.task.options, self.plan.margin()
        lost = plan.plain_coverage - plan.coverage
        return str(
            _template().render(
                title=isolated(title),
                language=self.language,
                direction=direction(self.language),
                secret=self.say("sheet-secret"),
                times=self.say(
                    "sheet-times",
                    zone=plan.task.zone.key,
                    mode=self.say(f"mode-{options.mode}"),
                    share=self.share(plan.coverage, 1),
                ),
                chance=self.say("sheet-chance", points=self.number(100 * lost, 1))
                if options.unpredictable
                else "",
                synthetic=self.say("sheet-synthetic") if options.synthetic else "",
                margin=self.say(
                    "sheet-margin",
                    least=self.number(margin["least_m"] / 1000, 1),
                    most=self.number(margin["most_m"] / 1000, 1),
                    times=self.number(margin["share"], 0 if margin["share"] == round(margin["share"]) else 2),
                )
                if margin
                else "",
                words={name.replace("-", "_"): self.say(f"sheet-{name}") for name in COLUMNS},
                uncovered=[
                    {
                        "post": one.post,
                        "visits": self.number(one.visits),
                        "kept": self.share(one.share),
                        "why": self.say(f"why-{one.why}"),
                    }
                    for one in plan.covered
                    if one.why
                ],
                check_in=self.say("sheet-check-in", minutes=self.number(options.check_in_s // 60)),
                shifts=[self._shift(shift) for shift in plan.shifts],
            )
        )

    def _shift(self, shift: Shift) -> dict[str, Any]:
        spoken = next((team.languages for team in self.plan.task.teams if team.id == shift.team), ())
        return {
            "title": self.say(
                "sheet-shift",
                team=shift.team,
                party=self.parties.get(shift.party, shift.party),
                day=f"{self.say(f'weekday-{shift.day.isoweekday()}')} {self.wording.day(shift.day)}",
            ),
            "away": self.say(
                "sheet-away", leave=self._clock(shift, shift.leave_s), back=self._clock(shift, shift.back_s)
            ),
            "languages": self.say("sheet-languages", languages=enumerated(list(spoken), self.language))
            if spoken
            else "",
            "rows": self._rows(shift),
        }

    def _rows(self, shift: Shift) -> list[dict[str, Any]]:
        rows = []
        for number, leg in enumerate(shift.legs):
            visit = shift.visits[number] if number < len(shift.visits) else None
            rows.append(
                {
                    "to": leg.to_post or self.say("sheet-base"),
                    "leave": self._clock(shift, leg.leave_s),
                    "arrive": self._clock(shift, leg.arrive_s),
                    "km": self.number(leg.metres / 1000, 1),
                    "stay": f"{self._clock(shift, visit.begin_s)}–{self._clock(shift, visit.end_s)}"
                    if visit
                    else "",
                    "with": (visit.with_team or "") if visit else "",
                    "handovers": [
                        f"{self._clock(shift, h.at_s)} {h.from_sector or '–'} → {h.to_sector or '–'}"
                        for h in leg.handovers
                    ],
                }
            )
        return rows

    def _clock(self, shift: Shift, seconds: int) -> str:
        at = instant(seconds).astimezone(self.plan.task.zone)
        later, clock = (at.date() - shift.day).days, at.strftime("%H:%M")
        return self.say("sheet-later", clock=clock, days=self.number(later)) if later else clock


@cache
def _template() -> jinja2.Template:
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("truceline.products.patrol_sheet"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("sheet.html")
