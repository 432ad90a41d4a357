"""A watch that is killed again and again tells the same events as one that was left alone."""

from __future__ import annotations

import json
import os
import random
import signal
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

import pytest
import shapely

from truceline.cli import main
from truceline.geo.screening.index import ALWAYS_FROM, ALWAYS_TO
from truceline.geo.screening.zones import Zones
from truceline.watch.watcher import Watcher, WatchRules

pytestmark = pytest.mark.slow

KILLS = 12
OBJECTS, FIXES = 40, 20_000
ZONES = {
    "type": "FeatureCollection",
    "features": [
        {
            "type": "Feature",
            "id": name,
            "properties": times,
            "geometry": {
                "type": "Polygon",
                "coordinates": [[[west, 35.0], [east, 35.0], [east, 36.0], [west, 36.0], [west, 35.0]]],
            },
        }
        for name, west, east, times in (
            ("west", 36.0, 36.5, {}),
            ("east", 36.4, 37.0, {"valid_to": "2018-10-15T00:03:00Z"}),
            ("east", 36.45, 37.0, {"valid_from": "2018-10-15T00:03:00Z"}),
        )
    ],
}


@pytest.fixture(scope="module")
def stream() -> list[bytes]:
    """Walks that cross boundaries, in disorder of up to some seconds, with repetitions and bad lines."""
    chance = random.Random(20180917)
    place = {n: (chance.uniform(35.9, 37.1), chance.uniform(34.9, 36.1)) for n in range(OBJECTS)}
    rows = []
    for k in range(FIXES):
        n = k % OBJECTS
        x, y = place[n]
        place[n] = x, y = x + chance.gauss(0, 0.02), y + chance.gauss(0, 0.02)
        second = k * 0.02
        row = {
            "object": f"convoy-{n}",
            "time": f"2018-10-15T00:{int(second // 60):02d}:{second % 60:06.3f}Z",
            "lon": round(min(max(x, 35.5), 37.5), 6),
            "lat": round(min(max(y, 34.5), 36.5), 6),
            "error_m": chance.choice([5, 500, 2000]),
        }
        line = json.dumps(row).encode() + b"\n"
        rows.append((second + chance.uniform(0, 4), line))
        if chance.random() < 0.02:
            rows.append((second + chance.uniform(0, 4), chance.choice([line, b"no position\n", b"\n"])))
    return [line for _, line in sorted(rows, key=lambda row: row[0])]


@pytest.fixture
def zones(tmp_path: Path) -> Path:
    path = tmp_path / "zones.geojson"
    path.write_text(json.dumps(ZONES))
    return path


RULES = ["--lateness-s", "5", "--dwell-s", "30", "--silence-s", "60", "--checkpoint-s", "0.05"]


class Child:
    """A process that runs `truceline watch`, forked so that it need not import everything again."""

    def __init__(self, *arguments: str | Path, source: Path | None = None) -> None:
        argv = ["watch", *map(str, arguments), *RULES]
        inner, outer = [0, 0, 0], [0, 0, 0]
        for number in range(3):
            read, write = os.pipe()
            inner[number], outer[number] = (read, write) if number == 0 else (write, read)
        self.pid = os.fork()
        if self.pid == 0:
            self._be(argv, inner, outer, source)
        for end in inner:
            os.close(end)
        self.stdin = os.fdopen(outer[0], "wb")
        self.stdout, self.stderr = os.fdopen(outer[1], "rb"), os.fdopen(outer[2], "rb")
        self.code: int | None = None

    @staticmethod
    def _be(argv: list[str], inner: list[int], outer: list[int], source: Path | None) -> None:
        code = 70
        try:
            for number, end in enumerate(inner):
                os.dup2(end, number)
            if source is not None:
                os.dup2(os.open(source, os.O_RDONLY), 0)
            for end in (*inner, *outer):
                os.close(end)
            sys.stdout, sys.stderr = os.fdopen(1, "w"), os.fdopen(2, "w", buffering=1)
            main.run(argv)
        except SystemExit as end_of_it:
            sys.stdout.flush()
            sys.stderr.flush()
            code = int(end_of_it.code or 0)
        finally:
            os._exit(code)

    def kill(self, number: signal.Signals = signal.SIGKILL) -> None:
        if self.code is None:
            os.kill(self.pid, number)

    def wait(self) -> int:
        if self.code is None:
            self.code = os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])
        return self.code

    def wait_until(self, said: str) -> str:
        for line in self.stderr:
            if said in line.decode():
                return line.decode()
        raise AssertionError(f"it ended without saying {said!r}")


@contextmanager
def running(*arguments: str | Path, source: Path | None = None) -> Iterator[Child]:
    child = Child(*arguments, source=source)
    try:
        yield child
    finally:
        child.kill()
        child.wait()
        for pipe in (child.stdin, child.stdout, child.stderr):
            with suppress(BrokenPipeError):
                pipe.close()


def done(*arguments: str | Path, source: Path | None = None) -> bytes:
    """What a watch that ends by itself prints."""
    with running(*arguments, source=source) as child:
        printed = child.stdout.read()
        said = child.stderr.read()
        assert child.wait() == 0, said.decode()
    return printed


@pytest.fixture(scope="module", autouse=True)
def _compiled() -> None:
    watcher = Watcher(Zones(("z",), (shapely.box(0, 0, 1, 1),), (ALWAYS_FROM,), (ALWAYS_TO,)), WatchRules())
    watcher.push(b'{"object":1,"time":"2018-10-15T00:00:00Z","lon":0.5,"lat":0.5}\n')
    watcher.finish()


