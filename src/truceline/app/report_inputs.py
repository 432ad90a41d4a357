"""What a report needs of a workspace, read once: accord, evidence, names, texts, files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from truceline.accord.load import load_accord
from truceline.accord.model import Accord
from truceline.app.actors import matches_known
from truceline.app.incidents import incidents_in
from truceline.app.ingest import count_names
from truceline.app.judgements import judgements_in
from truceline.core.errors import NotFound
from truceline.draft.comparison import compare
from truceline.evidence.actors import ActorMatch
from truceline.evidence.judgements import Judgements
from truceline.evidence.linking import Incidents
from truceline.evidence.ports import IngestRecord
from truceline.evidence.statements import Statement
from truceline.products.report.build import Surroundings, party_name
from truceline.products.report.content import InputFile, OpenPoint
from truceline.store.workspace import ACCORD, Workspace, digest_of

DRAFT = "draft.yaml"
BASEMAP = "basemap"


@dataclass(frozen=True, slots=True)
class Gathered:
    """A workspace's contents as known at an instant (UTC). `observations` hold superseded rows as well."""

    root: Path
    accord: Accord
    accord_text: str
    observations: pa.Table
    statements: tuple[Statement, ...]
    log_origin: str
    actors: Mapping[str, ActorMatch]
    known_at: datetime
    incidents: Incidents | None
    judgements: Judgements
    language: str
    surroundings: Surroundings


def gather(
    workspace: Workspace,
    accord: Accord,
    *,
    known_at: datetime | None,
    language: str,
    draft: Path | None,
    basemap: Path | None,
) -> Gathered:
    """Reads the workspace. Without `known_at` everything recorded counts, up to the last record.

    Raises NotFound for a draft or basemap that was named and does not exist, and what reading them raises.
    """
    with workspace.store(read_only=True) as store:
        observations = store.observations(known_at)
        ingests = store.ingests(known_at)
        actors = matches_known(accord, store, list(count_names(observations)), known_at)
        statements = tuple(store.statements(known_at))
        with store.log() as log:
            origin = log.origin
        judgements = judgements_in(store, statements, origin, known_at)
        instants = [record.recorded_at for record in ingests]
        instants += [version.recorded_at for version in store.accord_versions(known_at)]
        instants += [statement.recorded_at for statement in statements]
        instants += [one.recorded_at for one in judgements.corrections]
        instants += [step.recorded_at for step in judgements.steps]
    recorded = pc.max(observations["recorded_at"]).as_py()
    latest = max([*instants, *([recorded] if recorded else [])], default=None)
    known = known_at or latest
    if known is None:
        raise NotFound(f"{workspace.root} holds no record", hint="make it with truceline init")
    incidents = incidents_in(accord, observations, actors, judgements=judgements)
    drafted = _named_or_beside(draft, workspace.root / DRAFT, "draft")
    ground = _named_or_beside(basemap, workspace.root / BASEMAP, "basemap")
    draft_accord = load_accord(drafted) if drafted else None
    return Gathered(
        root=workspace.root,
        accord=accord,
        accord_text=workspace.accord_text(),
        observations=observations,
        statements=statements,
        log_origin=origin,
        actors=actors,
        known_at=known,
        incidents=incidents,
        judgements=judgements,
        language=language,
        surroundings=Surroundings(
            texts=_texts(accord, workspace.root),
            actor_names=_actor_names(accord, actors, language),
            incident_of=_incident_of(incidents),
            disputed=frozenset(id for id, one in judgements.disputes.items() if one.objections),
            comparison=compare(draft_accord, accord) if draft_accord else None,
            draft_questions=_open_points(draft_accord) if draft_accord else (),
            inputs=(_accord_file(workspace), *_files(observations, ingests)),
            basemap=ground,
        ),
    )


def in_language(gathered: Gathered, language: str) -> Gathered:
    """The same contents, with names in another language."""
    names = _actor_names(gathered.accord, gathered.actors, language)
    return replace(
        gathered, language=language, surroundings=replace(gathered.surroundings, actor_names=names)
    )


def _actor_names(accord: Accord, actors: Mapping[str, ActorMatch], language: str) -> dict[str, str]:
    return {
        name: party_name(accord, match.party, language)
        for name, match in actors.items()
        if match.party is not None
    }


def _open_points(draft: Accord) -> tuple[OpenPoint, ...]:
    points: dict[str, list[str]] = {}
    for question in draft.questions:
        points.setdefault(question.why, []).extend([question.provision] if question.provision else [])
    return tuple(OpenPoint(why=why, provisions=tuple(ids)) for why, ids in points.items())


def _incident_of(incidents: Incidents | None) -> dict[str, str]:
    if incidents is None:
        return {}
    return dict(zip(incidents.observations.to_pylist(), incidents.ids.to_pylist(), strict=True))


def _named_or_beside(named: Path | None, usual: Path, what: str) -> Path | None:
    if named is not None and not named.exists():
        raise NotFound(f"{what}: {named} does not exist")
    return named or (usual if usual.exists() else None)


def _texts(accord: Accord, root: Path) -> dict[str, str]:
    texts = {}
    for source in accord.sources:
        if source.file is None or not (root / source.file).is_file():
            continue
        try:
            # newline="" keeps every code point where the quotes count it.
            with (root / source.file).open(encoding="utf-8", newline="") as file:
                texts[source.id] = file.read()
        except UnicodeDecodeError:
            continue  # a PDF or DOCX: its quotes carry their own surroundings
    return texts


def _accord_file(workspace: Workspace) -> InputFile:
    return InputFile(name=ACCORD, sha256=digest_of(workspace.accord_path))


def _files(observations: pa.Table, ingests: list[IngestRecord]) -> list[InputFile]:
    files = {record.origin.sha256: record.origin.file for record in ingests}
    grouped = observations.group_by(["origin_sha256", "source", "synthetic"]).aggregate([("id", "count")])
    rows: dict[str, int] = {}
    sources: dict[str, set[str]] = {}
    synthetic: dict[str, bool] = {}
    for group in grouped.to_pylist():
        sha256 = group["origin_sha256"] or ""
        rows[sha256] = rows.get(sha256, 0) + group["id_count"]
        sources.setdefault(sha256, set()).add(group["source"])
        synthetic[sha256] = synthetic.get(sha256, True) and group["synthetic"]
    return [
        InputFile(
            name=name,
            sha256=sha256,
            rows=rows.get(sha256, 0),
            sources=tuple(sorted(sources.get(sha256, ()))),
            synthetic=synthetic.get(sha256, False),
        )
        for sha256, name in sorted(files.items(), key=lambda item: (item[1], item[0]))
    ]
