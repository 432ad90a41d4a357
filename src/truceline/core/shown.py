"""Text of others where people see it: on a terminal, on a page, in a spreadsheet.

Evidence, names of files and accords are written by anybody. What a terminal would obey (escape sequences,
carriage returns), what turns the reading order of a line around (overrides and isolates of Unicode's
bidirectional algorithm) and what is no text (halves of surrogate pairs) is written out, as in ``\\x1b[2J``,
so that it is seen and does nothing. Marks that Arabic and Persian names need are left alone.
"""

from __future__ import annotations

import re

_OBEYED = "\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff"
_NOT_SHOWN = re.compile(f"[{_OBEYED}]")
_NOT_SHOWN_IN_A_LINE = re.compile(f"[\n{_OBEYED}]")
_NOT_IN_JSON = re.compile("[\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")

_FORMULA = re.compile("'*[=+\\-@\t\r\n\uff1d\uff0b\uff0d\uff20]")
_DEFUSED = re.compile("'+[=+\\-@\t\r\n\uff1d\uff0b\uff0d\uff20]")
_NUMBER = re.compile(r"[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?")


def shown(text: str) -> str:
    """The text with whatever would be obeyed or hides written out. Line breaks and tabs stay."""
    return _NOT_SHOWN.sub(_written, text)


def shown_in_line(text: str) -> str:
    """As `shown`, and line breaks are written out as well: for what must stay one line."""
    return _NOT_SHOWN_IN_A_LINE.sub(_written, text)


def json_shown(written: str) -> str:
    """A JSON text with such characters as JSON's own escapes: the same value, harmless on a terminal."""
    return _NOT_IN_JSON.sub(lambda match: f"\\u{ord(match[0]):04x}", written)


def defused(text: str) -> str:
    """A text as it can stand in a cell of a CSV file that a spreadsheet opens: never a formula.

    One apostrophe is put before what begins with ``= + - @``, a tab or a line break, after any apostrophes
    (OWASP, CSV Injection); numbers stay as they are. `undone` takes it away again, exactly.
    """
    return f"'{text}" if _FORMULA.match(text) and not _NUMBER.fullmatch(text) else text


def undone(cell: str) -> str:
    """The text of a cell that `defused` wrote."""
    return cell[1:] if _DEFUSED.match(cell) else cell


def _written(match: re.Match[str]) -> str:
    code = ord(match[0])
    if match[0] == "\n":
        return "\\n"
    return f"\\x{code:02x}" if code < 256 else f"\\u{code:04x}"
