"""Parties that sign in offices which cannot reach each other."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from truceline.evidence.statements import keys_of, proposals_of, sign_statement, write_statement

Offices = Callable[[str], Any]
BY = ("turkey", "russia")


@pytest.fixture
def keys() -> dict[str, Ed25519PrivateKey]:
    return {party: Ed25519PrivateKey.generate() for party in (*BY, "another")}


def sign(one: Any, private: Ed25519PrivateKey, act: str, party: str, **said: Any) -> Any:
    with one.store.write() as writer:
        content = write_statement(writer.origin, act, party, **said)
        public = private.public_key().public_bytes_raw()
        return writer.record_statement(act, party, content, public, sign_statement(content, private))


def proposals(one: Any, known_at: Any = None) -> dict[str, Any]:
    found = proposals_of(one.store.statements(known_at), one.origin)
    return {id: (made.in_force(BY), made.stands, made.steps) for id, made in found.items()}


def met(office: Offices) -> tuple[Any, Any]:
    north, south = office("north"), office("south")
    north.trusts(south)
    south.trusts(north)
    return north, south


def exchange(one: Any, other: Any) -> None:
    there, back = one.bundle(), other.bundle()
    one.take(back)
    other.take(there)


def proposed(one: Any, keys: Any, party: str = "turkey") -> Any:
    return sign(one, keys[party], "propose", party, designation="list", group="hts", number=1)


def test_a_proposal_of_one_office_is_signed_in_another_and_in_force_in_both(
    office: Offices, keys: dict[str, Any]
) -> None:
    north, south = met(office)
    north.clock.now += timedelta(minutes=30)  # ahead of the other, who consents "before" the proposal
    for one in (north, south):
        for party in BY:
            sign(one, keys[party], "key-new", party)
    made = proposed(north, keys)
    exchange(north, south)
    assert [state[0] for state in proposals(south).values()] == [False]
    sign(south, keys["russia"], "consent", "russia", proposal=made.digest)
    exchange(north, south)
    assert proposals(north) == proposals(south)
    assert [state[0] for state in proposals(north).values()] == [True]


def test_a_party_that_two_offices_gave_different_keys_is_bound_by_neither_until_one_is_withdrawn(
    office: Offices, keys: dict[str, Any]
) -> None:
    north, south = met(office)
    sign(north, keys["turkey"], "key-new", "turkey")
    sign(north, keys["russia"], "key-new", "russia")
    made = proposed(north, keys)
    exchange(north, south)
    east = office("east")
    north.trusts(east)
    sign(east, keys["another"], "key-new", "russia")  # who recorded this is not Russia
    east.trusts(north)
    east.takes_from(north)
    sign(east, keys["another"], "consent", "russia", proposal=made.digest)
    before = north.clock.now
    north.takes_from(east)
    assert [state[0] for state in proposals(north).values()] == [False]
    sign(north, keys["russia"], "consent", "russia", proposal=made.digest)
    assert [state[0] for state in proposals(north).values()] == [False]  # contested
    assert sorted(str(key.log) for key in keys_of(north.store.statements(), north.origin)) == sorted(
        ["None", "None", east.origin]
    )
    north.store.trust("east", east.origin, east.public, trusted=False)
    assert [state[0] for state in proposals(north).values()] == [True]
    assert [state[0] for state in proposals(north, before).values()] == [False]


def test_a_key_that_was_revoked_in_one_office_signs_in_no_other(
    office: Offices, keys: dict[str, Any]
) -> None:
    north, south = met(office)
    for party in BY:
        sign(north, keys[party], "key-new", party)
    made = proposed(north, keys)
    exchange(north, south)
    revoked = north.clock.now + timedelta(seconds=1)
    sign(north, keys["russia"], "key-revoke", "russia", **{"from": revoked.isoformat()})
    south.clock.now = revoked + timedelta(hours=1)
    sign(south, keys["russia"], "consent", "russia", proposal=made.digest)
    assert [state[0] for state in proposals(south).values()] == [True]
    exchange(north, south)
    assert proposals(north) == proposals(south)
    assert [state[0] for state in proposals(south).values()] == [False]


def test_a_statement_made_for_one_log_means_nothing_in_another(office: Offices, keys: dict[str, Any]) -> None:
    north, south = met(office)
    sign(north, keys["turkey"], "key-new", "turkey")
    with north.store.write() as writer:
        content = write_statement(
            south.origin, "propose", "turkey", designation="list", group="hts", number=1
        )
        public = keys["turkey"].public_key().public_bytes_raw()
        writer.record_statement("propose", "turkey", content, public, sign_statement(content, keys["turkey"]))
    south.takes_from(north)
    assert proposals(south) == proposals(north) == {}
