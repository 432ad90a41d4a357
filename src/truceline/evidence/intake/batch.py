"""What a reader hands on: observations in the schema of evidence/table.py, and the rows that it refused."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

import pyarrow as pa
import pyarrow.compute as pc

from truceline.core.errors import Fault
from truceline.evidence.identity import identify
from truceline.evidence.intake.document import Document
from truceline.evidence.intake.mapping import EvidenceMapping
from truceline.evidence.intake.moments import constant_instant
from truceline.evidence.intake.places import Region
from truceline.evidence.intake.sheet import Sheet, filled
from truceline.evidence.table import OBSERVATION_SCHEMA


@dataclass(frozen=True, slots=True)
class Batch:
    """Observations, refused rows (one fault each) and the rows read: table rows + refused rows."""

    table: pa.Table
    quarantined: list[Fault]
    read: int


@dataclass(frozen=True, slots=True)
class Options:
    """How to read: `source` names the source of rows that name none; `recorded_at` is our own clock's."""

    zone: ZoneInfo
    recorded_at: datetime
    source: str | None = None
    mapping: EvidenceMapping | None = None
    batch_rows: int = 20_000
    region: Region | None = None


def build(
    document: Document,
    options: Options,
    sheet: Sheet,
    values: Mapping[str, pa.Array],
    *,
    broken: Sequence[Fault] = (),
    late: Mapping[str, pa.Array] | None = None,
) -> Batch:
    """Puts `values` (columns of the schema) together with provenance and identity, without the bad rows.

    `late` are details that the source changes without saying anything new, such as the moment of its last
    upload: they are kept, but another value does not make another content.
    """
    count = len(sheet)
    columns = dict(values)
    defaults: dict[str, object] = {
        "claim": False,
        "synthetic": False,
        "retracted": False,
        "id": "",
        "origin_file": document.name,
        "origin_sha256": document.sha256,
    }
    columns.setdefault("origin_row", pa.array(sheet.rows))
    columns.setdefault("recorded_at", constant_instant(options.recorded_at, count))
    keep = pa.array(sheet.good())
    arrays = []
    for field in OBSERVATION_SCHEMA:
        column = columns.get(field.name)
        if column is None:
            given = defaults.get(field.name)
            column = (
                pa.nulls(count, field.type)
                if given is None
                else pa.repeat(pa.scalar(given, field.type), count)
            )
        if isinstance(column, pa.ChunkedArray):
            column = column.combine_chunks()
        if pa.types.is_list(field.type):
            column = filled(column)
        arrays.append(column.filter(keep).cast(field.type))
    table = identify(pa.Table.from_arrays(arrays, schema=OBSERVATION_SCHEMA))
    if late:
        extra = details({name: column.filter(keep) for name, column in late.items()}, table.num_rows)
        table = _add_details(table, extra)
    quarantined = sorted([*broken, *sheet.quarantined()], key=lambda fault: fault.row or 0)
    return Batch(table, quarantined, count + len(broken))


def details(columns: Mapping[str, pa.Array], rows: int) -> pa.Array:
    """A JSON object a row of what the columns say, empty values left out; null where nothing is said."""
    parts = []
    for name in sorted(columns):
        column = columns[name]
        if column.null_count == len(column):
            continue
        encoded = pc.dictionary_encode(column)
        key = json.dumps(name, ensure_ascii=False)
        said = [
            f", {key}: {json.dumps(value, ensure_ascii=False)}" for value in encoded.dictionary.to_pylist()
        ]
        parts.append(pa.array(said, pa.string()).take(encoded.indices))
    if not parts:
        return pa.nulls(rows, pa.string())
    # Joined with nulls replaced, not skipped: Arrow (seen in 26.0) drops a row of which every part is null.
    joined = pc.binary_join_element_wise(*parts, "", null_handling="replace", null_replacement="")
    joined = pc.utf8_slice_codeunits(joined, 2)
    empty = pc.equal(pc.binary_length(joined), 0)
    braced = pc.binary_join_element_wise("{", joined, "}", "")
    return pc.if_else(empty, pa.scalar(None, pa.string()), braced)


def _add_details(table: pa.Table, extra: pa.Array) -> pa.Table:
    index = table.schema.get_field_index("details")
    before = table.column(index).combine_chunks()
    inner = pc.utf8_slice_codeunits(extra, 1)
    both = pc.binary_join_element_wise(pc.utf8_slice_codeunits(before, 0, -1), inner, ", ")
    merged = pc.coalesce(both, before, extra)
    return table.set_column(index, OBSERVATION_SCHEMA.field("details"), merged)


def constant(value: str | None, rows: int) -> pa.Array:
    """One text for all rows; null for None."""
    return pa.nulls(rows, pa.string()) if value is None else pa.repeat(pa.scalar(value, pa.string()), rows)
