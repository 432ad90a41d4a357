"""Which moment of a sentence is the deadline of which obligation. All sentences are invented."""

from __future__ import annotations

from typing import Any

import pytest

from truceline.draft import draft_text

AGREED = "The Government of Azmania and the Kelvar Front signed an accord on 3 May 2021.\n\n"


def _provisions(sentence: str) -> list[dict[str, Any]]:
    import datetime as dt

    draft = draft_text(AGREED + sentence, published=dt.date(2021, 5, 4), language="en").to_json()
    return list(draft["provisions"])


def _times(provision: dict[str, Any]) -> dict[str, Any]:
    def day(value: Any) -> Any:
        return value.get("date", value) if isinstance(value, dict) else value

    return {k: day(provision[k]) for k in ("due", "from", "until") if k in provision}


@pytest.mark.parametrize(
    ("sentence", "times"),
    [
        ("The army has until 10 June to pull its brigade out of Koro.", {"due": "2021-06-10"}),
        (
            "Both sides shall cease fire for 60 days from 10 May 2021.",
            {"from": "2021-05-10", "until": "2021-07-09"},
        ),
        (
            "Both sides shall cease fire from sunrise on 10 May 2021 until sunrise on 9 August 2021.",
            {"from": "2021-05-10", "until": "2021-08-09"},
        ),
        (
            "The army shall not fly helicopters over the valley for the next 60 days.",
            {"until": "2021-07-03"},
        ),
        ("Prisoners shall be handed over at the bridge of Koloko on Thursday.", {"due": "2021-05-06"}),
        (
            "Both sides shall cease fire from 10 May to 9 August.",
            {"from": "2021-05-10", "until": "2021-08-09"},
        ),
        ("The Front shall destroy its weapons between May and the end of October.", {"due": "2021-10-31"}),
        ("Reservists may not be called up in the border area before 1 June 2021.", {"until": "2021-06-01"}),
        ("Talks about the return of the displaced in Geneva on 15 June.", {"due": "2021-06-15"}),
        ("The Front shall return all weapons seized from the army in May.", {}),
    ],
)
def test_the_moments_of_a_sentence(sentence: str, times: dict[str, str]) -> None:
    (provision,) = _provisions(sentence)
    assert _times(provision) == times


@pytest.mark.parametrize(
    "words", ["by the same date", "by then", "before that date", "on that same day", "by that date"]
)
def test_the_same_date_is_the_one_named_last(words: str) -> None:
    first, second = _provisions(
        f"The army shall withdraw its tanks by 10 June 2021. The Front shall leave the port of Lom {words}."
    )
    assert _times(first) == _times(second) == {"due": "2021-06-10"}


def test_so_many_hours_of_that_time_count_from_the_moment_named_last() -> None:
    first, second = _provisions(
        "At 1800 hours on 10 May 2021 both sides shall cease fire.\n"
        "The Front shall leave the port of Lom within 96 hours of that time."
    )
    assert _times(first) == {"from": "2021-05-10"}
    assert _times(second) == {"due": "2021-05-14"}


def test_ten_days_after_that_comes_to_a_date_where_the_provision_before_has_one() -> None:
    first, second = _provisions(
        "The road between Zagor and Lom shall be reopened by 10 June 2021.\n"
        "The road between Lom and Tel shall be reopened ten days after that."
    )
    assert _times(first)["due"] == "2021-06-10"
    assert _times(second)["due"] == "2021-06-20"


def test_the_rows_of_a_table_share_the_deadline_of_its_lead_in() -> None:
    rows = _provisions(
        "Within a fortnight of the entry into force each Party withdraws its weapons behind these lines\n\n"
        "No. | Weapon | Distance\n1 | mortars of 82 mm | 12 km\n2 | tanks | 18 km\n"
    )
    withdrawn = [p for p in rows if p["kind"] == "weapons_withdrawal"]
    assert len(withdrawn) >= 2
    assert all((p["due"]["after"], p["due"]["weeks"]) == ("in_force", 2) for p in withdrawn)


