"""What people enter: recorded as a file is, found similar, corrected, disputed, photographed, signed."""

from __future__ import annotations

import asyncio
import base64
import io
import re
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from PIL import Image
from served_mission import Mission

from truceline.app.consent import new_key
from truceline.app.desk.attachments import clean_picture
from truceline.app.desk.news import Newsroom
from truceline.app.log import verify
from truceline.core.errors import InvalidInput
from truceline.evidence.disputes import disputes_of
from truceline.evidence.permissions import Reader, Role
from truceline.transparency.keys import read_key_file

REPORT: dict[str, Any] = {
    "kind": "shelling", "occurred": {"start": "2025-03-01T08:00:00Z", "end": "2025-03-01T09:00:00Z"},
    "geometry": {"type": "Point", "coordinates": [36.433, 35.713]}, "error_m": 400, "report": "two shells",
    "actors": ["southern forces"], "fatalities": 1, "reliability": "B", "credibility": 2, "place": "the mill",
}  # fmt: skip


def test_what_is_entered_is_recorded_as_a_file_is_and_moves_the_verdict(own_mission: Mission) -> None:
    monitor = own_mission.person("monitor")
    before = monitor.get("/api/v1/assessment?as_of=2025-06-01").json()["obligations"][0]
    made = monitor.post("/api/v1/observations", REPORT | {"source": "Post 7"})
    assert made.status_code == 201
    found = monitor.get(made.headers["location"]).json()
    assert (found["source"], found["fatalities"], found["geometry"]["coordinates"]) == (
        "Post 7",
        1,
        [36.433, 35.713],
    )
    assert (found["reliability"], found["error_m"], found["counts"]) == ("B", 400.0, True)
    after = monitor.get("/api/v1/assessment?as_of=2025-06-01").json()["obligations"][0]
    assert found["id"] in after["evidence"]
    assert after["p_breached"] >= before["p_breached"]
    assert verify(own_mission.site.workspace).ok
    entries = monitor.get("/api/v1/log/entries").json()["items"]
    assert (entries[0]["author"], entries[0]["command"]) == ("monitor", "web record")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"kind": "shellling"}, "did you mean shelling"),
        ({"occurred": {"start": "tomorrow"}}, "date"),
        ({"geometry": {"type": "Point", "coordinates": [36.4, 135.7]}}, "lat"),
        ({"geometry": {"type": "Point"}}, "a geometry of RFC 7946"),
        ({"geometry": {"type": "Polygon", "coordinates": "x"}}, ""),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_field_and_records_nothing(
    own_mission: Mission, change: dict[str, Any], words: str
) -> None:
    before = own_mission.site.desk.version()
    answer = own_mission.person("monitor").post("/api/v1/observations", REPORT | change)
    assert answer.status_code in (400, 422), answer.text
    assert words in answer.text
    assert own_mission.site.desk.version() == before


def test_reports_of_the_same_are_suggested_and_others_are_not(own_mission: Mission) -> None:
    monitor = own_mission.person("monitor")
    found = monitor.post("/api/v1/observations/similar", REPORT).json()["items"]
    sources = [one["source"] for one in found]
    assert set(sources) == {"Canary Agent", "wire"}
    assert all(one["score"] >= 0.3 and one["why"] for one in found)
    far = REPORT | {"geometry": {"type": "Point", "coordinates": [36.95, 35.2]}}
    assert monitor.post("/api/v1/observations/similar", far).json()["items"] == []
    observer = (
        own_mission.person("liaison-north").post("/api/v1/observations/similar", REPORT).json()["items"]
    )
    assert {one["source"] for one in observer} <= {"withheld"}


def test_a_liaisons_entry_is_its_partys_and_hidden_from_the_other(own_mission: Mission) -> None:
    north = own_mission.person("liaison-north")
    hidden = north.post("/api/v1/observations", REPORT | {"report": "only for monitors"}).json()
    told = north.post("/api/v1/observations", REPORT | {"confidential": False, "report": "for all"}).json()
    assert north.get(f"/api/v1/observations/{hidden['id']}").json()["geometry"]["coordinates"] == [
        36.433,
        35.713,
    ]
    for who in ("liaison-south", "observer"):
        other = own_mission.person(who)
        assert other.get(f"/api/v1/observations/{hidden['id']}").status_code == 404
        assert other.get(f"/api/v1/observations/{told['id']}").status_code == 200
    sources = {
        one["report"]: one["source"]
        for one in own_mission.person("monitor").get("/api/v1/observations?limit=200").json()["items"]
    }
    assert sources["only for monitors"] == "liaison north"
    assert sources["for all"] == "liaison north, open"
    refused = north.post("/api/v1/observations", REPORT | {"source": "wire"})
    assert refused.json()["code"] == "not-allowed"


