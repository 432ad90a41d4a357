"""Names of actors as the data sets write them, labelled by hand, against the accord of the worked example."""

import csv
import datetime as dt
from pathlib import Path

import pytest

from truceline.accord.load import load_accord
from truceline.accord.model.document import Accord
from truceline.accord.model.party import FormerName, Party, PartyRole
from truceline.evidence.actors import match_actors, unmatched
from truceline.evidence.actors.known import is_nobody

LABELS = Path(__file__).parents[3] / "data" / "evidence" / "actors-syria.csv"


@pytest.fixture(scope="module")
def accord() -> Accord:
    return load_accord(Path(__file__).parents[4] / "examples" / "idlib-2018" / "accord.yaml")


def labelled() -> dict[str, str | None]:
    with LABELS.open(encoding="utf-8", newline="") as file:
        return {row["name"]: row["party"] or None for row in csv.DictReader(file)}


def test_at_least_98_of_100_matches_are_right_and_95_of_100_names_are_found(accord: Accord) -> None:
    expected = labelled()
    assert len(expected) >= 80
    matches = match_actors(accord, expected)
    given = {name: match.party for name, match in matches.items() if match.party is not None}
    right = sum(expected[name] == party for name, party in given.items())
    meant = sum(party is not None for party in expected.values())
    assert right / len(given) >= 0.98, {n: p for n, p in given.items() if expected[n] != p}
    assert right / meant >= 0.95, [n for n, p in expected.items() if p and n not in given]


def test_an_accord_that_lists_no_other_names_loses_names_and_no_precision(accord: Accord) -> None:
    bare = with_parties(
        accord,
        *(
            one.model_copy(update={"aliases": (), "former_names": (), "names": {"en": one.names["en"]}})
            for one in accord.parties
        ),
    )
    expected = labelled()
    given = {name: match.party for name, match in match_actors(bare, expected).items() if match.party}
    right = sum(expected[name] == party for name, party in given.items())
    assert right / len(given) >= 0.98
    assert right / sum(party is not None for party in expected.values()) >= 0.90


@pytest.mark.parametrize(
    "name",
    [
        "Syrian Democratic Forces",
        "Free Syrian Army",
        "Syrian Salvation Government",
        "Ansar al-Islam",
        "SYRIAN",
    ],
)
def test_a_name_that_only_resembles_a_party_is_not_matched(name: str, accord: Accord) -> None:
    assert match_actors(accord, [name])[name].party is None


def test_every_match_has_a_reason_and_a_confidence(accord: Accord) -> None:
    for name, match in match_actors(accord, labelled()).items():
        assert match.reason
        assert (match.confidence > 0) == (match.party is not None), name


def test_surer_ways_of_matching_give_more_confidence(accord: Accord) -> None:
    names = [
        "hts",
        "Tahrir al-Sham",
        "HTS: Hayat Tahrir al-Sham (Syria)",
        "Haiat Tahrir el Sham",
        "Jabhat Fateh al Sham",
    ]
    confidences = [match.confidence for match in match_actors(accord, names).values()]
    assert confidences == sorted(confidences, reverse=True)
    assert confidences[0] == 1.0 > confidences[1]
    assert confidences[-1] >= 0.7


def test_an_analysts_mapping_comes_first_also_to_say_that_it_is_no_party(accord: Accord) -> None:
    mapping = {"Ahrar al-Sham": "opposition", "RUSSIA": "none", "x": "gone"}
    matches = match_actors(accord, ["ahrar al sham", "RUSSIA", "x"], mapping)
    assert [(m.party, m.confidence) for m in matches.values()] == [
        ("opposition", 1.0),
        (None, 1.0),
        (None, 0.0),
    ]
    assert "does not have" in matches["x"].reason


def party(id: str, name: str, **more: object) -> Party:
    return Party.model_validate({"id": id, "names": {"en": name}, "role": PartyRole.GROUP} | more)


def with_parties(accord: Accord, *parties: Party) -> Accord:
    return accord.model_copy(update={"parties": parties})


def test_a_name_that_several_parties_bear_is_nobodys_and_names_them(accord: Accord) -> None:
    twins = with_parties(
        accord,
        party("north", "Northern Front", aliases=("the Front",)),
        party("south", "Southern Front", aliases=("Front",)),
    )
    match = match_actors(twins, ["The Front"])["The Front"]
    assert match.party is None
    assert {alternative.party for alternative in match.alternatives} == {"north", "south"}
    assert "could mean" in match.reason


