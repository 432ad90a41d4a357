"""Classes of weapons, which class belongs to which, and whether a provision covers a weapon that was seen.

The data is `weapons.yaml` beside this module. Answers are three-valued: a report of "artillery" may or may
not be of the calibre that a provision names, and then the answer is None, not no.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from ruamel.yaml import YAML

from truceline.accord.model import Range, WeaponSpec

PERSONNEL = "personnel"


@dataclass(frozen=True, slots=True)
class WeaponClass:
    """A class of weapons: its names per language and the classes that it directly belongs to."""

    id: str
    names: Mapping[str, str]
    belongs_to: tuple[str, ...]
    aliases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Equipment:
    """A weapon known by name: its class, its calibre in millimetres and its range in kilometres, if known."""

    name: str
    weapon_class: str
    calibre_mm: float | None = None
    range_km: float | None = None


@cache
def _data() -> dict[str, Any]:
    text = files("truceline.accord").joinpath("weapons.yaml").read_text(encoding="utf-8")
    data: dict[str, Any] = YAML(typ="safe", pure=True).load(text)
    return data


@cache
def classes() -> Mapping[str, WeaponClass]:
    """Every class by id, in the order of the file."""
    return MappingProxyType(
        {
            id: WeaponClass(
                id,
                MappingProxyType({k: v for k, v in fields.items() if k not in ("in", "aliases")}),
                tuple(fields.get("in", ())),
                tuple(fields.get("aliases", ())),
            )
            for id, fields in _data()["classes"].items()
        }
    )


@cache
def _class_by_word() -> Mapping[str, str]:
    words: dict[str, str] = {}
    for id, weapon_class in classes().items():
        for word in (id, *weapon_class.aliases, *weapon_class.names.values()):
            words.setdefault(_plain(word), id)
    return MappingProxyType(words)


@cache
def _equipment_by_word() -> Mapping[str, Equipment]:
    words: dict[str, Equipment] = {}
    for name, fields in _data()["equipment"].items():
        item = Equipment(name, fields["class"], fields.get("calibre_mm"), fields.get("range_km"))
        for word in (name, *fields.get("aliases", ())):
            words[_plain(word)] = item
    return MappingProxyType(words)


def _plain(word: str) -> str:
    return re.sub(r"[\s_‐-―-]+", " ", word).strip().casefold()


def class_named(word: str) -> str | None:
    """The class that a word means: an id, an alias or a name in any language, in singular or plural."""
    plain = _plain(word)
    known = _class_by_word()
    return known.get(plain) or known.get(plain.removesuffix("s"))


def equipment_named(word: str) -> Equipment | None:
    """The equipment that a name means, whatever its spaces, hyphens and case."""
    return _equipment_by_word().get(_plain(word))


@cache
def within(weapon_class: str) -> frozenset[str]:
    """The class and every class that it belongs to, directly or not; only itself where it is unknown."""
    known = classes().get(weapon_class)
    above = (within(parent) for parent in known.belongs_to) if known else ()
    return frozenset({weapon_class}).union(*above)


def label(weapon_class: str, language: str = "en") -> str:
    """The class in words, in that language or else in English; an unknown class as it stands."""
    known = classes().get(weapon_class)
    if known is None:
        return weapon_class.replace("_", " ")
    return known.names.get(language) or known.names["en"]


def covers(
    spec: WeaponSpec,
    *,
    weapon_class: str | None,
    calibre_mm: float | None = None,
    equipment: str | None = None,
) -> bool | None:
    """Whether the specification covers a weapon as it was reported; None where that cannot be known.

    A class covers those that belong to it. A reported class that is wider than the one specified, a calibre
    or a range that nobody reported and the equipment's name does not tell, or a name that is not known, leave
    the answer open, unless something else already says no.
    """
    item = equipment_named(equipment) if equipment else None
    seen = (class_named(weapon_class) or weapon_class) if weapon_class else None
    if item is not None and (seen is None or seen in within(item.weapon_class)):
        seen = item.weapon_class  # the equipment's name says more than the class
    calibre, range_km = calibre_mm, None
    if item is not None:
        calibre, range_km = calibre if calibre is not None else item.calibre_mm, item.range_km
    return _all_of(
        (
            _class_covers(class_named(spec.weapon_class) or spec.weapon_class, seen),
            _within_range(spec.calibre_mm, calibre),
            _within_range(spec.range_km, range_km),
            _equipment_covers(spec.equipment, equipment, item),
        )
    )


def any_covers(
    specs: Iterable[WeaponSpec],
    *,
    weapon_class: str | None,
    calibre_mm: float | None = None,
    equipment: str | None = None,
) -> bool | None:
    """Whether one of the specifications covers the weapon; None where none does for certain, but one may."""
    answers = [
        covers(spec, weapon_class=weapon_class, calibre_mm=calibre_mm, equipment=equipment) for spec in specs
    ]
    if True in answers:
        return True
    return None if None in answers else False


def _all_of(answers: Iterable[bool | None]) -> bool | None:
    given = tuple(answers)
    if False in given:
        return False
    return None if None in given else True


def _class_covers(wanted: str, seen: str | None) -> bool | None:
    if seen is None:
        return None
    if wanted in within(seen):
        return True
    if seen not in classes():
        return None
    # Wider than what is wanted, or crossing it, as air defence and missiles share some weapons.
    may_be = any({seen, wanted} <= within(each) for each in classes())
    return None if may_be else False


def _within_range(wanted: Range | None, value: float | None) -> bool | None:
    if wanted is None:
        return True
    if value is None:
        return None
    return (wanted.min is None or value >= wanted.min) and (wanted.max is None or value <= wanted.max)


def _equipment_covers(wanted: tuple[str, ...], name: str | None, item: Equipment | None) -> bool | None:
    if not wanted:
        return True
    if name is None:
        return None
    if _plain(name) in {_plain(word) for word in wanted}:
        return True
    if item is None:
        return None
    return item in {equipment_named(word) for word in wanted}
