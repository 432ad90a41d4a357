"""Where things stand on the timeline: reports in lanes by family, deadlines, and the dates asked about.

The drawing has its own units (1200 wide); x is time, linear. Reports of one family and day share a mark.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from truceline.products.report.content import EvidenceRow, Report
from truceline.products.report.wording import Wording

WIDTH = 1200.0
LEFT = 132.0
RIGHT = 18.0
LANE_HEIGHT = 34.0
AXIS_HEIGHT = 44.0
DEADLINE_ROW = 18.0
MARGIN = timedelta(days=12)
LABEL_WIDTH = 150.0

LANES = (
    "any_military_action", "presence", "withdrawal", "patrol", "route", "political", "control", "effort",
    "restricted_act", "other",
)  # fmt: skip

Placer = Callable[[datetime], float]


@dataclass(frozen=True, slots=True)
class Mark:
    """Reports of one family and day. `later` are the indices of the snapshots that do not count them."""

    x: float
    y: float
    radius: float
    family: str
    numbers: tuple[int, ...]
    synthetic: bool
    claim: bool
    later: tuple[int, ...]
    label: str


@dataclass(frozen=True, slots=True)
class Lane:
    """One family's row."""

    family: str
    y: float
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Flag:
    """A labelled upright line: a deadline or the signature."""

    x: float
    label_x: float
    label_y: float
    anchor: str
    label: str
    kind: str


@dataclass(frozen=True, slots=True)
class Tick:
    """The start of a month."""

    x: float
    label: str


@dataclass(frozen=True, slots=True)
class Timeline:
    """The drawing: everything in drawing units. `as_ofs` are the x of the snapshots, in their order."""

    width: float
    height: float
    left: float
    right: float
    top: float
    bottom: float
    lanes: tuple[Lane, ...]
    flags: tuple[Flag, ...]
    ticks: tuple[Tick, ...]
    as_ofs: tuple[float, ...]
    outside: int


def counts_at(row: EvidenceRow, as_of: datetime, known_at: datetime) -> bool:
    """Whether a report can count at an as-of: it began before, and was recorded by known-at."""
    return row.occurred_from < as_of and row.recorded_at <= known_at


def later_than(row: EvidenceRow, report: Report) -> tuple[int, ...]:
    """The indices of the snapshots at which the report does not count yet."""
    return tuple(
        index
        for index, snapshot in enumerate(report.snapshots)
        if not counts_at(row, snapshot.as_of, snapshot.known_at)
    )


def lay_out_timeline(report: Report, wording: Wording) -> Timeline | None:
    """The timeline of a report; None where there is neither a snapshot nor a report to draw."""
    if not report.snapshots:
        return None
    start, end = _range(report)
    inner = WIDTH - LEFT - RIGHT

    def place(instant: datetime) -> float:
        return round(LEFT + inner * ((instant - start) / (end - start)), 2)

    flags = tuple(_flags(report, wording, start, end, place))
    rows = max((round(flag.label_y / DEADLINE_ROW) for flag in flags), default=0) + 1
    top = rows * DEADLINE_ROW + 14
    shown = [row for row in report.evidence if start <= row.occurred_from < end]
    lanes = tuple(_lanes(shown, report, wording, place, top))
    bottom = top + LANE_HEIGHT * max(len(lanes), 1)
    return Timeline(
        width=WIDTH,
        height=bottom + AXIS_HEIGHT,
        left=LEFT,
        right=WIDTH - RIGHT,
        top=top,
        bottom=bottom,
        lanes=lanes,
        flags=flags,
        ticks=tuple(_ticks(start, end, wording, place)),
        as_ofs=tuple(place(snapshot.as_of) for snapshot in report.snapshots),
        outside=len(report.evidence) - len(shown),
    )


def _range(report: Report) -> tuple[datetime, datetime]:
    instants = [snapshot.as_of for snapshot in report.snapshots]
    if report.signed is not None:
        instants.append(datetime(report.signed.year, report.signed.month, report.signed.day, tzinfo=UTC))
    return min(instants) - MARGIN, max(instants) + MARGIN


