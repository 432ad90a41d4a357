"""An uncertain line, prepared for the question how its error moves a zone's edges at a place."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

import numpy as np
import shapely

from truceline.geo.ellipsoid import Floats, direct, wrapped
from truceline.geo.geojson import read_line
from truceline.geo.line import Line
from truceline.geo.nearest import LineIndex
from truceline.geo.uncertainty.model import JUMP_M, LineUncertainty

_ON_LINE_M = 1.0


@dataclass(frozen=True, eq=False)
class UncertainLine:
    """A line prepared for distances, with its uncertainty. Compares by identity."""

    index: LineIndex
    uncertainty: LineUncertainty

    @classmethod
    def of(cls, line: Line, uncertainty: LineUncertainty) -> Self:
        """Of one line."""
        return cls(LineIndex(line), uncertainty)

    @classmethod
    def joined(cls, lines: Sequence[UncertainLine]) -> Self | UncertainLine:
        """Several lines as one, laid end to end; each keeps its bounds."""
        if len(lines) == 1:
            return lines[0]
        position: list[Floats] = []
        bound: list[Floats] = []
        start = 0.0
        for line in lines:
            length, uncertainty = line.index.total_m, line.uncertainty
            inner = (uncertainty.position_m > 0.0) & (uncertainty.position_m < length - JUMP_M)
            at = np.concatenate([[0.0], uncertainty.position_m[inner], [length - JUMP_M]])
            position.append(start + at)
            bound.append(uncertainty.at(at))
            start += length
        whole = Line(tuple(part for line in lines for part in line.index.line.parts))
        correlation = max(line.uncertainty.correlation_m for line in lines)
        return cls(
            LineIndex(whole), LineUncertainty(np.concatenate(position), np.concatenate(bound), correlation)
        )

    def as_feature(self) -> dict[str, Any]:
        """The line and its uncertainty as a GeoJSON feature, with every digit, for `of_feature`."""
        geometry = json.loads(shapely.to_geojson(self.index.line.geometry))
        return {"type": "Feature", "properties": self.uncertainty.as_properties(), "geometry": geometry}

    @classmethod
    def of_feature(cls, feature: Mapping[str, Any], source: str | None = None) -> Self | None:
        """The line of a GeoJSON feature; None where it is exact. Raises InvalidGeometry."""
        line = Line.from_feature(read_line(feature, source=source), source=source)
        if line.uncertainty is None or line.uncertainty.greatest_m <= 0.0:
            return None
        return cls.of(line, line.uncertainty)

    def displacement(self, lon: Floats, lat: Floats) -> tuple[Floats, Floats]:
        """How the line's error moves a zone's edges at places (degrees): sigma in metres, and the azimuth.

        The azimuth is the line's perpendicular through the place, in degrees; its sense does not matter.
        """
        near = self.index.nearest(lon, lat)
        _, _, azimuth = direct(near.lon, near.lat, near.azimuth, near.distance_m)
        # On the line, and ahead of its free ends, the perpendicular is that of the edge itself.
        aside = near.beyond_end | (near.distance_m < _ON_LINE_M)
        azimuth[aside] = self.index.azimuth[near.segment[aside]] + 90.0
        return self.uncertainty.sigma_at(near.position_m), wrapped(azimuth)
