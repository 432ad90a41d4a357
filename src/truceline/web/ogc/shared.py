"""What the endpoints of OGC APIs share: addresses, links, which collections a role may ask, parameters."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from fastapi import Query, Request

from truceline.core.errors import NotAllowed, NotFound
from truceline.evidence.permissions import Kind
from truceline.web.asking import Asker, need
from truceline.web.ogc.collections import COLLECTIONS, Collection

GEOJSON = "application/geo+json"
OPENAPI = "application/vnd.oai.openapi+json;version=3.1"
MVT = "application/vnd.mapbox-vector-tile"
CRS84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"

READS = need(Kind.OBSERVATIONS, Kind.REPORTERS, Kind.CONFIDENTIAL)

Filter = Annotated[str | None, Query(max_length=20_000, description="A condition in CQL2.")]
FilterLanguage = Annotated[str, Query(alias="filter-lang", pattern="^cql2-(text|json)$")]


async def json_alone(
    f: Annotated[str, Query(pattern="^(json|geojson|mvt|application/json)$", description="json")] = "json",
) -> None:
    """Answers are JSON, and tiles MVT: nothing else can be chosen. Waits for no thread, as it is async."""
    del f


def base_of(request: Request) -> str:
    """The address under which the OGC APIs stand."""
    return str(request.base_url).rstrip("/") + "/ogc"


def link_to(href: str, rel: str, kind: str = "application/json", title: str | None = None) -> dict[str, str]:
    """A link as OGC APIs write it."""
    return {"href": href, "rel": rel, "type": kind} | ({"title": title} if title else {})


def allowed(asker: Asker, id: str) -> Collection:
    """The collection of that name. Raises NotFound, NotAllowed."""
    found = COLLECTIONS.get(id)
    if found is None:
        raise NotFound(f"there is no collection {id!r}; there are {', '.join(COLLECTIONS)}")
    if not asker.reader.may(found.kind):
        raise NotAllowed(f"the role {asker.reader.role} may not see this")
    return found


def earlier(one: datetime | None, other: datetime | None) -> datetime | None:
    """The earlier of two ends; None leaves it open."""
    return one if other is None else other if one is None else min(one, other)
