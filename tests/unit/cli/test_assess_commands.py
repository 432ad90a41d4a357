"""``assess`` and ``explain`` as a person and a script see them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from truceline.app.ingest import ingest
from truceline.cli.main import run
from truceline.store.workspace import Workspace

Ran = tuple[int, str, str]

ACCORD = """
format: 1
accord:
  id: small
  title: A small accord
  signed: 2018-09-17
  time_zone: Asia/Damascus
  status: confirmed
  version: 1
sources: [{id: text, title: The text, file: text.txt}]
parties:
  - {id: north, names: North, role: side}
  - {id: south, names: South, role: side, aliases: [Southern forces]}
zones:
  - id: buffer
    names: the buffer zone
    kind: area_of_separation
    geometry:
      type: Polygon
      coordinates: [[[35.9, 34.9], [36.1, 34.9], [36.1, 35.1], [35.9, 35.1], [35.9, 34.9]]]
provisions:
  - id: fire
    kind: cessation
    parties: [north, south]
    area: buffer
    quotes: [{source: text, exact: Nobody fires., start: 0, end: 13}]
  - id: leave
    kind: forces_withdrawal
    groups: [south]
    zone: buffer
    due: 2018-10-15
    quotes: [{source: text, exact: South leaves by 15 October., start: 14, end: 41}]
interpretations:
  - id: last-day
    question: Does the day named count?
    adopted: day-in
    readings:
      - {id: day-in, text: It does.}
      - id: day-out
        text: It does not.
        changes: [{target: leave, set: {due: {date: 2018-10-15, inclusive: false}}}]
verification:
  sources: [{id: paper, names: [The Paper], reliability: B}]
