"""Records what somebody enters, and finds what was reported of the same before."""

from __future__ import annotations

import hashlib
import json
import tempfile
import uuid
from collections.abc import Mapping
from datetime import UTC, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from shapely.geometry import shape

from truceline.app.access import Target, restrict
from truceline.app.desk.desk import Desk
from truceline.app.desk.selecting import Wanted
from truceline.app.ingest import IngestReport, ingest
from truceline.core.acting import acting
from truceline.core.errors import Conflict, InvalidEvidence, InvalidGeometry
from truceline.evidence.linking import LinkRules, link_incidents, reason_of
from truceline.evidence.permissions import Grant, Kind, Reader
from truceline.evidence.permissions.confidential import confidential
from truceline.evidence.readers import read_evidence

NEAR_M = 25_000.0
NEAR_TIME = timedelta(days=1)
MOST_SIMILAR = 10
_CANDIDATES = 300
_DEGREE_M = 111_320.0


def feature_of(entered: Mapping[str, Any], source: str) -> dict[str, Any]:
    """What was entered as a GeoJSON feature with our own field names, as the reader of evidence takes it."""
    properties: dict[str, Any] = {
        name: entered[name]
        for name in (
            "kind", "place", "error_m", "subject", "weapon_class", "calibre_mm", "equipment", "serial",
            "count", "fatalities", "injured", "effort_h", "method", "observed_from", "reliability",
            "credibility", "claim", "report", "observed_at", "reported_at",
        )
        if entered.get(name) is not None
    }  # fmt: skip
    for name, plural in (("actor", "actors"), ("target", "targets")):
        if entered.get(plural):
            properties[name] = "; ".join(entered[plural])
    occurred = entered["occurred"]
    start, end = occurred.get("start"), occurred.get("end")
    if end is None or end == start:
        properties["date"] = start
    else:
        properties |= {"date_start": start, "date_end": end}
    properties["source"] = source
    if entered.get("id"):
        properties["id"] = entered["id"]
    return {"type": "Feature", "geometry": entered.get("geometry"), "properties": properties}


def source_for(reader: Reader, entered: Mapping[str, Any], author: str) -> tuple[str, bool]:
    """The source of what somebody enters, and whether it is a confidential submission.

    What a liaison enters is its party's, by one source for what is confidential and one for what is not.
    """
    if reader.grant(Kind.RECORD) is Grant.OWN:
        hidden = entered.get("confidential") is not False
        return f"liaison {reader.party}{'' if hidden else ', open'}", hidden
    return entered.get("source") or author, False


def record(
    desk: Desk, reader: Reader, entered: Mapping[str, Any], *, author: str
) -> tuple[IngestReport, str]:
    """Records one observation: what it did, and the recorded id.

    What was entered is kept as a file with the originals. Raises InvalidEvidence where a field cannot be
    read, with every fault.
    """
    source, hidden = source_for(reader, entered, author)
    if hidden:
        _restrict_first(desk, source, str(reader.party), author)
    feature = feature_of(dict(entered) | {"id": entered.get("id") or f"entry-{uuid.uuid4().hex}"}, source)
    text = json.dumps({"type": "FeatureCollection", "features": [feature]}, ensure_ascii=False, indent=1)
    with tempfile.TemporaryDirectory() as folder:
        name = f"entry-{hashlib.sha256(text.encode()).hexdigest()[:12]}.geojson"
        path = Path(folder) / name
        path.write_text(text, encoding="utf-8")
        rows = _read(desk, path)
        with acting(author=author, command="web record"):
            report = ingest(desk.workspace, [path], format="geojson")
    return report, str(rows["id"][0].as_py())


def record_file(
    desk: Desk, reader: Reader, path: Path, format: str, *, author: str
) -> tuple[IngestReport, str]:
    """Records the one observation of a file in another format, such as a submission of a form.

    It is by whoever sent it (`source_for`), whatever the file says. Raises InvalidEvidence.
    """
    source, hidden = source_for(reader, {}, author)
    if hidden:
        _restrict_first(desk, source, str(reader.party), author)
    rows = _read(desk, path, format, source)
    with acting(author=author, command=f"web {format}"):
        report = ingest(desk.workspace, [path], format=format, source=source)
    return report, str(rows["id"][0].as_py())