def test_corrections_stay_beside_what_they_correct(own_mission: Mission) -> None:
    analyst = own_mission.person("analyst")
    (row,) = (one for one in analyst.get("/api/v1/observations").json()["items"] if one["fatalities"] == 9)
    changed = analyst.post(
        "/api/v1/corrections",
        {"act": "supersede", "target": row["id"], "reason": "counted again", "changes": {"fatalities": "8"}},
    )
    assert changed.status_code == 201, changed.text
    new = changed.json()["items"][0]["replacement"]
    assert analyst.get(f"/api/v1/observations/{new}").json()["fatalities"] == 8
    old = analyst.get(f"/api/v1/observations/{row['id']}").json()
    assert (old["counts"], old["superseded"], old["fatalities"]) == (False, True, 9)
    rated = analyst.send(
        "PUT", f"/api/v1/observations/{new}/rating", json={"credibility": 4, "reason": "one witness"}
    )
    assert rated.status_code == 200
    newest = rated.json()["items"][0]["replacement"]
    assert analyst.get(f"/api/v1/observations/{newest}").json()["credibility"] == 4
    retracted = analyst.post(
        "/api/v1/corrections", {"act": "retract", "target": newest, "reason": "invented"}
    )
    assert retracted.status_code == 201
    assert analyst.get(f"/api/v1/observations/{newest}").json()["counts"] is False
    again = analyst.post("/api/v1/corrections", {"act": "retract", "target": newest, "reason": "invented"})
    assert again.json()["code"] == "conflict"


def test_a_liaison_disputes_in_its_own_name_and_corrects_nothing(own_mission: Mission) -> None:
    north = own_mission.person("liaison-north")
    shown = north.get("/api/v1/observations?kind=small_arms_fire").json()["items"][0]["id"]
    said = {"act": "dispute", "target": shown, "reason": "our people were not there"}
    assert north.post("/api/v1/corrections", said | {"party": "south"}).json()["code"] == "not-allowed"
    made = north.post("/api/v1/corrections", said).json()["items"][0]
    assert (made["party"], made["target"]) == ("north", shown)
    assert north.get(f"/api/v1/observations/{shown}").json()["disputed"] is True
    whole = north.post("/api/v1/corrections", said | {"target": "no-fire"})
    assert whole.status_code == 201
    for act in ("retract", "supersede"):
        refused = north.post("/api/v1/corrections", said | {"act": act})
        assert refused.json()["code"] == "not-allowed"
    secret = own_mission.site.desk.now().observations["id"].to_pylist()[5]  # the southern side's
    assert north.post("/api/v1/corrections", said | {"target": secret}).json()["code"] == "not-found"


def picture(kind: str, **options: Any) -> bytes:
    made = io.BytesIO()
    image = Image.effect_noise((60, 40), 80).convert("RGB")
    exif = Image.Exif()
    exif[0x013B] = "CanaryPhotographer"
    exif.get_ifd(0x8825)[1] = "N"
    image.save(made, kind, exif=exif.tobytes(), **options)
    return made.getvalue()


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_photographs_keep_their_pixels_and_lose_what_tells_where_and_who(kind: str) -> None:
    content = picture(kind)
    clean, found = clean_picture(content)
    assert (found, b"CanaryPhotographer" in content, b"CanaryPhotographer" in clean) == (kind, True, False)
    with Image.open(io.BytesIO(clean)) as image:
        assert (image.size, dict(image.getexif())) == ((60, 40), {})


@pytest.mark.parametrize(
    "content", [b"", b"<svg onload=alert(1)>", b"%PDF-1.7", picture("JPEG")[:200], b"GIF89a"]
)
def test_what_is_no_photograph_is_refused(content: bytes) -> None:
    with pytest.raises(InvalidInput, match="accepted: JPEG, PNG, WebP"):
        clean_picture(content)


