"""Corrections, cases, publications and actions in the database: written and read the same in every store."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime
from hashlib import sha256
from typing import Any

import rfc8785
from sqlalchemy import Table, insert

from truceline.core.acting import Acting
from truceline.core.errors import InvalidInput
from truceline.evidence.corrections import ACTS, SUBJECTS, Correction
from truceline.evidence.records import CaseReporter, CaseStep, Publication, UserAction
from truceline.evidence.versions import Recording
from truceline.store import schema
from truceline.store.entries import EntryWriter
from truceline.store.schema import instant_of, micros_of


class JudgementWriter(EntryWriter):
    """What a store's writer adds to these tables."""

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
        """See `truceline.evidence.ports.StoreWriter.record_correction`."""
        if act not in ACTS or subject not in SUBJECTS:
            raise InvalidInput(f"a correction: found {act} of {subject}; accepted: {', '.join(ACTS)}")
        said = need("author", author), need("reason", reason)
        values = {
            "act": act,
            "subject": subject,
            "target": need("target", target),
            "author": said[0],
            "reason": said[1],
            "replacement": replacement,
            "party": party,
            "document": document,
            "statement": statement,
        }
        seq, recorded_at = self._write(schema.correction, "correction", values)
        return Correction(seq, recorded_at, **values)  # type: ignore[arg-type]

    def record_case_step(
        self, case: str, act: str, *, at: datetime | None, author: str, said: dict[str, Any]
    ) -> CaseStep:
        """See `truceline.evidence.ports.StoreWriter.record_case_step`."""
        now = self._now()
        taken = now if at is None else at
        if taken > now:
            raise InvalidInput("a step cannot be taken later than it is recorded")
        values = {
            "case_id": need("case", case),
            "act": act,
            "at": micros_of(taken),
            "author": need("author", author),
            "said": rfc8785.dumps(said).decode(),
        }
        seq, recorded_at = self._write(schema.case_step, "case-step", values)
        return CaseStep(seq, recorded_at, case, act, taken, author, said)

    def record_case_reporter(self, case: str, reporter: str) -> CaseReporter:
        """See `truceline.evidence.ports.StoreWriter.record_case_reporter`."""
        values = {"case_id": case, "reporter": need("reporter", reporter)}
        seq, recorded_at = self._write(schema.case_reporter, "case-reporter", values)
        return CaseReporter(seq, recorded_at, case, reporter)

    def record_publication(
        self, content: str, *, as_of: datetime, known_at: datetime, author: str
    ) -> Publication:
        """See `truceline.evidence.ports.StoreWriter.record_publication`."""
        digest = sha256(content.encode()).hexdigest()
        values = {
            "as_of": micros_of(as_of),
            "known_at": micros_of(known_at),
            "author": need("author", author),
            "sha256": digest,
            "content": content,
        }
        seq, recorded_at = self._write(schema.publication, "publication", values)
        return Publication(seq, recorded_at, as_of, known_at, author, digest, content)

    def record_action(self, acting: Acting, first: int, last: int) -> UserAction:
        """Records who ran which command, for the entries that it recorded."""
        values = {
            "author": acting.author,
            "command": acting.command,
            "first_entry": first,
            "last_entry": last,
        }
        seq, recorded_at = self._write(schema.user_action, "user-action", values)
        return UserAction(seq, recorded_at, acting.author, acting.command, first, last)

    def _write(self, table: Table, kind: str, values: dict[str, Any]) -> tuple[int, datetime]:
        digest = sha256(rfc8785.dumps({k: str(v) for k, v in values.items()})).digest()
        seq, recorded_at = self.enter(kind, digest)
        self._connection.execute(insert(table).values(entry=seq, **values))
        return seq, recorded_at


class JudgementReader:
    """What a store reads from these tables. `_entries` gives a table's rows recorded by an instant, and
    `_recordings` the same in the order in which offices recorded them, with the first recording of each where
    other offices are known."""

    _entries: Callable[[Any, datetime | None], list[Any]]
    _recordings: Callable[[Any, datetime | None], list[tuple[Any, Recording | None]]]

    def corrections(self, known_at: datetime | None = None) -> list[Correction]:
        """See `truceline.evidence.ports.ObservationStore.corrections`."""
        return [
            Correction(
                row.entry,
                instant_of(row.recorded_at),
                row.act,
                row.subject,
                row.target,
                row.author,
                row.reason,
                row.replacement,
                row.party,
                row.document,
                row.statement,
                first=first,
            )
            for row, first in self._recordings(schema.correction, known_at)
        ]

    def case_steps(self, known_at: datetime | None = None) -> list[CaseStep]:
        """See `truceline.evidence.ports.ObservationStore.case_steps`."""
        return [
            CaseStep(
                row.entry,
                instant_of(row.recorded_at),
                row.case_id,
                row.act,
                instant_of(row.at),
                row.author,
                json.loads(row.said),
                first,
            )
            for row, first in self._recordings(schema.case_step, known_at)
        ]

    def case_reporters(self, known_at: datetime | None = None) -> list[CaseReporter]:
        """See `truceline.evidence.ports.ObservationStore.case_reporters`."""
        return [
            CaseReporter(row.entry, instant_of(row.recorded_at), row.case_id, row.reporter)
            for row in self._entries(schema.case_reporter, known_at)
        ]

    def publications(self, known_at: datetime | None = None) -> list[Publication]:
        """See `truceline.evidence.ports.ObservationStore.publications`."""
        return [
            Publication(
                row.entry,
                instant_of(row.recorded_at),
                instant_of(row.as_of),
                instant_of(row.known_at),
                row.author,
                row.sha256,
                row.content,
            )
            for row in self._entries(schema.publication, known_at)
        ]

    def user_actions(self, known_at: datetime | None = None) -> list[UserAction]:
        """See `truceline.evidence.ports.ObservationStore.user_actions`."""
        return [
            UserAction(
                row.entry,
                instant_of(row.recorded_at),
                row.author,
                row.command,
                row.first_entry,
                row.last_entry,
            )
            for row in self._entries(schema.user_action, known_at)
        ]


LONGEST = 20_000
"""Characters of an author, a reason or a name."""


def need(name: str, text: str) -> str:
    """Words that must be there. Raises InvalidInput."""
    if not text.strip() or len(text) > LONGEST:
        raise InvalidInput(f"the {name} is empty or longer than {LONGEST:,} characters; accepted: words")
    return text.strip()
