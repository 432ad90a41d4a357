"""Patrols in a report: counts and shares in every language, and nothing that could tell where they were."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import replace
from typing import Any

import pytest

from truceline.core.messages import LANGUAGES
from truceline.products.report.content import Report
from truceline.products.report.html import render_html
from truceline.products.report.patrols import patrol_content

COUNTS: dict[str, Any] = {
    "shifts": {"planned": 14, "shown": 11, "shown_in_part": 1, "doubtful": 1, "no_track": 1},
    "visits": {
        "planned": 55, "made": 43, "on_time": 38, "late": 4, "early": 1, "short": 2, "unclear": 3,
        "not_made": 1, "doubtful": 4, "no_track": 2,
    },
    "late_min": {"median": 17.0, "most": 41.2},
    "check_ins": {"planned": 69, "kept": 61, "not_kept": 3, "unclear": 5},
    "with_the_other": {"planned": 9, "kept": 8, "not_kept": 1, "unclear": 0},
}  # fmt: skip
FINDING: dict[str, Any] = {
    "id": "verified-0f3c9a11b2d4",
    "kept_at": "2018-10-30T12:00:00Z",
    "from": "2018-10-22",
    "sight_m": 1500.0,
    "zone_seen": {"all": 0.041, "upper": 0.03},
    "line_seen": {"all": 0.2},
    "planned": {
        "days": 7, "synthetic": True, "all": COUNTS, "parties": {"upper": COUNTS},
        "unplanned_tracks": 0, "intervals_kept": {"planned": 0.99, "driven": 0.9},
    },
}  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_was_planned_and_what_tracks_prove_stands_in_a_table(valleys: Report, language: str) -> None:
    html = render_html(replace(valleys, language=language, patrols=patrol_content([FINDING])))
    section = html[html.index('<section id="patrols"') : html.index("</section>", html.index('id="patrols"'))]
    rows = [row for row in section.split("<tr>") if "<td>" in row]
    assert len(rows) == 19
    plain = section.translate(str.maketrans("٠١٢٣٤٥٦٧٨٩٫٪", "0123456789.%"))
    for figure in ("14", "55", "43", "38", "17", "61", "69"):
        assert figure in plain
    assert "tag-synthetic" in section


def test_a_report_without_findings_has_no_section(valleys: Report) -> None:
    assert 'id="patrols"' not in render_html(valleys)
    assert patrol_content([{**FINDING, "planned": None}]) == ()


def test_nothing_that_stands_in_a_finding_besides_the_counts_reaches_the_page(valleys: Report) -> None:
    planted = deepcopy(FINDING)
    planted["post"] = planted["planned"]["post"] = planted["planned"]["all"]["post"] = "secret-post"
    planted["planned"]["parties"]["upper"]["lon"] = 36.512345
    planted["planned"]["all"]["visits"]["secret-post"] = 36.512345
    planted["zone_seen"]["secret-post"] = 0.512345
    html = render_html(replace(valleys, patrols=patrol_content([planted])))
    assert "secret-post" not in html
    assert "512345" not in html
