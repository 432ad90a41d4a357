"""Rows are found by the cells of their places as by looking at each."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from truceline.app.desk.places import LARGE_DEG, Places, in_box

ROWS = 3_000


@given(
    seed=st.integers(0, 2**32 - 1),
    wide=st.sampled_from([0.0, 0.1, LARGE_DEG, 3.0]),
    corner=st.tuples(st.floats(35.0, 37.0), st.floats(35.0, 36.5)) | st.just((-170.0, -80.0)),
    size=st.sampled_from([0.0, 0.05, 0.2, 340.0]),
    run=st.tuples(st.integers(0, ROWS), st.integers(0, ROWS)).map(sorted),
    first=st.integers(0, ROWS),
    limit=st.sampled_from([0, 3, ROWS]),
    more=st.booleans(),
)
@settings(max_examples=150, deadline=None)
def test_what_lies_in_a_box_is_found_by_cells_as_one_by_one(
    seed: int, wide: float, corner: tuple[float, float], size: float, run: list[int], first: int, limit: int,
    more: bool,
) -> None:  # fmt: skip
    random = np.random.default_rng(seed)
    west, south = np.round(random.normal(36.0, 0.4, ROWS), 2), np.round(random.normal(35.7, 0.3, ROWS), 2)
    west[:5], south[:5] = [-179.9, 180.0, 0.0, 36.0, 36.0], [-89.0, 90.0, 0.0, 35.7, 35.7]
    west[random.integers(0, ROWS, 30)] = np.nan
    south[np.isnan(west)] = np.nan
    east, north = west, south
    if wide:
        east = west + np.where(random.random(ROWS) < 0.5, wide, 0.0)
        north = south + np.where(random.random(ROWS) < 0.5, wide, 0.0)
    kind = random.integers(0, 3, ROWS).astype(np.uint16)
    kinds = np.array([True, False, True])
    end_us = random.integers(0, 100, ROWS)
    sure = run[0] + (run[1] - run[0]) // 2
    end_us[:sure] += 1_000
    mask = random.random(ROWS) < 0.7 if more else np.empty(0, np.bool_)
    box = np.array([*corner, corner[0] + size, corner[1] + size])
    places = Places.of(west, south, east, north, kind)
    rows, total = in_box(
        places.grid, places.ends, places.rows, places.kind, places.large, kind, west, south, east, north,
        end_us, run[0], sure, run[1], box, 50, kinds, mask, first, limit,
    )  # fmt: skip
    fits = (west <= box[2]) & (east >= box[0]) & (south <= box[3]) & (north >= box[1])
    fits &= kinds[kind] & (end_us > 50) & (mask if more else True)
    fits &= (np.arange(ROWS) >= run[0]) & (np.arange(ROWS) < run[1])
    assert total == fits.sum()
    assert rows.tolist() == [row for row in np.flatnonzero(fits).tolist() if row >= first][:limit]
