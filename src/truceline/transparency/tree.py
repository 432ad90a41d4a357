"""The Merkle tree of RFC 6962 section 2.1 (the same in RFC 9162): hashes, roots and proofs.

A leaf's hash is SHA-256(0x00 || data), an inner node's SHA-256(0x01 || left || right). The root of n leaves
splits them at the largest power of two below n. Leaves are numbered from 0. Level 0 are leaves; node (h, i)
covers the leaves from i * 2**h up to (i + 1) * 2**h, or to the last one.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from hashlib import sha256

EMPTY_ROOT = sha256(b"").digest()
"""The root of a tree without leaves."""

NodeAt = Callable[[int, int, int], bytes]
"""`node(level, number, size)`: the hash of a node in the tree of the first `size` leaves."""


def leaf_hash(data: bytes) -> bytes:
    """The hash of a leaf with that data."""
    return sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of an inner node."""
    return sha256(b"\x01" + left + right).digest()


def root_of(hashes: Sequence[bytes]) -> bytes:
    """The root over subtrees of equal size, of which only the last may be incomplete.

    Pairing level by level and carrying an odd last node up gives the split that RFC 6962 defines.
    """
    if not hashes:
        return EMPTY_ROOT
    level = list(hashes)
    while len(level) > 1:
        pairs = zip(level[::2], level[1::2], strict=False)
        paired = [sha256(b"\x01" + left + right).digest() for left, right in pairs]
        if len(level) % 2:
            paired.append(level[-1])
        level = paired
    return level[0]


def inclusion_path(index: int, size: int, node: NodeAt) -> list[bytes]:
    """PATH(index, D[size]) of RFC 6962 section 2.1.1, leaf first. Raises ValueError outside the tree."""
    if not 0 <= index < size:
        raise ValueError(f"a tree of {size} leaves has no leaf {index}")
    path = []
    level, number, last = 0, index, size - 1
    while last > 0:
        beside = number ^ 1
        if beside <= last:
            path.append(node(level, beside, size))
        level, number, last = level + 1, number >> 1, last >> 1
    return path


def consistency_path(old: int, size: int, node: NodeAt) -> list[bytes]:
    """PROOF(old, D[size]) of RFC 6962 section 2.1.2. Raises ValueError unless 0 <= old <= size."""
    if not 0 <= old <= size:
        raise ValueError(f"a tree of {size} leaves does not continue one of {old}")
    if old in (0, size):
        return []
    # The largest complete subtree that ends where the old tree ends, and then what stands beside it.
    level, number, last = 0, old - 1, size - 1
    while number & 1:
        level, number, last = level + 1, number >> 1, last >> 1
    path = [node(level, number, size)] if number else []
    while last > 0:
        beside = number ^ 1
        if beside <= last:
            path.append(node(level, beside, size))
        level, number, last = level + 1, number >> 1, last >> 1
    return path


def root_from_inclusion(leaf: bytes, index: int, size: int, path: Sequence[bytes]) -> bytes | None:
    """The root that a path leads to (RFC 9162 section 2.1.3.2); None where it is no path for that leaf."""
    if not 0 <= index < size:
        return None
    number, last, found = index, size - 1, leaf
    for beside in path:
        if last == 0:
            return None
        if number & 1 or number == last:
            found = node_hash(beside, found)
            while not number & 1 and number:
                number, last = number >> 1, last >> 1
        else:
            found = node_hash(found, beside)
        number, last = number >> 1, last >> 1
    return found if last == 0 else None


def continues(old: int, old_root: bytes, size: int, root: bytes, path: Sequence[bytes]) -> bool:
    """Whether a path proves that the old tree is the beginning of the new (RFC 9162 section 2.1.4.2)."""
    if old == 0:
        return not path and old_root == EMPTY_ROOT
    if old == size:
        return not path and old_root == root
    if old > size or not path:
        return False
    nodes = list(path) if old & (old - 1) else [old_root, *path]
    number, last = old - 1, size - 1
    while number & 1:
        number, last = number >> 1, last >> 1
    first = second = nodes[0]
    for beside in nodes[1:]:
        if last == 0:
            return False
        if number & 1 or number == last:
            first, second = node_hash(beside, first), node_hash(beside, second)
            while not number & 1 and number:
                number, last = number >> 1, last >> 1
        else:
            second = node_hash(second, beside)
        number, last = number >> 1, last >> 1
    return first == old_root and second == root and last == 0
