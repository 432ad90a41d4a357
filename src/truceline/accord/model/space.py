"""Places, lines and zones. Coordinates are lon, lat on WGS 84; distances are metres on the ellipsoid."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import Annotated, Any, Protocol, Self

from pydantic import BeforeValidator, Field, model_validator

from truceline.accord.model.base import Day, Flag, Id, Instant, Names, Number, Part, Range


class GeometryRef(Part):
    """A geometry: a GeoJSON file beside the accord, or GeoJSON inline (RFC 7946, lon/lat).

    `feature` is the `id` of the one feature that is meant, in a file that holds several.
    """

    file: str | None = Field(default=None, description="path of a GeoJSON file, relative to the accord")
    feature: str | None = Field(default=None, description="the id of a feature of the file")
    geojson: dict[str, Any] | None = None

    @model_validator(mode="after")
    def _one_form(self) -> Self:
        if (self.file is None) == (self.geojson is None):
            raise ValueError("give exactly one of file and geojson")
        return self


def _geometry(value: Any) -> Any:
    if isinstance(value, str):
        file, _, feature = value.partition("#")
        return {"file": file, "feature": feature} if feature else {"file": file}
    if isinstance(value, dict) and "type" in value:
        return {"geojson": value}
    return value


Geometry = Annotated[
    GeometryRef, BeforeValidator(_geometry, json_schema_input_type=GeometryRef | dict[str, Any] | str)
]
"""A `GeometryRef`, or in short a file's path (``routes.geojson#m4`` for one feature) or a GeoJSON object."""


class Side(StrEnum):
    """A side of a line, seen in its drawing direction."""

    LEFT = "left"
    RIGHT = "right"
    BOTH = "both"


class Place(Part):
    """A named place. `error_m` is the radius that holds the true place with 95%."""

    id: Id
    names: Names
    aliases: tuple[str, ...] = ()
    geometry: Geometry | None = None
    error_m: Number | None = Field(default=None, ge=0)


class LineKind(StrEnum):
    """What a line separates or marks."""

    LINE_OF_CONTACT = "line_of_contact"
    WITHDRAWAL_LINE = "withdrawal_line"
    BORDER = "border"
    OTHER = "other"


class UncertainStretch(Part):
    """A stretch of a line, metres along it from its start, that is known better or worse than the rest."""

    from_m: Number = Field(ge=0)
    to_m: Number = Field(ge=0)
    uncertainty_m: Number = Field(ge=0)


class _Stretch(Protocol):
    @property
    def from_m(self) -> float: ...

    @property
    def to_m(self) -> float: ...


def _in_order(stretches: Sequence[_Stretch], name: str, least_m: float = 0.0) -> None:
    reached = 0.0
    for stretch in sorted(stretches, key=lambda item: item.from_m):
        if stretch.to_m <= stretch.from_m:
            raise ValueError(f"{name}: to_m must be above from_m")
        if stretch.to_m - stretch.from_m < least_m:
            raise ValueError(f"{name}: to_m must be at least {least_m:g} m above from_m")
        if stretch.from_m < reached:
            raise ValueError(f"{name} overlap at {stretch.from_m:g} m")
        reached = stretch.to_m


class Line(Part):
    """A directed line. `describes` is the day whose situation it draws; valid dates are inclusive.

    A correction is another line that is `version_of` this one; `known_from` says since when it is known, and
    it counts only where that is asked for. The true line lies within `uncertainty_m` of this one with 95%,
    along its perpendicular; `uncertainty_segments` say it for stretches. Errors of places further apart than
    `correlation_m` have little to do with one another.
    """

    id: Id
    names: Names | None = None
    kind: LineKind = LineKind.LINE_OF_CONTACT
    geometry: Geometry | None = None
    describes: Day | None = None
    valid_from: Day | None = None
    valid_to: Day | None = None
    known_from: Day | Instant | None = None
    uncertainty_m: Number = Field(default=0.0, ge=0)
    uncertainty_segments: tuple[UncertainStretch, ...] = ()
    correlation_m: Number | None = Field(default=None, gt=0)
    left: Id | None = Field(default=None, description="party on the left in drawing direction")
    right: Id | None = Field(default=None, description="party on the right in drawing direction")
    version_of: Id | None = None
    approximate: Flag = False
    note: str | None = None

    @model_validator(mode="after")
    def _stretches_in_order(self) -> Self:
        _in_order(self.uncertainty_segments, "uncertainty_segments")
        return self


class ZoneKind(StrEnum):
    """What a zone is for."""

    AREA_OF_SEPARATION = "area_of_separation"
    AREA_OF_LIMITATION = "area_of_limitation"
    EXCLUSION = "exclusion"
    SECTOR = "sector"
    OTHER = "other"


class DepthStretch(Part):
    """A stretch of a line, metres along it from its start, beside which a zone has a depth of its own.

    Ground belongs to the stretch that holds its nearest place of the line. A `depth_m` whose max is 0:
    no zone beside this stretch.
    """

    from_m: Number = Field(ge=0)
    to_m: Number = Field(ge=0)
    depth_m: Range


class Derivation(Part):
    """A zone as a band beside a line: from `from_m` to the depth, on one side or both.

    Where `measure` is ``width``, `depth_m` is the sum of both sides' depths and half of it counts per side.
    `uncertainty_m` of the line carries over. `segments` give other depths along stretches of the line; sides
    that differ are two derivations, one for each.
    """

    line: Id
    side: Side
    depth_m: Range
    from_m: Number = Field(default=0.0, ge=0)
    measure: Annotated[str, Field(pattern="^(depth|width)$")] = "depth"
    segments: tuple[DepthStretch, ...] = ()

    @model_validator(mode="after")
    def _segments_in_order(self) -> Self:
        _in_order(self.segments, "segments", least_m=1.0)
        return self


class Sector(Part):
    """A named part of a zone or line: its stretch along the line, metres from the line's start."""

    id: Id
    names: Names
    from_m: Number | None = Field(default=None, ge=0)
    to_m: Number | None = Field(default=None, ge=0)
    geometry: Geometry | None = None
    responsible: Id | None = None


def _many(value: Any) -> Any:
    return [value] if isinstance(value, dict) else value


class Zone(Part):
    """An area of the accord: either a geometry, or the union of derivations from lines."""

    id: Id
    names: Names
    kind: ZoneKind
    geometry: Geometry | None = None
    derivation: Annotated[
        tuple[Derivation, ...], BeforeValidator(_many, json_schema_input_type=list[Derivation] | Derivation)
    ] = ()
    within: Id | None = Field(default=None, description="the zone or place that this one lies in")
    valid_from: Day | None = None
    valid_to: Day | None = None
    sectors: tuple[Sector, ...] = ()
    note: str | None = None

    @model_validator(mode="after")
    def _one_origin(self) -> Self:
        if self.geometry is not None and self.derivation:
            raise ValueError("give a geometry or a derivation, not both")
        return self
