"""The report of the Idlib example in a real Chromium: offline, linked, operable by keyboard, accessible."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from operations_room import PATIENCE_MS
from playwright.sync_api import Browser, Locator, Page, expect, sync_playwright

from truceline.app.ingest import ingest
from truceline.app.report import ReportRequest, write_report
from truceline.app.synthetic import Post, Setting, generate, write_csv
from truceline.store.workspace import Workspace

pytestmark = pytest.mark.browser
expect.set_options(timeout=PATIENCE_MS)

DATES = ("2018-10-10", "2018-10-15", "2018-12-31")
AXE = Path(__file__).parents[2] / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.fixture(scope="module")
def report_file(tmp_path_factory: pytest.TempPathFactory, idlib: Path) -> Path:
    folder = tmp_path_factory.mktemp("report")
    workspace = Workspace.create(folder / "idlib", idlib / "accord.yaml")
    setting = Setting(
        sides=("opposition", "syrian_government"),
        posts=(Post("Murak", 36.69, 35.38), Post("Az-Zarbah", 36.98, 36.07)),
        signed=date(2018, 9, 17),
        deadline=date(2018, 10, 10),
        until=date(2018, 12, 31),
    )
    write_csv(generate(setting, seed=7), folder / "synthetic.csv")
    ingest(workspace, [idlib / "reported-events.csv", folder / "synthetic.csv"])
    request = ReportRequest(as_of=DATES, basemap=idlib / "basemap")
    write_report(workspace.root, folder / "report.html", request)
    return folder / "report.html"


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    names = ("chromium", "chromium-browser", "google-chrome")
    path = next((found for name in names if (found := shutil.which(name))), None)
    assert path, "no Chromium: scripts/need-chromium installs one"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        yield browser
        browser.close()


Open = Callable[..., Page]


@pytest.fixture
def open_report(chromium: Browser, report_file: Path) -> Iterator[Open]:
    """Opens the report; whatever it requests and whatever it complains of fails the test in the end.

    Nothing moves by itself, unless a test asks for it: a page that still scrolls is hit elsewhere.
    """
    contexts = []
    requests: list[str] = []
    complaints: list[str] = []

    def opened(hash: str = "", *, width: int = 1440, height: int = 900, **options: Any) -> Page:
        settings = {"viewport": {"width": width, "height": height}, "reduced_motion": "reduce"} | options
        context = chromium.new_context(**settings)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(PATIENCE_MS)
        page.on("request", lambda request: requests.append(request.url))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda message: complaints.append(message.text))
        page.goto(report_file.as_uri() + hash)
        page.wait_for_load_state("load")
        return page

    yield opened
    for context in contexts:
        context.close()
    outside = [url for url in requests if not url.startswith((report_file.as_uri(), "data:"))]
    assert outside == []
    assert complaints == []


def statuses(page: Page) -> dict[str, str]:
    """What the board says now, by provision."""
    found: dict[str, str] = page.locator("details.obligation:visible").evaluate_all(
        "all => Object.fromEntries(all.map(one => "
        "[one.dataset.id, one.querySelector('.ob-head .badge').innerText]))"
    )
    return found


def choose(page: Page, index: int) -> None:
    page.locator(f"#at-{index}").check()


def chosen(page: Page) -> Locator:
    return page.locator("input[name=at]:checked")


def in_the_address(page: Page, text: str) -> None:
    expect(page).to_have_url(re.compile(re.escape(text)))


def obligation(page: Page, id: str) -> Locator:
    return page.locator(f"details.obligation[data-id={id}]:visible")


def test_another_date_changes_the_statuses_the_summary_and_the_address(open_report: Open) -> None:
    page = open_report()
    last = statuses(page)
    assert len(last) >= 10
    choose(page, 0)
    first = statuses(page)
    assert first.keys() == last.keys()
    assert first != last
    assert first["route-latakia-hama"] == "Not due"
    expect(page.locator(".summary .at:visible")).to_contain_text("10 October 2018")
    in_the_address(page, "at=2018-10-10")


def test_the_address_alone_restores_the_view(open_report: Open) -> None:
    page = open_report("#at=2018-10-15&open=radical-fighters-leave&sel=3&kind=political&off=towns")
    expect(chosen(page)).to_have_value("2018-10-15")
    expect(obligation(page, "radical-fighters-leave")).to_have_attribute("open", "")
    assert page.locator("tr#ev-3").get_attribute("class") == page.locator("tr.selected").get_attribute(
        "class"
    )
    assert page.locator("select[name=kind]").input_value() == "political"
    assert not page.locator("input[data-layer=towns]").is_checked()
    assert page.locator(".town").count() == 0


def test_an_address_that_makes_no_sense_still_opens(open_report: Open) -> None:
    page = open_report("#at=1812-06-24&sel=x,-4,1e9&map=900,0,99&open=nothing&kind=nothing")
    expect(chosen(page)).to_have_value(DATES[-1])
    assert len(statuses(page)) >= 10


def test_reasons_unfold_with_the_keyboard_down_to_the_quote(open_report: Open) -> None:
    page = open_report()
    summary = obligation(page, "heavy-weapons-leave").locator("summary").first
    summary.focus()
    page.keyboard.press("Enter")
    body = obligation(page, "heavy-weapons-leave").locator(".ob-body")
    expect(body).to_be_visible()
    assert body.locator("ol li").count() >= 1
    expect(body.locator("blockquote mark").first).to_be_visible()
    in_the_address(page, "open=heavy-weapons-leave")
    page.keyboard.press("[")
    expect(chosen(page)).to_have_value(DATES[1])
    expect(obligation(page, "heavy-weapons-leave").locator(".ob-body")).to_be_visible()  # across dates


def test_the_map_draws_the_zone_the_line_and_its_uncertainty(open_report: Open) -> None:
    page = open_report()
    for drawn in ("zone-outer", "zone-inner", "line-band", "contact", "route", "district", "land"):
        assert page.locator(f"#map-canvas path.{drawn}").count() >= 1, drawn
    assert page.locator(".leaflet-control-scale-line").inner_text().endswith("km")
    assert page.locator(".town >> text=Idlib").count() >= 1
    assert page.locator(".town bdi[lang=ar]").first.inner_text()
    assert "Approximate, known to 6.8 to 17 km" in page.locator(".map-legend").inner_text()


def test_reports_are_drawn_as_areas_as_wide_as_their_error(open_report: Open) -> None:
    page = open_report()
    widths: dict[float, float] = {}
    data = page.evaluate("JSON.parse(document.getElementById('page-data').textContent)")
    for row in data["rows"]:
        if row["at"] and not row["later"] and not row["synthetic"] and row["at"][2] in (12000, 60000):
            page.evaluate(f"location.hash = 'at={DATES[-1]}&sel={row['n']}'")
            expect(page.locator(f"tr#ev-{row['n']}.selected")).to_be_attached()  # no longer the one before
            box = page.locator("path.event.selected").last.bounding_box()
            assert box is not None
            widths[row["at"][2]] = box["width"]
    assert widths[60000] / widths[12000] == pytest.approx(5.0, rel=0.05)


def test_the_map_shows_only_what_counts_at_the_chosen_date(open_report: Open) -> None:
    page = open_report()
    last = page.locator("path.event").count()
    choose(page, 0)
    in_the_address(page, f"at={DATES[0]}")
    first = page.locator("path.event").count()
    assert 0 < first < last


def test_layers_switch_off_and_synthetic_reports_only_come_when_asked_for(open_report: Open) -> None:
    page = open_report()
    assert page.locator("path.event.synthetic").count() == 0
    page.locator("input[data-layer=synthetic]").check()
    expect(page.locator("path.event.synthetic").first).to_be_attached()
    page.locator("input[data-layer=military]").uncheck()
    expect(page.locator("path.event.fam-military")).to_have_count(0)
    in_the_address(page, "off=military")
    in_the_address(page, "on=synthetic")


def test_map_timeline_and_table_share_one_selection(open_report: Open) -> None:
    page = open_report()
    mark = page.locator("#timeline-marks .mark.fam-any_military_action").first
    numbers = (mark.get_attribute("data-n") or "").split(",")
    mark.click(force=True)
    expect(mark).to_have_attribute("aria-selected", "true")
    expect(page.locator(f"tr#ev-{numbers[0]}.selected")).to_have_count(1)
    expect(page.locator("path.event.selected").first).to_be_attached()
    expect(page.locator("#map-card")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("tr.selected")).to_have_count(0)
    expect(page.locator("#map-card")).to_be_hidden()


def test_the_timeline_is_one_tab_stop_and_arrows_step_through_it(open_report: Open) -> None:
    page = open_report()
    marks = page.locator("#timeline-marks .mark")
    assert page.locator("#timeline-marks .mark[tabindex='0']").count() == 1
    page.locator("#timeline-marks .mark[tabindex='0']").focus()
    seen = set()
    for key in ("ArrowRight", "ArrowRight", "ArrowDown", "End", "Home"):
        page.keyboard.press(key)
        seen.add(page.evaluate("document.activeElement.getAttribute('aria-label')"))
    assert len(seen) >= 3
    assert all(seen)
    assert page.locator("#timeline-marks .mark[aria-selected='true']").count() >= 1
    assert marks.count() > 20


def test_brackets_change_the_date_from_the_keyboard(open_report: Open) -> None:
    page = open_report()
    page.keyboard.press("[")
    expect(chosen(page)).to_have_value(DATES[1])
    page.keyboard.press("]")
    page.keyboard.press("]")
    expect(chosen(page)).to_have_value(DATES[2])


def test_the_table_filters_and_says_how_many_rows_are_left(open_report: Open) -> None:
    page = open_report()
    rows = page.locator("table.evidence tbody tr:visible")
    everything = rows.count()
    assert everything > 29
    page.locator("input[name=real]").check()
    expect(rows).to_have_count(29)
    page.locator("input[name=q]").fill("rejects the agreement")
    expect(rows).to_have_count(2)
    expect(page.locator("#shown-count")).to_have_text(re.compile(r"^2 of "))
    page.locator("input[name=q]").fill("nothing of the kind")
    expect(page.locator("#no-rows")).to_be_visible()
    page.locator("form#filters button[type=reset]").click()
    expect(rows).to_have_count(everything)


def test_a_number_in_a_reason_leads_to_its_row(open_report: Open) -> None:
    page = open_report("#open=no-military-action", reduced_motion="no-preference")
    link = obligation(page, "no-military-action").locator("li.evidence-item a.evidence-link").first
    number = link.get_attribute("data-n")
    link.press("Enter")  # a click waits for a page that is still
    expect(page.locator(f"#ev-{number}")).to_be_focused()


@pytest.mark.parametrize("width", [360, 768])
def test_a_narrow_screen_never_scrolls_sideways(open_report: Open, width: int) -> None:
    page = open_report(width=width, height=800)
    page.evaluate("document.querySelectorAll('details').forEach(item => { item.open = true; })")
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_without_a_script_the_date_switch_the_reasons_and_the_tables_work(open_report: Open) -> None:
    page = open_report(java_script_enabled=False)
    choose(page, 0)
    first = statuses(page)
    choose(page, 2)
    assert statuses(page) != first
    assert page.locator("table.evidence tbody tr:visible").count() > 29
    obligation(page, "heavy-weapons-leave").locator("summary").first.click()
    expect(obligation(page, "heavy-weapons-leave").locator(".ob-body")).to_be_visible()
    expect(page.locator("noscript p").first).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1440, 360])
def test_axe_finds_no_violation(open_report: Open, scheme: str, width: int) -> None:
    view = "#at=2018-10-15&open=heavy-weapons-leave,no-military-action&sel=8&on=synthetic"
    page = open_report(view, width=width, color_scheme=scheme, bypass_csp=True)
    # The rows are alike: forty of each table say as much as all, in a fraction of the time.
    page.evaluate("document.querySelectorAll('tbody tr:nth-child(n+40)').forEach(row => row.remove())")
    page.evaluate(AXE.read_text(encoding="utf-8"))
    result = page.evaluate("rules => axe.run(document, {runOnly: rules})", RULES)
    found = [(v["id"], v["nodes"][0]["html"][:200]) for v in result["violations"]]
    assert found == []
    assert len(result["passes"]) > 20


@pytest.mark.parametrize("width", [1400, 390])
def test_the_depth_of_an_uncertain_line_is_drawn_as_a_hatched_band_with_its_key(
    open_report: Open, width: int
) -> None:
    page = open_report(width=width)
    chart, band = page.locator("svg.depth").first, page.locator("svg.depth path.bounds").first
    pattern = (band.get_attribute("fill") or "").removeprefix("url(#").removesuffix(")")
    assert (
        chart.locator(f"pattern[id='{pattern}'] line").evaluate("e => getComputedStyle(e).stroke") != "none"
    )
    frame, drawn = chart.bounding_box(), band.bounding_box()
    assert frame is not None
    assert drawn is not None
    assert frame["y"] < drawn["y"] < drawn["y"] + drawn["height"] < frame["y"] + frame["height"]
    assert page.locator(".depth-key li").count() == 3
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    for term in page.locator("#zones dd").all():
        box = term.bounding_box()
        assert box is not None
        assert box["x"] + box["width"] <= width


def test_the_dark_scheme_is_dark(open_report: Open) -> None:
    page = open_report(color_scheme="dark")
    colour = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert max(int(part) for part in re.findall(r"\d+", colour)[:3]) < 60


def test_nothing_moves_for_those_who_asked_for_less_motion(open_report: Open) -> None:
    page = open_report(reduced_motion="reduce")
    assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto"
    assert page.locator(".leaflet-zoom-anim").count() == 0


def test_on_paper_everything_is_unfolded_and_the_legend_stays(open_report: Open) -> None:
    page = open_report()
    page.emulate_media(media="print")
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    body = obligation(page, "heavy-weapons-leave").locator(".ob-body")
    expect(body).to_be_visible()
    expect(page.locator(".map-legend")).to_be_visible()
    expect(page.locator(".bar")).to_be_hidden()
    expect(page.locator("#board .print-only:visible")).to_contain_text("31 December 2018")
    assert len(page.pdf(format="A4")) > 50_000
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    page.emulate_media(media="screen")
    expect(body).to_be_hidden()
