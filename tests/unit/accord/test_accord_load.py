from __future__ import annotations

from pathlib import Path

import pytest

from truceline.accord.load import load_accord, load_document, read_document
from truceline.core.errors import Fault, InvalidAccord, NotFound
from truceline.core.limits import ACCORD_BYTES, ACCORD_DEPTH


def faults(text: str) -> tuple[Fault, ...]:
    with pytest.raises(InvalidAccord) as caught:
        read_document(text, "a.yaml")
    return caught.value.faults


def only_fault(text: str) -> Fault:
    (fault,) = faults(text)
    return fault


def test_the_line_of_every_part_is_known(accord_file: Path) -> None:
    accord, positions = load_document(accord_file)
    lines = accord_file.read_text(encoding="utf-8").splitlines()
    assert accord.accord.id == "small"
    assert "due: 2030-01-25" in lines[positions["provisions[1].due"] - 1]
    assert lines[positions["parties[1]"] - 1].lstrip("- ").startswith("{id: south")


def test_all_faults_are_reported_at_once_in_the_order_of_the_text(accord_text: str) -> None:
    bad = (
        accord_text.replace("status: confirmed", "status: confirmd")
        .replace("role: supporter", "roll: supporter")
        .replace("due: 2030-01-20", "due: 2030-02-30")
        .replace("kind: cessation", "kind: cesation")
    )
    found = faults(bad)
    assert [fault.path for fault in found] == [
        "accord.status", "parties[2].role", "parties[2].roll", "provisions[0].kind", "provisions[2].due",
    ]  # fmt: skip
    lines = bad.splitlines()
    for fault, words in zip(found, ("confirmd", "roll", "roll", "cesation", "2030-02-30"), strict=True):
        assert fault.line is not None
        assert words in lines[fault.line - 1]


@pytest.mark.parametrize(
    ("old", "new", "suggestion"),
    [
        ("status: confirmed", "status: confirmd", "confirmed"),
        ("time_zone:", "timezone:", "time_zone"),
        ("    weapons: [", "    weapon: [", "weapons"),
        ("kind: cessation", "kind: cesation", "cessation"),
        ("left: north", "lefft: north", "left"),
        ("depth_m: {min", "depth_m: {minn", "min"),
    ],
)
def test_a_slip_of_the_pen_is_met_with_what_was_meant(
    accord_text: str, old: str, new: str, suggestion: str
) -> None:
    assert any(
        f"did you mean {suggestion!r}?" in fault.message for fault in faults(accord_text.replace(old, new))
    )


def test_an_unknown_key_names_the_keys_that_are_accepted(accord_text: str) -> None:
    fault = only_fault(accord_text.replace("    left: north", "    lefft: north"))
    assert fault.path == "lines[0].lefft"
    assert fault.accepted is not None
    assert "uncertainty_m" in fault.accepted


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "is empty"),
        ("# nothing but a comment\n", "is empty"),
        ("- a\n- b\n", "is not an accord; found a list"),
        ("a word", "is not an accord; found a single value"),
        ("accord: 1\naccord: 2\n", "the key 'accord' stands twice, first on line 1"),
        ("accord: &a {id: x}\nsources: *a\n", "anchors (&) and aliases (*) are not accepted"),
        ("accord: {<<: {id: x}}\n", "merge keys (<<) are not accepted"),
        ("accord: !!python/object:os.system {}\n", "is not accepted"),
        ("accord:\n\tid: x\n", "a tab stands where YAML wants spaces"),
        ("accord: [1\n", "is not YAML"),
        ("accord: 'x\n", "is not YAML"),
        ("accord: 1\n---\naccord: 2\n", "a second document begins"),
        ("? [a, b]\n: c\n", "a key must be one word"),
        ("accord: \x07\n", "a character that is not allowed in YAML; found U+0007"),
        ("format: 2\n", "is written in accord format 2; this Truceline reads format 1"),
        ("format: one\n", "accepted: a whole number"),
        ("accord: {version: " + "9" * 6000 + "}\n", "cannot be read as a number"),
        ("[" * (ACCORD_DEPTH + 5) + "]" * (ACCORD_DEPTH + 5), f"nested more than {ACCORD_DEPTH} levels deep"),
    ],
)
def test_what_is_no_accord_gets_one_clear_sentence(text: str, words: str) -> None:
    sentence = only_fault(text).sentence()
    assert words in sentence
    assert sentence.startswith("a.yaml")
    assert "\n" not in sentence
    assert "Traceback" not in sentence


