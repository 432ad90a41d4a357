"""A real NATS server, a real watch: killed, restarted, and what is gone is said."""

from __future__ import annotations

import asyncio
import json
import random
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import nats
import pytest
from nats.js.api import StreamConfig
from ports import free_port

from truceline.app.watch import WatchRequest, watch
from truceline.core.errors import Conflict, NotFound
from truceline.watch.sources import Source
from truceline.watch.sources.nats import NatsSource
from truceline.watch.watcher import WatchRules

SQUARE = [[[36, 35], [37, 35], [37, 36], [36, 36], [36, 35]]]


class Broker:
    """A server of our own on loopback, which can be ended and begun again on the same data."""

    def __init__(self, folder: Path) -> None:
        binary = shutil.which("nats-server") or shutil.which("nats-server", path="/usr/sbin")
        assert binary, "the test needs nats-server: make broker"
        self.binary, self.folder = binary, folder
        self.port = free_port()
        self.url = f"nats://127.0.0.1:{self.port}"
        self.start()

    def start(self) -> None:
        self.process = subprocess.Popen(
            [self.binary, "-a", "127.0.0.1", "-p", str(self.port), "-js", "-sd", str(self.folder)],
            stderr=subprocess.DEVNULL,
        )
        for _ in range(2400):  # two minutes: the machine may be busy
            with closing(socket.socket()) as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.05)
        raise AssertionError("the server does not answer")

    def end(self) -> None:
        self.process.kill()
        self.process.wait()

    def publish(self, messages: list[bytes], *, most: int = -1) -> None:
        async def work() -> None:
            client = await nats.connect(self.url)
            stream = client.jetstream()
            await stream.add_stream(StreamConfig(name="TRACKS", subjects=["tracks.>"], max_msgs=most))
            for k, message in enumerate(messages):
                await client.publish(f"tracks.{k % 3}", message)
            await client.flush()
            while (await stream.stream_info("TRACKS")).state.last_seq < len(messages):
                await asyncio.sleep(0.02)
            await client.close()

        asyncio.run(work())


@pytest.fixture
def broker(tmp_path: Path) -> Iterator[Broker]:
    server = Broker(tmp_path / "jetstream")
    yield server
    server.end()


@pytest.fixture
def request_of_it(tmp_path: Path) -> WatchRequest:
    zones = tmp_path / "zones.geojson"
    zones.write_text(json.dumps({"type": "Polygon", "coordinates": SQUARE}))
    return WatchRequest(
        zones, WatchRules(lateness_s=5.0), tmp_path / "events.ndjson", tmp_path / "state", checkpoint_s=0.05
    )


def walks() -> list[bytes]:
    chance = random.Random(1)
    lines = [
        json.dumps(
            {
                "object": f"v{k % 20}",
                "time": f"2018-10-15T00:{k // 1200:02d}:{k / 20 % 60:06.3f}Z",
                "lon": chance.uniform(35.9, 36.1),
                "lat": 35.5,
            }
        ).encode()
        for k in range(4000)
    ]
    # Some messages hold a batch, with or without a line's end, and some hold nothing.
    return [b"\n".join(lines[k : k + 4]) + b"\n" * (k % 3) for k in range(0, 4000, 4)] + [b""]


class Ending:
    """Ends the run of a source after so many reads, as a crash would: nothing is said to anybody."""

    def __init__(self, source: NatsSource, reads: int) -> None:
        self.source, self.left = source, reads

    def __getattr__(self, name: str) -> Any:
        return getattr(self.source, name)

    def read(self, timeout_s: float) -> bytes | None:
        self.left -= 1
        if self.left < 0:
            raise KeyboardInterrupt
        return self.source.read(timeout_s)


def source_of(broker: Broker, reads: int) -> Source:
    return Ending(NatsSource(broker.url, "TRACKS", subject="tracks.>"), reads)


def test_messages_are_read_once_across_crashes_of_the_watch_and_the_server(
    broker: Broker, request_of_it: WatchRequest, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    messages = walks()
    broker.publish(messages)
    spool = tmp_path / "all.ndjson"
    spool.write_bytes(b"".join(m if m.endswith(b"\n") else m + b"\n" for m in messages if m))
    from truceline.watch.sources.lines import file_source

    told: list[bytes] = []

    def take(data: bytes) -> bool:
        told.append(data)
        return True

    watch(
        WatchRequest(request_of_it.zones, request_of_it.rules, hold=True),
        lambda: file_source(spool, follow=False),
        emit=take,
    )
    whole = b"".join(told)
    monkeypatch.setattr("truceline.watch.sources.nats._BATCH", 60)
    chance = random.Random(2)
    assert request_of_it.output is not None
    for number in range(12):
        if number % 4 == 3:
            broker.end()
            broker.start()
        with pytest.raises(KeyboardInterrupt):
            watch(request_of_it, lambda: source_of(broker, chance.randrange(1, 5)))
        assert whole.startswith(request_of_it.output.read_bytes())
    with pytest.raises(KeyboardInterrupt):
        watch(request_of_it, lambda: source_of(broker, 40))
    assert request_of_it.output.read_bytes() == whole
    assert whole.count(b"\n") > 100


def test_a_server_that_goes_away_is_waited_for(broker: Broker) -> None:
    broker.publish([b'{"n":1}', b'{"n":2}'])
    said: list[str] = []
    source = NatsSource(broker.url, "TRACKS", say=said.append)
    source.resume({"sequence": 1})
    assert source.read(1.0) == b'{"n":2}\n'
    broker.end()
    for _ in range(3):
        assert source.read(0.2) == b""
    broker.start()
    broker.publish([b'{"n":3}'])
    end = time.monotonic() + 30
    found = b""
    while not found and time.monotonic() < end:
        found = source.read(0.2) or b""
    assert found == b'{"n":3}\n'
    assert source.place == {"sequence": 3}
    source.close()


def test_what_was_lost_or_is_not_there_is_said(broker: Broker) -> None:
    broker.publish([b'{"n":%d}' % k for k in range(50)], most=10)
    source = NatsSource(broker.url, "TRACKS")
    with pytest.raises(Conflict, match="from 21 on are gone"):
        source.resume({"sequence": 20})
    with pytest.raises(Conflict, match="another stream"):
        source.resume({"sequence": 90})
    source.close()
    with pytest.raises(NotFound, match="no stream 'OTHER'"):
        NatsSource(broker.url, "OTHER").resume(None)
    with pytest.raises(NotFound, match=r"no NATS server answers at 127\.0\.0\.1:1"):
        NatsSource("nats://name:secret@127.0.0.1:1", "TRACKS")
