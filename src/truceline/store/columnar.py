"""A columnar copy of the observations beside the database, for reading a million rows at once.

It is derived and disposable: delete it and it is made again. It is never trusted over the database: a segment
counts only if the database's own chain of entries, up to the segment's last row, is the one that the segment
was made from. Segments are Arrow files that are mapped into memory, not read; new rows become a new segment,
and many small segments become one.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from hashlib import blake2b
from itertools import chain as following
from pathlib import Path

import pyarrow as pa

from truceline.evidence.table import OBSERVATION_SCHEMA

MOST_SEGMENTS = 8
MUCH_LARGER = 4
BATCH_ROWS = 65_536
_SHAPE = blake2b(OBSERVATION_SCHEMA.serialize(), digest_size=4).hexdigest()


class Segments:
    """The segments in a folder, for one shape of the observations' schema."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / _SHAPE

    def read(
        self,
        last: int,
        chain_at: Callable[[int], bytes | None],
        rows_after: Callable[[int], Iterable[pa.RecordBatch]],
    ) -> pa.Table:
        """The rows up to number `last`.

        `chain_at` gives the database's chain at the entry that ends with a row, or None where no entry ends
        there; `rows_after` reads all rows after a number from the database, some at a time: they go into a
        file as they come, so that a first reading of very many holds few of them.
        """
        tables, files, upto = self._valid(chain_at)
        if upto < last:
            chain = chain_at(last)
            kept = _left_alone([table.num_rows for table in tables], last - upto)
            before = tables[kept:]
            first = 1 + sum(table.num_rows for table in tables[:kept])

            def new() -> Iterable[pa.RecordBatch]:
                held = following.from_iterable(table.to_batches() for table in before)
                return following(held, rows_after(upto))

            path = None if chain is None else self._write(new(), first, last, chain)
            made = None if path is None else _mapped(path)
            if made is None:
                made = pa.Table.from_batches(new(), OBSERVATION_SCHEMA)
            tables = [*tables[:kept], made]
            files = files if path is None else [*files[:kept], path]
        self._sweep(keep=files)
        if not tables:
            return OBSERVATION_SCHEMA.empty_table()
        return pa.concat_tables(tables)

    def stale(self, chain_at: Callable[[int], bytes | None]) -> list[Path]:
        """What lies in the folder and is no segment of the record as it stands; writes nothing."""
        if not self.folder.parent.is_dir():
            return []
        others = [path for path in self.folder.parent.iterdir() if path != self.folder]
        _, valid, _ = self._valid(chain_at)
        here = self.folder.iterdir() if self.folder.is_dir() else ()
        return sorted(others + [path for path in here if path not in valid])

    def _valid(self, chain_at: Callable[[int], bytes | None]) -> tuple[list[pa.Table], list[Path], int]:
        """Tables and files that follow one another from row 1 and agree with the database."""
        tables: list[pa.Table] = []
        files: list[Path] = []
        upto = 0
        starts: dict[int, list[tuple[int, Path]]] = {}
        for path in self.folder.glob("*.arrow"):
            with suppress(ValueError):
                first, end, _ = path.stem.split("-")
                starts.setdefault(int(first), []).append((int(end), path))
        while upto + 1 in starts:
            for last, path in sorted(starts[upto + 1], reverse=True):
                chain = chain_at(last)
                if chain is None or not path.stem.endswith(f"-{chain.hex()}"):
                    continue
                table = _mapped(path)
                if table is not None and table.num_rows == last - upto:
                    tables.append(table)
                    files.append(path)
                    upto = last
                    break
            else:
                break
        return tables, files, upto

    def _write(self, rows: Iterable[pa.RecordBatch], first: int, last: int, chain: bytes) -> Path | None:
        """The file of these rows; None where the medium cannot be written: reading works all the same, only
        slower."""
        path = self.folder / f"{first}-{last}-{chain.hex()}.arrow"
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            descriptor, name = tempfile.mkstemp(dir=self.folder, suffix=".part")
        except OSError:
            return None
        try:
            with os.fdopen(descriptor, "wb") as file:
                with pa.ipc.new_file(file, OBSERVATION_SCHEMA) as writer:
                    for batch in _gathered(rows):
                        writer.write_batch(batch)
                file.flush()
                os.fsync(file.fileno())
            Path(name).replace(path)
        except OSError:
            Path(name).unlink(missing_ok=True)
            return None
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
        return path

    def _sweep(self, keep: list[Path]) -> None:
        kept = {path.name for path in keep}
        for path in self.folder.glob("*.arrow"):
            if path.name not in kept:
                with suppress(OSError):
                    path.unlink()


def _gathered(rows: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """The same rows in batches that are not small, so that a file of many reports that came one by one has no
    batch for each."""
    some: list[pa.RecordBatch] = []
    for batch in rows:
        some.append(batch)
        if sum(part.num_rows for part in some) >= BATCH_ROWS:
            yield from _as_one(some)
            some = []
    yield from _as_one(some)


def _as_one(batches: list[pa.RecordBatch]) -> list[pa.RecordBatch]:
    if len(batches) < 2:
        return batches
    whole: list[pa.RecordBatch] = pa.Table.from_batches(batches).combine_chunks().to_batches()
    return whole


def _left_alone(sizes: list[int], more: int) -> int:
    """How many of the segments stay as they are when rows are added: all while they are few, else those at
    the front that are much larger than what follows, so that a report beside a million copies no million."""
    if len(sizes) < MOST_SEGMENTS:
        return len(sizes)
    after = more
    for number in reversed(range(len(sizes))):
        if sizes[number] > MUCH_LARGER * after:
            return number + 1
        after += sizes[number]
    return 0


def _mapped(path: Path) -> pa.Table | None:
    try:
        with pa.memory_map(str(path)) as file:
            table = pa.ipc.open_file(file).read_all()
    except (OSError, pa.ArrowInvalid):
        return None
    return table if table.schema.equals(OBSERVATION_SCHEMA) else None
