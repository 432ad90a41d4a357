from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Callable
from dataclasses import replace
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from truceline.assess.assessment import Reason
from truceline.products.report.content import EvidenceRow, Report
from truceline.products.report.html import asset, render_html

GOLDEN = Path(__file__).parents[2] / "golden" / "report-valleys.txt"


class Page(HTMLParser):
    """Collects elements with their attributes, and the text within script and style."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.raw: dict[str, list[str]] = {"script": [], "style": []}
        self._open: str | None = None
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag in self.raw:
            self._open = tag
            self.raw[tag].append("")

    def handle_endtag(self, tag: str) -> None:
        if tag == self._open:
            self._open = None

    def handle_data(self, data: str) -> None:
        if self._open:
            self.raw[self._open][-1] += data

    def all(self, tag: str, **wanted: str) -> list[dict[str, str | None]]:
        return [a for t, a in self.elements if t == tag and all(a.get(k) == v for k, v in wanted.items())]


def _text(html: str) -> str:
    body = re.sub(r"<(script|style)\b.*?</\1>", "", html, flags=re.S)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", body))


def test_the_same_content_gives_the_same_bytes(valleys: Report) -> None:
    assert render_html(valleys) == render_html(valleys)


def test_the_page_names_no_outside_address_in_any_attribute(valleys: Report) -> None:
    page = Page(render_html(valleys))
    addresses = [
        value
        for tag, attributes in page.elements
        for name, value in attributes.items()
        if name in {"src", "href", "action", "data", "poster", "srcset"} and value
    ]
    assert addresses
    assert all(value.startswith("#") for value in addresses)
    urls = re.findall(r"url\(([^)]*)\)", page.raw["style"][0])
    assert all(url.startswith(("#", "data:")) or not url for url in urls)


def test_the_policy_forbids_everything_but_the_inlined_script_and_style(valleys: Report) -> None:
    page = Page(render_html(valleys))
    policy = page.all("meta", **{"http-equiv": "Content-Security-Policy"})[0]["content"] or ""
    assert policy.startswith("default-src 'none'")

    def hashed(text: str) -> str:
        return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"

    assert f"script-src {hashed(page.raw['script'][-1])};" in policy
    assert f"style-src {hashed(page.raw['style'][0])};" in policy
    assert "unsafe" not in policy
    assert not [a for _, a in page.elements if "style" in a], "a style attribute would be blocked"
    assert not [a for _, a in page.elements for name in a if name.startswith("on")]


HOSTILE = "</script><script>alert(1)</script><img src=x onerror=alert(1)> \u2028 & \"quoted\" 'text'"


def test_hostile_words_of_a_source_stay_words(valleys: Report, a_row: Callable[..., EvidenceRow]) -> None:
    row = a_row(1, report=HOSTILE, place=HOSTILE, actors=(HOSTILE,), source=HOSTILE, quote=HOSTILE)
    html = render_html(replace(valleys, title=HOSTILE, evidence=(row,)))
    page = Page(html)
    assert len(page.all("script")) == 2
    assert not page.all("img")
    data = json.loads(page.raw["script"][0])
    assert data["rows"][0]["text"] == HOSTILE


def test_every_status_stands_with_its_word_its_figure_and_its_words(valleys: Report) -> None:
    text = _text(render_html(valleys))
    assert "Overdue A zone five kilometres deep 40% About as likely as not that it had not been done" in text
    assert "Breached Cessation (quiet) 97% Very likely that it was breached" in text
    assert "The first reason of quiet." in text


def test_a_deadline_says_how_many_days_are_left_or_past(valleys: Report) -> None:
    text = _text(render_html(valleys))
    assert "Due 10 May 2021 · 2 days left" in text
    assert "Due 10 May 2021 · 10 days after the deadline" in text


def test_what_changed_since_the_date_before_is_said_at_once(valleys: Report) -> None:
    text = _text(render_html(valleys))
    changes = text[text.index("Changed since 8 May 2021") :][:260]
    assert "A zone five kilometres deep: In progress → Overdue" in changes
    assert "Cessation (quiet): Holding → Breached" in changes
    assert "Guns leave the zone" not in changes


def test_the_board_of_each_date_is_in_the_page_without_a_script(valleys: Report) -> None:
    page = Page(render_html(valleys))
    boards = page.all("details")
    assert len([a for a in boards if a.get("data-id") == "zone"]) == len(valleys.snapshots)
    assert [a["value"] for a in page.all("input", type="radio")] == ["2021-05-08", "2021-05-20"]


def test_synthetic_evidence_is_called_so_wherever_it_is_shown(valleys: Report) -> None:
    html = render_html(valleys)
    page = Page(html)
    (row,) = [r for r in valleys.evidence if r.synthetic]
    table_row = html[html.index(f'id="ev-{row.number}"') :]
    table_row = table_row[: table_row.index("</tr>")]
    assert "tag-synthetic" in table_row
    marks = [a for a in page.all("circle") if str(row.number) in (a.get("data-n") or "").split(",")]
    assert len(marks) == 1
    assert "(synthetic)" in (marks[0]["aria-label"] or "")
    (data,) = [r for r in json.loads(page.raw["script"][0])["rows"] if r["n"] == row.number]
    assert data["synthetic"] is True


def test_the_factors_of_a_report_explain_its_weight(valleys: Report) -> None:
    assert "Why it weighs 70%: report true 80% × inside the area 90%" in _text(render_html(valleys))


def test_a_verdict_that_depends_on_the_reading_shows_both(valleys: Report) -> None:
    text = _text(render_html(valleys))
    assert "one side's depth counts here Overdue 80% Likely that it had not been done" in text.replace(
        "&#39;", "'"
    )
    assert "the total width Met 70% Likely that it was done" in text


def test_the_quote_is_marked_within_its_source(valleys: Report) -> None:
    html = render_html(valleys)
    assert "The sides agreed on <mark>a zone five kilometres deep</mark> by 10 May. Talks go on." in html


def test_nobody_having_looked_is_said(valleys: Report) -> None:
    text = _text(render_html(valleys))
    assert "Nobody is recorded as having looked: silence says nothing here." in text
    assert "120 hours of observation · access refused 2 times" in text


def test_rows_left_out_are_counted(valleys: Report) -> None:
    assert "2 further reports are in the workspace and not shown here" in _text(render_html(valleys))


def test_an_approximate_line_says_how_well_it_is_known(valleys: Report) -> None:
    text = _text(render_html(valleys))
    assert "Line of contact : Approximate, known to 0.5 km" in text


@pytest.mark.parametrize(
    "change",
    [
        {"evidence": (), "evidence_total": 0},
        {
            "audits": (),
            "comparison": None,
            "draft_questions": (),
            "questions": (),
            "statements": (),
            "sources": (),
        },
        {"snapshots": (), "provisions": ()},
        {"signed": None, "data_current_to": None},
    ],
    ids=["no evidence", "nothing besides", "no dates", "no signature"],
)
def test_a_report_with_parts_missing_is_still_a_page(valleys: Report, change: dict[str, Any]) -> None:
    html = render_html(replace(valleys, **change))
    assert html.rstrip().endswith("</html>")
    assert "None" not in _text(html)


def test_only_a_served_page_may_send_its_form(valleys: Report) -> None:
    policy = Page(render_html(valleys)).all("meta", **{"http-equiv": "Content-Security-Policy"})[0]
    assert (policy["content"] or "").endswith("form-action 'none'")
    served = Page(render_html(valleys, served=True))
    assert [a.get("name") for a in served.all("input", type="date")] == ["as_of"]


def test_the_page_in_words_is_the_golden_one(valleys: Report, update_golden: bool) -> None:
    html = re.sub(r"<(script|style|svg)\b.*?</\1>", "", render_html(valleys), flags=re.S)
    blocks = re.split(
        r"</?(?:p|li|dt|dd|h\d|td|th|tr|summary|section|div|label|option|legend|title)\b[^>]*>", html
    )
    lines = [" ".join(re.sub(r"<[^>]+>", "", block).split()) for block in blocks]
    words = "\n".join(unescape(line) for line in lines if line) + "\n"
    if update_golden:
        GOLDEN.write_text(words, encoding="utf-8")
    assert words == GOLDEN.read_text(encoding="utf-8"), "renew it with pytest --update-golden, on purpose"


def test_every_radio_and_row_has_its_own_id(valleys: Report) -> None:
    ids = [a["id"] for _, a in Page(render_html(valleys)).elements if "id" in a]
    assert len(ids) == len(set(ids))


def test_the_built_script_and_style_are_part_of_the_package() -> None:
    assert len(asset("report.js")) > 100_000
    assert "color-scheme" in asset("report.css")


def test_the_draft_is_shown_beside_the_confirmed_accord(valleys: Report) -> None:
    text = _text(render_html(valleys))
    assert "The draft found 1 of 2 provisions." in text
    assert "A zone five kilometres deep found, differs due none 2021-05-10" in text
    assert "Cessation (quiet) not found" in text
    assert "Patrols patrols-1 in the draft only" in text
    assert "the text does not say who is bound (zone-1, road-1)" in text


def _resting(valleys: Report, evidence: tuple[str, ...]) -> Report:
    (snapshot, *_) = valleys.snapshots
    obligations = tuple(
        replace(o, evidence=evidence, counter_evidence=(), because=())
        for o in snapshot.assessment.obligations
        if o.id == "guns"
    )
    return replace(
        valleys,
        snapshots=(replace(snapshot, assessment=replace(snapshot.assessment, obligations=obligations)),),
    )


def test_a_verdict_that_rests_on_synthetic_evidence_says_so_on_its_face(valleys: Report) -> None:
    alone = _text(render_html(_resting(valleys, ("obs-9",))))
    assert "Not due Guns leave the zone on synthetic evidence only" in alone
    assert "1 Not due 1 on synthetic evidence only" in alone
    partly = _text(render_html(_resting(valleys, ("obs-9", "obs-1"))))
    assert "Not due Guns leave the zone partly on synthetic evidence" in partly
    assert "on synthetic evidence only" not in partly
    assert "on synthetic evidence" not in _text(render_html(_resting(valleys, ("obs-1",))))


def test_the_reason_shown_first_is_one_that_rests_on_evidence(valleys: Report) -> None:
    (snapshot, *_) = valleys.snapshots
    calendar, seen = Reason("due", {}, "It was due."), Reason("seen", {}, "Guns were seen.", ("obs-1",))
    obligations = tuple(replace(o, because=(calendar, seen)) for o in snapshot.assessment.obligations)
    changed = replace(snapshot, assessment=replace(snapshot.assessment, obligations=obligations))
    page = render_html(replace(valleys, snapshots=(changed,)))
    assert page.count('<span class="ob-reason">Guns were seen.</span>') == len(obligations)


def test_what_an_uncertain_line_does_to_the_depth_is_said_in_words_and_drawn_with_a_key(
    valleys: Report,
) -> None:
    html = render_html(valleys)
    text = _text(html)
    assert "it lies within 0.3 to 0.5 km of the line drawn here, with 95% probability" in text
    assert "83% of the line; between 60% and 97% with 95% probability" in text
    assert "Too shallow somewhere About as likely as not, 50%" in text
    assert "Too deep somewhere Exceptionally unlikely, &lt;1%" in text
    assert "Area, give or take 3 km² (standard error)" in text
    page = Page(html)
    (bounds,) = [a for a in page.all("path") if a.get("class") == "bounds"]
    (pattern,) = page.all("pattern")
    assert bounds["fill"] == f"url(#{pattern['id']})"
    keys = {a.get("class") for a in page.all("span")}
    assert {"key key-profile", "key key-bounds", "key key-promised"} <= keys


def test_of_an_exact_line_the_page_says_nothing_of_a_true_one(valleys: Report) -> None:
    html = render_html(replace(valleys, audits=(replace(valleys.audits[0], true_line=None),)))
    assert "true line runs" not in _text(html)
    assert not [a for a in Page(html).all("path") if a.get("class") == "bounds"]
    assert not [a for a in Page(html).all("ul") if a.get("class") == "depth-key"]
