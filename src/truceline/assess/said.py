"""Questions about what rows say in a text column, each asked once of every distinct text.

A million rows name some thousands of places, and the same questions (does this name the zone, that road?)
come back for every rule: so they are asked of the texts, and only of those that the rows at hand hold.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable
from typing import Any

import numpy as np
import numpy.typing as npt

Rows = npt.NDArray[np.int64]
Codes = npt.NDArray[np.int32]
Encoded = tuple[Codes, list[Any]]
Answers = npt.NDArray[np.int8]

NULL = -1
"""The answer for a row that holds no text."""

_NOT_ASKED = -2


class Said:
    """What was answered about the texts of a table.

    `encoded` is a column as codes into its distinct values, -1 for null, and these. It is handed in each
    time: who holds the table holds this, and in a circle a million rows would outlive the answer.
    """

    def __init__(self) -> None:
        self._plain: dict[str, tuple[dict[str, int], Codes]] = {}
        self._answers: dict[tuple[str, Hashable], Answers] = {}

    def is_one_of(
        self, column: str, encoded: Encoded, rows: Rows, words: Collection[str]
    ) -> npt.NDArray[np.bool_] | None:
        """Whether each row's text is one of these words, however it is spelt; None where no row's is."""
        codes, values = encoded
        if column not in self._plain:
            numbers: dict[str, int] = {}
            each = [numbers.setdefault(plain(value), len(numbers)) for value in values]
            self._plain[column] = numbers, np.array([*each, NULL], dtype=np.int32)
        numbers, number = self._plain[column]
        wanted = {numbers[word] for word in map(plain, words) if word in numbers}
        return np.isin(number[codes[rows]], list(wanted)) if wanted else None

    def asked(
        self, column: str, encoded: Encoded, rows: Rows, about: Hashable, question: Callable[[str], int]
    ) -> Answers:
        """The answer (0 to 127) for each row's text, `NULL` where it has none.

        `about` names the question: what was answered under that name before is not asked again.
        """
        codes, values = encoded
        answers = self._answers.get((column, about))
        if answers is None:
            answers = np.full(len(values) + 1, _NOT_ASKED, dtype=np.int8)
            answers[-1] = NULL
            self._answers[column, about] = answers
        at = codes[rows]
        for code in np.unique(at[answers[at] == _NOT_ASKED]).tolist():
            answers[code] = question(str(values[code]))
        return answers[at]


def plain(text: object) -> str:
    """A name as it is compared: no capitals, no hyphens, no article before it."""
    words = str(text).casefold().replace("_", " ").replace("-", " ").split()
    return " ".join(words[1:] if words and words[0] == "the" else words)
