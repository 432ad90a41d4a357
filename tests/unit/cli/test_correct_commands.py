"""``correct``: what it records, what an assessment and an explanation make of it, and what it refuses."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from truceline.store.workspace import Workspace

Call = Callable[..., tuple[int, Any]]
WHO = ("--author", "A. Analyst", "--reason", "a reason")
CSV = """id,kind,date,lon,lat,error_m,actor,source,reliability,credibility,fatalities
1,shelling,2018-10-20,36.4,35.6,500,Syrian army,radio,B,2,3
2,shelling,2018-10-21,36.4,35.6,500,Syrian army,paper,B,2,1
"""


def held(mission: Path) -> list[str]:
    with Workspace.open(mission).store(read_only=True) as store:
        found: list[str] = store.observations()["id"].to_pylist()
    return found


def explained(call: Call, mission: Path, id: str, *more: object) -> dict[str, Any]:
    code, told = call("explain", mission, id, "--as-of", "2018-12-31", *more)
    assert code == 0
    return dict(told)


@pytest.mark.parametrize("kept", ["file", "server"], indirect=True)
def test_a_retraction_counts_from_its_instant_on_and_is_undone_by_a_reinstatement(
    mission: Path, call: Call
) -> None:
    first, _ = held(mission)
    count = call("assess", mission, "--as-of", "2018-12-31")[1]["observations_considered"]
    code, said = call("correct", "retract", mission, first, *WHO)
    (one,) = said["corrections"]
    assert (code, one["act"], one["target"], one["author"]) == (0, "retract", first, "A. Analyst")
    assert call("assess", mission, "--as-of", "2018-12-31")[1]["observations_considered"] == count - 1
    before = datetime.fromisoformat(one["recorded_at"]) - timedelta(microseconds=1)
    known = ("--known-at", before.isoformat())
    assert call("assess", mission, "--as-of", "2018-12-31", *known)[1]["observations_considered"] == count
    told = explained(call, mission, first)
    assert told["stands"] == {
        "counts": False, "why": "A. Analyst retracted it: a reason", "correction": one["id"],
    }  # fmt: skip
    assert explained(call, mission, first, *known)["stands"]["counts"]
    assert "chain" not in explained(call, mission, first, *known)
    assert explained(call, mission, one["id"])["correction"]["reason"] == "a reason"

    code, said = call("correct", "retract", mission, first, *WHO)
    assert (code, said["code"], one["id"] in said["detail"]) == (2, "conflict", True)
    assert call("correct", "reinstate", mission, first, *WHO)[0] == 0
    assert call("assess", mission, "--as-of", "2018-12-31")[1]["observations_considered"] == count
    steps = [step.get("act", "recorded") for step in explained(call, mission, first)["chain"]]
    assert steps == ["recorded", "retract", "reinstate"]
    assert call("log", "verify", mission)[0] == 0
    assert call("log", "prove", mission, one["id"])[0] == 0
    assert held(mission)[0] == first


@pytest.mark.parametrize("kept", ["file", "server"], indirect=True)
def test_corrected_values_replace_and_can_be_taken_back(mission: Path, call: Call, tmp_path: Path) -> None:
    first, second = held(mission)
    code, said = call(
        "correct", "supersede", mission, first, *WHO, "--set", "fatalities=2", "--set", "date=2018-10-19",
        "--set", "lon=36.5",
    )  # fmt: skip
    assert code == 0
    replacement = said["corrections"][0]["replacement"]
    row = explained(call, mission, replacement)["observation"]
    assert (row["fatalities"], row["lon"], row["lat"], row["error_m"]) == (2, 36.5, 35.6, 500.0)
    assert row["occurred_from"] == "2018-10-18T21:00:00Z"
    assert (row["source"], row["origin_row"], row["supersedes"]) == ("radio", 1, first)
    assert explained(call, mission, first)["stands"]["counts"] is False
    assert explained(call, mission, second)["stands"]["counts"] is True

    assert call("correct", "supersede", mission, first, *WHO, "--set", "fatalities=1")[0] == 2
    code, said = call(
        "correct", "supersede", mission, replacement, *WHO, "--set", "fatalities=3",
        "--set", "date=2018-10-20", "--set", "lon=36.4",
    )  # fmt: skip
    assert (code, first in said["detail"], "reinstate" in said["hint"]) == (2, True, True)
    assert call("correct", "reinstate", mission, first, *WHO)[0] == 0
    assert explained(call, mission, first)["stands"] == {"counts": True}
    stands = explained(call, mission, replacement)["stands"]
    assert (stands["counts"], first in stands["why"]) == (False, True)

    (tmp_path / "c.csv").write_text(f"id,fatalities,place\n{first},7,\n{second},,Saraqib\n")
    code, said = call("correct", "supersede", mission, "--from", tmp_path / "c.csv", *WHO)
    assert (code, len(said["corrections"])) == (0, 2)
    rows = [explained(call, mission, one["replacement"])["observation"] for one in said["corrections"]]
    assert [row["fatalities"] for row in rows] == [7, 1]
    assert ["place" in row for row in rows] == [False, True]


@pytest.mark.parametrize(
    ("values", "words"),
    [
        (("fatalities=many",), "fatalities is not a number"),
        (("colour=red",), "no field that a correction can give"),
        (("kind=",), "kind cannot be empty"),
        (("kind=sheling",), "did you mean shelling"),
        (("lon=200",), "lon is out of range"),
        (("date_end=2018-10-01",), "the end lies before the start"),
        (("fatalities",), "FIELD=VALUE"),
        (("date=tomorrow",), "not a date"),
    ],
)
def test_values_that_cannot_be_read_are_refused_and_nothing_is_recorded(
    mission: Path, call: Call, values: tuple[str, ...], words: str
) -> None:
    first, second = held(mission)
    options = [part for value in values for part in ("--set", value)]
    code, said = call("correct", "supersede", mission, first, second, *WHO, *options)
    assert (code, words in said["detail"]) == (2, True), said
    assert len(held(mission)) == 2


def test_what_is_not_there_or_says_nothing_is_refused(mission: Path, call: Call) -> None:
    first, second = held(mission)
    code, said = call("correct", "retract", mission, second, first[:-1] + "x", *WHO)
    assert (code, said["code"], first in said["hint"]) == (2, "not-found", True)
    assert call("correct", "retract", mission, first, "--author", "A")[0] == 2
    assert call("correct", "retract", mission, first, "--author", " ", "--reason", "r")[0] == 2
    assert call("correct", "reinstate", mission, first, *WHO)[1]["code"] == "conflict"
    assert call("correct", "retract", mission, "route-latakia-aleppo", *WHO)[0] == 2
    assert call("correct", "undispute", mission, first, *WHO)[1]["code"] == "conflict"
    with Workspace.open(mission).store(read_only=True) as store:
        assert store.corrections() == []
        assert store.user_actions() == []


def test_who_ran_a_command_is_recorded_where_a_name_is_given(
    mission: Path, call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, _ = held(mission)
    call("correct", "retract", mission, first, *WHO)
    monkeypatch.setenv("TRUCELINE_AUTHOR", "B. Operator")
    call("actors", "map", mission, "radio", "--no-party")
    with Workspace.open(mission).store(read_only=True) as store:
        actions = store.user_actions()
        (correction,) = store.corrections()
    assert [(one.author, one.command) for one in actions] == [
        ("A. Analyst", "correct retract"), ("B. Operator", "actors map"),
    ]  # fmt: skip
    assert actions[0].first <= correction.seq <= actions[0].last
    assert correction.recorded_at < datetime.now(UTC)


def fire(call: Call, mission: Path) -> dict[str, Any]:
    _, said = call("assess", mission, "--as-of", "2018-12-31")
    (found,) = (one for one in said["obligations"] if one["id"] == "no-military-action")
    return dict(found)


@pytest.mark.parametrize("kept", ["file", "server"], indirect=True)
def test_a_partys_objection_makes_what_rests_on_it_disputed_and_tells_both_sides(
    mission: Path, call: Call, tmp_path: Path
) -> None:
    first, _ = held(mission)
    before = fire(call, mission)
    assert first in before["evidence"]
    letter = tmp_path / "letter.txt"
    letter.write_text("We object.")
    doubt = call("correct", "dispute", mission, first, *WHO)[1]["corrections"][0]
    told = fire(call, mission)
    assert told["status"] == before["status"]
    assert any("doubted the report of radio" in sentence for sentence in told["because"])

    assert call("key", "new", mission, "--party", "turkey", "--key-file", tmp_path / "turkey")[0] == 0
    signed = ("--party", "turkey", "--key-file", tmp_path / "turkey")
    code, said = call("correct", "dispute", mission, first, *WHO, *signed, "--document", letter)
    assert code == 0
    objection = said["corrections"][0]
    assert objection["document"].startswith("letter.txt sha256:")
    call("correct", "support", mission, first, *WHO, "--party", "russia")
    told = fire(call, mission)
    assert (told["status"], told["proposition"]) == ("disputed", "fulfilled")
    assert (told["p_breached"], told["p_fulfilled"]) == (before["p_breached"], before["p_fulfilled"])
    assert told["details"]["without_objections"]["status"] == before["status"]
    (dispute,) = told["details"]["disputes"]
    assert dispute["stands"] == {"author:A. Analyst": "dispute", "turkey": "dispute", "russia": "support"}
    assert [one["signed"] for one in dispute["positions"]] == [False, True, False]
    words = " ".join(told["because"])
    assert "Turkey formally objected to the report of radio for 20 October 2018" in words
    assert "signed with its key; document: letter.txt sha256:" in words
    assert "Russia held to the report" in words
    assert "recorded by A. Analyst as Russia reported it" in words
    why = explained(call, mission, "no-military-action")
    assert [one["act"] for one in why["corrections"]] == ["dispute", "dispute", "support"]
    assert explained(call, mission, first)["dispute"]["disputed"]
    known = ("--known-at", doubt["recorded_at"])
    assert explained(call, mission, first, *known)["dispute"]["disputed"] is False

    code, said = call("correct", "undispute", mission, first, *WHO, "--party", "turkey")
    assert (code, "only its key" in said["detail"]) == (2, True)
    assert call("correct", "undispute", mission, first, *WHO, *signed)[0] == 0
    told = fire(call, mission)
    assert told["status"] == before["status"]
    assert any("Turkey had taken a position" in sentence for sentence in told["because"])


def test_a_status_is_objected_to_by_its_obligation_and_by_its_part(mission: Path, call: Call) -> None:
    assert call("correct", "dispute", mission, "no-military-action", *WHO, "--party", "nobody")[0] == 2
    assert call("correct", "dispute", mission, "no-military-action", *WHO, "--party", "russia")[0] == 0
    told = fire(call, mission)
    assert told["status"] == "disputed"
    assert any(sentence.startswith("Without the objection the evidence") for sentence in told["because"])
    code, said = call("correct", "dispute", mission, "no-military-action", *WHO, "--party", "russia")
    assert (code, said["code"]) == (2, "conflict")
