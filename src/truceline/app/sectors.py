"""The sectors of a mission: parts of its zones that a team answers for, of which coverage is told.

They come from the accord (zones of kind ``sector``, and sectors of a zone that have a geometry of their own),
or from ``sectors.geojson`` in the workspace's folder, which ``truceline zone sectors … -o`` writes. The file
may add ``id``, ``names`` per language and ``zone`` to each feature; ``synthetic``: they are invented.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from shapely.geometry.base import BaseGeometry

from truceline.accord.geometry import AccordGeometry, read_geometry
from truceline.accord.model import Accord
from truceline.accord.model.space import ZoneKind
from truceline.core.errors import Fault, InvalidGeometry
from truceline.geo.geojson import read_features

FILE = "sectors.geojson"


@dataclass(frozen=True, slots=True)
class SectorArea:
    """A sector as it is drawn. `zone` is the id of the zone that it is a part of, where that is known."""

    id: str
    names: Mapping[str, str]
    zone: str | None
    responsible: str | None
    synthetic: bool
    geometry: BaseGeometry


def sectors_of(accord: Accord, geometry: AccordGeometry, root: Path) -> tuple[SectorArea, ...]:
    """The sectors that the accord draws, else those of the workspace's file; none where there are neither.
    Raises InvalidGeometry."""
    return tuple(_of_accord(accord, geometry, root)) or tuple(_of_file(root / FILE))


def _of_accord(accord: Accord, geometry: AccordGeometry, root: Path) -> Iterator[SectorArea]:
    for zone in accord.zones:
        drawn = geometry.zones.get(zone.id)
        if zone.kind is ZoneKind.SECTOR and drawn is not None and not drawn.max_area.is_empty:
            yield SectorArea(zone.id, zone.names, zone.within, None, False, drawn.max_area)
        for sector in zone.sectors:
            if sector.geometry is not None:
                area = read_geometry(sector.geometry, root, "polygon")
                yield SectorArea(sector.id, sector.names, zone.id, sector.responsible, False, area)


def _of_file(path: Path) -> Iterator[SectorArea]:
    if not path.is_file():
        return
    seen: set[str] = set()
    for number, feature in enumerate(read_features(path), start=1):
        said = feature.properties
        id = _text(said.get("id")) or f"sector-{number}"
        if feature.geometry.geom_type not in ("Polygon", "MultiPolygon") or id in seen:
            found = f"{feature.geometry.geom_type} {id}"
            raise InvalidGeometry.of_faults(
                [
                    Fault(
                        f"feature {number} is no sector", source=path.name, found=found,
                        accepted="polygons, each with an id of its own",
                    )
                ]
            )  # fmt: skip
        seen.add(id)
        names = said.get("names")
        if not isinstance(names, dict) or not names:
            names = {"en": _text(said.get("name")) or id}
        told = {str(language): str(name) for language, name in names.items()}
        yield SectorArea(
            id, told, _text(said.get("zone")), _text(said.get("responsible")),
            said.get("synthetic") is True, feature.geometry,
        )  # fmt: skip


def _text(value: Any) -> str | None:
    return str(value)[:200] if isinstance(value, str | int) and not isinstance(value, bool) else None
