"""A text read once: its words, moments, measures, parties and standing, before provisions are gathered."""

from __future__ import annotations

import datetime as dt
import re

from truceline.draft.bound import Resolver
from truceline.draft.clause import Clause
from truceline.draft.clauses import clauses_of
from truceline.draft.finding import Finding, Said
from truceline.draft.judging.splits import split
from truceline.draft.measures import calibres, counts, distances
from truceline.draft.parties.recognise import Recogniser
from truceline.draft.rules.kind import Things
from truceline.draft.standing import standing_of
from truceline.draft.text.document import Sentence, cut
from truceline.draft.times.calendar import Moment, context_of, resolve
from truceline.draft.times.expressions import Expression, expressions


class Reading:
    """What every step of gathering needs."""

    def __init__(self, raw: str, published: dt.date | None) -> None:
        self.text = cut(raw)
        norm = self.text.plain.norm
        self.expressions: list[Expression] = expressions(norm)
        self.context = context_of(norm, self.expressions, published)
        self.moments = [resolve(e, self.context) for e in self.expressions]
        self.things = Things(distances(norm), calibres(norm), counts(norm))
        self.reader = Recogniser(self.text)
        mentions = self.reader.run()
        self.resolver = Resolver(self.text, mentions, self.reader)
        self.standing = standing_of(self.text, self.context, self.expressions)
        self.author = self._author()
        self.findings: list[Finding] = []
        self.said: list[Said] = []
        self.last_due: Moment | None = None

    def _author(self) -> tuple[str, str | None] | None:
        """Who speaks as "I" or "we" throughout: the person whose speech it is, or who issued the text."""
        norm = self.text.plain.norm
        head = norm[:400]
        match = re.search(
            (
                r"\b(?:address|remarks|speech|statement|message|declaration|words|"
                r"interview|appeal)\s+(?:\w+\s+){0,3}?(?:by|of|from)\s+|\bissued\s+by\s+"
            ),
            head,
            re.IGNORECASE,
        )
        if match is None:
            first = re.search(r"\b(?:I|we|my|our)\b", norm)
            return None if first is None else self._apposed()
        start = self.text.word_from(match.end())
        sentence = self.text.sentence_at(start)
        for mention in self.resolver.within(start, sentence.last):
            if mention.kind == "person":
                name = mention.name or self.text.raw(mention.first, mention.last)
                key = mention.keys[0] if mention.keys else None
                apposed = self._apposed()
                return name, key or (apposed[1] if apposed else None) or self._own_government()
            if mention.kind == "party":
                keys = self.resolver.group(start, sentence.last, None) or mention.keys
                names = [n.name for k in keys if (n := self.reader.registry.get(k)) is not None]
                return " and ".join(names), mention.keys[0]
        return self._apposed()

    def _apposed(self) -> tuple[str, str | None] | None:
        """ "We, the Republic of Anders, will": who "we" are."""
        ws = self.text.words
        for i in range(len(ws) - 3):
            if ws[i].lower == "we" and ws[i + 1].text == ",":
                for mention in self.resolver.within(i + 2, i + 4):
                    if mention.kind == "party":
                        notes = self.reader.registry.get(mention.keys[0])
                        return (notes.name if notes else "", mention.keys[0])
        return None

    def _own_government(self) -> str | None:
        if re.search(r"\b(?:my|our)\s+government\b", self.text.plain.norm, re.IGNORECASE):
            key = "common:government"
            self.reader.registry.note(key, "Government", "common")
            return key
        return None

    def _clauses(self, sentence: Sentence) -> list[Clause]:
        mentions = self.resolver.within(sentence.first, sentence.last)
        whole = self.whole_clauses(sentence)
        return [part for one in whole for part in split(one, self.text, mentions, whole)]

    def whole_clauses(self, sentence: Sentence) -> list[Clause]:
        """The clauses before those that hold several provisions are split."""
        from truceline.draft.items import item_clauses

        found = clauses_of(self.text, sentence)
        return item_clauses(self.text, sentence, found, self.standing.official)
