"""Deadlines and starts: absolute or relative, inclusive or not, in the accord's time zone."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any, Literal, Self

from pydantic import (
    BeforeValidator,
    Field,
    SerializerFunctionWrapHandler,
    model_serializer,
    model_validator,
)

from truceline.accord.model.base import Day, Flag, Id, Instant, Part, Whole


class When(Part):
    """A moment that the text names.

    Exactly one of `date` (a calendar day in the accord's time zone), `at` (an instant) or `after` (relative
    to an anchor: ``signed``, ``in_force``, or the id of a provision, whose own start counts where it has
    one and otherwise its deadline, unless `counted_from` says which).
    A day that is `inclusive` ends when it is over; one that is not ends as it begins.
    """

    date: Day | None = None
    at: Instant | None = None
    after: Id | None = Field(default=None, description="signed, in_force, or a provision's id")
    counted_from: Literal["start", "due"] | None = Field(
        default=None, description="which moment of the anchoring provision counts"
    )
    months: Whole = Field(default=0, ge=0)
    weeks: Whole = Field(default=0, ge=0)
    days: Whole = Field(default=0, ge=0)
    hours: Whole = Field(default=0, ge=0)
    inclusive: Flag = True
    text: str | None = Field(default=None, description="the words of the source, as in 'by the end of 2018'")

    @model_validator(mode="after")
    def _names_one_moment(self) -> Self:
        given = [name for name in ("date", "at", "after") if getattr(self, name) is not None]
        if len(given) != 1:
            raise ValueError(f"give exactly one of date, at, after; found {', '.join(given) or 'none'}")
        if self.after is None and (self.months or self.weeks or self.days or self.hours):
            raise ValueError("months, weeks, days and hours count from an anchor: give after as well")
        return self

    @model_serializer(mode="wrap")
    def _shortest(self, handler: SerializerFunctionWrapHandler) -> Any:
        # A plain inclusive day reads best, and is written, as "2018-10-15".
        if self.date is not None and self.inclusive and self.text is None:
            return self.date.isoformat()
        defaults = {name: field.default for name, field in type(self).model_fields.items()}
        return {key: value for key, value in handler(self).items() if value != defaults[key]}


def _when(value: Any) -> Any:
    # datetime is a date too, so it is asked first.
    if isinstance(value, dt.datetime):
        return {"at": value}
    if isinstance(value, dt.date):
        return {"date": value}
    if isinstance(value, str):
        return {"date": value} if len(value) == 10 else {"at": value}
    return value


Moment = Annotated[When, BeforeValidator(_when, json_schema_input_type=When | Day | Instant)]
"""A `When`, or in short a date (``2018-10-15``) or an instant."""
