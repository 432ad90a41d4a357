"""The weapons ledger of a workspace."""

from __future__ import annotations

from typing import Any

from truceline.app.assess import inquire
from truceline.assess.weapons_ledger import WeaponsLedger, weapons_ledger
from truceline.store.workspace import Workspace


def ledger_in(workspace: Workspace, **asked: Any) -> WeaponsLedger:
    """The weapons of every party by class; arguments and errors as for `truceline.app.assess.inquire`."""
    return weapons_ledger(inquire(workspace, **asked).bench.case)
