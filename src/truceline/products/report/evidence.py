"""Observations as rows of the report, in order of time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from truceline.accord.acts import family_of, label
from truceline.products.report.content import EvidenceRow

MOST_ROWS = 3000


def shown(observations: pa.Table, cited: Collection[str], most: int = MOST_ROWS) -> pa.Table:
    """The rows that a page can hold: those that a verdict cites first, then the newest of the others."""
    if observations.num_rows <= most:
        return observations
    is_cited = pc.is_in(observations["id"], value_set=pa.array(sorted(cited), pa.string()))
    newest_first = [("occurred_from", "descending"), ("id", "ascending")]
    first = observations.filter(is_cited).sort_by(newest_first).slice(0, most)
    rest = observations.filter(pc.invert(is_cited)).sort_by(newest_first)
    return pa.concat_tables([first, rest.slice(0, most - first.num_rows)])


def evidence_rows(
    observations: pa.Table,
    *,
    language: str,
    actor_names: Mapping[str, str],
    incident_of: Mapping[str, str],
    reliability_of: Mapping[str, str] | None = None,
    disputed: Collection[str] = (),
) -> tuple[EvidenceRow, ...]:
    """The rows of an observation table (OBSERVATION_SCHEMA), numbered in order of time.

    `actor_names` says how to show a name of the source (a party's name where it is known to mean one);
    `incident_of` gives the incident that an observation (by id) reports, `reliability_of` the accord's rating
    of a source, for reports that bear none; `disputed` are observations that somebody objects to.
    """
    records = sorted(
        observations.to_pylist(),
        key=lambda record: (record["occurred_from"], record["occurred_to"], record["source"], record["id"]),
    )
    reports = Counter(incident_of[record["id"]] for record in records if record["id"] in incident_of)
    rated = {name.casefold(): rating for name, rating in (reliability_of or {}).items()}
    superseded = {record["supersedes"] for record in records if record["supersedes"]}
    return tuple(
        _row(number, record, language, actor_names, incident_of, reports, superseded, rated, disputed)
        for number, record in enumerate(records, start=1)
    )


def _row(
    number: int,
    record: dict[str, Any],
    language: str,
    actor_names: Mapping[str, str],
    incident_of: Mapping[str, str],
    reports: Counter[str],
    superseded: set[str],
    rated: Mapping[str, str],
    disputed: Collection[str],
) -> EvidenceRow:
    incident = incident_of.get(record["id"])

    def names(raw: list[str]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(actor_names.get(name, name) for name in raw))

    return EvidenceRow(
        number=number,
        id=record["id"],
        label=record["origin_id"] or record["id"],
        kind=record["kind"],
        kind_name=label(record["kind"], language),
        family=family_of(record["kind"]) or "other",
        occurred_from=record["occurred_from"],
        occurred_to=record["occurred_to"],
        recorded_at=record["recorded_at"],
        place=record["place"],
        lon=record["lon"],
        lat=record["lat"],
        error_m=record["error_m"],
        actors=names(record["actors"]),
        targets=names(record["targets"]),
        report=record["report"],
        count=record["count"],
        fatalities=record["fatalities"],
        source=record["source"],
        method=record["method"],
        reliability=record["reliability"] or rated.get(record["source"].strip().casefold()),
        credibility=record["credibility"],
        claim=record["claim"],
        synthetic=record["synthetic"],
        origin_file=record["origin_file"],
        origin_row=record["origin_row"],
        origin_url=record["origin_url"],
        quote=record["quote"],
        incident=incident,
        reports_of_incident=reports[incident] if incident else 1,
        retracted=record["retracted"],
        superseded=record["id"] in superseded,
        disputed=record["id"] in disputed,
    )
