"""The matrix is whole, and its page, its audiences and its readers say what it says."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from truceline.core.errors import InvalidInput
from truceline.evidence.audiences import AUDIENCES
from truceline.evidence.permissions import DELAY, MATRIX, Grant, Kind, Reader, Role, readers
from truceline.evidence.permissions.page import render_page

PAGE = Path(__file__).parents[4] / "docs" / "reference" / "permissions.md"
SEEING = [Grant.NONE, Grant.DELAYED, Grant.COARSENED, Grant.OWN, Grant.ALL]


def test_every_kind_has_one_row_and_every_row_a_grant_for_every_role() -> None:
    assert [row.kind for row in MATRIX] == list(Kind)
    assert all(len(row.grants) == len(Role) for row in MATRIX)


def test_the_administrator_sees_all_that_anybody_sees_and_who_is_no_party_has_nothing_of_its_own() -> None:
    for row in MATRIX:
        administrator = row.grants[-1]
        for role, grant in zip(Role, row.grants, strict=True):
            assert grant is not Grant.OWN or role is Role.LIAISON
            if row.kind is not Kind.SIGN:  # a signature is a party's alone
                assert SEEING.index(grant) <= SEEING.index(administrator), (row.kind, role)


def test_nobody_but_monitors_and_administrators_learns_who_reported_or_where_patrols_will_go() -> None:
    for kind in (Kind.REPORTERS, Kind.CASE_REPORTERS, Kind.PATROL_PLANS):
        allowed = [one.role for one in readers(("north", "south")) if one.may(kind)]
        assert allowed == [Role.MONITOR, Role.ADMINISTRATOR]


def test_the_public_writes_nothing_and_learns_nothing_within_the_delay() -> None:
    public = Reader(Role.PUBLIC)
    verbs = list(Kind)[list(Kind).index(Kind.RECORD) :]
    assert [kind for kind in verbs if public.may(kind)] == [Kind.EXPORT]
    now = datetime(2026, 1, 10, tzinfo=UTC)
    assert public.known_at(None, now) == public.known_at(now + timedelta(days=9), now) == now - DELAY
    assert public.known_at(now - timedelta(days=9), now) == now - timedelta(days=9)
    assert Reader(Role.OBSERVER).known_at(None, now) == now


def test_a_liaison_is_of_a_party_and_nobody_else_is() -> None:
    with pytest.raises(InvalidInput, match="needs party"):
        Reader(Role.LIAISON)
    with pytest.raises(InvalidInput, match="has no party"):
        Reader(Role.MONITOR, "north")
    assert len(readers(("north", "south"))) == len(Role) + 1


def test_audiences_of_a_database_are_the_rows_of_the_matrix() -> None:
    told = {one.id: (one.confidential, one.exact_places, one.reporters, one.delay) for one in AUDIENCES}
    assert told == {
        "public": ("none", False, False, timedelta(hours=72)),
        "observer": ("none", False, False, timedelta()),
        "liaison": ("own", False, False, timedelta()),
        "analyst": ("all", True, False, timedelta()),
        "monitor": ("all", True, True, timedelta()),
        "administrator": ("all", True, True, timedelta()),
    }


def test_the_page_is_what_the_matrix_says(update_golden: bool) -> None:
    if update_golden:
        PAGE.write_text(render_page(), "utf-8")
    assert PAGE.read_text("utf-8") == render_page()
