"""What a watch tells, what it leaves out, and how much it keeps."""

from __future__ import annotations

import json
import random
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import shapely

from truceline.core.errors import Conflict, InvalidInput
from truceline.geo.screening.index import ALWAYS_FROM, ALWAYS_TO, ZoneIndex
from truceline.geo.screening.zones import Zones
from truceline.watch.kept import Kept, StateFolder
from truceline.watch.watcher import Watcher, WatchRules

BASE = datetime(2018, 10, 15, tzinfo=UTC)
ZONES = Zones(("dmz",), (shapely.box(36.0, 35.0, 37.0, 36.0),), (ALWAYS_FROM,), (ALWAYS_TO,))
INDEX = ZoneIndex(ZONES.polygons)
METRE = 1 / 91_160  # of longitude, at 35.5 degrees north


def watcher(**rules: Any) -> Watcher:
    return Watcher(ZONES, WatchRules(**{"lateness_s": 0.0, **rules}), index=INDEX)


def line(name: str | int, second: float, east_m: float, **more: Any) -> bytes:
    """A position so far east of the zone's western boundary, at a second after the base."""
    time = (BASE + timedelta(seconds=second)).isoformat()
    row = {"object": name, "time": time, "lon": 36.0 + east_m * METRE, "lat": 35.5, **more}
    return json.dumps(row).encode() + b"\n"


def kinds(events: list[Any]) -> list[str]:
    return [event.event for event in events]


def test_a_crossing_is_told_once_with_the_positions_on_both_sides_of_it() -> None:
    watch = watcher()
    events = watch.push(b"".join(line("patrol-7", k, x) for k, x in enumerate([-300, -100, 100, 300, 500])))
    assert kinds(events) == ["enter"]
    assert events[0].positions == ("patrol-7@2018-10-15T00:00:01Z", "patrol-7@2018-10-15T00:00:02Z")
    assert events[0].reason == "crossed"
    assert events[0].distance_m == pytest.approx(-100, abs=0.5)
    assert watch.finish() == []


def test_within_its_error_an_object_is_near_and_enters_only_with_the_stated_probability() -> None:
    steps = [-100, -10, 10, 30, 60, 10, -10, -60]
    events = watcher().push(b"".join(line("convoy", k, x, error_m=50.0) for k, x in enumerate(steps)))
    told = [(event.event, event.inside, event.time[-3:]) for event in events]
    # 50 m is the 95% radius; at 30 m inside the probability is 0.93, at 60 m 0.998.
    assert told == [
        ("near", False, "01Z"),
        ("enter", True, "04Z"),
        ("near", True, "05Z"),
        ("leave", False, "07Z"),
    ]
    assert events[0].p_inside == pytest.approx(0.312, abs=0.002)
    assert events[1].positions == ("convoy@2018-10-15T00:00:00Z", "convoy@2018-10-15T00:00:04Z")


def test_an_object_parked_on_a_boundary_does_not_flap() -> None:
    chance = random.Random(3)
    error = 20.0
    noise = [chance.gauss(0.0, error / 2.4477) for _ in range(5000)]
    naive = int(np.count_nonzero(np.diff(np.sign(noise))))
    events = watcher().push(b"".join(line("parked", k, x, error_m=error) for k, x in enumerate(noise)))
    crossings = sum(event.event in ("enter", "leave") for event in events)
    assert naive > 2000
    # Independent errors beyond 2.33 sigma on alternate sides: one crossing in about two hundred positions.
    assert crossings < naive / 40


def test_positions_that_come_too_late_are_left_out_and_counted() -> None:
    watch = watcher(lateness_s=10.0)
    watch.push(line("a", 0, -100) + line("a", 30, -100) + line("a", 21, 100) + line("a", 20, 100))
    watch.push(line("a", 10, 100) + line("a", 5, 100))
    assert kinds(watch.finish()) == ["enter", "leave"]
    assert watch.numbers["late"] == 3
    assert watch.numbers["positions"] == 6


def test_a_position_that_is_sent_twice_counts_once() -> None:
    watch = watcher(lateness_s=10.0)
    twice = line("a", 0, -100) + line("a", 5, 100, error_m=80) + line("a", 5, -10, error_m=5)
    events = watch.push(twice + twice) + watch.finish()
    assert events == []  # of two at one time the one with the least error counts
    assert watch.numbers["duplicates"] == 4


def test_one_device_with_a_wrong_clock_harms_no_other() -> None:
    watch = watcher(lateness_s=5.0, silence_s=60.0)
    watch.push(line("ahead", 1e8, -500))
    rows = [line(name, k, -100 if k < 50 else 100) for k in range(100) for name in ("a", "b", "c")]
    events = watch.push(b"".join(rows)) + watch.finish()
    assert kinds(events) == ["enter"] * 3
    assert watch.numbers["late"] == 0


