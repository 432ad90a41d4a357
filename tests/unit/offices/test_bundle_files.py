"""Bundles as files between workspaces: parts, damage, first contact, and files that mean harm."""

import json
import shutil
import tarfile
from collections.abc import Callable
from contextlib import suppress
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from truceline.app import bundle as use
from truceline.app import offices
from truceline.app.doctor import examine
from truceline.app.ingest import ingest
from truceline.app.log import head, verify_attachments
from truceline.core.errors import Incomplete, InvalidInput, NotConfirmed, NotFound, TrucelineError
from truceline.store.workspace import Workspace
from truceline.transparency import bundle as form
from truceline.transparency.bundle_parts import Arrived, arrive
from truceline.transparency.keys import read_key_file
from truceline.transparency.notes import parse_verifier_key

ACCORD = """\
accord: {id: valley, title: Valley ceasefire, time_zone: Asia/Damascus, status: confirmed, version: 1}
sources: [{id: text, title: Announcement}]
parties:
- {id: north, names: North, role: side}
- {id: south, names: South, role: side}
"""
ROWS = 1500


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A workspace with evidence in it, another without, and the key of the first."""
    folder = tmp_path_factory.mktemp("workspaces")
    (folder / "accord.yaml").write_text(ACCORD)
    for name in ("north", "south"):
        Workspace.create(folder / name, folder / "accord.yaml")
    lines = ["id,kind,date,lon,lat,source,report"]
    for n in range(ROWS):  # words that pack badly
        said = sha256(str(n).encode()).hexdigest() * 2
        lines.append(f"{n},shelling,2018-09-{n % 28 + 1:02},36.{n:04},35.5,wire,{said}")
    (folder / "events.csv").write_text("\n".join(lines) + "\n")
    north = Workspace.open(folder / "north")
    ingest(north, [folder / "events.csv"])
    return folder, head(north)["keys"][0]


@pytest.fixture
def north(made: tuple[Path, str]) -> Workspace:
    return Workspace.open(made[0] / "north")


@pytest.fixture
def south(made: tuple[Path, str], tmp_path: Path) -> Workspace:
    shutil.copytree(made[0] / "south", tmp_path / "south")
    return Workspace.open(tmp_path / "south")


def trust(south: Workspace, made: tuple[Path, str]) -> Workspace:
    offices.trust(south, "north", made[1])
    return south


def count(workspace: Workspace) -> int:
    with workspace.store() as store:
        return int(store.observations().num_rows)


def test_a_bundle_brings_rows_and_their_originals_and_leaves_nothing_behind(
    north: Workspace, south: Workspace, made: Any, tmp_path: Path
) -> None:
    bundle = use.export(north, tmp_path / "north.tcb")
    [file] = bundle.files
    taken = use.take_in(south, [file], trust=("north", made[1]))
    assert taken.ok
    assert count(south) == ROWS
    [kept] = south.originals.iterdir()
    assert kept.read_bytes() == (made[0] / "events.csv").read_bytes()
    assert not (south.root / use.INCOMING).exists()
    assert use.take_in(south, [file]).taken.rows == 0
    with south.store() as store:
        assert store.verify_log().findings == []


def test_originals_can_be_left_out(north: Workspace, south: Workspace, made: Any, tmp_path: Path) -> None:
    bundle = use.export(north, tmp_path / "north.tcb", attachments=False)
    assert bundle.manifest.originals_left_out == 1
    use.take_in(trust(south, made), list(bundle.files))
    assert count(south) == ROWS
    assert not list(south.originals.iterdir())
    found = examine(south.root).findings
    assert [one.code for one in found if one.code.startswith("attachment")] == ["attachment-elsewhere"]
    assert [fault.what for fault in verify_attachments(south)] == ["elsewhere"]
    [held] = north.originals.iterdir()
    held.rename(tmp_path / "away")  # others use it, too
    assert [fault.what for fault in verify_attachments(north)] == ["missing"]
    (tmp_path / "away").rename(held)


def test_an_office_whose_key_is_not_confirmed_is_refused_whatever_it_sends(
    north: Workspace, south: Workspace, tmp_path: Path
) -> None:
    bundle = use.export(north, tmp_path / "north.tcb")
    with pytest.raises(NotConfirmed, match="not confirmed"):
        use.take_in(south, list(bundle.files))
    assert count(south) == 0
    assert not (south.root / use.INCOMING).exists()


def test_a_withdrawn_office_is_refused(north: Workspace, south: Workspace, made: Any, tmp_path: Path) -> None:
    bundle = use.export(north, tmp_path / "north.tcb")
    offices.distrust(trust(south, made), "north")
    with pytest.raises(NotConfirmed, match="any more"):
        use.take_in(south, list(bundle.files))


def test_parts_that_arrived_are_kept_and_those_that_did_not_are_named(
    north: Workspace, south: Workspace, made: Any, tmp_path: Path
) -> None:
    bundle = use.export(north, tmp_path / "north.tcb", part_size=1 << 16)
    parts = list(bundle.files)
    assert len(parts) > 3
    assert all(part.stat().st_size < 90_000 for part in parts)
    trust(south, made)
    with pytest.raises(Incomplete) as first:
        use.take_in(south, [parts[2], parts[0]])
    missing = [n for n in range(1, len(parts) + 1) if n not in (1, 3)]
    assert first.value.details["missing_parts"] == missing
    assert count(south) == 0
    damaged = bytearray(parts[1].read_bytes())
    damaged[-3000] ^= 1
    parts[1].write_bytes(damaged)
    with pytest.raises(Incomplete) as second:
        use.take_in(south, [*parts[3:], parts[1]])
    assert second.value.details["missing_parts"] == [2]
    assert str(parts[1]) in second.value.details["damaged"]
    damaged[-3000] ^= 1
    parts[1].write_bytes(damaged)
    assert use.take_in(south, [parts[1]]).ok
    assert count(south) == ROWS


def test_a_part_that_is_cut_off_gives_what_came_of_it(
    north: Workspace, south: Workspace, made: Any, tmp_path: Path
) -> None:
    [file] = use.export(north, tmp_path / "north.tcb").files
    data = file.read_bytes()
    file.write_bytes(data[: len(data) * 2 // 3])
    trust(south, made)
    with pytest.raises(Incomplete, match="cut off"):
        use.take_in(south, [file])
    file.write_bytes(data)
    assert use.take_in(south, [file]).ok


def test_the_same_export_made_twice_is_the_same_bytes(north: Workspace, tmp_path: Path) -> None:
    one, two = (use.export(north, tmp_path / name).files[0].read_bytes() for name in ("1.tcb", "2.tcb"))
    assert one == two


def test_a_bundle_from_where_the_other_stands_carries_what_is_new(
    north: Workspace, south: Workspace, made: Any, tmp_path: Path
) -> None:
    trust(south, made)
    use.take_in(south, list(use.export(north, tmp_path / "1.tcb").files))
    (tmp_path / "head.txt").write_text(offices.known(south)["offices"][0]["head"])
    shutil.copytree(north.root, tmp_path / "later")
    later = Workspace.open(tmp_path / "later")
    (tmp_path / "more.csv").write_text("kind,date,lon,lat,source\nshelling,2018-09-01,36.1,35.5,post\n")
    ingest(later, [tmp_path / "more.csv"])
    bundle = use.export(later, tmp_path / "2.tcb", since=[tmp_path / "head.txt"])
    assert [original.file for original in bundle.manifest.originals] == ["more.csv"]
    assert bundle.bytes < 20_000
    use.take_in(south, list(bundle.files))
    assert count(south) == ROWS + 1


def test_a_dry_run_checks_and_records_nothing(
    north: Workspace, south: Workspace, made: Any, tmp_path: Path
) -> None:
    bundle = use.export(north, tmp_path / "north.tcb")
    report = use.take_in(trust(south, made), list(bundle.files), dry_run=True)
    assert report.taken.added["observation"] == ROWS
    assert count(south) == 0


# Files that mean harm.


@pytest.fixture(scope="module")
def whole(made: tuple[Path, str], tmp_path_factory: pytest.TempPathFactory) -> Path:
    output = tmp_path_factory.mktemp("whole") / "north.tcb"
    return use.export(Workspace.open(made[0] / "north"), output).files[0]


def members(whole: Path) -> list[tuple[tarfile.TarInfo, bytes]]:
    with tarfile.open(whole) as tar:
        return [(info, tar.extractfile(info).read()) for info in tar.getmembers()]  # type: ignore[union-attr]


def rewritten(whole: Path, *more: tuple[tarfile.TarInfo, bytes], keep: int = 99) -> bytes:
    file = BytesIO()
    with tarfile.open(fileobj=file, mode="w", format=tarfile.PAX_FORMAT) as tar:
        for info, data in [*members(whole)[:keep], *more]:
            info.size = len(data) if info.type == tarfile.REGTYPE else 0
            tar.addfile(info, BytesIO(data))
    return file.getvalue()


def entry(name: str, type: bytes = tarfile.REGTYPE, link: str = "") -> tarfile.TarInfo:
    info = tarfile.TarInfo(name)
    info.type, info.linkname = type, link
    return info


BAD_MEMBERS = {
    "a path out of the folder": entry("../evil"),
    "a path out of the blobs": entry(f"blobs/../{'0' * 64}"),
    "an absolute path": entry("/tmp/evil-of-a-bundle"),
    "a symbolic link": entry(f"blobs/{'0' * 64}", tarfile.SYMTYPE, "/etc/passwd"),
    "a hard link": entry(f"blobs/{'1' * 64}", tarfile.LNKTYPE, "manifest.json"),
    "a device": entry(f"blobs/{'2' * 64}", tarfile.CHRTYPE),
    "a pipe": entry(f"blobs/{'3' * 64}", tarfile.FIFOTYPE),
    "a folder": entry("blobs", tarfile.DIRTYPE),
    "another manifest": entry("manifest.json"),
    "a long name in a header of its own": entry("blobs/" + "a" * 300),
    "a blob that belongs to nothing": entry(f"blobs/{sha256(b'evil').hexdigest()}"),
}


@pytest.mark.parametrize("what", sorted(BAD_MEMBERS))
def test_a_member_that_no_bundle_has_is_named_and_writes_nothing(
    whole: Path, tmp_path: Path, made: Any, what: str
) -> None:
    public = parse_verifier_key(made[1])[1]
    file = tmp_path / "bad.tcb"
    file.write_bytes(rewritten(whole, (BAD_MEMBERS[what], b"evil"), keep=3))
    arrived, [part] = arrive([file], tmp_path / "in", lambda _sender, _manifest: [public])
    assert part.damaged
    assert arrived.missing
    found = {path.relative_to(tmp_path) for path in tmp_path.rglob("*") if path.is_file()}
    known = {Path("in", arrived.folder.name, name) for name in arrived.names}
    assert found <= known | {Path("bad.tcb")}
    assert not Path("/tmp/evil-of-a-bundle").exists()


def manifest_of(whole: Path) -> Any:
    return json.loads(members(whole)[0][1])


def blob(**change: Any) -> Callable[[Any], Any]:
    return lambda m: m | {"blobs": [m["blobs"][0] | change]}


def log(**change: Any) -> Callable[[Any], Any]:
    return lambda m: m | {"logs": [m["logs"][0] | change]}


BAD_MANIFESTS: dict[str, Callable[[Any], Any]] = {
    "another form": lambda m: m | {"format": "truceline-bundle/2"},
    "a field nobody knows": lambda m: m | {"more": 1},
    "a blob that grows a thousandfold": blob(unpacked=1 << 24, size=9),
    "a blob that is too large": blob(unpacked=1 << 40),
    "a negative size": blob(size=-1),
    "a blob named by a path": blob(sha256="../" + "0" * 61),
    "another packing": blob(packing="exec"),
    "parts that do not add up": lambda m: m | {"parts": [1, 7]},
    "a segment without a blob": log(segments=[{"first": 0, "count": 1, "blob": 99}]),
    "a log that stands twice": lambda m: m | {"logs": m["logs"] * 2},
    "leaves before the first": log(first=-1),
    "a log without a name": log(origin="a\nb"),
    "a number too large": lambda m: m | {"originals_left_out": 10**40},
    "an original that does not add up": lambda m: m | {"originals": [m["originals"][0] | {"size": 1}]},
    "no object": lambda m: [m],
}


@pytest.mark.parametrize("what", sorted(BAD_MANIFESTS))
def test_a_manifest_that_cannot_be_right_is_refused_though_it_is_signed(what: str, whole: Path) -> None:
    assert form.read_manifest(json.dumps(manifest_of(whole)).encode())
    with pytest.raises(InvalidInput):
        form.read_manifest(json.dumps(BAD_MANIFESTS[what](manifest_of(whole))).encode())


def test_a_manifest_of_deep_nesting_is_refused() -> None:
    with pytest.raises(InvalidInput):
        form.read_manifest(b'{"format":' + b"[" * 100_000)


def test_a_bundle_signed_by_another_key_or_for_another_office_is_refused(
    whole: Path, made: Any, north: Workspace, south: Workspace, tmp_path: Path
) -> None:
    manifest = form.read_manifest(members(whole)[0][1])
    data, note = form.write_manifest(manifest, read_key_file(south.root / "log.key"))
    public = parse_verifier_key(made[1])[1]
    assert form.signed_for(data, note, manifest.sender, [public]) is None
    mine, right = form.write_manifest(manifest, read_key_file(north.root / "log.key"))
    assert form.signed_for(mine, right, manifest.sender, [public]) == public
    assert form.signed_for(mine + b" ", right, manifest.sender, [public]) is None
    assert form.signed_for(mine, right, manifest.sender + "x", [public]) is None


def test_a_blob_that_unpacks_to_more_than_it_says_is_refused() -> None:
    blob, packed = form.pack(b"a" * 30_000 + bytes(range(256)))
    with pytest.raises(InvalidInput):
        form.unpack(msgspec.structs.replace(blob, unpacked=100), packed)


@pytest.fixture(scope="module")
def landing(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("landing")


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    flips=st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.integers(1, 255)), max_size=4),
    cut=st.floats(0, 1),
)
def test_damage_anywhere_is_told_and_nothing_damaged_is_kept(
    whole: Path, made: Any, landing: Path, flips: list[Any], cut: float
) -> None:
    data = bytearray(whole.read_bytes())
    good = bytes(data)
    for place, mask in flips:
        data[int(place * len(data))] ^= mask
    data = data[: int(cut * len(data)) + 1]
    file, waiting = landing / "part", landing / "in"
    shutil.rmtree(waiting, ignore_errors=True)
    file.write_bytes(data)
    public = parse_verifier_key(made[1])[1]
    with suppress(TrucelineError):
        arrived, [part] = arrive([file], waiting, lambda _sender, _manifest: [public])
        assert isinstance(arrived, Arrived)
        assert part.damaged or not arrived.missing
        if not arrived.missing:
            assert [arrived.blob(n) for n in range(len(arrived.manifest.blobs))]
    for path in waiting.rglob("*"):
        assert path.is_dir() or sha256(path.read_bytes()).hexdigest() == path.name
    assert good == whole.read_bytes()


def test_a_file_that_is_no_bundle_or_not_there_is_named(tmp_path: Path) -> None:
    (tmp_path / "x").write_text("hello " * 200)
    with pytest.raises(InvalidInput, match="not a part of a bundle"):
        use.inspect(tmp_path / "x")
    with pytest.raises(NotFound):
        use.inspect(tmp_path / "y")


def test_inspect_says_what_the_bundle_says_and_whose_key_it_names(whole: Path, made: Any) -> None:
    found = use.inspect(whole)
    assert found["signed"]
    assert found["logs"][0]["keys"] == [made[1]]
    assert [one["file"] for one in found["originals"]] == ["events.csv"]
