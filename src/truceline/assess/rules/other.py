"""Anything else: kept with its quote, and with the reports that name it; nobody can judge it by rule."""

from __future__ import annotations

import numpy as np

from truceline.accord.model import Other
from truceline.assess import reasons
from truceline.assess.assessment import Obligation, Status
from truceline.assess.case import Case


def judge(case: Case, provision: Other, parties: tuple[str, ...], id: str) -> Obligation:
    """The verdict: not due before its deadline or start, disputed under an objection, else unverified."""
    del parties
    deadline = case.deadline(provision)
    start = case.start(provision)
    rows = case.evidence.rows_of(case.evidence.codes("kind")[1])
    codes, values = case.evidence.codes_at("subject", rows)
    about = rows[np.array([*(value == provision.id for value in values), False], dtype=bool)[codes]]
    ids = sorted(case.evidence.ids(about[: reasons.LISTED]))
    objections = case.objections(provision.id)
    waiting = (deadline.due is not None and not deadline.passed(case.as_of)) or (
        start is not None and start >= case.as_of
    )
    status = (
        Status.DISPUTED if len(objections) else Status.NOT_DUE if waiting and not ids else Status.UNVERIFIED
    )
    because = [
        *(reasons.deadline(case, deadline, provision.due) if provision.due else ()),
        *reasons.objected(case, objections),
        case.words.reason("no-rule", ids, count=len(ids)),
        *reasons.caveats(case, provision),
    ]
    prior = case.ruleset.prior
    return Obligation(
        id, "other", status, prior, "fulfilled", prior, 0.0, since=None, due=deadline.due,
        because=tuple(because), evidence=tuple(ids),
    )  # fmt: skip
