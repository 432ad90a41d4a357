"""An office that took a new key: who confirmed its old one takes the new one over, if that vouches for it."""

from pathlib import Path
from typing import Any

import pytest

from truceline.app import bundle as use
from truceline.app import offices as others
from truceline.app.log import head, revoke_key, rotate_key
from truceline.core.errors import InvalidInput
from truceline.store.workspace import LOG_KEY, Workspace
from truceline.transparency.keys import new_key_file

ACCORD = """\
accord: {id: valley, title: Valley ceasefire, time_zone: Asia/Damascus, status: confirmed, version: 1}
sources: [{id: text, title: Announcement}]
parties:
- {id: north, names: North, role: side}
- {id: south, names: South, role: side}
"""
SAID: Any = {"author": "A. Monitor", "reason": "a year has passed"}


@pytest.fixture
def offices(tmp_path: Path) -> tuple[Workspace, Workspace, str]:
    """Two offices, of which the second has confirmed the first one's key."""
    (tmp_path / "accord.yaml").write_text(ACCORD)
    north, south = (
        Workspace.create(tmp_path / name, tmp_path / "accord.yaml") for name in ("north", "south")
    )
    key = head(north)["keys"][0]
    others.trust(south, "north", key)
    return north, south, key


def carried(north: Workspace, south: Workspace) -> use.BundleTaken:
    made = use.export(north, north.root.parent / "bundle.tcb")
    return use.take_in(south, list(made.files))


def test_a_bundle_under_a_new_key_is_taken_once_the_old_one_vouches_for_it(
    offices: tuple[Workspace, Workspace, str],
) -> None:
    north, south, key = offices
    assert not carried(north, south).new_key
    first, second = rotate_key(north, **SAID), rotate_key(north, **SAID)
    taken = carried(north, south)
    assert taken.new_key
    assert taken.ok
    (held,) = others.known(south)["offices"]
    assert held["key"] == second
    assert not carried(north, south).new_key
    revoke_key(north, first, **SAID)
    revoke_key(north, key, **SAID)
    assert carried(north, south).ok
    with south.store() as store:
        assert store.verify_log().ok


def test_a_bundle_under_a_key_that_nothing_vouches_for_is_refused(
    offices: tuple[Workspace, Workspace, str],
) -> None:
    north, south, _ = offices
    (north.root / LOG_KEY).unlink()
    new_key_file(north.root / LOG_KEY)
    with north.store() as store, store.write() as writer:
        writer.map_actor("A", "north")
    with pytest.raises(InvalidInput, match="not signed by the key"):
        carried(north, south)


def test_after_a_key_was_compromised_the_new_one_must_be_confirmed(
    offices: tuple[Workspace, Workspace, str],
) -> None:
    north, south, _ = offices
    new = rotate_key(north, **SAID, compromised=True)
    with pytest.raises(InvalidInput, match="not signed by the key"):
        carried(north, south)
    others.trust(south, "north", new)
    assert carried(north, south).ok
