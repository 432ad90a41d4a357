"""Lines in, columns out; what is wrong with a line is said with its number and field."""

from __future__ import annotations

import json
from typing import Any

import pytest

from truceline.watch.positions import PositionDecoder

GOOD: dict[str, Any] = {"object": "a", "time": "2018-10-15T12:00:00Z", "lon": 36.5, "lat": 35.5}


def decoded(*rows: dict[str, Any] | bytes) -> Any:
    data = b"".join((row if isinstance(row, bytes) else json.dumps(row).encode()) + b"\n" for row in rows)
    return PositionDecoder(25.0).decode(data, first_line=11)


def test_times_of_all_forms_are_the_same_instant() -> None:
    forms = [
        "2018-10-15T12:00:00Z", "2018-10-15T12:00:00", "2018-10-15T12:00:00.000000Z", "2018-10-15 12:00:00Z",
        "2018-10-15T15:00:00+03:00", "2018-10-15T12:00:00.000000999Z",
    ]  # fmt: skip
    for together in (decoded(*({**GOOD, "time": form} for form in forms)),):
        assert not together.faults
        assert set(together.time_us.tolist()) == {1539604800_000000}
    for form in forms:
        assert decoded({**GOOD, "time": form}).time_us.tolist() == [1539604800_000000]


@pytest.mark.parametrize(
    ("row", "place", "message"),
    [
        (b"{", None, "is not JSON"),
        (b'{"object":"a"}', None, "missing required field `time`"),
        (b"[1]", None, "expected `object`, got `array`"),
        ({**GOOD, "lon": "36"}, "lon", "expected `float`, got `str`"),
        ({**GOOD, "lon": 180.5}, "lon", "out of range"),
        ({**GOOD, "lon": 35.5, "lat": 136.5}, "lat", "look swapped"),
        ({**GOOD, "lat": -90.01}, "lat", "out of range"),
        ({**GOOD, "error_m": -1}, "error_m", "out of range"),
        ({**GOOD, "error_m": 1e300}, "error_m", "out of range"),
        ({**GOOD, "time": "yesterday"}, "time", "is no time"),
        ({**GOOD, "time": "1961-04-12T06:07:00Z"}, "time", "out of range"),
        ({**GOOD, "time": 1539604800}, "time", "expected `str`, got `int`"),
        (b'{"object":"a","time":"2018-10-15T12:00:00Z","lon":NaN,"lat":1}', None, "is not JSON"),
        (b"\xff\xfe", None, "is not JSON"),
        (b"[" * 20_000, None, ""),
    ],
)
def test_a_bad_line_is_named_and_its_neighbours_are_used(row: Any, place: str | None, message: str) -> None:
    read = decoded(GOOD, row, GOOD)
    assert len(read.objects) == 2
    assert read.lines == 3
    (fault,) = read.faults
    assert fault.line == 12
    assert fault.path == place
    assert message in fault.message


def test_missing_errors_are_the_default_and_blank_lines_are_nothing() -> None:
    read = decoded(GOOD, b"", {**GOOD, "error_m": 3}, b"  ", {**GOOD, "error_m": None})
    assert read.error_m.tolist() == [25.0, 3.0, 25.0]
    assert read.lines == 5
    assert not read.faults
