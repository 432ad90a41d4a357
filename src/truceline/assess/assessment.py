"""The assessment: the state of every obligation as of an instant, from what was known by an instant."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from truceline.core.bidi import isolated
from truceline.core.instants import isoformat_utc
from truceline.evidence.confirmations import Confirmation


class Status(StrEnum):
    """The status of an obligation."""

    NOT_DUE = "not_due"
    IN_PROGRESS = "in_progress"
    MET = "met"
    MET_LATE = "met_late"
    OVERDUE = "overdue"
    UNVERIFIED = "unverified"
    HOLDING = "holding"
    BREACHED = "breached"
    DISPUTED = "disputed"


@dataclass(frozen=True, slots=True)
class Reason:
    """One sentence of a verdict: a message of locale/*.ftl and its arguments, and `text`, the sentence in the
    language asked for. `evidence` are the ids that it rests on."""

    message: str
    args: dict[str, Any]
    text: str
    evidence: tuple[str, ...] = ()


def _plain(arguments: dict[str, Any]) -> dict[str, Any]:
    return {name: isolated(value) if isinstance(value, str) else value for name, value in arguments.items()}


@dataclass(frozen=True, slots=True)
class Obligation:
    """What one provision demands, and how it stands.

    `probability` is that of the proposition in `proposition`: for ``breached`` that it was breached, for
    ``met``/``met_late`` that it was done, for ``overdue`` that it is not done, for ``holding`` that it was
    not breached, and for ``not_due``, ``in_progress``, ``unverified``, ``disputed`` that it is fulfilled.
    `p_fulfilled` and `p_breached` are always given. `parts` are the same verdict per party, group or
    weapon class where the provision binds several. Instants are UTC.
    """

    id: str
    kind: str
    status: Status
    probability: float
    proposition: str
    p_fulfilled: float
    p_breached: float
    since: datetime | None
    due: datetime | None
    because: tuple[Reason, ...]
    evidence: tuple[str, ...] = ()
    counter_evidence: tuple[str, ...] = ()
    finding: str = "none"  # possible, probable or confirmed
    effort_h: float = 0.0
    access_refused: int = 0
    reading_dependent: tuple[str, ...] = ()
    parts: tuple[Obligation, ...] = ()
    details: dict[str, Any] = field(default_factory=dict)

    def as_dict(self) -> dict[str, Any]:
        """The obligation as plain JSON data; `because` holds sentences, `reasons` their structure."""
        return {
            "id": self.id,
            "kind": self.kind,
            "status": str(self.status),
            "probability": round(self.probability, 6),
            "proposition": self.proposition,
            "p_fulfilled": round(self.p_fulfilled, 6),
            "p_breached": round(self.p_breached, 6),
            "finding": self.finding,
            "since": isoformat_utc(self.since) if self.since else None,
            "due": isoformat_utc(self.due) if self.due else None,
            "because": [isolated(reason.text) for reason in self.because],
            "reasons": [
                {"message": r.message, "args": _plain(r.args), "evidence": list(r.evidence)}
                for r in self.because
            ],
            "evidence": list(self.evidence),
            "counter_evidence": list(self.counter_evidence),
            "effort_h": self.effort_h,
            "access_refused": self.access_refused,
            "reading_dependent": list(self.reading_dependent),
            "parts": [part.as_dict() for part in self.parts],
            "details": self.details,
        }


@dataclass(frozen=True, slots=True)
class Assessment:
    """The state of every obligation of an accord; echoes what was asked, so that it can be asked again.

    `confirmations` say whether all who must have signed the accord's version, the zones and lines in use.
    """

    accord: str
    accord_version: int
    as_of: datetime
    known_at: datetime
    ruleset: str
    reading: str | None
    observations_considered: int
    obligations: tuple[Obligation, ...]
    confirmations: tuple[Confirmation, ...] = ()

    def obligation(self, id: str) -> Obligation | None:
        """The obligation of the provision with that id."""
        return next((o for o in self.obligations if o.id == id), None)

    def as_dict(self) -> dict[str, Any]:
        """The assessment as plain JSON data."""
        return {
            "accord": self.accord,
            "accord_version": self.accord_version,
            "as_of": isoformat_utc(self.as_of),
            "known_at": isoformat_utc(self.known_at),
            "ruleset": self.ruleset,
            "reading": self.reading,
            "observations_considered": self.observations_considered,
            "confirmations": [one.as_dict() for one in self.confirmations],
            "obligations": [obligation.as_dict() for obligation in self.obligations],
        }
