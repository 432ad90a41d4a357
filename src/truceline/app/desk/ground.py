"""What the accord draws, as GeoJSON features: lines, zones with the audit of their depth, places, routes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import shapely
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from truceline.accord.effective import effective
from truceline.accord.geometry import AccordGeometry
from truceline.accord.model import Accord
from truceline.app.desk.desk import Desk
from truceline.app.desk.verdicts import Asked
from truceline.app.drawn import geometry_at
from truceline.app.report_inputs import BASEMAP
from truceline.core.instants import end_of_day, isoformat_utc, start_of_day, zone_of
from truceline.geo.geojson import as_geojson
from truceline.geo.zone import area_m2, derive_zone
from truceline.products.report.basemap import LAND, read_collection
from truceline.products.report.depth_audits import depth_audits

Feature = dict[str, Any]
Features = list[tuple[Feature, BaseGeometry]]


def _standing(desk: Desk, asked: Asked) -> tuple[Accord, AccordGeometry, datetime]:
    now = desk.now()
    at = asked.as_of or desk.clock()
    accord = effective(now.accord, at=at, reading=asked.reading)
    return accord, geometry_at(now.accord, desk.workspace.root, at, asked.reading, asked.known_at), at


def _remembered(desk: Desk, what: str, asked: Asked, make: Any) -> Features:
    day = (asked.as_of or desk.clock()).date()
    key = ("ground", what, hash(desk.now().accord_text), day, asked)
    found: Features = desk.remembered(key, make)
    return found


def _feature(id: str, geometry: BaseGeometry, properties: dict[str, Any]) -> tuple[Feature, BaseGeometry]:
    return {
        "type": "Feature",
        "id": id,
        "properties": {name: value for name, value in properties.items() if value is not None},
        "geometry": as_geojson(geometry),
    }, geometry


def _days(accord: Accord, part: Any) -> dict[str, str | None]:
    """When a part holds, as instants: from the start of its first day to the end of its last."""
    zone = zone_of(accord.accord.time_zone)
    first, last = part.valid_from, part.valid_to
    return {
        "valid_from": isoformat_utc(start_of_day(first, zone).astimezone(UTC)) if first else None,
        "valid_to": isoformat_utc(end_of_day(last, zone).astimezone(UTC)) if last else None,
    }


def zone_features(desk: Desk, asked: Asked) -> Features:
    """Zones: all ground that may be theirs; `inner` says what surely is, where that differs."""

    def make() -> Features:
        accord, geometry, _ = _standing(desk, asked)
        audits: dict[str, list[dict[str, Any]]] = {}
        for zone in accord.zones:
            # The audit names a zone by its name alone: it is made for one zone at a time.
            alone = accord.model_copy(update={"zones": (zone,)})
            made = depth_audits(alone, geometry, asked.language) if zone.id in geometry.zones else ()
            audits[zone.id] = [
                {name: value for name, value in asdict(one).items() if name != "profile"} for one in made
            ]

        def each() -> Iterator[tuple[Feature, BaseGeometry]]:
            for zone in accord.zones:
                ground = geometry.zones.get(zone.id)
                if ground is None or ground.max_area.is_empty:
                    continue
                inner = None if ground.min_area.equals(ground.max_area) else as_geojson(ground.min_area)
                yield _feature(
                    zone.id,
                    ground.max_area,
                    {
                        "kind": str(zone.kind),
                        "names": dict(zone.names),
                        "area_m2": round(area_m2(ground.max_area), 1),
                        "uncertainty_m": ground.uncertainty_m,
                        "approximate": ground.approximate,
                        "inner": inner,
                        "audit": audits[zone.id],
                        **_days(accord, zone),
                    },
                )

        return list(each())

    return _remembered(desk, "zones", asked, make)


def line_features(desk: Desk, asked: Asked) -> Features:
    """Lines of contact and of withdrawal, in drawing direction."""

    def make() -> Features:
        accord, geometry, _ = _standing(desk, asked)
        return [
            _feature(
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
                    **_days(accord, line),
                },
            )
            for line in accord.lines
            if line.id in geometry.lines
        ]

    return _remembered(desk, "lines", asked, make)


def place_features(desk: Desk, asked: Asked) -> Features:
    """Places that the accord names and that are drawn."""

    def make() -> Features:
        accord, geometry, _ = _standing(desk, asked)
        return [
            _feature(
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

    return _remembered(desk, "places", asked, make)


def route_features(desk: Desk, asked: Asked) -> Features:
    """The routes that the accord promises, where it draws them."""

    def make() -> Features:
        accord, geometry, _ = _standing(desk, asked)
        return [
            _feature(
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

    return _remembered(desk, "routes", asked, make)


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
            found.append(_feature(f"{feature['id']}~inner", shape(inner), properties_of))
        if band_m:
            band = derive_zone(geometry, float(band_m), "both").geometry
            found.append(_feature(f"{feature['id']}~band", band, short | {"part": "band", "width_m": band_m}))
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


def find_places(desk: Desk, words: str, language: str, limit: int) -> list[dict[str, Any]]:
    """Places whose name, in whatever script, begins with the words or holds them; the first ones first."""
    wanted = _folded(words)
    found: list[tuple[int, str, dict[str, Any]]] = []
    for feature, geometry in (*place_features(desk, Asked()), *zone_features(desk, Asked())):
        properties = feature["properties"]
        names = [*properties["names"].values(), *properties.get("aliases", ()), feature["id"]]
        ranks = [
            0 if folded.startswith(wanted) else 1 for name in names if wanted in (folded := _folded(name))
        ]
        if not ranks:
            continue
        middle = shapely.point_on_surface(geometry)
        shown = properties["names"].get(language) or next(iter(properties["names"].values()), feature["id"])
        item = {
            "id": feature["id"],
            "name": shown,
            "names": properties["names"],
            "lon": round(middle.x, 6),
            "lat": round(middle.y, 6),
            "bbox": [round(value, 6) for value in geometry.bounds],
            "error_m": properties.get("error_m"),
        }
        found.append((min(ranks), shown, item))
    return [item for _, _, item in sorted(found, key=lambda one: one[:2])][:limit]


_ARABIC = str.maketrans(
    {"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ة": "ه", "ؤ": "و", "ئ": "ي", "ـ": ""}
)


def _folded(text: str) -> str:
    """A name without case, marks above and below letters, and the spellings of Arabic that vary."""
    import unicodedata

    apart = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(sign for sign in apart if not unicodedata.combining(sign))
    kept = bare.translate(_ARABIC).replace("'", "").replace("’", "").replace("ʿ", "").replace("-", " ")
    return " ".join(kept.split())
