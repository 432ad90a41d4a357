"""Runs a watch: from a source to where events go, with a state that outlives the process."""

from __future__ import annotations

import copy
import os
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event as Flag
from typing import Any

from truceline.core.errors import Fault, InvalidInput
from truceline.geo.screening.zones import read_zones
from truceline.watch.events import Event, lines_of
from truceline.watch.kept import EventFile, Kept, StateFolder
from truceline.watch.names import read_key
from truceline.watch.sources import Source
from truceline.watch.watcher import Watcher, WatchRules

_WAIT_S = 0.2


@dataclass(frozen=True, slots=True)
class WatchRequest:
    """What to watch, by which rules, and where events and state go.

    `output`: a file that events are appended to; None gives them to `emit` alone. `state`: a folder; None
    keeps nothing. `hold`: at the end of the input, what waits for late positions keeps waiting.
    """

    zones: Path
    rules: WatchRules = field(default_factory=WatchRules)
    output: Path | None = None
    state: Path | None = None
    key_file: Path | None = None
    checkpoint_s: float = 2.0
    hold: bool = False


@dataclass(slots=True)
class WatchReport:
    """What was done, over all runs with the same state; `resumed_from` is the events of earlier ones."""

    numbers: dict[str, int]
    by_kind: dict[str, int]
    zones: int
    resumed_from: int | None
    output: Path | None
    state: Path | None
    faults: list[Fault]

    def as_dict(self) -> dict[str, Any]:
        """Plain data for JSON."""
        return {
            **self.numbers,
            "by_kind": self.by_kind,
            "zones": self.zones,
            "resumed_from": self.resumed_from,
            "output": None if self.output is None else str(self.output),
            "state": None if self.state is None else str(self.state),
            "faults": [fault.as_dict() for fault in self.faults],
        }


def watch(
    request: WatchRequest,
    open_source: Callable[[], Source],
    *,
    emit: Callable[[bytes], bool] | None = None,
    stop: Flag | None = None,
    started: Callable[[Source], None] | None = None,
) -> WatchReport:
    """Watches until the source ends or `stop` is set; NDJSON of events goes to `output`, or to `emit`,
    which says whether it was taken: where not, the watch ends as if it had not been told.

    `open_source` is called when everything else is in order. Raises InvalidInput, InvalidGeometry, NotFound,
    Conflict.
    """
    if request.output is not None and request.output.resolve() == request.zones.resolve():
        raise InvalidInput(f"{request.output}: the output would replace the zones")
    if not 0.05 <= request.checkpoint_s <= 3600.0:
        raise InvalidInput(
            f"the state cannot be kept every {request.checkpoint_s} seconds; accepted: 0.05 to 3600"
        )
    zones = read_zones(request.zones)
    key = None if request.key_file is None else read_key(request.key_file)
    watcher = Watcher(zones, request.rules, key=key)
    folder = None if request.state is None else StateFolder(request.state)
    try:
        source = open_source()
        try:
            run = _Run(request, watcher, source, folder, emit)
            try:
                if started is not None:
                    started(source)
                run.through(stop or Flag())
            finally:
                run.close()
        finally:
            source.close()
    finally:
        if folder is not None:
            folder.close()
    return WatchReport(
        numbers=watcher.numbers,
        by_kind={kind: watcher.tally.by_kind.get(kind, 0) for kind in ("enter", "leave", "near", "dwell")},
        zones=len(set(zones.ids)),
        resumed_from=run.resumed_from,
        output=request.output,
        state=request.state,
        faults=watcher.tally.faults,
    )


class _Run:
    """One run: takes up what was kept, and keeps the state from time to time in the background."""

    def __init__(
        self,
        request: WatchRequest,
        watcher: Watcher,
        source: Source,
        folder: StateFolder | None,
        emit: Callable[[bytes], bool] | None,
    ) -> None:
        self.request, self.watcher, self.source, self.folder, self.emit = (
            request, watcher, source, folder, emit
        )  # fmt: skip
        self.resumed_from: int | None = None
        output = "standard output" if request.output is None else str(request.output.resolve())
        self.fingerprint = {**watcher.fingerprint(), "input": source.name, "output": output}
        kept = None if folder is None else folder.load(self.fingerprint)
        self.file: EventFile | None = None
        source.resume(None if kept is None else kept.place)
        if request.output is not None:
            self.file = EventFile(request.output, length=None if kept is None else kept.length)
        if folder is not None and kept is None:
            # From here on what the file of events holds is ours, and may be cut after a crash.
            folder.save(Kept(self.fingerprint, watcher.saved(), source.place, 0))
        if kept is not None:
            watcher.restore(kept.watcher)
            self.resumed_from = watcher.tally.events
        self.background = ThreadPoolExecutor(1)
        self.saving: Future[None] | None = None
        self.saving_place = source.place
        self.kept_lines = watcher.tally.lines
        self.kept_at = time.monotonic()

    def through(self, stop: Flag) -> None:
        """Reads until the end or until it is stopped; then keeps the state."""
        while not stop.is_set():
            data = self.source.read(_WAIT_S)
            events: list[Event] = []
            if data is None:
                if self.request.hold:
                    break
                events = self.watcher.finish()
            elif data:
                events = self.watcher.push(data)
            if events and not self._given(events):
                # Nobody took them, so they are still to be given: the state before them stays.
                self._settle(wait=True)
                return
            if data is None:
                break
            self._from_time_to_time()
        self._settle(wait=True)
        self._keep()
        self._settle(wait=True)

    def close(self) -> None:
        """Ends the background work and closes the file."""
        self.background.shutdown()
        if self.file is not None:
            self.file.close()

    def _given(self, events: list[Event]) -> bool:
        data = lines_of(events)
        if self.file is None:
            return self.emit is None or self.emit(data)
        try:
            self.file.write(data)
        except OSError as error:
            raise self._unwritable(error) from error
        return True

    def _from_time_to_time(self) -> None:
        self._settle(wait=False)
        now = time.monotonic()
        if self.saving is None and now - self.kept_at >= self.request.checkpoint_s:
            self.kept_at = now
            if self.watcher.tally.lines != self.kept_lines:
                self._keep()

    def _keep(self) -> None:
        """Copies the state now and writes it in the background: events first, then the state."""
        self.kept_lines = self.watcher.tally.lines
        self.saving_place = copy.copy(self.source.place)
        kept = None
        if self.folder is not None:
            length = 0 if self.file is None else self.file.length
            kept = Kept(self.fingerprint, self.watcher.saved(), self.saving_place, length)
        self.saving = self.background.submit(self._write, kept)

    def _write(self, kept: Kept | None) -> None:
        if self.file is not None:
            self.file.sync()
        if self.folder is not None and kept is not None:
            self.folder.save(kept)

    def _settle(self, *, wait: bool) -> None:
        if self.saving is None or not (wait or self.saving.done()):
            return
        try:
            self.saving.result()
        except OSError as error:
            raise self._unwritable(error) from error
        finally:
            self.saving = None
        if self.folder is not None:
            self.source.settled(self.saving_place)

    def _unwritable(self, error: OSError) -> InvalidInput:
        place = self.request.output if self.folder is None else self.folder.path
        return InvalidInput(
            f"{place} cannot be written: {error.strerror or os.strerror(error.errno or 0)}",
            hint="what was kept last is whole; the same command goes on from there",
        )
