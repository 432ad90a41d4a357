"""Which reports are of one incident, and which only repeat another."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from truceline.assess.columns import Evidence, Floats, Rows
from truceline.evidence.linking import Incidents

Numbers = npt.NDArray[np.int64] | npt.NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Linked:
    """Per row of the evidence the number of its incident, and the number of the report that it copies or is
    copied by: rows that share one are a single voice, whoever prints them. `shared` are the rows of incidents
    that others report too, `repeated` those that say what another of the same source says; both are few
    where reports are very many, and only these need to be looked at one by one."""

    incident: Numbers
    voice: Numbers | None
    shared: npt.NDArray[np.bool_]
    repeated: npt.NDArray[np.bool_]

    def counted(self, evidence: Evidence, rows: Rows, p: Floats) -> npt.NDArray[np.bool_] | None:
        """Which rows count: of reports that copy one another, and of one source's that say the same thing,
        only the most probable; of equals, the one with the least id. None where all do."""
        some = np.flatnonzero(self.repeated[rows])
        if not len(some) and self.voice is None:
            return None
        kept = np.ones(len(rows), dtype=bool)
        kept[some] = _first_of(evidence, rows[some], p[some], _said_by(evidence, rows[some]))
        if self.voice is not None and len(rows):
            voices = self.voice[rows]
            # A row that copies nothing is its own voice.
            own = np.arange(len(rows)) + int(voices.max()) + 1
            kept &= _first_of(evidence, rows, p, np.where(voices >= 0, voices, own))
        return kept


def _first_of(evidence: Evidence, rows: Rows, p: Floats, key: npt.NDArray[np.int64]) -> npt.NDArray[np.bool_]:
    """The first row of every key, the most probable first and then by id; all rows, where keys differ."""
    kept = np.ones(len(rows), dtype=bool)
    ordered = np.sort(key)
    repeated = np.unique(ordered[1:][ordered[1:] == ordered[:-1]])
    if not len(repeated):
        return kept
    among = np.flatnonzero(np.isin(key, repeated))
    ids = evidence.ids(rows[among])
    best: dict[int, tuple[float, str, int]] = {}
    for position, number, share, id in zip(
        among.tolist(), key[among].tolist(), p[among].tolist(), ids, strict=True
    ):
        best[number] = min(best.get(number, (1.0, "", -1)), (-share, id, position))
    kept[among] = False
    kept[[position for _, _, position in best.values()]] = True
    return kept


def linked(evidence: Evidence, incidents: Incidents | None) -> Linked:
    """The links of the evidence. Without `incidents`, reports that say the same thing are of one incident."""
    rows = evidence.table.num_rows
    if incidents is None or not rows:
        return _linked(evidence, evidence.same_report, None)
    own = evidence.table["id"]
    known = incidents.observations
    known = known.combine_chunks() if isinstance(known, pa.ChunkedArray) else known
    at = pc.fill_null(pc.index_in(own, value_set=known), -1).to_numpy().astype(np.int64)
    number = np.where(at >= 0, incidents.number[at], len(incidents.number) + np.arange(rows))
    # Rows that say the same thing are of one incident, even if one source prints it twice.
    number = _joined(number, evidence.same_report)
    return _linked(evidence, number, _voices(evidence, incidents))


def _linked(evidence: Evidence, number: Numbers, voice: Numbers | None) -> Linked:
    incident = _confirmed(evidence, number)
    repeated = _in_several(evidence.same_report)
    alike = np.flatnonzero(repeated)
    _, place, count = np.unique(_said_by(evidence, alike), return_inverse=True, return_counts=True)
    repeated[alike] = count[place] > 1
    return Linked(incident, voice, _in_several(incident), repeated)


def _in_several(number: Numbers) -> npt.NDArray[np.bool_]:
    """Which rows share their number with another."""
    several: npt.NDArray[np.bool_] = np.bincount(number)[number] > 1
    return several


def _said_by(evidence: Evidence, rows: Rows) -> Rows:
    """Per row a number that is equal for reports of one source that say the same thing."""
    sources, names = evidence.codes_at("source", rows)
    key: Rows = evidence.same_report[rows].astype(np.int64) * (len(names) + 1) + sources + 1
    return key


def _confirmed(evidence: Evidence, number: Numbers) -> Numbers:
    """The numbers, where what an inquiry confirmed is of the incident of what it is about."""
    confirms = evidence.inquiries.confirms
    if not confirms:
        return number
    joined = number.copy()
    joined[list(confirms)] = number[list(confirms.values())]
    return joined


def _joined(number: Numbers, same: Numbers) -> Numbers:
    """The numbers, where rows that say the same thing take the least of theirs."""
    least = np.full(int(same.max()) + 1, np.iinfo(np.int64).max)
    np.minimum.at(least, same, number)
    return least[same]


def _voices(evidence: Evidence, incidents: Incidents) -> Numbers | None:
    links = incidents.links
    copies = links.filter(pc.or_(links["copied"], links["repeats"])) if links.num_rows else links
    if not copies.num_rows:
        return None
    ids = evidence.table["id"].combine_chunks()
    a, b = (
        pc.fill_null(pc.index_in(copies[name], value_set=ids), -1).to_numpy().astype(np.int64)
        for name in ("a", "b")
    )
    there = (a >= 0) & (b >= 0)
    leader = np.arange(len(ids))
    for left, right in zip(a[there].tolist(), b[there].tolist(), strict=True):
        x, y = _root(leader, left), _root(leader, right)
        leader[max(x, y)] = min(x, y)
    members = np.unique(np.concatenate([a[there], b[there]]))
    voices = np.full(len(ids), -1, dtype=np.int64)
    voices[members] = [_root(leader, row) for row in members.tolist()]
    return voices


def _root(leader: npt.NDArray[np.int64], row: int) -> int:
    while leader[row] != row:
        row = int(leader[row])
    return row
