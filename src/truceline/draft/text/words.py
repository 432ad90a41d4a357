"""Words and sentences: a blank spaCy pipeline with lemmas and our own sentence boundaries."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any

import simplemma

from truceline.draft.lexicon.load import words

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

# simplemma decides without context; in agreements these words are nearly always the verb (or the noun).
_LEMMAS = {
    "left": "leave", "bound": "bind", "'ll": "will", "wo": "will", "n't": "not", "'d": "would", "ca": "can",
    "can't": "can", "cannot": "can", "'re": "be", "'m": "be", "am": "be", "is": "be", "are": "be",
    "was": "be", "were": "be", "been": "be", "being": "be", "has": "have", "had": "have", "having": "have",
    "does": "do", "did": "do", "done": "do", "forces": "force", "troops": "troop",
    "media": "media", "premises": "premises", "us": "us", "arms": "arms", "armed": "armed", "men": "man",
    "sides": "side", "parties": "party", "leading": "lead", "united": "united", "based": "base",
    "dead": "dead", "broken": "break", "fell": "fall", "fallen": "fall", "held": "hold", "fired": "fire",
    "firing": "fire", "operations": "operation", "artillery": "artillery", "should": "should",
    "would": "would",
    "could": "could", "might": "might", "may": "may", "must": "must", "shall": "shall", "will": "will",
    "unarmed": "unarmed", "demilitarised": "demilitarized", "de-militarized": "demilitarized",
    "de-militarised": "demilitarized", "demilitarisation": "demilitarization", "as": "as", "less": "less",
    "more": "more", "deeper": "deep", "signed": "sign", "landed": "land", "mined": "mine",
    "lay": "lay", "laid": "lay", "laying": "lay", "remains": "remain", "stays": "stay",
    "lies": "lie", "pulls": "pull", "keeps": "keep", "crosses": "cross",
    "routes": "route", "kilometres": "kilometre", "lines": "line", "checkpoints": "checkpoint",
}  # fmt: skip

_ABBREVIATED = words("tokens", "abbreviated")
_TERMINALS = frozenset((".", "!", "?", "...", ".."))
_CLOSERS = frozenset(('"', "'", ")", "]", "''"))


@cache
def lemma_of(lower: str) -> str:
    """The dictionary form of a lower-case word."""
    known = _LEMMAS.get(lower)
    return known if known is not None else str(simplemma.lemmatize(lower, lang="en")).lower()


@cache
def is_common(lower: str) -> bool:
    """Whether a lower-case word is in the dictionary, so that a capital alone does not make it a name."""
    return bool(simplemma.is_known(lower, lang="en"))


@cache
def pipeline() -> Language:
    """The blank English pipeline; loaded on first use because spaCy takes a second to import."""
    import spacy
    from spacy.util import compile_infix_regex

    nlp = spacy.blank("en")
    # Names such as "al-Nusra" and words such as "de-militarized" stay whole; "Ankara-Moscow" is two names.
    infixes = [p for p in nlp.Defaults.infixes or () if "-|" not in str(p) and "—" not in str(p)]
    infixes += [r"(?<=[a-z0-9)])/(?=[A-Za-z])", r"--+", r"(?<=[a-z])\.(?=[A-Z][a-z])"]
    tokenizer: Any = nlp.tokenizer
    tokenizer.infix_finditer = compile_infix_regex(infixes).finditer
    nlp.max_length = 10_000_000
    return nlp


def parse(text: str, blocks: list[tuple[int, int]]) -> list[Doc]:
    """One spaCy Doc per block, with lemmas and sentence starts."""
    tokenizer: Any = pipeline().tokenizer
    docs: list[Doc] = list(tokenizer.pipe(text[a:b] for a, b in blocks))
    for doc in docs:
        _mark(doc)
    return docs


def _mark(doc: Doc) -> None:
    start_next = True
    quotes_open = False
    for i, token in enumerate(doc):
        lower = token.lower_
        token.lemma_ = (
            lower
            if token.text.isupper() and len(lower) <= 3 and lower != "i"
            else lemma_of(lower)
            if lower in _LEMMAS
            else lemma_of(token.norm_ if "'" in lower else lower)
        )
        token.is_sent_start = start_next
        start_next = False
        if token.text == '"':
            quotes_open = not quotes_open
        if token.is_space:
            continue
        ended = token.text in _TERMINALS or (
            token.text in _CLOSERS and i > 0 and doc[i - 1].text in _TERMINALS and _after_closed(doc, i)
        )
        if ended and i + 1 < len(doc):
            start_next = _begins(doc, i, quotes_open)


def _after_closed(doc: Doc, i: int) -> bool:
    return bool(doc[i].whitespace_) or i + 1 == len(doc)


def _begins(doc: Doc, i: int, quotes_open: bool) -> bool:
    following: Any = doc[i + 1]
    if not (
        doc[i].whitespace_ or following.is_space or (following.text[:1].isupper() and doc[i].text != ".")
    ):
        return False
    if following.is_space and i + 2 < len(doc):
        following = doc[i + 2]
    if following.text in _CLOSERS and (following.text != '"' or quotes_open):
        return False
    if doc[i].text == "." and i > 0:
        before = doc[i - 1]
        if before.lower_ in _ABBREVIATED or (
            len(before.text) == 1 and before.text.isupper() and before.text != "I"
        ):
            return False
    first = following.text[:1]
    return (
        first.isupper() or first.isdigit() or first in "\"'([*-" or bool(re.match(r"al-|el-", following.text))
    )
