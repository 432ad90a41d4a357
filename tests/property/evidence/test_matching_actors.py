"""What holds for any name: nothing breaks, and habits of spelling do not matter."""

from collections.abc import Callable
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from truceline.accord.load import load_accord
from truceline.evidence.actors import match_actors
from truceline.evidence.actors.names import key, level, skeleton, take_apart

ACCORD = load_accord(Path(__file__).parents[3] / "examples" / "idlib-2018" / "accord.yaml")
BORNE = [(party.id, name) for party in ACCORD.parties for name in (*party.names.values(), *party.aliases)]
modest = settings(max_examples=60, deadline=None)


@modest
@given(st.text(max_size=40))
def test_any_text_is_a_party_or_nobody_with_a_reason(name: str) -> None:
    match = match_actors(ACCORD, [name])[name]
    assert match.party is None or match.party in {party.id for party in ACCORD.parties}
    assert 0 <= match.confidence <= 1
    assert match.reason
    assert match == match_actors(ACCORD, [name])[name]


@modest
@given(
    st.sampled_from(BORNE),
    st.sampled_from([str, str.upper, str.lower, str.title]),
    st.sampled_from(
        [lambda text: text, lambda text: text.replace("-", " "), lambda text: f"  {text.replace(' ', '  ')} "]
    ),
    st.sampled_from(["'", "’", "ʿ", ""]),
)
def test_case_hyphens_spaces_and_apostrophes_do_not_matter(
    borne: tuple[str, str], case: Callable[[str], str], spacing: Callable[[str], str], apostrophe: str
) -> None:
    party, name = borne
    written = spacing(case(name)).replace("'", apostrophe)
    assert match_actors(ACCORD, [written])[written].party == party


@modest
@given(st.sampled_from(BORNE), st.text(st.characters(categories=("Lu", "Ll")), min_size=4, max_size=12))
def test_a_further_word_of_its_own_makes_another_body(borne: tuple[str, str], word: str) -> None:
    name = f"{borne[1]} {word}"
    match = match_actors(ACCORD, [name])[name]
    assert match.party is None or match.confidence < 1


@modest
@given(st.text(max_size=40))
def test_levelled_forms_are_stable(name: str) -> None:
    assert key(key(name)) == key(name) or not key(name).isascii()
    assert take_apart(name).core == take_apart(name).core.strip() or name.strip() == ""
    assert skeleton(name) == " ".join(sorted(skeleton(name).split()))
    assert level("") == ""
