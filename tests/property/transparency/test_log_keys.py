"""Vouchers between keys of a log: only the old key's word for this log counts."""

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from truceline.transparency.log_keys import (
    REVOKE,
    ROTATE,
    KeyAct,
    counting,
    standings,
    successors,
    vouched_key,
    voucher,
)

KEYS = [Ed25519PrivateKey.from_private_bytes(bytes([n]) * 32) for n in range(1, 6)]
PUBLIC = [key.public_key().public_bytes_raw() for key in KEYS]
LOG = "truceline/log/x"


@given(st.integers(0, 400), st.integers(0, 7))
def test_a_voucher_that_was_changed_vouches_for_nothing(at: int, bit: int) -> None:
    note = voucher(LOG, KEYS[0], PUBLIC[1], 7)
    assert vouched_key(note, LOG, PUBLIC[0]) == PUBLIC[1]
    data = bytearray(note.encode())
    data[at % len(data)] ^= 1 << bit
    changed = data.decode("utf-8", "replace")
    assert changed == note or vouched_key(changed, LOG, PUBLIC[0]) in (None, PUBLIC[1])
    head, _, _ = changed.partition("\n\n")
    if head != note.partition("\n\n")[0]:
        assert vouched_key(changed, LOG, PUBLIC[0]) is None


def test_a_voucher_is_for_one_log_and_by_one_key() -> None:
    note = voucher(LOG, KEYS[0], PUBLIC[1], 7)
    assert vouched_key(note, "truceline/log/y", PUBLIC[0]) is None
    assert vouched_key(note, LOG, PUBLIC[1]) is None


@given(st.permutations(range(4)))
def test_successors_follow_one_another_in_order(order: list[int]) -> None:
    vouchers = [voucher(LOG, KEYS[n], PUBLIC[n + 1], n) for n in range(4)]
    given_ = [vouchers[n] for n in order]
    found = successors(LOG, PUBLIC[0], given_)
    # Those that can be taken in the order given, from the first key on.
    expected = [0]
    for n in order:
        if n == expected[-1]:
            expected.append(n + 1)
    assert found == [PUBLIC[n] for n in expected]


@given(st.integers(1, 4), st.integers(0, 100), st.integers(0, 100))
def test_a_key_counts_up_to_its_revocation_and_only_behind_the_pinned_one(
    many: int, revoked_at: int, size: int
) -> None:
    acts = [
        KeyAct(ROTATE, PUBLIC[n + 1], n * 10, voucher(LOG, KEYS[n], PUBLIC[n + 1], n * 10))
        for n in range(many)
    ]
    acts.append(KeyAct(REVOKE, PUBLIC[0], revoked_at))
    acts.append(KeyAct(ROTATE, PUBLIC[-1], 200, voucher(LOG, KEYS[0], PUBLIC[-1], 200)))  # by a thief
    stands = standings(LOG, [*PUBLIC[: many + 1], PUBLIC[-1]], acts)
    by_key = {one.public_key: one for one in stands}
    assert by_key[PUBLIC[many]].vouched_by == PUBLIC[many - 1]
    if many < 4:
        assert by_key[PUBLIC[-1]].vouched_by is None
    counted = counting(stands, size, PUBLIC[0])
    assert (PUBLIC[0] in counted) == (size <= revoked_at)
    assert PUBLIC[many] in counted
    assert PUBLIC[0] not in counting(stands, size, PUBLIC[1]) or many < 1
    stranger = Ed25519PrivateKey.generate().public_key().public_bytes_raw()
    assert counting(stands, size, stranger) == [stranger]
