"""Reader of the UCDP Georeferenced Event Dataset (GED), CSV layout of versions 22 to 25.

UCDP codes who fought whom, not who began: except in one-sided violence both sides are kept as actors. Where
a code of precision says that a place or day is coarse, it becomes an area and an interval
(`truceline.evidence.precision`).
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
from truceline.evidence.vocabulary.mappings import kind_mapping

NEEDED = (
    "id", "type_of_violence", "side_a", "side_b", "where_prec", "latitude", "longitude", "date_prec",
    "date_start", "date_end",
)  # fmt: skip
KEPT = (
    "conflict_name", "dyad_name", "type_of_violence", "code_status", "number_of_sources", "source_article",
    "source_headline", "source_original", "where_prec", "date_prec", "where_description", "adm_1", "adm_2",
    "country", "event_clarity", "deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown", "best", "high",
    "low",
)  # fmt: skip
OWN = (*NEEDED, *KEPT, "where_coordinates", "source_office")


def recognises(head: str) -> bool:
    """Whether the header is that of GED."""
    first = head.split("\n", 1)[0].replace('"', "")
    return {"where_prec", "date_prec", "type_of_violence"} <= {name.strip() for name in first.split(",")}


def read(document: Document, options: Options) -> Iterator[Batch]:
    """Batches of observations. Raises InvalidEvidence where columns are missing."""
    layout = sniff_layout(document)
    missing = [name for name in NEEDED if name not in layout.names]
    if missing:
        raise document.fail(
            "this is not the layout of UCDP GED", line=1, path=missing[0], accepted=", ".join(NEEDED)
        )
    for rows in read_rows(document, layout, batch_rows=options.batch_rows, only=OWN):
        sheet = Sheet(dict(rows.columns), rows.rows, document.name)
        sheet.clean(look_for_nul=document.holds_nul)
        yield _observe(document, options, sheet, rows.broken)


def _observe(document: Document, options: Options, sheet: Sheet, broken: Sequence[Fault]) -> Batch:
    table = kind_mapping("ucdp")

    def kind(code: str) -> str:
        if code in table.codes:
            return table.codes[code].kind
        raise UnacceptableError("unknown type of violence", ", ".join(table.codes), "kind")

    sheet.required("type_of_violence", ", ".join(table.codes))
    sheet.required("id", "the number that UCDP gives the event")
    kinds = sheet.each("type_of_violence", kind, pa.string())
    directed = truth(pc.is_in(sheet.text("type_of_violence"), value_set=pa.array(sorted(table.directed))))
    begins, until = coded_days(
        sheet, "date_start", "date_end", "date_prec", date_codes("ucdp"), options.zone, _day
    )
    sheet.columns["lon"], sheet.columns["lat"] = sheet.text("longitude"), sheet.text("latitude")
    sheet.required("lon", "a longitude")
    lon, lat = read_points(sheet, region=options.region)
    error = radius_of(sheet, "where_prec", place_codes("ucdp"), pc.is_valid(lon))
    count = len(sheet)
    values = {
        "kind": kinds,
        "place": sheet.text("where_coordinates"),
        "lon": lon,
        "lat": lat,
        "error_m": error,
        "occurred_from": begins,
        "occurred_to": until,
        "actors": joined(sheet, "side_a", "side_b", second=~directed),
        "targets": joined(sheet, None, "side_b", second=directed),
        "fatalities": sheet.integer("best"),
        "source": constant(options.source or "ucdp", count),
        "method": constant("reported", count),
        "report": pc.coalesce(sheet.text("source_headline"), sheet.text("where_description")),
        "origin_id": sheet.text("id"),
        "details": details({name: sheet.text(name) for name in KEPT}, count),
    }
    return build(document, options, sheet, values, broken=broken)


def _day(text: str) -> date:
    # GED writes "2018-09-04 00:00:00.000"; some releases the day alone.
    try:
        return datetime.fromisoformat(text).date()
    except ValueError as error:
        raise UnacceptableError("this is not a date", "a date as 2018-10-15", "date") from error
