"""How patrol effort is spread along a line: evenly, by stretches, by posts, or by the roads of a zone."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from truceline.core.errors import Fault, InvalidInput
from truceline.geo.ellipsoid import Floats, inverse
from truceline.geo.geojson import GeoFeature, read_features
from truceline.geo.nearest import LineIndex
from truceline.geo.table_files import read_table

_ROAD_PIECE_M = 100.0
_COLUMNS = ("from_m", "to_m", "effort")


@dataclass(frozen=True, eq=False)
class Effort:
    """Effort up to a position along the line: knots, linear in between. `masses` are single posts, if any.

    `position_m` ascends from 0 to the line's length, `up_to` from 0 to the whole effort; `unit` says of what.
    """

    position_m: Floats
    up_to: Floats
    unit: str
    masses: tuple[Floats, Floats] | None = None

    @classmethod
    def even(cls, length_m: float) -> Self:
        """The same effort for every metre of the line."""
        return cls(np.array([0.0, length_m]), np.array([0.0, length_m]), "m of line")

    @classmethod
    def of_stretches(
        cls, stretches: Sequence[tuple[float, float, float]], length_m: float, unit: str = "effort"
    ) -> Self:
        """Amounts of effort (from, to, amount; metres along the line), each spread over its stretch."""
        knots = np.unique(
            np.clip([0.0, length_m, *(x for a, b, _ in stretches for x in (a, b))], 0, length_m)
        )
        up_to = np.zeros(len(knots))
        for start, end, amount in stretches:
            if not (0.0 <= start < end and start < length_m and math.isfinite(amount) and amount >= 0.0):
                raise InvalidInput(
                    f"effort from {start:g} to {end:g} m: found {amount:g}; accepted: a stretch of the line "
                    f"(0 to {length_m:.0f} m) and an amount of 0 or more"
                )
            up_to += amount * np.clip((knots - start) / (min(end, length_m) - start), 0.0, 1.0)
        return cls._checked(knots, up_to, unit)

    @classmethod
    def of_masses(cls, position_m: Floats, amount: Floats, length_m: float, unit: str) -> Self:
        """Effort at single places of the line; a sector's end between two of them lies half-way."""
        order = np.argsort(position_m, kind="stable")
        at, mass = position_m[order], amount[order]
        place, first = np.unique(at, return_index=True)
        mass = np.add.reduceat(mass, first) if len(mass) else mass
        centre = np.cumsum(mass) - mass / 2.0
        # Linear from centre to centre, so that what is between two posts is divided at its middle.
        inner = (place > 0.0) & (place < length_m)
        position = np.concatenate([[0.0], place[inner], [length_m]])
        up_to = np.concatenate([[0.0], centre[inner], [float(mass.sum())]])
        effort = cls._checked(position, up_to, unit)
        return cls(effort.position_m, effort.up_to, unit, (place, mass))

    @classmethod
    def _checked(cls, position_m: Floats, up_to: Floats, unit: str) -> Self:
        if not (np.isfinite(up_to).all() and up_to[-1] > 0.0):
            raise InvalidInput("the effort adds up to nothing; accepted: amounts of which one is above 0")
        return cls(position_m, up_to, unit)

    @property
    def total(self) -> float:
        """The whole effort."""
        return float(self.up_to[-1])

    def cuts(self, count: int) -> Floats:
        """The positions that divide the effort into that many equal parts; count - 1 of them, ascending."""
        targets = self.total * np.arange(1, count) / count
        last = np.searchsorted(self.up_to, targets, side="right").clip(1, len(self.up_to) - 1)
        first = np.searchsorted(self.up_to, targets, side="left").clip(1, len(self.up_to) - 1)
        before = self.position_m[first - 1] + _share(self.up_to, first, targets) * (
            self.position_m[first] - self.position_m[first - 1]
        )
        # Where a stretch without effort lies between two parts, its middle.
        behind = np.where(self.up_to[last - 1] == targets, self.position_m[last - 1], before)
        cut: Floats = (before + behind) / 2.0
        return cut

    def between(self, from_m: float, to_m: float) -> float:
        """The effort from one position to another."""
        if self.masses is not None:
            place, mass = self.masses
            return float(mass[(place >= from_m) & ((place < to_m) | (to_m >= self.position_m[-1]))].sum())
        return float(np.diff(np.interp([from_m, to_m], self.position_m, self.up_to))[0])


