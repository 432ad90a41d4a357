"""What an examination finds: each thing has a stable code, a sentence, and what to do about it."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any

WRONG, NOTE = "wrong", "note"

LEVELS = {
    # the folder
    "accord-missing": WRONG,
    "accord-unreadable": WRONG,
    "accord-invalid": WRONG,
    "accord-changed": NOTE,
    "record-missing": WRONG,
    "not-readable": WRONG,
    "not-writable": WRONG,
    "medium-read-only": WRONG,
    "no-space": WRONG,
    "little-space": NOTE,
    "leftover-temporary": NOTE,
    "leftover-wal": NOTE,
    "leftover-journal": NOTE,
    # keys
    "key-missing": WRONG,
    "key-unreadable": WRONG,
    "key-rights": WRONG,
    "key-unknown": NOTE,
    # the record
    "record-not-a-database": WRONG,
    "record-foreign": WRONG,
    "record-damaged": WRONG,
    "record-unavailable": WRONG,
    "record-busy": NOTE,
    "schema-older": NOTE,
    "schema-newer": WRONG,
    "log-fails": WRONG,
    "head-unsigned": WRONG,
    "clock-behind": WRONG,
    "attachment-missing": WRONG,
    "attachment-changed": WRONG,
    "attachment-unreadable": WRONG,
    "attachment-elsewhere": NOTE,
    "attachment-unrecorded": NOTE,
    "cache-stale": NOTE,
    # the machine, and backups
    "python-too-old": WRONG,
    "library-too-old": WRONG,
    "sqlite-too-old": WRONG,
    "sqlite-wal-reset": NOTE,
    "backup-none": NOTE,
    "backup-old": NOTE,
}
"""Every code, and whether it is something wrong or only worth knowing. See docs/reference/doctor.md."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding. `says` and `do` are sentences; `path` is the file or folder that it is about."""

    code: str
    says: str
    do: str
    path: str | None = None

    @property
    def level(self) -> str:
        """`wrong`, or `note` for what is worth knowing and harms nothing."""
        return LEVELS[self.code]

    def as_dict(self) -> dict[str, Any]:
        """The finding as plain JSON data."""
        return {"code": self.code, "level": self.level} | asdict(self)


@dataclass(slots=True)
class Diagnosis:
    """What was found, what was mended, and how much was looked at."""

    findings: list[Finding] = field(default_factory=list)
    repaired: list[str] = field(default_factory=list)
    leaves: int | None = None
    attachments: int | None = None

    @property
    def ok(self) -> bool:
        """Whether nothing is wrong; notes may be there."""
        return not any(finding.level == WRONG for finding in self.findings)
