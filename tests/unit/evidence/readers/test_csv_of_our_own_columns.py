"""The CSV reader on files that bear our own column names."""

import hashlib
import os
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from truceline.core.errors import InvalidEvidence
from truceline.evidence.identity import observation_id

HEAD = "id,kind,date_start,date_end,lon,lat,error_m,actor,target,report,source\n"
GOOD = "1,shelling,2018-10-01,2018-10-01,36.2,35.5,500,a;b,c,two shells,monitors\n"
Reads = Callable[..., Any]


def test_every_row_of_the_worked_example_is_read(idlib: Path, read_path: Reads) -> None:
    found = read_path(idlib / "reported-events.csv", time_zone="Asia/Damascus")
    assert (found.read, found.quarantined) == (29, [])
    first = found.observations[0]
    # Damascus was three hours ahead of UTC in September 2018, and the last day counts in full.
    assert first["occurred_from"] == datetime(2018, 9, 3, 21, tzinfo=UTC)
    assert first["occurred_to"] == datetime(2018, 9, 4, 21, tzinfo=UTC)
    assert first["actors"] == ["russia"]
    assert found.observations[1]["actors"] == ["syrian_government", "russia"]
    assert [o["origin_id"] for o in found.observations if o["lon"] is None] == [
        "idl-005", "idl-006", "idl-007", "idl-012", "idl-014", "idl-017", "idl-027",
    ]  # fmt: skip
    assert {o["kind"] for o in found.observations if o["claim"]} == {"statement", "withdrawal_claim"}


def test_an_observation_says_where_it_stood_in_the_original(read_text: Reads) -> None:
    (row,) = read_text(HEAD + GOOD).observations
    assert (row["origin_file"], row["origin_row"], row["origin_id"]) == ("events.csv", 1, "1")
    assert row["origin_sha256"] == hashlib.sha256((HEAD + GOOD).encode()).hexdigest()
    assert row["id"] == observation_id("monitors", "1")


@pytest.mark.parametrize(
    ("row", "field", "words"),
    [
        ("1,shellling,2018-10-01,,36,35,5,,,,m", "kind", "did you mean shelling?"),
        ("1,,2018-10-01,,36,35,5,,,,m", "kind", "kind is missing"),
        ("1,shelling,,,36,35,5,,,,m", "date_start", "date_start is missing"),
        ("1,shelling,2018-02-30,,36,35,5,,,,m", "date_start", "no such day"),
        ("1,shelling,01/10/2018,,36,35,5,,,,m", "date_start", "not a date"),
        ("1,shelling,0018-10-01,,36,35,5,,,,m", "date_start", "year is impossible"),
        ("1,shelling,2018-10-02,2018-10-01,36,35,5,,,,m", "date_end", "end lies before the start"),
        ("1,shelling,2018-10-01,,236,35,5,,,,m", "lon", "out of range"),
        ("1,shelling,2018-10-01,,36,195,5,,,,m", "lat", "out of range"),
        ("1,shelling,2018-10-01,,36,125,5,,,,m", "lat", "swapped"),
        ("1,shelling,2018-10-01,,36,,5,,,,m", "lat", "lat is missing"),
        ("1,shelling,2018-10-01,,NaN,35,5,,,,m", "lon", "not a number"),
        ("1,shelling,2018-10-01,,36,inf,5,,,,m", "lat", "not a number"),
        ('1,shelling,2018-10-01,,"36,5",35,5,,,,m', "lon", "not a number"),
        ("1,shelling,2018-10-01,,0,0,5,,,,m", "lon", "missing place"),
        ("1,shelling,2018-10-01,,36,35,-5,,,,m", "error_m", "out of range"),
        ("1,shelling,2018-10-01,,36,35,5,,m", "row", "9 columns instead of 11"),
        ("1,shelling,2018-10-01,,36,35,5,,,,m,x", "row", "12 columns instead of 11"),
        ("1,shelling,2018-10-01,,36,35,5,a\x00b,,,m", "actor", "NUL"),
    ],
)
def test_a_bad_row_is_set_aside_with_its_field_and_the_others_pass(
    row: str, field: str, words: str, read_text: Reads
) -> None:
    found = read_text(HEAD + GOOD + row + "\n" + GOOD.replace("1,", "2,", 1))
    assert [o["origin_id"] for o in found.observations] == ["1", "2"]
    (fault,) = found.quarantined
    assert (fault.source, fault.row, fault.path) == ("events.csv", 2, field)
    assert words in fault.message
    assert fault.accepted or field in {"actor"}


