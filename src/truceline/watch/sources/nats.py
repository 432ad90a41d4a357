"""Messages of a NATS JetStream stream, by their numbers in it: a durable stream that can be read again.

Devices that speak MQTT reach such a stream through the server's own MQTT gateway.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any, TypeVar

from truceline.core.errors import Conflict, DependencyMissing, InvalidInput, NotFound
from truceline.watch.sources import Place

try:
    import nats
    from nats.errors import Error as NatsError
    from nats.errors import TimeoutError as NatsTimeout
    from nats.js.api import AckPolicy, ConsumerConfig, DeliverPolicy
    from nats.js.errors import NotFoundError
except ImportError as error:
    raise DependencyMissing(
        "reading from NATS needs the package nats-py", hint="pip install 'truceline[live]'"
    ) from error

_BATCH = 2000
_CONNECT_S = 5
_PAUSE_S = 1.0
_SAY_EVERY_S = 10.0

R = TypeVar("R")


class NatsSource:
    """Reads a stream's messages in order, from the one behind the place on; each holds one line or more.

    Nothing is acknowledged to the server: the place kept with the state is what counts. A lost connection is
    made again for as long as it takes. Raises NotFound where there is no server, JetStream or stream;
    Conflict where messages that were not read yet are gone from the stream.
    """

    def __init__(
        self,
        url: str,
        stream: str,
        *,
        subject: str | None = None,
        credentials: Path | None = None,
        say: Callable[[str], None] = lambda _: None,
    ) -> None:
        self._url, self._stream, self._subject = url, stream, subject
        self._say, self._said = say, 0.0
        self._sequence = 0
        self._consumer: Any = None
        self._loop = asyncio.new_event_loop()
        options: dict[str, Any] = {"connect_timeout": _CONNECT_S, "error_cb": _silent}
        if credentials is not None:
            options["user_credentials"] = str(credentials)
        try:
            # Once with an end, so that a server that is not there is said; then with patience.
            self._run(self._reach(url, options))
            self._client = self._run(nats.connect(url, max_reconnect_attempts=-1, **options))
        except (OSError, NatsError, ValueError) as error:
            self._loop.close()
            raise NotFound(
                f"no NATS server answers at {_shown(url)}: {error or type(error).__name__}",
                hint="is it running, and may we read it?",
            ) from error
        self._jetstream = self._client.jetstream()

    @property
    def name(self) -> str:
        """The stream and subject, whichever server has it."""
        return f"NATS stream {self._stream}" + (f", subject {self._subject}" if self._subject else "")

    @property
    def place(self) -> Place:
        """The number of the last message done."""
        return {"sequence": self._sequence}

    def resume(self, place: Place | None) -> None:
        """See Source."""
        try:
            info = self._run(self._jetstream.stream_info(self._stream))
        except NotFoundError as error:
            self.close()
            raise NotFound(f"{_shown(self._url)} has no stream {self._stream!r}") from error
        except NatsError as error:
            self.close()
            raise NotFound(
                f"{_shown(self._url)} has no JetStream: {error or type(error).__name__}"
            ) from error
        if place is not None:
            self._sequence = place["sequence"]
            if info.state.last_seq < self._sequence:
                raise Conflict(
                    f"stream {self._stream} ends at message {info.state.last_seq}, before the "
                    f"{self._sequence} that the kept state stands at: it is another stream"
                )
            if info.state.first_seq > self._sequence + 1:
                raise Conflict(
                    f"stream {self._stream} begins at message {info.state.first_seq}: those from "
                    f"{self._sequence + 1} on are gone, and were not read",
                    hint="let the stream keep more, or begin anew with another --state folder",
                )
        self._subscribe()

    def read(self, timeout_s: float) -> bytes | None:
        """See Source; it has no end."""
        try:
            if self._consumer is None:
                self._subscribe()
            messages = self._run(self._consumer.fetch(_BATCH, timeout=timeout_s))
        except NatsTimeout:
            return b""
        except (NatsError, OSError) as error:
            self._consumer = None
            if time.monotonic() - self._said > _SAY_EVERY_S:
                self._said = time.monotonic()
                self._say(f"NATS does not answer ({error or type(error).__name__}); trying again")
            self._run(asyncio.sleep(_PAUSE_S))
            return b""
        lines = []
        for message in messages:
            number = message.metadata.sequence.stream
            if number <= self._sequence:
                continue
            self._sequence = number
            data = message.data
            if data:
                lines.append(data if data.endswith(b"\n") else data + b"\n")
        return b"".join(lines)

    def settled(self, place: Place) -> None:
        """See Source: the stream keeps what it keeps."""

    def close(self) -> None:
        """Ends the connection."""
        if not self._loop.is_closed():
            self._run(self._client.close())
            self._loop.close()

    def _subscribe(self) -> None:
        self._consumer = self._run(
            self._jetstream.pull_subscribe(
                self._subject or ">",
                stream=self._stream,
                config=ConsumerConfig(
                    ack_policy=AckPolicy.NONE,
                    deliver_policy=DeliverPolicy.BY_START_SEQUENCE,
                    opt_start_seq=self._sequence + 1,
                    filter_subject=self._subject,
                    inactive_threshold=60.0,
                ),
            )
        )

    @staticmethod
    async def _reach(url: str, options: dict[str, Any]) -> None:
        connecting = nats.connect(url, max_reconnect_attempts=1, reconnect_time_wait=0.1, **options)
        await (await asyncio.wait_for(connecting, 2 * _CONNECT_S)).close()

    def _run(self, work: Coroutine[Any, Any, R]) -> R:
        return self._loop.run_until_complete(work)


async def _silent(_: Exception) -> None:
    """What goes wrong is said where it matters."""


def _shown(url: str) -> str:
    """Without what may be secret in it."""
    return url.rpartition("@")[2] if "@" in url else url


def check_url(url: str) -> str:
    """The URL, if it names a NATS server. Raises InvalidInput."""
    if not url.startswith(("nats://", "tls://", "ws://", "wss://")):
        raise InvalidInput(f"{_shown(url)} is no address of a NATS server; accepted: nats://HOST:PORT")
    return url
