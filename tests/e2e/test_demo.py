"""The worked example as a newcomer runs it: one process, one folder, one page."""

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.slow

TRUCELINE = Path(sys.executable).parent / "truceline"
STATUSES = {
    "not_due", "in_progress", "met", "met_late", "overdue", "unverified", "holding", "breached", "disputed",
}  # fmt: skip


def demo(out: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [TRUCELINE, "demo", "--no-serve", "--out", out, "--json"],
        capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip


@pytest.fixture(scope="module")
def done(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Any]]:
    out = tmp_path_factory.mktemp("demo") / "out"
    process = demo(out)
    assert process.returncode == 0, process.stderr
    return out, json.loads(process.stdout)


def test_every_obligation_has_a_status_a_probability_and_reasons_at_each_date(
    done: tuple[Path, dict[str, Any]],
) -> None:
    _, document = done
    assert list(document["assessments"]) == ["2018-10-10", "2018-10-15", "2018-12-31"]
    for assessment in document["assessments"].values():
        assert len(assessment["obligations"]) == document["accord"]["provisions"]
        for obligation in assessment["obligations"]:
            assert obligation["status"] in STATUSES
            assert 0 <= obligation["probability"] <= 1
            assert obligation["because"], obligation["id"]


def test_the_deadlines_of_the_text_are_the_ends_of_those_days_in_damascus(
    done: tuple[Path, dict[str, Any]],
) -> None:
    due = {o["id"]: o["due"] for o in done[1]["assessments"]["2018-10-10"]["obligations"]}
    assert due["heavy-weapons-leave"] == "2018-10-10T21:00:00Z"
    assert due["zone-established"] == "2018-10-15T21:00:00Z"
    assert due["radical-fighters-leave"] == "2018-10-15T21:00:00Z"
    assert due["route-latakia-aleppo"] == "2018-12-31T22:00:00Z"


def test_what_was_real_stays_apart_from_what_is_synthetic(done: tuple[Path, dict[str, Any]]) -> None:
    out, document = done
    taken = document["ingest"]
    assert taken["added"] == 29 + taken["synthetic_rows"]
    assert taken["added_again"] == 0
    assert taken["quarantined"] == []
    assert (out / "synthetic-monitoring.csv").read_text().count("synthetic-monitors") == taken[
        "synthetic_rows"
    ]


def test_the_zone_is_as_deep_as_promised_and_says_how_exact_it_is(done: tuple[Path, dict[str, Any]]) -> None:
    zone = done[1]["zone"]
    assert 0 < zone["max_error_m"] < 0.2
    assert zone["audit"]["min_depth_m"] > 14_000
    assert zone["audit"]["max_depth_m"] < 20_001


def test_the_draft_finds_most_of_the_confirmed_provisions(done: tuple[Path, dict[str, Any]]) -> None:
    draft = done[1]["draft"]
    found = {pair["confirmed"] for pair in draft["pairs"] if pair["draft"]}
    assert {
        "zone-established", "radical-fighters-leave", "heavy-weapons-leave", "patrols",
        "groups-designated-together", "route-latakia-aleppo", "route-latakia-hama", "no-military-action",
    } <= found  # fmt: skip


def test_a_rival_reading_changes_a_verdict(done: tuple[Path, dict[str, Any]]) -> None:
    readings = done[1]["readings"]
    assert readings["reading"] == "conflicting-parties"
    assert isinstance(readings["changed"], dict)


def test_simulated_patrols_are_told_apart_and_marked_synthetic(done: tuple[Path, dict[str, Any]]) -> None:
    patrols = done[1]["patrols"]
    assert patrols["synthetic"]
    assert patrols["special"] == {
        "honest": "shown", "gaps": "shown_in_part", "copied": "doubtful", "never went": "no_track",
    }  # fmt: skip
    assert all("Synthetic" in p.read_text() for p in (done[0] / "synthetic-tracks").iterdir())


