"""Scores drafts against gold annotations: precision and recall, field by field.

Predicted provisions are aligned with gold ones by the overlap of their quotes, their kind and, among equals,
their fields (optimal assignment). Fields are scored end to end: a deadline of a provision that was not found
is missed, one of a provision that does not exist is wrong; `Tally.aligned` leaves those out. Works on the
plain document of ``truceline draft --json``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from truceline.accord.model import ProvisionKind
from truceline.draft.evaluation.alignment import (
    Span,
    assign,
    matches,
    overlap_of,
    quotes_of,
    spans_in,
    verbatim,
)
from truceline.draft.evaluation.gold import GoldProvision, GoldStatement, GoldText
from truceline.draft.evaluation.tally import Score, Tally, share
from truceline.draft.evaluation.values import (
    Moment,
    People,
    gold_moments,
    predicted_moments,
    predicted_ranges,
    rate_per_day,
    same_moment,
    same_name,
    same_place,
    same_range,
    same_speaker,
    same_weapon,
    similar_words,
    weapon_class,
)

# In these kinds the kind itself says that something is not to be done.
PROHIBITIVE = {ProvisionKind.CESSATION, ProvisionKind.RESTRICTION, ProvisionKind.CEILING}
# Elsewhere (a ban on flights names aircraft) weapons are only scored where the annotation has them.
_OF_WEAPONS = {ProvisionKind.WEAPONS_WITHDRAWAL}


def score_draft(gold: GoldText, draft: Mapping[str, Any]) -> Score:
    """Scores the document of a draft against the gold annotation of its text."""
    return _Scoring(gold, draft).score()


def pairing(gold: GoldText, draft: Mapping[str, Any]) -> dict[int, int]:
    """Which predicted provision answers which gold one, by their places in draft and annotation."""
    return _Scoring(gold, draft).pairs()


class _Scoring:
    """One draft against one gold text."""

    def __init__(self, gold: GoldText, draft: Mapping[str, Any]) -> None:
        self.gold = gold
        self.provisions: Sequence[Mapping[str, Any]] = draft.get("provisions") or ()
        self.statements: Sequence[Mapping[str, Any]] = draft.get("statements") or ()
        self.questions: Sequence[Mapping[str, Any]] = draft.get("questions") or ()
        self.people = People(draft)
        self.kind_of = {str(one.get("id")): str(one.get("kind")) for one in self.provisions}
        self.result = Score(gold.name)

    def score(self) -> Score:
        self._exact_quotes()
        self._parties()
        self._provisions()
        self._kinds_otherwise()
        self._statements()
        return self.result

    def _count(self, name: str, hits: int, false: int, missed: int, *, lost: bool = False) -> None:
        self.result.tallies[name].add(Tally(hits, false, missed, false if lost else 0, missed if lost else 0))

    # Quotes

    def _exact_quotes(self) -> None:
        for item in (*self.provisions, *self.statements):
            quotes = quotes_of(item)
            good = bool(quotes) and all(verbatim(quote, self.gold.text) for quote in quotes)
            self._count("exact quotes", int(good), int(not good), 0)
            if not good:
                self.result.faults.append(f"quote: {item.get('id')} is not verbatim at its place")

    def _spans(self, item: Mapping[str, Any]) -> list[Span]:
        return [
            (quote["start"], quote["end"]) for quote in quotes_of(item) if verbatim(quote, self.gold.text)
        ]

    # Provisions

    def pairs(self) -> dict[int, int]:
        """Which predicted provision (by its place) answers which gold one."""
        golds, predicted = self.gold.gold.provisions, self.provisions
        weights = np.zeros((len(golds), len(predicted)))
        for row, gold in enumerate(golds):
            spans = spans_in(self.gold.text, gold.quotes)
            for column, one in enumerate(predicted):
                if overlap := overlap_of(self._spans(one), spans):
                    kind = 4.0 if one["kind"] == gold.kind else 3.5 if one["kind"] in gold.kinds else 1.0
                    weights[row, column] = kind + overlap + 1.5 * self._likeness(gold, one)
        return assign(weights)

    def _provisions(self) -> None:
        golds, predicted = self.gold.gold.provisions, self.provisions
        pairs = self.pairs()
        for row, gold in enumerate(golds):
            match = pairs.get(row)
            self._kind(gold, None if match is None else predicted[match])
            if match is not None:
                self._fields(gold, predicted[match])
            elif not gold.optional:
                self._lost_gold(gold)
        for extra in sorted(set(range(len(predicted))) - set(pairs.values())):
            self._lost_prediction(predicted[extra])

    def _kinds_otherwise(self) -> None:
        """Provisions of the right kind by two other ways of pairing them: where quotes touch at all, and
        wherever in the text they stand (how many of each kind there are)."""
        golds = self.gold.gold.provisions
        right = np.zeros((len(golds), len(self.provisions)))
        touching = np.zeros_like(right)
        for row, gold in enumerate(golds):
            spans = spans_in(self.gold.text, gold.quotes)
            for column, one in enumerate(self.provisions):
                # What is optional answers last: it must not take what another gold provision needs.
                right[row, column] = (one["kind"] in gold.kinds) * (0.5 if gold.optional else 1.0)
                touching[row, column] = right[row, column] * any(
                    min(end, b) > max(start, a) for start, end in self._spans(one) for a, b in spans
                )
        needed = sum(not gold.optional for gold in golds)
        for name, weights in (("kind, touching", touching), ("kinds counted", right)):
            pairs = assign(weights) if weights.size else {}
            hits = sum(not golds[row].optional for row in pairs)
            self._count(name, hits, len(self.provisions) - len(pairs), needed - hits)

    def _likeness(self, gold: GoldProvision, one: Mapping[str, Any]) -> float:
        """How many of the gold fields the prediction agrees with, 0 to 1: tells twins in one clause apart."""
        trial = _Scoring(self.gold, {})
        trial.people, trial.kind_of = self.people, self.kind_of
        trial._fields(gold, one)
        tallies = trial.result.tallies.values()
        hits, all_of_them = sum(t.hits for t in tallies), sum(t.hits + t.false + t.missed for t in tallies)
        return share(hits, all_of_them) or 0.0

    def _kind(self, gold: GoldProvision, one: Mapping[str, Any] | None) -> None:
        found = None if one is None else str(one["kind"])
        if found is not None and found in gold.kinds:
            if not gold.optional:
                self._count("kind", 1, 0, 0)
                self.result.kind(gold.kind).add(Tally(hits=1))
            return
        if not gold.optional:
            self._count("kind", 0, 0, 1, lost=found is None)
            self.result.kind(gold.kind).add(Tally(missed=1))
            self.result.faults.append(
                f"kind: {gold.kind} {'missed' if not found else 'read as ' + found}: {gold.quotes[0]!r}"
            )
        if found is not None:
            self._count("kind", 0, 1, 0)
            self.result.kind(found).add(Tally(false=1))

    def _lost_gold(self, gold: GoldProvision) -> None:
        for name, expected in self._expected(gold).items():
            self._count(name, 0, 0, expected, lost=True)

    def _lost_prediction(self, one: Mapping[str, Any]) -> None:
        kind = str(one["kind"])
        self._count("kind", 0, 1, 0, lost=True)
        self.result.kind(kind).add(Tally(false=1))
        words = " / ".join(str(quote.get("exact")) for quote in quotes_of(one))
        self.result.faults.append(f"kind: {kind} where there is none: {words!r}")
        for name, given in self._given(one).items():
            self._count(name, 0, given, 0, lost=True)

    def _expected(self, gold: GoldProvision) -> dict[str, int]:
        skip = gold.unscored
        moments = gold_moments(gold, self.gold.gold)
        return {
            "deadline": len(moments),
            "bound": 0 if "parties" in skip else len(gold.parties),
            "distance": int(gold.distance_m is not None and "distance_m" not in skip),
            "weapons": 0 if "weapons" in skip else len(gold.weapons),
            "ceiling": int(gold.maximum is not None and "maximum" not in skip),
            "route ends": int(gold.end is not None and "to" not in skip),
            "mode": int(gold.mode is not None and "mode" not in skip),
            "frequency": int(gold.frequency is not None and "frequency" not in skip),
            "negation": int(gold.negated and gold.kind not in PROHIBITIVE and "negated" not in skip),
            "condition": int(gold.condition is not None and "condition" not in skip),
            "questions": len(gold.asks[:1]),
        }

    def _given(self, one: Mapping[str, Any]) -> dict[str, int]:
        return {
            "deadline": len(predicted_moments(one, self.kind_of)),
            "bound": len(self.people.bound(one)),
            "distance": len(predicted_ranges(one)),
            "weapons": len(one.get("weapons") or ()) if one["kind"] in _OF_WEAPONS else 0,
            "ceiling": int(one.get("maximum") is not None),
            "route ends": int(one["kind"] == ProvisionKind.ROUTES and bool(one.get("to"))),
            "mode": int(bool(one.get("mode"))),
            "frequency": int(bool(one.get("frequency"))),
            "negation": int(bool(one.get("negated")) and one["kind"] not in PROHIBITIVE),
            "condition": int(bool(one.get("condition"))),
        }

    def _fields(self, gold: GoldProvision, one: Mapping[str, Any]) -> None:
        skip, expected, given = set(gold.unscored), self._expected(gold), self._given(one)
        if not skip & {"due", "from", "until"}:
            self._deadlines(gold, one)
        if "parties" not in skip:
            self._bound(gold, one)
        if "distance_m" not in skip:
            ranges = predicted_ranges(one)
            hit = int(gold.distance_m is not None and any(same_range(gold.distance_m, r) for r in ranges))
            self._scored("distance", gold, hit, given["distance"], expected["distance"], ranges)
        if "weapons" not in skip and (gold.weapons or gold.kind in _OF_WEAPONS):
            weapons = list(one.get("weapons") or ())
            hits = matches(gold.weapons, weapons, same_weapon)
            self._scored("weapons", gold, hits, len(weapons), expected["weapons"], weapons)
        if "maximum" not in skip:
            hit = int(
                gold.maximum is not None
                and one.get("maximum") == gold.maximum
                and weapon_class(one.get("class")) == weapon_class(gold.counted)
            )
            self._scored("ceiling", gold, hit, given["ceiling"], expected["ceiling"], one.get("maximum"))
        if "to" not in skip and "from" not in skip:
            self._ends(gold, one, given["route ends"], expected["route ends"])
        if "mode" not in skip:
            hit = int(gold.mode is not None and one.get("mode") == gold.mode)
            self._scored("mode", gold, hit, given["mode"], expected["mode"], one.get("mode"))
        if "frequency" not in skip:
            rate, wanted = rate_per_day(one.get("frequency")), rate_per_day(gold.frequency)
            hit = int(rate is not None and wanted is not None and abs(rate / wanted - 1) < 0.15)
            self._scored(
                "frequency", gold, hit, given["frequency"], expected["frequency"], one.get("frequency")
            )
        if "negated" not in skip and not {one["kind"], gold.kind} & PROHIBITIVE:
            hit = int(gold.negated and bool(one.get("negated")))
            self._scored("negation", gold, hit, given["negation"], expected["negation"], one.get("negated"))
        if "condition" not in skip:
            hit = int(gold.condition is not None and similar_words(gold.condition, one.get("condition")))
            self._scored(
                "condition", gold, hit, given["condition"], expected["condition"], one.get("condition")
            )
        if gold.asks:
            asked = any(
                question.get("provision") == one.get("id") and question.get("field") in gold.asks
                for question in self.questions
            )
            self._scored("questions", gold, int(asked), int(asked), 1, None)

    def _scored(
        self, name: str, gold: GoldProvision, hits: int, given: int, expected: int, found: object
    ) -> None:
        # Of an optional provision what is right earns nothing, as its absence costs nothing.
        if gold.optional:
            hits, expected = 0, 0
            given = 0
        self._count(name, hits, given - hits, expected - hits)
        if given != hits or expected != hits:
            self.result.faults.append(f"{name}: {gold.id} {gold.quotes[0]!r}: found {found!r}")

    def _deadlines(self, gold: GoldProvision, one: Mapping[str, Any]) -> None:
        wanted = gold_moments(gold, self.gold.gold)
        found = predicted_moments(one, self.kind_of)

        def same(left: Moment, right: Moment) -> bool:
            return same_moment(left, right, self.gold.gold, gold.accept_dates)

        hits = matches(wanted, found, same)
        self._scored("deadline", gold, hits, len(found), len(wanted), found)

    def _bound(self, gold: GoldProvision, one: Mapping[str, Any]) -> None:
        found = self.people.bound(one)
        required = [self.gold.party(name).names for name in gold.parties]
        allowed = [self.gold.party(name).names for name in gold.also_parties]
        hits = sum(any(same_name(names, other) for other in found) for names in required)
        wrong = [
            names for names in found if not any(same_name(names, other) for other in (*required, *allowed))
        ]
        self._scored("bound", gold, hits, hits + len(wrong), len(required), found)

    def _ends(self, gold: GoldProvision, one: Mapping[str, Any], given: int, expected: int) -> None:
        hit = 0
        if given and gold.end is not None:
            ends = [self.people.place(one.get("from")), self.people.place(one.get("to"))]
            wanted = [str(gold.begin), gold.end]
            hit = int(any(all(map(same_place, wanted, order)) for order in (ends, ends[::-1])))
        self._scored("route ends", gold, hit, given, expected, (one.get("from"), one.get("to")))

    # Statements and parties

    def _statements(self) -> None:
        golds = self.gold.gold.statements
        weights = np.zeros((len(golds), len(self.statements)))
        for row, gold in enumerate(golds):
            spans = spans_in(self.gold.text, gold.quotes)
            for column, one in enumerate(self.statements):
                if overlap := overlap_of(self._spans(one), spans):
                    likeness = self._speaks(gold, one) + 0.5 * (one.get("stance") in gold.stance)
                    weights[row, column] = 1.0 + overlap + likeness
        pairs = assign(weights)
        for row, gold in enumerate(golds):
            match = pairs.get(row)
            if gold.optional:
                continue
            if match is None:
                self._count("statements", 0, 0, 1)
                self.result.faults.append(f"statement missed: {gold.quotes[0]!r}")
                continue
            one = self.statements[match]
            self._count("statements", 1, 0, 0)
            for name, good in (
                ("speaker", self._speaks(gold, one)),
                ("stance", one.get("stance") in gold.stance),
            ):
                self._count(name, int(good), int(not good), int(not good))
                if not good:
                    self.result.faults.append(f"{name}: {gold.quotes[0]!r}: found {one.get(name)!r}")
        for column in sorted(set(range(len(self.statements))) - set(pairs.values())):
            self._count("statements", 0, 1, 0)
            words = [quote.get("exact") for quote in quotes_of(self.statements[column])]
            self.result.faults.append(f"statement where there is none: {words!r}")

    def _speaks(self, gold: GoldStatement, one: Mapping[str, Any]) -> bool:
        return same_speaker(gold.speaker, self.people.names(str(one.get("speaker", ""))))

    def _parties(self) -> None:
        golds, ids = self.gold.gold.parties, self.people.ids
        weights = np.zeros((len(golds), len(ids)))
        for row, gold in enumerate(golds):
            for column, party in enumerate(ids):
                names = self.people.names(party)
                if same_name(gold.names, names):
                    # The name in the text outweighs a name that is merely accepted.
                    weights[row, column] = 1 + same_name((gold.name,), names[:1]) - 0.5 * gold.optional
        pairs = assign(weights)
        for row, gold in enumerate(golds):
            match = pairs.get(row)
            if match is None:
                self._count("parties", 0, 0, int(not gold.optional))
                if not gold.optional:
                    self.result.faults.append(f"party missed: {gold.name}")
                continue
            if gold.optional:
                continue
            self._count("parties", 1, 0, 0)
            names = self.people.names(ids[match])
            good = self.people.role(ids[match]) in gold.role
            self._count("role", int(good), int(not good), int(not good))
            if not good:
                self.result.faults.append(f"role: {gold.name}: found {self.people.role(ids[match])}")
            wanted = (*gold.aliases, *gold.former_names)
            hits = sum(same_name((alias,), names) for alias in wanted)
            wrong = [name for name in names if not same_name(gold.names, (name,))]
            self._count("aliases", hits, len(wrong), len(wanted) - hits)
            if wrong or hits < len(wanted):
                self.result.faults.append(f"aliases: {gold.name}: found {names!r}")
        for column in sorted(set(range(len(ids))) - set(pairs.values())):
            self._count("parties", 0, 1, 0)
            self.result.faults.append(f"party where there is none: {self.people.names(ids[column])!r}")
