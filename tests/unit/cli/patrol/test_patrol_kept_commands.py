"""Patrols that are kept: sealed, opened by roles that need them, and nowhere else to be found."""

from __future__ import annotations

import json
import struct
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.unit.cli.patrol.two_sides import TwoSides

from truceline.app.patrol_kept import expected_plan
from truceline.core import sealed
from truceline.patrol.against_plan.expected import expected_of
from truceline.store.workspace import Workspace

Ran = tuple[int, str, str]
WORDS = "three lonely herons on a wire"
_watched: dict[str, list[str]] = {}


def _hook(event: str, arguments: tuple[Any, ...]) -> None:
    if _watched and event == "open" and isinstance(arguments[0], str | bytes | Path):
        flags, mode = arguments[2], arguments[1]
        if (isinstance(mode, str) and set(mode) & set("wax+")) or (isinstance(flags, int) and flags & 3):
            _watched["written"].append(str(arguments[0]))


sys.addaudithook(_hook)


@pytest.fixture
def files_written() -> Iterator[list[str]]:
    """The paths of all files that are opened for writing, also those that are removed again."""
    _watched["written"] = []
    yield _watched["written"]
    _watched.clear()


def needles(places: list[tuple[float, float]]) -> list[bytes]:
    """What a planted position looks like, in digits and in binary, wherever it is written."""
    found = []
    for place in places:
        for value in place:
            found += [f"{value:.7f}"[:-2].encode(), struct.pack("<d", value), struct.pack(">d", value)]
    return found


def search(root: Path, wanted: list[bytes]) -> list[str]:
    return [
        f"{path.name}: {needle!r}"
        for path in sorted(root.rglob("*"))
        if path.is_file()
        for content in [path.read_bytes()]
        for needle in wanted
        if needle in content
    ]


def test_plans_and_tracks_are_kept_sealed_and_lie_open_nowhere(
    truceline: Callable[..., Ran],
    two_sides: TwoSides,
    idlib: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    files_written: list[str],
) -> None:
    root = Workspace.create(tmp_path / "idlib", idlib / "accord.yaml").root
    files_written.clear()
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setenv("TMPDIR", str(temporary))
    monkeypatch.setattr("tempfile.tempdir", None)
    monkeypatch.setenv("TRUCELINE_PATROL_PASSPHRASE", WORDS)
    asked = two_sides.arguments
    code, out, err = truceline("patrol", "plan", root, *asked, "--keep", "--json")
    assert (code, "no passphrase is set" in err) == (2, True)
    assert not (root / "patrols").exists(), "nothing is kept without one"

    assert truceline("patrol", "passphrase", root, "--no-ask", "--json")[0] == 0
    code, out, _ = truceline("patrol", "plan", root, *asked, "--keep", "-o", tmp_path / "out", "--json")
    assert code == 0
    plan = json.loads(out)["kept"]
    names = sorted(path.name for path in (tmp_path / "out").iterdir())
    assert "plan.json.sealed" in names
    assert all(name.endswith(".sealed") for name in names)
    content = truceline("patrol", "open", root, tmp_path / "out" / "plan.json.sealed")[1]
    expected = expected_of(content.encode(), "plan.json")
    assert {post.id for post in expected.posts} == set(two_sides.places)

    tracks, driven = two_sides.tracks(expected, tmp_path / "tracks")
    sealed_file = str(tmp_path / "out" / "plan.json.sealed")
    assert expected_plan(Workspace.open(root), sealed_file, WORDS) == expected
    code, out, err = truceline(
        "patrol", "verify", root, *tracks, "--plan", plan, "--keep", "--synthetic",
        "--observations", tmp_path / "shown.csv", "--json",
    )  # fmt: skip
    assert code == 0, err
    answer = json.loads(out)
    assert answer["planned"]["counts"]["all"]["visits"]["made"] > 0
    kept = json.loads(truceline("patrol", "kept", root, "--json")[1])["kept"]
    assert sorted({id.split("-")[0] for id in kept}) == ["plan", "tracks", "verified"]

    # The same tracks again, from the vault: nothing is lost on the way.
    again = truceline("patrol", "verify", root, answer["kept"]["tracks"], "--json")
    assert [one["track"] for one in json.loads(again[1])["patrols"]] == [
        one["track"] for one in answer["patrols"]
    ]

    assert truceline("ingest", root, tmp_path / "shown.csv", "--json")[0] == 0
    told = [out, again[1]]
    for command in (
        ("assess", root, "--as-of", "2018-10-31", "--json"),
        ("log", "verify", root, "--json"),
        ("doctor", root, "--json"),
        ("report", root, "--as-of", "2018-10-31", "-o", tmp_path / "report.html", "--json"),
        ("report", root, "--period", "week", "--as-of", "2018-10-31", "-o", tmp_path / "week.html", "--json"),
        ("export", root, "-o", tmp_path / "export.gpkg", "--json"),
        ("export", root, "-o", tmp_path / "export.geojson", "--layer", "patrols", "--json"),
        ("backup", root, tmp_path / "backup", "--json"),
        ("patrol", "open", root, answer["kept"]["finding"], "--role", "observer"),
        ("patrol", "open", root, answer["kept"]["finding"], "--role", "liaison", "--party", "turkey"),
        ("patrol", "kept", root, "--json"),
    ):
        code, out, err = truceline(*command)
        assert code == 0, (command, err)
        told.append(out)

    wanted = needles([*two_sides.places.values(), *two_sides.bases, *driven])
    # The search would find them: they are in what was handed in, and in what was opened.
    assert search(tmp_path / "tracks", wanted)
    assert any(needle in content.encode() for needle in wanted)
    for folder in (root, tmp_path / "out", tmp_path / "backup", temporary):
        assert search(folder, wanted) == []
    for name in ("report.html", "week.html", "shown.csv", "export.gpkg", "export.geojson"):
        path = tmp_path / name
        assert not [needle for needle in wanted if needle in path.read_bytes()]
    for text in told:
        assert not [needle for needle in wanted if needle in text.encode()]
    coarse = told[-3]
    assert not [id for id in two_sides.places if id in coarse], "to an observer no post is named"
    assert json.loads(coarse)["by_sector_and_day"]

    # Whatever was written on the way and is gone was written into the sealed folder or beside its target.
    gone = [Path(path) for path in files_written if not Path(path).exists()]
    assert not [path for path in gone if temporary in path.parents and path.suffix != ".part"]
    assert not list(temporary.rglob("*"))


