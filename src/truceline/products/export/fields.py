"""What a layer and a column of a data product are: the data dictionary is made of these, and so are the
files."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import pyarrow as pa

from truceline.core.messages import Messages
from truceline.evidence.permissions import Grant, Kind, Reader

INSTANT = pa.timestamp("us", tz="UTC")
TEXTS = pa.list_(pa.string())

DEGREES = "degrees, WGS 84"
GEOMETRY = "geometry"
"""The name of the column of a layer's geometry: WKB, lon/lat on WGS 84."""


@dataclass(frozen=True, slots=True)
class Field:
    """One column: its Arrow type, the message of data.ftl that says what it says, its unit, its HXL hashtag,
    and what one must be allowed to see to be given it beyond the layer itself (`kind`; `exact`: places as
    they were recorded)."""

    name: str
    type: pa.DataType
    message: str
    hxl: str
    unit: str = ""
    kind: Kind | None = None
    exact: bool = False

    def words(self, language: str = "en") -> str:
        """What it says."""
        return Messages("data", language).say(self.message)

    def unit_in(self, language: str) -> str:
        """Its unit as a reader of that language knows it."""
        return Messages("data", language).say("unit-degrees") if self.unit == DEGREES else self.unit

    def open_to(self, reader: Reader) -> bool:
        """Whether a reader's edition has this column."""
        if self.exact and not reader.exact:
            return False
        return self.kind is None or reader.grant(self.kind) is Grant.ALL


@dataclass(frozen=True, slots=True)
class Layer:
    """One layer: of what shape its rows are, and its columns. `geometry` is empty where rows have none."""

    id: str
    kind: Kind
    fields: tuple[Field, ...]
    geometry: str = ""

    def title(self, language: str = "en") -> str:
        """What it is called."""
        return Messages("data", language).say(f"layer-{self.id}")

    def words(self, language: str = "en") -> str:
        """What a row is."""
        return Messages("data", language).say(f"layer-{self.id}-words")

    def open_to(self, reader: Reader) -> bool:
        """Whether a reader's edition has this layer: what is only of one's own party is in no edition."""
        return self.kind is not None and reader.grant(self.kind) in _WHOLE

    def fields_for(self, reader: Reader) -> tuple[Field, ...]:
        """The columns of a reader's edition."""
        return tuple(field for field in self.fields if field.open_to(reader))

    def schema_for(self, reader: Reader) -> pa.Schema:
        """The columns as Arrow sees them, the geometry last."""
        return schema_of(self.fields_for(reader), geometry=bool(self.geometry))


_WHOLE = frozenset({Grant.ALL, Grant.DELAYED, Grant.COARSENED})


def schema_of(fields: Iterable[Field], *, geometry: bool) -> pa.Schema:
    """The Arrow schema of columns."""
    columns = [pa.field(field.name, field.type) for field in fields]
    return pa.schema([*columns, pa.field(GEOMETRY, pa.binary())] if geometry else columns)
