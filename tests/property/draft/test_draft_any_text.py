"""Whatever the text: no crash, every quote verbatim, every provision quoted, every reference resolved."""

from __future__ import annotations

import datetime as dt

from hypothesis import given, settings
from hypothesis import strategies as st

from truceline.core.errors import InvalidInput
from truceline.draft import draft_text

PIECES = st.sampled_from(
    [
        *[
            "the",
            "The",
            "parties",
            "both",
            "sides",
            "shall",
            "will",
            "must",
            "would",
            "not",
            "withdraw",
            "withdrawn",
            "tanks",
            "heavy",
            "weapons",
            "from",
        ],
        *[
            "zone",
            "by",
            "within",
            "of",
            "15",
            "20",
            "km",
            "deep",
            "wide",
            "October",
            "2018",
            "Monday",
            "14",
            "days",
            "signature",
            "agreed",
            "signed",
            "accord",
        ],
        *[
            "Russia",
            "Turkey",
            "Orland",
            "said",
            "that",
            "which",
            "and",
            "or",
            ",",
            ".",
            ";",
            ":",
            "(",
            ")",
            "-",
            "Article",
            "1.",
            "(a)",
            "HTS",
            "known",
            "as",
            "formerly",
        ],
        *[
            "all",
            "radical",
            "fighters",
            "no",
            "military",
            "action",
            "against",
            "road",
            "between",
            "Aleppo",
            "Hama",
            "linking",
            "with",
            "patrols",
        ],
        *[
            "joint",
            "monitor",
            "exceed",
            "600",
            "men",
            "if",
            "had",
            "have",
            "been",
            "is",
            "to",
            "are",
            "established",
            "demilitarized",
            "100",
            "mm",
        ],
        *["above", "artillery", "we", "our", "it", "they", "his", "its", "neither"],
        *('"', "\n", "\n\n", "\u201c", "\u201d", "\u00ad", "\u00a0", "\u2014"),
    ]
)


def _check(text: str) -> None:
    try:
        accord = draft_text(text, published=dt.date(2018, 9, 18)).accord
    except InvalidInput as error:
        assert "English" in error.message  # noqa: PT017
        return
    parties = {p.id for p in accord.parties}
    for provision in accord.provisions:
        assert provision.quotes
        assert set(provision.parties) <= parties
        for quote in provision.quotes:
            assert text[quote.start : quote.end] == quote.exact
    for statement in accord.statements:
        assert text[statement.quote.start : statement.quote.end] == statement.quote.exact
    ids = [p.id for p in accord.provisions]
    assert len(ids) == len(set(ids))


@settings(max_examples=60)
@given(st.text(max_size=300))
def test_any_characters(text: str) -> None:
    _check(text)


@settings(max_examples=150)
@given(st.lists(PIECES, max_size=60), st.sampled_from([" ", " ", ""]))
def test_any_shuffle_of_the_words_of_agreements(pieces: list[str], joint: str) -> None:
    _check("Orland and Kelden signed an accord. " + joint.join(pieces))


@settings(max_examples=25)
@given(st.text(alphabet="\u00ad\u200b\u00a0\u2019\u201c\n ", max_size=6), st.integers(0, 60))
def test_invisible_characters_anywhere_leave_the_quote_verbatim(odd: str, at: int) -> None:
    sentence = "Orland and Kelden agreed. Both sides shall withdraw all tanks by 1 June 2021."
    _check(sentence[:at] + odd + sentence[at:])
