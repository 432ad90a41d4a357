"""The CSV reader on layouts of others, described by a mapping file."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from truceline.core.errors import InvalidEvidence, InvalidInput
from truceline.evidence.intake.mapping import load_mapping

Reads = Callable[..., Any]
TABLE = "Typ;Tag;X;Y;Genau;Wer\nBeschuss;31.12.2018;36,5;35,25;2;Nord\n"
MAPPING = {
    "columns": {"Typ": "kind", "Tag": "date", "X": "lon", "Y": "lat", "Wer": "actor"},
    "values": {"kind": {"Beschuss": "shelling", "*": "other"}},
    "date_format": "%d.%m.%Y",
    "decimal": ",",
    "precision": {"column": "Genau", "codes": {1: 100, 2: 2000}},
    "source": "office",
}


def test_the_example_of_a_field_office_is_read_whole(data: Path, read_path: Reads) -> None:
    found = read_path(data / "field-office.csv", mapping=data / "field-office.map.yaml")
    assert (found.read, found.quarantined) == (24, [])
    assert {o["kind"] for o in found.observations} == {"shelling", "small_arms_fire", "air_strike", "patrol"}
    assert all(36 < o["lon"] < 38 and 35 < o["lat"] < 37 for o in found.observations)
    assert {o["error_m"] for o in found.observations} <= {5e3, 3e4, 1.3e5}
    assert all(
        o["synthetic"] and o["reliability"] == "C" and o["source"] == "field-office"
        for o in found.observations
    )
    # Winter and summer time of Damascus, from the mapping and not from the call.
    assert {o["occurred_from"].hour for o in found.observations} == {21}


def test_columns_values_numbers_and_days_are_translated(read_text: Reads) -> None:
    (row,) = read_text(TABLE, mapping=MAPPING).observations
    assert (row["kind"], row["lon"], row["lat"], row["error_m"]) == ("shelling", 36.5, 35.25, 2000)
    assert (row["occurred_from"].isoformat(), row["actors"]) == ("2018-12-31T00:00:00+00:00", ["Nord"])
    assert row["details"] == '{"Genau": "2"}'


def test_a_star_stands_for_all_other_values(read_text: Reads) -> None:
    (row,) = read_text(TABLE.replace("Beschuss", "Sonstiges"), mapping=MAPPING).observations
    assert row["kind"] == "other"


def test_a_constant_fills_what_is_empty_and_leaves_what_is_said(read_text: Reads) -> None:
    text = "kind,date,actor\nshelling,2018-10-01,a\nshelling,2018-10-01,\n"
    found = read_text(text, mapping={"constants": {"actor": "b", "claim": True, "credibility": 3}})
    assert [o["actors"] for o in found.observations] == [["a"], ["b"]]
    assert [(o["claim"], o["credibility"]) for o in found.observations] == [(True, 3)] * 2


def test_an_unknown_code_of_precision_sets_the_row_aside(read_text: Reads) -> None:
    (fault,) = read_text(TABLE.replace(";2;", ";9;"), mapping=MAPPING).quarantined
    assert (fault.path, fault.found, fault.accepted) == ("Genau", "'9'", "1, 2")


def test_a_column_that_the_file_lacks_is_named(read_text: Reads) -> None:
    with pytest.raises(InvalidEvidence, match="does not have") as caught:
        read_text(TABLE.replace("Wer", "Who"), mapping=MAPPING)
    assert caught.value.faults[0].found == "Wer"


def test_a_mapping_with_faults_names_each_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "map.yaml"
    path.write_text("columns:\n  A: kin\n  B: date\n  C: date\ntime_zon: UTC\ndecimal: '.'\n")
    with pytest.raises(InvalidInput) as caught:
        load_mapping(path)
    assert [(f.line, f.path) for f in caught.value.faults] == [(5, "time_zon")]
    assert "did you mean time_zone" in caught.value.faults[0].message
    path.write_text("columns:\n  A: kin\n  B: date\n  C: date\ntime_zone: Mars/Olympus\n")
    with pytest.raises(InvalidInput) as caught:
        load_mapping(path)
    assert [(f.line, f.path) for f in caught.value.faults] == [
        (2, "columns.A"), (4, "columns.C"), (5, "time_zone"),
    ]  # fmt: skip
    assert "did you mean kind?" in caught.value.faults[0].message


@pytest.mark.parametrize("text", ["columns: [", "- a\n", "columns: 3\n", "decimal: x\n", "\x00"])
def test_a_mapping_that_is_none_is_refused(text: str, tmp_path: Path) -> None:
    path = tmp_path / "map.yaml"
    path.write_text(text)
    with pytest.raises(InvalidInput):
        load_mapping(path)


def test_a_mapping_does_not_go_with_a_format_that_has_its_own_columns(data: Path, read_path: Reads) -> None:
    with pytest.raises(InvalidInput, match="mapping file is for"):
        read_path(data / "acled-current.csv", mapping={}, format="acled")
