"""Audits real zones from open data, draws their depth profiles, and prints the figures of the page.

Run from the repository: ``python docs/figures/real_zones.py`` writes ``docs/img/real-zone-*.png``.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import shapely
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from truceline.geo.audit import ZoneAudit, audit_zone
from truceline.geo.line import Line
from truceline.geo.line_change import compare_lines
from truceline.geo.zone import Side, area_m2

DOCS = Path(__file__).parents[1]
DATA = DOCS / "data" / "real-zones"


@dataclass(frozen=True)
class RealZone:
    """A zone, the line that its depth is measured from, and the names of what lies there."""

    key: str
    title: str
    zone: BaseGeometry
    line: BaseGeometry
    side: Side
    promised_m: tuple[float, float] | None
    widest_m: float
    line_name: str
    depth_name: dict[str, str]
    shown_km: tuple[float, float | None] = (0.0, None)

    def audit(self) -> ZoneAudit:
        """The audit; without a promise any depth counts as promised, and only the profile is of use."""
        least, most = self.promised_m or (1.0, self.widest_m)
        return audit_zone(self.zone, Line.from_geometry(self.line), self.side, least, most, tolerance_m=50.0)


def features(name: str) -> dict[str, BaseGeometry]:
    """The geometries of a data file by name."""
    document = json.loads((DATA / name).read_text(encoding="utf-8"))
    return {f["properties"]["name"]: shape(f["geometry"]) for f in document["features"]}


def edges(zone: shapely.Polygon, axis: int) -> tuple[shapely.LineString, shapely.LineString]:
    """The outline cut at its two extreme vertices along an axis (0 lon, 1 lat): both from low to high."""
    ring = shapely.get_coordinates(zone.exterior)[:-1]
    low, high = int(ring[:, axis].argmin()), int(ring[:, axis].argmax())
    turned = np.roll(ring, -low, axis=0)
    split = (high - low) % len(ring)
    return (
        shapely.LineString(turned[: split + 1]),
        shapely.LineString(np.vstack([turned[split:], turned[:1]])[::-1]),
    )


def real_zones() -> list[RealZone]:
    """The zones in the order of the page."""
    korea, coarse = features("korea-lsib.geojson"), features("natural-earth.geojson")
    north, south = korea["northern limit"], korea["southern limit"]
    dmz = shapely.Polygon([*north.coords, *south.coords])
    cyprus = max(shapely.get_parts(coarse["Cyprus U.N. Buffer Zone"]), key=lambda part: part.area)
    low, _ = sorted(edges(cyprus, 0), key=lambda edge: np.mean(shapely.get_coordinates(edge)[:, 1]))
    golan = coarse["UNDOF Zone"]
    west, _ = sorted(edges(golan, 1), key=lambda edge: np.mean(shapely.get_coordinates(edge)[:, 0]))
    return [
        RealZone(
            "korea", "Demilitarized zone, Korea", dmz, korea["military demarcation line"], "both",
            (2000.0, 2000.0), 2400.0, "military demarcation line, from west to east",
            {"left": "north of the line", "right": "south of the line"}, (1.8, 2.15),
        ),
        RealZone(
            "cyprus", "Buffer zone, Cyprus (main part)", cyprus, low, "left", None, 9000.0,
            "southern edge of the zone, from west to east", {"left": "width, northwards"},
        ),
        RealZone(
            "golan", "Area of separation, Golan", golan, shapely.reverse(west), "left", None, 11_000.0,
            "western edge of the zone, from north to south", {"left": "width, eastwards"},
        ),
    ]  # fmt: skip


def summary(audit: ZoneAudit, side: str) -> dict[str, float]:
    """Figures of one side's profile: metres, over the stations that the line itself does not cut short."""
    depth = np.array([s.depth_m for s in audit.profile if s.side == side and not s.limited])
    return {
        "stations": len(depth),
        "min": float(depth.min()),
        "p05": float(np.quantile(depth, 0.05)),
        "median": float(np.median(depth)),
        "p95": float(np.quantile(depth, 0.95)),
        "max": float(depth.max()),
    }


