"""GeoParquet 1.1 (https://geoparquet.org/releases/v1.1.0/): WKB, lon/lat on WGS 84, with the bounds of each
row."""

from __future__ import annotations

import json
from typing import Any, BinaryIO

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import shapely

from truceline.products.export.content import Content
from truceline.products.export.fields import GEOMETRY, Layer

COMPRESSION = "zstd"
GROUP_ROWS = 65_536
"""Rows of a row group: what readers skip by its bounds, and read at once."""
BBOX = "bbox"
SIDES = ("xmin", "ymin", "xmax", "ymax")
_BOX = pa.struct([pa.field(side, pa.float64()) for side in SIDES])


def write_geoparquet(content: Content, layer: Layer, file: BinaryIO) -> int:
    """Writes one layer row group by row group; how many rows."""
    own = content.schema(layer)
    spatial = bool(layer.geometry)
    described = pa.schema(
        [
            pa.field(field.name, field.type, metadata={"description": _words(content, layer, field.name)})
            for field in own
        ]
        + ([pa.field(BBOX, _BOX)] if spatial else [])
    )
    rows, kinds, bounds = 0, set[str](), np.full(4, np.nan)
    group: list[pa.RecordBatch] = []
    with pq.ParquetWriter(file, described, compression=COMPRESSION) as writer:
        for batch in content.batches(layer):
            columns = list(batch.columns)
            if spatial:
                found, boxes = _bounds(batch[GEOMETRY])
                kinds |= found
                bounds = _joined(bounds, boxes)
                columns.append(_boxed(boxes))
            group.append(pa.RecordBatch.from_arrays(columns, schema=described))
            rows += batch.num_rows
            if sum(part.num_rows for part in group) >= GROUP_ROWS:
                _write_group(writer, group)
        if group:
            _write_group(writer, group)
        if spatial:
            writer.add_key_value_metadata({"geo": json.dumps(_geo(kinds, bounds))})
        writer.add_key_value_metadata({"truceline": content.about.as_json()})
    return rows


def _write_group(writer: pq.ParquetWriter, group: list[pa.RecordBatch]) -> None:
    """Writes the batches as one row group, and forgets them."""
    table = pa.Table.from_batches(group)
    group.clear()
    writer.write_table(table, row_group_size=table.num_rows or None)


def _words(content: Content, layer: Layer, name: str) -> str:
    field = next((one for one in layer.fields if one.name == name), None)
    if field is None:
        return "WKB, lon/lat on WGS 84"
    words, unit = field.words(content.language), field.unit_in(content.language)
    return f"{words} [{unit}]" if unit else words


def _bounds(column: pa.Array) -> tuple[set[str], np.ndarray[Any, np.dtype[np.float64]]]:
    """The types of a column of WKB, and each row's bounds: west, south, east, north."""
    encoded = column.dictionary_encode()
    shapes = shapely.from_wkb(encoded.dictionary.to_numpy(zero_copy_only=False))
    boxes = np.vstack([shapely.bounds(shapes).reshape(-1, 4), np.full((1, 4), np.nan)])
    at = pc.fill_null(encoded.indices, len(shapes)).to_numpy(zero_copy_only=False)
    return {shape.geom_type for shape in shapes if shape is not None}, boxes[at]


def _joined(bounds: Any, boxes: Any) -> Any:
    some = boxes[np.isfinite(boxes[:, 0])]
    if not len(some):
        return bounds
    least, most = some[:, :2].min(axis=0), some[:, 2:].max(axis=0)
    return np.concatenate([np.fmin(bounds[:2], least), np.fmax(bounds[2:], most)])


def _boxed(boxes: Any) -> pa.StructArray:
    nowhere = pa.array(~np.isfinite(boxes[:, 0]))
    sides = [pa.array(np.ascontiguousarray(boxes[:, at]), pa.float64()) for at in range(4)]
    return pa.StructArray.from_arrays(sides, fields=list(_BOX), mask=nowhere)


def _geo(kinds: set[str], bounds: Any) -> dict[str, Any]:
    column: dict[str, Any] = {
        "encoding": "WKB",
        "geometry_types": sorted(kinds),
        "edges": "planar",
        "orientation": "counterclockwise",
        "covering": {"bbox": {side: [BBOX, side] for side in SIDES}},
    }
    if np.isfinite(bounds).all():
        column["bbox"] = [float(value) for value in bounds]
    # No `crs`: the standard's own, OGC:CRS84, lon/lat on WGS 84.
    return {"version": "1.1.0", "primary_column": GEOMETRY, "columns": {GEOMETRY: column}}
