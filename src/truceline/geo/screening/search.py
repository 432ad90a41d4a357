"""The boundaries near one point, by the blocks of a few cells: each zone's nearest piece, and its mass.

Blocks that may matter are gathered from the cells about the point, of the level at which these are few. A run
is opened where a piece of it may be the nearest of its zone, or where it is too wide beside sigma to be taken
as a whole. What is found does not depend on the order in which blocks are looked at.
"""

from __future__ import annotations

import math

import numpy as np
from numba import njit
from numpy.typing import NDArray

from truceline.geo.ellipsoid import MEAN_RADIUS_M
from truceline.geo.inside import SIGMA_PER_ERROR
from truceline.geo.screening.blocks import GROUP, LANES, PIECE_FIELDS, RUN_FIELDS
from truceline.geo.screening.contour import REACH, contour
from truceline.geo.screening.distances import in_plane, placed
from truceline.geo.screening.interiors import SUB
from truceline.geo.screening.lanes import (
    apart_of_pieces,
    apart_of_runs,
    contour_of_pieces,
    contour_of_runs,
)
from truceline.geo.screening.prefetch import prefetch

BATCH = 32  # points that `ready` gathers for at a time
_SURE_M = 1_500.0
_IN_BLOCKS_M = 8_000.0  # the planes of blocks are true enough up to here
_SPAN = 3  # cells along a side of a window, at most, to look into the finest blocks
_GROUP = GROUP[1]
# Boxes and lanes are rounded, and edges bow by 5 cm.
SLACK_M = 0.2


@njit(cache=True, nogil=True, inline="always")
def _ask(frame: NDArray[np.float64], pieces: NDArray[np.float32], runs: NDArray[np.float32], b: int) -> None:
    """Has the frame and the lanes of a block brought near."""
    prefetch(frame, b * 8)
    if b < len(pieces):
        for field in range(PIECE_FIELDS):
            prefetch(pieces, (b * PIECE_FIELDS + field) * LANES)
    else:
        for field in range(RUN_FIELDS):
            prefetch(runs, ((b - len(pieces)) * RUN_FIELDS + field) * LANES)


@njit(cache=True, nogil=True, inline="always")
def abs_of(point: int) -> int:
    """The point that is meant: -1 - i is point i, which no boundary can concern."""
    return point if point >= 0 else -1 - point


