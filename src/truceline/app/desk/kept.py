"""Answers that were made before, kept for who asks again; several threads that ask make one once."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any, TypeVar

T = TypeVar("T")


class Kept:
    """Shelves of answers, each with its own bound, so that many small ones push no large one out.

    Safe for several threads. What a key does not say must not decide the answer: an answer is never looked
    at again once it is kept.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._shelves: dict[Hashable, OrderedDict[Hashable, Any]] = {}
        self._making: dict[tuple[Hashable, Hashable], threading.Lock] = {}

    def get(self, shelf: Hashable, key: Hashable, make: Callable[[], T], *, most: int) -> T:
        """What is kept on a shelf under a key, or is made now; the shelf keeps the `most` last asked for."""
        with self._lock:
            held = self._shelves.setdefault(shelf, OrderedDict())
            if key in held:
                held.move_to_end(key)
                found: T = held[key]
                return found
            lock = self._making.setdefault((shelf, key), threading.Lock())
        with lock:
            with self._lock:
                if key in held:
                    return held[key]  # type: ignore[no-any-return]
            try:
                made = make()
            except BaseException:
                with self._lock:
                    self._making.pop((shelf, key), None)
                raise
            with self._lock:
                held[key] = made
                self._making.pop((shelf, key), None)
                while len(held) > most:
                    held.popitem(last=False)
            return made
