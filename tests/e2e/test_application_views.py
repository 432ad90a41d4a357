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
    f"/map?{AS_OF}&span=all&table=1",
    f"/timeline?{AS_OF}&with=2018-10-10",
    "/desk",
    "/accord/zone-established",
    "/designation",
    "/cases",
    "/effort",
    f"/explain/route-latakia-hama?{AS_OF}",
    "/log",
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
