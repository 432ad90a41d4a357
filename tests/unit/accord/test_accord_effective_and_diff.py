from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from truceline.accord.diff import diff
from truceline.accord.effective import amendments_in_force, changes_in_force, effective, readings
from truceline.accord.load import load_accord, read_document
from truceline.accord.model import Accord, ForcesWithdrawal, WeaponsWithdrawal
from truceline.accord.model.space import Side
from truceline.accord.moments import deadline_of
from truceline.core.errors import InvalidAccord, InvalidInput


@pytest.fixture(scope="module")
def accord(idlib: Path) -> Accord:
    return load_accord(idlib)


@pytest.fixture(scope="module")
def minsk(idlib: Path) -> Accord:
    return load_accord(idlib.parents[1] / "minsk-2015" / "accord.yaml")


def test_the_adopted_readings_of_idlib_leave_its_text_as_written(accord: Accord) -> None:
    assert effective(accord) == accord


def test_every_rival_reading_of_idlib_changes_the_accord(accord: Accord) -> None:
    adopted = {interpretation.adopted for interpretation in accord.interpretations}
    for id in readings(accord):
        assert (effective(accord, reading=id) == accord) == (id in adopted), id


def test_heavy_weapons_of_both_sides_leave_under_the_memorandums_reading(accord: Accord) -> None:
    provision = effective(accord, reading="conflicting-parties").provision("heavy-weapons-leave")
    assert isinstance(provision, WeaponsWithdrawal)
    assert provision.parties == ("opposition", "syrian_government")
    assert [w.weapon_class for w in provision.weapons] == [
        "tank", "multiple_rocket_launcher", "artillery", "mortar",
    ]  # fmt: skip


def test_the_zone_lies_on_both_sides_under_the_total_width_reading(accord: Accord) -> None:
    zone = effective(accord, reading="total-width").zone("demilitarized-zone")
    assert zone is not None
    assert (zone.derivation[0].side, zone.derivation[0].measure) == (Side.BOTH, "width")


def test_the_deadline_is_a_day_earlier_where_the_day_named_does_not_count(accord: Accord) -> None:
    other = effective(accord, reading="day-excluded")
    for id in ("zone-established", "radical-fighters-leave", "heavy-weapons-leave"):
        before, after = accord.provision(id), other.provision(id)
        assert before is not None
        assert after is not None
        first, second = deadline_of(after, other), deadline_of(before, accord)
        assert first is not None
        assert second is not None
        assert (second - first).days == 1


def test_a_reading_can_take_a_reference_away(accord: Accord) -> None:
    provision = effective(accord, reading="all-radical-groups").provision("radical-fighters-leave")
    assert isinstance(provision, ForcesWithdrawal)
    assert provision.designation is None
    assert provision.groups == ("hts", "huras_al_din", "ansar_al_din_front")


def test_an_unknown_reading_names_the_accepted_ones(accord: Accord) -> None:
    with pytest.raises(InvalidInput, match="accepted: depth-of-one-side, total-width") as caught:
        effective(accord, reading="total-with")
    assert caught.value.hint == "did you mean 'total-width'?"


def test_an_amendment_counts_from_its_day_in_the_accords_time_zone(minsk: Accord) -> None:
    # The amendment of 30 December 2015 begins in Kyiv at 22:00 UTC of the 29th.
    before, after = datetime(2015, 12, 29, 21, 59, tzinfo=UTC), datetime(2015, 12, 29, 22, tzinfo=UTC)
    assert amendments_in_force(minsk, before) == ()
    assert [a.id for a in amendments_in_force(minsk, after)] == ["prolonged-into-2016"]
    dues = []
    for at in (before, after, None):
        now = effective(minsk, at=at)
        provision = now.provision("border-control")
        assert provision is not None
        due = deadline_of(provision, now)
        assert due is not None
        dues.append(due.astimezone(UTC).year)
    assert dues == [2015, 2016, 2016]


