"""Rows that bear our own field names, from whatever file, as observations."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from truceline.core.errors import Fault
from truceline.evidence.identity import is_observation_id, observation_id
from truceline.evidence.intake.batch import Batch, Options, build, constant, details
from truceline.evidence.intake.document import Document
from truceline.evidence.intake.fields import FIELDS
from truceline.evidence.intake.mapping import EvidenceMapping
from truceline.evidence.intake.moments import read_instant, read_interval, span_reader
from truceline.evidence.intake.places import locate
from truceline.evidence.intake.sheet import Sheet, UnacceptableError, truth
from truceline.evidence.vocabulary import CLAIM_KINDS, all_kinds, did_you_mean, family_of

ACCEPTED_KINDS = "a kind of the vocabulary, such as " + ", ".join(all_kinds()[:4])

METHODS = {
    "uav": "unmanned_aircraft",
    "drone": "unmanned_aircraft",
    "unmanned aircraft": "unmanned_aircraft",
    "reported by others": "reported",
}
"""Other words for the ways of observing; words that are not listed are kept as they stand."""

_YES, _NO = {"true", "yes", "1", "y", "t"}, {"false", "no", "0", "n", "f"}


def read_kind(text: str) -> str:
    """The kind of that name. Raises UnacceptableError, with the kind that was probably meant."""
    if family_of(text) is not None:
        return text
    meant = did_you_mean(text, all_kinds())
    hint = f"; did you mean {meant}?" if meant else ""
    raise UnacceptableError(f"unknown kind{hint}", ACCEPTED_KINDS, "kind")


def read_flag(text: str) -> bool:
    """True or false in words. Raises UnacceptableError."""
    word = text.lower()
    if word in _YES or word in _NO:
        return word in _YES
    raise UnacceptableError("this is neither true nor false", "true or false", "flag")


def read_reliability(text: str) -> str:
    """A source's reliability, A to F. Raises UnacceptableError."""
    if text.upper() in set("ABCDEF"):
        return text.upper()
    raise UnacceptableError("unknown reliability", "a letter from A to F", "rating")


def read_credibility(text: str) -> int:
    """An information's credibility, 1 to 6. Raises UnacceptableError."""
    if text in set("123456"):
        return int(text)
    raise UnacceptableError("unknown credibility", "a number from 1 to 6", "rating")


def observe(
    document: Document,
    options: Options,
    sheet: Sheet,
    *,
    broken: Sequence[Fault] = (),
    shapes: npt.NDArray[np.object_] | None = None,
) -> Batch:
    """Examines a sheet whose columns bear our field names; other columns become details.

    `shapes` is one geometry a row, None where there is none. The sheet's columns are cleaned already.
    """
    mapping = options.mapping or EvidenceMapping()
    zone = options.zone
    sheet.required("kind", ACCEPTED_KINDS)
    kind = sheet.each("kind", read_kind, pa.string())
    begins, until = _when(sheet, options, mapping)
    places = locate(sheet, shapes, decimal=mapping.decimal, region=mapping.region or options.region)
    read = span_reader(zone, mapping.date_format)
    count = len(sheet)
    claim = sheet.each("claim", read_flag, pa.bool_())
    said = pc.is_in(kind, value_set=pa.array(sorted(CLAIM_KINDS)))
    source = pc.coalesce(sheet.text("source"), constant(_default_source(document, options, mapping), count))
    values = {
        "kind": kind,
        "place": sheet.text("place"),
        "lon": places.lon,
        "lat": places.lat,
        "error_m": places.error_m,
        "geometry": places.geometry,
        "occurred_from": begins,
        "occurred_to": until,
        "observed_at": read_instant(sheet, "observed_at", read),
        "reported_at": read_instant(sheet, "reported_at", read),
        "actors": sheet.names("actor", mapping.separator),
        "targets": sheet.names("target", mapping.separator),
        "subject": sheet.text("subject"),
        "weapon_class": sheet.text("weapon_class"),
        "calibre_mm": sheet.number("calibre_mm", 0, 5000, "millimetres", decimal=mapping.decimal),
        "equipment": sheet.text("equipment"),
        "serial": sheet.text("serial"),
        "count": sheet.integer("count"),
        "fatalities": sheet.integer("fatalities"),
        "injured": sheet.integer("injured"),
        "effort_h": sheet.number("effort_h", 0, 1e6, "hours, 0 or more", decimal=mapping.decimal),
        "source": source,
        "method": sheet.each("method", lambda text: METHODS.get(text.lower(), text), pa.string()),
        "observed_from": sheet.text("observed_from"),
        "reliability": sheet.each("reliability", read_reliability, pa.string()),
        "credibility": sheet.each("credibility", read_credibility, pa.int8()),
        "claim": pc.coalesce(claim, said, pa.scalar(False)),
        "synthetic": pc.coalesce(sheet.each("synthetic", read_flag, pa.bool_()), pa.scalar(False)),
        "retracted": pc.coalesce(sheet.each("retracted", read_flag, pa.bool_()), pa.scalar(False)),
        "report": sheet.text("report"),
        "origin_id": sheet.text("id"),
        "origin_url": sheet.text("url"),
        "quote": sheet.text("quote"),
        "supersedes": _superseded(sheet, source),
    }
    more = {name: column for name, column in sheet.columns.items() if name not in FIELDS}
    if places.assumed.any():
        more["error_m_assumed"] = pc.if_else(pa.array(places.assumed), "true", pa.scalar(None, pa.string()))
    values["details"] = details(more, count)
    return build(document, options, sheet, values, broken=broken)


def _default_source(document: Document, options: Options, mapping: EvidenceMapping) -> str:
    # Every observation has a source. Where nobody named one, the file itself is all that we know.
    return options.source or mapping.source or f"file:{Path(document.name).stem}"


def _when(sheet: Sheet, options: Options, mapping: EvidenceMapping) -> tuple[pa.Array, pa.Array]:
    # `date` stands for date_start where that is empty, in the same row.
    single, start = sheet.text("date"), sheet.text("date_start")
    field = "date_start" if sheet.has("date_start") or "date" not in sheet.columns else "date"
    both = truth(pc.and_(pc.is_valid(single), pc.is_valid(start)))
    sheet.refuse(
        both & truth(pc.not_equal(single, start)),
        "date",
        "date and date_start say different days",
        accepted="date, or date_start and date_end",
        code="date",
    )
    sheet.columns[field] = pc.coalesce(start, single)
    return read_interval(sheet, field, "date_end", span_reader(options.zone, mapping.date_format))


def _superseded(sheet: Sheet, source: pa.Array) -> pa.Array:
    """The id of the observation that each row corrects, from ours or from the source's own number."""
    if not sheet.has("supersedes"):
        return pa.nulls(len(sheet), pa.string())
    return pa.array(
        [
            None
            if number is None
            else number
            if is_observation_id(number)
            else observation_id(origin, number)
            for number, origin in zip(sheet.text("supersedes").to_pylist(), source.to_pylist(), strict=True)
        ],
        pa.string(),
    )
