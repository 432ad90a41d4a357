"""The readers of bundles as functions of bytes."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from fuzzing.target import ROOT, SPLIT, Target, file_of


def _part(data: bytes) -> None:
    from truceline.app.bundle import inspect

    json.dumps(inspect(file_of("part.tcb", data)), ensure_ascii=False).encode()


def _manifest(data: bytes) -> None:
    from truceline.transparency.bundle import read_manifest

    read_manifest(data)


def _leaves(data: bytes) -> None:
    from truceline.transparency.bundle import read_lines

    count, _, lines = data.partition(SPLIT)
    hashes, salts = read_lines(lines, int(count[:3]) if count[:3].isdigit() else 2)
    assert len(hashes) == len(salts)


_LOG = "truceline/log/fuzz"


def _voucher(data: bytes) -> None:
    from truceline.transparency.log_keys import successors

    old = _old_key().public_key().public_bytes_raw()
    found = successors(_LOG, old, data.decode("utf-8", "surrogateescape").split("\x00"))
    new = {_new_key(), old}
    assert set(found) <= new, "a key that nobody vouched for"


@lru_cache(maxsize=1)
def _old_key() -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(bytes(range(32)))


def _new_key() -> bytes:
    return Ed25519PrivateKey.from_private_bytes(bytes(range(1, 33))).public_key().public_bytes_raw()


def _vouchers() -> list[bytes]:
    from truceline.transparency.log_keys import voucher

    return [voucher(_LOG, _old_key(), _new_key(), 7).encode()]


@lru_cache(maxsize=1)
def _made() -> tuple[bytes, bytes]:
    """A small bundle of an office, and its manifest."""
    import tarfile

    from truceline.app.bundle import export
    from truceline.app.ingest import ingest
    from truceline.store.workspace import Workspace

    with tempfile.TemporaryDirectory() as folder:
        example = ROOT / "examples" / "idlib-2018"
        workspace = Workspace.create(Path(folder) / "w", example / "accord.yaml")
        rows = Path(folder) / "rows.csv"
        rows.write_text("kind,date,lon,lat\nshelling,2018-10-01,36.1,35.2\n", encoding="utf-8")
        ingest(workspace, [rows])
        export(workspace, Path(folder) / "b.tcb")
        path = next(iter(sorted(Path(folder).glob("b*.tcb"))))
        with tarfile.open(path) as archive:
            names = archive.getnames()
            member = archive.extractfile(next(name for name in names if "manifest" in name))
            assert member is not None
            return path.read_bytes(), member.read()


def bundle_targets() -> Iterator[tuple[str, Target]]:
    """Name and target of every reader of bundles."""
    words = (b'"', b"{", b"}", b"[", b"]", b"../", b"/", b"\x00", b"null", b"-1", b"9" * 30, b"\\ud800")
    yield "bundle-part", Target(_part, lambda: [_made()[0]], words)
    yield "bundle-manifest", Target(_manifest, lambda: [_made()[1]], words)
    yield "voucher", Target(_voucher, _vouchers, (b"+", "\n\n\u2014 ".encode(), b"==", b"\x00"))
    line = b"00" * 16 + b" {}\n"
    yield "bundle-leaves", Target(_leaves, lambda: [b"2" + SPLIT + line * 2], words)
