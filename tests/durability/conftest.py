"""Small workspaces, evidence to take in, and media that are full or read-only."""

import os
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from truceline.cli.main import run
from truceline.store.workspace import Workspace

ACCORD = """\
accord: {id: valley, title: Valley ceasefire, time_zone: Asia/Damascus, status: confirmed, version: 1}
parties:
- {id: north, names: North, role: side}
- {id: south, names: South, role: side}
"""


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    (tmp_path / "accord.yaml").write_text(ACCORD)
    return Workspace.create(tmp_path / "ws", tmp_path / "accord.yaml")


@pytest.fixture
def evidence(tmp_path: Path) -> Callable[..., Path]:
    """Writes a CSV of that many observations."""

    def make(name: str, count: int = 3) -> Path:
        path = tmp_path / f"{name}.csv"
        lines = [f"{name}-{n},shelling,2018-10-01,36.5,35.5,1000,wire,{'x' * 40}" for n in range(count)]
        path.write_text("\n".join(["id,kind,date,lon,lat,error_m,source,report", *lines]) + "\n")
        return path

    return make


@pytest.fixture
def truceline(capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, str]]:
    """Runs a command in this process: its exit code, standard output and standard error."""

    def command(*arguments: str | Path) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as ended:
            run([str(argument) for argument in arguments])
        out, err = capsys.readouterr()
        return int(ended.value.code or 0), out, err

    return command


@pytest.fixture
def medium(tmp_path: Path) -> Iterator[Callable[..., Path]]:
    """Mounts a file system of its own, so many KiB large; needs root, and says so where there is none."""
    mounted: list[Path] = []

    def mount(size_kib: int) -> Path:
        at = tmp_path / f"medium-{len(mounted)}"
        at.mkdir()
        command = ["mount", "-t", "tmpfs", "-o", f"size={size_kib}k", "tmpfs", str(at)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            raise PermissionError(done.stderr.strip())
        mounted.append(at)
        return at

    try:
        yield mount
    finally:
        for at in mounted:
            subprocess.run(["umount", str(at)], check=True)


class Unprivileged:
    """As a user whom rights bind; root is bound by none."""

    USER = 65534

    def owns(self, root: Path) -> None:
        """Gives the user a folder with all below it, and the way to it."""
        if os.geteuid() == 0:
            for path in (root, *root.rglob("*")):
                os.chown(path, self.USER, self.USER)
            for above in root.parents:
                if above.stat().st_uid == 0 and above != Path(above.anchor):
                    above.chmod(above.stat().st_mode | 0o055)

    @contextmanager
    def __call__(self) -> Iterator[None]:
        if os.geteuid() != 0:
            yield
            return
        os.setegid(self.USER)
        os.seteuid(self.USER)
        try:
            yield
        finally:
            os.seteuid(0)
            os.setegid(0)


@pytest.fixture
def unprivileged() -> Unprivileged:
    return Unprivileged()
