"""GeoPackage 1.2 through GDAL (pyogrio): every layer of a product in one file, which QGIS opens styled.

Observations are one layer for each kind of shape, because a map styles points, lines and areas differently.
GDAL is given the rows batch by batch and keeps none.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import shapely

from truceline.core.errors import DependencyMissing, StoreUnavailable
from truceline.core.instants import isoformat_utc
from truceline.products.export.content import Content
from truceline.products.export.fields import GEOMETRY, Layer
from truceline.products.export.hxl_csv import joined
from truceline.products.export.layers import OBSERVATIONS
from truceline.products.export.styles import style_of

MULTI: dict[str, Callable[..., Any]] = {
    "Polygon": shapely.multipolygons,
    "LineString": shapely.multilinestrings,
}

_STYLES = """CREATE TABLE layer_styles (
    id INTEGER PRIMARY KEY AUTOINCREMENT, f_table_catalog TEXT(256), f_table_schema TEXT(256),
    f_table_name TEXT(256), f_geometry_column TEXT(256), styleName TEXT(30), styleQML TEXT, styleSLD TEXT,
    useAsDefault BOOLEAN, description TEXT, owner TEXT(30), ui TEXT(30), update_time DATETIME)"""


@dataclass(frozen=True, slots=True)
class Part:
    """One layer of the file: its name, its geometry's type ("" for none), and its rows."""

    name: str
    layer: Layer
    geometry: str
    rows: Callable[[], Iterator[pa.RecordBatch]]


def parts_of(content: Content) -> list[Part]:
    """The layers of the file."""
    parts = []
    for layer in content.layers:
        if layer.id == OBSERVATIONS.id:
            for name, geometry, shapes in (
                ("observations_point", "Point", ("point",)),
                ("observations_line", "MultiLineString", ("line",)),
                ("observations_area", "MultiPolygon", ("area", "coarse")),
                ("observations_without_place", "", ("none",)),
            ):

                def rows(shapes: tuple[str, ...] = shapes) -> Iterator[pa.RecordBatch]:
                    return content.observations.batches(shapes)

                parts.append(Part(name, layer, geometry, rows))
        else:

            def of_table(layer: Layer = layer) -> Iterator[pa.RecordBatch]:
                return content.batches(layer)

            parts.append(Part(layer.id, layer, layer.geometry, of_table))
    return parts


def write_geopackage(content: Content, path: Path) -> dict[str, int]:
    """Writes all layers into a new file; how many rows each has. Raises DependencyMissing without pyogrio."""
    try:
        import pyogrio
    except ImportError as error:
        raise DependencyMissing(
            "a GeoPackage is written by GDAL, which is not installed", hint="pip install 'truceline[export]'"
        ) from error
    written: dict[str, int] = {}
    made = isoformat_utc(content.about.known_at.replace(microsecond=0))
    about = {"truceline": content.about.as_json()}
    # The file's own dates are those of what it tells, so that the same record gives the same bytes.
    with _configured(pyogrio, {"OGR_CURRENT_DATE": made.replace("Z", ".000Z")}):
        for part in parts_of(content):
            schema = _schema(content.schema(part.layer), part.geometry)
            counter = _Counted(part, schema)
            try:
                pyogrio.write_arrow(
                    pa.RecordBatchReader.from_batches(schema, counter.batches()),
                    path,
                    layer=part.name,
                    driver="GPKG",
                    geometry_name=GEOMETRY if part.geometry else None,
                    geometry_type=part.geometry or None,
                    crs="EPSG:4326" if part.geometry else None,
                    append=False,
                    dataset_metadata=about if not written else None,
                    IDENTIFIER=part.name,
                    DESCRIPTION=part.layer.words(content.language),
                    DATETIME_PRECISION="MILLISECOND",
                    VERSION="1.2",
                    **({"GEOMETRY_NAME": GEOMETRY} if part.geometry else {}),
                )
            except pyogrio.errors.DataSourceError as error:
                raise StoreUnavailable(f"{path} cannot be written: {error}") from error
            written[part.name] = counter.rows
    _add_styles(path, list(written), made)
    return written


@contextmanager
def _configured(pyogrio: object, options: dict[str, str]) -> Iterator[None]:
    before = {name: pyogrio.get_gdal_config_option(name) for name in options}  # type: ignore[attr-defined]
    pyogrio.set_gdal_config_options(options)  # type: ignore[attr-defined]
    try:
        yield
    finally:
        pyogrio.set_gdal_config_options(before)  # type: ignore[attr-defined]


class _Counted:
    """The rows of a part as GDAL takes them, counted as they pass."""

    def __init__(self, part: Part, schema: pa.Schema) -> None:
        self.part, self.schema, self.rows = part, schema, 0

    def batches(self) -> Iterator[pa.RecordBatch]:
        for batch in self.part.rows():
            self.rows += batch.num_rows
            yield _as_gdal(batch, self.schema, self.part.geometry)


def _schema(schema: pa.Schema, geometry: str) -> pa.Schema:
    fields = []
    for field in schema:
        if field.name == GEOMETRY:
            if geometry:
                fields.append(field)
        elif pa.types.is_list(field.type):
            fields.append(pa.field(field.name, pa.string()))
        else:
            fields.append(field)
    return pa.schema(fields)


def _as_gdal(batch: pa.RecordBatch, schema: pa.Schema, geometry: str) -> pa.RecordBatch:
    columns = []
    for field in schema:
        column = batch[field.name]
        if field.name == GEOMETRY:
            column = promoted(column, geometry)
        elif pa.types.is_list(column.type):
            column = joined(column)
        columns.append(column)
    return pa.RecordBatch.from_arrays(columns, schema=schema)


def promoted(column: pa.Array, geometry: str) -> pa.Array:
    """WKB of which every geometry has several parts, where the layer's have."""
    single = geometry.removeprefix("Multi")
    if single not in MULTI or not geometry.startswith("Multi"):
        return column
    encoded = column.dictionary_encode()
    shapes = np.asarray(shapely.from_wkb(encoded.dictionary.to_numpy(zero_copy_only=False)), dtype=object)
    alone = np.array([shape.geom_type == single for shape in shapes], dtype=bool)
    if alone.any():
        shapes[alone] = MULTI[single](shapes[alone], indices=np.arange(int(alone.sum())))
    return pa.array(shapely.to_wkb(shapes), pa.binary()).take(encoded.indices)


def _add_styles(path: Path, layers: list[str], made: str) -> None:
    stamp = made.replace("Z", ".000Z")
    with closing(sqlite3.connect(path)) as file, file:
        file.execute(_STYLES)
        file.execute(
            "INSERT INTO gpkg_contents (table_name, data_type, identifier, description, last_change, srs_id) "
            "VALUES ('layer_styles', 'attributes', 'layer_styles', 'How QGIS draws the layers', ?, NULL)",
            (stamp,),
        )
        for layer in layers:
            style = style_of(layer)
            if style is not None:
                file.execute(
                    "INSERT INTO layer_styles (f_table_catalog, f_table_schema, f_table_name, "
                    "f_geometry_column, styleName, styleQML, styleSLD, useAsDefault, description, owner, "
                    "update_time) VALUES ('', '', ?, ?, 'truceline', ?, '', 1, '', '', ?)",
                    (layer, GEOMETRY, style, stamp),
                )
