"""What a store of evidence must do, whatever database it stands on.

One suite, tests/contract, holds for every store. A record is only ever added to: each addition is an entry
with a sequence number that strictly increases and an instant `recorded_at` that never goes backwards, even
where the clock of the machine does. Instants are aware and in UTC.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol, runtime_checkable

import pyarrow as pa

from truceline.core.errors import Fault
from truceline.evidence.corrections import Correction
from truceline.evidence.history import current, known_by
from truceline.evidence.records import CaseReporter, CaseStep, Publication, UserAction
from truceline.evidence.statements import Statement
from truceline.transparency.findings import LogReport

__all__ = [
    "AccordVersion",
    "ActorMapping",
    "AppendResult",
    "Batch",
    "CaseReporter",
    "CaseStep",
    "Correction",
    "IngestRecord",
    "LogHead",
    "ObservationStore",
    "Origin",
    "Publication",
    "QuarantinedRow",
    "RecordLog",
    "Statement",
    "StoreWriter",
    "UserAction",
    "current",
    "disagreements",
    "known_by",
    "mapping_of",
]


class Batch(Protocol):
    """Rows as a reader hands them on: good ones, bad ones with their reason, and how many were read."""

    @property
    def table(self) -> pa.Table: ...
    @property
    def quarantined(self) -> Sequence[Fault]: ...
    @property
    def read(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Origin:
    """The file that rows come from: its name, the SHA-256 of its bytes in hex, its size, how it was read."""

    file: str
    sha256: str
    size_bytes: int
    format: str | None = None
    source: str | None = None


@dataclass(frozen=True, slots=True)
class AppendResult:
    """What one addition of rows did.

    `added` counts new observations, of which `superseded` replace an earlier version of the same row by the
    same source. `duplicates` were held already; `outdated` of these equal a version that was superseded
    since. `quarantined` are this file's bad rows, of which `quarantined_new` were not recorded before.
    `recorded_at` is None where nothing new was recorded.
    """

    read: int = 0
    added: int = 0
    duplicates: int = 0
    superseded: int = 0
    outdated: int = 0
    quarantined: tuple[Fault, ...] = ()
    quarantined_new: int = 0
    recorded_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class IngestRecord:
    """One file as it was taken in. Counts as in `AppendResult`.

    `office` is the log of the office that took it in first; None where that is this one.
    """

    seq: int
    recorded_at: datetime
    origin: Origin
    read: int
    added: int
    duplicates: int
    superseded: int
    quarantined: int
    office: str | None = None


@dataclass(frozen=True, slots=True)
class QuarantinedRow:
    """A row that could not be read as an observation, why, and when that was recorded."""

    recorded_at: datetime
    fault: Fault


@dataclass(frozen=True, slots=True)
class ActorMapping:
    """An analyst's judgement that a name in the data means a party (None: means no party of the accord).

    `office` is the log of the office that recorded it, where that is not this one.
    """

    seq: int
    recorded_at: datetime
    name: str
    party: str | None
    note: str | None = None
    office: str | None = None


@dataclass(frozen=True, slots=True)
class AccordVersion:
    """A version of the accord that the workspace worked with: when it was first seen, and its whole text."""

    seq: int
    recorded_at: datetime
    sha256: str
    content: str


@dataclass(frozen=True, slots=True)
class LogHead:
    """A head as it is recorded: size, root, and the signed note, or None where it was not signed."""

    size: int
    root: bytes
    note: str | None


class RecordLog(Protocol):
    """The transparency log over everything recorded, as of one moment."""

    @property
    def origin(self) -> str:
        """The log's own name."""
        ...

    def head(self) -> LogHead:
        """The last head."""
        ...

    def verifier_keys(self) -> list[str]:
        """The keys that sign heads, in the form for verifiers, in the order recorded."""
        ...

    def prove(self, id: str, *, withhold: bool = False, from_head: str | None = None) -> dict[str, Any]:
        """A proof, as plain JSON data, that a thing is in the log under its last head, and of its entry.

        The thing is an observation's id, or ``TABLE:KEY`` for any row. With `withhold` the proof keeps the
        content back: it shows that a leaf is there and not what it says. `from_head` is an earlier signed
        head: the proof then also shows that the log continues it.

        Raises NotFound, InvalidInput for a head of another log, Conflict where the log does not continue that
        head, its own head is not signed, or the row is not what was recorded.
        """
        ...

    def prove_continues(self, from_head: str) -> dict[str, Any]:
        """A proof, as plain JSON data, that the log continues an earlier head. Raises as `prove`."""
        ...


