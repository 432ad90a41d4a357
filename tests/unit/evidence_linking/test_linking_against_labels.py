"""Linking against pairs labelled by hand (docs/linking.md), and what is said of a link."""

from __future__ import annotations

import csv
import re
import sys
from collections import Counter
from pathlib import Path

import pytest

from truceline.evidence.linking import LinkRules, link_incidents
from truceline.evidence.linking.result import WEIGHTS

ROOT = Path(__file__).parents[3]
sys.path.insert(0, str(ROOT / "benchmarks"))
import linking as bench  # noqa: E402


def test_every_pair_of_the_protocol_is_labelled_once_with_a_reason() -> None:
    labelled = bench.labels()
    assert len(labelled) >= 300
    sampled = [(stratum, a["id"], b["id"]) for stratum, a, b in bench.sample_pairs()]
    assert [(pair["stratum"], pair["a"], pair["b"]) for pair in labelled] == sampled
    counts = Counter(pair["label"] for pair in labelled)
    assert set(counts) == {"same", "part", "no"}
    assert all(len(pair["reason"]) > 8 for pair in labelled)


def test_labels_do_not_contradict_one_another() -> None:
    """Two reports that are the same as a third are not each other's `no`."""
    label = {frozenset((pair["a"], pair["b"])): pair["label"] for pair in bench.labels()}
    same = [sorted(pair) for pair, said in label.items() if said == "same"]
    for one in same:
        for other in same:
            (shared,) = set(one) & set(other) if len(set(one) & set(other)) == 1 else (None,)
            if shared is not None:
                ends = frozenset((set(one) | set(other)) - {shared})
                assert label.get(ends, "same") != "no", (one, other)


def test_reports_written_for_the_labels_say_that_they_are_invented() -> None:
    with (bench.DATA / "reports.csv").open(encoding="utf-8") as file:
        assert {row["synthetic"] for row in csv.DictReader(file)} == {"true"}


def test_linking_is_as_precise_as_was_measured_and_finds_no_less() -> None:
    found = bench.ours()
    # Measured 2026-11-26: 26 right, 5 wrong, 19 missed, 2 parts linked.
    assert found["precision"] >= 0.82
    assert found["recall"] >= 0.55
    assert found["parts_linked"] <= 3


def test_a_link_says_what_each_comparison_added_and_it_adds_up() -> None:
    table, parties = bench.observations()
    incidents = link_incidents(table, parties=parties)
    links = incidents.links.to_pylist()
    assert links
    for link in links:
        added = sum(link[f"added_by_{name}"] for name in WEIGHTS)
        assert link["score"] == pytest.approx(min(added, 1.0), abs=1e-5)
        assert link["score"] >= link["needed"] == LinkRules().threshold
        sentence = incidents.reasons(link["a"])[0]
        assert re.search(
            r"; weights: place 0\.\d\d, time 0\.\d\d, .*together \d\.\d\d of which 0\.50 is needed", sentence
        )
