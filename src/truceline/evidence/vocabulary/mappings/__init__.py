"""The words of other data sets as our kinds: tables in YAML, each with its source."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from ruamel.yaml import YAML

from truceline.core.errors import InvalidInput

SCHEMES = ("acled", "ucdp", "cameo")


@dataclass(frozen=True, slots=True)
class Target:
    """The kind that a foreign code becomes, and what is lost on the way."""

    kind: str
    note: str | None = None


@dataclass(frozen=True, slots=True)
class KindMapping:
    """One data set's codes; in those of `directed` the first actor is the active one."""

    scheme: str
    title: str
    source: str
    codes: Mapping[str, Target]
    event_types: Mapping[str, Target]
    directed: frozenset[str]


@cache
def kind_mapping(scheme: str) -> KindMapping:
    """The table of ``acled``, ``ucdp`` or ``cameo``. Raises InvalidInput for another scheme."""
    if scheme not in SCHEMES:
        raise InvalidInput(f"unknown vocabulary {scheme!r}; accepted: {', '.join(SCHEMES)}")
    text = files(__name__).joinpath(f"{scheme}.yaml").read_text(encoding="utf-8")
    data: dict[str, Any] = YAML(typ="safe", pure=True).load(text)
    return KindMapping(
        scheme,
        data["title"],
        data["source"],
        _targets(data["codes"]),
        _targets(data.get("event_types", {})),
        frozenset(data.get("directed", ())),
    )


def _targets(rows: dict[str, dict[str, str]]) -> Mapping[str, Target]:
    return MappingProxyType({code: Target(**row) for code, row in rows.items()})


def kind_of_acled(event_type: str, sub_event_type: str | None) -> str | None:
    """Our kind for an ACLED event; None where neither type is known. Case and spelling of -er/-or vary."""
    if sub_event_type:
        found = _plain("codes").get(_key(f"{event_type}/{sub_event_type}"))
        if found is not None:
            return found
    return _plain("event_types").get(_key(event_type))


@cache
def _plain(part: str) -> Mapping[str, str]:
    table = kind_mapping("acled")
    rows = table.codes if part == "codes" else table.event_types
    return MappingProxyType({_key(code): target.kind for code, target in rows.items()})


def _key(words: str) -> str:
    return " ".join(words.lower().replace("protestors", "protesters").replace("/ ", "/").split())


def kind_of_cameo(code: str) -> str | None:
    """Our kind for a CAMEO code, by the longest listed code that it begins with; None for no CAMEO code."""
    codes = kind_mapping("cameo").codes
    for length in range(min(len(code), 4), 1, -1):
        target = codes.get(code[:length])
        if target is not None:
            return target.kind
    return None
