from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from tests.unit.accord.lint_cases import BOUND, CASES

from truceline.accord.lint import RULES, Severity, errors_among, lint, severity_of, warnings_among
from truceline.accord.load import load_document
from truceline.core.errors import Fault

Edited = Callable[..., list[Fault]]


@pytest.fixture
def faults_with(accord_file: Path, accord_text: str) -> Edited:
    """The faults of the small accord after replacements, which must each be possible."""

    def edited(*replacements: tuple[str, str], more: str = "") -> list[Fault]:
        text = accord_text
        for old, new in replacements:
            assert old in text, old
            text = text.replace(old, new, 1)
        accord_file.write_text(text + more, encoding="utf-8")
        accord, positions = load_document(accord_file)
        return lint(accord, accord_file.parent, positions)

    return edited


def test_the_small_accord_and_every_example_are_without_fault(
    faults_with: Edited, all_examples: list[Path]
) -> None:
    assert faults_with() == []
    for path in all_examples:
        accord, positions = load_document(path)
        assert lint(accord, path.parent, positions) == [], path


@pytest.mark.parametrize(("code", "path", "replacements", "more_text"), CASES)
def test_each_rule_finds_its_fault_at_its_place(
    faults_with: Edited, code: str, path: str, replacements: list[tuple[str, str]], more_text: str
) -> None:
    if code == "source-changed":
        replacements = [("}\nparties:", "\n   }\nparties:"), *replacements]
    faults = faults_with(*replacements, more=more_text)
    assert (code, path) in [(fault.code, fault.path) for fault in faults]
    assert all(fault.line is not None for fault in faults)


def test_every_rule_is_tested_here() -> None:
    tested = {code for code, *_ in CASES}
    assert set(RULES) - tested == {"source-without-checksum"}


def test_a_source_without_its_checksum_is_a_warning(accord_file: Path, accord_text: str) -> None:
    text = "\n".join(
        line.split(", sha256")[0] + "}" if ", sha256" in line else line for line in accord_text.splitlines()
    )
    accord_file.write_text(text, encoding="utf-8")
    accord, positions = load_document(accord_file)
    assert [f.code for f in lint(accord, accord_file.parent, positions)] == ["source-without-checksum"]


def test_a_deadline_before_the_signature_is_reported_with_its_line(
    faults_with: Edited, accord_file: Path
) -> None:
    (fault,) = faults_with(("2030-01-20", "2029-12-31"))
    lines = accord_file.read_text(encoding="utf-8").splitlines()
    assert fault.line is not None
    assert lines[fault.line - 1] == "    due: 2029-12-31"
    assert "before the accord was signed on 2030-01-01" in fault.message


def test_an_unresolved_reference_says_what_may_be_meant(faults_with: Edited) -> None:
    (fault,) = faults_with((BOUND, "parties: [nort, south]"))
    assert "did you mean 'north'?" in fault.message


def test_a_quote_that_moved_says_where_its_words_stand(faults_with: Edited) -> None:
    (fault,) = faults_with(("start: 22, end: 50", "start: 20, end: 48"))
    assert "they stand at 22 to 50" in fault.message


def test_what_is_open_in_a_draft_is_a_warning_there(accord_file: Path, accord_text: str) -> None:
    accord_file.write_text(
        accord_text.replace("status: confirmed", "status: draft").replace(f"    {BOUND}\n", "", 1),
        encoding="utf-8",
    )
    accord, positions = load_document(accord_file)
    faults = lint(accord, accord_file.parent, positions)
    assert [fault.code for fault in faults] == ["binds-nobody"]
    assert errors_among(faults, accord) == []
    assert warnings_among(faults, accord) == faults
    confirmed = accord.model_copy(update={"accord": accord.accord.model_copy(update={"status": "confirmed"})})
    assert severity_of("binds-nobody", confirmed) is Severity.ERROR


def test_without_a_folder_no_file_is_looked_at(faults_with: Edited, accord_file: Path) -> None:
    assert faults_with(("file: text.txt", "file: gone.txt")) != []
    assert lint(load_document(accord_file).accord) == []