def coarseness() -> tuple[float, float, float]:
    """How far Natural Earth's line between its two Korean halves lies from the demarcation line of the other
    source: mean, 95% quantile and greatest distance in metres."""
    coarse, korea = features("natural-earth.geojson"), features("korea-lsib.geojson")
    halves = coarse["Korean DMZ (north)"].intersection(coarse["Korean DMZ (south)"])
    shared = shapely.line_merge(shapely.MultiLineString([p for p in shapely.get_parts(halves) if p.length]))
    longest = max(shapely.get_parts(shared), key=lambda part: part.length)
    change = compare_lines(
        Line.from_geometry(korea["military demarcation line"]), Line.from_geometry(longest)
    )
    apart = np.abs(change.displacement_m[np.isfinite(change.displacement_m)])
    return float(apart.mean()), float(np.quantile(apart, 0.95)), float(apart.max())


def draw(real: RealZone, audit: ZoneAudit, path: Path) -> None:
    """The zone on a plain map above, its depth along the line below."""
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import pyplot as plt

    figure, (above, below) = plt.subplots(
        2, 1, figsize=(9, 7.2), height_ratios=[1.25, 1], layout="constrained"
    )
    for part in shapely.get_parts(real.zone):
        above.fill(*part.exterior.xy, color="#c9d6df", ec="#5b6b78", lw=0.8)
    for part in shapely.get_parts(real.line):
        above.plot(*part.xy, color="#1f3b57", lw=1.4)
    middle = np.radians(real.zone.centroid.y)
    above.set_aspect(1.0 / np.cos(middle))
    above.set(xlabel="longitude", ylabel="latitude")
    above.set_title(f"{real.title}\nline: {real.line_name}", fontsize=11)
    styles = {"left": ("#1f3b57", "-"), "right": ("#b5541c", "--")}
    for side, name in real.depth_name.items():
        stations = [s for s in audit.profile if s.side == side]
        along = np.array([s.s_m for s in stations]) / 1000.0
        whole = np.array([s.depth_m for s in stations]) / 1000.0
        cut_short = np.array([s.limited for s in stations])
        depth = np.where(cut_short, np.nan, whole)
        below.plot(along[cut_short], whole[cut_short], ls="", marker=".", ms=1.5, color="#b8b8b8")
        below.plot(along, depth, color=styles[side][0], ls=styles[side][1], lw=1.3, label=name)
    if real.promised_m:
        below.axhline(real.promised_m[0] / 1000.0, color="#555555", lw=0.8, label="agreed depth")
    below.plot([], [], ls="", marker=".", color="#b8b8b8", label="cut short by a bend of the line")
    below.set_ylim(*real.shown_km)
    below.set(xlabel="km along the line", ylabel="depth, km")
    below.grid(color="#e3e3e3", lw=0.6)
    below.legend(frameon=False, loc="lower left" if real.promised_m else "upper right", fontsize=9)
    figure.savefig(path, dpi=110)
    plt.close(figure)


def main() -> None:
    """Writes the pictures and prints the figures."""
    for real in real_zones():
        audit = real.audit()
        draw(real, audit, DOCS / "img" / f"real-zone-{real.key}.png")
        length = Line.from_geometry(real.line).length_m
        print(f"{real.title}: line {length / 1000:.1f} km, area {area_m2(real.zone) / 1e6:.1f} km2")
        for side in real.depth_name:
            print("  ", side, {key: round(value) for key, value in summary(audit, side).items()})
        if real.promised_m:
            print("  ", audit.verdict, f"{audit.share_within:.1%} within 50 m,", end=" ")
            print(f"{len(audit.shortfalls)} shortfalls, {len(audit.excesses)} excesses")
            for name, items in (("short", audit.shortfalls), ("deep", audit.excesses)):
                for item in sorted(items, key=lambda one: -one.worst_m)[:3]:
                    print("    ", name, item.side, round(item.from_m), round(item.to_m), round(item.worst_m))
    print("Natural Earth off the demarcation line, m (mean, 95%, max):", *(round(x) for x in coarseness()))


if __name__ == "__main__":
    main()