@njit(cache=True, nogil=True)
def ready(
    lon: NDArray[np.float64], lat: NDArray[np.float64], error: NDArray[np.float64], step: int,
    code: NDArray[np.int32], todo: NDArray[np.int64], at: int, stop: int,
    x0: float, y0: float, per_x: float, per_y: float, columns: int, rows: int, degrees_per_m: float,
    frame: NDArray[np.float64], radius: NDArray[np.float32], pieces: NDArray[np.float32],
    runs: NDArray[np.float32], cell_offset: NDArray[np.int64], cell_columns: NDArray[np.int64],
    cell_start: NDArray[np.uint32], cell_block: NDArray[np.uint32], seen: NDArray[np.int32],
    window: NDArray[np.int64], place: NDArray[np.float64],
    top: NDArray[np.uint32], top_low: NDArray[np.float32], to_top: NDArray[np.int64],
) -> int:  # fmt: skip
    """Gathers, for some points of `todo` from `at` on, the blocks that may be within reach; returns the next.

    Most of the time goes into waiting for memory, so each step is done for all points before the next, and
    asks for what the next will use. Writes per point its place (earth-centred, and the sines and cosines of
    longitude and latitude), its window of cells (level -1: the blocks do not serve) and, from `to_top[i]` to
    `to_top[i + 1]`, blocks and how near they may be.
    """
    for k in range(stop, min(stop + BATCH, len(todo))):
        ahead = abs_of(todo[k])
        prefetch(lon, ahead)
        prefetch(lat, ahead)
        prefetch(error, ahead * step)
        prefetch(code, ahead)
    for i in range(stop - at):
        point = todo[at + i]
        window[i, 0] = -1
        if point < 0:
            continue
        px, py, e = lon[point], lat[point], error[point * step]
        reach = max(e, REACH * SIGMA_PER_ERROR * e) + SLACK_M
        wide, tall = reach * degrees_per_m, reach / 109_900.0
        if abs(px) + wide >= 180.0 or abs(py) >= 88.0 or reach >= _IN_BLOCKS_M:
            continue
        west = int(min(max((px - wide - x0) * per_x / SUB, 0.0), columns - 1.0))
        east = int(min(max((px + wide - x0) * per_x / SUB, 0.0), columns - 1.0))
        south = int(min(max((py - tall - y0) * per_y / SUB, 0.0), rows - 1.0))
        north = int(min(max((py + tall - y0) * per_y / SUB, 0.0), rows - 1.0))
        level = 0
        if east - west >= _SPAN or north - south >= _SPAN:
            level = 1
            west, east, south, north = west // _GROUP, east // _GROUP, south // _GROUP, north // _GROUP
        window[i, 0] = level
        window[i, 1], window[i, 2] = cell_offset[level] + west, cell_offset[level] + east
        window[i, 3], window[i, 4] = south, north
        for row in range(south, north + 1):
            prefetch(cell_start, window[i, 1] + row * cell_columns[level])
            prefetch(cell_start, window[i, 2] + row * cell_columns[level] + 1)
    for i in range(stop - at):
        point = abs_of(todo[at + i])
        lam, phi = math.radians(lon[point]), math.radians(lat[point])
        sin_lam, cos_lam, sin_phi, cos_phi = math.sin(lam), math.cos(lam), math.sin(phi), math.cos(phi)
        place[i, 0], place[i, 1], place[i, 2] = placed(sin_lam, cos_lam, sin_phi, cos_phi)
        place[i, 3], place[i, 4], place[i, 5], place[i, 6] = sin_lam, cos_lam, sin_phi, cos_phi
        if window[i, 0] >= 0:
            for row in range(window[i, 3], window[i, 4] + 1):
                base = row * cell_columns[window[i, 0]]
                # The cells of a row lie together, and so do their blocks.
                prefetch(cell_block, int(cell_start[window[i, 1] + base]))
    for i in range(stop - at):
        if window[i, 0] >= 0:
            for row in range(window[i, 3], window[i, 4] + 1):
                base = row * cell_columns[window[i, 0]]
                first, last = cell_start[window[i, 1] + base], cell_start[window[i, 2] + base + 1]
                for k in range(first, last):
                    prefetch(frame, int(cell_block[k]) * 8)
    stamp = seen[0]
    for i in range(stop - at):
        count = to_top[i]
        if window[i, 0] >= 0:
            if count > len(top) - len(seen):
                # No room for more: the rest comes with the next call.
                seen[0] = stamp
                return at + i
            stamp += np.int32(1)
            e = error[todo[at + i] * step]
            reach = max(e, REACH * SIGMA_PER_ERROR * e) + SLACK_M
            x, y, z = place[i, 0], place[i, 1], place[i, 2]
            for row in range(window[i, 3], window[i, 4] + 1):
                base = row * cell_columns[window[i, 0]]
                first, last = cell_start[window[i, 1] + base], cell_start[window[i, 2] + base + 1]
                for k in range(first, last):
                    b = cell_block[k]
                    if seen[b + 1] == stamp:
                        continue
                    seen[b + 1] = stamp
                    dx, dy, dz = x - frame[b, 0], y - frame[b, 1], z - frame[b, 2]
                    d = dx * dx + dy * dy + dz * dz
                    limit = reach + radius[b]
                    if d <= limit * limit:
                        top[count], top_low[count] = b, math.sqrt(d) - radius[b]
                        count += 1
                        _ask(frame, pieces, runs, int(b))
        to_top[i + 1] = count
    seen[0] = stamp
    return stop


