"""``key`` and ``designate``, and what an assessment makes of the list that parties signed."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from truceline.cli.main import run
from truceline.store.workspace import Workspace

Call = Callable[..., tuple[int, Any]]


@pytest.fixture
def call(capsys: pytest.CaptureFixture[str]) -> Call:
    def made(*arguments: object) -> tuple[int, Any]:
        with pytest.raises(SystemExit) as end:
            run([str(argument) for argument in (*arguments, "--json")])
        return int(str(end.value.code)), json.loads(capsys.readouterr().out)

    return made


@pytest.fixture
def mission(tmp_path: Path, idlib: Path, call: Call, kept: str | None) -> Path:
    Workspace.create(tmp_path / "w", idlib / "accord.yaml", store=kept)
    for party in ("russia", "turkey"):
        code, made = call("key", "new", tmp_path / "w", "--party", party, "--key-file", tmp_path / party)
        assert code == 0
        assert (made["party"], len(made["public_key"])) == (party, 64)
    return tmp_path / "w"


def signed(mission: Path, party: str) -> tuple[object, ...]:
    return ("--as", party, "--key-file", mission.parent / party)


def listed(call: Call, mission: Path) -> dict[str, Any]:
    (one,) = call("designate", "list", mission)[1]["designations"]
    return dict(one)


def verdict(call: Call, mission: Path) -> dict[str, Any]:
    _, said = call("assess", mission, "--as-of", "2100-01-01")
    (found,) = (one for one in said["obligations"] if one["id"] == "groups-designated-together")
    return dict(found)


@pytest.mark.parametrize("kept", ["file", "server"], indirect=True)
def test_a_group_is_on_the_list_only_while_both_consent(mission: Path, call: Call) -> None:
    _, made = call("designate", "propose", mission, "--group", "hts", *signed(mission, "turkey"))
    id = made["proposal"]
    one = listed(call, mission)
    assert (one["in_force"], one["consented_by"], one["missing"]) == (False, ["turkey"], ["russia"])
    assert verdict(call, mission)["status"] != "met"

    call("designate", "consent", mission, id, *signed(mission, "russia"))
    assert listed(call, mission)["in_force"]
    told = verdict(call, mission)
    assert (told["status"], told["probability"]) == ("met", 1.0)
    _, why = call("explain", mission, "groups-designated-together", "--as-of", "2100-01-01")
    assert id in json.dumps(why)

    call("designate", "object", mission, id, *signed(mission, "russia"))
    one = listed(call, mission)
    assert (one["in_force"], one["disputed"], one["objected_by"]) == (False, True, ["russia"])
    assert verdict(call, mission)["status"] == "disputed"

    call("designate", "consent", mission, id, *signed(mission, "russia"))
    call("designate", "withdraw", mission, id, *signed(mission, "turkey"))
    one = listed(call, mission)
    assert (one["in_force"], one["disputed"], one["missing"]) == (False, False, ["turkey"])
    assert [step["act"] for step in one["steps"]] == ["propose", "consent", "object", "consent", "withdraw"]
    assert call("designate", "list", mission, "--as-of", "2018-10-15")[1] == {"designations": []}
    assert call("log", "verify", mission)[0] == 0


def test_another_partys_key_and_strangers_are_refused(mission: Path, call: Call) -> None:
    asked = ("designate", "propose", mission, "--group", "hts")
    code, said = call(*asked, "--as", "turkey", "--key-file", mission.parent / "russia")
    assert (code, said["code"]) == (2, "invalid-input")
    code, said = call(*asked, "--as", "opposition", "--key-file", mission.parent / "russia")
    assert (code, "no say" in said["detail"]) == (2, True)
    code, said = call("designate", "consent", mission, "prop-x", *signed(mission, "turkey"))
    assert (code, said["code"]) == (2, "not-found")
    assert call("designate", "list", mission)[1] == {"designations": []}


def test_keys_are_rotated_with_the_old_one_and_revoked(mission: Path, call: Call) -> None:
    files = ("--key-file", mission.parent / "turkey", "--new-key-file", mission.parent / "turkey-2")
    assert call("key", "rotate", mission, "--party", "turkey", *files)[0] == 0
    code, _ = call("designate", "propose", mission, "--group", "hts", *signed(mission, "turkey"))
    assert code == 2
    code, _ = call(
        "designate", "propose", mission, "--group", "hts", "--as", "turkey", *("--key-file", files[3])
    )
    assert code == 0
    code, said = call("key", "new", mission, "--party", "turkey", "--key-file", mission.parent / "t3")
    assert (code, said["code"]) == (2, "conflict")
    assert not (mission.parent / "t3").exists()
    assert call("key", "revoke", mission, "--party", "turkey", "--key-file", files[3])[0] == 0
    keys = call("key", "list", mission)[1]["keys"]
    assert [(key["party"], key["until"] is None) for key in keys] == [
        ("russia", True), ("turkey", False), ("turkey", False),
    ]  # fmt: skip


def test_a_passphrase_protects_the_key(
    mission: Path, call: Call, monkeypatch: pytest.MonkeyPatch, idlib: Path, tmp_path: Path
) -> None:
    Workspace.create(tmp_path / "w2", idlib / "accord.yaml")
    monkeypatch.setenv("TRUCELINE_PASSPHRASE", "open sesame")
    assert call("key", "new", tmp_path / "w2", "--party", "turkey", "--key-file", tmp_path / "k")[0] == 0
    assert b"ENCRYPTED" in (tmp_path / "k").read_bytes()
    monkeypatch.setenv("TRUCELINE_PASSPHRASE", "wrong")
    asked = ("designate", "propose", tmp_path / "w2", "--group", "hts", "--as", "turkey")
    assert call(*asked, "--key-file", tmp_path / "k")[0] == 2
