"""The workshop: takes orders, makes them one at a time in processes of their own, keeps what was made.

Files lie in a folder of the workspace's cache that only this server reads, and go when the server ends, when
`KEPT` is over, or, the oldest first, when they are more than `KEPT_BYTES`.
"""

from __future__ import annotations

import asyncio
import fcntl
import json
import os
import secrets
import shutil
import sys
import tempfile
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from truceline.app.desk import Desk
from truceline.app.orders import making
from truceline.app.orders.order import Order
from truceline.core.errors import NotFound, TooMany
from truceline.core.instants import isoformat_utc

WAITING_OF_ONE = 4
WAITING_OF_ALL = 20
KEPT = timedelta(hours=1)
KEPT_BYTES = 4 << 30
LOOK_S = 0.1
PUBLIC = ""
"""Whose orders those of who has not signed in are: the order's id, which nobody guesses, shows one."""


@dataclass
class Job:
    """One order and what became of it: `waiting`, `making`, `ready` or `failed`."""

    id: str
    owner: str
    order: Order
    version: int
    asked_at: datetime
    state: str = "waiting"
    step: str | None = None
    ended_at: datetime | None = None
    made: dict[str, Any] = field(default_factory=dict)
    failed: dict[str, Any] | None = None
    content: bytes = b""

    @property
    def over(self) -> bool:
        """Whether nothing happens to it any more."""
        return self.state in ("ready", "failed")


