"""Tracks that real receivers recorded: no false alarm, and copies of them found."""

from __future__ import annotations

from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np
import pytest

from truceline.patrol.cleaning import cleaned
from truceline.patrol.files import read_tracks
from truceline.patrol.signs import copies, signs_in
from truceline.patrol.simulate import copied
from truceline.patrol.track import Track
from truceline.patrol.verification import Task, verified
from truceline.patrol.visits import Post

DATA = Path(__file__).parents[2] / "data" / "tracks"
DAY_S = 86_400.0


@pytest.fixture(scope="module")
def tracks() -> list[Track]:
    return [
        track
        for name in ("around-visnjan-with-car.gpx", "cerknicko-jezero.gpx", "lyon-thinned.csv")
        for track in read_tracks(DATA / name, "x", ZoneInfo("UTC")).tracks
    ]


def test_no_real_track_is_doubtful(tracks: list[Track]) -> None:
    assert len(tracks) == 9
    answer = verified(tracks, Task())
    assert {one.standing for one in answer.patrols} == {"shown", "shown_in_part"}
    assert [one.cleaned.track.name for one in answer.patrols if one.standing == "shown"] == [
        "cerknicko-jezero.gpx:ACTIVE LOG #2", "cerknicko-jezero.gpx:ACTIVE LOG #3",
        "cerknicko-jezero.gpx:ACTIVE LOG #5", "lyon-thinned.csv",
        "around-visnjan-with-car.gpx:2020-12-18 07:24:29",
    ]  # fmt: skip
    assert {sign.kind for sign in signs_in([cleaned(track) for track in tracks])} <= {"gap"}


def test_a_fix_that_a_receiver_guessed_is_dropped_and_not_held_against_the_patrol(
    tracks: list[Track],
) -> None:
    (drive,) = [track for track in tracks if track.name.endswith("ACTIVE LOG #5")]
    metres, seconds = drive.steps()
    jump = int(np.argmax(metres / seconds))
    assert metres[jump] / seconds[jump] > 90.0, "330 km/h, after 44 s without a signal"
    clean = cleaned(drive)
    assert (clean.unreachable, clean.too_fast) == (1, ())
    # Two halves of different days stay what they are: no single fix explains that.
    broken = drive.where(np.ones(len(drive), dtype=bool))
    broken.lat[20:] += 0.1
    assert cleaned(broken).too_fast


@pytest.mark.parametrize(
    ("digits", "jitter_m"), [(7, 0.0), (6, 0.0), (5, 0.0), (4, 0.0), (7, 0.5), (7, 1.0), (7, 3.0), (7, 6.0)]
)
def test_a_copy_of_a_real_track_is_found_also_with_fresh_noise_and_cut_digits(
    tracks: list[Track], digits: int, jitter_m: float
) -> None:
    model = tracks[-1]
    copy = copied(model, "copy", 5 * DAY_S + 431.0, digits=digits, jitter_m=jitter_m)
    (sign,) = copies([cleaned(copy).track], [cleaned(model).track])
    assert (sign.kind, sign.other) == ("copied", model.name)


def test_two_who_went_together_are_no_copies_of_one_another(tracks: list[Track]) -> None:
    model = tracks[-1]
    behind = copied(model, "behind", 20.0, jitter_m=4.0)
    assert list(copies([model, behind])) == []


def test_a_pause_on_a_real_track_is_a_visit(tracks: list[Track]) -> None:
    (walk,) = [track for track in tracks if track.name.endswith("ACTIVE LOG #2")]
    longest = int(np.argmax(np.diff(walk.time_s)))
    post = Post("pause", float(walk.lon[longest]), float(walk.lat[longest]), radius_m=30.0, visit_s=150.0)
    (visit,) = verified([walk], Task(posts=[post])).visits
    assert visit.from_s <= walk.time_s[longest] <= visit.to_s
    assert visit.long_enough == "kept"
