"""Facts said as a document in one language."""

from truceline.products.mission.compose.document import compose

__all__ = ["compose"]
