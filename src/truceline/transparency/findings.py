"""What a check of a record against its log finds."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any

from truceline.transparency.log_keys import KeyStanding
from truceline.transparency.tree import EMPTY_ROOT


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing wrong: the table, the row's key there (None: the table itself), the leaf, and what.

    `leaves` are the first leaf and the one after the last, where the place is known only as a range.
    """

    table: str
    row: int | None
    what: str
    leaf: int | None = None
    leaves: tuple[int, int] | None = None

    def as_dict(self) -> dict[str, Any]:
        """The finding as plain JSON data."""
        return {key: value for key, value in asdict(self).items() if value is not None or key == "row"}


@dataclass(slots=True)
class LogReport:
    """What a check found. `signed_size` is how many leaves the last head with a good signature covers, `keys`
    how each key stands that signed heads."""

    origin: str = ""
    size: int = 0
    root: bytes = EMPTY_ROOT
    signed_size: int = 0
    findings: list[Finding] = field(default_factory=list)
    keys: list[KeyStanding] = field(default_factory=list)

    @property
    def ok(self) -> bool:
        """Whether nothing is wrong."""
        return not self.findings
