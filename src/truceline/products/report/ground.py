"""What a report says of the ground: lines, zones, routes, the map beneath, and how deep zones are.

Coordinates are lon, lat in degrees on WGS 84, geometries GeoJSON objects (RFC 7946), distances metres.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

GeoJson = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class LineShape:
    """A line of the accord, and the band that its uncertainty spans on both sides.

    `uncertainty_m` is the least and the greatest along it.
    """

    id: str
    name: str
    approximate: bool
    uncertainty_m: tuple[float, float]
    geometry: GeoJson
    band: GeoJson | None
    left: str | None
    right: str | None
    describes: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ZoneShape:
    """A zone: what surely is the zone (`inner`, at the least depth) and all that may be it (`outer`).

    `uncertainty_m` is the least and the greatest along the line that it is measured from. `depth_ranges_m`
    holds, where the agreed depth differs by side or along the line, the range of its least depths and that of
    its greatest ones; `depth_min_m` and `depth_max_m` are None then.
    """

    id: str
    name: str
    kind: str
    approximate: bool
    uncertainty_m: tuple[float, float]
    outer: GeoJson
    inner: GeoJson | None
    depth_min_m: float | None
    depth_max_m: float | None
    depth_ranges_m: tuple[tuple[float, float], tuple[float, float]] | None = None

    @property
    def perhaps(self) -> bool:
        """Whether some of `outer` may lie outside of the zone, by how its depth is read."""
        least, deepest = self.depth_min_m, self.depth_max_m
        return self.inner is not None or (least is not None and deepest is not None and least < deepest)


@dataclass(frozen=True, slots=True, kw_only=True)
class RouteShape:
    """A promised transport route, by the provision that promises it; `states` is how it stood at each of the
    report's dates (`truceline.assess.route_turns.RouteStatus`)."""

    provision: str
    name: str
    geometry: GeoJson
    error_m: float | None
    states: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Town:
    """A town for orientation; `rank` 1 is drawn at every zoom, 3 only close up."""

    name: str
    name_local: str | None
    lon: float
    lat: float
    rank: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Overlay:
    """A layer from the basemap's folder: its name, and features with `name` and `dashed`."""

    name: str
    features: tuple[GeoJson, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Basemap:
    """What is drawn beneath: areas with their names, towns, and whom to credit."""

    land: tuple[GeoJson, ...] = ()
    districts: tuple[GeoJson, ...] = ()
    towns: tuple[Town, ...] = ()
    credits: tuple[str, ...] = ()
    overlays: tuple[Overlay, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class MapContent:
    """Everything that the map draws, save the evidence itself. Bounds are west, south, east, north."""

    bounds: tuple[float, float, float, float]
    lines: tuple[LineShape, ...] = ()
    zones: tuple[ZoneShape, ...] = ()
    routes: tuple[RouteShape, ...] = ()
    basemap: Basemap = Basemap()


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """A part of the line where the zone is not as deep as promised (metres along the line)."""

    from_m: float
    to_m: float
    worst_m: float


@dataclass(frozen=True, slots=True, kw_only=True)
class TrueLine:
    """What an audit of a zone whose line is uncertain can say of the depth from the true line.

    `bounds` holds (metres along the line, least depth, greatest depth), metres: the depth from any line
    within the 95% bound at that place, one run per stretch where the zone itself ends the depth.
    `depth_m` are the least and the greatest of all. `share` is the expected share of the line as promised,
    `share_range` holds it with 95%. `area_error_m2` is the standard error of the area. Where a zone
    lies on both sides, all but `bounds` is of both together.
    """

    uncertainty_m: tuple[float, float]
    bounds: tuple[tuple[tuple[float, float, float], ...], ...]
    depth_m: tuple[float, float]
    share: float
    share_range: tuple[float, float]
    p_shallow_somewhere: float
    p_deep_somewhere: float
    area_error_m2: float


@dataclass(frozen=True, slots=True, kw_only=True)
class PromisedRun:
    """A stretch of the line, metres from its start, with the least and the greatest depth promised there."""

    from_m: float
    to_m: float
    least_m: float
    most_m: float


@dataclass(frozen=True, slots=True, kw_only=True)
class DepthAudit:
    """Is a zone as deep as promised along its line.

    `profile` holds (metres along the line, depth in metres, limited); where it is limited, the line's own
    bends end the depth, not the zone. `stations` are the places of the profile on the line (lon, lat).
    `certain`: no line within the uncertainty would change the verdict. `true_line` is None where the line is
    exact. `promised` says the promise by stretches of the line, without those on which there is none; empty
    where it is the same all along.
    """

    zone: str
    line: str
    side: str
    verdict: str
    promised_min_m: float
    promised_max_m: float
    min_depth_m: float
    max_depth_m: float
    mean_depth_m: float
    share_within: float
    area_m2: float
    profile: tuple[tuple[float, float, bool], ...]
    certain: bool = True
    shortfalls: tuple[Stretch, ...] = ()
    excesses: tuple[Stretch, ...] = ()
    true_line: TrueLine | None = None
    promised: tuple[PromisedRun, ...] = ()
    stations: tuple[tuple[float, float], ...] = ()
