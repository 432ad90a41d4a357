"""The whole document: its front, its sections in order, its annex."""

from __future__ import annotations

from truceline.core.bidi import direction
from truceline.core.instants import isoformat_utc, zone_of
from truceline.evidence.permissions import CELL_DEG, DELAY
from truceline.products.mission.blocks import Block, Cell, Code, Document, Paragraph, Terms
from truceline.products.mission.compose.agreement import groups, routes, weapons, zones
from truceline.products.mission.compose.ending import annex, effort, log, method
from truceline.products.mission.compose.movement import movement
from truceline.products.mission.compose.obligations import disputes, obligations
from truceline.products.mission.compose.summary import summary
from truceline.products.mission.compose.violations import violations
from truceline.products.mission.facts import Facts
from truceline.products.mission.periods import Period
from truceline.products.mission.voice import Voice
from truceline.products.report.wording import Wording

TITLE_CHARS = 46


def compose(facts: Facts, *, most_incidents: int | None = None) -> Document:
    """The facts as a document in the language of their report; its annex lists at most so many incidents, and
    tells how many more are counted. Raises KeyError where a message is missing."""
    report = facts.report
    voice = Voice(facts, Wording(report.language, zone_of(report.time_zone)))
    span = voice.span(facts.periods.now)
    return Document(
        title=report.title,
        subtitle=f"{voice.say(f'title-{facts.periods.kind}')}: {span}",
        language=report.language,
        direction=direction(report.language),
        running=voice.say(
            "running", title=_short(report.title), span=voice.span(facts.periods.now, short=True)
        ),
        edition=voice.say(f"edition-{facts.edition}"),
        page_of=voice.say("page-of", page="{page}", pages="{pages}"),
        contents=voice.say("contents"),
        made=voice.say("made-by", generator=report.generator),
        created=int(facts.periods.now.end.timestamp()),
        id=facts.id,
        blocks=(
            *_front(voice),
            *summary(voice),
            *violations(voice),
            *weapons(voice),
            *zones(voice),
            *groups(voice),
            *movement(voice),
            *routes(voice),
            *obligations(voice),
            *disputes(voice),
            *effort(voice),
            *method(voice),
            *log(voice),
            *annex(voice, most_incidents),
        ),
    )


def _short(title: str) -> str:
    return title if len(title) <= TITLE_CHARS else title[:TITLE_CHARS].rsplit(" ", 1)[0] + " …"


def _front(voice: Voice) -> list[Block]:
    facts, report, w = voice.facts, voice.facts.report, voice.w
    snapshot = report.snapshots[-1]

    def period(which: Period) -> str:
        return voice.counted("period-days", which.days(w.zone), span=voice.span(which))

    pairs = [
        (voice.say("edition"), Cell(voice.say(f"edition-{facts.edition}"))),
        (voice.say("period"), Cell(period(facts.periods.now))),
    ]
    if facts.periods.before is not None:
        pairs.append((voice.say("period-before"), Cell(period(facts.periods.before))))
    pairs += [
        (voice.say("cutoff"), Cell(voice.say("cutoff-value", instant=w.instant(snapshot.known_at)))),
        (
            voice.say("data-current"),
            # The day by the accord's clock, as everywhere: an event of the 15th may begin on the 14th in UTC.
            Cell(
                w.day(w.local_day(report.data_current_to)) if report.data_current_to else w.say("fact-none")
            ),
        ),
        (voice.say("time-zone"), Cell(voice.say("time-zone-value", city=w.city, zone=report.time_zone))),
        (
            voice.say("accord-version"),
            Cell(
                w.say(
                    "fact-version",
                    status=w.term("accord-status", report.accord_status),
                    version=str(report.accord_version),
                )
            ),
        ),
        (w.say("fact-ruleset"), Cell(report.ruleset)),
        (w.say("fact-reading"), Cell(report.reading or w.say("fact-reading-adopted"))),
        (voice.say("report-id"), Cell(facts.id, code=True)),
    ]
    blocks: list[Block] = [
        Terms(tuple(pairs)),
        Paragraph(voice.say("neutral"), "note"),
        Paragraph(voice.say("untranslated"), "note"),
    ]
    if facts.edition != "internal":
        degrees = w.number(CELL_DEG, 1)
        hours = w.number(DELAY.total_seconds() / 3600)
        if facts.edition == "public":
            blocks.append(Paragraph(voice.say("withheld-public", degrees=degrees, hours=hours), "note"))
        else:
            blocks.append(Paragraph(voice.say("withheld-parties", degrees=degrees), "note"))
    synthetic = sum(row.synthetic for row in report.evidence)
    if synthetic:
        blocks.append(Paragraph(voice.counted("synthetic-warning", synthetic), "warning"))
    blocks += [
        Paragraph(voice.say("identifiers-hint"), "note"),
        Code(f"truceline explain WORKSPACE {facts.id}:REF --known-at {isoformat_utc(snapshot.known_at)}"),
    ]
    return blocks
