"""Bundles between offices: made from a workspace, taken into another, looked at."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from truceline.app.log import read_head
from truceline.core.durable import unwritable
from truceline.core.errors import Incomplete, InvalidInput, NotConfirmed, NotFound
from truceline.core.instants import isoformat_utc
from truceline.evidence.ports import Origin
from truceline.store.office_import import Taken
from truceline.store.offices import Office
from truceline.store.workspace import LOG_KEY, Workspace, digest_of
from truceline.transparency import bundle as form
from truceline.transparency import notes
from truceline.transparency.bundle_parts import (
    LEAST_PART,
    Arrived,
    arrive,
    divided,
    part_paths,
    read_part,
    write_part,
)
from truceline.transparency.keys import read_key_file
from truceline.transparency.log_keys import successors

INCOMING = "incoming"
_CHUNK = 8 << 20


@dataclass(frozen=True, slots=True)
class BundleMade:
    """The files of a bundle, their bytes, and what they carry."""

    files: tuple[Path, ...]
    bytes: int
    manifest: form.Manifest
    missing: tuple[str, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """The bundle as plain JSON data."""
        return {"files": [str(file) for file in self.files], "bytes": self.bytes} | {
            "missing_originals": list(self.missing),
            **manifest_dict(self.manifest),
        }


def manifest_dict(manifest: form.Manifest) -> dict[str, Any]:
    """What a bundle carries, as plain JSON data."""
    return {
        "format": manifest.format,
        "sender": manifest.sender,
        "logs": [
            {
                "origin": log.origin,
                "keys": log.keys,
                "first": log.first,
                "size": notes.parse(log.head).size,
                "recorded": notes.parse(log.head).recorded,
                "head": log.head,
            }
            for log in manifest.logs
        ],
        "originals": [
            {"file": one.file, "sha256": one.sha256, "size": one.size} for one in manifest.originals
        ],
        "originals_left_out": manifest.originals_left_out,
        "parts": len(manifest.parts),
        "unpacked_bytes": sum(blob.unpacked for blob in manifest.blobs),
    }


def export(
    workspace: Workspace,
    output: Path,
    *,
    since: Sequence[Path] = (),
    office: str | None = None,
    part_size: int | None = None,
    attachments: bool = True,
) -> BundleMade:
    """Writes a bundle of all that we hold, from where the other office stands.

    `since` are files with heads that it gave us; `office` is its name: then what it last told us counts.
    Raises InvalidInput, NotFound, Conflict, StoreUnavailable.
    """
    if part_size is not None and part_size < LEAST_PART:
        raise InvalidInput(f"--part-size: found {part_size} bytes; accepted: {LEAST_PART} or more")
    with workspace.store() as store:
        store.sign_head()
        known = {one.name: one for one in store.offices()}
        if office is not None and office not in known:
            raise NotFound(f"no office is called {office}", hint="truceline office list WORKSPACE")
        private = read_key_file(workspace.root / LOG_KEY)
        try:
            with (
                tempfile.TemporaryDirectory(dir=output.parent, prefix=".bundle-") as folder,
                store.exporting() as exporter,
            ):
                blobs = _Blobs(Path(folder))
                sizes = exporter.stands_at(known[office].origin) if office else {}
                for path in since:
                    origin, size = exporter.since(read_head(path))
                    sizes[origin] = size
                exported = exporter.export(
                    sizes,
                    blobs.keep,
                    left_out=known[office].origin if office else None,
                    segment_bytes=min(form.SEGMENT_BYTES, part_size or form.SEGMENT_BYTES),
                )
                files = sorted(exported.files.items())
                originals, missing = [], []
                for sha256, file in files if attachments else ():
                    found = _original(workspace, sha256, file, blobs, min(_CHUNK, part_size or _CHUNK))
                    if found is None:
                        missing.append(file)
                    else:
                        originals.append(found)
                manifest = form.Manifest(
                    form.FORMAT,
                    exporter.origin,
                    exported.logs,
                    originals,
                    blobs.blobs,
                    divided(blobs.blobs, part_size),
                    len(files) - len(originals),
                )
                data, signature = form.write_manifest(manifest, private)
                paths = part_paths(output, len(manifest.parts))
                total = at = 0
                for path, count in zip(paths, manifest.parts, strict=True):
                    total += write_part(path, data, signature, blobs.readers(at, at + count))
                    at += count
        except OSError as error:
            raise unwritable(output, error) from error
    return BundleMade(tuple(paths), total, manifest, tuple(missing))


class _Blobs:
    """Blobs that wait in a folder until it is known how many parts they fill."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._numbers: dict[str, int] = {}
        self.blobs: list[form.Blob] = []

    def keep(self, blob: form.Blob, packed: bytes) -> int:
        number = self._numbers.get(blob.sha256)
        if number is None or self.blobs[number] != blob:
            (self._folder / blob.sha256).write_bytes(packed)
            number = self._numbers[blob.sha256] = len(self.blobs)
            self.blobs.append(blob)
        return number

    def readers(self, start: int, end: int) -> list[tuple[form.Blob, Callable[[], bytes]]]:
        return [(blob, (self._folder / blob.sha256).read_bytes) for blob in self.blobs[start:end]]


