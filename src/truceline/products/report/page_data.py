"""What the page's script needs, as plain data: the map's geometry, the reports' places, a few words."""

from __future__ import annotations

from typing import Any

from truceline.products.report.content import EvidenceRow, Report
from truceline.products.report.ground import GeoJson, MapContent
from truceline.products.report.timeline import later_than
from truceline.products.report.wording import Wording

COORDINATE_DECIMALS = 5  # about one metre, finer than anything here is known
WORDS = (
    "map-label", "map-north", "map-line-approximate", "map-line-exact", "map-band", "mark-synthetic",
    "mark-claim", "show-in-table", "show-on-map", "map-unplaced-none", "evidence-showing", "map-group",
    "map-reset",
)  # fmt: skip
PLACEHOLDERS = ("km", "shown", "all", "count")


def rounded(geometry: GeoJson) -> GeoJson:
    """The geometry with coordinates of a metre's precision."""

    def _round(value: Any) -> Any:
        if isinstance(value, list | tuple):
            return [_round(item) for item in value]
        return round(float(value), COORDINATE_DECIMALS)

    return {"type": geometry["type"], "coordinates": _round(geometry["coordinates"])}


def page_data(report: Report, wording: Wording) -> dict[str, Any]:
    """The data block of the page. Placeholders in words stay, in braces, for the script to fill."""
    placeholders = {name: "{" + name + "}" for name in PLACEHOLDERS}
    return {
        "snapshots": [snapshot.key for snapshot in report.snapshots],
        "rows": [_row(row, report, wording) for row in report.evidence],
        "map": _map(report.map, wording),
        "words": {name: wording.say(name, **placeholders) for name in WORDS},
    }


def _row(row: EvidenceRow, report: Report, wording: Wording) -> dict[str, Any]:
    where = row.place or wording.say("no-place")
    if row.located and row.error_m is not None:
        where += f" ({wording.say('within-km', km=wording.km(row.error_m))})"
    return {
        "n": row.number,
        "family": row.family,
        "at": [row.lon, row.lat, row.error_m] if row.located else None,
        "from": int(row.occurred_from.timestamp()),
        "later": list(later_than(row, report)),
        "synthetic": row.synthetic,
        "claim": row.claim,
        "title": f"{wording.span(row.occurred_from, row.occurred_to)}: {row.kind_name}",
        "where": where,
        "text": row.report or "",
        "source": row.source,
        "label": row.label,
    }


def _map(content: MapContent, wording: Wording) -> dict[str, Any]:
    return {
        "bounds": [round(value, 4) for value in content.bounds],
        "lines": [
            {
                "name": line.name,
                "note": wording.say(
                    "map-line-approximate" if line.approximate else "map-line-exact",
                    km=wording.km_range(line.uncertainty_m),
                ),
                "geometry": rounded(line.geometry),
                "band": rounded(line.band) if line.band else None,
            }
            for line in content.lines
        ],
        "zones": [
            {
                "name": zone.name,
                "outer": rounded(zone.outer),
                "inner": rounded(zone.inner) if zone.inner else None,
            }
            for zone in content.zones
        ],
        "routes": [
            {
                "name": route.name,
                "geometry": rounded(route.geometry),
                "states": list(route.states),
                "words": [wording.say(f"route-state-{state}") for state in route.states],
            }
            for route in content.routes
        ],
        "overlays": [
            [
                {
                    "name": str((feature.get("properties") or {}).get("name") or ""),
                    "dashed": bool((feature.get("properties") or {}).get("dashed")),
                    "geometry": rounded(feature["geometry"]),
                }
                for feature in overlay.features
            ]
            for overlay in content.basemap.overlays
        ],
        "land": [_area(feature) for feature in content.basemap.land],
        "districts": [_area(feature) for feature in content.basemap.districts],
        "towns": [
            {
                "name": town.name,
                "local": town.name_local,
                "at": [round(town.lon, 5), round(town.lat, 5)],
                "rank": town.rank,
            }
            for town in content.basemap.towns
        ],
    }


def _area(feature: GeoJson) -> dict[str, Any]:
    names = feature.get("properties", {}).get("names", {})
    return {"name": names.get("en", ""), "local": names.get("ar"), "geometry": rounded(feature["geometry"])}
