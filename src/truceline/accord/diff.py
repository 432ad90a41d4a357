"""What changed between two versions of an accord, part by part and field by field."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from truceline.accord.model import Accord
from truceline.accord.model.base import Part
from truceline.accord.plain import key_of, plain_field, plain_part

SECTIONS = (
    "sources", "parties", "places", "lines", "zones",
    "provisions", "statements", "interpretations", "amendments",
)  # fmt: skip
"""The sections whose parts have ids, in the order of the file."""


@dataclass(frozen=True, slots=True)
class PartChange:
    """A part that is in one version only: its section, its id and what it says."""

    section: str
    id: str
    value: dict[str, Any]

    def as_dict(self) -> dict[str, Any]:
        """The change as plain JSON data."""
        return {"section": self.section, "id": self.id, "value": self.value}


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field that says something else in the other version; None on a side where it is not given.

    `field` is a path inside the part, as in ``width_m.max`` or ``readings[total-width].text``.
    """

    section: str
    id: str
    field: str
    old: Any
    new: Any

    def as_dict(self) -> dict[str, Any]:
        """The change as plain JSON data."""
        return {
            "section": self.section,
            "id": self.id,
            "field": self.field,
            "old": self.old,
            "new": self.new,
        }


@dataclass(frozen=True, slots=True)
class AccordDiff:
    """The parts that were added, the parts that were removed, and the fields that changed."""

    added: tuple[PartChange, ...] = ()
    removed: tuple[PartChange, ...] = ()
    changed: tuple[FieldChange, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether both versions say the same."""
        return not (self.added or self.removed or self.changed)

    def as_dict(self) -> dict[str, Any]:
        """The difference as plain JSON data."""
        return {
            "added": [change.as_dict() for change in self.added],
            "removed": [change.as_dict() for change in self.removed],
            "changed": [change.as_dict() for change in self.changed],
        }


def diff(a: Accord, b: Accord) -> AccordDiff:
    """What `b` says that `a` does not, and the other way round; parts are matched by section and id.

    The order of parts is no difference. Swapping `a` and `b` swaps added with removed and old with new.
    """
    added: list[PartChange] = []
    removed: list[PartChange] = []
    changed: list[FieldChange] = []
    for section in SECTIONS:
        old, new = _by_key(getattr(a, section)), _by_key(getattr(b, section))
        added += [PartChange(section, id, plain_part(part)) for id, part in new.items() if id not in old]
        removed += [PartChange(section, id, plain_part(part)) for id, part in old.items() if id not in new]
        for id in old:
            if id in new and old[id] != new[id]:
                pairs = _part_changes(old[id], new[id], "")
                changed += [FieldChange(section, id, *pair) for pair in pairs]
    heads: tuple[tuple[str, Part, Part], ...] = (
        ("accord", a.accord, b.accord),
        ("verification", a.verification, b.verification),
    )
    for section, before, after in heads:
        changed += [FieldChange(section, a.accord.id, *pair) for pair in _part_changes(before, after, "")]
    if a.questions != b.questions:
        changed.append(
            FieldChange(
                "questions",
                a.accord.id,
                "questions",
                [plain_part(question) for question in a.questions],
                [plain_part(question) for question in b.questions],
            )
        )
    return AccordDiff(tuple(added), tuple(removed), tuple(changed))


def _by_key(parts: tuple[Any, ...]) -> dict[str, Part]:
    """Parts by id; a second one of the same id gets a number, so that none is lost."""
    found: dict[str, Part] = {}
    for part in parts:
        key, number = part.id, 2
        while key in found:
            key, number = f"{part.id} ({number})", number + 1
        found[key] = part
    return found


Pair = tuple[str, Any, Any]


def _part_changes(a: Part, b: Part, path: str) -> Iterator[Pair]:
    if type(a) is not type(b):
        yield path or "kind", plain_part(a), plain_part(b)
        return
    for name, field in type(a).model_fields.items():
        old, new = getattr(a, name), getattr(b, name)
        if old == new:
            continue
        place = f"{path}.{key_of(name, field)}" if path else key_of(name, field)
        deeper = list(_deeper(old, new, place))
        if deeper:
            yield from deeper
        else:
            yield place, plain_field(old, field), plain_field(new, field)


def _deeper(old: Any, new: Any, path: str) -> Iterator[Pair]:
    """The changes inside a field, where it can be looked into; nothing where only the whole can be shown."""
    if isinstance(old, Part) and type(old) is type(new):
        if type(old).__name__ not in _WHOLE:
            yield from _part_changes(old, new, path)
    elif isinstance(old, dict) and isinstance(new, dict):
        for key in (*old, *(key for key in new if key not in old)):
            if old.get(key) != new.get(key):
                yield f"{path}.{key}", _plain(old.get(key)), _plain(new.get(key))
    elif _has_ids(old) and _has_ids(new):
        before, after = _by_key(old), _by_key(new)
        for id in (*before, *(id for id in after if id not in before)):
            place = f"{path}[{id}]"
            if id not in after or id not in before:
                yield place, _plain(before.get(id)), _plain(after.get(id))
            elif before[id] != after[id]:
                yield from _part_changes(before[id], after[id], place)
    elif _alike(old, new):
        for number, (before, after) in enumerate(zip(old, new, strict=True)):
            if before != after:
                yield from _part_changes(before, after, f"{path}[{number}]")


_WHOLE = frozenset({"When", "Quote", "GeometryRef", "Frequency"})
"""What is read as one thing: its fields apart would say little."""


def _has_ids(value: Any) -> bool:
    return isinstance(value, tuple) and bool(value) and all(hasattr(item, "id") for item in value)


def _alike(old: Any, new: Any) -> bool:
    """Whether both are lists of as many parts that are worth looking into one by one."""
    return (
        isinstance(old, tuple)
        and isinstance(new, tuple)
        and len(old) == len(new)
        and all(isinstance(part, Part) and type(part).__name__ not in _WHOLE for part in (*old, *new))
    )


def _plain(value: Any) -> Any:
    return plain_part(value) if isinstance(value, Part) else value
