"""Who did it: the probability that an act was by a party that the provision binds.

A name in the data stands for a party with a confidence (`truceline.evidence.actors`). A party acts through
its members. Who is unknown, or only named by an umbrella, is not thereby innocent nor guilty: documented
shares of the ruleset say how much such a report counts.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Protocol

import numpy as np

from truceline.accord.model import Accord, PartyRole
from truceline.assess.columns import AnyOf, Evidence, Floats, NameLists, Rows
from truceline.assess.ruleset import Ruleset

UNKNOWN = frozenset({"", "unknown", "unidentified", "unattributed", "n/a", "none"})


class Match(Protocol):
    """What a name means: a party's id or None, and with which confidence."""

    @property
    def party(self) -> str | None: ...
    @property
    def confidence(self) -> float: ...


class Authors:
    """The accord's parties and the names that stand for them."""

    def __init__(self, accord: Accord, actors: Mapping[str, Match], ruleset: Ruleset) -> None:
        self.accord = accord
        self.actors = actors
        self.ruleset = ruleset
        self.ids = frozenset(party.id for party in accord.parties)
        self._roles = {party.id: party.role for party in accord.parties}
        self._cache: dict[tuple[int, frozenset[str], float, float], AnyOf] = {}

    def everyone_under(self, parties: Iterable[str]) -> frozenset[str]:
        """The parties and everyone who is a member of one of them."""
        found: frozenset[str] = frozenset()
        for party in parties:
            found |= self.accord.members_of(party)
        return found

    def umbrellas_of(self, parties: Iterable[str]) -> frozenset[str]:
        """Everyone whom one of the parties belongs to, directly or not, save the parties themselves."""
        own = frozenset(parties)
        found = set(own)
        while True:
            more = {above for p in self.accord.parties if p.id in found for above in p.member_of} - found
            if not more:
                return frozenset(found) - own
            found |= more

    def binds_everybody(self, parties: Iterable[str]) -> bool:
        """Whether the provision binds every party that could act: all sides, guarantors and groups.

        A provision that names nobody binds everybody. A group is bound through what it belongs to.
        """
        bound = self.everyone_under(parties)
        if not bound:
            return True
        able = {id for id, role in self._roles.items() if role in (PartyRole.SIDE, PartyRole.GROUP)}
        return bool(able) and able <= bound

    def party_of(self, name: str) -> tuple[str | None, float]:
        """The party that a name stands for and the confidence; (None, 0) where nobody knows."""
        match = self.actors.get(name)
        if match is not None and match.party is not None:
            return match.party, float(match.confidence)
        if match is None and name in self.ids:
            return name, 1.0
        return None, 0.0

    def p_acted(self, evidence: Evidence, parties: Iterable[str], rows: Rows) -> Floats:
        """Per row the probability that a party bound was among those who acted."""
        names = frozenset(parties)
        unknown = (
            self.ruleset.unknown_author_all
            if self.binds_everybody(names)
            else self.ruleset.unknown_author_some
        )
        return self._shares(evidence.actor_lists, names, unknown, self.ruleset.unmatched_author, rows)

    def p_target(self, evidence: Evidence, parties: Iterable[str], rows: Rows) -> Floats:
        """Per row the probability that a protected party was among those acted against."""
        unknown = self.ruleset.unknown_target
        return self._shares(evidence.target_lists, frozenset(parties), unknown, unknown, rows)

    def p_named(self, lists: NameLists, parties: Iterable[str], rows: Rows) -> Floats:
        """Per row the probability that one of the parties, or a member, is named at all; 0 for unknown."""
        names = frozenset(parties)
        return self._shares(lists, names, 0.0, 0.0, rows) if names else np.zeros(len(rows))

    def _shares(
        self, lists: NameLists, parties: frozenset[str], unknown: float, unmatched: float, rows: Rows
    ) -> Floats:
        key = (id(lists), parties, unknown, unmatched)
        if key not in self._cache:
            under, above = self.everyone_under(parties), self.umbrellas_of(parties)
            per_name = np.array(
                [self._share(name, under, above, unknown, unmatched) for name in lists.names],
                dtype=np.float64,
            )
            # Several names acted together: bound if any of them is.
            self._cache[key] = lists.any_of(per_name, unknown)
        return self._cache[key].at(rows)

    def _share(
        self, name: str, under: frozenset[str], above: frozenset[str], unknown: float, unmatched: float
    ) -> float:
        """P(bound) of one name: its party's confidence, or the ruleset's share for what is not known.

        `under` are the parties and their members (none: everybody is bound), `above` their umbrellas.
        """
        if name.strip().casefold() in UNKNOWN:
            return unknown
        party, confidence = self.party_of(name)
        if party is None:
            return unmatched
        if not under or party in under:
            return confidence
        if party in above:
            return confidence * self.ruleset.umbrella_author
        # The name may yet mean somebody else.
        return (1.0 - confidence) * unmatched

    def parties_at(self, evidence: Evidence, row: int, column: str = "actors") -> list[str]:
        """The parties that one row names, as ids; names that match nobody as they stand."""
        lists = evidence.actor_lists if column == "actors" else evidence.target_lists
        return [self.party_of(name)[0] or name for name in lists.of_row(row)]

    def rows_by(self, evidence: Evidence, rows: Rows, parties: Iterable[str]) -> Rows:
        """The rows in which a party of `parties`, or a member, is named among those who acted."""
        wanted = self.everyone_under(parties)
        per_name = np.array(
            [self.party_of(name)[0] in wanted for name in evidence.actor_lists.names], dtype=bool
        )
        kept: Rows = rows[evidence.actor_lists.reduced(per_name, np.logical_or, False)[rows]]
        return kept
