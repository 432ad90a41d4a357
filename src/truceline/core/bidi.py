"""What our own sentences set apart from the text around it, so that right-to-left lines stay in order.

A name in Latin letters or a number inside an Arabic sentence is an isolate of Unicode's bidirectional
algorithm (UAX 9). Characters that isolate are also what a hostile text would use, and `truceline.core.shown`
writes them out; so sentences carry two noncharacters in their place, which Unicode sets aside for use inside
a program, until the last step before a reader: `isolated` where the reader knows isolates (a browser, JSON),
`flat` where not (a terminal), `pieces` where a format has its own way (a document of runs).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

OPEN, CLOSE = "\ufdd0", "\ufdd1"
FSI, LRI, RLI, PDI = "\u2068", "\u2066", "\u2067", "\u2069"
RIGHT_TO_LEFT = frozenset({"ar"})
"""Languages of Truceline that are written from right to left."""

_TO_MARKS = str.maketrans({FSI: OPEN, PDI: CLOSE})
_WRITTEN = str.maketrans({FSI: "\\u2068", PDI: "\\u2069", OPEN: None, CLOSE: None})
_MARK = re.compile(f"[{OPEN}{CLOSE}]")
_SPLIT = re.compile(f"([{OPEN}{CLOSE}])")


def direction(language: str) -> str:
    """``rtl`` or ``ltr``."""
    return "rtl" if language in RIGHT_TO_LEFT else "ltr"


def balanced(text: str) -> bool:
    """Whether every mark that opens closes, in order."""
    depth = 0
    for mark in _MARK.findall(text):
        depth += 1 if mark == OPEN else -1
        if depth < 0:
            return False
    return depth == 0


def argument(text: str) -> str:
    """A text as it may stand in a sentence of ours: isolates of others are written out, and marks stay only
    where they are our own, which always close."""
    if FSI in text or PDI in text or not balanced(text):
        return text.translate(_WRITTEN)
    return text


def marked(text: str) -> str:
    """A sentence of Fluent with its isolates as marks."""
    return text.translate(_TO_MARKS)


def isolated(text: str) -> str:
    """A text with its marks as isolates; marks that do not close are dropped.

    What holds isolates itself is a phrase of ours, put together in a right-to-left language, and reads so; a
    figure reads from left to right; all else takes its direction from its own first letter.
    """
    if OPEN not in text and CLOSE not in text:
        return text
    if not balanced(text):
        return flat(text)
    parts = _SPLIT.split(text)
    opened: list[int] = []
    for at, part in enumerate(parts):
        if part == OPEN:
            if opened:
                parts[opened[-1]] = RLI
            parts[at] = FSI
            opened.append(at)
        elif part == CLOSE:
            parts[at] = PDI
            begun = opened.pop()
            if at == begun + 2 and not any(map(str.isalpha, parts[begun + 1])):
                parts[begun] = LRI
    return "".join(parts)


def apart(text: str, language: str) -> str:
    """A figure or name to be set apart, where the language is written from right to left."""
    return f"{OPEN}{text}{CLOSE}" if language in RIGHT_TO_LEFT else text


def flat(text: str) -> str:
    """A text without marks."""
    return _MARK.sub("", text)


def pieces(text: str) -> Iterator[tuple[str, bool]]:
    """The stretches of a text, and whether each is set apart from what is around it."""
    depth = 0
    for part in _SPLIT.split(text):
        if part == OPEN:
            depth += 1
        elif part == CLOSE:
            depth = max(depth - 1, 0)
        elif part:
            yield part, depth > 0
