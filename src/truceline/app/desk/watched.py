"""How much was watched, beside every count: a zero means peace only where somebody looked.

The ground is told in cells of `CELL_DEG` degrees (larger ones where a region would need more than
`MOST_CELLS`). A report of observation reaches the cells within `REACH_M` of its place, or its own error where
that is more; one whose place is an area or a cell reaches that.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numba
import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry.base import BaseGeometry

from truceline.app.desk.desk import Desk
from truceline.app.desk.drawing import Features, feature_of
from truceline.app.desk.selecting import Wanted
from truceline.app.desk.view import View
from truceline.core.instants import isoformat_utc
from truceline.evidence.permissions import Reader
from truceline.evidence.permissions.matrix import CELL_DEG
from truceline.store.schema import instant_of

REACH_M = 5_000.0
MOST_CELLS = 4_096
KINDS = ("observation_effort", "access_refused", "access_delayed")
_DEGREE_M = 111_320.0
_DAY_US = 86_400_000_000

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Ground:
    """A region in cells, row by row from the south-west; per cell how long and how often somebody looked and
    how often access was refused or delayed. `of_zone`: the cell meets a zone of the accord."""

    west: float
    south: float
    side: float
    columns: int
    rows: int
    hours: Floats
    reports: Ints
    refused: Ints
    last_us: Ints
    of_zone: npt.NDArray[np.bool_]

    def box(self, cell: int) -> BaseGeometry:
        """A cell's square in degrees."""
        row, column = divmod(cell, self.columns)
        west, south = self.west + column * self.side, self.south + row * self.side
        sides = [round(at, 6) for at in (west, south, west + self.side, south + self.side)]
        return shapely.box(sides[0], sides[1], sides[2], sides[3])


def ground_for(desk: Desk, reader: Reader, wanted: Wanted) -> Ground:
    """How the region was watched, by the reports of a reader's that match; made once for them."""
    now, view = desk.now(), desk.view(reader)
    moment = desk.seen_at(reader) if reader.delay else None
    key = ("effort", now.version, hash(now.accord_text), reader, moment, wanted)
    return desk.remembered(key, lambda: _ground(desk, view, wanted))


