"""Reader of GPX 1.0 and 1.1: waypoints, which a monitor marked where something was seen, as observations.

``<type>`` of a waypoint is its kind, ``<name>`` its place in words, ``<desc>`` or ``<cmt>`` the report,
``<link>`` or ``<url>`` where more is, ``<src>`` the source, ``<time>`` the instant, ``<hdop>`` its error;
elements of ``<extensions>`` that bear one of our field names are that field, and all others are kept in
`details`. A track tells where a unit was, which is for ``truceline patrol verify`` and no observation: it
is set aside with that reason.

Read element by element with lxml, entities unresolved and document types refused.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO, cast

import numpy as np
import pyarrow as pa
from lxml import etree

from truceline.core.errors import Fault
from truceline.evidence.intake.batch import Batch, Options
from truceline.evidence.intake.document import Document
from truceline.evidence.intake.fields import FIELDS
from truceline.evidence.intake.own import observe
from truceline.evidence.intake.sheet import Sheet

METRES_PER_HDOP = 10.0
"""The 95% radius at a horizontal dilution of precision of 1: 8 m for the signal alone, averaged over the
globe (GPS Standard Positioning Service Performance Standard, 5th edition, 2020), and what the receiver
adds."""

_MEANT = {
    "type": "kind",
    "name": "place",
    "desc": "report",
    "cmt": "report",
    "time": "date",
    "src": "source",
    "url": "url",
}
_TRACKS = ("trk", "rte")
_OUTSIDE = "a track or route is no observation"
_MOST_TEXT = 1_000_001  # one more than a field may hold, so that the sheet refuses it

Row = dict[str, str]


def recognises(head: str) -> bool:
    """Whether the beginning is that of a GPX file."""
    return "<gpx" in head[:4096]


def read(document: Document, options: Options) -> Iterator[Batch]:
    """Batches of observations. Raises InvalidEvidence where the file is no well-formed GPX."""
    rows: list[Row] = []
    aside: list[Fault] = []
    first = 1
    for number, found in enumerate(_elements(document), start=1):
        if isinstance(found, str):
            aside.append(
                Fault(
                    _OUTSIDE, document.name, row=number, path=found, accepted="waypoints", code="track",
                )
            )  # fmt: skip
            rows.append({})
        else:
            rows.append(found)
        if len(rows) >= options.batch_rows:
            yield _batch(document, options, rows, aside, first)
            first, rows, aside = number + 1, [], []
    if rows or first == 1:
        yield _batch(document, options, rows, aside, first)


def _batch(document: Document, options: Options, rows: list[Row], aside: list[Fault], first: int) -> Batch:
    out = {fault.row for fault in aside}
    numbered = [(number, row) for number, row in enumerate(rows, start=first) if number not in out]
    names = sorted({"kind", "date_start", *(name for _, row in numbered for name in row)})
    columns = {name: pa.array([row.get(name) for _, row in numbered], pa.string()) for name in names}
    sheet = Sheet(columns, np.array([number for number, _ in numbered], dtype=np.int64), document.name)
    sheet.clean(look_for_nul=True)
    return observe(document, options, sheet, broken=aside)


def _elements(document: Document) -> Iterator[Row | str]:
    """Every waypoint as a row, and of every track and route only that it is there."""
    with document.open() as stream:
        events = etree.iterparse(
            cast(IO[bytes], stream),
            events=("start", "end"),
            resolve_entities=False,
            load_dtd=False,
            no_network=True,
            huge_tree=False,
        )
        try:
            for event, element in events:
                if not isinstance(element.tag, str):
                    continue
                tag, parent = _local(element.tag), element.getparent()
                if event == "start":
                    if parent is None:
                        _check_root(document, element, tag)
                    continue
                if tag in ("trkpt", "rtept"):
                    _let_go(element)
                elif parent is not None and parent.getparent() is None:
                    if tag == "wpt":
                        yield _row(element)
                    elif tag in _TRACKS:
                        yield tag
                    _let_go(element)
        except etree.XMLSyntaxError as error:
            raise document.fail(
                f"this is not XML, or it is cut off ({error.msg})"[:300], line=error.lineno or None
            ) from error


def _check_root(document: Document, element: etree._Element, tag: str) -> None:
    if element.getroottree().docinfo.doctype:
        raise document.fail("the file has a document type", accepted="GPX without one")
    if tag != "gpx":
        raise document.fail("this is not GPX", found=f"<{tag}>"[:80], accepted="<gpx>")


def _let_go(element: etree._Element) -> None:
    """What was read is let go, so that memory stays constant."""
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]


def _row(element: etree._Element) -> Row:
    row: Row = {}
    for name in ("lon", "lat"):
        value = element.get(name)
        if value is not None:
            row[name] = value
    for child in element:
        if not isinstance(child.tag, str):
            continue
        tag = _local(child.tag)
        if tag == "extensions":
            _extend(row, child)
        elif tag == "link":
            row.setdefault("url", (child.get("href") or "")[:_MOST_TEXT])
        elif tag == "hdop":
            _error(row, child.text)
        else:
            row.setdefault(_MEANT.get(tag, f"gpx_{tag}"), (child.text or "")[:_MOST_TEXT])
    return row


def _extend(row: Row, extensions: etree._Element) -> None:
    """What the extensions say comes before what the waypoint's own elements were taken to mean."""
    for one in extensions.iter():
        if isinstance(one.tag, str) and len(one) == 0 and one is not extensions:
            tag = _local(one.tag)
            row[tag if tag in FIELDS else f"gpx_{tag}"] = (one.text or "")[:_MOST_TEXT]


def _error(row: Row, hdop: str | None) -> None:
    try:
        row.setdefault("error_m", repr(float(hdop or "") * METRES_PER_HDOP))
    except ValueError:
        row.setdefault("error_m", hdop or "")  # which the sheet refuses with its reason


def _local(tag: str) -> str:
    # Not lxml's QName: libxml2 lets names through that it refuses, such as ":a".
    return tag.rpartition("}")[2]
