"""Truceline: makes agreements checkable, and says which of their promises stand, and how sure that is.

    import truceline
    idlib = truceline.open("idlib")
    idlib.assess(as_of="2018-12-31").obligation("heavy-weapons-leave").status
    idlib.observations().to_geopandas()

What is offered here is documented in docs/reference/python.md (`truceline.app.notebook`). It is imported
when it is first used: a command that needs none of it does not wait for it."""

import importlib
from importlib.metadata import version
from typing import Any

__version__ = version("truceline")

_OFFERED = {
    "open": "open_workspace",
    "OpenWorkspace": "OpenWorkspace",
    "LayerTable": "LayerTable",
    "load_accord": "load_accord",
    "draft_text": "draft_text",
    "DraftDocument": "DraftDocument",
    "derive_zone": "derive_zone",
    "audit_zone": "audit_zone",
    "ZoneAudit": "ZoneAudit",
}

__all__ = ["__version__", *_OFFERED]  # noqa: PLE0604  names of a literal


def __getattr__(name: str) -> Any:
    if name not in _OFFERED:
        raise AttributeError(f"module 'truceline' has no attribute {name!r}")
    return getattr(importlib.import_module("truceline.app.notebook"), _OFFERED[name])


def __dir__() -> list[str]:
    return sorted(__all__)
