"""Geometries that are missing, cannot be used, or lie elsewhere."""

from __future__ import annotations

from pathlib import Path

import shapely
from shapely.geometry.base import BaseGeometry

from truceline.accord.geometry import read_geometry
from truceline.accord.lint.case import Case
from truceline.accord.model import Line, Routes, Sector, Zone
from truceline.accord.model.space import GeometryRef
from truceline.core.errors import InvalidInput, NotFound, TrucelineError
from truceline.geo.geojson import Family
from truceline.geo.line import as_line


def check(case: Case) -> None:
    """Reads every geometry, each of the kind that it must have, and places it in the accord's region."""
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
            _in_region(case, geometry, f"{path}.geometry")
            if isinstance(part, Line) and part.uncertainty_segments:
                _stretches(case, part, geometry, path)


def _stretches(case: Case, line: Line, geometry: BaseGeometry, path: str) -> None:
    try:
        length = as_line(geometry).length_m
    except TrucelineError:  # told already
        return
    for index, stretch in enumerate(line.uncertainty_segments):
        if stretch.to_m > length + 1.0:
            case.report(
                "stretch-beyond-line",
                f"{path}.uncertainty_segments[{index}].to_m",
                f"{stretch.to_m:g} m is past the end of the line",
                accepted=f"up to {length:.0f} m",
            )


def _read(case: Case, ref: GeometryRef, family: Family, path: str) -> BaseGeometry | None:
    if ref.file is not None and case.base_dir is None:
        return None
    try:
        return read_geometry(ref, case.base_dir or Path(), family)
    except NotFound as error:
        case.report("geometry-missing", path, error.message)
    except InvalidInput as error:
        first = error.faults[0] if error.faults else None
        message = error.message if first is None else f"{first.path or 'the geometry'} {first.message}"
        found, accepted = (None, None) if first is None else (first.found, first.accepted)
        case.report("geometry-invalid", path, message, found=found, accepted=accepted)
    except TrucelineError as error:
        case.report("geometry-invalid", path, error.message)
    return None


def _in_region(case: Case, geometry: BaseGeometry, path: str) -> None:
    region = case.accord.accord.region
    if region is None or region[0] > region[2] or region[1] > region[3]:
        return
    if not geometry.intersects(shapely.box(*region)):
        west, south, east, north = (round(value, 2) for value in geometry.bounds)
        case.report(
            "outside-region",
            path,
            "lies wholly outside the accord's region",
            found=f"longitude {west} to {east}, latitude {south} to {north}",
        )
