"""Who may see what of the evidence, for the roles and policies of a database: from the permission matrix."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

from truceline.evidence.permissions.confidential import confidential
from truceline.evidence.permissions.matrix import CELL_DEG, Grant, Kind, Reader, Role

__all__ = ["AUDIENCES", "CELL_DEG", "Audience", "confidential"]


@dataclass(frozen=True, slots=True)
class Audience:
    """What one kind of reader may see.

    `confidential`: which confidential submissions: none, those of its own party, all. `exact_places`: places
    as recorded, or cells of `CELL_DEG` (a party sees its own submissions exactly). `reporters`: sources,
    where they stood and what they wrote. `delay`: how old a record must be.
    """

    id: str
    confidential: Literal["none", "own", "all"]
    exact_places: bool
    reporters: bool
    delay: timedelta = timedelta()


def _audience(role: Role) -> Audience:
    reader = Reader(role, "any" if role is Role.LIAISON else None)
    held: dict[Grant, Literal["none", "own", "all"]] = {Grant.OWN: "own", Grant.ALL: "all"}
    return Audience(
        str(role),
        held.get(reader.grant(Kind.CONFIDENTIAL), "none"),
        exact_places=reader.exact,
        reporters=reader.may(Kind.REPORTERS),
        delay=reader.delay,
    )


AUDIENCES = tuple(_audience(role) for role in Role)
"""From who sees least to who sees most. There is one liaison for each party."""
