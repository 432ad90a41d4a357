"""Every view of the application in a real Chromium: it opens, it fits, and axe finds nothing in it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from operations_room import Visits

pytestmark = pytest.mark.browser

AXE = Path(__file__).parents[2] / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
AS_OF = "as_of=2018-12-31"
VIEWS = (
    f"/board?{AS_OF}",
    f"/board?{AS_OF}&sel=heavy-weapons-leave",
    f"/map?{AS_OF}&span=all&table=1&on=unseen",
    f"/timeline?{AS_OF}&with=2018-10-10",
    "/desk",
    "/accord/zone-established",
    "/designation",
    "/cases",
    "/effort",
    f"/explain/route-latakia-hama?{AS_OF}",
    "/log",
    "/drafts",
    "/exports",
    "/exports?what=data&format=gpkg",
    "/accounts",
)


def faults(page: Any) -> list[str]:
    """What axe finds, by rule and place."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("async (rules) => (await axe.run(document, { runOnly: rules })).violations", RULES)
    return [
        f"{one['id']}: {node['target']} {node['failureSummary']}" for one in found for node in one["nodes"]
    ]


@pytest.mark.parametrize(
    ("language", "size", "theme", "views"),
    [("en", "desk", "light", VIEWS), ("ar", "phone", "dark", (VIEWS[1], *VIEWS[4:6], *VIEWS[9:11]))],
)
def test_axe_finds_nothing_in_any_view(
    visits: Visits, language: str, size: str, theme: str, views: tuple[str, ...]
) -> None:
    visit = visits.open(size, language, color_scheme=theme, bypass_csp=True)
    visit.go("/board")
    visit.sign_in("olga")
    found = []
    for path in views:
        page = visit.go(path)
        assert page.locator("html").get_attribute("dir") == ("rtl" if language == "ar" else "ltr")
        wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        assert wide <= 0, f"{path} is {wide} pixels too wide"
        found += [f"{path}: {fault}" for fault in faults(page)]
    assert found == []


@pytest.mark.parametrize(("language", "size", "theme"), [("en", "phone", "light"), ("ar", "desk", "dark")])
def test_axe_finds_nothing_in_what_opens_over_a_view(
    visits: Visits, language: str, size: str, theme: str
) -> None:
    """Signing in, what the two times are, settings, keys, search, the own account, a calendar."""
    visit = visits.open(size, language, color_scheme=theme, bypass_csp=True)
    page = visit.go(f"/board?{AS_OF}")
    found: list[str] = []

    def look(what: str) -> None:
        wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        assert wide <= 0, f"{what} is {wide} pixels too wide"
        found.extend(f"{what}: {fault}" for fault in faults(page))

    page.locator(".head .primary").click()
    page.locator("[role=dialog] form").wait_for()
    look("signing in")
    page.keyboard.press("Escape")
    visit.sign_in("amina")
    menus = page.locator(".head details.menu")
    for number, name in enumerate(("times", "settings", "account")):
        menus.nth(number).locator("summary").click()
        menus.nth(number).locator(".menu-body").wait_for()
        look(name)
        if name == "times":
            menus.nth(number).locator(".segments-open").first.click()
            page.locator(".calendar").wait_for()
            look("calendar")
            page.keyboard.press("Escape")
        if name == "account":
            menus.nth(number).locator("button").first.click()
            page.locator("[role=dialog]").wait_for()
            look("own account")
            page.keyboard.press("Escape")
        menus.nth(number).locator("summary").click()
    page.locator("main h1").first.click()
    page.keyboard.press("?")
    page.locator("[role=dialog]").wait_for()
    look("keys")
    page.keyboard.press("Escape")
    page.keyboard.press("Control+k")
    page.locator("[role=dialog] input").fill("id")
    look("search")
    assert found == []
