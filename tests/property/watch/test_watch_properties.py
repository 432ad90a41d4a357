"""Events depend on where objects were and when, and on nothing else: not on how it came to be known.

The oracle judges whole tracks in order of time, with Shapely for what lies where, GeographicLib for distances
and the polygon integral of `geo.inside` for probabilities, none of which the watch uses.
"""

from __future__ import annotations

import itertools
import json
import random
import tempfile
from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

import shapely
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from truceline.geo.inside import p_inside, signed_distance_m
from truceline.geo.screening.index import ALWAYS_FROM, ALWAYS_TO
from truceline.geo.screening.zones import Zones
from truceline.watch.kept import Kept, StateFolder
from truceline.watch.watcher import Watcher, WatchRules

BASE = datetime(2018, 10, 15, 8, tzinfo=UTC)
BASE_US = int(BASE.timestamp()) * 1_000_000
LATENESS, SILENCE, DWELL, DECIDED = 20, 120, 60, 0.95

WEST = shapely.box(36.0, 35.0, 36.02, 35.02)
HOLED = shapely.box(36.01, 35.0, 36.05, 35.02).difference(shapely.box(36.03, 35.005, 36.035, 35.01))
MOVED = shapely.box(36.0, 35.0, 36.03, 35.02)


@dataclass(frozen=True)
class Version:
    zone: str
    polygon: Any
    start: float = -float("inf")
    end: float = float("inf")


VERSIONS = (
    Version("west", WEST),
    Version("holed", HOLED),
    # A line that is corrected at 150, and a zone that ends at 260 and begins again at 300.
    Version("moved", WEST, 0, 150),
    Version("moved", MOVED, 150, 260),
    Version("moved", WEST, 300, 500),
)
ZONES = Zones(
    tuple(v.zone for v in VERSIONS),
    tuple(v.polygon for v in VERSIONS),
    tuple(ALWAYS_FROM if v.start < 0 else BASE_US + int(v.start) * 1_000_000 for v in VERSIONS),
    tuple(ALWAYS_TO if v.end > 1e9 else BASE_US + int(v.end) * 1_000_000 for v in VERSIONS),
)
INDEX = ZONES.index()
RULES = WatchRules(LATENESS, SILENCE, DECIDED, DWELL)


@dataclass(frozen=True, order=True)
class Fix:
    object: str
    time: int
    error_m: float
    lon: float
    lat: float

    def line(self) -> bytes:
        return (
            json.dumps(
                {
                    "object": self.object,
                    "time": stamp(self.time),
                    "lon": self.lon,
                    "lat": self.lat,
                    "error_m": self.error_m,
                }
            ).encode()
            + b"\n"
        )


def stamp(time: float) -> str:
    return (BASE + timedelta(seconds=time)).isoformat().replace("+00:00", "Z")


# Steps of about 9 m around edges, so that some are within their error and some not.
lons = st.one_of(
    st.sampled_from([35.99, 36.005, 36.015, 36.025, 36.032, 36.04, 36.06]),
    st.builds(
        lambda edge, k: round(edge + k * 1e-4, 6),
        st.sampled_from([36.0, 36.02, 36.03, 36.05]),
        st.integers(-4, 4),
    ),
)
fixes = st.lists(
    st.builds(
        Fix,
        object=st.sampled_from(["convoy-1", "patrol-7", "sensor-3"]),
        time=st.integers(0, 480),
        error_m=st.sampled_from([0.0, 15.0, 40.0]),
        lon=lons,
        lat=st.sampled_from([35.0075, 35.0151, 35.0199]),
    ),
    max_size=60,
)


def arrival(track: list[Fix], seed: int) -> list[Fix]:
    """Every position comes before any that is `LATENESS` newer, of whatever object."""
    chance = random.Random(seed)
    late = [chance.uniform(0.0, LATENESS - 0.001) for _ in track]
    ordered = sorted(zip(track, late, strict=True), key=lambda pair: pair[0].time + pair[1])
    return [fix for fix, _ in ordered]


