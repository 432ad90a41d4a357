"""What a report of a withdrawal is about: whose it is, and whether forces or weapons have left."""

from __future__ import annotations

import numpy as np

from truceline.accord.weapons import PERSONNEL
from truceline.assess.case import Case
from truceline.assess.columns import Floats, Rows


def claimed_for(case: Case, rows: Rows, provision: str, parties: tuple[str, ...]) -> Floats:
    """Per row P(the withdrawal reported is that of these parties).

    It is theirs where the report names the provision, or names them as those who act or are acted upon. A
    report that names only somebody else says whose word it is, not whose withdrawal: the ruleset's share.
    """
    share = np.full(len(rows), case.ruleset.unspecified_claim)
    named = np.maximum(
        case.authors.p_named(case.evidence.actor_lists, parties, rows),
        case.authors.p_named(case.evidence.target_lists, parties, rows),
    )
    others = frozenset(
        party.id for party in case.accord.parties if party.id not in case.authors.everyone_under(parties)
    )
    # Where the report names a target that is somebody else, it is about them.
    elsewhere = case.authors.p_named(case.evidence.target_lists, tuple(others), rows)
    share = np.maximum(share * (1.0 - elsewhere), named)
    codes, values = case.evidence.codes_at("subject", rows)
    about = np.array([value == provision for value in values] + [False], dtype=bool)[codes]
    share[about] = 1.0
    other_provisions = {p.id for p in case.accord.provisions} - {provision}
    elsewhere_bound = np.array([value in other_provisions for value in values] + [False], dtype=bool)[codes]
    share[elsewhere_bound] = 0.0
    return share


def concerns_forces(case: Case, rows: Rows) -> Floats:
    """Per row P(forces have left): 1 where it names personnel, 0 where it names weapons, else the share."""
    codes, values = case.evidence.codes_at("weapon_class", rows)
    shares = [1.0 if value == PERSONNEL else 0.0 for value in values]
    share: Floats = np.array([*shares, case.ruleset.unspecified_claim])[codes]
    return share


def whole(case: Case, rows: Rows) -> Floats:
    """1 for rows that speak of the withdrawal as a whole, 0 for those about single or counted weapons."""
    serials, _ = case.evidence.codes_at("serial", rows)
    counted = np.isfinite(case.evidence.numbers("count")[rows])
    share: Floats = (~((serials >= 0) | counted)).astype(np.float64)
    return share
