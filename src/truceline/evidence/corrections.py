"""Corrections: what was judged later about something that is recorded. Pure; each is an entry of its own.

A correction names its target and never changes it. What stands is folded from all corrections that were known
at an instant, in the order recorded: of those on one target the last counts.

- `retract`: the observation counts no more, from the instant of the correction on.
- `supersede`: `replacement`, a corrected observation, counts in its place.
- `reinstate`: it counts again; what had replaced it by then counts no more.
- `dispute`, `undispute`, `support`: positions on it (`truceline.evidence.disputes`); it counts all the same.
- `restrict`, `release`: who may see it (`truceline.evidence.audiences`); it counts all the same.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from truceline.core.instants import isoformat_utc
from truceline.evidence.versions import Recording, place_in_time

STANDING_ACTS = ("retract", "supersede", "reinstate")
POSITIONS = ("dispute", "undispute", "support")
LABELS = ("restrict", "release")
ACTS = (*STANDING_ACTS, *POSITIONS, *LABELS)

SUBJECTS = ("observation", "finding", "obligation", "source")
"""What a correction can be about. Only observations are retracted, superseded and reinstated; only they and
sources are restricted and released."""


@dataclass(frozen=True, slots=True)
class Correction:
    """One correction as recorded. `seq` is its entry, `author` who recorded it and answers for it.

    `party` is whose position it is (None: the author's own); `statement` the SHA-256 of what the party signed
    (None: recorded by the author as the party reported it); `document` what was handed in. `table` is where
    the entry stands: an appeal is a step of its case. `first` is its first recording anywhere, where other
    offices are known: what several offices judged is gone through in that order.
    """

    seq: int
    recorded_at: datetime
    act: str
    subject: str
    target: str
    author: str
    reason: str
    replacement: str | None = None
    party: str | None = None
    document: str | None = None
    statement: str | None = None
    table: str = "correction"
    first: Recording | None = None

    @property
    def id(self) -> str:
        """The id by which commands name it."""
        return f"{self.table}:{self.seq}"

    def as_dict(self) -> dict[str, Any]:
        """The correction as plain JSON data."""
        return {
            "id": self.id,
            "act": self.act,
            "subject": self.subject,
            "target": self.target,
            "author": self.author,
            "reason": self.reason,
            "replacement": self.replacement,
            "party": self.party,
            "document": self.document,
            "statement": self.statement,
            "recorded_at": isoformat_utc(self.recorded_at),
        }


@dataclass(frozen=True, slots=True)
class Effect:
    """What corrections do: of the observations that they touch, and all that replace these or are replaced by
    them (`touched`), only those of `standing` count. `retracted` do not, though nothing that stands replaces
    them."""

    touched: frozenset[str] = frozenset()
    standing: frozenset[str] = frozenset()
    retracted: frozenset[str] = frozenset()


NO_EFFECT = Effect()


def in_order(corrections: Iterable[Correction], known_at: datetime | None = None) -> list[Correction]:
    """Those recorded by `known_at` (None: all), in the order recorded, whichever office did."""
    known = (one for one in corrections if known_at is None or one.recorded_at <= known_at)
    return sorted(known, key=lambda one: place_in_time(one.recorded_at, one.seq, one.first))


def last_acts(corrections: Iterable[Correction], known_at: datetime | None = None) -> dict[str, Correction]:
    """The last correction of each observation that says whether it counts."""
    return {one.target: one for one in _of_standing(corrections, known_at)}


def effect_on(known: pa.Table, corrections: Iterable[Correction], known_at: datetime | None = None) -> Effect:
    """What corrections recorded by `known_at` do to the observations that are known by then.

    All is gone through in the order recorded, rows before corrections of the same instant: a row takes the
    place of what it replaces, directly or behind one another; what is reinstated takes the place of whatever
    replaced it and of whatever it had replaced. Where several offices recorded (`first_recorded`), the order
    is that of the first recordings anywhere, so that it is the same in every office that holds the same logs.
    """
    acts = _of_standing(corrections, known_at)
    if not acts:
        return NO_EFFECT
    rows = _linked(known, {id for one in acts for id in (one.target, one.replacement) if id})
    first = first_recorded(known)
    chain = _Chain()
    events: list[tuple[int, int, str, int, str, _Row | Correction]] = []
    for row in rows:
        instant, log, number = place_in_time(row.recorded_at, 0, first.get(row.id))
        events.append((instant, 0, log, number, row.id, row))
    for one in acts:
        instant, log, number = place_in_time(one.recorded_at, one.seq, one.first)
        events.append((instant, 1, log, number, one.target, one))
    for *_, event in sorted(events, key=lambda event: event[:5]):
        if isinstance(event, Correction):
            chain.correct(event)
        else:
            chain.add(event)
    touched = frozenset(row.id for row in rows)
    return Effect(touched, frozenset(chain.counting), touched - chain.counting - chain.replaced())


def _of_standing(corrections: Iterable[Correction], known_at: datetime | None) -> list[Correction]:
    return [
        one
        for one in in_order(corrections, known_at)
        if one.act in STANDING_ACTS and one.subject == "observation"
    ]


_FIRST_RECORDED = b"truceline.first_recorded"


def judged_rows(known: pa.Table, targets: Iterable[str]) -> list[str]:
    """The ids of these observations, and of all that replace them or are replaced by them."""
    return sorted(row.id for row in _linked(known, set(targets)))


def with_first_recorded(known: pa.Table, first: Mapping[str, Recording]) -> pa.Table:
    """The table with the first recordings anywhere of rows that were judged, for `effect_on`."""
    told = {id: [one.instant, one.log, one.row] for id, one in first.items()}
    metadata = {**(known.schema.metadata or {}), _FIRST_RECORDED: json.dumps(told).encode()}
    return known.replace_schema_metadata(metadata)


def first_recorded(known: pa.Table) -> dict[str, Recording]:
    """What `with_first_recorded` told of a table; empty where only one office is known."""
    told = (known.schema.metadata or {}).get(_FIRST_RECORDED)
    return {id: Recording(*one) for id, one in json.loads(told).items()} if told else {}


@dataclass(frozen=True, slots=True)
class _Row:
    id: str
    supersedes: str | None
    retracted: bool
    recorded_at: datetime


class _Chain:
    """Observations that replace one another, and which of them count, as one goes through their history."""

    def __init__(self) -> None:
        self.rows: dict[str, _Row] = {}
        self.counting: set[str] = set()
        self._replacing: defaultdict[str, list[str]] = defaultdict(list)

    def add(self, row: _Row) -> None:
        self.rows[row.id] = row
        if row.supersedes is not None:
            self._replacing[row.supersedes].append(row.id)
        behind = self._before(row.id)
        self.counting -= behind
        # It may have been replaced before it came; by what it replaces itself, in a circle, it is not.
        replaced = any(id not in behind and id != row.id for id in self._replacing.get(row.id, ()))
        if not (replaced or row.retracted):
            self.counting.add(row.id)

    def correct(self, one: Correction) -> None:
        if one.target not in self.rows:
            return
        if one.act == "retract":
            self.counting.discard(one.target)
        elif one.act == "reinstate":
            self._put(one.target, self._before(one.target) | self._after(one.target))
        elif one.replacement in self.rows:
            self._put(one.replacement, {one.target, *self._before(one.replacement)})

    def replaced(self) -> set[str]:
        """Those in whose place another counts."""
        return {id for other in self.counting for id in self._before(other)}

    def _put(self, id: str, instead_of: set[str]) -> None:
        self.counting -= instead_of
        self.counting.add(id)

    def _before(self, id: str) -> set[str]:
        """What a row replaces, directly or behind one another, without itself."""
        found: set[str] = set()
        at = self.rows[id].supersedes
        while at in self.rows and at not in found:
            found.add(at)
            at = self.rows[at].supersedes
        return found - {id}

    def _after(self, id: str) -> set[str]:
        """What replaces a row, directly or behind one another, without itself."""
        found: set[str] = set()
        edge = {id}
        while edge:
            edge = {one for at in edge for one in self._replacing.get(at, ())} - found
            found |= edge
        return found - {id}


def _linked(known: pa.Table, ids: set[str]) -> list[_Row]:
    """The rows with these ids, and all that replace them or are replaced by them, behind one another."""
    found: dict[str, _Row] = {}
    edge = ids
    while edge:
        some = pa.array(sorted(edge), pa.string())
        hit = pc.or_(pc.is_in(known["id"], value_set=some), pc.is_in(known["supersedes"], value_set=some))
        rows = known.filter(hit).select(["id", "supersedes", "retracted", "recorded_at"]).to_pylist()
        new = [_Row(**row) for row in rows if row["id"] not in found]
        found.update((row.id, row) for row in new)
        edge = {id for row in new for id in (row.id, row.supersedes) if id} - edge
    return [*found.values()]
