"""``truceline watch`` as a user meets it: lines in, events out, sentences, exit codes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from truceline.cli.watch import app

SQUARE = [[[36, 35], [37, 35], [37, 36], [36, 36], [36, 35]]]


@pytest.fixture
def zones(tmp_path: Path) -> Path:
    path = tmp_path / "zones.geojson"
    feature = {
        "type": "Feature",
        "id": "dmz",
        "properties": {},
        "geometry": {"type": "Polygon", "coordinates": SQUARE},
    }
    path.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}))
    return path


def position(minute: int, lon: float, **more: Any) -> str:
    row = {"object": "patrol-7", "time": f"2018-10-15T08:{minute:02d}:00Z", "lon": lon, "lat": 35.5, **more}
    return json.dumps(row) + "\n"


@pytest.fixture
def positions(tmp_path: Path) -> Path:
    path = tmp_path / "positions.ndjson"
    path.write_text("".join(position(k, lon) for k, lon in enumerate([35.9, 36.1, 36.2, 35.9])))
    return path


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def read(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text().splitlines()]


def test_events_go_to_standard_output_one_object_a_line(positions: Path, zones: Path) -> None:
    result = run(positions, "--zones", zones)
    assert result.exit_code == 0
    events = [json.loads(line) for line in result.stdout.splitlines()]
    assert [event["event"] for event in events] == ["enter", "leave"]
    assert list(events[0]) == [
        "seq", "event", "object", "zone", "time", "inside", "reason", "p_inside", "distance_m", "error_m",
        "since", "positions",
    ]  # fmt: skip
    assert "4 positions of 1 objects; 2 events" in result.stderr


def test_with_json_standard_output_is_the_report_and_events_need_a_file(
    positions: Path, zones: Path, tmp_path: Path
) -> None:
    refused = run(positions, "--zones", zones, "--json")
    assert refused.exit_code == 2
    assert "accepted: -o FILE" in json.loads(refused.stdout)["detail"]
    result = run(positions, "--zones", zones, "-o", tmp_path / "events.ndjson", "--json")
    report = json.loads(result.stdout)
    assert report["by_kind"] == {"enter": 1, "leave": 1, "near": 0, "dwell": 0}
    assert (report["positions"], report["bad"], report["events"]) == (4, 0, 2)
    assert len(read(tmp_path / "events.ndjson")) == 2


def test_bad_lines_are_counted_and_the_first_is_named(positions: Path, zones: Path) -> None:
    with positions.open("a") as file:
        file.write("no position\n" + position(4, 181.0))
    result = run(positions, "--zones", zones)
    assert result.exit_code == 0
    assert "2 lines could not be used" in result.stderr
    assert "line 5: is not JSON" in result.stderr


def test_a_watch_goes_on_where_it_ended_and_the_file_of_events_grows(
    positions: Path, zones: Path, tmp_path: Path
) -> None:
    events = tmp_path / "events.ndjson"
    arguments: list[str | Path] = [
        positions,
        "--zones",
        zones,
        "-o",
        events,
        "--state",
        tmp_path / "state",
        "--hold",
    ]
    run(*arguments)
    assert [event["event"] for event in read(events)] == ["enter"]  # the leave may still be overtaken
    with positions.open("a") as file:
        file.write(position(10, 36.5))
    report = json.loads(run(*arguments, "--json").stdout)
    assert [event["seq"] for event in read(events)] == [1, 2]
    assert report["resumed_from"] == 1
    assert report["held"] == 1
    run(*arguments[:-1])
    assert [event["event"] for event in read(events)] == ["enter", "leave", "enter"]


def test_events_of_an_earlier_watch_are_never_cut_by_a_new_one(
    positions: Path, zones: Path, tmp_path: Path
) -> None:
    events = tmp_path / "events.ndjson"
    run(positions, "--zones", zones, "-o", events, "--state", tmp_path / "state")
    held = events.read_bytes()
    others: list[list[str | Path]] = [[], ["--state", tmp_path / "another"]]
    for more in others:
        assert run(positions, "--zones", zones, "-o", events, *more).exit_code == 2
        assert events.read_bytes() == held
    assert run(positions, "--zones", zones, "-o", events, "--state", tmp_path / "state").exit_code == 0
    assert events.read_bytes() == held


def test_dwell_and_pseudonyms_are_asked_for(positions: Path, zones: Path, tmp_path: Path) -> None:
    key = tmp_path / "key"
    key.write_text("0123456789abcdef0123456789abcdef\n")
    result = run(positions, "--zones", zones, "--dwell-s", "60", "--pseudonymise", key)
    events = [json.loads(line) for line in result.stdout.splitlines()]
    assert [event["event"] for event in events] == ["enter", "dwell", "leave"]
    assert "patrol-7" not in result.stdout
    assert len({event["object"] for event in events}) == 1


def test_what_cannot_be_done_is_one_sentence(positions: Path, zones: Path, tmp_path: Path) -> None:
    held = tmp_path / "held.ndjson"
    held.write_text("something else\n")
    short = tmp_path / "key"
    short.write_text("short")
    state = tmp_path / "state"
    assert run(positions, "--zones", zones, "--state", state).exit_code == 0
    other = tmp_path / "other.ndjson"
    other.write_text(position(9, 36.0) * 9)
    cases: list[tuple[list[str | Path], str]] = [
        (["--zones", zones, "nowhere.ndjson"], "nowhere.ndjson does not exist"),
        (["--zones", zones, tmp_path], "is a folder"),
        (["--zones", tmp_path / "none", positions], "does not exist"),
        (["--zones", zones, positions, "-o", held], "holds 15 bytes"),
        (["--zones", zones, positions, "-o", held, "--state", tmp_path / "new"], "nothing that belongs"),
        (["--zones", zones, positions, "-o", zones], "would replace the zones"),
        (["--zones", zones, positions, "--pseudonymise", short], "secret is too short"),
        (["--zones", zones, positions, "--decided", "0.4"], "accepted: more than 0.5"),
        (["--zones", zones, positions, "--http", "0"], "one source at a time"),
        (["--zones", zones, "--http", "0"], "need --state"),
        (["--zones", zones, "--nats", "nats://127.0.0.1:1", "--state", state], "go together"),
        (["--zones", zones, "--nats", "x", "--stream", "S", "--state", state], "no address of a NATS"),
        (["--zones", zones, "--follow"], "--follow needs a file"),
        (["--zones", zones, positions, "--continued"], "for standard input"),
        (["--zones", zones, positions, "--state", state, "--dwell-s", "9"], "dwell s differs"),
        (["--zones", zones, other, "--state", state], "input differs"),
    ]  # fmt: skip
    for arguments, sentence in cases:
        result = run(*arguments)
        assert result.exit_code == 2, arguments
        assert sentence in result.stderr
    positions.write_text(position(9, 36.0) * 9)
    changed = run(positions, "--zones", zones, "--state", state)
    assert changed.exit_code == 2
    assert "is not the stream that the kept state was made from" in changed.stderr
