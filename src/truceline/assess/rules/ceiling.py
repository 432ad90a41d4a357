"""Ceiling: at most so many men or weapons of a class in a band or zone, per party.

Counts reported for one day at different places add up; reports of one place and day are of the same men or
weapons, and the most probable of the highest counts. P(count > maximum) on a day is that of the sum of the
true reports; the ceiling was exceeded as surely as on the surest day, because the same forces are there on
many days.
"""

from __future__ import annotations

from datetime import timedelta

import numpy as np

from truceline.accord.model import Ceiling
from truceline.accord.weapons import PERSONNEL
from truceline.assess.assessment import Obligation
from truceline.assess.case import Case
from truceline.assess.columns import Floats, Rows, instant_of_us
from truceline.assess.findings import Finding, level_of
from truceline.assess.places import Region
from truceline.assess.scope import reach
from truceline.assess.standing import has_begun, not_begun, standing
from truceline.assess.words import probability

_DAY_US = 86_400_000_000
_STEPS = 512


def judge(case: Case, provision: Ceiling, parties: tuple[str, ...], id: str) -> Obligation:
    """The verdict for `parties`; each of them has the whole maximum to itself."""
    window = case.window(provision)
    if not has_begun(case, window):
        return not_begun(case, provision, id, "ceiling", window)
    region = _region(case, provision, parties)
    men = provision.counted.weapon_class == PERSONNEL
    factors = reach(
        case, provision, parties=parties, region=region, window=window,
        weapons=() if men else (provision.counted,),
    )  # fmt: skip
    kinds = ("troop_count", "presence_report") if men else ("weapon_sighting",)
    rows = case.evidence.rows_of(kinds)
    rows = rows[case.evidence.numbers("count")[rows] > 0]
    seen = case.finding(rows, factors)
    day, exceeded, highest = _surest_day(case, seen, provision.maximum)
    finding = _narrowed(case, seen, day, exceeded)
    first = [
        case.words.reason(
            "ceiling-counts", case.evidence.ids(finding.rows[:200]), maximum=f"{provision.maximum:g}",
            unit=provision.unit or case.words.say("unit-men" if men else "unit-weapons"),
            highest=f"{highest:g}", probability=probability(exceeded),
        )
    ]  # fmt: skip
    return standing(
        case, provision, finding, id=id, kind="ceiling", region=region, window=window,
        first=first if seen.reports else (), message="ceiling-reports",
        details={"maximum": provision.maximum, "highest_counted": highest, "p_exceeded": round(exceeded, 6)},
    )  # fmt: skip


def _region(case: Case, provision: Ceiling, parties: tuple[str, ...]) -> Region | None:
    if provision.zone:
        return case.places.zone(provision.zone)
    if provision.band:
        return case.places.band(provision.id, parties)
    return None


def _surest_day(case: Case, seen: Finding, maximum: float) -> tuple[int, float, float]:
    """The day (since 1970) on which the maximum was most probably exceeded, that probability, and the
    highest sum of counts reported for one day."""
    if not seen.reports:
        return 0, 0.0, 0.0
    evidence = case.evidence
    days = evidence.start_us[seen.rows] // _DAY_US
    counts = evidence.numbers("count")[seen.rows]
    lon, lat = (
        np.nan_to_num(evidence.numbers(name)[seen.rows], nan=999.0).round(2) for name in ("lon", "lat")
    )
    best = (int(days.min()), 0.0)
    highest = 0.0
    for day in np.unique(days).tolist():
        at = np.flatnonzero(days == day)
        chances, totals = _per_place(counts[at], seen.p[at], lon[at], lat[at])
        highest = max(highest, float(totals))
        if totals > maximum:
            p = _p_sum_exceeds(chances, maximum)
            if p > best[1]:
                best = (day, p)
    return best[0], best[1], highest


def _per_place(
    counts: Floats, p: Floats, lon: Floats, lat: Floats
) -> tuple[list[list[tuple[float, float]]], float]:
    """Per place the reported counts with their probabilities, highest first, and the sum of the highest."""
    places: dict[tuple[float, float], list[tuple[float, float]]] = {}
    for count, share, x, y in zip(counts.tolist(), p.tolist(), lon.tolist(), lat.tolist(), strict=True):
        places.setdefault((x, y), []).append((count, share))
    ordered = [sorted(reports, reverse=True) for _, reports in sorted(places.items())]
    return ordered, sum(reports[0][0] for reports in ordered)


def _p_sum_exceeds(places: list[list[tuple[float, float]]], maximum: float) -> float:
    """P(sum over places > maximum): at each place the highest true report counts, else nothing."""
    # Sums are kept on a grid; a count is rounded down to it, so that the probability is never overstated.
    step = max(maximum / _STEPS, 1e-9) if maximum > _STEPS else 1.0
    size = int(maximum // step) + 1
    below = np.zeros(size)
    below[0] = 1.0
    for reports in places:
        mixed = np.zeros(size)
        left = 1.0
        for count, share in reports:
            shift = int(count // step)
            if shift < size:
                mixed[shift:] += left * share * below[: size - shift]
            left *= 1.0 - share
        below = mixed + left * below
    return float(np.clip(1.0 - below.sum(), 0.0, 1.0))


def _narrowed(case: Case, seen: Finding, day: int, exceeded: float) -> Finding:
    """The finding that the maximum was exceeded, from the reports of the surest day."""
    if exceeded <= 0.0:
        return Finding()
    at = case.evidence.start_us[seen.rows] // _DAY_US == day
    rows: Rows = seen.rows[at]
    group, names = case.sources.groups_at(case.evidence, rows)
    strength = {
        name: float(seen.p[at][group == i].max()) for i, name in enumerate(names) if (group == i).any()
    }
    sources = tuple(name for name, p in strength.items() if p >= case.ruleset.support)
    since = instant_of_us(day * _DAY_US)
    return Finding(
        exceeded, level_of(exceeded, len(sources), case.ruleset), rows, seen.p[at],
        seen.factors, seen.incident[at],
        len(np.unique(seen.incident[at])), float(seen.p[at].sum()), sources, strength,
        since, since + timedelta(days=1),
    )  # fmt: skip
