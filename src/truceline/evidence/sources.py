"""Which sources are independent of one another: two reports count twice only if nobody copied.

Sources belong together if they are one source under several names, if the accord says that one repeats the
other, if one publisher stands behind both, or if what they write of an incident is nearly word for word the
same. Belonging together is passed on: if A repeats B and B repeats C, the three are one voice.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from rapidfuzz import fuzz

from truceline.accord.model.document import Accord
from truceline.accord.model.verification import VerificationSettings
from truceline.evidence.actors.names import plain

NEARLY_THE_SAME = 90.0
"""Likeness of two texts (0 to 100, order of words ignored) from which one is taken to copy the other.

Judged: two agencies that describe one event in 20 words of their own share names and numbers and stay below
70; a rewritten dispatch keeps above 90.
"""
SHORTEST_TEXT = 40
"""Characters below which likeness says nothing: ``shelling at Morek`` is how anybody would put it."""


def independent_groups(
    sources: Iterable[str],
    settings: Accord | VerificationSettings | None = None,
    *,
    publishers: Mapping[str, str] | None = None,
) -> dict[str, int]:
    """Source id or name -> the number of its group, from 0; sources in different groups are independent.

    `settings` (an accord's verification) says which names are one source and which sources repeat which,
    `publishers` who stands behind a source. The numbers depend only on the set of sources, not on its order.
    """
    names = sorted(set(sources))
    rules = settings.verification if isinstance(settings, Accord) else settings or VerificationSettings()
    known = {plain(name): rating.id for rating in rules.sources for name in (rating.id, *rating.names)}
    joined = _Groups()
    for name in names:
        joined.join(f"source {name}", f"id {known.get(plain(name), plain(name))}")
    for rating in rules.sources:
        for original in rating.repeats:
            # What is repeated may itself be named in another spelling, or not be rated at all.
            joined.join(f"id {rating.id}", f"id {known.get(plain(original), plain(original))}")
    for name, publisher in (publishers or {}).items():
        joined.join(f"id {known.get(plain(name), plain(name))}", f"publisher {plain(publisher)}")
    numbers: dict[str, int] = {}
    return {name: numbers.setdefault(joined.root(f"source {name}"), len(numbers)) for name in names}


def same_words(one: str | None, other: str | None) -> bool:
    """Whether two reports are nearly the same text, so that one was probably copied."""
    if one is None or other is None:
        return False
    first, second = plain(one), plain(other)
    if min(len(first), len(second)) < SHORTEST_TEXT:
        return False
    return bool(fuzz.token_sort_ratio(first, second, score_cutoff=NEARLY_THE_SAME))


def independent_voices(
    reports: Sequence[tuple[str, str | None]],
    settings: Accord | VerificationSettings | None = None,
    *,
    publishers: Mapping[str, str] | None = None,
) -> list[int]:
    """The group of each report (source, text) of one incident: as `independent_groups`, and by its words."""
    groups = independent_groups((source for source, _ in reports), settings, publishers=publishers)
    joined = _Groups()
    for index, (source, text) in enumerate(reports):
        joined.join(f"report {index}", f"group {groups[source]}")
        for earlier in range(index):
            if same_words(text, reports[earlier][1]):
                joined.join(f"report {index}", f"report {earlier}")
    # Numbered by what the reports say, so that their order does not matter.
    order = sorted(range(len(reports)), key=lambda index: (reports[index][0], reports[index][1] or ""))
    numbers: dict[str, int] = {}
    for index in order:
        numbers.setdefault(joined.root(f"report {index}"), len(numbers))
    return [numbers[joined.root(f"report {index}")] for index in range(len(reports))]


class _Groups:
    """Disjoint sets of names."""

    def __init__(self) -> None:
        self._parent: dict[str, str] = {}

    def root(self, name: str) -> str:
        self._parent.setdefault(name, name)
        while self._parent[name] != name:
            self._parent[name] = self._parent[self._parent[name]]
            name = self._parent[name]
        return name

    def join(self, one: str, other: str) -> None:
        # The lesser name leads, so that the result does not depend on the order of joining.
        first, second = sorted((self.root(one), self.root(other)))
        self._parent[second] = first
