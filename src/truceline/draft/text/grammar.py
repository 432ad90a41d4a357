"""The grammar of a text's sentences: word classes and dependencies, by a small model trained by this project.

The labels are those of Universal Dependencies 2 (https://universaldependencies.org/u/dep/), the word classes
those of the Penn Treebank. `model/README.md` says what the model was trained on and how well it reads; the
script `scripts/train_grammar.py` makes it anew. It is a reader like any other: on the documents
kept back it hangs one word of seven on a wrong one, so what rests on it must bear a wrong answer.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from truceline.draft.text.document import Text

if TYPE_CHECKING:
    from spacy.language import Language

MODEL = Path(__file__).with_name("model")


@dataclass(frozen=True, slots=True)
class Grammar:
    """One entry a word of the text, by the word's index `Word.i`.

    `tags` are Penn Treebank word classes (``VBN``, ``MD``, ``NNP``); `deps` the relation to the word of index
    `heads` (``nsubj``, ``nsubj:pass``, ``obl:agent``, ``conj``); the root of a sentence is its own head, with
    ``ROOT``. `children` are the indices of the words that depend on a word, in reading order.
    """

    tags: tuple[str, ...]
    deps: tuple[str, ...]
    heads: tuple[int, ...]
    children: tuple[tuple[int, ...], ...]

    def subtree(self, word: int) -> list[int]:
        """The indices of a word and of all that hangs on it, in reading order."""
        found: list[int] = []
        waiting = [word]
        while waiting:
            at = waiting.pop()
            found.append(at)
            waiting.extend(self.children[at])
        return sorted(found)

    def child(self, word: int, *deps: str) -> int | None:
        """The first word that depends on `word` by one of these relations."""
        return next((c for c in self.children[word] if self.deps[c] in deps), None)


@cache
def _model() -> Language:
    """The trained pipeline; loaded on first use (about half a second)."""
    import spacy

    return spacy.load(MODEL)


def grammar_of(text: Text) -> Grammar:
    """Reads the grammar of every sentence of `text`. Deterministic; needs no network."""
    from spacy.tokens import Doc

    nlp = _model()
    docs = []
    for sentence in text.sentences:
        words = text.of(sentence)
        starts: list[bool | int | None] = [True, *[False] * (len(words) - 1)]
        following = [w.start for w in words[1:]] + [-1]
        docs.append(
            Doc(
                nlp.vocab,
                words=[w.text for w in words],
                spaces=[w.end != then for w, then in zip(words, following, strict=True)],
                sent_starts=starts,
            )
        )
    tags = [""] * len(text.words)
    deps = [""] * len(text.words)
    heads = list(range(len(text.words)))
    children: list[list[int]] = [[] for _ in text.words]
    for sentence, doc in zip(text.sentences, nlp.pipe(docs), strict=True):
        for token in doc:
            at, head = sentence.first + token.i, sentence.first + token.head.i
            tags[at], deps[at], heads[at] = token.tag_, token.dep_, head
            if head != at:
                children[head].append(at)
    return Grammar(tuple(tags), tuple(deps), tuple(heads), tuple(tuple(c) for c in children))
