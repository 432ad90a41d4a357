"""Exports and reports that are ordered."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field

from truceline.web.models.base import Answer, Id, Request

Moment = Annotated[str | None, Field(max_length=40)]


class NewOrder(Request):
    """What is to be made: a data product (`data`) or a report of the mission, in an edition of the role."""

    what: Literal["data", "report"]
    format: Literal["gpkg", "geojson", "csv", "parquet", "zip", "html", "pdf", "docx"]
    edition: Literal["public", "parties", "internal"]
    layers: list[Id] = Field([], max_length=40, description="of data: only these; all if none is named")
    as_of: Moment = None
    known_at: Moment = None
    reading: Annotated[str | None, Field(max_length=200)] = None
    standing: bool = Field(default=False, description="of data: only observations that count")
    licence: Annotated[str | None, Field(max_length=60, pattern=r"^[A-Za-z0-9.+-]+$")] = None
    period: Literal["all", "day", "week", "month"] = "all"
    language: Literal["en", "ar", "ru", "tr"] = "en"
    paper: Literal["a4", "letter"] = "a4"
    publish: bool = Field(default=False, description="of a report: its assessment and digest enter the log")


class MadeFile(Answer):
    """What was made: its name, size, SHA-256 and what it is of."""

    file: str | None = None
    bytes: int | None = None
    sha256: str | None = None
    as_of: str | None = None
    known_at: str | None = None
    rows: int | None = None
    publication: str | None = None
    assessment_sha256: str | None = None
    draft: str | None = None


class Order(Answer):
    """An order and what became of it: `waiting`, `making`, `ready` or `failed` (a problem as RFC 9457)."""

    id: str
    what: str
    format: str
    edition: str
    language: str
    period: str
    layers: list[str]
    publish: bool
    name: str
    state: Literal["waiting", "making", "ready", "failed"]
    step: str | None
    asked_at: str
    ended_at: str | None
    expires_at: str | None
    made: MadeFile | None
    failed: dict[str, Any] | None


class Orders(Answer):
    """The account's orders, the newest first; what may be ordered: editions, layers of each, formats."""

    items: list[Order]
    editions: list[str]
    layers: dict[str, list[str]]
    may_publish: bool
