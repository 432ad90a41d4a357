"""The assessments of a report: one per date, and beside each the verdicts under rival readings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pyarrow.compute as pc

from truceline.accord.effective import effective
from truceline.accord.geometry import AccordGeometry
from truceline.accord.model import Accord
from truceline.app.drawn import geometry_at
from truceline.app.report_inputs import Gathered
from truceline.app.subjects import confirmations_in
from truceline.assess import Assessment, Obligation, assess
from truceline.assess.readings import rival_readings
from truceline.core.instants import end_of_day, isoformat_utc
from truceline.evidence.history import current
from truceline.evidence.statements import proposals_of
from truceline.products.report.content import Contribution, Factor, ReadingVerdict, Snapshot

MOST_DEFAULT_DATES = 6


@dataclass(frozen=True, slots=True)
class Assessor:
    """Assesses one workspace at many dates and under many readings."""

    gathered: Gathered

    def standing(self, as_of: datetime, reading: str | None) -> Accord:
        """The accord as it stands at an instant under a reading. Raises InvalidInput for an unknown one."""
        return effective(self.gathered.accord, at=as_of, reading=reading)

    def geometry(self, as_of: datetime, reading: str | None) -> AccordGeometry:
        """The geometry of the accord as it stands."""
        gathered = self.gathered
        return geometry_at(gathered.accord, gathered.root, as_of, reading, gathered.known_at)

    def assess(self, as_of: datetime, reading: str | None) -> Assessment:
        """The assessment at an instant, as known at the gathered known-at."""
        gathered = self.gathered
        signed = tuple(proposals_of(gathered.statements, gathered.log_origin, as_of=as_of).values())
        return assess(
            gathered.accord,
            self.geometry(as_of, reading),
            gathered.observations,
            actors=gathered.actors,
            as_of=as_of,
            known_at=gathered.known_at,
            reading=reading,
            incidents=gathered.incidents,
            judgements=gathered.judgements,
            language=gathered.language,
            designated=signed,
            confirmations=confirmations_in(
                gathered.accord,
                gathered.root,
                gathered.accord_text,
                signed,
                as_of=as_of,
                known_at=gathered.known_at,
                reading=reading,
            ),
            geometries={
                other.id: self.geometry(as_of, other.id) for other in rival_readings(gathered.accord, reading)
            },
        )


def default_dates(assessor: Assessor, reading: str | None, zone: ZoneInfo) -> list[datetime]:
    """Every deadline up to the newest report that stands, and that report's day; the latest few of them.

    Where there is no evidence: every deadline; where there is no deadline either, the day of the last record.
    """
    newest = _newest(assessor)
    last = newest_day(assessor, zone)
    dues = {o.due for o in assessor.assess(last, reading).obligations if o.due is not None}
    found = sorted({due for due in dues if newest is None or due <= last} | ({last} if newest else set()))
    return (found or [last])[-MOST_DEFAULT_DATES:]


def _newest(assessor: Assessor) -> datetime | None:
    gathered = assessor.gathered
    standing = current(gathered.observations, gathered.known_at, gathered.judgements.corrections)
    newest: datetime | None = pc.max(standing["occurred_from"]).as_py()
    return newest


def newest_day(assessor: Assessor, zone: ZoneInfo) -> datetime:
    """The end of the day of the newest report that stands; of the last record where there is no report."""
    return _day_end(_newest(assessor) or assessor.gathered.known_at, zone)


def _day_end(instant: datetime, zone: ZoneInfo) -> datetime:
    return end_of_day(instant.astimezone(zone).date(), zone)


def snapshots_at(
    assessor: Assessor, dates: Sequence[datetime], reading: str | None, zone: ZoneInfo
) -> tuple[Snapshot, ...]:
    """One snapshot per distinct date, in order; `key` is the day whose end it is, or the instant in UTC."""
    return tuple(
        Snapshot(
            key=_key(as_of, zone),
            assessment=assessment,
            contributions={o.id: _contributions(o) for o in assessment.obligations},
            readings=_rivals(assessor, assessment, reading),
        )
        for as_of in sorted(set(dates))
        for assessment in (assessor.assess(as_of, reading),)
    )


def _key(as_of: datetime, zone: ZoneInfo) -> str:
    day = as_of.astimezone(zone).date() - timedelta(days=1)
    return day.isoformat() if end_of_day(day, zone) == as_of else isoformat_utc(as_of)


def _contributions(obligation: Obligation) -> tuple[Contribution, ...]:
    return tuple(
        Contribution(
            observation=found["observation"],
            probability=found["probability"],
            factors=tuple(Factor(name=name, probability=value) for name, value in found["factors"].items()),
            against=found["against"],
        )
        for found in obligation.details.get("contributions", ())
    )


def _rivals(
    assessor: Assessor, assessment: Assessment, reading: str | None
) -> dict[str, tuple[ReadingVerdict, ...]]:
    accord = assessor.gathered.accord
    touched = {id for obligation in assessment.obligations for id in obligation.reading_dependent}
    rivals = {other.id for other in rival_readings(accord, reading)}
    found: dict[str, list[ReadingVerdict]] = {}
    for interpretation in accord.interpretations:
        if interpretation.id not in touched:
            continue
        for other in interpretation.readings:
            under = assessor.assess(assessment.as_of, other.id) if other.id in rivals else assessment
            for obligation in assessment.obligations:
                verdict = under.obligation(obligation.id)
                if interpretation.id in obligation.reading_dependent and verdict is not None:
                    found.setdefault(obligation.id, []).append(
                        ReadingVerdict(
                            question=interpretation.question,
                            reading=other.id,
                            text=other.text,
                            status=str(verdict.status),
                            probability=verdict.probability,
                            proposition=verdict.proposition,
                            assessed=other.id not in rivals,
                        )
                    )
    return {id: tuple(verdicts) for id, verdicts in found.items()}
