"""One PostgreSQL with PostGIS for the whole test session, and a fresh database from a template for each test.

Debian's packages bring the programs (`make postgres`); the server is ours alone: in a temporary folder, on a
Unix socket there, as a user that is not root. Processes of pytest-xdist share it through a lock file; the
last to leave stops it.
"""

from __future__ import annotations

import fcntl
import json
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any

import psycopg
import pytest

SETTINGS = {
    "listen_addresses": "",
    "max_connections": "80",
    "shared_buffers": "64MB",
    "fsync": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
    "jit": "off",
    "log_min_messages": "fatal",
}


def programs() -> Path:
    """The folder of the newest PostgreSQL that has PostGIS."""
    for control in sorted(Path("/usr/share/postgresql").glob("*/extension/postgis.control"), reverse=True):
        found = Path("/usr/lib/postgresql", control.parts[-3], "bin")
        if (found / "initdb").exists():
            return found
    raise RuntimeError("there is no PostgreSQL with PostGIS: make postgres installs Debian's")


def account() -> dict[str, Any]:
    """As whom the server runs: as us, or, because it refuses root, as the user that Debian made for it."""
    if os.geteuid() != 0:
        return {}
    user = pwd.getpwnam("postgres")
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}


def start(folder: Path, settings: dict[str, str]) -> None:
    """Makes a cluster in a folder and starts its server, which outlives us."""
    who = account()
    if who:
        os.chown(folder, who["user"], who["group"])

    def run(*command: str | Path) -> None:
        subprocess.run(command, check=True, cwd=folder, stdout=subprocess.DEVNULL, **who)

    run(
        programs() / "initdb", "-D", folder / "data", "-U", "postgres", "-A", "trust", "--no-sync",
        "-E", "UTF8", "--locale=C",
    )  # fmt: skip
    options = " ".join(f"-c {name}='{value}'" for name, value in settings.items())
    run(
        programs() / "pg_ctl", "-D", folder / "data", "-l", folder / "log", "-s", "-w", "-o",
        f"-k {folder} {options}", "start",
    )  # fmt: skip


def stop(folder: Path) -> None:
    """Stops the server of a folder, and takes the folder away."""
    command: tuple[str | Path, ...] = (programs() / "pg_ctl", "-D", folder / "data", "-s", "-w", "-m")
    subprocess.run(
        (*command, "immediate", "stop"), check=False, cwd=folder, stdout=subprocess.DEVNULL, **account()
    )
    shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _shared(state: Path) -> Iterator[dict[str, Any]]:
    """What the processes of this session know together, one at a time."""
    with state.open("a+") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        file.seek(0)
        held = json.loads(file.read() or '{"users": 0, "folder": null}')
        yield held
        file.truncate(0)
        file.write(json.dumps(held))


class Server:
    """The server of this session."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.programs = programs()
        self._numbers = count(1)

    def url(self, database: str, user: str = "postgres") -> str:
        """The address of a record in a database."""
        return f"postgresql://{user}@/{database}?host={self.folder}"

    def connect(self, database: str = "postgres", user: str = "postgres") -> psycopg.Connection[Any]:
        """A connection past our own code."""
        return psycopg.connect(host=str(self.folder), user=user, dbname=database, autocommit=True)

    @contextmanager
    def database(self, template: str = "record") -> Iterator[str]:
        """A new database with an empty record in it, by name; an empty database from ``template0``."""
        name = f"t_{os.getpid()}_{next(self._numbers)}"
        with self.connect() as connection:
            # Copied by the system: a third of the wait and half of the processor of the other way.
            how = " STRATEGY file_copy" if connection.info.server_version >= 150_000 else ""
            connection.execute(f"CREATE DATABASE {name} TEMPLATE {template}{how}")
        try:
            yield name
        finally:
            with self.connect() as connection:
                connection.execute(f"DROP DATABASE {name} WITH (FORCE)")

    def make_template(self) -> None:
        """Makes the database that others are copies of."""
        from truceline.store.postgres.store import PostgresStore

        with self.connect() as connection:
            connection.execute("CREATE DATABASE record")
        with self.connect("record") as connection:
            connection.execute("CREATE EXTENSION postgis")
        PostgresStore(self.url("record"), make=True).close()


@pytest.fixture(scope="session")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The server; it is started where the first test asks for it."""
    base = tmp_path_factory.getbasetemp()
    if os.environ.get("PYTEST_XDIST_WORKER"):
        base = base.parent
    state = base / "postgres.json"
    with _shared(state) as held:
        if held["folder"]:
            folder = Path(held["folder"])
        else:
            folder = Path(tempfile.mkdtemp(prefix="truceline-pg-"))
            try:
                start(folder, SETTINGS)
                Server(folder).make_template()
            except BaseException:
                stop(folder)
                raise
        held["folder"] = str(folder)
        held["users"] += 1
    yield Server(folder)
    with _shared(state) as held:
        held["users"] -= 1
        if not held["users"]:
            stop(folder)
            held["folder"] = None


@pytest.fixture
def record_url(postgres: Server) -> Iterator[str]:
    """The address of an empty record of this test's own."""
    with postgres.database() as name:
        yield postgres.url(name)
