"""Every reader of Truceline as a function of bytes, with files to begin from.

A reader may give a result or refuse with an error of ours; anything else that comes out of it is a defect.
`Target.run` therefore returns nothing, swallows what is a refusal, and lets all else through. A new reader
is a function and a line in `targets`.
"""

from __future__ import annotations

import io
import json
import os
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache, partial
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from truceline.core.errors import TrucelineError

ROOT = Path(__file__).parents[2]
EVIDENCE = ROOT / "tests" / "data" / "evidence"
EXAMPLES = ROOT / "examples"
CORPUS = ROOT / "tests" / "fuzz" / "corpus"
SPLIT = b"\n%%%\n"
"""Between two files in one input, such as a mapping and what it is for."""

Read = Callable[[bytes], object]


@dataclass(frozen=True)
class Target:
    """A reader, inputs to begin from, and words that its inputs are made of."""

    read: Read
    seeds: Callable[[], list[bytes]]
    words: tuple[bytes, ...] = ()
    refusals: tuple[type[Exception], ...] = (TrucelineError,)

    def run(self, data: bytes) -> bool:
        """Whether the reader accepted the input. Raises whatever is neither a result nor a refusal."""
        try:
            self.read(data)
        except self.refusals as refusal:
            said = str(refusal)
            if not said.strip():
                raise AssertionError("a refusal without a sentence") from refusal
            if len(said) > 20_000:
                raise AssertionError(f"a refusal of {len(said)} characters") from refusal
            return False
        return True


def scratch() -> Path:
    """A folder in memory, where there is one, for the one file that a reader is given."""
    return _scratch(os.getpid())


@lru_cache(maxsize=1)
def _scratch(process: int) -> Path:
    memory = Path("/dev/shm")
    return Path(tempfile.mkdtemp(prefix=f"fuzz-{process}-", dir=memory if memory.is_dir() else None))


def _file(name: str, data: bytes) -> Path:
    path = scratch() / name
    path.write_bytes(data)
    return path


def _files(*names: str) -> list[bytes]:
    return [(ROOT / name).read_bytes() for name in names]


def corpus_of(name: str) -> list[bytes]:
    """The committed inputs of a target: findings that were mended, and known tricks."""
    folder = CORPUS / name
    return [path.read_bytes() for path in sorted(folder.iterdir())] if folder.is_dir() else []


# Accords and mappings.


def _accord(data: bytes) -> None:
    from truceline.accord.lint import lint
    from truceline.accord.load import Document, read_document
    from truceline.accord.plain_yaml import decode
    from truceline.accord.save import render

    document: Document = read_document(decode(data, "accord.yaml"), "accord.yaml")
    json.dumps([fault.as_dict() for fault in lint(document.accord, scratch(), document.positions)]).encode()
    render(document.accord).encode()


def _accord_seeds() -> list[bytes]:
    small = b"""format: 1
accord:
  {id: a, title: A, status: confirmed, version: 1, signed: 2018-09-17, time_zone: Etc/UTC, languages: [en]}
sources: [{id: s, title: S, publisher: P, date: 2018-09-17}]
parties: [{id: x, names: {en: X}, role: side}, {id: y, names: Y, role: group, member_of: [x]}]
lines: [{id: l, geometry: {type: LineString, coordinates: [[36.1, 35.2], [36.3, 35.4]]}, uncertainty_m: 500}]
zones:
  - {id: z, names: Z, kind: other, derivation: {line: l, side: left, depth_m: {min: 15000, max: 20000}}}
provisions:
  - {id: w, kind: weapons_withdrawal, parties: [x], zone: z, due: 2018-10-10, weapons: [tank]}
"""
    return [small, *_files("examples/korea-2018/accord.yaml")]


def _mapping(data: bytes) -> None:
    from truceline.evidence.intake.mapping import load_mapping

    load_mapping(_file("map.yaml", data))


# Evidence.


def _evidence(format: str | None) -> Read:
    def read(data: bytes) -> None:
        _consume(_file("evidence", data), format)

    return read


def _evidence_mapped(data: bytes) -> None:
    mapping, _, rows = data.partition(SPLIT)
    _consume(_file("rows.csv", rows), None, _file("map.yaml", mapping))


