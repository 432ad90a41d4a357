"""The committed OpenAPI document is the one that is served: the application's types are made from it."""

from __future__ import annotations

import json
from pathlib import Path

from served_mission import Mission

DOCUMENT = Path(__file__).parents[3] / "docs" / "reference" / "openapi.json"


def test_the_committed_document_is_what_is_served(valleys: Mission) -> None:
    committed = json.loads(DOCUMENT.read_text(encoding="utf-8"))
    assert valleys.app.openapi() == committed, "run make frontend and commit the result"
