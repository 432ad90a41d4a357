"""The kinds of act that an accord may name, in families; the kinds of observation are the same list.

The list is `acts.yaml` beside this module. `truceline.evidence.vocabulary` reads it from here, so that what
an accord forbids and what a source reports are one vocabulary.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from ruamel.yaml import YAML


@cache
def families() -> Mapping[str, Mapping[str, Mapping[str, str]]]:
    """Family -> kind -> its names per language, in the order of the file."""
    text = files("truceline.accord").joinpath("acts.yaml").read_text(encoding="utf-8")
    data: dict[str, dict[str, dict[str, Any]]] = YAML(typ="safe", pure=True).load(text)
    return MappingProxyType(
        {
            family: MappingProxyType({kind: MappingProxyType(dict(names)) for kind, names in kinds.items()})
            for family, kinds in data.items()
        }
    )


@cache
def _family_by_kind() -> Mapping[str, str]:
    return MappingProxyType({kind: family for family, kinds in families().items() for kind in kinds})


def all_kinds() -> tuple[str, ...]:
    """Every kind, in the order of the file."""
    return tuple(_family_by_kind())


def family_of(kind: str) -> str | None:
    """The family that a kind belongs to; None for an unknown kind."""
    return _family_by_kind().get(kind)


def kinds_in(act: str) -> frozenset[str]:
    """The kinds that an act stands for: all of a family, or the kind itself; empty for an unknown act.

    A name that is both a family and a kind (``other``) stands for the family.
    """
    if act in families():
        return frozenset(families()[act])
    return frozenset({act}) if act in _family_by_kind() else frozenset()


def is_act(act: str) -> bool:
    """Whether the name is a family or a kind."""
    return act in families() or act in _family_by_kind()


def accepted_acts() -> tuple[str, ...]:
    """Every name that `is_act` accepts: the families, then the kinds."""
    return tuple(dict.fromkeys((*families(), *all_kinds())))


def label(act: str, language: str = "en") -> str:
    """The name of a kind in words, in that language or else in English; an unknown name as it stands."""
    family = family_of(act)
    if family is None:
        return act.replace("_", " ")
    names = families()[family][act]
    return names.get(language) or names.get("en") or act.replace("_", " ")
