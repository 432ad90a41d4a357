"""Ports of this machine that no other process is given while the tests run."""

from __future__ import annotations

import socket

_held: list[socket.socket] = []


def free_port() -> int:
    """A port on which nobody listens, as yet: whoever may use an address again (SO_REUSEADDR) can begin to.

    It stays bound, so that the system gives it to nobody else between now and then.
    """
    held = socket.socket()
    held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    held.bind(("127.0.0.1", 0))
    _held.append(held)
    return int(held.getsockname()[1])
