"""Makes governorates.geojson and districts.geojson from the OCHA boundaries, with topology preserved.

Run as `python simplify.py GOVERNORATES DISTRICTS` with the two GeoJSON files that PROVENANCE.md names. Shared
edges are simplified once (Visvalingam-Whyatt, shapely.coverage_simplify), so that neighbours still meet.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import shapely

HERE = Path(__file__).parent
# A degree here is about 90-111 km: the sides of the triangles that may vanish, and the grid of the output.
TOLERANCES = {"governorates": 0.012, "districts": 0.008}
GRID = 1e-4


def simplified(path: Path, tolerance: float) -> dict[str, Any]:
    """The features of a coverage, simplified; lon, lat in degrees on WGS 84; names kept."""
    features = json.loads(path.read_text(encoding="utf-8"))["features"]
    shapes = [shapely.geometry.shape(feature["geometry"]) for feature in features]
    thinned = shapely.coverage_simplify(shapes, tolerance)
    collection: list[dict[str, Any]] = []
    for feature, shape in zip(features, thinned, strict=True):
        given = feature["properties"]
        english = given.get("NAME_EN") or given.get("ADM1_EN")
        arabic = given.get("NAME_AR") or given.get("ADM1_AR")
        snapped = shapely.set_precision(shape, GRID, mode="pointwise")
        collection.append(
            {
                "type": "Feature",
                "properties": {"names": {"en": english, "ar": arabic}, "pcode": given["PCODE"]},
                "geometry": json.loads(shapely.to_geojson(snapped)),
            }
        )
    collection.sort(key=lambda item: str(item["properties"]["pcode"]))
    return {"type": "FeatureCollection", "attribution": "OCHA", "features": collection}


def main() -> None:
    """Writes both files beside this one."""
    for name, source in zip(("governorates", "districts"), sys.argv[1:3], strict=True):
        collection = simplified(Path(source), TOLERANCES[name])
        text = json.dumps(collection, ensure_ascii=False, separators=(",", ":"))
        # One feature a line, so that a change can be read.
        lines = text.replace('{"type":"Feature",', '\n{"type":"Feature",') + "\n"
        (HERE / f"{name}.geojson").write_text(lines, encoding="utf-8")


if __name__ == "__main__":
    main()
