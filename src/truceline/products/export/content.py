"""Everything that a data product is made of, whatever its format."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pyarrow as pa

from truceline.evidence.permissions import Reader
from truceline.products.export.about import About
from truceline.products.export.fields import Layer
from truceline.products.export.layers import LAYERS, OBSERVATIONS
from truceline.products.export.observations import ObservationRows


@dataclass(frozen=True)
class Content:
    """The layers of one edition. `tables` holds all but the observations, by the layer's id; `language` is
    that of all words about them."""

    about: About
    reader: Reader
    observations: ObservationRows
    tables: dict[str, pa.Table]
    with_observations: bool = True
    language: str = "en"

    @property
    def layers(self) -> tuple[Layer, ...]:
        """The layers that the edition has."""
        held = {*self.tables, OBSERVATIONS.id} if self.with_observations else set(self.tables)
        return tuple(layer for layer in LAYERS if layer.id in held)

    def schema(self, layer: Layer) -> pa.Schema:
        """The columns of a layer in this edition."""
        return layer.schema_for(self.reader)

    def batches(self, layer: Layer) -> Iterator[pa.RecordBatch]:
        """The rows of a layer, some at a time."""
        if layer.id == OBSERVATIONS.id:
            yield from self.observations.batches()
        else:
            yield from self.tables[layer.id].to_batches()