"""
EVENTS = """id,date,lon,lat,error_m,kind,actor,source,report
e1,2018-10-15,36.0,35.0,500,presence_report,Southern forces,The Paper,columns still in the zone
e2,2018-10-20,36.0,35.0,500,shelling,North,The Paper,three shells
"""


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("assess-commands")
    (folder / "accord.yaml").write_text(ACCORD, encoding="utf-8")
    (folder / "text.txt").write_text("Nobody fires. South leaves by 15 October.\n", encoding="utf-8")
    (folder / "events.csv").write_text(EVENTS, encoding="utf-8")
    made = Workspace.create(folder / "ws", folder / "accord.yaml")
    ingest(made, [folder / "events.csv"])
    return folder / "ws"


@pytest.fixture
def truceline(capsys: pytest.CaptureFixture[str]) -> Callable[..., Ran]:
    def command(*arguments: object) -> Ran:
        with pytest.raises(SystemExit) as ended:
            run([str(argument) for argument in arguments])
        captured = capsys.readouterr()
        assert isinstance(ended.value.code, int)
        return ended.value.code, captured.out, captured.err

    return command


def _json(ran: Ran) -> Any:
    code, out, _ = ran
    assert code == 0
    return json.loads(out)


def test_the_json_has_what_the_interface_promises(truceline: Callable[..., Ran], workspace: Path) -> None:
    document = _json(truceline("assess", workspace, "--as-of", "2018-10-15", "--json"))
    assert document["as_of"] == "2018-10-15T21:00:00Z"  # the end of that day in Damascus
    assert {"known_at", "ruleset", "reading", "obligations"} <= document.keys()
    leave = next(one for one in document["obligations"] if one["id"] == "leave")
    promised = (
        "id",
        "kind",
        "status",
        "probability",
        "since",
        "due",
        "because",
        "evidence",
        "counter_evidence",
    )
    assert all(name in leave for name in promised)
    assert leave["status"] == "overdue"
    assert leave["due"] == "2018-10-15T21:00:00Z"
    assert all(isinstance(sentence, str) for sentence in leave["because"])


def test_the_board_shows_words_and_signs_and_not_colour_alone(
    truceline: Callable[..., Ran], workspace: Path
) -> None:
    code, out, _ = truceline("assess", workspace, "--as-of", "2018-10-31")
    assert code == 0
    assert "overdue" in out
    assert "!" in out
    assert "2018-10-15" in out
    assert "\x1b[" not in out


def test_a_check_that_was_asked_for_ends_with_3_and_names_what_failed(
    truceline: Callable[..., Ran], workspace: Path
) -> None:
    asked = ("assess", workspace, "--as-of", "2018-10-31", "--json", "--fail-on")
    code, out, err = truceline(*asked, "breached,overdue")
    assert code == 3
    assert json.loads(out)["obligations"]
    assert "leave" in err
    assert truceline(*asked, "breached")[0] == 0


def test_what_was_recorded_later_than_the_known_at_is_not_used(
    truceline: Callable[..., Ran], workspace: Path
) -> None:
    document = _json(
        truceline("assess", workspace, "--as-of", "2018-10-31", "--known-at", "2019-01-01", "--json")
    )
    assert document["observations_considered"] == 0
    assert {one["status"] for one in document["obligations"]} == {"unverified"}


def test_a_reading_changes_the_verdict_and_the_verdict_says_so(
    truceline: Callable[..., Ran], workspace: Path
) -> None:
    asked = ("assess", workspace, "--as-of", "2018-10-14", "--json")
    leave = _json(truceline(*asked))["obligations"][1]
    assert (leave["status"], leave["reading_dependent"]) == ("not_due", ["last-day"])
    other = _json(truceline(*asked, "--reading", "day-out"))
    assert other["reading"] == "day-out"
    assert other["obligations"][1]["status"] == "unverified"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--fail-on", "violated"], "accepted, with commas between: not_due"),
        (["--reading", "day-inn"], "no reading 'day-inn'"),
        (["--ruleset", "v9"], "unknown ruleset 'v9'"),
        (["--as-of", "yesterday"], "--as-of"),
    ],
)
def test_what_cannot_be_used_is_one_clear_sentence(
    truceline: Callable[..., Ran], workspace: Path, arguments: list[str], said: str
) -> None:
    code, out, err = truceline("assess", workspace, *arguments, "--json")
    assert code == 2
    assert said in err
    assert said in json.loads(out)["detail"]


def test_an_obligation_is_explained_down_to_the_row_and_the_digest(
    truceline: Callable[..., Ran], workspace: Path
) -> None:
    document = _json(truceline("explain", workspace, "leave", "--as-of", "2018-10-31", "--json"))
    assert document["type"] == "obligation"
    assert document["rule"]["numbers"]["carry_over_days"] == 3.0
    row = document["evidence"][0]
    assert (row["origin_file"], row["origin_row"]) == ("events.csv", 1)
    assert len(row["origin_sha256"]) == 64
    assert row["report"] == "columns still in the zone"
    product = 1.0
    for value in row["factors"].values():
        product *= value
    assert row["probability"] == pytest.approx(product, abs=1e-5)


def test_every_id_of_an_assessment_can_be_explained(truceline: Callable[..., Ran], workspace: Path) -> None:
    document = _json(truceline("assess", workspace, "--as-of", "2018-10-31", "--json"))
    ids: list[str] = []
    for one in document["obligations"]:
        ids += [one["id"], *one["evidence"], *one["counter_evidence"], *(p["id"] for p in one["parts"])]
    ids += ["north", "buffer", "paper", "The Paper", "last-day", "day-out"]
    types = {}
    for id in dict.fromkeys(ids):
        told = _json(truceline("explain", workspace, id, "--as-of", "2018-10-31", "--json"))
        assert told["id"] == id
        types[id] = told["type"]
        if told["type"] == "observation":
            incident = told["incident"]
            assert (
                _json(truceline("explain", workspace, incident, "--as-of", "2018-10-31", "--json"))["type"]
                == "incident"
            )
    assert set(types.values()) == {
        "obligation", "observation", "party", "zone", "source", "interpretation", "reading",
    }  # fmt: skip


def test_explanations_read_as_text_as_well(truceline: Callable[..., Ran], workspace: Path) -> None:
    for id in ("leave", "north", "buffer", "paper"):
        code, out, _ = truceline("explain", workspace, id, "--as-of", "2018-10-31")
        assert code == 0
        assert len(out.splitlines()) > 3


def test_an_unknown_id_is_answered_with_near_ones(truceline: Callable[..., Ran], workspace: Path) -> None:
    code, out, err = truceline("explain", workspace, "leav", "--json")
    assert code == 2
    assert "leave" in err
    problem = json.loads(out)
    assert problem["code"] == "not-found"
    assert "leave" in problem["details"]["near"]
