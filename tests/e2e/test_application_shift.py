"""A shift's work in the application, in English and Arabic, at desk and phone width, on the example."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

import pytest
from operations_room import PATIENCE_MS, Visit, Visits
from playwright.sync_api import Locator, Page, expect

pytestmark = pytest.mark.browser
expect.set_options(timeout=PATIENCE_MS)

TOWN = {"en": "Idlib", "ar": "إدلب"}

PAIRS = [("en", "desk"), ("en", "phone"), ("ar", "desk"), ("ar", "phone")]
every_pair = pytest.mark.parametrize(("language", "size"), PAIRS)

# What each shift has to itself, since they all work in one room: the obligation that a party objects to, and
# the group that both put on the list.
OWN = {
    ("en", "desk"): ("route-latakia-hama", "huras_al_din"),
    ("en", "phone"): ("route-latakia-aleppo", "ansar_al_din_front"),
    ("ar", "desk"): ("radical-fighters-leave", "nour_al_din_al_zenki"),
    ("ar", "phone"): ("patrols", "jaysh_al_izza"),
}


def record(page: Page, words: str, language: str) -> None:
    """Records an incident by the form, as whoever is signed in."""
    form = page.locator(".desk-form form")
    form.locator("[name=kind]").select_option("shelling")
    enter_day(form.locator("[data-field=day]"), datetime.now(UTC).date())
    form.locator("[name=report]").fill(words)
    form.locator("[name=place]").fill(TOWN[language])
    form.locator("button[type=submit]").click()


def enter_day(field: Locator, day: date) -> None:
    """Types a day as a person does: in each language of the application the day stands before the month."""
    field.get_by_role("spinbutton").first.click()
    field.page.keyboard.type(f"{day:%d%m%Y}")
    expect(field.locator("input[type=hidden]").first).to_have_value(day.isoformat())


def object_to_it(page: Page, reason: str) -> None:
    """Objects, with a reason, on the page of what it is about."""
    box = page.locator("details.act").last
    box.locator("summary").click()
    box.locator("input[value=dispute]").check()
    box.locator("textarea[name=reason]").fill(reason)
    box.locator("button[type=submit]").click()
    expect(box.locator("[role=status]")).to_be_visible()


def count(visit: Visit) -> int:
    return int(visit.api("/observations?limit=1&standing=false")["total"])


def menu(page: Page, at: int) -> Locator:
    """A menu of the head: 0 the two times, 1 settings, 2 the account."""
    return page.locator(".head details.menu").nth(at)


@every_pair
def test_a_shift_from_signing_in_to_signing_out(visits: Visits, language: str, size: str) -> None:
    duty = visits.open(size, language)
    page = duty.go("/board")
    duty.sign_in("amina")
    expect(page.locator(".row")).to_have_count(14)

    # Record; the town's place comes with its name in the reader's own script.
    words = f"shells fell near the market ({language}, {size})"
    duty.go("/desk")
    before = count(duty)
    record(page, words, language)
    told = page.locator(".told a")
    expect(told).to_be_visible()
    assert count(duty) == before + 1

    # Corroborate: another source's report of the same begins with what is known.
    told.click()
    duty.settle()
    expect(page.locator(".quote blockquote")).to_have_text(words)
    page.locator(".acts a.button").click()
    form = page.locator(".desk-form form")
    expect(form.locator("[name=kind]")).to_have_value("shelling")
    expect(form.locator("[name=lon]")).not_to_have_value("")
    expect(page.locator(".similar li").first).to_be_visible()
    form.locator("[name=report]").fill(f"{words}, says another source")
    form.locator("[name=source]").fill("field hospital")
    form.locator("button[type=submit]").click()
    expect(page.locator(".told a")).to_be_visible()
    page.locator(".told a").click()
    duty.settle()
    other = page.url.partition("/explain/")[2].partition("?")[0]

    # Explain: from the report to an obligation that it adds to, and from there to the quote in the text.
    expect(page.locator("main")).to_contain_text(other)
    duty.go("/explain/heavy-weapons-leave?as_of=2018-12-31")
    expect(page.locator(".reasons li").first).to_be_visible()
    page.locator(".quote figcaption a").first.click()
    duty.settle()
    expect(page.locator("mark.lit").first).to_be_visible()

    # A party objects; whoever has the board open is alerted.
    duty.go("/board")
    liaison = visits.open(size, language)
    liaison.go(f"/explain/{OWN[language, size][0]}")
    liaison.sign_in("russia-liaison")
    object_to_it(liaison.page, f"we see this otherwise ({language})")
    alert = page.locator(".alert")
    expect(alert).to_be_visible()
    expect(alert.locator(".st-disputed")).to_be_visible()
    liaison.context.close()

    # The log holds all of it, by the browser's own reckoning.
    duty.go(f"/log/{other}")
    page.locator(".card button.primary").click()
    expect(page.locator(".outcome.st-met").first).to_be_visible()
    page.locator(".card form button").click()
    expect(page.locator(".outcome.st-met")).to_have_count(2)

    # A file for somebody outside.
    duty.go("/exports?what=data&format=csv&edition=public")
    page.locator(".exports form button.primary").press("Enter")
    expect(page.locator(".exports .cards .card").first.locator(".badge.st-met")).to_be_visible()

    menu(page, 2).locator("summary").click()
    menu(page, 2).locator("button").last.click()
    expect(page.locator(".head .primary")).to_be_visible()
    assert duty.api("/session")["user"] is None


@every_pair
def test_two_liaisons_put_a_group_on_the_list_with_keys_that_stay_in_their_browsers(
    visits: Visits, language: str, size: str
) -> None:
    sent: list[str] = []
    group = OWN[language, size][1]
    for name in ("russia-liaison", "turkey-liaison"):
        liaison = visits.open(size, language)
        liaison.page.on("request", lambda request: sent.append(request.post_data or ""))
        page = liaison.go("/designation")
        liaison.sign_in(name)
        shown = next(one for one in liaison.api("/workspace")["parties"] if one["id"] == group)
        page.locator("input[type=file]").set_input_files(liaison.room.keys[name.partition("-")[0]])
        expect(page.locator(".card [role=status]").first).to_be_visible()
        card = page.locator(".cards .card", has_text=shown["names"][language])
        if name == "russia-liaison":
            page.locator("select[name=group]").select_option(group)
            page.locator("form:has(select[name=group]) button").click()
            expect(card.locator(".st-in_progress")).to_be_visible()
        else:
            card.locator(".buttons button").first.click()
            expect(card.locator(".st-met")).to_be_visible()
    assert sent
    assert not [text for text in sent if "PRIVATE KEY" in text]


@every_pair
def test_without_a_connection_it_is_readable_and_what_is_recorded_arrives_once(
    visits: Visits, language: str, size: str
) -> None:
    duty = visits.open(size, language)
    page = duty.go("/board")
    duty.sign_in("amina")
    page.wait_for_function("navigator.serviceWorker.controller !== null")
    duty.go("/board")
    duty.go("/desk")
    before = count(duty)

    duty.context.set_offline(True)
    page.reload()
    duty.settle()
    expect(page.locator(".head .pill-warn").first).to_be_visible()
    record(page, f"heard from afar, offline ({language})", language)
    expect(page.locator(".told")).to_be_visible()
    expect(page.locator(".head .pill", has_not_text=re.compile("offline|اتصال"))).to_be_visible()
    page.locator(".nav a").first.click()
    expect(page.locator(".row")).to_have_count(14)

    duty.context.set_offline(False)
    expect(page.locator(".head .pill")).to_have_count(0)
    assert count(duty) == before + 1
    page.reload()
    duty.settle()
    assert count(duty) == before + 1
