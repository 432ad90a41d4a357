"""Filters in CQL2 (text and JSON), as one truth value a row. The library `cql2` parses; this module answers.

Conformance: Basic CQL2, Advanced Comparison Operators, Basic Spatial Functions (S_INTERSECTS), S_WITHIN and
S_DISJOINT beside it, and the Temporal Functions T_AFTER, T_BEFORE, T_DURING, T_INTERSECTS and T_EQUALS on one
column. What else CQL2 knows is refused with its name.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from functools import reduce
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
from shapely.geometry import box, shape
from shapely.geometry.base import BaseGeometry

from truceline.core.errors import InvalidInput

Bools = npt.NDArray[np.bool_]
MOST_NESTED = 10
"""Brackets within brackets. The library's parser goes back and forth over brackets that stay open: its time
doubles with each level (cql2 0.6: 0.05 s at 12 levels, 16 s at 22)."""
MOST_NESTED_JSON = 60
MOST_CHARACTERS = 20_000


class Queryable(Protocol):
    """What a filter asks: columns by name, and places."""

    @property
    def names(self) -> Sequence[str]: ...

    def __len__(self) -> int: ...

    def column(self, name: str) -> pa.ChunkedArray:
        """A column. Only `names` are asked for."""
        ...

    def meets(self, area: BaseGeometry) -> Bools:
        """Whether each row's place meets an area."""
        ...

    def within(self, area: BaseGeometry) -> Bools:
        """Whether each row's place lies within an area."""
        ...


def parse(text: str, language: str = "cql2-text") -> dict[str, Any]:
    """A filter as CQL2 JSON. Raises InvalidInput."""
    import cql2

    if len(text) > MOST_CHARACTERS:
        raise InvalidInput(f"filter: accepted: at most {MOST_CHARACTERS} characters")
    most = MOST_NESTED if language == "cql2-text" else MOST_NESTED_JSON
    if nested(text) > most:
        raise InvalidInput(f"filter: accepted: at most {most} levels of brackets")
    try:
        if language == "cql2-json":
            found = cql2.parse_json(text).to_json()
        elif language == "cql2-text":
            found = cql2.parse_text(text).to_json()
        else:
            raise InvalidInput(f"filter-lang: found {language!r}; accepted: cql2-text, cql2-json")
    except InvalidInput:
        raise
    except Exception as error:  # the library's own errors have no root
        said = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise InvalidInput(f"filter: this is no CQL2: {said[:200]}") from error
    if not isinstance(found, dict):
        raise InvalidInput("filter: accepted: a condition")
    return found


def nested(text: str) -> int:
    """How deep brackets stand in brackets, those in quotes too."""
    depth = most = 0
    for sign in text:
        if sign in "([{":
            depth += 1
            most = max(most, depth)
        elif sign in ")]}":
            depth = max(depth - 1, 0)
    return most


def remembered(condition: Mapping[str, Any], rows: Any) -> Bools:
    """As `matching`; of a view, whose rows are many and never change, it is made once."""
    view = getattr(rows, "view", None)
    if view is None:
        return matching(condition, rows)
    key = json.dumps(condition, sort_keys=True)
    found: Bools = view.remembered(("cql2", key), lambda: matching(condition, rows))
    return found


def matching(condition: Mapping[str, Any], rows: Queryable) -> Bools:
    """Which rows fulfil a condition in CQL2 JSON; what is not known fulfils none. Raises InvalidInput."""
    found = pc.fill_null(_asked(condition, rows), False)
    return np.asarray(found.to_numpy(zero_copy_only=False), np.bool_)


def _asked(condition: Any, rows: Queryable) -> Any:
    """True, false or not known (null) a row."""
    if isinstance(condition, bool):
        return pa.repeat(pa.scalar(condition), len(rows))
    operator, arguments = condition.get("op"), condition.get("args", [])
    answer = _ANSWERS.get(str(operator))
    if answer is None or not isinstance(arguments, list):
        raise InvalidInput(f"filter: {operator!r} is not known here; accepted: {', '.join(_ANSWERS)}")
    try:
        return answer(str(operator), arguments, rows)
    except (IndexError, KeyError, TypeError, ValueError, pa.ArrowException) as error:
        raise InvalidInput(f"filter: {operator} cannot be asked with these arguments") from error


