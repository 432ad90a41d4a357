"""Drafts confirmed sentence by sentence: what is decided stands with who and when; the accord validates."""

from __future__ import annotations

import io
import json
import time
import zipfile
from pathlib import Path
from typing import Any

import pytest
from served_mission import Mission, Person
from starlette.testclient import TestClient

from truceline.accord.lint import errors_among, lint
from truceline.accord.load import load_accord
from truceline.app.drafts.shelf import HISTORY, Shelf
from truceline.draft.drafting import DraftDocument, draft_text

pytestmark = pytest.mark.slow

TEXT = (
    "Agreement between Ostria and the Reach\n\n"
    "Signed on 3 March 2021.\n\n"
    "The Parties shall cease all military action as of 5 March 2021.\n\n"
    "Ostria shall withdraw its heavy weapons from the valley by 1 May 2021. "
    "The two sides hope for lasting peace.\n\n"
    "Joint patrols of Ostria and the Reach shall be carried out.\n"
)


@pytest.fixture(scope="module")
def drafted() -> DraftDocument:
    return draft_text(TEXT, source_name="agreement.txt")


class Desk:
    """A mission with the draft on its shelf, and an analyst."""

    def __init__(self, mission: Mission, drafted: DraftDocument) -> None:
        self.mission = mission
        self.anna = mission.person("analyst")
        about = {
            "title": drafted.accord.accord.title, "document": "agreement.txt", "author": "analyst",
            "made_at": "2026-11-01T00:00:00Z", "sentences": [list(one) for one in drafted.sentences],
            "notes": [],
        }  # fmt: skip
        self.shelf: Shelf = mission.site.shelf
        self.id = self.shelf.put(drafted.accord, TEXT, TEXT.encode(), about)

    def draft(self, person: Person | None = None) -> dict[str, Any]:
        found: dict[str, Any] = (person or self.anna).get(f"/api/v1/drafts/{self.id}").json()
        return found

    def decide(self, act: str, target: str, person: Person | None = None, **more: Any) -> Any:
        body = {"act": act, "target": target} | more
        return (person or self.anna).post(f"/api/v1/drafts/{self.id}/decisions", body)

    def of(self, kind: str) -> dict[str, Any]:
        return next(one for one in self.draft()["accord"]["provisions"] if one["kind"] == kind)


@pytest.fixture
def desk(own_mission: Mission, drafted: DraftDocument) -> Desk:
    return Desk(own_mission, drafted)


def test_the_sentences_are_the_texts_own_letter_for_letter(drafted: DraftDocument) -> None:
    said = [TEXT[start:end] for start, end in drafted.sentences]
    assert "The two sides hope for lasting peace." in said
    assert "".join("".join(said).split()) == "".join(TEXT.split())


