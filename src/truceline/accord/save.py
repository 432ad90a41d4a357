"""Writing accord files. A file that people wrote keeps its comments, its order and its forms: only what
changed is changed.
"""

from __future__ import annotations

import io
import os
import re
import tempfile
from pathlib import Path
from typing import Any

from pydantic.fields import FieldInfo
from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.constructor import RoundTripConstructor
from ruamel.yaml.nodes import ScalarNode
from ruamel.yaml.representer import RoundTripRepresenter
from ruamel.yaml.scalarstring import (
    DoubleQuotedScalarString,
    FoldedScalarString,
    LiteralScalarString,
    ScalarString,
)
from ruamel.yaml.util import load_yaml_guess_indent

from truceline.accord.load import Document, read_document
from truceline.accord.model import Accord
from truceline.accord.model.base import Part
from truceline.accord.plain import is_default, key_of, plain_accord, plain_field, plain_part
from truceline.accord.plain_yaml import read_text
from truceline.core.errors import InvalidAccord, InvalidInput

WIDTH = 100
_FLOW_WIDTH = 90
_DATE = re.compile(r"\d{4}-\d\d-\d\d([T ]\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d))?")


def save_accord(accord: Accord | Document, path: Path | str, *, original: str | None = None) -> None:
    """Writes the accord, whole or not at all.

    `original` is the text whose comments and order are kept: that of the document, or of the file that stands
    at `path` already. Raises InvalidInput where the file cannot be written.
    """
    path = Path(path)
    if isinstance(accord, Document):
        original = original if original is not None else accord.positions.text
        accord = accord.accord
    if original is None and path.is_file():
        original = read_text(path)
    _write(render(accord, original), path)


def render(accord: Accord, original: str | None = None) -> str:
    """The text of an accord; comments, order and forms of the original text stay where nothing changed.

    An original that is no accord is not kept.
    """
    if original is not None:
        try:
            before = read_document(original).accord
        except InvalidAccord:
            return _fresh(accord)
        return original if before == accord else _changed(original, before, accord)
    return _fresh(accord)


def _write(text: str, path: Path) -> None:
    try:
        with tempfile.NamedTemporaryFile(
            "w", encoding="utf-8", newline="", dir=path.parent, prefix=f".{path.name}.", delete=False
        ) as file:
            file.write(text)
        if path.exists():
            Path(file.name).chmod(path.stat().st_mode)
        else:
            umask = os.umask(0)
            os.umask(umask)
            Path(file.name).chmod(0o666 & ~umask)
        Path(file.name).replace(path)
    except OSError as error:
        raise InvalidInput(f"{path} cannot be written: {error.strerror}") from error


class _AsWritten(float):
    """A number of the original, with its digits."""

    text: str


class _Constructor(RoundTripConstructor):
    """Keeps the digits of numbers. The library's own form puts them together anew and cuts the last one off
    instead of rounding it, so that numbers with an exponent that nobody touched came back as others.
    """

    def construct_as_written(self, node: ScalarNode) -> _AsWritten:
        number = _AsWritten(self.construct_yaml_float(node))
        number.text = str(node.value)
        return number


_Constructor.add_constructor("tag:yaml.org,2002:float", _Constructor.construct_as_written)


class _Representer(RoundTripRepresenter):
    """Writes dates as people do: without quotes; and numbers that stood there as they stood."""

    def represent_as_written(self, number: _AsWritten) -> ScalarNode:
        return self.represent_scalar("tag:yaml.org,2002:float", number.text)

    def represent_text(self, text: str) -> ScalarNode:
        if _DATE.fullmatch(text):
            return self.represent_scalar("tag:yaml.org,2002:timestamp", text)
        # Line separators and the like would not come back from a plain or folded form, nor a leading sign.
        style = ">" if len(text) > WIDTH - 20 else None
        if not text.isprintable() or re.search(r"^[?:\- ]|  | $", text):
            style = '"'
        return self.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Representer.add_representer(str, _Representer.represent_text)
_Representer.add_representer(_AsWritten, _Representer.represent_as_written)


def _yaml(mapping: int = 2, sequence: int = 4, offset: int = 2, width: int = WIDTH) -> YAML:
    yaml = YAML()
    yaml.Constructor = _Constructor
    yaml.Representer = _Representer
    yaml.preserve_quotes = True
    yaml.allow_unicode = True
    yaml.width = width
    yaml.indent(mapping=mapping, sequence=sequence, offset=offset)
    return yaml


