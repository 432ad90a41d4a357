"""Compliance over time of several accords side by side: how many obligations stand how, at the same times."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from truceline.assess import Assessment, Obligation, Status
from truceline.core.instants import isoformat_utc
from truceline.products.comparison.caveats import Caveat
from truceline.products.export.pam import pam_of

FULFILLED = frozenset({Status.MET, Status.MET_LATE, Status.HOLDING})
FAILED = frozenset({Status.BREACHED, Status.OVERDUE})
OPEN = frozenset({Status.UNVERIFIED, Status.DISPUTED})
NOT_OWED = frozenset({Status.NOT_DUE, Status.IN_PROGRESS})


@dataclass(frozen=True, slots=True)
class Standing:
    """How one accord stands at one time. `days` are those since its signature (None: it has no day of
    signature).

    `owed` counts the obligations that are due or hold by then: `fulfilled`, `failed` and `open` are its
    parts. `pam_least` and `pam_most` are the means of the codes that their statuses allow; None where
    nothing is coded."""

    accord: str
    as_of: datetime
    days: int | None
    statuses: dict[str, int]
    by_kind: dict[str, dict[str, int]]
    owed: int
    fulfilled: int
    failed: int
    open: int
    coded: int
    pam_least: float | None
    pam_most: float | None
    effort_h: float
    observations: int

    def as_dict(self) -> dict[str, Any]:
        """As plain JSON data."""
        return {
            "accord": self.accord,
            "as_of": isoformat_utc(self.as_of),
            "days_since_signature": self.days,
            "statuses": self.statuses,
            "by_kind": self.by_kind,
            "owed": self.owed,
            "fulfilled": self.fulfilled,
            "failed": self.failed,
            "open": self.open,
            "pam": {"coded": self.coded, "least": self.pam_least, "most": self.pam_most},
            "effort_h": self.effort_h,
            "observations": self.observations,
        }


def standing_of(accord: str, assessment: Assessment, days: int | None) -> Standing:
    """How an accord stands by an assessment."""
    obligations = assessment.obligations
    codes = [pam_of(one) for one in obligations]
    coded = [(one.least, one.most) for one in codes if one.least is not None and one.most is not None]
    counted = Counter(str(one.status) for one in obligations)
    return Standing(
        accord=accord,
        as_of=assessment.as_of,
        days=days,
        statuses={status: counted[status] for status in Status if counted[status]},
        by_kind=_by_kind(obligations),
        owed=sum(one.status not in NOT_OWED for one in obligations),
        fulfilled=sum(one.status in FULFILLED for one in obligations),
        failed=sum(one.status in FAILED for one in obligations),
        open=sum(one.status in OPEN for one in obligations),
        coded=len(coded),
        pam_least=_mean([low for low, _ in coded]),
        pam_most=_mean([high for _, high in coded]),
        effort_h=round(max((one.effort_h for one in obligations), default=0.0), 3),
        observations=assessment.observations_considered,
    )


def _by_kind(obligations: Sequence[Obligation]) -> dict[str, dict[str, int]]:
    found: dict[str, Counter[str]] = {}
    for one in obligations:
        found.setdefault(one.kind, Counter())[str(one.status)] += 1
    return {kind: dict(sorted(counts.items())) for kind, counts in sorted(found.items())}


def _mean(numbers: Sequence[int]) -> float | None:
    return round(sum(numbers) / len(numbers), 4) if numbers else None


def caveats_of(rows: Sequence[Standing]) -> tuple[Caveat, ...]:
    """What stands against reading a table of accords as a ranking."""
    last: dict[str, Standing] = {}
    for row in rows:
        last[row.accord] = row
    unseen = [row.accord for row in last.values() if row.owed and row.open * 2 > row.owed]
    watched = [
        (
            "caveat-watched-one",
            {
                "accord": row.accord,
                "observations": (row.observations, 0),
                "hours": (row.effort_h, 0),
            },
        )
        for row in last.values()
    ]
    numbers = {
        row.accord: {"observations": row.observations, "effort_h": row.effort_h} for row in last.values()
    }
    said = [Caveat("not_alike", "not-alike"), Caveat("effort", "watched", numbers, {"each": watched})]
    if unseen:
        said.append(Caveat("open", "open", {"accords": unseen}, {"accords": unseen}))
    return (*said, Caveat("not_looked_at", "not-looked-at-accords"))
