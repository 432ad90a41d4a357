"""Geometry, small tables about it, points and positions."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from functools import lru_cache

import pyarrow as pa
import pyarrow.parquet as pq

from fuzzing.target import CELLS, COORDINATES, EXAMPLES, Read, Target, beginnings, file_of, files_of
from truceline.core.errors import TrucelineError


def _geometry(data: bytes) -> None:
    from truceline.geo.geojson import read_features, read_line, read_polygon

    path = file_of("g.geojson", data)
    for feature in read_features(path):
        json.dumps(dict(feature.properties), ensure_ascii=False).encode()
    for read in (read_line, read_polygon):
        try:
            read(path)
        except TrucelineError:
            continue


def _zones(data: bytes) -> None:
    from truceline.geo.screening.zones import read_zones

    read_zones(file_of("zones.geojson", data))


def _geometry_seeds() -> list[bytes]:
    square = [[36.0, 35.0], [36.2, 35.0], [36.2, 35.2], [36.0, 35.2], [36.0, 35.0]]
    zone = {
        "type": "Feature",
        "id": "z",
        "properties": {"valid_from": "2018-10-01", "valid_to": "2018-11-01T00:00:00Z"},
        "geometry": {"type": "Polygon", "coordinates": [square]},
    }
    both = {
        "type": "GeometryCollection",
        "geometries": [zone["geometry"], {"type": "Point", "coordinates": [1, 2]}],
    }
    made = [
        zone,
        {"type": "FeatureCollection", "features": [zone, {**zone, "id": "y", "geometry": both}]},
        {"type": "LineString", "coordinates": [[36, 35, 1], [36.5, 35.5, 2]]},
        {"type": "MultiPolygon", "coordinates": [[square]], "crs": {"properties": {"name": "EPSG:4326"}}},
    ]
    return [json.dumps(one).encode() for one in made] + files_of("examples/idlib-2018/routes.geojson")


def _control(data: bytes) -> None:
    from truceline.geo.control import read_control_points

    read_control_points(file_of("control.csv", data))


@lru_cache(maxsize=1)
def _a_line() -> object:
    import shapely

    from truceline.geo.line import Line

    return Line.from_geometry(shapely.LineString([(36.0, 35.0), (36.5, 35.5), (37.0, 35.5)]))


def _segments(data: bytes) -> None:
    from truceline.geo.depth_segments import read_depth_segments
    from truceline.geo.line import Line

    line = _a_line()
    assert isinstance(line, Line)
    read_depth_segments(file_of("segments.csv", data), line)


def _effort(data: bytes) -> None:
    from truceline.geo.effort import _rows

    _rows(file_of("effort.csv", data))


def _points(name: str) -> Read:
    def read(data: bytes) -> None:
        from truceline.geo.screening.points import PointFile
        from truceline.geo.screening.usable import Columns

        file = PointFile(file_of(name, data), Columns())
        for batch in file.batches(64, skip=0, needs_time=b"time" in data[:4000], default_error_m=10.0):
            batch.ids.validate(full=True)
            json.dumps([(bad.id, bad.found) for bad in batch.bad], ensure_ascii=False)

    return read


def _point_table() -> pa.Table:
    return pa.table(
        {
            "id": ["a", "b", "c"],
            "lon": [36.1, 36.2, None],
            "lat": [35.1, 95.0, 35.2],
            "time": pa.array([0, 1, 2], pa.timestamp("us", "UTC")),
        }
    )


def _parquet_seeds() -> list[bytes]:
    seeds = []
    for compression in ("none", "snappy", "zstd"):
        made = io.BytesIO()
        pq.write_table(_point_table(), made, compression=compression)
        seeds.append(made.getvalue())
    return seeds


def _arrow_seeds() -> list[bytes]:
    seeds = []
    for opened in (pa.ipc.new_file, pa.ipc.new_stream):
        made = io.BytesIO()
        with opened(made, _point_table().schema) as writer:
            writer.write_table(_point_table())
        seeds.append(made.getvalue())
    return seeds


def _positions(data: bytes) -> None:
    from truceline.watch.positions import PositionDecoder

    found = PositionDecoder(50.0).decode(data)
    assert len(found.objects) == len(found.lon) == len(found.time_us)
    json.dumps([fault.as_dict() for fault in found.faults], ensure_ascii=False)


def ground_targets() -> Iterator[tuple[str, Target]]:
    """Name and target of each of these readers."""
    yield "geometry", Target(_geometry, _geometry_seeds, COORDINATES)
    yield "zones", Target(_zones, _geometry_seeds, COORDINATES)
    yield (
        "control",
        Target(_control, lambda: beginnings(EXAMPLES / "idlib-2018" / "control-points.csv"), CELLS),
    )
    yield (
        "depths",
        Target(
            _segments,
            lambda: [b"from_m,to_m,left_depth_m,right_depth_m\n0,1000,15000,\n1000,5000,2e4,1\n"],
            CELLS,
        ),
    )
    yield "effort", Target(_effort, lambda: [b"from_m,to_m,effort\n0,1000,1.5\n1000,2000,0\n"], CELLS)
    yield "points-parquet", Target(_points("p.parquet"), _parquet_seeds)
    yield "points-arrow", Target(_points("p.arrow"), _arrow_seeds)
    yield (
        "points-csv",
        Target(
            _points("p.csv"),
            lambda: [b"id,lon,lat,time,error_m\na,36.1,35.1,2018-10-01T00:00:00Z,5\nb,x,95,,-1\n"],
            CELLS,
        ),
    )
    yield "positions", Target(
        _positions,
        lambda: [b'{"object":"a","time":"2018-10-01T00:00:00Z","lon":36.1,"lat":35.2,"error_m":5}\n'
                 b'{"object":7,"time":"2018-10-01T00:00:01Z","lon":36.1,"lat":35.2}\n'],
        COORDINATES,
    )  # fmt: skip
