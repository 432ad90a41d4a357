"""The names of an accord's parties, arranged for looking up."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from truceline.accord.model.base import name_in
from truceline.accord.model.document import Accord
from truceline.accord.model.party import Party
from truceline.evidence.actors.known import group_of, is_opposition, state_form
from truceline.evidence.actors.names import closed, key, skeleton, take_apart


@dataclass(frozen=True, slots=True)
class Named:
    """A name that a party bears: `how` is ``id``, ``name``, ``alias`` or ``former`` (then within `valid`)."""

    party: str
    name: str
    how: str
    valid: tuple[dt.date | None, dt.date | None] = (None, None)


def _names_of(party: Party) -> Iterator[Named]:
    yield Named(party.id, party.id, "id")
    for name in party.names.values():
        yield Named(party.id, name, "name")
        parts = take_apart(name)
        if parts.core != name:
            yield Named(party.id, parts.core, "name")
        for short in parts.abbreviations:
            yield Named(party.id, short, "alias")
    for alias in party.aliases:
        yield Named(party.id, alias, "alias")
    for former in party.former_names:
        yield Named(party.id, former.name, "former", (former.valid_from, former.valid_to))


class PartyIndex:
    """The parties of an accord by their names, and what those names say about them."""

    def __init__(self, accord: Accord) -> None:
        self.parties = {party.id: party for party in accord.parties}
        self._all = [named for party in accord.parties for named in _names_of(party)]
        self._by_key: defaultdict[str, list[Named]] = defaultdict(list)
        self._by_skeleton: defaultdict[str, list[Named]] = defaultdict(list)
        self.states: defaultdict[str, list[str]] = defaultdict(list)
        self.groups: defaultdict[int, list[str]] = defaultdict(list)
        self.opposition: list[str] = []
        for named in self._all:
            self._by_key[key(named.name)].append(named)
            for form in {skeleton(named.name), closed(named.name)} - {""}:
                self._by_skeleton[form].append(named)
            self._learn(named)

    def _learn(self, named: Named) -> None:
        form = state_form(named.name)
        if form is not None and named.party not in self.states[form.state]:
            self.states[form.state].append(named.party)
        group = group_of(named.name)
        if group is not None and named.party not in self.groups[group]:
            self.groups[group].append(named.party)
        if is_opposition(named.name) and named.party not in self.opposition:
            self.opposition.append(named.party)

    def by_key(self, form: str) -> Sequence[Named]:
        """The names with that `key`, the plainest way of bearing it first."""
        order = ("id", "name", "alias", "former")
        return sorted(self._by_key.get(form, ()), key=lambda named: order.index(named.how))

    def by_skeleton(self, form: str) -> Sequence[Named]:
        """The names with that `skeleton`, or that form written as one word."""
        return self._by_skeleton.get(form, ())

    def all_names(self) -> Sequence[Named]:
        """Every name but the ids."""
        return [named for named in self._all if named.how != "id"]

    def concerns(self, state: str) -> bool:
        """Whether a party of the accord is that state, or no party is any state at all."""
        known = [name for name, parties in self.states.items() if parties]
        return state in known or not known

    def within(self, party: str, whole: str) -> bool:
        """Whether `party` belongs to `whole`, itself or through others."""
        seen: set[str] = set()
        waiting = [party]
        while waiting:
            current = self.parties.get(waiting.pop())
            for parent in current.member_of if current is not None else ():
                if parent == whole and parent != party:
                    return True
                if parent not in seen:
                    seen.add(parent)
                    waiting.append(parent)
        return False

    def title(self, party: str) -> str:
        """The party's name in English."""
        return name_in(self.parties[party].names, "en")
