"""What docs/reference/security.md says of sessions, rates, headers, caches and what is kept, each tested."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from served_mission import PASSWORD, ROWS, Mission, make_workspace, serve
from starlette.testclient import TestClient

from truceline.store.accounts import ACCOUNTS

APPLICATION = Path(__file__).parents[3] / "src" / "truceline" / "web" / "app"


@pytest.fixture
def strict(tmp_path: Path) -> Iterator[Mission]:
    """A mission that takes three reads, two writes and two guesses of an address, behind one proxy."""
    mission = serve(
        make_workspace(tmp_path, ROWS[:1]), trusted_proxies=frozenset({"10.0.0.1"}), reads_per_s=0.1,
        reads_burst=3, writes_per_s=0.1, writes_burst=2, sign_ins_per_minute=2,
    )  # fmt: skip
    yield mission
    mission.site.close()


def peer(mission: Mission, address: str, scheme: str = "http") -> TestClient:
    """A browser that connects from an address."""
    return TestClient(mission.app, base_url=f"{scheme}://127.0.0.1", client=(address, 4000))


def test_reads_and_writes_of_an_address_are_limited_and_it_is_told_how_long_to_wait(strict: Mission) -> None:
    client = peer(strict, "192.0.2.1")
    answers = [client.get("/api/v1/session") for _ in range(5)]
    assert [one.status_code for one in answers] == [200] * 3 + [429] * 2
    assert int(answers[-1].headers["retry-after"]) >= 1
    writes = [client.post("/api/v1/cases", json={}).status_code for _ in range(4)]
    assert writes[2:] == [429, 429]
    assert peer(strict, "192.0.2.2").get("/api/v1/session").status_code == 200


def test_only_a_trusted_proxy_says_whose_a_request_is(strict: Mission) -> None:
    def codes(address: str) -> list[int]:
        return [
            peer(strict, address)
            .get("/api/v1/session", headers={"X-Forwarded-For": f"evil, 198.51.100.{number}"})
            .status_code
            for number in range(5)
        ]

    assert codes("10.0.0.1") == [200] * 5  # five people behind the proxy
    assert codes("203.0.113.9") == [200] * 3 + [429] * 2  # one who makes names up


def test_passwords_of_devices_cannot_be_guessed_faster_than_a_persons(strict: Mission) -> None:
    codes = [
        peer(strict, "192.0.2.7").get("/forms/formList", auth=("monitor", f"guess {number}")).status_code
        for number in range(3)
    ]
    assert codes == [401, 401, 429]


def test_a_session_ends_after_its_time_even_when_it_is_used(own_mission: Mission) -> None:
    client = TestClient(own_mission.app, base_url="http://127.0.0.1")
    begun = own_mission.site.desk.clock()
    client.post("/api/v1/session", json={"name": "monitor", "password": PASSWORD})
    for minutes in range(0, 12 * 60, 50):
        own_mission.site.desk.clock = lambda m=minutes: begun + timedelta(minutes=m)  # type: ignore[misc]
        assert client.get("/api/v1/session").json()["role"] == "monitor", minutes
    own_mission.site.desk.clock = lambda: begun + timedelta(hours=12, minutes=1)
    assert client.get("/api/v1/session").json()["role"] == "public"


def test_the_own_password_is_changed_with_the_old_one_and_ends_every_session(own_mission: Mission) -> None:
    here, elsewhere = own_mission.person("monitor"), own_mission.person("monitor")
    wrong = here.post("/api/v1/session/password", {"old": "a guess", "new": "rain on the old tin roof"})
    assert (wrong.status_code, elsewhere.get("/api/v1/session").json()["role"]) == (401, "monitor")
    changed = here.post("/api/v1/session/password", {"old": PASSWORD, "new": "rain on the old tin roof"})
    assert changed.status_code == 204
    assert {one.get("/api/v1/session").json()["role"] for one in (here, elsewhere)} == {"public"}


def test_under_tls_cookies_stay_there_and_browsers_come_back_that_way(own_mission: Mission) -> None:
    for scheme, secure in (("https", True), ("http", False)):
        client = peer(own_mission, "192.0.2.1", scheme)
        answer = client.post("/api/v1/session", json={"name": "monitor", "password": PASSWORD})
        assert answer.status_code == 201
        assert ("secure" in answer.headers["set-cookie"].lower()) is secure
        assert ("strict-transport-security" in answer.headers) is secure


def test_signing_out_clears_what_the_browser_kept_and_no_cache_keeps_answers(own_mission: Mission) -> None:
    monitor = own_mission.person("monitor")
    for path in ("/api/v1/session", "/api/v1/observations", "/api/v1/nothing", "/ogc/collections", "/report",
                 "/ogc/collections/observations/tiles/WebMercatorQuad/3/3/4"):  # fmt: skip
        kept = monitor.get(path).headers["cache-control"]
        assert "private" in kept or "no-store" in kept, path
        assert "public" not in kept
    assert monitor.send("DELETE", "/api/v1/session").headers["clear-site-data"] == '"cache"'


def test_pages_run_no_script_but_their_own_and_stand_in_no_other_page(own_mission: Mission) -> None:
    headers = own_mission.person("public").get("/api/v1/session").headers
    policy = dict(part.strip().split(" ", 1) for part in headers["content-security-policy"].split(";"))
    assert {name: policy[name] for name in ("default-src", "script-src", "style-src", "connect-src")} == {
        "default-src": "'self'", "script-src": "'self'", "style-src": "'self'", "connect-src": "'self'",
    }  # fmt: skip
    for name in ("object-src", "base-uri", "frame-ancestors"):
        assert policy[name] == "'none'"
    assert headers["cross-origin-opener-policy"] == headers["cross-origin-resource-policy"] == "same-origin"
    page = (APPLICATION / "index.html").read_text(encoding="utf-8")
    assert re.findall(r"<script(?![^>]*\bsrc=)|<style|\son\w+=|\sstyle=", page) == []


def test_other_sites_are_told_nothing(own_mission: Mission) -> None:
    client = peer(own_mission, "192.0.2.1")
    for method in ("OPTIONS", "GET"):
        answer = client.request(
            method, "/api/v1/observations",
            headers={"Origin": "https://evil.example", "Access-Control-Request-Method": "GET"},
        )  # fmt: skip
        assert [name for name in answer.headers if name.startswith("access-control-")] == []


def test_no_password_and_no_token_is_kept_as_such_and_the_file_is_its_owners(own_mission: Mission) -> None:
    client = TestClient(own_mission.app, base_url="http://127.0.0.1")
    client.post("/api/v1/session", json={"name": "monitor", "password": PASSWORD})
    token = client.cookies["truceline_session"]
    device = own_mission.person("monitor").post("/api/v1/session/device-password").json()["password"]
    root = own_mission.site.workspace.root
    kept = b"".join(path.read_bytes() for path in root.glob(f"{ACCOUNTS}*"))
    assert kept
    assert [word for word in (PASSWORD, token, device) if word.encode() in kept] == []
    assert [oct(path.stat().st_mode)[-3:] for path in root.glob(f"{ACCOUNTS}*")] == ["600"] * 3


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_what_stands_beside_a_pictures_pixels_is_gone_and_it_is_served_as_nothing_else(
    own_mission: Mission, kind: str
) -> None:
    exif = Image.Exif()
    exif[0x010F], exif[0x8825] = "canarycamera", {1: "N", 2: (35.0, 41.0, 12.0)}
    made = io.BytesIO()
    options: dict[str, Any] = {"comment": b"<script>canaryscript</script>"} if kind == "JPEG" else {}
    Image.new("RGB", (40, 30), (200, 10, 10)).save(made, kind, exif=exif.tobytes(), **options)
    sent = made.getvalue() + b"<script>canaryscript</script>"  # behind the picture's end, too
    assert b"canary" in sent
    monitor = own_mission.person("monitor")
    id = monitor.get("/api/v1/observations").json()["items"][0]["id"]
    path = f"/api/v1/observations/{id}/attachments"
    held = monitor.send("POST", path, files={"file": ("x.html", sent, "text/html")}).json()["items"][0]
    answer = monitor.get(f"{path}/{held['sha256']}")
    assert answer.headers["content-type"] == f"image/{kind.lower()}"
    assert answer.headers["content-security-policy"] == "default-src 'none'; sandbox"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert b"canary" not in answer.content
    with Image.open(io.BytesIO(answer.content)) as picture:
        assert (picture.size, dict(picture.getexif()), picture.info.get("comment")) == ((40, 30), {}, None)
