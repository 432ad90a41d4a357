"""What closes the report: who looked, the method, the log and how to verify it, the annex of incidents."""

from __future__ import annotations

from collections import Counter

from truceline.products.mission.blocks import (
    Block,
    Bullets,
    Cell,
    Code,
    Column,
    Heading,
    PageBreak,
    Paragraph,
    Table,
    Terms,
)
from truceline.products.mission.facts import ALL, UNPLACED
from truceline.products.mission.voice import Voice
from truceline.products.report.content import EvidenceRow

STATUSES = (
    "not_due", "in_progress", "met", "met_late", "overdue", "unverified", "holding", "breached", "disputed",
)  # fmt: skip

ON_THE_PAGE = 12
"""A longer annex begins a page of its own."""


def effort(voice: Voice) -> list[Block]:
    """Hours, posts and days by area: what could not be seen."""
    facts = voice.facts
    compared = facts.periods.before is not None
    columns = [
        Column(voice.say("column-area"), share=8),
        Column(voice.say("column-hours-now"), "end", 5),
        *([Column(voice.say("column-hours-before"), "end", 5)] if compared else []),
        Column(voice.say("column-days"), "end", 5),
        Column(voice.say("column-posts"), "end", 5),
        Column(voice.say("column-ref"), share=8),
    ]
    rows = []
    for one in facts.watched:
        base = f"effort/{one.area}"
        cells = [
            Cell(voice.area(one.area), strong=one.area == ALL),
            voice.number(one.hours, f"{base}/hours", 1),
        ]
        if compared:
            cells.append(voice.number(one.before or 0.0, f"{base}/hours/before", 1))
        cells += [
            voice.number(one.days, f"{base}/days"),
            voice.number(one.posts, f"{base}/posts"),
            voice.ref(f"{base}/hours"),
        ]
        rows.append(tuple(cells))
    unplaced = next((one.now for one in facts.counted if (one.area, one.kind) == (UNPLACED, ALL)), 0)
    return [
        Heading(1, voice.say("section-effort"), "effort"),
        Paragraph(voice.say("effort-hint"), "note"),
        Table(voice.say("effort-table"), tuple(columns), tuple(rows)),
        Bullets(
            (
                voice.counted("effort-access", len(facts.restricted)),
                voice.counted("effort-unplaced", unplaced),
            )
        ),
    ]


def method(voice: Voice) -> list[Block]:
    """How everything was judged, and from which sources."""
    facts, w = voice.facts, voice.w
    report = facts.report
    probable, confirmed = report.thresholds
    blocks: list[Block] = [
        Heading(1, voice.say("section-method"), "method"),
        Paragraph(w.say("method-verdict", ruleset=report.ruleset)),
        Paragraph(voice.say("method-counting", city=w.city, zone=report.time_zone)),
        Paragraph(voice.say("method-place")),
        Paragraph(w.say("method-silence") + " " + voice.say("method-unseen")),
        Paragraph(
            w.say("method-thresholds", probable=w.percent(probable), confirmed=w.percent(confirmed))
            + " "
            + w.say("likelihood-scale")
        ),
        Paragraph(voice.say("method-languages")),
        Heading(2, w.say("legend-statuses")),
        Terms(
            tuple(
                (w.term("status", status), Cell(w.say(f"status-meaning-{status}")))
                for status in STATUSES
            )
        ),
    ]  # fmt: skip
    if "reporters" not in facts.withheld:
        blocks += _sources(voice)
    return blocks


def _sources(voice: Voice) -> list[Block]:
    facts, w = voice.facts, voice.w
    members = [row for row in facts.report.evidence if not (row.retracted or row.superseded)]
    reports = Counter(row.source for row in members)
    rating: dict[str, str] = {}
    for row in members:
        rating.setdefault(
            row.source, w.say("rated", rating=row.reliability) if row.reliability else w.say("rating-none")
        )
    blocks: list[Block] = []
    if reports:
        rows = tuple(
            (Cell(source), Cell(rating[source]), Cell(w.number(number)))
            for source, number in sorted(reports.items(), key=lambda item: (-item[1], item[0]))
        )
        columns = (
            Column(voice.say("column-source"), share=4),
            Column(voice.say("column-rating"), share=2),
            Column(voice.say("column-reports"), "end", 1),
        )
        blocks.append(Table(voice.say("sources-table"), columns, rows))
    if facts.report.inputs:
        rows = tuple(
            (
                Cell(one.name),
                Cell(w.number(one.rows) if one.rows is not None else ""),
                Cell(one.sha256 or "", code=True),
            )
            for one in facts.report.inputs
        )
        columns = (
            Column(voice.say("column-file"), share=2),
            Column(voice.say("column-rows"), "end", 1),
            Column(voice.say("column-digest"), share=4),
        )
        blocks.append(Table(voice.say("inputs-table"), columns, rows, small=True))
    return blocks


