"""`explain`: why, for any id that an output holds: down to the row, the report's words and the quote."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from rapidfuzz import fuzz, process

from truceline.assess.explain.cases import case_ids, explain_case
from truceline.assess.explain.consent import consent_ids, explain_consent, explain_publication
from truceline.assess.explain.corrections import correction_ids, explain_correction
from truceline.assess.explain.evidence import explain_incident, explain_observation
from truceline.assess.explain.inquiry import Inquiry
from truceline.assess.explain.obligation import explain_obligation
from truceline.assess.explain.things import (
    explain_area,
    explain_interpretation,
    explain_party,
    explain_source,
    explain_text_part,
)
from truceline.core.errors import NotFound

__all__ = ["Inquiry", "explain"]

NEAR = 5


def explain(inquiry: Inquiry, id: str) -> dict[str, Any]:
    """What an id stands for and why it is as it is, as plain JSON data with `id` and `type`.

    Accepts the ids of obligations and their parts, observations, incidents, parties, zones, places, lines,
    sources, interpretations, readings, amendments, statements, corrections, cases, their steps and findings,
    proposals, what is confirmed, and published assessments. Raises NotFound with near matches, and what
    `assess` raises.
    """
    accord = inquiry.accord
    for known, told in _tellers(inquiry):
        if id in known:
            return {"id": id} | told(id)
    if inquiry.row_of(id) is not None:
        return {"id": id} | explain_observation(inquiry, id)
    if inquiry.members_of_incident(id):
        return {"id": id} | explain_incident(inquiry, id)
    known_ids = [one for known, _ in _tellers(inquiry) for one in known]
    known_ids += inquiry.some_observation_ids(like=id)
    near = [str(found[0]) for found in process.extract(id, known_ids, scorer=fuzz.WRatio, limit=NEAR)]
    hint = f"did you mean {', '.join(near)}?" if near else None
    raise NotFound(f"nothing in {accord.accord.id} has the id {id!r}", hint=hint, details={"near": near})


Teller = Callable[[str], dict[str, Any]]


def _tellers(inquiry: Inquiry) -> Iterator[tuple[list[str], Teller]]:
    """The ids of every kind of thing that the accord holds, and who tells about it."""
    accord = inquiry.standing

    def bound(tell: Callable[[Inquiry, str], dict[str, Any]]) -> Teller:
        return lambda id: tell(inquiry, id)

    yield inquiry.obligation_ids(), bound(explain_obligation)
    yield [party.id for party in accord.parties], bound(explain_party)
    areas = [id for section, _, _, id in accord.parts() if section in ("zones", "places", "lines")]
    yield areas, bound(explain_area)
    yield inquiry.source_ids(), bound(explain_source)
    readings = [r.id for i in accord.interpretations for r in i.readings]
    yield [*(i.id for i in accord.interpretations), *readings], bound(explain_interpretation)
    others = [id for section, _, _, id in accord.parts() if section in ("amendments", "statements")]
    yield others, bound(explain_text_part)
    yield correction_ids(inquiry), bound(explain_correction)
    yield case_ids(inquiry), bound(explain_case)
    yield consent_ids(inquiry), bound(explain_consent)
    yield [one.id for one in inquiry.publications], bound(explain_publication)
