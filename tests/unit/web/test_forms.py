"""Field forms: converted by pyxform, listed to phones, submitted with photographs, recorded once."""

from __future__ import annotations

import io
import xml.etree.ElementTree as ElementTree
from pathlib import Path
from typing import Any

import httpx
import pytest
from openpyxl import load_workbook
from PIL import Image
from served_mission import Mission
from starlette.testclient import TestClient

from truceline.app.forms.definitions import FORMS, LANGUAGES, xform, xlsx
from truceline.core.errors import InvalidEvidence
from truceline.evidence.intake.fields import FIELDS
from truceline.evidence.readers import detect_format, read_evidence

SUBMISSION = """<?xml version='1.0' ?>
<data id="truceline_incident" version="abc" xmlns:jr="http://openrosa.org/javarosa">
  <username>somebody else</username><end>2025-03-01T10:20:00.000+03:00</end>
  <kind>shelling</kind><date>2025-03-01T10:00:00.000+03:00</date>
  <location>35.7123 36.4321 210.0 10.0</location><error_m/><place>the mill</place>
  <actor>south</actor><fatalities>2</fatalities><method>seen</method><credibility>2</credibility>
  <report>two shells — قذيفتان</report><photo>1.jpg</photo>
  <meta><instanceID>uuid:5f1c0a52-1111-4222-8333-aaaaaaaaaaaa</instanceID></meta>
</data>
"""
OPENROSA = {"X-OpenRosa-Version": "1.0"}


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.id)
def test_each_form_converts_has_every_language_and_asks_for_our_own_fields(
    form: Any, valleys: Mission
) -> None:
    accord = valleys.site.desk.now().accord
    text = xform(form, accord)
    root = ElementTree.fromstring(text)
    names = {"x": "http://www.w3.org/2002/xforms"}
    translations = root.findall(".//x:translation", names)
    assert [one.get("lang") for one in translations] == [
        f"{name} ({code})" for code, name in LANGUAGES.items()
    ]
    words = {
        one.get("lang"): {text.get("id"): text.find("x:value", names).text for text in one}  # type: ignore[union-attr]
        for one in translations
    }
    english, *others = words.values()
    assert all(set(other) == set(english) and all(other.values()) for other in others)
    # But for the accord's own names, which need not be translated, each language says it in its own way.
    ours = [id for id in english if not str(id).startswith(("parties-", "routes-"))]
    for other in others:
        assert [id for id in ours if english[id] == other[id]] == []
    asked = {question.name for question in form.questions} - {"location", "photo"}
    assert asked <= set(FIELDS)
    book = load_workbook(io.BytesIO(xlsx(form, accord)))
    assert book.sheetnames == ["survey", "choices", "settings"]


def phone(mission: Mission, who: str, auth: str = "digest") -> TestClient:
    client = TestClient(mission.app, base_url="http://127.0.0.1", headers=OPENROSA)
    password = mission.person(who).post("/api/v1/session/device-password").json()["password"]
    client.auth = httpx.DigestAuth(who, password) if auth == "digest" else httpx.BasicAuth(who, password)
    return client


def photograph(shade: int) -> bytes:
    made = io.BytesIO()
    exif = Image.Exif()
    exif[0x013B] = "CanaryPhotographer"
    Image.new("RGB", (30, 20), (shade, 90, 90)).save(made, "JPEG", exif=exif.tobytes())
    return made.getvalue()


def send(client: TestClient, text: str = SUBMISSION, **photographs: bytes) -> Any:
    files = {"xml_submission_file": ("submission.xml", text.encode(), "text/xml")}
    files |= {name: (f"{name}.jpg", data, "image/jpeg") for name, data in photographs.items()}
    return client.post("/forms/submission", files=files)


