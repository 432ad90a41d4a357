"""What every part of the accord's model shares."""

from __future__ import annotations

from typing import Annotated, Any, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

Id = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9._-]*$", max_length=80)]
"""An identifier: lower-case letters, digits, dot, hyphen and underscore, as in ``dmz`` or ``line-2014``."""


def _localized(value: Any) -> Any:
    return {"en": value} if isinstance(value, str) else value


Names = Annotated[
    dict[str, str], BeforeValidator(_localized), Field(json_schema_extra={"x-shorthand": "string"})
]
"""Words per language code (``{en: Syria, ar: سوريا}``); a bare string means English."""


def name_in(names: dict[str, str], language: str) -> str:
    """The name in that language, else in English, else in the first language given."""
    return names.get(language) or names.get("en") or next(iter(names.values()))


class Part(BaseModel):
    """A part of an accord: immutable, and unknown keys are faults, not noise."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class Range(Part):
    """A range of numbers, either end open: ``{min: 15000, max: 20000}``."""

    min: float | None = Field(default=None, ge=0)
    max: float | None = Field(default=None, ge=0)

    @model_validator(mode="after")
    def _has_an_end(self) -> Self:
        if self.min is None and self.max is None:
            raise ValueError("a range needs min, max or both")
        return self
