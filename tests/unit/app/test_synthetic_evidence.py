import csv
from collections import Counter
from datetime import date
from pathlib import Path

from truceline.app.synthetic import COLUMNS, Post, Setting, generate, write_csv

SETTING = Setting(
    sides=("north", "south"),
    posts=(Post("One", 36.5, 35.6), Post("Two", 36.7, 35.5)),
    signed=date(2018, 9, 17),
    deadline=date(2018, 10, 10),
    until=date(2018, 12, 31),
)


def test_the_same_seed_gives_the_same_rows_and_another_seed_gives_others() -> None:
    assert list(generate(SETTING, seed=7)) == list(generate(SETTING, seed=7))
    assert list(generate(SETTING, seed=7)) != list(generate(SETTING, seed=8))


def test_every_row_is_marked_synthetic_in_its_flag_its_source_and_its_words() -> None:
    rows = list(generate(SETTING, seed=7))
    assert len(rows) > 100
    for row in rows:
        assert row["synthetic"] == "true"
        assert row["source"] == "synthetic-monitors"
        assert str(row["report"]).startswith("synthetic: ")


def test_no_weapon_is_stored_twice_and_no_more_are_stored_than_were_declared() -> None:
    rows = list(generate(SETTING, seed=7))
    stored = [row["serial"] for row in rows if row["kind"] == "weapon_stored"]
    assert len(stored) == len(set(stored))
    declared: Counter[tuple[object, object]] = Counter()
    for row in rows:
        if row["kind"] == "weapon_declared":
            declared[row["actor"], row["weapon_class"]] += int(str(row["count"]))
    seen = Counter((row["actor"], row["weapon_class"]) for row in rows if row["kind"] == "weapon_stored")
    assert all(number <= declared[key] for key, number in seen.items())


def test_both_sides_are_drawn_from_the_same_distributions() -> None:
    totals = Counter[str]()
    for seed in range(60):
        for row in generate(SETTING, seed=seed):
            if row["kind"] == "weapon_declared":
                totals[str(row["actor"])] += int(str(row["count"]))
    # 60 draws of a mean of 33 weapons a side: the two sums differ by chance only (4 standard errors).
    assert abs(totals["north"] - totals["south"]) < 4 * (2 * 60 * 33) ** 0.5


def test_no_row_is_dated_after_the_end_asked_for_and_ids_are_unique() -> None:
    rows = list(generate(SETTING, seed=3))
    assert max(str(row["date_end"]) for row in rows) <= "2018-12-31"
    assert len({row["id"] for row in rows}) == len(rows)


def test_the_file_reads_back_as_the_rows(tmp_path: Path) -> None:
    path = tmp_path / "synthetic.csv"
    count = write_csv(generate(SETTING, seed=7), path)
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == count
    assert tuple(rows[0]) == COLUMNS
