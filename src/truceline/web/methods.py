"""Which methods an address takes, over all routers: what an answer 405 has to say (RFC 9110, 15.5.6).

The framework knows only the methods of the first of our functions that has the address; an address with a GET
and a POST is two functions.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from fastapi import APIRouter
from starlette.routing import compile_path


class Methods:
    """The methods of every address of these routers, each with the path that it stands under."""

    def __init__(self, mounted: Iterable[tuple[str, APIRouter]]) -> None:
        routes: list[tuple[str, Any]] = [
            (prefix + route.path, route.methods)
            for prefix, router in mounted
            for route in router.routes
            if hasattr(route, "methods") and hasattr(route, "path")
        ]
        self._literal = {path for path, _ in routes if "{" not in path}
        self._held = [(path, compile_path(path)[0], frozenset(methods)) for path, methods in routes]

    def at(self, path: str) -> tuple[str, ...]:
        """The methods that an address takes, in order; none where there is nothing.

        An address that is written out in one of our paths is that one, and no id in another.
        """
        found: set[str] = set()
        for held, pattern, methods in self._held:
            if held == path or (path not in self._literal and pattern.match(path)):
                found |= methods
        return tuple(sorted(found))
