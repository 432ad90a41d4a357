"""Reader of the ACLED column layout, old (numeric actor types, ``data_id``, ``iso3``) and current.

Exports differ in case, delimiter and the form of dates; columns are found by name. ACLED says that the order
of actor1 and actor2 does not tell who began: only in event types with one active side are they kept as actor
and target.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime

import pyarrow as pa
import pyarrow.compute as pc

from truceline.core.errors import Fault
from truceline.evidence.intake.batch import Batch, Options, build, constant, details
from truceline.evidence.intake.coded import coded_days, joined, radius_of
from truceline.evidence.intake.document import Document
from truceline.evidence.intake.places import read_points
from truceline.evidence.intake.rows import read_rows, sniff_layout
from truceline.evidence.intake.sheet import Sheet, UnacceptableError, truth
from truceline.evidence.precision import date_codes, place_codes
from truceline.evidence.vocabulary.mappings import kind_mapping, kind_of_acled

NEEDED = (
    "event_date", "time_precision", "event_type", "actor1", "latitude", "longitude", "geo_precision",
)  # fmt: skip
NUMBERS = ("event_id_cnty", "data_id")
KEPT = (
    "disorder_type", "event_type", "sub_event_type", "assoc_actor_1", "inter1", "assoc_actor_2", "inter2",
    "interaction", "civilian_targeting", "country", "admin1", "admin2", "admin3", "geo_precision",
    "time_precision", "source", "source_scale", "tags",
)  # fmt: skip
DATES = ("%Y-%m-%d", "%d %B %Y", "%d-%B-%Y", "%d %b %Y", "%d-%b-%Y", "%d-%b-%y", "%Y-%m-%d %H:%M:%S")
_JOINT = "\x1f"


def recognises(head: str) -> bool:
    """Whether the header is that of an ACLED export."""
    first = head.split("\n", 1)[0].replace('"', "").lower()
    delimiter = max(",;\t|", key=first.count)
    return {"event_date", "event_type", "actor1", "geo_precision"} <= {
        name.strip() for name in first.split(delimiter)
    }


def read(document: Document, options: Options) -> Iterator[Batch]:
    """Batches of observations. Raises InvalidEvidence where columns are missing."""
    layout = sniff_layout(document)
    named = {name.lower(): name for name in layout.names}
    missing = [name for name in NEEDED if name not in named]
    if missing or not any(name in named for name in NUMBERS):
        raise document.fail(
            "this is not the layout of ACLED",
            line=1,
            path=(missing or [NUMBERS[0]])[0],
            accepted=", ".join((*NEEDED, NUMBERS[0])),
        )
    wanted = {*NEEDED, *NUMBERS, *KEPT, "actor2", "location", "notes", "fatalities", "timestamp"}
    only = [name for plain, name in named.items() if plain in wanted]
    for rows in read_rows(document, layout, batch_rows=options.batch_rows, only=only):
        columns = {name.lower(): column for name, column in rows.columns.items()}
        sheet = Sheet(columns, rows.rows, document.name)
        sheet.clean(look_for_nul=document.holds_nul)
        yield _observe(document, options, sheet, rows.broken)


def _observe(document: Document, options: Options, sheet: Sheet, broken: Sequence[Fault]) -> Batch:
    kinds = _kinds(sheet)
    directed = truth(
        pc.is_in(sheet.text("event_type"), value_set=pa.array(sorted(kind_mapping("acled").directed)))
    )
    number = next(name for name in NUMBERS if name in sheet.columns)
    sheet.required(number, "the number that ACLED gives the event")
    begins, until = coded_days(
        sheet, "event_date", "event_date", "time_precision", date_codes("acled"), options.zone, _day
    )
    sheet.columns["lon"], sheet.columns["lat"] = sheet.text("longitude"), sheet.text("latitude")
    lon, lat = read_points(sheet, region=options.region)
    count = len(sheet)
    values = {
        "kind": kinds,
        "place": sheet.text("location"),
        "lon": lon,
        "lat": lat,
        "error_m": radius_of(sheet, "geo_precision", place_codes("acled"), pc.is_valid(lon)),
        "occurred_from": begins,
        "occurred_to": until,
        "actors": joined(sheet, "actor1", "actor2", second=~directed),
        "targets": joined(sheet, None, "actor2", second=directed),
        "fatalities": sheet.integer("fatalities"),
        "source": constant(options.source or "acled", count),
        "method": constant("reported", count),
        "claim": pc.fill_null(pc.equal(kinds, "statement"), False),
        "report": sheet.text("notes"),
        "origin_id": sheet.text(number),
        "details": details({name: sheet.text(name) for name in KEPT}, count),
    }
    # ACLED renews `timestamp` with every upload, changed or not.
    late = {"timestamp": sheet.text("timestamp")}
    return build(document, options, sheet, values, broken=broken, late=late)


def _kinds(sheet: Sheet) -> pa.Array:
    sheet.required("event_type", ", ".join(kind_mapping("acled").event_types))
    both = pc.binary_join_element_wise(
        sheet.text("event_type"), pc.fill_null(sheet.text("sub_event_type"), ""), _JOINT
    )
    encoded = pc.dictionary_encode(both)
    found = [
        None if text is None else kind_of_acled(*text.split(_JOINT, 1))
        for text in encoded.dictionary.to_pylist()
    ]
    kinds = pa.array(found, pa.string()).take(encoded.indices)
    unknown = truth(pc.and_(pc.is_null(kinds), pc.is_valid(sheet.text("event_type"))))
    accepted = ", ".join(list(kind_mapping("acled").event_types)[:6])
    sheet.refuse(unknown, "event_type", "unknown event type", accepted=accepted, code="kind")
    return kinds


def _day(text: str) -> date:
    for form in DATES:
        try:
            return datetime.strptime(text, form).date()  # noqa: DTZ007 - a day, whose zone is the accord's
        except ValueError:
            continue
    raise UnacceptableError("this is not a date", "a date as 2018-10-15 or 15 October 2018", "date")
