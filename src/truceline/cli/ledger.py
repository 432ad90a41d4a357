"""``ledger``: what was declared, stored, verified as left, seen and missing of every party's weapons."""

from __future__ import annotations

import typer
from rich.markup import escape
from rich.table import Table

from truceline.accord.model import Accord
from truceline.accord.model.base import name_in
from truceline.accord.weapons import label
from truceline.app.ledger import ledger_in
from truceline.assess.weapons_ledger import WeaponsLedger
from truceline.cli.assess import AsOf, KnownAt, ReadingId, RulesetName, WorkspaceFolder, moments
from truceline.cli.output import Json, print_json, reports_errors, stdout
from truceline.core.instants import isoformat_utc
from truceline.store.workspace import Workspace

app = typer.Typer()

COLUMNS = {
    "declared": "declared",
    "verified": "verified",
    "seen": "seen",
    "in violation": "seen_in_violation",
    "missing": "missing",
    "open": "unaccounted",
}
CONFLICTS = {
    "two_parties": "is reported as a weapon of more than one party",
    "seen_after_stored": "was seen after it had been stored",
}


@app.command()
@reports_errors
def ledger(
    workspace: WorkspaceFolder,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    reading: ReadingId = None,
    ruleset: RulesetName = "v1",
    as_json: Json = False,
) -> None:
    """Says of every party's weapons, by class, how many were declared, stored, seen and are missing.

    Each weapon is counted once, by its serial number where there is one; what reports of one serial number
    contradict is listed. `seen_in_violation` counts those seen where a provision forbids them, after its
    deadline.

    Example: `truceline ledger idlib --as-of 2018-10-31`
    """
    opened = Workspace.open(workspace)
    at, known = moments(opened, as_of, known_at)
    found = ledger_in(opened, as_of=at, known_at=known, reading=reading, ruleset=ruleset)
    if as_json:
        print_json(found.as_dict())
    else:
        _show(found, opened.accord())


def _show(found: WeaponsLedger, accord: Accord) -> None:
    stdout.print(
        f"As of {isoformat_utc(found.as_of)}, known at {isoformat_utc(found.known_at)}", markup=False
    )
    if not found.lines:
        stdout.print("No report speaks of weapons of a party.")
    else:
        table = Table("party", "class")
        for heading in COLUMNS:
            table.add_column(heading, justify="right", no_wrap=True)
        names = {party.id: name_in(party.names, "en") for party in accord.parties}
        for line in found.lines:
            told = line.as_dict()
            table.add_row(
                escape(names.get(line.entry.party, line.entry.party)),
                escape(label(line.entry.weapon_class)),
                *(str(told[name]) if told[name] else "" for name in COLUMNS.values()),
            )
        stdout.print(table)
    for one in found.conflicts:
        serial = f"Serial number {one.serial} ({label(one.weapon_class)})"
        stdout.print(
            f"{serial} {CONFLICTS[one.kind]}: {', '.join(one.evidence)}", markup=False, soft_wrap=True
        )
    if found.unowned:
        stdout.print(
            f"Reports of weapons that name no party: {', '.join(found.unowned)}", markup=False, soft_wrap=True
        )
