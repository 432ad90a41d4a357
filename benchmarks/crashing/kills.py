"""Runs the work of a phase in forked processes; ends them by time, at an operation, by a failing medium."""

from __future__ import annotations

import os
import random
import select
import shutil
import signal
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from crashing.interposer import BEFORE, FAIL, HALF, Interposer
from crashing.keys import keys_recorded
from crashing.phase import Ack, Faults, Phase, unwatched
from truceline.core.errors import TrucelineError

Work = Callable[[Path, str, Ack], None]
_PATIENCE_S = 900.0
REPEATABLE = ("append", "ingest", "two writers", "migration", "bundle")
"""Phases whose work can be done twice in one folder; the others make a thing that is then there."""


@dataclass(slots=True)
class Run:
    """What became of one process."""

    acks: set[str] = field(default_factory=set)
    killed_at: str | None = None
    killed: bool = False
    error: str | None = None
    said: str | None = None
    seconds: float = 0.0


@dataclass(slots=True)
class Tally:
    """What a phase came to."""

    by_time: int = 0
    by_operation: int = 0
    finished: int = 0
    operations: int = 0
    seconds: float = 0.0
    points: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)

    @property
    def kills(self) -> int:
        return self.by_time + self.by_operation


def run(
    interposer: Interposer,
    work: Work,
    folder: Path,
    name: str,
    *,
    after_s: float | None = None,
    at: int = 0,
    how: int = BEFORE,
    error: int = 0,
) -> Run:
    """One process: killed after a time or at an operation, given errors from one on, or let be."""
    reading, writing = os.pipe()
    started = time.perf_counter()
    pid = os.fork()
    if pid == 0:
        code = 1
        try:
            os.close(reading)
            try:
                interposer.arm(folder, at, how, error, told=writing)
                work(folder, name, lambda text: _tell(writing, f"+{text}"))
            except TrucelineError as caught:
                _tell(writing, f"?{caught.message}")
            except BaseException as caught:
                _tell(writing, f"-{type(caught).__name__}: {caught}".replace("\n", " "))
            interposer.disarm()
            _tell(writing, f"#{interposer.count()}")
            code = 0
        finally:
            os._exit(code)  # nothing of the parent's may run in the child
    os.close(writing)
    result = Run()
    said = b""
    deadline = started + (_PATIENCE_S if after_s is None else after_s)
    while True:
        left = deadline - time.perf_counter()
        ready = select.select([reading], [], [], max(left, 0))[0]
        if not ready:
            os.kill(pid, signal.SIGKILL)
            deadline = time.perf_counter() + _PATIENCE_S
            if after_s is None:
                result.error = "the process did not end"
            continue
        chunk = os.read(reading, 65536)
        if not chunk:
            break
        said += chunk
    os.close(reading)
    _, status = os.waitpid(pid, 0)
    result.seconds = time.perf_counter() - started
    result.killed = os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL
    for line in said.decode().splitlines():
        kind, text = line[0], line[1:]
        if kind == "+":
            result.acks.add(text)
        elif kind == "!":
            result.killed_at = text
        elif kind == "-":
            result.error = text
        elif kind == "?":
            result.said = text
        elif kind == "#":
            result.killed_at = None
    if not result.killed and result.error is None and not os.WIFEXITED(status):
        result.error = f"ended with status {status}"
    return result


def _tell(descriptor: int, text: str) -> None:
    os.write(descriptor, f"{text}\n".encode())


class Ground:
    """Where a phase runs: a prepared folder, copied anew every `keep` times, and what was acknowledged."""

    def __init__(self, phase: Phase, base: Path) -> None:
        self._phase = phase
        self._template = base / f"{phase.name.replace(' ', '-')}-template"
        self._base = base / phase.name.replace(" ", "-")
        self._uses = 0
        self.acks: set[str] = set()
        self.folder = self._base
        self._template.mkdir()
        phase.prepare(self._template)
        # Once in this process, so that those forked from it have everything imported and compiled.
        warm = self.fresh()
        (phase.warm or phase.work)(warm, "warm", lambda _: None)
        phase.faults(warm, set())
        self._uses = 0

    def fresh(self) -> Path:
        """A folder to work in."""
        if self._uses % self._phase.keep == 0:
            shutil.rmtree(self._base, ignore_errors=True)
            shutil.copytree(self._template, self._base)
            self.acks = set()
        self._uses += 1
        return self.folder

    def spoilt(self) -> None:
        """Takes a new folder the next time."""
        self._uses = 0

    def renew(self) -> Path:
        """A new one, whatever is left of the last."""
        self._uses = 0
        return self.fresh()


