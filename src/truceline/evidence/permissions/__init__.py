"""Who may see and do what: the matrix, the evidence as a reader may see it, and the page that says so."""

from truceline.evidence.permissions.confidential import confidential
from truceline.evidence.permissions.matrix import (
    CELL_DEG,
    DELAY,
    EDITION_ROLES,
    MATRIX,
    PUBLIC,
    Grant,
    Kind,
    Reader,
    Role,
    editions_for,
    readers,
)
from truceline.evidence.permissions.visible import Names, Shown, shown_id, visible

__all__ = [
    "CELL_DEG",
    "DELAY",
    "EDITION_ROLES",
    "MATRIX",
    "PUBLIC",
    "Grant",
    "Kind",
    "Names",
    "Reader",
    "Role",
    "Shown",
    "confidential",
    "editions_for",
    "readers",
    "shown_id",
    "visible",
]