def _lanes(
    rows: list[EvidenceRow], report: Report, wording: Wording, place: Placer, top: float
) -> Iterator[Lane]:
    groups: dict[str, dict[tuple[date, bool, bool], list[EvidenceRow]]] = defaultdict(
        lambda: defaultdict(list)
    )
    for row in rows:
        family = row.family if row.family in LANES else "other"
        groups[family][wording.local_day(row.occurred_from), row.synthetic, row.claim].append(row)
    for index, family in enumerate(family for family in LANES if family in groups):
        y = top + LANE_HEIGHT * (index + 0.5)
        marks = []
        for (_, synthetic, claim), together in sorted(groups[family].items()):
            middle = [row.occurred_from + (row.occurred_to - row.occurred_from) / 2 for row in together]
            marks.append(
                Mark(
                    x=place(min(middle)),
                    # Synthetic reports sit a little lower, so that they hide no real one of the same day.
                    y=round(y + (7 if synthetic else -3), 2),
                    radius=round(min(4.0 + 1.6 * (len(together) - 1) ** 0.5, 10.0), 2)
                    if not synthetic
                    else round(min(2.6 + 0.8 * (len(together) - 1) ** 0.5, 6.0), 2),
                    family=family,
                    numbers=tuple(row.number for row in together),
                    synthetic=synthetic,
                    claim=claim,
                    later=later_than(together[0], report),
                    label=_label(together, wording),
                )
            )
        yield Lane(family=family, y=y, marks=tuple(marks))


def _label(rows: list[EvidenceRow], wording: Wording) -> str:
    first = rows[0]
    what = wording.joined([first.kind_name, *([first.place] if first.place else [])])
    if first.synthetic:
        what += f" ({wording.say('mark-synthetic')})"
    elif first.claim:
        what += f" ({wording.say('mark-claim')})"
    day = wording.span(first.occurred_from, first.occurred_to)
    if len(rows) == 1:
        return wording.say("timeline-mark", day=day, what=what)
    return wording.say("timeline-mark-many", day=day, what=what, count=wording.number(len(rows)))


def _flags(report: Report, wording: Wording, start: datetime, end: datetime, place: Placer) -> Iterator[Flag]:
    deadlines: dict[datetime, set[str]] = defaultdict(set)
    for snapshot in report.snapshots:
        for obligation in snapshot.assessment.obligations:
            if obligation.due is not None and start < obligation.due < end:
                deadlines[obligation.due].add(obligation.id)
    texts: list[tuple[float, str, str]] = []
    if report.signed is not None:
        signed = datetime(report.signed.year, report.signed.month, report.signed.day, 12, tzinfo=UTC)
        day = wording.day(report.signed, short=True)
        texts.append((place(signed), wording.say("timeline-signed", day=day), "signed"))
    for due, ids in sorted(deadlines.items()):
        day = wording.when(due, short=True)
        texts.append((place(due), wording.counted("timeline-deadline", len(ids), day=day), "deadline"))
    # A label goes into the first row where it does not run into the one before it.
    free = [0.0] * (len(texts) + 1)
    for x, label, kind in sorted(texts):
        anchor = "end" if x + LABEL_WIDTH > WIDTH else "start"
        begins = x - LABEL_WIDTH if anchor == "end" else x
        row = next(index for index, until in enumerate(free) if begins >= until)
        free[row] = begins + LABEL_WIDTH + 12
        offset = -5 if anchor == "end" else 5
        yield Flag(x, x + offset, DEADLINE_ROW * (row + 0.75), anchor, label, kind)


def _ticks(start: datetime, end: datetime, wording: Wording, place: Placer) -> Iterator[Tick]:
    months = (end - start).days / 30
    step = next(step for step in (1, 2, 3, 6, 12, 24, 60, 120) if months / step <= 14 or step == 120)
    year, month = start.year, start.month
    while True:
        month += 1
        if month > 12:
            year, month = year + 1, 1
        first = datetime(year, month, 1, tzinfo=UTC)
        if first >= end:
            return
        if (month - 1) % step == 0:
            yield Tick(place(first), wording.month(year, month, short=True))
