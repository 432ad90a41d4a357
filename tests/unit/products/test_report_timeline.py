from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from truceline.products.report.content import EvidenceRow, Report
from truceline.products.report.timeline import LABEL_WIDTH, Timeline, counts_at, lay_out_timeline
from truceline.products.report.wording import Wording

WORDING = Wording("en", ZoneInfo("Europe/Tirane"))


def _timeline(report: Report) -> Timeline:
    timeline = lay_out_timeline(report, WORDING)
    assert timeline is not None
    return timeline


def test_later_reports_stand_further_right(valleys: Report) -> None:
    marks = [mark for lane in _timeline(valleys).lanes for mark in lane.marks]
    assert [mark.x for mark in sorted(marks, key=lambda mark: mark.numbers)] == sorted(m.x for m in marks)


def test_every_report_in_range_has_exactly_one_mark(valleys: Report) -> None:
    timeline = _timeline(valleys)
    numbers = [n for lane in timeline.lanes for mark in lane.marks for n in mark.numbers]
    assert sorted(numbers) == [row.number for row in valleys.evidence]
    assert timeline.outside == 0


def test_a_report_long_after_the_last_date_is_counted_and_not_drawn(
    valleys: Report, a_row: Callable[..., EvidenceRow]
) -> None:
    far = a_row(
        30, occurred_from=datetime(2023, 1, 1, tzinfo=UTC), occurred_to=datetime(2023, 1, 2, tzinfo=UTC)
    )
    assert _timeline(replace(valleys, evidence=(*valleys.evidence, far))).outside == 1


def test_reports_of_one_day_and_kind_share_a_mark_but_real_and_synthetic_never(
    valleys: Report, a_row: Callable[..., EvidenceRow]
) -> None:
    same = {
        "occurred_from": datetime(2021, 5, 6, tzinfo=UTC),
        "occurred_to": datetime(2021, 5, 7, tzinfo=UTC),
    }
    rows = (
        a_row(1, **same),
        a_row(2, **same),
        a_row(3, **same, synthetic=True),
        a_row(4, **same, claim=True),
    )
    (lane,) = _timeline(replace(valleys, evidence=rows)).lanes
    assert sorted(mark.numbers for mark in lane.marks) == [(1, 2), (3,), (4,)]


def test_a_mark_knows_at_which_dates_its_report_does_not_count(valleys: Report) -> None:
    marks = {mark.numbers[0]: mark for lane in _timeline(valleys).lanes for mark in lane.marks}
    assert marks[1].later == ()
    assert marks[9].later == (0,)


def test_a_report_counts_from_its_beginning_and_only_once_recorded(a_row: Callable[..., EvidenceRow]) -> None:
    row = a_row(1)
    second = timedelta(seconds=1)
    assert not counts_at(row, row.occurred_from, row.recorded_at)
    assert counts_at(row, row.occurred_from + second, row.recorded_at)
    assert not counts_at(row, row.occurred_from + second, row.recorded_at - second)


def test_labels_of_close_deadlines_do_not_run_into_each_other(valleys: Report) -> None:
    snapshots = []
    for index, snapshot in enumerate(valleys.snapshots):
        obligations = tuple(
            replace(o, due=datetime(2021, 5, 9 + number, 22, tzinfo=UTC))
            for number, o in enumerate(snapshot.assessment.obligations)
        )
        snapshots.append(
            replace(
                snapshot, key=str(index), assessment=replace(snapshot.assessment, obligations=obligations)
            )
        )
    flags = _timeline(replace(valleys, snapshots=tuple(snapshots))).flags
    assert len(flags) == 4
    for one in flags:
        for other in flags:
            if one is not other and one.label_y == other.label_y:
                assert abs(one.label_x - other.label_x) >= LABEL_WIDTH


def test_there_is_no_timeline_without_a_date(valleys: Report) -> None:
    assert lay_out_timeline(replace(valleys, snapshots=()), WORDING) is None
