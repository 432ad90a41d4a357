"""The passage of a route against an oracle that tries every combination of true and false words."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from truceline.route import Stretch, Word, passage_of

LENGTH = 12


def enumerated(words: list[Word]) -> tuple[float, float]:
    """P(open from end to end), P(closed): every world, metre by metre; a block's place is any whole metre."""
    order = sorted(
        words, key=lambda w: (w.at, w.says != "open", w.p, w.key, w.stretch.from_m, w.stretch.to_m)
    )
    opened = closed = 0.0
    for truth in product((True, False), repeat=len(order)):
        chance = 1.0
        for word, true in zip(order, truth, strict=True):
            chance *= word.p if true else 1.0 - word.p
        if chance == 0.0:
            continue
        held = [word for word, true in zip(order, truth, strict=True) if true]
        spans = [range(int(w.stretch.from_m), int(w.stretch.to_m)) for w in held]
        choices = [span if word.says == "blocked" else [None] for word, span in zip(held, spans, strict=True)]
        # Blocks lie independently: the way is free of them with the product of each one's own chance.
        reopened = [
            {
                m
                for later, span in zip(held[n + 1 :], spans[n + 1 :], strict=True)
                if later.says == "open"
                for m in span
            }
            for n in range(len(held))
        ]
        clear = 1.0
        for n, word in enumerate(held):
            if word.says == "closed":
                clear *= 0.0 if set(spans[n]) - reopened[n] else 1.0
            elif word.says == "blocked":
                clear *= sum(m in reopened[n] for m in choices[n]) / len(spans[n])
        closed += chance * (1.0 - clear)
        covered = {m for word, span in zip(held, spans, strict=True) if word.says == "open" for m in span}
        if len(covered) == LENGTH:
            opened += chance * clear
    return opened, closed


stretches = st.tuples(st.integers(0, LENGTH - 1), st.integers(1, LENGTH)).map(
    lambda ends: Stretch(float(ends[0]), float(min(ends[0] + ends[1], LENGTH)))
)
words = st.builds(
    Word,
    at=st.integers(0, 5),
    says=st.sampled_from(["open", "closed", "blocked"]),
    stretch=st.one_of(stretches, st.just(Stretch(0.0, float(LENGTH)))),
    p=st.floats(0.0, 1.0),
    key=st.sampled_from("abc"),
)


@settings(max_examples=150, deadline=None)
@given(st.lists(words, max_size=6))
def test_it_is_what_trying_every_world_gives(said: list[Word]) -> None:
    passage = passage_of(said, LENGTH)
    opened, closed = enumerated(said)
    assert passage.p_open == pytest.approx(opened, abs=1e-9)
    assert passage.p_closed == pytest.approx(closed, abs=1e-9)


@settings(max_examples=80, deadline=None)
@given(st.lists(words, max_size=8), st.randoms(use_true_random=False))
def test_the_order_in_which_words_come_never_matters(said: list[Word], random: object) -> None:
    shuffled = list(said)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert passage_of(said, LENGTH) == passage_of(shuffled, LENGTH)


@settings(max_examples=80, deadline=None)
@given(st.lists(words, max_size=8))
def test_shares_are_shares(said: list[Word]) -> None:
    passage = passage_of(said, LENGTH)
    assert -1e-12 <= passage.p_open <= 1.0 + 1e-12
    assert passage.p_open + passage.p_closed <= 1.0 + 1e-9
    assert passage.passable_share + passage.closed_share <= 1.0 + 1e-9
    assert sum(cell.length_m for cell, _, _ in passage.cells) == pytest.approx(LENGTH)
    for cell, is_open, _ in passage.cells:
        assert passage.p_open <= is_open + 1e-9, cell


@settings(max_examples=80, deadline=None)
@given(st.lists(words, max_size=6), words)
def test_a_newer_word_that_closes_never_makes_the_way_more_open(said: list[Word], word: Word) -> None:
    closing = Word(9, "closed", word.stretch, word.p, word.key)
    before, after = passage_of(said, LENGTH), passage_of([*said, closing], LENGTH)
    assert after.p_open <= before.p_open + 1e-12
    assert after.p_closed >= before.p_closed - 1e-9


@settings(max_examples=80, deadline=None)
@given(st.lists(words, max_size=6), st.floats(0.0, 1.0))
def test_a_newer_word_that_opens_all_of_it_never_makes_the_way_more_closed(
    said: list[Word], p: float
) -> None:
    opening = Word(9, "open", Stretch(0.0, LENGTH), p)
    before, after = passage_of(said, LENGTH), passage_of([*said, opening], LENGTH)
    assert after.p_closed <= before.p_closed + 1e-9
    assert after.p_open >= max(before.p_open, p) - 1e-9
