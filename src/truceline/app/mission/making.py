"""From an edition of a workspace to the facts of its report."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pyarrow as pa
import pyarrow.compute as pc

from truceline.accord.acts import label
from truceline.app.mission.editions import Edition
from truceline.app.report import cases_at
from truceline.app.report_inputs import in_language
from truceline.app.report_snapshots import Assessor, snapshots_at
from truceline.assess.publish import NOTABLE, last_published
from truceline.core.instants import zone_of
from truceline.evidence.disputes import Dispute
from truceline.evidence.permissions import Kind
from truceline.evidence.records import Publication
from truceline.products.mission.build import Given, build_facts
from truceline.products.mission.facts import Changed, Disputed, Facts, LogHead, Published, Stand
from truceline.products.mission.periods import Periods, id_of
from truceline.products.report.build import build_report
from truceline.products.report.content import Snapshot
from truceline.products.report.wording import Wording


def facts_of(
    edition: Edition,
    periods: Periods,
    *,
    language: str,
    reading: str | None,
    publications: tuple[Publication, ...],
    head: LogHead | None,
) -> Facts:
    """The facts of a period (UTC) in one edition, with names in one language."""
    gathered = in_language(edition.gathered, language)
    zone = zone_of(gathered.accord.accord.time_zone)
    assessor = Assessor(gathered)
    as_of = periods.now.end
    dates = [as_of] if periods.before is None else [periods.now.start, as_of]
    snapshots = snapshots_at(assessor, dates, reading, zone)
    accord, geometry = assessor.standing(as_of, reading), assessor.geometry(as_of, reading)
    in_period = edition.shown.filter(_within(edition.shown, periods.now.start, as_of))
    surroundings = gathered.surroundings
    if not edition.reader.may(Kind.REPORTERS):
        surroundings = replace(surroundings, inputs=())
    report = build_report(
        accord,
        geometry,
        snapshots,
        in_period,
        replace(surroundings, incident_of=edition.incident_of, comparison=None, draft_questions=()),
        cases=cases_at(gathered, as_of, language),
        language=language,
        most_rows=max(in_period.num_rows, 1),
    )
    report = replace(report, data_current_to=_newest(edition.shown, as_of))
    party_of = {name: match.party for name, match in gathered.actors.items() if match.party is not None}
    return build_facts(
        Given(
            id=id_of(edition.id, periods.kind, as_of, zone),
            accord=accord,
            geometry=geometry,
            report=report,
            shown=edition.shown,
            reader=edition.reader,
            edition=edition.id,
            periods=periods,
            zone=zone,
            incident_of=edition.incident_of,
            party_of=party_of,
            disputed=tuple(_disputes(edition, zone, language)),
            published=_published(publications, snapshots[-1]),
            head=head,
        )
    )


def _within(rows: pa.Table, start: datetime, end: datetime) -> pa.ChunkedArray:
    began = rows["occurred_from"]
    kind = pa.timestamp("us", tz="UTC")
    return pc.and_(pc.greater_equal(began, pa.scalar(start, kind)), pc.less(began, pa.scalar(end, kind)))


def _newest(rows: pa.Table, as_of: datetime) -> datetime | None:
    before = rows.filter(pc.less(rows["occurred_from"], pa.scalar(as_of, pa.timestamp("us", tz="UTC"))))
    newest: datetime | None = pc.max(before["occurred_from"]).as_py()
    return newest


def _disputes(edition: Edition, zone: ZoneInfo, language: str) -> list[Disputed]:
    """The disputes that somebody's position stands in, and whose target this reader may see."""
    found = []
    for dispute in edition.gathered.judgements.disputes.values():
        title = _title(edition, dispute, zone, language)
        if not dispute.stands or title is None:
            continue
        reasons = edition.reader.may(Kind.CORRECTIONS)
        stands = tuple(
            Stand(
                act=position.correction.act,
                party=position.correction.party or "",
                when=position.correction.recorded_at,
                signed=position.signed,
                reason=position.correction.reason if reasons else None,
            )
            for position in dispute.positions
            if position.counts
        )
        target = edition.names.get(dispute.target, dispute.target)
        found.append(Disputed(target=target, subject=dispute.subject, title=title, positions=stands))
    return found


def _title(edition: Edition, dispute: Dispute, zone: ZoneInfo, language: str) -> str | None:
    """What is disputed, as this reader may know it: an obligation's id, or words for an observation or a
    finding; None where the reader may not know of it."""
    if dispute.subject == "obligation":
        return dispute.target
    wording = Wording(language, zone)
    if dispute.subject == "finding":
        return wording.messages_of("mission").say("dispute-finding", {"case": dispute.target})
    shown = edition.names.get(dispute.target)
    row = pc.index(edition.shown["id"], shown).as_py() if shown else -1
    if row < 0:
        return None
    start, end = (edition.shown[name][row].as_py() for name in ("occurred_from", "occurred_to"))
    return wording.messages_of("mission").say(
        "dispute-observation",
        {"day": wording.span(start, end), "what": label(edition.shown["kind"][row].as_py(), language)},
    )


def _published(publications: tuple[Publication, ...], now: Snapshot) -> Published | None:
    """What differs from the publication recorded last."""
    last = last_published(publications)
    if last is None:
        return None
    before: dict[str, dict[str, Any]] = {one["id"]: one for one in json.loads(last.content)["obligations"]}
    changed = []
    for one in now.assessment.obligations:
        old = before.get(one.id)
        same = (
            old and old["status"] == str(one.status) and abs(old["probability"] - one.probability) < NOTABLE
        )
        if not same:
            changed.append(
                Changed(
                    id=one.id,
                    before=(old["status"], old["probability"]) if old else None,
                    now=(str(one.status), one.probability),
                )
            )
    return Published(id=last.id, recorded_at=last.recorded_at, sha256=last.sha256, changed=tuple(changed))
