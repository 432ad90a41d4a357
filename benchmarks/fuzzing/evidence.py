"""The readers of evidence."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from fuzzing.target import (
    CELLS,
    COORDINATES,
    EVIDENCE,
    SPLIT,
    YAML,
    Read,
    Target,
    beginnings,
    file_of,
    files_of,
)


def evidence(format: str | None) -> Read:
    def read(data: bytes) -> None:
        _consume(file_of("evidence", data), format)

    return read


def _evidence_mapped(data: bytes) -> None:
    mapping, _, rows = data.partition(SPLIT)
    _consume(file_of("rows.csv", rows), None, file_of("map.yaml", mapping))


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
        *files_of("examples/idlib-2018/reported-events.csv"),
        b"kind,date_start,date_end,geometry,actor,count\nshelling,2018-10-01,2018-10-02,"
        b'"LINESTRING (36 35, 36.1 35.2)",A;B,3\n',
    ]


def evidence_targets() -> Iterator[tuple[str, Target]]:
    """Name and target of each of these readers."""
    for name, file in (
        ("acled", "acled-current.csv"),
        ("ucdp", "ucdp-ged.csv"),
        ("gdelt", "gdelt-20180918.export.CSV"),
    ):
        yield (
            f"evidence-{name}",
            Target(evidence(name), partial(beginnings, EVIDENCE / file), CELLS),
        )
    yield "evidence-csv", Target(evidence("csv"), _own_rows, CELLS)
    yield (
        "evidence-geojson",
        Target(evidence("geojson"), lambda: files_of("tests/data/evidence/features.geojson"), COORDINATES),
    )
    yield (
        "evidence-gpx",
        Target(evidence("gpx"), lambda: files_of("tests/data/evidence/waypoints.gpx"), COORDINATES),
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
            (*CELLS, *YAML),
        ),
    )
    yield "evidence-packed", Target(evidence(None), _packed_seeds, CELLS)
