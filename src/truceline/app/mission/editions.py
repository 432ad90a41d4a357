"""What one edition of a report may hold of a workspace, by the permission matrix.

A report is made from what its reader may see and nothing else, so that nothing has to be hidden afterwards:
verdicts from the rows that are open to the reader, shown rows with places as cells and reporters withheld.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import pyarrow as pa
import pyarrow.compute as pc

from truceline.app.accounts import names_key
from truceline.app.incidents import incidents_in
from truceline.app.report_inputs import Gathered
from truceline.core.errors import InvalidInput
from truceline.evidence.history import current, known_by
from truceline.evidence.permissions import EDITION_ROLES, Kind, Reader, visible
from truceline.store.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Edition:
    """One edition: its reader, what verdicts are reached from, and what may be shown.

    `shown` are the standing rows as the reader may see them, `names` their shown ids by recorded id.
    """

    id: str
    reader: Reader
    gathered: Gathered
    shown: pa.Table
    names: Mapping[str, str]
    incident_of: Mapping[str, str]


def edition_of(workspace: Workspace, gathered: Gathered, id: str) -> Edition:
    """The edition of that name (``public``, ``parties`` or ``internal``) of what was gathered.

    Nothing is newer than the gathered known-at, less the reader's delay. Raises InvalidInput.
    """
    if id not in EDITION_ROLES:
        raise InvalidInput(f"edition: found {id!r}; accepted: {', '.join(EDITION_ROLES)}")
    reader = Reader(EDITION_ROLES[id])
    now = gathered.known_at
    known = reader.known_at(None, now)
    corrections = gathered.judgements.corrections
    judged = gathered.judgements.known(known)
    # The internal edition changes no id, and needs no key.
    key = b"" if reader.exact and reader.may(Kind.REPORTERS) else names_key(workspace)
    held = known_by(gathered.observations, now)
    base = visible(held, corrections, reader, now=now, key=key, exact_places=True).observations
    told = visible(held, corrections, reader, now=now, key=key)
    names = told.names()
    standing = current(base, known, judged.corrections)["id"].combine_chunks()
    shown = told.observations.filter(pc.is_in(told.ids, value_set=standing))
    incidents = (
        gathered.incidents
        if base.num_rows == gathered.observations.num_rows
        else incidents_in(gathered.accord, base, gathered.actors, judgements=judged)
    )
    incident_of: dict[str, str] = {}
    if incidents is not None:
        pairs = zip(incidents.observations.to_pylist(), incidents.ids.to_pylist(), strict=True)
        incident_of = {names[row]: incident for row, incident in pairs if row in names}
    mine = replace(gathered, observations=base, known_at=known, incidents=incidents, judgements=judged)
    return Edition(id, reader, mine, shown, names, incident_of)
