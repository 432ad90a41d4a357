"""How well the names of two reports agree."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from truceline.accord.model import Accord
from truceline.evidence.actors import ActorMatch

UNKNOWN = frozenset(("unknown", "unidentified", ""))
SAME_ROLE, SAME_TARGET, SWAPPED, OPEN, EXCLUDED = 1.0, 0.7, 0.5, 0.35, 0.0

Parties = Mapping[str, frozenset[str]]
"""From a name in the data to the party that it means and every party that this one is a member of."""

Who = tuple[tuple[str, ...], tuple[str, ...]]


def parties_of(accord: Accord, matches: Mapping[str, ActorMatch]) -> dict[str, frozenset[str]]:
    """What each matched name means: its party, and every party that this one is a member of."""
    within = {party.id: frozenset({party.id}) for party in accord.parties}
    for party in accord.parties:
        for member in accord.members_of(party.id):
            within[member] |= {party.id}
    return {name: within[match.party] for name, match in matches.items() if match.party in within}


def who_did_what(observations: pa.Table) -> tuple[NDArray[np.int64], list[Who]]:
    """Per row the number of its actors and targets, and what the numbers stand for."""
    texts = [pc.binary_join(observations[name].combine_chunks(), "\x1e") for name in ("actors", "targets")]
    joined = pc.binary_join_element_wise(*texts, "\x1f").dictionary_encode()
    who: list[Who] = []
    for text in joined.dictionary.to_pylist():
        actors, targets = text.split("\x1f")
        who.append((_names(actors), _names(targets)))
    return joined.indices.to_numpy().astype(np.int64), who


def _names(text: str) -> tuple[str, ...]:
    return tuple(name for name in text.split("\x1e") if name.casefold().strip() not in UNKNOWN)


def agreement(
    a: NDArray[np.int64], b: NDArray[np.int64], who: Sequence[Who], parties: Parties
) -> NDArray[np.float64]:
    """Per pair, how well who acted and who was hit agree.

    SAME_ROLE: an actor is shared. SAME_TARGET: a target is, and one names no actor. SWAPPED: one's actor is
    the other's target. EXCLUDED: both name parties in the same role, all known, and none is shared. OPEN:
    anything else.
    """
    if not len(a):
        return np.empty(0)
    low, high = np.minimum(a, b), np.maximum(a, b)
    distinct, place = np.unique(low * len(who) + high, return_inverse=True)
    values = [_agree(who[pair // len(who)], who[pair % len(who)], parties) for pair in distinct.tolist()]
    return np.array(values)[place.ravel()]


def _agree(a: Who, b: Who, parties: Parties) -> float:
    (acted_a, known_a), (hit_a, known_hit_a) = _meant(a[0], parties), _meant(a[1], parties)
    (acted_b, known_b), (hit_b, known_hit_b) = _meant(b[0], parties), _meant(b[1], parties)
    if acted_a & acted_b:
        return SAME_ROLE
    if acted_a and acted_b:
        if acted_a & hit_b or acted_b & hit_a:
            return SWAPPED
        return EXCLUDED if known_a and known_b else OPEN
    if hit_a & hit_b:
        return SAME_TARGET
    return EXCLUDED if hit_a and hit_b and known_hit_a and known_hit_b else OPEN


def _meant(names: tuple[str, ...], parties: Parties) -> tuple[set[str], bool]:
    """The parties that names mean, or the names themselves, and whether all are known parties."""
    meant: set[str] = set()
    for name in names:
        meant |= parties.get(name) or {f"\x00{name.casefold().strip()}"}
    return meant, all(name in parties for name in names)
