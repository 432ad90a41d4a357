"""The summary: what was reported, who looked, how the obligations stood, what changed."""

from __future__ import annotations

from truceline.products.mission.blocks import Block, Bullets, Heading
from truceline.products.mission.facts import ALL
from truceline.products.mission.voice import Voice

# The statuses that call for attention come first.
ORDER = (
    "breached", "overdue", "disputed", "unverified", "in_progress", "not_due", "holding", "met_late", "met",
)  # fmt: skip


def summary(voice: Voice) -> list[Block]:
    """The section."""
    return [Heading(1, voice.say("section-summary"), "summary"), Bullets(tuple(_points(voice)))]


def _points(voice: Voice) -> list[str]:
    facts, w = voice.facts, voice.w
    whole = next(one for one in facts.counted if (one.area, one.kind) == (ALL, ALL))
    watched = next(one for one in facts.watched if one.area == ALL)
    first = voice.counted("summary-incidents", whole.now, reports=w.number(whole.reports))
    if whole.before is not None and whole.change is not None:
        first += " " + voice.say(
            "summary-before", before=w.number(whole.before), change=voice.change(whole.change)
        )
    points = [first, voice.counted("summary-deaths", whole.deaths)]
    if watched.hours:
        hours = voice.say(
            "summary-hours",
            hours=w.number(watched.hours, 1),
            days=w.number(watched.days),
            period=w.number(facts.periods.now.days(w.zone)),
        )
    else:
        hours = voice.say("summary-no-hours")
    if watched.before is not None:
        hours += " " + voice.say(
            "summary-hours-before", before=w.number(watched.before, 1 if watched.before else 0)
        )
    points += [hours, voice.counted("summary-access", len(facts.restricted))]
    points.append(_statuses(voice))
    points += _changes(voice)
    points.append(voice.counted("summary-disputes", len(facts.disputed)))
    points += _published(voice)
    return points


def _statuses(voice: Voice) -> str:
    held = [str(one.status) for one in voice.facts.report.snapshots[-1].assessment.obligations]
    told = [
        voice.say("summary-status", number=voice.w.number(held.count(status)), status=voice.status(status))
        for status in ORDER
        if status in held
    ]
    return voice.say("summary-statuses", total=voice.w.number(len(held)), list=voice.w.listed(told))


def _changes(voice: Voice) -> list[str]:
    snapshots = voice.facts.report.snapshots
    if len(snapshots) < 2:
        return []
    before = {one.id: str(one.status) for one in snapshots[0].assessment.obligations}
    changed = [
        voice.say(
            "summary-changed",
            title=title_of(voice, one.id),
            before=voice.status(before[one.id]),
            now=voice.status(str(one.status)),
        )
        for one in snapshots[-1].assessment.obligations
        if one.id in before and before[one.id] != str(one.status)
    ]
    return changed or [voice.say("summary-unchanged")]


def _published(voice: Voice) -> list[str]:
    published, w = voice.facts.published, voice.w
    if published is None:
        return []
    first = voice.counted(
        "summary-published",
        len(published.changed),
        publication=published.id,
        day=w.day(w.local_day(published.recorded_at)),
    )
    return [
        first,
        *(
            voice.say(
                "summary-published-change",
                title=title_of(voice, one.id),
                before=voice.status(one.before[0]),
                p_before=voice.probability(one.before[1]),
                now=voice.status(one.now[0]),
                p_now=voice.probability(one.now[1]),
            )
            for one in published.changed
            if one.before is not None
        ),
    ]


def title_of(voice: Voice, id: str) -> str:
    """What the accord calls an obligation, a part of one with the party that it is of."""
    whole, _, part = id.partition("/")
    provision = voice.facts.report.provision(whole)
    title = (provision.title if provision else None) or whole
    return f"{title} ({voice.party(part)})" if part else title
