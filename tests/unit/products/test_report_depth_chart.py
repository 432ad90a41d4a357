from __future__ import annotations

import re
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from truceline.products.report.content import Report
from truceline.products.report.depth_chart import MOST_POINTS, draw_depth
from truceline.products.report.ground import DepthAudit, TrueLine

BASE = DepthAudit(
    zone="zone", line="line", side="left", verdict="ok", promised_min_m=15000, promised_max_m=20000,
    min_depth_m=15000, max_depth_m=20000, mean_depth_m=17000, share_within=1.0, area_m2=1e9, profile=(),
)  # fmt: skip


def _points(path: str) -> list[tuple[float, float]]:
    return [(float(x), float(y)) for x, y in re.findall(r"[ML](-?[\d.]+) (-?[\d.]+)", path)]


def test_a_deeper_zone_is_drawn_higher_and_the_promise_is_a_band(valleys: Report) -> None:
    chart = draw_depth(valleys.audits[0])
    assert chart is not None
    depths = [y for _, y in _points(chart.profile)]
    assert max(depths) > chart.bands[0].y + chart.bands[0].height, "the dip lies below the promised band"
    assert chart.bands[0].y < min(depths) < chart.bands[0].y + chart.bands[0].height


def test_a_dip_of_one_sample_survives_thinning() -> None:
    profile = tuple((float(i), 1000.0 if i == 7777 else 17000.0, False) for i in range(20_000))
    chart = draw_depth(replace(BASE, profile=profile))
    assert chart is not None
    points = _points(chart.profile)
    assert len(points) <= MOST_POINTS + 2
    assert max(y for _, y in points) > chart.bands[0].y + chart.bands[0].height


@given(st.lists(st.floats(0, 60_000), min_size=2, max_size=80))
def test_the_profile_stays_within_the_axes(depths: list[float]) -> None:
    profile = tuple((index * 250.0, depth, False) for index, depth in enumerate(depths))
    chart = draw_depth(replace(BASE, profile=profile))
    assert chart is not None
    for x, y in _points(chart.profile):
        assert chart.left <= x <= chart.right
        assert chart.top <= y <= chart.bottom
    xs = [x for x, _ in _points(chart.profile)]
    assert xs == sorted(xs)


def test_without_a_profile_there_is_no_chart() -> None:
    assert draw_depth(BASE) is None


def test_where_the_bends_of_the_line_end_the_depth_the_profile_is_drawn_apart() -> None:
    profile = tuple((i * 1000.0, 16000.0, 3 <= i <= 5) for i in range(10))
    chart = draw_depth(replace(BASE, profile=profile))
    assert chart is not None
    solid, dotted = _points(chart.profile), _points(chart.limited)
    assert chart.profile.count("M") == 2
    assert chart.limited.count("M") == 1
    assert len(dotted) == 5
    assert {*solid, *dotted} == {*_points(draw_all(profile))}


def draw_all(profile: tuple[tuple[float, float, bool], ...]) -> str:
    chart = draw_depth(replace(BASE, profile=tuple((s, depth, False) for s, depth, _ in profile)))
    assert chart is not None
    assert chart.limited == ""
    return chart.profile


TRUE_LINE = TrueLine(
    uncertainty_m=(3000.0, 3000.0), bounds=(), depth_m=(12000.0, 23000.0), share=0.5, share_range=(0.2, 0.8),
    p_shallow_somewhere=0.5, p_deep_somewhere=0.5, area_error_m2=0.0,
)  # fmt: skip


@given(st.lists(st.tuples(st.floats(0, 60_000), st.floats(0, 20_000)), min_size=2, max_size=2500))
def test_the_bounds_of_the_true_line_hold_the_profile_and_stay_within_the_axes(
    stations: list[tuple[float, float]],
) -> None:
    profile = tuple((i * 250.0, depth, False) for i, (depth, _) in enumerate(stations))
    bounds = tuple((i * 250.0, max(depth - u, 0.0), depth + u) for i, (depth, u) in enumerate(stations))
    chart = draw_depth(replace(BASE, profile=profile, true_line=replace(TRUE_LINE, bounds=(bounds,))))
    assert chart is not None
    outline = _points(chart.bounds.replace("Z", ""))
    assert all(chart.left <= x <= chart.right and chart.top <= y <= chart.bottom for x, y in outline)
    half = len(outline) // 2
    above, below = outline[:half], outline[half:][::-1]
    assert [x for x, _ in above] == [x for x, _ in below] == sorted(x for x, _ in above)
    assert all(high <= low for (_, high), (_, low) in zip(above, below, strict=True))
    ys = [y for _, y in _points(chart.profile)]
    assert min(y for _, y in above) <= min(ys)
    assert max(y for _, y in below) >= max(ys)


def test_bounds_are_drawn_only_where_the_zone_itself_ends_the_depth() -> None:
    profile = tuple((i * 1000.0, 16000.0, 3 <= i <= 5) for i in range(10))
    runs = (
        tuple((i * 1000.0, 13e3, 19e3) for i in range(3)),
        tuple((i * 1e3, 13e3, 19e3) for i in (6, 7, 8, 9)),
    )
    chart = draw_depth(replace(BASE, profile=profile, true_line=replace(TRUE_LINE, bounds=runs)))
    exact = draw_depth(replace(BASE, profile=profile))
    assert chart is not None
    assert exact is not None
    assert chart.bounds.count("M") == chart.bounds.count("Z") == 2
    assert exact.bounds == ""
