"""What parties sign in the browser: keys with and without a passphrase, and what the record says of it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives import serialization as forms
from operations_room import PATIENCE_MS, Visit, Visits
from playwright.sync_api import Locator, Page, expect

from truceline.app.cases import Opened, open_case, show_case, take_step
from truceline.app.consent import confirmed_subjects, designations
from truceline.app.corrections import Said
from truceline.app.log import verify
from truceline.evidence.disputes import disputes_of
from truceline.evidence.statements import that_hold
from truceline.store.workspace import Workspace
from truceline.transparency.keys import read_key_file

pytestmark = pytest.mark.browser
expect.set_options(timeout=PATIENCE_MS)


PASSPHRASE = "ember lattice willow 9"


def hold_key(page: Page, key: Path, passphrase: str | None = None) -> None:
    """Chooses a key file, and opens it where it has a passphrase."""
    page.locator("input[type=file]").first.set_input_files(key)
    if passphrase is not None:
        box = page.locator("input[type=password]")
        box.fill("not the passphrase")
        box.press("Enter")
        expect(page.locator(".form-error")).to_be_visible()
        box.fill(passphrase)
        box.press("Enter")
    expect(page.locator("[role=status]", has_text="ready to sign").first).to_be_visible()


def press(button: Locator) -> None:
    """Presses a button or a link by the keyboard: the page may still be moving under the mouse."""
    expect(button).to_be_enabled()
    button.press("Enter")


def position(page: Page, act: str, reason: str) -> None:
    """Takes a signed position on what the page is about, with the key that is held."""
    box = page.locator("details.act").last
    if box.get_attribute("open") is None:
        box.locator("summary").click()
    box.locator(f"input[value={act}]").check()
    box.locator("textarea[name=reason]").fill(reason)
    box.locator("input[type=checkbox]").check()
    box.locator("button[type=submit]").click()
    expect(box.locator("textarea[name=reason]")).to_have_value("")
    expect(box.locator("[role=status]", has_text="Recorded")).to_be_visible()


def test_what_is_signed_in_the_browser_holds_outside_of_it(visits: Visits, tmp_path: Path) -> None:
    keys = dict(visits.room.keys)
    private = read_key_file(keys["turkey"])
    keys["turkey"] = tmp_path / "locked.pem"
    lock = forms.BestAvailableEncryption(PASSPHRASE.encode())
    keys["turkey"].write_bytes(private.private_bytes(forms.Encoding.PEM, forms.PrivateFormat.PKCS8, lock))
    sent: list[str] = []
    folder = Workspace.open(visits.room.keys["russia"].parent / "idlib")

    def liaison(party: str) -> tuple[Visit, Page]:
        visit = visits.open("desk", "en")
        visit.page.on("request", lambda request: sent.append(request.post_data or ""))
        page = visit.go("/designation")
        visit.sign_in(f"{party}-liaison")
        hold_key(page, keys[party], PASSPHRASE if party == "turkey" else None)
        return visit, page

    def stands(group: str) -> dict[str, Any]:
        return next(one for one in designations(folder) if one["group"] == group)

    russia, page = liaison("russia")
    # The accord itself is proposed; Turkey consents below.
    card = page.locator(".cards .card", has_text="The accord")
    press(card.locator("button"))
    expect(card.locator(".st-in_progress")).to_be_visible()
    page.locator("select[name=group]").select_option("hts")
    press(page.locator("form:has(select[name=group]) button"))
    expect(page.locator(".cards .card", has_text=stands_name(russia, "hts"))).to_be_visible()
    # A signed objection to the status of an obligation, with the key that the page still holds; taken back by
    # what is signed again.
    press(page.locator(".nav a[href^='/board']"))
    page.wait_for_url("**/board*")
    russia.settle()
    press(page.locator(".row a[href*='free-movement']").first)
    position(page, "dispute", "the road was open")
    position(page, "undispute", "this is settled")
    # An answer to a finding of a case, and an appeal against it, with the same key.
    case = found_against(folder, "russia")
    press(page.locator(".nav a[href^='/cases']"))
    press(page.locator(f".cards a[href*='{case}']"))
    for act, note in (("answer", "we will repair it"), ("appeal", "it was not ours")):
        box = page.locator(".cards form")
        box.locator("select").first.select_option(act)
        if act == "answer":
            enter_day(box.locator("[role=group]"), date(2026, 12, 24))
        box.locator("textarea[name=note]").fill(note)
        box.locator("input[name=sign]").check()
        press(box.locator("button[type=submit]"))
        step = page.locator(".cards .steps li", has_text=note)
        expect(step).to_contain_text("signed with its key")

    _, page = liaison("turkey")
    card = page.locator(".cards .card", has_text="The accord")
    press(card.locator("button", has_text="Consent"))
    expect(card.locator(".st-met")).to_be_visible()
    card = page.locator(".cards .card", has_text=stands_name(russia, "hts"))
    press(card.locator("button", has_text="Object"))
    expect(card.locator(".st-disputed")).to_be_visible()
    press(card.locator("button", has_text="Consent"))
    expect(card.locator(".st-met")).to_be_visible()
    press(card.locator("button", has_text="Withdraw consent"))
    expect(card.locator(".st-in_progress")).to_be_visible()

    # By the code of the command line, on the record itself.
    assert verify(folder).ok
    assert [step["act"] for step in stands("hts")["steps"]] == ["propose", "object", "consent", "withdraw"]
    _, in_use = confirmed_subjects(folder)
    assert next(one for one in in_use if one.kind == "accord").state == "confirmed"
    with folder.store(read_only=True) as store:
        with store.log() as log:
            origin = log.origin
        held = that_hold(store.statements(), origin)
        dispute = disputes_of(store.corrections(), held)["free-movement"]
    mine = [one for one in dispute.positions if one.holder == "russia"]
    assert [(one.correction.act, one.signed) for one in mine] == [("dispute", True), ("undispute", True)]
    steps = show_case(folder, case, as_of=datetime.now(UTC))
    signed = {step.act: step.seq in steps.signed for step in steps.case.steps}
    assert signed == {"open": False, "inquiry": False, "finding": False, "answer": True, "appeal": True}
    answer = steps.case.last("answer")
    assert answer is not None
    assert str(answer.said["remedy_by"]).startswith("2026-12-24")
    assert not [text for text in sent if "PRIVATE KEY" in text or PASSPHRASE in text]


def found_against(folder: Workspace, party: str) -> str:
    """A case in which a finding waits for a party's answer."""
    said = Said("amina", "so it is")
    case = open_case(folder, Opened("The bridge", "it was blown up", parties=(party,)), said).case.id
    take_step(folder, case, "inquiry", said)
    take_step(folder, case, "finding", said, {"result": "confirmed", "reliability": "B", "credibility": 2})
    return case


def enter_day(field: Locator, day: date) -> None:
    """Types a day as a person does, the day before the month."""
    field.get_by_role("spinbutton").first.click()
    field.page.keyboard.type(f"{day:%d%m%Y}")


def stands_name(visit: Visit, group: str) -> str:
    """A party's name as the accord gives it."""
    parties = visit.api("/workspace")["parties"]
    return str(next(one for one in parties if one["id"] == group)["names"]["en"])
