"""Reader of GPX 1.0 and 1.1: the points of every track, in whatever order the file has them.

Read point by point with lxml, entities unresolved and document types refused. A library for GPX (gpxpy) gives
up the whole file for one bad number, where only that point is to be set aside.
"""

from __future__ import annotations

from typing import IO, cast

from lxml import etree

from truceline.evidence.intake.document import Document
from truceline.patrol.files.fixes import Fixes


def recognises(head: str) -> bool:
    """Whether the beginning is that of a GPX file."""
    return "<gpx" in head[:4096]


def read(document: Document, fixes: Fixes) -> None:
    """Takes the fixes of every ``trkpt``. Raises InvalidEvidence where the file is no well-formed GPX."""
    number, point, name = 0, 0, ""
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
                tag = _local(element.tag)
                if event == "start":
                    if element.getparent() is None:
                        if element.getroottree().docinfo.doctype:
                            raise document.fail("the file has a document type", accepted="GPX without one")
                        if tag != "gpx":
                            raise document.fail("this is not GPX", found=f"<{tag}>"[:80], accepted="<gpx>")
                    if tag == "trk":
                        number, name = number + 1, ""
                elif tag == "name" and _inside(element, "trk"):
                    name = (element.text or "").strip()[:200]
                elif tag == "trkpt":
                    point += 1
                    values = {
                        _local(child.tag): child.text for child in element if isinstance(child.tag, str)
                    }
                    fixes.add(
                        point,
                        values.get("time"),
                        element.get("lon"),
                        element.get("lat"),
                        unit=name or (str(number) if number > 1 else ""),
                        hdop=values.get("hdop"),
                    )
                    # What was read is let go, so that memory stays constant.
                    element.clear()
                    while element.getprevious() is not None:
                        del element.getparent()[0]
        except etree.XMLSyntaxError as error:
            raise document.fail(
                f"this is not XML, or it is cut off ({error.msg})"[:300], line=error.lineno or None
            ) from error


def _inside(element: etree._Element, tag: str) -> bool:
    parent = element.getparent()
    return parent is not None and isinstance(parent.tag, str) and _local(parent.tag) == tag


def _local(tag: str) -> str:
    # Not lxml's QName: libxml2 lets names through that it refuses, such as ":a".
    return tag.rpartition("}")[2]