@njit(cache=True, nogil=True, inline="always")
def nearest(
    x: float, y: float, z: float, limit: float, from_top: int, to_top: int, top: NDArray[np.uint32],
    top_low: NDArray[np.float32], frame: NDArray[np.float64], radius: NDArray[np.float32],
    pieces: NDArray[np.float32], runs: NDArray[np.float32], first: NDArray[np.int64],
    zone: NDArray[np.int32], queue: NDArray[np.uint32], queue_low: NDArray[np.float32],
    lane: NDArray[np.float32], high: NDArray[np.float32], slot_of: NDArray[np.int64],
    near_zone: NDArray[np.int64], apart: NDArray[np.float64], piece: NDArray[np.int64],
    exact: NDArray[np.bool_], sure: NDArray[np.bool_],
) -> int:  # fmt: skip
    """The zones with a boundary within the limit: writes zone, distance (of lanes) and nearest piece.

    `sure`: whether the distance is within a millimetre of the geodesic one, and need not be taken again.

    `slot_of` holds -1 for every zone, before and after. Of pieces equally near, the first in order.
    """
    leaves = len(pieces)
    slots = 0
    at, total = from_top, 0
    while at < to_top + total:
        if at < to_top:
            b, low = top[at], top_low[at]
        else:
            b, low = queue[at - to_top], queue_low[at - to_top]
        at += 1
        if low > limit:
            continue
        z_of = zone[b]
        slot = slot_of[z_of]
        if slot < 0:
            slot = slots
            slot_of[z_of] = slot
            near_zone[slot], apart[slot], piece[slot] = z_of, limit, -1
            slots += 1
        best = apart[slot]
        if low > best + SLACK_M:
            continue
        dx, dy, dz = x - frame[b, 0], y - frame[b, 1], z - frame[b, 2]
        px = np.float32(frame[b, 3] * dx + frame[b, 4] * dy)
        py = np.float32(frame[b, 5] * dx + frame[b, 6] * dy + frame[b, 7] * dz)
        if b < leaves:
            least = apart_of_pieces(pieces, b, px, py, lane)
            d = math.sqrt(least)
            if d > best or (d == best and piece[slot] >= 0 and first[b] > piece[slot]):
                continue
            which = LANES - 1
            for i in range(LANES - 2, -1, -1):
                which = i if lane[i] == least else which
            apart[slot], piece[slot], sure[slot] = d, first[b] + which, exact[b] and d < _SURE_M
        else:
            most = float(apart_of_runs(runs, b - leaves, px, py, lane, high))
            # A bound, not a find: a hair more, so that the piece itself is still found. Planes shorten.
            slope = (radius[b] + limit) / MEAN_RADIUS_M
            apart[slot] = min(best, most * (1.0 + slope * slope) + SLACK_M)
            if piece[slot] >= 0 and apart[slot] < best:
                piece[slot] = -1
            for i in range(LANES):
                if lane[i] <= apart[slot] + SLACK_M:
                    queue[total], queue_low[total] = first[b] + i, lane[i]
                    total += 1
                    _ask(frame, pieces, runs, int(first[b]) + i)
    found = 0
    for slot in range(slots):
        slot_of[near_zone[slot]] = -1
        if piece[slot] >= 0:
            near_zone[found], apart[found], piece[found] = near_zone[slot], apart[slot], piece[slot]
            sure[found] = sure[slot]
            found += 1
    return found


@njit(cache=True, nogil=True, inline="always")
def turn(
    x: float, y: float, z: float, sin_lam: float, cos_lam: float, sin_phi: float, cos_phi: float,
    sigma: float, from_top: int, to_top: int, top: NDArray[np.uint32], top_low: NDArray[np.float32],
    found: int,
    frame: NDArray[np.float64], pieces: NDArray[np.float32], runs: NDArray[np.float32],
    first: NDArray[np.int64], zone: NDArray[np.int32],
    start: NDArray[np.float64], end: NDArray[np.float64], bow: NDArray[np.float64],
    queue: NDArray[np.uint32], queue_low: NDArray[np.float32], lane: NDArray[np.float32],
    slot_of: NDArray[np.int64], near_zone: NDArray[np.int64], turned: NDArray[np.float64],
) -> None:  # fmt: skip
    """Writes the contour integral of each zone found, over the blocks that were gathered.

    The integral is that of `contour`, up to whole turns of 2 pi that cannot be seen from afar.
    """
    leaves = len(pieces)
    per_sigma = np.float32(1.0 / sigma)
    reach = REACH * sigma
    for slot in range(found):
        slot_of[near_zone[slot]] = slot
        turned[slot] = 0.0
    at, total = from_top, 0
    while at < to_top + total:
        if at < to_top:
            b, low = top[at], top_low[at]
        else:
            b, low = queue[at - to_top], queue_low[at - to_top]
        at += 1
        slot = slot_of[zone[b]]
        if low > reach or slot < 0:
            continue
        dx, dy, dz = x - frame[b, 0], y - frame[b, 1], z - frame[b, 2]
        px = np.float32(frame[b, 3] * dx + frame[b, 4] * dy)
        py = np.float32(frame[b, 5] * dx + frame[b, 6] * dy + frame[b, 7] * dz)
        if b >= leaves:
            turned[slot] += float(contour_of_runs(runs, b - leaves, px, py, per_sigma, lane))
            for i in range(LANES):
                if lane[i] <= REACH:
                    queue[total], queue_low[total] = first[b] + i, 0.0
                    total += 1
                    _ask(frame, pieces, runs, int(first[b]) + i)
            continue
        turned[slot] += float(contour_of_pieces(pieces, b, px, py, per_sigma, lane))
        for i in range(LANES):
            if lane[i] > 0.0:
                k = first[b] + i
                ax, ay = in_plane(x, y, z, sin_lam, cos_lam, sin_phi, cos_phi, start, k)
                bx, by = in_plane(x, y, z, sin_lam, cos_lam, sin_phi, cos_phi, end, k)
                turned[slot] += contour(ax, ay, bx, by, bow[k], sigma)
    for slot in range(found):
        slot_of[near_zone[slot]] = -1