class StoreWriter(Protocol):
    """Adds to the record inside one transaction."""

    def append(
        self,
        batches: Iterable[Batch],
        *,
        origin: Origin | None = None,
        before_commit: Callable[[], None] | None = None,
    ) -> AppendResult:
        """Takes in all batches, one file's.

        A row whose id is held with the same digest adds nothing; with another digest it is a revision by its
        source: added under an id of its own (`evidence.identity`), superseding the version before. The store
        stamps `recorded_at`. `before_commit` is called once if something new is about to be recorded.
        """
        ...

    def append_revision(self, id: str, batch: Batch) -> tuple[AppendResult, str]:
        """Takes in one row that has the id of a held observation as the last version of it; the version's id.

        It supersedes the version before, whoever made that. Where a version with this content is held
        already nothing is added, and the id is that version's.
        """
        ...

    def map_actor(self, name: str, party: str | None, *, note: str | None = None) -> ActorMapping:
        """Records that a name means a party, from now on."""
        ...

    def record_accord(self, content: str) -> AccordVersion:
        """Records the accord's text unless it equals the last one recorded; the version that holds now."""
        ...

    def record_correction(
        self,
        act: str,
        subject: str,
        target: str,
        *,
        author: str,
        reason: str,
        replacement: str | None = None,
        party: str | None = None,
        document: str | None = None,
        statement: str | None = None,
    ) -> Correction:
        """Records a judgement on something recorded, as an entry of its own. Whether the target exists is for
        the caller to check. Raises InvalidInput for an unknown act or subject, or empty words."""
        ...

    def record_case_step(
        self, case: str, act: str, *, at: datetime | None, author: str, said: dict[str, Any]
    ) -> CaseStep:
        """Records a step of a case, taken `at` an instant (None: when it is recorded) that must not lie
        ahead. Whether the case allows it is for the caller to check."""
        ...

    def record_case_reporter(self, case: str, reporter: str) -> CaseReporter:
        """Records who brought an allegation, apart from the case."""
        ...

    def record_publication(
        self, content: str, *, as_of: datetime, known_at: datetime, author: str
    ) -> Publication:
        """Records an assessment that is published; `content` is its canonical JSON."""
        ...

    @property
    def origin(self) -> str:
        """The name of the record's log, which statements are made for."""
        ...

    def statements(self) -> list[Statement]:
        """What was signed so far, in this transaction too, in the order recorded."""
        ...

    def record_statement(
        self, act: str, party: str, content: str, public_key: bytes, signature: bytes
    ) -> Statement:
        """Records what a party signed. Raises InvalidInput where the signature is not that of the key."""
        ...


@runtime_checkable
class ObservationStore(Protocol):
    """An append-only, bitemporal store of evidence. Every method may raise StoreUnavailable."""

    def write(self, *, dry_run: bool = False) -> AbstractContextManager[StoreWriter]:
        """One transaction: all of it is recorded at the end, or nothing if it raises or is a dry run."""
        ...

    def append(self, *batches: Batch, origin: Origin | None = None) -> AppendResult:
        """Takes in the batches in a transaction of their own."""
        ...

    def observations(self, known_at: datetime | None = None) -> pa.Table:
        """Every row of OBSERVATION_SCHEMA recorded by `known_at`, superseded ones too, as recorded."""
        ...

    def quarantined(self, known_at: datetime | None = None) -> list[QuarantinedRow]:
        """The rows that could not be read, in the order recorded."""
        ...

    def ingests(self, known_at: datetime | None = None) -> list[IngestRecord]:
        """The files taken in, in the order recorded."""
        ...

    def actor_mappings(self, known_at: datetime | None = None) -> list[ActorMapping]:
        """Every judgement on a name, in the order recorded; the last one on a name holds."""
        ...

    def accord_versions(self, known_at: datetime | None = None) -> list[AccordVersion]:
        """The versions of the accord, in the order recorded."""
        ...

    def corrections(self, known_at: datetime | None = None) -> list[Correction]:
        """Every correction, in the order recorded."""
        ...

    def case_steps(self, known_at: datetime | None = None) -> list[CaseStep]:
        """Every step of every case, in the order recorded."""
        ...

    def case_reporters(self, known_at: datetime | None = None) -> list[CaseReporter]:
        """Who brought which allegation, in the order recorded."""
        ...

    def publications(self, known_at: datetime | None = None) -> list[Publication]:
        """The assessments that were published, in the order recorded."""
        ...

    def user_actions(self, known_at: datetime | None = None) -> list[UserAction]:
        """Who ran which command, in the order recorded; nothing of commands that were run without a name."""
        ...

    def statements(self, known_at: datetime | None = None) -> list[Statement]:
        """What parties signed, in the order recorded."""
        ...

    def log(self) -> AbstractContextManager[RecordLog]:
        """The transparency log as of one moment, for as long as the context lasts."""
        ...

    def sign_head(self) -> None:
        """Signs the log as it is now, where the last head is not signed and there is a key."""
        ...

    def verify_log(
        self,
        *,
        kept_head: str | None = None,
        pinned: tuple[str, bytes] | None = None,
        progress: Callable[[int], None] = ...,
    ) -> LogReport:
        """Checks everything recorded against the log, and the tables and triggers.

        `kept_head` is an earlier signed head from elsewhere, which the log must continue; `pinned` the name
        and public key that must have signed it. `progress` is told how many rows were checked.
        """
        ...

    def backup(self, target: Path) -> None:
        """Copies the record as of one moment, while others may write, to a file for the embedded store.

        The copy has the same log: its name, leaves, heads and signatures.
        """
        ...

    def close(self) -> None:
        """Lets go of files and connections."""
        ...


def mapping_of(judgements: Iterable[ActorMapping]) -> dict[str, str | None]:
    """From name to party as the last judgement on each name says; None where it is no party."""
    return {judgement.name: judgement.party for judgement in judgements}


def disagreements(judgements: Iterable[ActorMapping]) -> dict[str, dict[str | None, str | None]]:
    """The names that offices judge differently: each office's last judgement, by its log (None: this one)."""
    last: dict[str, dict[str | None, str | None]] = {}
    for judgement in judgements:
        last.setdefault(judgement.name, {})[judgement.office] = judgement.party
    return {name: by for name, by in last.items() if len(set(by.values())) > 1}
