"""The readers of UCDP GED, ACLED and GDELT on files in their real layouts (invented rows)."""

import csv
import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from truceline.core.errors import InvalidEvidence
from truceline.evidence.readers import detect_format

Reads = Callable[..., Any]
ZONE = "Asia/Damascus"


def originals(path: Path, delimiter: str = ",") -> dict[str, dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter=delimiter))
    key = "event_id_cnty" if "event_id_cnty" in rows[0] else "id"
    return {row[key]: row for row in rows}


@pytest.mark.parametrize(
    ("name", "format"),
    [
        ("acled-current.csv", "acled"),
        ("acled-old.csv", "acled"),
        ("ucdp-ged.csv", "ucdp"),
        ("gdelt-20180918.export.CSV", "gdelt"),
        ("gdelt-20180918.export.CSV.zip", "gdelt"),
        ("features.geojson", "geojson"),
    ],
)
def test_the_format_is_found_by_content_and_every_row_is_read(
    name: str, format: str, data: Path, tmp_path: Path, read_path: Reads
) -> None:
    nameless = tmp_path / "unnamed"
    nameless.write_bytes((data / name).read_bytes())
    assert detect_format(nameless) == format
    found = read_path(nameless)
    assert found.quarantined == []
    assert found.read == len({row["id"] for row in found.observations}) > 20


@pytest.mark.parametrize(("name", "delimiter"), [("acled-current.csv", ","), ("acled-old.csv", ";")])
def test_acled_rows_say_what_acled_says(name: str, delimiter: str, data: Path, read_path: Reads) -> None:
    rows = originals(data / name, delimiter)
    for seen in read_path(data / name, time_zone=ZONE).observations:
        row = rows[seen["origin_id"]]
        assert (seen["lon"], seen["lat"]) == (float(row["longitude"]), float(row["latitude"]))
        assert seen["error_m"] == {"1": 5000, "2": 30_000, "3": 130_000}[row["geo_precision"]]
        assert (seen["report"], seen["place"]) == (row["notes"], row["location"])
        assert seen["fatalities"] == int(row["fatalities"])
        days = (seen["occurred_to"] - seen["occurred_from"]) / timedelta(days=1)
        if row["time_precision"] == "1":
            assert days == pytest.approx(1, abs=0.05)
        elif row["time_precision"] == "2":
            assert days == pytest.approx(13, abs=0.05)
        else:
            assert 27.9 < days < 31.1
        assert json.loads(seen["details"])["sub_event_type"] == row["sub_event_type"]


def test_acled_names_an_active_side_only_where_its_codebook_does(data: Path, read_path: Reads) -> None:
    rows = originals(data / "acled-current.csv")
    clashes = strikes = 0
    for seen in read_path(data / "acled-current.csv").observations:
        row = rows[seen["origin_id"]]
        if row["event_type"] == "Battles":
            assert (seen["actors"], seen["targets"]) == ([row["actor1"], row["actor2"]], [])
            clashes += 1
        elif row["sub_event_type"] == "Air/drone strike":
            assert (seen["actors"], seen["targets"]) == ([row["actor1"]], [row["actor2"]])
            assert seen["kind"] == "air_strike"
            strikes += 1
    assert clashes
    assert strikes


def test_a_new_upload_of_an_unchanged_acled_row_is_no_revision(data: Path, read_text: Reads) -> None:
    text = (data / "acled-current.csv").read_text()
    first = read_text(text, "a.csv").observations
    lines = [line.rsplit(",", 1)[0] + ",1700000000" for line in text.splitlines()[1:]]
    again = read_text("\n".join([text.splitlines()[0], *lines]), "b.csv").observations
    assert [(o["id"], o["digest"]) for o in first] == [(o["id"], o["digest"]) for o in again]
    assert json.loads(again[0]["details"])["timestamp"] == "1700000000"
    edited = read_text(text.replace("Synthetic row 1:", "Corrected row 1:"), "c.csv").observations
    changed = [a["origin_id"] for a, b in zip(first, edited, strict=True) if a["digest"] != b["digest"]]
    assert changed == ["SYR40001"]
    assert [o["id"] for o in first] == [o["id"] for o in edited]


