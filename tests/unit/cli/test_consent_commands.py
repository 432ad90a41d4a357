"""``consent``: the accord, a zone and a line are confirmed once all have signed the same digest."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from truceline.accord.digests import line_digest, who_confirms, zone_digest
from truceline.accord.load import load_accord
from truceline.cli.main import run
from truceline.store.workspace import Workspace

Call = Callable[..., tuple[int, Any]]


@pytest.fixture
def call(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Call:
    monkeypatch.delenv("TRUCELINE_AUTHOR", raising=False)

    def made(*arguments: object) -> tuple[int, Any]:
        with pytest.raises(SystemExit) as end:
            run([str(argument) for argument in (*arguments, "--json")])
        return int(str(end.value.code)), json.loads(capsys.readouterr().out)

    return made


@pytest.fixture
def mission(tmp_path: Path, idlib: Path, call: Call, kept: str | None) -> Path:
    Workspace.create(tmp_path / "w", idlib / "accord.yaml", store=kept)
    for party in ("russia", "turkey"):
        assert call("key", "new", tmp_path / "w", "--party", party, "--key-file", tmp_path / party)[0] == 0
    return tmp_path / "w"


def signed(mission: Path, party: str) -> tuple[object, ...]:
    return ("--as", party, "--key-file", mission.parent / party)


def states(call: Call, mission: Path, *more: object) -> dict[str, str]:
    said = call("consent", "list", mission, *more)[1]
    return {one["subject"]: one["state"] for one in said["in_use"]}


def agree(call: Call, mission: Path, subject: str) -> str:
    code, made = call("consent", "propose", mission, "--subject", subject, *signed(mission, "turkey"))
    assert code == 0, made
    assert call("consent", "consent", mission, made["proposal"], *signed(mission, "russia"))[0] == 0
    return str(made["proposal"])


@pytest.mark.parametrize("kept", ["file", "server"], indirect=True)
def test_what_is_in_use_is_confirmed_once_all_have_signed_it(mission: Path, call: Call) -> None:
    assert set(states(call, mission).values()) == {"unconfirmed"}
    _, made = call("consent", "propose", mission, "--subject", "accord", *signed(mission, "turkey"))
    assert states(call, mission)["accord:idlib-2018"] == "partly"
    code, said = call("consent", "propose", mission, "--subject", "accord", *signed(mission, "russia"))
    assert (code, made["proposal"] in said["detail"]) == (2, True)
    call("consent", "consent", mission, made["proposal"], *signed(mission, "russia"))
    assert states(call, mission)["accord:idlib-2018"] == "confirmed"
    _, told = call("assess", mission, "--as-of", "2100-01-01")
    assert [one["state"] for one in told["confirmations"] if one["subject"] == "accord:idlib-2018"] == [
        "confirmed"
    ]
    _, valid = call("validate", mission / "accord.yaml")
    assert valid["confirmations"] == told["confirmations"]
    assert call("explain", mission, "accord:idlib-2018", "--as-of", "2100-01-01")[1]["type"] == "subject"
    _, why = call("explain", mission, made["proposal"], "--as-of", "2100-01-01")
    assert [step["act"] for step in why["steps"]] == ["propose", "consent"]

    text = (mission / "accord.yaml").read_text()
    (mission / "accord.yaml").write_text(text + "\n# edited\n")
    now = {one["subject"]: one for one in call("consent", "list", mission)[1]["in_use"]}
    changed = now["accord:idlib-2018"]
    assert (changed["state"], changed["missing"]) == ("changed", ["russia", "turkey"])
    assert changed["signed_digest"] == made["digest"]
    (mission / "accord.yaml").write_text(text)
    call("consent", "withdraw", mission, made["proposal"], *signed(mission, "turkey"))
    assert states(call, mission)["accord:idlib-2018"] == "partly"
    call("consent", "object", mission, made["proposal"], *signed(mission, "turkey"))
    assert states(call, mission)["accord:idlib-2018"] == "disputed"
    assert set(states(call, mission, "--as-of", "2018-12-31").values()) == {"unconfirmed"}
    assert call("designate", "list", mission)[1] == {"designations": []}
    assert call("log", "verify", mission)[0] == 0


def test_a_zone_that_all_have_signed_is_agreed_and_one_objected_to_is_disputed(
    mission: Path, call: Call, tmp_path: Path
) -> None:
    def zone() -> dict[str, Any]:
        _, said = call("assess", mission, "--as-of", "2100-01-01")
        return dict(next(one for one in said["obligations"] if one["id"] == "zone-established"))

    assert set(zone()["details"]["agreed_by"].values()) == {0.0}
    proposal = agree(call, mission, "zone:demilitarized-zone")
    agree(call, mission, "line:line-of-contact")
    told = zone()
    assert set(told["details"]["agreed_by"].values()) == {1.0}
    assert any(sentence.startswith("All who must had signed") for sentence in told["because"])
    assert states(call, mission)["line:line-of-contact"] == "confirmed"
    _, area = call("explain", mission, "demilitarized-zone", "--as-of", "2100-01-01")
    assert area["confirmation"]["state"] == "confirmed"
    assert call("report", mission, "--as-of", "2100-01-01", "-o", tmp_path / "r.html")[0] == 0
    assert "What the parties have signed" in (tmp_path / "r.html").read_text()
    call("consent", "object", mission, proposal, *signed(mission, "russia"))
    assert zone()["status"] == "disputed"
    _, said = call("assess", mission, "--as-of", "2100-01-01")
    zones = [one for one in said["confirmations"] if one["subject"] == "zone:demilitarized-zone"]
    assert [one["objected_by"] for one in zones] == [["russia"]]


@pytest.mark.parametrize("subject", ["zone:nowhere", "line:nowhere", "list", "accord:other", "zone:"])
def test_what_is_not_there_cannot_be_proposed(mission: Path, call: Call, subject: str) -> None:
    code, said = call("consent", "propose", mission, "--subject", subject, *signed(mission, "turkey"))
    assert code == 2, said
    assert call("consent", "list", mission)[1]["proposals"] == []


def test_a_digest_changes_with_the_course_and_not_with_names_or_notes(idlib: Path) -> None:
    accord = load_accord(idlib / "accord.yaml")
    line, zone = accord.lines[0], accord.zones[0]
    digests = line_digest(line, idlib), zone_digest(zone, accord, idlib)
    assert all(digest is not None and len(digest) == 64 for digest in digests)
    assert digests[0] != digests[1]
    noted = line.model_copy(update={"note": "another", "uncertainty_m": 1.0})
    other = accord.model_copy(update={"lines": (noted,)})
    assert (line_digest(noted, idlib), zone_digest(zone, other, idlib)) == digests
    turned = line.model_copy(update={"left": line.right, "right": line.left})
    other = accord.model_copy(update={"lines": (turned,)})
    assert line_digest(turned, idlib) != digests[0]
    assert zone_digest(zone, other, idlib) != digests[1]
    (derivation,) = zone.derivation
    deeper = derivation.model_copy(update={"from_m": 100.0})
    assert zone_digest(zone.model_copy(update={"derivation": (deeper,)}), accord, idlib) != digests[1]
    assert line_digest(line.model_copy(update={"geometry": None}), idlib) is None


def test_who_must_sign_is_said_by_the_accord_or_follows_from_it(idlib: Path) -> None:
    accord = load_accord(idlib / "accord.yaml")
    assert who_confirms(accord, "accord", "idlib-2018") == ("russia", "turkey")
    named = accord.verification.model_copy(update={"confirmed_by": ("opposition",)})
    assert who_confirms(accord.model_copy(update={"verification": named}), "zone", "x") == ("opposition",)
