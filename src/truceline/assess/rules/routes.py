"""Routes: transit between two places is restored by a deadline, and stays open."""

from __future__ import annotations

import re
from functools import partial

import numpy as np

from truceline.accord.model import Routes
from truceline.assess.assessment import Obligation, Reason
from truceline.assess.case import Case
from truceline.assess.columns import Floats, Rows, instant_of_us
from truceline.assess.delivery import Delivery, deliver
from truceline.assess.findings import Finding
from truceline.assess.places import Region
from truceline.assess.reasons import told_of
from truceline.assess.scope import after_deadline
from truceline.assess.times import Window

OPEN = {"route_open": 1.0, "route_traffic": None}
CLOSED = {"route_closed": 1.0, "route_obstructed": None}
_ROAD = re.compile(r"\b([a-z]{1,2})[ -]?(\d{1,4})\b")


def judge(case: Case, provision: Routes, parties: tuple[str, ...], id: str) -> Obligation:
    """The verdict on the route; who holds it is told, not judged. `parties` are not looked at: a route is
    restored or not, whoever was to do it."""
    del parties
    deadline = case.deadline(provision)
    start = case.start(provision)
    passed = deadline.passed(case.as_of)
    corridor = _corridor(case, provision)
    on_route = partial(_on_route, case, provision, corridor)
    rules = case.ruleset
    since_due = Window(deadline.last if passed else start, case.as_of)
    closed = case.finding(
        case.evidence.rows_of(CLOSED),
        {
            "time": after_deadline(case, since_due) if passed else partial(since_due.share, case.evidence),
            "shows": partial(_shows, case, CLOSED, rules.obstruction_shows_closed),
            "on_route": on_route,
        },
    )
    opened = case.finding(
        case.evidence.rows_of(OPEN),
        {
            "time": partial(Window(start, case.as_of).share, case.evidence),
            "shows": partial(_shows, case, OPEN, rules.traffic_shows_open),
            "on_route": on_route,
        },
    )
    control = _control(case, on_route)
    return deliver(
        case,
        provision,
        Delivery(
            id,
            "routes",
            opened,
            closed,
            corridor,
            progress=opened.probability >= rules.possible,
            first=tuple(_last_report(case, opened, closed)),
            last=(*control, *_criteria(case, provision)),
            done_message="route-open-reports",
            undone_message="route-closed-reports",
            details={"criteria": list(provision.criteria)},
        ),
        deadline,
    )


def _corridor(case: Case, provision: Routes) -> Region:
    return case.places.route(provision.id, _names(provision), float(provision.error_m or 0.0))


def _names(provision: Routes) -> tuple[str, ...]:
    titles = tuple(provision.title.values()) if provision.title else ()
    return tuple(name for name in (provision.id, provision.road, *titles) if name)


def _shows(case: Case, kinds: dict[str, float | None], weaker: float, rows: Rows) -> Floats:
    codes, values = case.evidence.codes_at("kind", rows)
    shares = [kinds.get(value) or weaker for value in values]
    share: Floats = np.array([*shares, 0.0])[codes]
    return share


def _on_route(case: Case, provision: Routes, corridor: Region, rows: Rows) -> Floats:
    """P(the report is of this route): by name where it names a road or both ends, else by its place."""
    # Of a route that nobody drew, a position says nothing: only a report without one may be of it.
    share = (
        case.inside(corridor, rows)
        if corridor.drawn
        else np.where(case.places.positions.lost[rows], case.ruleset.no_place, 0.0)
    )
    ends = [_place_words(case, name) for name in (provision.from_place, provision.to_place) if name]
    for column in ("place", "subject"):
        codes, values = case.evidence.codes_at(column, rows)
        shares = [
            np.nan if (named := _named(str(value), provision, ends)) is None
            else case.ruleset.named_place if named else 0.0
            for value in values
        ]  # fmt: skip
        by_name = np.array([*shares, np.nan])[codes]
        share = np.where(np.isnan(by_name), share, by_name)
    return share


def _named(text: str, provision: Routes, ends: list[set[str]]) -> bool | None:
    """Whether the words name this route (True), another one (False), or none."""
    if text == provision.id:
        return True
    plain = text.casefold()
    roads = {"".join(found) for found in _ROAD.findall(plain)}
    own = {"".join(found) for found in _ROAD.findall((provision.road or "").casefold())}
    if roads and own:
        return bool(roads & own)
    if len(ends) == 2 and all(any(word in plain for word in words) for words in ends):
        return True
    return None


def _place_words(case: Case, name: str) -> set[str]:
    place = case.accord.place(name)
    words = (name, *place.names.values(), *place.aliases) if place else (name,)
    return {word.casefold() for word in words}


def _last_report(case: Case, opened: Finding, closed: Finding) -> list[Reason]:
    seen = [(f.until, message) for f, message in ((opened, "last-open"), (closed, "last-closed")) if f.until]
    if not seen:
        return []
    until, message = max(seen)
    assert until is not None
    days = max((min(until, case.as_of) - case.as_of).days * -1, 0)
    if days <= case.ruleset.stale_days:
        return []
    return [case.words.reason(message, day=case.words.last_day(until), days=days)]


def _control(case: Case, on_route: partial[Floats]) -> list[Reason]:
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


def _criteria(case: Case, provision: Routes) -> list[Reason]:
    if not provision.criteria:
        return []
    return [case.words.reason("route-criteria", text="; ".join(provision.criteria))]
