"""Gold annotations: what a careful reader finds in a text, and what a draft is scored against.

A gold file is YAML beside its text; the guide is tests/data/draft/README.md. Loading checks that every quote
stands in the text and that every party named is declared.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from truceline.accord.model import PartyRole, ProvisionKind, Range, Stance
from truceline.accord.weapons import classes
from truceline.core.errors import Fault, InvalidInput


def _listed(value: object) -> object:
    return value if isinstance(value, list) else [value]


class _Gold(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class GoldParty(_Gold):
    """A party: `aliases` and `former_names` are to be found, `accept` are further names that mean it."""

    name: str
    role: Annotated[tuple[PartyRole, ...], BeforeValidator(_listed)]
    aliases: tuple[str, ...] = ()
    former_names: tuple[str, ...] = ()
    accept: tuple[str, ...] = ()
    optional: bool = False

    @property
    def names(self) -> tuple[str, ...]:
        """Every name that means this party."""
        return (self.name, *self.aliases, *self.former_names, *self.accept)


class GoldRelative(_Gold):
    """A deadline that counts from ``signed``, ``in_force`` or the provision of a kind."""

    after: str
    months: int = 0
    weeks: int = 0
    days: int = 0
    hours: int = 0


GoldMoment = dt.date | GoldRelative


class GoldWeapon(_Gold):
    """Weapons of a class, perhaps of a calibre."""

    weapon_class: str = Field(alias="class")
    calibre_mm: Range | None = None


class GoldFrequency(_Gold):
    """So many times per period."""

    times: float
    per: Literal["day", "week", "month"]


class GoldProvision(_Gold):
    """One obligation; of a route, `begin` and `end` are places, else `begin` is a moment (both ``from``)."""

    id: str
    kind: ProvisionKind
    or_kind: tuple[ProvisionKind, ...] = ()
    quotes: tuple[str, ...] = Field(min_length=1)
    parties: tuple[str, ...] = ()
    also_parties: tuple[str, ...] = ()
    due: GoldMoment | None = None
    begin: GoldMoment | str | None = Field(default=None, alias="from")
    end: str | None = Field(default=None, alias="to")
    until: GoldMoment | None = None
    accept_dates: tuple[dt.date, ...] = ()
    distance_m: Range | None = None
    weapons: tuple[GoldWeapon, ...] = ()
    counted: str | None = Field(default=None, alias="class")
    maximum: float | None = None
    mode: Literal["joint", "coordinated", "separate"] | None = None
    frequency: GoldFrequency | None = None
    negated: bool = False
    condition: str | None = None
    asks: tuple[str, ...] = ()
    optional: bool = False
    unscored: tuple[str, ...] = ()

    @property
    def kinds(self) -> tuple[ProvisionKind, ...]:
        """The kind and those that are as good."""
        return (self.kind, *self.or_kind)


class GoldStatement(_Gold):
    """Something said that obliges nobody."""

    speaker: Annotated[tuple[str, ...], BeforeValidator(_listed)]
    stance: Annotated[tuple[Stance, ...], BeforeValidator(_listed)]
    quotes: tuple[str, ...] = Field(min_length=1)
    optional: bool = False


class GoldFile(_Gold):
    """A gold file as written; `text` is the path of the text beside it."""

    text: str
    published: dt.date | None
    signed: dt.date | None = None
    in_force: dt.date | None = None
    parties: tuple[GoldParty, ...] = ()
    provisions: tuple[GoldProvision, ...] = ()
    statements: tuple[GoldStatement, ...] = ()


class GoldText(_Gold):
    """A text with its annotation."""

    name: str
    text: str
    gold: GoldFile

    def party(self, name: str) -> GoldParty:
        """The party of that (canonical) name."""
        return next(party for party in self.gold.parties if party.name == name)


def load_gold(path: Path) -> GoldText:
    """The text and its annotation from a ``.gold.yaml`` file.

    Raises `InvalidInput` with a fault for everything that is wrong with the file.
    """
    source = path.name
    try:
        data = YAML(typ="safe").load(path.read_text(encoding="utf-8"))
        gold = GoldFile.model_validate(data)
        text = (path.parent / gold.text).read_text(encoding="utf-8")
    except ValidationError as error:
        raise InvalidInput.of_faults(
            [
                Fault(str(one["msg"]), source=source, path=".".join(str(part) for part in one["loc"]))
                for one in error.errors()
            ]
        ) from error
    except (OSError, UnicodeDecodeError, YAMLError) as error:
        raise InvalidInput.of_faults([Fault(f"cannot be read: {error}", source=source)]) from error
    if faults := list(_faults(gold, text, source)):
        raise InvalidInput.of_faults(faults)
    return GoldText(name=source.removesuffix(".gold.yaml"), text=text, gold=gold)


def load_split(folder: Path) -> list[GoldText]:
    """Every annotated text of a folder, by name. Raises `InvalidInput` where there is none."""
    files = sorted(folder.glob("*.gold.yaml"))
    if not files:
        raise InvalidInput(f"{folder} holds no *.gold.yaml")
    return [load_gold(path) for path in files]


def _faults(gold: GoldFile, text: str, source: str) -> Iterator[Fault]:
    known = {party.name for party in gold.parties}
    for provision in gold.provisions:
        for name in (*provision.parties, *provision.also_parties):
            if name not in known:
                yield Fault(
                    "the party is not declared", source=source, path=f"{provision.id}.parties", found=name
                )
        for weapon_class in (*(weapon.weapon_class for weapon in provision.weapons), provision.counted):
            if weapon_class is not None and weapon_class not in classes():
                yield Fault(
                    "the weapon class is not known",
                    source=source,
                    path=f"{provision.id}.weapons",
                    found=weapon_class,
                )
        for quote in provision.quotes:
            if quote not in text:
                yield Fault(
                    "the quote is not in the text", source=source, path=f"{provision.id}.quotes", found=quote
                )
    for number, statement in enumerate(gold.statements):
        for quote in statement.quotes:
            if quote not in text:
                yield Fault(
                    "the quote is not in the text",
                    source=source,
                    path=f"statements[{number}].quotes",
                    found=quote,
                )