class Workshop:
    """The orders of a server. Safe for several threads; `run` makes what is ordered while it runs."""

    def __init__(self, desk: Desk) -> None:
        self.root = desk.workspace.root
        self.desk = desk
        self.told: Callable[[Job], None] = lambda _: None
        self._jobs: dict[str, Job] = {}
        self._lock = threading.Lock()
        self._folder: Path | None = None
        self._held: int | None = None
        self._process: asyncio.subprocess.Process | None = None
        self._making: Job | None = None

    def close(self) -> None:
        """Removes what was made."""
        with self._lock:
            self._jobs.clear()
            if self._held is not None:
                os.close(self._held)
                self._held = None
            if self._folder is not None:
                shutil.rmtree(self._folder, ignore_errors=True)
                self._folder = None

    @property
    def folder(self) -> Path:
        """Where files are made and kept: for this server alone."""
        with self._lock:
            if self._folder is None:
                cache = self.root / "cache"
                cache.mkdir(exist_ok=True)
                clear_abandoned(cache)
                self._folder = Path(tempfile.mkdtemp(prefix="orders-", dir=cache))
                self._held = os.open(self._folder, os.O_RDONLY | os.O_DIRECTORY)
                fcntl.flock(self._held, fcntl.LOCK_EX)
            return self._folder

    def order(self, owner: str, order: Order, version: int, content: bytes = b"") -> Job:
        """Takes an order; the same of the same owner, of the same record (`version`), is the one before.

        Raises InvalidInput, TooMany.
        """
        order.check()
        now = self.desk.clock()
        self._clear(now)
        with self._lock:
            for job in self._jobs.values():
                same = (job.owner, job.order, job.version, job.content) == (owner, order, version, content)
                if same and job.state != "failed" and not order.publish and order.what != "draft":
                    return job
            waiting = [job for job in self._jobs.values() if not job.over]
            own = sum(job.owner == owner for job in waiting)
            if own >= WAITING_OF_ONE or len(waiting) >= WAITING_OF_ALL:
                raise TooMany(
                    f"{own} orders wait to be made already; accepted: {WAITING_OF_ONE} at a time",
                    details={"retry_after_s": 10},
                )
            job = Job(secrets.token_urlsafe(16), owner, order, version, now, content=content)
            self._jobs[job.id] = job
        self.told(job)
        return job

    def jobs(self, owner: str) -> list[Job]:
        """The orders of an account, the newest first; of the public none, which are known by their ids."""
        self._clear(self.desk.clock())
        with self._lock:
            return [job for job in reversed(self._jobs.values()) if job.owner == owner != PUBLIC]

    def job(self, owner: str, id: str) -> Job:
        """An order of that owner. Raises NotFound."""
        self._clear(self.desk.clock())
        with self._lock:
            job = self._jobs.get(id)
        if job is None or job.owner != owner:
            raise NotFound(f"there is no order {id}")
        return job

    def file(self, job: Job) -> Path:
        """What was made. Raises NotFound where it is not (or no longer) there."""
        path = self.folder / job.id / str(job.made.get("file", ""))
        if job.state != "ready" or not path.is_file():
            raise NotFound(f"the order {job.id} has no file")
        return path

    def drop(self, job: Job) -> None:
        """Takes an order back, whether it waits, is being made, or was made."""
        with self._lock:
            self._jobs.pop(job.id, None)
            process = self._process if self._making is job else None
        if process is not None:
            with suppress(ProcessLookupError):
                process.kill()
        shutil.rmtree(self.folder / job.id, ignore_errors=True)

    def _clear(self, now: datetime) -> None:
        """Lets go of what is old, and of the oldest of what is too much."""
        with self._lock:
            over = [job for job in self._jobs.values() if job.over]
        size = 0
        for job in reversed(over):
            size += int(job.made.get("bytes", 0))
            if size > KEPT_BYTES or (job.ended_at is not None and now - job.ended_at > KEPT):
                self.drop(job)

    async def run(self) -> None:
        """Makes what is ordered, until it is cancelled."""
        while True:
            with self._lock:
                job = next((job for job in self._jobs.values() if job.state == "waiting"), None)
                if job is not None:
                    job.state, self._making = "making", job
            if job is None:
                await asyncio.sleep(LOOK_S)
                continue
            try:
                await self._make(job)
            finally:
                with self._lock:
                    self._making = self._process = None

    async def _make(self, job: Job) -> None:
        self.told(job)
        folder = self.folder / job.id
        folder.mkdir(mode=0o700)
        if job.content:
            (folder / making.INPUT).write_bytes(job.content)
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", making.__name__, str(self.root), str(folder),
            stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.DEVNULL,
            start_new_session=True,
        )  # fmt: skip
        self._process = process
        try:
            async with asyncio.timeout(making.SECONDS):
                await self._listen(job, process)
        except TimeoutError:
            job.failed = {"code": "too-many", "detail": "it takes longer than is allowed"}
        finally:
            if process.returncode is None:
                with suppress(ProcessLookupError):
                    process.kill()
                await process.wait()
        if not job.made and job.failed is None:
            job.failed = {"code": "defect", "detail": "what makes it ended without an answer"}
        job.ended_at = self.desk.clock()
        job.state = "failed" if job.failed is not None else "ready"
        self.told(job)

    async def _listen(self, job: Job, process: asyncio.subprocess.Process) -> None:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(json.dumps(job.order.as_dict()).encode())
        process.stdin.close()
        while line := await process.stdout.readline():
            try:
                said = json.loads(line)
            except ValueError:
                continue  # a library that prints
            if not isinstance(said, dict):
                continue
            job.made = said.get("made") or job.made
            job.failed = said.get("failed") or job.failed
            if said.get("step"):
                job.step = str(said["step"])
                self.told(job)
        await process.wait()


def clear_abandoned(cache: Path) -> None:
    """Removes the folders of servers that ended without doing so."""
    for folder in cache.glob("orders-*"):
        try:
            held = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        except OSError:
            continue
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
            shutil.rmtree(folder, ignore_errors=True)
        except BlockingIOError:
            pass  # another server is at work
        finally:
            os.close(held)


def job_dict(job: Job) -> dict[str, Any]:
    """An order as its owner sees it, as plain JSON data."""
    order = job.order
    return {
        "id": job.id,
        "what": order.what,
        "format": order.format,
        "edition": order.edition,
        "language": order.language,
        "period": order.period,
        "layers": list(order.layers),
        "publish": order.publish,
        "name": order.name,
        "state": job.state,
        "step": job.step,
        "asked_at": isoformat_utc(job.asked_at),
        "ended_at": isoformat_utc(job.ended_at) if job.ended_at else None,
        "expires_at": isoformat_utc(job.ended_at + KEPT) if job.ended_at else None,
        "made": job.made or None,
        "failed": job.failed,
    }
