"""What the server is sent: bodies, queries, filters and signs of who asks, through the whole application.

An answer below 500 that says what it is keeps the promise; one of ours from 400 on is a refusal.
"""

from __future__ import annotations

import asyncio
import base64
import json
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from fuzzing.field import SUBMISSION
from fuzzing.target import COORDINATES, ROOT, SPLIT, Target, endings, new_folder

MOST_RECORDED = 300
"""A record that grew by so many entries is put back: what is tried is the server, not its patience."""
BOUNDARY = b"xYzZY"


class Refused(Exception):
    """The server's refusal."""


@dataclass
class Served:
    """A mission and the headers of somebody who has signed in, and of a phone."""

    app: Any
    desk: Any
    person: list[tuple[bytes, bytes]]
    device: bytes
    """A phone's name and password, as Basic authentication tells them."""
    close: Any
    begun: int


@lru_cache(maxsize=1)
def _plugin() -> Any:
    sys.path.insert(0, str(ROOT / "tests" / "plugins"))
    import served_mission

    return served_mission


@lru_cache(maxsize=1)
def _template() -> Path:
    plugin = _plugin()
    made: Path = plugin.make_workspace(new_folder("fuzz-served-"), plugin.ROWS).root
    return made


_held: list[Served] = []


def _served() -> Served:
    """The mission that is asked: a fresh copy where the last has grown."""
    if _held and _held[0].desk.version() - _held[0].begun > MOST_RECORDED:
        _held.pop().close()
    if not _held:
        from truceline.store.workspace import Workspace

        folder = new_folder("fuzz-mission-")
        shutil.copytree(_template(), folder / "w")
        mission = _plugin().serve(Workspace.open(folder / "w"))
        somebody = mission.person("monitor")
        token = somebody.client.cookies["truceline_session"]

        password = somebody.post("/api/v1/session/device-password").json()["password"]
        device = base64.b64encode(f"monitor:{password}".encode())

        def close() -> None:
            mission.site.close()
            shutil.rmtree(folder, ignore_errors=True)

        signed = [
            (b"cookie", f"truceline_session={token}".encode()),
            (b"x-csrf-token", somebody.csrf.encode()),
        ]
        _held.append(
            Served(mission.app, mission.site.desk, signed, device, close, mission.site.desk.version())
        )
        endings.append(lambda: _held.pop().close() if _held else None)
    return _held[0]


def _ask(
    method: str, path: bytes, query: bytes, headers: list[tuple[bytes, bytes]], body: bytes
) -> tuple[int, dict[bytes, bytes], bytes]:
    """The answer to one request, as an ASGI server would give it on: status, headers, body."""
    scope = {
        "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": method, "scheme": "http",
        "path": path.decode("utf-8", "replace"), "raw_path": path, "query_string": query, "root_path": "",
        "headers": [(b"host", b"127.0.0.1"), *headers], "client": ("127.0.0.1", 1), "extensions": {},
        "server": ("127.0.0.1", 80),
    }  # fmt: skip
    told: dict[str, Any] = {"body": b""}
    sent = [{"type": "http.request", "body": body, "more_body": False}]

    async def receive() -> dict[str, Any]:
        return sent.pop() if sent else {"type": "http.disconnect"}

    async def send(message: dict[str, Any]) -> None:
        if message["type"] == "http.response.start":
            told.update(status=message["status"], headers=dict(message["headers"]))
        else:
            told["body"] += message.get("body", b"")

    _loop().run_until_complete(_served().app(scope, receive, send))
    return told["status"], told["headers"], told["body"]


@lru_cache(maxsize=1)
def _loop() -> asyncio.AbstractEventLoop:
    return asyncio.new_event_loop()


def _judge(answer: tuple[int, dict[bytes, bytes], bytes]) -> None:
    """Raises Refused for a refusal, AssertionError for what is no answer that we promise."""
    status, headers, body = answer
    kind = headers.get(b"content-type", b"")
    assert status < 500, f"{status}: {body[:500]!r}"
    if status >= 400:
        if kind.startswith(b"text/xml"):
            assert b"<message nature=" in body
        else:
            assert kind == b"application/problem+json", kind
            assert json.loads(body)["status"] == status
        raise Refused(body.decode("utf-8"))
    if kind.endswith(b"json"):
        json.loads(body)


def _multipart(data: bytes) -> None:
    kind = b"multipart/form-data; boundary=" + BOUNDARY
    headers = [*_served().person, (b"content-type", kind)]
    _judge(_ask("POST", b"/forms/submission", b"", headers, data))


def _parts(*parts: tuple[bytes, bytes, bytes]) -> bytes:
    made = b""
    for name, kind, content in parts:
        about = b'Content-Disposition: form-data; name="%s"; filename="%s"\r\nContent-Type: %s\r\n\r\n'
        made += b"--" + BOUNDARY + b"\r\n" + about % (name, name, kind) + content + b"\r\n"
    return made + b"--" + BOUNDARY + b"--\r\n"