def test_everything_is_decided_and_the_confirmed_accord_validates(desk: Desk, tmp_path: Path) -> None:
    before = desk.draft()
    assert before["left"]
    for one in before["accord"]["provisions"]:
        if one["kind"] in ("weapons_withdrawal", "patrols", "cessation"):
            continue
        assert desk.decide("reject", one["id"], note="obliges nobody").status_code == 201
    weapons, patrols = desk.of("weapons_withdrawal"), desk.of("patrols")
    area = {"type": "Polygon", "coordinates": [[[36, 35], [37, 35], [37, 36], [36, 36], [36, 35]]]}
    valley = {"names": {"en": "the valley"}, "kind": "area_of_limitation", "geometry": area}
    where = {"provision": weapons["id"], "fields": {"zone": "valley"}}
    for question in before["asked"]:
        about = (question.get("provision"), question["field"])
        if about == (weapons["id"], "zone"):
            answered = desk.decide(
                "answer",
                question["target"],
                changes=where,
                parts=[{"section": "zones", "id": "valley", "value": valley}],
            )
        elif question["field"] == "accord.time_zone":
            answered = desk.decide(
                "answer", question["target"], changes={"head": {"time_zone": "Europe/Paris"}}
            )
        else:
            answered = desk.decide("leave_open", question["target"], note="the text does not say")
        assert answered.status_code == 201, answered.text
    fields = {"due": "2021-05-02", "zone": "valley"}
    assert desk.decide("part", "zones/valley", changes=valley).status_code == 201
    assert desk.decide("correct", weapons["id"], changes=fields).status_code == 201
    assert desk.decide("confirm", desk.of("cessation")["id"]).status_code == 201
    early = desk.anna.post(f"/api/v1/drafts/{desk.id}/confirmed", {"seen": desk.draft()["seq"]})
    assert (early.status_code, early.json()["details"]["left"]) == (409, [patrols["id"]])
    assert desk.decide("confirm", patrols["id"]).status_code == 201
    open_still = desk.anna.post(f"/api/v1/drafts/{desk.id}/confirmed", {"seen": desk.draft()["seq"]})
    assert (open_still.status_code, open_still.json()["faults"][0]["code"]) == (422, "incomplete")
    seen = desk.draft()["decided"][patrols["id"]]["seq"]
    desk.decide("correct", patrols["id"], changes={"zone": "valley"}, seen=seen)
    now = desk.draft()
    assert now["left"] == []
    stale = desk.anna.post(f"/api/v1/drafts/{desk.id}/confirmed", {"seen": now["seq"] - 1})
    assert stale.status_code == 412
    made = desk.anna.post(f"/api/v1/drafts/{desk.id}/confirmed", {"seen": now["seq"]})
    assert made.status_code == 201, made.text

    with zipfile.ZipFile(io.BytesIO(desk.anna.get(f"/api/v1/drafts/{desk.id}/package").content)) as archive:
        archive.extractall(tmp_path)
    accord = load_accord(tmp_path / "accord.yaml")
    assert accord.accord.status == "confirmed"
    assert errors_among(lint(accord, tmp_path), accord) == []
    assert {one.kind for one in accord.provisions} == {"weapons_withdrawal", "patrols", "cessation"}
    for provision in accord.provisions:
        assert all(TEXT[one.start : one.end] == one.exact for one in provision.quotes)
    assert (tmp_path / "original.txt").read_text() == TEXT
    alone = desk.anna.get(f"/api/v1/drafts/{desk.id}/accord")
    (tmp_path / "alone").mkdir()
    (tmp_path / "alone" / "accord.yaml").write_bytes(alone.content)
    found = load_accord(tmp_path / "alone" / "accord.yaml")
    assert errors_among(lint(found, tmp_path / "alone"), found) == []
    # Who decided what, and when, and what the machine had drafted, stay.
    history = [json.loads(line) for line in (tmp_path / HISTORY).read_text().splitlines()]
    assert {one["author"] for one in history} == {"analyst"}
    assert history[-1]["act"] == "confirmed"
    drafted_due = next(
        one for one in desk.draft()["drafted"].values() if one.get("kind") == "weapons_withdrawal"
    )
    assert "2021-05-01" in json.dumps(drafted_due)


def test_nobody_decides_over_what_another_has_decided_unseen(desk: Desk) -> None:
    olga = desk.mission.person("administrator")
    id = desk.of("cessation")["id"]
    assert desk.decide("confirm", id).status_code == 201
    refused = desk.decide("reject", id, olga, note="no")
    assert (refused.status_code, refused.json()["code"]) == (412, "changed-meanwhile")
    seen = desk.draft(olga)["decided"][id]
    assert (seen["author"], seen["act"]) == ("analyst", "confirm")
    assert desk.decide("reject", id, olga, note="no", seen=seen["seq"]).status_code == 201
    assert id not in [one["id"] for one in desk.draft()["accord"]["provisions"]]
    seen = desk.draft()["decided"][id]
    assert desk.decide("reopen", id, seen=seen["seq"]).status_code == 201
    assert id in [one["id"] for one in desk.draft()["accord"]["provisions"]]
    assert [one["act"] for one in desk.draft()["history"]] == ["confirm", "reject", "reopen"]


