"""Corrections: one of them, and the whole chain of what became of an observation."""

from __future__ import annotations

from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from truceline.assess.explain.inquiry import Inquiry
from truceline.core.instants import isoformat_utc
from truceline.evidence.corrections import Correction, in_order

_LONGEST = 200


def correction_ids(inquiry: Inquiry) -> list[str]:
    """The ids of the corrections that were known."""
    return [one.id for one in _known(inquiry)]


def explain_correction(inquiry: Inquiry, id: str) -> dict[str, Any]:
    """A correction: who, when, why, what it is about, and what became of that since."""
    (one,) = (one for one in _known(inquiry) if one.id == id)
    told: dict[str, Any] = {
        "type": "correction",
        "correction": one.as_dict() | {"signed": _signed(inquiry, one)},
    }
    if one.subject == "observation":
        told["chain"] = chain_of(inquiry, one.target)
        told["adds"] = inquiry.weights_of(one.target)
    return told


def corrections_of(inquiry: Inquiry, id: str) -> list[dict[str, Any]]:
    """The corrections of one thing, in the order recorded."""
    return [
        one.as_dict() | {"signed": _signed(inquiry, one)}
        for one in _known(inquiry)
        if id in (one.target, one.replacement)
    ]


def chain_of(inquiry: Inquiry, id: str) -> list[dict[str, Any]]:
    """All versions of an observation that are linked by replacing one another, and every correction of them,
    in the order recorded. Each version says whether it counts."""
    versions = _versions(inquiry, id)
    standing = inquiry.bench.case.evidence
    told = [
        {
            "recorded_at": isoformat_utc(recorded),
            "observation": one,
            "supersedes": replaces,
            "counts": standing.row_of(one) is not None,
        }
        for one, replaces, recorded in versions
    ]
    ids = {one for one, _, _ in versions}
    told += [one.as_dict() for one in _known(inquiry) if one.target in ids]
    return sorted(told, key=lambda step: (str(step["recorded_at"]), "act" in step))


def why_not(inquiry: Inquiry, id: str) -> dict[str, Any] | None:
    """Why a correction took an observation out; None where none did."""
    last = [one for one in _known(inquiry) if one.target == id and one.act in ("retract", "supersede")]
    if last and last[-1].act == "retract":
        return {
            "counts": False,
            "why": f"{last[-1].author} retracted it: {last[-1].reason}",
            "correction": last[-1].id,
        }
    linked = {version for version, _, _ in _versions(inquiry, id)}
    for one in reversed(_known(inquiry)):
        if one.act == "reinstate" and one.target in linked - {id}:
            return {
                "counts": False,
                "why": f"{one.author} reinstated {one.target} in its place: {one.reason}",
                "correction": one.id,
            }
    return None


def _known(inquiry: Inquiry) -> list[Correction]:
    return in_order(inquiry.judgements.corrections, inquiry.known_at)


def _signed(inquiry: Inquiry, one: Correction) -> bool:
    dispute = inquiry.known_judgements.disputes.get(one.target)
    return any(
        position.signed for position in (dispute.positions if dispute else ()) if position.correction == one
    )


def _versions(inquiry: Inquiry, id: str) -> list[tuple[str, str | None, Any]]:
    """The rows that are linked with an observation, known by then: id, what it replaces, when recorded."""
    rows = inquiry.observations
    limit = pa.scalar(inquiry.known_at, pa.timestamp("us", tz="UTC"))
    found: dict[str, tuple[str, str | None, Any]] = {}
    edge = {id}
    while edge and len(found) < _LONGEST:
        some = pa.array(sorted(edge), pa.string())
        hit = pc.or_(pc.is_in(rows["id"], value_set=some), pc.is_in(rows["supersedes"], value_set=some))
        near = rows.filter(pc.and_(hit, pc.less_equal(rows["recorded_at"], limit)))
        edge = set()
        for row in near.select(["id", "supersedes", "recorded_at"]).to_pylist():
            if row["id"] not in found:
                found[row["id"]] = (row["id"], row["supersedes"], row["recorded_at"])
                edge |= {row["id"], *([row["supersedes"]] if row["supersedes"] else [])}
    return sorted(found.values(), key=lambda version: (version[2], version[0]))
