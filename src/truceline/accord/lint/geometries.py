"""Geometries that are missing, cannot be used, or lie elsewhere."""

from __future__ import annotations

from pathlib import Path

import shapely
from shapely.geometry.base import BaseGeometry

from truceline.accord.geometry import read_geometry
from truceline.accord.lint.case import Case
from truceline.accord.model import Line, Routes, Sector, Zone
from truceline.accord.model.space import GeometryRef
from truceline.accord.placement import looks_swapped, surroundings
from truceline.core.errors import InvalidInput, NotFound, TrucelineError
from truceline.geo.geojson import Family
from truceline.geo.line import as_line


def check(case: Case) -> None:
    """Reads every geometry, each of the kind that it must have, and places it in the accord's region."""
    drawn: dict[str, BaseGeometry] = {}
    lengths: dict[str, float] = {}
    for path, part in case.parts():
        ref: GeometryRef | None = getattr(part, "geometry", None)
        if ref is None:
            continue
        family: Family = "any"
        if isinstance(part, Line | Routes):
            family = "line"
        elif isinstance(part, Zone | Sector):
            family = "polygon"
        geometry = _read(case, ref, family, f"{path}.geometry")
        if geometry is not None:
            drawn[f"{path}.geometry"] = geometry
            if isinstance(part, Line):
                _line(case, part, geometry, path, lengths)
    _segments(case, lengths)
    for path, geometry in drawn.items():
        _placed(case, geometry, path, [other for name, other in drawn.items() if name != path])


def _line(case: Case, line: Line, geometry: BaseGeometry, path: str, lengths: dict[str, float]) -> None:
    try:
        length = lengths[line.id] = as_line(geometry).length_m
    except InvalidInput as error:
        _cannot_be_used(case, error, f"{path}.geometry", line.geometry)
        return
    for index, stretch in enumerate(line.uncertainty_segments):
        if stretch.to_m > length + 1.0:
            case.report(
                "stretch-beyond-line",
                f"{path}.uncertainty_segments[{index}].to_m",
                f"{stretch.to_m:g} m is past the end of the line",
                accepted=f"up to {length:.0f} m",
            )


def _segments(case: Case, lengths: dict[str, float]) -> None:
    """Depths along stretches that the line, or a version of it, does not have."""
    versions = {line.id: line.version_of or line.id for line in case.accord.lines}
    for z, zone in enumerate(case.accord.zones):
        for d, derivation in enumerate(zone.derivation):
            drawn = [id for id in lengths if derivation.line in (id, versions[id])]
            for s, segment in enumerate(derivation.segments):
                for id in drawn:
                    if segment.to_m > lengths[id] + 1.0:
                        case.report(
                            "segment-beyond-line",
                            f"zones[{z}].derivation[{d}].segments[{s}].to_m",
                            f"{segment.to_m:g} m is past the end of the line {id!r}",
                            accepted=f"up to {lengths[id]:.0f} m",
                        )


def _read(case: Case, ref: GeometryRef, family: Family, path: str) -> BaseGeometry | None:
    if ref.file is not None and case.base_dir is None:
        return None
    try:
        return read_geometry(ref, case.base_dir or Path(), family)
    except NotFound as error:
        case.report("geometry-missing", path, error.message)
    except InvalidInput as error:
        _cannot_be_used(case, error, path, ref)
    except TrucelineError as error:
        case.report("geometry-invalid", path, error.message)
    return None


def _cannot_be_used(case: Case, error: InvalidInput, path: str, ref: GeometryRef | None) -> None:
    if not error.faults:
        case.report("geometry-invalid", path, error.message)
    file = ref.file if ref is not None else None
    for fault in error.faults:
        line = f"line {fault.line}" if fault.line is not None else None
        place = ", ".join(word for word in (file, line, fault.path) if word) or "the geometry"
        case.report(
            "geometry-invalid", path, f"{place} {fault.message}", found=fault.found, accepted=fault.accepted
        )


def _placed(case: Case, geometry: BaseGeometry, path: str, others: list[BaseGeometry]) -> None:
    region = case.accord.accord.region
    if region is None:
        ground, name = surroundings(others), "beside the accord's other geometries"
    elif region[0] > region[2] or region[1] > region[3]:
        return
    else:
        ground, name = shapely.box(*region), "in the accord's region"
    if ground is None:
        return
    west, south, east, north = (round(value, 2) for value in geometry.bounds)
    found = f"longitude {west} to {east}, latitude {south} to {north}"
    if looks_swapped(geometry, ground):
        case.report(
            "coordinates-swapped",
            path,
            f"looks like lat, lon instead of lon, lat: only with both exchanged it lies {name}",
            found=found,
            accepted="longitude first",
        )
    elif region is not None and not geometry.intersects(ground):
        case.report("outside-region", path, "lies wholly outside the accord's region", found=found)
