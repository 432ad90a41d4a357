"""Every format as the tools of its own field read and check it."""

from __future__ import annotations

import csv
import json
import shutil
import sqlite3
import warnings
from contextlib import closing
from pathlib import Path
from typing import Any

import duckdb
import frictionless
import geopandas
import jsonschema
import pyarrow as pa
import pyarrow.parquet as pq
import pyogrio
import pystac
import pytest
import shapely

from truceline.products.export.layers import LAYERS
from truceline.products.export.styles import style_of

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    import hxl

DATA = Path(__file__).parents[2] / "data"


@pytest.fixture
def internal(folders: dict[str, Path], tmp_path: Path) -> Path:
    """A copy: GDAL may write its own notes beside a file that it reads (`.aux.xml`)."""
    return Path(shutil.copytree(folders["internal"], tmp_path / "internal"))


def test_libhxl_finds_every_csv_valid(internal: Path) -> None:
    for path in sorted(internal.glob("*.csv")):
        source = hxl.data(str(path), hxl.input.InputOptions(allow_local=True))
        report = hxl.validate(source)
        assert report["is_valid"], (path.name, report["issues"])
        assert source.columns
    rows = list(hxl.data(str(internal / "observations.csv"), hxl.input.InputOptions(allow_local=True)))
    assert [row.get("#affected+killed") for row in rows][:2] == ["2", None]


def test_frictionless_finds_the_package_valid_and_its_hashes_right(internal: Path) -> None:
    report = frictionless.validate(str(internal / "idlib-2018.zip"))
    assert report.valid, report.flatten(["type", "note"])
    assert len(report.tasks) == len(LAYERS)
    package = frictionless.Package(str(internal / "idlib-2018.zip"))
    assert all(resource.hash and resource.schema.fields[0].description for resource in package.resources)


def test_pystac_finds_the_catalogue_valid(internal: Path) -> None:
    collection = pystac.Collection.from_file(str(internal / "collection.json"))
    assert collection.validate()
    (item,) = collection.get_items()
    for asset in item.assets.values():
        path = internal / asset.href
        assert path.stat().st_size == asset.extra_fields["file:size"]
    # The schema of the extension is on the network; that of the core travels with pystac.
    item.stac_extensions = []
    assert item.validate()


def test_geopandas_reads_geoparquet_and_finds_rows_by_their_bounds(internal: Path) -> None:
    path = internal / "observations.parquet"
    whole = geopandas.read_parquet(path)
    assert whole.crs == "OGC:CRS84"
    assert len(whole) == 9
    assert set(whole.geom_type.dropna()) == {"Point", "Polygon"}
    # By the column of bounds, which pushes the question into the file.
    assert (
        len(geopandas.read_parquet(path, bbox=(36.74, 35.94, 36.76, 35.96)))
        == whole.cx[36.74:36.76, 35.94:35.96].shape[0]
    )
    geo = json.loads(pq.read_metadata(path).metadata[b"geo"])
    assert geo["version"] == "1.1.0"
    assert geo["columns"]["geometry"]["bbox"] == pytest.approx(whole.total_bounds.tolist())


def test_every_layer_is_what_the_schema_of_geoparquet_says(internal: Path) -> None:
    schema = json.loads((DATA / "geoparquet" / "schema-1.1.0.json").read_text(encoding="utf-8"))
    for layer in LAYERS:
        metadata = pq.read_metadata(internal / f"{layer.id}.parquet").metadata
        assert (b"geo" in metadata) == bool(layer.geometry)
        if layer.geometry:
            jsonschema.Draft7Validator(schema).validate(json.loads(metadata[b"geo"]))
    broken = json.loads(metadata_of(internal / "zones.parquet")) | {"version": "2"}
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.Draft7Validator(schema).validate(broken)


def metadata_of(path: Path) -> bytes:
    found: bytes = pq.read_metadata(path).metadata[b"geo"]
    return found


