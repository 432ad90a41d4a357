"""Published assessments: what is recorded of one, and how and why a later one differs from it. Pure."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import rfc8785

from truceline.assess.assessment import Assessment, Obligation
from truceline.assess.explain.inquiry import Inquiry
from truceline.assess.inquiries import finding_of
from truceline.core.instants import isoformat_utc
from truceline.evidence.records import Publication

FORM = "truceline-assessment/1"
_PROBABILITIES = ("probability", "p_fulfilled", "p_breached")
NOTABLE = 0.005
"""A probability that moved by less than this is not told as a change: it is printed to two decimals."""


def content_of(assessment: Assessment, accord_sha256: str, reports: Sequence[Mapping[str, Any]] = ()) -> str:
    """What is recorded of a published assessment: RFC 8785 JSON of what was asked, and each obligation's
    status, probabilities and evidence; where reports were written of it, each file's digest."""
    document: dict[str, Any] = {
        "form": FORM,
        "accord": assessment.accord,
        "accord_version": assessment.accord_version,
        "accord_sha256": accord_sha256,
        "as_of": isoformat_utc(assessment.as_of),
        "known_at": isoformat_utc(assessment.known_at),
        "ruleset": assessment.ruleset,
        "reading": assessment.reading,
        "obligations": [_told(one) for whole in assessment.obligations for one in (whole, *whole.parts)],
    }
    if reports:
        document["reports"] = [dict(one) for one in reports]
    return rfc8785.dumps(document).decode()


def changes_since(inquiry: Inquiry, published: Publication, accord_sha256: str) -> dict[str, Any]:
    """What differs from a published assessment, obligation by obligation, and why, as plain JSON data.

    The reasons are what was recorded after the published known-at and touches the obligation: new evidence,
    corrections and objections, steps of cases, signatures; another accord, date, reading or ruleset.
    """
    before = json.loads(published.content)
    then = {one["id"]: one for one in before["obligations"]}
    now = {one.id: one for whole in inquiry.assessment.obligations for one in (whole, *whole.parts)}
    asked = {
        name: {"from": before[name], "to": value}
        for name, value in (
            ("accord_sha256", accord_sha256),
            ("as_of", isoformat_utc(inquiry.as_of)),
            ("reading", inquiry.reading),
            ("ruleset", inquiry.ruleset),
        )
        if before[name] != value
    }
    changed = []
    for id, one in now.items():
        old = then.get(id)
        new = _told(one)
        if old is not None and not _differs(old, new):
            continue
        changed.append(
            {
                "id": id,
                "from": _short(old),
                "to": _short(new),
                "why": _why(inquiry, published, old or {"evidence": [], "counter_evidence": []}, one, asked),
            }
        )
    return {
        "publication": published.id,
        "sha256": published.sha256,
        "recorded_at": isoformat_utc(published.recorded_at),
        "author": published.author,
        "as_of": before["as_of"],
        "known_at": before["known_at"],
        "asked_otherwise": asked,
        "changed": changed,
        "gone": [id for id in then if id not in now],
    }


def _told(one: Obligation) -> dict[str, Any]:
    return {
        "id": one.id,
        "status": str(one.status),
        "probability": round(one.probability, 6),
        "p_fulfilled": round(one.p_fulfilled, 6),
        "p_breached": round(one.p_breached, 6),
        "finding": one.finding,
        "evidence": list(one.evidence),
        "counter_evidence": list(one.counter_evidence),
    }


def _differs(old: Mapping[str, Any], new: Mapping[str, Any]) -> bool:
    moved = any(abs(old[name] - new[name]) >= NOTABLE for name in _PROBABILITIES)
    return moved or old["status"] != new["status"]


def _short(one: Mapping[str, Any] | None) -> dict[str, Any] | None:
    if one is None:
        return None
    return {name: one[name] for name in ("status", *_PROBABILITIES)}


def _why(
    inquiry: Inquiry,
    published: Publication,
    old: Mapping[str, Any],
    now: Obligation,
    asked: Mapping[str, Any],
) -> dict[str, Any]:
    """What was recorded since, or asked otherwise, and touches this obligation; only what there is."""
    before = {*old["evidence"], *old["counter_evidence"]}
    after = {*now.evidence, *now.counter_evidence}
    about = {now.id, *before, *after, *map(finding_of, after)}
    since = inquiry.known_judgements
    new_rows = [id for id in sorted(after - before) if _recorded_since(inquiry, id, published)]
    corrections = [
        one.id
        for one in since.corrections
        if one.recorded_at > published.known_at and {one.target, one.replacement} & about
    ]
    cases = inquiry.bench.case.evidence.cases
    touching = {
        id
        for id, case in cases.items()
        if now.id.partition("/")[0] in case.obligations or about.intersection(case.observations)
    }
    steps = [
        f"case_step:{step.seq}"
        for step in since.steps
        if step.case in touching and step.recorded_at > published.known_at
    ]
    signatures = [
        one.id
        for one in inquiry.designated
        if any(instant > published.known_at for _, _, instant in one.steps)
        and _signs(inquiry, one.subject.kind, one.subject.id, now)
    ]
    reasons = {
        "new_evidence": new_rows,
        "no_longer_listed": sorted(before - after),
        "corrections": corrections,
        "case_steps": steps,
        "signatures": signatures,
        "asked_otherwise": sorted(asked),
    }
    return {name: value for name, value in reasons.items() if value}


def _recorded_since(inquiry: Inquiry, id: str, published: Publication) -> bool:
    row = inquiry.row_of(id)
    if row is None:
        return False
    recorded = inquiry.observations["recorded_at"][row]
    limit = pa.scalar(published.known_at, pa.timestamp("us", tz="UTC"))
    return bool(pc.greater(recorded, limit).as_py())


def _signs(inquiry: Inquiry, kind: str, id: str, now: Obligation) -> bool:
    """Whether what was signed is the obligation's own list, or the zone that it names."""
    provision: Any = inquiry.standing.provision(now.id.partition("/")[0])
    return id in (now.id, getattr(provision, "zone", None), getattr(provision, "designation", None)) and (
        kind in ("designation", "zone")
    )


def last_published(publications: Iterable[Publication]) -> Publication | None:
    """The one that was recorded last."""
    return max(publications, key=lambda one: (one.recorded_at, one.seq), default=None)
