"""The evidence files that a record names, held against what lies in the workspace."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from truceline.core.durable import PART
from truceline.evidence.ports import IngestRecord
from truceline.store.workspace import Workspace, digest_of


@dataclass(frozen=True, slots=True)
class OriginalFault:
    """One evidence file that is not as recorded: where it should lie, and what is the matter."""

    path: Path
    file: str
    what: Literal["missing", "changed", "unreadable"]

    def as_dict(self) -> dict[str, str]:
        """The fault as plain JSON data."""
        return {"path": str(self.path), "file": self.file, "what": self.what}

    def sentence(self) -> str:
        """For people."""
        said = {
            "missing": "is not there",
            "changed": "is not the file that was taken in: its SHA-256 is another",
            "unreadable": "cannot be read",
        }
        return f"the evidence file {self.path.name} {said[self.what]}"


def check_originals(
    workspace: Workspace, ingests: Iterable[IngestRecord], *, progress: Callable[[int], None] = lambda _: None
) -> list[OriginalFault]:
    """Reads every evidence file that the record names and compares its SHA-256. `progress`: bytes read."""
    faults = []
    seen = set()
    done = 0
    for record in ingests:
        path = workspace.original_path(record.origin)
        if path in seen:
            continue
        seen.add(path)
        try:
            if digest_of(path) != record.origin.sha256:
                faults.append(OriginalFault(path, record.origin.file, "changed"))
            done += path.stat().st_size
        except FileNotFoundError:
            faults.append(OriginalFault(path, record.origin.file, "missing"))
        except OSError:
            faults.append(OriginalFault(path, record.origin.file, "unreadable"))
        progress(done)
    return faults


def unrecorded_originals(workspace: Workspace, ingests: Iterable[IngestRecord]) -> list[Path]:
    """Files among the evidence files that the record does not name."""
    named = {workspace.original_path(record.origin) for record in ingests}
    if not workspace.originals.is_dir():
        return []
    return [
        path
        for path in sorted(workspace.originals.iterdir())
        if path not in named and not path.name.endswith(PART)
    ]
