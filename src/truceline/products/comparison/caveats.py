"""What stands against reading more into a comparison's numbers: messages of ``locale/<language>/compare.ftl``
with the numbers in them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from truceline.core.bidi import isolated
from truceline.core.figures import decimal
from truceline.core.messages import FALLBACK, Messages, listed


@dataclass(frozen=True, slots=True)
class Caveat:
    """Something that stands against reading more into the numbers. `numbers` are those that it rests on;
    `said` are the arguments of its message: numbers, of which a float is given with the decimals that it is
    written with, texts, and lists of texts or of caveats' own messages with their arguments."""

    code: str
    message: str
    numbers: dict[str, Any] = field(default_factory=dict)
    said: Mapping[str, Any] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """The sentence in English."""
        return self.text_in(FALLBACK)

    def text_in(self, language: str) -> str:
        """The sentence in a language."""
        return isolated(_sentence(f"caveat-{self.message}", self.said, language))

    def as_dict(self, language: str = FALLBACK) -> dict[str, Any]:
        """As plain JSON data."""
        return {"code": self.code, "text": self.text_in(language), "numbers": self.numbers}


def _sentence(message: str, said: Mapping[str, Any], language: str) -> str:
    given: dict[str, Any] = {}
    for name, value in said.items():
        if isinstance(value, int):
            # The number decides the form of the words; how it is written is for the language.
            given |= {name: value, f"{name}-shown": decimal(value, 0, language)}
        elif isinstance(value, tuple):
            number, decimals = value
            given[name] = decimal(number, decimals, language)
        elif isinstance(value, list):
            parts = [one if isinstance(one, str) else _sentence(one[0], one[1], language) for one in value]
            given[name] = listed(parts, language)
        else:
            given[name] = value
    return Messages("compare", language).say(message, given)
