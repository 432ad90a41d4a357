"""Patrols: carried out from a day on, so many times a period, jointly, in coordination or separately.

A reported patrol is a report, not proof; that none is reported is no breach. P(fulfilled) is the chance that
every party bound has patrolled, times the share of the promised number that is reported.
"""

from __future__ import annotations

from datetime import timedelta
from functools import partial

import numpy as np

from truceline.accord.model import Patrols
from truceline.assess.assessment import Obligation, Reason
from truceline.assess.case import Case
from truceline.assess.columns import Rows
from truceline.assess.delivery import Delivery, deliver
from truceline.assess.findings import Factor, Finding
from truceline.assess.places import Region
from truceline.assess.states import State
from truceline.assess.times import Deadline, Window
from truceline.assess.words import probability
from truceline.core.figures import Written

_PERIOD_DAYS = {"day": 1.0, "week": 7.0, "month": 30.4375}


def judge(case: Case, provision: Patrols, parties: tuple[str, ...], id: str) -> Obligation:
    """The verdict for `parties`, who are to patrol."""
    window = case.window(provision)
    region = _region(case, provision)
    each = {party: _patrolled(case, window, region, (party,)) for party in parties}
    overall = _patrolled(case, window, region, parties)
    by_all = float(np.prod([f.probability for f in each.values()])) if each else overall.probability
    promised = _promised(provision, window)
    counted = {party: _distinct_patrols(finding) for party, finding in each.items()}
    share = 1.0
    if promised and counted:
        share = min(min(counted.values()) / promised, 1.0)
    elif promised:
        share = min(_distinct_patrols(overall) / promised, 1.0)
    done = by_all * share
    refused = _in_area(case, case.evidence.rows_by_id(["patrol_refused"]), region, window)
    # From its start on, patrolling is due all the time; the start is what can be missed.
    deadline = case.deadline(provision)
    continuing = deadline.due is None
    if continuing:
        deadline = Deadline(window.start)
    return deliver(
        case,
        provision,
        Delivery(
            id,
            "patrols",
            overall,
            Finding(),
            region,
            progress=overall.probability >= case.ruleset.possible,
            first=tuple(_in_words(case, provision, each, counted, promised, refused)),
            continuing=continuing,
            done_message="patrol-reports",
            # Patrols that nobody reported may have been made: what is not reported stays open.
            state=State(done, 0.0, (1.0 - done) * (share if promised and overall.reports else 1.0)),
            details={
                "promised": round(promised, 1) if promised else None,
                "reported": {party: round(n, 3) for party, n in counted.items()},
                "proven": {party: _proven(case, finding) for party, finding in each.items()},
                "mode": provision.mode,
                "together": int(_together(case, overall, parties)),
                "refused": len(refused),
            },
        ),
        deadline,
    )


def _region(case: Case, provision: Patrols) -> Region | None:
    if provision.zone:
        return case.places.zone(provision.zone)
    return case.places.along(provision.line) if provision.line else None


def _patrolled(case: Case, window: Window, region: Region | None, parties: tuple[str, ...]) -> Finding:
    factors: dict[str, Factor] = {
        "time": partial(window.share, case.evidence),
        "party": lambda rows: case.by(rows, parties),
        "inside": lambda rows: case.inside(region, rows),
    }
    return case.finding(case.evidence.rows_of(["patrol"]), factors)


def _in_area(case: Case, rows: Rows, region: Region | None, window: Window) -> Rows:
    rows = rows[window.share(case.evidence, rows) >= 0.5]
    return rows[case.inside(region, rows) >= 0.5]


def _promised(provision: Patrols, window: Window) -> float:
    if provision.frequency is None or window.start is None or window.end is None:
        return 0.0
    elapsed = max((window.end - window.start) / timedelta(days=1), 0.0)
    return provision.frequency.times * elapsed / _PERIOD_DAYS[provision.frequency.per]


def _distinct_patrols(finding: Finding) -> float:
    """The expected number of patrols: each incident once, by its strongest report."""
    return finding.expected


def _proven(case: Case, finding: Finding) -> int:
    """How many of the patrols reported are shown by a track (``truceline patrol verify``), not only told."""
    if not finding.reports:
        return 0
    codes, values = case.evidence.codes_at("method", finding.rows)
    by_track = np.array([value == "track" for value in values] + [False], dtype=bool)[codes]
    return len(np.unique(finding.incident[by_track]))


def _together(case: Case, finding: Finding, parties: tuple[str, ...]) -> int:
    if len(parties) < 2 or not finding.reports:
        return 0
    named = [case.authors.p_named(case.evidence.actor_lists, (p,), finding.rows) > 0.5 for p in parties]
    return int(np.logical_and.reduce(named).sum())


def _in_words(
    case: Case,
    provision: Patrols,
    each: dict[str, Finding],
    counted: dict[str, float],
    promised: float,
    refused: Rows,
) -> list[Reason]:
    words = case.words
    reasons: list[Reason] = []
    if promised:
        reported = min(counted.values(), default=0.0)
        reasons.append(
            words.reason("patrols-promised", promised=round(promised), reported=Written(reported, 1))
        )
    silent = [party for party, finding in each.items() if finding.probability < case.ruleset.possible]
    if silent and len(silent) < len(each):
        reasons.append(words.reason("patrols-missing", missing=words.names(silent)))
    for party, finding in each.items():
        if finding.reports:
            reasons.append(
                words.reason(
                    "patrols-by", case.evidence.ids(finding.rows[:20]), who=words.name(party),
                    probability=probability(finding.probability),
                )
            )  # fmt: skip
    proven = sum(_proven(case, finding) for finding in each.values())
    if proven:
        reasons.append(words.reason("patrols-proven", count=proven))
    if provision.mode in ("joint", "coordinated"):
        reasons.append(words.reason(f"patrols-{provision.mode}"))
    if len(refused):
        reasons.append(words.reason("patrols-refused", case.evidence.ids(refused[:200]), count=len(refused)))
    return reasons
