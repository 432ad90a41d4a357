"""The Idlib example, served by `truceline serve`, and browsers of those who work with it."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from truceline.app.accounts import hashed
from truceline.app.consent import new_key
from truceline.app.ingest import ingest
from truceline.evidence.permissions import Role
from truceline.store.accounts import AccountFile
from truceline.store.workspace import Workspace

PASSWORD = "quiet harbour lantern 47"
PEOPLE = {
    "amina": (Role.MONITOR, None),
    "olga": (Role.ADMINISTRATOR, None),
    "layla": (Role.ANALYST, None),
    "russia-liaison": (Role.LIAISON, "russia"),
    "turkey-liaison": (Role.LIAISON, "turkey"),
}
SIZES = {"desk": {"width": 1440, "height": 900}, "phone": {"width": 390, "height": 844}}
PATIENCE_MS = (
    180_000  # a machine that runs other tests as well, and compiles kernels for the first time, is slow
)


@dataclass
class Room:
    """A served workspace: where, and the key files of the parties that sign."""

    url: str
    keys: dict[str, Path]


@dataclass
class Visit:
    """A browser of one person. What it asks elsewhere and what it complains of is kept."""

    room: Room
    context: BrowserContext
    page: Page
    outside: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def go(self, path: str) -> Page:
        """Opens a view by its address and waits until it shows what it has."""
        self.page.goto(self.room.url + path)
        self.settle()
        return self.page

    def settle(self) -> None:
        """Waits until nothing is being loaded any more."""
        self.page.locator("main h1").first.wait_for(state="attached", timeout=PATIENCE_MS)
        self.page.locator("main .spinner").first.wait_for(state="detached", timeout=PATIENCE_MS)

    def sign_in(self, name: str) -> None:
        """Signs in through the form, as a person does."""
        self.page.locator(".head .primary").click()
        form = self.page.locator("[role=dialog] form")
        form.locator("input[name=name]").fill(name)
        form.locator("input[name=password]").fill(PASSWORD)
        form.locator("button[type=submit]").click()
        form.wait_for(state="detached", timeout=PATIENCE_MS)
        self.page.locator(".head details.menu summary").nth(2).wait_for()
        self.settle()

    def api(self, path: str) -> Any:
        """What the server answers this person's browser."""
        return self.context.request.get(self.room.url + "/api/v1" + path).json()


@pytest.fixture(scope="session")
def room(tmp_path_factory: pytest.TempPathFactory, idlib: Path) -> Iterator[Room]:
    """The workspace of the example with its real reports, accounts and keys, served by its own process."""
    folder = tmp_path_factory.mktemp("room")
    workspace = Workspace.create(folder / "idlib", idlib / "accord.yaml")
    shutil.copytree(idlib / "basemap", workspace.root / "basemap", dirs_exist_ok=True)
    ingest(workspace, [idlib / "reported-events.csv"])
    keys = {party: folder / f"{party}.pem" for party in ("russia", "turkey")}
    for side, file in keys.items():
        new_key(workspace, side, file)
    accounts = AccountFile(workspace.root)
    password = hashed(PASSWORD)
    for name, (role, party) in PEOPLE.items():
        accounts.add(name, role, now=datetime.now(UTC), party=party, password=password)
    accounts.close()
    command = [str(Path(sys.executable).with_name("truceline")), "serve", str(workspace.root)]
    with subprocess.Popen(
        [*command, "--port", "0", "--json"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as server:
        try:
            assert server.stdout is not None
            said = ""
            while not said.rstrip().endswith("}"):
                line = server.stdout.readline()
                assert line, f"the server ended: {said}"
                said += line
            yield Room(json.loads(said)["url"].rstrip("/"), keys)
        finally:
            server.terminate()


@pytest.fixture(scope="module")
def chromium_with_maps() -> Iterator[Browser]:
    """Chromium that draws WebGL without a graphics card."""
    names = ("chromium", "chromium-browser", "google-chrome")
    path = next((found for name in names if (found := shutil.which(name))), None)
    assert path, "no Chromium: scripts/need-chromium installs one"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=path, args=["--no-sandbox", "--use-gl=swiftshader", "--enable-unsafe-swiftshader"]
        )
        yield browser
        browser.close()


class Visits:
    """Opens browsers; `check` fails on whatever they asked elsewhere or complained of."""

    def __init__(self, browser: Browser, room: Room) -> None:
        self.browser = browser
        self.room = room
        self.all: list[Visit] = []

    def open(self, size: str = "desk", language: str = "en", **options: Any) -> Visit:
        """A browser that has never been here, in a language."""
        settings = {"viewport": SIZES[size], "locale": language, "reduced_motion": "reduce"} | options
        context = self.browser.new_context(**settings)
        context.set_default_timeout(PATIENCE_MS)
        visit = Visit(self.room, context, context.new_page())
        context.on("request", lambda request: self._asked(visit, request.url))
        visit.page.on("pageerror", lambda error: visit.complaints.append(str(error)))
        visit.page.on("console", lambda message: self._said(visit, message))
        self.all.append(visit)
        return visit

    def _asked(self, visit: Visit, url: str) -> None:
        if not url.startswith((self.room.url, "data:", "blob:")):
            visit.outside.append(url)

    @staticmethod
    def _said(visit: Visit, message: Any) -> None:
        # The driver of the software renderer speaks of its own speed, and the network of what a test cut off.
        if message.type == "error" and "Failed to load resource" not in message.text:
            visit.complaints.append(message.text)

    def check(self) -> None:
        """Closes all and says what was wrong."""
        for visit in self.all:
            visit.context.close()
        assert [url for visit in self.all for url in visit.outside] == []
        assert [text for visit in self.all for text in visit.complaints] == []


@pytest.fixture
def visits(chromium_with_maps: Browser, room: Room) -> Iterator[Visits]:
    """Browsers of a test; no request may leave the server, no script may fail, no policy be broken."""
    made = Visits(chromium_with_maps, room)
    yield made
    made.check()
