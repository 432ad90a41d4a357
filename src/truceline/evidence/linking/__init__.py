"""Links reports of one incident, so that it is counted once, and says why.

`link_incidents` is a pure function of the set of observations: the order of rows does not matter, and what
is far away changes nothing.
"""

from __future__ import annotations

import json
from collections.abc import Mapping

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from truceline.evidence.linking.agreement import Parties, parties_of
from truceline.evidence.linking.candidates import Ints
from truceline.evidence.linking.clusters import components, incidents
from truceline.evidence.linking.measures import Bools, Columns, Measured, possible_pairs
from truceline.evidence.linking.result import LINK_SCHEMA, Incidents, reason_of
from truceline.evidence.linking.rules import LinkRules

__all__ = ["LINK_SCHEMA", "Incidents", "LinkRules", "Parties", "link_incidents", "parties_of", "reason_of"]


def link_incidents(
    observations: pa.Table,
    *,
    parties: Parties | None = None,
    source_groups: Mapping[str, int] | Mapping[str, str] | None = None,
    rules: LinkRules | None = None,
) -> Incidents:
    """The incidents that observations (of OBSERVATION_SCHEMA, those that stand) are reports of.

    `parties` gives for a name in the data the party that it means and all that this one is a member of;
    names that it lacks exclude nothing. `source_groups` gives for a source its group, as
    `truceline.evidence.sources.independent_groups` does: sources of one group are one. A report whose
    `details` name the observation or the source's own id that it ``repeats`` belongs to the same incident
    and adds no independent source.
    """
    rules = rules or LinkRules()
    rows = observations.num_rows
    id_column = observations["id"]
    table = Columns(observations)
    a, b = possible_pairs(table, rules)
    said_a, said_b = _repeats(observations)
    if not len(a) and not len(said_a):
        return Incidents(id_column, np.arange(rows), np.ones(rows, np.int64), LINK_SCHEMA.empty_table())

    # From here on only rows that have a partner, numbered by id: the order in which they came must not show.
    used = np.unique(np.concatenate((a, b, said_a, said_b)))
    ids = id_column.take(pa.array(used)).combine_chunks()
    by_id = pc.sort_indices(ids).to_numpy()
    used, ids = used[by_id], ids.take(pa.array(by_id))
    place = np.empty(rows, np.int64)
    place[used] = np.arange(len(used))

    measured = Measured(table, *_ordered(place[a], place[b]), used, parties or {}, rules)
    a, b, said = _with_said(measured, *_ordered(place[said_a], place[said_b]), len(used))
    more = len(a) - len(measured.score)
    score = np.append(measured.score, np.ones(more))
    copied = np.append(measured.copied, np.zeros(more, bool))
    linked = score >= rules.threshold
    local = incidents(len(used), a, b, score, linked, said)

    kept = np.flatnonzero((linked | said) & (local[a] == local[b]))
    dependent = kept[(copied | said)[kept]]
    number, independent = np.arange(rows), np.ones(rows, np.int64)
    number[used] = used[local]
    origin = _origins(table, used, source_groups or {})
    independent[used] = _independent(local, origin, a[dependent], b[dependent])
    return Incidents(id_column, number, independent, measured.links(ids, a, b, score, said, kept))


def _ordered(a: Ints, b: Ints) -> tuple[Ints, Ints]:
    return np.minimum(a, b), np.maximum(a, b)


def _repeats(observations: pa.Table) -> tuple[Ints, Ints]:
    """Pairs of which one says in its details that it repeats the other: by our id, or the source's own."""
    details = observations["details"]
    says = pc.fill_null(pc.match_substring(details, '"repeats"'), False)
    rows = np.flatnonzero(says.to_numpy())
    if not len(rows):
        return np.empty(0, np.int64), np.empty(0, np.int64)
    texts = details.take(pa.array(rows)).to_pylist()
    said = [(row, str(name)) for row, text in zip(rows.tolist(), texts, strict=True) for name in _named(text)]
    wanted = pa.array([name for _, name in said], pa.string())
    by_id = pc.index_in(wanted, value_set=observations["id"].combine_chunks())
    by_own = pc.index_in(wanted, value_set=observations["origin_id"].combine_chunks())
    other = pc.fill_null(pc.coalesce(by_id, by_own), -1).to_numpy().astype(np.int64)
    row = np.array([row for row, _ in said], np.int64)
    found = (other >= 0) & (other != row)
    return row[found], other[found]


def _named(details: str) -> list[object]:
    said = json.loads(details)
    names = said.get("repeats") if isinstance(said, dict) else None
    if names is None:
        return []
    return names if isinstance(names, list) else [names]


def _with_said(measured: Measured, a: Ints, b: Ints, rows: int) -> tuple[Ints, Ints, Bools]:
    """The measured pairs and those that are said, which may be among them."""
    keys = measured.a * rows + measured.b
    told = np.unique(a * rows + b)
    new = told[~np.isin(told, keys)]
    said = np.append(np.isin(keys, told), np.ones(len(new), bool))
    return np.append(measured.a, new // rows), np.append(measured.b, new % rows), said


def _origins(table: Columns, used: Ints, source_groups: Mapping[str, int] | Mapping[str, str]) -> Ints:
    """Per used row the number of its source's group: of the source itself, if it is in none."""
    groups: list[object] = [source_groups.get(source, f"\x00{source}") for source in table.sources]
    numbers = {group: number for number, group in enumerate(dict.fromkeys(groups))}
    return np.array([numbers[group] for group in groups], np.int64)[table.source[used]]


def _independent(incident: Ints, origin: Ints, a: Ints, b: Ints) -> Ints:
    """Per row the number of independent origins in its incident; a and b are reports that depend."""
    voice, place = np.unique(np.column_stack((incident, origin)), axis=0, return_inverse=True)
    place = place.ravel()
    group = components(len(voice), place[a], place[b])
    groups_of, count = np.unique(voice[np.unique(group), 0], return_counts=True)
    return count[np.searchsorted(groups_of, incident)].astype(np.int64)
