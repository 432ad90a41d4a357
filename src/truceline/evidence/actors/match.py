"""Which party of the accord a name in the data means: with a confidence, a reason, and never a guess.

The steps go from the surest to the least sure; the first that finds a party decides. Where a step finds
several parties that are not one within the other, nobody is matched and all of them are alternatives: an
analyst maps the name once. Confidences are judged, and checked against a table labelled by hand
(tests/unit/evidence/actors, docs/reference/evidence.md).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from truceline.accord.model.document import Accord
from truceline.evidence.actors.index import Named, PartyIndex
from truceline.evidence.actors.known import (
    group_of,
    is_adjective,
    is_nobody,
    is_opposition,
    is_state,
    opposition_of,
    state_form,
)
from truceline.evidence.actors.names import Composite, closed, key, plain, skeleton, take_apart
from truceline.evidence.actors.similar import most_similar

NOBODY = frozenset({"", "-", "none", "unknown"})
"""Values of an analyst's mapping that say: this is no party of the accord."""


@dataclass(frozen=True, slots=True)
class Alternative:
    """A party that the name could also mean."""

    party: str
    confidence: float
    reason: str


@dataclass(frozen=True, slots=True)
class ActorMatch:
    """The party (an id of the accord) that a name means, or None; confidence from 0 to 1."""

    party: str | None
    confidence: float
    reason: str
    alternatives: tuple[Alternative, ...] = ()


def match_actors(
    accord: Accord,
    names: Iterable[str],
    mapping: Mapping[str, str] | None = None,
    *,
    on: dt.date | None = None,
) -> dict[str, ActorMatch]:
    """The match of every name. `mapping` is an analyst's word, name -> party id, and comes first.

    `on` is the day that the names speak of, for names that were borne for a time; without it the day of
    signature counts.
    """
    index = PartyIndex(accord)
    day = on or accord.accord.signed
    words = {plain(name): party for name, party in (mapping or {}).items()}
    return {name: _match(index, name, words, day) for name in names}


def unmatched(
    counts: Mapping[str, int], matches: Mapping[str, ActorMatch]
) -> list[tuple[str, int, ActorMatch]]:
    """The names without a party, the most frequent first, so that an analyst can map them once."""
    rows = [(name, count, matches[name]) for name, count in counts.items() if matches[name].party is None]
    return sorted(rows, key=lambda row: (-row[1], row[0]))


def _match(index: PartyIndex, name: str, mapping: Mapping[str, str], day: dt.date | None) -> ActorMatch:
    if plain(name) in mapping:
        return _mapped(index, mapping[plain(name)])
    direct = _direct(index, name, day)
    if direct:
        return _decide(index, name, direct)
    parts = take_apart(name)
    if is_nobody(name):
        return ActorMatch(None, 0.0, f"'{name}' stands for nobody in particular")
    for step in (_taken_apart, _state, _known_group, _opposition, _spelling, _similar):
        found = step(index, parts, day)
        if found:
            return _decide(index, name, found)
    return ActorMatch(None, 0.0, f"no party of the accord bears a name like '{name}'")


def _mapped(index: PartyIndex, party: str) -> ActorMatch:
    if party.strip().casefold() in NOBODY:
        return ActorMatch(None, 1.0, "an analyst decided that this is no party of the accord")
    if party not in index.parties:
        return ActorMatch(None, 0.0, f"an analyst mapped it to '{party}', which the accord does not have")
    return ActorMatch(party, 1.0, "mapped by an analyst")


def _decide(index: PartyIndex, name: str, found: list[Alternative]) -> ActorMatch:
    best: dict[str, Alternative] = {}
    for one in found:
        if one.party not in best or one.confidence > best[one.party].confidence:
            best[one.party] = one
    # A group and the body that it belongs to may share a name: the narrower one is meant.
    narrow = [one for one in best.values() if not any(index.within(other, one.party) for other in best)]
    likely = [one for one in narrow if one.confidence > 0]
    ranked = sorted(best.values(), key=lambda one: (-one.confidence, one.party))
    if len(likely) == 1:
        chosen = likely[0]
        others = tuple(one for one in ranked if one is not chosen)
        return ActorMatch(chosen.party, chosen.confidence, chosen.reason, others)
    if len(ranked) == 1:
        return ActorMatch(None, 0.0, ranked[0].reason, tuple(ranked))
    titles = " or ".join(index.title(one.party) for one in ranked)
    return ActorMatch(None, 0.0, f"'{name}' could mean {titles}", tuple(ranked))