def test_a_week_of_both_guarantors_is_planned_and_what_was_driven_of_it_is_told(
    done: tuple[Path, dict[str, Any]],
) -> None:
    patrols = done[1]["patrols"]
    parties = patrols["planned"]["counts"]["parties"]
    assert set(parties) == {"turkey", "russia"}
    assert patrols["plan"]["coverage"] > 0.95
    whole = patrols["planned"]["counts"]["all"]
    assert whole["shifts"]["planned"] == patrols["plan"]["shifts"] == 28
    assert whole["shifts"]["shown"] == 25, "all but the three of which something is wrong"
    visits = whole["visits"]
    assert visits["made"] > 0.8 * visits["planned"]
    assert visits["late"] > 0
    assert sum(visits[name] for name in visits if name not in ("planned", "made")) == visits["planned"]
    assert patrols["evidence"] == {"rows": 26, "added": 26}, "what the doubtful track claims is no evidence"
    obligation = next(o for o in done[1]["assessments"]["2018-12-31"]["obligations"] if o["id"] == "patrols")
    assert any("26" in reason and "shown by tracks" in reason for reason in obligation["because"])


def test_no_post_and_no_track_is_in_the_report_but_on_the_map_that_says_synthetic(
    done: tuple[Path, dict[str, Any]],
) -> None:
    out, document = done
    kept = out / "workspace" / "patrols"
    assert {path.suffix for path in kept.iterdir()} == {".sealed", ".json"}
    (counts,) = kept.glob("*.json")
    for name in (*document["patrols"]["plan"]["parties"],):
        assert name in counts.read_text()
    assert "jisr-ash-shughur" not in counts.read_text()


def test_both_routes_were_closed_at_the_end_of_2018_by_the_real_reports(
    done: tuple[Path, dict[str, Any]],
) -> None:
    routes = done[1]["routes"]
    assert {route["status"] for route in routes["2018-10-15"]} == {"unverified"}
    assert {route["status"] for route in routes["2018-12-31"]} == {"closed"}
    assert all(route["detour"]["synthetic_roads"] for route in routes["2018-12-31"])
    assert all(route["detour"]["extra_minutes"] > 10.0 for route in routes["2018-12-31"])
    assert all(route["detour"]["extra_minutes"] == 0.0 for route in routes["2018-10-15"])


def test_the_reports_map_draws_the_routes_as_they_stood_at_each_date(
    done: tuple[Path, dict[str, Any]],
) -> None:
    page = (done[0] / "report.html").read_text(encoding="utf-8")
    found = re.search(r'<script[^>]*id="page-data"[^>]*>(.*?)</script>', page, re.DOTALL)
    assert found is not None
    for route in json.loads(found[1])["map"]["routes"]:
        assert route["states"] == ["unverified", "unverified", "closed"]
        assert route["words"][-1] == "Closed"


def test_the_report_is_one_file_that_asks_nothing_of_the_network(done: tuple[Path, dict[str, Any]]) -> None:
    html = (done[0] / "report.html").read_text(encoding="utf-8")
    assert not re.search(r"<(script|link|img|iframe)[^>]+(src|href)\s*=\s*[\"']?(https?:)?//", html)
    assert "url(http" not in html


def test_a_second_demo_replaces_the_first_and_nothing_else(tmp_path: Path) -> None:
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "notes.txt").write_text("keep me")
    process = demo(mine)
    assert process.returncode == 2
    assert json.loads(process.stdout)["code"] == "conflict"
    assert (mine / "notes.txt").read_text() == "keep me"


def test_the_report_shows_the_week_in_counts_and_draws_it_as_synthetic(
    done: tuple[Path, dict[str, Any]],
) -> None:
    html = (done[0] / "report.html").read_text(encoding="utf-8")
    section = html[html.index('<section id="patrols"') :].split("</section>")[0]
    assert "Synthetic" in section or "synthetic" in section
    assert ">28<" in section
    assert "jisr-ash-shughur" not in section
    assert "Patrols (synthetic)" in html, "the map's layer"
