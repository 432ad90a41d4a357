"""Schemathesis asks every endpoint, as every role, what the OpenAPI document allows and what it does not.

Each role has a mission of its own on a real socket, so that what one writes does not get in another's way.
All of Schemathesis' phases (examples, coverage of every constraint, generated requests, sequences of calls)
and checks; left out, with their reasons, is what `EXCLUDED` and `NOT_CHECKED` name. Prints what is not as the
document says, and ends with 1 if anything is.

    .venv/bin/python benchmarks/api_contract.py --examples 100 --role monitor
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

REPOSITORY = Path(__file__).parents[1]
sys.path.insert(0, str(REPOSITORY / "tests" / "plugins"))

from served_mission import ROWS, WHO, Person, make_workspace, on_a_socket, serve  # noqa: E402

EXCLUDED = {
    "/api/v1/events": "its answer does not end",
    "/api/v1/session": "signing in and out would change who asks",
}
NOT_CHECKED = {
    "positive_data_acceptance": "ids, days and filters can be well formed and mean nothing here",
    "ignored_auth": "whoever has not signed in is the public, and is asked as a role of its own",
}


@contextmanager
def served(who: str) -> Iterator[tuple[str, Person]]:
    """A mission on a real socket, and the session of somebody."""
    with tempfile.TemporaryDirectory() as folder:
        mission = serve(make_workspace(Path(folder), ROWS))
        later = timedelta(days=10)
        mission.site.desk.clock = lambda: datetime.now(UTC) + later
        with on_a_socket(mission.app) as address:
            yield address, mission.person(who)
        mission.site.close()


def ask(who: str, examples: int, more: list[str]) -> int:
    """Lets Schemathesis ask as somebody; its exit code."""
    with served(who) as (address, person):
        command = [
            str(Path(sys.executable).with_name("schemathesis")), "run", f"{address}/api/v1/openapi.json",
            "--max-examples", str(examples), "--exclude-checks", ",".join(NOT_CHECKED),
            "--continue-on-failure", "--suppress-health-check", "all", "--warnings", "off",
            "--request-timeout", "60", "--seed", "1",
            *more,
        ]  # fmt: skip
        for path in EXCLUDED:
            command += ["--exclude-path", path]
        token = person.client.cookies.get("truceline_session")
        if token is not None:
            command += ["-H", f"Cookie: truceline_session={token}", "-H", f"X-CSRF-Token: {person.csrf}"]
        print(f"== as {who}", flush=True)
        return subprocess.run(command, check=False, cwd=tempfile.gettempdir()).returncode


def main() -> int:
    """Asks as each role that is named, or all."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--examples", type=int, default=100)
    options.add_argument("--role", action="append", choices=WHO)
    given, more = options.parse_known_args()
    codes = [ask(who, given.examples, more) for who in given.role or WHO]
    return max(codes)


if __name__ == "__main__":
    sys.exit(main())
