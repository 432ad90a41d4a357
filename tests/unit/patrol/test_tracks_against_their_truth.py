"""What tracks show, against simulated patrols whose truth is known."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
import shapely

from truceline.geo.ellipsoid import inverse
from truceline.geo.nearest import LineIndex
from truceline.geo.uncertainty.model import LineUncertainty
from truceline.patrol.cleaning import cleaned
from truceline.patrol.coverage import line_places, share_of_line, share_of_zone
from truceline.patrol.crossing import crossings
from truceline.patrol.signs import _noise as noise_of
from truceline.patrol.signs import alike, copies, gaps, made_up, signs_in
from truceline.patrol.simulate import Drive, Truth, copied, drawn, with_gap
from truceline.patrol.together import together
from truceline.patrol.track import Track
from truceline.patrol.verification import Task, verified
from truceline.patrol.visits import Post, revisits, visits_to

Simulate = Callable[..., tuple[Track, Truth]]
Way = list[tuple[float, float]]
DAY_S = 86_400.0


def test_the_stops_are_found_with_their_length_and_nothing_else(patrol: Simulate, way: Way) -> None:
    posts = [Post(f"post-{n}", *way[n], radius_m=150.0, visit_s=480.0) for n in (4, 8, 13, 20, 27)]
    for day in range(6):
        track, truth = patrol(day)
        for post in posts:
            found = visits_to(post, cleaned(track).track)
            distance = inverse(
                truth.lon, truth.lat, np.full(len(truth.lon), post.lon), np.full(len(truth.lon), post.lat)
            )[2]
            inside = truth.time_s[distance <= post.radius_m]
            really = inside[-1] - inside[0]
            assert len(found) == 1
            assert found[0].shortest_s - 30 <= really <= found[0].longest_s + 30
            wanted = "kept" if post.id in ("post-8", "post-20") else "not_kept"
            assert found[0].long_enough == wanted
            assert found[0].p > 0.99


def test_a_visit_that_the_fixes_leave_open_is_unclear(patrol: Simulate, way: Way) -> None:
    track, _ = patrol(1)
    post = Post("post", *way[8], radius_m=150.0, visit_s=800.0)
    (visit,) = visits_to(post, track)
    middle = (visit.from_s + visit.to_s) / 2
    hidden = track.where((track.time_s < middle) | (track.time_s > visit.to_s + 200))
    (seen,) = visits_to(post, hidden)
    assert seen.shortest_s < post.visit_s < seen.longest_s
    assert seen.long_enough == "unclear"


def test_revisit_intervals_count_from_the_end_of_a_visit(patrol: Simulate, way: Way) -> None:
    post = Post("post", *way[8], radius_m=150.0, revisit_s=30 * 3600.0)
    visits = [visit for day in (0, 1, 3) for visit in visits_to(post, patrol(day)[0])]
    start = patrol(0)[0].time_s[0]
    found = revisits(post, visits, start, start + 4 * DAY_S)
    # From day 1 to day 3 are some 48 hours: 18 too many.
    assert found.visits == 3
    assert len(found.overdue) == 1
    assert found.longest_s == pytest.approx(2 * DAY_S, rel=0.05)
    assert found.share == pytest.approx(1 - 18 / 96, abs=0.03)


def test_the_share_of_the_line_in_sight_is_that_of_the_true_way(patrol: Simulate, line: LineIndex) -> None:
    track, truth = patrol(2)
    true_track = Track("truth", "x", "truth", truth.time_s, truth.lon, truth.lat, np.zeros(len(truth.lon)))
    half = with_gap(track, 0.5, 1.01)
    half_truth = true_track.where(truth.time_s <= half.time_s[-1])
    for seen, really, sight in ((track, true_track, 600.0), (half, half_truth, 900.0)):
        share = share_of_line(line, [cleaned(seen).track], sight)
        # By brute force: the places of the line against every true place.
        near = np.array([
            np.min(inverse(really.lon, really.lat, np.full(len(really), x), np.full(len(really), y))[2])
            for x, y in line_places(line)
        ])  # fmt: skip
        assert share.share == pytest.approx(np.mean(near <= sight), abs=0.03)
        assert share.least - 0.01 <= np.mean(near <= sight) <= share.most + 0.01


def test_the_share_of_a_zone_in_sight_is_its_area(patrol: Simulate) -> None:
    track, _ = patrol(2)
    fine = cleaned(track).track.filled(5.0, 300.0)
    east = 111_320.0 * np.cos(np.radians(35.05))
    flat = shapely.LineString(np.column_stack([fine.lon * east, fine.lat * 110_940.0]))
    zone = shapely.box(36.05, 34.95, 36.25, 35.15)
    scaled = shapely.transform(zone, lambda xy: xy * [east, 110_940.0])
    expected = flat.buffer(2000.0).intersection(scaled).area / scaled.area
    share = share_of_zone(zone, [cleaned(track).track], 2000.0)
    assert share.share == pytest.approx(expected, abs=0.02)
    assert 0.0 < share.sampling < 0.01


def test_two_that_drove_together_were_together_and_two_that_parted_were_not(
    patrol: Simulate, way: Way
) -> None:
    one, truth = patrol(3, "turkey")
    rng = np.random.default_rng(9)
    beside = Track(
        "russia-3", "russia", "synthetic", truth.time_s,
        truth.lon + rng.normal(0.0, 2e-5, len(truth.lon)) + 0.001, truth.lat, np.full(len(truth.lon), 10.0),
    )  # fmt: skip
    pair = together(one, beside, within_m=500.0)
    assert pair.share > 0.98
    assert pair.apart == ()
    later, _ = patrol(3, "russia", start_s=float(one.time_s[0]) + 1800.0)
    parted = together(one, later, within_m=500.0)
    assert parted.share < 0.35
    assert parted.apart
    assert together(one, patrol(4, "russia")[0]).shared_s == 0.0


def test_a_crossing_is_found_and_a_line_of_doubt_makes_it_less_sure(
    patrol: Simulate, way: Way, line: LineIndex
) -> None:
    over = [*way[:14], (way[15][0], way[15][1] + 0.03), *way[17:]]
    track = cleaned(patrol(5, road=over)[0]).track
    (found,) = crossings(track, line, "right")
    assert found.p > 0.999
    assert 1500 < found.deepest_m < 3500
    assert crossings(cleaned(patrol(6)[0]).track, line, "right") == []
    (unsure,) = crossings(track, line, "right", LineUncertainty.constant(5000.0))
    assert 0.7 < unsure.p < 0.95


def test_honest_patrols_of_one_road_are_never_taken_for_copies(patrol: Simulate) -> None:
    tracks = [patrol(day)[0] for day in range(14)]
    noise = [noise_of(track) for track in tracks]
    assert max(alike(a, b) for n, a in enumerate(noise) for b in noise[:n]) < 0.35
    assert list(copies(tracks)) == []
    # Not even of patrols that keep their speed as no driver does.
    steady = [patrol(day, drive=Drive(speed_drift=0.0, step_s=5.0))[0] for day in range(6)]
    assert list(copies(steady)) == []


@pytest.mark.parametrize("digits", [7, 6, 5])
@pytest.mark.parametrize("jitter_m", [0.0, 0.5, 1.0])
def test_a_copy_of_another_day_is_found_with_its_model(
    patrol: Simulate, digits: int, jitter_m: float
) -> None:
    honest = [patrol(day)[0] for day in range(4)]
    for model in honest[:3]:
        copy = copied(model, "copy", 5 * DAY_S + 437.0, digits=digits, jitter_m=jitter_m, seed=digits)
        (sign,) = copies([*honest[3:], copy], honest[:3])
        assert (sign.track, sign.other) == ("copy", model.name)
        assert sign.strength > 0.85


def test_a_track_that_was_drawn_is_told_from_one_that_was_driven(patrol: Simulate, way: Way) -> None:
    assert [list(made_up(patrol(day)[0])) for day in range(5)] == [[]] * 5
    straight = [way[0], way[-1]]
    (sign,) = made_up(drawn("drawn", "turkey", straight, 0.0))
    assert sign.strength > 0.9


def test_gaps_and_impossible_steps_are_told_and_spikes_are_dropped(patrol: Simulate) -> None:
    track, _ = patrol(7)
    (gap,) = gaps(with_gap(track, 0.3, 0.6))
    assert gap.strength == pytest.approx(0.3, abs=0.02)
    spiked = track.where(np.ones(len(track), dtype=bool))
    spiked.lat[50] += 0.2
    spiked.lat[200:202] += 0.3
    clean = cleaned(spiked)
    assert (clean.unreachable, clean.too_fast) == (3, ())
    broken = track.where(np.ones(len(track), dtype=bool))
    broken.lat[150:] += 0.3
    assert [sign.kind for sign in signs_in([cleaned(broken)])] == ["impossible_speed"]


def test_one_honest_one_with_gaps_one_copied_and_one_drawn_are_told_apart(
    patrol: Simulate, way: Way, line: LineIndex
) -> None:
    former = patrol(0)[0]
    honest = patrol(1)[0]
    gappy = with_gap(patrol(2)[0], 0.2, 0.7)
    copy = copied(former, "copy", 3 * DAY_S)
    made = drawn("drawn", "turkey", [way[0], way[-1]], float(honest.time_s[0]) + 4 * DAY_S)
    posts = [Post("post", *way[8], radius_m=150.0, visit_s=600.0, revisit_s=30 * 3600.0)]
    task = Task(posts=posts, line=line, sides={"turkey": "right"})
    answer = verified([honest, gappy, copy, made], task, earlier=[former])
    assert {one.cleaned.track.name: one.standing for one in answer.patrols} == {
        "turkey-1": "shown", "turkey-2": "shown_in_part", "copy": "doubtful", "drawn": "doubtful",
    }  # fmt: skip
    assert answer.counts() == {"turkey": {"shown": 1, "shown_in_part": 1, "doubtful": 2}}
    # What doubtful tracks claim is told with them, and counts for nothing.
    assert "copy" in {visit.track for visit in answer.visits}
    assert answer.revisits[0].visits <= 2
    assert not fields(answer.as_dict()) & {"lon", "lat", "at", "geometry", "coordinates", "error_m"}


def fields(value: Any) -> set[str]:
    """The names of all fields of a document."""
    if isinstance(value, dict):
        return set(value) | {name for one in value.values() for name in fields(one)}
    return {name for one in value for name in fields(one)} if isinstance(value, list) else set()
