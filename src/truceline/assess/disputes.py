"""Formal objections: a verdict that a party objects to, or that rests on what it objects to, is disputed.

The rule: while a party's objection stands to the obligation itself, to an observation that the verdict lists,
or to a case's finding that it lists, its status is `disputed`; the probabilities stay as the evidence gives
them. An author's own doubt is told and changes nothing. Both sides are told: who objects, when, on what
document, and what the record says.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from truceline.assess.assessment import Obligation, Reason, Status
from truceline.assess.case import Case
from truceline.assess.inquiries import finding_of
from truceline.assess.reasons import told_of
from truceline.assess.words import probability
from truceline.evidence.disputes import Dispute, Position

SHOWN = 5
"""How many disputes of one verdict are told in words; all of them are in its details."""


def contested(case: Case, verdict: Obligation, disputes: Mapping[str, Dispute]) -> Obligation:
    """The verdict and its parts, with what is said against what they rest on."""
    if not disputes:
        return verdict
    parts = tuple(contested(case, part, disputes) for part in verdict.parts)
    cited = (finding_of(id) for id in (*verdict.evidence, *verdict.counter_evidence))
    ids = dict.fromkeys((verdict.id, *cited))
    about = [disputes[id] for id in ids if id in disputes]
    if not about:
        return replace(verdict, parts=parts)
    reasons = tuple(reason for dispute in about[:SHOWN] for reason in _told(case, verdict, dispute))
    details = verdict.details | {
        "disputes": [dispute.as_dict() for dispute in about],
        "without_objections": {"status": str(verdict.status), "probability": round(verdict.probability, 6)},
    }
    if not any(dispute.formal for dispute in about):
        return replace(verdict, parts=parts, because=(*verdict.because, *reasons), details=details)
    return replace(
        verdict,
        parts=parts,
        status=Status.DISPUTED,
        proposition="fulfilled",
        probability=verdict.p_fulfilled,
        because=(*reasons, *verdict.because),
        details=details,
    )


def _told(case: Case, verdict: Obligation, dispute: Dispute) -> Iterator[Reason]:
    words = case.words
    cited = () if dispute.subject == "obligation" else (dispute.target,)
    about = _about(case, dispute)
    for position in dispute.objections:
        message = "objection-formal" if position.formal else "doubt"
        yield words.reason(message, cited, **_said(case, position), about=about)
    for position in dispute.standing("support"):
        yield words.reason("position-support", cited, **_said(case, position), about=about)
    if dispute.formal and dispute.subject == "obligation":
        status = words.say(f"status-{str(verdict.status).replace('_', '-')}")
        yield words.reason("without-objection", status=status, probability=probability(verdict.probability))
    for position in dispute.standing("undispute"):
        day = words.day(position.correction.recorded_at)
        yield words.reason(
            "objection-withdrawn", cited, who=_who(case, position.holder), day=day, about=about
        )


def _about(case: Case, dispute: Dispute) -> str:
    """What is objected to, in words; of an observation what its source says."""
    row = case.evidence.row_of(dispute.target)
    if dispute.subject != "obligation" and row is not None:
        told = told_of(case, row)
        return case.words.say("dispute-of-report", told)
    return case.words.say("dispute-of-status" if dispute.subject == "obligation" else "dispute-of-finding")


def _said(case: Case, position: Position) -> dict[str, Any]:
    one = position.correction
    return {
        "who": _who(case, position.holder),
        "author": one.author,
        "day": case.words.day(one.recorded_at),
        "signed": "yes" if position.signed else "no",
        "reason": one.reason.rstrip("."),
        "document": one.document or "none",
    }


def _who(case: Case, holder: str) -> str:
    return holder.removeprefix("author:") if holder.startswith("author:") else case.words.name(holder)
