"""GeoJSON after RFC 7946: one layer, lon/lat on WGS 84 to seven decimals (1 cm), written batch by batch.

The text of a batch is put together column by column in Arrow: a Python object for each of a million
features would take minutes.
"""

from __future__ import annotations

import json
from typing import BinaryIO

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import shapely
from shapely.geometry.base import BaseGeometry

from truceline.products.export.content import Content
from truceline.products.export.fields import GEOMETRY, Layer
from truceline.products.export.hxl_csv import instants

DECIMALS = 7


def write_geojson(content: Content, layer: Layer, file: BinaryIO) -> int:
    """Writes one layer as a FeatureCollection, whose member `truceline` says what it is; how many
    features."""
    about = content.about.as_json()
    file.write(
        b'{"type": "FeatureCollection", "name": %s, "truceline": %s, "features": ['
        % (json.dumps(layer.id).encode(), about.encode())
    )
    rows = 0
    for batch in content.batches(layer):
        if not batch.num_rows:
            continue
        file.write(b",\n" if rows else b"\n")
        text = _features(batch)
        file.write(pc.binary_join(pa.ListArray.from_arrays([0, len(text)], text), ",\n")[0].as_buffer())
        rows += batch.num_rows
    file.write(b"\n]}\n")
    return rows


def _features(batch: pa.RecordBatch) -> pa.Array:
    """Each row as the text of a Feature."""
    parts: list[pa.Array | str] = []
    lead = '{"type": "Feature", '
    if "id" in batch.schema.names:
        parts += [f'{lead}"id": ', _written(batch["id"])]
        lead = ", "
    parts += [f'{lead}"geometry": ', _geometry(batch), ', "properties": {']
    first = True
    for field, column in zip(batch.schema, batch.columns, strict=True):
        if field.name != GEOMETRY:
            parts += [f"{'' if first else ', '}{json.dumps(field.name)}: ", _written(column)]
            first = False
    scalars = [pa.scalar(part) if isinstance(part, str) else part for part in parts]
    return pc.binary_join_element_wise(*scalars, pa.scalar("}}"), "")


def _written(column: pa.Array) -> pa.Array:
    """Each value as JSON."""
    kind = column.type
    if pa.types.is_list(kind):
        return _lists(column)
    if pa.types.is_boolean(kind):
        text = pc.if_else(column, pa.scalar("true"), pa.scalar("false"))
    elif pa.types.is_timestamp(kind):
        text = pc.binary_join_element_wise('"', instants(column), '"', "")
    elif pa.types.is_integer(kind):
        text = column.cast(pa.string())
    elif pa.types.is_floating(kind):
        finite = pc.if_else(pc.is_finite(column), column, pa.scalar(None, kind))
        text = finite.cast(pa.string())
    else:
        text = _texts(column)
    return pc.fill_null(text, "null")


def _texts(column: pa.Array) -> pa.Array:
    plain = pc.fill_null(pc.match_substring_regex(column, r"^[A-Za-z0-9 _.,:;()/-]*$"), True)
    quoted = pc.binary_join_element_wise('"', column, '"', "")
    if pc.all(plain).as_py():
        return quoted
    others = column.filter(pc.invert(plain)).dictionary_encode()
    written = pa.array([json.dumps(one, ensure_ascii=False) for one in others.dictionary.to_pylist()])
    return pc.replace_with_mask(quoted, pc.invert(plain), written.cast(pa.string()).take(others.indices))


def _lists(column: pa.Array) -> pa.Array:
    values = _texts(column.flatten())
    lengths = pc.fill_null(pc.list_value_length(column), 0).to_numpy(zero_copy_only=False)
    offsets = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int32)
    text = pc.binary_join(pa.ListArray.from_arrays(pa.array(offsets), values), ", ")
    return pc.binary_join_element_wise("[", text, "]", "")


def _geometry(batch: pa.RecordBatch) -> pa.Array:
    if GEOMETRY not in batch.schema.names:
        return pa.array(["null"]).take(pa.array(np.zeros(batch.num_rows, dtype=np.int8)))
    encoded = batch[GEOMETRY].dictionary_encode()
    shapes = shapely.from_wkb(encoded.dictionary.to_numpy(zero_copy_only=False))
    points = shapely.get_type_id(shapes) == 0
    rounded = shapely.transform(shapes, lambda xy: np.round(xy, DECIMALS)) if len(shapes) else shapes
    texts = np.empty(len(shapes), dtype=object)
    texts[~points] = [_area(shape) for shape in np.asarray(rounded)[~points]]
    if points.any():
        x, y = (_numbers(get(np.asarray(rounded)[points])) for get in (shapely.get_x, shapely.get_y))
        made = pc.binary_join_element_wise('{"type": "Point", "coordinates": [', x, ", ", y, "]}", "")
        texts[points] = made.to_numpy(zero_copy_only=False)
    return pc.fill_null(pa.array(texts, pa.string()).take(encoded.indices), "null")


def _numbers(values: np.ndarray[tuple[int], np.dtype[np.float64]]) -> pa.Array:
    return pa.array(values, pa.float64()).cast(pa.string())


def _area(shape: BaseGeometry) -> str:
    """A line or an area; exteriors anticlockwise."""
    if shape.geom_type.endswith("Polygon"):
        shape = shapely.orient_polygons(shape)
    return str(shapely.to_geojson(shape))
