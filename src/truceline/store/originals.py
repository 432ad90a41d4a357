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
    """One evidence file that is not as recorded: where it should lie, and what is the matter.

    `elsewhere`: another office took it in, and it is not here. A bundle may leave such files out; whether it
    did, or whether the file was lost since, the record does not say.
    """

    path: Path
    file: str
    what: Literal["missing", "changed", "unreadable", "elsewhere"]

    def as_dict(self) -> dict[str, str]:
        """The fault as plain JSON data."""
        return {"path": str(self.path), "file": self.file, "what": self.what}

    def sentence(self) -> str:
        """For people."""
        said = {
            "missing": "is not there",
            "changed": "is not the file that was taken in: its SHA-256 is another",
            "unreadable": "cannot be read",
            "elsewhere": "lies with the office that took it in, and not here",
        }
        return f"the evidence file {self.path.name} {said[self.what]}"


def check_originals(
    workspace: Workspace, ingests: Iterable[IngestRecord], *, progress: Callable[[int], None] = lambda _: None
) -> list[OriginalFault]:
    """Reads every evidence file that the record names and compares its SHA-256. `progress`: bytes read."""
    faults = []
    seen = set()
    done = 0
    records = list(ingests)
    ours = {record.origin.sha256 for record in records if record.office is None}
    for record in records:
        origin = record.origin
        if origin.sha256 in seen:
            continue
        seen.add(origin.sha256)
        path = workspace.original_path(origin)
        what = _matter(path, origin.sha256)
        # The same content may have come before under another name.
        if what is None or any(
            _matter(other, origin.sha256) is None
            for other in workspace.originals.glob(f"{origin.sha256[:16]}-*")
            if other != path
        ):
            done += origin.size_bytes
        elif what == "missing" and origin.sha256 not in ours:
            faults.append(OriginalFault(path, origin.file, "elsewhere"))
        else:
            faults.append(OriginalFault(path, origin.file, what))
        progress(done)
    return faults


def _matter(path: Path, sha256: str) -> Literal["missing", "changed", "unreadable"] | None:
    try:
        return None if digest_of(path) == sha256 else "changed"
    except FileNotFoundError:
        return "missing"
    except OSError:
        return "unreadable"


def unrecorded_originals(workspace: Workspace, ingests: Iterable[IngestRecord]) -> list[Path]:
    """Files among the evidence files whose content, by their name, the record does not name."""
    named = {record.origin.sha256[:16] for record in ingests}
    if not workspace.originals.is_dir():
        return []
    return [
        path
        for path in sorted(workspace.originals.iterdir())
        if path.name.partition("-")[0] not in named and not path.name.endswith(PART)
    ]
