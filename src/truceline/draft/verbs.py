"""Verb groups: from a modal or auxiliary to the main verb, over adverbs, dates and asides."""

from __future__ import annotations

from truceline.draft.clause import ACTS, COMMIT, Clause, Reader, participle
from truceline.draft.lexicon.load import among, words

_ADVERBS = words("clauses", "adverbs")
_AUX = frozenset(("be", "have", "get"))


class VerbReader(Reader):
    """Reads verb groups."""

    # --- predicates
    def _skip(self, i: int) -> int:
        """Past adverbs, dates and short parentheses between a modal and its verb."""
        while i < self.last:
            word = self.ws[i]
            if i in self.skips:
                i = self.skips[i]
            elif word.lower == "no" and i + 1 < self.last and self.ws[i + 1].lower == "longer":
                i += 2
            elif word.lower in _ADVERBS or (
                word.lower.endswith("ly")
                and len(word.lower) > 4
                and word.lower
                not in among("supply apply rely comply reply fly overfly multiply imply assembly")
            ):
                i += 1
            elif word.text == "," and (close := self._comma_close(i)) is not None:
                i = close
            elif (
                word.lower in among("by with in on under from at within upon for as no not before")
                and (hop := self._prepositional(i)) is not None
            ):
                i = hop
            else:
                break
        return i

    def _comma_close(self, i: int) -> int | None:
        for j in range(i + 1, min(i + 16, self.last)):
            if self.ws[j].text == ",":
                return j + 1 if j + 1 < self.last and self._verbal(j + 1) else None
        return None

    def _prepositional(self, i: int) -> int | None:
        """Past "under UN auspices" or "by 30 June" where a verb follows it."""
        for j in range(i + 1, min(i + 9, self.last)):
            if self.ws[j].text in ",;:.":
                return None
            if (
                self.ws[j].lemma in ACTS | COMMIT
                and not self.ws[j].lower.endswith(("s", "ing"))
                and self.ws[j - 1].lower not in among("the a an of all their its")
            ):
                return j
        return None

    def _verbal(self, i: int) -> bool:
        word = self.ws[i]
        return word.lemma in ACTS | _AUX | COMMIT or word.lower in ("be", "not")

    def _chain(self, i: int) -> tuple[int, bool, bool, bool] | None:
        """From after a modal: (main verb, negated, passive, perfect)."""
        negated = perfect = passive = False
        j = i
        while True:
            before = j
            j = self._skip(j)
            negated = negated or any(
                w.lemma in ("not", "never") or w.lower == "longer" for w in self.ws[before:j]
            )
            if j >= self.last:
                return None
            word = self.ws[j]
            if (
                word.lemma == "have"
                and j + 1 < self.last
                and (k := self._skip(j + 1)) < self.last
                and (participle(self.ws[k]) or self.ws[k].lower == "been")
            ):
                perfect = True
                j += 1
                continue
            if word.lower in ("be", "been", "being", "get"):
                k = self._skip(j + 1)
                negated = negated or any(w.lemma == "not" for w in self.ws[j + 1 : k])
                if k < self.last and participle(self.ws[k]):
                    return k, negated, True, perfect
                if (
                    k < self.last
                    and self.ws[k].lower.endswith("ing")
                    and self.ws[k].lemma != self.ws[k].lower
                ):
                    return k, negated, False, perfect
                return j, negated, passive, perfect
            deeper = self._inner(j)
            return (deeper if deeper is not None else j), negated, passive, perfect

    def _inner(self, j: int) -> int | None:
        """The verb that "begin to", "continue" or "go on" leads to: "must begin to pull back"."""
        word = self.ws[j]
        if word.lemma not in among(
            "begin start continue complete finish proceed go keep commence come help assist"
        ):
            return None
        k = j + 1
        if k < self.last and self.ws[k].lower in ("on", "with", "their", "the") and word.lemma != "come":
            k += 1
        if (
            word.lemma in ("help", "assist")
            and k < self.last
            and self.ws[k].lemma in ACTS
            and self.ws[k].lower == self.ws[k].lemma
        ):
            return k
        if (
            k + 1 < self.last
            and self.ws[k].lower == "to"
            and self.ws[k + 1].lower.isalpha()
            and self.ws[k + 1].lemma in ACTS
        ):
            return k + 1
        if (
            k < self.last
            and self.ws[k].lower.endswith("ing")
            and self.ws[k].lemma in ACTS
            and self.ws[k].lemma != self.ws[k].lower
        ):
            return k
        return None

    def _base(self, i: int, passive: bool) -> bool:
        word = self.ws[i]
        return passive or (
            ((word.lower.isalpha() and word.lower == word.text) or "-" in word.text)
            and not word.lower.endswith(("ing",))
            and word.lower not in among("the a an this their its all any both")
        )

    def _clause(
        self, head: int, verb: int, modality: str, negated: bool, passive: bool, perfect: bool
    ) -> Clause:
        return Clause(self.sentence, self.first, head, verb, self.last, modality, negated, passive, perfect)
