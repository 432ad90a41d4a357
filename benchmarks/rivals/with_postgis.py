"""PostGIS: a PostgreSQL of its own, in a folder of its own, on a Unix socket, as a user that is not root."""

from __future__ import annotations

import contextlib
import os
import pwd
import re
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Any

import numpy as np
import psycopg
import shapely

from rivals import Floats, MissingError, Summary, Zones
from rivals.sql import Database

_SETTINGS = {
    "listen_addresses": "",
    "shared_buffers": "1GB",
    "work_mem": "256MB",
    "maintenance_work_mem": "1GB",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
    "jit": "off",
    "max_wal_size": "8GB",
    "effective_cache_size": "8GB",
}
_PIECES = "FROM pieces JOIN points ON ST_Intersects(pieces.g, points.g)"


class PostGIS(Database):
    """An index over the points and whole zones; or an index over pieces of zones of at most 128 vertices."""

    def __init__(self, subdivide: bool) -> None:
        self.subdivide = subdivide
        self.folder = Path(tempfile.mkdtemp(prefix="postgis-"))
        self.held: Zones | None = None
        self.server: subprocess.Popen[bytes] | None = None
        try:
            self._start()
        except MissingError:
            self.close()
            raise

    def version(self) -> str:
        ((postgis, server),) = self.rows("SELECT postgis_lib_version(), current_setting('server_version')")
        return f"{postgis} on PostgreSQL {server.split()[0]}"

    def load(self, zones: Zones, x: Floats, y: Floats) -> None:
        if zones is not self.held:
            self._load_zones(zones)
            self.held = zones
        with self.connection.cursor() as cursor:
            cursor.execute("DROP TABLE IF EXISTS points")
            cursor.execute("CREATE UNLOGGED TABLE xy (point int, x float8, y float8)")
            with cursor.copy("COPY xy FROM STDIN (FORMAT BINARY)") as copy:
                copy.write(_as_copy(x, y))
            cursor.execute("CREATE UNLOGGED TABLE points AS SELECT point, ST_Point(x, y) AS g FROM xy")
            cursor.execute("DROP TABLE xy")
            if not self.subdivide:
                cursor.execute("CREATE INDEX ON points USING gist (g)")
            cursor.execute("VACUUM ANALYZE points")

    def _load_zones(self, zones: Zones) -> None:
        with self.connection.cursor() as cursor:
            cursor.execute("DROP TABLE IF EXISTS zones, pieces")
            cursor.execute("CREATE UNLOGGED TABLE raw (zone int, wkb bytea)")
            with cursor.copy("COPY raw FROM STDIN (FORMAT BINARY)") as copy:
                copy.set_types(["int4", "bytea"])
                for number, wkb in enumerate(shapely.to_wkb(np.asarray(zones, dtype=object))):
                    copy.write_row((number, wkb))
            cursor.execute("CREATE UNLOGGED TABLE zones AS SELECT zone, ST_GeomFromWKB(wkb) AS g FROM raw")
            cursor.execute("CREATE INDEX ON zones USING gist (g)")
            cursor.execute("DROP TABLE raw")
            cursor.execute("VACUUM ANALYZE zones")
            if self.subdivide:
                cursor.execute(
                    "CREATE UNLOGGED TABLE pieces AS SELECT zone, ST_Subdivide(g, 128) AS g FROM zones"
                )
                cursor.execute("CREATE INDEX ON pieces USING gist (g)")
                cursor.execute("VACUUM ANALYZE pieces")

    def join(self) -> Summary:
        if not self.subdivide:
            return super().join()
        ((n, p, z),) = self.rows(f"SELECT count(*), sum(point::bigint), sum(zone) {_PIECES}")
        return Summary(int(n), int(p or 0), int(z or 0))

    def pairs(self, answer: Summary) -> Any:
        if not self.subdivide:
            return super().pairs(answer)
        return np.array(self.rows(f"SELECT point, zone {_PIECES}"), np.int64).reshape(-1, 2)

    def rows(self, query: str) -> list[Any]:
        with self.connection.cursor() as cursor:
            return list(cursor.execute(query).fetchall())

    def extra_memory_mb(self) -> float:
        """The sum over the server's processes of the most that each held beside what they share."""
        total = 0.0
        assert self.server is not None
        for status in Path("/proc").glob("[0-9]*/status"):
            with contextlib.suppress(OSError):
                text = status.read_text()
                if re.search(rf"^(?:Pid|PPid):\s+{self.server.pid}$", text, re.M):
                    kinds = {k: int(v) for k, v in re.findall(r"^(VmHWM|RssShmem):\s+(\d+)", text, re.M)}
                    total += max(kinds.get("VmHWM", 0) - kinds.get("RssShmem", 0), 0) / 1e3
                    shared = kinds.get("RssShmem", 0) / 1e3
                    self._shared = max(getattr(self, "_shared", 0.0), shared)
        return total + getattr(self, "_shared", 0.0)

    def close(self) -> None:
        if self.server is not None:
            with contextlib.suppress(psycopg.Error, AttributeError):
                self.connection.close()
            self.server.send_signal(signal.SIGINT)
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.server.wait(20)
            if self.server.poll() is None:
                self.server.kill()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _start(self) -> None:
        found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda p: int(p.parts[-3]))
        if not found:
            raise MissingError("PostgreSQL is not installed (Debian: postgresql, postgresql-NN-postgis-3)")
        programs = found[-1].parent
        if not list(Path("/usr/share/postgresql").glob(f"{programs.parent.name}/extension/postgis.control")):
            raise MissingError("PostGIS is not installed (Debian: postgresql-NN-postgis-3)")
        demoted: dict[str, Any] = {}
        user = pwd.getpwuid(os.getuid()).pw_name
        if os.getuid() == 0:
            try:
                account = pwd.getpwnam("postgres")
            except KeyError as error:
                raise MissingError("there is no user postgres, and a server does not run as root") from error
            os.chown(self.folder, account.pw_uid, account.pw_gid)
            demoted = {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}
            user = "postgres"
        data, log = self.folder / "data", self.folder / "log"
        subprocess.run(
            [programs / "initdb", "-D", data, "-U", user, "-A", "trust", "--no-sync", "-E", "UTF8",
             "--locale=C"],
            check=True, stdout=subprocess.DEVNULL, cwd=self.folder, **demoted,
        )  # fmt: skip
        settings = [word for name, value in _SETTINGS.items() for word in ("-c", f"{name}={value}")]
        with log.open("wb") as sink:
            self.server = subprocess.Popen(
                [programs / "postgres", "-D", data, "-k", self.folder, *settings],
                stdout=sink, stderr=sink, cwd=self.folder, **demoted,
            )  # fmt: skip
        deadline = time.monotonic() + 30
        while True:
            try:
                self.connection = psycopg.connect(
                    host=str(self.folder), user=user, dbname="postgres", autocommit=True
                )
                break
            except psycopg.OperationalError as error:
                if time.monotonic() > deadline or self.server.poll() is not None:
                    raise MissingError(f"the server did not start: {log.read_text()[-300:]}") from error
                time.sleep(0.1)
        self.connection.execute("CREATE EXTENSION postgis")


def _as_copy(x: Floats, y: Floats) -> bytes:
    """Rows (int4, float8, float8) in PostgreSQL's binary form of COPY."""
    lengths = [("fields", ">i2"), ("l0", ">i4"), ("p", ">i4"), ("l1", ">i4"), ("x", ">f8")]
    rows = np.empty(len(x), [*lengths, ("l2", ">i4"), ("y", ">f8")])
    rows["fields"], rows["l0"], rows["l1"], rows["l2"] = 3, 4, 8, 8
    rows["p"], rows["x"], rows["y"] = np.arange(len(x)), x, y
    return b"PGCOPY\n\xff\r\n\x00" + bytes(8) + rows.tobytes() + b"\xff\xff"


def gist() -> PostGIS:
    return PostGIS(subdivide=False)


def subdivided() -> PostGIS:
    return PostGIS(subdivide=True)
