"""What tests of several commands share."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from truceline.cli.main import run
from truceline.store.workspace import Workspace

Call = Callable[..., tuple[int, Any]]


@pytest.fixture
def call(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Call:
    monkeypatch.delenv("TRUCELINE_AUTHOR", raising=False)

    def made(*arguments: object) -> tuple[int, Any]:
        with pytest.raises(SystemExit) as end:
            run([str(argument) for argument in (*arguments, "--json")])
        return int(str(end.value.code)), json.loads(capsys.readouterr().out)

    return made


@pytest.fixture
def kept(request: pytest.FixtureRequest) -> Iterator[str | None]:
    """Where the record is kept: the address of an empty database for tests that say ``server``, else None.

    `@pytest.mark.parametrize("kept", ["file", "server"], indirect=True)` runs a test for both.
    """
    if getattr(request, "param", "file") == "file":
        yield None
        return
    server = request.getfixturevalue("postgres")
    with server.database("template0") as name:
        yield server.url(name)


@pytest.fixture
def mission(
    tmp_path: Path, idlib: Path, call: Call, kept: str | None, request: pytest.FixtureRequest
) -> Path:
    """A workspace that holds the rows of the module's `CSV`."""
    Workspace.create(tmp_path / "w", idlib / "accord.yaml", store=kept)
    (tmp_path / "e.csv").write_text(request.module.CSV)
    assert call("ingest", tmp_path / "w", tmp_path / "e.csv")[0] == 0
    return tmp_path / "w"
