"""Reader of submissions of field forms (OpenRosa XML), as ODK Collect and KoboCollect send and keep them.

One file is one submission: an XML document whose root names the form, and whose ``meta/instanceID`` is its
own number, so that a submission that arrives twice is held once. Fields bear our own names; a point is
latitude, longitude, height, accuracy. Read with lxml, entities unresolved and document types refused.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pyarrow as pa
from lxml import etree

from truceline.core.limits import MAPPING_BYTES
from truceline.evidence.intake.batch import Batch, Options
from truceline.evidence.intake.document import Document
from truceline.evidence.intake.fields import FIELDS
from truceline.evidence.intake.own import observe
from truceline.evidence.intake.sheet import Sheet

FORM_PREFIX = "truceline_"
"""How the ids of our own forms begin."""

TO_95 = 1.62
"""From the radius that holds the place with 68%, as phones tell it, to 95%: the ratio of the two quantiles
of the distance from the centre of a circular normal distribution, sqrt(ln 0.05 / ln 0.32)."""
LEAST_ERROR_M = 5.0

_NOT_FIELDS = frozenset({"meta", "username", "location", "photo", "start", "end", "today"})


def recognises(head: str) -> bool:
    """Whether the beginning is that of a submission of a form."""
    return (
        head.lstrip("\ufeff \t\r\n").startswith("<") and "instanceID" in head and f'id="{FORM_PREFIX}' in head
    )


def read(document: Document, options: Options) -> Iterator[Batch]:
    """The one observation of a submission. Raises InvalidEvidence where it is no well-formed submission."""
    with document.open() as stream:
        content = bytes(stream.read(MAPPING_BYTES + 1))
    if len(content) > MAPPING_BYTES:
        raise document.fail("the submission is too large", accepted=f"up to {MAPPING_BYTES:,} bytes")
    parser = etree.XMLParser(resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False)
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise document.fail(
            f"this is not well-formed XML: {str(error)[:100]}", accepted="a submission"
        ) from error
    if root.getroottree().docinfo.doctype:
        raise document.fail("the file has a document type", accepted="a submission without one")
    said = _said(root)
    instance = said.pop("instanceID", None)
    if not instance:
        raise document.fail("the submission has no number of its own", path="meta/instanceID")
    values = _values(said) | {"id": instance}
    if options.source is not None:
        values.pop("source", None)  # who sent it is known: what the file says of that does not count
    sheet = Sheet(
        {name: pa.array([text], pa.string()) for name, text in values.items()},
        np.array([1], dtype=np.int64),
        document.name,
    )
    sheet.clean(look_for_nul=True)
    yield observe(document, options, sheet)


def _said(root: Any) -> dict[str, str]:
    """What the fields of a submission say, by their names, in whatever groups; empty ones are left out."""
    found: dict[str, str] = {}
    for element in root.iter():
        if not isinstance(element.tag, str) or len(element):
            continue
        name = element.tag.rpartition("}")[2]
        text = (element.text or "").strip()
        if text and name not in found:
            found[name] = text
    return found


def _values(said: dict[str, str]) -> dict[str, str]:
    """The submission's fields under our own names; what is none of them becomes a detail."""
    values = {
        name: text
        for name, text in said.items()
        if name in FIELDS or name not in (*_NOT_FIELDS, "instanceName")
    }
    values.setdefault("kind", "")
    if not any(name in values for name in ("date", "date_start")):
        values["date"] = said.get("end", "")
    if said.get("username"):
        values.setdefault("source", said["username"])
    if "location" in said:
        numbers = said["location"].split()
        values["lat"], values["lon"] = [*numbers, "", ""][:2]
        if len(numbers) > 3:
            values["error_m"] = _error_m(numbers[3], values.get("error_m"))
    if "photo" in said:
        values["photo"] = said["photo"]
    return values


def _error_m(accuracy: str, given: str | None) -> str:
    """The radius that holds the place with 95%: the phone's, or the observer's where that is wider."""
    try:
        radius = max(float(accuracy) * TO_95, LEAST_ERROR_M)
        return repr(max(radius, float(given))) if given else repr(radius)
    except ValueError:
        return given or accuracy
