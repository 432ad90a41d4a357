"""What is new: looks whether something was recorded, and says what of it each reader may know."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Hashable, Iterable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

import anyio.to_thread

from truceline.app.desk.desk import Desk
from truceline.app.desk.selecting import Wanted
from truceline.app.desk.verdicts import Asked, assessment_for
from truceline.core.errors import TrucelineError
from truceline.core.instants import isoformat_utc
from truceline.evidence.permissions import Kind, Reader
from truceline.evidence.vocabulary import family_of

EVERY_S = 0.02
"""How often the record's file is looked at."""
ASKED_S = 0.2
"""How often a record is asked that is no file here: one on a database server."""
SURE_S = 1.0
"""How often a record that is a file is asked even though that has not changed."""
TIME_S = 60.0
"""How often statuses are looked at where nothing is recorded: deadlines pass."""
MOST_ROWS = 50
_QUEUE = 256


@dataclass(frozen=True, slots=True)
class News:
    """One thing that is new, and what is told of it as plain JSON data: ``log``, ``entry``, ``status``, or
    ``order``, which only the account that ordered is told."""

    event: str
    data: dict[str, Any]


@dataclass
class _Audience:
    """The readers of one kind that listen, and what they were told last."""

    reader: Reader
    queues: set[asyncio.Queue[News]] = field(default_factory=set)
    statuses: dict[str, tuple[str, float]] | None = None
    seen_us: int = 0
    looked_s: float = 0.0


class Newsroom:
    """Watches a workspace's record for as long as `run` runs; whoever listens is told at once."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self._audiences: dict[Reader, _Audience] = {}
        self._version: int | None = None
        self._own: dict[str, set[asyncio.Queue[News]]] = {}
        self._loop: asyncio.AbstractEventLoop | None = None

    @asynccontextmanager
    async def listening(
        self, reader: Reader, account: str | None = None
    ) -> AsyncIterator[asyncio.Queue[News]]:
        """A queue of what is new to a reader, and of what concerns its account alone."""
        self._loop = asyncio.get_running_loop()
        queue: asyncio.Queue[News] = asyncio.Queue(_QUEUE)
        audience = self._audiences.get(reader)
        if audience is None:
            audience = self._audiences[reader] = _Audience(reader)
            await anyio.to_thread.run_sync(self._catch_up, audience)
        audience.queues.add(queue)
        if account is not None:
            self._own.setdefault(account, set()).add(queue)
        try:
            yield queue
        finally:
            audience.queues.discard(queue)
            if account is not None:
                self._own[account].discard(queue)
                if not self._own[account]:
                    del self._own[account]
            if not audience.queues:
                self._audiences.pop(reader, None)

    def tell(self, account: str, news: News) -> None:
        """Tells an account's own browsers something. From any thread."""
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(lambda: _put(self._own.get(account, ()), news))

    async def run(self) -> None:
        """Looks for what is new until it is cancelled: at the record's file all the time, where it is one,
        and into the record only where that has changed."""
        trace: Hashable = None
        asked_s = 0.0
        while True:
            await asyncio.sleep(EVERY_S)
            before, trace = trace, self.desk.store.trace()
            since_s = time.monotonic() - asked_s
            if trace == before and since_s < (ASKED_S if trace is None else SURE_S):
                continue
            asked_s = time.monotonic()
            try:
                version = await anyio.to_thread.run_sync(self.desk.version)
            except TrucelineError:
                continue  # the record cannot be read at this moment; the next look may find it again
            first, grew = self._version is None, version != self._version
            self._version = version
            for audience in list(self._audiences.values()):
                await self._look(audience, grew=grew and not first)

    async def _look(self, audience: _Audience, *, grew: bool) -> None:
        """Tells an audience what is new to it: each thing as soon as it is known, not once all is.

        What became of the obligations comes first. Whoever is told that the record grew reads everything
        again, and the server then has much else to do.
        """
        if not grew and time.monotonic() - audience.looked_s < TIME_S:
            return
        looks = (self._changes, self._log, self._entries) if grew else (self._changes,)
        for look in looks:
            with suppress(TrucelineError):  # told with what is new next
                for news in await anyio.to_thread.run_sync(look, audience):
                    _put(audience.queues, news)

    def _catch_up(self, audience: _Audience) -> None:
        view = self.desk.view(audience.reader)
        audience.seen_us = int(view.recorded_us.max()) if len(view) else 0
        audience.statuses = self._statuses(audience.reader)
        audience.looked_s = time.monotonic()

    def _statuses(self, reader: Reader) -> dict[str, tuple[str, float]] | None:
        if not reader.may(Kind.VERDICTS):
            return None
        found = assessment_for(self.desk, reader, Asked())
        return {one["id"]: (one["status"], one["probability"]) for one in found["obligations"]}

    def _log(self, _: _Audience) -> list[News]:
        now = self.desk.now()
        return [News("log", {"version": now.version, "recorded_at": isoformat_utc(now.recorded_at)})]

    def _entries(self, audience: _Audience) -> list[News]:
        view = self.desk.view(audience.reader)
        rows, total = view.select(
            Wanted(recorded_after=view.instant(audience.seen_us), standing=False), limit=MOST_ROWS
        )
        if not total:
            return []
        items = [
            {
                "id": values["id"],
                "kind": values["kind"],
                "family": family_of(values["kind"]),
                "occurred_from": isoformat_utc(values["occurred_from"]),
                "zones": [id for id in view.zones if view.zone_mask(id)[row]],
            }
            for row, values in zip(rows, view.take(rows), strict=True)
        ]
        audience.seen_us = int(view.recorded_us.max())
        return [News("entry", {"total": total, "items": items})]

    def _changes(self, audience: _Audience) -> list[News]:
        """Statuses that are no longer what they were: by what was recorded, or because a deadline passed."""
        audience.looked_s = time.monotonic()
        at = isoformat_utc(self.desk.now().recorded_at)
        before, after = audience.statuses or {}, self._statuses(audience.reader) or {}
        audience.statuses = after
        return [
            News(
                "status",
                {
                    "obligation": id,
                    "before": before[id][0],
                    "after": status,
                    "at": at,
                    "probability_before": before[id][1],
                    "probability": probability,
                },
            )
            for id, (status, probability) in after.items()
            if id in before and before[id][0] != status
        ]


def _put(queues: Iterable[asyncio.Queue[News]], news: News) -> None:
    for queue in queues:
        if queue.full():  # who does not read is told the newest
            queue.get_nowait()
        queue.put_nowait(news)
