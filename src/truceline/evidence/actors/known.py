"""What is commonly known of actors' names: states and their forces, groups with several names, nobodies."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from ruamel.yaml import YAML

from truceline.evidence.actors.names import key, plain, skeleton, take_apart


@dataclass(frozen=True, slots=True)
class StateForm:
    """A name that stands for a state's government or forces; not `sure` where it now and then does not."""

    state: str
    sure: bool


@cache
def _data() -> dict[str, Any]:
    text = files("truceline.evidence.actors").joinpath("known.yaml").read_text(encoding="utf-8")
    data: dict[str, Any] = YAML(typ="safe", pure=True).load(text)
    return data


def _spoken(state: str, about: Mapping[str, list[str]], form: str) -> list[str]:
    names = [state, *about["also"]] if "{x}" in form else [state]
    return [
        form.replace("{x}", name).replace("{adj}", adjective)
        for name in names
        for adjective in (about["adjectives"] if "{adj}" in form else [""])
    ]


@cache
def _state_forms() -> dict[str, StateForm]:
    found: dict[str, StateForm] = {}
    for state, about in _data()["states"].items():
        for sure in (False, True):
            for form in _data()["state_forms"]["sure" if sure else "likely"]:
                for name in _spoken(state, about, form):
                    found[key(name)] = StateForm(state, sure)
    return found


@cache
def _opposition_forms() -> dict[str, str]:
    return {
        key(name): state
        for state, about in _data()["states"].items()
        for form in _data()["opposition_forms"]
        for name in _spoken(state, about, form)
    }


@cache
def _groups() -> dict[str, int]:
    return {
        form: number
        for number, names in enumerate(_data()["groups"])
        for name in names
        for form in (key(name), "~" + skeleton(name))
    }


@cache
def _nobody() -> frozenset[str]:
    return frozenset(key(name) for name in _data()["nobody"])


@cache
def _opposition_names() -> frozenset[str]:
    return frozenset(key(name) for name in _data()["opposition_names"])


def state_form(name: str) -> StateForm | None:
    """The state that the name stands for, if it is one of the usual forms."""
    return _state_forms().get(key(name))


def opposition_of(name: str) -> str | None:
    """The state whose opposition in general the name stands for."""
    return _opposition_forms().get(key(name))


@cache
def _adjectives() -> frozenset[str]:
    return frozenset(plain(word) for about in _data()["states"].values() for word in about["adjectives"])


def is_adjective(name: str) -> bool:
    """Whether the name is no more than where somebody is from: ``Syrian`` may be anybody there."""
    return plain(name) in _adjectives()


def is_opposition(name: str) -> bool:
    """Whether a party of that name is the opposition in general."""
    return key(name) in _opposition_names() or opposition_of(name) is not None


def group_of(name: str) -> int | None:
    """The number of the known body with that name; short names only as they are written."""
    found = _groups().get(key(name))
    return found if found is not None or len(plain(name)) < 5 else _groups().get("~" + skeleton(name))


def is_nobody(name: str) -> bool:
    """Whether the name stands for nobody in particular, with or without a country behind it."""
    return key(name) in _nobody() or key(take_apart(name).core) in _nobody()


def is_state(word: str) -> bool:
    """Whether the word is the name of a state."""
    return plain(word) in _data()["states"]