def test_rows_keep_their_number_behind_rows_that_do_not_fit(read_text: Reads) -> None:
    rows = [GOOD.replace("1,", f"{n},", 1) if n % 3 else f"{n},shelling\n" for n in range(1, 12)]
    found = read_text(HEAD + "".join(rows), batch_rows=2)
    assert [(o["origin_row"], o["origin_id"]) for o in found.observations] == [
        (n, str(n)) for n in range(1, 12) if n % 3
    ]
    assert [fault.row for fault in found.quarantined] == [3, 6, 9]


def test_all_faults_of_a_row_are_told_in_one(read_text: Reads) -> None:
    (fault,) = read_text(HEAD + "1,nothing,2018-13-01,,36,x,5,,,,m\n").quarantined
    assert fault.path == "kind"
    assert "also date_start" in fault.message
    assert "also lat" in fault.message


def test_a_date_that_is_start_and_end_is_told_of_once(read_text: Reads) -> None:
    (fault,) = read_text("kind,date,lon,lat\nshelling,yesterday,36,35\n").quarantined
    assert (fault.path, fault.message) == ("date", "this is not a date in the form expected")


def test_quoted_line_breaks_and_quotes_belong_to_the_field(read_text: Reads) -> None:
    row = '1,shelling,2018-10-01,,36,35,5,a,,"first line\nsecond, ""said"" he",m\n'
    found = read_text(HEAD + row + GOOD.replace("1,", "2,", 1))
    assert found.observations[0]["report"] == 'first line\nsecond, "said" he'
    assert found.observations[1]["origin_row"] == 2


@pytest.mark.parametrize("sign", [";", "\t", "|"])
def test_other_delimiters_are_found(sign: str, read_text: Reads) -> None:
    text = (HEAD + GOOD.replace("a;b", "a")).replace(",", sign)
    assert read_text(text).observations[0]["report"] == "two shells"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1256"])
def test_arabic_names_are_read_in_every_declared_encoding(encoding: str, read_text: Reads) -> None:
    text = HEAD + GOOD.replace("a;b", "هيئة تحرير الشام")
    declared = encoding if encoding.startswith("cp") else None
    found = read_text(text.encode(encoding), encoding=declared)
    assert found.observations[0]["actors"] == ["هيئة تحرير الشام"]


def test_an_undeclared_encoding_is_refused_with_the_line_and_what_to_do(read_text: Reads) -> None:
    with pytest.raises(InvalidEvidence, match="not UTF-8") as caught:
        read_text((HEAD + GOOD + GOOD.replace("two", "zwölf")).encode("cp1252"))
    assert caught.value.faults[0].line == 3
    assert "encoding" in (caught.value.hint or "")


@pytest.mark.parametrize("content", ["", "\n \n", "\ufeff"])
def test_an_empty_file_is_refused(content: str, read_text: Reads) -> None:
    with pytest.raises(InvalidEvidence, match="empty"):
        read_text(content)


def test_a_header_without_rows_is_no_fault(read_text: Reads) -> None:
    assert read_text(HEAD) == ([], [], 0)


def test_a_file_cut_off_within_quotes_is_refused_whole(read_text: Reads) -> None:
    with pytest.raises(InvalidEvidence, match="never closed") as caught:
        read_text(HEAD + GOOD + '2,shelling,2018-10-01,,36,35,5,a,,"cut off he')
    assert caught.value.faults[0].line == 3


def test_a_file_cut_off_within_a_row_says_so(read_text: Reads) -> None:
    (fault,) = read_text(HEAD + GOOD + "2,shelling,2018-1").quarantined
    assert fault.row == 2
    assert "cut off" in fault.message


def test_a_column_named_twice_is_refused(read_text: Reads) -> None:
    with pytest.raises(InvalidEvidence, match="stands twice"):
        read_text("kind,date,kind\nshelling,2018-10-01,shelling\n")


def test_a_missing_file_is_refused(tmp_path: Path, read_path: Reads) -> None:
    with pytest.raises(InvalidEvidence, match="no such file"):
        read_path(tmp_path / "nothing.csv")


def test_a_field_beyond_all_measure_is_set_aside(read_text: Reads) -> None:
    found = read_text(HEAD + GOOD + GOOD.replace("two shells", "x" * 1_000_001))
    assert len(found.observations) == 1
    assert found.quarantined[0].path == "report"


def test_a_point_whose_error_nobody_stated_is_marked(read_text: Reads) -> None:
    found = read_text("kind,date,lon,lat\nshelling,2018-10-01,36.2,35.5\nstatement,2018-10-01,,\n")
    point, statement = found.observations
    assert point["error_m"] == 5000
    assert "error_m_assumed" in point["details"]
    assert (statement["error_m"], statement["details"], statement["source"]) == (None, None, "file:events")


def test_unknown_columns_are_kept_as_details(read_text: Reads) -> None:
    (row,) = read_text('kind,date,Team\nshelling,2018-10-01,"North ""3"""\n').observations
    assert row["details"] == '{"Team": "North \\"3\\""}'


