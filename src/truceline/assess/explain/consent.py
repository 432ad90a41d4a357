"""Proposals that parties sign, how what is in use is confirmed, and assessments that were published."""

from __future__ import annotations

import json
from typing import Any

from truceline.assess.explain.inquiry import Inquiry
from truceline.core.instants import isoformat_utc


def consent_ids(inquiry: Inquiry) -> list[str]:
    """The ids of proposals, and the names of the subjects that are confirmed."""
    return [*(one.id for one in inquiry.designated), *(f"{c.kind}:{c.id}" for c in inquiry.confirmations)]


def explain_consent(inquiry: Inquiry, id: str) -> dict[str, Any]:
    """A proposal: what it is about and each party's steps; or a subject: how it is confirmed, by which."""
    for confirmation in inquiry.confirmations:
        if f"{confirmation.kind}:{confirmation.id}" == id:
            about = [one for one in inquiry.designated if one.subject.name == id]
            proposals = [
                {"proposal": one.id, "digest": one.subject.value, "stands": dict(one.stands)} for one in about
            ]
            return {"type": "subject", "confirmation": confirmation.as_dict(), "proposals": proposals}
    (proposal,) = (one for one in inquiry.designated if one.id == id)
    return {
        "type": "proposal",
        "subject": proposal.subject.name,
        "value": proposal.subject.value,
        "proposed_at": isoformat_utc(proposal.proposed_at),
        "consented_by": list(proposal.consented_by()),
        "objected_by": list(proposal.objected_by()),
        "steps": [
            {"act": act, "party": party, "recorded_at": isoformat_utc(instant)}
            for act, party, instant in proposal.steps
        ],
    }


def explain_publication(inquiry: Inquiry, id: str) -> dict[str, Any]:
    """A published assessment as it was recorded."""
    (published,) = (one for one in inquiry.publications if one.id == id)
    return {
        "type": "publication",
        "recorded_at": isoformat_utc(published.recorded_at),
        "author": published.author,
        "sha256": published.sha256,
        "assessment": json.loads(published.content),
    }