def _consume(path: Path, format: str | None, mapping: Path | None = None) -> None:
    from truceline.evidence.readers import read_evidence
    from truceline.evidence.table import OBSERVATION_SCHEMA

    batches = read_evidence(path, format=format, mapping=mapping, time_zone="Asia/Damascus", batch_rows=50)
    for batch in batches:
        table = batch.table
        assert table.schema.equals(OBSERVATION_SCHEMA), "another schema"
        table.validate(full=True)
        assert table.num_rows + len(batch.quarantined) == batch.read, "rows are lost"
        for text in table.column("details").to_pylist():
            assert text is None or isinstance(json.loads(text), dict), "details are no object"
        json.dumps([fault.as_dict() for fault in batch.quarantined], ensure_ascii=False).encode()


def _zipped(name: str, data: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, data)
    return made.getvalue()


def _packed_seeds() -> list[bytes]:
    import gzip

    rows = b"kind,date,lon,lat\nshelling,2018-10-01,36.1,35.2\n"
    return [gzip.compress(rows), _zipped("rows.csv", rows), _zipped("../../rows.csv", rows), rows]


def _own_rows() -> list[bytes]:
    return [
        *_files("examples/idlib-2018/reported-events.csv"),
        b"kind,date_start,date_end,geometry,actor,count\nshelling,2018-10-01,2018-10-02,"
        b'"LINESTRING (36 35, 36.1 35.2)",A;B,3\n',
    ]


# Geometry and small tables.


def _geometry(data: bytes) -> None:
    from truceline.geo.geojson import read_features, read_line, read_polygon

    path = _file("g.geojson", data)
    for feature in read_features(path):
        json.dumps(dict(feature.properties), ensure_ascii=False).encode()
    for read in (read_line, read_polygon):
        try:
            read(path)
        except TrucelineError:
            continue


def _zones(data: bytes) -> None:
    from truceline.geo.screening.zones import read_zones

    read_zones(_file("zones.geojson", data))


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
    return [json.dumps(one).encode() for one in made] + _files("examples/idlib-2018/routes.geojson")


def _control(data: bytes) -> None:
    from truceline.geo.control import read_control_points

    read_control_points(_file("control.csv", data))


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
    read_depth_segments(_file("segments.csv", data), line)


def _effort(data: bytes) -> None:
    from truceline.geo.effort import _rows

    _rows(_file("effort.csv", data))


# The log: proofs, heads, keys.


def _proof(data: bytes) -> None:
    from truceline.standalone.verify import verify

    key = (CORPUS / "proof-key.txt").read_text()
    proof, _, head = data.partition(SPLIT)
    result = verify(proof.decode("utf-8"), key, head.decode("utf-8") if head else None)
    json.dumps(result)


def _head(data: bytes) -> None:
    from truceline.transparency.notes import parse, parse_verifier_key, signed_by

    note, _, key = data.partition(SPLIT)
    name, public = parse_verifier_key(key.decode("utf-8"))
    signed_by(note.decode("utf-8"), name, public)
    parse(note.decode("utf-8"))


def _key_file(data: bytes) -> None:
    from truceline.transparency.keys import read_key_file

    read_key_file(_file("key.pem", data), "open sesame" if b"ENCRYPTED" in data else None)


def _key_seeds() -> list[bytes]:
    from cryptography.hazmat.primitives import serialization as s
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    # Nobody's key: made of zeros, for this only.
    key = Ed25519PrivateKey.from_private_bytes(bytes(32))
    locks = (s.NoEncryption(), s.BestAvailableEncryption(b"open sesame"))
    return [key.private_bytes(s.Encoding.PEM, s.PrivateFormat.PKCS8, lock) for lock in locks]


# Points and positions.


def _points(name: str) -> Read:
    def read(data: bytes) -> None:
        from truceline.geo.screening.points import PointFile
        from truceline.geo.screening.usable import Columns

        file = PointFile(_file(name, data), Columns())
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


# fmt: off
_COORDINATES = (
    b'"type"', b'"coordinates"', b"[[[", b"]]]", b"NaN", b"1e400", b"-0", b"null", b'"crs"', b'"id"',
    b'"Polygon"', b'"MultiLineString"', b'"GeometryCollection"', b'"geometries"', b'"\\ud800"',
)
_CELLS = (
    b'"', b'""', b",", b";", b"\t", b"\r", b"\r\n", b"\x00", b"\xef\xbb\xbf", b"\xff\xfe", b"1e400", b"NaN",
    b"9" * 30, b"-0", b"2018-10-01", b"0001-01-01", b"9999-12-31T23:59:59Z", b"24:00", b"POLYGON EMPTY",
    b"POINT (1 2)", b"=1+1",
)
_YAML = (
    b"&a", b"*a", b"<<: ", b"!!python/object:", b"!!int ", b"0x", b".inf", b".nan", b"? ", b"- ", b"{",
    b"[", b'"\\ud800"', b'"\\0"', b"---\n", b"|2-\n", b"%YAML 1.1\n", b"\xc2\x85", b"1e400", b"2018-13-45",
)
# fmt: on