def _direct(index: PartyIndex, name: str, day: dt.date | None) -> list[Alternative]:
    if name in index.parties:
        return [Alternative(name, 1.0, "the party's id in the accord")]
    return [_by_name(index, named, name, day) for named in index.by_key(key(name))]


def _by_name(index: PartyIndex, named: Named, name: str, day: dt.date | None) -> Alternative:
    title = index.title(named.party)
    if named.how == "former":
        began, ended = named.valid
        if day is not None and ((began and day < began) or (ended and day > ended)):
            span = f"{began or '…'} to {ended or '…'}"
            return Alternative(named.party, 0.75, f"'{name}' was a name of {title} at another time ({span})")
        return Alternative(named.party, 0.95, f"'{name}' is a former name of {title}")
    word = {"id": "the id", "name": "the name", "alias": "an alias"}[named.how]
    return Alternative(named.party, 1.0 if named.how != "alias" else 0.98, f"'{name}' is {word} of {title}")


def _taken_apart(index: PartyIndex, parts: Composite, day: dt.date | None) -> list[Alternative]:
    """The name without its abbreviation, country and years, and the abbreviation itself."""
    if parts.years is not None and state_form(parts.core):
        return []
    found = _direct(index, parts.core, day)
    by_core = bool(found)
    for short in parts.abbreviations:
        found += _direct(index, short, day)
    if not found:
        return []
    away = [word for word in parts.qualifiers if is_state(word) and not index.concerns(plain(word))]
    if away:
        # "Ahrar al-Sham (Lebanon)" is somebody else's branch.
        return [
            Alternative(one.party, 0.0, f"the data set says '{away[0]}', not a state of this accord")
            for one in found
        ]
    less = 0.97 if by_core else 0.85
    return [Alternative(one.party, round(one.confidence * less, 3), one.reason) for one in found]


def _state(index: PartyIndex, parts: Composite, day: dt.date | None) -> list[Alternative]:
    form = state_form(parts.core)
    if form is None:
        return []
    found = []
    for party in index.states.get(form.state, ()):
        title = index.title(party)
        if parts.years is not None and day is not None and not _existed(parts.years, day):
            span = f"{parts.years[0]}-{parts.years[1] or ''}"
            found.append(
                Alternative(party, 0.0, f"the data set dates this body to {span}, not to {day.year}")
            )
        elif parts.unit:
            found.append(Alternative(party, 0.9, f"'{parts.unit}' is a part of the forces of {title}"))
        elif form.sure:
            found.append(Alternative(party, 0.95, f"'{parts.core}' is a usual form for {title}"))
        else:
            found.append(Alternative(party, 0.7, f"'{parts.core}' as a rule stands for {title}"))
    return found


def _existed(years: tuple[int, int | None], day: dt.date) -> bool:
    return years[0] <= day.year <= (years[1] or 9999)


def _known_group(index: PartyIndex, parts: Composite, _day: dt.date | None) -> list[Alternative]:
    found = []
    for name in (parts.core, *parts.abbreviations):
        group = group_of(name)
        for party in index.groups.get(group, ()) if group is not None else ():
            reason = f"'{name}' is commonly known as a name of {index.title(party)}"
            found.append(Alternative(party, 0.9, reason))
    return found


def _opposition(index: PartyIndex, parts: Composite, _day: dt.date | None) -> list[Alternative]:
    """``Opposition Rebels (Syria)``: the opposition in general, where one party is that."""
    spoken = " ".join((parts.core, *parts.qualifiers))
    state = opposition_of(spoken)
    if state is None and not is_opposition(spoken):
        return []
    if state is not None and not index.concerns(state):
        return []
    reason = f"'{spoken}' stands for the opposition in general"
    return [Alternative(party, 0.85, f"{reason}: {index.title(party)}") for party in index.opposition]


def _spelling(index: PartyIndex, parts: Composite, _day: dt.date | None) -> list[Alternative]:
    if group_of(parts.core) is not None:
        return []  # a known body that is not in this accord
    return [
        Alternative(named.party, 0.9, f"'{parts.core}' is another spelling of '{named.name}'")
        for form in {skeleton(parts.core), closed(parts.core)} - {""}
        for named in index.by_skeleton(form)
    ]


def _similar(index: PartyIndex, parts: Composite, _day: dt.date | None) -> list[Alternative]:
    if group_of(parts.core) is not None or state_form(parts.core) is not None or is_adjective(parts.core):
        return []
    return [
        Alternative(named.party, confidence, f"'{parts.core}' is spelt nearly as '{named.name}'")
        for named, confidence in most_similar(parts.core, index.all_names())
    ]
