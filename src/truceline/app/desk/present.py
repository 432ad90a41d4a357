"""Answers as of now: each holds for a minute, and nobody waits because one has passed."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import Any, TypeVar

T = TypeVar("T")

FRESH = timedelta(minutes=1)
LATE = timedelta(minutes=2)
MOST = 16


class Present:
    """The last answer to each question that was asked as of now.

    An answer holds for `FRESH`. One that is older is given until it is `LATE` while the next is made beside;
    every answer says as of when it is. One that was made of another state of the record is never given.
    Safe for several threads.
    """

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._held: OrderedDict[Hashable, tuple[Hashable, datetime, Any]] = OrderedDict()
        self._making: set[Hashable] = set()
        self._beside = ThreadPoolExecutor(1, thread_name_prefix="truceline-present")

    def close(self) -> None:
        """Makes nothing more beside."""
        self._beside.shutdown(wait=False, cancel_futures=True)

    def get(self, question: Hashable, state: Hashable, make: Callable[[datetime], T]) -> T:
        """The answer of a state of the record; `make` is given the instant as of which it is to be."""
        now = self._clock()
        with self._lock:
            held = self._held.get(question)
            if held is not None and held[0] == state and timedelta() <= now - held[1] < LATE:
                self._held.move_to_end(question)
                if now - held[1] >= FRESH and (question, state) not in self._making:
                    self._making.add((question, state))
                    self._beside.submit(self._renew, question, state, make)
                found: T = held[2]
                return found
        made = make(now)
        self._hold(question, state, now, made)
        return made

    def _renew(self, question: Hashable, state: Hashable, make: Callable[[datetime], Any]) -> None:
        """A failure is told to whoever asks once the old answer is too late."""
        now = self._clock()
        try:
            self._hold(question, state, now, make(now))
        finally:
            with self._lock:
                self._making.discard((question, state))

    def _hold(self, question: Hashable, state: Hashable, now: datetime, made: Any) -> None:
        with self._lock:
            held = self._held.get(question)
            if held is None or held[0] != state or held[1] < now:
                self._held[question] = (state, now, made)
            while len(self._held) > MOST:
                self._held.popitem(last=False)
