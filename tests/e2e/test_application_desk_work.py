"""Files that are ordered, a case to its end, and photographs, in a real Chromium."""

from __future__ import annotations

import hashlib
import io
from pathlib import Path

import pytest
from operations_room import PATIENCE_MS, Visits
from PIL import Image
from playwright.sync_api import Locator, Page, expect

pytestmark = pytest.mark.browser
expect.set_options(timeout=PATIENCE_MS)


def press(button: Locator) -> None:
    """Presses by the keyboard: the page may still be moving under the mouse."""
    expect(button).to_be_enabled()
    button.press("Enter")


def fetched(page: Page, link: Locator, path: Path) -> bytes:
    with page.expect_download() as download:
        press(link)
    download.value.save_as(path)
    return path.read_bytes()


def test_a_file_is_ordered_told_and_fetched(visits: Visits, tmp_path: Path) -> None:
    visit = visits.open("phone", "ar", accept_downloads=True)
    page = visit.go("/board")
    visit.sign_in("olga")
    visit.go("/exports?what=data&format=csv&edition=public")
    press(page.locator(".exports form button.primary"))
    card = page.locator(".exports .cards .card").first
    expect(card.locator(".badge.st-met")).to_be_visible()
    content = fetched(page, card.locator("a.button"), tmp_path / "file.csv")
    assert b"#" in content.splitlines()[1]  # HXL's row of tags
    assert hashlib.sha256(content).hexdigest() == visit.api("/exports")["items"][0]["made"]["sha256"]
    press(card.locator(".buttons button"))
    expect(page.locator(".exports .cards .card")).to_have_count(0)


def test_a_case_goes_from_its_opening_to_its_end_with_the_partys_answer(visits: Visits) -> None:
    visit = visits.open("desk", "en")
    page = visit.go("/cases")
    visit.sign_in("amina")
    form = page.locator("details.card form")
    page.locator("details.card summary").press("Enter")
    form.locator("input[name=title]").fill("Shells at the market")
    form.locator("textarea[name=allegation]").fill("somebody fired")
    form.locator("input[value=russia]").check()
    press(form.locator("button[type=submit]"))
    link = page.get_by_role("link", name="Shells at the market")
    expect(link).to_be_visible()

    def step(page: Page, act: str, **more: str) -> None:
        box = page.locator(".cards form")
        box.locator("select").first.select_option(act)
        for name, value in more.items():
            box.locator(f"select[name={name}]").select_option(value)
        box.locator("textarea[name=note]").fill(f"so it is: {act}")
        press(box.locator("button[type=submit]"))
        expect(page.locator(".cards .steps li", has_text=f"so it is: {act}")).to_be_visible()

    press(link)
    step(page, "inquiry")
    step(page, "finding", result="confirmed", reliability="B", credibility="2")
    liaison = visits.open("phone", "en")
    theirs = liaison.go("/cases")
    liaison.sign_in("russia-liaison")
    press(theirs.locator(".cards a[aria-expanded]").first)
    assert theirs.locator(".cards form option").evaluate_all("all => all.map(one => one.value)") == [
        "answer", "appeal",
    ]  # fmt: skip
    step(theirs, "answer")
    visit.go(page.url.removeprefix(visit.room.url))
    step(page, "close")
    expect(page.locator(".cards .badge", has_text="closed")).to_be_visible()


def test_a_photograph_is_added_to_a_report_and_shown(visits: Visits) -> None:
    visit = visits.open("desk", "en")
    page = visit.go("/board")
    visit.sign_in("amina")
    id = visit.api("/observations?limit=1")["items"][0]["id"]
    visit.go(f"/explain/{id}")
    made = io.BytesIO()
    Image.new("RGB", (64, 48), "teal").save(made, "JPEG")
    page.locator("input[type=file]").set_input_files(
        {"name": "p.jpg", "mimeType": "image/jpeg", "buffer": made.getvalue()}
    )
    picture = page.locator(".photographs img")
    expect(picture).to_be_visible()
    page.wait_for_function("document.querySelector('.photographs img').naturalWidth === 64")


AGREEMENT = """\
The Northern Side and the Southern Side signed an agreement in Port Ferro on 3 March 2024.

The two sides shall cease fire along the river from midnight on 5 March 2024.
The Northern Side shall withdraw its tanks 10 km from the river by 20 March 2024.
"""


def test_a_draft_is_confirmed_sentence_by_sentence_and_a_decision_waits_for_the_connection(
    visits: Visits, tmp_path: Path
) -> None:
    visit = visits.open("desk", "en", accept_downloads=True)
    page = visit.go("/board")
    visit.sign_in("layla")
    page.wait_for_function("navigator.serviceWorker.controller !== null")
    visit.go("/drafts")
    page.locator(".drafts form textarea").fill(AGREEMENT)
    press(page.locator(".drafts form button.primary"))
    page.locator(".drafts .cards a").first.press("Enter")
    cards = page.locator(".sentence-drafted article:not(.card-plain)")
    expect(cards.nth(1)).to_be_visible()

    first, second = cards.nth(0), cards.nth(1)
    press(first.locator("> .buttons .primary"))
    expect(first.locator(".badge.st-met")).to_be_visible()
    page.reload()
    visit.settle()
    expect(first.locator(".badge.st-met")).to_be_visible()

    visit.context.set_offline(True)
    press(second.locator("> .buttons .primary"))
    expect(second.locator(".badge.st-in_progress")).to_be_visible()
    visit.context.set_offline(False)
    expect(second.locator(".badge.st-met")).to_be_visible()

    quotes = [card.locator("blockquote").first.inner_text() for card in (first, second)]
    told = " ".join(AGREEMENT.split())
    assert all(" ".join(quote.split()) in told for quote in quotes)
    content = fetched(page, page.locator("a[download='accord.yaml']"), tmp_path / "accord.yaml").decode()
    for quote in quotes:
        assert " ".join(quote.split()) in " ".join(content.split())
