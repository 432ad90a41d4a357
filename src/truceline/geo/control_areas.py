"""From polygon control data (who holds which area) to a line of contact between two groups.

Method. The areas of each group are united; ground that both are said to hold belongs to neither. Each group's
ground is drawn in by `inset_m`, so that a shared border opens to a strip of twice that width, and its outline
is sampled, densely where the other group is near. Then the method for places is used on the samples
(`truceline.geo.control`): the line runs as far from the ground of one group as from that of the other, which
is along a shared border, and down the middle of a gap or of ground that both are said to hold.

Uncertainty. At a vertex half the width of the gap (or of the overlap) there, never less than `floor_m`, which
stands for how exactly the areas were drawn. Corners of a border are rounded by up to `inset_m`.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from truceline.core.errors import Fault, InvalidGeometry, InvalidInput
from truceline.geo.control import ControlLine, ControlPlane, ControlPoint, checked_groups, line_between
from truceline.geo.ellipsoid import Floats, Ints
from truceline.geo.geojson import read_features
from truceline.geo.geojson_faults import validity_fault

METHOD = "halfway between the areas of the two groups"
DEFAULT_FLOOR_M = 500.0
DEFAULT_INSET_M = 100.0
DEFAULT_WIDEST_GAP_M = 5000.0
_MOST_SAMPLES = 150_000


@dataclass(frozen=True, eq=False)
class ControlArea:
    """An area (lon, lat in degrees), who held it, and as of which day (as the file states it)."""

    area: BaseGeometry
    controlled_by: str
    as_of: str | None = None


def read_control(path: Path) -> list[ControlArea] | list[ControlPoint]:
    """Control data from GeoJSON: polygons or points with the property `controlled_by` and, if known, `as_of`.

    Points take their name from `place`. Raises NotFound and InvalidGeometry with every bad feature.
    """
    features = read_features(path)
    areas: list[ControlArea] = []
    points: list[ControlPoint] = []
    faults = []
    for number, feature in enumerate(features, start=1):
        holder = str(feature.properties.get("controlled_by") or "").strip()
        day = feature.properties.get("as_of")
        as_of = None if day is None else str(day)
        if not holder:
            faults.append(_fault(path, feature.place, "has no property controlled_by", "who holds it"))
        elif feature.geometry.geom_type in ("Polygon", "MultiPolygon"):
            crossed = validity_fault(feature.geometry, feature.place, str(path))
            if crossed is not None:
                faults.append(crossed)
            areas.append(ControlArea(feature.geometry, holder, as_of))
        elif feature.geometry.geom_type == "Point":
            name = str(feature.properties.get("place") or f"feature {number}")
            lon, lat = shapely.get_coordinates(feature.geometry)[0].tolist()
            points.append(ControlPoint(name, lon, lat, holder, as_of))
        else:
            faults.append(_fault(path, feature.place, "is no control data", "Polygon, MultiPolygon or Point"))
    if areas and points:
        faults.append(_fault(path, "features", "holds areas and places", "either of them"))
    if faults:
        raise InvalidGeometry.of_faults(faults)
    return areas or points


def areas_as_of(areas: Sequence[ControlArea], day: date) -> list[ControlArea]:
    """The areas of the latest day that is not after the one asked about; those without a day count always.

    Areas of one day belong together, as one map. Raises InvalidInput where all are later.
    """
    dated = [(day_of(area.as_of), area) for area in areas]
    days = [known for known, _ in dated if known is not None and known <= day]
    timeless = [area for known, area in dated if known is None]
    if not days and not timeless:
        raise InvalidInput(f"no area is known as of {day}; the first is of {min(k for k, _ in dated if k)}")
    return [area for known, area in dated if known is None or (days and known == max(days))]


def points_as_of(points: Sequence[ControlPoint], day: date) -> list[ControlPoint]:
    """For each place its latest row that is not after the day; rows without a day are the oldest.

    A place is known by its name and coordinates. Raises InvalidInput where all rows are later.
    """
    latest: dict[tuple[str, float, float], tuple[date, ControlPoint]] = {}
    for point in points:
        known = day_of(point.as_of) or date.min
        key = (point.place, round(point.lon, 4), round(point.lat, 4))
        if known <= day and (key not in latest or known >= latest[key][0]):
            latest[key] = (known, point)
    if not latest:
        first = min(day_of(point.as_of) or date.min for point in points)
        raise InvalidInput(f"no place is known as of {day}; the first is of {first}")
    return [point for _, point in latest.values()]


def day_of(as_of: str | None) -> date | None:
    """The day that control data state; None where they state none. Raises InvalidInput."""
    if as_of is None or not as_of.strip():
        return None
    try:
        return date.fromisoformat(as_of.strip()[:10])
    except ValueError as error:
        raise InvalidInput(f"as_of: found {as_of!r}; accepted: a day such as 2018-09-17") from error


def line_from_areas(
    areas: Sequence[ControlArea],
    left: Collection[str],
    right: Collection[str],
    *,
    floor_m: float = DEFAULT_FLOOR_M,
    widest_gap_m: float = DEFAULT_WIDEST_GAP_M,
    inset_m: float = DEFAULT_INSET_M,
    smooth: bool = False,
    within: BaseGeometry | None = None,
) -> ControlLine:
    """The longest line of contact between the areas held by `left` and those held by `right`.

    `within` clips the line to an area. Holders in neither group are third parties: the line ends where their
    ground is nearer. Raises InvalidInput where a group holds no area or no line can be drawn.
    """
    checked_groups([area.controlled_by for area in areas], left, right, "area")
    if not 1.0 <= inset_m <= 10_000.0:
        raise InvalidInput(f"inset_m: found {inset_m:g}; accepted: 1 to 10,000 metres")
    plane = ControlPlane(np.vstack([shapely.get_coordinates(area.area) for area in areas]))
    own, other, third = (
        _ground(areas, plane, group)
        for group in (set(left), set(right), {a.controlled_by for a in areas} - set(left) - set(right))
    )
    shared = own.intersection(other)
    own, other = (_drawn_in(ground.difference(shared), inset_m) for ground in (own, other))
    if own.is_empty or other.is_empty:
        raise InvalidInput(
            f"no line can be drawn: a group's ground vanishes when its outline is drawn in by {inset_m:g} m",
            hint="give a smaller inset",
        )
    samples: list[Floats] = []
    labels: list[Ints] = []
    grounds = [(own, other, 1), (other, own, -1)]
    if not third.is_empty:
        grounds.append((_drawn_in(third, inset_m), shapely.union_all([own, other]), 0))
    for ground, opposite, label in grounds:
        found = _sampled(ground, opposite, inset_m, widest_gap_m)
        samples.append(found)
        labels.append(np.full(len(found), label, dtype=np.int64))
    if not (len(samples[0]) and len(samples[1])):
        raise InvalidInput(
            f"no line can be drawn: the two groups' areas come nowhere within {widest_gap_m / 1000:g} km",
            hint="check the names of the groups, or raise the widest gap",
        )
    flat, sides = np.vstack(samples), np.concatenate(labels)
    return line_between(
        plane,
        flat,
        sides,
        [f"outline {number}" for number in range(len(flat))],
        floor_m=floor_m,
        slack_m=inset_m,
        widest_gap_m=widest_gap_m,
        smooth=smooth,
        within=within,
        method=METHOD,
        as_of=max((area.as_of for area in areas if area.as_of), default=None),
    )


def _ground(areas: Sequence[ControlArea], plane: ControlPlane, group: Collection[str]) -> BaseGeometry:
    held = [shapely.transform(area.area, plane.forward) for area in areas if area.controlled_by in group]
    return shapely.union_all([shapely.make_valid(area) for area in held], grid_size=0.1)


def _drawn_in(ground: BaseGeometry, inset_m: float) -> BaseGeometry:
    return shapely.buffer(ground, -inset_m, join_style="mitre", mitre_limit=2.0)


def _sampled(ground: BaseGeometry, opposite: BaseGeometry, inset_m: float, widest_gap_m: float) -> Floats:
    """Places on the outline: every inset where the other's ground is near, fewer where it is far."""
    shapely.prepare(opposite)
    kept: list[Floats] = []
    rings = [ring for part in shapely.get_parts(ground) for ring in (part.exterior, *part.interiors)]
    for ring in rings:
        places = shapely.get_coordinates(shapely.segmentize(ring, inset_m))[:-1]
        apart = shapely.distance(opposite, shapely.points(places))
        near = apart <= widest_gap_m
        step = np.hypot(*(places - np.roll(places, 1, axis=0)).T)
        # A place for every inset of outline, or for every eighth of the distance where that is more.
        run = np.cumsum(step / np.maximum(inset_m, apart / 8.0))
        first = np.floor(run) != np.floor(np.concatenate([[-1.0], run[:-1]]))
        kept.append(places[near & first])
    found = np.vstack(kept) if kept else np.empty((0, 2))
    if len(found) > _MOST_SAMPLES:
        raise InvalidInput(
            f"the areas' outlines are too long for an inset of {inset_m:g} m ({len(found):,} samples)",
            hint="give a greater inset",
        )
    return found


def _fault(path: Path, place: str, message: str, accepted: str) -> Fault:
    return Fault(message, source=str(path), path=place, accepted=accepted)
