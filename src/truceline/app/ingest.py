"""Takes evidence files into a workspace: reads them, records them, keeps the originals."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from truceline.core.errors import Fault, InvalidEvidence, InvalidInput, NotFound
from truceline.core.instants import isoformat_utc
from truceline.core.limits import QUARANTINED_ROWS
from truceline.evidence.actors import match_actors, unmatched
from truceline.evidence.actors.known import is_nobody
from truceline.evidence.ports import AppendResult, Batch, Origin, StoreWriter, mapping_of
from truceline.evidence.readers import format_of, opened, read_evidence
from truceline.store.workspace import Workspace, digest_of

Progress = Callable[[str, int], None]
"""Called with a file's name and how many of its rows are read so far."""


@dataclass(frozen=True, slots=True)
class FileReport:
    """What taking in one file did."""

    file: str
    format: str
    result: AppendResult


@dataclass(frozen=True, slots=True)
class IngestReport:
    """What an ingest did, file by file. `unmatched` counts names that mean no party of the accord."""

    files: tuple[FileReport, ...]
    unmatched: dict[str, int] = field(default_factory=dict)
    dry_run: bool = False

    def total(self, count: str) -> int:
        """The sum of a count of `AppendResult` over all files."""
        return sum(getattr(report.result, count) for report in self.files)

    @property
    def quarantined(self) -> list[tuple[str, Fault]]:
        """Every row that could not be read, with its file."""
        return [(report.file, fault) for report in self.files for fault in report.result.quarantined]

    @property
    def recorded_at(self) -> datetime | None:
        """When the last of it was recorded; None where nothing new was."""
        instants = [at for report in self.files if (at := report.result.recorded_at)]
        return max(instants, default=None)

    def as_dict(self) -> dict[str, Any]:
        """The report as plain JSON data."""
        return {
            "read": self.total("read"),
            "added": self.total("added"),
            "duplicates": self.total("duplicates"),
            "superseded": self.total("superseded"),
            "outdated": self.total("outdated"),
            "quarantined": [quarantined_dict(file, fault) for file, fault in self.quarantined],
            "unmatched_actors": [{"name": name, "count": count} for name, count in self.unmatched.items()],
            "recorded_at": isoformat_utc(self.recorded_at) if self.recorded_at else None,
            "dry_run": self.dry_run,
            "files": [
                {
                    "file": report.file,
                    "format": report.format,
                    "read": report.result.read,
                    "added": report.result.added,
                    "duplicates": report.result.duplicates,
                    "superseded": report.result.superseded,
                    "quarantined": len(report.result.quarantined),
                }
                for report in self.files
            ],
        }


def quarantined_dict(file: str | None, fault: Fault) -> dict[str, Any]:
    """A bad row as plain JSON data: file, row, field, reason, and what was found and is accepted."""
    said = {"file": fault.source or file, "row": fault.row, "field": fault.path, "reason": fault.message}
    more = {"line": fault.line, "found": fault.found, "accepted": fault.accepted}
    return said | {key: value for key, value in more.items() if value is not None}


def ingest(
    workspace: Workspace,
    files: Sequence[Path],
    *,
    format: str | None = None,
    mapping: Path | None = None,
    source: str | None = None,
    time_zone: str | None = None,
    dry_run: bool = False,
    progress: Progress | None = None,
) -> IngestReport:
    """Takes in all files in one transaction: if one of them is broken, nothing is recorded of any.

    `time_zone` is an IANA name for dates and times without one (the accord's, where not given). A dry run
    does everything but record. Raises NotFound, InvalidInput, InvalidEvidence, InvalidAccord and
    StoreUnavailable.
    """
    if not files:
        raise InvalidInput("no file was named; accepted: one or more evidence files")
    for path in files:
        if not path.is_file():
            what = "is a folder; accepted: files" if path.is_dir() else "does not exist"
            raise NotFound(f"{path} {what}; nothing was changed")
    accord = workspace.accord()
    kept: list[Path] = []

    def one(writer: StoreWriter, path: Path) -> tuple[FileReport, Counter[str]]:
        # A file that is looked at for its format is opened and checked for it, and not again.
        document = None if format or mapping else opened(path)
        named = format or ("csv" if document is None else format_of(document))
        checksum = digest_of(path) if document is None else document.sha256
        origin = Origin(path.name, checksum, path.stat().st_size, named, source)
        names: Counter[str] = Counter()
        batches = read_evidence(
            path if document is None else document,
            format=named if document is not None else format,
            mapping=mapping,
            source=source,
            time_zone=time_zone or accord.accord.time_zone,
            region=accord.accord.region,
        )

        def keep() -> None:
            new = None if dry_run else workspace.keep_original(path, origin)
            if new is not None:
                kept.append(new)

        watched = _watched(batches, path.name, names, progress)
        return FileReport(path.name, named, writer.append(watched, origin=origin, before_commit=keep)), names

    names: Counter[str] = Counter()
    reports = []
    with workspace.store() as store:
        try:
            with store.write(dry_run=dry_run) as writer:
                writer.record_accord(workspace.accord_text())
                for path in files:
                    report, found = one(writer, path)
                    reports.append(report)
                    names += found
        except BaseException:
            workspace.drop_unrecorded(kept)
            raise
        judged = mapping_of(store.actor_mappings())
    open_names = Counter(
        {name: count for name, count in names.items() if not (name in judged or is_nobody(name))}
    )
    rest = unmatched(open_names, match_actors(accord, list(open_names)))
    return IngestReport(tuple(reports), {name: count for name, count, _ in rest}, dry_run)


def _watched(
    batches: Iterator[Batch], file: str, names: Counter[str], progress: Progress | None
) -> Iterator[Batch]:
    """Passes batches on, counts the names in them and reports progress."""
    read, refused = 0, 0
    for batch in batches:
        refused += len(batch.quarantined)
        if refused > QUARANTINED_ROWS:
            first = batch.quarantined[0].sentence()
            raise InvalidEvidence(
                f"{file}: more than {QUARANTINED_ROWS:,} rows cannot be read, one of them: {first}",
                hint="name the file's format with --format, or describe its columns with --mapping",
            )
        names.update(count_names(batch.table))
        yield batch
        read += batch.read
        if progress is not None:
            progress(file, read)


def count_names(observations: pa.Table) -> Counter[str]:
    """How often each name stands among actors and targets."""
    counts: Counter[str] = Counter()
    for column in ("actors", "targets"):
        # Some rows at a time: the names of a million rows need not stand in memory beside one another.
        for chunk in observations.select([column]).to_batches(max_chunksize=65_536):
            names = pc.drop_null(pc.list_flatten(chunk[column]))
            for pair in pc.value_counts(names).to_pylist():
                counts[pair["values"]] += pair["counts"]
    return counts
