"""The scorer against scores computed by hand, and against a draft that agrees with the gold in everything."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.unit.draft.quoting import Draft, quoted

from truceline.draft.evaluation import FIELDS, GoldText, Score, score_draft, total
from truceline.draft.evaluation.alignment import overlap_of
from truceline.draft.evaluation.gold import GoldFile, GoldRelative
from truceline.draft.evaluation.values import (
    Moment,
    predicted_moments,
    same_moment,
    weapon_class,
)

TEXT = (
    "Arden and the Bel Front (BF) agreed that a zone 10 to 15 km wide will exist by 1 May 2020. "
    "The Front will withdraw guns of 100 mm within 14 days of signature. "
    "Roads from Ost to Wen and to Zug reopen. "
    "Arden hailed it."
)


def _gold(**changes: Any) -> GoldText:
    file = {
        "text": "t.txt",
        "published": dt.date(2020, 4, 1),
        "signed": dt.date(2020, 4, 1),
        "parties": [
            {"name": "Arden", "role": "side"},
            {"name": "Bel Front", "aliases": ["BF"], "accept": ["the Front"], "role": ["side", "group"]},
        ],
        "provisions": [
            {
                "id": "p1",
                "kind": "zone",
                "quotes": ["a zone 10 to 15 km wide will exist by 1 May 2020"],
                "parties": ["Arden", "Bel Front"],
                "due": dt.date(2020, 5, 1),
                "distance_m": {"min": 10000, "max": 15000},
            },
            {
                "id": "p2",
                "kind": "weapons_withdrawal",
                "or_kind": ["other"],
                "quotes": ["The Front will withdraw guns of 100 mm within 14 days of signature"],
                "parties": ["Bel Front"],
                "due": {"after": "signed", "days": 14},
                "weapons": [{"class": "artillery", "calibre_mm": {"min": 100}}],
            },
            *(
                {
                    "id": name,
                    "kind": "routes",
                    "quotes": ["Roads from Ost to Wen and to Zug reopen"],
                    "also_parties": ["Arden"],
                    "from": "Ost",
                    "to": end,
                }
                for name, end in (("p3", "Wen"), ("p4", "Zug"))
            ),
        ],
        "statements": [{"speaker": "Arden", "stance": "welcomes", "quotes": ["Arden hailed it"]}],
    }
    return GoldText(name="t", text=TEXT, gold=GoldFile.model_validate(file | changes))


def _quote(words: str, text: str = TEXT) -> Draft:
    return quoted(words, text)


def _draft() -> Draft:
    """What a perfect reader would draft from TEXT."""
    return {
        "parties": [
            {"id": "arden", "names": {"en": "Arden"}, "role": "side"},
            {"id": "bf", "names": {"en": "Bel Front"}, "aliases": ["BF"], "role": "group"},
        ],
        "provisions": [
            {
                "id": "zone",
                "kind": "zone",
                "quotes": [_quote(TEXT.split(". ")[0])],
                "parties": ["arden", "bf"],
                "due": "2020-05-01",
                "width_m": {"min": 10000, "max": 15000},
            },
            {
                "id": "guns",
                "kind": "weapons_withdrawal",
                "quotes": [_quote("will withdraw guns of 100 mm within 14 days of signature")],
                "parties": ["bf"],
                "due": {"after": "signed", "days": 14},
                "weapons": [{"class": "artillery", "calibre_mm": {"min": 100}}],
            },
            *(
                {
                    "id": f"route-{end}",
                    "kind": "routes",
                    "quotes": [_quote("Roads from Ost to Wen and to Zug reopen")],
                    "parties": [],
                    "from": "Ost",
                    "to": end,
                }
                for end in ("Zug", "Wen")
            ),
        ],
        "statements": [
            {"id": "s1", "speaker": "arden", "stance": "welcomes", "quote": _quote("Arden hailed it")}
        ],
        "questions": [],
    }


def _counts(score: Score, name: str) -> tuple[int, int, int]:
    tally = score.tallies[name]
    return tally.hits, tally.false, tally.missed


def test_a_draft_that_agrees_in_everything_scores_one_in_every_field() -> None:
    score = score_draft(_gold(), _draft())
    assert {name for name in FIELDS if score.tallies[name].f1 not in (None, 1.0)} == set()
    assert _counts(score, "kind") == (4, 0, 0)
    assert _counts(score, "route ends") == (2, 0, 0)
    assert score.faults == []


def test_an_empty_draft_misses_everything_and_invents_nothing() -> None:
    score = score_draft(_gold(), {"parties": [], "provisions": [], "statements": [], "questions": []})
    assert _counts(score, "kind") == (0, 0, 4)
    # Arden and the Front for the zone, the Front for its guns; the routes bind nobody by name.
    assert _counts(score, "bound") == (0, 0, 3)
    assert _counts(score, "statements") == (0, 0, 1)
    assert score.tallies["kind"].precision is None
    assert score.tallies["kind"].recall == 0
    assert score.tallies["exact quotes"].f1 is None


def test_precision_and_recall_by_hand() -> None:
    draft = _draft()
    draft["provisions"][1]["kind"] = "ceiling"  # found, but misread
    del draft["provisions"][3]  # one route missed
    draft["provisions"].append(
        {"id": "extra", "kind": "cessation", "quotes": [_quote("Arden hailed it")], "parties": ["arden"]}
    )
    score = score_draft(_gold(), draft)
    # Right: zone and one route. Wrong: the ceiling and the cessation. Missed: the guns and the other route.
    assert _counts(score, "kind") == (2, 2, 2)
    assert score.tallies["kind"].precision == 0.5
    assert score.tallies["kind"].recall == 0.5
    # Bound: three right; the invented cessation adds one false alarm, which alignment does not count.
    assert _counts(score, "bound") == (3, 1, 0)
    assert score.tallies["bound"].aligned == 1.0
    # One of two routes is read, the other was lost with its provision.
    assert _counts(score, "route ends") == (1, 0, 1)
    assert score.kinds["routes"].recall == 0.5
    assert score.kinds["cessation"].precision == 0


def test_a_kind_that_is_as_good_is_right() -> None:
    draft = _draft()
    draft["provisions"][1]["kind"] = "other"
    assert _counts(score_draft(_gold(), draft), "kind") == (4, 0, 0)


def test_two_routes_of_one_clause_are_told_apart_by_their_ends() -> None:
    draft = _draft()
    draft["provisions"][2]["to"] = "Nowhere"
    assert _counts(score_draft(_gold(), draft), "route ends") == (1, 1, 1)


def test_the_ends_of_a_route_may_come_in_either_order() -> None:
    draft = _draft()
    draft["provisions"][2] |= {"from": "Zug", "to": "Ost"}
    assert _counts(score_draft(_gold(), draft), "route ends") == (2, 0, 0)


def test_a_wrong_deadline_is_a_false_alarm_and_a_miss() -> None:
    draft = _draft()
    draft["provisions"][0]["due"] = "2021-05-01"
    assert _counts(score_draft(_gold(), draft), "deadline") == (1, 1, 1)


@pytest.mark.parametrize(
    "due",
    [
        "2020-04-15",
        {"date": "2020-04-15", "text": "within 14 days"},
        {"after": "signed", "weeks": 2},
        {"after": "signed", "hours": 336},
        {"date": "2020-04-16", "inclusive": False},
        "2020-04-15T12:00:00Z",
    ],
)
def test_a_relative_deadline_and_its_date_are_the_same(due: object) -> None:
    draft = _draft()
    draft["provisions"][1]["due"] = due
    assert _counts(score_draft(_gold(), draft), "deadline") == (2, 0, 0)


def test_a_deadline_that_counts_from_another_anchor_is_another_deadline() -> None:
    draft = _draft()
    draft["provisions"][1]["due"] = {"after": "zone", "days": 14}
    assert _counts(score_draft(_gold(), draft), "deadline") == (1, 1, 1)


def test_an_anchor_in_a_draft_is_known_by_its_kind() -> None:
    [moment] = predicted_moments(
        {"kind": "other", "due": {"after": "x1", "days": 5}}, {"x1": "weapons_withdrawal"}
    )
    file = _gold().gold
    gold = Moment("term", after="weapons_withdrawal", hours=120)
    assert same_moment(gold, moment, file)
    assert not same_moment(Moment("term", after="cessation", hours=120), moment, file)


def test_until_is_no_deadline() -> None:
    file = _gold().gold
    day = frozenset({dt.date(2020, 5, 1)})
    assert not same_moment(Moment("term", day), Moment("until", day), file)


def test_parties_that_may_be_named_cost_nothing_either_way() -> None:
    draft = _draft()
    draft["provisions"][2]["parties"] = ["arden"]
    assert _counts(score_draft(_gold(), draft), "bound") == (3, 0, 0)
    draft["provisions"][3]["parties"] = ["bf"]
    assert _counts(score_draft(_gold(), draft), "bound") == (3, 1, 0)


def test_by_and_groups_bind_as_parties_do() -> None:
    draft = _draft()
    draft["provisions"][0] |= {"parties": ["arden"], "groups": ["bf"]}
    assert _counts(score_draft(_gold(), draft), "bound") == (3, 0, 0)


def test_a_party_may_be_named_by_any_of_its_names() -> None:
    draft = _draft()
    draft["parties"][1] = {"id": "bf", "names": {"en": "the Front"}, "role": "side"}
    score = score_draft(_gold(), draft)
    assert _counts(score, "bound") == (3, 0, 0)
    assert _counts(score, "parties") == (2, 0, 0)
    assert _counts(score, "aliases") == (0, 0, 1)


def test_a_wrong_calibre_is_a_wrong_weapon() -> None:
    draft = _draft()
    draft["provisions"][1]["weapons"] = [{"class": "howitzer", "calibre_mm": {"min": 122}}]
    assert _counts(score_draft(_gold(), draft), "weapons") == (0, 1, 1)


@pytest.mark.parametrize("word", ["howitzer", "guns", {"class": "field_gun"}, "artillery"])
def test_a_class_of_artillery_is_read_as_artillery(word: object) -> None:
    assert weapon_class(word) == "artillery"


def test_classes_of_other_weapons_stay_apart() -> None:
    named = [weapon_class(word) for word in ("mlrs", "tanks", "mortar", "surface_to_air_missile", "Tochka")]
    assert named == ["multiple_rocket_launcher", "tank", "mortar", "air_defence", "Tochka"]


def test_weapons_that_a_ban_names_are_scored_only_where_they_are_annotated() -> None:
    provisions = [one.model_dump(by_alias=True) for one in _gold().gold.provisions]
    provisions[1] |= {"kind": "restriction", "weapons": []}
    draft = _draft()
    draft["provisions"][1]["kind"] = "restriction"
    assert _counts(score_draft(_gold(provisions=provisions), draft), "weapons") == (0, 0, 0)


def test_a_quote_out_of_place_is_not_exact_and_carries_nothing() -> None:
    draft = _draft()
    draft["provisions"][0]["quotes"][0]["start"] += 1
    score = score_draft(_gold(), draft)
    assert _counts(score, "exact quotes") == (4, 1, 0)
    assert _counts(score, "kind") == (3, 1, 1)


def test_a_provision_without_a_quote_is_not_exact() -> None:
    draft = _draft()
    draft["provisions"][0]["quotes"] = []
    assert _counts(score_draft(_gold(), draft), "exact quotes") == (4, 1, 0)


def test_quoting_the_whole_of_a_long_text_is_no_quote_of_a_clause() -> None:
    assert overlap_of([(0, 5000)], [(100, 200)]) == 0
    assert overlap_of([(90, 210)], [(100, 200)]) == pytest.approx(100 / 120)
    assert overlap_of([(0, 140)], [(100, 200)]) == 0  # less than half of the shorter one


def test_an_optional_provision_earns_nothing_and_costs_nothing() -> None:
    provisions = [one.model_dump(by_alias=True) for one in _gold().gold.provisions]
    provisions[0]["optional"] = True
    gold = _gold(provisions=provisions)
    assert _counts(score_draft(gold, _draft()), "kind") == (3, 0, 0)
    without = _draft()
    del without["provisions"][0]
    score = score_draft(gold, without)
    assert _counts(score, "kind") == (3, 0, 0)
    assert _counts(score, "deadline") == (1, 0, 0)


def test_fields_that_are_not_scored_do_not_count() -> None:
    provisions = [one.model_dump(by_alias=True) for one in _gold().gold.provisions]
    provisions[0]["unscored"] = ["due", "distance_m", "parties"]
    draft = _draft()
    draft["provisions"][0] |= {"due": "1999-01-01", "width_m": {"min": 1}, "parties": []}
    score = score_draft(_gold(provisions=provisions), draft)
    assert _counts(score, "deadline") == (1, 0, 0)
    assert _counts(score, "distance") == (0, 0, 0)
    assert _counts(score, "bound") == (1, 0, 0)


def test_negation_is_scored_where_the_kind_does_not_say_it() -> None:
    provisions = [one.model_dump(by_alias=True) for one in _gold().gold.provisions]
    provisions[1]["negated"] = True
    gold = _gold(provisions=provisions)
    assert _counts(score_draft(gold, _draft()), "negation") == (0, 0, 1)
    draft = _draft()
    draft["provisions"][0]["negated"] = draft["provisions"][1]["negated"] = True
    assert _counts(score_draft(gold, draft), "negation") == (1, 1, 0)


def test_a_question_that_is_owed_must_be_asked() -> None:
    provisions = [one.model_dump(by_alias=True) for one in _gold().gold.provisions]
    provisions[2]["asks"] = ["due"]
    gold, draft = _gold(provisions=provisions), _draft()
    assert _counts(score_draft(gold, draft), "questions") == (0, 0, 1)
    draft["questions"] = [{"provision": "route-Wen", "field": "due", "why": "the text names no day"}]
    assert _counts(score_draft(gold, draft), "questions") == (1, 0, 0)


def test_stance_and_speaker_are_scored_on_statements_that_were_found() -> None:
    draft = _draft()
    draft["statements"][0] |= {"speaker": "bf", "stance": "rejects"}
    score = score_draft(_gold(), draft)
    assert _counts(score, "statements") == (1, 0, 0)
    assert _counts(score, "speaker") == (0, 1, 1)
    assert _counts(score, "stance") == (0, 1, 1)


def test_a_total_weighs_provisions_and_not_texts() -> None:
    full, empty = score_draft(_gold(), _draft()), score_draft(_gold(), {})
    assert _counts(total([full, empty]), "kind") == (4, 0, 4)


@given(days=st.integers(0, 400), months=st.integers(0, 30))
@settings(max_examples=40)
def test_a_relative_moment_is_always_the_same_as_itself(days: int, months: int) -> None:
    due = {"after": "in_force", "days": days, "months": months}
    provision = {"id": "x", "kind": "other", "quotes": ["x"], "due": GoldRelative.model_validate(due)}
    file = GoldFile.model_validate({"text": "t", "published": None, "provisions": [provision]})
    draft = {"provisions": [{"id": "a", "kind": "other", "quotes": [_quote("x", "x")], "due": due}]}
    score = score_draft(GoldText(name="x", text="x", gold=file), draft)
    assert _counts(score, "deadline") == (1, 0, 0)
