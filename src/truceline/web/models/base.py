"""What all requests and answers share."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

Text = Annotated[str, Field(max_length=20_000)]
Name = Annotated[str, Field(min_length=1, max_length=200)]
Id = Annotated[str, Field(min_length=1, max_length=200)]


class Answer(BaseModel):
    """An answer; fields may be added later."""

    model_config = ConfigDict(extra="allow")


class Request(BaseModel):
    """A request; unknown fields are refused."""

    model_config = ConfigDict(extra="forbid")


class Problem(Answer):
    """RFC 9457 problem details. `code` is stable and listed in the reference of errors."""

    type: str
    title: str
    detail: str
    status: int
    code: str | None = None
    hint: str | None = None
