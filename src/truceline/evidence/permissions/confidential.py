"""Which submissions are confidential.

Confidentiality is recorded: `restrict` makes what one source sends, or one observation, the confidential
submission of a party (or, of no party, for monitors alone), `release` opens it again; of those on one target
the last counts. Both are entries with author and reason, like corrections.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from truceline.evidence.corrections import Correction, in_order


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
