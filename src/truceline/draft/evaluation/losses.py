"""What is lost where: every fault of kind, bound party and deadline under the one reason that explains it.

Totals (`truceline.draft.evaluation.scoring`) say how much is lost; this says in which step of drafting, so
that work goes where it pays. The counts are of the same pairing of gold and predicted provisions.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from truceline.draft.evaluation.alignment import matches, overlap_of, quotes_of, spans_in, verbatim
from truceline.draft.evaluation.gold import GoldProvision, GoldText
from truceline.draft.evaluation.scoring import pairing
from truceline.draft.evaluation.values import (
    Moment,
    People,
    gold_moments,
    predicted_moments,
    same_moment,
    same_name,
)

# The reasons, in the order in which a page tells them.
REASONS = {
    "provisions missed: nothing was found there": "kind",
    "provisions missed: what was found there answers another (two or more in one clause)": "kind",
    "provisions read as 'other'": "kind",
    "provisions of kind 'other' read as another": "kind",
    "provisions read as another kind": "kind",
    "provisions invented where there is none": "kind",
    "provisions invented: a second one for one that is there": "kind",
    "bound missed: in a provision that was missed": "bound",
    "bound missed: the text's party was not recognised at all": "bound",
    "bound missed: nobody was named": "bound",
    "bound missed: another was named": "bound",
    "bound missed: some were named, not all": "bound",
    "bound wrong: in a provision that was invented": "bound",
    "bound wrong: in place of the right one": "bound",
    "bound wrong: beside the right ones": "bound",
    "bound wrong: the annotation leaves it open": "bound",
    "deadline missed: in a provision that was missed": "deadline",
    "deadline missed: none was found": "deadline",
    "deadline missed: another was found": "deadline",
    "deadline wrong: in a provision that was invented": "deadline",
    "deadline wrong: in place of the right one": "deadline",
    "deadline wrong: there is none": "deadline",
}


def losses_of(gold: GoldText, draft: Mapping[str, Any]) -> Counter[str]:
    """How many faults of a draft there are of each of `REASONS`."""
    golds, predicted = gold.gold.provisions, draft.get("provisions") or ()
    people = People(draft)
    kind_of = {str(one.get("id")): str(one.get("kind")) for one in predicted}
    pairs = pairing(gold, draft)
    found: Counter[str] = Counter()
    for row, provision in enumerate(golds):
        if provision.optional:
            continue
        if row in pairs:
            one = predicted[pairs[row]]
            found.update(_kind(provision, str(one["kind"])))
            found.update(_bound(gold, provision, one, people))
            found.update(_deadline(gold, provision, one, kind_of))
            continue
        spans = spans_in(gold.text, provision.quotes)
        there = any(overlap_of(_spans(one, gold.text), spans) for one in predicted)
        found["provisions missed: " + _MISSED[there]] += 1
        if "parties" not in provision.unscored:
            found["bound missed: in a provision that was missed"] += len(provision.parties)
        found["deadline missed: in a provision that was missed"] += len(gold_moments(provision, gold.gold))
    for column in set(range(len(predicted))) - set(pairs.values()):
        one = predicted[column]
        own = _spans(one, gold.text)
        there = any(overlap_of(own, spans_in(gold.text, p.quotes)) for p in golds)
        found["provisions invented" + _INVENTED[there]] += 1
        found["bound wrong: in a provision that was invented"] += len(people.bound(one))
        found["deadline wrong: in a provision that was invented"] += len(predicted_moments(one, kind_of))
    return found


_MISSED = {
    False: "nothing was found there",
    True: "what was found there answers another (two or more in one clause)",
}
_INVENTED = {False: " where there is none", True: ": a second one for one that is there"}


def _spans(one: Mapping[str, Any], text: str) -> list[tuple[int, int]]:
    return [(quote["start"], quote["end"]) for quote in quotes_of(one) if verbatim(quote, text)]


def _kind(provision: GoldProvision, kind: str) -> list[str]:
    if kind in provision.kinds:
        return []
    if kind == "other":
        return ["provisions read as 'other'"]
    if provision.kind == "other":
        return ["provisions of kind 'other' read as another"]
    return ["provisions read as another kind"]


def _bound(gold: GoldText, provision: GoldProvision, one: Mapping[str, Any], people: People) -> Counter[str]:
    out: Counter[str] = Counter()
    if "parties" in provision.unscored:
        return out
    named = people.bound(one)
    required = [gold.party(name).names for name in provision.parties]
    allowed = [gold.party(name).names for name in provision.also_parties]
    missed = [names for names in required if not any(same_name(names, other) for other in named)]
    wrong = [other for other in named if not any(same_name(names, other) for names in (*required, *allowed))]
    for names in missed:
        if not any(same_name(names, people.names(party)) for party in people.ids):
            out["bound missed: the text's party was not recognised at all"] += 1
        elif not named:
            out["bound missed: nobody was named"] += 1
        else:
            out[f"bound missed: {'another was named' if wrong else 'some were named, not all'}"] += 1
    reason = "the annotation leaves it open" if not required else _PLACED[bool(missed)]
    out[f"bound wrong: {reason}"] += len(wrong)
    return out


_PLACED = {True: "in place of the right one", False: "beside the right ones"}


def _deadline(
    gold: GoldText, provision: GoldProvision, one: Mapping[str, Any], kind_of: Mapping[str, str]
) -> Counter[str]:
    out: Counter[str] = Counter()
    if {"due", "from", "until"} & set(provision.unscored):
        return out
    wanted, named = gold_moments(provision, gold.gold), predicted_moments(one, kind_of)

    def same(left: Moment, right: Moment) -> bool:
        return same_moment(left, right, gold.gold, provision.accept_dates)

    hits = matches(wanted, named, same)
    missed, wrong = len(wanted) - hits, len(named) - hits
    out[f"deadline missed: {'another was found' if wrong else 'none was found'}"] += missed
    out[f"deadline wrong: {'in place of the right one' if missed else 'there is none'}"] += wrong
    return out
