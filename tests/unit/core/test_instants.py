from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from truceline.core.errors import InvalidInput
from truceline.core.instants import (
    Interval,
    day_interval,
    end_of_day,
    isoformat_utc,
    parse_instant,
    start_of_day,
    zone_of,
)

DAMASCUS = ZoneInfo("Asia/Damascus")


def test_a_bare_date_means_the_end_of_that_day_in_the_given_zone() -> None:
    # Syria kept summer time (UTC+3) until 25 October 2018, and UTC+2 after it.
    assert parse_instant("2018-10-15", DAMASCUS) == datetime(2018, 10, 15, 21, tzinfo=UTC)
    assert parse_instant("2018-12-31", DAMASCUS) == datetime(2018, 12, 31, 22, tzinfo=UTC)


def test_an_instant_without_offset_is_read_in_the_zone_and_one_with_offset_as_written() -> None:
    assert parse_instant("2018-10-15T12:00", DAMASCUS) == datetime(2018, 10, 15, 9, tzinfo=UTC)
    assert parse_instant("2018-10-15T12:00:00Z", DAMASCUS) == datetime(2018, 10, 15, 12, tzinfo=UTC)


@pytest.mark.parametrize("text", ["", "yesterday", "2018-13-01", "15/10/2018", "9999-12-31"])
def test_what_is_no_instant_is_refused_with_what_would_be_accepted(text: str) -> None:
    with pytest.raises(InvalidInput, match=r"as-of: found .* accepted: a date"):
        parse_instant(text, DAMASCUS, field="as-of")


def test_an_unknown_time_zone_is_named() -> None:
    with pytest.raises(InvalidInput, match="Asia/Nowhere"):
        zone_of("Asia/Nowhere")


def test_the_day_on_which_clocks_change_lasts_25_hours() -> None:
    # Syria set its clocks back at the midnight that ends Thursday 25 October 2018.
    day = day_interval(date(2018, 10, 25), date(2018, 10, 25), DAMASCUS)
    assert day.end - day.start == timedelta(hours=25)


def test_an_interval_must_end_after_it_starts() -> None:
    instant = datetime(2018, 1, 1, tzinfo=UTC)
    with pytest.raises(InvalidInput, match="must end after it starts"):
        Interval(instant, instant)


def test_an_interval_without_a_time_zone_is_refused() -> None:
    with pytest.raises(InvalidInput, match="time zone"):
        Interval(datetime(2018, 1, 1), datetime(2018, 1, 2))  # noqa: DTZ001


@given(st.dates(date(1950, 1, 1), date(2100, 1, 1)))
def test_days_join_without_gap_or_overlap(day: date) -> None:
    assert end_of_day(day, DAMASCUS) == start_of_day(day + timedelta(days=1), DAMASCUS)
    assert start_of_day(day, DAMASCUS) < end_of_day(day, DAMASCUS)


@given(
    st.datetimes(datetime(1950, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001
)
def test_what_is_written_reads_back_as_the_same_instant(instant: datetime) -> None:
    assert parse_instant(isoformat_utc(instant), DAMASCUS) == instant


def test_overlap_counts_the_shared_seconds() -> None:
    day = day_interval(date(2018, 10, 1), date(2018, 10, 1), ZoneInfo("UTC"))
    half = Interval(day.start + timedelta(hours=12), day.end + timedelta(hours=12))
    after = Interval(day.end, day.end + timedelta(hours=1))
    assert day.overlap_s(half) == 12 * 3600
    assert day.overlap_s(after) == 0
