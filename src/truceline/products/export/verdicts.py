"""Obligations, effort, patrols, weapons and corrections as rows of their layers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any
from zoneinfo import ZoneInfo

import pyarrow as pa
import pyarrow.compute as pc

from truceline.accord.model import Accord
from truceline.accord.model.base import name_in
from truceline.assess import Assessment, Obligation
from truceline.assess.assessment import Reason
from truceline.assess.weapons_ledger import WeaponsLedger
from truceline.evidence.corrections import Correction
from truceline.evidence.permissions import Kind, Reader
from truceline.evidence.permissions.visible import coarsened
from truceline.products.export.drawn import table_of
from truceline.products.export.fields import GEOMETRY
from truceline.products.export.layers import CORRECTIONS, EFFORT, OBLIGATIONS, PATROLS, WEAPONS
from truceline.products.export.pam import pam_of

LISTED = 200
"""How many observations an obligation names."""

UNTOLD = frozenset(
    {
        "source", "names", "observers", "place", "near", "about", "author", "document", "reason", "case",
        "result", "text", "what",
    }
)  # fmt: skip
"""What a reason may say that tells who reported, or where: such reasons are left out where these are
hidden."""

_EFFORT = ("observation_effort", "access_refused", "access_delayed")


def obligations_table(
    assessment: Assessment, accord: Accord, reader: Reader, language: str, shown: Callable[[str], str]
) -> pa.Table:
    """Every obligation, each followed by its parts; `shown` gives the id under which an observation is
    shown."""
    rows = []
    for whole in assessment.obligations:
        provision = accord.provision(whole.id)
        title = name_in(provision.title, language) if provision and provision.title else whole.id
        bound = list(getattr(provision, "parties", ()) or getattr(provision, "by", ()))
        rows.append(_obligation(whole, None, title, bound, reader, shown))
        for part in whole.parts:
            who = part.id.partition("/")[2]
            party = accord.party(who)
            name = name_in(party.names, language) if party else who
            rows.append(_obligation(part, whole.id, f"{title} ({name})", [who], reader, shown))
    return table_of(OBLIGATIONS, reader, rows)


def _obligation(
    one: Obligation,
    part_of: str | None,
    title: str,
    bound: Sequence[str],
    reader: Reader,
    shown: Callable[[str], str],
) -> dict[str, Any]:
    pam = pam_of(one)
    told = [reason for reason in one.because if reader.may(Kind.REPORTERS) or tells_nobody(reason)]
    return {
        "id": one.id,
        "part_of": part_of,
        "kind": one.kind,
        "title": title,
        "parties": list(bound),
        "due": one.due,
        "status": str(one.status),
        "probability": _rounded(one.probability, reader),
        "proposition": one.proposition,
        "p_fulfilled": _rounded(one.p_fulfilled, reader),
        "p_breached": _rounded(one.p_breached, reader),
        "finding": one.finding,
        "since": one.since,
        "pam": pam.code,
        "pam_least": pam.least,
        "pam_most": pam.most,
        "pam_why": pam.why,
        "because": " ".join(reason.text for reason in told),
        "evidence": [shown(id) for id in one.evidence[:LISTED]],
        "counter_evidence": [shown(id) for id in one.counter_evidence[:LISTED]],
        "effort_h": round(one.effort_h, 3),
        "access_refused": one.access_refused,
        "reading_dependent": list(one.reading_dependent),
    }


def tells_nobody(reason: Reason) -> bool:
    """Whether a reason names no source, author or place, so that everybody may read it."""
    return not UNTOLD & reason.args.keys()


def _rounded(probability: float, reader: Reader) -> float:
    """Two decimals where places are hidden: more of a probability would tell how far from an edge they
    are."""
    return round(probability, 6 if reader.exact else 2)


def effort_table(standing: pa.Table, reader: Reader, zone: ZoneInfo) -> pa.Table:
    """Hours and refused access by day and cell, from what stands of the rows that the reader may see."""
    rows = standing.filter(pc.is_in(standing["kind"], value_set=pa.array(_EFFORT)))
    cells = coarsened(rows)
    local = pc.local_timestamp(rows["occurred_from"].cast(pa.timestamp("us", tz=str(zone))))
    grouped = (
        pa.table(
            {
                "day": local.cast(pa.date32()).cast(pa.string()),
                "kind": rows["kind"],
                GEOMETRY: pc.fill_null(cells["geometry"], b""),
                "hours": pc.fill_null(rows["effort_h"], 0.0),
                "synthetic": rows["synthetic"].cast(pa.int8()),
            }
        )
        .group_by(["day", "kind", GEOMETRY])
        .aggregate([("hours", "sum"), ("kind", "count"), ("synthetic", "min")])
        .sort_by([("day", "ascending"), ("kind", "ascending"), (GEOMETRY, "ascending")])
    )
    geometry = grouped[GEOMETRY]
    placed = pc.greater(pc.binary_length(geometry), 0)
    columns = {
        "day": grouped["day"],
        "kind": grouped["kind"],
        "hours": pc.round(grouped["hours_sum"], 3),
        "reports": grouped["kind_count"],
        "synthetic": grouped["synthetic_min"].cast(pa.bool_()),
        GEOMETRY: pc.if_else(placed, geometry, pa.scalar(None, pa.binary())),
    }
    schema = EFFORT.schema_for(reader)
    return pa.table({name: columns[name].cast(schema.field(name).type) for name in schema.names})


def patrols_table(assessment: Assessment, counted: Iterable[Mapping[str, Any]], reader: Reader) -> pa.Table:
    """Promised and reported patrols by party, from the assessment, and what `counted` says that tracks showed
    (the counts of verifications that a workspace keeps: shares in sight, by party or ``all``)."""
    rows: list[dict[str, Any]] = []

    def add(provision: str | None, party: str, measure: str, value: float | None, source: str) -> None:
        if value is not None:
            rows.append(
                {"provision": provision, "party": None if party == "all" else party, "measure": measure,
                 "value": float(value), "from": source}
            )  # fmt: skip

    for one in assessment.obligations:
        if one.kind != "patrols":
            continue
        add(one.id, "all", "promised", one.details.get("promised"), "assessment")
        for name, measure in (("reported", "reported"), ("proven", "shown_by_tracks")):
            for party, value in (one.details.get(name) or {}).items():
                add(one.id, party, measure, value, "assessment")
    for found in counted:
        for name, measure in (("line_seen", "line_share"), ("zone_seen", "zone_share")):
            for party, value in (found.get(name) or {}).items():
                add(found.get("provision"), party, measure, value, str(found.get("id")))
    return table_of(PATROLS, reader, rows)


def weapons_table(ledger: WeaponsLedger, reader: Reader, shown: Callable[[str], str]) -> pa.Table:
    """The ledger's lines."""
    rows = []
    for line in ledger.lines:
        told = line.as_dict()
        rows.append(told | {"evidence": [shown(id) for id in told["evidence"]]})
    return table_of(WEAPONS, reader, rows)


def corrections_table(corrections: Iterable[Correction], reader: Reader) -> pa.Table:
    """Corrections and positions, in the order recorded."""
    rows = [
        {
            "id": one.id,
            "act": one.act,
            "subject": one.subject,
            "target": one.target,
            "replacement": one.replacement,
            "party": one.party,
            "author": one.author,
            "reason": one.reason,
            "recorded_at": one.recorded_at,
        }
        for one in corrections
    ]
    return table_of(CORRECTIONS, reader, rows)
