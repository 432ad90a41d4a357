"""Reads the word lists that lie beside this module."""

from __future__ import annotations

import re
from functools import cache
from importlib import resources
from typing import Any

from ruamel.yaml import YAML


@cache
def word_list(name: str) -> dict[str, Any]:
    """The data of ``<name>.yaml``."""
    text = resources.files(__package__).joinpath(f"{name}.yaml").read_text("utf-8")
    data: dict[str, Any] = YAML(typ="safe", pure=True).load(text)
    return data


@cache
def words(name: str, section: str) -> frozenset[str]:
    """A section of a word list as a set."""
    return frozenset(str(word) for word in word_list(name)[section])


@cache
def expression(name: str, section: str) -> re.Pattern[str]:
    """A section of a word list as a regular expression that ignores case; blanks in it are layout."""
    return re.compile(str(word_list(name)[section]), re.VERBOSE | re.IGNORECASE)


@cache
def among(listed: str) -> frozenset[str]:
    """The words of a short list written out where it is used: ``among("which who whose")``."""
    return frozenset(listed.split())
