"""A phone with ODK Collect, over a real socket: lists, downloads, fills in, sends in parts and again."""

from __future__ import annotations

import io
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import numpy as np
import pytest
from collect import NAMES, Collect, batches
from lxml import etree
from PIL import Image
from pyxform.validators.odk_validate import ODK_VALIDATE_PATH
from served_mission import Mission, on_a_socket

from truceline.app.forms.definitions import FORMS, LANGUAGES, xform

MOST = 60_000
ANSWERS = {
    "kind": "shelling", "date": "2025-03-01T10:00:00.000+03:00", "location": "35.7123 36.4321 210.0 10.0",
    "actor": "south", "fatalities": "2", "method": "seen", "report": "two shells — قذيفتان",
    "photo": "photo-0.jpg", "end": "2025-03-01T10:20:00.000+03:00",
}  # fmt: skip


@pytest.fixture
def phone(own_mission: Mission) -> Iterator[Collect]:
    """A monitor's phone; the server takes 60 kB in one request."""
    object.__setattr__(own_mission.site.settings, "upload_bytes", MOST)
    password = own_mission.person("monitor").post("/api/v1/session/device-password").json()["password"]
    with on_a_socket(own_mission.app) as address:
        made = Collect(address, "monitor", password)
        yield made
        made.close()


def photographs(count: int, side: int = 90) -> dict[str, bytes]:
    """Pictures that do not compress, each another, with who took them in their EXIF data."""
    exif = Image.Exif()
    exif[0x013B] = "CanaryPhotographer"
    found = {}
    for number in range(count):
        pixels = np.random.default_rng(number).integers(0, 256, (side, side, 3), dtype=np.uint8)
        made = io.BytesIO()
        Image.fromarray(pixels).save(made, "JPEG", quality=95, exif=exif.tobytes())
        found[f"photo-{number}.jpg"] = made.getvalue()
    return found


def held(mission: Mission) -> tuple[list[Any], list[Any]]:
    """The observations that the phone's report became, and the photographs of the first."""
    monitor = mission.person("monitor")
    rows = monitor.get("/api/v1/observations?q=two shells").json()["items"]
    if not rows:
        return [], []
    return rows, monitor.get(f"/api/v1/observations/{rows[0]['id']}/attachments").json()["items"]


def test_a_report_with_many_photographs_comes_in_parts_and_is_one_observation(
    own_mission: Mission, phone: Collect
) -> None:
    forms = phone.download()
    assert set(forms) == {form.form_id for form in FORMS}
    assert forms["truceline_incident"].name == "Incident / حادث / Инцидент / Olay"
    instance = forms["truceline_incident"].fill(ANSWERS)
    pictures = photographs(7)
    sent = phone.send(instance, pictures)
    # The first part was recorded, and each other one added its photographs.
    assert phone.message(sent) == "held already"
    assert len(phone.requests) > 1
    assert {one.status_code for one in phone.requests} == {201}
    for answer in phone.requests:
        assert answer.headers["x-openrosa-version"] == "1.0"
        assert int(answer.headers["x-openrosa-accept-content-length"]) == MOST
    (row,), attachments = held(own_mission)
    assert (row["source"], row["kind"], row["fatalities"]) == ("monitor", "shelling", 2)
    assert (row["lat"], row["lon"], row["occurred_from"]) == (35.7123, 36.4321, "2025-03-01T07:00:00Z")
    assert len(attachments) == 7
    content = (
        own_mission.person("monitor")
        .get(f"/api/v1/observations/{row['id']}/attachments/{attachments[0]['sha256']}")
        .content
    )
    with Image.open(io.BytesIO(content)) as picture:
        assert (picture.size, dict(picture.getexif())) == ((90, 90), {})


def test_a_phone_that_heard_no_answer_sends_all_again_and_nothing_is_held_twice(
    own_mission: Mission, phone: Collect
) -> None:
    instance = phone.download()["truceline_incident"].fill(ANSWERS)
    pictures = photographs(4)
    first = next(iter(batches(instance, pictures, MOST)))[0]
    phone.send(instance, first)  # and the network was gone
    before = own_mission.site.desk.version()
    for _ in range(2):
        assert phone.send(instance, pictures).status_code == 201
    rows, attachments = held(own_mission)
    assert (len(rows), len(attachments)) == (1, 4)
    added = own_mission.site.desk.version() - before
    assert added == 2 * (4 - len(first))  # a photograph is an action and a file; the rest changed nothing


def test_what_is_too_large_is_refused_in_words_that_the_phone_shows_and_records_nothing(
    own_mission: Mission, phone: Collect
) -> None:
    instance = phone.download()["truceline_incident"].fill(ANSWERS)
    refused = phone.send(instance, photographs(1, side=400))
    assert refused.status_code == 413
    assert "too large; accepted: at most 60000 bytes" in phone.message(refused)
    assert held(own_mission)[0] == []


