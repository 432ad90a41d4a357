"""Reader of tracks in CSV: a row a fix, with `time`, `lon`, `lat`, and if known `error_m` or `hdop`, `unit`,
`party`."""

from __future__ import annotations

import csv
import io
from typing import IO, cast

from truceline.evidence.intake.document import Document
from truceline.patrol.files.fixes import Fixes, first_of

NAMES = {
    "time": ("time", "timestamp", "datetime", "utc"),
    "lon": ("lon", "longitude", "lng", "x"),
    "lat": ("lat", "latitude", "y"),
}
DELIMITERS = ",;\t"


def recognises(head: str) -> bool:
    """Whether the first line names a time and a place."""
    line = head.lstrip("\ufeff").split("\n", 1)[0].casefold()
    plain = line.replace(";", ",").replace("\t", ",")
    words = {word.strip(' "\r') for word in plain.split(",")}
    return all(words & set(names) for names in NAMES.values())


def read(document: Document, fixes: Fixes) -> None:
    """Takes the fixes of every row. Raises InvalidEvidence where columns are missing or twice."""
    with document.open() as stream, io.TextIOWrapper(cast(IO[bytes], stream), "utf-8", newline="") as text:
        first = text.readline()
        delimiter = max(DELIMITERS, key=first.count)
        header = [name.strip().casefold() for name in next(csv.reader([first], delimiter=delimiter), [])]
        if len(set(header)) < len(header):
            twice = next(name for name in header if header.count(name) > 1)
            raise document.fail("a column stands twice", line=1, found=twice)
        missing = [field for field, names in NAMES.items() if not set(names) & set(header)]
        if missing:
            raise document.fail(
                f"there is no column {missing[0]}", line=1, found=", ".join(header)[:200],
                accepted="time, lon, lat, and if known error_m or hdop, unit, party",
            )  # fmt: skip
        try:
            for row, cells in enumerate(csv.reader(text, delimiter=delimiter), start=1):
                if not any(cell.strip() for cell in cells):
                    continue
                values = dict(zip(header, cells, strict=False))
                fixes.add(
                    row,
                    *(first_of(values, NAMES[name]) for name in ("time", "lon", "lat")),
                    unit=str(values.get("unit") or "").strip()[:200],
                    party=str(values.get("party") or "").strip()[:200] or None,
                    error_m=values.get("error_m"),
                    hdop=values.get("hdop"),
                )
        except csv.Error as error:
            raise document.fail(f"this is not CSV ({error})") from error
