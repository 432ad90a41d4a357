"""The state of every promised route: is there a way from end to end, what closes it, since when, how surely.

What reports say of it: `truceline.assess.route_words`; what that makes of the way: `truceline.route.passage`.
Distances metres along the route from its beginning, lon/lat on WGS 84, instants UTC.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import Any

import numpy as np

from truceline.accord.acts import kinds_in
from truceline.accord.model import Routes
from truceline.accord.model.base import name_in
from truceline.assess.assessment import Reason
from truceline.assess.case import Case
from truceline.assess.columns import instant_of_us, microseconds
from truceline.assess.reasons import one_report
from truceline.assess.route_control import Held, held_by
from truceline.assess.route_reports import (
    told_control,
    told_criteria,
)
from truceline.assess.route_turns import Period, RouteStatus, Turn, days_by_status, periods_of, status_of
from truceline.assess.route_words import RouteGround
from truceline.assess.times import Window
from truceline.assess.words import probability
from truceline.core.bidi import isolated
from truceline.core.instants import isoformat_utc
from truceline.route import Block, Passage
from truceline.route.detour import Detour

INCIDENTS = "any_military_action"
_SHOWN = 5
_TURNS = 200


@dataclass(frozen=True, slots=True)
class RouteBlock:
    """What closes the route: somewhere from `from_m` to `to_m` (or, if `whole`, all of that), with P(it is
    true and stands). `place` is lon, lat of the reported place; None where the report has none."""

    block: Block
    kind: str
    since: datetime
    near: str | None
    place: tuple[float, float] | None
    evidence: tuple[str, ...]

    def as_dict(self) -> dict[str, Any]:
        """As plain JSON data."""
        word = self.block.word
        return {
            "kind": self.kind,
            "from_m": round(word.stretch.from_m),
            "to_m": round(word.stretch.to_m),
            "whole": word.says == "closed",
            "p": round(self.block.p, 6),
            "since": isoformat_utc(self.since),
            "near": self.near,
            "at": list(self.place) if self.place else None,
            "evidence": list(self.evidence),
        }


@dataclass(frozen=True, slots=True)
class RouteState:
    """One route as of an instant. `passage` is None where nobody drew the route and nobody spoke of it; the
    detours where no map of roads was given."""

    id: str
    name: str
    status: RouteStatus
    since: datetime | None
    level: str
    length_m: float | None
    passage: Passage | None
    blocks: tuple[RouteBlock, ...]
    held: tuple[Held, ...]
    days_without_incident: int | None
    last_incident: str | None
    criteria: tuple[str, ...]
    history: tuple[Turn, ...]
    periods: tuple[Period, ...]
    because: tuple[Reason, ...]
    detour: Detour | None = None
    detour_beside: Detour | None = None

    def as_dict(self) -> dict[str, Any]:
        """As plain JSON data: what ``truceline route status --json`` prints of each."""
        passage = self.passage
        known = passage.passable_share + passage.closed_share if passage else 0.0
        return {
            "id": self.id,
            "name": self.name,
            "status": str(self.status),
            "since": isoformat_utc(self.since) if self.since else None,
            "finding": self.level,
            "p_open": round(passage.p_open, 6) if passage else 0.0,
            "p_closed": round(passage.p_closed, 6) if passage else 0.0,
            "p_unknown": round(passage.p_unknown, 6) if passage else 1.0,
            "length_m": round(self.length_m) if self.length_m else None,
            "passable_share": round(passage.passable_share, 6) if passage else 0.0,
            "closed_share": round(passage.closed_share, 6) if passage else 0.0,
            "unknown_share": round(max(1.0 - known, 0.0), 6),
            "blocks": [block.as_dict() for block in self.blocks],
            "control": [held.as_dict() for held in self.held],
            "days_without_incident": self.days_without_incident,
            "last_incident": self.last_incident,
            "criteria": list(self.criteria),
            "history": [turn.as_dict() for turn in self.history],
            "periods": [period.as_dict() for period in self.periods],
            "days_by_status": days_by_status(self.periods),
            "detour": self.detour.as_dict() if self.detour else None,
            "detour_beside_the_line": self.detour_beside.as_dict() if self.detour_beside else None,
            "because": [isolated(reason.text) for reason in self.because],
        }


def route_states(case: Case, ids: Sequence[str] = ()) -> tuple[RouteState, ...]:
    """The state of every route that the accord promises, in its order; only `ids` where some are given."""
    wanted = [p for p in case.accord.provisions if isinstance(p, Routes) and (not ids or p.id in ids)]
    return tuple(_Judged(case, provision).state() for provision in wanted)


class _Judged:
    """What is found out about one route."""

    def __init__(self, case: Case, provision: Routes) -> None:
        self.case = case
        self.provision = provision
        self.ground = ground = RouteGround(case, provision)
        window = Window(case.start(provision), case.as_of)
        time = partial(window.share, case.evidence)
        self.opened, self.closed = ground.opened(time), ground.closed(time)
        self.reports = ground.reports(self.opened, self.closed)

    def state(self) -> RouteState:
        case, provision = self.case, self.provision
        history = tuple(self._history())
        passage = self.reports.passage()
        status = status_of(passage, case.ruleset)
        blocks = tuple(self._blocks(passage))
        incident, days = self._last_incident()
        known = self.ground.index is not None or len(self.reports) > 0
        state = RouteState(
            id=provision.id,
            name=name_in(provision.title, case.words.language) if provision.title else provision.id,
            status=status,
            since=_since(history, status),
            level=self._level(status),
            length_m=self.ground.index.total_m if self.ground.index else None,
            passage=passage if known else None,
            blocks=blocks,
            held=held_by(case, self.ground.index, self.ground.corridor.uncertainty_m)
            if self.ground.index
            else (),
            days_without_incident=days,
            last_incident=incident,
            criteria=tuple(provision.criteria),
            history=history,
            periods=periods_of(history, case.start(provision), case.as_of),
            because=(),
        )
        return replace(state, because=tuple(self._because(state)))

    def _history(self) -> Iterator[Turn]:
        """The state after each instant at which something is reported; equal neighbours are one."""
        last: RouteStatus | None = None
        for at in self.reports.instants(_TURNS):
            passage = self.reports.passage(at)
            status = status_of(passage, self.case.ruleset)
            if status != last:
                yield Turn(instant_of_us(at), status, passage.p_open, passage.p_closed)
                last = status

    def _level(self, status: RouteStatus) -> str:
        if status == RouteStatus.REOPENED:
            return self.opened.level
        return self.closed.level if status != RouteStatus.UNVERIFIED else "none"

    def _blocks(self, passage: Passage) -> Iterator[RouteBlock]:
        case = self.case
        for block in passage.blocks:
            if block.p < case.ruleset.possible:
                continue
            event = self.reports.event(block.word.key)
            row = event.row
            lost = bool(case.places.positions.lost(np.array([row]))[0])
            lon, lat = (float(case.evidence.numbers(name)[row]) for name in ("lon", "lat"))
            yield RouteBlock(
                block,
                str(case.evidence.text("kind", [row])[0]),
                instant_of_us(int(case.evidence.start_us[row])),
                case.evidence.text("place", [row])[0],
                None if lost else (lon, lat),
                tuple(case.evidence.ids(list(event.rows))),
            )

    def _last_incident(self) -> tuple[str | None, int | None]:
        """The id of the last violent incident that probably lay in the corridor, and the whole days since."""
        case = self.case
        rows = case.evidence.rows_of(kinds_in(INCIDENTS))
        if not self.ground.corridor.drawn or not len(rows):
            return None, None
        start = case.start(self.provision)
        rows = rows[Window(start, case.as_of).share(case.evidence, rows) > 0.0]
        rows = rows[case.inside(self.ground.corridor, rows) >= case.ruleset.possible] if len(rows) else rows
        if not len(rows):
            return None, (case.as_of - start).days if start else None
        ends = np.minimum(case.evidence.end_us[rows], microseconds(case.as_of))
        latest = rows[ends == ends.max()]
        id = min(case.evidence.ids(latest))
        return id, (case.as_of - instant_of_us(int(ends.max()))).days

    def _because(self, state: RouteState) -> Iterable[Reason]:
        case, passage = self.case, state.passage
        say = case.words.reason
        if passage is None or not len(self.reports):
            yield say("route-no-word")
        else:
            yield say(
                "route-passage",
                status=str(state.status).replace("_", " "),
                p_open=probability(passage.p_open),
                p_closed=probability(passage.p_closed),
                open_share=_percent(passage.passable_share),
                closed_share=_percent(passage.closed_share),
            )
        for block in state.blocks[:_SHOWN]:
            word = block.block.word
            yield say(
                "route-block-whole" if word.says == "closed" else "route-block",
                block.evidence,
                what=case.words.kind(block.kind),
                day=case.words.day(block.since),
                near=block.near or case.words.say("place-not-given"),
                first=round(word.stretch.from_m / 1000.0, 1),
                last=round(word.stretch.to_m / 1000.0, 1),
                probability=probability(block.block.p),
            )
        if len(state.blocks) > _SHOWN:
            yield say("route-blocks-more", count=len(state.blocks) - _SHOWN)
        for finding in (self.opened, self.closed):
            if finding.reports:
                yield one_report(case, finding, 0, None)
        if len(state.history) > 1:
            yield say(
                "route-turns", count=len(state.history) - 1, day=case.words.last_day(state.history[-1].at)
            )
        if state.days_without_incident is not None:
            yield say(
                "route-quiet" if state.last_incident else "route-never-incident",
                (state.last_incident,) if state.last_incident else (),
                days=state.days_without_incident,
            )
        yield from told_control(case, self.ground.p_on)
        yield from told_criteria(case, self.provision)
        if self.ground.corridor.approximate and self.ground.corridor.drawn:
            yield say("route-approximate", km=round(self.ground.corridor.uncertainty_m / 1000.0, 1))


def _since(history: Sequence[Turn], status: RouteStatus) -> datetime | None:
    return history[-1].at if history and history[-1].status == status else None


def _percent(share: float) -> int:
    return round(100.0 * share)
