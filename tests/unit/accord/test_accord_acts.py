from __future__ import annotations

import pytest

from truceline.accord import acts
from truceline.evidence import vocabulary


def test_a_family_expands_to_all_of_its_kinds() -> None:
    kinds = acts.kinds_in("any_military_action")
    assert {"air_strike", "shelling", "ground_attack"} <= kinds
    assert "flight" not in kinds


def test_a_kind_expands_to_itself() -> None:
    assert acts.kinds_in("air_strike") == {"air_strike"}


def test_an_unknown_act_expands_to_nothing_and_has_no_family() -> None:
    assert acts.kinds_in("sabre_rattling") == frozenset()
    assert acts.family_of("sabre_rattling") is None
    assert not acts.is_act("sabre_rattling")


@pytest.mark.parametrize("kind", acts.all_kinds())
def test_every_kind_has_one_family_and_an_english_name(kind: str) -> None:
    family = acts.family_of(kind)
    assert family is not None
    assert kind in acts.families()[family]
    assert acts.label(kind)
    assert acts.is_act(kind)


def test_no_kind_stands_in_two_families() -> None:
    listed = [kind for kinds in acts.families().values() for kind in kinds]
    assert len(listed) == len(set(listed))


def test_a_name_in_words_falls_back_to_english_and_then_to_the_name() -> None:
    assert acts.label("air_strike", "fr") == "air strike"
    assert acts.label("not_a_kind") == "not a kind"


def test_evidence_gives_on_the_same_vocabulary() -> None:
    assert vocabulary.kinds_in is acts.kinds_in
    assert vocabulary.all_kinds() == acts.all_kinds()
