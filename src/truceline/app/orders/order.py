"""What can be ordered: a data product, a report of the mission, or the draft of an accord."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from truceline.core.errors import InvalidInput
from truceline.core.messages import LANGUAGES
from truceline.evidence.permissions import EDITION_ROLES

DATA_FORMATS = ("gpkg", "geojson", "csv", "parquet", "zip")
REPORT_FORMATS = ("html", "pdf", "docx")
PERIODS = ("all", "day", "week", "month")
MEDIA_TYPES = {
    "gpkg": "application/geopackage+sqlite3",
    "geojson": "application/geo+json",
    "csv": "text/csv; charset=utf-8",
    "parquet": "application/vnd.apache.parquet",
    "zip": "application/zip",
    "html": "text/html; charset=utf-8",
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What is to be made, in the words of the commands `export`, `report` and `draft`.

    Dates are text: a day of the accord's time zone, or an instant. A draft has `name` of its document, the
    day on which it was `published`, and the `shelf` on which it is put; its document is the order's input.
    """

    what: str
    format: str = ""
    edition: str = "public"
    layers: tuple[str, ...] = ()
    as_of: str | None = None
    known_at: str | None = None
    reading: str | None = None
    standing: bool = False
    licence: str | None = None
    period: str = "all"
    language: str = "en"
    paper: str = "a4"
    publish: bool = False
    author: str = ""
    name: str = ""
    published: str | None = None
    shelf: str = ""

    @classmethod
    def of(cls, document: dict[str, Any]) -> Order:
        """The order that `as_dict` wrote."""
        return cls(**(document | {"layers": tuple(document["layers"])}))

    def as_dict(self) -> dict[str, Any]:
        """As plain JSON data."""
        return asdict(self)

    def check(self) -> None:
        """Raises InvalidInput for what no workspace has."""
        for field, found, accepted in (
            ("what", self.what, ("data", "report", "draft")),
            ("edition", self.edition, tuple(EDITION_ROLES)),
            ("language", self.language, LANGUAGES),
            ("period", self.period, PERIODS),
        ):
            if found not in accepted:
                raise InvalidInput(f"{field}: found {found!r}; accepted: {', '.join(accepted)}")
        formats = {"data": DATA_FORMATS, "report": REPORT_FORMATS}.get(self.what, ("",))
        if self.format not in formats:
            raise InvalidInput(f"format: found {self.format!r}; accepted: {', '.join(formats)}")
        if self.publish and self.what != "report":
            raise InvalidInput("publish: only a report is published; accepted: what: report")
