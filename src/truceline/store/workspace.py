"""The workspace: a folder that holds one monitoring operation, and can be copied and opened elsewhere.

accord.yaml             the accord, and beside it the texts and geometries that it names
evidence.sqlite         the record, unless workspace.yaml says that it is on a server
workspace.yaml          where the record is (`truceline.store.settings`)
attachments/originals/  the evidence files as they were taken in, named by their SHA-256
log.key                 the key that signs the heads of the record's log; only for the office that keeps it
cache/                  derived; may be deleted at any time
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from truceline.accord.lint import errors_among, lint
from truceline.accord.load import load_accord, load_document
from truceline.accord.model import Accord
from truceline.accord.model.space import GeometryRef
from truceline.core.durable import PART, flush, folder_in_place, make_folder, put_in_place, unwritable
from truceline.core.errors import (
    Conflict,
    DependencyMissing,
    Fault,
    InvalidAccord,
    InvalidEvidence,
    NotFound,
    TrucelineError,
)
from truceline.evidence.ports import Origin
from truceline.store.record import RecordStore
from truceline.store.settings import store_address, write_store_address
from truceline.store.sqlite import SqliteStore

ACCORD = "accord.yaml"
EVIDENCE = "evidence.sqlite"
MOVED = "evidence.sqlite.moved"
"""What `evidence.sqlite` is called after the record was moved to a server."""
ORIGINALS = Path("attachments", "originals")
CACHE = Path("cache", "observations")
LOG_KEY = "log.key"


@dataclass(frozen=True, slots=True)
class Workspace:
    """A workspace that exists. `open` and `create` make sure of that."""

    root: Path

    @classmethod
    def open(cls, root: Path) -> Workspace:
        """The workspace in that folder. Raises NotFound."""
        if not root.is_dir():
            raise NotFound(
                f"there is no workspace {root}", hint="truceline init WORKSPACE --accord ACCORD makes one"
            )
        if not (root / ACCORD).is_file():
            raise NotFound(
                f"{root} is not a workspace: it has no {ACCORD}",
                hint="truceline init WORKSPACE --accord ACCORD makes one",
            )
        return cls(root)

    @classmethod
    def create(
        cls,
        root: Path,
        accord: Path,
        *,
        store: str | None = None,
        clock: Callable[[], datetime] | None = None,
    ) -> Workspace:
        """Makes the folder with a copy of the accord and of every file that it names, and an empty record.

        The record is a file in the folder, or with `store` in the schema of that address. All is prepared
        beside and put in place at once. Raises Conflict where something exists at `root` or a record in the
        schema, NotFound and InvalidAccord for the accord, InvalidInput for the address, StoreUnavailable
        where the folder cannot be made.
        """
        if root.exists() and (not root.is_dir() or any(root.iterdir())):
            raise Conflict(f"{root} exists already", hint="choose another folder; nothing was changed")
        model, positions = load_document(accord)
        files = _files_beside(model, accord)
        errors = errors_among(lint(model, accord.parent, positions), model)
        if errors:
            raise InvalidAccord.of_faults(errors, hint=f"truceline validate {accord} lists everything")
        try:
            with folder_in_place(root) as made:
                shutil.copyfile(accord, made / ACCORD)
                for name in files:
                    target = made / name
                    target.parent.mkdir(parents=True, exist_ok=True)
                    shutil.copyfile(accord.parent / name, target)
                (made / ORIGINALS).mkdir(parents=True)
                write_store_address(made, store)
                new = cls(made)
                opened = store_at(made, store, make=True, clock=clock)
                with opened as record:
                    if record.accord_versions():
                        raise Conflict(
                            f"there is a record at {record.name} already",
                            hint="choose another schema: ?schema=name; nothing was changed",
                        )
                    with record.write() as writer:
                        writer.record_accord(new.accord_text())
        except OSError as error:
            raise unwritable(root, error) from error
        return cls(root)

    @property
    def accord_path(self) -> Path:
        """The accord's file."""
        return self.root / ACCORD

    @property
    def originals(self) -> Path:
        """The folder of evidence files as they were taken in."""
        return self.root / ORIGINALS

    def accord(self) -> Accord:
        """The accord as it stands in the folder. Raises InvalidAccord."""
        return load_accord(self.accord_path)

    def accord_text(self) -> str:
        """The text of the accord's file."""
        return self.accord_path.read_text("utf-8")

    @property
    def store_address(self) -> str | None:
        """Where the record is, as `workspace.yaml` says; None: in the folder. Raises InvalidInput."""
        return store_address(self.root)

    def store(self, *, read_only: bool = False, clock: Callable[[], datetime] | None = None) -> RecordStore:
        """Opens the record. Raises StoreUnavailable, DependencyMissing without the driver of its server."""
        return store_at(self.root, self.store_address, read_only=read_only, clock=clock)

    def original_path(self, origin: Origin) -> Path:
        """Where the file of that content is kept."""
        return self.originals / f"{origin.sha256[:16]}-{Path(origin.file).name}"

    def keep_original(self, file: Path, origin: Origin) -> Path | None:
        """Copies an evidence file into the workspace; where it lies now, or None if it was there before.

        For one writer at a time: to be called where the store's write lock is held. The copy is durable when
        this returns, so that the record that is committed after it never names a file that is not there.

        Raises InvalidEvidence where the file is no longer the one that was read, StoreUnavailable.
        """
        target = self.original_path(origin)
        try:
            if target.exists() and digest_of(target) == origin.sha256:
                flush(target)  # whoever put it there may have been killed before it was
                return None
            make_folder(target.parent)
            for left in target.parent.glob(f".*{PART}"):  # of a process that was killed
                left.unlink()
            with put_in_place(target, mode=0o444) as copy, file.open("rb") as source:
                digest = hashlib.sha256()
                while chunk := source.read(1 << 20):
                    digest.update(chunk)
                    copy.write(chunk)
                if digest.hexdigest() != origin.sha256:
                    raise InvalidEvidence(
                        f"{file} changed while it was read", hint="run it again: nothing was recorded"
                    )
        except OSError as error:
            raise unwritable(target, error) from error
        return target

    def drop_unrecorded(self, originals: Sequence[Path]) -> None:
        """Takes copies away that `keep_original` made for a record that then was not made.

        Under the write lock, because another process may have recorded the same file since.
        """
        if not originals:
            return
        with suppress(TrucelineError, OSError), self.store() as locked, locked.write(dry_run=True):
            with self.store(read_only=True) as store:
                recorded = {record.origin.sha256[:16] for record in store.ingests()}
            for copy in originals:
                if copy.name.partition("-")[0] not in recorded:
                    copy.unlink(missing_ok=True)