def _both(_operator: str, arguments: list[Any], rows: Queryable) -> Any:
    return reduce(pc.and_kleene, [_asked(one, rows) for one in arguments])


def _either(_operator: str, arguments: list[Any], rows: Queryable) -> Any:
    return reduce(pc.or_kleene, [_asked(one, rows) for one in arguments])


def _not(_operator: str, arguments: list[Any], rows: Queryable) -> Any:
    return pc.invert(_asked(arguments[0], rows))


_COMPARED: dict[str, Callable[[Any, Any], Any]] = {
    "=": pc.equal, "<>": pc.not_equal, "<": pc.less, ">": pc.greater, "<=": pc.less_equal,
    ">=": pc.greater_equal,
}  # fmt: skip
_TURNED = {"<": ">", ">": "<", "<=": ">=", ">=": "<="}


def _compared(operator: str, arguments: list[Any], rows: Queryable) -> Any:
    left, right = arguments
    if not _is_column(left):
        left, right, operator = right, left, _TURNED.get(operator, operator)
    column, folded = _column(left, rows)
    value = _scalar(right, column.type)
    if folded and isinstance(value, pa.Scalar) and isinstance(value.as_py(), str):
        value = pa.scalar(value.as_py().casefold())
    return _COMPARED[operator](column, value)


def _between(_operator: str, arguments: list[Any], rows: Queryable) -> Any:
    column, _ = _column(arguments[0], rows)
    low, high = arguments[1:] if len(arguments) == 3 else arguments[1]
    least = pc.greater_equal(column, _scalar(low, column.type))
    return pc.and_kleene(least, pc.less_equal(column, _scalar(high, column.type)))


def _among(_operator: str, arguments: list[Any], rows: Queryable) -> Any:
    column, folded = _column(arguments[0], rows)
    values = [_scalar(value, column.type).as_py() for value in arguments[1]]
    if folded:
        values = [value.casefold() if isinstance(value, str) else value for value in values]
    return pc.if_else(pc.is_valid(column), pc.is_in(column, value_set=pa.array(values, column.type)), None)


def _like(_operator: str, arguments: list[Any], rows: Queryable) -> Any:
    column, folded = _column(arguments[0], rows)
    pattern = arguments[1]
    if isinstance(pattern, dict):
        pattern, folded = pattern["args"][0], True
    return pc.match_like(column, str(pattern), ignore_case=folded)


def _is_null(_operator: str, arguments: list[Any], rows: Queryable) -> Any:
    column, _ = _column(arguments[0], rows)
    return pc.is_null(column)


def _spatial(operator: str, arguments: list[Any], rows: Queryable) -> Any:
    left, right = arguments
    if not _is_column(left):
        left, right = right, left
        if operator == "s_within":
            raise InvalidInput("filter: s_within(geometry, area); accepted: the column first")
    if left["property"] not in ("geometry", "geom"):
        raise InvalidInput(f"filter: {left['property']!r} is no geometry; accepted: geometry")
    area = _geometry(right)
    found = rows.within(area) if operator == "s_within" else rows.meets(area)
    return pa.array(~found if operator == "s_disjoint" else found)


def _temporal(operator: str, arguments: list[Any], rows: Queryable) -> Any:
    column, _ = _column(arguments[0], rows)
    if not pa.types.is_timestamp(column.type):
        raise InvalidInput(f"filter: {operator} asks a time")
    start, end = _interval(arguments[1])
    found: list[Any] = []
    if operator == "t_after":
        found = [pc.greater(column, _instant(end))] if end else [pc.less(column, column)]
    elif operator == "t_before":
        found = [pc.less(column, _instant(start))] if start else [pc.less(column, column)]
    elif operator == "t_equals":
        found = [pc.equal(column, _instant(start or end))]
    else:
        less = pc.less if operator == "t_during" else pc.less_equal
        more = pc.greater if operator == "t_during" else pc.greater_equal
        found = [more(column, _instant(start))] if start else []
        found += [less(column, _instant(end))] if end else []
    return reduce(pc.and_kleene, found) if found else pc.is_valid(column)