def _held(workspace: Workspace, sha256: str) -> Path | None:
    """The evidence file of that content, whatever its name."""
    found = workspace.originals.glob(f"{sha256[:16]}-*")
    return next((path for path in found if path.is_file() and digest_of(path) == sha256), None)


def _original(
    workspace: Workspace, sha256: str, file: str, blobs: _Blobs, chunk: int
) -> form.OriginalFile | None:
    """An evidence file cut into blobs; None where it is not here, or not what was taken in."""
    path = _held(workspace, sha256)
    if path is None:
        return None
    numbers, size = [], 0
    with path.open("rb") as source:
        while data := source.read(chunk):
            numbers.append(blobs.keep(*form.pack(data)))
            size += len(data)
    return form.OriginalFile(sha256, Path(file).name, size, numbers)


@dataclass(slots=True)
class BundleTaken:
    """What taking in a bundle did.

    `offices` are those whose keys are confirmed, by log; `new_key` says that the sender has a new key, for
    which the one that was confirmed vouches.
    """

    taken: Taken
    offices: dict[str, Office]
    originals: list[str] = field(default_factory=list)
    accord_differs: bool = False
    dry_run: bool = False
    new_key: bool = False

    @property
    def ok(self) -> bool:
        """Whether no history turned out to be rewritten."""
        return not any(log.status in ("forked", "behind") for log in self.taken.logs)

    def as_dict(self) -> dict[str, Any]:
        """The report as plain JSON data."""
        taken = self.taken
        return {
            "ok": self.ok,
            "sender": taken.sender,
            "office": self.offices[taken.sender].name,
            "logs": [
                {
                    "origin": log.origin,
                    "office": log.office,
                    "status": log.status,
                    "held": log.held,
                    "size": log.size,
                    "withheld": log.withheld,
                    "fork": log.fork,
                }
                for log in taken.logs
            ],
            "added": dict(sorted(taken.added.items())),
            "duplicates": taken.duplicates,
            "originals": self.originals,
            "accord_differs": self.accord_differs,
            "new_key": self.new_key,
            "newest": isoformat_utc(taken.newest) if taken.newest else None,
            "recorded_at": isoformat_utc(taken.recorded_at) if taken.recorded_at else None,
            "dry_run": self.dry_run,
        }


def take_in(
    workspace: Workspace,
    files: Sequence[Path],
    *,
    trust: tuple[str, str] | None = None,
    dry_run: bool = False,
    progress: Callable[[int], None] = lambda _: None,
) -> BundleTaken:
    """Takes in a bundle, all in one transaction, once all of its parts have arrived.

    `trust` is the name and the verifier key of an office that is confirmed on this occasion. Raises
    NotConfirmed, Incomplete (what arrived is kept), InvalidInput, NotFound, StoreUnavailable.
    """
    if not files:
        raise InvalidInput("no file was named; accepted: the parts of one bundle")
    kept: list[Path] = []
    with workspace.store() as store:
        if trust is not None:
            origin, public = notes.parse_verifier_key(trust[1])
            store.trust(trust[0], origin, public)
        offices = {office.origin: office for office in store.offices()}
        arrived, parts = arrive(
            files, workspace.root / INCOMING, lambda sender, manifest: _keys(offices, sender, manifest)
        )
        damaged = {str(part.path): part.damaged for part in parts if part.damaged}
        if arrived.missing:
            raise _incomplete(arrived, damaged)
        sender = offices[arrived.manifest.sender]
        if arrived.key is not None and arrived.key != sender.public_key:
            # By its old key's word it has a new one, which is the one that counts from now on.
            store.trust(sender.name, sender.origin, arrived.key)
            offices[sender.origin] = replace(sender, public_key=arrived.key)
        report = BundleTaken(Taken(sender.origin), offices, dry_run=dry_run)
        report.new_key = offices[sender.origin].public_key != sender.public_key

        def keep(taken: Taken) -> None:
            sound = {log.origin for log in taken.logs if log.status in ("new", "held")}
            if not dry_run and arrived.manifest.sender in sound:
                for original in arrived.manifest.originals:
                    new = _keep_original(workspace, arrived, original)
                    if new is not None:
                        kept.append(new)

        try:
            report.taken = store.take_bundle(arrived, before_commit=keep, dry_run=dry_run, progress=progress)
        except BaseException:
            workspace.drop_unrecorded(kept)
            raise
        report.originals = [path.name for path in kept]
        ours = store.accord_versions()
        theirs = store.accords_of(arrived.manifest.sender)
        report.accord_differs = bool(ours and theirs and ours[-1].sha256 != theirs[-1].sha256)
    if not dry_run:
        arrived.discard()
    return report