def test_a_line_in_wkt_becomes_a_point_on_it_with_a_radius_that_holds_it(read_text: Reads) -> None:
    text = 'kind,date,geometry\nroute_open,2018-10-01,"LINESTRING (36 35, 36 36, 36 37)"\n'
    (row,) = read_text(text).observations
    assert (row["lon"], row["lat"]) == (36.0, 36.0)
    # One degree of latitude there is 110.95 to 111.0 km.
    assert row["error_m"] == pytest.approx(110_960, rel=1e-3)
    assert row["geometry"] is not None


def test_coordinates_whose_mirror_image_lies_in_the_region_are_found_swapped(read_text: Reads) -> None:
    found = read_text(HEAD + GOOD.replace("36.2,35.5", "35.5,36.9"), region=(36, 34, 38, 36))
    assert "swapped" in found.quarantined[0].message


def test_instants_keep_their_zone_and_their_resolution(read_text: Reads) -> None:
    text = "kind,date\nshelling,2018-10-01T14:05+03:00\nshelling,2018-10-01 14:05:30\n"
    minute, second = read_text(text, time_zone="Asia/Damascus").observations
    assert minute["occurred_from"] == datetime(2018, 10, 1, 11, 5, tzinfo=UTC)
    assert (minute["occurred_to"] - minute["occurred_from"]).total_seconds() == 60
    assert second["occurred_from"] == datetime(2018, 10, 1, 11, 5, 30, tzinfo=UTC)
    assert (second["occurred_to"] - second["occurred_from"]).total_seconds() == 1


def test_a_correction_names_the_row_that_it_corrects_by_its_sources_number(read_text: Reads) -> None:
    text = "id,kind,date,source,supersedes,retracted\n2,shelling,2018-10-01,m,1,yes\n"
    (row,) = read_text(text).observations
    assert (row["supersedes"], row["retracted"]) == (observation_id("m", "1"), True)


@pytest.mark.parametrize(
    ("header", "lacking"), [("kind,place", "date_start"), ("date,place", "kind"), ("kind,day", "date_start")]
)
def test_a_file_without_a_column_that_is_needed_names_it(header: str, lacking: str, read_text: Reads) -> None:
    with pytest.raises(InvalidEvidence) as caught:
        read_text(f"{header}\nshelling,x\n")
    assert caught.value.faults[0].path == lacking
    assert "--mapping" in (caught.value.hint or "")


def test_a_row_longer_than_a_block_is_refused_whole(read_text: Reads) -> None:
    with pytest.raises(InvalidEvidence, match="longer than 2 MB"):
        read_text(HEAD + GOOD + GOOD.replace("two shells", "x" * 5_000_000) + GOOD)


def test_old_line_ends_are_read(read_text: Reads) -> None:
    for end in ("\r\n", "\r"):
        assert (
            len(read_text((HEAD + GOOD + GOOD.replace("1,", "2,", 1)).replace("\n", end)).observations) == 2
        )


def test_blank_lines_are_no_rows(read_text: Reads) -> None:
    found = read_text(HEAD + "\n" + GOOD + "\n\n")
    assert (found.read, found.observations[0]["origin_row"]) == (1, 1)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("count", "2.5"), ("count", "-1"), ("fatalities", "many"), ("effort_h", "-3"), ("calibre_mm", "1e9"),
        ("reliability", "G"), ("credibility", "7"), ("claim", "perhaps"), ("observed_at", "noon"),
    ],
)  # fmt: skip
def test_a_value_out_of_its_range_sets_the_row_aside(field: str, value: str, read_text: Reads) -> None:
    found = read_text(f"kind,date,{field}\nshelling,2018-10-01,{value}\nshelling,2018-10-01,\n")
    (fault,) = found.quarantined
    assert (fault.row, fault.path, fault.found) == (1, field, repr(value))
    assert fault.accepted
    assert len(found.observations) == 1


def test_ratings_flags_and_methods_are_read_in_their_usual_forms(read_text: Reads) -> None:
    text = "kind,date,reliability,credibility,claim,method,count\nshelling,2018-10-01,b,2,YES,Drone,3.0\n"
    (row,) = read_text(text).observations
    assert (row["reliability"], row["credibility"], row["claim"]) == ("B", 2, True)
    assert (row["method"], row["count"]) == ("unmanned_aircraft", 3)


def test_a_file_whose_name_is_no_text_is_read(tmp_path: Path, read_path: Reads) -> None:
    path = tmp_path / os.fsdecode(b"events\xff.csv")
    path.write_text("kind,date\nshelling,2018-10-01\n")
    (row,) = read_path(path).observations
    assert (row["origin_file"], row["source"]) == ("events?.csv", "file:events?")
