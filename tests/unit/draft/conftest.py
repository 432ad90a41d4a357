"""Short hands for the tests of drafting."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from truceline.draft import draft_text

Drafting = Callable[..., dict[str, Any]]


@pytest.fixture(scope="session")
def drafted() -> Drafting:
    """Drafts a text and checks what must hold of every draft: quotes verbatim, nothing without a quote."""

    def draft(text: str, published: str | None = None) -> dict[str, Any]:
        day = dt.date.fromisoformat(published) if published else None
        data = draft_text(text, published=day).to_json()
        for provision in data["provisions"]:
            assert provision["quotes"]
            for quote in provision["quotes"]:
                assert text[quote["start"] : quote["end"]] == quote["exact"]
        for statement in data["statements"]:
            quote = statement["quote"]
            assert text[quote["start"] : quote["end"]] == quote["exact"]
        return data

    return draft


@pytest.fixture(scope="session")
def kinds(drafted: Drafting) -> Callable[..., list[str]]:
    """The kinds of the provisions of a text in order."""

    def found(text: str, published: str | None = None) -> list[str]:
        return [provision["kind"] for provision in drafted(text, published)["provisions"]]

    return found
