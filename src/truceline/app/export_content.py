"""What a workspace holds, gathered for one edition of a data product."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from truceline import __version__
from truceline.accord.effective import effective
from truceline.accord.model.base import name_in
from truceline.app.accounts import names_key
from truceline.app.actors import matches_known
from truceline.app.drawn import geometry_at
from truceline.app.incidents import incidents_in
from truceline.app.ingest import count_names
from truceline.app.judgements import judgements_in
from truceline.app.patrol_kept import told_counts
from truceline.app.subjects import confirmations_in
from truceline.assess.explain import Inquiry
from truceline.assess.readings import rival_readings
from truceline.assess.route_states import route_states
from truceline.assess.weapons_ledger import weapons_ledger
from truceline.core.errors import InvalidInput, NotFound
from truceline.core.instants import parse_instant, zone_of
from truceline.core.messages import LANGUAGES
from truceline.evidence.history import current
from truceline.evidence.permissions import EDITION_ROLES, Reader, visible
from truceline.evidence.statements import proposals_of
from truceline.products.export.about import About
from truceline.products.export.content import Content
from truceline.products.export.drawn import lines_table, routes_table, zones_table
from truceline.products.export.layers import LAYERS, OBSERVATIONS
from truceline.products.export.observations import ObservationRows
from truceline.products.export.verdicts import (
    corrections_table,
    effort_table,
    obligations_table,
    patrols_table,
    weapons_table,
)
from truceline.store.workspace import Workspace, digest_of


@dataclass(frozen=True, slots=True)
class ExportRequest:
    """What is asked of a data product. Dates are text as the user gave it: a day or an ISO 8601 instant.

    Without `known_at` everything recorded counts, up to the last record; without `as_of` it is that
    instant: the same record gives the same product. `layers` are those that are wanted; empty: all of the
    edition. `language` is that of names, reasons and the words about layers and columns. `now` is for tests.
    """

    as_of: str | None = None
    known_at: str | None = None
    reading: str | None = None
    edition: str = "internal"
    layers: tuple[str, ...] = ()
    standing_only: bool = False
    ruleset: str = "v1"
    language: str = "en"
    now: datetime | None = None


def content_of(workspace: Workspace, request: ExportRequest) -> Content:
    """Gathers the layers that are asked for. What the edition must not hold is left out here, before
    anything is assessed or drawn from it. Raises InvalidInput, NotFound, and what reading the workspace
    raises."""
    reader = reader_of(request.edition)
    wanted = [layer.id for layer in LAYERS if layer.id in request.layers or not request.layers]
    wanted = [layer.id for layer in LAYERS if layer.id in wanted and layer.open_to(reader)]
    gathered = _Gathered(workspace, request, reader)
    tables = {id: gathered.table(id) for id in wanted if id != OBSERVATIONS.id}
    if request.language not in LANGUAGES:
        raise InvalidInput(f"language: found {request.language!r}; accepted: {', '.join(LANGUAGES)}")
    content = Content(
        gathered.about(), reader, gathered.rows, tables, OBSERVATIONS.id in wanted, request.language
    )
    counts = {id: table.num_rows for id, table in tables.items()}
    if content.with_observations:
        counts = {OBSERVATIONS.id: sum(gathered.rows.number_by_shape().values())} | counts
    return replace(content, about=replace(content.about, layers=counts))


def reader_of(edition: str) -> Reader:
    """Whose rights an edition has. Raises InvalidInput."""
    if edition not in EDITION_ROLES:
        raise InvalidInput(f"edition: found {edition!r}; accepted: {', '.join(EDITION_ROLES)}")
    return Reader(EDITION_ROLES[edition])


class _Gathered:
    """A workspace's contents as one reader may know them."""

    def __init__(self, workspace: Workspace, request: ExportRequest, reader: Reader) -> None:
        self.workspace, self.request, self.reader = workspace, request, reader
        self.accord = workspace.accord()
        zone = zone_of(self.accord.accord.time_zone)
        now = request.now or datetime.now(UTC)
        asked = parse_instant(request.known_at, zone, field="known-at") if request.known_at else None
        with workspace.store(read_only=True) as store:
            if asked is None:
                asked = _last_recorded(store)
            self.known_at = reader.known_at(asked, now)
            observations = store.observations(self.known_at)
            statements = tuple(store.statements(self.known_at))
            with store.log() as log:
                self.origin, self.head = log.origin, log.head()
            # Who may see what is decided by all that is recorded, also after the known-at.
            shown = visible(
                observations, store.corrections(), reader, now=now, key=b"", exact_places=True
            ).observations
            self.actors = matches_known(self.accord, store, list(count_names(shown)), self.known_at)
            self.judgements = judgements_in(store, statements, self.origin, self.known_at)
        self.as_of = parse_instant(request.as_of, zone, field="as-of") if request.as_of else self.known_at
        self.zone = zone
        self.shown, self.statements = shown, statements
        self.standing = effective(self.accord, at=self.as_of, reading=request.reading)
        linked = not request.layers or set(request.layers) & {
            "observations",
            "obligations",
            "routes",
            "weapons",
        }
        self.incidents = (
            incidents_in(self.accord, shown, self.actors, known_at=self.known_at, judgements=self.judgements)
            if linked
            else None
        )
        renames = not (reader.exact and request.edition == "internal")
        self.rows = ObservationRows(
            table=shown,
            reader=reader,
            now=now,
            key=names_key(workspace) if renames else b"",
            known_at=self.known_at,
            actors=self.actors,
            judgements=self.judgements,
            incidents=self.incidents,
            standing_only=request.standing_only,
        )
        self._inquiry: Inquiry | None = None

    @property
    def geometry(self) -> Any:
        return geometry_at(self.accord, self.workspace.root, self.as_of, self.request.reading, self.known_at)

    @property
    def inquiry(self) -> Inquiry:
        """The assessment, from what the reader may see and nothing else."""
        if self._inquiry is None:
            signed = tuple(proposals_of(self.statements, self.origin, as_of=self.as_of).values())
            reading, root = self.request.reading, self.workspace.root
            self._inquiry = Inquiry(
                accord=self.accord,
                geometry=self.geometry,
                observations=self.shown,
                as_of=self.as_of,
                known_at=self.known_at,
                actors=self.actors,
                ruleset=self.request.ruleset,
                reading=reading,
                geometries={
                    other.id: geometry_at(self.accord, root, self.as_of, other.id, self.known_at)
                    for other in rival_readings(self.accord, reading)
                },
                incidents=self.incidents,
                language=self.request.language,
                designated=signed,
                confirmations=confirmations_in(
                    self.accord, root, self.workspace.accord_text(), signed,
                    as_of=self.as_of, known_at=self.known_at, reading=reading,
                ),
                judgements=self.judgements,
            )  # fmt: skip
        return self._inquiry

    def table(self, layer: str) -> pa.Table:
        reader, language = self.reader, self.request.language
        makers: dict[str, Callable[[], pa.Table]] = {
            "zones": lambda: zones_table(self.standing, self.geometry, reader, language),
            "lines": lambda: lines_table(self.standing, self.geometry, reader, language),
            "routes": lambda: routes_table(
                self.standing, self.geometry, route_states(self.inquiry.bench.case), reader, language
            ),
            "obligations": lambda: obligations_table(
                self.inquiry.assessment, self.standing, reader, language, self.rows.shown
            ),
            "effort": lambda: effort_table(
                current(self.shown, self.known_at, self.judgements.corrections), reader, self.zone
            ),
            "patrols": lambda: patrols_table(self.inquiry.assessment, self._counted(), reader),
            "weapons": lambda: weapons_table(
                weapons_ledger(self.inquiry.bench.case), reader, self.rows.shown
            ),
            "corrections": lambda: corrections_table(
                self.judgements.known(self.known_at).corrections, reader
            ),
        }
        return makers[layer]()

    def _counted(self) -> Sequence[dict[str, Any]]:
        """The counts of verifications of tracks that were kept by the known-at."""
        zone = self.zone
        return [
            found
            for found in told_counts(self.workspace.root)
            if parse_instant(str(found.get("kept_at")), zone, field="kept_at") <= self.known_at
        ]

    def about(self) -> About:
        accord = self.accord.accord
        return About(
            accord=accord.id,
            title=name_in(accord.title, self.request.language),
            accord_version=accord.version,
            accord_sha256=digest_of(self.workspace.accord_path),
            time_zone=accord.time_zone,
            edition=self.request.edition,
            as_of=self.as_of,
            known_at=self.known_at,
            reading=self.request.reading,
            ruleset=self.request.ruleset,
            software=f"truceline {__version__}",
            log_origin=self.origin,
            log_size=self.head.size,
            log_root=self.head.root.hex(),
            log_note=self.head.note,
            exact_places=self.reader.exact,
        )


def _last_recorded(store: Any) -> datetime:
    """The instant of the last record. Raises NotFound where there is none."""
    instants = [one.recorded_at for one in store.ingests()]
    instants += [one.recorded_at for one in store.accord_versions()]
    instants += [one.recorded_at for one in (*store.statements(), *store.corrections(), *store.case_steps())]
    newest = pc.max(store.observations()["recorded_at"]).as_py()
    instants += [newest] if newest else []
    if not instants:
        raise NotFound(f"{store.name} holds no record", hint="make it with truceline init")
    last: datetime = max(instants)
    return last.astimezone(UTC)
