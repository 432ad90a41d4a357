"""The accord's zones, bands, lines and routes as rows of their layers. Geometries are lon/lat on WGS 84."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import pyarrow as pa
import shapely
from shapely.geometry.base import BaseGeometry

from truceline.accord.geometry import AccordGeometry, ZoneGeometry
from truceline.accord.model import Accord, Routes
from truceline.accord.model.base import name_in
from truceline.assess.route_states import RouteState
from truceline.evidence.permissions import Reader
from truceline.geo.ellipsoid import GEOD
from truceline.geo.zone import area_m2
from truceline.products.export.fields import GEOMETRY, Layer
from truceline.products.export.layers import LINES, ROUTES, ZONES

Row = dict[str, Any]


def table_of(layer: Layer, reader: Reader, rows: Iterable[Row]) -> pa.Table:
    """Rows as a table of the layer's columns that the reader's edition has; `geometry` holds shapes."""
    listed = list(rows)
    schema = layer.schema_for(reader)
    columns = {field.name: [row.get(field.name) for row in listed] for field in schema}
    if layer.geometry:
        columns[GEOMETRY] = [_wkb(shape, layer.geometry) for shape in columns[GEOMETRY]]
    return pa.table({name: pa.array(values, schema.field(name).type) for name, values in columns.items()})


def _wkb(shape: BaseGeometry | None, kind: str) -> bytes | None:
    """The shape as WKB; one of several kinds where the layer holds several parts."""
    if shape is None or shape.is_empty:
        return None
    if kind.startswith("Multi") and shape.geom_type != kind:
        parts = [part for part in shapely.get_parts(shape) if f"Multi{part.geom_type}" == kind]
        shape = shapely.multipolygons(parts) if kind == "MultiPolygon" else shapely.multilinestrings(parts)
    return bytes(shapely.to_wkb(shape))


def zones_table(accord: Accord, geometry: AccordGeometry, reader: Reader, language: str) -> pa.Table:
    """The zones and bands that somebody has drawn; a band's ground once, where parties share it."""
    rows: list[Row] = []
    for zone in accord.zones:
        if zone.id in geometry.zones:
            about = {
                "id": zone.id,
                "name": name_in(zone.names, language),
                "kind": str(zone.kind),
                "valid_from": _text(zone.valid_from),
                "valid_to": _text(zone.valid_to),
            }
            rows += _grounds(geometry.zones[zone.id], about)
    drawn = [ground.area for ground in geometry.zones.values()]
    for provision in accord.provisions:
        title = name_in(provision.title, language) if provision.title else provision.id
        for key, band in geometry.bands.get(provision.id, {}).items():
            if band.area.is_empty or any(band.area.equals(other) for other in drawn):
                continue
            drawn.append(band.area)
            party = accord.party(key)
            whose = name_in(party.names, language) if party else key
            name = f"{title} ({whose})" if whose else title
            rows += _grounds(band, {"id": f"{provision.id}/{key}".rstrip("/"), "name": name, "kind": "band"})
    return table_of(ZONES, reader, rows)


def _grounds(ground: ZoneGeometry, about: Row) -> list[Row]:
    parts = [("whole", ground.area)]
    least = ground.min_area
    if least is not None and not least.is_empty and not least.equals(ground.area):
        parts.append(("least", least))
    return [
        about
        | {
            "part": part,
            "approximate": ground.approximate,
            "uncertainty_m": ground.uncertainty_m,
            "area_km2": round(area_m2(area) / 1e6, 3),
            GEOMETRY: area,
        }
        for part, area in parts
    ]


def lines_table(accord: Accord, geometry: AccordGeometry, reader: Reader, language: str) -> pa.Table:
    """The lines that have a geometry, in the version in force."""
    rows = [
        {
            "id": line.id,
            "name": name_in(line.names, language) if line.names else line.id,
            "left": line.left,
            "right": line.right,
            "approximate": line.approximate,
            "uncertainty_m": geometry.line_uncertainty_m.get(line.id, line.uncertainty_m),
            "length_km": _length_km(geometry.lines[line.id]),
            GEOMETRY: geometry.lines[line.id],
        }
        for line in accord.lines
        if line.id in geometry.lines
    ]
    return table_of(LINES, reader, rows)


def routes_table(
    accord: Accord, geometry: AccordGeometry, states: Sequence[RouteState], reader: Reader, language: str
) -> pa.Table:
    """The routes that the accord promises, drawn or not, with their state."""
    rows: list[Row] = []
    by_id = {state.id: state for state in states}
    for provision in accord.provisions:
        if not isinstance(provision, Routes) or provision.id not in by_id:
            continue
        state, drawn = by_id[provision.id], geometry.routes.get(provision.id)
        told = state.as_dict()
        rows.append(
            {
                "id": provision.id,
                "name": name_in(provision.title, language) if provision.title else state.name,
                "status": str(state.status),
                "since": state.since,
                "p_open": told.get("p_open"),
                "p_closed": told.get("p_closed"),
                "passable_share": told.get("passable_share"),
                "error_m": geometry.route_error_m.get(provision.id),
                "length_km": None if drawn is None else _length_km(drawn),
                GEOMETRY: drawn,
            }
        )
    return table_of(ROUTES, reader, rows)


def _length_km(line: BaseGeometry) -> float:
    return round(float(GEOD.geometry_length(line)) / 1000.0, 3)


def _text(value: object) -> str | None:
    return None if value is None else str(value)
