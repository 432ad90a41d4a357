"""The watch itself: lines in, events out, and a state that can be kept and taken up again."""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import asdict, dataclass, field
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from truceline.core.errors import Fault, InvalidInput
from truceline.geo.screening.index import ZoneIndex
from truceline.geo.screening.zones import Zones
from truceline.watch import crossings, window
from truceline.watch.events import KINDS, REASONS, Event, instant_of, position_of
from truceline.watch.names import REFUSED, UNUSABLE, Names, pseudonym
from truceline.watch.positions import PositionDecoder

_FAULTS_KEPT = 20


@dataclass(frozen=True, slots=True)
class WatchRules:
    """What is watched for.

    `lateness_s`: how much later than a newer position of its object a position may come. `silence_s`: after
    this long without a position an object is forgotten. `decided`: the probability from which a position
    within its error of a boundary is decided. `dwell_s`: how long inside is reported as `dwell`; 0 is never.
    `default_error_m`: the 95% radius of positions that bring none. `most_objects`: how many are followed at a
    time. Raises InvalidInput.
    """

    lateness_s: float = 10.0
    silence_s: float = 1800.0
    decided: float = 0.99
    dwell_s: float = 0.0
    default_error_m: float = 0.0
    most_objects: int = 1_000_000

    def __post_init__(self) -> None:
        checks = (
            ("lateness", 0.0 <= self.lateness_s <= 86_400.0, "0 to 86400 seconds", self.lateness_s),
            ("silence", 1.0 <= self.silence_s <= 3e7, "1 to 30,000,000 seconds", self.silence_s),
            ("probability", 0.5 < self.decided <= 0.99, "more than 0.5, at most 0.99", self.decided),
            ("dwell", 0.0 <= self.dwell_s <= 3e7, "0 to 30,000,000 seconds", self.dwell_s),
            ("default error", 0.0 <= self.default_error_m <= 1e6, "0 to 1,000,000 metres",
             self.default_error_m),
            ("number of objects", self.most_objects >= 1, "1 or more", self.most_objects),
        )  # fmt: skip
        for name, fine, accepted, found in checks:
            if not fine:
                raise InvalidInput(f"the {name} cannot be used; found {found}; accepted: {accepted}")


@dataclass(slots=True)
class Tally:
    """What came in and what became of it. `faults` are the first few bad lines."""

    lines: int = 0
    positions: int = 0
    bad: int = 0
    refused: int = 0
    events: int = 0
    by_kind: Counter[str] = field(default_factory=Counter)
    faults: list[Fault] = field(default_factory=list)