def store_at(
    root: Path,
    address: str | None,
    *,
    make: bool = False,
    read_only: bool = False,
    clock: Callable[[], datetime] | None = None,
) -> RecordStore:
    """Opens the record of the workspace in a folder, at an address or, where it is None, in the folder.

    A file is made where there is none; a record on a server only with `make`.
    """
    cache, key_file = root / CACHE, root / LOG_KEY
    if address is None:
        return SqliteStore(root / EVIDENCE, cache=cache, key_file=key_file, read_only=read_only, clock=clock)
    try:
        from truceline.store.postgres.store import PostgresStore
    except ImportError as error:
        raise DependencyMissing(
            f"the record is at {address}, and the driver of PostgreSQL is not installed",
            hint="pip install 'truceline[postgres]'",
        ) from error
    return PostgresStore(address, cache=cache, key_file=key_file, make=make, read_only=read_only, clock=clock)


def digest_of(path: Path) -> str:
    """SHA-256 of a file's bytes, in hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _files_beside(accord: Accord, path: Path) -> list[str]:
    """The files that an accord names, relative to it. Raises InvalidAccord where one cannot be copied."""
    # ``routes.geojson#m5`` is one feature of a file.
    names = dict.fromkeys(name.partition("#")[0] for name in _named_files(accord))
    faults = []
    base = path.parent.resolve()
    for name in names:
        found = (base / name).resolve()
        if Path(name).is_absolute() or not found.is_relative_to(base):
            faults.append(
                Fault(
                    "the accord names a file outside its own folder, which a workspace could not take along",
                    source=str(path),
                    found=name,
                    accepted="a path relative to the accord, in its folder or below",
                )
            )
        elif not found.is_file():
            faults.append(Fault("the accord names a file that does not exist", source=str(path), found=name))
    if faults:
        raise InvalidAccord.of_faults(faults)
    return list(names)


def _named_files(part: Any) -> Iterator[str]:
    if isinstance(part, BaseModel):
        file = getattr(part, "file", None)
        if isinstance(file, str):
            yield file
        for name in type(part).model_fields:
            yield from _named_files(getattr(part, name))
    elif isinstance(part, tuple | list):
        for item in part:
            yield from _named_files(item)
    elif isinstance(part, dict):
        # What readings and amendments set is plain data: a geometry there is a path or {file: path}.
        for key, value in part.items():
            if key == "geometry" and value and not isinstance(value, GeometryRef):
                with suppress(ValueError):
                    ref = {"file": value} if isinstance(value, str) else value
                    yield from _named_files(GeometryRef.model_validate(ref))
            else:
                yield from _named_files(value)