def test_a_photograph_is_kept_with_the_originals_and_shown_to_who_may_see_reporters(
    own_mission: Mission,
) -> None:
    monitor = own_mission.person("monitor")
    id = monitor.get("/api/v1/observations").json()["items"][0]["id"]
    sent = monitor.send(
        "POST", f"/api/v1/observations/{id}/attachments", files={"file": ("a.jpg", picture("JPEG"))}
    )
    assert sent.status_code == 201, sent.text
    (held,) = monitor.get(f"/api/v1/observations/{id}").json()["attachments"]
    shown = monitor.get(f"/api/v1/observations/{id}/attachments/{held['sha256']}")
    assert shown.headers["content-type"] == "image/jpeg"
    assert b"CanaryPhotographer" not in shown.content
    assert own_mission.person("analyst").get(f"/api/v1/observations/{id}/attachments").status_code == 403
    assert verify(own_mission.site.workspace).ok
    from truceline.app.log import verify_attachments

    assert verify_attachments(own_mission.site.workspace) == []


def test_a_group_is_designated_by_two_liaisons_with_keys_that_the_server_never_sees(
    own_mission: Mission, tmp_path: Path
) -> None:
    keys: dict[str, Ed25519PrivateKey] = {}
    for party in ("north", "south"):
        new_key(own_mission.site.workspace, party, tmp_path / party)
        keys[party] = read_key_file(tmp_path / party)
    north, south = own_mission.person("liaison-north"), own_mission.person("liaison-south")

    def signed(content: str, party: str) -> dict[str, str]:
        public = keys[party].public_key().public_bytes_raw()
        signature = base64.b64encode(keys[party].sign(content.encode())).decode()
        return {"content": content, "signature": signature, "public_key": public.hex()}

    said = north.post("/api/v1/designations/prepare", {"act": "propose", "group": "south"}).json()["content"]
    # The other's key, another's name, changed words and a wrong signature are all refused.
    assert north.post("/api/v1/designations", signed(said, "south")).json()["code"] == "not-allowed"
    assert south.post("/api/v1/designations", signed(said, "south")).json()["code"] == "not-allowed"
    changed = said.replace('"group":"south"', '"group":"north"')
    forged = signed(said, "north") | {"content": changed}
    assert north.post("/api/v1/designations", forged).status_code == 400
    proposal = north.post("/api/v1/designations", signed(said, "north")).json()
    assert (proposal["in_force"], proposal["missing"]) == (False, ["south"])
    step = {"act": "consent", "proposal": proposal["proposal"]}
    content = south.post("/api/v1/designations/prepare", step).json()["content"]
    found = south.post("/api/v1/designations", signed(content, "south")).json()
    assert (found["in_force"], found["consented_by"]) == (True, ["north", "south"])
    listed = own_mission.person("public").get("/api/v1/designations").json()
    assert listed["designations"][0]["in_force"] is True
    assert own_mission.person("monitor").post("/api/v1/designations/prepare", step).status_code == 403


def test_a_case_is_taken_through_its_steps_and_a_liaison_answers_in_its_own(own_mission: Mission) -> None:
    monitor, south, north = (own_mission.person(who) for who in ("monitor", "liaison-south", "liaison-north"))
    (case,) = monitor.get("/api/v1/cases").json()["items"]
    steps = f"/api/v1/cases/{case['case']}/steps"
    assert [one["act"] for one in case["acts"]] == ["inquiry", "link", "withdraw", "close"]
    assert south.post(steps, {"act": "inquiry", "note": "we ask"}).status_code == 403
    for act, more in (
        ("inquiry", {}),
        ("finding", {"result": "confirmed", "reliability": "A", "credibility": 2}),
    ):
        assert monitor.post(steps, {"act": act, "note": "so it is"} | more).status_code == 201
    answer = {"act": "answer", "note": "we see it otherwise", "accepts": False}
    assert north.post(steps, answer).status_code == 404
    for who, may in ((south, ["answer", "appeal"]), (north, []), (monitor, ["answer", "appeal", "close"])):
        (now,) = who.get("/api/v1/cases").json()["items"]
        assert [one["act"] for one in now["acts"]] == may
    taken = south.post(steps, answer)
    assert (taken.status_code, taken.json()["state"]) == (201, "answered")
    assert "reporter" not in taken.json()
    assert monitor.get(f"/api/v1/cases/{case['case']}").json()["reporter"] == "canarywitness"
    wrong = monitor.post(steps, {"act": "visit", "note": "too late"})
    assert wrong.json()["code"] == "conflict"


