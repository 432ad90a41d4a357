"""What a power cut would have left, worked out from a recording of everything that a process wrote.

A model of a file system that keeps only what it was told to keep. Contents of a file are durable once the
file was flushed after them; names (creating, renaming, linking, removing) are durable once the folder was
flushed after them. Everything later may be there, wholly, in part, torn within 512-byte sectors, or as
garbage, in any combination; names are kept in the order in which they were changed within a folder, as a
journal does. After the manner of SQLite's own crash tests (its test6.c) and of Pillai et al., "All file
systems are not created equal", OSDI 2014.
"""

from __future__ import annotations

import os
import random
import shutil
import struct
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from crashing.interposer import Interposer
from crashing.kills import Ground
from crashing.phase import Phase

SECTOR = 512


@dataclass(frozen=True, slots=True)
class Operation:
    """One change, with paths relative to the watched folder. `A` is an acknowledgement."""

    kind: str
    path: str
    other: str
    offset: int
    data: bytes


def read_trace(path: Path, folder: Path) -> list[Operation]:
    """A recording, in order."""
    content = path.read_bytes()
    found, at = [], 0
    below = f"{folder}/"

    def relative(name: bytes) -> str:
        text = os.fsdecode(name)
        return "" if text == str(folder) else text.removeprefix(below)

    while at < len(content):
        kind = chr(content[at])
        lengths = struct.unpack_from("=3I", content, at + 1)
        (offset,) = struct.unpack_from("=q", content, at + 13)
        at += 21
        parts = []
        for length in lengths:
            parts.append(content[at : at + length])
            at += length
        found.append(Operation(kind, relative(parts[0]), relative(parts[1]), offset, parts[2]))
    return found


@dataclass(slots=True, eq=False)
class Inode:
    """A file: what is durable of it, what the process sees, and what was written since the last flush."""

    durable: bytes = b""
    now: bytearray = field(default_factory=bytearray)
    pending: list[tuple[int, bytes | None]] = field(default_factory=list)

    def write(self, offset: int, data: bytes | None) -> None:
        """Data at an offset; None truncates there."""
        _apply(self.now, offset, data)
        self.pending.append((offset, data))

    def flush(self) -> None:
        self.durable = bytes(self.now)
        self.pending = []


def _apply(content: bytearray, offset: int, data: bytes | None) -> None:
    if data is None:
        if len(content) > offset:
            del content[offset:]
        else:
            content.extend(bytes(offset - len(content)))
        return
    if len(content) < offset:
        content.extend(bytes(offset - len(content)))
    content[offset : offset + len(data)] = data


@dataclass(slots=True)
class NameChange:
    """A change of names: in which folder, what, and whether it is durable."""

    folder: str
    kind: str
    path: str
    other: str
    inode: Inode | None
    durable: bool = False


Tree = dict[str, Inode | None]  # None: a folder


class Medium:
    """The files below a folder, as the operations of a recording go by."""

    def __init__(self, folder: Path) -> None:
        self._names: Tree = {}
        self._durable: Tree = {}
        self._changes: list[NameChange] = []
        for path in sorted(folder.rglob("*")):
            name = path.relative_to(folder).as_posix()
            self._names[name] = None if path.is_dir() else _whole(path.read_bytes())
        self._durable = dict(self._names)

    def does(self, operation: Operation) -> None:
        kind, path, other = operation.kind, operation.path, operation.other
        if kind == "A":
            return
        if kind in "WTS" or (kind == "C" and isinstance(self._names.get(path), Inode)):
            inode = self._names.get(path)
            if not isinstance(inode, Inode):
                return  # a file that was removed while it was open
            if kind == "S":
                inode.flush()
            elif kind == "W":
                inode.write(operation.offset, operation.data)
            else:
                inode.write(operation.offset if kind == "T" else 0, None)
            return
        if kind == "D":
            for change in self._changes:
                if change.folder == path:
                    change.durable = True
            self._settle()
            return
        at = other if kind in "RL" else path
        made = Inode() if kind == "C" else self._names.get(path) if kind == "L" else None
        change = NameChange(at.rpartition("/")[0], kind, path, other, made)
        _rename(self._names, change)
        self._changes.append(change)

    def _settle(self) -> None:
        """Durable changes that no undurable one of their folder comes before leave the list."""
        rest: list[NameChange] = []
        for change in self._changes:
            if change.durable and not rest:
                _rename(self._durable, change)
            else:
                rest.append(change)
        self._changes = rest

    def image(self, target: Path, chance: random.Random, keep: float | None) -> None:
        """Writes what may be left to a folder. `keep`: how probably what is not durable is there (0: never).

        None gives everything: what a killed process leaves.
        """
        names = dict(self._durable)
        lost: set[str] = set()
        for change in self._changes:
            if keep is None or change.durable or (change.folder not in lost and chance.random() < keep):
                _rename(names, change)
            else:
                lost.add(change.folder)
        shutil.rmtree(target, ignore_errors=True)
        target.mkdir(parents=True)
        for name in sorted(names):
            inode = names[name]
            path = target / name
            if not path.parent.is_dir():
                continue
            if inode is None:
                path.mkdir(exist_ok=True)
            else:
                path.write_bytes(bytes(inode.now) if keep is None else _torn(inode, chance, keep))