def measure(interposer: Interposer, phase: Phase, ground: Ground) -> tuple[int, float]:
    """How many operations the work has, and how long it takes: the median of three."""
    counts, times = [], []
    for number in range(3):
        ground.renew()
        counting, told = os.pipe()

        def counted(folder: Path, name: str, ack: Ack, told: int = told) -> None:
            phase.work(folder, name, ack)
            os.write(told, str(interposer.count()).encode())

        done = run(interposer, counted, ground.folder, f"m{number}")
        os.close(told)
        counts.append(int(os.read(counting, 64) or b"0"))
        os.close(counting)
        times.append(done.seconds)
        if done.error or done.said:
            raise SystemExit(f"crash test: {phase.name} fails when left alone: {done.error or done.said}")
    return max(counts), sorted(times)[1]


def kill_phase(
    interposer: Interposer,
    phase: Phase,
    base: Path,
    kills: int,
    chance: random.Random,
    progress: Callable[[int], None] = lambda _: None,
) -> Tally:
    """Kills the work of a phase that many times: half by time, half at operations, spread over all."""
    unwatched[:] = [interposer.disarm]
    tally = Tally()
    ground = Ground(phase, base)
    tally.operations, tally.seconds = measure(interposer, phase, ground)
    ground.renew()
    plan = [(1 + n % tally.operations, how) for n in range(kills) for how in (BEFORE, HALF)]
    chance.shuffle(plan)
    number = 0
    while tally.kills < kills and number < 6 * kills + 60:
        number += 1
        folder = ground.fresh()
        name = f"r{number}"
        if number % 2:
            at, how = plan[number % len(plan)]
            done = run(interposer, phase.work, folder, name, at=at, how=how)
        else:
            done = run(interposer, phase.work, folder, name, after_s=chance.uniform(0, 1.05 * tally.seconds))
        ground.acks |= done.acks
        faults: Faults = [done.error] if done.error else []
        if done.said:
            faults.append(f"it gave up: {done.said}")
        faults += phase.faults(folder, ground.acks)
        if done.killed and number % 2:
            tally.by_operation += 1
            tally.points[_point(done.killed_at or "?")] += 1
        elif done.killed:
            tally.by_time += 1
        else:
            tally.finished += 1
        where = f"at {done.killed_at}" if done.killed_at else "by time" if done.killed else "not killed"
        tally.faults += [f"{phase.name}, run {number} ({where}): {fault}" for fault in faults]
        progress(tally.kills)
        if faults:
            ground.spoilt()
    return tally


def _point(killed_at: str) -> str:
    """An operation and the kind of file that it was on, without numbers that differ from run to run."""
    kind, _, path = killed_at.partition(" ")
    if kind in "DMX":
        return _KINDS[kind]
    name = path.rpartition("/")[2]
    if name.endswith(".part"):
        name = "a temporary file"
    elif name.endswith(".making"):
        name = "a folder in the making"
    elif name.endswith((".csv", ".pem")) or not name.startswith(("evidence.sqlite", "log.key", "backup")):
        name = "another file"
    return f"{_KINDS.get(kind, kind)} {name}"


_KINDS = {
    "C": "create", "W": "write", "T": "truncate", "S": "flush", "D": "flush a folder", "R": "rename",
    "L": "link",
    "U": "unlink", "M": "make a folder", "X": "remove a folder",
}  # fmt: skip


def fail_phase(
    interposer: Interposer, phase: Phase, base: Path, errors: dict[str, int], most: int, chance: random.Random
) -> tuple[Counter[str], list[str]]:
    """Lets a medium fail from operations of a phase on, with each error; then heals it and works again.

    Gives how often a sentence was said (by its beginning), and what was wrong.
    """
    unwatched[:] = [interposer.disarm]
    ground = Ground(phase, base)
    operations, _ = measure(interposer, phase, ground)
    sentences: Counter[str] = Counter()
    faults: list[str] = []
    for title, error in errors.items():
        points = sorted(chance.sample(range(1, operations + 1), min(most, operations)))
        for at in points:
            folder = ground.renew()
            done = run(interposer, phase.work, folder, "f", at=at, how=FAIL, error=error)
            found = phase.faults(folder, done.acks)
            if done.error or done.killed:
                found.append(f"no sentence but {done.error or 'a killed process'}")
            if done.said:
                sentences[f"{title}: {_general(done.said, folder)}"] += 1
            elif not done.acks and not done.error:
                found.append("neither done nor said why not")
            if not found and not (done.acks and phase.name not in REPEATABLE):
                if phase.name == "keys" and keys_recorded(folder):
                    continue
                again = run(interposer, phase.work, folder, "g")
                if again.error or again.said:
                    found.append(f"does not work again after: {again.error or again.said}")
                found += phase.faults(folder, done.acks | again.acks)
            faults += [f"{phase.name}, {title} from operation {at} on: {fault}" for fault in found]
    return sentences, faults


def _general(said: str, folder: Path) -> str:
    words = said.replace(str(folder), "…").split()
    return " ".join("PATH" if word.startswith("…") else word for word in words)