def targets() -> Iterator[tuple[str, Target]]:
    """Name and target of every reader."""
    from fuzzing.bundles import bundle_targets
    from fuzzing.documents import document_targets
    from fuzzing.field import field_targets
    from fuzzing.tracks import track_targets
    from truceline.standalone.verify import Rejected

    yield from track_targets()
    yield from bundle_targets()
    yield from document_targets()
    yield from field_targets()
    rejected = (TrucelineError, Rejected, UnicodeDecodeError)
    yield "accord", Target(_accord, _accord_seeds, _YAML)
    yield "mapping", Target(_mapping, lambda: _files("tests/data/evidence/field-office.map.yaml"), _YAML)
    for name, file in (
        ("acled", "acled-current.csv"),
        ("ucdp", "ucdp-ged.csv"),
        ("gdelt", "gdelt-20180918.export.CSV"),
    ):
        yield (
            f"evidence-{name}",
            Target(_evidence(name), partial(_beginnings, EVIDENCE / file), _CELLS),
        )
    yield "evidence-csv", Target(_evidence("csv"), _own_rows, _CELLS)
    yield (
        "evidence-geojson",
        Target(_evidence("geojson"), lambda: _files("tests/data/evidence/features.geojson"), _COORDINATES),
    )
    yield (
        "evidence-gpx",
        Target(_evidence("gpx"), lambda: _files("tests/data/evidence/waypoints.gpx"), _COORDINATES),
    )
    yield (
        "evidence-mapped",
        Target(
            _evidence_mapped,
            lambda: [
                (EVIDENCE / "field-office.map.yaml").read_bytes()
                + SPLIT
                + (EVIDENCE / "field-office.csv").read_bytes()
            ],
            (*_CELLS, *_YAML),
        ),
    )
    yield "evidence-packed", Target(_evidence(None), _packed_seeds, _CELLS)
    yield "geometry", Target(_geometry, _geometry_seeds, _COORDINATES)
    yield "zones", Target(_zones, _geometry_seeds, _COORDINATES)
    yield (
        "control",
        Target(_control, lambda: _beginnings(EXAMPLES / "idlib-2018" / "control-points.csv"), _CELLS),
    )
    yield (
        "depths",
        Target(
            _segments,
            lambda: [b"from_m,to_m,left_depth_m,right_depth_m\n0,1000,15000,\n1000,5000,2e4,1\n"],
            _CELLS,
        ),
    )
    yield "effort", Target(_effort, lambda: [b"from_m,to_m,effort\n0,1000,1.5\n1000,2000,0\n"], _CELLS)
    yield "proof", Target(_proof, lambda: [], (b'"leaf"', b'"path"', b"\\ud800"), rejected)
    yield "head", Target(_head, lambda: [], (b"+", "\n\n— ".encode(), b"=="), rejected)
    yield "key-file", Target(_key_file, _key_seeds, (b"-----BEGIN EC PRIVATE KEY-----", b"MC4CAQ"))
    yield "points-parquet", Target(_points("p.parquet"), _parquet_seeds)
    yield "points-arrow", Target(_points("p.arrow"), _arrow_seeds)
    yield (
        "points-csv",
        Target(
            _points("p.csv"),
            lambda: [b"id,lon,lat,time,error_m\na,36.1,35.1,2018-10-01T00:00:00Z,5\nb,x,95,,-1\n"],
            _CELLS,
        ),
    )
    yield "positions", Target(
        _positions,
        lambda: [b'{"object":"a","time":"2018-10-01T00:00:00Z","lon":36.1,"lat":35.2,"error_m":5}\n'
                 b'{"object":7,"time":"2018-10-01T00:00:01Z","lon":36.1,"lat":35.2}\n'],
        _COORDINATES,
    )  # fmt: skip


def _beginnings(path: Path) -> list[bytes]:
    """The header and the first rows: short inputs are bent and read faster."""
    lines = path.read_bytes().splitlines(keepends=True)
    return [b"".join(lines[:4])]