def _submissions() -> list[bytes]:
    from fuzzing.field import pictures

    form = (b"xml_submission_file", b"text/xml", SUBMISSION)
    return [_parts(form), _parts(form, (b"1.jpg", b"image/jpeg", pictures()[0]))]


def _upload(data: bytes) -> None:
    kind = b"multipart/form-data; boundary=" + BOUNDARY
    id = _an_observation().encode()
    headers = [*_served().person, (b"content-type", kind)]
    _judge(_ask("POST", b"/api/v1/observations/" + id + b"/attachments", b"", headers, data))


def _an_observation() -> str:
    return str(_served().desk.now().observations["id"][-1].as_py())


def _a_case() -> str:
    _, _, body = _ask("GET", b"/api/v1/cases", b"", _served().person, b"")
    return str(json.loads(body)["items"][0]["case"])


def _uploads() -> list[bytes]:
    from fuzzing.field import pictures

    return [_parts((b"file", b"image/jpeg", picture)) for picture in pictures()]


def _json(data: bytes) -> None:
    """The first line is method and path, the rest the body."""
    if b"CASE" in data:
        data = data.replace(b"CASE", _a_case().encode())
    line, _, body = data.replace(b"OBSERVATION", _an_observation().encode()).partition(b"\n")
    method, _, path = line.partition(b" ")
    said = method.decode("latin-1")
    if said not in ("POST", "PUT", "PATCH", "DELETE") or path.startswith((b"/api/v1/session", b"/forms")):
        raise Refused("a request of another target")
    headers = [*_served().person, (b"content-type", b"application/json")]
    _judge(_ask(said, path, b"", headers, body))


_ENTRY = {
    "kind": "shelling", "occurred": {"start": "2025-03-01T08:00:00Z", "end": "2025-03-01T09:00:00Z"},
    "geometry": {"type": "Point", "coordinates": [36.5, 35.7]}, "error_m": 100, "report": "two shells",
    "actors": ["southern forces"], "reliability": "A", "credibility": 1, "fatalities": 1,
}  # fmt: skip


def _bodies() -> list[bytes]:
    square = {"type": "Polygon", "coordinates": [[[36, 35], [36.2, 35], [36.2, 35.2], [36, 35]]]}
    rating = {"reliability": "C", "credibility": 3, "reason": "x"}
    hidden = {"act": "restrict", "subject": "source", "target": "wire", "reason": "x"}
    made: list[tuple[str, dict[str, Any]]] = [
        ("POST /api/v1/observations/similar", _ENTRY),
        ("POST /api/v1/observations", _ENTRY | {"geometry": square, "occurred": {"start": "2025-03-01"}}),
        ("POST /api/v1/corrections", {"act": "supersede", "target": "OBSERVATION", "reason": "counted again",
                                      "changes": {"fatalities": "2", "lat": "35.71", "date": "2025-03-02"}}),
        ("PUT /api/v1/observations/OBSERVATION/rating", rating),
        ("POST /api/v1/restrictions", hidden),
        ("POST /api/v1/cases", {"title": "a case", "allegation": "shells", "parties": ["south"]}),
        ("POST /api/v1/cases/CASE/steps", {"act": "inquiry", "note": "who", "at": "2025-03-02"}),
        ("POST /api/v1/log/consistency", {"head": "valleys\n3\nAAAA\n\n— valleys AAAA\n"}),
        ("POST /api/v1/alerts", {"to": "json://hooks.example/x", "events": ["entry"], "zones": ["quiet"]}),
    ]  # fmt: skip
    return [f"{line}\n".encode() + json.dumps(body).encode() for line, body in made]


def _filter(language: str) -> Any:
    def ask(data: bytes) -> None:
        from urllib.parse import quote_from_bytes

        query = f"filter-lang={language}&limit=5&filter={quote_from_bytes(data)}".encode()
        _judge(_ask("GET", b"/ogc/collections/observations/items", query, _served().person, b""))

    return ask


_CONDITIONS = (
    b"kind = 'shelling' AND fatalities > 4 OR NOT claim = true",
    b"CASEI(source) LIKE CASEI('wi%') AND credibility IN (2, 3) AND fatalities BETWEEN 1 AND 7",
    b"occurred_from >= TIMESTAMP('2025-03-04T12:00:00Z') AND T_BEFORE(occurred_from, DATE('2025-03-09'))",
    b"S_INTERSECTS(geometry, POLYGON((36 35, 37 35, 37 36, 36 35))) AND report IS NOT NULL",
    b"S_WITHIN(geometry, BBOX(36.6, 35.6, 36.7, 35.8))",
)
_CONDITIONS_JSON = (
    {"op": "and", "args": [{"op": "=", "args": [{"property": "kind"}, "shelling"]},
                           {"op": "not", "args": [{"op": "isNull", "args": [{"property": "report"}]}]}]},
    {"op": "in", "args": [{"property": "credibility"}, [1, 2]]},
    {"op": "like", "args": [{"op": "casei", "args": [{"property": "source"}]}, "w%"]},
    {"op": "s_intersects", "args": [{"property": "geometry"}, {"bbox": [36, 35, 37, 36]}]},
    {"op": "t_after", "args": [{"property": "occurred_from"}, {"timestamp": "2025-03-01T00:00:00Z"}]},
)  # fmt: skip
_CQL = (
    b"NOT ", b" AND ", b" OR ", b"(", b"))", b"''", b" IS NULL", b" LIKE '%_\\'", b" IN ()", b"CASEI(",
    b"ACCENTI(", b"S_CROSSES(", b"T_DURING(", b"INTERVAL('..', '2025-01-01')", b"A_CONTAINS(", b"EMPTY",
    b"POINT(1e400 NaN)", b"DATE('2025-13-45')", b"9" * 40, b"geometry", b"\xf0\x9f\x92\xa3", b"/*", b"--",
)  # fmt: skip


