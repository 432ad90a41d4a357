"""The reference page of evidence says what the code does."""

import csv
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from truceline.accord.load import load_accord
from truceline.evidence.actors import match_actors
from truceline.evidence.intake.fields import FIELDS
from truceline.evidence.intake.mapping import EvidenceMapping
from truceline.evidence.readers import READERS

ROOT = Path(__file__).parents[4]
Reads = Callable[..., Any]


@pytest.fixture(scope="module")
def page() -> str:
    return (ROOT / "docs" / "reference" / "evidence.md").read_text(encoding="utf-8")


def example(page: str) -> str:
    (found,) = re.findall(r"```yaml\n(.*?)```", page, re.DOTALL)
    return str(found)


def test_every_field_format_and_key_of_a_mapping_is_documented(page: str) -> None:
    assert [name for name in (*FIELDS, *READERS) if f"`{name}`" not in page] == []
    assert [key for key in EvidenceMapping.model_fields if f"{key}:" not in example(page)] == []


def test_the_example_of_a_mapping_reads_the_table_that_it_describes(
    page: str, tmp_path: Path, read_text: Reads
) -> None:
    mapping = tmp_path / "map.yaml"
    mapping.write_text(example(page), encoding="utf-8")
    text = "Typ;Tag;X;Y;Genau;Wer\nBeschuss;31.12.2018;36,5;35,25;2;Nord\n"
    (row,) = read_text(text, mapping=mapping).observations
    assert (row["kind"], row["error_m"], row["source"], row["reliability"]) == (
        "shelling",
        2000,
        "field-office",
        "C",
    )
    (fault,) = read_text(text.replace("36,5;35,25", "35,25;36,5"), mapping=mapping).quarantined
    assert "swapped" in fault.message


def test_the_quality_of_matching_on_the_page_is_the_one_measured(page: str) -> None:
    accord = load_accord(ROOT / "examples" / "idlib-2018" / "accord.yaml")
    with (ROOT / "tests" / "data" / "evidence" / "actors-syria.csv").open(
        encoding="utf-8", newline=""
    ) as file:
        expected = {row["name"]: row["party"] or None for row in csv.DictReader(file)}
    given = match_actors(accord, expected)
    meant = sum(party is not None for party in expected.values())
    found = sum(party is not None and given[name].party == party for name, party in expected.items())
    wrong = sum(given[name].party not in {None, party} for name, party in expected.items())
    words = " ".join(page.split())
    assert f"On {len(expected)} names labelled by hand" in words
    assert f"{meant} mean a party of the Idlib accord, {len(expected) - meant} are near misses" in words
    assert f"{found} are found and {'none is' if wrong == 0 else f'{wrong} are'} matched wrongly" in words
