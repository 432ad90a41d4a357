"""Verification: somebody monitors or verifies; shown by the hours that they observed."""

from __future__ import annotations

from functools import partial

import numpy as np

from truceline.accord.model import Verification
from truceline.assess import reasons
from truceline.assess.assessment import Obligation
from truceline.assess.case import Case
from truceline.assess.columns import Floats, Rows
from truceline.assess.delivery import Delivery, deliver
from truceline.assess.findings import Finding
from truceline.assess.states import State
from truceline.assess.times import Deadline, Window

SHOWS = ("observation_effort", "withdrawal_verified", "patrol")


def judge(case: Case, provision: Verification, parties: tuple[str, ...], id: str) -> Obligation:
    """The verdict: whether the named verifiers (`parties`) are at work."""
    window = case.window(provision)
    found = case.finding(
        case.evidence.rows_of(SHOWS),
        {
            "time": partial(window.share, case.evidence),
            "verifier": lambda rows: _by_verifier(case, parties, rows),
        },
    )
    deadline = case.deadline(provision)
    continuing = deadline.due is None
    if continuing:
        deadline = Deadline(window.start)
    share = found.probability
    return deliver(
        case,
        provision,
        Delivery(
            id,
            "verification",
            found,
            Finding(),
            # The hours of others do not show that the named verifiers were at work: no effort here.
            progress=share >= case.ruleset.possible,
            continuing=continuing,
            done_message="verification-reports",
            last=tuple(reasons.kept_out(case, case.effort(None, Window(window.start, case.as_of)))),
            state=State(share, 0.0, 1.0 - share),
            backing=found.sources,
            details={"by": list(parties)},
        ),
        deadline,
    )


def _by_verifier(case: Case, parties: tuple[str, ...], rows: Rows) -> Floats:
    """P(the report is of the verifier's own work): it names them, or it is their own report."""
    share = case.authors.p_named(case.evidence.actor_lists, parties, rows)
    under = case.authors.everyone_under(parties)
    codes, values = case.evidence.codes_at("source", rows)
    own = [
        1.0 if value in under or (case.authors.party_of(value)[0] or "") in under else 0.0 for value in values
    ]
    result: Floats = np.maximum(share, np.array([*own, 0.0])[codes])
    return result
