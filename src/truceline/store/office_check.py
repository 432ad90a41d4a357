"""Checks the logs of a bundle against the keys that were confirmed and what we hold; nothing is recorded yet.

A log may only grow. Where a signed head does not continue what we hold, the office, or whoever has its key,
has signed two histories: a **fork**. Both heads and the proof that they contradict each other are kept as
evidence, in a form that anyone can check (`truceline-fork/1`), and nothing of the other history is taken.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import msgspec
from sqlalchemy import Connection, select

from truceline.core.errors import InvalidInput
from truceline.store import schema
from truceline.store.log import LogTree, keys_of, origin_of, split
from truceline.store.offices import HeldHead, heads_in, held_hashes, node_over, offices_in
from truceline.transparency import notes
from truceline.transparency.bundle import LogPart, read_lines
from truceline.transparency.bundle_parts import Arrived
from truceline.transparency.log_keys import counting
from truceline.transparency.tree import consistency_path, continues, root_of

FORK = "truceline-fork/1"
_READ_FIRST = (b'"table":"entry"', b'"table":"original"', b'"table":"office_head"')


@dataclass(slots=True)
class CheckedLog:
    """What was found out about one log of a bundle.

    `status`: `new` (there are leaves to take), `held` (nothing that we do not have), `forked`, `unknown` (no
    key was confirmed that signed it), `own` (it is ours, and we have all of it), `behind` (it is ours, with
    more than we have), `gap` (it begins after what we hold). `hashes` are those of the leaves that are new,
    from number `held` on. `entries`, `originals` and `heads` are such rows that the bundle carries.
    """

    part: LogPart
    head: notes.Head
    held: int = 0
    status: str = "new"
    hashes: list[bytes] = field(default_factory=list)
    entries: dict[int, dict[str, Any]] = field(default_factory=dict)
    originals: dict[int, dict[str, Any]] = field(default_factory=dict)
    heads: dict[str, dict[str, Any]] = field(default_factory=dict)
    withheld: int = 0
    fork: str | None = None


class Checker:
    """Checks on one state of the record, which stays as it is until what was checked is recorded."""

    def __init__(
        self, connection: Connection, arrived: Arrived, progress: Callable[[int], None] = lambda _: None
    ) -> None:
        self._connection = connection
        self._arrived = arrived
        self._progress = progress
        self._offices = offices_in(connection)
        self._ours = origin_of(connection)
        self._held_heads: dict[str, HeldHead] = {
            head.origin: head for head in heads_in(connection) if head.holder is None
        }
        self._read = 0

    def logs(self) -> list[CheckedLog]:
        """All logs of the bundle. Raises InvalidInput where one is not what its head says."""
        return [self._log(part) for part in self._arrived.manifest.logs]

    def _log(self, part: LogPart) -> CheckedLog:
        head = notes.parse(part.head)
        if head.origin != part.origin:
            raise InvalidInput(f"the bundle gives a head of {head.origin} for the log {part.origin}")
        if part.first + sum(segment.count for segment in part.segments) != max(head.size, part.first):
            raise InvalidInput(
                f"the bundle does not carry the leaves of {part.origin} from {part.first} up to {head.size}"
            )
        checked = CheckedLog(part, head)
        if part.origin == self._ours:
            return self._own(checked)
        office = self._offices.get(part.origin)
        if office is None or not office.trusted:
            checked.status = "unknown"
            return checked
        if not notes.signed_by(part.head, part.origin, office.public_key):
            if part.origin != self._arrived.manifest.sender:
                checked.status = "unknown"  # passed on by somebody who holds it under another key
                return checked
            raise InvalidInput(
                f"the head of {office.name} ({part.origin}) is not signed by the key confirmed for it",
                hint="if the office has a new key, compare it with them: truceline office trust",
            )
        held = held_hashes(self._connection, part.origin)
        last = self._held_heads.get(part.origin)
        return self._compare(checked, office.name, held, (last.size, last.note) if last else None)

    def _own(self, checked: CheckedLog) -> CheckedLog:
        """Our own log as another office holds it: we must have all of it, or it was cut off or rewritten."""
        head = checked.head
        keys = counting(keys_of(self._connection), head.size)
        if not any(notes.signed_by(checked.part.head, self._ours, key) for key in keys):
            checked.status = "unknown"
            return checked
        tree = LogTree(self._connection)
        checked.status = "own"
        if head.size <= tree.size() and tree.root(head.size) == head.root:
            return checked
        found = self._connection.execute(
            select(schema.log_leaf.c.hashes).order_by(schema.log_leaf.c.first)
        ).scalars()
        last = self._connection.execute(
            select(schema.log_head.c.size, schema.log_head.c.note)
            .where(schema.log_head.c.note.is_not(None))
            .order_by(schema.log_head.c.seq.desc())
            .limit(1)
        ).one()
        signed = split(b"".join(map(bytes, found)))[: last.size]
        self._compare(checked, "this office", signed, (last.size, last.note))
        if checked.status == "new":
            checked.status = "behind"
        return checked

    def _compare(
        self, checked: CheckedLog, name: str, held: list[bytes], last: tuple[int, str] | None
    ) -> CheckedLog:
        """Holds the leaves of the bundle against those that are held, under the head `last`."""
        part, head = checked.part, checked.head
        checked.held = len(held)
        first_root = bytes.fromhex(part.first_root)
        path = [bytes.fromhex(hash) for hash in part.path]
        if not continues(part.first, first_root, head.size, head.root, path):
            raise InvalidInput(
                f"the head of {name} does not continue the beginning that the bundle gives for it"
            )
        if part.first > len(held):
            checked.status = "gap"
            return checked
        seen, way, size = first_root, path, part.first
        if root_of(held[:size]) == first_root:
            leaves = self._leaves(checked)
            whole = held[:size] + leaves
            if root_of(whole) != head.root:
                raise InvalidInput(f"the leaves of {name} in the bundle are not those of its signed head")
            size = min(len(held), head.size)
            if whole[:size] == held[:size]:
                checked.hashes = whole[len(held) :]
                checked.status = "new" if checked.hashes else "held"
                return checked
            seen = root_of(whole[:size])
            way = consistency_path(size, head.size, partial(node_over, whole))
        # They signed a history that differs from ours.
        checked.status = "forked"
        if last is not None:
            mine = consistency_path(size, last[0], partial(node_over, held))
            ours = (last[1], root_of(held[:size]), mine)
            checked.fork = fork_document(part.origin, size, ours, (part.head, seen, way))
        return checked

    def _leaves(self, checked: CheckedLog) -> list[bytes]:
        """The hashes of all leaves of a log in the bundle; on the way, what is read before the rest."""
        found: list[bytes] = []
        for segment in checked.part.segments:
            hashes, said = read_lines(self._arrived.blob(segment.blob), segment.count)
            found.extend(hashes)
            for content in said:
                if content is None:
                    checked.withheld += 1
                elif any(mark in content for mark in _READ_FIRST):
                    self._note(checked, content_of(content))
            self._read += segment.count
            self._progress(self._read)
        return found

    def _note(self, checked: CheckedLog, row: dict[str, Any]) -> None:
        if row["table"] == "entry" and isinstance(row.get("seq"), int):
            checked.entries[row["seq"]] = row
        elif row["table"] == "original" and isinstance(row.get("seq"), int):
            checked.originals[row["seq"]] = row
        elif row["table"] == "office_head" and "holder" not in row and isinstance(row.get("origin"), str):
            checked.heads[row["origin"]] = row


def fork_document(
    origin: str,
    size: int,
    held: tuple[str, bytes, Sequence[bytes]],
    seen: tuple[str, bytes, Sequence[bytes]],
) -> str:
    """Evidence of a fork: of the first `size` leaves the two heads give different roots."""

    def side(head: str, root: bytes, path: Sequence[bytes]) -> dict[str, Any]:
        return {"head": head, "root": root.hex(), "path": [hash.hex() for hash in path]}

    return json.dumps(
        {"format": FORK, "log": origin, "size": size, "held": side(*held), "seen": side(*seen)},
        ensure_ascii=False,
    )


def content_of(content: bytes) -> dict[str, Any]:
    """What a leaf says. Raises InvalidInput where it is not an object that names its table."""
    try:
        row = msgspec.json.decode(content)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise InvalidInput("a leaf of the bundle is not JSON") from error
    if not isinstance(row, dict) or not isinstance(row.get("table"), str):
        raise InvalidInput("a leaf of the bundle does not say of which table it is")
    return row
