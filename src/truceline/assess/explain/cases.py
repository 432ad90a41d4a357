"""Cases, their findings, and the rows that findings add to the evidence."""

from __future__ import annotations

import datetime as dt
from typing import Any

from truceline.assess.explain.inquiry import Inquiry
from truceline.assess.inquiries import finding_of
from truceline.core.instants import isoformat_utc
from truceline.evidence.cases import CaseFile, seen_by


def case_ids(inquiry: Inquiry) -> list[str]:
    """The ids of cases, of their steps and findings, and of the rows that these add."""
    cases = inquiry.bench.case.evidence.cases
    findings = [
        str(s.said["finding_id"]) for case in cases.values() for s in case.steps if s.act == "finding"
    ]
    steps = [f"case_step:{step.seq}" for case in cases.values() for step in case.steps]
    return [*cases, *steps, *findings, *added_rows(inquiry)]


def added_rows(inquiry: Inquiry) -> list[str]:
    """The ids of the rows that inquiries added to the evidence."""
    evidence = inquiry.bench.case.evidence
    return evidence.ids(sorted(evidence.inquiries.confirms)) if evidence.inquiries.confirms else []


def explain_case(inquiry: Inquiry, id: str) -> dict[str, Any]:
    """A case as the parties may see it (also of a step), or a finding: what it says and adds."""
    cases = inquiry.bench.case.evidence.cases
    if id in cases:
        return {"type": "case"} | _case(cases[id])
    if id.startswith("case_step:"):
        (case,) = (c for c in cases.values() if any(f"case_step:{step.seq}" == id for step in c.steps))
        return {"type": "case step", "case": case.id} | _case(case)
    finding = finding_of(id)
    case, step = next(
        (case, step)
        for case in cases.values()
        for step in case.steps
        if step.act == "finding" and step.said["finding_id"] == finding
    )
    counts = case.finding is not None and case.finding.said["finding_id"] == finding
    dispute = inquiry.known_judgements.disputes.get(finding)
    told = {
        "type": "finding",
        "case": case.id,
        "result": step.said["result"],
        "rating": f"{step.said['reliability']}{step.said['credibility']}",
        "at": isoformat_utc(step.at),
        "note": step.said.get("note"),
        "counts": counts,
        "observations": list(case.observations),
        "adds": [weight for row in _rows(inquiry, id, finding) for weight in inquiry.weights_of(row)],
    }
    return told | ({"dispute": dispute.as_dict()} if dispute is not None else {})


def added_row(inquiry: Inquiry, id: str) -> dict[str, Any]:
    """What a row says that a finding added, without what it leaves empty; empty for any other id."""
    evidence = inquiry.bench.case.evidence
    row = evidence.row_of(id)
    if row is None:
        return {}
    values = evidence.table.slice(row, 1).to_pylist()[0]
    return {
        name: isoformat_utc(value) if isinstance(value, dt.datetime) else value
        for name, value in values.items()
        if value not in (None, [])
    }


def _rows(inquiry: Inquiry, id: str, finding: str) -> list[str]:
    return [row for row in added_rows(inquiry) if row == id or (id == finding and finding_of(row) == finding)]


def _case(case: CaseFile) -> dict[str, Any]:
    finding = case.finding
    return {
        "title": case.title,
        "state": case.state,
        "obligations": list(case.obligations),
        "observations": list(case.observations),
        "parties": list(case.parties),
        "finding": finding.said["finding_id"] if finding else None,
        "steps": [step | {"at": isoformat_utc(step["at"])} for step in seen_by(case, "parties")],
    }