def test_ucdp_codes_of_precision_become_areas_and_intervals(data: Path, read_path: Reads) -> None:
    rows = originals(data / "ucdp-ged.csv")
    radius = {"1": 5e3, "2": 25e3, "3": 50e3, "4": 130e3, "5": 130e3, "6": 500e3, "7": 500e3}
    for seen in read_path(data / "ucdp-ged.csv").observations:
        row = rows[seen["origin_id"]]
        assert seen["error_m"] == radius[row["where_prec"]]
        start = datetime.fromisoformat(row["date_start"]).replace(tzinfo=UTC)
        end = datetime.fromisoformat(row["date_end"]).replace(tzinfo=UTC) + timedelta(days=1)
        assert seen["occurred_from"] <= start < end <= seen["occurred_to"]
        if row["date_prec"] == "5":
            assert seen["occurred_from"] == datetime(start.year, 1, 1, tzinfo=UTC)
        assert seen["fatalities"] == int(row["best"])


def test_ucdp_says_who_fought_and_only_in_one_sided_violence_who_acted(data: Path, read_path: Reads) -> None:
    rows = originals(data / "ucdp-ged.csv")
    for seen in read_path(data / "ucdp-ged.csv").observations:
        row = rows[seen["origin_id"]]
        if row["type_of_violence"] == "3":
            assert (seen["kind"], seen["actors"], seen["targets"]) == (
                "attack_on_civilians", [row["side_a"]], [row["side_b"]],
            )  # fmt: skip
        else:
            assert (seen["kind"], seen["actors"]) == ("attack_unspecified", [row["side_a"], row["side_b"]])


def test_gdelt_rows_carry_their_url_and_when_they_were_added(data: Path, read_path: Reads) -> None:
    found = read_path(data / "gdelt-20180918.export.CSV").observations
    by_code = {json.loads(o["details"])["EventCode"]: o for o in found}
    assert by_code["195"]["kind"] == "air_strike"
    assert by_code["1952"]["kind"] == "drone_strike"
    assert by_code["1411"]["kind"] == "protest"
    assert by_code["0874"]["kind"] == "withdrawal_claim"
    assert by_code["0874"]["claim"]
    assert all(o["origin_url"].startswith("https://") and o["reported_at"].hour == 12 for o in found)
    assert [o["error_m"] for o in found if o["lon"] is None] == [None, None, None]
    assert found[0]["origin_row"] == 1


@pytest.mark.parametrize(
    ("name", "old", "new", "field"),
    [
        ("acled-current.csv", "Shelling/artillery/missile attack,", "Something new,", None),
        ("acled-current.csv", ",Battles,", ",Quarrels,", "event_type"),
        ("acled-current.csv", "SYR40001,2018-11-17", "SYR40001,soon", "event_date"),
        ("acled-current.csv", "SYR40001,", ",", "event_id_cnty"),
        ("acled-current.csv", "36.6756,3", "x,3", "lon"),
        ("ucdp-ged.csv", "900001,", ",", "id"),
        ("ucdp-ged.csv", "2018-", "2818-", "date_start"),
        ("gdelt-20180918.export.CSV", "\t2018", "\t2099", None),
        ("gdelt-20180918.export.CSV", "\t010\t010\t01", "\t999\t999\t99", "EventCode"),
    ],
)
def test_a_row_with_an_unknown_code_is_set_aside(
    name: str, old: str, new: str, field: str | None, data: Path, read_text: Reads
) -> None:
    text = (data / name).read_text()
    assert old in text
    found = read_text(text.replace(old, new))
    assert {fault.path for fault in found.quarantined} == ({field} if field else set())
    assert found.read == len(found.observations) + len(found.quarantined)


def test_a_file_with_another_layout_is_refused_when_the_format_is_named(read_text: Reads) -> None:
    for format in ("acled", "ucdp", "gdelt", "geojson", "csv"):
        with pytest.raises(InvalidEvidence):
            read_text("a,b\n1,2\n", format=format)


def test_an_unrecognised_file_names_the_formats_that_are(read_text: Reads) -> None:
    with pytest.raises(InvalidEvidence, match="not recognised") as caught:
        read_text("a,b\n1,2\n")
    assert "acled" in (caught.value.faults[0].accepted or "")


def test_a_damaged_archive_is_refused(data: Path, read_text: Reads) -> None:
    packed = (data / "gdelt-20180918.export.CSV.zip").read_bytes()
    with pytest.raises(InvalidEvidence):
        read_text(packed[: len(packed) // 2], "cut.zip")
