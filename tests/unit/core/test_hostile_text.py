"""What others write reaches a terminal, a page and a spreadsheet as text, and never as anything else."""

from __future__ import annotations

import csv
import io
import json
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.table import Table

from truceline.cli import output
from truceline.core.errors import InvalidInput
from truceline.core.shown import defused, json_shown, shown, shown_in_line, undone

ESCAPES = "\x1b[2J\x1b]0;title\x07\x9b31m\r\x08\u202egnp.exe\u2066x\u2069"
FORMULAS = ("=1+1", "+A1", "-2+3+cmd|' /C calc'!A0", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1", "'=1")


def obeyed(text: str) -> bool:
    """Whether a terminal or a line of text would obey any of it (oracle: Unicode's own categories)."""
    overrides = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}
    return any(
        (unicodedata.category(c) in ("Cc", "Cs") and c not in "\n\t")
        or unicodedata.bidirectional(c) in overrides
        for c in text
    )


@given(st.text(st.characters(codec=None), max_size=40))
def test_nothing_that_is_shown_is_obeyed_and_showing_twice_changes_nothing(text: str) -> None:
    assert not obeyed(shown(text))
    assert shown(shown(text)) == shown(text)
    assert "\n" not in shown_in_line(text)


@pytest.mark.parametrize(
    "name", ["هيئة تحرير الشام", "Tahrir al-Sham\u200f", "می‌خواهم", "Idlib – İdlib\t1\n2", "ЛНР"]
)
def test_names_of_all_scripts_with_the_marks_that_they_need_stay_as_they_are(name: str) -> None:
    assert shown(name) == name


@given(st.dictionaries(st.text(max_size=9), st.text(max_size=20)))
def test_json_on_a_terminal_means_the_same(value: dict[str, str]) -> None:
    written = json_shown(json.dumps(value, ensure_ascii=False))
    assert not obeyed(written)
    assert json.loads(written) == value


def test_tables_and_sentences_of_the_command_line_hold_no_escape_of_others(
    capsys: pytest.CaptureFixture[str],
) -> None:
    table = Table(ESCAPES)
    table.add_row(ESCAPES)
    for console in (output.stdout, output.stderr):
        console.print(table)
        console.print(ESCAPES, markup=False, soft_wrap=True)
    output.say(ESCAPES)
    output.print_json({ESCAPES: "half \ud800"})
    output.fail(InvalidInput(f"found {ESCAPES}\ntruceline: all is well", hint=ESCAPES), as_json=True)
    said = capsys.readouterr()
    assert not obeyed(said.out + said.err)
    assert "\\x1b[2J" in said.out
    assert "\\ntruceline: all is well" in said.err


@given(
    st.text(max_size=12) | st.sampled_from(FORMULAS) | st.from_regex(r"'{0,3}[=+@-][0-9A-Z]*", fullmatch=True)
)
def test_a_cell_is_defused_and_can_be_undone(text: str) -> None:
    cell = defused(text)
    assert undone(cell) == text
    held = next(csv.reader(io.StringIO(_written(cell), newline="")), [""])[0]
    assert held == cell
    begins = cell[:1] in ("=", "+", "-", "@", "\t", "\r", "\n")
    assert not begins or float(cell) is not None  # only what is wholly a number


def _written(cell: str) -> str:
    line = io.StringIO(newline="")
    csv.writer(line).writerow([cell])
    return line.getvalue()


@pytest.mark.parametrize("text", FORMULAS)
def test_each_way_to_begin_a_formula_is_defused(text: str) -> None:
    assert defused(text) == f"'{text}"


@pytest.mark.parametrize("text", ["-12", "+4.5", "-1e-3", "a=b", "'quoted'", "", "12-13"])
def test_numbers_and_plain_text_are_left_alone(text: str) -> None:
    assert defused(text) == text
