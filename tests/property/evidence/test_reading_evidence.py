"""What holds for any file: readers never break, count every row, and give the same ids again."""

import csv
import io
import random
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from truceline.core.errors import InvalidEvidence
from truceline.evidence.readers import READERS, read_evidence
from truceline.evidence.vocabulary import all_kinds

DATA = Path(__file__).parents[2] / "data" / "evidence"
RECORDED = datetime(2026, 11, 24, tzinfo=UTC)
FIELDS = (
    "id", "kind", "date_start", "date_end", "place", "lon", "lat", "error_m", "actor", "target", "count",
    "report", "source",
)  # fmt: skip

relaxed = settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def read(path: Path, content: bytes | str, **options: Any) -> tuple[list[dict[str, Any]], int, int]:
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    rows: list[dict[str, Any]] = []
    quarantined = count = 0
    for batch in read_evidence(path, recorded_at=RECORDED, **options):
        assert batch.read == batch.table.num_rows + len(batch.quarantined)
        rows += batch.table.to_pylist()
        quarantined += len(batch.quarantined)
        count += batch.read
    return rows, quarantined, count


def try_to_read(
    path: Path, content: bytes, **options: Any
) -> InvalidEvidence | tuple[list[dict[str, Any]], int, int]:
    """What a file reads as, or the one error that is accepted, with its faults."""
    try:
        return read(path, content, **options)
    except InvalidEvidence as error:
        return error


def as_csv(rows: Sequence[Sequence[str]], header: Sequence[str] = FIELDS) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return out.getvalue()


@relaxed
@given(st.binary(max_size=400), st.sampled_from(sorted(READERS)))
@example(b'{"type": "FeatureCollection", "features": [{"properties": {"\\ud800": 1}}]}', "geojson")
@example(b"kind,date\nshelling,2018-10-01\x00\n", "csv")
@example(b"PK\x03\x04", "csv")
@example(b"\x1f\x8b\x00", "gdelt")
def test_no_file_breaks_a_reader(tmp_path: Path, content: bytes, format: str) -> None:
    outcome = try_to_read(tmp_path / "any", content, format=format)
    assert isinstance(outcome, InvalidEvidence) or outcome[2] == len(outcome[0]) + outcome[1]


texts = st.text(st.characters(codec="utf-8", exclude_characters="\r"), max_size=12)
cells = st.one_of(texts, st.sampled_from(["2018-10-01", "shelling", "36.5", "-1", "NaN", "", "0", "1e99"]))


@relaxed
@given(st.lists(st.lists(cells, min_size=len(FIELDS), max_size=len(FIELDS)), max_size=8))
def test_every_row_is_read_or_set_aside(tmp_path: Path, rows: list[list[str]]) -> None:
    good, bad, count = read(tmp_path / "rows.csv", as_csv(rows))
    assert count == len(rows) == len(good) + bad


@relaxed
@given(
    st.sampled_from(
        [
            "acled-current.csv",
            "acled-old.csv",
            "ucdp-ged.csv",
            "gdelt-20180918.export.CSV",
            "features.geojson",
        ]
    ),
    st.integers(0, 20_000),
    st.binary(min_size=1, max_size=3),
)
def test_a_file_with_a_damaged_spot_breaks_no_reader(
    tmp_path: Path, name: str, place: int, damage: bytes
) -> None:
    content = (DATA / name).read_bytes()
    spot = place % len(content)
    damaged = content[:spot] + damage + content[spot + len(damage) :]
    outcome = try_to_read(tmp_path / name, damaged)
    assert isinstance(outcome, InvalidEvidence) or outcome[2] == len(outcome[0]) + outcome[1]


words = st.text(st.characters(codec="utf-8", categories=("L", "N", "Zs", "Po")), min_size=1, max_size=20).map(
    lambda text: " ".join(text.split()) or "x"
)
names = words.map(lambda text: text.replace(";", ",").strip() or "x")
days = st.dates(date(1990, 1, 1), date(2100, 1, 1))


@st.composite
def observations(draw: st.DrawFn) -> dict[str, Any]:
    start = draw(days)
    located = draw(st.booleans())
    return {
        "id": draw(st.none() | words),
        "kind": draw(st.sampled_from(all_kinds())),
        "date_start": start,
        "date_end": start + timedelta(days=draw(st.integers(0, 40))),
        "place": draw(st.none() | words),
        "lon": draw(st.floats(-180, 180).filter(bool)) if located else None,
        "lat": draw(st.floats(-90, 90)) if located else None,
        "error_m": draw(st.floats(0, 1e6)) if located else None,
        "actor": draw(st.lists(names, max_size=3)),
        "target": draw(st.lists(names, max_size=2)),
        "count": draw(st.none() | st.integers(0, 10**6)),
        "report": draw(st.none() | words),
        "source": draw(words),
    }


def cell(value: Any) -> str:
    if isinstance(value, list):
        return ";".join(value)
    return "" if value is None else str(value)


@relaxed
@given(st.lists(observations(), min_size=1, max_size=6))
def test_what_is_written_in_our_columns_is_read_again(tmp_path: Path, written: list[dict[str, Any]]) -> None:
    text = as_csv([[cell(row[field]) for field in FIELDS] for row in written])
    good, bad, _ = read(tmp_path / "own.csv", text)
    assert bad == 0
    for row, seen in zip(written, good, strict=True):
        assert seen["kind"] == row["kind"]
        assert seen["occurred_from"].date() == row["date_start"]
        assert seen["occurred_to"].date() == row["date_end"] + timedelta(days=1)
        assert seen["lon"] == pytest.approx(row["lon"])
        assert seen["lat"] == pytest.approx(row["lat"])
        assert seen["error_m"] == pytest.approx(row["error_m"])
        assert (seen["actors"], seen["targets"]) == (row["actor"], row["target"])
        assert (seen["count"], seen["report"], seen["origin_id"]) == (row["count"], row["report"], row["id"])


@relaxed
@given(st.lists(observations(), min_size=1, max_size=8), st.randoms(use_true_random=False), st.integers(1, 5))
def test_order_batches_and_file_names_do_not_change_ids(
    tmp_path: Path, written: list[dict[str, Any]], chance: random.Random, batch_rows: int
) -> None:
    rows = [[cell(row[field]) for field in FIELDS] for row in written]
    first, _, _ = read(tmp_path / "one.csv", as_csv(rows))
    again, _, _ = read(tmp_path / "one.csv", as_csv(rows))
    chance.shuffle(rows)
    shuffled, _, _ = read(tmp_path / "other.csv", as_csv(rows), batch_rows=batch_rows)
    identity = [(o["id"], o["digest"]) for o in first]
    assert [(o["id"], o["digest"]) for o in again] == identity
    assert sorted((o["id"], o["digest"]) for o in shuffled) == sorted(identity)


@relaxed
@given(st.lists(observations(), min_size=2, max_size=6))
def test_different_rows_without_numbers_have_different_ids(
    tmp_path: Path, written: list[dict[str, Any]]
) -> None:
    rows = {tuple("" if field == "id" else cell(row[field]) for field in FIELDS) for row in written}
    good, _, _ = read(tmp_path / "own.csv", as_csv(sorted(rows)))
    assert len({o["id"] for o in good}) == len(rows)
