"""The files that screening writes: Parquet, GeoParquet with the points, Arrow IPC, CSV."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv
import pyarrow.parquet as pq

from truceline.core.errors import InvalidInput
from truceline.core.shown import defused
from truceline.geo.screening.answers import GEOMETRY

_KINDS = {
    "parquet": (".parquet", ".pq"),
    "geoparquet": (".geoparquet",),
    "arrow": (".arrow", ".feather", ".ipc"),
    "arrow stream": (".arrows",),
    "csv": (".csv",),
    "csv.gz": (".csv.gz",),
}
# Points without a reference system of their own are on OGC:CRS84 (GeoParquet 1.1).
_GEO = {
    "version": "1.1.0",
    "primary_column": GEOMETRY,
    "columns": {GEOMETRY: {"encoding": "WKB", "geometry_types": ["Point"]}},
}


def kind_of(output: Path) -> str:
    """The kind of file that the ending names. Raises InvalidInput for any other."""
    name = output.name.lower()
    for kind, endings in _KINDS.items():
        if name.endswith(endings):
            return kind
    accepted = ", ".join(ending for endings in _KINDS.values() for ending in endings)
    raise InvalidInput(f"{output}: the ending says no format of output; accepted: {accepted}")


def _defused(table: pa.Table) -> pa.Table:
    """The table with texts that a spreadsheet would take for formulas marked as texts."""
    for number, field in enumerate(table.schema):
        if not (pa.types.is_string(field.type) or pa.types.is_large_string(field.type)):
            continue
        column = table.column(number)
        if pc.any(pc.match_substring_regex(column, "^[^\\pL\\pN]"), min_count=0).as_py():
            texts = [None if text is None else defused(text) for text in column.to_pylist()]
            table = table.set_column(number, field, pa.array(texts, field.type))
    return table


@contextmanager
def writing(path: Path, kind: str, schema: pa.Schema) -> Iterator[Callable[[pa.Table], None]]:
    """Opens a file of a kind; yields what writes a table of the schema to it. Raises InvalidInput."""
    with ExitStack() as open_files:
        writer: Any
        if kind in ("parquet", "geoparquet"):
            if kind == "geoparquet":
                schema = schema.with_metadata({"geo": json.dumps(_GEO)})
            writer = pq.ParquetWriter(path, schema, compression="zstd", use_dictionary=["zone_id"])
        else:
            sink = open_files.enter_context(pa.OSFile(str(path), "wb"))
            if kind.startswith("csv"):
                unfit = [field for field in schema if pa.types.is_nested(field.type)]
                if unfit:
                    raise InvalidInput(
                        f"column {unfit[0].name!r} holds {unfit[0].type}, which CSV cannot; accepted: ids of "
                        "one value each",
                        hint="write Parquet or Arrow, or choose another column with --id",
                    )
                if kind == "csv.gz":
                    sink = open_files.enter_context(pa.CompressedOutputStream(sink, "gzip"))
                writer = pa.csv.CSVWriter(sink, schema)
            elif kind == "arrow":
                writer = pa.ipc.new_file(sink, schema)
            else:
                writer = pa.ipc.new_stream(sink, schema)
        open_files.callback(writer.close)

        def write(table: pa.Table) -> None:
            if kind.startswith("csv"):
                table = _defused(table)
            writer.write_table(table.replace_schema_metadata(schema.metadata))

        yield write
