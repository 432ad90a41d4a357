"""The obligations with status, probability and reasons, and the disputes about them."""

from __future__ import annotations

from truceline.assess.assessment import Obligation
from truceline.products.mission.blocks import (
    Block,
    Bullets,
    Cell,
    Column,
    Heading,
    Paragraph,
    Quote,
    Table,
)
from truceline.products.mission.compose.summary import title_of
from truceline.products.mission.facts import Disputed
from truceline.products.mission.voice import Voice

MOST_REASONS = 12
QUOTED = 420

# What a reason may say where sources and exact places are withheld: these sentences name neither. What is not
# listed here is left out.
SAYS_NO_SOURCE_OR_PLACE = frozenset(
    {
        "begins-later", "ended", "deadline-ahead", "deadline-grace", "deadline-passed", "deadline-unknown",
        "holds-since", "no-start", "no-deadline", "breach-reports", "ceiling-reports", "weapons-seen",
        "forces-seen", "departure-reports", "done-reports", "undone-reports", "zone-agreed",
        "designation-reports", "patrol-reports", "verification-reports", "route-open-reports",
        "route-closed-reports", "no-reports-due", "no-reports-yet", "no-rule", "relapse", "statements",
        "finding-possible", "finding-probable", "nobody-looked", "access-refused", "area-not-drawn",
        "area-approximate", "condition", "exemption", "altitude-unjudged", "negated", "depends-on",
        "without-objection", "not-every-party", "list-in-force", "list-empty", "named-by-text",
        "designation-missing", "zone-not-agreed", "zone-agreed-partly", "zone-confirmed", "zone-changed",
        "zone-disputed", "zone-partly", "zone-unconfirmed", "zone-needs", "patrols-promised",
        "patrols-missing", "patrols-by", "patrols-proven", "patrols-joint", "patrols-coordinated",
        "patrols-refused", "last-open", "last-closed", "route-criteria", "route-no-word", "route-passage",
        "route-turns", "route-quiet", "route-never-incident", "route-approximate", "synthetic-all",
        "synthetic-some",
    }
)  # fmt: skip


def reasons_of(voice: Voice, obligation: Obligation) -> tuple[list[str], int]:
    """The reasons that this edition may give, and how many it leaves out."""
    if "reporters" not in voice.facts.withheld:
        return [reason.text for reason in obligation.because], 0
    told = [reason.text for reason in obligation.because if reason.message in SAYS_NO_SOURCE_OR_PLACE]
    return told, len(obligation.because) - len(told)


def obligations(voice: Voice) -> list[Block]:
    """A table of all, then each with the words of the agreement and the reasons."""
    found = voice.facts.report.snapshots[-1].assessment.obligations
    blocks: list[Block] = [
        Heading(1, voice.say("section-obligations"), "obligations"),
        Paragraph(voice.say("obligations-hint"), "note"),
        _table(voice, found),
    ]
    for one in found:
        blocks += _one(voice, one)
    return blocks


def _table(voice: Voice, found: tuple[Obligation, ...]) -> Table:
    snapshots, w = voice.facts.report.snapshots, voice.w
    before = (
        {one.id: str(one.status) for one in snapshots[0].assessment.obligations} if len(snapshots) > 1 else {}
    )
    columns = [
        Column(voice.say("column-obligation"), share=10),
        Column(voice.say("column-status"), share=9),
        *([Column(voice.say("column-status-before"), share=9)] if before else []),
        Column(voice.say("column-probability"), "end", 6),
        Column(voice.say("column-due"), share=6),
        Column(voice.say("column-hours"), "end", 5),
        Column(voice.say("column-ref"), share=10),
    ]
    rows = []
    for one in found:
        base = f"obligations/{one.id}/probability"
        cells = [Cell(title_of(voice, one.id)), Cell(w.term("status", str(one.status)), strong=True)]
        if before:
            cells.append(Cell(w.term("status", before[one.id]) if one.id in before else ""))
        cells += [
            Cell(voice.probability(one.probability), figure=base),
            Cell(w.day(w.last_day(one.due), short=True) if one.due else voice.say("due-none")),
            Cell(w.number(one.effort_h)),
            voice.ref(base),
        ]
        rows.append(tuple(cells))
    return Table(voice.say("obligations-table"), tuple(columns), tuple(rows))


def _one(voice: Voice, one: Obligation) -> list[Block]:
    w = voice.w
    provision = voice.facts.report.provision(one.id)
    blocks: list[Block] = [Heading(2, title_of(voice, one.id))]
    for quote in (provision.quotes if provision else ())[:1]:
        source = w.joined(
            [quote.source_title, *([w.day(quote.published)] if quote.published else []),
             *([w.say("said-by", speaker=quote.speaker)] if quote.speaker else [])]
        )  # fmt: skip
        blocks.append(Quote(_cut(quote.exact), quote.language, source))
    blocks.append(
        Paragraph(
            voice.say(
                "probability-of",
                status=w.term("status", str(one.status)),
                probability=voice.probability(one.probability),
                fulfilled=voice.probability(one.p_fulfilled),
                breached=voice.probability(one.p_breached),
            )
            + f". {w.claim(one.proposition, one.probability)}."
        )
    )
    told, withheld = reasons_of(voice, one)
    if told:
        blocks += [Heading(3, voice.say("reasons")), Bullets(tuple(told[:MOST_REASONS]))]
    if withheld:
        blocks.append(Paragraph(voice.counted("reasons-withheld", withheld), "small"))
    if one.reading_dependent:
        questions = {question.id: question.question for question in voice.facts.report.questions}
        named = w.joined(questions.get(id, id) for id in one.reading_dependent)
        blocks.append(Paragraph(voice.say("reading-matters", questions=named), "note"))
    return blocks


def _cut(text: str) -> str:
    return text if len(text) <= QUOTED else text[:QUOTED].rsplit(" ", 1)[0] + " …"


def disputes(voice: Voice) -> list[Block]:
    """Every dispute with the positions on it, and the cases under inquiry."""
    blocks: list[Block] = [Heading(1, voice.say("section-disputes"), "disputes")]
    if not voice.facts.disputed:
        blocks.append(Paragraph(voice.say("disputes-none")))
    for one in voice.facts.disputed:
        blocks += [
            Heading(2, voice.say("dispute-about", title=_about(voice, one))),
            Bullets(tuple(_stands(voice, one))),
        ]
    cases = voice.facts.report.cases
    if cases:
        blocks += [Heading(2, voice.say("cases-table")), Paragraph(voice.w.say("cases-hint"), "note")]
        told = []
        for case in cases:
            words = [voice.w.term("case", case.state)]
            if case.result:
                words.append(voice.w.term("case-result", case.result))
            told.append(f"{case.title} ({case.id}): {voice.w.joined(words)}")
        blocks.append(Bullets(tuple(told)))
    return blocks


def _about(voice: Voice, one: Disputed) -> str:
    if one.subject == "observation" or one.subject == "finding":
        return one.title
    return title_of(voice, one.title)


def _stands(voice: Voice, one: Disputed) -> list[str]:
    told = []
    for stand in one.positions:
        who = voice.party(stand.party) if stand.party else voice.say("author-position")
        sentence = voice.say(
            f"stand-{stand.act}",
            party=who,
            day=voice.w.day(voice.w.local_day(stand.when)),
            signed="yes" if stand.signed else "no",
        )
        if stand.reason:
            sentence += " " + voice.say("stand-reason", reason=stand.reason)
        told.append(sentence)
    if len({stand.party for stand in one.positions}) == 1:
        told.append(voice.say("one-sided"))
    return told
