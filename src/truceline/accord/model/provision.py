"""Provisions: the clauses of the accord, one class per kind of obligation.

A cross-reference is an id of the same accord; `truceline.accord.lint` checks that it resolves.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from truceline.accord.model.base import Flag, Id, Names, Number, Part, Range
from truceline.accord.model.quote import Quote
from truceline.accord.model.space import Geometry, Side
from truceline.accord.model.when import Moment


class ProvisionKind(StrEnum):
    """The kinds of obligation."""

    CESSATION = "cessation"
    ZONE = "zone"
    WEAPONS_WITHDRAWAL = "weapons_withdrawal"
    FORCES_WITHDRAWAL = "forces_withdrawal"
    DESIGNATION = "designation"
    PATROLS = "patrols"
    ROUTES = "routes"
    VERIFICATION = "verification"
    CEILING = "ceiling"
    RESTRICTION = "restriction"
    OTHER = "other"


class WeaponSpec(Part):
    """Weapons of a class of `truceline.accord.weapons`; ranges narrow it (``calibre_mm: {min: 100}``)."""

    weapon_class: Id = Field(alias="class")
    calibre_mm: Range | None = None
    range_km: Range | None = None
    equipment: tuple[str, ...] = ()
    text: str | None = None


def _weapon(value: Any) -> Any:
    return {"class": value} if isinstance(value, str) else value


Weapon = Annotated[WeaponSpec, BeforeValidator(_weapon, json_schema_input_type=WeaponSpec | Id)]


class Exemption(Part):
    """Who or what a provision leaves out, with the words that say so."""

    text: str
    parties: tuple[Id, ...] = ()
    weapons: tuple[Weapon, ...] = ()
    acts: tuple[Id, ...] = ()
    sectors: tuple[Id, ...] = ()
    quote: Quote | None = None


class Band(Part):
    """A strip from `from_m` to `to_m` metres off a line, on a side of it.

    `line` is one id, or one per party where the sides measure from different lines.
    """

    line: Id | dict[Id, Id]
    side: Side | dict[Id, Side]
    from_m: Number = Field(default=0.0, ge=0)
    to_m: Number = Field(gt=0)


class Frequency(Part):
    """So many times per period."""

    times: Number = Field(gt=0)
    per: Literal["day", "week", "month"]


class ProvisionPart(Part):
    """What every provision may carry.

    `parties` are bound. `depends_on` names provisions that must be fulfilled first; `condition` is the
    text's own condition in words.
    """

    id: Id
    title: Names | None = None
    parties: tuple[Id, ...] = ()
    quotes: tuple[Quote, ...] = ()
    confidence: Number | None = Field(default=None, ge=0, le=1)
    negated: Flag = False
    condition: str | None = None
    exemptions: tuple[Exemption, ...] = ()
    depends_on: tuple[Id, ...] = ()
    phase: str | None = None
    until: Moment | None = None
    due: Moment | None = None
    grace_days: Number | None = Field(default=None, ge=0)
    note: str | None = None


class StartingPart(ProvisionPart):
    """A provision that may say from when it holds (a route's ``from`` is a place instead)."""

    starts: Moment | None = Field(default=None, alias="from")


class Cessation(StartingPart):
    """No military action: `acts` of the vocabulary, in `area` (a zone's or place's id; everywhere if none).

    `protects` names the parties against whom no action is taken, where the text says so.
    """

    kind: Literal["cessation"]
    acts: tuple[Id, ...] = ("any_military_action",)
    area: Id | None = None
    protects: tuple[Id, ...] = ()


class ZoneProvision(StartingPart):
    """A zone is established; `measure` says whether `width_m` is one side's depth or the total width."""

    kind: Literal["zone"]
    zone: Id | None = None
    width_m: Range | None = None
    measure: Literal["depth", "width"] | None = None


class WeaponsWithdrawal(StartingPart):
    """Weapons of these classes leave a zone or a band."""

    kind: Literal["weapons_withdrawal"]
    weapons: tuple[Weapon, ...] = ()
    zone: Id | None = None
    place: Id | None = None
    band: Band | None = None
    distance_m: Range | None = Field(default=None, description="how far they withdraw, where the text says")


class ForcesWithdrawal(StartingPart):
    """Troops or fighters leave: of `parties`, of `groups`, or of the groups of a `designation`."""

    kind: Literal["forces_withdrawal"]
    groups: tuple[Id, ...] = ()
    designation: Id | None = None
    zone: Id | None = None
    place: Id | None = None
    band: Band | None = None
    distance_m: Range | None = None


class Designation(StartingPart):
    """The list of groups is made by all parties of `by` together."""

    kind: Literal["designation"]
    by: tuple[Id, ...] = ()
    subject: str | None = None


class Patrols(StartingPart):
    """Patrols are carried out; `sides` says which party patrols which side of the line."""

    kind: Literal["patrols"]
    zone: Id | None = None
    line: Id | None = None
    mode: Literal["joint", "coordinated", "separate"] | None = None
    frequency: Frequency | None = None
    sides: dict[Id, Side] = Field(default_factory=dict)


class Routes(ProvisionPart):
    """A transport route between two places is restored."""

    kind: Literal["routes"]
    from_place: str | None = Field(default=None, alias="from", description="a place's id, or its name")
    to_place: str | None = Field(default=None, alias="to", description="a place's id, or its name")
    via: tuple[str, ...] = ()
    road: str | None = None
    geometry: Geometry | None = None
    error_m: Number | None = Field(default=None, ge=0)
    criteria: tuple[str, ...] = ()


class Verification(StartingPart):
    """Somebody monitors or verifies; `of` names the provisions that are verified."""

    kind: Literal["verification"]
    by: tuple[Id, ...] = ()
    subject: str | None = None
    of: tuple[Id, ...] = ()
    frequency: Frequency | None = None


class Ceiling(StartingPart):
    """At most `maximum` of a class (``personnel`` or a weapon class) in a band or zone, per party."""

    kind: Literal["ceiling"]
    counted: Weapon = Field(alias="class")
    maximum: Number = Field(ge=0)
    unit: str | None = Field(default=None, description="what is counted, as in 'men' or 'brigades'")
    band: Band | None = None
    zone: Id | None = None


class Restriction(StartingPart):
    """Acts are forbidden in a band, zone or place; `bands` gives one per sector where they differ."""

    kind: Literal["restriction"]
    acts: tuple[Id, ...] = ()
    weapons: tuple[Weapon, ...] = ()
    band: Band | None = None
    bands: dict[Id, Band] = Field(default_factory=dict)
    zone: Id | None = None
    place: Id | None = None
    altitude_m: Range | None = None


class Other(StartingPart):
    """Anything else, kept with its quote."""

    kind: Literal["other"]
    subject: str | None = None


Provision = Annotated[
    Cessation
    | ZoneProvision
    | WeaponsWithdrawal
    | ForcesWithdrawal
    | Designation
    | Patrols
    | Routes
    | Verification
    | Ceiling
    | Restriction
    | Other,
    Field(discriminator="kind"),
]
