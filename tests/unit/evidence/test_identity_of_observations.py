from datetime import UTC, datetime
from typing import Any

import pyarrow as pa

from truceline.evidence.identity import (
    content_digest,
    identify,
    is_observation_id,
    observation_id,
    revision_id,
)
from truceline.evidence.table import OBSERVATION_SCHEMA

DAY = datetime(2018, 10, 1, tzinfo=UTC)


def observation(**given: Any) -> dict[str, Any]:
    return dict.fromkeys(OBSERVATION_SCHEMA.names) | {
        "id": "", "kind": "shelling", "occurred_from": DAY, "occurred_to": DAY, "recorded_at": DAY,
        "actors": ["a"], "targets": [], "source": "s", "claim": False, "synthetic": False, "retracted": False,
    } | given  # fmt: skip


def table(*rows: dict[str, Any]) -> pa.Table:
    return pa.Table.from_pylist(list(rows), schema=OBSERVATION_SCHEMA)


def test_a_row_with_its_sources_number_keeps_its_id_when_its_words_change() -> None:
    before, after = identify(
        table(
            observation(origin_id="7", report="two shells"), observation(origin_id="7", report="three shells")
        )
    ).to_pylist()
    assert before["id"] == after["id"] == observation_id("s", "7")
    assert before["digest"] != after["digest"]
    assert revision_id(after["id"], after["digest"]) != revision_id(before["id"], before["digest"])


def test_a_row_without_number_is_identified_by_its_content_wherever_it_stood() -> None:
    later = datetime(2020, 1, 1, tzinfo=UTC)
    first, moved, other = identify(
        table(
            observation(report="x", origin_file="a.csv", origin_row=1),
            observation(report="x", origin_file="b.csv", origin_row=9, recorded_at=later),
            observation(report="y", origin_file="a.csv", origin_row=2),
        )
    ).to_pylist()
    assert first["id"] == moved["id"]
    assert first["id"] != other["id"]


def test_the_same_number_of_two_sources_is_two_observations() -> None:
    assert observation_id("ab", "c") != observation_id("a", "bc")


def test_values_that_move_between_columns_or_list_elements_change_the_digest() -> None:
    digests = content_digest(
        table(
            observation(actors=["a", "b"]),
            observation(actors=["ab"]),
            observation(actors=["a"], targets=["b"]),
            observation(actors=["a"], place="b"),
            observation(actors=["a"], report="b"),
        )
    ).to_pylist()
    assert len(set(digests)) == 5


def test_ids_are_told_from_the_numbers_of_sources() -> None:
    assert is_observation_id(observation_id("s", "1"))
    assert not any(map(is_observation_id, ("idl-001", "obs-1", "0" * 24, "obs-" + "G" * 24)))
