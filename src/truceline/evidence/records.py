"""What else is recorded beside observations: steps of cases, published assessments, and who ran what."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from truceline.evidence.versions import Recording


@dataclass(frozen=True, slots=True)
class CaseStep:
    """One step of a case. `at` is when it was taken, which is never after `recorded_at`; `said` what it says.

    A case's id is in every step of it; the first, `open`, gives it. `first` is its first recording anywhere,
    where other offices are known.
    """

    seq: int
    recorded_at: datetime
    case: str
    act: str
    at: datetime
    author: str
    said: dict[str, Any]
    first: Recording | None = None


@dataclass(frozen=True, slots=True)
class CaseReporter:
    """Who brought an allegation: an entry of its own, so that it can be kept back wherever the case goes."""

    seq: int
    recorded_at: datetime
    case: str
    reporter: str


@dataclass(frozen=True, slots=True)
class Publication:
    """An assessment that was published. `content` is RFC 8785 JSON, `sha256` its digest in hex."""

    seq: int
    recorded_at: datetime
    as_of: datetime
    known_at: datetime
    author: str
    sha256: str
    content: str

    @property
    def id(self) -> str:
        """The id by which commands name it."""
        return f"publication:{self.seq}"


@dataclass(frozen=True, slots=True)
class UserAction:
    """Who ran which command, and the entries that it recorded, from the first to the last."""

    seq: int
    recorded_at: datetime
    author: str
    command: str
    first: int
    last: int
