"""Reader of GDELT 2.0 events: tab-separated, without a header, 61 columns (58 in GDELT 1.0).

GDELT is coded by machine from the press: a row is what articles say, counted by mentions, not a checked
event. Its places are those that the machine found in the text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from truceline.core.errors import Fault
from truceline.evidence.intake.batch import Batch, Options, build, constant, details
from truceline.evidence.intake.coded import joined, radius_of
from truceline.evidence.intake.document import Document
from truceline.evidence.intake.moments import day_span, microseconds
from truceline.evidence.intake.places import read_points
from truceline.evidence.intake.rows import Layout, read_rows
from truceline.evidence.intake.sheet import Sheet, UnacceptableError
from truceline.evidence.precision import place_codes
from truceline.evidence.table import UTC_INSTANT
from truceline.evidence.vocabulary import CLAIM_KINDS
from truceline.evidence.vocabulary.mappings import kind_of_cameo

_ACTOR = (
    "Code", "Name", "CountryCode", "KnownGroupCode", "EthnicCode", "Religion1Code", "Religion2Code",
    "Type1Code", "Type2Code", "Type3Code",
)  # fmt: skip
_GEO = ("Type", "FullName", "CountryCode", "ADM1Code", "ADM2Code", "Lat", "Long", "FeatureID")


def _names(version: int) -> tuple[str, ...]:
    geo = [name for name in _GEO if version == 2 or name != "ADM2Code"]
    return (
        "GLOBALEVENTID", "SQLDATE", "MonthYear", "Year", "FractionDate",
        *(f"Actor1{name}" for name in _ACTOR), *(f"Actor2{name}" for name in _ACTOR),
        "IsRootEvent", "EventCode", "EventBaseCode", "EventRootCode", "QuadClass", "GoldsteinScale",
        "NumMentions", "NumSources", "NumArticles", "AvgTone",
        *(f"Actor1Geo_{name}" for name in geo), *(f"Actor2Geo_{name}" for name in geo),
        *(f"ActionGeo_{name}" for name in geo), "DATEADDED", "SOURCEURL",
    )  # fmt: skip


LAYOUTS = {len(_names(version)): _names(version) for version in (1, 2)}
KEPT = (
    "Actor1Code", "Actor2Code", "EventCode", "IsRootEvent", "GoldsteinScale", "NumMentions", "NumSources",
    "NumArticles", "AvgTone", "ActionGeo_Type", "ActionGeo_CountryCode", "ActionGeo_ADM1Code",
    "ActionGeo_FeatureID",
)  # fmt: skip


def recognises(head: str) -> bool:
    """Whether the first row has the columns of GDELT: as many, with numbers where they belong."""
    cells = head.split("\n", 1)[0].rstrip("\r").split("\t")
    return len(cells) in LAYOUTS and cells[0].isdigit() and len(cells[1]) == 8 and cells[1].isdigit()


def read(document: Document, options: Options) -> Iterator[Batch]:
    """Batches of observations. Raises InvalidEvidence where the columns are not GDELT's."""
    first = document.head().split("\n", 1)[0].rstrip("\r")
    names = LAYOUTS.get(len(first.split("\t")))
    if names is None:
        raise document.fail(
            "this is not the layout of GDELT",
            line=1,
            found=f"{len(first.split(chr(9)))} columns",
            accepted="61 tab-separated columns without a header (58 in GDELT 1.0)",
        )
    layout = Layout("\t", names, has_header=False, quoted=False)
    wanted = (
        *KEPT, "GLOBALEVENTID", "SQLDATE", "Actor1Name", "Actor2Name", "ActionGeo_FullName", "ActionGeo_Lat",
        "ActionGeo_Long", "DATEADDED", "SOURCEURL",
    )  # fmt: skip
    for rows in read_rows(document, layout, batch_rows=options.batch_rows, only=wanted):
        sheet = Sheet(dict(rows.columns), rows.rows, document.name)
        sheet.clean(look_for_nul=document.holds_nul)
        yield _observe(document, options, sheet, rows.broken)


def _observe(document: Document, options: Options, sheet: Sheet, broken: Sequence[Fault]) -> Batch:
    def kind(code: str) -> str:
        found = kind_of_cameo(code)
        if found is None:
            raise UnacceptableError("unknown CAMEO code", "a code from 01 to 2042", "kind")
        return found

    sheet.required("EventCode", "a CAMEO code")
    sheet.required("SQLDATE", "a day as 20181015")
    kinds = sheet.each("EventCode", kind, pa.string())
    day = _day_reader(options.zone)
    begins = sheet.each("SQLDATE", lambda text: day(text)[0], pa.int64())
    until = sheet.each("SQLDATE", lambda text: day(text)[1], pa.int64())
    reported = sheet.each("DATEADDED", _added, pa.int64())
    sheet.columns["lon"], sheet.columns["lat"] = sheet.text("ActionGeo_Long"), sheet.text("ActionGeo_Lat")
    lon, lat = read_points(sheet, region=options.region)
    located = pc.is_valid(lon)
    count = len(sheet)
    sheet.columns["ActionGeo_Type"] = pc.if_else(
        located, sheet.text("ActionGeo_Type"), pa.scalar(None, pa.string())
    )
    everybody = np.ones(count, dtype=np.bool_)
    values = {
        "kind": kinds,
        "place": sheet.text("ActionGeo_FullName"),
        "lon": lon,
        "lat": lat,
        "error_m": radius_of(sheet, "ActionGeo_Type", place_codes("gdelt"), located),
        "occurred_from": pc.cast(begins, UTC_INSTANT),
        "occurred_to": pc.cast(until, UTC_INSTANT),
        "reported_at": pc.cast(reported, UTC_INSTANT),
        "actors": joined(sheet, "Actor1Name", "Actor2Name", second=~everybody),
        "targets": joined(sheet, None, "Actor2Name", second=everybody),
        "source": constant(options.source or "gdelt", count),
        "method": constant("reported", count),
        "claim": pc.fill_null(pc.is_in(kinds, value_set=pa.array(sorted(CLAIM_KINDS))), False),
        "origin_id": sheet.text("GLOBALEVENTID"),
        "origin_url": sheet.text("SOURCEURL"),
        "details": details({name: sheet.text(name) for name in KEPT}, count),
    }
    return build(document, options, sheet, values, broken=broken)


def _day_reader(zone: ZoneInfo) -> Callable[[str], tuple[int, int]]:
    @lru_cache(maxsize=65536)
    def read(text: str) -> tuple[int, int]:
        try:
            day = date.fromisoformat(f"{text[:4]}-{text[4:6]}-{text[6:]}")
        except ValueError as error:
            raise UnacceptableError("there is no such day", "a day as 20181015", "date") from error
        start, end = day_span(day, zone)
        return microseconds(start), microseconds(end)

    return read


def _added(text: str) -> int:
    form = "%Y%m%d%H%M%S%z" if len(text) == 14 else "%Y%m%d%z"
    try:
        return microseconds(datetime.strptime(text + "+0000", form).astimezone(UTC))
    except ValueError as error:
        raise UnacceptableError("this is not an instant", "an instant as 20181015120000", "date") from error