def _fresh(accord: Accord) -> str:
    sections = []
    for key, value in plain_accord(accord).items():
        out = io.StringIO()
        _yaml().dump(CommentedMap({key: _styled(value, len(key))}), out)
        sections.append(out.getvalue())
    return "\n".join(sections)


def _styled(value: Any, indent: int = 0) -> Any:
    """Short lists and mappings of single values stand on one line, as people write them."""
    if isinstance(value, dict):
        node: Any = CommentedMap({key: _styled(item) for key, item in value.items()})
        leaves = list(value.values())
    elif isinstance(value, list):
        node = CommentedSeq([_styled(item) for item in value])
        leaves = value
    else:
        return value
    short = len(str(value)) + indent < _FLOW_WIDTH
    if not value or (short and not any(isinstance(leaf, dict | list) or _long(leaf) for leaf in leaves)):
        node.fa.set_flow_style()
    return node


def _long(leaf: Any) -> bool:
    return isinstance(leaf, str) and (len(leaf) > 40 or "\n" in leaf)


def _changed(original: str, before: Accord, after: Accord) -> str:
    _, sequence, offset = load_yaml_guess_indent(original)
    offset = offset if offset is not None else 2
    sequence = max(sequence or 4, offset + 2)
    yaml = _yaml(sequence=sequence, offset=offset, width=4096)
    tree = yaml.load(original)
    _merge(tree, before, after)
    out = io.StringIO()
    yaml.dump(tree, out)
    text = out.getvalue()
    return text.replace("\n", "\r\n") if "\r\n" in original else text


def _merge(tree: CommentedMap, before: Part, after: Part) -> None:
    """Brings a mapping of the text from what it says to what it shall say."""
    for name, field in type(after).model_fields.items():
        old, new = getattr(before, name), getattr(after, name)
        if old == new:
            continue
        key = name if name in tree else key_of(name, field)
        if is_default(new, field):
            tree.pop(key, None)
        else:
            _merge_field(tree, key, old, new, field)


def _merge_field(tree: CommentedMap, key: str, old: Any, new: Any, field: FieldInfo) -> None:
    node = tree.get(key)
    if isinstance(node, CommentedMap) and isinstance(new, Part) and type(old) is type(new):
        keys = {word for n, f in type(new).model_fields.items() for word in (n, f.alias)}
        if keys.issuperset(node):
            _merge(node, old, new)
            return
    if isinstance(node, CommentedMap) and isinstance(new, dict):
        fresh = plain_field(new, field)
        if isinstance(fresh, dict):
            _merge_mapping(node, fresh)
            return
    if isinstance(node, CommentedSeq) and _listable(old) and _listable(new) and len(node) == len(old):
        _merge_items(node, old, new)
        return
    _put(tree, key, plain_field(new, field))


def _merge_mapping(node: CommentedMap, fresh: dict[str, Any]) -> None:
    for key in [key for key in node if str(key) not in fresh]:
        del node[key]
    for key, value in fresh.items():
        if node.get(key) != value:
            _put(node, key, value)


def _put(node: CommentedMap, key: str, value: Any) -> None:
    """Sets a value. A new text takes the quotes of the old one only where these can hold it."""
    if isinstance(value, str) and isinstance(node.get(key), ScalarString):
        block = isinstance(node[key], FoldedScalarString | LiteralScalarString)
        node[key] = DoubleQuotedScalarString(value) if block or not value.isprintable() else value
    else:
        node[key] = _styled(value, len(key))


def _listable(items: Any) -> bool:
    """A list of parts that are told apart by their ids."""
    if not isinstance(items, tuple) or not all(isinstance(item, Part) for item in items):
        return False
    ids = [getattr(item, "id", None) for item in items]
    return None not in ids and len(set(ids)) == len(ids)


def _merge_items(node: CommentedSeq, old: tuple[Any, ...], new: tuple[Any, ...]) -> None:
    before = {item.id: item for item in old}
    wanted = {item.id for item in new}
    present = [item.id for item in old]
    for index in range(len(present) - 1, -1, -1):
        if present[index] not in wanted:
            del node[index]
            del present[index]
    for index, item in enumerate(new):
        if item.id not in before:
            node.insert(index, _styled(plain_part(item)))
            present.insert(index, item.id)
            continue
        at = present.index(item.id)
        if at != index:
            node.insert(index, node.pop(at))
            present.insert(index, present.pop(at))
        if type(before[item.id]) is type(item):
            _merge(node[index], before[item.id], item)
        else:
            node[index] = _styled(plain_part(item))
