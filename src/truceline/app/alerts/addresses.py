"""Where alerts may go: addresses of Apprise whose host, as Apprise itself understands it, is one of ours."""

from __future__ import annotations

from typing import Any

from truceline.core.errors import DependencyMissing, InvalidInput, NotAllowed

SCHEMES = ("json", "jsons", "mailto", "mailtos")


def open_address(to: str, hosts: frozenset[str]) -> Any:
    """What Apprise sends by, to an address whose host is among `hosts`; it follows no redirection.

    A mail address can name another server (`?smtp=`), and some names of hosts stand for one: what counts is
    whom it would connect to. Raises InvalidInput, NotAllowed, DependencyMissing.
    """
    try:
        import apprise
    except ImportError as error:
        raise DependencyMissing("alerts need Apprise", hint="pip install 'truceline[alerts]'") from error
    there: Any = apprise.Apprise.instantiate(to, suppress_exceptions=True)
    if there is None or there.secure_protocol not in ("jsons", "mailtos"):
        raise InvalidInput("to: this is no complete address of Apprise")
    host = str(getattr(there, "smtp_host", None) or there.host)
    if host.lower() not in hosts:
        raise NotAllowed(
            f"the server was not started to send anything to {host}", hint="truceline serve --alert-to HOST"
        )
    there.redirects = False
    return there
