"""The grammar of sentences: subjects, agents and modals as a reader would name them."""

from __future__ import annotations

import json

import pytest

from truceline.draft.text.document import Text, cut
from truceline.draft.text.grammar import MODEL, Grammar, grammar_of


def _at(text: Text, word: str) -> int:
    return next(w.i for w in text.words if w.text == word)


def _read(raw: str) -> tuple[Text, Grammar]:
    text = cut(raw)
    return text, grammar_of(text)


@pytest.mark.parametrize(
    ("raw", "verb", "subject"),
    [
        ("The Parties shall withdraw their heavy weapons from the zone.", "withdraw", "Parties"),
        ("Under the plan, both armies must leave the valley by Friday.", "leave", "armies"),
        ("Fighters of the northern alliance will hand over the bridge within ten days.", "hand", "Fighters"),
        ("The observers, who arrived on Monday, will count the guns.", "count", "observers"),
    ],
)
def test_the_subject_of_an_active_clause_hangs_on_its_verb(raw: str, verb: str, subject: str) -> None:
    text, grammar = _read(raw)
    found = grammar.child(_at(text, verb), "nsubj")
    assert found == _at(text, subject)


@pytest.mark.parametrize(
    ("raw", "verb", "subject"),
    [
        ("All mortars shall be removed from the strip.", "removed", "mortars"),
        ("The road will be reopened by the government before winter.", "reopened", "road"),
    ],
)
def test_the_subject_of_a_passive_clause_is_told_from_an_active_one(
    raw: str, verb: str, subject: str
) -> None:
    text, grammar = _read(raw)
    assert grammar.child(_at(text, verb), "nsubj:pass") == _at(text, subject)
    assert grammar.child(_at(text, verb), "aux:pass") is not None


def test_every_word_hangs_on_a_word_of_its_own_sentence_and_each_sentence_has_one_root() -> None:
    text, grammar = _read(
        "1. Each side shall stop firing at midnight.\n2. Maps are exchanged.\n\nJoint patrols begin on 5 May."
        " No flights; no drones. Both agreed to it, and the mediators said so."
    )
    assert len(text.sentences) >= 4
    for sentence in text.sentences:
        own = range(sentence.first, sentence.last)
        assert all(grammar.heads[i] in own for i in own)
        assert sum(grammar.heads[i] == i for i in own) == 1
        root = next(i for i in own if grammar.heads[i] == i)
        assert grammar.subtree(root) == list(own)


def test_a_text_is_read_the_same_way_alone_and_after_others() -> None:
    raw = "The southern command shall vacate the heights, and its guns will be stored."
    _, alone = _read(raw)
    _read("Something else is said here first, at length, by somebody.")
    _, again = _read(raw)
    assert alone == again


def test_an_empty_text_has_no_grammar() -> None:
    _, grammar = _read("")
    assert grammar.tags == ()


def test_the_model_says_what_it_was_trained_on_and_how_well_it_reads() -> None:
    measured = json.loads((MODEL / "measured.json").read_text("utf-8"))
    assert {"tag_acc", "dep_uas", "dep_las", "revisions"} <= set(measured)
    assert "CC BY-SA 4.0" in (MODEL / "README.md").read_text("utf-8")
