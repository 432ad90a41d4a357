"""The rows of observations as the database has them: those after a number, and the chain where one ends."""

from __future__ import annotations

from collections.abc import Iterator

import pyarrow as pa
from sqlalchemy import Connection

from truceline.store import rows, schema
from truceline.store.driver import driver_of, one

FETCH_ROWS = 65_536


def chain_at(connection: Connection, seq: int) -> bytes | None:
    """The chain at the entry whose last row has this number; None where no entry ends with it."""
    found = one(
        driver_of(connection),
        "SELECT e.chain FROM observation o JOIN entry e ON e.seq = o.entry WHERE o.seq = ? "
        "AND NOT EXISTS (SELECT 1 FROM observation n WHERE n.seq = o.seq + 1 AND n.entry = o.entry)",
        (seq,),
    )
    return None if found is None else bytes(found[0])


def rows_after(connection: Connection, seq: int) -> Iterator[pa.RecordBatch]:
    """The observations after this number, in the order in which they were recorded, some at a time."""
    driver = driver_of(connection)
    entries: dict[int, int] = dict(driver.rows("SELECT seq, recorded_at FROM entry"))
    originals = {row[0]: row[1:] for row in driver.rows("SELECT seq, file, sha256 FROM original")}
    names = ", ".join(f'"{field.name}"' for field in schema.STORED)
    statement = f"SELECT entry, original, {names} FROM observation WHERE seq > ? ORDER BY seq"
    return rows.batches_of(driver.columns(statement, (seq,), size=FETCH_ROWS), entries, originals)