def uninterrupted(zones: Path, lines: list[bytes], *more: str) -> bytes:
    source = zones.with_name("whole.ndjson")
    source.write_bytes(b"".join(lines))
    return done("--zones", zones, *more, source=source)


def grow(path: Path, lines: list[bytes]) -> None:
    with path.open("ab") as file:
        file.write(b"".join(lines))


def test_events_from_a_growing_file_survive_kills_at_random_moments(
    tmp_path: Path, zones: Path, stream: list[bytes]
) -> None:
    whole = uninterrupted(zones, stream)
    assert whole.count(b"\n") > 1000
    spool, events, state = tmp_path / "spool.ndjson", tmp_path / "events.ndjson", tmp_path / "state"
    spool.touch()
    chance = random.Random(7)
    bounds = sorted(chance.sample(range(1, len(stream)), KILLS))
    grown = midway = 0
    for bound in bounds:
        with running(spool, "--follow", "--zones", zones, "-o", events, "--state", state) as process:
            process.wait_until("watching")
            # In pieces, so that the kill comes while some are done, some kept, some neither.
            while grown < bound:
                piece = min(grown + 400, bound)
                grow(spool, stream[grown:piece])
                grown = piece
                time.sleep(chance.uniform(0, 0.02))
            time.sleep(chance.uniform(0, 0.15))
            process.kill()
            assert process.wait() == -signal.SIGKILL
        seen = events.read_bytes() if events.exists() else b""
        # At any moment: the beginning of the true events, perhaps with half a line at its end.
        assert whole.startswith(seen)
        midway += 0 < len(seen) < len(whole)
    assert midway >= KILLS // 2, "the test must kill in the middle"
    grow(spool, stream[grown:])
    last = done(spool, "--zones", zones, "-o", events, "--state", state, "--json")
    assert events.read_bytes() == whole
    report = json.loads(last)
    assert report["lines"] == len(stream)
    assert report["resumed_from"] < report["events"] == whole.count(b"\n")


def test_who_reads_standard_output_knows_repeated_events_by_their_number(
    tmp_path: Path, zones: Path, stream: list[bytes]
) -> None:
    some = stream[:8000]
    whole = uninterrupted(zones, some)
    chance = random.Random(11)
    told: dict[int, bytes] = {}
    repeated = 0
    for number in range(6):
        arguments: list[str | Path] = ["--zones", zones, "--state", tmp_path / "state"]
        with running(*arguments) as process:
            # The producer begins anew each time, and gets a little farther. It must not wait for "watching":
            # where something was kept, that is said once the lines done before were read again.
            end = len(some) if number == 5 else (number + 1) * 1300
            with ThreadPoolExecutor(1) as pool:
                pool.submit(feed, process.stdin, b"".join(some[:end]), close=number == 5)
                process.wait_until("watching")
                if number == 5:
                    output = process.stdout.read()
                else:
                    first = process.stdout.read(chance.randrange(1, 60_000))
                    process.kill()
                    output = first + process.stdout.read()
        for line in output.splitlines(keepends=True):
            if line.endswith(b"\n"):
                seq = json.loads(line)["seq"]
                repeated += seq in told
                assert told.setdefault(seq, line) == line
    assert b"".join(told[seq] for seq in sorted(told)) == whole
    assert repeated > 0, "the test must kill between telling and keeping"


def feed(pipe: IO[bytes], data: bytes, *, close: bool) -> None:
    with suppress(BrokenPipeError):
        pipe.write(data)
        pipe.flush()
    if close:
        pipe.close()


def post(url: str, body: bytes) -> bool:
    request = urllib.request.Request(url, body, {"Content-Type": "application/x-ndjson"}, method="POST")
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:
            return bool(answer.status == 202)
    except (OSError, urllib.error.URLError):
        return False


def test_what_was_acknowledged_over_http_is_never_lost(
    tmp_path: Path, zones: Path, stream: list[bytes]
) -> None:
    # HTTP has no end: what waits for late positions keeps waiting.
    whole = uninterrupted(zones, stream[:12000], "--hold")
    batches = [b"".join(stream[k : k + 150]) for k in range(0, 12000, 150)]
    events, state = tmp_path / "events.ndjson", tmp_path / "state"
    chance = random.Random(5)
    sent = 0
    for number in range(8):
        arguments: list[str | Path] = ["--http", "0", "--zones", zones, "-o", events, "--state", state]
        with running(*arguments) as process:
            url = process.wait_until(" at http").split(" at ")[1].split(";")[0]
            target = len(batches) if number == 7 else (number + 1) * 10
            while sent < target:
                # Kill while a batch may be on its way; the client sends it again to the next process.
                if number < 7 and sent >= target - 2 and chance.random() < 0.5:
                    process.kill()
                if not post(url, batches[sent]):
                    break
                sent += 1
            if number < 7:
                time.sleep(chance.uniform(0.0, 0.2))
                process.kill()
            else:
                lines = whole.count(b"\n")
                end = time.monotonic() + 60
                while events.read_bytes().count(b"\n") < lines and time.monotonic() < end:
                    time.sleep(0.05)
                process.kill(signal.SIGTERM)
                assert process.wait() == 0
        assert whole.startswith(events.read_bytes() if events.exists() else b"")
    assert sent == len(batches)
    assert events.read_bytes() == whole
    kept = [path.stat().st_size for path in (state / "spool").iterdir()]
    assert sum(kept) == 0, "positions that are done are deleted"
