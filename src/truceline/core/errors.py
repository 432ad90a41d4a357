"""The errors that callers can act on, under one root, each with a stable code.

Loaders report all faults of an input at once, as `Fault` rows that name the file, the line or row, the
field, what was found and what is accepted.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any, ClassVar, Self


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with an input, where it stands, and what would be accepted.

    `line` and `row` count from 1; a row is a data row (a CSV header is row 0). `path` is the place inside
    the document, as in ``provisions[2].due``.
    """

    message: str
    source: str | None = None
    line: int | None = None
    row: int | None = None
    path: str | None = None
    found: str | None = None
    accepted: str | None = None
    code: str = "invalid"

    def sentence(self) -> str:
        """One sentence: ``accord.yaml, line 12, provisions[2].due: found '2018-13-01'; accepted: a date``."""
        place = [self.source] if self.source else []
        if self.line is not None:
            place.append(f"line {self.line}")
        if self.row is not None:
            place.append(f"row {self.row}")
        if self.path:
            place.append(self.path)
        text = f"{', '.join(place)}: {self.message}" if place else self.message
        if self.found is not None:
            text += f"; found {self.found}"
        if self.accepted is not None:
            text += f"; accepted: {self.accepted}"
        return text

    def as_dict(self) -> dict[str, Any]:
        """The fault as plain data, without the fields that are not set."""
        return {key: value for key, value in asdict(self).items() if value is not None}


class TrucelineError(Exception):
    """Root of every error that Truceline raises on purpose.

    `code` is stable and documented in docs/reference/errors.md; `details` is structured; `hint` says what
    to do next.
    """

    code: ClassVar[str] = "truceline"
    title: ClassVar[str] = "Truceline could not do this"

    def __init__(
        self,
        message: str,
        *,
        hint: str | None = None,
        faults: Sequence[Fault] = (),
        details: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.faults = tuple(faults)
        self.details = details or {}

    @classmethod
    def of_faults(cls, faults: Sequence[Fault], *, hint: str | None = None) -> Self:
        """An error that carries all faults; its message is the first one and how many more there are."""
        more = f" (and {len(faults) - 1} more)" if len(faults) > 1 else ""
        return cls(faults[0].sentence() + more, hint=hint, faults=faults)

    def problem(self) -> dict[str, Any]:
        """The error as RFC 9457 problem details, with `source`, `line`, `row`, `field` of the first fault."""
        document: dict[str, Any] = {
            "type": f"urn:truceline:error:{self.code}",
            "title": self.title,
            "detail": self.message,
            "code": self.code,
        }
        if self.hint:
            document["hint"] = self.hint
        if self.faults:
            first = self.faults[0]
            document |= {
                key: value
                for key, value in (
                    ("source", first.source),
                    ("line", first.line),
                    ("row", first.row),
                    ("field", first.path),
                )
                if value is not None
            }
            document["faults"] = [fault.as_dict() for fault in self.faults]
        if self.details:
            document["details"] = self.details
        return document


class InvalidInput(TrucelineError):
    """An argument, option or file that cannot be used as given."""

    code = "invalid-input"
    title = "The input cannot be used"


class TooLarge(InvalidInput):
    """What was sent is larger than the server takes."""

    code = "too-large"
    title = "What was sent is too large"


class InvalidAccord(InvalidInput):
    """An accord file that does not follow the schema or contradicts itself."""

    code = "invalid-accord"
    title = "The accord is not valid"


class InvalidEvidence(InvalidInput):
    """An evidence file that cannot be read at all (single bad rows are quarantined instead)."""

    code = "invalid-evidence"
    title = "The evidence file cannot be read"


class InvalidBackup(InvalidInput):
    """A backup that is cut short, was changed since it was made, or does not hold what it says."""

    code = "invalid-backup"
    title = "The backup cannot be used"


class InvalidGeometry(InvalidInput):
    """A geometry that is empty, not finite, out of range or of the wrong kind."""

    code = "invalid-geometry"
    title = "The geometry cannot be used"


class NotFound(TrucelineError):
    """A workspace, file or identifier that does not exist."""

    code = "not-found"
    title = "Not found"


class Conflict(TrucelineError):
    """The request contradicts what is recorded already."""

    code = "conflict"
    title = "This contradicts what is recorded"


class NotAllowed(TrucelineError):
    """Something that the asker's role may not see or do."""

    code = "not-allowed"
    title = "This role may not"


class NotConfirmed(TrucelineError):
    """Something of another office whose key the operator has not confirmed."""

    code = "not-confirmed"
    title = "The office's key is not confirmed"


class Incomplete(TrucelineError):
    """A bundle of which parts are missing or damaged; what arrived is kept."""

    code = "incomplete"
    title = "The bundle is not complete"


class StoreUnavailable(TrucelineError):
    """The evidence store cannot be opened, read or written."""

    code = "store-unavailable"
    title = "The store is not available"


class DependencyMissing(TrucelineError):
    """An optional part that is not installed or not configured."""

    code = "dependency-missing"
    title = "An optional part is missing"


class ClusterFailed(TrucelineError):
    """A cluster that cannot be reached, or that gave up."""

    code = "cluster-failed"
    title = "The cluster failed"


class NotSignedIn(TrucelineError):
    """What only those who have signed in may see or do, or a sign-in that failed."""

    code = "not-signed-in"
    title = "Sign in first"


class SecondFactorRequired(NotSignedIn):
    """A sign-in whose password is right and whose one-time code is missing."""

    code = "totp-required"
    title = "A one-time code is required"


class NewPasswordRequired(NotSignedIn):
    """A sign-in with a first password, which is to be replaced by one of one's own."""

    code = "new-password-required"
    title = "A new password is required"


class TooMany(TrucelineError):
    """Too many requests, or too many failed sign-ins, in too short a time."""

    code = "too-many"
    title = "Too many requests"


class NotAsExpected(TrucelineError):
    """A change to something that has changed since it was read."""

    code = "changed-meanwhile"
    title = "It has changed meanwhile"
