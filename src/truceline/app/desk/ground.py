"""What the accord draws, as GeoJSON features: lines, zones with the audit of their depth, places, routes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from truceline.app.desk.depth import without_profile, zone_audits
from truceline.app.desk.desk import Desk
from truceline.app.desk.drawing import Feature, Features, days_of, feature_of, remembered, standing
from truceline.app.desk.verdicts import Asked
from truceline.app.report_inputs import BASEMAP
from truceline.geo.geojson import as_geojson
from truceline.geo.zone import area_m2, derive_zone
from truceline.products.report.basemap import LAND, read_collection


def zone_features(desk: Desk, asked: Asked) -> Features:
    """Zones: all ground that may be theirs; `inner` says what surely is, where that differs."""

    def make() -> Features:
        accord, geometry, _ = standing(desk, asked)
        audits = {
            id: [without_profile(one) for one in found] for id, found in zone_audits(desk, asked).items()
        }

        def each() -> Iterator[tuple[Feature, BaseGeometry]]:
            for zone in accord.zones:
                ground = geometry.zones.get(zone.id)
                if ground is None or ground.max_area.is_empty:
                    continue
                inner = None if ground.min_area.equals(ground.max_area) else as_geojson(ground.min_area)
                yield feature_of(
                    zone.id,
                    ground.max_area,
                    {
                        "kind": str(zone.kind),
                        "names": dict(zone.names),
                        "area_m2": round(area_m2(ground.max_area), 1),
                        "uncertainty_m": ground.uncertainty_m,
                        "approximate": ground.approximate,
                        "inner": inner,
                        "audit": audits.get(zone.id, []),
                        **days_of(accord, zone),
                    },
                )

        return list(each())

    return remembered(desk, "zones", asked, make)


def line_features(desk: Desk, asked: Asked) -> Features:
    """Lines of contact and of withdrawal, in drawing direction."""

    def make() -> Features:
        accord, geometry, _ = standing(desk, asked)
        return [
            feature_of(
                line.id,
                geometry.lines[line.id],
                {
                    "kind": str(line.kind),
                    "names": dict(line.names) if line.names else {},
                    "left": line.left,
                    "right": line.right,
                    "uncertainty_m": geometry.line_uncertainty_m.get(line.id, 0.0),
                    "approximate": line.approximate,
                    "note": line.note,
                    **days_of(accord, line),
                },
            )
            for line in accord.lines
            if line.id in geometry.lines
        ]

    return remembered(desk, "lines", asked, make)


def place_features(desk: Desk, asked: Asked) -> Features:
    """Places that the accord names and that are drawn."""

    def make() -> Features:
        accord, geometry, _ = standing(desk, asked)
        return [
            feature_of(
                place.id,
                geometry.places[place.id],
                {
                    "names": dict(place.names),
                    "aliases": list(place.aliases),
                    "error_m": geometry.place_error_m.get(place.id),
                },
            )
            for place in accord.places
            if place.id in geometry.places
        ]

    return remembered(desk, "places", asked, make)


def route_features(desk: Desk, asked: Asked) -> Features:
    """The routes that the accord promises, where it draws them."""

    def make() -> Features:
        accord, geometry, _ = standing(desk, asked)
        return [
            feature_of(
                id,
                line,
                {
                    "names": dict(provision.title) if provision is not None and provision.title else {},
                    "error_m": geometry.route_error_m.get(id),
                },
            )
            for id, line in geometry.routes.items()
            for provision in (accord.provision(id),)
        ]

    return remembered(desk, "routes", asked, make)


def in_parts(features: Features) -> Features:
    """Zones as an outer part and, where it differs, an inner one (what is surely theirs) as its own feature;
    lines with the band in which the true line lies with 95%."""
    found: Features = []
    for feature, geometry in features:
        properties = dict(feature["properties"])
        inner = properties.pop("inner", None)
        band_m = properties.get("uncertainty_m") if geometry.geom_type.endswith("LineString") else None
        if geometry.geom_type.endswith("LineString"):
            found.append((feature | {"properties": properties | {"part": "line"}}, geometry))
        else:
            found.append((feature | {"properties": properties | {"part": "outer"}}, geometry))
        short = {"id": feature["id"], "of": feature["id"]}
        short |= {name: properties[name] for name in ("kind", "names") if name in properties}
        if inner is not None:
            properties_of = short | {"part": "inner"}
            found.append(feature_of(f"{feature['id']}~inner", shape(inner), properties_of))
        if band_m:
            band = derive_zone(geometry, float(band_m), "both").geometry
            found.append(
                feature_of(f"{feature['id']}~band", band, short | {"part": "band", "width_m": band_m})
            )
    return found


def whole_basemap(root: Path) -> dict[str, Any]:
    """The basemap of a workspace as feature collections, with whom to credit."""
    folder = root / BASEMAP
    found: dict[str, Any] = {}
    credits: list[str] = []
    for name, files in (("land", LAND), ("districts", ("districts.geojson",)), ("towns", ("towns.geojson",))):
        collections = [read_collection(folder / file) for file in files]
        features = [feature for collection in collections for feature in collection["features"]]
        found[name] = {"type": "FeatureCollection", "features": features}
        credits += [str(one["attribution"]) for one in collections if one.get("attribution")]
    return found | {"attribution": list(dict.fromkeys(credits))}
