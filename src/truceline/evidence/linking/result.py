"""Incidents: which reports are of one, why, and how many independent sources say so."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from truceline.evidence.linking.agreement import SAME_ROLE, SAME_TARGET, SWAPPED

PREFIX = "inc-"

WEIGHTS = {
    "place": "place",
    "time": "time",
    "actors": "parties",
    "kind": "kind",
    "fatalities": "number of dead",
    "text": "words",
}
"""What is compared -> what it is called in a sentence."""

LINK_SCHEMA = pa.schema(
    [
        pa.field("a", pa.string(), nullable=False),
        pa.field("b", pa.string(), nullable=False),
        pa.field("score", pa.float64(), nullable=False),
        pa.field("distance_m", pa.float64()),
        pa.field("within_m", pa.float64()),
        pa.field("overlap_h", pa.float64()),
        pa.field("actors", pa.float64()),
        pa.field("same_kind", pa.bool_(), nullable=False),
        pa.field("text", pa.float64()),
        pa.field("repeats", pa.bool_(), nullable=False),
        pa.field("copied", pa.bool_(), nullable=False),
        *(pa.field(f"added_by_{name}", pa.float64()) for name in WEIGHTS),
        pa.field("needed", pa.float64(), nullable=False),
    ]
)
"""Why two observations were linked: ids; the score; how far apart (metres) and how far they may be; hours
that their intervals share; agreement of the names, 0 to 1; similarity of the texts, 0 to 1; whether one says
that it repeats the other; whether one is a copy of the other; what each comparison added to the score (its
weight times how well the two agree), and how much was needed."""


@dataclass(frozen=True)
class Incidents:
    """The incidents of a table of observations, row by row.

    `number`: per row the number of its incident, equal for rows of one incident and else meaningless.
    `independent`: per row the number of independent sources that report its incident.
    `links`: why, as LINK_SCHEMA.
    """

    observations: pa.ChunkedArray
    number: NDArray[np.int64]
    independent: NDArray[np.int64]
    links: pa.Table

    @cached_property
    def ids(self) -> pa.Array:
        """Per row the id of its incident: `inc-` and the least id of its observations."""
        own = pc.cast(self.observations, pa.string())
        own = own.combine_chunks() if isinstance(own, pa.ChunkedArray) else own
        least = np.arange(len(own))
        for members in self._shared.values():
            least[members] = min(members.tolist(), key=lambda row: str(own[row]))
        return pc.binary_join_element_wise(PREFIX, own.take(pa.array(least)), "")

    @cached_property
    def _shared(self) -> dict[int, NDArray[np.int64]]:
        """The rows of each incident with more than one report."""
        counts = (
            np.bincount(self.number, minlength=len(self.number)) if len(self.number) else np.empty(0, int)
        )
        rows = np.flatnonzero(counts[self.number] > 1)
        rows = rows[np.argsort(self.number[rows], kind="stable")]
        heads = np.flatnonzero(np.diff(self.number[rows], prepend=-1))
        return {int(self.number[part[0]]): part for part in np.split(rows, heads[1:]) if len(part)}

    def groups(self) -> set[frozenset[str]]:
        """The ids of the observations of each incident with more than one report."""
        return {
            frozenset(self.observations.take(pa.array(rows)).to_pylist()) for rows in self._shared.values()
        }

    def reasons(self, observation: str) -> list[str]:
        """Sentences that say why this observation is linked with others."""
        links = self.links
        mine = pc.or_(pc.equal(links["a"], observation), pc.equal(links["b"], observation))
        return [reason_of(link, observation) for link in links.filter(mine).to_pylist()]


_NAMES: dict[object, str] = {
    SAME_ROLE: "a party in the same role",
    SAME_TARGET: "the same target",
    SWAPPED: "the same parties the other way round",
}


def reason_of(link: dict[str, object], of: str | None = None) -> str:
    """A link's reason as a sentence, seen from one of its observations."""
    a, b = str(link["a"]), str(link["b"])
    other = a if of == b else b
    if link["repeats"]:
        return f"{of or a} and {other}: one says that it repeats the other"
    text = (
        f"{of or a} and {other}: {link['distance_m']:.0f} m apart, within their joint uncertainty of "
        f"{link['within_m']:.0f} m; their times share {link['overlap_h']:.1f} hours"
    )
    text += "; " + _NAMES.get(link["actors"], "the parties leave it open")
    text += "; the same kind" if link["same_kind"] else "; kinds that can mean the same"
    if isinstance(link["text"], float):
        text += f"; texts alike to {link['text']:.0%}"
    added = [(words, link[f"added_by_{name}"]) for name, words in WEIGHTS.items()]
    told = ", ".join(f"{words} {value:.2f}" for words, value in added if isinstance(value, float) and value)
    text += f"; weights: {told}, together {link['score']:.2f} of which {link['needed']:.2f} is needed"
    if link["copied"]:
        text += ", so that one copies the other and does not corroborate it"
    return text