CHAIN = """
amendments:
  - id: second
    title: S
    date: 2030-03-01
    source: text
    changes: [{target: weapons-leave, set: {due: 2030-04-01}}]
  - id: first
    title: F
    date: 2030-02-01
    source: text
    changes: [{target: weapons-leave, set: {due: 2030-03-01}}]
interpretations:
  - id: original
    question: Inclusive?
    adopted: no-day
    readings:
      - id: no-day
        text: No
        changes: [{target: weapons-leave, set: {due: {date: 2030-01-20, inclusive: false}}}]
      - {id: with-day, text: Yes}
  - id: amended
    question: Inclusive?
    about: [second]
    adopted: first-of-april
    readings:
      - {id: first-of-april, text: A}
      - id: eve
        text: B
        changes: [{target: weapons-leave, set: {due: {date: 2030-04-01, inclusive: false}}}]
"""


def test_readings_come_first_then_amendments_in_order_and_readings_of_these_after_them(
    accord_text: str,
) -> None:
    accord = read_document(accord_text + CHAIN).accord

    def due(at: datetime | None, reading: str | None) -> str:
        provision = effective(accord, at=at, reading=reading).provision("weapons-leave")
        assert provision is not None
        assert provision.due is not None
        return f"{provision.due.date} {provision.due.inclusive}"

    in_january = datetime(2030, 1, 10, tzinfo=UTC)
    in_february = datetime(2030, 2, 10, tzinfo=UTC)
    assert due(in_january, None) == "2030-01-20 False"
    assert due(in_january, "with-day") == "2030-01-20 True"
    assert due(in_january, "eve") == "2030-01-20 False"
    assert due(in_february, None) == "2030-03-01 True"
    assert due(None, None) == "2030-04-01 True"
    assert due(None, "eve") == "2030-04-01 False"
    assert [item.id for item in changes_in_force(accord)] == ["no-day", "first", "second"]


@pytest.mark.parametrize(
    "change", ["{target: zone, set: {id: other}}", "{target: ceasefire, set: {kind: zone}}"]
)
def test_what_a_part_is_cannot_be_changed(accord_text: str, change: str) -> None:
    amendment = f"amendments: [{{id: a, title: A, date: 2030-02-01, source: text, changes: [{change}]}}]\n"
    with pytest.raises(InvalidAccord, match="cannot be changed"):
        effective(read_document(accord_text + amendment).accord)


def test_a_change_is_named_with_old_and_new_value(accord: Accord) -> None:
    changes = diff(accord, effective(accord, reading="total-width")).changed
    assert [(c.section, c.id, c.field, c.old, c.new) for c in changes] == [
        ("zones", "demilitarized-zone", "derivation[0].side", "left", "both"),
        ("zones", "demilitarized-zone", "derivation[0].measure", "depth", "width"),
        ("provisions", "zone-established", "measure", "depth", "width"),
    ]


def test_the_two_wordings_of_idlib_differ_in_whose_weapons_leave_and_in_the_routes(
    accord: Accord, idlib: Path
) -> None:
    found = diff(accord, load_accord(idlib.with_name("accord-memorandum.yaml")))
    assert [part.id for part in found.added] == ["route-aleppo-hama"]
    assert [part.id for part in found.removed] == ["route-latakia-hama"]
    parties = next(c for c in found.changed if c.id == "heavy-weapons-leave" and c.field == "parties")
    assert (parties.old, parties.new) == (["opposition"], ["opposition", "syrian_government"])
    assert not any(c.section in ("parties", "zones", "lines") for c in found.changed)


def test_an_unchanged_accord_has_no_difference_whatever_the_order_of_its_parts(accord: Accord) -> None:
    assert diff(accord, accord).is_empty
    turned = accord.model_copy(update={"provisions": accord.provisions[::-1]})
    assert diff(accord, turned).is_empty


def test_a_part_that_changes_its_kind_shows_both(accord_text: str) -> None:
    a = read_document(accord_text).accord
    b = read_document(accord_text.replace("kind: cessation", "kind: other")).accord
    (change,) = diff(a, b).changed
    assert (change.id, change.field) == ("ceasefire", "kind")
    assert change.new["kind"] == "other"