@pytest.mark.parametrize(
    ("change", "status", "words"),
    [
        ({"location": "95.7 36.4 0 5"}, 422, "lat"),
        ({"kind": "shellling"}, 422, "did you mean shelling"),
        ({"report": "two shells", "photo": "x"}, 400, "picture"),
    ],
)
def test_every_refusal_is_a_message_that_the_phone_shows(
    own_mission: Mission, phone: Collect, change: dict[str, str], status: int, words: str
) -> None:
    instance = phone.download()["truceline_incident"].fill(ANSWERS | change)
    files = {"x": b"no picture"} if "photo" in change else {}
    refused = phone.send(instance, files)
    assert (refused.status_code, words in phone.message(refused)) == (status, True), refused.text
    assert held(own_mission)[0] == []


def test_what_is_no_submission_at_all_is_refused_in_the_phones_own_form(phone: Collect) -> None:
    for content, kind in ((b"--x\r\nbroken", "multipart/form-data; boundary=x"), (b"<data/>", "text/xml")):
        answer = phone.client.post("/forms/submission", content=content, headers={"Content-Type": kind})
        assert (answer.status_code, bool(phone.message(answer))) == (400, True)
    assert phone.ask("GET", "/forms/nothing.xml").status_code == 404
    phone.client.auth = httpx.Auth()
    refused = phone.client.get("/forms/formList")
    assert (refused.status_code, "sign" in phone.message(refused)) == (401, True)


def test_a_submission_may_come_in_chunks_and_one_form_may_be_asked_for(
    own_mission: Mission, phone: Collect
) -> None:
    instance = phone.download()["truceline_incident"].fill(ANSWERS)
    request = phone.client.build_request(
        "POST", "/forms/submission", files={"xml_submission_file": ("form.xml", instance, "text/xml")}
    )
    body, kind = request.read(), request.headers["content-type"]
    chunks = (body[at : at + 100] for at in range(0, len(body), 100))
    phone.client.get("/forms/formList")  # signed in: what is sent in chunks cannot be sent twice
    answer = phone.client.post("/forms/submission", content=list(chunks), headers={"Content-Type": kind})
    assert answer.request.headers["transfer-encoding"] == "chunked"
    assert answer.status_code == 201
    assert len(held(own_mission)[0]) == 1
    one = etree.fromstring(phone.ask("GET", "/forms/formList?formID=truceline_patrol").content)
    assert [found.text for found in one.findall(".//l:formID", NAMES)] == ["truceline_patrol"]


def test_an_edited_submission_under_the_number_of_another_changes_nothing_that_is_recorded(
    own_mission: Mission, phone: Collect
) -> None:
    instance = phone.download()["truceline_incident"].fill(ANSWERS)
    assert phone.send(instance).status_code == 201
    (before,), _ = held(own_mission)
    phone.send(instance.replace(b"<fatalities>2<", b"<fatalities>9<"))
    monitor = own_mission.person("monitor")
    assert monitor.get(f"/api/v1/observations/{before['id']}").json()["fatalities"] == 2


def test_odk_validate_finds_every_form_valid_in_every_language(valleys: Mission, tmp_path: Path) -> None:
    """ODK's own checker walks through the form in its first language: each is made the first once."""
    accord = valleys.site.desk.now().accord
    for form in FORMS:
        text = xform(form, accord)
        for code in LANGUAGES:
            root = etree.fromstring(text.encode())
            for translation in root.findall(".//x:translation", NAMES):
                translation.attrib.pop("default", None)
                if str(translation.get("lang")).endswith(f"({code})"):
                    translation.set("default", "true()")
            etree.ElementTree(root).write(tmp_path / f"{form.id}-{code}.xml", encoding="utf-8")
    wrong = xform(FORMS[0], accord).replace('ref="/data/kind"', 'ref="/data/kin"')
    (tmp_path / "wrong.xml").write_text(wrong, encoding="utf-8")
    files = sorted(str(path) for path in tmp_path.glob("*.xml"))
    done = subprocess.run(
        ["java", "-Djava.awt.headless=true", "-jar", ODK_VALIDATE_PATH, *files],
        capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    valid = done.stdout.count(">> Xform is valid!")
    assert (len(files), valid) == (17, 16), done.stderr[-2000:]
    assert "wrong.xml" in done.stdout + done.stderr


def test_a_request_that_is_filled_to_the_last_byte_with_files_is_taken(
    own_mission: Mission, phone: Collect
) -> None:
    instance = phone.download()["truceline_incident"].fill(ANSWERS)
    (name, content), *_ = photographs(1).items()
    object.__setattr__(own_mission.site.settings, "upload_bytes", len(instance) + len(content))
    assert phone.send(instance, {name: content}).status_code == 201


def test_a_phone_without_a_valid_password_hears_so(own_mission: Mission, phone: Collect) -> None:
    phone.client.auth = httpx.DigestAuth("monitor", "guessed")
    assert phone.ask("HEAD", "/forms/submission").status_code == 401
