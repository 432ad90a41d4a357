"""Who asks, and whether the permission matrix lets them: what every endpoint depends on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any

from anyio import to_thread
from fastapi import Depends, Query, Request

from truceline.app.desk.verdicts import Asked
from truceline.core.errors import InvalidInput, NotAllowed, NotSignedIn
from truceline.core.instants import parse_instant, zone_of
from truceline.evidence.permissions import PUBLIC, Grant, Kind, Reader, Role
from truceline.store.accounts import Account, Session
from truceline.web.site import Site

SENSITIVE = (
    Kind.REPORTERS, Kind.CONFIDENTIAL, Kind.CASE_FILES, Kind.CASE_REPORTERS, Kind.CORRECTIONS,
    Kind.PATROL_PLANS, Kind.PATROL_TRACKS, Kind.PROOFS, Kind.WEAPONS, Kind.ACCOUNTS, Kind.READINGS_LOG,
)  # fmt: skip
"""What is read of these is put down in the log of readings."""


@dataclass(frozen=True, slots=True)
class Asker:
    """Who sent a request."""

    reader: Reader
    account: Account | None = None
    session: Session | None = None
    token: str | None = None

    @property
    def author(self) -> str:
        """The name under which the record says who did it. Raises NotSignedIn."""
        if self.account is None:
            raise NotSignedIn("sign in to record something")
        return self.account.name

    def need_own(self, kind: Kind, party: str | None) -> str | None:
        """The party in whose name something is done. Raises NotAllowed for another party than one's own."""
        if self.reader.grant(kind) is not Grant.OWN:
            return party
        if party not in (None, self.reader.party):
            raise NotAllowed(f"the liaison of {self.reader.party} does this in no other party's name")
        return self.reader.party


# What only looks is async, so that it runs where the request is: a function that is not waits for a thread,
# and with fifty clients that wait is most of an answer. What asks a database or a file is given to one.


async def site_of(request: Request) -> Site:
    """The site that a request is sent to."""
    return _site(request)


async def asker_of(request: Request) -> Asker:
    """Who sent a request: the guard has found out."""
    return _asker(request)


def _site(request: Request) -> Site:
    found: Site = request.app.state.site
    return found


def _asker(request: Request) -> Asker:
    found = request.scope.get("truceline.asker")
    return found if isinstance(found, Asker) else Asker(PUBLIC)


TheSite = Annotated[Site, Depends(site_of)]
TheAsker = Annotated[Asker, Depends(asker_of)]


class Need:
    """Lets a request through if the matrix grants its role what the endpoint is about.

    `also` are kinds that the answer holds where the role may see them: named here so that what was read is
    put down. An endpoint without a Need is a defect, which a test finds. `kind` None: open to everybody.
    """

    def __init__(self, kind: Kind | None, *also: Kind) -> None:
        self.kind = kind
        self.also = also

    async def __call__(self, request: Request) -> None:
        asker = _asker(request)
        _need_each_once(request)
        if self.kind is not None and not asker.reader.may(self.kind):
            if asker.reader.role is Role.PUBLIC:
                raise NotSignedIn("this is open only to those who have signed in")
            raise NotAllowed(f"the role {asker.reader.role} may not see or do this")
        if request.method in ("GET", "HEAD"):
            kinds = [*([self.kind] if self.kind else []), *self.also]
            read = [str(kind) for kind in kinds if kind in SENSITIVE and asker.reader.may(kind)]
            if read:
                await to_thread.run_sync(_put_down, request, asker, read)


REPEATED = frozenset({"kind"})
"""The parameters of the API that may stand several times in a query; a test compares the OpenAPI document."""


def _need_each_once(request: Request) -> None:
    """Raises InvalidInput where a parameter stands twice: of which the first or the last would count."""
    if request.scope["query_string"] and request.url.path.startswith(("/api/", "/ogc")):
        names = [name for name, _ in request.query_params.multi_items() if name not in REPEATED]
        twice = {name for name in names if names.count(name) > 1} if len(names) != len(set(names)) else None
        if twice:
            raise InvalidInput(f"{', '.join(sorted(twice))[:200]}: given more than once; accepted: once")


def _put_down(request: Request, asker: Asker, read: list[str]) -> None:
    site = _site(request)
    query = f"?{request.url.query}" if request.url.query else ""
    what = f"{request.url.path}{query}"[:2000]
    site.accounts.record_reading(asker.account, read, what, now=site.desk.clock())


def need(kind: Kind | None, *also: Kind) -> Any:
    """A dependency for `dependencies=[...]` of an endpoint."""
    return Depends(Need(kind, *also))


AsOf = Annotated[
    str | None,
    Query(
        max_length=40,
        description="A day (its end, in the accord's time zone) or an instant; now if not given.",
    ),
]
KnownAt = Annotated[
    str | None,
    Query(max_length=40, description="Count only what was recorded by then; all that is known if not given."),
]
ReadingId = Annotated[
    str | None, Query(max_length=200, description="A reading of the accord's interpretations, by its id.")
]
Language = Annotated[
    str, Query(pattern="^(en|ar|ru|tr)$", description="The language of sentences and names.")
]


async def asked(
    site: TheSite,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    reading: ReadingId = None,
    language: Language = "en",
) -> Asked:
    """What an assessment is asked, from the query. Raises InvalidInput."""
    if not as_of and not known_at:
        return Asked(None, None, reading, language)

    def read() -> Asked:
        return Asked(instant(site, as_of, "as_of"), instant(site, known_at, "known_at"), reading, language)

    return await to_thread.run_sync(read)


TheQuestion = Annotated[Asked, Depends(asked)]


def instant(site: Site, text: str | None, field: str) -> datetime | None:
    """An instant from a query: a day ends in the accord's time zone. Raises InvalidInput."""
    if text is None or not text:
        return None
    zone = zone_of(site.desk.now().accord.accord.time_zone)
    # A plus sign that was not escaped arrives as a space.
    found = parse_instant(text.replace(" ", "+"), zone, field=field)
    if not 1 < found.year < 9999:
        raise InvalidInput(f"{field}: found {text!r}; accepted: years 2 to 9998")
    return found
