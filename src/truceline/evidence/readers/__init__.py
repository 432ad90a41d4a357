"""Readers of evidence, one module per format, independent of one another.

`read_evidence` is the way in: it checks the file as a whole, finds its format by its content, and hands on
batches of observations with the rows that were refused. A new format is a module with ``recognises(head)``
and ``read(document, options)``, and a line in `READERS`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Protocol

from truceline.core.errors import InvalidInput
from truceline.core.instants import zone_of
from truceline.evidence.intake.batch import Batch, Options
from truceline.evidence.intake.document import Document, open_document
from truceline.evidence.intake.mapping import EvidenceMapping, check_mapping, load_mapping
from truceline.evidence.intake.places import Region
from truceline.evidence.readers import acled, csv, gdelt, geojson, gpx, odk, ucdp

__all__ = ["READERS", "Batch", "detect_format", "format_of", "opened", "read_evidence"]


class Reader(Protocol):
    """What a module must offer to be a reader."""

    def recognises(self, head: str, /) -> bool:
        """Whether the beginning of a file, decoded, looks like this format."""

    def read(self, document: Document, options: Options, /) -> Iterator[Batch]:
        """Batches of the whole file. Raises InvalidEvidence."""


READERS: dict[str, Reader] = {
    "ucdp": ucdp,
    "acled": acled,
    "gdelt": gdelt,
    "gpx": gpx,
    "odk": odk,
    "geojson": geojson,
    "csv": csv,
}
"""Format -> its reader, asked in this order: the narrower layouts before the wider."""


def detect_format(path: Path | str, *, encoding: str | None = None) -> str:
    """The format of a file by its content. Raises InvalidEvidence where no reader recognises it."""
    return format_of(opened(path, encoding=encoding))


def opened(path: Path | str, *, encoding: str | None = None) -> Document:
    """A file, checked as a whole. Raises InvalidEvidence for one that cannot be read at all."""
    return open_document(Path(path), encoding=encoding)


def format_of(document: Document) -> str:
    """See `detect_format`."""
    head = document.head()
    for name, reader in READERS.items():
        if reader.recognises(head):
            return name
    raise document.fail(
        "the format is not recognised",
        found=repr(head[:80]),
        accepted=", ".join(READERS),
        hint="name it with --format, or describe the columns in a mapping file (--mapping map.yaml)",
    )


def read_evidence(
    path: Path | str | Document,
    *,
    format: str | None = None,
    mapping: EvidenceMapping | Mapping[str, Any] | Path | str | None = None,
    source: str | None = None,
    time_zone: str = "UTC",
    recorded_at: datetime | None = None,
    batch_rows: int = 20_000,
    encoding: str | None = None,
    region: Region | None = None,
) -> Iterator[Batch]:
    """Batches of observations from one file, in constant memory.

    A file that is `opened` is not checked again. `time_zone` is the accord's (an IANA name) and counts where
    the mapping names none; `source` names the source of rows that name none; `recorded_at` is when we learn
    of them (now, where not given); `region` (west, south, east, north) helps to find swapped coordinates.
    Raises InvalidInput for an unknown format or mapping and InvalidEvidence for a file that cannot be read:
    then nothing of it should be kept.
    """
    if batch_rows < 1:
        raise InvalidInput(f"batch_rows: found {batch_rows}; accepted: 1 or more")
    if format is not None and format not in READERS:
        raise InvalidInput(f"format: found {format!r}; accepted: {', '.join(READERS)}")
    rules = _mapping(mapping)
    moment = recorded_at or datetime.now(UTC)
    if moment.tzinfo is None:
        raise InvalidInput("recorded_at needs a time zone")
    if isinstance(path, Document):
        document = path
    else:
        document = opened(path, encoding=encoding or (rules.encoding if rules else None))
    named = format or ("csv" if rules is not None else format_of(document))
    if rules is not None and named != "csv":
        raise InvalidInput(f"a mapping file is for delimited files of any layout; the format is {named}")
    zone = zone_of((rules.time_zone if rules else None) or time_zone)
    options = Options(zone, moment.astimezone(UTC), source, rules, batch_rows, region)
    return READERS[named].read(document, options)


def _mapping(
    given: EvidenceMapping | Mapping[str, Any] | Path | str | None,
) -> EvidenceMapping | None:
    if given is None or isinstance(given, EvidenceMapping):
        return given
    if isinstance(given, Path | str):
        return load_mapping(Path(given))
    return check_mapping(given, source="mapping")
