"""Adding observations, and rows set aside, to the record: what is held already, what supersedes what."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import blake2b, sha256
from itertools import repeat
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
from sqlalchemy import insert, select

from truceline.core.errors import Fault
from truceline.evidence.identity import observation_id, revision_id
from truceline.evidence.ports import AppendResult, Batch, Origin
from truceline.store import rows, schema
from truceline.store.entries import EntryWriter

CHUNK_ROWS = 50_000


@dataclass(slots=True)
class _Lineage:
    """The versions of one row of a source: their digests, the ids of the first and of the last."""

    digests: set[str]
    first_id: str
    last_id: str
    last_digest: str | None = None  # only where there is more than one version

    def add(self, digest: str, id: str) -> None:
        self.digests.add(digest)
        self.last_id, self.last_digest = id, digest


@dataclass(slots=True)
class _Tally:
    read: int = 0
    added: int = 0
    duplicates: int = 0
    superseded: int = 0
    outdated: int = 0
    faults: list[Fault] = field(default_factory=list)


class ObservationWriter(EntryWriter):
    """What a store's writer does with batches of observations."""

    def append(
        self,
        batches: Iterable[Batch],
        *,
        origin: Origin | None = None,
        before_commit: Callable[[], None] | None = None,
    ) -> AppendResult:
        """See `truceline.evidence.ports.StoreWriter.append`."""
        entry = self.next_entry()
        tally = _Tally()
        content = blake2b(digest_size=32)
        originals: dict[tuple[str | None, str | None], int] = {}
        for batch in batches:
            tally.read += batch.read
            tally.faults.extend(batch.quarantined)
            for chunk in _chunks(batch.table):
                self._add(chunk, entry, originals, content.update, tally)
        new_faults = self._quarantine(tally.faults, entry, origin)
        if not tally.added and not new_faults:
            return AppendResult(tally.read, 0, tally.duplicates, 0, tally.outdated, tuple(tally.faults), 0)
        for digest, _ in new_faults:
            content.update(digest)
        if before_commit is not None:
            before_commit()
        _, recorded_at = self.enter("ingest", content.digest())
        if origin is not None:
            self._connection.execute(
                insert(schema.ingest).values(
                    entry=entry,
                    file=origin.file,
                    sha256=origin.sha256,
                    size_bytes=origin.size_bytes,
                    format=origin.format,
                    source=origin.source,
                    read=tally.read,
                    added=tally.added,
                    duplicates=tally.duplicates,
                    superseded=tally.superseded,
                    quarantined=len(tally.faults),
                )
            )
        return AppendResult(
            read=tally.read,
            added=tally.added,
            duplicates=tally.duplicates,
            superseded=tally.superseded,
            outdated=tally.outdated,
            quarantined=tuple(tally.faults),
            quarantined_new=len(new_faults),
            recorded_at=recorded_at,
        )

    def record_attachment(self, origin: Origin) -> datetime:
        """Records a file that holds no rows, a photograph of an observation; the instant of recording."""
        content = sha256("\x1f".join((origin.file, origin.sha256, str(origin.size_bytes))).encode())
        entry, recorded_at = self.enter("ingest", content.digest())
        self._connection.execute(
            insert(schema.ingest).values(
                entry=entry,
                file=origin.file,
                sha256=origin.sha256,
                size_bytes=origin.size_bytes,
                format=origin.format,
                source=origin.source,
                read=0,
                added=0,
                duplicates=0,
                superseded=0,
                quarantined=0,
            )
        )
        return recorded_at

    def append_revision(self, id: str, batch: Batch) -> tuple[AppendResult, str]:
        """See `truceline.evidence.ports.StoreWriter.append_revision`."""
        first = self._held([id])[id].first_id
        digest = rows.conform(batch.table)["digest"][0].as_py()
        result = self.append([batch])
        columns = schema.observation.c
        found = self._connection.execute(
            select(columns.id).where(
                (columns.id == first) | (columns.revises == first), columns.digest == digest
            )
        ).scalar()
        return result, str(found)

    def merge(
        self, table: pa.Table, entry: int, mark: Callable[[bytes], None]
    ) -> tuple[list[tuple[int, str]], int]:
        """Takes in observations of another office under an entry that is entered later.

        `id` is that of each row's first version. What rows name to be superseded stays as it is named: the
        merged view says what it means. The number and id here of each row, and how many were not held yet.
        """
        tally = _Tally()
        placed: list[tuple[int, str]] = []
        originals: dict[tuple[str | None, str | None], int] = {}
        for chunk in _chunks(table):
            before = self._next_seq
            kept = self._add(chunk, entry, originals, mark, tally, resolve=False)
            new = dict(zip(kept, range(before, self._next_seq), strict=True))
            firsts, digests = chunk["id"].to_pylist(), chunk["digest"].to_pylist()
            again = list({firsts[i] for i in range(len(firsts)) if i not in new})
            known: dict[tuple[str, str], tuple[int, str]] = {}
            for column in ("id", "revises"):
                select_versions = "SELECT seq, id, digest, revises FROM observation"
                for seq, id, digest, revises in self._driver.where_in(select_versions, column, again):
                    known[revises or id, digest] = seq, id
            for i, (first, digest) in enumerate(zip(firsts, digests, strict=True)):
                seq = new.get(i)
                placed.append(known[first, digest] if seq is None else (seq, kept[i]))
        return placed, tally.added

    def _add(
        self,
        table: pa.Table,
        entry: int,
        originals: dict[tuple[str | None, str | None], int],
        mark: Callable[[bytes], None],
        tally: _Tally,
        *,
        resolve: bool = True,
    ) -> dict[int, str]:
        """Adds the rows of a chunk that are not held; which these are, by place, and the id of each."""
        ids: list[str] = table["id"].to_pylist()
        digests: list[str] = table["digest"].to_pylist()
        replaces: list[str | None] = table["supersedes"].to_pylist()
        held = self._held(ids)
        revises: list[str | None] = [None] * len(ids)
        naming = table["supersedes"].null_count < len(ids)
        kept: Sequence[int] = range(len(ids))
        # Nothing known and nothing twice, as in most chunks: then no row needs to be looked at.
        if held or naming or len(set(ids)) < len(ids):
            kept = _new_versions(ids, digests, replaces, revises, held, tally)
        if not kept:
            return {}
        if resolve and naming:
            self._resolve(replaces, revises, table["source"].to_pylist(), kept, held)
        columns = rows.values_of(table)
        columns["id"] = ids
        columns |= {"supersedes": replaces, "revises": revises, "original": self._originals(table, originals)}
        if len(kept) < len(ids):
            columns = {name: [column[i] for i in kept] for name, column in columns.items()}
        first = self._next_seq
        self._next_seq += len(kept)
        # Straight to the driver, with the columns that say something: here ingest spends its time.
        ours = {"id", "supersedes", "revises", "original"}
        said = [
            name
            for name, column in columns.items()
            if (column.count(None) < len(column) if name in ours else table[name].null_count < len(ids))
        ]
        values = zip(
            range(first, self._next_seq), repeat(entry), *(columns[name] for name in said), strict=False
        )
        self._driver.insert("observation", ["seq", "entry", *said], values)
        # The leaves are made from what was handed over, not read back: a test holds that both are the same.
        numbers = {"seq": range(first, self._next_seq), "entry": [entry] * len(kept)}
        self._log.add("observation", first, numbers | {name: columns[name] for name in said})
        mark("".join([digests[i] for i in kept]).encode())
        tally.added += len(kept)
        return dict(zip(kept, map(ids.__getitem__, kept), strict=True))

    def _held(self, ids: Sequence[str]) -> dict[str, _Lineage]:
        """What is held of the rows with these ids, by each id that was asked for."""
        held: dict[str, _Lineage] = {}
        if self._next_seq == 1:
            return held
        found = list(self._versions("id", ids))
        firsts = {revises or id for id, _, revises in found}
        revisions = self._versions("revises", list(firsts))
        lineages: dict[str, _Lineage] = {}
        for id, digest, revises in found:
            if revises is None:
                lineages[id] = held[id] = _Lineage({digest}, id, id)
        asked_revisions = [(id, revises) for id, _, revises in found if revises is not None]
        absent = list({first for _, first in asked_revisions if first not in lineages})
        for id, digest, _ in self._versions("id", absent):
            lineages[id] = _Lineage({digest}, id, id)
        for id, digest, first in revisions:  # in the order of recording
            lineages[first].add(digest, id)
        held.update((id, lineages[first]) for id, first in asked_revisions)
        return held

    def _versions(self, column: str, values: Sequence[str]) -> Iterator[Any]:
        return self._driver.where_in("SELECT id, digest, revises FROM observation", column, values)

    def _resolve(
        self,
        replaces: list[str | None],
        revises: list[str | None],
        sources: list[str],
        kept: Sequence[int],
        held: dict[str, _Lineage],
    ) -> None:
        """Where rows name what they supersede, as our id or their source's own, finds its last version.

        A name of nothing that is held stays as it is: what it means may be taken in later.
        """
        named = {i: replaces[i] for i in kept if replaces[i] is not None and revises[i] is None}
        if not named:
            return
        meant = {i: (name, observation_id(sources[i], name)) for i, name in named.items() if name}
        known = self._held([id for names in meant.values() for id in names]) | held
        for i, (name, own) in meant.items():
            lineage = known.get(name) or known.get(own)
            if lineage is not None:
                replaces[i] = lineage.last_id

    def _originals(self, table: pa.Table, known: dict[tuple[str | None, str | None], int]) -> list[int]:
        columns_read = [table[name] for name in ("origin_file", "origin_sha256")]
        if all(len(pc.unique(column)) == 1 for column in columns_read):  # as all rows of one file are
            pairs = [(columns_read[0][0].as_py(), columns_read[1][0].as_py())] * table.num_rows
        else:
            pairs = list(zip(*(column.to_pylist() for column in columns_read), strict=True))
        new = [pair for pair in dict.fromkeys(pairs) if pair not in known]
        for file, digest in new:
            columns = schema.original.c
            found = self._connection.execute(
                select(columns.seq).where(
                    columns.file.is_not_distinct_from(file), columns.sha256.is_not_distinct_from(digest)
                )
            ).scalar()
            if found is None:
                found = self._next_original
                self._next_original += 1
                self._connection.execute(insert(schema.original).values(seq=found, file=file, sha256=digest))
            known[file, digest] = found
        return [known[pair] for pair in pairs]

    def _quarantine(
        self, faults: Sequence[Fault], entry: int, origin: Origin | None
    ) -> list[tuple[bytes, Fault]]:
        """Records the faults that are not recorded yet for this file's bytes."""
        file_sha = origin.sha256 if origin else None
        table = schema.quarantined
        known: set[bytes] = set()
        if faults:
            same_file = table.c.sha256.is_not_distinct_from(file_sha)
            known = set(self._connection.execute(select(table.c.digest).where(same_file)).scalars())
        new: list[tuple[bytes, Fault]] = []
        for fault in faults:
            words = (file_sha, fault.row, fault.line, fault.path, fault.message, fault.found)
            digest = blake2b(repr(words).encode(), digest_size=16).digest()
            if digest not in known:
                known.add(digest)
                new.append((digest, fault))
        if new:
            first = self.next_number(table)
            self._connection.execute(
                insert(table),
                [
                    {
                        "seq": first + i,
                        "entry": entry,
                        "digest": digest,
                        "file": fault.source or (origin.file if origin else None),
                        "sha256": file_sha,
                        "line": fault.line,
                        "row": fault.row,
                        "field": fault.path,
                        "reason": fault.message,
                        "found": fault.found,
                        "accepted": fault.accepted,
                        "code": fault.code,
                    }
                    for i, (digest, fault) in enumerate(new)
                ],
            )
        return new


def _new_versions(
    ids: list[str],
    digests: list[str],
    replaces: list[str | None],
    revises: list[str | None],
    held: dict[str, _Lineage],
    tally: _Tally,
) -> list[int]:
    """The places of the rows that are not held, told apart from those that are by their digests.

    Of a new version of what is held, `ids`, `replaces` and `revises` are set. `held` and `tally` go along.
    """
    kept: list[int] = []
    for i, (id, digest) in enumerate(zip(ids, digests, strict=True)):
        known = held.get(id)
        if known is None:
            held[id] = _Lineage({digest}, id, id)
        elif digest in known.digests:
            tally.duplicates += 1
            tally.outdated += known.last_digest not in (None, digest)
            continue
        else:
            revises[i], replaces[i] = known.first_id, known.last_id
            ids[i] = revision_id(known.first_id, digest)
            known.add(digest, ids[i])
            tally.superseded += 1
        kept.append(i)
    return kept


def _chunks(table: pa.Table) -> Iterator[pa.Table]:
    for start in range(0, table.num_rows, CHUNK_ROWS):
        yield rows.conform(table.slice(start, CHUNK_ROWS))
