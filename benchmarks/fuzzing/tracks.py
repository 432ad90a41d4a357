"""The readers of tracks as functions of bytes."""

from __future__ import annotations

import json
from collections.abc import Iterator
from zoneinfo import ZoneInfo

import numpy as np

from fuzzing.target import Read, Target, file_of

_GPX = b"""<?xml version="1.0"?><gpx version="1.1" xmlns="http://www.topografix.com/GPX/1/1"><trk><name>A</name><trkseg>
<trkpt lat="35.0" lon="36.0"><time>2018-10-01T08:00:00Z</time><hdop>1.5</hdop></trkpt>
<trkpt lat="35.1" lon="36.1"><time>2018-10-01T08:00:10+03:00</time></trkpt></trkseg></trk></gpx>"""
_ROWS = (
    b"time,lon,lat,error_m,unit,party\n2018-10-01T08:00:00Z,36,35,5,A,x\n2018-10-01 08:00:10,36.1,35.1,,B,\n"
)
_LINE = {
    "type": "Feature",
    "geometry": {"type": "LineString", "coordinates": [[36.0, 35.0], [36.1, 35.1, 400]]},
    "properties": {"coordTimes": ["2018-10-01T08:00:00Z", "2018-10-01T08:00:10Z"], "unit": "A"},
}
_POINT = {
    "type": "Feature",
    "geometry": {"type": "Point", "coordinates": [36.0, 35.0]},
    "properties": {"time": "2018-10-01T08:00:00Z", "hdop": 1.0},
}
_XML = (
    b"<!DOCTYPE a [<!ENTITY x 'y'>]>", b"&x;", b"&#0;", b"<![CDATA[", b"<trkpt>", b"</trk>", b"<trk>",
    b'lat="', b'lon="1e400"', b"<hdop>", b"<?pi?>", b"<!--", b"9999-12-31T23:59:59Z", b"\x00",
)  # fmt: skip
_TEXT = (
    b",",
    b";",
    b"\t",
    b'"',
    b"\n",
    b"NaN",
    b"1e400",
    b"-91",
    b"9" * 400,
    b"0001-01-01T00:00:00Z",
    b"\x00",
)


def _tracks(name: str) -> Read:
    def read(data: bytes) -> None:
        from truceline.patrol.cleaning import cleaned
        from truceline.patrol.files import read_tracks

        found = read_tracks(file_of(name, data), "x", ZoneInfo("Asia/Damascus"))
        json.dumps([fault.as_dict() for fault in found.faults], ensure_ascii=False).encode()
        for track in found.tracks:
            assert all(np.isfinite(c).all() for c in (track.time_s, track.lon, track.lat, track.error_m))
            used = cleaned(track)
            assert len(used.track) + used.dropped - used.out_of_order == len(track), "fixes are lost"

    return read


def track_targets() -> Iterator[tuple[str, Target]]:
    """Name and target of every reader of tracks."""
    yield "tracks-gpx", Target(_tracks("t.gpx"), lambda: [_GPX], _XML)
    yield "tracks-csv", Target(_tracks("t.csv"), lambda: [_ROWS], _TEXT)
    seeds = [json.dumps(one).encode() for one in (_LINE, {"type": "FeatureCollection", "features": [_POINT]})]
    yield "tracks-geojson", Target(_tracks("t.geojson"), lambda: seeds, _TEXT)