def test_an_alias_bomb_is_refused_before_it_grows() -> None:
    bomb = "a: &a [x]\n" + "".join(
        f"{name}: &{name} [{', '.join([f'*{before}'] * 9)}]\n"
        for before, name in zip("abcdefgh", "bcdefghi", strict=True)
    )
    assert only_fault(bomb).line == 1


def test_a_folder_a_binary_file_a_missing_file_and_other_encodings_are_named(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="does not exist"):
        load_accord(tmp_path / "none.yaml")
    with pytest.raises(InvalidAccord, match="is a folder"):
        load_accord(tmp_path)
    binary, latin, huge = tmp_path / "b.yaml", tmp_path / "l.yaml", tmp_path / "h.yaml"
    binary.write_bytes(b"\x7fELF\0\0")
    latin.write_bytes("accord:\n  id: é\n".encode("latin-1"))
    huge.write_bytes(b"#" * (ACCORD_BYTES + 1))
    with pytest.raises(InvalidAccord, match="is a binary file"):
        load_accord(binary)
    with pytest.raises(InvalidAccord, match="line 2: is not text in UTF-8; found byte 0xe9"):
        load_accord(latin)
    with pytest.raises(InvalidAccord, match="up to 8,388,608"):
        load_accord(huge)


def test_a_byte_order_mark_and_windows_line_ends_change_nothing(accord_file: Path, accord_text: str) -> None:
    plain = load_document(accord_file)
    accord_file.write_bytes(b"\xef\xbb\xbf" + accord_text.replace("\n", "\r\n").encode())
    other = load_document(accord_file)
    assert other.accord == plain.accord
    assert other.positions == plain.positions


def test_json_is_read_as_well(accord_file: Path) -> None:
    accord = load_accord(accord_file)
    assert read_document(accord.model_dump_json(by_alias=True), "a.json").accord == accord


def test_yaml_is_version_1_2_where_no_is_a_word(accord_text: str) -> None:
    text = accord_text.replace("names: North", "names: {no: Nord, en: North}")
    assert read_document(text).accord.parties[0].names["no"] == "Nord"


@pytest.mark.parametrize(
    "signed", ["20300101", "2030-1-1", "1893456000", '"1893456000"', "true", "[2030-01-01]"]
)
def test_a_number_or_an_unusual_form_is_no_day(accord_text: str, signed: str) -> None:
    fault = only_fault(accord_text.replace("signed: 2030-01-01", f"signed: {signed}"))
    assert fault.path == "accord.signed"


@pytest.mark.parametrize("depth", ["true", '"2000"', ".inf", ".nan", "-1"])
def test_only_a_finite_number_is_a_number(accord_text: str, depth: str) -> None:
    fault = only_fault(accord_text.replace("max: 2000", f"max: {depth}"))
    assert fault.path == "zones[0].derivation.depth_m.max"


def test_a_number_where_text_is_wanted_is_named(accord_text: str) -> None:
    fault = only_fault(accord_text.replace("names: South", "names: {en: 7}"))
    assert (fault.path, fault.found) == ("parties[1].names.en", "7")
    assert fault.line == accord_text.splitlines().index("  - {id: south, names: South, role: side}") + 1


def test_a_union_is_reported_once(accord_text: str) -> None:
    band = "band: {line: 3, side: leftt, from_m: 0, to_m: 5}"
    fault_list = faults(
        accord_text.replace("    weapons: [heavy_weapon]\n", f"    weapons: [tank]\n    {band}\n")
    )
    assert [fault.path for fault in fault_list] == ["provisions[2].band.line", "provisions[2].band.side"]


def test_every_example_loads(all_examples: list[Path]) -> None:
    assert all_examples
    for path in all_examples:
        assert load_accord(path).provisions, path
