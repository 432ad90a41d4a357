"""The log's own keys, in every store: taken anew, vouched for, revoked; earlier heads stay good."""

import json
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from truceline.core.errors import Conflict, InvalidInput, NotFound
from truceline.standalone import verify as standalone
from truceline.transparency import notes
from truceline.transparency.keys import new_key_file, read_key_file, waiting

SAID = {"author": "A. Monitor", "reason": "a year has passed"}


def head_of(store: Any) -> tuple[str, str, str]:
    """Its log's name, its last head, and the verifier key of the last key."""
    with store.log() as log:
        return log.origin, log.head().note, log.verifier_keys()[-1]


def key_file(store: Any) -> Path:
    if "_opened" not in vars(store):
        return Path(store._key_file)
    with closing(store._opened()) as one:  # of the store that is opened anew for every call
        return Path(one._key_file)


@pytest.fixture
def begun(store: Any, batch: Callable[..., Any]) -> tuple[Any, str, bytes]:
    """A store with an observation, its head, and the key that signed it."""
    store.append(batch({"id": "a"}))
    _, note, key = head_of(store)
    return store, note, notes.parse_verifier_key(key)[1]


def test_a_new_key_is_vouched_for_and_signs_from_then_on(begun: Any, batch: Callable[..., Any]) -> None:
    store, kept, old = begun
    new = store.rotate_key(**SAID)
    origin, changed, _ = head_of(store)
    assert notes.signed_by(changed, origin, old)
    assert notes.signed_by(changed, origin, new)
    store.append(batch({"id": "b"}))
    _, after, _ = head_of(store)
    assert notes.signed_by(after, origin, new)
    assert not notes.signed_by(after, origin, old)
    # Who kept a head and the first key accepts what came since by it; so does who knows only the new one.
    for pinned in (old, new):
        report = store.verify_log(kept_head=changed, pinned=(origin, pinned))
        assert report.size == report.signed_size
        assert report.ok == (pinned == old)
    assert store.verify_log(kept_head=kept, pinned=(origin, old)).ok
    assert [(one.public_key, one.vouched_by, one.revoked_at) for one in store.verify_log().keys] == [
        (old, None, None),
        (new, old, None),
    ]


def test_a_proof_verifies_with_the_new_key_and_with_the_old_one_up_to_the_change(
    begun: Any, batch: Callable[..., Any]
) -> None:
    store, _, old = begun
    store.rotate_key(**SAID)
    origin, _, key = head_of(store)
    with store.log() as log:
        proof = json.dumps(log.prove("a"))
    assert standalone.verify(proof, key)["ok"]
    assert standalone.verify(proof, notes.verifier_key(origin, old))["ok"]
    store.append(batch({"id": "b"}))
    with store.log() as log:
        later = json.dumps(log.prove("b"))
    assert standalone.verify(later, key)["ok"]
    with pytest.raises(standalone.Rejected):
        standalone.verify(later, notes.verifier_key(origin, old))


def test_a_compromised_key_vouches_for_nothing_and_signs_nothing_more(
    begun: Any, batch: Callable[..., Any]
) -> None:
    store, kept, old = begun
    new = store.rotate_key(**SAID, compromised=True)
    origin, changed, _ = head_of(store)
    assert not notes.signed_by(changed, origin, old)
    store.append(batch({"id": "b"}))
    report = store.verify_log(kept_head=kept)
    assert report.ok
    assert [(one.vouched_by, one.revoked_at is None) for one in report.keys] == [(None, False), (None, True)]
    assert not store.verify_log(pinned=(origin, old)).ok
    assert new != old


def test_a_revoked_key_does_not_count_for_heads_that_come_later(
    fresh_store: Any, batch: Callable[..., Any], tmp_path: Path
) -> None:
    with fresh_store() as (store, _):
        file = key_file(store)
        store.append(batch({"id": "a"}))
        stolen = read_key_file(file)
        old = stolen.public_key().public_bytes_raw()
        store.rotate_key(**SAID)
        revoked_and_refused(store, old)
        origin, _, _ = head_of(store)
        with store.log() as log:
            size = log.head().size
            heads = [notes.Head(origin, n, log.tree.root(n), "2018-10-01T12:00:00Z") for n in (size, 3)]
        late, early = (notes.sign(head, stolen) for head in heads)
        assert store.verify_log(kept_head=early, pinned=(origin, old)).ok
        found = store.verify_log(kept_head=late, pinned=(origin, old)).findings
        assert [one.what for one in found] == ["the head that was kept is not signed by the key given"]


def revoked_and_refused(store: Any, old: bytes) -> None:
    with pytest.raises(NotFound):
        store.revoke_key(bytes(32), **SAID)
    current = notes.parse_verifier_key(head_of(store)[2])[1]
    with pytest.raises(Conflict):
        store.revoke_key(current, **SAID)
    store.revoke_key(old, **SAID)
    with pytest.raises(Conflict):
        store.revoke_key(old, **SAID)
    assert store.verify_log().ok


def test_a_change_of_keys_needs_an_author_and_a_reason_and_leaves_one_key(begun: Any) -> None:
    store, _, _ = begun
    with pytest.raises(InvalidInput):
        store.rotate_key(author=" ", reason="x")
    assert len(store.verify_log().keys) == 1


def test_a_rotation_that_was_cut_short_is_finished_or_undone(
    fresh_store: Any, batch: Callable[..., Any], tmp_path: Path
) -> None:
    with fresh_store() as (store, _):
        store.append(batch({"id": "a"}))
        file = key_file(store)
        # Killed before the record had it: the key that waits was never in use.
        new_key_file(waiting(file))
        store.append(batch({"id": "b"}))
        assert not waiting(file).exists()
        old = file.read_bytes()
        new = store.rotate_key(**SAID)
        # Killed after the record had it, before it was put in place.
        file.rename(waiting(file))
        file.write_bytes(old)
        store.append(batch({"id": "c"}))
        assert read_key_file(file).public_key().public_bytes_raw() == new
        assert not waiting(file).exists()
        origin, note, _ = head_of(store)
        assert notes.signed_by(note, origin, new)
        assert store.verify_log().ok