_ANSWERS: dict[str, Callable[[str, list[Any], Queryable], Any]] = {
    "and": _both,
    "or": _either,
    "not": _not,
    **dict.fromkeys(_COMPARED, _compared),
    "between": _between,
    "in": _among,
    "like": _like,
    "isNull": _is_null,
    "s_intersects": _spatial,
    "s_disjoint": _spatial,
    "s_within": _spatial,
    **dict.fromkeys(("t_after", "t_before", "t_during", "t_intersects", "t_equals"), _temporal),
}


def _is_column(value: Any) -> bool:
    return isinstance(value, dict) and ("property" in value or value.get("op") in ("casei", "accenti"))


def _column(value: Any, rows: Queryable) -> tuple[pa.ChunkedArray, bool]:
    """A column, and whether it is asked without case."""
    if isinstance(value, dict) and value.get("op") == "casei":
        column, _ = _column(value["args"][0], rows)
        return pc.utf8_lower(column), True
    if not isinstance(value, dict) or "property" not in value:
        raise InvalidInput("filter: accepted: a property on one side of each comparison")
    name = value["property"]
    if name not in rows.names:
        raise InvalidInput(f"filter: there is no property {name!r}; accepted: {', '.join(rows.names)}")
    return rows.column(name), False


def _scalar(value: Any, kind: pa.DataType) -> pa.Scalar:
    if isinstance(value, dict):
        if value.get("op") == "casei":
            return pa.scalar(str(value["args"][0]).casefold())
        if "timestamp" in value or "date" in value:
            return _instant(_moment(value)[0])
        raise InvalidInput("filter: accepted: text, a number, true, false or a time to compare with")
    if pa.types.is_timestamp(kind) and isinstance(value, str):
        return _instant(_moment({"timestamp": value})[0])
    if pa.types.is_string(kind) != isinstance(value, str) or pa.types.is_boolean(kind) != isinstance(
        value, bool
    ):
        raise InvalidInput(f"filter: found {value!r}; accepted: a value of the property's type ({kind})")
    return pa.scalar(value)


def _instant(moment: datetime | None) -> pa.Scalar:
    return pa.scalar(moment, pa.timestamp("us", tz="UTC"))


def _moment(value: Any) -> tuple[datetime, datetime]:
    """The first and the last instant of a time stamp or a day (in UTC)."""
    if isinstance(value, str):
        value = {"timestamp": value} if "T" in value else {"date": value}
    if "date" in value:
        day = datetime.fromisoformat(str(value["date"])).replace(tzinfo=UTC)
        return day, day + timedelta(days=1) - timedelta(microseconds=1)
    found = datetime.fromisoformat(str(value["timestamp"]).replace("Z", "+00:00"))
    found = found if found.tzinfo else found.replace(tzinfo=UTC)
    return found.astimezone(UTC), found.astimezone(UTC)


def _interval(value: Any) -> tuple[datetime | None, datetime | None]:
    if isinstance(value, dict) and "interval" in value:
        first, last = value["interval"]
        start = None if first == ".." else _moment(first)[0]
        end = None if last == ".." else _moment(last)[1]
        return start, end
    return _moment(value)


def _geometry(value: Any) -> BaseGeometry:
    if isinstance(value, dict) and "bbox" in value:
        numbers = [float(number) for number in value["bbox"]]
        if len(numbers) == 6:
            numbers = [numbers[i] for i in (0, 1, 3, 4)]
        west, south, east, north = numbers
        return box(west, south, east, north)
    found = shape(value)
    if found.is_empty or not np.isfinite(found.bounds).all():
        raise InvalidInput("filter: the geometry is empty or not finite")
    return found
