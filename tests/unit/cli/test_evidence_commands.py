"""init, ingest, quarantined, actors, backup: what they print, what they refuse, and with which exit code."""

import json
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from truceline.cli.main import run

ACCORD = """\
accord: {id: valley, title: Valley ceasefire, time_zone: Asia/Damascus, status: confirmed, version: 3}
parties:
- {id: north, names: North, role: side, aliases: [Northern Army]}
- {id: south, names: South, role: side}
"""
HEADER = "id,kind,date,lon,lat,error_m,actor,target,fatalities,source\n"
GOOD = HEADER + (
    "e1,shelling,2018-10-01,36.5,35.5,1000,Northern Army,south,2,wire\n"
    "e2,air_strike,2018-10-02,36.6,35.6,2000,The Valley Guard,south,,wire\n"
)


class Answer(NamedTuple):
    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


@pytest.fixture
def truceline(capsys: pytest.CaptureFixture[str]) -> Callable[..., Answer]:
    def call(*arguments: str | Path) -> Answer:
        with pytest.raises(SystemExit) as ended:
            run([str(argument) for argument in arguments])
        out, err = capsys.readouterr()
        return Answer(int(ended.value.code or 0), out, err)

    return call


@pytest.fixture
def workspace(tmp_path: Path, truceline: Callable[..., Answer]) -> Path:
    (tmp_path / "accord.yaml").write_text(ACCORD)
    assert truceline("init", tmp_path / "ws", "--accord", tmp_path / "accord.yaml").code == 0
    return tmp_path / "ws"


@pytest.fixture
def events(tmp_path: Path) -> Path:
    (tmp_path / "events.csv").write_text(GOOD)
    return tmp_path / "events.csv"


def state(folder: Path) -> dict[str, str]:
    """Every file of a workspace that is not derived, by its content."""
    files = (path for path in folder.rglob("*") if path.is_file() and "cache" not in path.parts)
    return {str(path.relative_to(folder)): sha256(path.read_bytes()).hexdigest() for path in files}


def test_init_says_what_it_made_and_what_comes_next(tmp_path: Path, truceline: Callable[..., Answer]) -> None:
    (tmp_path / "accord.yaml").write_text(ACCORD)
    answer = truceline("init", tmp_path / "one", "--accord", tmp_path / "accord.yaml")
    assert answer.code == 0
    assert "valley, version 3 (confirmed)" in answer.out
    assert "truceline ingest" in answer.out
    document = truceline("init", tmp_path / "two", "--accord", tmp_path / "accord.yaml", "--json").json
    assert document["accord"] == "valley"
    assert document["sha256"] == sha256(ACCORD.encode()).hexdigest()
    assert document["recorded_at"].endswith("Z")


def test_init_refuses_what_exists_and_what_is_no_accord(
    tmp_path: Path, workspace: Path, truceline: Callable[..., Answer]
) -> None:
    answer = truceline("init", workspace, "--accord", tmp_path / "accord.yaml", "--json")
    assert answer.code == 2
    assert "exists already" in answer.err
    assert answer.json["code"] == "conflict"
    (tmp_path / "bad.yaml").write_text(ACCORD.replace("version: 3", "version: zero"))
    answer = truceline("init", tmp_path / "new", "--accord", tmp_path / "bad.yaml", "--json")
    assert answer.code == 2
    assert answer.json["line"] == 1
    assert not (tmp_path / "new").exists()
    assert truceline("init", tmp_path / "new", "--accord", tmp_path / "absent.yaml").code == 2


def test_ingest_counts_what_was_read_and_added(
    workspace: Path, events: Path, truceline: Callable[..., Answer]
) -> None:
    answer = truceline("ingest", workspace, events, "--json")
    assert answer.code == 0, answer.err
    document = answer.json
    assert (document["read"], document["added"], document["duplicates"]) == (2, 2, 0)
    assert document["quarantined"] == []
    assert document["unmatched_actors"] == [{"name": "The Valley Guard", "count": 1}]
    assert answer.err == ""
    kept = workspace / "attachments" / "originals"
    assert [path.read_text() for path in kept.iterdir()] == [GOOD]


def test_ingest_twice_changes_not_a_byte(
    workspace: Path, events: Path, truceline: Callable[..., Answer]
) -> None:
    truceline("ingest", workspace, events)
    before = state(workspace)
    document = truceline("ingest", workspace, events, "--json").json
    assert (document["added"], document["duplicates"], document["recorded_at"]) == (0, 2, None)
    assert state(workspace) == before


def test_a_row_that_its_source_changed_supersedes_the_old_one(
    workspace: Path, events: Path, truceline: Callable[..., Answer]
) -> None:
    truceline("ingest", workspace, events)
    events.write_text(GOOD.replace(",south,2,wire", ",south,4,wire"))
    document = truceline("ingest", workspace, events, "--json").json
    assert (document["added"], document["duplicates"], document["superseded"]) == (1, 1, 1)
    events.write_text(GOOD)
    answer = truceline("ingest", workspace, events)
    assert "1 of the duplicates equal a version that its source changed since" in " ".join(answer.out.split())


