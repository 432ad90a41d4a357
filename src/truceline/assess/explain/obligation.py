"""An obligation: the rule in words with its numbers, what went in, and every report with its factors."""

from __future__ import annotations

from typing import Any

from truceline.accord.model.quote import Quote
from truceline.assess.engine import bound
from truceline.assess.explain.corrections import corrections_of
from truceline.assess.explain.evidence import told
from truceline.assess.explain.inquiry import Inquiry
from truceline.core.instants import isoformat_utc


def explain_obligation(inquiry: Inquiry, id: str) -> dict[str, Any]:
    """The verdict, the provision with its quotes, the rule, its numbers, and the evidence row by row."""
    verdict = inquiry.obligation(id)
    provision: Any = inquiry.standing.provision(id.split("/", 1)[0])
    case = inquiry.bench.case
    data = verdict.as_dict()
    data["details"] = {k: v for k, v in data["details"].items() if k != "contributions"}
    weights = verdict.details.get("contributions", [])
    counted = {weight["observation"] for weight in weights}
    others = [one for one in (*verdict.evidence, *verdict.counter_evidence) if one not in counted]
    window = case.window(provision)
    deadline = case.deadline(provision)
    return {
        "type": "obligation",
        "verdict": data,
        "provision": {
            "id": provision.id,
            "kind": provision.kind,
            "title": case.words.name(provision.id),
            "binds": list(bound(case, provision)),
            "condition": provision.condition,
            "exemptions": [exemption.text for exemption in provision.exemptions],
            "depends_on": list(provision.depends_on),
            "quotes": [quote_as_dict(quote) for quote in provision.quotes],
        },
        "rule": {
            "ruleset": inquiry.ruleset,
            "method": case.words.say(f"rule-{str(provision.kind).replace('_', '-')}"),
            "formula": case.words.say("rule-formula"),
            "numbers": _numbers(inquiry),
        },
        "inputs": {
            "as_of": isoformat_utc(inquiry.as_of),
            "known_at": isoformat_utc(inquiry.known_at),
            "reading": inquiry.reading,
            "from": isoformat_utc(window.start) if window.start else None,
            "until": isoformat_utc(window.end) if window.end else None,
            "due": isoformat_utc(deadline.due) if deadline.due else None,
            "grace_days": deadline.grace_days,
            "observations_considered": inquiry.assessment.observations_considered,
        },
        "evidence": [
            weight
            | {"product": _product(weight["factors"], weight["probability"])}
            | told(inquiry, weight["observation"])
            for weight in weights
        ],
        "also": [{"observation": one} | told(inquiry, one) for one in dict.fromkeys(others)],
        "corrections": [
            told
            for one in dict.fromkeys((id, *verdict.evidence, *verdict.counter_evidence))
            for told in corrections_of(inquiry, one)
        ],
        "reading_dependent": [
            {"interpretation": i.id, "question": i.question}
            for i in inquiry.standing.interpretations
            if i.id in verdict.reading_dependent
        ],
    }


def quote_as_dict(quote: Quote) -> dict[str, Any]:
    """A quote as plain data: source, exact words, start and end in code points, speaker."""
    return {
        name: value
        for name, value in quote.model_dump(mode="json").items()
        if name in ("source", "exact", "start", "end", "speaker") and value is not None
    }


def _product(factors: dict[str, float], probability: float) -> str:
    """The factors multiplied out, as text: ``time 1.00 x party 0.98 x report 0.65 = 0.64``."""
    parts = " x ".join(f"{name} {value:.2f}" for name, value in factors.items())
    return f"{parts} = {probability:.2f}"


def _numbers(inquiry: Inquiry) -> dict[str, Any]:
    rules = inquiry.bench.case.ruleset
    return {
        name: {str(key): number for key, number in value.items()} if hasattr(value, "items") else value
        for name in rules.__dataclass_fields__
        for value in (getattr(rules, name),)
    }