def watched(lines: list[bytes], cuts: list[int]) -> list[dict[str, Any]]:
    watcher = Watcher(ZONES, RULES, index=INDEX)
    found = []
    for start, stop in itertools.pairwise([0, *cuts, len(lines)]):
        found += watcher.push(b"".join(lines[start:stop]))
    return [plain(event) for event in found + watcher.finish()]


def plain(event: Any) -> dict[str, Any]:
    return {name: getattr(event, name) for name in event.__struct_fields__}


def by_object(events: list[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    """The events of each object in order; between objects there is no order to keep."""
    result: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for event in events:
        result[event["object"]].append({k: v for k, v in event.items() if k != "seq"})
    return result


def judged(fix: Fix, version: Version) -> tuple[str, bool]:
    """in, out or near; and whether the boundary is within the error."""
    how, within, clear = measured(fix.lon, fix.lat, fix.error_m, version.polygon)
    assume(clear)
    return how, within


@lru_cache(None)
def measured(lon: float, lat: float, error_m: float, polygon: Any) -> tuple[str, bool, bool]:
    """... and whether it is clear of the thresholds, at which the methods may differ by their bounds."""
    inside = bool(shapely.intersects(polygon, shapely.Point(lon, lat)))
    distance = abs(float(signed_distance_m(polygon, [lon], [lat])[0]))
    # Without an error a position is exact, on a boundary too.
    clear = abs(distance - error_m) > 0.2 or error_m == 0.0
    if distance > error_m or error_m == 0.0:
        return ("in" if inside else "out"), False, clear
    p = float(p_inside(polygon, [lon], [lat], [error_m])[0])
    clear = clear and min(abs(p - DECIDED), abs(p - (1 - DECIDED))) > 0.005
    return ("in" if p >= DECIDED else "out" if p <= 1 - DECIDED else "near"), True, clear


def in_force(zone: str, time: float) -> Version | None:
    return next((v for v in VERSIONS if v.zone == zone and v.start <= time < v.end), None)


def unbroken_until(zone: str, time: float) -> float:
    """Until when the zone is in force without a gap from an instant on."""
    while (version := in_force(zone, time)) is not None:
        time = version.end
    return time


def expected(track: list[Fix]) -> set[tuple[Any, ...]]:
    """(event, object, zone, time, reason, positions) of whole tracks."""
    best: dict[tuple[str, int], Fix] = {}
    for fix in sorted(track):
        best.setdefault((fix.object, fix.time), fix)
    of_object: dict[str, list[Fix]] = defaultdict(list)
    for key in sorted(best):
        of_object[key[0]].append(best[key])
    newest = sorted(fixes[-1].time for fixes in of_object.values())
    clock = newest[-2] if len(newest) > 1 else -1
    result: set[tuple[Any, ...]] = set()
    for name, fixes_of in of_object.items():
        gaps = [k for k in range(1, len(fixes_of)) if fixes_of[k].time - fixes_of[k - 1].time > SILENCE]
        for start, stop in itertools.pairwise([0, *gaps, len(fixes_of)]):
            part = fixes_of[start:stop]
            silent = stop < len(fixes_of) or clock > part[-1].time + SILENCE + LATENESS
            for zone in ("west", "holed", "moved"):
                result |= {(kind, name, zone, *rest) for kind, *rest in of_zone(name, part, zone, silent)}
    return result


def of_zone(name: str, part: list[Fix], zone: str, silent: bool) -> list[tuple[Any, ...]]:
    events: list[tuple[Any, ...]] = []
    entered: int | None = None
    close = stayed = False
    out_at: int | None = None
    in_at, in_by = 0, None

    def called(*times: int | None) -> tuple[str, ...]:
        return tuple(f"{name}@{stamp(time)}" for time in times if time is not None)

    for number, fix in enumerate(part):
        before = part[number - 1].time if number else None
        version = in_force(zone, fix.time)
        if before is not None and (end := unbroken_until(zone, before)) <= fix.time:
            # The zone was not in force all the time since: whoever was seen before was not in it.
            if entered is not None:
                events.append(("leave", stamp(end), "zone_ended", called(in_at)))
            entered, close, out_at = None, False, before
        if version is None:
            continue
        how, within = judged(fix, version)
        if not within:
            close = False
        if how == "near":
            if not close:
                close = True
                events.append(("near", stamp(fix.time), "within_error", called(fix.time)))
        elif how == "in" and entered is None:
            known = out_at is not None
            same = known and version.start <= (out_at or 0) < version.end
            reason = "crossed" if same else "zone_changed" if known else "first_seen"
            events.append(("enter", stamp(fix.time), reason, called(out_at, fix.time)))
            entered, stayed = fix.time, False
        elif how == "in" and entered is not None and not stayed and fix.time - entered >= DWELL:
            stayed = True
            events.append(("dwell", stamp(fix.time), "stayed", called(entered, fix.time)))
        elif how == "out" and entered is not None:
            assert in_by is not None
            reason = "crossed" if in_by.start <= fix.time < in_by.end else "zone_changed"
            events.append(("leave", stamp(fix.time), reason, called(in_at, fix.time)))
            entered = None
        if how == "in":
            in_at, in_by = fix.time, version
        elif how == "out":
            out_at = fix.time
    if silent and entered is not None:
        last = part[-1].time
        events.append(("leave", stamp(last), "silence", called(in_at, *([last] if last != in_at else []))))
    return events


def told(events: list[dict[str, Any]]) -> set[tuple[Any, ...]]:
    names = ("event", "object", "zone", "time", "reason", "positions")
    rows = [tuple(event[name] for name in names) for event in events]
    assert len(rows) == len(set(rows)), "an event is told twice"
    return set(rows)


@settings(max_examples=150)
@given(fixes, st.integers(0, 1 << 30))
def test_events_are_those_of_the_whole_tracks_however_positions_arrive_in_time(
    track: list[Fix], seed: int
) -> None:
    lines = [fix.line() for fix in arrival(track, seed)]
    chance = random.Random(seed + 1)
    cuts = sorted(chance.randrange(len(lines) + 1) for _ in range(chance.randrange(8)))
    events = watched(lines, cuts)
    assert told(events) == expected(track)
    in_order = watched([fix.line() for fix in sorted(track, key=lambda fix: fix.time)], [])
    assert by_object(events) == by_object(in_order)
    assert [event["seq"] for event in events] == list(range(1, len(events) + 1))


@settings(max_examples=60)
@given(fixes, st.permutations(range(60)), st.data())
def test_a_stream_cut_anywhere_and_taken_up_again_gives_the_same_events_in_the_same_order(
    track: list[Fix], order: list[int], data: st.DataObject
) -> None:
    # In any order at all: some come too late, and the same ones must, wherever the stream is cut.
    lines = [track[k].line() for k in order if k < len(track)]
    whole = watched(lines, [])
    cuts = sorted(data.draw(st.lists(st.integers(0, len(lines)), max_size=4)))
    found: list[Any] = []
    with tempfile.TemporaryDirectory() as folder:
        state = StateFolder(Path(folder))
        watcher = Watcher(ZONES, RULES, index=INDEX)
        for start, stop in itertools.pairwise([0, *cuts, len(lines)]):
            found += watcher.push(b"".join(lines[start:stop]))
            state.save(Kept(watcher.fingerprint(), watcher.saved(), {}, 0))
            watcher = Watcher(ZONES, RULES, index=INDEX)
            kept = state.load(watcher.fingerprint())
            assert kept is not None
            watcher.restore(kept.watcher)
        found += watcher.finish()
        state.close()
    assert [plain(event) for event in found] == whole


@settings(max_examples=60)
@given(fixes, st.permutations(range(60)))
def test_enters_and_leaves_of_an_object_and_a_zone_take_turns(track: list[Fix], order: list[int]) -> None:
    events = watched([track[k].line() for k in order if k < len(track)], [])
    turns: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    for event in events:
        if event["event"] in ("enter", "leave"):
            turns[event["object"], event["zone"]].append(event)
    for row in turns.values():
        assert [event["event"] for event in row] == list(
            itertools.islice(itertools.cycle(["enter", "leave"]), len(row))
        )
        times = [event["time"] for event in row]
        assert times == sorted(times)