def log(voice: Voice) -> list[Block]:
    """The signed head of the log, and the commands that verify it."""
    head = voice.facts.head
    blocks: list[Block] = [Heading(1, voice.say("section-log"), "log")]
    if head is None:
        return [*blocks, Paragraph(voice.say("log-none"))]
    blocks += [
        Paragraph(voice.say("log-hint")),
        Terms(
            (
                (voice.say("log-origin"), Cell(head.origin, code=True)),
                (voice.say("log-size"), Cell(voice.w.number(head.size))),
                (voice.say("log-root"), Cell(head.root, code=True)),
                *((voice.say("log-key"), Cell(key, code=True)) for key in head.keys),
            )
        ),
    ]
    if head.note:
        blocks += [Heading(2, voice.say("log-head")), Code(head.note)]
    else:
        blocks.append(Paragraph(voice.say("log-unsigned"), "note"))
    return [
        *blocks,
        Paragraph(voice.say("log-verify")),
        Code(
            "truceline log verify WORKSPACE\n"
            "truceline log prove WORKSPACE ID -o proof.json\n"
            "python verify.py proof.json"
        ),
    ]


def annex(voice: Voice, most: int | None = None) -> list[Block]:
    """Every incident of the period by its first report; at most so many, the earliest."""
    facts = voice.facts
    listed = facts.incidents[:most]
    blocks: list[Block] = [Heading(1, voice.say("section-incidents"), "incidents")]
    if len(listed) > ON_THE_PAGE:
        blocks.insert(0, PageBreak())
    whole = next(one for one in facts.counted if (one.area, one.kind) == (ALL, ALL))
    if not facts.incidents:
        return [*blocks, Paragraph(voice.say("none-in-period"))]
    columns = (
        Column(voice.say("column-number"), "end", 5),
        Column(voice.say("column-when"), share=10),
        Column(voice.say("column-what"), share=12),
        Column(voice.say("column-where"), share=12),
        Column(voice.say("column-by"), share=10),
        Column(voice.say("column-tells"), share=20),
        Column(voice.say("column-ref"), share=13),
    )
    rows = tuple(_incident(voice, number, members) for number, members in enumerate(listed, start=1))
    blocks.append(Table(voice.say("incidents-table"), columns, rows, small=True))
    if whole.now > len(listed):
        blocks.append(Paragraph(voice.counted("incidents-omitted", whole.now - len(listed)), "note"))
    return blocks


def _incident(voice: Voice, number: int, members: tuple[EvidenceRow, ...]) -> tuple[Cell, ...]:
    w, first = voice.w, members[0]
    place = first.place or (_cell(voice, first) if first.located else voice.say("place-none"))
    if first.located and first.error_m and first.place:
        place = f"{place} ({w.say('within-km', km=w.km(first.error_m))})"
    words = [first.report or ""]
    if len(members) > 1:
        words.append(w.counted("mark-incident", len(members)))
    if first.synthetic:
        words.append(w.say("mark-synthetic"))
    if first.disputed:
        words.append(w.say("mark-disputed"))
    if "reporters" not in voice.facts.withheld:
        words.append(first.source)
    return (
        Cell(w.number(number)),
        Cell(w.span(first.occurred_from, first.occurred_to)),
        Cell(first.kind_name),
        Cell(place),
        Cell(w.joined(first.actors) if first.actors else w.say("nobody")),
        Cell(" · ".join(word for word in words if word)),
        voice.ref(first.id),
    )


def _cell(voice: Voice, row: EvidenceRow) -> str:
    """The middle of the cell of a report whose place is not given exactly."""
    return voice.say(
        "place-cell", place=f"{voice.w.number(row.lat or 0.0, 2)}° / {voice.w.number(row.lon or 0.0, 2)}°"
    )
