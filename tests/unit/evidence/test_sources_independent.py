from itertools import permutations

from truceline.accord.model.verification import SourceRating, VerificationSettings
from truceline.evidence.sources import independent_groups, independent_voices, same_words

SETTINGS = VerificationSettings(
    sources=(
        SourceRating(id="agency", names=("The Agency", "AGENCY (wire)")),
        SourceRating(id="paper", repeats=("agency",)),
        SourceRating(id="blog", repeats=("paper",)),
        SourceRating(id="monitors"),
    )
)
DISPATCH = "Four shells landed in the eastern quarter of Morek before dawn on Monday, residents said"


def test_unknown_sources_are_independent_of_one_another() -> None:
    assert len(set(independent_groups(["a", "b", "c"]).values())) == 3


def test_two_names_of_one_source_are_one() -> None:
    groups = independent_groups(["The Agency", "agency (Wire)", "monitors"], SETTINGS)
    assert groups["The Agency"] == groups["agency (Wire)"] != groups["monitors"]


def test_repeating_is_passed_on_also_through_a_source_that_did_not_report() -> None:
    groups = independent_groups(["blog", "agency", "monitors"], SETTINGS)
    assert groups["blog"] == groups["agency"] != groups["monitors"]


def test_one_publisher_is_one_voice() -> None:
    groups = independent_groups(["x", "y", "z"], publishers={"x": "House", "y": "house "})
    assert groups["x"] == groups["y"] != groups["z"]


def test_the_order_of_sources_does_not_matter() -> None:
    names = ["blog", "agency", "monitors", "other"]
    results = [independent_groups(order, SETTINGS) for order in permutations(names)]
    assert all(result == results[0] for result in results)


def test_a_dispatch_that_is_copied_is_no_second_voice() -> None:
    own = "Artillery hit Morek at about five in the morning; our team counted four craters near the school"
    copied = "Four shells landed in the eastern quarter of Morek before dawn on Monday, residents said."
    assert independent_voices([("a", DISPATCH), ("b", copied), ("c", own)]) == [0, 0, 1]


def test_short_or_missing_texts_say_nothing_of_copying() -> None:
    assert not same_words("shelling at Morek", "shelling at Morek")
    assert not same_words(None, DISPATCH)
    assert same_words(DISPATCH, DISPATCH.upper())
    assert independent_voices([("a", None), ("b", None)]) == [0, 1]
