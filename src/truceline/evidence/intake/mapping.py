"""The mapping file: how any delimited layout is read as our own fields (docs/reference/evidence.md)."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from truceline.accord.plain_yaml import decode, join_path, parse
from truceline.core.errors import Fault, InvalidAccord, InvalidInput, TrucelineError
from truceline.core.input_files import read_whole
from truceline.core.instants import zone_of
from truceline.core.limits import MAPPING_BYTES
from truceline.evidence.intake.fields import FIELDS
from truceline.evidence.precision import place_codes
from truceline.evidence.vocabulary import did_you_mean


def _list(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


def _word(value: Any) -> Any:
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value) if isinstance(value, int | float) else value


Text = Annotated[str, BeforeValidator(_word)]
"""A text; a bare number or yes/no of YAML is taken as written."""


class PrecisionColumn(BaseModel):
    """A column of precision codes, and the data set whose codes they are."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    column: str
    scheme: Literal["ucdp", "acled", "gdelt"] | None = None
    codes: dict[Text, float] = Field(default_factory=dict, description="own codes, as metres")

    def radii(self) -> dict[str, float]:
        """Code -> metres."""
        known = {} if self.scheme is None else {c: p.error_m for c, p in place_codes(self.scheme).items()}
        return known | self.codes


class EvidenceMapping(BaseModel):
    """A mapping file. Nothing in it is required: an empty one reads a file of our own columns."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    columns: dict[str, Annotated[tuple[str, ...], BeforeValidator(_list)]] = Field(
        default_factory=dict, description="their column -> our field, or a list of our fields"
    )
    constants: dict[str, Text] = Field(default_factory=dict, description="our field -> a value for all rows")
    values: dict[str, dict[Text, Text]] = Field(
        default_factory=dict, description="our field -> their value -> ours; '*' stands for all others"
    )
    date_format: Annotated[tuple[str, ...], BeforeValidator(_list)] = ()
    time_zone: str | None = None
    encoding: str | None = None
    delimiter: Annotated[str, Field(min_length=1, max_length=1)] | None = None
    decimal: Literal[".", ","] = "."
    separator: Annotated[str, Field(min_length=1)] = ";"
    swap_lon_lat: bool = False
    region: tuple[float, float, float, float] | None = None
    precision: PrecisionColumn | None = None
    source: str | None = None


def load_mapping(path: Path) -> EvidenceMapping:
    """Reads a mapping file (YAML). Raises InvalidInput with all its faults and their lines."""
    raw = read_whole(path, MAPPING_BYTES, name=path.name, accepted="a mapping file in YAML")
    try:
        # The guarded reader of accords: no anchors, tags, keys that stand twice, nor depth without end.
        plain = parse(decode(raw, path.name), path.name)
    except InvalidAccord as error:
        raise InvalidInput(error.message, hint=error.hint, faults=error.faults) from error
    data = {} if plain.data is None else plain.data
    return check_mapping(data, source=path.name, lines=plain.lines)


def check_mapping(data: Any, *, source: str, lines: Mapping[str, int] | None = None) -> EvidenceMapping:
    """A mapping from plain data, whose keys stand in those `lines`, by their paths.

    Raises InvalidInput with every fault found in it.
    """
    lines = lines or {}
    try:
        mapping = EvidenceMapping.model_validate(data)
    except ValidationError as error:
        faults = []
        for problem in error.errors(include_url=False):
            keys = [str(part) for part in problem["loc"]]
            meant = did_you_mean(keys[0], EvidenceMapping.model_fields) if len(keys) == 1 else None
            unknown = problem["type"] == "extra_forbidden"
            accepted = ", ".join(EvidenceMapping.model_fields) if unknown else None
            message = "unknown key" if unknown else problem["msg"]
            if unknown and meant:
                message += f"; did you mean {meant}?"
            faults.append(
                Fault(message, source, _line(lines, problem["loc"]), None, ".".join(keys), None, accepted)
            )
        raise InvalidInput.of_faults(faults) from error
    faults = _unknown_fields(mapping, lines, source)
    if mapping.time_zone is not None:
        try:
            zone_of(mapping.time_zone)
        except TrucelineError as error:
            faults.append(Fault(error.message, source, _line(lines, ("time_zone",)), path="time_zone"))
    if faults:
        raise InvalidInput.of_faults(faults)
    return mapping


def _unknown_fields(mapping: EvidenceMapping, lines: Mapping[str, int], source: str) -> list[Fault]:
    named = [("columns", column, field) for column, fields in mapping.columns.items() for field in fields]
    named += [("constants", field, field) for field in mapping.constants]
    named += [("values", field, field) for field in mapping.values]
    faults = []
    taken: dict[str, str] = {}
    for section, key, field in named:
        place = _line(lines, (section, key))
        if field not in FIELDS:
            meant = did_you_mean(field, FIELDS)
            message = "unknown field" + (f"; did you mean {meant}?" if meant else "")
            faults.append(
                Fault(message, source, place, None, f"{section}.{key}", repr(field), ", ".join(FIELDS))
            )
        elif section == "columns":
            if field in taken:
                message = f"two columns are read as {field}: {taken[field]} and {key}"
                faults.append(Fault(message, source, place, None, f"columns.{key}"))
            taken[field] = key
    return faults


def _line(lines: Mapping[str, int], keys: tuple[int | str, ...]) -> int | None:
    line: int | None = None
    path = ""
    for key in keys:
        path = join_path(path, key)
        line = lines.get(path, line)
    return line
