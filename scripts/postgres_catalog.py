"""Writes src/truceline/store/postgres/catalog.json from a new record: to be run after a new migration."""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests" / "plugins"))


def main() -> None:
    """Starts a server of its own, makes a record there and describes it."""
    from postgres_server import SETTINGS, Server, start, stop

    from truceline.store.postgres.catalog import described
    from truceline.store.postgres.store import PostgresStore

    folder = Path(tempfile.mkdtemp(prefix="truceline-pg-"))
    try:
        start(folder, SETTINGS)
        server = Server(folder)
        server.make_template()
        store = PostgresStore(server.url("record"))
        with store._reading() as connection:
            made = described(connection)
        store.close()
    finally:
        stop(folder)
    target = ROOT / "src" / "truceline" / "store" / "postgres" / "catalog.json"
    target.write_text(json.dumps(made, indent=1, sort_keys=True) + "\n", "utf-8")


if __name__ == "__main__":
    main()
