"""A record on a PostgreSQL server gives the same files as the same record in a file of SQLite."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from truceline.products.export import geoparquet
from truceline.store.moving import move
from truceline.store.workspace import Workspace


def digests(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def test_every_format_and_edition_has_the_same_bytes(
    planted: Any,
    folders: dict[str, Path],
    exported: Callable[..., Path],
    postgres: Any,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(geoparquet, "COMPRESSION", "none")
    shutil.copytree(planted.root, tmp_path / "w")
    shutil.rmtree(tmp_path / "w" / "cache")
    with postgres.database("template0") as name:
        move(Workspace.open(tmp_path / "w"), postgres.url(name))
        assert Workspace.open(tmp_path / "w").store_address is not None
        for edition, expected in folders.items():
            made = exported(planted, tmp_path / edition, edition, root=tmp_path / "w")
            assert digests(made).keys() == digests(expected).keys()
            unlike = [file for file, content in digests(expected).items() if digests(made)[file] != content]
            assert unlike == []
