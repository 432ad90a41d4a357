"""The basemap of a workspace: a folder with land, districts and towns as GeoJSON. All of it is optional.

``governorates.geojson`` (or ``land.geojson``) and ``districts.geojson`` hold areas, ``towns.geojson``
points with ``names`` per language and a ``rank``; ``attribution`` of a collection says whom to credit. Files
``overlay-*.geojson`` are layers of their own, named by ``title`` per language: lines, areas and points with
``name``, drawn ``dashed`` or not.
Coordinates are lon, lat on WGS 84.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import shapely

from truceline.core.errors import Fault, InvalidGeometry
from truceline.products.report.ground import Basemap, GeoJson, Overlay, Town

Bounds = tuple[float, float, float, float]
LAND = ("land.geojson", "governorates.geojson")


def read_basemap(folder: Path, bounds: Bounds, language: str) -> Basemap:
    """The basemap of a folder, of what touches `bounds` (west, south, east, north) and its surroundings.

    A folder that does not exist gives an empty basemap. Raises InvalidGeometry for files that are no GeoJSON.
    """
    west, south, east, north = bounds
    wide, high = east - west, north - south
    frame = shapely.box(west - wide, south - high, east + wide, north + high)
    land = [read_collection(folder / name) for name in LAND]
    districts, towns = (
        read_collection(folder / "districts.geojson"),
        read_collection(folder / "towns.geojson"),
    )
    credits = dict.fromkeys(
        str(collection["attribution"])
        for collection in (*land, districts, towns)
        if collection.get("attribution")
    )
    return Basemap(
        land=tuple(feature for collection in land for feature in _touching(collection, frame)),
        districts=_touching(districts, frame),
        towns=tuple(_town(feature, language) for feature in _touching(towns, frame)),
        credits=tuple(credits),
        overlays=tuple(
            _overlay(read_collection(path), frame, language)
            for path in sorted(folder.glob("overlay-*.geojson"))
        ),
    )


def read_collection(path: Path) -> dict[str, Any]:
    """A feature collection of the basemap; none where there is no file. Raises InvalidGeometry."""
    if not path.is_file():
        return {"features": []}
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise InvalidGeometry.of_faults([Fault(f"cannot be read: {error}", source=path.name)]) from error
    if not isinstance(data, dict) or not isinstance(data.get("features"), list):
        raise InvalidGeometry.of_faults(
            [Fault("is no GeoJSON feature collection", source=path.name, accepted="a FeatureCollection")]
        )
    return data


def _touching(collection: dict[str, Any], frame: shapely.Polygon) -> tuple[GeoJson, ...]:
    return tuple(
        feature
        for feature in collection["features"]
        if shapely.intersects(frame, shapely.geometry.shape(feature["geometry"]).envelope)
    )


def _overlay(collection: dict[str, Any], frame: shapely.Polygon, language: str) -> Overlay:
    title = collection.get("title") or {}
    name = title.get(language) or title.get("en") if isinstance(title, dict) else str(title)
    return Overlay(name=name or "", features=_touching(collection, frame))


def _town(feature: GeoJson, language: str) -> Town:
    properties = feature.get("properties") or {}
    names: dict[str, str] = properties.get("names") or {}
    name = names.get(language) or names.get("en") or next(iter(names.values()), "")
    local = next((text for code, text in names.items() if code not in (language, "en")), None)
    lon, lat = feature["geometry"]["coordinates"][:2]
    return Town(name=name, name_local=local, lon=lon, lat=lat, rank=int(properties.get("rank", 3)))
