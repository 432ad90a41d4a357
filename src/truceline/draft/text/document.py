"""The text as a list of words in sentences in blocks: what every rule reads."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from truceline.draft.lexicon.territories import by_capital, by_demonym, by_name
from truceline.draft.text.layout import Block, blocks_of
from truceline.draft.text.plain import Plain, fold, normalise
from truceline.draft.text.words import parse


@dataclass(frozen=True, slots=True)
class Word:
    """A word: its index in the document, forms, norm offsets, and its place in the sentence's parse.

    `tag` is a Penn tag, `dep` its relation in Universal Dependencies, `head` the index of the word that it
    depends on (its own for the root of a sentence).
    """

    i: int
    text: str
    lower: str
    lemma: str
    start: int
    end: int
    tag: str = ""
    dep: str = ""
    head: int = -1

    @property
    def capital(self) -> bool:
        """Whether it begins with a capital letter."""
        return self.text[:1].isupper()


@dataclass(frozen=True, slots=True)
class Sentence:
    """Words ``first`` to ``last`` (exclusive) of the document; `block` is the block's index."""

    index: int
    first: int
    last: int
    block: int


@dataclass(frozen=True, slots=True)
class Text:
    """The text cut up."""

    plain: Plain
    words: list[Word]
    sentences: list[Sentence]
    blocks: list[Block]
    block_sentences: dict[int, list[int]] = field(default_factory=dict)
    children: list[list[int]] = field(default_factory=list)

    def of(self, sentence: Sentence) -> list[Word]:
        """The words of a sentence."""
        return self.words[sentence.first : sentence.last]

    def sentence_at(self, word: int) -> Sentence:
        """The sentence that holds a word."""
        low, high = 0, len(self.sentences) - 1
        while low < high:
            middle = (low + high + 1) // 2
            if self.sentences[middle].first <= word:
                low = middle
            else:
                high = middle - 1
        return self.sentences[low]

    def word_from(self, offset: int) -> int:
        """The index of the first word that ends after a norm offset."""
        low, high = 0, len(self.words)
        while low < high:
            middle = (low + high) // 2
            if self.words[middle].end <= offset:
                low = middle + 1
            else:
                high = middle
        return low

    def raw(self, first: int, last: int) -> str:
        """The normalised words ``first`` to ``last`` (exclusive) on one line."""
        if first >= last:
            return ""
        return " ".join(self.plain.norm[self.words[first].start : self.words[last - 1].end].split())

    def under(self, word: int) -> list[int]:
        """The word and all that depends on it, in reading order."""
        out = [word]
        for child in out:
            out += self.children[child]
        return sorted(out)

    def child(self, word: int, *deps: str) -> int | None:
        """The first word that depends on this one in one of these relations."""
        return next((c for c in self.children[word] if self.words[c].dep in deps), None)


def _parsed(text: Text) -> Text:
    """The text with the place of every word in its sentence's parse."""
    from truceline.draft.text.grammar import grammar_of

    grammar = grammar_of(text)
    words = [
        Word(w.i, w.text, w.lower, w.lemma, w.start, w.end, grammar.tags[w.i], grammar.deps[w.i], at)
        for w, at in zip(text.words, grammar.heads, strict=True)
    ]
    return replace(text, words=words, children=[list(c) for c in grammar.children])


def _pieces(token: str) -> list[tuple[str, int]]:
    """A compound of territories or capitals ("Ankara-Moscow") in its parts; anything else whole."""
    if "-" not in token[1:-1] or not token[:1].isupper():
        return [(token, 0)]
    parts = token.split("-")
    if not all(
        part and (fold(part) in by_name() or fold(part) in by_capital() or fold(part) in by_demonym())
        for part in parts
    ):
        return [(token, 0)]
    out: list[tuple[str, int]] = []
    at = 0
    for part in parts:
        if out:
            out.append(("-", at - 1))
        out.append((part, at))
        at += len(part) + 1
    return out


def cut(text: str) -> Text:
    """Cuts a text into blocks, sentences and words."""
    plain = normalise(text)
    blocks = blocks_of(plain.norm)
    docs = parse(plain.norm, [(b.start, b.end) for b in blocks])
    words: list[Word] = []
    sentences: list[Sentence] = []
    by_block: dict[int, list[int]] = {}
    for index, (block, doc) in enumerate(zip(blocks, docs, strict=True)):
        open_first: int | None = None
        for token in doc:
            if token.is_sent_start and open_first is not None and open_first < len(words):
                by_block.setdefault(index, []).append(len(sentences))
                sentences.append(Sentence(len(sentences), open_first, len(words), index))
                open_first = None
            if token.is_space:
                continue
            if open_first is None:
                open_first = len(words)
            start = block.start + token.idx
            for piece, offset in _pieces(token.text):
                lower, lemma = (
                    (token.lower_, token.lemma_)
                    if offset == 0 and piece == token.text
                    else (piece.lower(), piece.lower())
                )
                at = start + offset
                words.append(Word(len(words), piece, lower, lemma, at, at + len(piece)))
        if open_first is not None and open_first < len(words):
            by_block.setdefault(index, []).append(len(sentences))
            sentences.append(Sentence(len(sentences), open_first, len(words), index))
    return _parsed(Text(plain, words, sentences, blocks, by_block))