def test_a_liaison_signs_its_answer_and_its_appeal_with_a_key_that_the_server_never_sees(
    own_mission: Mission, tmp_path: Path
) -> None:
    keys = {}
    for party in ("north", "south"):
        new_key(own_mission.site.workspace, party, tmp_path / party)
        keys[party] = read_key_file(tmp_path / party)
    monitor, south, north = (own_mission.person(who) for who in ("monitor", "liaison-south", "liaison-north"))
    (case,) = monitor.get("/api/v1/cases").json()["items"]
    steps = f"/api/v1/cases/{case['case']}/steps"
    answer = {"act": "answer", "note": "we repair it", "accepts": True, "remedy_by": "2026-12-24"}
    assert south.post(f"{steps}/prepare", answer).json()["code"] == "conflict"  # nothing is found yet
    for act in ("inquiry", "finding"):
        rated = {"result": "confirmed", "reliability": "A", "credibility": 2} if act == "finding" else {}
        assert monitor.post(steps, {"act": act, "note": "so it is"} | rated).status_code == 201
    assert north.post(f"{steps}/prepare", answer).status_code == 404
    assert monitor.post(f"{steps}/prepare", answer).status_code == 403

    def signed(content: str, party: str) -> dict[str, str]:
        signature = base64.b64encode(keys[party].sign(content.encode())).decode()
        public = keys[party].public_key().public_bytes_raw().hex()
        return {"content": content, "signature": signature, "public_key": public}

    content = south.post(f"{steps}/prepare", answer).json()["content"]
    by_south = {"signed": signed(content, "south")}
    # Another promise than the one signed, the other's key and a wrong signature are all refused.
    for changed in ({"remedy_by": "2027-12-24"}, {"accepts": False}, {"note": "we do not"}):
        assert "word for word" in south.post(steps, answer | changed | by_south).json()["detail"]
    assert south.post(steps, answer | {"signed": signed(content, "north")}).json()["code"] == "not-allowed"
    forged = by_south["signed"] | {"signature": base64.b64encode(bytes(64)).decode()}
    assert south.post(steps, answer | {"signed": forged}).status_code == 400
    assert monitor.post(steps, answer | {"party": "south"} | by_south).status_code == 403
    assert south.post(steps, answer | by_south).status_code == 201
    appeal = {"act": "appeal", "note": "it was not ours"}
    content = south.post(f"{steps}/prepare", appeal).json()["content"]
    taken = south.post(steps, appeal | {"signed": signed(content, "south")}).json()["steps"]
    assert [(one["act"], one["signed"]) for one in taken[-3:]] == [
        ("finding", False), ("answer", True), ("appeal", True),
    ]  # fmt: skip
    assert verify(own_mission.site.workspace).ok


def test_a_file_on_the_server_is_never_taken_as_a_document(own_mission: Mission) -> None:
    monitor = own_mission.person("monitor")
    target = own_mission.site.workspace.accord_path
    made = monitor.post(
        "/api/v1/corrections",
        {"act": "dispute", "target": "no-fire", "reason": "see", "document": str(target)},
    ).json()["items"][0]
    assert made["document"] == f"“{target}”"


def test_the_log_is_proved_to_continue_a_head_that_was_kept(own_mission: Mission) -> None:
    monitor = own_mission.person("monitor")
    kept = monitor.get("/api/v1/log/head").json()["note"]
    monitor.post("/api/v1/observations", REPORT)
    proof = monitor.post("/api/v1/log/consistency", {"head": kept})
    assert proof.status_code == 200, proof.text
    wrong = monitor.post("/api/v1/log/consistency", {"head": kept.replace("\n", "\nx", 1)})
    assert (wrong.status_code, tempfile.gettempdir() in wrong.text) == (400, False)


