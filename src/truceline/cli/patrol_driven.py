"""Planned and driven, on the terminal: every shift in a row, and the counts by party."""

from __future__ import annotations

from collections import Counter

from rich.markup import escape
from rich.table import Table

from truceline.cli.output import stdout
from truceline.patrol.against_plan.driven import Driven
from truceline.patrol.against_plan.tally import MADE, counts_of

SIGNS = {
    "shown": ("●", "green"), "shown_in_part": ("◐", "yellow"), "doubtful": ("?", "magenta"),
    "no_track": ("○", "red"),
}  # fmt: skip


def show_driven(found: Driven) -> None:
    """Prints the comparison."""
    table = Table("", "day", "team", "track", "planned", "made", "late, min", "not made, and why not known")
    for shift in found.shifts:
        sign, colour = SIGNS[shift.standing]
        late = [one.late_s / 60 for one in shift.visits if one.late_s is not None and one.late_s > 0]
        rest = Counter(one.state for one in shift.visits if one.state not in MADE)
        table.add_row(
            f"[{colour}]{sign}[/{colour}]",
            shift.planned.day.isoformat(),
            escape(shift.planned.team),
            escape(shift.track or "none"),
            str(len(shift.visits)),
            str(sum(one.state in MADE for one in shift.visits)),
            f"{max(late):.0f}" if late else "",
            ", ".join(f"{count} {state.replace('_', ' ')}" for state, count in rest.items()),
        )
    stdout.print(table)
    for party, row in counts_of(found)["parties"].items():
        visits, checks, pairs = row["visits"], row["check_ins"], row["with_the_other"]
        stdout.print(
            f"{party}: {visits['made']} of {visits['planned']} planned visits made, {visits['on_time']} in "
            f"time, {visits['not_made']} not made; median delay {row['late_min']['median']:g} min; "
            f"check-ins kept {checks['kept']} of {checks['planned']} ({checks['unclear']} unclear)"
            + (f"; with the other party {pairs['kept']} of {pairs['planned']}" if pairs["planned"] else ""),
            markup=False,
            soft_wrap=True,
        )
    if found.unplanned:
        stdout.print(f"Of no planned shift: {', '.join(found.unplanned[:5])}", markup=False, soft_wrap=True)
