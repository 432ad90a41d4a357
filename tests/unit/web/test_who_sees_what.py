"""Every endpoint times every role, from the permission matrix; nothing hidden in any answer, by any way."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from fastapi.routing import APIRoute
from served_mission import CANARIES, LOGINS, ROWS, SEALED, WHO, Mission, Person, make_workspace, serve

from truceline.core import errors
from truceline.core.errors import TrucelineError
from truceline.evidence.permissions import PUBLIC, Grant, Kind, Reader
from truceline.web.application import mounted
from truceline.web.asking import Need
from truceline.web.problems import STATUS

pytestmark = pytest.mark.slow

READERS = {"public": PUBLIC} | {name: Reader(role, party) for name, (role, party) in LOGINS.items()}
# Enough of a path's parameters to come past routing.
NAMES = {"id": "no-fire", "sha256": "00", "rest": "x", "path": "x", "collection": "zones"} | dict.fromkeys(
    "zyx", "0"
)


ROUTES: list[tuple[str, APIRoute]] = [
    (prefix + route.path, route)
    for prefix, router in mounted()
    for route in router.routes
    if isinstance(route, APIRoute)
]


def needs(route: APIRoute) -> list[Need]:
    return [one.dependency for one in route.dependencies if isinstance(one.dependency, Need)]


def test_every_endpoint_says_what_the_matrix_must_grant(valleys: Mission) -> None:
    assert len(ROUTES) > 40
    assert [path for path, route in ROUTES if len(needs(route)) != 1] == []


@pytest.mark.parametrize("who", WHO)
def test_an_endpoint_answers_a_role_if_and_only_if_the_matrix_grants_it(
    valleys: Mission, people: dict[str, Person], who: str
) -> None:
    refused = 401 if who == "public" else 403
    wrong = []
    for template, route in ROUTES:
        (need,) = needs(route)
        if need.kind is None or template == "/api/v1/events":
            continue
        path = template.replace(":path}", "}").format(**NAMES)
        for method in set(route.methods or ()) - {"HEAD"}:
            # No body: whoever is let through is refused for that, and changes nothing.
            found = people[who].send(method, path).status_code
            if READERS[who].may(need.kind) != (found != refused):
                wrong.append((method, path, found))
    assert wrong == []


def hidden_from(reader: Reader) -> list[str]:
    """The words that must reach this reader by no way."""
    words = SEALED + [
        word
        for name in ("reporters", "case_reporters")
        if not reader.may(Kind(name))
        for word in CANARIES[name]
    ]
    if not reader.exact:
        words += CANARIES["places"]
    if not reader.may(Kind.CORRECTIONS):
        words += CANARIES["corrections"]
    if reader.grant(Kind.CASE_FILES) is Grant.NONE or reader.party == "north":
        words += CANARIES["case_files"]
    if reader.grant(Kind.CONFIDENTIAL) is not Grant.ALL:
        words += CANARIES["monitors"]
        words += [word for party in ("north", "south") if party != reader.party for word in CANARIES[party]]
    return words


READS = [
    "workspace", "accord", "assessment", "assessment?language=ar", "assessment?as_of=2025-03-10", "routes",
    "zones", "lines", "places", "routes/features", "effort", "observations", "observations?f=geojson",
    "observations?standing=false", "cases", "log/head", "log/verify", "places/search?q=canary",
    "assessment/series?start=2025-03-01&end=2025-03-06&step_days=5", "log/entries", "assessment/trend",
    "zones/depth", "zones/quiet/depth", "sectors", "patrols", "patrols/coverage", "effort/ground",
    "effort/watched", "effort/watched?source=Canary%20Agent", "places/search?q=canaryplace",
    # What is hidden is asked for by name, by place and by words.
    "observations?source=Canary%20Agent", "observations?q=canaryreport", "observations?q=canarysouth",
    "observations/counts", "observations/counts?source=Canary%20Agent", "observations/counts?q=canarysouth",
    "observations?zone=quiet", "observations?bbox=36.62,35.70,36.63,35.71", "explain/canary-agent",
    "explain/wire", "explain/no-fire", "explain/north", "explain/quiet", "explain/road-open", "explain/text",
    "explain/case:1", "effort?source=Canary%20Agent",
    # And through what GIS programs ask.
    "/ogc/collections/observations/items", "/ogc/collections/observations/tiles/WebMercatorQuad/9/201/307",
    "/ogc/collections/observations/tiles/WebMercatorQuad/16/25773/39400",
    "/ogc/collections/observations/items?filter=report LIKE '%25canary%25'", "/ogc/collections/routes/items",
    "/ogc/collections/observations/items?filter=source = 'Canary Agent'",
    "/ogc/collections/obligations/items",
    "/ogc/collections/observations/items?filter=S_INTERSECTS(geometry, BBOX(36.4321, 35.7, 36.4322, 35.8))",
    "/ogc/collections/observations", "/ogc/collections/patrol_coverage/items", "/ogc/collections/zones/items",
    "/ogc/collections/effort/items", "/ogc/collections/effort/tiles/WebMercatorQuad/5/12/19",
]  # fmt: skip


@pytest.mark.parametrize("who", WHO)
def test_nothing_hidden_is_in_any_answer_or_message(
    valleys: Mission, people: dict[str, Person], who: str
) -> None:
    reader, person = READERS[who], people[who]
    words = hidden_from(reader)
    all_ids = valleys.site.desk.now().observations["id"].to_pylist()
    cases = [one["case"] for one in person.get("/api/v1/cases").json()["items"]]
    shown = [one["id"] for one in person.get("/api/v1/observations?standing=false").json()["items"]]
    paths = READS + [f"cases/{id}" for id in cases] + [f"explain/{id}" for id in (*cases, *all_ids, *shown)]
    paths += [f"observations/{id}" for id in (*all_ids, *shown)] + [
        f"log/proof/{id}" for id in (*all_ids, *shown)
    ]
    paths += [f"explain/{kind}:{n}" for kind in ("correction", "case_step") for n in range(1, 9)]
    found = []
    for path in paths:
        body = person.get(path if path.startswith("/") else f"/api/v1/{path}").content.decode(
            "utf-8", "replace"
        )
        # What was asked for may be said again in a message.
        found += [(path, word) for word in words if word in body and word not in path.replace("%20", " ")]
    assert found == []
    assert len(shown) == {"public": 4, "observer": 4, "liaison-north": 5, "liaison-south": 5}.get(who, 7)


@pytest.mark.parametrize("who", ["public", "observer", "liaison-north"])
def test_ids_of_what_is_hidden_are_as_unknown_as_ids_that_nobody_has(
    valleys: Mission, people: dict[str, Person], who: str
) -> None:
    for id in valleys.site.desk.now().observations["id"].to_pylist():
        for path in ("observations/{}", "log/proof/{}", "observations/{}/attachments"):
            real = people[who].get(f"/api/v1/{path.format(id)}")
            none = people[who].get(f"/api/v1/{path.format('obs-000000000000000000000000')}")
            assert (real.status_code, real.text.replace(id, "obs-000000000000000000000000")) == (
                none.status_code,
                none.text,
            )


@pytest.fixture(scope="module")
def other_world(tmp_path_factory: pytest.TempPathFactory, valleys: Mission) -> Iterator[Mission]:
    """The same mission, where what the northern liaison may not see is otherwise: no confidential rows of
    others, other words and reporters, other places within the cells."""
    changed = []
    for row in ROWS:
        fields = list(row)
        if row[0] in ("s1", "m1"):
            continue
        if row[0] == "o1":
            fields[3], fields[4] = 36.41, 35.7499
        if row[0] != "n1":
            fields[8:9] = ["in other words"]
        changed.append(tuple(fields))
    mission = serve(make_workspace(tmp_path_factory.mktemp("other"), changed))
    mission.site.desk.clock = valleys.site.desk.clock
    mission.site.desk.key = valleys.site.desk.key
    yield mission
    mission.site.close()


@pytest.mark.parametrize("who", ["public", "observer", "liaison-north"])
def test_answers_do_not_depend_on_what_is_hidden(
    valleys: Mission, other_world: Mission, people: dict[str, Person], who: str
) -> None:
    boxes = [f"{36.4 + x / 100:.2f},35.70,{36.41 + x / 100:.2f},35.72" for x in range(0, 30, 3)]
    paths = [f"observations?bbox={box}" for box in boxes] + [
        "observations", "observations?zone=quiet", "observations?limit=1", "observations?kind=shelling",
        "observations?q=canaryreport", "observations?source=wire", "effort", "workspace",
        "effort/ground", "effort/watched",
    ]  # fmt: skip
    there = other_world.person(who)

    def seen(person: Person, path: str) -> Any:
        document = person.get(f"/api/v1/{path}").json()
        document.pop("version", None)  # how many entries the log has is no secret
        text = json.dumps(document)
        for item in document.get("items", ()):
            # When something was recorded differs between the two records.
            text = text.replace(str(item.get("recorded_at")), "T")
        return text.replace(str(document.get("data_current_to")), "T")

    for path in paths:
        assert seen(people[who], path) == seen(there, path), path


def test_the_public_sees_nothing_until_the_delay_is_over(own_mission: Mission) -> None:
    public, observer = own_mission.person("public"), own_mission.person("observer")
    assert observer.get("/api/v1/observations").json()["total"] == 4
    for path in ("observations", "observations?standing=false&q=shelling", "effort"):
        assert public.get(f"/api/v1/{path}").json()["items"] == []
    assert public.get("/api/v1/effort/watched").json()["hours"] == 0
    assert public.get("/api/v1/assessment").json()["observations_considered"] == 0
    own_mission.site.desk.clock = lambda: datetime.now(UTC) + timedelta(hours=73)
    assert public.get("/api/v1/observations").json()["total"] == 4


def test_reading_what_is_sensitive_is_put_down_and_reading_what_is_open_is_not(own_mission: Mission) -> None:
    own_mission.person("observer").get("/api/v1/observations")
    own_mission.person("public").get("/api/v1/zones")
    assert own_mission.site.accounts.readings() == []
    own_mission.person("monitor").get("/api/v1/observations?kind=shelling")
    (reading,) = own_mission.site.accounts.readings()
    assert (reading.role, reading.what) == ("monitor", "/api/v1/observations?kind=shelling")
    assert set(reading.kinds) == {"reporters", "confidential"}
    log = own_mission.person("administrator").get("/api/v1/readings").json()
    assert [one["name"] for one in log["items"]] == ["administrator", "monitor"]
    assert log["first_bad"] is None


def test_the_log_of_readings_cannot_be_changed_unseen(own_mission: Mission) -> None:
    import sqlite3

    monitor = own_mission.person("monitor")
    for kind in ("shelling", "small_arms_fire", "shelling"):
        monitor.get(f"/api/v1/observations?kind={kind}")
    connection = sqlite3.connect(own_mission.site.accounts.path)
    for statement in ("DELETE FROM reading", "UPDATE reading SET what = ''"):
        with pytest.raises(sqlite3.IntegrityError, match="readings stay"):
            connection.execute(statement)
    connection.execute("DROP TRIGGER reading_stays")
    connection.execute("UPDATE reading SET what = '/api/v1/zones' WHERE seq = 2")
    connection.commit()
    assert own_mission.site.accounts.readings_hold() == 2


def test_every_error_of_ours_has_a_status() -> None:
    codes = {
        one.code for one in vars(errors).values() if isinstance(one, type) and issubclass(one, TrucelineError)
    }
    assert codes == set(STATUS)


def test_the_open_api_document_is_3_1_and_describes_every_endpoint(valleys: Mission, tmp_path: Path) -> None:
    document = valleys.person("public").get("/api/v1/openapi.json").json()
    assert document["openapi"].startswith("3.1")
    described = {(path, method.upper()) for path, methods in document["paths"].items() for method in methods}
    for path, route in ROUTES:
        if route.include_in_schema:
            assert {(path.replace(":path}", "}"), method) for method in route.methods or ()} <= described
