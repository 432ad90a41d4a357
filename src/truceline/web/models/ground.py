"""Features, routes, effort and places."""

from __future__ import annotations

from typing import Any, Literal

from truceline.web.models.base import Answer


class Geometry(Answer):
    """A geometry of GeoJSON (RFC 7946): lon, lat on WGS 84."""

    type: str


class Feature(Answer):
    """A feature of GeoJSON."""

    type: Literal["Feature"]
    id: str | int | None = None
    geometry: Geometry | None
    properties: dict[str, Any] | None


class FeatureCollection(Answer):
    """GeoJSON (RFC 7946)."""

    type: Literal["FeatureCollection"]
    features: list[Feature]


class Basemap(Answer):
    """What the map is drawn on, and whose it is."""

    land: FeatureCollection
    districts: FeatureCollection
    towns: FeatureCollection
    attribution: list[str]


class EffortDay(Answer):
    """What was watched on a day in a zone (none: outside of all), and how often access was not given."""

    day: str
    zone: str | None
    hours: float
    reports: int
    refused: int
    delayed: int


class Effort(Answer):
    """How long somebody looked, by area and day, and where access was refused."""

    items: list[EffortDay]


class Block(Answer):
    """What closes a stretch of a route, in metres from its beginning, with the reports that say so."""

    kind: str
    from_m: float
    to_m: float
    whole: bool
    p: float
    since: str | None
    near: str | None
    at: list[float] | None
    evidence: list[str]


class RouteAnswer(Answer):
    """How a route stands, and why."""

    id: str
    name: str
    status: str
    since: str | None
    finding: str
    p_open: float
    p_closed: float
    p_unknown: float
    length_m: float
    blocks: list[Block]
    days_without_incident: int | None
    last_incident: str | None
    because: list[str]


class Routes(Answer):
    """How each route stands."""

    routes: list[RouteAnswer]


class FoundPlace(Answer):
    """A place or zone by one of its names; `bbox` is west, south, east, north in degrees."""

    id: str
    name: str
    names: dict[str, str]
    lon: float
    lat: float
    bbox: tuple[float, float, float, float]
    error_m: float | None


class Places(Answer):
    """Places whose name, in any script, begins with or holds what was asked for."""

    items: list[FoundPlace]


class Shown(Answer):
    """What patrols' tracks showed: counts and shares of one finding that is kept."""

    id: str
    kept_at: str


class Patrols(Answer):
    """The findings on patrols that are kept, oldest first."""

    items: list[Shown]


class KindName(Answer):
    """A kind of observation, by language."""

    id: str
    kind: str
    family: str | None
    label: dict[str, str]


class Kinds(Answer):
    """The vocabulary of observations."""

    kinds: list[KindName]
