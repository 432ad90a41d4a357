"""Parts of an accord as plain data, in the short forms in which people write them."""

from __future__ import annotations

from enum import Enum
from typing import Any, get_args

from pydantic.fields import FieldInfo

from truceline.accord.model import Accord, Derivation, WeaponSpec, When
from truceline.accord.model.base import Names, Part
from truceline.accord.model.space import GeometryRef


def plain_accord(accord: Accord) -> dict[str, Any]:
    """The accord as plain data in the order of the model; what says no more than the default is left out."""
    return {"format": accord.format} | plain_part(accord)


def plain_part(part: Part) -> dict[str, Any]:
    """A part as plain data, without the fields that hold their default."""
    return {
        key_of(name, field): plain_field(getattr(part, name), field)
        for name, field in type(part).model_fields.items()
        if not is_default(getattr(part, name), field)
    }


def key_of(name: str, field: FieldInfo) -> str:
    """The key under which a field stands in the file."""
    return field.alias or name


def is_default(value: Any, field: FieldInfo) -> bool:
    """Whether a field need not be written."""
    return not field.is_required() and bool(value == field.get_default(call_default_factory=True))


def is_names(field: FieldInfo) -> bool:
    """Whether a field holds words per language, of which a bare string means English."""
    extra = field.json_schema_extra
    return (isinstance(extra, dict) and "x-shorthand" in extra) or Names in get_args(field.annotation)


def plain_field(value: Any, field: FieldInfo) -> Any:
    """The value of a field as plain data; names that are in English alone are a string."""
    if isinstance(value, dict) and list(value) == ["en"] and is_names(field):
        return value["en"]
    if isinstance(value, tuple) and len(value) == 1 and isinstance(value[0], Derivation):
        return plain_value(value[0])
    return plain_value(value)


def plain_value(value: Any) -> Any:
    """Any value of the model as plain data."""
    if isinstance(value, When):
        return value.model_dump(mode="json")
    if isinstance(value, GeometryRef):
        return _geometry(value)
    if isinstance(value, WeaponSpec):
        fields = plain_part(value)
        return fields["class"] if list(fields) == ["class"] else fields
    if isinstance(value, Part):
        return plain_part(value)
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, tuple | list):
        return [plain_value(item) for item in value]
    if isinstance(value, dict):
        return {str(key): plain_value(item) for key, item in value.items()}
    if isinstance(value, float):
        # 15000 reads better than 15000.0, and is the same number.
        return int(value) if value.is_integer() and abs(value) < 2**53 else value
    if hasattr(value, "isoformat"):
        return value.isoformat().replace("+00:00", "Z")
    return value


def _geometry(value: GeometryRef) -> Any:
    if value.file is None:
        shorthand = "type" in (value.geojson or {})
        return plain_value(value.geojson) if shorthand else plain_part(value)
    if "#" in value.file or (value.feature is not None and not value.feature):
        return plain_part(value)
    return value.file if value.feature is None else f"{value.file}#{value.feature}"