def test_roles_see_what_the_matrix_grants_and_a_wrong_passphrase_is_one_sentence(
    truceline: Callable[..., Ran],
    two_sides: TwoSides,
    idlib: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    root = Workspace.create(tmp_path / "idlib", idlib / "accord.yaml").root
    monkeypatch.setattr(sealed, "N", 16)  # the real cost is paid in the other test
    monkeypatch.setenv("TRUCELINE_PATROL_PASSPHRASE", WORDS)
    truceline("patrol", "passphrase", root, "--no-ask")
    plan = json.loads(truceline("patrol", "plan", root, *two_sides.arguments, "--keep", "--json")[1])["kept"]
    content = json.loads(truceline("patrol", "open", root, plan)[1])["files"]["plan.json"]
    tracks, _ = two_sides.tracks(expected_of(content.encode(), "plan.json"), tmp_path / "tracks")
    ids = json.loads(truceline("patrol", "verify", root, *tracks, "--plan", plan, "--keep", "--json")[1])
    ids = {"plan": plan, **ids["kept"]}
    seen = {
        role: {
            what for what, id in ids.items() if truceline("patrol", "open", root, id, "--role", role)[0] == 0
        }
        for role in ("public", "observer", "analyst", "monitor", "administrator")
    }
    assert seen == {
        "public": set(),  # the counts only once they are three days old
        "observer": {"finding"},
        "analyst": {"finding", "tracks"},
        "monitor": {"plan", "finding", "tracks"},
        "administrator": {"plan", "finding", "tracks"},
    }
    code, out, err = truceline("patrol", "open", root, plan, "--role", "observer", "--json")
    assert (code, json.loads(out)["code"]) == (2, "not-allowed")

    monkeypatch.setenv("TRUCELINE_PATROL_PASSPHRASE", "three lonely herons on a fence")
    code, out, err = truceline("patrol", "open", root, plan)
    assert (code, out) == (2, "")
    assert (
        err.strip()
        .splitlines()[0]
        .endswith("patrols/key.sealed: the passphrase does not open it, or it was changed")
    )
    code, _, err = truceline("patrol", "plan", root, *two_sides.arguments, "-o", tmp_path / "none")
    assert (code, (tmp_path / "none").exists()) == (2, False)

    monkeypatch.setenv("TRUCELINE_PATROL_PASSPHRASE", WORDS)
    monkeypatch.setenv("TRUCELINE_PATROL_PASSPHRASE_NEW", "another bird altogether")
    assert truceline("patrol", "passphrase", root, "--no-ask", "--change")[0] == 0
    assert truceline("patrol", "open", root, plan)[0] == 2
    monkeypatch.setenv("TRUCELINE_PATROL_PASSPHRASE", "another bird altogether")
    assert truceline("patrol", "open", root, plan)[0] == 0
    assert truceline("patrol", "forget", root, ids["finding"])[0] == 0
    assert json.loads(truceline("patrol", "kept", root, "--json")[1])["kept"] == sorted([plan, ids["tracks"]])
    assert not list((root / "patrols").glob("*.json"))
