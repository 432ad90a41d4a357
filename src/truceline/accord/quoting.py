"""Finding the exact words of a source, and telling whether a quote still stands in it.

Positions count Unicode code points of the source's text as it is in its file: UTF-8, without a byte order
mark, line ends as they are. The checksum is of the file's bytes.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from truceline.accord.model import Quote, Source
from truceline.core.errors import InvalidInput
from truceline.core.input_files import read_whole
from truceline.core.limits import DOCUMENT_BYTES

CONTEXT = 24
"""Code points of prefix and suffix that `locate` keeps, as W3C text-quote selectors do."""


@dataclass(frozen=True, slots=True)
class SourceText:
    """The text of a source's file and the SHA-256 of its bytes."""

    text: str
    sha256: str


def read_source(source: Source, base_dir: Path) -> SourceText | None:
    """The text of a source; None where it names no file.

    Raises NotFound for a missing file, and InvalidInput for one that is not UTF-8 or lies outside `base_dir`.
    """
    if source.file is None:
        return None
    path = inside(base_dir, source.file)
    raw = read_whole(path, DOCUMENT_BYTES, name=f"the file {source.file}", accepted="text in UTF-8")
    try:
        # newline translation would move every position after the first line
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        raise InvalidInput(f"the file {source.file} is not text in UTF-8") from error
    return SourceText(text.removeprefix("\ufeff"), hashlib.sha256(raw).hexdigest())


def inside(base_dir: Path, file: str) -> Path:
    """The path of a file beside the accord. Raises InvalidInput where it leads out of the folder."""
    base = base_dir.resolve()
    try:
        path = (base / file).resolve()
    except (OSError, ValueError) as error:
        raise InvalidInput(f"{file!r} is not the name of a file") from error
    if not path.is_relative_to(base):
        raise InvalidInput(f"{file} leads out of the accord's folder; accepted: a path below it")
    return path


def locate(text: str, exact: str, *, after: int = 0) -> tuple[int, int]:
    """Where the words stand: ``(start, end)``, such that ``text[start:end] == exact``.

    `after` is the code point from which to look. Raises InvalidInput where they do not stand there, or stand
    there more than once.
    """
    start = text.find(exact, after)
    if not exact or start < 0:
        raise InvalidInput(f"the words are not in the text: {exact[:60]!r}")
    if text.find(exact, start + 1) >= 0:
        raise InvalidInput(f"the words stand more than once in the text; quote more of it: {exact[:60]!r}")
    return start, start + len(exact)


def quote_of(text: str, exact: str, source: str, *, after: int = 0, speaker: str | None = None) -> Quote:
    """The quote of these words with position, prefix and suffix. Raises InvalidInput as `locate` does."""
    start, end = locate(text, exact, after=after)
    return Quote(
        source=source,
        exact=exact,
        start=start,
        end=end,
        prefix=text[max(start - CONTEXT, 0) : start] or None,
        suffix=text[end : end + CONTEXT] or None,
        speaker=speaker,
    )


def stands_in(quote: Quote, text: str) -> bool:
    """Whether the quote's words stand at its position."""
    return text[quote.start : quote.end] == quote.exact
