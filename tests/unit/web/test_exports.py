"""Data and reports that are ordered: who may order and fetch what, and what publishing records."""

from __future__ import annotations

import hashlib
import io
import json
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from served_mission import LOGINS, WHO, Mission, Person, serve
from starlette.testclient import TestClient

from truceline.app.log import verify
from truceline.app.orders.order import Order
from truceline.app.orders.workshop import KEPT, Job, clear_abandoned
from truceline.core.errors import InvalidInput
from truceline.evidence.permissions import EDITION_ROLES, PUBLIC, Kind, Reader, editions_for

pytestmark = pytest.mark.slow

READERS = {"public": PUBLIC} | {name: Reader(role, party) for name, (role, party) in LOGINS.items()}
EDITIONS = {
    "public": ["public"], "observer": ["public", "parties"], "liaison-north": ["public", "parties"],
    "liaison-south": ["public", "parties"], "analyst": ["public", "parties"],
    "monitor": ["public", "parties", "internal"], "administrator": ["public", "parties", "internal"],
}  # fmt: skip
DATA = {"what": "data", "format": "geojson"}


def until_over(person: Person, id: str) -> dict[str, Any]:
    """The order once it is ready or failed."""
    for _ in range(1200):
        told: dict[str, Any] = person.get(f"/api/v1/exports/{id}").json()
        if told["state"] in ("ready", "failed"):
            return told
        time.sleep(0.1)
    raise AssertionError(told)


def test_a_role_takes_out_the_editions_that_hold_no_more_than_it_may_see() -> None:
    assert {who: list(editions_for(reader)) for who, reader in READERS.items()} == EDITIONS
    for who, reader in READERS.items():
        for edition in EDITIONS[who]:
            shown = Reader(EDITION_ROLES[edition])
            for kind in (Kind.REPORTERS, Kind.CONFIDENTIAL, Kind.PATROL_PLANS, Kind.CASE_REPORTERS):
                assert not shown.may(kind) or reader.may(kind), (who, edition, kind)


@pytest.mark.parametrize("who", WHO)
def test_every_edition_is_ordered_by_the_roles_that_may_and_by_no_other(
    own_mission: Mission, who: str
) -> None:
    # Nothing is made here: the workshop does not run.
    person = own_mission.person(who)
    for edition in EDITION_ROLES:
        answer = person.post("/api/v1/exports", DATA | {"edition": edition})
        if edition in EDITIONS[who]:
            assert (answer.status_code, answer.json()["state"]) == (202, "waiting")
        else:
            assert answer.status_code == (401 if who == "public" else 403)
    report = {"what": "report", "format": "html", "edition": "public", "publish": True}
    published = person.post("/api/v1/exports", report).status_code
    may = READERS[who].may(Kind.PUBLISH)
    assert published == (202 if may else 403)
    told = person.get("/api/v1/exports").json()
    assert (told["editions"], told["may_publish"]) == (EDITIONS[who], may)
    assert set(told["layers"]) == set(EDITIONS[who])


def test_an_order_is_its_owners_and_its_editions_also_after_the_role_has_changed(
    own_mission: Mission,
) -> None:
    monitor, other, public = (own_mission.person(who) for who in ("monitor", "administrator", "public"))
    id = monitor.post("/api/v1/exports", DATA | {"edition": "internal"}).json()["id"]
    assert [one["id"] for one in monitor.get("/api/v1/exports").json()["items"]] == [id]
    for person in (other, public):
        for method, path in (("GET", id), ("GET", f"{id}/file"), ("DELETE", id)):
            assert person.send(method, f"/api/v1/exports/{path}").status_code == 404
    assert monitor.get(f"/api/v1/exports/{id}/file").status_code == 404
    account = own_mission.site.accounts.named("monitor")
    assert account is not None
    changed = other.send("PATCH", f"/api/v1/accounts/{account.id}", json={"role": "observer"})
    assert changed.status_code == 200
    assert own_mission.person("monitor").get(f"/api/v1/exports/{id}").status_code == 403
    # What the public ordered is found by its id, which nobody guesses, and in no list.
    secret = public.post("/api/v1/exports", DATA | {"edition": "public"}).json()["id"]
    assert public.get("/api/v1/exports").json()["items"] == []
    assert [one["id"] for one in public.get(f"/api/v1/exports?ids={secret},x").json()["items"]] == [secret]
    assert len(secret) >= 22


