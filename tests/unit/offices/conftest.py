"""Offices in one process: stores with keys, and bundles between them that never touch a file."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from truceline.core.errors import Fault
from truceline.store.office_import import Taken
from truceline.store.sqlite import SqliteStore
from truceline.transparency import bundle as form
from truceline.transparency import notes
from truceline.transparency.bundle_parts import Arrived
from truceline.transparency.keys import new_key_file, read_key_file


@dataclass
class Rows:
    table: pa.Table
    quarantined: list[Fault] = field(default_factory=list)

    @property
    def read(self) -> int:
        return int(self.table.num_rows) + len(self.quarantined)


class Clock:
    """Ticks a second at each look; offices' clocks differ by what a test sets."""

    def __init__(self, start: datetime = datetime(2018, 10, 1, 12, tzinfo=UTC)) -> None:
        self.now = start

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now


class Carried(Arrived):
    """A bundle in memory."""

    def __init__(self, manifest: form.Manifest, blobs: Mapping[int, bytes]) -> None:
        super().__init__(Path("nowhere"), manifest)
        self.blobs = dict(blobs)

    def blob(self, number: int) -> bytes:
        return form.unpack(self.manifest.blobs[number], self.blobs[number])

    def packed(self, number: int) -> bytes:
        return self.blobs[number]


class Office:
    """A store with a key and a clock of its own."""

    def __init__(self, name: str, folder: Path, batch: Callable[..., Rows]) -> None:
        self.name = name
        self.clock = Clock()
        self.key_file = folder / f"{name}.key"
        self.store = SqliteStore(folder / f"{name}.sqlite", key_file=self.key_file, clock=self.clock)
        self._batch = batch
        with self.store.write() as writer:
            writer.record_log_key(self.public)
        with self.store.log() as log:
            self.origin = log.origin

    @property
    def public(self) -> bytes:
        if not self.key_file.exists():
            new_key_file(self.key_file)
        return read_key_file(self.key_file).public_key().public_bytes_raw()

    @property
    def key(self) -> str:
        return notes.verifier_key(self.origin, self.public)

    def append(self, *rows: dict[str, Any], faults: tuple[Fault, ...] = ()) -> None:
        made = self._batch(*rows)
        made.quarantined = list(faults)
        self.store.append(made)

    def trusts(self, *others: "Office") -> None:
        for other in others:
            self.store.trust(other.name, other.origin, other.public)

    def bundle(self, sizes: Mapping[str, int] | None = None, left_out: str | None = None) -> Carried:
        blobs: dict[int, bytes] = {}
        named: list[form.Blob] = []

        def keep(blob: form.Blob, packed: bytes) -> int:
            blobs[len(named)] = packed
            named.append(blob)
            return len(named) - 1

        self.store.sign_head()
        with self.store.exporting() as exporter:
            logs = exporter.export(sizes or {}, keep, left_out=left_out).logs
        manifest = form.Manifest(form.FORMAT, self.origin, logs, [], named, [len(named)])
        data, note = form.write_manifest(manifest, read_key_file(self.key_file))
        assert form.signed_for(data, note, self.origin, [self.public])
        return Carried(form.read_manifest(data), blobs)

    def take(self, bundle: Carried) -> Taken:
        return self.store.take_bundle(bundle)

    def takes_news_from(self, other: "Office") -> bool:
        """Whether there were rows, from where we stand, as we last told the other."""
        with other.store.exporting() as exporter:
            sizes = exporter.stands_at(self.origin)
        taken = self.take(other.bundle(sizes, left_out=self.origin))
        return taken.rows > 0

    def takes_from(self, other: "Office") -> Taken:
        return self.take(other.bundle())


@pytest.fixture(scope="session")
def new_office(observation_table: Callable[..., pa.Table]) -> Callable[[str, Path], Office]:
    """Opens an office's store in a folder, or makes it."""

    def make(name: str, folder: Path) -> Office:
        return Office(name, folder, lambda *rows: Rows(observation_table(rows)))

    return make


@pytest.fixture
def office(tmp_path: Path, new_office: Callable[[str, Path], Office]) -> Iterator[Callable[[str], Office]]:
    """Makes an office; all are closed at the end."""
    made: list[Office] = []

    def make(name: str) -> Office:
        made.append(new_office(name, tmp_path))
        return made[-1]

    yield make
    for one in made:
        one.store.close()
