"""Parties, areas, sources, interpretations, amendments, statements: what they are, what rests on them."""

from __future__ import annotations

from typing import Any

import numpy as np

from truceline.accord.model.base import name_in
from truceline.assess.engine import bound
from truceline.assess.explain.inquiry import Inquiry
from truceline.assess.explain.obligation import quote_as_dict
from truceline.core.instants import isoformat_utc
from truceline.geo.zone import area_m2

_SHOWN = 200


def explain_party(inquiry: Inquiry, id: str) -> dict[str, Any]:
    """A party: its names, the names in the evidence that mean it and why, and how what binds it stands."""
    accord, case = inquiry.standing, inquiry.bench.case
    party = accord.party(id)
    assert party is not None
    names = [
        {
            "name": name,
            "confidence": round(float(match.confidence), 6),
            "reason": getattr(match, "reason", ""),
        }
        for name, match in sorted(case.authors.actors.items())
        if match.party == id
    ]
    under = case.authors.umbrellas_of([id]) | {id}
    return {
        "type": "party",
        "party": party.model_dump(mode="json", exclude_none=True),
        "members": sorted(accord.members_of(id) - {id}),
        "names_in_evidence": names,
        "obligations": [
            _standing(inquiry, provision.id)
            for provision in accord.provisions
            if under.intersection(bound(case, provision))
        ],
    }


def explain_area(inquiry: Inquiry, id: str) -> dict[str, Any]:
    """A zone, place or line: how it was drawn, how well it is known, and the provisions that use it."""
    accord, geometry = inquiry.standing, inquiry.geometry
    part = accord.zone(id) or accord.place(id) or accord.line(id)
    assert part is not None
    result: dict[str, Any] = {"type": "line" if accord.line(id) else "zone" if accord.zone(id) else "place"}
    result["definition"] = part.model_dump(mode="json", exclude_none=True, exclude={"geometry"})
    zone = geometry.zones.get(id)
    if zone is not None:
        least, most = ((0.0 if a.is_empty else area_m2(a)) for a in (zone.min_area, zone.max_area))
        result |= {
            "area_m2": {"min": round(least), "max": round(most)},
            "uncertainty_m": zone.uncertainty_m,
            "approximate": zone.approximate,
        }
    elif id in geometry.lines:
        result["uncertainty_m"] = geometry.line_uncertainty_m.get(id, 0.0)
    if id in geometry.in_force:
        result["in_force"] = geometry.in_force[id]
    lines = {id, *(d.line for z in accord.zones if z.id == id for d in z.derivation)}
    versions = [
        {
            "from": None if period.start is None else isoformat_utc(period.start),
            "to": None if period.end is None else isoformat_utc(period.end),
            "lines": {line: version for line, version in period.geometry.in_force.items() if line in lines},
        }
        for period in geometry.history
    ]
    if any(version["lines"] for version in versions):
        # Which version of its line counts for a report of which time, as known.
        result["versions"] = versions
    for one in inquiry.confirmations:
        if (one.kind, one.id) == (result["type"], id):
            result["confirmation"] = one.as_dict()
    result["drawn"] = id in geometry.zones or id in geometry.places or id in geometry.lines
    result["zones"] = [z.id for z in accord.zones if any(d.line == id for d in z.derivation)]
    uses = ("zone", "place", "area", "line", "from_place", "to_place")
    result["obligations"] = [
        _standing(inquiry, provision.id)
        for provision in accord.provisions
        if any(getattr(provision, name, None) == id for name in uses)
    ]
    return result


def explain_source(inquiry: Inquiry, id: str) -> dict[str, Any]:
    """A source: the document and what quotes it, or who reports, how rated, and how many reports."""
    accord, case = inquiry.standing, inquiry.bench.case
    result: dict[str, Any] = {"type": "source"}
    document = next((source for source in accord.sources if source.id == id), None)
    if document is not None:
        result["document"] = document.model_dump(mode="json", exclude_none=True)
        result["quoted_by"] = [p.id for p in accord.provisions if any(q.source == id for q in p.quotes)]
    names = [name for name in case.evidence.codes("source")[1] if id in (name, case.sources.id_of(name))]
    rated = next((s for s in accord.verification.sources if s.id == case.sources.id_of(id)), None)
    if names or rated is not None:
        codes, values = case.evidence.codes("source")
        wanted = np.array([*(value in names for value in values), False], dtype=bool)
        rows = np.flatnonzero(wanted[codes])
        letter = case.sources.reliability_of(id)
        result |= {
            "names": names,
            "reliability": letter,
            "rated_by_accord": rated is not None,
            "group": case.sources.group_of(id),
            "p_true_unrated_report": round(case.ruleset.truth(letter, 6), 6),
            "soundness": round(case.sources.soundness(case.sources.group_of(id)), 6),
            "observations": len(rows),
            "observation_ids": sorted(case.evidence.ids(rows[:_SHOWN])),
        }
    return result


def explain_interpretation(inquiry: Inquiry, id: str) -> dict[str, Any]:
    """An interpretation or one of its readings: the question, who holds what, and what depends on it."""
    interpretation = next(
        i for i in inquiry.standing.interpretations if id == i.id or id in {r.id for r in i.readings}
    )
    return {
        "type": "interpretation" if interpretation.id == id else "reading",
        "interpretation": interpretation.id,
        "question": interpretation.question,
        "about": list(interpretation.about),
        "adopted": interpretation.adopted,
        "readings": [
            {
                "id": reading.id,
                "text": reading.text,
                "held_by": list(reading.held_by),
                "changes": [change.model_dump(mode="json") for change in reading.changes],
                "quotes": [quote_as_dict(quote) for quote in reading.quotes],
            }
            for reading in interpretation.readings
        ],
        "verdicts_that_depend_on_it": [
            _standing(inquiry, one.id)
            for one in inquiry.assessment.obligations
            if interpretation.id in one.reading_dependent
        ],
    }


def explain_text_part(inquiry: Inquiry, id: str) -> dict[str, Any]:
    """An amendment or a statement, as the accord holds it."""
    accord = inquiry.standing
    for amendment in accord.amendments:
        if amendment.id == id:
            return {"type": "amendment", "amendment": amendment.model_dump(mode="json", exclude_none=True)}
    statement = next(s for s in accord.statements if s.id == id)
    return {"type": "statement", "statement": statement.model_dump(mode="json", exclude_none=True)}


def _standing(inquiry: Inquiry, provision: str) -> dict[str, Any]:
    verdict = inquiry.obligation(provision)
    title = inquiry.standing.provision(provision)
    return {
        "id": provision,
        "title": name_in(title.title, inquiry.language) if title and title.title else provision,
        "status": str(verdict.status),
        "probability": round(verdict.probability, 6),
    }
