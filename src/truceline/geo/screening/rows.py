"""From points to rows, compiled: which points need a look at boundaries, and their rows."""

from __future__ import annotations

import math

import numpy as np
from numba import njit
from numpy.typing import NDArray

from truceline.geo.inside import SIGMA_PER_ERROR
from truceline.geo.screening.blocks import LANES
from truceline.geo.screening.candidates import codes_and_near, refined
from truceline.geo.screening.contour import REACH
from truceline.geo.screening.distances import geodesic_m, near, nearest_of_zone
from truceline.geo.screening.interiors import SUB
from truceline.geo.screening.membership import zones_at
from truceline.geo.screening.order import by_place, by_point
from truceline.geo.screening.search import BATCH, SLACK_M, abs_of, nearest, ready, turn

_PART = 4096  # points taken through all steps at a time
_EXACT_M = 1e-3  # a sigma below this is none


@njit(cache=True, nogil=True)
def screen_points(
    lon: NDArray[np.float64], lat: NDArray[np.float64], error: NDArray[np.float64], step: int,
    time: NDArray[np.int64], code: NDArray[np.int32], from_point: int, to_point: int, near_only: bool,
    zones: int, x0: float, y0: float, per_x: float, per_y: float, columns: int, rows: int,
    marked: NDArray[np.int32], block_cells: NDArray[np.int32],
    patch: NDArray[np.int32], fine_apart: NDArray[np.uint8], side_x: float, side_y: float,
    degrees_per_m: float, valid_from: NDArray[np.int64], valid_to: NDArray[np.int64],
    set_start: NDArray[np.int64], set_zone: NDArray[np.int32], code_set: NDArray[np.int32],
    code_more: NDArray[np.int32], record_at: NDArray[np.int64], record_set: NDArray[np.int32],
    entry_start: NDArray[np.int64], entry_zone: NDArray[np.int32], data: NDArray[np.float64],
    start: NDArray[np.float64], end: NDArray[np.float64], degrees: NDArray[np.float64],
    bow: NDArray[np.float64], leaf_start: NDArray[np.int64], leaf_zone: NDArray[np.int32],
    order: NDArray[np.int64], tree: NDArray[np.float32], zone_leaf: NDArray[np.int64],
    zone_tree_start: NDArray[np.int64], zone_trees: NDArray[np.float32],
    frame: NDArray[np.float64], radius: NDArray[np.float32], exact: NDArray[np.bool_],
    pieces: NDArray[np.float32], runs: NDArray[np.float32], first_of: NDArray[np.int64],
    block_zone: NDArray[np.int32], cell_offset: NDArray[np.int64],
    cell_columns: NDArray[np.int64], cell_start: NDArray[np.uint32], cell_block: NDArray[np.uint32],
) -> tuple[
    NDArray[np.int64], NDArray[np.int32], NDArray[np.bool_], NDArray[np.float64], NDArray[np.float64]
]:  # fmt: skip
    """Writes the codes; returns the rows: point, zone, inside, distance, probability, in order of the points.

    With `near_only`, only rows whose boundary is within the error. Points are taken in parts that stay in
    the processor's own memory from one step to the next; those that need a look at boundaries then all
    together, in the order of their places. `error[i * step]` is the error of point i; `side_x`, `side_y` the
    least sides of a fine cell in metres.
    """
    scale = 1.0 if near_only else max(1.0, REACH * SIGMA_PER_ERROR)
    everything = (
        x0 < -177.0 or x0 + columns * SUB / per_x > 177.0 or y0 < -88.0 or y0 + rows * SUB / per_y > 88.0
    )
    part_todo = np.empty(_PART, np.int64)
    candidates = np.empty(1024, np.int64)
    count = 0
    for part in range(from_point, to_point, _PART):
        waiting = codes_and_near(
            lon, lat, error, step, scale, part, min(part + _PART, to_point), code, everything, not near_only,
            x0, y0, per_x, per_y, columns, rows, marked, block_cells, fine_apart, data, side_x, side_y,
            part_todo,
        )  # fmt: skip
        stop = refined(
            lon, lat, error, step, scale, code, waiting, near_only, x0, y0, per_x, per_y, columns, rows,
            marked, patch, fine_apart, side_x, side_y, degrees_per_m, part_todo,
        )  # fmt: skip
        if count + stop > len(candidates):
            candidates = np.concatenate((candidates, np.empty(count + stop, np.int64)))
        candidates[count : count + stop] = part_todo[:stop]
        count += stop
    turns = by_place(lon, lat, candidates, count, x0, y0, columns * SUB / per_x, rows * SUB / per_y)
    todo = candidates[turns]
    first_row, rows_of = np.zeros(count, np.int64), np.zeros(count, np.int64)
    room = count + count // 4 + zones
    out_point, out_zone = np.empty(room, np.int64), np.empty(room, np.int32)
    out_inside, out_distance, out_p = np.empty(room, np.bool_), np.empty(room), np.empty(room)
    found = 0
    stack, bound = np.empty(256, np.int64), np.empty(256)
    holding = np.empty(zones, np.int64)
    near_zone, piece = np.empty(zones, np.int64), np.empty(zones, np.int64)
    apart, turned, sure = np.empty(zones), np.empty(zones), np.zeros(zones, np.bool_)
    slot_of = np.full(zones, -1, np.int64)
    blocks = len(block_zone)
    seen = np.zeros(blocks + 1, np.int32)
    queue, queue_low = np.empty(blocks, np.uint32), np.empty(blocks, np.float32)
    top, top_low = np.empty(blocks + BATCH * 16 + 1, np.uint32), np.empty(blocks + BATCH * 16 + 1, np.float32)
    lane, high = np.empty(LANES, np.float32), np.empty(LANES, np.float32)
    # Points are gathered for a batch at a time, so that memory comes while others are worked on.
    place, window = np.empty((BATCH, 7)), np.empty((BATCH, 5), np.int64)
    to_top = np.zeros(BATCH + 1, np.int64)
    gathered = batch = 0
    for at in range(count):
        if at == gathered:
            batch = at
            gathered = ready(
                lon, lat, error, step, code, todo, at, min(count, at + BATCH), x0, y0, per_x, per_y, columns,
                rows, degrees_per_m, frame, radius, pieces, runs, cell_offset, cell_columns, cell_start,
                cell_block, seen, window, place, top, top_low, to_top,
            )  # fmt: skip
        if found + zones > room:
            more = room // 2 + zones
            out_point = np.concatenate((out_point, np.empty(more, np.int64)))
            out_zone = np.concatenate((out_zone, np.empty(more, np.int32)))
            out_inside = np.concatenate((out_inside, np.empty(more, np.bool_)))
            out_distance = np.concatenate((out_distance, np.empty(more)))
            out_p = np.concatenate((out_p, np.empty(more)))
            room += more
        point, i = todo[at], at - batch
        search = point >= 0
        point = abs_of(point)
        px, py, e = lon[point], lat[point], error[point * step]
        sigma = e * SIGMA_PER_ERROR
        if sigma < _EXACT_M:
            sigma = 0.0
        value = code[point]
        x, y, z = place[i, 0], place[i, 1], place[i, 2]
        sin_lam, cos_lam, sin_phi, cos_phi = place[i, 3], place[i, 4], place[i, 5], place[i, 6]
        by = 0
        if search:
            reach = max(e, REACH * SIGMA_PER_ERROR * e) + SLACK_M
            if window[i, 0] >= 0:
                if to_top[i + 1] > to_top[i]:
                    by = nearest(
                        x, y, z, e + SLACK_M if near_only else reach, to_top[i], to_top[i + 1], top, top_low,
                        frame, radius, pieces, runs, first_of, block_zone, queue, queue_low, lane, high,
                        slot_of, near_zone, apart, piece, exact, sure,
                    )  # fmt: skip
                if by and sigma > 0.0:
                    turn(
                        x, y, z, sin_lam, cos_lam, sin_phi, cos_phi, sigma, to_top[i], to_top[i + 1], top,
                        top_low, by, frame, pieces, runs, first_of, block_zone, start, end, bow, queue,
                        queue_low, lane, slot_of, near_zone, turned,
                    )  # fmt: skip
            else:
                by = near(
                    x, y, z, sin_lam, cos_lam, sin_phi, cos_phi, reach, sigma, start, end, bow,
                    leaf_start, leaf_zone, order, tree, stack, near_zone, apart, piece, turned,
                )  # fmt: skip
                sure[:by] = False
            for slot in range(by):
                if not sure[slot]:
                    apart[slot] = geodesic_m(
                        px, py, x, y, z, sin_lam, cos_lam, sin_phi, cos_phi, piece[slot], start, end, bow,
                        degrees,
                    )  # fmt: skip
        if near_only and by == 0:
            continue
        held = zones_at(
            px, py, value, holding, set_start, set_zone, code_set, code_more, record_at, record_set,
            entry_start, entry_zone, data,
        )  # fmt: skip
        first = found
        for k in range(held):
            zone = holding[k]
            if len(time) and not (valid_from[zone] <= time[point] < valid_to[zone]):
                continue
            slot = by - 1
            while slot >= 0 and near_zone[slot] != zone:
                slot -= 1
            p = 1.0
            if slot >= 0:
                distance = apart[slot]
                if sigma > 0.0:
                    p = _whole(1.0 - turned[slot] / (2.0 * math.pi))
            elif near_only:
                continue
            else:
                where = nearest_of_zone(
                    x, y, z, zone, start, end, leaf_start, zone_leaf, zone_tree_start, zone_trees, stack,
                    bound,
                )  # fmt: skip
                distance = geodesic_m(
                    px, py, x, y, z, sin_lam, cos_lam, sin_phi, cos_phi, where, start, end, bow, degrees
                )
            if near_only and distance > e:
                continue
            out_point[found], out_zone[found], out_inside[found] = point, zone, True
            out_distance[found], out_p[found] = -distance, p
            found += 1
        for slot in range(by):
            zone = near_zone[slot]
            if len(time) and not (valid_from[zone] <= time[point] < valid_to[zone]):
                continue
            k = held - 1
            while k >= 0 and holding[k] != zone:
                k -= 1
            distance = apart[slot]
            if k >= 0 or distance > e:
                continue
            p = _whole(-turned[slot] / (2.0 * math.pi)) if sigma > 0.0 else 0.0
            # Into its place among the rows of the point, by zone.
            row = found
            while row > first and out_zone[row - 1] > zone:
                out_zone[row], out_inside[row] = out_zone[row - 1], out_inside[row - 1]
                out_distance[row], out_p[row] = out_distance[row - 1], out_p[row - 1]
                row -= 1
            out_point[found] = point
            out_zone[row], out_inside[row], out_distance[row], out_p[row] = zone, False, distance, p
            found += 1
        first_row[turns[at]], rows_of[turns[at]] = first, found - first
    return by_point(first_row, rows_of, found, out_point, out_zone, out_inside, out_distance, out_p)


@njit(cache=True, nogil=True, inline="always")
def _whole(mass: float) -> float:
    """Into [0, 1]: a hair beside an edge, containment and contour may disagree by one whole turn."""
    if mass > 1.0 + _ROUNDING:
        mass -= 1.0
    elif mass < -_ROUNDING:
        mass += 1.0
    return min(max(mass, 0.0), 1.0)


_ROUNDING = 5e-3
