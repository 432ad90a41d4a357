"""Runs the server: uvicorn on a socket that is bound before anything is said."""

from __future__ import annotations

import gc
import socket
from collections.abc import Callable
from contextlib import suppress
from threading import Thread

import uvicorn

from truceline.app.desk import Wanted
from truceline.app.desk.verdicts import Asked, assessment_for
from truceline.core.errors import Conflict, TrucelineError
from truceline.evidence.permissions import Reader, Role
from truceline.web.application import make_application
from truceline.web.oidc import ProviderSettings
from truceline.web.site import Site


def bind(host: str, port: int) -> socket.socket:
    """A socket that is bound and does not listen yet; port 0 takes a free one. Raises Conflict."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # The protocol is named: asyncio sends at once (TCP_NODELAY) only on sockets that say that they are TCP,
    # and on others an answer's body waits some 40 ms for the other side to acknowledge its head.
    made = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        made.bind((host, port))
    except (OSError, OverflowError) as error:
        made.close()
        raise Conflict(
            f"cannot listen on {host}:{port}: {error}", hint="choose another port with --port"
        ) from error
    return made


def warm(site: Site) -> None:
    """Makes what the first to ask would wait for: verdicts and views of those who are signed in already, and
    of whoever uses the address that the start printed."""
    local = [Reader(Role.ADMINISTRATOR)] if site.settings.local_token else []
    with suppress(TrucelineError):  # which is told to whoever asks
        for reader in dict.fromkeys([*local, *site.accounts.readers_signed_in(now=site.desk.clock())]):
            assessment_for(site.desk, reader, Asked())
            site.desk.view(reader).select(Wanted())


def settle() -> None:
    """Takes what is there now, modules and the application above all, out of the search for circles of
    objects: some 300,000 that stay, which a search goes through in 0.15 s, in which nobody is answered."""
    gc.collect()
    gc.freeze()


def _make_ready(site: Site) -> None:
    warm(site)
    settle()


class _Server(uvicorn.Server):
    """Says when it answers."""

    def __init__(self, config: uvicorn.Config, site: Site, ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._site = site
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            self._ready()
            Thread(target=_make_ready, args=(self._site,), name="truceline-warm", daemon=True).start()


def run(
    site: Site,
    bound: socket.socket,
    ready: Callable[[], None],
    *,
    certificate: str | None = None,
    key: str | None = None,
    proxies: bool = False,
    provider: ProviderSettings | None = None,
) -> None:
    """Serves until it is told to stop. `ready` is called once requests are answered."""
    config = uvicorn.Config(
        make_application(site, provider),
        log_level="warning",
        access_log=False,
        server_header=False,
        date_header=True,
        proxy_headers=proxies,
        timeout_keep_alive=30,
        timeout_graceful_shutdown=2,
        h11_max_incomplete_event_size=64 << 10,
        ssl_certfile=certificate,
        ssl_keyfile=key,
    )
    _Server(config, site, ready).run(sockets=[bound])
