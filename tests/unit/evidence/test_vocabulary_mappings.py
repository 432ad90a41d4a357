"""The kinds, their mappings from other data sets, and the page that publishes them."""

from pathlib import Path

import pytest

from truceline.core.errors import InvalidInput
from truceline.evidence.vocabulary import all_kinds, did_you_mean, family_of, kinds_in, label
from truceline.evidence.vocabulary.mappings import SCHEMES, kind_mapping, kind_of_acled, kind_of_cameo
from truceline.evidence.vocabulary.page import render_page

PAGE = Path(__file__).parents[3] / "docs" / "reference" / "vocabulary-mappings.md"

# The 25 sub-event types of the ACLED codebook, in its own order, written down independently of the table.
ACLED_SUB_EVENT_TYPES = {
    "Battles": ["Government regains territory", "Non-state actor overtakes territory", "Armed clash"],
    "Protests": ["Excessive force against protesters", "Protest with intervention", "Peaceful protest"],
    "Riots": ["Violent demonstration", "Mob violence"],
    "Explosions/Remote violence": [
        "Chemical weapon", "Air/drone strike", "Suicide bomb", "Shelling/artillery/missile attack",
        "Remote explosive/landmine/IED", "Grenade",
    ],
    "Violence against civilians": ["Sexual violence", "Attack", "Abduction/forced disappearance"],
    "Strategic developments": [
        "Agreement", "Arrests", "Change to group/activity", "Disrupted weapons use",
        "Headquarters or base established", "Looting/property destruction",
        "Non-violent transfer of territory", "Other",
    ],
}  # fmt: skip


@pytest.mark.parametrize("scheme", SCHEMES)
def test_every_target_of_a_mapping_is_a_kind(scheme: str) -> None:
    table = kind_mapping(scheme)
    targets = [*table.codes.values(), *table.event_types.values()]
    assert targets
    assert [target.kind for target in targets if family_of(target.kind) is None] == []
    assert table.source


def test_every_sub_event_type_of_acled_is_mapped_and_no_other() -> None:
    listed = {f"{kind}/{sub}" for kind, subs in ACLED_SUB_EVENT_TYPES.items() for sub in subs}
    assert len(listed) == 25
    assert set(kind_mapping("acled").codes) == listed
    assert set(ACLED_SUB_EVENT_TYPES) <= set(kind_mapping("acled").event_types)


def test_acled_types_are_found_in_any_case_and_without_their_sub_event_type() -> None:
    assert kind_of_acled("explosions/remote violence", "AIR/DRONE STRIKE") == "air_strike"
    assert kind_of_acled("Protests", "Excessive force against protestors") == "attack_on_civilians"
    assert kind_of_acled("Battle-No change of territory", None) == "armed_clash"
    assert kind_of_acled("Battles", "something new") == "armed_clash"
    assert kind_of_acled("Quarrels", None) is None


def test_every_root_of_cameo_is_mapped_and_longer_codes_fall_back_on_shorter() -> None:
    assert all(kind_of_cameo(f"{root:02d}") for root in range(1, 21))
    assert kind_of_cameo("1952") == "drone_strike"
    assert kind_of_cameo("1959") == kind_of_cameo("195") == "air_strike"
    assert kind_of_cameo("1999") == "attack_unspecified"
    assert [kind_of_cameo(code) for code in ("21", "", "1", "x")] == [None] * 4


def test_violence_stays_violence_and_words_stay_words_in_cameo() -> None:
    military = kinds_in("any_military_action")
    assert all(kind_of_cameo(code) in military for code in ("18", "190", "193", "194", "195", "20"))
    assert not any(kind_of_cameo(f"{root:02d}") in military for root in range(1, 18))


def test_an_unknown_scheme_names_those_that_are_known() -> None:
    with pytest.raises(InvalidInput, match="acled, ucdp, cameo"):
        kind_mapping("osm")


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("Air strike", "air_strike"),
        ("shellling", "shelling"),
        ("drone-strike", "drone_strike"),
        ("xyzzy", None),
    ],
)
def test_the_kind_that_was_probably_meant_is_named(word: str, meant: str | None) -> None:
    assert did_you_mean(word, all_kinds()) == meant


def test_kinds_have_words_and_families() -> None:
    assert all(label(kind) and family_of(kind) in {"other", family_of(kind)} for kind in all_kinds())
    assert "air_strike" in kinds_in("any_military_action")
    assert kinds_in("air_strike") == {"air_strike"}


def test_the_published_page_is_what_the_tables_say(update_golden: bool) -> None:
    page = render_page()
    if update_golden:
        PAGE.write_text(page, encoding="utf-8")
    assert PAGE.read_text(encoding="utf-8") == page
