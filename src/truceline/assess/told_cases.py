"""What cases say about a verdict, in its reasons: how they stand, and what inquiries found."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from truceline.assess.assessment import Obligation, Reason
from truceline.assess.case import Case
from truceline.assess.inquiries import finding_of
from truceline.evidence.cases import OVER, CaseFile

SHOWN = 5


def tell_cases(case: Case, verdict: Obligation, cases: Mapping[str, CaseFile]) -> Obligation:
    """The verdict with the cases that name it or an observation that it lists."""
    if not cases:
        return verdict
    cited = {*verdict.evidence, *verdict.counter_evidence}
    about = [
        one for one in cases.values() if verdict.id in one.obligations or cited.intersection(one.observations)
    ]
    if not about:
        return verdict
    reasons = tuple(reason for one in about[:SHOWN] for reason in _told(case, one, cited))
    return replace(
        verdict,
        because=(*verdict.because, *reasons),
        details=verdict.details
        | {
            "cases": [
                {
                    "case": one.id,
                    "state": one.state,
                    "finding": one.finding.said.get("finding_id") if one.finding else None,
                    "result": one.finding.said.get("result") if one.finding else None,
                }
                for one in about
            ]
        },
    )


def _told(case: Case, one: CaseFile, cited: set[str]) -> list[Reason]:
    words = case.words
    finding = one.finding
    if finding is None:
        return [] if one.state in OVER else [words.reason("case-open", case=one.id)]
    result = str(finding.said["result"]).replace("_", "-")
    rows = [id for id in sorted(cited) if finding_of(id) == finding.said["finding_id"]]
    return [
        words.reason(
            "case-finding",
            rows,
            case=one.id,
            day=words.day(finding.at),
            result=words.say(f"finding-result-{result}"),
            rating=f"{finding.said.get('reliability', 'F')}{finding.said.get('credibility', 6)}",
        )
    ]
