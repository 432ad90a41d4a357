"""Writes the OpenAPI document of the web interface to docs/reference/openapi.json; `make frontend` runs it.

The application's types are made from it, so that the browser's code and the server's answers cannot drift
apart.
"""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

from truceline.store.workspace import Workspace
from truceline.web.application import make_application
from truceline.web.site import Site

ROOT = Path(__file__).parents[1]
DOCUMENT = ROOT / "docs" / "reference" / "openapi.json"


def document() -> str:
    """The document, which is the same for every workspace."""
    with tempfile.TemporaryDirectory() as folder:
        workspace = Workspace.create(Path(folder) / "idlib", ROOT / "examples" / "idlib-2018" / "accord.yaml")
        site = Site.of(workspace)
        try:
            app = make_application(site)
            return json.dumps(app.openapi(), ensure_ascii=False, indent=1) + "\n"
        finally:
            site.close()


if __name__ == "__main__":
    DOCUMENT.write_text(document(), encoding="utf-8")
