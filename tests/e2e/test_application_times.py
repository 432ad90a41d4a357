"""What was at which time: the timeline played, two dates compared, and what changed since one last looked."""

from __future__ import annotations

import re
from datetime import date, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from operations_room import PATIENCE_MS, Visit, Visits
from playwright.sync_api import Page, expect

from truceline.app.corrections import Said, correct
from truceline.store.workspace import Workspace

pytestmark = pytest.mark.browser
expect.set_options(timeout=PATIENCE_MS)


def as_of(page: Page) -> date:
    return date.fromisoformat(parse_qs(urlsplit(page.url).query)["as_of"][0])


def statuses(visit: Visit, when: str) -> dict[str, tuple[str, float]]:
    obligations = visit.api(f"/assessment?as_of={when}")["obligations"]
    return {one["id"]: (one["status"], one["probability"]) for one in obligations}


def shown(visit: Visit, page: Page) -> dict[str, list[str]]:
    """The statuses of the two dates that the page compares, by obligation."""
    rows = page.locator("table.compare tbody tr").evaluate_all(
        "all => all.map(row => [row.querySelector('a').pathname.split('/').pop(),"
        " ...[...row.querySelectorAll('.badge')].map(one => one.className)])"
    )
    return {
        str(id): [re.findall(r"\bst-(\w+)", one)[0] for one in (before, after)] for id, before, after in rows
    }


def test_the_timeline_is_played_and_two_dates_are_compared(visits: Visits) -> None:
    visit = visits.open("desk", "en")
    visit.go("/board")
    visit.sign_in("amina")
    page = visit.go("/timeline?as_of=2018-10-01&with=2018-10-10&pace=30")

    # The strip that is lit is the one that held on that day: the last that is not after it.
    def lit() -> str:
        return page.locator(".strip-day [aria-current=date]").inner_text()

    first = lit()
    play = page.locator(".timeline button.primary")
    play.press("Enter")
    expect(page).to_have_url(re.compile("as_of=2018-12-30"))  # three steps of thirty days
    expect(play).to_have_attribute("aria-pressed", "true")
    play.press("Enter")
    stopped = as_of(page)
    assert (stopped - date(2018, 10, 1)).days % 30 == 0
    expect(page.locator(".strip-day [aria-current=date]")).not_to_have_text(first)
    days = page.locator(".strip-day button").all_inner_texts()
    assert days.index(lit()) > days.index(first)

    # What the table says is what the server says of the two days; nothing of it is left out.
    expect(page.locator("section[aria-busy=true]")).to_have_count(0)
    one, other = statuses(visit, "2018-10-10"), statuses(visit, stopped.isoformat())
    differing = {
        id: [one[id][0], other[id][0]]
        for id in one
        if one[id][0] != other[id][0] or abs(one[id][1] - other[id][1]) >= 0.05
    }
    assert len(differing) > 3
    assert shown(visit, page) == differing

    # Paused, it stays; at the end of the record it stops by itself, with the last day.
    visit.go(f"/timeline?as_of={stopped}&pace=1")
    page.wait_for_timeout(1500)
    assert as_of(page) == stopped
    last = date.fromisoformat(max(one["occurred_from"] for one in everything(visit))[:10]) + timedelta(days=7)
    visit.go(f"/timeline?as_of={last - timedelta(days=2)}&pace=30")
    play.press("Enter")
    expect(page).to_have_url(re.compile(f"as_of={last}"))
    expect(play).to_have_attribute("aria-pressed", "false")


def everything(visit: Visit) -> list[dict[str, str]]:
    items: list[dict[str, str]] = visit.api("/observations?limit=5000")["items"]
    return items


def test_the_board_says_what_changed_since_one_last_looked(visits: Visits) -> None:
    visit = visits.open("phone", "en")
    page = visit.go("/board")
    visit.sign_in("amina")
    expect(page.locator(".changes-none")).to_contain_text("Nothing has changed since you last looked")
    before = {one["id"]: one for one in visit.api("/assessment")["obligations"]}
    folder = Workspace.open(visit.room.keys["russia"].parent / "idlib")
    report = before["radical-fighters-leave"]["evidence"][0]
    page.goto("about:blank")  # nobody looks
    correct(folder, "retract", [report], Said("amina", "the wrong group was named"))
    try:
        visit.go("/board")
        after = {one["id"]: one for one in visit.api("/assessment")["obligations"]}
        changed = {id for id in before if before[id]["status"] != after[id]["status"]}
        assert "zone-established" in changed
        told = page.locator(".changes li")
        expect(told).to_have_count(len(changed))
        for id in changed:
            line = page.locator(".changes li", has=page.locator(f"a[href*='/explain/{id}']"))
            marks = line.locator(".badge").evaluate_all("all => all.map(one => one.className)")
            expected = [before[id]["status"], after[id]["status"]]
            assert [re.findall(r"\bst-(\w+)", one)[0] for one in marks] == expected
        page.locator(".changes-head button").first.press("Enter")
        expect(page.locator(".rows .row")).to_have_count(len(changed))
        page.reload()  # it is said until it was seen, and the address keeps what is filtered
        visit.settle()
        expect(page.locator(".rows .row")).to_have_count(len(changed))
        page.locator(".changes-head button").last.press("Enter")
        expect(page.locator(".changes-none")).to_be_visible()
        expect(page.locator(".rows .row")).to_have_count(len(before))
    finally:
        correct(folder, "reinstate", [report], Said("amina", "the right group after all"))
