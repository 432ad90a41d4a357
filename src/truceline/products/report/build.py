"""From the accord, its geometry, assessments and observations to a report's content. Reads no clock."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from truceline import __version__
from truceline.accord.geometry import AccordGeometry
from truceline.accord.model import Accord, Provision
from truceline.accord.model.base import name_in
from truceline.draft.comparison import Comparison
from truceline.evidence.history import current
from truceline.products.report.basemap import read_basemap
from truceline.products.report.content import (
    CaseContent,
    InputFile,
    OpenPoint,
    ProvisionContent,
    Question,
    ReadingContent,
    Report,
    SignedContent,
    Snapshot,
    StatementContent,
)
from truceline.products.report.depth_audits import depth_audits
from truceline.products.report.evidence import MOST_ROWS, evidence_rows, shown
from truceline.products.report.ground import Basemap, MapContent
from truceline.products.report.map_content import (
    band_shapes,
    bounds_of,
    line_shapes,
    route_shapes,
    with_places,
    zone_shapes,
)
from truceline.products.report.patrols import PatrolContent
from truceline.products.report.texts import quoted, source_texts


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What a report shows besides the verdict: texts of the sources by id, names of actors, files.

    `actor_names` says how to show a name of the evidence; `incident_of` maps observations to incidents;
    `disputed` are those that somebody objects to.
    """

    texts: Mapping[str, str] = field(default_factory=dict)
    actor_names: Mapping[str, str] = field(default_factory=dict)
    incident_of: Mapping[str, str] = field(default_factory=dict)
    disputed: frozenset[str] = frozenset()
    comparison: Comparison | None = None
    draft_questions: tuple[OpenPoint, ...] = ()
    inputs: tuple[InputFile, ...] = ()
    basemap: Path | None = None


def build_report(
    accord: Accord,
    geometry: AccordGeometry,
    snapshots: Sequence[Snapshot],
    observations: pa.Table,
    surroundings: Surroundings,
    *,
    cases: tuple[CaseContent, ...] = (),
    patrols: tuple[PatrolContent, ...] = (),
    language: str = "en",
    most_rows: int = MOST_ROWS,
) -> Report:
    """The content of a report over `snapshots`, which are put in order of their as-of. It holds at most
    `most_rows` observations."""
    ordered = tuple(sorted(snapshots, key=lambda snapshot: snapshot.as_of))
    rows = evidence_rows(
        shown(observations, _cited(ordered), most_rows),
        language=language,
        actor_names=surroundings.actor_names,
        incident_of=surroundings.incident_of,
        disputed=surroundings.disputed,
        reliability_of={
            name: source.reliability
            for source in accord.verification.sources
            for name in (source.id, *source.names)
        },
    )
    bounds = bounds_of(accord, geometry, rows)
    ground = read_basemap(surroundings.basemap, bounds, language) if surroundings.basemap else Basemap()
    head = accord.accord
    first = ordered[0].assessment if ordered else None
    thresholds = accord.verification.thresholds
    return Report(
        title=name_in(head.title, language),
        accord_id=head.id,
        accord_version=head.version,
        accord_status=head.status,
        party_names={party.id: name_in(party.names, language) for party in accord.parties},
        signed=head.signed,
        time_zone=head.time_zone,
        language=language,
        generator=f"Truceline {__version__}",
        data_current_to=_data_current_to(observations),
        ruleset=first.ruleset if first else "",
        reading=first.reading if first else None,
        thresholds=(thresholds.probable, thresholds.confirmed),
        provisions=tuple(
            _provision(provision, accord, surroundings.texts, language) for provision in accord.provisions
        ),
        snapshots=ordered,
        evidence=rows,
        evidence_total=observations.num_rows,
        map=MapContent(
            bounds=bounds,
            lines=line_shapes(accord, geometry, language),
            zones=(*zone_shapes(accord, geometry, language), *band_shapes(accord, geometry, language)),
            routes=route_shapes(accord, geometry, language, ordered),
            basemap=with_places(ground, accord, geometry, language),
        ),
        audits=depth_audits(accord, geometry, language),
        comparison=surroundings.comparison,
        draft_questions=surroundings.draft_questions,
        questions=tuple(_questions(accord, language)),
        statements=tuple(
            StatementContent(
                speaker=party_name(accord, statement.speaker, language),
                stance=str(statement.stance),
                exact=statement.quote.exact,
            )
            for statement in accord.statements
        ),
        sources=source_texts(accord, surroundings.texts, language),
        inputs=surroundings.inputs,
        signatures=_signatures(accord, ordered, language),
        cases=cases,
        patrols=patrols,
    )