def _share(up_to: Floats, upper: np.ndarray[tuple[int], np.dtype[np.int64]], target: Floats) -> Floats:
    gap = up_to[upper] - up_to[upper - 1]
    share: Floats = np.where(gap > 0, (target - up_to[upper - 1]) / np.where(gap > 0, gap, 1.0), 0.0)
    return share


def read_effort(path: Path, zone: BaseGeometry, index: LineIndex) -> Effort:
    """Effort from a CSV with from_m, to_m, effort, or from GeoJSON points (posts) or lines (roads).

    Posts count 1 or their property `effort`; roads count by their kilometres within the zone, times their
    property `effort` if they have one. Each belongs to its nearest place of the line. Raises NotFound,
    InvalidInput and InvalidGeometry.
    """
    if path.suffix.lower() == ".csv":
        return Effort.of_stretches(_rows(path), index.total_m)
    features = read_features(path)
    kinds = {feature.geometry.geom_type.removeprefix("Multi") for feature in features}
    if kinds == {"Point"}:
        return _of_posts(features, index, str(path))
    if kinds == {"LineString"}:
        return _of_roads(features, zone, index, str(path))
    raise InvalidInput(
        f"{path}: found {', '.join(sorted(kinds))}; accepted: points (posts) or lines (roads), not both"
    )


def _rows(path: Path) -> list[tuple[float, float, float]]:
    columns, rows = read_table(path, hint="give a CSV or GeoJSON file of effort")
    missing = [name for name in _COLUMNS if name not in columns]
    if missing:
        raise InvalidInput(f"{path}: lacks the column {', '.join(missing)}; accepted: {', '.join(_COLUMNS)}")
    stretches, faults = [], []
    for number, row in enumerate(rows, start=1):
        try:
            start, end, amount = (float(row[name] or "nan") for name in _COLUMNS)
        except ValueError:
            start = end = amount = math.nan
        if not (math.isfinite(start + end + amount) and 0.0 <= start < end and amount >= 0.0):
            found = ", ".join(f"{name} {row[name][:40]!r}" for name in _COLUMNS)
            accepted = "numbers: from_m below to_m, effort 0 or more"
            faults.append(Fault("cannot be used", str(path), row=number, found=found, accepted=accepted))
        else:
            stretches.append((start, end, amount))
    if faults:
        raise InvalidInput.of_faults(faults)
    return stretches


def _weight(feature: GeoFeature, source: str) -> float:
    given = feature.properties.get("effort", 1.0)
    if isinstance(given, bool) or not isinstance(given, int | float) or not given >= 0.0:
        fault = Fault(
            "has a wrong effort", source, path=feature.place, found=str(given), accepted="0 or more"
        )
        raise InvalidInput.of_faults([fault])
    return float(given)


def _of_posts(features: list[GeoFeature], index: LineIndex, source: str) -> Effort:
    places = [(shapely.get_coordinates(f.geometry), _weight(f, source)) for f in features]
    lonlat = np.vstack([coords for coords, _ in places])
    amount = np.concatenate([np.full(len(coords), weight) for coords, weight in places])
    position = index.nearest(lonlat[:, 0], lonlat[:, 1]).position_m
    return Effort.of_masses(position, amount, index.total_m, "posts")


def _of_roads(features: list[GeoFeature], zone: BaseGeometry, index: LineIndex, source: str) -> Effort:
    middles: list[Floats] = []
    amounts: list[Floats] = []
    for feature in features:
        within = shapely.segmentize(feature.geometry.intersection(zone), _ROAD_PIECE_M / 111_000.0)
        weight = _weight(feature, source)
        for part in shapely.get_parts(within):
            if part.geom_type != "LineString":
                continue
            coords = shapely.get_coordinates(part)
            _, _, length = inverse(coords[:-1, 0], coords[:-1, 1], coords[1:, 0], coords[1:, 1])
            middles.append((coords[:-1] + coords[1:]) / 2.0)
            amounts.append(length / 1000.0 * weight)
    if not middles:
        raise InvalidInput(f"{source}: no road runs in the zone")
    lonlat = np.vstack(middles)
    position = index.nearest(lonlat[:, 0], lonlat[:, 1]).position_m
    return Effort.of_masses(position, np.concatenate(amounts), index.total_m, "km of road")
