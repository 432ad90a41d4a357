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


class WatchedZone(Answer):
    """How long a zone was watched, by how many reports, and on how many days (UTC)."""

    hours: float
    reports: int
    days: int


class Watched(Answer):
    """How much was watched: beside a count it says what a zero means.

    `cells` are those of the zones (of the whole region where there are none), of `cell_deg` degrees;
    `cells_nobody` those of them in which nobody looked, `nobody_share` their share.
    """

    hours: float
    reports: int
    days: int
    refused: int
    delayed: int
    cells: int
    cells_nobody: int
    nobody_share: float
    cell_deg: float
    zones: dict[str, WatchedZone]


class DepthSide(Answer):
    """The depth of a zone on one side of its line: arrays with a value for each station along the line.

    `s_m` are metres along the line, `depth_m` metres of depth, `places` lon, lat on the line; `limited` where
    another stretch of the line ends the depth. `bounds` are runs of (s, least, greatest depth) from any line
    within the 95% bound.
    """

    side: Literal["left", "right"]
    line: str
    verdict: str
    certain: bool
    length_m: float
    promised: list[dict[str, float]]
    min_depth_m: float
    max_depth_m: float
    mean_depth_m: float
    share_within: float
    shortfalls: list[dict[str, float]]
    excesses: list[dict[str, float]]
    s_m: list[int]
    depth_m: list[int]
    limited: list[bool]
    places: list[list[float]]
    bounds: list[list[list[int]]]


class Depth(Answer):
    """The profile of a zone's depth; no sides where no depth is promised from one line."""

    zone: str
    sides: list[DepthSide]


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
    """Something by one of its names; `bbox` is west, south, east, north in degrees."""

    id: str
    kind: Literal["place", "zone", "sector", "route", "town", "district"]
    name: str
    names: dict[str, str]
    lon: float
    lat: float
    bbox: tuple[float, float, float, float]
    error_m: float | None


class Places(Answer):
    """What bears a name like what was asked for, in any script."""

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