@pytest.mark.parametrize("auth", ["digest", "basic"])
def test_a_phone_lists_fetches_and_submits_and_what_it_sends_is_recorded_once(
    own_mission: Mission, auth: str
) -> None:
    client = phone(own_mission, "monitor", auth)
    listed = ElementTree.fromstring(client.get("/forms/formList").text)
    space = {"f": "http://openrosa.org/xforms/xformsList"}
    urls = [one.text for one in listed.findall(".//f:downloadUrl", space)]
    assert len(urls) == len(FORMS)
    for url in urls:
        assert "<h:html" in client.get(str(url)).text
    about = client.head("/forms/submission")
    assert (about.status_code, about.headers["x-openrosa-accept-content-length"]) == (204, str(20 << 20))
    assert send(client, one=photograph(10)).status_code == 201
    # Phones send what is large in several requests, each with the same form and other photographs.
    again = send(client, one=photograph(10), two=photograph(200))
    assert (again.status_code, "held already" in again.text) == (201, True)
    monitor = own_mission.person("monitor")
    (row,) = monitor.get("/api/v1/observations?q=two shells").json()["items"]
    assert (row["source"], row["kind"], row["fatalities"], row["method"]) == (
        "monitor",
        "shelling",
        2,
        "seen",
    )
    assert (row["lat"], row["lon"], row["occurred_from"]) == (35.7123, 36.4321, "2025-03-01T07:00:00Z")
    assert row["error_m"] == pytest.approx(16.2)
    attachments = monitor.get(f"/api/v1/observations/{row['id']}/attachments").json()["items"]
    assert len(attachments) == 2


def test_who_does_not_sign_in_or_may_not_record_submits_nothing(own_mission: Mission) -> None:
    nobody = TestClient(own_mission.app, base_url="http://127.0.0.1", headers=OPENROSA)
    refused = nobody.get("/forms/formList")
    assert refused.status_code == 401
    challenges = refused.headers.get_list("www-authenticate")
    assert [one.split()[0] for one in challenges] == ["Digest", "Basic"]
    wrong = TestClient(own_mission.app, base_url="http://127.0.0.1")
    wrong.auth = httpx.DigestAuth("monitor", "guessed")
    assert send(wrong).status_code == 401
    assert send(phone(own_mission, "observer")).status_code == 403
    assert own_mission.person("monitor").get("/api/v1/observations?q=two shells").json()["total"] == 0


def test_an_answer_to_a_challenge_counts_once(own_mission: Mission) -> None:
    client = phone(own_mission, "monitor")
    first = client.get("/forms/formList")
    sent = first.request.headers["authorization"]
    client.auth = None
    replayed = client.get("/forms/formList", headers={"Authorization": sent})
    assert (first.status_code, replayed.status_code) == (200, 401)


def test_a_submission_of_a_liaison_is_its_partys_whatever_the_phone_says(own_mission: Mission) -> None:
    assert send(phone(own_mission, "liaison-north")).status_code == 201
    (row,) = own_mission.person("monitor").get("/api/v1/observations?q=two shells").json()["items"]
    assert row["source"] == "liaison north"
    assert own_mission.person("liaison-south").get("/api/v1/observations").json()["total"] == 5


@pytest.mark.parametrize(
    ("text", "status"),
    [
        (SUBMISSION.replace("shelling", "shellling"), 422),
        (SUBMISSION.replace("<instanceID>uuid:5f1c0a52-1111-4222-8333-aaaaaaaaaaaa</instanceID>", ""), 422),
        (SUBMISSION.replace("35.7123", "95.7123"), 422),
        ("<data", 422),
        ('<!DOCTYPE data [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + SUBMISSION.partition("?>")[2], 422),
    ],
)
def test_a_submission_that_cannot_be_read_records_nothing(
    own_mission: Mission, text: str, status: int
) -> None:
    before = own_mission.site.desk.version()
    answer = send(phone(own_mission, "monitor"), text, one=photograph(1))
    assert (answer.status_code, own_mission.site.desk.version()) == (status, before), answer.text
    assert "root:" not in answer.text


def test_a_file_that_is_no_picture_stops_the_whole_submission(own_mission: Mission) -> None:
    before = own_mission.site.desk.version()
    assert send(phone(own_mission, "monitor"), one=b"MZ not a picture").status_code == 400
    assert own_mission.site.desk.version() == before


def test_submissions_that_a_phone_keeps_are_read_from_files(tmp_path: Path) -> None:
    path = tmp_path / "submission.xml"
    path.write_text(SUBMISSION, encoding="utf-8")
    assert detect_format(path) == "odk"
    (batch,) = read_evidence(path, time_zone="Asia/Damascus")
    (row,) = batch.table.to_pylist()
    assert (row["source"], row["origin_id"]) == ("somebody else", "uuid:5f1c0a52-1111-4222-8333-aaaaaaaaaaaa")
    wider = SUBMISSION.replace("<error_m/>", "<error_m>500</error_m>")
    path.write_text(wider, encoding="utf-8")
    (batch,) = read_evidence(path)
    assert batch.table["error_m"][0].as_py() == 500.0
    path.write_text(SUBMISSION.replace("</data>", ""), encoding="utf-8")
    with pytest.raises(InvalidEvidence, match="well-formed"):
        list(read_evidence(path, format="odk"))
