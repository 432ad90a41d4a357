"""The record of a workspace, held in memory and brought up to date when something is recorded."""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from shapely.geometry.base import BaseGeometry

from truceline.accord.model import Accord
from truceline.app.accounts import names_key
from truceline.app.desk.kept import Kept
from truceline.app.desk.present import Present
from truceline.app.desk.selecting import Bools
from truceline.app.desk.view import View
from truceline.app.drawn import geometry_at
from truceline.evidence.corrections import Correction
from truceline.evidence.disputes import disputes_of
from truceline.evidence.history import current
from truceline.evidence.permissions import Names, Reader, Shown, visible
from truceline.evidence.statements import that_hold
from truceline.store.record import RecordStore
from truceline.store.workspace import Workspace

T = TypeVar("T")

GRAIN = timedelta(minutes=5)
"""How finely the end of a delay is told apart: views of readers with a delay are made anew this often."""


@dataclass(frozen=True, slots=True)
class RecordNow:
    """The record at one moment: `version` is the number of its last entry, `recorded_at` its instant."""

    version: int
    recorded_at: datetime
    observations: pa.Table
    corrections: tuple[Correction, ...]
    accord: Accord
    accord_text: str
    signed: Mapping[str, Mapping[str, Any]]


class Desk:
    """A workspace as a server holds it. Safe for several threads."""

    def __init__(
        self, workspace: Workspace, *, clock: Callable[[], datetime] = lambda: datetime.now(UTC)
    ) -> None:
        self.workspace = workspace
        self.clock = clock
        self.key = names_key(workspace)
        self.store: RecordStore = workspace.store(read_only=True)
        self.present = Present(self.instant)
        self._lock = threading.Lock()
        self._now: RecordNow | None = None
        self._kept = Kept()
        self._names = Names()

    def close(self) -> None:
        """Lets go of the record."""
        self.present.close()
        self.store.close()

    def instant(self) -> datetime:
        """Now, by the clock that the desk goes by."""
        return self.clock()

    def version(self) -> int:
        """The number of the last entry, looked up."""
        return self.store.last_entry()

    def now(self) -> RecordNow:
        """The record as it is."""
        version = self.version()
        text = self.workspace.accord_text()
        held = self._now
        if held is not None and held.version == version and held.accord_text == text:
            return held
        with self._lock:
            held = self._now
            if held is not None and held.version >= version and held.accord_text == text:
                return held
            observations = self.store.observations()
            corrections = tuple(self.store.corrections())
            last = self.store.last_recorded_at() or datetime(1970, 1, 1, tzinfo=UTC)
            accord = held.accord if held and held.accord_text == text else self.workspace.accord()
            with self.store.log() as log:
                origin = log.origin
            signed = that_hold(self.store.statements(), origin)
            self._now = RecordNow(version, last, observations, corrections, accord, text, signed)
            return self._now

    def remembered(
        self, key: Hashable, make: Callable[[], T], *, most: int = 64, shelf: Hashable = None
    ) -> T:
        """What was made under a key before, or is made now; several threads make it once.

        The `most` last asked for are kept of each shelf, which is the first part of the key unless one is
        named.
        """
        if shelf is None:
            shelf = key[0] if isinstance(key, tuple) else key
        return self._kept.get(shelf, key, make, most=most)

    def seen_at(self, reader: Reader) -> datetime:
        """The instant at which a reader's view is taken: now, and with a delay only every `GRAIN`."""
        now = self.clock()
        if not reader.delay:
            return now
        grains = (now - datetime(1970, 1, 1, tzinfo=UTC)) // GRAIN
        return datetime(1970, 1, 1, tzinfo=UTC) + grains * GRAIN

    def corrections_for(self, reader: Reader) -> tuple[Correction, ...]:
        """The corrections that count for a reader: those recorded before its delay."""
        until = self.seen_at(reader) - reader.delay
        return tuple(one for one in self.now().corrections if not reader.delay or one.recorded_at <= until)

    def shown(self, reader: Reader, *, for_verdicts: bool = False) -> Shown:
        """The evidence as a reader may see it; see `truceline.evidence.permissions.visible`."""
        now, at = self.now(), self.seen_at(reader)
        key = ("shown", now.version, reader, at if reader.delay else None, for_verdicts)
        return self.remembered(
            key,
            lambda: visible(
                now.observations,
                now.corrections,
                reader,
                now=at,
                key=self.key,
                exact_places=for_verdicts,
                names=self._names,
            ),
            most=1,
            shelf=("shown", reader, for_verdicts),
        )

    def view(self, reader: Reader) -> View:
        """The evidence as a reader may see it, laid out for filters."""
        now, at = self.now(), self.seen_at(reader)
        key = ("view", now.version, reader, at if reader.delay else None, hash(now.accord_text))
        return self.remembered(key, lambda: self._view(reader), most=1, shelf=("view", reader))

    def _view(self, reader: Reader) -> View:
        base = self.shown(reader, for_verdicts=True)
        shown = self.shown(reader)
        corrections = self.corrections_for(reader)

        judged = base.observations.select(["id", "supersedes", "retracted", "recorded_at"])

        def standing_by(known_at: datetime | None) -> Bools:
            counts = current(judged, known_at, corrections)
            if counts.num_rows == len(base.ids):  # ids are distinct: all stand
                return np.ones(len(base.ids), np.bool_)
            found = pc.is_in(base.ids, value_set=counts["id"].combine_chunks())
            return np.asarray(found.to_numpy(zero_copy_only=False), np.bool_)

        disputes = disputes_of(corrections, self.now().signed)
        objected = pa.array([id for id, one in disputes.items() if one.objections], pa.string())
        disputed: frozenset[str] = frozenset()
        if len(objected):
            marked = pc.is_in(shown.ids, value_set=objected)
            disputed = frozenset(shown.observations["id"].filter(marked).to_pylist())
        return View(shown.observations, shown.ids, standing_by, self.zones(), disputed)

    def zones(self) -> dict[str, BaseGeometry]:
        """The zones of the accord as they stand now, those that are drawn."""
        now = self.now()

        def drawn() -> dict[str, BaseGeometry]:
            geometry = geometry_at(now.accord, self.workspace.root, self.clock(), None)
            areas = {id: zone.max_area for id, zone in geometry.zones.items()}
            return {id: area for id, area in areas.items() if area is not None and not area.is_empty}

        return self.remembered(("zones", hash(now.accord_text), self.clock().date()), drawn)
