"""Histories that were rewritten or branched, gaps, and what a hostile office can put in a bundle."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest

from truceline.core.errors import Conflict, InvalidInput
from truceline.standalone import verify as standalone
from truceline.transparency import bundle as form
from truceline.transparency import notes
from truceline.transparency.keys import read_key_file
from truceline.transparency.tree import continues

Offices = Callable[[str], Any]


@pytest.fixture
def branched(office: Offices, new_office: Callable[..., Any], tmp_path: Path) -> tuple[Any, Any, Any]:
    """An office, a copy of it with the same key that goes on by itself, and another that trusts it."""
    north, south = office("north"), office("south")
    south.trusts(north)
    north.append({"id": "a"})
    north.store.close()
    folder = tmp_path / "copy"
    folder.mkdir()
    for suffix in ("key", "sqlite"):
        shutil.copy(tmp_path / f"north.{suffix}", folder)
    copy = new_office("north", folder)
    assert copy.origin == north.origin
    return north, copy, south


def proved(evidence: str, key: bytes) -> bool:
    """Both heads are signed, and of the same first leaves they give different roots."""
    document = json.loads(evidence)
    assert document["format"] == "truceline-fork/1"
    roots = []
    for side in (document["held"], document["seen"]):
        head = notes.parse(side["head"])
        assert notes.signed_by(side["head"], document["log"], key)
        path = [bytes.fromhex(hash) for hash in side["path"]]
        root = bytes.fromhex(side["root"])
        assert continues(document["size"], root, head.size, head.root, path)
        roots.append(root)
    return (
        roots[0] != roots[1] and standalone.verify(evidence, key_of(document["log"], key))["forked"] is True
    )


def key_of(origin: str, public: bytes) -> str:
    return notes.verifier_key(origin, public)


Change = Callable[[dict[str, Any]], Any]
NO_FORKS: dict[str, Change] = {
    "one head twice": lambda fork: fork.update(seen=fork["held"]),
    "a root that is not that of its head": lambda fork: fork["seen"].update(root="00" * 32),
    "a path of another": lambda fork: fork["seen"].update(path=["11" * 32]),
    "another size": lambda fork: fork.update(size=fork["size"] - 1),
    "a head without its signature": lambda fork: fork["seen"].update(
        head=fork["seen"]["head"].partition("\n\n")[0] + "\n\n"
    ),
    "a head with another root": lambda fork: fork["seen"].update(
        head=fork["seen"]["head"].replace("\n", "\nAAAA", 2)
    ),
    "another log": lambda fork: fork.update(log="truceline/log/" + "0" * 32),
    "a field that nobody checks": lambda fork: fork.update(more=1),
}


@pytest.mark.parametrize("what", sorted(NO_FORKS))
def test_evidence_that_proves_no_fork_is_rejected_by_the_stand_alone_verifier(
    branched: Any, what: str
) -> None:
    north, copy, south = branched
    north.append({"id": "b"}, {"id": "c"})
    copy.append({"id": "x"})
    south.takes_from(north)
    south.takes_from(copy)
    fork = json.loads(south.store.forks()[0].evidence)
    assert standalone.verify(json.dumps(fork), north.key)["forked"]
    NO_FORKS[what](fork)
    with pytest.raises(standalone.Rejected):
        standalone.verify(json.dumps(fork), north.key)


def test_a_branched_history_is_shown_with_both_heads_and_nothing_of_it_is_taken(branched: Any) -> None:
    north, copy, south = branched
    north.append({"id": "b"}, {"id": "c"})
    copy.append({"id": "x"})
    south.takes_from(north)
    ids = south.store.observations()["id"].to_pylist()
    taken = south.takes_from(copy)
    assert [log.status for log in taken.logs] == ["forked"]
    assert not taken.rows
    assert south.store.observations()["id"].to_pylist() == ids
    [fork] = south.store.forks()
    assert proved(fork.evidence, north.public)
    south.takes_from(copy)
    assert len(south.store.forks()) == 1  # the same evidence is kept once
    north.append({"id": "d"})
    assert [log.status for log in south.takes_from(north).logs] == ["new"]  # the branch that is held goes on


def test_a_fork_before_the_beginning_of_the_bundle_is_found_and_proved(branched: Any) -> None:
    north, copy, south = branched
    north.append({"id": "b"})
    copy.append({"id": "x"})
    south.takes_from(north)
    with copy.store.log() as log:
        size = log.head().size
    copy.append({"id": "y"})
    taken = south.take(copy.bundle({copy.origin: size}))
    assert [log.status for log in taken.logs] == ["forked"]
    assert proved(south.store.forks()[0].evidence, north.public)


def test_a_history_that_was_cut_and_written_anew_is_found(branched: Any) -> None:
    north, copy, south = branched
    for id in "bcde":
        north.append({"id": id})
    copy.append({"id": "x"})
    south.takes_from(north)
    assert [log.status for log in south.takes_from(copy).logs] == ["forked"]
    assert proved(south.store.forks()[0].evidence, north.public)


def test_a_bundle_that_is_older_than_what_is_held_brings_nothing(office: Offices) -> None:
    north, south = office("north"), office("south")
    south.trusts(north)
    north.append({"id": "a"})
    old = north.bundle()
    north.append({"id": "b"})
    south.takes_from(north)
    assert [log.status for log in south.take(old).logs] == ["held"]


def test_an_office_whose_workspace_was_restored_learns_that_it_lost_entries(branched: Any) -> None:
    north, restored, south = branched
    north.append({"id": "b"})
    south.takes_from(north)
    restored.trusts(south)  # this is a branch of its own already
    assert [log.status for log in restored.takes_from(south).logs if log.origin == north.origin] == ["forked"]
    assert proved(restored.store.forks()[0].evidence, north.public)


def test_an_office_that_was_cut_back_and_has_not_written_since_is_behind(
    branched: Any, new_office: Callable[..., Any], tmp_path: Path
) -> None:
    north, _, south = branched
    north.trusts(south)
    north.store.close()
    folder = tmp_path / "backup"
    folder.mkdir()
    for suffix in ("key", "sqlite"):
        shutil.copy(tmp_path / f"north.{suffix}", folder)
    north.append({"id": "b"})
    south.takes_from(north)
    restored = new_office("north", folder)
    taken = restored.takes_from(south)
    assert {log.origin: log.status for log in taken.logs}[north.origin] == "behind"


def test_what_an_office_passes_on_is_taken_as_the_others_and_shows_their_forks(
    branched: Any, office: Offices
) -> None:
    north, copy, south = branched
    east = office("east")
    east.trusts(north, south)
    south.trusts(east)
    north.append({"id": "b"})
    copy.append({"id": "x"})
    south.takes_from(north)
    taken = east.takes_from(south)
    assert {log.origin: log.status for log in taken.logs} == {north.origin: "new", south.origin: "new"}
    assert [one.office for one in east.store.recorded_by("b")] == ["north"]
    assert [log.status for log in east.takes_from(copy).logs] == ["forked"]


def test_a_log_that_begins_after_what_is_held_is_left_out(office: Offices) -> None:
    north, south = office("north"), office("south")
    south.trusts(north)
    north.append({"id": "a"})
    with north.store.log() as log:
        size = log.head().size
    north.append({"id": "b"})
    taken = south.take(north.bundle({north.origin: size}))
    assert [log.status for log in taken.logs] == ["gap"]
    assert not taken.rows


def test_a_head_that_ours_does_not_continue_is_refused_on_export(branched: Any) -> None:
    north, copy, _ = branched
    north.append({"id": "b"})
    copy.append({"id": "x"})
    with copy.store.log() as log:
        note = log.head().note
    with north.store.exporting() as exporter, pytest.raises(Conflict, match="rewritten"):
        exporter.since(note)


def hostile(north: Any, change: Callable[[list[bytes]], list[bytes]]) -> Any:
    """A bundle that an office itself falsified, signed with its own key."""
    bundle = north.bundle()
    [part] = bundle.manifest.logs
    lines = change(bundle.blob(part.segments[0].blob).splitlines(keepends=True))
    blob, packed = form.pack(b"".join(lines))
    segment = msgspec.structs.replace(part.segments[0], count=len(lines))
    manifest = msgspec.structs.replace(
        bundle.manifest, logs=[msgspec.structs.replace(part, segments=[segment])], blobs=[blob]
    )
    data, _ = form.write_manifest(manifest, read_key_file(north.key_file))
    bundle.manifest, bundle.blobs = form.read_manifest(data), {0: packed}
    return bundle


def changed(lines: list[bytes]) -> list[bytes]:
    return [line.replace(b'"id":"a"', b'"id":"z"') for line in lines]


FALSIFIED = {
    "a content changed": changed,
    "a leaf removed": lambda lines: lines[:-1],
    "a leaf added": lambda lines: [*lines, lines[0]],
    "leaves swapped": lambda lines: [lines[1], lines[0], *lines[2:]],
    "a salt changed": lambda lines: [b"00" + lines[0][2:], *lines[1:]],
    "a line cut off": lambda lines: [lines[0][:20] + b"\n", *lines[1:]],
    "a hash cut off": lambda lines: [b"-00\n", *lines[1:]],
}


@pytest.mark.parametrize("what", sorted(FALSIFIED))
def test_leaves_that_are_not_those_of_the_signed_head_are_refused(office: Offices, what: str) -> None:
    north, south = office("north"), office("south")
    south.trusts(north)
    north.append({"id": "a"})
    with south.store.log() as log:
        before = log.head()
    with pytest.raises(InvalidInput):
        south.take(hostile(north, FALSIFIED[what]))
    with south.store.log() as log:
        assert log.head() == before


def test_a_leaf_that_is_kept_back_is_counted_and_the_rest_is_taken(office: Offices) -> None:
    north, south = office("north"), office("south")
    south.trusts(north)
    north.append({"id": "a"}, {"id": "b"})

    def withheld(lines: list[bytes]) -> list[bytes]:
        _, said = form.read_lines(b"".join(lines), len(lines))
        hashes, _ = form.read_lines(b"".join(lines), len(lines))
        return [
            form.withheld_line(hash) if content and b'"id":"a"' in content else line
            for line, hash, content in zip(lines, hashes, said, strict=True)
        ]

    taken = south.take(hostile(north, withheld))
    assert [log.withheld for log in taken.logs] == [1]
    assert south.store.observations()["id"].to_pylist() == ["b"]
