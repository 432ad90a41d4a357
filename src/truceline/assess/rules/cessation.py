"""Cessation: no military action by the parties bound, in the area, while it holds."""

from __future__ import annotations

import numpy as np

from truceline.accord.model import Cessation
from truceline.assess.assessment import Obligation
from truceline.assess.case import Case
from truceline.assess.columns import Rows
from truceline.assess.scope import acts_of, reach
from truceline.assess.standing import has_begun, not_begun, standing


def judge(case: Case, provision: Cessation, parties: tuple[str, ...], id: str) -> Obligation:
    """The verdict for `parties`, of those whom the provision binds (none named: everybody)."""
    window = case.window(provision)
    if not has_begun(case, window):
        return not_begun(case, provision, id, "cessation", window)
    region = case.places.named(provision.area) if provision.area else None
    factors = reach(
        case, provision, parties=parties, region=region, window=window, protects=provision.protects
    )
    rows = case.present(acts_of(provision, provision.acts), region, window)
    finding = case.finding(rows, factors)
    return standing(
        case, provision, finding, id=id, kind="cessation", region=region, window=window,
        details=_counts(case, finding.rows),
    )  # fmt: skip


def _counts(case: Case, rows: Rows) -> dict[str, object]:
    # One report may be of many incidents ("at least 50 air strikes"): it stays one report, and says so.
    named = np.nan_to_num(case.evidence.numbers("count")[rows], nan=0.0)
    many = named > 1
    return {"reports_of_many": int(many.sum()), "incidents_named": int(named[many].sum())}