def test_duckdb_reads_geoparquet_as_arrow_does(internal: Path) -> None:
    """Another implementation of Parquet altogether; its extension for geometries is not needed for WKB."""
    path = internal / "observations.parquet"
    with duckdb.connect() as connection:
        connection.execute("SET enable_geoparquet_conversion = false; SET TimeZone = 'UTC'")
        columns = "id, error_m, occurred_from, actors, geometry, bbox"
        found = connection.execute(f"SELECT {columns} FROM read_parquet('{path}') ORDER BY id").fetchall()
        inside = connection.execute(
            f"SELECT id FROM read_parquet('{path}') WHERE bbox.xmin >= 36.74 AND bbox.xmax <= 36.76"
        ).fetchall()
    rows = sorted(pq.read_table(path).to_pylist(), key=lambda row: row["id"])
    for (id, error, when, actors, geometry, box), row in zip(found, rows, strict=True):
        assert (id, error, when, actors) == (row["id"], row["error_m"], row["occurred_from"], row["actors"])
        assert (None if geometry is None else bytes(geometry)) == row["geometry"]
        if geometry is not None:
            assert shapely.from_wkb(bytes(geometry)).bounds == (
                box["xmin"],
                box["ymin"],
                box["xmax"],
                box["ymax"],
            )
    assert len(inside) == 1


def test_gdal_reads_the_geopackage_with_its_layers_and_styles(internal: Path) -> None:
    path = internal / "idlib-2018.gpkg"
    layers = dict(pyogrio.list_layers(path).tolist())
    assert layers["observations_point"] == "Point"
    assert layers["observations_area"] == "MultiPolygon"
    assert layers["zones"] == "MultiPolygon"
    assert layers["obligations"] is None
    for name, kind in layers.items():
        info = pyogrio.read_info(path, layer=name)
        if kind is not None:
            assert info["geometry_name"] == "geometry"
            assert info["crs"] == "EPSG:4326"
    points = geopandas.read_file(path, layer="observations_point")
    assert len(points) == 7
    assert points["occurred_from"].dt.tz is not None
    with closing(sqlite3.connect(path)) as file:
        styled = {row[0] for row in file.execute("SELECT f_table_name FROM layer_styles WHERE useAsDefault")}
        said = file.execute("SELECT metadata FROM gpkg_metadata").fetchone()[0]
        assert file.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
    assert styled == {name for name in layers if style_of(name)}
    assert "idlib-2018" in said
    assert "root" in said


def test_geojson_is_read_by_gdal_and_is_what_rfc_7946_says(internal: Path) -> None:
    path = internal / "observations.geojson"
    document = json.loads(path.read_text(encoding="utf-8"))
    assert document["type"] == "FeatureCollection"
    assert "crs" not in document
    assert document["truceline"]["log"]["size"] > 9
    assert len(document["features"]) == len(geopandas.read_file(path)) == 9
    for feature in document["features"]:
        assert feature["id"] == feature["properties"]["id"]
        if feature["geometry"] and feature["geometry"]["type"] == "Polygon":
            assert shapely.is_ccw(shapely.get_exterior_ring(shapely.geometry.shape(feature["geometry"])))


def test_all_formats_say_the_same(internal: Path) -> None:
    table = pq.read_table(internal / "observations.parquet").to_pylist()
    features = json.loads((internal / "observations.geojson").read_text(encoding="utf-8"))["features"]
    with (internal / "observations.csv").open(encoding="utf-8", newline="") as file:
        header, tags, *cells = list(csv.reader(file))
    assert tags[0] == "#meta+id"
    for row, feature, line in zip(table, features, cells, strict=True):
        said = dict(zip(header, line, strict=True))
        for name, value in row.items():
            if name in ("geometry", "bbox"):
                continue
            assert as_json(value) == feature["properties"][name], name
            assert said[name] == as_cell(value), name


def as_json(value: Any) -> Any:
    return value.isoformat().replace("+00:00", "Z") if hasattr(value, "isoformat") else value


def as_cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list):
        return "; ".join(value)
    if isinstance(value, float):
        return str(pa.scalar(value).cast(pa.string()))
    text = str(as_json(value))
    return f"'{text}" if text.startswith("=") else text