def _rename(names: Tree, change: NameChange) -> None:
    kind, path, other = change.kind, change.path, change.other
    if kind in "CL":
        names[other if kind == "L" else path] = change.inode
    elif kind == "M":
        names[path] = None
    elif kind in "UX":
        names.pop(path, None)
    elif kind == "R" and path in names:
        for name in [name for name in names if name == path or name.startswith(f"{path}/")]:
            names[other + name.removeprefix(path)] = names.pop(name)


def _torn(inode: Inode, chance: random.Random, keep: float) -> bytes:
    content = bytearray(inode.durable)
    for offset, data in inode.pending:
        if data is None:
            if chance.random() < keep:
                _apply(content, offset, None)
            continue
        if chance.random() >= keep:
            continue
        if chance.random() < 0.5:
            _apply(content, offset, data)
            continue
        for start in range(0, len(data), SECTOR):
            luck = chance.random()
            if luck < 0.6:
                _apply(content, offset + start, data[start : start + SECTOR])
            elif luck < 0.75:
                _apply(content, offset + start, chance.randbytes(len(data[start : start + SECTOR])))
    return bytes(content)


def _whole(content: bytes) -> Inode:
    return Inode(content, bytearray(content))


def record(interposer: Interposer, phase: Phase, ground: Ground, trace: Path) -> list[Operation]:
    """Does the work once in a process of its own and gives what it did, with its acknowledgements."""
    folder = ground.renew()
    descriptor = os.open(trace, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    pid = os.fork()
    if pid == 0:
        code = 1
        try:
            interposer.arm(folder, trace=descriptor)
            phase.recorded(folder, "p", interposer.mark)
            code = 0
        finally:
            os._exit(code)
    os.close(descriptor)
    if os.waitpid(pid, 0)[1]:
        raise SystemExit(f"crash test: {phase.name} fails when it is recorded")
    return read_trace(trace, folder)


def moments(operations: int, cuts: int, chance: random.Random) -> Iterator[tuple[int, float | None]]:
    """After how many operations the power goes, and how much of what is not flushed is there, in order."""
    wanted = [
        (
            1 + n % operations if cuts >= operations else chance.randint(1, operations),
            (0.0, 0.5, 0.9, 0.0)[n % 4],
        )
        for n in range(cuts)
    ]
    yield from sorted(wanted)


def cut_phase(
    interposer: Interposer, phase: Phase, base: Path, cuts: int, chance: random.Random
) -> tuple[int, Counter[str], list[str]]:
    """Cuts the power that many times: how many operations there were, cuts of each kind, what is wrong."""
    ground = Ground(phase, base)
    template = base / "power-before"
    shutil.rmtree(template, ignore_errors=True)
    shutil.copytree(ground.renew(), template)
    operations = record(interposer, phase, ground, base / "trace")
    medium = Medium(template)
    acks: set[str] = set()
    kinds: Counter[str] = Counter()
    faults: list[str] = []
    done = 0
    for upto, keep in moments(len(operations), cuts, chance):
        while done < upto:
            operation = operations[done]
            medium.does(operation)
            if operation.kind == "A":
                acks.add(operation.path)
            done += 1
        left = base / "power-after"
        medium.image(left, chance, keep)
        kinds["only what was flushed" if not keep else "some of the rest, torn"] += 1
        where = f"{phase.name}, power cut after operation {upto} (keep {keep})"
        faults += [f"{where}: {fault}" for fault in phase.faults(left, set(acks))]
    return len(operations), kinds, faults
