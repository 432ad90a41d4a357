"""Where a provision comes from: W3C Web Annotation selectors over a source's text."""

from __future__ import annotations

from enum import StrEnum
from typing import Self

from pydantic import Field, model_validator

from truceline.accord.model.base import Id, Part, Whole


class Quote(Part):
    """An exact stretch of a source: ``text[start:end] == exact`` in Unicode code points."""

    source: Id
    exact: str = Field(min_length=1)
    start: Whole = Field(ge=0)
    end: Whole = Field(gt=0)
    prefix: str | None = None
    suffix: str | None = None
    speaker: str | None = Field(default=None, description="whom the text attributes the words to")

    @model_validator(mode="after")
    def _spans_its_words(self) -> Self:
        if self.end - self.start != len(self.exact):
            raise ValueError(
                f"start and end span {self.end - self.start} characters, exact has {len(self.exact)}"
            )
        return self


class Stance(StrEnum):
    """What a statement takes towards the accord."""

    SUPPORTS = "supports"
    WELCOMES = "welcomes"
    REJECTS = "rejects"
    CRITICISES = "criticises"
    DEMANDS = "demands"
    CONDITIONAL = "conditional"
    CLAIMS = "claims"
    NEUTRAL = "neutral"


class Statement(Part):
    """What somebody said that obliges nobody."""

    id: Id
    speaker: str = Field(description="a party's id, or a name where the speaker is no party")
    stance: Stance
    quote: Quote
    about: str | None = None
