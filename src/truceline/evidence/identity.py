"""Who is who among observations: ids that survive re-reading, and digests that reveal an edited row.

A source that numbers its own rows gives them their identity: ``id`` is a digest of (source, origin_id).
Without such a number the content is the identity, so that the same row read again, in any order and from
any file, is the same observation. `digest` is always that of the content: the same id under another digest
is a **revision** of the row by its source, which the store records as a correction (`revision_id`) that
supersedes the one before; nothing is overwritten.

Content is what the source says. When we learnt of it and where the row stood (`recorded_at`, file, row,
checksum of the file) are not content.
"""

from __future__ import annotations

import hashlib

import pyarrow as pa
import pyarrow.compute as pc

from truceline.evidence.table import OBSERVATION_SCHEMA

NOT_CONTENT = frozenset(
    {"id", "digest", "recorded_at", "origin_file", "origin_row", "origin_sha256", "supersedes"}
)
"""Columns that do not belong to what a source says."""

PREFIX = "obs-"
_BYTES = 12  # 96 bits: at 10^9 observations a collision has a chance of about 10^-11


def _hash(text: str) -> str:
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=_BYTES).hexdigest()


def _hashes(texts: pa.Array) -> list[str]:
    """The same of each text of a column, null as the empty text."""
    blake2b = hashlib.blake2b
    said = pc.fill_null(pc.cast(texts, pa.binary()), b"").to_pylist()
    return [blake2b(text, digest_size=_BYTES).hexdigest() for text in said]


def observation_id(source: str, origin_id: str) -> str:
    """The id of the row that `source` calls `origin_id`: ``obs-`` and 24 hexadecimal digits."""
    return PREFIX + _hash(f"{len(source)}:{source}{origin_id}")


def revision_id(observation: str, digest: str) -> str:
    """The id of the correction that replaces `observation` when its source now says what `digest` digests."""
    return PREFIX + _hash(f"{observation}:{digest}")


def is_observation_id(text: str) -> bool:
    """Whether the text has the form of our own ids, rather than that of a source's."""
    rest = text.removeprefix(PREFIX)
    return len(rest) == 2 * _BYTES and rest != text and all(sign in "0123456789abcdef" for sign in rest)


def content_digest(table: pa.Table) -> pa.Array:
    """One digest a row of `table`, over every column of OBSERVATION_SCHEMA that is content.

    Columns that the table lacks count as null. Equal content gives equal digests in any batch or order.
    """
    rows = table.num_rows
    parts: list[pa.Array] = []
    for name in OBSERVATION_SCHEMA.names:
        if name in NOT_CONTENT or name not in table.column_names:
            continue
        column = table.column(name).combine_chunks()
        if column.null_count == rows:
            continue
        text = _as_text(column)
        # Name and length before each value: no two different rows can join to the same text.
        length = pc.cast(pc.binary_length(text), pa.string())
        part = pc.binary_join_element_wise(f"{name}:", length, "=", text, "")
        parts.append(pc.fill_null(part, ""))
    if not parts:
        return pa.array([_hash("")] * rows, pa.string())
    joined = pc.binary_join_element_wise(*parts, "")
    return pa.array(_hashes(joined), pa.string())


def _as_text(column: pa.Array) -> pa.Array:
    kind = column.type
    if pa.types.is_string(kind):
        return column
    if pa.types.is_list(kind):
        # A list's elements are kept apart by a sign that no name holds.
        return pc.binary_join(column, "\x1f")
    if pa.types.is_timestamp(kind):
        return pc.cast(pc.cast(column, pa.int64()), pa.string())
    if pa.types.is_binary(kind):
        return pa.array([None if value is None else value.hex() for value in column.to_pylist()], pa.string())
    return pc.cast(column, pa.string())


def identify(table: pa.Table) -> pa.Table:
    """`table` with `id` and `digest` filled from its content and its source's own numbers."""
    digests = content_digest(table)
    source, origin = (table.column(name).combine_chunks() for name in ("source", "origin_id"))
    # As `observation_id` has it, of all rows at once.
    length = pc.cast(pc.utf8_length(source), pa.string())
    named = pc.binary_join_element_wise(pc.binary_join_element_wise(length, source, ":"), origin, "")
    own = pa.array(_hashes(named), pa.string()) if origin.null_count < len(origin) else digests
    ids = pc.binary_join_element_wise(PREFIX, pc.if_else(pc.is_valid(origin), own, digests), "")
    for name, values in (("id", ids), ("digest", digests)):
        index = table.schema.get_field_index(name)
        table = table.set_column(index, OBSERVATION_SCHEMA.field(name), values)
    return table
