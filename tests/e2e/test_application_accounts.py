"""An account from its making to signing in with a one-time code, in a real Chromium."""

from __future__ import annotations

import time

import pyotp
import pytest
from operations_room import PASSWORD, PATIENCE_MS, Visits
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser
expect.set_options(timeout=PATIENCE_MS)

NAME = "nadia"
FIRST = "typed by the administrator"
STEP_S = 30


def begin_signing_in(page: Page, password: str = PASSWORD) -> None:
    page.locator(".head .primary").click()
    form = page.locator("[role=dialog] form")
    form.locator("input[name=name]").fill(NAME)
    form.locator("input[name=password]").fill(password)
    form.locator("button[type=submit]").click()


def test_an_account_is_made_its_role_changed_and_it_signs_in_with_a_one_time_code(visits: Visits) -> None:
    # The administrator makes an account with a role that is not the first of the list, and changes it.
    office = visits.open("desk", "en")
    page = office.go("/accounts")
    office.sign_in("olga")
    form = page.locator(".accounts form").first
    form.locator("input[name=name]").fill(NAME)
    form.locator("select[name=role]").select_option("liaison")
    form.locator("select[name=party]").select_option("turkey")
    form.locator("input[name=password]").fill(FIRST)
    form.locator("button[type=submit]").click()
    row = page.locator(".accounts tbody tr", has=page.get_by_role("rowheader", name=NAME, exact=True))
    expect(row.locator("td").first).to_contain_text("party liaison")
    expect(form.locator("select[name=role]")).to_have_value("monitor")  # as what the next one would be
    expect(form.locator("select[name=party]")).to_have_count(0)
    row.locator("button", has_text="Change the role").press("Enter")
    row.locator("select[name=role]").select_option("analyst")
    row.locator("button[type=submit]").press("Enter")
    expect(row.locator("td").first).to_have_text("analyst")

    # The person signs in and asks for codes; the QR code's address and the secret are of the same.
    person = visits.open("phone", "en")
    own = person.go("/board")
    begin_signing_in(own, FIRST)
    fresh = own.locator("[role=dialog] input[name=new]")
    expect(fresh).to_be_focused()  # a first password is replaced before anything else
    fresh.fill(FIRST)
    fresh.press("Enter")
    expect(own.locator("[role=dialog]").get_by_role("alert")).to_contain_text("another one than the first")
    fresh.fill(PASSWORD)
    fresh.press("Enter")
    menu = own.locator(".head details.menu").nth(2)
    menu.locator("summary").click()
    expect(menu).to_contain_text("analyst")
    menu.locator("button").first.click()
    dialog = own.locator("[role=dialog]")
    expect(dialog.locator(".own-sessions li")).to_have_count(1)
    expect(dialog.locator(".own-sessions")).to_contain_text("This browser")
    dialog.locator("section:not(.own-sessions) button").click()
    expect(dialog.locator("svg.qr")).to_be_visible()
    codes = pyotp.parse_uri(dialog.locator("a[href^='otpauth:']").get_attribute("href") or "")
    assert isinstance(codes, pyotp.TOTP)
    assert (codes.secret, codes.name) == (dialog.locator("code").inner_text(), NAME)
    wrong = f"{(int(codes.now()) + 500_000) % 1_000_000:06}"
    for code in (wrong, codes.now()):
        dialog.locator("input[name=code]").fill(code)
        dialog.locator("section form button").click()
        if code == wrong:
            expect(dialog.get_by_role("alert")).to_contain_text("This code is not right")

    # All sessions have ended. The page does not load anew under the hand of who signs in again.
    expect(own.locator(".head .primary")).to_be_visible()
    own.evaluate("window.__same = true")
    begin_signing_in(own)
    code_field = dialog.locator("input[name=code]")
    expect(code_field).to_be_focused()
    code_field.fill(wrong)
    code_field.press("Enter")
    expect(dialog.get_by_role("alert")).to_contain_text("This code is not right")
    # The code that confirmed is used up: the one after it is taken already.
    code_field.fill(codes.at(int(time.time()) + STEP_S))
    code_field.press("Enter")
    expect(dialog).to_have_count(0)
    expect(menu.locator("summary")).to_be_visible()
    assert person.api("/session")["user"]["second_factor"] is True
    menu.locator("summary").click()
    menu.locator("button").last.click()
    expect(own.locator(".head .primary")).to_be_visible()
    assert person.api("/session")["user"] is None
    assert own.evaluate("window.__same") is True

    # The administrator sees who signed in, and the code that was wrong.
    page.locator("details", has_text="Who signed in or tried to").locator("summary").click()
    listed = page.locator("details", has_text="Who signed in or tried to").locator("li", has_text=NAME)
    expect(listed.first).to_contain_text("signed in · with a password")
    expect(listed.filter(has_text="wrong one-time code")).to_have_count(1)
