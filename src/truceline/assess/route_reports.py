"""Which reports are of a route, and what they show: for the rule on routes and for the state of a route."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Mapping

import numpy as np

from truceline.accord.model import Routes
from truceline.assess.assessment import Reason
from truceline.assess.case import Case
from truceline.assess.columns import Floats, Rows, instant_of_us
from truceline.assess.places import Region
from truceline.assess.reasons import told_of
from truceline.geo.ellipsoid import Bools

# By kind the number of the ruleset that is P(so | the report is true); None: 1, plain words of it.
Shows = Mapping[str, str | None]
OPEN: Shows = {
    "route_open": None,
    "route_traffic": "traffic_shows_open",
    "route_cleared": "clearing_shows_open",
}
CLOSED: Shows = {
    "route_closed": None,
    "route_obstructed": "obstruction_shows_closed",
    "route_mined": "mines_show_closed",
    "bridge_destroyed": "bridge_down_shows_closed",
    "route_checkpoint": "checkpoint_shows_closed",
}
_NONE = 2
_ROAD = re.compile(r"\b([a-z]{1,2})[ -]?(\d{1,4})\b")


def corridor_of(case: Case, provision: Routes) -> Region:
    """The ground along the route, as the accord draws it."""
    return case.places.route(provision.id, _names(provision), float(provision.error_m or 0.0))


def _names(provision: Routes) -> tuple[str, ...]:
    titles = tuple(provision.title.values()) if provision.title else ()
    return tuple(name for name in (provision.id, provision.road, *titles) if name)


def p_shows(case: Case, kinds: Shows, rows: Rows) -> Floats:
    """P(the route is as `kinds` say | the report is true)."""
    codes, values = case.evidence.codes_at("kind", rows)
    named = [kinds.get(value) for value in values]
    shares = [float(getattr(case.ruleset, name)) if name else 1.0 for name in named]
    share: Floats = np.array([*shares, 0.0])[codes]
    return share


def p_on_route(case: Case, provision: Routes, corridor: Region, rows: Rows) -> Floats:
    """P(the report is of this route): by name where it names a road or both ends, else by its place."""
    # Of a route that nobody drew, a position says nothing: only a report without one may be of it.
    share = (
        case.inside(corridor, rows)
        if corridor.drawn
        else np.where(case.places.positions.lost(rows), case.ruleset.no_place, 0.0)
    )
    ends = [_place_words(case, name) for name in (provision.from_place, provision.to_place) if name]
    by_answer = np.array([0.0, case.ruleset.named_place])

    def question(text: str) -> int:
        named = names_route(text, provision, ends)
        return _NONE if named is None else int(named)

    for column in ("place", "subject"):
        answers = case.evidence.answers(column, rows, ("names route", *_of(provision, ends)), question)
        told = (answers == 0) | (answers == 1)
        share = np.where(told, by_answer[np.where(told, answers, 0)], share)
    return share


def names_route(text: str, provision: Routes, ends: list[set[str]]) -> bool | None:
    """Whether the words name this route (True), another one (False), or none."""
    if text == provision.id:
        return True
    plain = text.casefold()
    roads, own = roads_named(text), roads_named(provision.road or "")
    if roads and own:
        return bool(roads & own)
    if len(ends) == 2 and all(any(word in plain for word in words) for words in ends):
        return True
    return None


def roads_named(text: str) -> frozenset[str]:
    """The roads that words name by number, as "M 5" is m5."""
    return frozenset("".join(found) for found in _ROAD.findall(text.casefold()))


def _place_words(case: Case, name: str) -> set[str]:
    place = case.accord.place(name)
    words = (name, *place.names.values(), *place.aliases) if place else (name,)
    return {word.casefold() for word in words}


def names_whole_route(case: Case, provision: Routes, rows: Rows) -> Bools:
    """Whether each report names the route by its road or both its ends."""
    ends = [_place_words(case, name) for name in (provision.from_place, provision.to_place) if name]

    def question(text: str) -> int:
        return bool(names_route(text, provision, ends))

    return _either(case, rows, ("names whole route", *_of(provision, ends)), question)


def names_both_ends(case: Case, provision: Routes, rows: Rows) -> Bools:
    """Whether each report names the places at both ends of the route, so that it speaks of all of it."""
    ends = [_place_words(case, name) for name in (provision.from_place, provision.to_place) if name]

    def question(text: str) -> int:
        folded = text.casefold()
        return len(ends) == 2 and (
            folded == provision.id or all(any(word in folded for word in words) for words in ends)
        )

    return _either(case, rows, ("names both ends", *_of(provision, ends)), question)


def _of(provision: Routes, ends: list[set[str]]) -> tuple[Hashable, ...]:
    """What tells a route's questions from others, from those of a rival reading of it too."""
    return provision.id, provision.road, *(frozenset(words) for words in ends)


def _either(case: Case, rows: Rows, about: Hashable, question: Callable[[str], int]) -> Bools:
    """Whether the place or the subject that a report names answers a question with yes."""
    answers = case.evidence.answers
    either: Bools = (answers("place", rows, about, question) == 1) | (
        answers("subject", rows, about, question) == 1
    )
    return either


def told_control(case: Case, on_route: Callable[[Rows], Floats]) -> list[Reason]:
    """Who the reports have in control along the route, in words."""
    rows = case.evidence.rows_by_id(["control_change"])
    if not len(rows):
        return []
    rows = rows[on_route(rows) >= 0.5]
    if not len(rows):
        return []
    last = int(rows[np.argmax(case.evidence.end_us[rows])])
    told = told_of(case, last)
    return [
        case.words.reason(
            "route-control", case.evidence.ids([last]), who=told["who"],
            day=case.words.day(instant_of_us(int(case.evidence.start_us[last]))),
        )
    ]  # fmt: skip


def told_criteria(case: Case, provision: Routes) -> list[Reason]:
    """What the text asks of the route, in words."""
    if not provision.criteria:
        return [case.words.reason("route-no-criteria")]
    return [case.words.reason("route-criteria", text="; ".join(provision.criteria))]
