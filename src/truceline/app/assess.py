"""From a workspace to an assessment, and to what explains it."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pyarrow.compute as pc

from truceline.accord.effective import effective
from truceline.accord.geometry import AccordGeometry, resolve_geometry
from truceline.accord.model import Accord
from truceline.app.actors import matches_known
from truceline.app.ingest import count_names
from truceline.app.zone_cache import remembered
from truceline.assess import Assessment
from truceline.assess.explain import Inquiry, explain
from truceline.assess.readings import rival_readings
from truceline.assess.ruleset import ruleset_for
from truceline.assess.sources import Sources
from truceline.evidence.linking import link_incidents
from truceline.evidence.linking.agreement import parties_of
from truceline.evidence.ports import current
from truceline.store.workspace import Workspace

LINK_AT_MOST = 200_000
"""Rows up to which reports are linked into incidents when an assessment is asked for; beyond, only reports
that say the same thing are counted as one, and nothing else changes."""


def inquire(
    workspace: Workspace,
    *,
    as_of: datetime,
    known_at: datetime,
    reading: str | None = None,
    ruleset: str = "v1",
    language: str = "en",
) -> Inquiry:
    """Reads what an assessment needs: the accord, its geometry under each reading, evidence and names.

    Raises InvalidInput for an unknown reading, and what reading the workspace raises.
    """
    accord = workspace.accord()
    effective(accord, at=as_of, reading=reading)
    with workspace.store(read_only=True) as store:
        observations = store.observations(known_at)
        actors = matches_known(accord, store, list(count_names(observations)), known_at)
    standing = current(observations, known_at)
    sources = Sources(accord, ruleset_for(ruleset, accord.verification))
    groups = {name: sources.group_of(name) for name in pc.unique(standing["source"]).to_pylist()}
    incidents = (
        link_incidents(standing, parties=parties_of(accord, actors), source_groups=groups)
        if standing.num_rows <= LINK_AT_MOST
        else None
    )
    drawn = _Drawn(accord, workspace.root, as_of)
    return Inquiry(
        accord=accord,
        geometry=drawn.under(reading),
        observations=observations,
        as_of=as_of,
        known_at=known_at,
        actors=actors,
        ruleset=ruleset,
        reading=reading,
        geometries={rival.id: drawn.under(rival.id) for rival in rival_readings(accord, reading)},
        incidents=incidents,
        language=language,
    )


def assess_workspace(workspace: Workspace, **asked: Any) -> Assessment:
    """The state of every obligation; arguments as for `inquire`."""
    return inquire(workspace, **asked).assessment


def explain_in_workspace(workspace: Workspace, id: str, **asked: Any) -> dict[str, Any]:
    """What an id stands for and why; arguments as for `inquire`. Raises NotFound."""
    return explain(inquire(workspace, **asked), id)


class _Drawn:
    """The geometry under each reading, derived again only where what is drawn differs."""

    def __init__(self, accord: Accord, root: Path, as_of: datetime) -> None:
        self.accord, self.root, self.as_of = accord, root, as_of
        self.day = as_of.astimezone(ZoneInfo(accord.accord.time_zone)).date()
        self._known: list[tuple[tuple[object, ...], AccordGeometry]] = []

    def under(self, reading: str | None) -> AccordGeometry:
        """The geometry of the accord as it stands at the as-of under a reading."""
        accord = effective(self.accord, at=self.as_of, reading=reading)
        what = _drawn_by(accord)
        for known, geometry in self._known:
            if known == what:
                return geometry
        versions = any(line.version_of for line in accord.lines)
        geometry = resolve_geometry(
            accord, self.root, on=self.day if versions else None, derive=remembered(self.root)
        )
        self._known.append((what, geometry))
        return geometry


def _drawn_by(accord: Accord) -> tuple[object, ...]:
    """Everything that the geometry of an accord is drawn from."""
    provisions = [
        (p.id, getattr(p, "geometry", None), getattr(p, "band", None), getattr(p, "bands", None))
        for p in accord.provisions
    ]
    return accord.lines, accord.zones, accord.places, provisions
