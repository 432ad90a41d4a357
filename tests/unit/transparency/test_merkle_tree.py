"""The tree against the published vectors of Certificate Transparency and RFC 6962 read literally."""

from collections.abc import Sequence
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from truceline.transparency.tree import (
    EMPTY_ROOT,
    consistency_path,
    continues,
    inclusion_path,
    leaf_hash,
    root_from_inclusion,
    root_of,
)

# Leaves and roots of the reference implementation's tests (google/certificate-transparency, merkletree).
LEAVES = [
    bytes.fromhex(text)
    for text in (
        "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f",
    )
]  # fmt: skip
ROOTS = (
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
)


def mth(leaves: Sequence[bytes]) -> bytes:
    """RFC 6962 section 2.1, word for word."""
    n = len(leaves)
    if n == 0:
        return sha256(b"").digest()
    if n == 1:
        return sha256(b"\x00" + leaves[0]).digest()
    k = split(n)
    return sha256(b"\x01" + mth(leaves[:k]) + mth(leaves[k:])).digest()


def split(n: int) -> int:
    k = 1
    while k * 2 < n:
        k *= 2
    return k


def path(m: int, leaves: Sequence[bytes]) -> list[bytes]:
    """RFC 6962 section 2.1.1, word for word."""
    n = len(leaves)
    if n == 1:
        return []
    k = split(n)
    if m < k:
        return [*path(m, leaves[:k]), mth(leaves[k:])]
    return [*path(m - k, leaves[k:]), mth(leaves[:k])]


def subproof(m: int, leaves: Sequence[bytes], complete: bool) -> list[bytes]:
    """RFC 6962 section 2.1.2, word for word."""
    n = len(leaves)
    if m == n:
        return [] if complete else [mth(leaves)]
    k = split(n)
    if m <= k:
        return [*subproof(m, leaves[:k], complete), mth(leaves[k:])]
    return [*subproof(m - k, leaves[k:], False), mth(leaves[:k])]


def node_of(leaves: Sequence[bytes]) -> object:
    def node(level: int, number: int, size: int) -> bytes:
        return mth(leaves[number << level : min((number + 1) << level, size)])

    return node


@pytest.mark.parametrize("size", range(1, 9))
def test_roots_are_those_of_the_published_vectors(size: int) -> None:
    assert root_of([leaf_hash(leaf) for leaf in LEAVES[:size]]).hex() == ROOTS[size - 1]
    assert mth(LEAVES[:size]).hex() == ROOTS[size - 1]


def test_the_root_of_nothing_is_the_hash_of_nothing() -> None:
    assert root_of([]) == EMPTY_ROOT == sha256(b"").digest()


def test_paths_are_those_of_the_definition_for_every_leaf_and_size() -> None:
    leaves = [bytes([n]) for n in range(40)]
    node = node_of(leaves)
    for size in range(1, 41):
        root = mth(leaves[:size])
        for index in range(size):
            made = inclusion_path(index, size, node)  # type: ignore[arg-type]
            assert made == path(index, leaves[:size])
            assert root_from_inclusion(leaf_hash(leaves[index]), index, size, made) == root
        for old in range(1, size + 1):
            made = consistency_path(old, size, node)  # type: ignore[arg-type]
            assert made == subproof(old, leaves[:size], True)
            assert continues(old, mth(leaves[:old]), size, root, made)


@given(st.data(), st.integers(2, 70))
def test_no_altered_path_is_taken_for_a_proof(data: st.DataObject, size: int) -> None:
    leaves = [bytes([n]) for n in range(size)]
    index, old = data.draw(st.integers(0, size - 1)), data.draw(st.integers(1, size - 1))
    root = mth(leaves)
    good = path(index, leaves)
    at = data.draw(st.integers(0, len(good) - 1))
    altered = [
        [*good[:at], bytes(32), *good[at + 1 :]],
        good[:at] + good[at + 1 :], [*good, bytes(32)], [bytes(32), *good],
    ]  # fmt: skip
    for wrong in altered:
        assert root_from_inclusion(leaf_hash(leaves[index]), index, size, wrong) != root
    other = data.draw(st.integers(0, size - 1).filter(lambda n: n != index))
    assert root_from_inclusion(leaf_hash(leaves[index]), other, size, good) != root
    steps = subproof(old, leaves, True)
    assert not continues(old, mth(leaves[:old]), size, root, [*steps, bytes(32)])
    assert not continues(old, mth(leaves[:old]), size, root, steps[:-1])
    assert not continues(old, bytes(32), size, root, steps)
    assert not continues(old, mth(leaves[:old]), size, bytes(32), steps)


def test_paths_outside_the_tree_are_refused() -> None:
    node = node_of([b"a"])
    for index, size in ((1, 1), (-1, 1), (0, 0)):
        with pytest.raises(ValueError, match="no leaf"):
            inclusion_path(index, size, node)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="does not continue"):
        consistency_path(2, 1, node)  # type: ignore[arg-type]
