"""``case``: a case from the allegation to its end, who must act when, and who may see what."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from truceline.store.workspace import Workspace

Call = Callable[..., tuple[int, Any]]
CSV = """id,kind,date,lon,lat,error_m,actor,source,reliability,credibility
1,shelling,2018-10-20,36.4,35.6,500,Syrian army,radio,B,2
"""
NOTED = ("--author", "A. Analyst", "--note", "some words")


def observed(mission: Path) -> str:
    with Workspace.open(mission).store(read_only=True) as store:
        return str(store.observations()["id"][0].as_py())


def opened(mission: Path, call: Call) -> str:
    code, made = call(
        "case", "open", mission, "--title", "Shelling, 20 October", "--allegation", "They fired first.",
        "--observation", observed(mission), "--obligation", "no-military-action", "--party", "russia",
        "--reporter", "A. Neighbour", "--author", "A. Analyst", "--at", "2018-10-21T10:00:00Z",
    )  # fmt: skip
    assert code == 0
    return str(made["case"])


def step(mission: Path, call: Call, id: str, act: str, day: str, *more: object) -> dict[str, Any]:
    at = ("--at", f"{day}T10:00:00Z")
    command = ("close", mission, id) if act == "close" else ("step", mission, id, act)
    if act == "answer":
        command = ("answer", mission, id)
    code, made = call("case", *command, *NOTED, *at, *more)
    assert code == 0, made
    return dict(made)


CONFIRMED = ("--result", "confirmed", "--rating", "A1")


@pytest.mark.parametrize("kept", ["file", "server"], indirect=True)
def test_a_case_goes_from_the_allegation_to_its_end_and_says_who_must_act(mission: Path, call: Call) -> None:
    id = opened(mission, call)
    with Workspace.open(mission).store(read_only=True) as store:
        assert store.case_reporters()[0].case == id
    told = step(mission, call, id, "inquiry", "2018-10-22")
    # The Idlib accord names who coordinates the monitoring; a day ends in Damascus.
    assert (told["state"], told["next"]["what"]) == ("inquiry", "visit")
    assert told["next"]["due"] == "2018-11-05T22:00:00Z"
    step(mission, call, id, "visit_refused", "2018-10-25")
    step(mission, call, id, "visit", "2018-10-28")
    told = step(mission, call, id, "finding", "2018-10-30", *CONFIRMED)
    assert (told["result"], told["next"]["what"], told["next"]["who"]) == ("confirmed", "answer", ["russia"])
    told = step(
        mission, call, id, "answer", "2018-11-02", "--party", "russia", "--accept",
        "--remedy-by", "2018-11-20",
    )  # fmt: skip
    assert (told["next"]["what"], told["next"]["due"]) == ("remedy", "2018-11-20T22:00:00Z")
    step(mission, call, id, "remedy", "2018-11-15")
    told = step(mission, call, id, "close", "2018-11-16")
    assert (told["state"], told["next"]) == ("closed", None)

    def as_of(day: str) -> tuple[str, str | None, bool | None]:
        (one,) = call("case", "list", mission, "--as-of", day)[1]["cases"]
        due = one["next"] or {}
        return one["state"], due.get("what"), due.get("overdue")

    assert call("case", "list", mission, "--as-of", "2018-10-20")[1]["cases"] == []
    assert as_of("2018-10-21") == ("alleged", "inquiry", False)
    assert as_of("2018-10-29") == ("site_visit", "finding", False)
    assert as_of("2018-10-31") == ("found", "answer", False)
    assert as_of("2018-11-10") == ("answered", "remedy", False)
    assert as_of("2018-11-30") == ("closed", None, None)
    assert call("case", "list", mission, "--overdue")[1]["cases"] == []
    assert call("case", "list", mission, "--known-at", "2018-12-01")[1]["cases"] == []
    assert call("log", "verify", mission)[0] == 0


def test_an_overdue_step_is_said_and_listed(mission: Path, call: Call) -> None:
    id = opened(mission, call)
    (one,) = call("case", "list", mission, "--as-of", "2018-12-31", "--overdue")[1]["cases"]
    assert (one["case"], one["next"]["what"], one["next"]["overdue"]) == (id, "inquiry", True)
    assert one["next"]["due"] == "2018-10-24T21:00:00Z"


def test_what_the_case_does_not_allow_is_refused_and_not_recorded(mission: Path, call: Call) -> None:
    id = opened(mission, call)
    code, said = call("case", "step", mission, id, "remedy", *NOTED)
    assert (code, said["code"], "accepted now: inquiry" in said["detail"]) == (2, "conflict", True)
    for wrong in (
        ("step", mission, id, "inquiry", *NOTED, "--at", "2018-10-20T00:00:00Z"),
        ("step", mission, id, "inquiry", *NOTED, "--at", "2100-01-01"),
        ("step", mission, id, "inquiry", *NOTED, *CONFIRMED),
        ("step", mission, id, "inquiry", "--author", "A", "--note", " "),
        ("step", mission, id, "dance", *NOTED),
        ("step", mission, "case-x", "inquiry", *NOTED),
        ("step", mission, id, "link", *NOTED, "--observation", "obs-x"),
        ("step", mission, id, "link", *NOTED, "--obligation", "nothing"),
        ("answer", mission, id, "--party", "russia", "--accept", *NOTED),
        ("answer", mission, id, "--party", "russia", *NOTED),
    ):
        assert call("case", *wrong)[0] == 2, wrong
    step(mission, call, id, "inquiry", "2018-10-22")
    for rating in ("--rating", "B7"), ("--rating", "G1"), ():
        assert call("case", "step", mission, id, "finding", *NOTED, "--result", "confirmed", *rating)[0] == 2
    with Workspace.open(mission).store(read_only=True) as store:
        assert [one.act for one in store.case_steps()] == ["open", "inquiry"]
    step(mission, call, id, "finding", "2018-10-23", *CONFIRMED)
    assert call("case", "step", mission, id, "appeal", *NOTED)[0] == 2
    stranger = call("case", "answer", mission, id, "--party", "turkey", "--reject", *NOTED)
    assert (stranger[0], "not a party to" in stranger[1]["detail"]) == (2, True)


def test_who_brought_it_is_shown_to_the_office_alone(mission: Path, call: Call) -> None:
    id = opened(mission, call)
    assert "Neighbour" not in json.dumps(call("case", "list", mission)[1])
    pages = {
        edition: json.dumps(call("case", "show", mission, id, "--edition", edition)[1])
        for edition in ("public", "parties", "internal")
    }
    assert ["Neighbour" in pages[one] for one in pages] == [False, False, True]
    assert ["They fired first" in pages[one] for one in pages] == [False, True, True]
    assert ["A. Analyst" in pages[one] for one in pages] == [False, False, True]
    assert call("case", "show", mission, id, "--edition", "press")[0] == 2
    assert "Neighbour" not in json.dumps(call("explain", mission, id)[1])


@pytest.mark.parametrize("kept", ["file", "server"], indirect=True)
def test_a_finding_is_evidence_and_an_appeal_signed_by_the_party_disputes_it(
    mission: Path, call: Call, tmp_path: Path
) -> None:
    def fire() -> dict[str, Any]:
        _, said = call("assess", mission, "--as-of", "2018-12-31")
        return dict(next(one for one in said["obligations"] if one["id"] == "no-military-action"))

    before = fire()
    id = opened(mission, call)
    assert any(f"A case was open about this, without a finding so far: {id}." == r for r in fire()["because"])
    step(mission, call, id, "inquiry", "2018-10-22")
    step(mission, call, id, "finding", "2018-10-30", *CONFIRMED)
    after = fire()
    assert after["p_breached"] > before["p_breached"]
    finding = f"find-{id.removeprefix('case-')}-1"
    assert f"{finding}:1" in after["evidence"]
    for asked in (finding, f"{finding}:1"):
        told = call("explain", mission, asked, "--as-of", "2018-12-31")[1]
        assert (told["type"], told["counts"], told["rating"]) == ("finding", True, "A1")
        assert told["adds"]
    assert call("explain", mission, id, "--as-of", "2018-12-31")[1]["state"] == "found"
    assert call("report", mission, "--as-of", "2018-12-31", "-o", tmp_path / "r.html")[0] == 0
    page = (tmp_path / "r.html").read_text()
    assert "case inquiry" in page
    assert f"<code>{id}</code>: found; the allegation is confirmed; next is the answer, by Russia" in page
    assert "They fired first" not in page
    assert "A. Neighbour" not in page

    call("key", "new", mission, "--party", "russia", "--key-file", tmp_path / "russia")
    signed = ("--party", "russia", "--key-file", tmp_path / "russia")
    step(mission, call, id, "appeal", "2018-11-02", *signed)
    told = fire()
    assert (told["status"], told["p_breached"]) == ("disputed", after["p_breached"])
    (dispute,) = told["details"]["disputes"]
    assert (dispute["target"], dispute["positions"][0]["signed"]) == (finding, True)
    step(mission, call, id, "finding", "2018-11-20", "--result", "not_confirmed", "--rating", "A1")
    told = fire()
    assert told["status"] != "disputed"
    assert told["p_breached"] < before["p_breached"]
    (weight,) = (one for one in told["details"]["contributions"] if one["observation"] == observed(mission))
    assert weight["factors"]["inquiry"] < 0.1
    assert call("log", "verify", mission)[0] == 0
