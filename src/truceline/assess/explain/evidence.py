"""An observation or an incident: what the row says, where it stands, and what it adds to which verdict."""

from __future__ import annotations

import datetime as dt
from typing import Any

import numpy as np
import pyarrow.compute as pc

from truceline.assess.explain.cases import added_row
from truceline.assess.explain.corrections import chain_of, why_not
from truceline.assess.explain.inquiry import Inquiry
from truceline.core.instants import isoformat_utc

_SKIPPED = frozenset({"geometry", "digest", "details"})


def row_as_dict(inquiry: Inquiry, row: int) -> dict[str, Any]:
    """Everything that a row of `observations` says, without what it leaves empty."""
    values = inquiry.observations.slice(row, 1).to_pylist()[0]
    return {
        name: isoformat_utc(value) if isinstance(value, dt.datetime) else value
        for name, value in values.items()
        if name not in _SKIPPED and value not in (None, [])
    }


def told(inquiry: Inquiry, id: str) -> dict[str, Any]:
    """An observation in short: its words, its original, its source and rating."""
    row = inquiry.row_of(id)
    values = added_row(inquiry, id) if row is None else row_as_dict(inquiry, row)
    names = (
        "kind", "place", "lon", "lat", "error_m", "occurred_from", "occurred_to", "actors", "targets",
        "count", "source", "reliability", "credibility", "claim", "synthetic", "report", "quote",
        "origin_file", "origin_row", "origin_sha256", "origin_url",
    )  # fmt: skip
    return {name: values[name] for name in names if name in values}


def explain_observation(inquiry: Inquiry, id: str) -> dict[str, Any]:
    """An observation: the row, whether it stands, its incident, what its names mean, what it adds."""
    row = inquiry.row_of(id)
    assert row is not None
    case = inquiry.bench.case
    standing = case.evidence.row_of(id)
    names: list[str] = []
    if standing is not None:
        for lists in (case.evidence.actor_lists, case.evidence.target_lists):
            names += lists.of_row(standing)
    result: dict[str, Any] = {
        "type": "observation",
        "observation": row_as_dict(inquiry, row),
        "stands": _stands(inquiry, row, standing),
        "names": {name: _meaning(inquiry, name) for name in dict.fromkeys(names)},
        "adds": inquiry.weights_of(id),
    }
    chain = chain_of(inquiry, id)
    if len(chain) > 1:
        result["chain"] = chain
    dispute = inquiry.known_judgements.disputes.get(id)
    if dispute is not None:
        result["dispute"] = dispute.as_dict()
    if standing is not None:
        result["report_true"] = round(float(case.sources.p_true(case.evidence, np.array([standing]))[0]), 6)
        result["incident"] = inquiry.incident_of(standing)
        result["same_incident"] = [one for one in inquiry.same_incident(standing) if one != id]
        if inquiry.incidents is not None:
            result["linked_because"] = inquiry.incidents.reasons(id)
    return result


def explain_incident(inquiry: Inquiry, id: str) -> dict[str, Any]:
    """An incident: its reports, why they were linked, and what they add to which verdict."""
    members = inquiry.members_of_incident(id)
    reasons = (
        list(dict.fromkeys(reason for one in members for reason in inquiry.incidents.reasons(one)))
        if inquiry.incidents is not None
        else []
    )
    return {
        "type": "incident",
        "observations": [{"id": one} | told(inquiry, one) for one in members],
        "linked_because": reasons,
        "adds": [weight for one in members for weight in inquiry.weights_of(one)],
    }


def _stands(inquiry: Inquiry, row: int, standing: int | None) -> dict[str, Any]:
    observations = inquiry.observations
    recorded = observations["recorded_at"][row].as_py()
    if recorded > inquiry.known_at:
        return {"counts": False, "why": f"it was recorded after {isoformat_utc(inquiry.known_at)}"}
    if standing is None:
        corrected = why_not(inquiry, observations["id"][row].as_py())
        if corrected is not None:
            return corrected
        id = observations["id"][row].as_py()
        later = observations.filter(pc.equal(observations["supersedes"], id))["id"].to_pylist()
        if later:
            return {"counts": False, "why": "a later entry replaces it", "superseded_by": later}
        return {"counts": False, "why": "its source withdrew it"}
    if observations["occurred_from"][row].as_py() >= inquiry.as_of:
        return {"counts": False, "why": f"it begins after {isoformat_utc(inquiry.as_of)}"}
    return {"counts": True}


def _meaning(inquiry: Inquiry, name: str) -> dict[str, Any]:
    match = inquiry.bench.case.authors.actors.get(name)
    if match is None:
        return {"party": None, "confidence": 0.0}
    return {
        "party": match.party,
        "confidence": round(float(match.confidence), 6),
        "reason": str(getattr(match, "reason", "")),
    }
