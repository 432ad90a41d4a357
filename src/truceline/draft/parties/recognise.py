"""Finds every mention of a party, person or collective in a text."""

from __future__ import annotations

from truceline.draft.lexicon.load import among
from truceline.draft.parties.mentions import (
    Mention,
)
from truceline.draft.parties.readers import PartyReader


class Recogniser(PartyReader):
    """One pass over the text for names, two for mentions."""

    def run(self) -> list[Mention]:
        """All mentions in reading order."""
        self.gather()
        mentions: list[Mention] = []
        for _ in range(2):  # names learnt late in the text are known the second time from its start
            mentions = []
            for notes in self.registry.all():
                notes.mentions = 0
            for sentence in self.text.sentences:
                if not self.text.blocks[sentence.block].heading:
                    mentions += self._scan(sentence.first, sentence.last)
                else:
                    mentions += self._scan(sentence.first, sentence.last)
        return mentions

    # --- reading
    def _scan(self, first: int, last: int) -> list[Mention]:
        found: list[Mention] = []
        i = first
        while i < last:
            mention = self._at(i, first, last)
            if mention is None:
                i += 1
                continue
            found.append(mention)
            if mention.kind == "party":
                for key in mention.keys:
                    notes = self.registry.get(key)
                    if notes is not None:
                        notes.mentions += 1
                        notes.first = min(notes.first, mention.first)
                self._definitions(mention, last)
            i = max(mention.last, i + 1)
        return found

    def _at(self, i: int, first: int, last: int) -> Mention | None:
        ws = self.text.words
        word = ws[i]
        if word.lower in among("they it we us them he she i"):
            return Mention(i, i + 1, "pronoun", name=word.lower, head=word.lower)
        if word.lower in among("its their our his her my") and i + 1 < last:
            return self._possessed(i, first, last)
        for reader in (
            self._collective,
            self._titled,
            self._territory,
            self._body,
            self._named,
            self._common,
        ):
            mention = reader(i, first, last)
            if mention is not None:
                return mention
        return None

    # --- names that the text gives to a party it has just named
    def _definitions(self, mention: Mention, last: int) -> None:
        from truceline.draft.parties.definitions import define

        define(self, mention, last)