@pytest.mark.parametrize("words", ["(D+5)", "To be done within five days of signature."])
def test_a_sentence_that_says_only_when_is_about_its_paragraph(words: str) -> None:
    (provision,) = _provisions(
        f"D is the day of signature.\n\n1. The Front shall leave the port of Lom. {words}"
    )
    assert (provision["due"]["after"], provision["due"]["days"]) == ("signed", 5)


def test_a_day_behind_a_clause_of_the_parse_is_still_its_day() -> None:
    provisions = _provisions(
        "We will bring back the buses: the highway between Zagor and Alto Reyes reopens on 1 July."
    )
    assert "2021-07-01" in [p.get("due") for p in provisions]


def test_a_second_step_a_span_after_a_dated_one_has_the_date_that_it_comes_to() -> None:
    found = _provisions(
        "The army shall leave Koro by 10 May 2021. The Front shall leave Dara within a week of that."
    )
    assert [_times(p) for p in found] == [{"due": "2021-05-10"}, {"due": "2021-05-17"}]


def test_a_new_subject_after_that_is_no_part_of_what_is_counted_from() -> None:
    found = _provisions(
        "The army shall leave Koro by 10 May 2021. Within four days of that the Front shall leave Dara."
    )
    assert _times(found[-1]) == {"due": "2021-05-14"}


def test_the_entry_into_force_of_a_ceasefire_that_no_clause_sets_is_that_of_the_agreement() -> None:
    (found,) = _provisions(
        "The army shall leave Koro within 5 days after the entry into force of the ceasefire."
    )
    assert found["due"]["after"] == "in_force"
    assert found["due"]["days"] == 5


@pytest.mark.parametrize(
    ("sentence", "due"),
    [
        (
            "Within ten days of signature the army shall leave the ridge and the Front shall leave Lom.",
            "signed",
        ),
        (
            "The army shall leave the ridge and the Front shall leave the village, both on 1 June.",
            "2021-06-01",
        ),
    ],
)
def test_what_leads_in_or_is_said_of_both_holds_for_each(sentence: str, due: str) -> None:
    found = [p.get("due") for p in _provisions(sentence)]
    days = [v.get("after") if isinstance(v, dict) else v for v in found]
    assert len(days) == 2
    assert set(days) == {due}


@pytest.mark.parametrize(
    ("sentence", "times"),
    [
        ("The Front has thirty days to hand over its mortars.", {"after": "signed", "days": 30}),
        ("The Front shall hand over the lists of prisoners until 20 May.", "2021-05-20"),
        ("The army shall leave Lom a fortnight later at the latest, that is by 5 June.", "2021-06-05"),
        ("If the wounded have left by Sunday, the Front shall free the soldiers whom it holds.", None),
    ],
)
def test_the_deadline_of_one_sentence(sentence: str, times: Any) -> None:
    due: Any = _provisions(sentence)[-1].get("due")
    if isinstance(times, dict):
        assert {k: due[k] for k in times} == times
    else:
        assert due == times


def test_a_day_of_the_truce_counts_from_its_first() -> None:
    truce, leaves = _provisions(
        "Both sides shall cease fire from 10 May 2021.\nOn day seven the Front shall leave the port of Lom."
    )
    assert _times(truce) == {"from": "2021-05-10"}
    assert _times(leaves) == {"due": "2021-05-16"}


def test_a_span_beside_one_that_counts_from_the_entry_into_force_counts_from_it_too() -> None:
    first, second = _provisions(
        "The army shall leave the ridge within three months of the entry into force of this accord. "
        "The Front shall leave the port of Lom within one month."
    )
    assert first["due"]["after"] == second["due"]["after"] == "in_force"


def test_a_numbered_day_of_a_text_without_a_truce_is_asked_about() -> None:
    import datetime as dt

    draft = draft_text(
        AGREED + "The Front shall leave the port of Lom by day 16.",
        published=dt.date(2021, 5, 4),
        language="en",
    ).to_json()
    (provision,) = draft["provisions"]
    assert {k: provision["due"][k] for k in ("after", "days")} == {"after": "signed", "days": 16}
    assert [(q["provision"], q["field"]) for q in draft["questions"] if "day 16" in q["why"]] == [
        (provision["id"], "due")
    ]
