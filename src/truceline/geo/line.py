"""Directed lines on the ellipsoid: the lines of contact and withdrawal that zones are measured from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, Self

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from truceline.core.errors import Fault, InvalidGeometry
from truceline.geo.ellipsoid import Floats, direct, inverse, wrapped
from truceline.geo.geojson import GeoFeature, coordinate_fault, read_line
from truceline.geo.uncertainty.model import LineUncertainty

Edges = Literal["geodesic", "straight"]

SHORTEST_M = 1e-3
LONGEST_EDGE_M = 10_000_000.0
_STRAIGHT_ERROR_M = 0.002


@dataclass(frozen=True, eq=False)
class Line:
    """One or more directed polylines whose edges are geodesics of WGS 84.

    `parts` are arrays of shape (n, 2), lon, lat in degrees, without repeated vertices. Left and right are
    seen in drawing direction. `uncertainty_m` is how far the true line may lie from this one (0: exact), on
    the whole; `uncertainty` says it along the line, where it differs.
    """

    parts: tuple[Floats, ...]
    uncertainty_m: float = 0.0
    uncertainty: LineUncertainty | None = None

    @classmethod
    def from_geometry(
        cls,
        geometry: BaseGeometry,
        *,
        edges: Edges = "geodesic",
        uncertainty_m: float = 0.0,
        uncertainty: LineUncertainty | None = None,
        source: str | None = None,
    ) -> Self:
        """The line of a LineString, LinearRing or MultiLineString in lon/lat.

        `edges="geodesic"`: vertices are joined by geodesics. `edges="straight"`: by straight lines in
        lon/lat, as RFC 7946 draws them, followed to 2 mm. Raises InvalidGeometry: another kind,
        empty, not finite, out of range, swapped, of no length, an edge longer than 10,000 km.
        """
        if geometry.geom_type not in ("LineString", "LinearRing", "MultiLineString"):
            raise _invalid("is not a line", source, geometry.geom_type, "LineString or MultiLineString")
        if geometry.is_empty:
            raise _invalid("is empty", source, "no coordinates", "at least two positions")
        fault = coordinate_fault(geometry, place="line", source=source)
        if fault is not None:
            raise InvalidGeometry.of_faults([fault])
        if not np.isfinite(uncertainty_m) or uncertainty_m < 0:
            raise _invalid("has a wrong uncertainty_m", source, str(uncertainty_m), "0 or more metres")
        parts = []
        for part in shapely.get_parts(geometry):
            coords = shapely.get_coordinates(part)
            if edges == "straight":
                coords = _followed(coords)
            coords = _without_repeats(coords)
            if len(coords) > 1:
                _, _, lengths = inverse(coords[:-1, 0], coords[:-1, 1], coords[1:, 0], coords[1:, 1])
                if lengths.max() > LONGEST_EDGE_M:
                    raise _invalid(
                        "has an edge too long for its geodesic to be meant",
                        source,
                        f"{lengths.max() / 1000:.0f} km",
                        "edges up to 10,000 km",
                    )
                parts.append(coords)
        if not parts:
            raise _invalid("has no length", source, "only one distinct position", "at least 1 mm")
        return cls(tuple(parts), float(uncertainty_m), uncertainty)

    @classmethod
    def from_geojson(cls, origin: Path | str | Mapping[str, Any], *, edges: Edges = "geodesic") -> Self:
        """The line of a GeoJSON file or document; takes its uncertainty from its properties if there: see
        `truceline.geo.uncertainty.model.LineUncertainty.of_properties`.
        """
        return cls.from_feature(
            read_line(origin), edges=edges, source=None if isinstance(origin, Mapping) else str(origin)
        )

    @classmethod
    def from_feature(
        cls, feature: GeoFeature, *, edges: Edges = "geodesic", source: str | None = None
    ) -> Self:
        """The line of a feature that was read, with what its properties say about its uncertainty."""
        given = feature.properties.get("uncertainty_m", 0.0)
        if isinstance(given, bool) or not isinstance(given, int | float):
            raise _invalid("has a wrong uncertainty_m", source, repr(given), "a number of metres")
        vertex_m = _positions(feature.geometry)
        uncertainty = LineUncertainty.of_properties(feature.properties, vertex_m, source)
        return cls.from_geometry(
            feature.geometry,
            edges=edges,
            uncertainty_m=float(given) or uncertainty.greatest_m,
            uncertainty=uncertainty,
            source=source,
        )

    @property
    def geometry(self) -> BaseGeometry:
        """The vertices as a LineString or MultiLineString."""
        lines = [shapely.LineString(part) for part in self.parts]
        return lines[0] if len(lines) == 1 else shapely.MultiLineString(lines)

    def with_vertices_at(self, positions_m: Sequence[float]) -> Line:
        """The same line with vertices at these places, metres along it (parts laid end to end)."""
        parts, begin = [], 0.0
        wanted = np.unique(np.asarray(positions_m, dtype=float))
        for part in self.parts:
            a, b = part[:-1], part[1:]
            azimuth, _, length = inverse(a[:, 0], a[:, 1], b[:, 0], b[:, 1])
            ends = begin + np.concatenate([[0.0], np.cumsum(length)])
            # Not beside a vertex that is there already (1 cm).
            inside = (wanted > ends[0]) & (wanted < ends[-1])
            free = wanted[inside & (np.abs(wanted[:, None] - ends).min(axis=1) > 0.01)]
            edge = np.searchsorted(ends, free, side="right") - 1
            lon, lat, _ = direct(a[edge, 0], a[edge, 1], azimuth[edge], free - ends[edge])
            parts.append(np.insert(part, edge + 1, np.column_stack([lon, lat]), axis=0))
            begin = float(ends[-1])
        return Line(tuple(parts), self.uncertainty_m, self.uncertainty)

    def between(self, from_m: float, to_m: float) -> BaseGeometry:
        """The stretch from one place to another, metres along the line (parts laid end to end); empty where
        there is nothing between them."""
        found, begin = [], 0.0
        for part in self.with_vertices_at([from_m, to_m]).parts:
            at = begin + np.concatenate([[0.0], np.cumsum(lengths_m(part))])
            begin = float(at[-1])
            kept = part[(at >= from_m - 0.01) & (at <= to_m + 0.01)]
            if len(kept) > 1:
                found.append(shapely.LineString(kept))
        return found[0] if len(found) == 1 else shapely.MultiLineString(found)

    @property
    def length_m(self) -> float:
        """Geodesic length of all parts."""
        return float(sum(lengths_m(part).sum() for part in self.parts))


def as_line(line: Line | BaseGeometry) -> Line:
    """The line itself, or that of a shapely geometry with geodesic edges."""
    return line if isinstance(line, Line) else Line.from_geometry(line)


def lengths_m(coords: Floats) -> Floats:
    """Geodesic lengths of the edges between consecutive lon/lat positions."""
    _, _, length = inverse(coords[:-1, 0], coords[:-1, 1], coords[1:, 0], coords[1:, 1])
    return np.asarray(length, dtype=float)


def _positions(geometry: BaseGeometry) -> Floats:
    """The positions of all vertices along the line, its parts laid end to end; metres."""
    positions: list[Floats] = []
    start = 0.0
    for part in shapely.get_parts(geometry):
        along = start + np.concatenate([[0.0], np.cumsum(lengths_m(shapely.get_coordinates(part)))])
        positions.append(along)
        start = float(along[-1])
    return np.concatenate(positions)


def _invalid(message: str, source: str | None, found: str, accepted: str) -> InvalidGeometry:
    return InvalidGeometry.of_faults(
        [Fault(message, source=source, path="line", found=found, accepted=accepted)]
    )


def _without_repeats(coords: Floats) -> Floats:
    # Repeats are compared as places: lon 180 is lon -180, and every lon at a pole is one place.
    kept = [0]
    lengths = lengths_m(coords)
    since = 0.0
    for index, length in enumerate(lengths, start=1):
        since += float(length)
        if since >= SHORTEST_M:
            kept.append(index)
            since = 0.0
    return coords[kept]


def _followed(coords: Floats) -> Floats:
    """Vertices added on straight lon/lat edges until the geodesics between them follow to 2 mm."""
    for _ in range(24):
        a, b = coords[:-1], coords[1:]
        middle = (a + b) / 2
        azimuth, _, length = inverse(a[:, 0], a[:, 1], b[:, 0], b[:, 1])
        lon, lat, _ = direct(a[:, 0], a[:, 1], azimuth, length / 2)
        # Along the edge a difference does not matter, but it bounds the one across from above.
        _, _, off = inverse(lon, lat, middle[:, 0], middle[:, 1])
        # On a meridian, and where lon differs by half a turn or more, the geodesic may be another way.
        far = (np.abs(b[:, 0] - a[:, 0]) >= 180.0) & (length > SHORTEST_M)
        split = ((off > _STRAIGHT_ERROR_M) | far) & (length > SHORTEST_M)
        if not split.any():
            break
        coords = np.insert(coords, np.flatnonzero(split) + 1, middle[split], axis=0)
    return coords


def unwrapped(lon: Floats, reference: float) -> Floats:
    """Longitudes made continuous around a reference: within half a turn of it."""
    return reference + wrapped(lon - reference)
