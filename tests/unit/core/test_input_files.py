"""Files that are none, that never end, or that mean two things."""

from __future__ import annotations

import json
import os
import socket
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from truceline.accord.load import load_accord
from truceline.app.log import read_head
from truceline.core import limits
from truceline.core.errors import InvalidInput, NotFound, TrucelineError
from truceline.core.input_files import read_whole
from truceline.core.plain_json import AmbiguousJson, Twice, deeper_than, is_text, parse_json
from truceline.draft.documents import read_document
from truceline.evidence.intake.mapping import load_mapping
from truceline.evidence.readers import read_evidence
from truceline.geo.control import read_control_points
from truceline.geo.geojson import read_line
from truceline.geo.screening.points import PointFile
from truceline.geo.screening.usable import Columns
from truceline.geo.screening.zones import read_zones
from truceline.transparency.keys import read_key_file

LIMITS = {name: value for name, value in vars(limits).items() if isinstance(value, int) and name.isupper()}
READERS: dict[str, Callable[[Path], Any]] = {
    "accord": load_accord,
    "mapping": load_mapping,
    "evidence": lambda path: list(read_evidence(path, format="csv")),
    "geometry": read_line,
    "zones": read_zones,
    "control": read_control_points,
    "document": read_document,
    "key": read_key_file,
    "head": read_head,
    "points": lambda path: PointFile(path.rename(path.with_suffix(".csv")), Columns()),
}


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("kind", ["folder", "pipe", "socket", "device", "nothing", "loop"])
def test_no_reader_waits_for_what_is_no_file(reader: str, kind: str, tmp_path: Path) -> None:
    path = tmp_path / "x"
    if kind == "folder":
        path.mkdir()
    elif kind == "pipe":
        os.mkfifo(path)
    elif kind == "socket":
        socket.socket(socket.AF_UNIX).bind(str(path))
    elif kind == "device":
        path.symlink_to("/dev/zero")
    elif kind == "loop":
        path.symlink_to(path)
    if reader == "points" and kind == "nothing":
        path = tmp_path / "none.csv"
        with pytest.raises(NotFound):
            PointFile(path, Columns())
        return
    with pytest.raises(TrucelineError) as caught:
        READERS[reader](path)
    assert "\n" not in caught.value.message


def test_a_link_to_a_file_is_read_and_one_byte_too_many_is_not(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"12345")
    (tmp_path / "b").symlink_to("a")
    assert read_whole(tmp_path / "b", 5) == b"12345"
    with pytest.raises(InvalidInput, match="is too large; found more than 4 bytes; accepted: up to 4"):
        read_whole(tmp_path / "b", 4)


def _nested(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=2), inner, max_size=3)


LEAVES = st.none() | st.booleans() | st.integers(-9, 9) | st.text(max_size=3)


@given(st.recursive(LEAVES, _nested, max_leaves=12))
def test_json_with_one_meaning_is_read_as_python_reads_it(value: Any) -> None:
    assert parse_json(json.dumps(value)) == value
    assert is_text(value)


@pytest.mark.parametrize("text", ['{"a": 1, "a": 1}', '[{"b": {"a": 1, "a": 2}}]'])
def test_a_key_that_stands_twice_is_refused_or_noted(text: str) -> None:
    with pytest.raises(AmbiguousJson, match="the key 'a' stands twice"):
        parse_json(text)
    value = parse_json(text, keep_twice=True)
    assert isinstance(value if isinstance(value, Twice) else value[0]["b"], Twice)


@pytest.mark.parametrize("depth", [5, 500, 200_000])
@pytest.mark.parametrize("open_close", ["[]", '{"a":}'])
def test_depth_without_end_is_a_sentence(depth: int, open_close: str) -> None:
    half = len(open_close) - 1
    text = open_close[:half] * depth + "1" + open_close[half:] * depth
    if depth <= limits.JSON_DEPTH:
        assert deeper_than(parse_json(text), depth - 1)
        assert not deeper_than(parse_json(text), depth)
    else:
        with pytest.raises(AmbiguousJson, match="nested too deep, more than 64 levels"):
            parse_json(text)


def test_numbers_of_a_hundred_thousand_digits_and_halves_of_characters_are_told() -> None:
    with pytest.raises(AmbiguousJson, match="number far too long"):
        parse_json("1" * 100_000)
    assert not is_text(parse_json('["\\ud800"]'))
    assert is_text(parse_json('["\\ud83d\\ude00", "\\\\ud800"]'))


def test_every_limit_is_documented_with_its_number() -> None:
    page = (Path(__file__).parents[3] / "docs" / "reference" / "limits.md").read_text(encoding="utf-8")
    rows = {line.split("|")[1].strip(" `"): line for line in page.splitlines() if line.startswith("| `")}
    wanted = {name for name in LIMITS if name != "MIB"}
    assert set(rows) == wanted
    for name in wanted:
        assert f" {LIMITS[name]:,} " in rows[name], name
