"""A figure of a report, explained: how it was counted, from which observations, in which edition."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

from truceline.app.mission.files import MissionRequest, prepare
from truceline.core.errors import NotFound
from truceline.core.instants import isoformat_utc, zone_of
from truceline.core.messages import Messages
from truceline.evidence.permissions import EDITION_ROLES, Reader
from truceline.products.mission.facts import Figure
from truceline.store.workspace import Workspace

_ID = re.compile(r"report:(?P<edition>[a-z]+):(?P<kind>[a-z]+):(?P<moment>[0-9T-]+Z?):(?P<ref>.+)")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2069\\r\\n\\t]")
_INSTANT = re.compile(r"(\d{4}-\d\d-\d\d)T(\d\d)(\d\d)(\d\d)Z")


def as_written(id: str) -> str:
    """An id without what was copied with it: marks of direction, and places where a line may end."""
    return _INVISIBLE.sub("", id).strip()


def is_figure(id: str) -> bool:
    """Whether an id is that of a report's figure."""
    return _ID.fullmatch(id) is not None


def explain_figure(
    workspace: Workspace,
    id: str,
    *,
    known_at: datetime | None,
    reading: str | None,
    language: str = "en",
) -> dict[str, Any]:
    """The figure or figures that an id stands for, as plain JSON data.

    `known_at` (UTC) is the cut-off that the report names; without it everything recorded counts. Where the
    last part of the id names several figures (a row of a table), all of them are told. Raises NotFound.
    """
    parts = _ID.fullmatch(id)
    if parts is None or parts["edition"] not in EDITION_ROLES:
        raise NotFound(f"{id!r} is the identifier of no figure of a report")
    # A report with delay names what it knew; what is recorded later up to its delay did not count.
    reader = Reader(EDITION_ROLES[parts["edition"]])
    now = None if known_at is None else known_at + reader.delay
    moment = _INSTANT.sub(r"\1T\2:\3:\4Z", parts["moment"])
    request = MissionRequest(
        period=parts["kind"],
        as_of=moment,
        reading=reading,
    )
    prepared = prepare(workspace.root, request, exactly=now)
    facts = prepared.facts(parts["edition"], language, reading)
    ref = parts["ref"]
    found = [one for name, one in facts.figures.items() if name == ref or name.startswith(f"{ref}/")]
    if not found:
        near = ", ".join(sorted(facts.figures)[:5])
        raise NotFound(f"the report {facts.id} has no figure {ref!r}", hint=f"it has {near} and others")
    zone = zone_of(prepared.gathered.accord.accord.time_zone)
    periods = prepared.periods
    return {
        "id": id,
        "type": "figure",
        "report": facts.id,
        "edition": facts.edition,
        "period": {"from": isoformat_utc(periods.now.start), "to": isoformat_utc(periods.now.end)},
        "period_before": None
        if periods.before is None
        else {"from": isoformat_utc(periods.before.start), "to": isoformat_utc(periods.before.end)},
        "time_zone": zone.key,
        "known_at": isoformat_utc(facts.report.snapshots[-1].known_at),
        "figures": [_told(one, language) for one in found],
    }


def _told(one: Figure, language: str) -> dict[str, Any]:
    value = int(one.value) if one.value == int(one.value) else one.value
    return {
        "figure": one.id,
        "value": value,
        "counted": Messages("mission", language).say(one.how),
        "observations": list(one.observations),
    }
