"""Rival readings of one text, and later texts that change it. Both are changes to parts of the accord."""

from __future__ import annotations

from typing import Any, Self

from pydantic import Field, model_validator

from truceline.accord.model.base import Day, Id, Names, Part
from truceline.accord.model.quote import Quote


class Change(Part):
    """Sets fields of the part with id `target` (a provision, zone, line or party); dotted names go deeper."""

    target: Id
    set: dict[str, Any] = Field(min_length=1)


class Reading(Part):
    """One way to read the text: who holds it, and what it changes in the accord as written."""

    id: Id
    text: str
    held_by: tuple[str, ...] = ()
    quotes: tuple[Quote, ...] = ()
    changes: tuple[Change, ...] = ()


class Interpretation(Part):
    """A question that the text leaves open, its readings, and the one that is adopted."""

    id: Id
    question: str
    about: tuple[Id, ...] = ()
    readings: tuple[Reading, ...] = Field(min_length=2)
    adopted: Id

    @model_validator(mode="after")
    def _adopts_one_of_its_readings(self) -> Self:
        ids = [reading.id for reading in self.readings]
        if self.adopted not in ids:
            raise ValueError(f"adopted is {self.adopted!r}; accepted: one of {', '.join(ids)}")
        return self


class Amendment(Part):
    """A later text that changes provisions, from `in_force` (or its date) on."""

    id: Id
    title: Names
    date: Day
    in_force: Day | None = None
    source: Id
    quotes: tuple[Quote, ...] = ()
    changes: tuple[Change, ...] = Field(min_length=1)