def test_bad_rows_are_quarantined_with_file_row_field_and_reason(
    workspace: Path, events: Path, truceline: Callable[..., Answer]
) -> None:
    bad = "".join(f"b{n},shelling,2018-13-{n:02},36.5,35.5,1000,north,south,,wire\n" for n in range(1, 26))
    events.write_text(GOOD + bad)
    answer = truceline("ingest", workspace, events)
    assert answer.code == 0
    text = " ".join(answer.out.split())
    assert "events.csv, row 3, date" in text
    assert "and 5 more; truceline quarantined" in text
    document = truceline("ingest", workspace, events, "--json").json
    assert (document["read"], document["added"], len(document["quarantined"])) == (27, 0, 25)
    first = document["quarantined"][0]
    assert (first["file"], first["row"], first["field"]) == ("events.csv", 3, "date")
    assert first["reason"]
    listed = truceline("quarantined", workspace, "--json").json["quarantined"]
    assert [row["row"] for row in listed] == list(range(3, 28))
    assert truceline("quarantined", workspace).out.count("events.csv, row") == 25


@pytest.mark.parametrize("broken", ["absent", "folder", "no columns", "bad format", "bad zone"])
def test_a_broken_file_ends_with_2_and_changes_nothing_even_beside_a_good_one(
    tmp_path: Path, workspace: Path, events: Path, truceline: Callable[..., Answer], broken: str
) -> None:
    other = tmp_path / "other.csv"
    options: list[str] = []
    if broken == "folder":
        other.mkdir()
    elif broken == "no columns":
        other.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)))
    elif broken != "absent":
        other.write_text(GOOD)
        options = ["--format", "xyz"] if broken == "bad format" else ["--time-zone", "Mars/Olympus"]
    before = state(workspace)
    answer = truceline("ingest", workspace, events, other, *options, "--json")
    assert answer.code == 2
    assert answer.json["title"]
    assert len(answer.err.strip().splitlines()) <= 2
    assert state(workspace) == before


def test_a_dry_run_reports_and_changes_nothing(
    workspace: Path, events: Path, truceline: Callable[..., Answer]
) -> None:
    before = state(workspace)
    answer = truceline("ingest", workspace, events, "--dry-run")
    assert "nothing was recorded" in answer.out
    document = truceline("ingest", workspace, events, "--dry-run", "--json").json
    assert (document["added"], document["dry_run"]) == (2, True)
    assert state(workspace) == before


def test_several_files_are_told_apart_and_summed(
    tmp_path: Path, workspace: Path, events: Path, truceline: Callable[..., Answer]
) -> None:
    more = tmp_path / "more.csv"
    more.write_text(GOOD.replace("e1,", "e3,"))
    document = truceline("ingest", workspace, events, more, "--json").json
    assert (document["read"], document["added"], document["duplicates"]) == (4, 3, 1)
    assert [(file["file"], file["added"]) for file in document["files"]] == [
        ("events.csv", 2),
        ("more.csv", 1),
    ]


def test_what_is_no_workspace_is_refused(
    tmp_path: Path, events: Path, truceline: Callable[..., Answer]
) -> None:
    for command in (("ingest", tmp_path, events), ("actors", tmp_path), ("quarantined", tmp_path / "x")):
        answer = truceline(*command)
        assert answer.code == 2
        assert "workspace" in answer.err


def test_actors_are_listed_by_count_and_mapped_once(
    workspace: Path, events: Path, truceline: Callable[..., Answer]
) -> None:
    truceline("ingest", workspace, events)
    document = truceline("actors", workspace, "--json").json
    assert [(actor["name"], actor["count"], actor["party"]) for actor in document["matched"]] == [
        ("south", 2, "south"), ("Northern Army", 1, "north"),
    ]  # fmt: skip
    assert [actor["name"] for actor in document["unmatched"]] == ["The Valley Guard"]
    assert all(actor["reason"] for kind in document.values() for actor in kind)
    mapped = truceline(
        "actors", "map", workspace, "The Valley Guard", "north", "--note", "its militia", "--json"
    )
    assert mapped.json["party"] == "north"
    document = truceline("actors", "list", workspace, "--json").json
    assert document["unmatched"] == []
    guard = next(actor for actor in document["matched"] if actor["name"] == "The Valley Guard")
    assert (guard["party"], guard["judged"]) == ("north", True)
    truceline("actors", "map", workspace, "The Valley Guard", "--no-party")
    document = truceline("actors", workspace, "--json").json
    assert [actor["name"] for actor in document["no_party"]] == ["The Valley Guard"]
    assert "No party" in truceline("actors", workspace).out


def test_a_name_is_mapped_only_to_a_party_of_the_accord(
    workspace: Path, truceline: Callable[..., Answer]
) -> None:
    answer = truceline("actors", "map", workspace, "The Valley Guard", "east")
    assert answer.code == 2
    assert "'east'" in answer.err
    assert "north, south" in answer.err
    assert truceline("actors", "map", workspace, "The Valley Guard").code == 2
    assert truceline("actors", "map", workspace, "The Valley Guard", "north", "--no-party").code == 2


def test_backup_makes_a_workspace_and_overwrites_none(
    tmp_path: Path, workspace: Path, events: Path, truceline: Callable[..., Answer]
) -> None:
    truceline("ingest", workspace, events)
    assert truceline("backup", workspace, tmp_path / "copy").code == 0
    assert truceline("ingest", tmp_path / "copy", events, "--json").json["duplicates"] == 2
    answer = truceline("backup", workspace, tmp_path / "copy", "--json")
    assert answer.code == 2
    assert answer.json["code"] == "conflict"


@pytest.mark.parametrize("command", ["init", "ingest", "quarantined", "backup", "actors list", "actors map"])
def test_help_shows_an_example(command: str, truceline: Callable[..., Answer]) -> None:
    answer = truceline(*command.split(), "--help")
    assert answer.code == 0
    assert "Example" in answer.out
