"""What people judged about a record, read from its store for an assessment."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from truceline.evidence.judgements import Judgements
from truceline.evidence.ports import ObservationStore
from truceline.evidence.statements import Statement, that_hold


def judgements_in(
    store: ObservationStore, statements: Iterable[Statement], log: str, known_at: datetime | None
) -> Judgements:
    """The judgements recorded by `known_at`; `statements` are those recorded by then, for the log `log`."""
    return Judgements(
        corrections=tuple(store.corrections(known_at)),
        steps=tuple(store.case_steps(known_at)),
        signed=that_hold(statements, log),
    )