def test_what_is_new_reaches_who_listens_and_only_what_it_may_know(
    own_mission: Mission,
) -> None:
    public_entry = REPORT | {"actors": ["northern forces"], "reliability": "A", "credibility": 1}
    closed_road = {
        "kind": "route_closed", "subject": "road-open", "error_m": 100, "report": "closed at the bridge",
        "occurred": {"start": "2025-11-01T10:00:00Z", "end": "2025-11-20T11:00:00Z"},
        "geometry": {"type": "Point", "coordinates": [36.5, 35.7]}, "reliability": "A", "credibility": 1,
    }  # fmt: skip
    north, monitor = own_mission.person("liaison-north"), own_mission.person("monitor")

    async def listen() -> dict[str, list[tuple[str, dict[str, Any]]]]:
        newsroom = Newsroom(own_mission.site.desk)
        readers = {"monitor": Reader(Role.MONITOR), "south": Reader(Role.LIAISON, "south")}
        heard: dict[str, list[tuple[str, dict[str, Any]]]] = {who: [] for who in readers}

        async def one(who: str, ready: asyncio.Event) -> None:
            async with newsroom.listening(readers[who]) as queue:
                ready.set()
                while True:
                    news = await queue.get()
                    heard[who].append((news.event, news.data))

        running = [asyncio.create_task(newsroom.run())]
        for who in readers:
            ready = asyncio.Event()
            running.append(asyncio.create_task(one(who, ready)))
            await ready.wait()

        async def until_told(event: str, who: str, times: int) -> None:
            for _ in range(600):
                if sum(name == event for name, _ in heard[who]) == times:
                    return
                await asyncio.sleep(0.1)
            raise AssertionError(heard)

        while newsroom._version is None:  # it has not looked at the record before anything is new
            await asyncio.sleep(0.05)
        await asyncio.to_thread(north.post, "/api/v1/observations", REPORT | {"report": "hidden"})
        await until_told("entry", "monitor", 1)
        await until_told("log", "south", 1)
        await asyncio.to_thread(monitor.post, "/api/v1/observations", public_entry)
        await until_told("entry", "monitor", 2)
        await until_told("entry", "south", 1)
        await asyncio.to_thread(monitor.post, "/api/v1/observations", closed_road)
        await until_told("entry", "south", 2)
        await until_told("entry", "monitor", 3)
        for task in running:
            task.cancel()
        return heard

    heard = asyncio.run(listen())
    entries = {
        who: [data["total"] for event, data in told if event == "entry"] for who, told in heard.items()
    }
    assert entries == {"monitor": [1, 1, 1], "south": [1, 1]}
    # Statuses first: whoever is told that the record grew reads everything anew.
    order = {who: " ".join(event for event, _ in told) for who, told in heard.items()}
    assert "status" in order["monitor"]
    for events in order.values():
        assert re.fullmatch("((status )*log ?(entry ?)?)+", events), events
    entry, _ = (data["items"][0] for event, data in heard["south"] if event == "entry")
    assert entry["zones"] == ["quiet"]
    assert entry["id"].startswith("seen-")


def test_the_day_of_an_entry_is_that_of_the_accords_time_zone(own_mission: Mission) -> None:
    monitor = own_mission.person("monitor")
    made = monitor.post("/api/v1/observations", REPORT | {"occurred": {"start": "2025-05-01"}}).json()
    found = monitor.get(f"/api/v1/observations/{made['id']}").json()
    start = datetime.fromisoformat(found["occurred_from"])
    assert start == datetime(2025, 4, 30, 21, tzinfo=UTC)
    assert datetime.fromisoformat(found["occurred_to"]) - start == timedelta(days=1)


def test_a_liaison_signs_its_objection_with_a_key_that_the_server_never_sees(
    own_mission: Mission, tmp_path: Path
) -> None:
    new_key(own_mission.site.workspace, "north", tmp_path / "north")
    key = read_key_file(tmp_path / "north")
    north = own_mission.person("liaison-north")
    said = {"act": "dispute", "target": "no-fire", "reason": "we see it otherwise"}
    content = north.post("/api/v1/corrections/prepare", said).json()["content"]
    signed = {
        "content": content,
        "signature": base64.b64encode(key.sign(content.encode())).decode(),
        "public_key": key.public_key().public_bytes_raw().hex(),
    }
    other_words = north.post("/api/v1/corrections", said | {"reason": "other words", "signed": signed})
    assert "word for word" in other_words.json()["detail"]
    forged = signed | {"signature": base64.b64encode(bytes(64)).decode()}
    assert north.post("/api/v1/corrections", said | {"signed": forged}).status_code == 400
    assert north.post("/api/v1/corrections", said | {"signed": signed}).status_code == 201
    assert verify(own_mission.site.workspace).ok
    record = own_mission.site.desk.now()
    (position,) = disputes_of(record.corrections, record.signed)["no-fire"].positions
    assert (position.holder, position.signed, position.counts) == ("north", True, True)
    # What is signed is changed only by what is signed.
    back = {"act": "undispute", "target": "no-fire", "reason": "settled"}
    assert north.post("/api/v1/corrections", back).json()["code"] == "conflict"
    # Of an observation nothing is prepared, nor do refusals name what is near by its recorded id.
    seen = north.get("/api/v1/observations").json()["items"][0]["id"]
    assert north.post("/api/v1/corrections/prepare", said | {"target": seen}).status_code == 400
    for target in ("no-fire/o1", "find-obs"):
        for path in ("corrections", "corrections/prepare"):
            refused = north.post(f"/api/v1/{path}", said | {"target": target})
            assert (refused.status_code, "obs-" in refused.text.replace(target, "")) == (404, False)
