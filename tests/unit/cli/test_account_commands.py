"""``truceline account``, as an administrator runs it: accounts made and ended, and who read what."""

import io
import json
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from truceline.cli.main import run
from truceline.evidence.permissions import Role
from truceline.store.accounts import ACCOUNTS, AccountFile
from truceline.store.workspace import Workspace

PASSWORD = "rain on the old tin roof"
FIRST = datetime(2026, 3, 1, 22, 30, tzinfo=UTC)  # 2 March in Damascus


@pytest.fixture
def root(tmp_path: Path, idlib: Path) -> Path:
    return Workspace.create(tmp_path / "w", idlib / "accord.yaml").root


@pytest.fixture
def ask(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Any:
    def made(*arguments: object, typed: str = "") -> tuple[int, str, str]:
        monkeypatch.setattr("sys.stdin", io.StringIO(typed))
        with pytest.raises(SystemExit) as end:
            run([str(argument) for argument in ("account", *arguments)])
        said = capsys.readouterr()
        return int(str(end.value.code)), said.out, said.err

    return made


def test_an_account_is_made_listed_changed_and_ended(root: Path, ask: Any) -> None:
    made = ask("add", root, "amina", "--role", "monitor", "--password-stdin", "--json", typed=PASSWORD + "\n")
    assert (made[0], json.loads(made[1])["role"], PASSWORD in "".join(made[1:])) == (0, "monitor", False)
    assert "amina" in ask("list", root)[1]
    assert ask("password", root, "amina", "--password-stdin", typed="short\n")[0] == 2
    assert ask("password", root, "amina", "--password-stdin", typed=PASSWORD + " again\n")[0] == 0
    assert ask("reset-code", root, "amina")[0] == 0
    assert json.loads(ask("end", root, "amina", "--json")[1])["ended_at"] is not None
    code, _, said = ask("end", root, "nobody")
    assert (code, "there is no account nobody" in said) == (2, True)
    code, _, said = ask("add", root, "omar", "--role", "liaison", "--password-stdin", typed=PASSWORD)
    assert (code, "party" in said) == (2, True)


@pytest.fixture
def read(root: Path) -> Path:
    """A workspace of which two people have read seven times."""
    file = AccountFile(root)
    people = [file.add(name, Role.MONITOR, now=FIRST) for name in ("amina", "omar")]
    for number in range(7):
        kinds = ("reporters", "confidential") if number % 2 else ("patrol_plans",)
        what = f"/api/v1/observations?page={number}"
        file.record_reading(people[number == 3], kinds, what, now=FIRST + timedelta(hours=number))
    file.close()
    return root


def pages(ask: Any, *arguments: object) -> list[list[int]]:
    """The numbers of the entries of each page."""
    found: list[list[int]] = []
    more: tuple[object, ...] = ()
    while True:
        code, out, _ = ask("readings", *arguments, *more, "--json")
        assert code == 0
        page = json.loads(out)
        found.append([one["seq"] for one in page["items"]])
        if page["next"] is None:
            return found
        more = ("--before", page["next"])


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (("--limit", 3), [[7, 6, 5], [4, 3, 2], [1]]),
        (("--limit", 7), [[7, 6, 5, 4, 3, 2, 1]]),
        (("--account", "omar"), [[4]]),
        (("--kind", "reporters"), [[6, 4, 2]]),
        (("--since", "2026-03-02"), [[7, 6, 5, 4, 3, 2, 1]]),  # the day began at 21:00 UTC
        (("--since", "2026-03-02T01:30:00Z", "--limit", 2), [[7, 6], [5, 4]]),
        (("--since", "2026-03-03"), [[]]),
    ],
)
def test_readings_are_listed_newest_first_in_pages_and_filtered(
    read: Path, ask: Any, options: tuple[object, ...], expected: list[list[int]]
) -> None:
    assert pages(ask, read, *options) == expected


def test_readings_are_a_table_for_people_which_says_how_to_see_more(read: Path, ask: Any) -> None:
    code, out, said = ask("readings", read, "--limit", 1)
    assert (code, "amina" in out, "patrol_plans" in out) == (0, True, True)
    assert "--before 7" in said


@pytest.mark.parametrize("wrong", [("--kind", "secrets"), ("--account", "nobody"), ("--since", "lately")])
def test_what_is_asked_wrongly_of_the_readings_is_refused(
    read: Path, ask: Any, wrong: tuple[str, str]
) -> None:
    code, out, said = ask("readings", read, *wrong)
    assert (code, out, wrong[1] in said) == (2, "", True)


def test_a_reading_that_was_changed_is_told_and_fails_the_command(read: Path, ask: Any) -> None:
    with closing(sqlite3.connect(read / ACCOUNTS)) as file:
        file.execute("DROP TRIGGER reading_stays")
        file.execute("UPDATE reading SET what = 'nothing' WHERE seq = 5")
        file.commit()
    code, out, said = ask("readings", read, "--json")
    assert (code, json.loads(out)["first_bad"]) == (3, 5)
    assert "no. 5" in said