@pytest.mark.parametrize(
    ("act", "target", "more", "status"),
    [
        (
            "correct",
            "cessation",
            {"changes": {"quotes": [{"source": "agreement", "exact": "Ostria wins"}]}},
            400,
        ),
        ("correct", "cessation", {"changes": {"due": "soon"}}, 422),
        ("correct", "cessation", {"changes": {"kind": "surrender"}}, 400),
        ("correct", "cessation", {"changes": {"nonsense": 1}}, 422),
        ("confirm", "nothing", {}, 404),
        ("reject", "cessation", {}, 400),
        ("add", "cessation", {"changes": {"kind": "other"}}, 409),
        ("head", "head", {"changes": {"time_zone": 3}}, 422),
        ("part", "provisions/x", {"changes": {"kind": "other"}}, 404),
    ],
)
def test_what_no_accord_can_say_is_refused_and_leaves_the_history_alone(
    desk: Desk, act: str, target: str, more: dict[str, Any], status: int
) -> None:
    before = (desk.shelf.folder / desk.id / HISTORY).read_bytes()
    answer = desk.decide(act, target, **more)
    assert answer.status_code == status, answer.text
    assert (desk.shelf.folder / desk.id / HISTORY).read_bytes() == before


def test_what_the_draft_missed_is_added_with_its_own_words(desk: Desk) -> None:
    words = "The two sides hope for lasting peace."
    changes = {
        "kind": "other", "parties": [desk.draft()["accord"]["parties"][0]["id"]], "subject": "peace",
        "quotes": [{"source": "agreement", "exact": words, "near": TEXT.index(words)}],
    }  # fmt: skip
    assert desk.decide("add", "hope", changes=changes).status_code == 201
    made = next(one for one in desk.draft()["accord"]["provisions"] if one["id"] == "hope")
    (quote,) = made["quotes"]
    assert TEXT[quote["start"] : quote["end"]] == words
    # A status is never set by a decision; only confirming does that.
    assert desk.decide("head", "head", changes={"status": "confirmed"}).status_code == 400
    assert desk.draft()["accord"]["accord"]["status"] == "draft"


def test_a_history_that_was_changed_is_told_and_takes_no_more(desk: Desk) -> None:
    assert desk.decide("confirm", desk.of("cessation")["id"]).status_code == 201
    assert desk.decide("confirm", desk.of("patrols")["id"]).status_code == 201
    path = desk.shelf.folder / desk.id / HISTORY
    path.write_bytes(path.read_bytes().replace(b'"confirm"', b'"reopen!"', 1))
    assert desk.draft()["first_bad"] == 2
    refused = desk.decide("confirm", desk.of("weapons_withdrawal")["id"])
    assert (refused.status_code, refused.json()["code"]) == (409, "conflict")


@pytest.mark.parametrize("id", ["x", "0" * 16, "%2e%2e%2faccord"])
def test_what_is_no_draft_is_not_found(own_mission: Mission, id: str) -> None:
    anna = own_mission.person("analyst")
    for path in ("", "/accord", "/package"):
        assert anna.get(f"/api/v1/drafts/{id}{path}").status_code == 404


def test_a_document_is_drafted_apart_and_lies_on_the_shelf(own_mission: Mission) -> None:
    page = f"<html><body>{''.join(f'<p>{one}</p>' for one in TEXT.split(chr(10)) if one)}</body></html>"
    with TestClient(own_mission.app, base_url="http://127.0.0.1") as running:
        anna = own_mission.person("analyst")
        anna.client.portal = running.portal
        for nothing in (b"", b"42", b"true", b"<p></p>"):
            sent = anna.send(
                "POST", "/api/v1/drafts/document", files={"file": ("a.html", nothing, "text/html")}
            )
            assert sent.status_code == 400
        sent = anna.send(
            "POST", "/api/v1/drafts/document", files={"file": ("../../a.html", page.encode(), "text/html")},
            data={"published": "2021-03-04"},
        )  # fmt: skip
        assert (sent.status_code, sent.json()["name"]) == (202, "a.html")
        for _ in range(600):
            told = anna.get("/api/v1/drafts").json()
            if told["items"] or told["making"][0]["state"] == "failed":
                break
            time.sleep(0.1)
        (row,) = told["items"]
        assert (row["document"], row["author"], told["kept"]) == ("a.html", "analyst", False)
        found = anna.get(f"/api/v1/drafts/{row['id']}").json()
        kinds = {one["kind"] for one in found["accord"]["provisions"]}
        assert {"weapons_withdrawal", "patrols", "cessation"} <= kinds
        assert own_mission.person("monitor").get(f"/api/v1/drafts/{row['id']}").status_code == 403
