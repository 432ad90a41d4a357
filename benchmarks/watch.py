"""The watch under load: how much it sustains, how late its events are, what it keeps in memory.

    python benchmarks/watch.py                  # about three minutes; Linux
    python benchmarks/watch.py --rates 200000 --seconds 20

A generator writes positions into a pipe by a schedule: position k is due at k / rate, whether or not the
watch keeps up, and the latency of an event is the time at which it could be read from the other end, less the
time at which the position that brought it about was due (its `time` says so). So a stall counts for all that
was due meanwhile (no coordinated omission). The watch has one core, the generator and the reader the other,
beside whatever else the machine does; --realtime puts them before it.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import platform
import resource
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import shapely
from screening import stars  # type: ignore[import-not-found, unused-ignore]

from truceline.geo.screening.zones import read_zones
from truceline.watch.watcher import Watcher, WatchRules

BASE = datetime(2018, 10, 15, tzinfo=UTC)
COMMAND = [sys.executable, "-c", "from truceline.cli.main import run; run()", "watch"]
CORES = sorted(os.sched_getaffinity(0))
ON_FIRST_CORE = ["taskset", "-c", str(CORES[0])]


def zones_file(folder: Path) -> Path:
    features = [
        {
            "type": "Feature",
            "id": f"zone-{k}",
            "properties": {},
            "geometry": json.loads(shapely.to_geojson(polygon)),
        }
        for k, polygon in enumerate(stars(20, 5_000, 50_000))
    ]
    path = folder / "zones.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    return path


def lines(number: int, rate: float, objects: int, step_m: float) -> list[bytes]:
    """Walks of many objects in turn; position k of time k / rate."""
    rng = np.random.default_rng(0)
    rounds = -(-number // objects)
    step = step_m / 100_000
    x = rng.uniform(35, 39, objects) + np.cumsum(rng.normal(0, step, (rounds, objects)), axis=0)
    y = rng.uniform(34, 37, objects) + np.cumsum(rng.normal(0, step, (rounds, objects)), axis=0)
    micros = np.round(np.arange(number) / rate * 1e6).astype("timedelta64[us]")
    stamps = np.datetime_as_string(np.datetime64(BASE.replace(tzinfo=None), "us") + micros).tolist()
    return [
        b'{"object":"vehicle-%d","time":"%sZ","lon":%.6f,"lat":%.6f,"error_m":12.5}\n'
        % (k % objects, stamp.encode(), lon, lat)
        for k, (stamp, lon, lat) in enumerate(
            zip(stamps, x.ravel()[:number].tolist(), y.ravel()[:number].tolist(), strict=True)
        )
    ]


def on_core(index: int) -> None:
    os.sched_setaffinity(0, {CORES[index % len(CORES)]})


def read_events(descriptor: int, other_end: int, answers: Any) -> None:
    """In a process of its own: takes what comes, with the time at which it came."""
    os.close(other_end)
    on_core(-1)
    chunks: list[tuple[float, bytes]] = []
    while data := os.read(descriptor, 1 << 20):
        if not chunks:
            answers.put("first")
        chunks.append((time.monotonic(), data))
    decoder = msgspec.json.Decoder(dict[str, Any])
    found, tail = [], b""
    for moment, data in chunks:
        whole, _, rest = data.rpartition(b"\n")
        found += [(moment, event["time"]) for event in decoder.decode_lines(tail + whole)]
        tail = rest
    answers.put(found)


def first_in_turn(pid: int) -> None:
    """All threads of a process before those of others, as if the machine did nothing else."""
    for task in Path(f"/proc/{pid}/task").iterdir():
        os.sched_setscheduler(int(task.name), os.SCHED_RR, os.sched_param(10))


def paced(
    zones: Path, rate: int, seconds: float, objects: int, *, state: Path | None, first: bool
) -> dict[str, Any]:
    # Objects are known, and code is compiled, before the clock starts.
    walk = lines(2 * objects + int(rate * seconds), rate, objects, 100.0)
    known, walk = walk[: 2 * objects], walk[2 * objects :]
    data = b"".join(walk)
    ends = np.cumsum([0, *map(len, walk)])
    del walk
    arguments = ["--zones", str(zones), "--lateness-s", "0"]
    if state is not None:
        arguments += ["--state", str(state)]
    readable, writable = os.pipe()
    fork = multiprocessing.get_context("fork")
    answers = fork.Queue()
    # Before the watch, so that it does not hold the pipe to it open.
    reader = fork.Process(target=read_events, args=(readable, writable, answers))
    reader.start()
    watch = subprocess.Popen(
        [*ON_FIRST_CORE, *COMMAND, *arguments],
        stdin=subprocess.PIPE, stdout=writable, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    os.close(writable)
    os.close(readable)
    assert watch.stdin is not None
    pipe = watch.stdin.fileno()
    write_all(pipe, b"".join(known))
    assert answers.get(timeout=120) == "first"
    time.sleep(3.0)
    on_core(-1)
    if first:
        for pid in (watch.pid, reader.pid or 0, os.getpid()):
            first_in_turn(pid)
    used = cpu_of(watch.pid)
    begun = time.monotonic()
    done, number = 0, len(ends) - 1
    behind = 0.0
    while done < number:
        due = min(int((time.monotonic() - begun) * rate) + 1, number)
        if due > done:
            write_all(pipe, data[ends[done] : ends[due]])
            done = due
            behind = max(behind, time.monotonic() - begun - done / rate)
        time.sleep(0.0005)
    lasted = time.monotonic() - begun
    used = cpu_of(watch.pid) - used
    if first:
        for task in Path("/proc/self/task").iterdir():
            os.sched_setscheduler(int(task.name), os.SCHED_OTHER, os.sched_param(0))
    memory = resident_mb(watch.pid)
    watch.stdin.close()
    found = answers.get(timeout=300)
    reader.join()
    watch.wait(timeout=60)
    known_s = 2 * objects / rate
    # The first positions are sent at once, before the schedule begins.
    crossing = np.array(
        [
            moment - begun - ((datetime.fromisoformat(stamp) - BASE) / timedelta(seconds=1) - known_s)
            for moment, stamp in found
            if (datetime.fromisoformat(stamp) - BASE) / timedelta(seconds=1) >= known_s
        ]
    )
    quantiles = np.quantile(crossing, [0.5, 0.9, 0.99, 0.999, 1.0]) * 1e3
    return {
        "rate": rate,
        "sent_per_s": round(number / lasted),
        "events": len(crossing),
        "latency_ms": dict(
            zip(("p50", "p90", "p99", "p99.9", "max"), quantiles.round(2).tolist(), strict=True)
        ),
        "watch_cpu_share": round(used / lasted, 2),
        "generator_behind_ms": round(behind * 1e3, 1),
        "watch_rss_mb": memory,
        "load": round(os.getloadavg()[0], 1),
    }


def write_all(pipe: int, data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[os.write(pipe, view) :]


def cpu_of(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def resident_mb(pid: int) -> int:
    status = Path(f"/proc/{pid}/status").read_text()
    return int(status.partition("VmHWM:")[2].split()[0]) // 1024


def unpaced(zones: Path, number: int, objects: int, lateness_s: float, folder: Path) -> dict[str, Any]:
    """As fast as it goes, on one core: a longer and a shorter file, so that starting is left out."""
    path = folder / "positions.ndjson"
    all_of_them = lines(number, 200_000, objects, 100.0)
    spent = {}
    for share in (
        0.1,
        0.1,
        1.0,
    ):  # the first one warms the caches of libraries and kernels, and is not counted
        path.write_bytes(b"".join(all_of_them[: int(number * share)]))
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        begun = time.perf_counter()
        with path.open("rb") as file, (folder / "events.ndjson").open("wb") as events:
            subprocess.run(
                [*ON_FIRST_CORE, *COMMAND, "--zones", str(zones), "--lateness-s", str(lateness_s)],
                stdin=file, stdout=events, stderr=subprocess.DEVNULL, check=True,
            )  # fmt: skip
        wall = time.perf_counter() - begun
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        spent[share] = (wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    counted = number - int(number * 0.1)
    return {
        "lateness_s": lateness_s,
        "positions": number,
        "events": (folder / "events.ndjson").read_bytes().count(b"\n"),
        "per_s_wall": round(counted / (spent[1.0][0] - spent[0.1][0])),
        "per_cpu_s": round(counted / (spent[1.0][1] - spent[0.1][1])),
        "start_s": round(spent[0.1][0], 1),
    }


def memory(zones: Path, objects: int) -> dict[str, Any]:
    watcher = Watcher(read_zones(zones), WatchRules(lateness_s=10.0))
    watcher.push(b"".join(lines(1000, 1000, 1000, 100.0)))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    rows = lines(2 * objects, objects, objects, 100.0)
    held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for k in range(0, len(rows), 2000):
        watcher.push(b"".join(rows[k : k + 2000]))
    copies = []
    for _ in range(6):
        saved = time.perf_counter()
        watcher.saved()
        copies.append(time.perf_counter() - saved)
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return {
        "objects": watcher.numbers["objects"],
        "held_positions": watcher.numbers["held"],
        "state_bytes_per_object": round(watcher.nbytes / objects),
        "process_bytes_per_object": round((after - max(before, held)) * 1024 / objects),
        "first_copy_for_checkpoint_ms": round(copies[0] * 1e3, 1),
        "later_copies_ms": [round(copy * 1e3, 1) for copy in copies[1:]],
    }


def stages(zones: Path, number: int, objects: int) -> dict[str, Any]:
    """Microseconds a position by stage, in batches of 1,000, on this thread."""
    import cProfile
    import pstats

    watcher = Watcher(read_zones(zones), WatchRules(lateness_s=0.0))
    rows = lines(number, 200_000, objects, 100.0)
    batches = [b"".join(rows[k : k + 1000]) for k in range(0, number, 1000)]
    half = len(batches) // 2
    for batch in batches[:half]:
        watcher.push(batch)
    clean = time.perf_counter()
    for batch in batches[half : half + half // 2]:
        watcher.push(batch)
    clean = (time.perf_counter() - clean) / (half // 2 * 1000) * 1e6
    profile = cProfile.Profile()
    profile.enable()
    for batch in batches[half + half // 2 :]:
        watcher.push(batch)
    profile.disable()
    shares: dict[str, float] = {}
    wanted = {
        "decode": "decode lines", "slots_of": "objects to slots", "arrive": "order",
        "contains": "containment", "pairs": "containment", "screen": "distances and probabilities",
        "_follow": "crossings",
        "_events": "events",
    }  # fmt: skip
    table: Any = pstats.Stats(profile)
    for (_, _, name), row in table.stats.items():
        if name in wanted:
            shares[wanted[name]] = shares.get(wanted[name], 0.0) + row[3]
    counted = (len(batches) - half - half // 2) * 1000
    return {"all": round(clean, 2)} | {name: round(s / counted * 1e6, 2) for name, s in shares.items()}


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--rates", type=int, nargs="*", default=[50_000, 100_000, 200_000])
    parser.add_argument("--seconds", type=float, default=15.0)
    parser.add_argument("--objects", type=int, default=20_000)
    parser.add_argument(
        "--realtime",
        action="store_true",
        help="on a busy machine: these processes first (needs the right to)",
    )
    parser.add_argument("--only", choices=["paced", "unpaced", "memory", "stages"])
    given = parser.parse_args()
    print(f"{platform.machine()}, {len(CORES)} cores, Python {platform.python_version()}")
    print(f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC, load {os.getloadavg()[0]:.1f}", flush=True)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        zones = zones_file(folder)

        def tell(what: str, result: dict[str, Any]) -> None:
            print(what, json.dumps(result), flush=True)

        if given.only in (None, "stages"):
            tell("microseconds a position", stages(zones, 800_000, given.objects))
        if given.only in (None, "unpaced"):
            for lateness in (0.0, 10.0):
                tell("as fast as it goes", unpaced(zones, 1_000_000, given.objects, lateness, folder))
        if given.only in (None, "paced"):
            for rate in given.rates:
                state = folder / f"state-{rate}"
                tell(
                    "by schedule",
                    paced(zones, rate, given.seconds, given.objects, state=state, first=given.realtime),
                )
        if given.only in (None, "memory"):
            for objects in (100_000, 500_000):
                tell("memory", memory(zones, objects))


if __name__ == "__main__":
    main()