def test_a_group_is_meant_rather_than_the_body_that_it_belongs_to(accord: Accord) -> None:
    nested = with_parties(
        accord,
        party("whole", "United Front", aliases=("Front",)),
        party("part", "Eastern Front", aliases=("Front",), member_of=("whole",)),
    )
    match = match_actors(nested, ["Front"])["Front"]
    assert match.party == "part"
    assert [alternative.party for alternative in match.alternatives] == ["whole"]


def test_a_former_name_counts_less_outside_its_time(accord: Accord) -> None:
    changed = with_parties(
        accord,
        party(
            "body",
            "New Name",
            former_names=(
                FormerName(name="Old Name", valid_from=dt.date(2010, 1, 1), valid_to=dt.date(2016, 1, 1)),
            ),
        ),
    )
    within = match_actors(changed, ["Old Name"], on=dt.date(2015, 1, 1))["Old Name"]
    outside = match_actors(changed, ["Old Name"], on=dt.date(2018, 1, 1))["Old Name"]
    assert within.party == outside.party == "body"
    assert within.confidence > outside.confidence


def test_forces_of_another_time_are_not_the_state_of_the_accord(accord: Accord) -> None:
    name = "Military Forces of Syria (2024-)"
    early, late = (match_actors(accord, [name], on=dt.date(year, 12, 31))[name] for year in (2018, 2025))
    assert early.party is None
    assert "2024-" in early.reason
    assert late.party == "syrian_government"


def test_a_slip_of_spelling_is_found_and_another_word_is_not(accord: Accord) -> None:
    slip, other = match_actors(
        accord, ["National Front for Liberaton", "National Front for Salvation"]
    ).values()
    assert slip.party == "national_front_for_liberation"
    assert slip.confidence <= 0.8
    assert other.party is None


def test_numbers_in_names_must_agree(accord: Accord) -> None:
    numbered = with_parties(accord, party("d25", "25th Special Mission Division"))
    names = ["25th Special Mission Divison", "23th Special Mission Division"]
    assert [m.party for m in match_actors(numbered, names).values()] == ["d25", None]


def test_unmatched_names_are_listed_the_most_frequent_first(accord: Accord) -> None:
    counts = {"Ahrar al-Sham": 3, "RUSSIA": 9, "Faylaq al-Sham": 7, "unknown": 7}
    rows = unmatched(counts, match_actors(accord, counts))
    assert [(name, count) for name, count, _ in rows] == [
        ("Faylaq al-Sham", 7),
        ("unknown", 7),
        ("Ahrar al-Sham", 3),
    ]


@pytest.mark.parametrize("name", ["", " ", "()", "((", "A:", ": x", "(2000-2024)", "\x00", "ا", "al", "the"])
def test_odd_names_match_nobody_and_break_nothing(name: str, accord: Accord) -> None:
    assert match_actors(accord, [name])[name].party is None


def test_the_same_rules_hold_in_another_conflict(accord: Accord) -> None:
    yemen = with_parties(
        accord,
        party("government", "Government of Yemen"),
        party("ansar_allah", "Ansar Allah", aliases=("Houthis", "the Houthi movement")),
        party("council", "Southern Transitional Council"),
    )
    expected = {
        "Military Forces of Yemen (2016-2022)": "government",
        "Government of Yemen (Hadi)": "government",
        "YEMEN": "government",
        "Ansarallah": "ansar_allah",
        "Houthi movement (Ansar Allah)": "ansar_allah",
        "Southern Transitional Council (STC)": "council",
        "Ansar al-Sharia": None,
        "YEMENI": None,
        "AQAP: Al Qaeda in the Arabian Peninsula": None,
        "Military Forces of Saudi Arabia (2015-)": None,
        "Security Belt Forces": None,
        "Southern Resistance": None,
    }
    matches = match_actors(yemen, expected, on=dt.date(2018, 12, 13))
    assert {name: match.party for name, match in matches.items()} == expected


def test_nobody_is_told_with_and_without_a_country_and_is_no_party_name() -> None:
    assert all(map(is_nobody, ("unknown", "Civilians (Syria)", "Unidentified Armed Group (Syria)")))
    assert not any(map(is_nobody, ("Syria", "HTS", "Unidentified Flying Brigade")))