def test_orders_are_few_at_a_time_the_same_once_and_can_be_taken_back(own_mission: Mission) -> None:
    person = own_mission.person("observer")
    formats = ("geojson", "csv", "parquet", "gpkg", "zip")
    made = [person.post("/api/v1/exports", DATA | {"format": one, "edition": "public"}) for one in formats]
    assert [one.status_code for one in made] == [202, 202, 202, 202, 429]
    again = person.post("/api/v1/exports", DATA | {"format": "geojson", "edition": "public"}).json()
    assert again["id"] == made[0].json()["id"]
    assert person.send("DELETE", f"/api/v1/exports/{again['id']}").status_code == 204
    assert person.get(f"/api/v1/exports/{again['id']}").status_code == 404
    assert person.post("/api/v1/exports", DATA | {"format": "zip", "edition": "public"}).status_code == 202


@pytest.mark.parametrize(
    "wrong",
    [
        {"format": "pdf"}, {"what": "report"}, {"edition": "secret"}, {"publish": True}, {"licence": "a b"},
        {"path": "/etc/passwd"},
    ],
)  # fmt: skip
def test_what_nobody_can_order_is_refused_and_says_what_can_be(
    own_mission: Mission, wrong: dict[str, Any]
) -> None:
    answer = own_mission.person("analyst").post("/api/v1/exports", DATA | {"edition": "public"} | wrong)
    assert answer.status_code == 400
    with pytest.raises(InvalidInput, match="accepted"):
        Order(what="data", format="exe").check()


def test_what_is_ordered_is_made_apart_told_as_it_goes_and_fetched_once_it_is_ready(
    own_mission: Mission,
) -> None:
    told: list[tuple[str, str | None]] = []
    with TestClient(own_mission.app, base_url="http://127.0.0.1") as running:
        tell = own_mission.site.workshop.told

        def note(job: Job) -> None:
            told.append((job.state, job.step))
            tell(job)

        own_mission.site.workshop.told = note
        monitor, analyst = own_mission.person("monitor"), own_mission.person("analyst")
        for person in (monitor, analyst):  # the running application, with the sessions of these
            person.client.portal = running.portal
        data = monitor.post("/api/v1/exports", DATA | {"edition": "internal"}).json()
        report = {"what": "report", "format": "html", "edition": "parties", "publish": True}
        published = analyst.post("/api/v1/exports", report).json()
        wrong = analyst.post("/api/v1/exports", DATA | {"edition": "public", "layers": ["nowhere"]}).json()
        data, published, wrong = (
            until_over(person, one["id"])
            for person, one in ((monitor, data), (analyst, published), (analyst, wrong))
        )
        assert told[0] == ("waiting", None)
        assert ("making", "reading") in told
        assert ("making", "writing") in told

        file = monitor.get(f"/api/v1/exports/{data['id']}/file")
        assert hashlib.sha256(file.content).hexdigest() == data["made"]["sha256"]
        assert "attachment" in file.headers["content-disposition"]
        sources = {one["properties"]["source"] for one in json.load(io.BytesIO(file.content))["features"]}
        assert "Canary Agent" in sources
        # Who fetched what is sensitive is put down.
        reading = own_mission.site.accounts.readings()[0]
        assert (reading.role, "reporters" in reading.kinds) == ("monitor", True)
        assert data["made"]["file"] in reading.what

        page = analyst.get(f"/api/v1/exports/{published['id']}/file").content
        assert b"Canary" not in page
        assert b"canary" not in page
        with own_mission.site.workspace.store(read_only=True) as store:
            (publication,) = store.publications()
        assert (publication.author, publication.id) == ("analyst", published["made"]["publication"])
        assert hashlib.sha256(page).hexdigest() in json.dumps(publication.content)
        assert verify(own_mission.site.workspace).ok

        assert wrong["state"] == "failed"
        assert wrong["failed"]["code"] == "invalid-input"
        # What was made is let go of after a while.
        own_mission.site.desk.clock = lambda: datetime.now(UTC) + KEPT + timedelta(minutes=1)
        account = own_mission.site.accounts.named("analyst")
        assert account is not None
        assert own_mission.site.workshop.jobs(account.id) == []
        folder = own_mission.site.workshop.folder
        assert list(folder.iterdir()) == []


def test_what_a_server_that_was_killed_left_is_cleared_and_what_another_makes_is_not(
    own_mission: Mission, tmp_path: Path
) -> None:
    (tmp_path / "orders-dead").mkdir()
    living = serve(own_mission.site.workspace)
    kept = living.site.workshop.folder
    clear_abandoned(tmp_path)
    clear_abandoned(kept.parent)
    assert not (tmp_path / "orders-dead").exists()
    assert kept.is_dir()
    living.site.close()
    assert not kept.exists()
