"""The chain over the clauses of a text gives the probabilities that its definition gives."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from truceline.draft.judging.chain import Chain, arrays_of, chain_from

LABELS = ("cessation", "none", "zone")


def _chain(seed: int) -> Chain:
    rng = np.random.default_rng(seed)
    names = {"fire": 0, "belt": 1, "shall": 2}
    state = rng.normal(size=(len(names) + 2, len(LABELS))).astype(np.float32)
    return Chain(names, LABELS, state, rng.normal(size=(3, 3)))


def _by_definition(chain: Chain, told: list[tuple[tuple[str, ...], np.ndarray]]) -> np.ndarray:
    """Every row of labels in turn, with its probability; exponential in the length."""
    out = np.zeros((len(told), len(LABELS)))
    for row in itertools.product(range(len(LABELS)), repeat=len(told)):
        score = sum(chain.moves[a, b] for a, b in itertools.pairwise(row))
        for label, (names, vector) in zip(row, told, strict=True):
            score += sum(chain.state[chain.names[n], label] for n in set(names) if n in chain.names)
            score += float(vector @ chain.state[len(chain.names) :, label])
        for n, label in enumerate(row):
            out[n, label] += np.exp(score)
    return np.asarray(out / out.sum(axis=1, keepdims=True))


@given(
    seed=st.integers(0, 1000),
    held=st.lists(st.sets(st.sampled_from(["fire", "belt", "shall", "unheard of"])), min_size=1, max_size=5),
)
def test_probabilities_are_those_of_all_rows_of_labels(seed: int, held: list[set[str]]) -> None:
    chain = _chain(seed)
    told = [(tuple(sorted(one)), np.array([n / 3, -1.0], dtype=np.float32)) for n, one in enumerate(held)]
    assert chain.marginals(told) == pytest.approx(_by_definition(chain, told), abs=1e-5)


def test_a_chain_written_and_read_again_judges_alike() -> None:
    chain = _chain(7)
    data = {name: np.asarray(value) for name, value in arrays_of(chain).items()}
    told = [(("fire",), np.array([0.5, 0.5], dtype=np.float32))]
    assert chain_from(data).marginals(told) == pytest.approx(chain.marginals(told), abs=1e-2)


def test_a_text_without_clauses_has_no_verdicts() -> None:
    assert _chain(1).marginals([]).shape == (0, 3)
