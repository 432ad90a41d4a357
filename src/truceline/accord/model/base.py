"""What every part of the accord's model shares."""

from __future__ import annotations

import datetime as dt
import re
from typing import Annotated, Any, Self

from pydantic import AwareDatetime, BaseModel, BeforeValidator, ConfigDict, Field, model_validator

Id = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9._-]*$", max_length=80)]
"""An identifier: lower-case letters, digits, dot, hyphen and underscore, as in ``dmz`` or ``line-2014``."""

Number = Annotated[float, Field(strict=True, allow_inf_nan=False)]
"""A finite number; text and truth values are not read as numbers."""

Whole = Annotated[int, Field(strict=True)]
Flag = Annotated[bool, Field(strict=True)]

_DAY = r"\d{4}-\d\d-\d\d"
_INSTANT = r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)"


def _iso_day(value: Any) -> Any:
    # Left alone, pydantic reads 2018 and "1539561600" as seconds since 1970.
    if isinstance(value, dt.date) and not isinstance(value, dt.datetime):
        return value
    if isinstance(value, str) and re.fullmatch(_DAY, value):
        return value
    raise ValueError("is not a day; accepted: a date such as 2018-10-15")


def _iso_instant(value: Any) -> Any:
    if isinstance(value, dt.datetime) or (isinstance(value, str) and re.fullmatch(_INSTANT, value)):
        return value
    raise ValueError("is not an instant; accepted: date, time and offset such as 2018-10-15T12:00:00Z")


_WrittenDay = Annotated[str, Field(pattern=f"^{_DAY}$", json_schema_extra={"format": "date"})]
_WrittenInstant = Annotated[str, Field(pattern=f"^{_INSTANT}$", json_schema_extra={"format": "date-time"})]

Day = Annotated[dt.date, BeforeValidator(_iso_day, json_schema_input_type=_WrittenDay)]
"""A calendar day in the accord's time zone, as 2018-10-15."""

Instant = Annotated[AwareDatetime, BeforeValidator(_iso_instant, json_schema_input_type=_WrittenInstant)]
"""An instant with its offset, as 2018-10-15T12:00:00Z."""


def _localized(value: Any) -> Any:
    return {"en": value} if isinstance(value, str) else value


Names = Annotated[
    dict[str, str],
    BeforeValidator(_localized, json_schema_input_type=dict[str, str] | str),
    Field(json_schema_extra={"x-shorthand": "string"}),
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

    min: Number | None = Field(default=None, ge=0)
    max: Number | None = Field(default=None, ge=0)

    @model_validator(mode="after")
    def _has_an_end(self) -> Self:
        if self.min is None and self.max is None:
            raise ValueError("a range needs min, max or both")
        return self
