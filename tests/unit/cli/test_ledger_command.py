"""``ledger`` as a person and a script see it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from truceline.cli.main import run

CSV = """\
id,kind,date,lon,lat,error_m,actor,weapon_class,serial,count,source
1,weapon_declared,2018-09-25,36.7,35.9,100,opposition,tank,,3,mission
2,weapon_stored,2018-10-05,36.7,35.9,100,opposition,tank,T-1,1,mission
3,weapon_sighting,2018-10-20,36.7,35.9,100,opposition,tank,T-1,1,mission
4,weapon_sighting,2018-10-21,36.7,35.9,100,,tank,,1,mission
"""


def test_the_ledger_says_what_was_declared_and_what_contradicts_itself(
    mission: Path, call: Callable[..., tuple[int, Any]], capsys: pytest.CaptureFixture[str]
) -> None:
    code, found = call("ledger", mission, "--as-of", "2018-10-31")
    assert code == 0
    (line,) = found["lines"]
    assert {name: line[name] for name in ("party", "class", "declared", "stored", "seen", "unaccounted")} == {
        "party": "opposition", "class": "tank", "declared": 3, "stored": 0, "seen": 1, "unaccounted": 2,
    }  # fmt: skip
    assert [one["kind"] for one in found["conflicts"]] == ["seen_after_stored"]
    assert len(found["unowned"]) == 1
    with pytest.raises(SystemExit):
        run(["ledger", str(mission), "--as-of", "2018-10-31"])
    told = capsys.readouterr().out
    assert "Serial number T-1 (tanks) was seen after it had been stored" in told
