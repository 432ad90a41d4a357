"""CSV with a row of HXL hashtags (https://hxlstandard.org) under the header, for spreadsheets and
humanitarian tools."""

from __future__ import annotations

from typing import BinaryIO

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pacsv
import shapely

from truceline.core.shown import defused
from truceline.products.export.content import Content
from truceline.products.export.fields import GEOMETRY, Layer

AREA = "geometry_wkt"
AREA_TAG = "#geo+bounds+wkt"
SEPARATOR = "; "

_OBEYED = r"^'*[=+\-@\t\r\n\x{ff1d}\x{ff0b}\x{ff0d}\x{ff20}]"


def write_csv(content: Content, layer: Layer, file: BinaryIO, *, hashtags: bool = True) -> int:
    """Writes one layer, UTF-8, instants in ISO 8601; how many rows. Lists are joined by semicolons; a
    geometry that is no point is WKT; cells that a spreadsheet would obey are defused with an apostrophe."""
    names = column_names(content, layer)
    file.write((",".join(names) + "\n").encode())
    if hashtags:
        file.write((",".join(column_tags(content, layer)) + "\n").encode())
    options = pacsv.WriteOptions(include_header=False, quoting_style="needed")
    rows = 0
    for batch in content.batches(layer):
        written = as_text(batch)
        pacsv.write_csv(pa.Table.from_batches([written]), file, options)
        rows += batch.num_rows
    return rows


def column_names(content: Content, layer: Layer) -> list[str]:
    """The columns of the file."""
    return [AREA if name == GEOMETRY else name for name in content.schema(layer).names]


def column_tags(content: Content, layer: Layer) -> list[str]:
    """The hashtag of each column."""
    tags = {field.name: field.hxl for field in layer.fields}
    return [tags.get(name, AREA_TAG) for name in content.schema(layer).names]


def as_text(batch: pa.RecordBatch) -> pa.RecordBatch:
    """The rows as the cells of a CSV file."""
    columns, names = [], []
    for field, column in zip(batch.schema, batch.columns, strict=True):
        if field.name == GEOMETRY:
            columns.append(_wkt(column, points="shape" not in batch.schema.names))
            names.append(AREA)
            continue
        if pa.types.is_list(field.type):
            column = _safe(joined(column))
        elif pa.types.is_timestamp(field.type):
            column = instants(column)
        elif pa.types.is_string(field.type):
            column = _safe(column)
        columns.append(column)
        names.append(field.name)
    return pa.RecordBatch.from_arrays(columns, names=names)


def joined(column: pa.Array) -> pa.Array:
    """Lists of texts as one text each; null where a list is empty."""
    text = pc.binary_join(column, SEPARATOR)
    return pc.if_else(
        pc.equal(pc.fill_null(pc.binary_length(text), 0), 0), pa.scalar(None, pa.string()), text
    )


def instants(column: pa.Array) -> pa.Array:
    """Instants as ISO 8601 in UTC, without needless fractions of a second."""
    text = pc.replace_substring(column.cast(pa.string()), " ", "T", max_replacements=1)
    return pc.replace_substring(text, ".000000Z", "Z")


def _safe(column: pa.Array) -> pa.Array:
    """The texts, none of which a spreadsheet takes for a formula."""
    hit = pc.fill_null(pc.match_substring_regex(column, _OBEYED), False)
    if not pc.any(hit).as_py():
        return column
    some = pa.array([defused(text) for text in column.filter(hit).to_pylist()], pa.string())
    return pc.replace_with_mask(column, hit, some)


def _wkt(column: pa.Array, *, points: bool) -> pa.Array:
    """Geometries as WKT; of observations points stand in `lon`, `lat` already."""
    encoded = column.dictionary_encode()
    shapes = shapely.from_wkb(encoded.dictionary.to_numpy(zero_copy_only=False))
    texts = [
        None if not points and shape.geom_type == "Point" else shapely.to_wkt(shape, rounding_precision=7)
        for shape in shapes
    ]
    return pa.array(texts, pa.string()).take(encoded.indices)