class Watcher:
    """Follows objects against zones. Whatever the cutting of the stream into calls, the events are the same.

    `zones` as read by `read_zones`, `index` theirs if it is there already; `key` makes pseudonyms of object
    ids. Raises InvalidGeometry.
    """

    def __init__(
        self, zones: Zones, rules: WatchRules, *, key: bytes | None = None, index: ZoneIndex | None = None
    ) -> None:
        self.rules = rules
        self.tally = Tally()
        self._zones, self._key = zones, key
        self._index = zones.index() if index is None else index
        self._versions = crossings.versions_of(zones.ids, zones.valid_from, zones.valid_to)
        self._rules = crossings.Rules(rules.decided, _us(rules.silence_s), _us(rules.dwell_s))
        self._lateness, self._silence = _us(rules.lateness_s), _us(rules.silence_s)
        self._decoder = PositionDecoder(rules.default_error_m)
        self._names = Names(key=key, most=rules.most_objects)
        self._window = window.empty_window()
        self._relations = crossings.empty_relations()
        self._copies: dict[tuple[str, str], Any] = {}

    def push(self, lines: bytes) -> list[Event]:
        """Takes whole lines of NDJSON and gives the events that can be told now."""
        read = self._decoder.decode(lines, first_line=self.tally.lines + 1)
        self.tally.lines += read.lines
        self._note(read.faults)
        if not read.objects:
            return []
        slots, new = self._names.slots_of(read.objects)
        time, lon, lat, error = read.time_us, read.lon, read.lat, read.error_m
        if len(slots) and int(slots.min()) < 0:
            self._note_objects(slots)
            kept = slots >= 0
            slots, time, lon, lat, error = slots[kept], time[kept], lon[kept], lat[kept], error[kept]
        self.tally.positions += len(slots)
        self._window = window.with_room(self._window, slots=self._names.slots, positions=len(slots))
        steps = window.room_for_steps(self._window, len(slots))
        done = window.arrive(self._window, steps, slots, time, lon, lat, error, self._lateness, self._silence)
        steps = steps[:done]
        events = self._judge(steps)
        gone = set(new)
        gone.update(steps["slot"][steps["kind"] == window.FORGET].tolist())
        live = self._window.objects["live"]
        self._names.forget(sorted(slot for slot in gone if not live[slot]))
        return events

    def finish(self) -> list[Event]:
        """Lets go of all that waits for late positions, as at the end of the stream."""
        steps = window.room_for_steps(self._window, 0)
        return self._judge(steps[: window.release_all(self._window, steps)])

    @property
    def numbers(self) -> dict[str, int]:
        """Counts that a report of the watch holds."""
        counts = self._window.counts
        return {
            "lines": self.tally.lines,
            "positions": self.tally.positions,
            "bad": self.tally.bad,
            "refused": self.tally.refused,
            "late": int(counts[window.LATE] + counts[window.UNKNOWN_LATE]),
            "duplicates": int(counts[window.REPEATED]),
            "held": int(counts[window.HELD]),
            "objects": len(self._names),
            "events": self.tally.events,
        }

    @property
    def nbytes(self) -> int:
        """Bytes of the state's arrays (names and the index of zones aside)."""
        return sum(array.nbytes for array in (*self._window, *self._relations))

    def fingerprint(self) -> dict[str, Any]:
        """What a kept state belongs to: the zones, the rules, the key."""
        zones = self._zones
        digest = hashlib.sha256()
        for polygon in zones.polygons:
            digest.update(shapely.to_wkb(polygon))
        digest.update(repr((zones.ids, zones.valid_from, zones.valid_to)).encode())
        return {
            "zones": digest.hexdigest(),
            "key": None if self._key is None else pseudonym(self._key, "the key of this watch"),
            **asdict(self.rules),
        }

    def saved(self) -> dict[str, Any]:
        """The state, copied: plain numbers and arrays, which the next call may write over."""
        names, free = self._names.saved()
        return {
            "names": names,
            "free": free,
            "window": self._copied("window", self._window._asdict()),
            "relations": self._copied("relations", self._relations._asdict()),
            "lines": self.tally.lines,
            "positions": self.tally.positions,
            "bad": self.tally.bad,
            "refused": self.tally.refused,
            "events": self.tally.events,
            "by_kind": dict(self.tally.by_kind),
        }

    def restore(self, saved: dict[str, Any]) -> None:
        """Takes up a state that `saved` gave."""
        self._names.restore(saved["names"], saved["free"])
        self._window = window.Window(**saved["window"])
        self._relations = crossings.Relations(**saved["relations"])
        self.tally = Tally(
            lines=saved["lines"], positions=saved["positions"], bad=saved["bad"], refused=saved["refused"],
            events=saved["events"], by_kind=Counter(saved["by_kind"]),
        )  # fmt: skip

    def _copied(self, group: str, arrays: dict[str, Any]) -> dict[str, Any]:
        """Copies of the arrays, in memory that is there already where it can be: new memory costs more."""
        copies = {}
        for name, array in arrays.items():
            copy = self._copies.get((group, name))
            if copy is None or copy.shape != array.shape:
                copy = self._copies[group, name] = np.empty_like(array)
            # As bytes, because records are copied field by field.
            copy.view(np.uint8)[:] = array.view(np.uint8)
            copies[name] = copy
        return copies

    def _judge(self, steps: window.Steps) -> list[Event]:
        if not len(steps):
            return []
        lon, lat = steps["lon"].copy(), steps["lat"].copy()
        point, zone = self._index.contains(lon, lat, threads=1).pairs(threads=1)
        near = self._index.screen(
            lon, lat, error_m=steps["error"], time_us=steps["time"], rows="near", threads=1
        )
        self._relations, found = crossings.follow(
            self._relations, self._versions, self._rules, steps, crossings.Judgement(point, zone, near)
        )
        return self._events(steps, found) if len(found) else []

    def _events(self, steps: window.Steps, found: window.Records) -> list[Event]:
        # One position can end several zones, which ended at different times.
        found = found[np.lexsort((found["time"], found["step"]))]
        p_inside, distance = self._measured(steps, found)
        error = steps["error"][found["step"]].tolist()
        kind, reason, inside = (found[name].tolist() for name in ("kind", "reason", "inside"))
        slot, version, judged = (found[name].tolist() for name in ("slot", "version", "judged"))
        time, since, before, at = (found[name].tolist() for name in ("time", "since", "before", "at"))
        names, ids, never = self._names.names, self._zones.ids, window.NEVER
        events = []
        seq = self.tally.events
        for k in range(len(found)):
            seq += 1
            name = names[slot[k]]
            events.append(
                Event(
                    seq=seq,
                    event=KINDS[kind[k]],
                    object=name,
                    zone=ids[version[k]],
                    time=instant_of(time[k]),
                    inside=inside[k] != 0,
                    reason=REASONS[reason[k]],
                    p_inside=p_inside[k],
                    distance_m=distance[k],
                    error_m=error[k] if judged[k] else None,
                    since=None if since[k] == never else instant_of(since[k]),
                    positions=tuple(position_of(name, t) for t in (before[k], at[k]) if t != never),
                )
            )
            self.tally.by_kind[KINDS[kind[k]]] += 1
        self.tally.events = seq
        return events

    def _measured(
        self, steps: window.Steps, found: window.Records
    ) -> tuple[list[float | None], list[float | None]]:
        """The probability and the distance of the position that decided each event."""
        judged = found["judged"] != 0
        number = len(found)
        at, back = np.unique(found["step"][judged], return_inverse=True)
        some = steps[at]
        rows = self._index.screen(
            some["lon"], some["lat"], error_m=some["error"], time_us=some["time"], threads=1
        )
        zones = len(self._zones.ids)
        key: NDArray[np.int64] = rows.point * zones + rows.zone
        wanted = back.ravel() * zones + found["version"][judged]
        row = np.minimum(np.searchsorted(key, wanted), max(len(key) - 1, 0))
        p: list[float | None] = [None] * number
        distance: list[float | None] = [None] * number
        for k, w, r in zip(np.flatnonzero(judged).tolist(), wanted.tolist(), row.tolist(), strict=True):
            if len(key) and key[r] == w:
                p[k], distance[k] = round(float(rows.p_inside[r]), 6), round(float(rows.distance_m[r]), 3)
            else:
                p[k] = 0.0
        return p, distance

    def _note(self, faults: list[Fault]) -> None:
        self.tally.bad += len(faults)
        self.tally.faults += faults[: _FAULTS_KEPT - len(self.tally.faults)]

    def _note_objects(self, slots: NDArray[np.int32]) -> None:
        self.tally.refused += int((slots == REFUSED).sum())
        bad = int((slots == UNUSABLE).sum())
        if bad:
            fault = Fault(
                "cannot be used", path="object", accepted="a text of 1 to 200 characters, or a whole number"
            )
            self._note([fault] * bad)


def _us(seconds: float) -> int:
    return round(seconds * 1_000_000)
