"""From the status of an obligation to the scale of the Peace Accords Matrix (Kroc Institute).

The Matrix codes the implementation of a provision from 0 (no implementation), 1 (minimal) and 2
(intermediate) to 3 (full). A status does not always decide the code; then it is given as the range that the
status allows. The scale: Joshi, Quinn and Regan, Journal of Peace Research 52(4), 2015,
doi:10.1177/0022343314567486. The mapping is ours: docs/reference/assessment.md.
"""

from __future__ import annotations

from dataclasses import dataclass

from truceline.assess import Obligation, Status

NONE, MINIMAL, INTERMEDIATE, FULL = range(4)


@dataclass(frozen=True, slots=True)
class PamCode:
    """The least and the greatest code that the status allows (None: nothing is coded), and why."""

    least: int | None
    most: int | None
    why: str

    @property
    def code(self) -> int | None:
        """The code, where the status decides it."""
        return self.least if self.least == self.most else None


def pam_of(obligation: Obligation) -> PamCode:
    """The code of an obligation, by its status and, where there is a ledger, by how much of it is done."""
    status = obligation.status
    if status in (Status.MET, Status.MET_LATE):
        return PamCode(FULL, FULL, "done")
    if status == Status.HOLDING:
        return PamCode(FULL, FULL, "a standing obligation without a confirmed breach")
    if status == Status.NOT_DUE:
        return PamCode(None, None, "nothing is owed yet: the Matrix codes it once it is")
    if status == Status.UNVERIFIED:
        return PamCode(None, None, "the Matrix codes what was observed, and the evidence does not suffice")
    done = share_done(obligation)
    if status == Status.IN_PROGRESS:
        if done is None:
            return PamCode(MINIMAL, INTERMEDIATE, "in progress; how far nothing counts")
        return _once(INTERMEDIATE if done >= 0.5 else MINIMAL, f"{done:.0%} of the declared inventory")
    if status == Status.OVERDUE:
        if done is None:
            return PamCode(NONE, INTERMEDIATE, "overdue; progress is for a person to judge")
        level = NONE if done == 0 else INTERMEDIATE if done >= 0.5 else MINIMAL
        return _once(level, f"overdue, {done:.0%} of the declared inventory")
    if status == Status.BREACHED:
        return PamCode(NONE, INTERMEDIATE, "breached; how much still holds is for a person to judge")
    return PamCode(NONE, FULL, "disputed: for a person to judge")


def _once(level: int, why: str) -> PamCode:
    return PamCode(level, level, why)


def share_done(obligation: Obligation) -> float | None:
    """The share of the declared weapons that are in storage or were seen to leave; None without a ledger."""
    ledger = obligation.details.get("ledger")
    declared = sum(int(entry["declared"]) for entry in ledger or ())
    if not declared:
        return None
    done = sum(min(max(entry["stored"], entry["left"]), entry["declared"]) for entry in ledger or ())
    return float(done) / declared
