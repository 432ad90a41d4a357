"""What an alert tells of: the observations and changes of status since it told of something last."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pyarrow.compute as pc

from truceline.accord.acts import label
from truceline.accord.model import Accord
from truceline.accord.model.base import name_in
from truceline.app.desk.desk import Desk
from truceline.app.desk.verdicts import Asked, assessment_for
from truceline.core.instants import isoformat_utc
from truceline.core.messages import Messages
from truceline.evidence.permissions import Kind, Reader
from truceline.store.accounts import Alert

MOST_LINES = 20
"""Of one message; how many more there are is said."""

Statuses = Mapping[str, str]


def standing(desk: Desk, reader: Reader, *, statuses: bool) -> tuple[int, Statuses]:
    """How many observations the record has, and how each obligation stands to a reader (if it is asked)."""
    rows = int(desk.now().observations.num_rows)
    if not statuses or not reader.may(Kind.VERDICTS):
        return rows, {}
    found = assessment_for(desk, reader, Asked())
    return rows, {one["id"]: one["status"] for one in found["obligations"]}


def messages_since(alert: Alert, desk: Desk, reader: Reader, now: Statuses) -> list[tuple[str, str]]:
    """Titles and texts of what is new to an alert, in its language; `now` is how obligations stand."""
    accord = desk.now().accord
    title = name_in(accord.accord.title, alert.language)
    texts = []
    if "entry" in alert.events:
        texts.append(_entries(alert, desk, reader, accord))
    if "status" in alert.events:
        for id, status in now.items():
            before = alert.told_statuses.get(id)
            if before is not None and before != status:
                texts.append(status_words(accord, alert.language, id, before, status))
    return [(title, text) for text in texts if text]


def status_words(accord: Accord, language: str, id: str, before: str, after: str) -> str:
    """The sentence that an obligation's status has changed."""
    say = Messages("assess", language).say
    provision = accord.provision(id)
    name = name_in(provision.title, language) if provision is not None and provision.title else id
    was, is_now = (say(f"status-{status.replace('_', '-')}") for status in (before, after))
    return Messages("alerts", language).say("alert-status", {"name": name, "before": was, "after": is_now})


def _entries(alert: Alert, desk: Desk, reader: Reader, accord: Accord) -> str:
    """A line for each observation in one of the alert's zones that was recorded since and counts."""
    recorded = desk.now().observations["id"]
    new = recorded.slice(max(alert.told_rows, 0))
    if not len(new):
        return ""
    view = desk.view(reader)
    fresh = pc.is_in(view.ids, value_set=new.combine_chunks()).to_numpy(zero_copy_only=False)
    fresh &= view.standing
    zone_of = np.full(len(view), -1)
    zones = [id for id in view.zones if not alert.zones or id in alert.zones]
    for number, id in reversed(list(enumerate(zones))):  # the first that it is in is named
        zone_of[view.zone_mask(id)] = number
    rows = np.flatnonzero(fresh & (zone_of >= 0))
    say = Messages("alerts", alert.language).say
    lines = []
    for row, values in zip(rows[:MOST_LINES], view.take(rows[:MOST_LINES]), strict=True):
        id = zones[int(zone_of[row])]
        zone = accord.zone(id)
        told = {
            "kind": label(str(values["kind"]), alert.language),
            "zone": name_in(zone.names, alert.language) if zone else id,
            "at": isoformat_utc(values["occurred_from"]),
            "id": str(values["id"]),
        }
        lines.append(say("alert-entry", told))
    if len(rows) > MOST_LINES:
        lines.append(say("alert-more", {"count": len(rows) - MOST_LINES}))
    return "\n".join(lines)