def _signatures(accord: Accord, snapshots: Sequence[Snapshot], language: str) -> tuple[SignedContent, ...]:
    """How what is in use at the last date is confirmed; nothing where nobody has signed anything."""
    found = snapshots[-1].assessment.confirmations if snapshots else ()
    if all(one.state == "unconfirmed" for one in found):
        return ()

    def names(ids: Iterable[str]) -> tuple[str, ...]:
        return tuple(party_name(accord, id, language) for id in ids)

    return tuple(
        SignedContent(
            name=name_in(accord.accord.title, language)
            if one.kind == "accord"
            else _name_of(accord, one.id, language),
            kind=one.kind,
            state=one.state,
            signed=names(one.consented_by),
            missing=names(one.missing),
            objecting=names(one.objected_by),
            digest=one.digest or "",
        )
        for one in found
    )


def party_name(accord: Accord, id: str, language: str) -> str:
    """The party's name in that language; the id itself where it is no party's."""
    party = accord.party(id)
    return name_in(party.names, language) if party else id


def _cited(snapshots: Iterable[Snapshot]) -> set[str]:
    return {
        id
        for snapshot in snapshots
        for obligation in snapshot.assessment.obligations
        for id in (*obligation.evidence, *obligation.counter_evidence)
    }


def _data_current_to(observations: pa.Table) -> datetime | None:
    """When the newest observation that stands began."""
    latest: datetime | None = pc.max(current(observations)["occurred_from"]).as_py()
    return latest


def _bound(provision: Provision) -> tuple[str, ...]:
    """Everybody whom a provision binds, by id: its parties, and those that its kind names."""
    named: list[str] = list(provision.parties)
    for attribute in ("by", "groups"):
        named.extend(getattr(provision, attribute, ()))
    return tuple(dict.fromkeys(named))


def _provision(
    provision: Provision, accord: Accord, texts: Mapping[str, str], language: str
) -> ProvisionContent:
    sources = {source.id: source for source in accord.sources}
    return ProvisionContent(
        id=provision.id,
        kind=provision.kind,
        title=name_in(provision.title, language) if provision.title else None,
        parties=tuple(party_name(accord, id, language) for id in _bound(provision)),
        quotes=tuple(
            quoted(quote, sources.get(quote.source), texts.get(quote.source), language)
            for quote in provision.quotes
        ),
        due_words=provision.due.text if provision.due else None,
        condition=provision.condition,
        depends_on=provision.depends_on,
        exemptions=tuple(exemption.text for exemption in provision.exemptions),
        note=provision.note,
    )


def _name_of(accord: Accord, id: str, language: str) -> str:
    """What the accord calls one of its parts: a provision by its title, a zone, line or party by its name."""
    for _, _, part, found in accord.parts():
        names = getattr(part, "title", None) or getattr(part, "names", None)
        if found == id and names:
            name = name_in(names, language)
            return name[:1].upper() + name[1:]
    return id


def _questions(accord: Accord, language: str) -> Iterable[Question]:
    for interpretation in accord.interpretations:
        yield Question(
            id=interpretation.id,
            question=interpretation.question,
            about=tuple(dict.fromkeys(_name_of(accord, id, language) for id in interpretation.about)),
            readings=tuple(
                ReadingContent(
                    id=reading.id,
                    text=reading.text,
                    held_by=tuple(party_name(accord, who, language) for who in reading.held_by),
                    adopted=reading.id == interpretation.adopted,
                )
                for reading in interpretation.readings
            ),
        )
