"""Findings of cases as evidence: what an inquiry confirmed, and what it did not.

A finding bears its own Admiralty rating and so a probability r that it is right. For each observation of the
case that stands,

- **confirmed**: the inquiry is one more report of the same, by a source of its own, true with r. It joins the
  observation's incident, so that it corroborates and never counts twice; all inquiries together are one
  independent source, as sound as the best rated of them;
- **not confirmed**: the observation counts with its probability times (1 - r); of several such findings the
  surest decides, for they are of one office;
- **inconclusive**: nothing.

A finding that is appealed counts and makes disputed what rests on it; one of a case that was withdrawn or
taken up again does not count.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from truceline.evidence.cases import CaseFile

SOURCE = "case inquiry"
"""The source of what inquiries confirmed."""


@dataclass(frozen=True, slots=True)
class Inquired:
    """A finding that counts: its id and case, what it says, its rating, and the observations of the case."""

    id: str
    case: str
    result: str
    reliability: str
    credibility: int
    observations: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Confirmations:
    """A table with the rows that inquiries add, and per added row the number of the observation's row.

    Row n of a finding F has the id ``F:n``. `doubted` are the rated findings against single rows.
    """

    table: pa.Table
    confirms: dict[int, int]
    doubted: dict[int, tuple[tuple[str, int], ...]]
    letters: frozenset[str]


def findings_of(cases: Iterable[CaseFile]) -> list[Inquired]:
    """The findings that count, in order of their ids."""
    found = []
    for case in cases:
        step = case.finding
        if step is not None:
            said = step.said
            found.append(
                Inquired(
                    str(said.get("finding_id")),
                    case.id,
                    str(said.get("result")),
                    str(said.get("reliability", "F")),
                    int(said.get("credibility", 6)),
                    case.observations,
                )
            )
    return sorted(found, key=lambda one: one.id)


def with_findings(standing: pa.Table, findings: Iterable[Inquired]) -> Confirmations:
    """The standing observations with those that inquiries add."""
    findings = list(findings)
    named = sorted({id for one in findings for id in one.observations})
    if not named:
        return Confirmations(standing, {}, {}, frozenset())
    numbers = pc.index_in(pa.array(named, pa.string()), value_set=standing["id"].combine_chunks())
    row_of = {id: row for id, row in zip(named, numbers.to_pylist(), strict=True) if row is not None}
    added: list[dict[str, object]] = []
    confirms: dict[int, int] = {}
    doubted: dict[int, tuple[tuple[str, int], ...]] = {}
    for one in findings:
        for number, id in enumerate(one.observations, start=1):
            row = row_of.get(id)
            if row is None:
                continue
            if one.result == "confirmed":
                confirms[standing.num_rows + len(added)] = row
                added.append(_confirmation(standing, row, one, number))
            elif one.result == "not_confirmed":
                doubted[row] = (*doubted.get(row, ()), (one.reliability, one.credibility))
    table = standing
    if added:
        more = pa.Table.from_pylist(added, schema=standing.schema)
        table = pa.concat_tables([standing, more])
    letters = frozenset(one.reliability for one in findings if one.result == "confirmed")
    return Confirmations(table, confirms, doubted, letters)


def _confirmation(standing: pa.Table, row: int, one: Inquired, number: int) -> dict[str, object]:
    """The observation again, as the inquiry confirms it."""
    values: dict[str, object] = standing.slice(row, 1).to_pylist()[0]
    return values | {
        "id": f"{one.id}:{number}",
        "source": SOURCE,
        "reliability": one.reliability,
        "credibility": one.credibility,
        "claim": False,
        "supersedes": None,
        "origin_id": None,
        "origin_file": None,
        "origin_row": None,
        "origin_sha256": None,
        "origin_url": None,
        "quote": None,
    }


def finding_of(id: str) -> str:
    """The finding that an added row belongs to; any other id as it stands."""
    return id.rpartition(":")[0] if id.startswith("find-") and ":" in id else id
