"""Who may see what of the evidence: one table, from which the database's roles and policies are made.

Confidentiality is recorded: `restrict` makes what one source sends, or one observation, the confidential
submission of a party (or, of no party, for monitors alone), `release` opens it again; of those on one target
the last counts. Both are entries with author and reason, like corrections.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from truceline.evidence.corrections import Correction, in_order

CELL_DEG = 0.1
"""How coarse places are for those who may not see them exactly: cells of this many degrees."""


@dataclass(frozen=True, slots=True)
class Audience:
    """What one kind of reader may see.

    `confidential`: which confidential submissions: none, those of its own party, all. `exact_places`: places
    as recorded, or cells of `CELL_DEG` (a party sees its own submissions exactly). `reporters`: sources,
    where they stood and what they wrote. `delay`: how old a record must be.
    """

    id: str
    confidential: Literal["none", "own", "all"]
    exact_places: bool
    reporters: bool
    delay: timedelta = timedelta()


AUDIENCES = (
    Audience("public", "none", exact_places=False, reporters=False, delay=timedelta(hours=72)),
    Audience("observer", "none", exact_places=False, reporters=False),
    Audience("liaison", "own", exact_places=False, reporters=False),
    Audience("analyst", "all", exact_places=True, reporters=False),
    Audience("monitor", "all", exact_places=True, reporters=True),
    Audience("administrator", "all", exact_places=True, reporters=True),
)
"""From who sees least to who sees most. There is one liaison for each party."""


def confidential(
    corrections: Iterable[Correction], known_at: datetime | None = None
) -> dict[tuple[str, str], str | None]:
    """What is confidential by then: from (``source`` or ``observation``, its name or id) to its party."""
    found: dict[tuple[str, str], str | None] = {}
    for one in in_order(corrections, known_at):
        if one.act == "restrict":
            found[one.subject, one.target] = one.party
        elif one.act == "release":
            found.pop((one.subject, one.target), None)
    return found