def _ground(desk: Desk, view: View, wanted: Wanted) -> Ground:
    west, south, side, columns, rows = _grid(desk, view)
    chosen, _ = view.select(of_effort(wanted), limit=max(len(view), 1))
    chosen = chosen[np.isfinite(view.west[chosen])]
    error = view.column_at("error_m", chosen).to_numpy(zero_copy_only=False).astype(float)
    point = (view.west[chosen] == view.east[chosen]) & (view.south[chosen] == view.north[chosen])
    reach = np.where(point, np.maximum(np.nan_to_num(error), REACH_M), -1e-3)
    hours = view.column_at("effort_h", chosen).to_numpy(zero_copy_only=False).astype(float)
    looked = np.array([kind == KINDS[0] for kind in view.kinds] or [False])[view.kind[chosen]]
    told = _spread(
        view.west[chosen], view.south[chosen], view.east[chosen], view.north[chosen], reach,
        np.nan_to_num(hours), looked, view.start_us[chosen], west, south, side, columns, rows,
    )  # fmt: skip
    count = columns * rows
    # A cell that a zone only touches is none of it.
    within = side * 1e-6
    left, bottom = west + (np.arange(count) % columns) * side, south + (np.arange(count) // columns) * side
    boxes = shapely.box(left + within, bottom + within, left + side - within, bottom + side - within)
    of_zone = np.zeros(count, np.bool_)
    for zone in view.zones.values():
        shapely.prepare(zone)
        of_zone |= np.asarray(shapely.intersects(zone, boxes), np.bool_)
    return Ground(west, south, side, columns, rows, *told, of_zone)


def ground_features(ground: Ground) -> Features:
    """The cells as features; `hours` 0 and `reports` 0: nobody looked."""
    found: Features = []
    for cell in range(ground.columns * ground.rows):
        row, column = divmod(cell, ground.columns)
        last = int(ground.last_us[cell])
        found.append(
            feature_of(
                f"{column}-{row}",
                ground.box(cell),
                {
                    "hours": round(float(ground.hours[cell]), 2),
                    "reports": int(ground.reports[cell]),
                    "refused": int(ground.refused[cell]),
                    "nobody": not ground.reports[cell],
                    "of_zone": bool(ground.of_zone[cell]),
                    "last": isoformat_utc(instant_of(last))[:10] if last else None,
                },
            )
        )
    return found


def watched_of(view: View, ground: Ground, wanted: Wanted) -> dict[str, Any]:
    """How much was watched in all: hours, reports, refusals; of the ground that counts (that of the zones, or
    all where there are none) in how much nobody looked; and the hours within each zone."""
    chosen, _ = view.select(of_effort(wanted), limit=max(len(view), 1))
    hours = np.nan_to_num(view.column_at("effort_h", chosen).to_numpy(zero_copy_only=False).astype(float))
    kinds = np.array(view.kinds or [""], object)[view.kind[chosen]]
    looked = kinds == KINDS[0]
    days = view.start_us[chosen] // _DAY_US
    counts = ground.of_zone if ground.of_zone.any() else np.ones(len(ground.hours), np.bool_)
    nobody = counts & (ground.reports == 0)
    zones = {}
    for id in view.zones:
        within = view.zone_mask(id)[chosen] & looked
        zones[id] = {
            "hours": round(float(hours[within].sum()), 2),
            "reports": int(within.sum()),
            "days": len(np.unique(days[within])),
        }
    return {
        "hours": round(float(hours[looked].sum()), 2),
        "reports": int(looked.sum()),
        "days": len(np.unique(days[looked])),
        "refused": int((kinds == KINDS[1]).sum()),
        "delayed": int((kinds == KINDS[2]).sum()),
        "cells": int(counts.sum()),
        "cells_nobody": int(nobody.sum()),
        "nobody_share": round(float(nobody.sum() / counts.sum()), 4) if counts.any() else 0.0,
        "cell_deg": ground.side,
        "zones": zones,
    }


def effort_by_day(view: View, wanted: Wanted, *, by_zone: bool) -> list[dict[str, Any]]:
    """How long and how often somebody looked on each day (in UTC, by when a report begins), and how often
    access was refused or delayed: by zone (None: in none), or by day alone, each report once."""
    rows, _ = view.select(of_effort(wanted), limit=max(len(view), 1))
    hours = np.nan_to_num(view.column_at("effort_h", rows).to_numpy(zero_copy_only=False).astype(float))
    kinds = np.array([KINDS.index(kind) if kind in KINDS else -1 for kind in view.kinds] or [-1])
    kind = kinds[view.kind[rows]]
    days = view.start_us[rows] // _DAY_US
    groups: dict[str | None, Bools] = {}
    if by_zone:
        groups = {id: view.zone_mask(id)[rows] for id in view.zones}
    groups[None] = ~np.logical_or.reduce([*groups.values(), np.zeros(len(rows), np.bool_)])
    items = []
    for zone, within in groups.items():
        found, which = np.unique(days[within], return_inverse=True)
        of_kind = np.zeros((len(found), len(KINDS)), np.int64)
        np.add.at(of_kind, (which.ravel(), kind[within]), 1)
        looked = np.bincount(
            which.ravel(), weights=np.where(kind[within] == 0, hours[within], 0.0), minlength=len(found)
        )
        items += [
            {
                "day": isoformat_utc(instant_of(day * _DAY_US))[:10], "zone": zone,
                "hours": round(total, 3), "reports": counts[0], "refused": counts[1], "delayed": counts[2],
            }
            for day, total, counts in zip(found.tolist(), looked.tolist(), of_kind.tolist(), strict=True)
        ]  # fmt: skip
    return sorted(items, key=lambda one: (one["day"], one["zone"] or ""))


def of_effort(wanted: Wanted) -> Wanted:
    """The reports of observation, and of access refused or delayed, among those that are asked for."""
    return Wanted(
        **{
            name: getattr(wanted, name)
            for name in ("box", "start", "end", "zone", "source", "standing", "known_at", "synthetic")
        },
        kinds=KINDS,
    )


def _grid(desk: Desk, view: View) -> tuple[float, float, float, int, int]:
    """The cells over the accord's region, or around its zones, or around all reports."""
    region = desk.now().accord.accord.region or _around(view)
    if region is None:
        return 0.0, 0.0, CELL_DEG, 0, 0
    west, south, east, north = region
    side = CELL_DEG
    while True:
        first = float(np.floor(west / side + 1e-9)), float(np.floor(south / side + 1e-9))
        columns = int(np.ceil(east / side - 1e-9) - first[0])
        rows = int(np.ceil(north / side - 1e-9) - first[1])
        if columns * rows <= MOST_CELLS:
            return first[0] * side, first[1] * side, side, max(columns, 1), max(rows, 1)
        side *= 2


def _around(view: View) -> tuple[float, float, float, float] | None:
    """The box around the zones, else around all reports."""
    if view.zones:
        west, south, east, north = shapely.total_bounds(list(view.zones.values())).tolist()
        return west, south, east, north
    if not len(view) or not np.isfinite(view.west).any():
        return None
    return (
        float(np.nanmin(view.west)), float(np.nanmin(view.south)),
        float(np.nanmax(view.east)), float(np.nanmax(view.north)),
    )  # fmt: skip


@numba.njit(cache=True, nogil=True)
def _spread(
    west: Floats, south: Floats, east: Floats, north: Floats, reach_m: Floats, hours: Floats,
    looked: npt.NDArray[np.bool_], start_us: Ints, left: float, bottom: float, side: float, columns: int,
    rows: int,
) -> tuple[Floats, Ints, Ints, Ints]:  # fmt: skip
    """Adds every report to the cells that it reaches."""
    sums = np.zeros(columns * rows, np.float64)
    reports = np.zeros(columns * rows, np.int64)
    refused = np.zeros(columns * rows, np.int64)
    last = np.zeros(columns * rows, np.int64)
    for at in range(len(west)):
        high = reach_m[at] / _DEGREE_M
        lat = (south[at] + north[at]) / 2
        wide = high / max(0.1, np.cos(np.radians(lat)))
        # A cell that an area only touches is not reached: reach is a hair less than nothing then.
        first_column = max(int(np.floor((west[at] - wide - left) / side)), 0)
        last_column = min(int(np.floor((east[at] + wide - left) / side)), columns - 1)
        first_row = max(int(np.floor((south[at] - high - bottom) / side)), 0)
        last_row = min(int(np.floor((north[at] + high - bottom) / side)), rows - 1)
        for row in range(first_row, last_row + 1):
            for column in range(first_column, last_column + 1):
                x0, y0 = left + column * side, bottom + row * side
                # How far the cell is from the place, in degrees of latitude.
                dx = max(x0 - east[at], west[at] - (x0 + side), 0.0) * (high / wide if wide > 0.0 else 1.0)
                dy = max(y0 - north[at], south[at] - (y0 + side), 0.0)
                if high > 0.0 and dx * dx + dy * dy > high * high:
                    continue
                cell = row * columns + column
                if looked[at]:
                    sums[cell] += hours[at]
                    reports[cell] += 1
                    last[cell] = max(last[cell], start_us[at])
                else:
                    refused[cell] += 1
    return sums, reports, refused, last