def test_an_hour_of_positions_uploaded_at_once_is_watched_like_any_other() -> None:
    watch = watcher(lateness_s=5.0)
    watch.push(b"".join(line(name, k, -100) for k in range(1200) for name in ("a", "b")))
    events = watch.push(b"".join(line("back", k, -100 if k < 300 else 100) for k in range(0, 1200, 10)))
    assert kinds(events) == ["enter"]


def test_who_is_silent_for_too_long_leaves_as_of_the_last_position_and_is_forgotten() -> None:
    watch = watcher(silence_s=60.0)
    watch.push(line("gone", 0, 100))
    events = watch.push(b"".join(line(name, k, -100) for k in range(200) for name in ("a", "b")))
    assert [(event.event, event.reason, event.time) for event in events] == [
        ("leave", "silence", "2018-10-15T00:00:00Z")
    ]
    assert watch.numbers["objects"] == 2


def test_memory_is_bounded_by_the_objects_of_the_last_while() -> None:
    watch = watcher(silence_s=60.0, lateness_s=5.0)
    sizes = []
    for minute in range(30):
        rows = [line(f"v{minute}-{n}", minute * 60 + n * 0.1, -50 + n, error_m=30) for n in range(500)]
        watch.push(b"".join(rows))
        sizes.append(watch.nbytes)
    assert watch.numbers["objects"] <= 1500
    assert sizes[-1] == sizes[5]


def test_more_objects_than_allowed_are_refused_until_others_are_forgotten() -> None:
    watch = watcher(most_objects=2, silence_s=60.0)
    watch.push(line("a", 0, 0) + line("b", 0, 0) + line("c", 0, 0) + line("c", 1, 0))
    assert watch.numbers["refused"] == 2
    watch.push(line("a", 100, 0) + line("b", 100, 0) + line("a", 200, 0))
    assert watch.numbers["objects"] == 2


def test_numbers_and_texts_name_the_same_object() -> None:
    watch = watcher()
    events = watch.push(line(271000123, 0, -100) + line("271000123", 1, 100))
    assert [event.positions[0] for event in events] == ["271000123@2018-10-15T00:00:00Z"]


def test_with_a_key_no_object_id_is_kept_or_told(tmp_path: Path) -> None:
    rules = WatchRules(lateness_s=60.0)
    names: dict[bytes, set[str]] = {}
    for key in (b"k" * 32, b"l" * 32):
        watch = Watcher(ZONES, rules, key=key, index=INDEX)
        watch.push(line("patrol-7", 0, -100) + line("patrol-7", 1, 100))
        folder = StateFolder(tmp_path / key[:1].decode())
        folder.save(Kept(watch.fingerprint(), watch.saved(), {}, 0))
        folder.close()
        events = watch.finish()
        names[key] = {event.object for event in events}
        stored = (folder.path / "state.npz").read_bytes()
        assert kinds(events) == ["enter"]
        assert b"patrol-7" not in stored
        assert "patrol-7" not in repr(events)
    assert len(set.union(*names.values())) == 2


def test_a_state_is_not_taken_up_with_other_rules_zones_or_keys(tmp_path: Path) -> None:
    folder = StateFolder(tmp_path)
    watch = watcher()
    folder.save(Kept(watch.fingerprint(), watch.saved(), {}, 0))
    moved = Zones(("dmz",), (shapely.box(36.0, 35.0, 37.0, 36.1),), (ALWAYS_FROM,), (ALWAYS_TO,))
    others = [
        (watcher(dwell_s=60.0), "dwell s"),
        (Watcher(moved, watch.rules), "zones"),
        (Watcher(ZONES, watch.rules, key=b"k" * 32, index=INDEX), "key"),
    ]
    for other, named in others:
        with pytest.raises(Conflict, match=f"{named} differs"):
            folder.load(other.fingerprint())
    assert folder.load(watcher().fingerprint()) is not None


def test_a_damaged_state_is_said_and_two_watches_do_not_share_one(tmp_path: Path) -> None:
    folder = StateFolder(tmp_path)
    watch = watcher()
    folder.save(Kept(watch.fingerprint(), watch.saved(), {}, 0))
    with pytest.raises(Conflict, match="another watch is running"):
        StateFolder(tmp_path)
    whole = (tmp_path / "state.npz").read_bytes()
    for cut in (0, 10, len(whole) // 2, len(whole) - 1):
        (tmp_path / "state.npz").write_bytes(whole[:cut])
        with pytest.raises(InvalidInput, match="is damaged"):
            folder.load(watch.fingerprint())


@pytest.mark.parametrize(
    ("field", "value"),
    [("lateness_s", -1), ("silence_s", 0), ("decided", 0.5), ("decided", 0.995), ("dwell_s", float("nan"))],
)
def test_rules_that_mean_nothing_are_refused(field: str, value: float) -> None:
    with pytest.raises(InvalidInput, match="accepted"):
        WatchRules(**{field: value})  # type: ignore[arg-type]