def _query(data: bytes) -> None:
    """Path, a question mark, and a query as it comes from the line; spaces end a line."""
    path, _, query = data.partition(b"?")
    if not path.startswith(b"/") or path.startswith((b"/api/v1/events", b"/report")):
        raise Refused("a request of another target")
    _judge(_ask("GET", path, query.replace(b" ", b"+"), _served().person, b""))


_QUERIES = (
    b"/api/v1/observations?bbox=36,35,37,36&datetime=2025-03-01/..&kind=shelling&zone=quiet&limit=5&q=mill",
    b"/api/v1/observations?order=recorded&cursor=recorded:3&synthetic=false&recorded_after=2025-01-01&f=geojson",
    b"/api/v1/assessment?as_of=2025-03-10&known_at=2026-12-31T00:00:00Z&language=ar",
    b"/api/v1/assessment/series?start=2025-03-01&end=2025-03-03&step_days=1",
    b"/api/v1/explain/no-fire?as_of=2025-03-10",
    b"/ogc/collections/observations/items?kind=shelling&bbox=36,35,0,37,36,9&datetime=../2025-04-01&offset=1",
    b"/ogc/collections/observations/tiles/WebMercatorQuad/9/201/307?datetime=2025-03-01",
    b"/api/v1/places/search?q=mi&limit=3",
    b"/locale/ar/app.ftl?x",
    b"/board?as_of=2025-03-10",
)
_QUERY_WORDS = (
    b"%00", b"%ff", b"%ED%A0%80", b"&", b"=", b"%25", b"..", b"/", b"nan", b"1e400", b"-181", b"9" * 30,
    b"0001-01-01", b"9999-12-31T23:59:59Z", b"+14:00", b"T24:00", b"bbox=", b"limit=", b"offset=", b"filter=",
    b"language=tr", b"reading=", b"as_of=",
)  # fmt: skip


def _authorization(data: bytes) -> None:
    """Two headers: who a phone says that it is, and what its browser's cookies are."""
    said, _, cookies = data.replace(b"\r", b"").replace(b"\x00", b"").partition(SPLIT)
    headers = [(b"authorization", said.replace(b"\n", b" ")), (b"cookie", cookies.replace(b"\n", b" "))]
    _judge(_ask("GET", b"/forms/formList", b"", headers, b""))
    assert _served().device.rstrip(b"=") in said, "somebody was let in"


_SIGNS = (
    b'Digest username="monitor", realm="Truceline", nonce="1-a-b", uri="/forms/formList", qop=auth,'
    b' nc=00000001, cnonce="0a4f113b", response="6629fae49393a05397450978507c4ef1", opaque=""'
    + SPLIT
    + b"truceline_session=x",
    b"Basic bW9uaXRvcjpndWVzc2Vk" + SPLIT + b'a=b; truceline_session="\\""; =; ;',
    b"Bearer x",
)


def server_targets() -> Iterator[tuple[str, Target]]:
    """Name and target of each way in."""
    refused = (Refused,)
    forms = (b"--" + BOUNDARY, b"\r\n\r\n", b"Content-Disposition: ", b'name="',
             b"filename*=utf-8''%00", b"Content-Transfer-Encoding: base64", b"*isIncomplete*",
             b"<!DOCTYPE a [<!ENTITY x 'y'>]>", b"&x;")  # fmt: skip
    yield "http-submissions", Target(_multipart, _submissions, forms, refused)
    yield "http-photographs", Target(_upload, _uploads, forms, refused)
    yield "http-json", Target(_json, _bodies, (*COORDINATES, b"{}", b"[]", b"POST ", b"PUT "), refused)
    yield "http-cql2-text", Target(_filter("cql2-text"), lambda: list(_CONDITIONS), _CQL, refused)
    conditions = [json.dumps(one).encode() for one in _CONDITIONS_JSON]
    yield (
        "http-cql2-json",
        Target(_filter("cql2-json"), lambda: conditions, (*COORDINATES, b'"op"', b'"args"'), refused),
    )
    yield "http-queries", Target(_query, lambda: list(_QUERIES), _QUERY_WORDS, refused)
    yield (
        "http-signs",
        Target(
            _authorization,
            lambda: [b"Basic " + _served().device, *_SIGNS],
            (b'"', b"\\", b",", b"=", b"Digest "),
            refused,
        ),
    )
