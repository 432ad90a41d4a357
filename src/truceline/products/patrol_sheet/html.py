"""The printable sheet of a plan: HTML that stands alone and loads nothing."""

from __future__ import annotations

from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

import jinja2

from truceline.patrol.planning.result import Plan, Shift
from truceline.patrol.when import instant


def sheet(plan: Plan, title: str) -> str:
    """The sheet. Times are in the accord's time zone, which is named on it."""
    zone = plan.task.zone
    languages = {team.id: ", ".join(team.languages) for team in plan.task.teams}
    return str(
        _template().render(
            title=title,
            zone=zone.key,
            options=plan.task.options,
            check_in=plan.task.options.check_in_s // 60,
            shifts=[_shift(shift, zone, languages) for shift in plan.shifts],
            uncovered=[one.as_dict() for one in plan.covered if one.why],
            coverage=plan.coverage,
            margin=plan.margin(),
            loss=plan.plain_coverage - plan.coverage,
        )
    )


def _shift(shift: Shift, zone: ZoneInfo, languages: dict[str, str]) -> dict[str, Any]:
    def clock(seconds: int) -> str:
        at = instant(seconds).astimezone(zone)
        later = (at.date() - shift.day).days
        return at.strftime("%H:%M") + (f" +{later}d" if later else "")

    rows = []
    for number, leg in enumerate(shift.legs):
        visit = shift.visits[number] if number < len(shift.visits) else None
        rows.append(
            {
                "to": leg.to_post or "base",
                "leave": clock(leg.leave_s),
                "arrive": clock(leg.arrive_s),
                "km": f"{leg.metres / 1000:.1f}",
                "stay": f"{clock(visit.begin_s)}–{clock(visit.end_s)}" if visit else "",
                "with": (visit.with_team or "") if visit else "",
                "handovers": [
                    f"{clock(h.at_s)} {h.from_sector or '–'} → {h.to_sector or '–'}" for h in leg.handovers
                ],
            }
        )
    return {
        "team": shift.team,
        "party": shift.party,
        "day": f"{shift.day:%a} {shift.day.isoformat()}",
        "languages": languages.get(shift.team, ""),
        "leave": clock(shift.leave_s),
        "back": clock(shift.back_s),
        "rows": rows,
    }


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