def _restrict_first(desk: Desk, source: str, party: str, author: str) -> None:
    """Makes a party's source confidential before it sends: what is hidden later can be seen before."""
    if confidential(desk.now().corrections).get(("source", source), "open") == party:
        return
    try:
        restrict(
            desk.workspace, Target("source", source), party, author=author,
            reason="what a party submits here is confidential unless it says otherwise",
        )  # fmt: skip
    except Conflict:
        return  # somebody did so meanwhile


def _read(desk: Desk, path: Path, format: str = "geojson", source: str | None = None) -> pa.Table:
    """The one row of a file. Raises InvalidEvidence with every fault."""
    accord = desk.now().accord
    batches = list(
        read_evidence(
            path, format=format, source=source, time_zone=accord.accord.time_zone,
            region=accord.accord.region, recorded_at=desk.clock().astimezone(UTC),
        )
    )  # fmt: skip
    faults = [fault for batch in batches for fault in batch.quarantined]
    if faults:
        raise InvalidEvidence.of_faults(faults)
    return pa.concat_tables([batch.table for batch in batches])


def similar(desk: Desk, reader: Reader, entered: Mapping[str, Any], *, author: str) -> list[dict[str, Any]]:
    """Reports that may be of the same incident as what is being entered, the likeliest first.

    Only what the reader may see is compared, as it is shown. Raises InvalidEvidence.
    """
    source, _ = source_for(reader, entered, author)
    # A report by somebody who has reported before may still be of the same: it is compared as by another.
    feature = feature_of(dict(entered) | {"id": "entered"}, f"{source} (being entered)")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "entered.geojson"
        path.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}), encoding="utf-8")
        new = _read(desk, path)
    row = new.to_pylist()[0]
    view = desk.view(reader)
    rows, _ = view.select(
        Wanted(
            box=_around(row, feature["geometry"]),
            start=row["occurred_from"] - NEAR_TIME,
            end=row["occurred_to"] + NEAR_TIME,
        ),
        limit=_CANDIDATES,
    )
    if not len(rows):
        return []
    own = "entered"
    new = _with(new, "id", pa.array([own], pa.string()))
    table = pa.concat_tables([new, view.table_at(rows)])
    # Each as its own source: one source may well report the same twice, by two of its people.
    sources = pa.array([f"{number}" for number in range(table.num_rows)], pa.string())
    rules = LinkRules(threshold=0.30)
    links = link_incidents(_with(table, "source", sources), rules=rules).links
    mine = links.filter(pc.or_(pc.equal(links["a"], own), pc.equal(links["b"], own))).to_pylist()
    shown = {id: int(row) for id, row in zip(view.column_at("id", rows).to_pylist(), rows, strict=True)}
    found = []
    for link in sorted(mine, key=lambda one: -float(one["score"]))[:MOST_SIMILAR]:
        other = link["b"] if link["a"] == own else link["a"]
        score = round(float(link["score"]), 3)
        found.append({"row": shown[other], "score": score, "why": reason_of(link, own)})
    return found


def _around(
    row: Mapping[str, Any], geometry: dict[str, Any] | None
) -> tuple[float, float, float, float] | None:
    if geometry is None or row["lon"] is None:
        return None
    try:
        west, south, east, north = shape(geometry).bounds
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise InvalidGeometry("geometry: this is no GeoJSON geometry") from error
    up = (NEAR_M + (row["error_m"] or 0.0)) / _DEGREE_M
    aside = up / max(float(np.cos(np.radians(min(abs(row["lat"]) + up, 89.0)))), 0.01)
    return west - aside, south - up, east + aside, north + up


def _with(rows: pa.Table, name: str, values: pa.Array) -> pa.Table:
    index = rows.schema.get_field_index(name)
    return rows.set_column(index, rows.schema.field(index), values)