def _keys(offices: dict[str, Office], sender: str, manifest: bytes) -> Sequence[bytes]:
    office = offices.get(sender)
    if office is None or not office.trusted:
        withdrawn = " any more" if office is not None else ""
        raise NotConfirmed(
            f"the bundle is from {sender}, whose key is not confirmed{withdrawn}",
            hint="compare its key with that office over another channel (truceline bundle inspect FILE shows "
            "what the bundle says), then: truceline office trust WORKSPACE --name NAME --key KEY",
        )
    # Not believed but for what the confirmed key itself signed in it.
    said = next((log for log in form.read_manifest(manifest).logs if log.origin == sender), None)
    return successors(sender, office.public_key, said.vouchers if said else ())


def _incomplete(arrived: Arrived, damaged: dict[str, str]) -> Incomplete:
    total, missing = len(arrived.manifest.parts), arrived.missing_parts()
    names = ", ".join(map(str, missing[:20])) + (" …" if len(missing) > 20 else "")
    which = f"part {names}" if len(missing) == 1 else f"parts {names}"
    broken = "".join(f"; {file}: {what}" for file, what in damaged.items())
    return Incomplete(
        f"the bundle is not complete: {which} of {total} missing or damaged{broken}",
        hint="what arrived is kept; let these parts be sent again, and import them",
        details={"parts": total, "missing_parts": missing, "damaged": damaged},
    )


def _keep_original(workspace: Workspace, arrived: Arrived, original: form.OriginalFile) -> Path | None:
    """Puts an evidence file among the originals; None where it is there already, under any name."""
    if _held(workspace, original.sha256) is not None:
        return None
    name = "".join(sign if sign.isprintable() else "_" for sign in Path(original.file).name)[-100:] or "file"
    whole = arrived.folder / "original.part"
    try:
        with whole.open("wb") as file:
            for number in original.blobs:
                file.write(arrived.blob(number))
    except OSError as error:
        raise unwritable(whole, error) from error
    if digest_of(whole) != original.sha256:
        raise InvalidInput(f"the original {name} in the bundle is not what its SHA-256 says")
    return workspace.keep_original(whole, Origin(name, original.sha256, original.size))


def inspect(file: Path) -> dict[str, Any]:
    """What a part of a bundle says of the whole, as plain JSON data. Nothing is believed or recorded.

    `signed` says whether the signature is that of the last key that the bundle itself names for its sender:
    that this is the sender's key is for the operator to find out. Raises NotFound, InvalidInput.
    """
    blobs: list[str] = []

    def take(_manifest: bytes, _note: str, digest: str, _data: bytes) -> bool:
        blobs.append(digest)
        return True

    part = read_part(file, take)
    manifest = form.read_manifest(part.manifest)
    own = next((log for log in manifest.logs if log.origin == manifest.sender), None)
    keys = [key for text in (own.keys if own else ()) for _, key in [notes.parse_verifier_key(text)]]
    known = {blob.sha256 for blob in manifest.blobs}
    return {
        "file": str(file),
        "signed": form.signed_for(part.manifest, part.signature, manifest.sender, keys) is not None,
        "damaged": part.damaged,
        "blobs_here": sum(1 for digest in blobs if digest in known),
        "blobs": len(manifest.blobs),
        **manifest_dict(manifest),
    }
