"""The sentences that several rules say: time, effort, the strongest reports, how sure, what stays open."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import timedelta
from typing import Any

from truceline.accord.geometry import uncertainty_range_m
from truceline.accord.model.provision import ProvisionPart
from truceline.accord.model.when import When
from truceline.assess.assessment import Reason
from truceline.assess.case import Case
from truceline.assess.columns import Rows, instant_of_us
from truceline.assess.effort import Effort
from truceline.assess.findings import Finding
from truceline.assess.places import Region
from truceline.assess.times import Deadline
from truceline.assess.words import kilometres, probability
from truceline.core.figures import Written

SHOWN = 2
"""How many single reports a verdict tells in words; all of them are in its evidence."""
LISTED = 200
"""How many ids of evidence a verdict lists, the strongest first; `details` counts them all."""
UNCERTAIN_PLACE = 0.9


def deadline(case: Case, due: Deadline, when: When | None) -> Iterator[Reason]:
    """When it is or was due; `when` is what the text says."""
    if due.due is None or due.last is None:
        if when is not None:
            yield case.words.reason("deadline-unknown", anchor=case.words.name(when.after or "date"))
        else:
            yield case.words.reason("no-deadline")
        return
    day = case.words.last_day(due.due)
    if due.passed(case.as_of):
        yield case.words.reason("deadline-passed", day=day, clock=case.words.clock)
        return
    days = max(int((due.last - case.as_of) / timedelta(days=1)), 0)
    if case.as_of >= due.due:
        yield case.words.reason("deadline-grace", day=day, last=case.words.last_day(due.last))
    else:
        yield case.words.reason("deadline-ahead", day=day, clock=case.words.clock, days=days)


def since_start(case: Case, start: Deadline) -> Iterator[Reason]:
    """From when it holds, for what has a start and no end."""
    if start.due is None:
        yield case.words.reason("no-start")
    elif start.due > case.as_of:
        yield case.words.reason("begins-later", day=case.words.day(start.due))
    else:
        yield case.words.reason("holds-since", day=case.words.day(start.due))


def looked(case: Case, effort: Effort, *, seen: bool) -> Iterator[Reason]:
    """Who looked, and who was kept from looking."""
    ids = case.evidence.ids(effort.rows[:LISTED])
    if effort.hours >= case.ruleset.looked_h:
        yield case.words.reason(
            "looked-saw" if seen else "looked-saw-nothing",
            ids,
            hours=round(effort.hours),
            observers=case.words.names(effort.sources),
        )
    elif not seen:
        yield case.words.reason("nobody-looked", ids)
    yield from kept_out(case, effort)


def kept_out(case: Case, effort: Effort) -> Iterator[Reason]:
    """That access was refused or delayed, where it was."""
    if len(effort.refused):
        yield case.words.reason(
            "access-refused", case.evidence.ids(effort.refused[:LISTED]), count=len(effort.refused)
        )


def reports(case: Case, finding: Finding, region: Region | None, message: str) -> Iterator[Reason]:
    """How many reports there are and what they make together (`message`), then the strongest ones."""
    if not finding.reports:
        return
    yield case.words.reason(
        message,
        case.evidence.ids(finding.rows[:LISTED]),
        reports=finding.reports,
        incidents=finding.incidents,
        voices=len(finding.by_group),
        probability=probability(finding.probability),
    )
    for index in range(min(SHOWN, finding.reports)):
        yield one_report(case, finding, index, region)


def one_report(case: Case, finding: Finding, index: int, region: Region | None) -> Reason:
    """One report in words: what, where, when, by whom, who says so, and how probable it is."""
    row = int(finding.rows[index])
    told = told_of(case, row)
    arguments: dict[str, Any] = told | {"probability": probability(float(finding.p[index]))}
    message = "one-report"
    inside = finding.factors.get("inside")
    error_m = case.evidence.numbers("error_m")[row]
    p_inside = float(inside(finding.rows[index : index + 1])[0]) if inside is not None else 1.0
    if region is not None and p_inside < UNCERTAIN_PLACE and error_m > 0:
        message = "one-report-place-uncertain"
        arguments |= {
            "error_km": kilometres(float(error_m)),
            "area": case.words.name(region.id),
            "inside": probability(p_inside),
        }
    elif told["author_known"] == "no":
        message = "one-report-author-unknown"
    return case.words.reason(message, case.evidence.ids([row]), **arguments)


def told_of(case: Case, row: int) -> dict[str, str]:
    """What one row says, in words: kind, place, day, who, source."""
    evidence, words = case.evidence, case.words
    parties = case.authors.parties_at(evidence, row)
    kind, place, source = (evidence.text(name, [row])[0] for name in ("kind", "place", "source"))
    start = instant_of_us(int(evidence.start_us[row]))
    end = instant_of_us(int(evidence.end_us[row]))
    first, last = words.day(start), words.last_day(max(end, start + timedelta(microseconds=1)))
    known = [name for name in parties if name.casefold() != "unknown"]
    return {
        "what": words.kind(kind),
        "place": place or words.say("place-not-given"),
        "day": first if first == last else words.say("day-span", {"first": first, "last": last}),
        "who": words.names(known) if known else words.say("author-unknown"),
        "author_known": "yes" if known else "no",
        "source": source,
    }


def sureness(case: Case, finding: Finding) -> Iterator[Reason]:
    """Whether the finding is possible, probable or confirmed, and what a confirmed one would need."""
    rules = case.ruleset
    if finding.level == "confirmed":
        yield case.words.reason(
            "finding-confirmed", sources=len(finding.sources), names=case.words.names(finding.sources)
        )
    elif finding.probability >= rules.confirmed:
        yield case.words.reason(
            "finding-needs-sources",
            sources=len(finding.sources),
            names=case.words.names(finding.sources) or case.words.say("nobody-named"),
            needed=rules.independent_sources,
        )
    elif finding.level != "none":
        yield case.words.reason(f"finding-{finding.level}", threshold=Written(rules.confirmed, 2))


def area(case: Case, region: Region | None) -> Iterator[Reason]:
    """How well the area itself is known."""
    if region is None:
        return
    name = case.words.name(region.id)
    if not region.drawn:
        yield case.words.reason("area-not-drawn", area=name)
    elif region.uncertainty_m > 0:
        yield case.words.reason("area-approximate", area=name, km=_known_to(case, region))


def _known_to(case: Case, region: Region) -> str:
    """How well the edge is known, km; from what to what where that differs along the line."""
    ends = (region.uncertainty_m,) * 2 if region.line is None else uncertainty_range_m(region.line)
    low, high = (kilometres(end) for end in ends)
    return low if low == high else case.words.between(low, high)


def caveats(case: Case, provision: ProvisionPart) -> Iterator[Reason]:
    """Conditions, exemptions and dependencies of the text that a report cannot show to be fulfilled."""
    if provision.condition:
        yield case.words.reason("condition", text=provision.condition)
    for exemption in provision.exemptions:
        yield case.words.reason("exemption", text=exemption.text)
    for other in provision.depends_on:
        verdict = case.verdict_of(other)
        if verdict is not None:
            status = case.words.say(f"status-{str(verdict.status).replace('_', '-')}")
            yield case.words.reason("depends-on", provision=case.words.name(other), status=status)


def objected(case: Case, rows: Rows) -> Iterator[Reason]:
    """Formal objections that stand."""
    for row in rows[:SHOWN].tolist():
        told = told_of(case, row)
        yield case.words.reason("objection", case.evidence.ids([row]), who=told["who"], day=told["day"])


def said(case: Case, parties: Iterable[str], since: Any) -> Iterator[Reason]:
    """Statements of those who are bound: on record, and no evidence of conduct."""
    rows = case.evidence.rows_by_id(["statement"])
    rows = case.authors.rows_by(case.evidence, rows, parties)
    if since is not None:
        rows = rows[case.evidence.end_us[rows] > int(since.timestamp() * 1e6)]
    if len(rows):
        ids = sorted(case.evidence.ids(rows[:LISTED]))
        yield case.words.reason("statements", ids, count=len(rows))


def contributions(case: Case, finding: Finding, *, against: bool) -> list[dict[str, Any]]:
    """The strongest reports of a finding with their factors multiplied out, as plain data."""
    rows = finding.rows[: case.listed]
    factors = {name: factor(rows).tolist() for name, factor in finding.factors.items()} if len(rows) else {}
    return [
        {
            "observation": id,
            "probability": round(float(finding.p[index]), 6),
            "factors": {name: round(values[index], 6) for name, values in factors.items()},
            "against": against,
        }
        for index, id in enumerate(case.evidence.ids(rows))
    ]
