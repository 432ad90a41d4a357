"""Finds the predicates of a sentence: modal verbs, "is to", "agreed to", bans and promises in the present tense."""

from __future__ import annotations

from dataclasses import replace

from truceline.draft.clause import ACTS, ASKING, COMMIT, SPEECH, Clause, Reader, participle
from truceline.draft.lexicon.load import among, words
from truceline.draft.text.document import Word

_MODAL = {
    "shall": "shall",
    "will": "will",
    "must": "must",
    "would": "would",
    "should": "should",
    "may": "may",
    "can": "can",
    "could": "could",
    "might": "might",
}
_PAPERS = words("frames", "agreement_nouns")
_BAN = frozenset(["prohibit", "forbid", "ban", "bar", "outlaw", "proscribe", "disallow"])
_ADVERBS = words("clauses", "adverbs")
_AUX = frozenset(("be", "have", "get"))
_ADJECTIVES = words("clauses", "adjectives")
_BEFORE_NOUN = words("clauses", "before_noun")
_PRESENT = words("clauses", "present")


class Predicates(Reader):
    """Finds predicates; where each begins and ends is left to `Bounds`."""

    def find(self) -> list[Clause]:
        found: list[Clause] = []
        i = self.first
        self.after = self.first
        none = self._nothing()
        if none is not None:
            return [none]
        while i < self.last:
            clause = (
                self._modal(i)
                or self._to_be(i)
                or self._commit(i)
                or self._banned(i)
                or self._paper(i)
                or self._struck(i)
                or self._infinitive(i)
                or self._present(i)
            )
            if clause is None:
                i += 1
                continue
            found.append(clause)
            self.after = clause.verb + 1
            i = max(clause.verb + 1 if clause.verb > i else i + 1, i + 1)
        return found

    # --- predicates
    def _skip(self, i: int) -> int:
        """Past adverbs, dates and short parentheses between a modal and its verb."""
        while i < self.last:
            word = self.ws[i]
            if i in self.skips:
                i = self.skips[i]
            elif word.lower in _ADVERBS or (
                word.lower.endswith("ly")
                and len(word.lower) > 4
                and word.lower not in among("supply apply rely comply reply fly")
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
            negated = negated or any(w.lemma in ("not", "never") for w in self.ws[before:j])
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

    def _modal(self, i: int) -> Clause | None:
        word = self.ws[i]
        kind = (
            _MODAL.get(word.lemma)
            if word.lower not in ("may",) or not word.capital or i == self.first
            else None
        )
        if (
            kind is None
            or (word.text == "May" and i > self.first)
            or (word.text == "Will" and i > self.first)
        ):
            return None
        if (
            word.lower == "will"
            and i > self.first
            and self.ws[i - 1].lower in among("the political free good of a their its his")
        ):
            return None
        chain = self._chain(i + 1)
        if chain is None or not self.ws[chain[0]].text[:1].isalpha():
            return None
        verb, negated, passive, perfect = chain
        if self.ws[verb].lemma == "have" and verb + 1 < self.last and self.ws[verb + 1].lower == "to":
            deeper = self._chain(verb + 2)
            if deeper is not None:
                verb, negated, passive, perfect = deeper[0], negated or deeper[1], deeper[2], deeper[3]
                kind = {"would": "would", "will": "will"}.get(kind, kind)
        return self._clause(i, verb, kind, negated, passive, perfect)

    def _to_be(self, i: int) -> Clause | None:
        word = self.ws[i]
        if word.lower not in among("is are was were has have had needs need 're 's"):
            return None
        j = i + 1
        negated = False
        while j < self.last and (self.ws[j].lower in _ADVERBS - {"to"} or self.ws[j].lower.endswith("ly")):
            negated = negated or self.ws[j].lemma == "not"
            j += 1
        if j in self.skips:
            j = self.skips[j]
        if j < self.last and self.ws[j].lower in among(
            "required obliged bound obligated committed due ordered expected set supposed scheduled"
        ):
            if self.ws[j].lower in ("expected", "supposed"):
                return None
            j += 1
        if j + 1 >= self.last or self.ws[j].lower != "to":
            return None
        if word.lemma == "have" and word.lower == "had":
            return None
        chain = self._chain(j + 1)
        if chain is None or not self._base(chain[0], chain[2]):
            return None
        verb, denied, passive, perfect = chain
        kind = "were_to" if word.lower in ("was", "were") else "are_to" if word.lemma == "be" else "have_to"
        return self._clause(i, verb, kind, negated or denied, passive, perfect)

    def _base(self, i: int, passive: bool) -> bool:
        word = self.ws[i]
        return passive or (
            ((word.lower.isalpha() and word.lower == word.text) or "-" in word.text)
            and not word.lower.endswith(("ing",))
            and word.lower not in among("the a an this their its all any both")
        )

    def _commit(self, i: int) -> Clause | None:
        word = self.ws[i]
        bound = (
            word.lower == "bound" and i + 1 < self.last and self.ws[i + 1].lower in ("themselves", "itself")
        )
        if word.lemma not in COMMIT or (word.lower in ("accord", "bound") and not bound):
            return None
        if i > self.first and (
            self.ws[i - 1].lower in among("the an a their its this his had")
            or self.ws[i - 1].lemma == "not"
            or self.ws[i - 1].lower == "to"
        ):
            return None
        j = i + 1
        while j < self.last and (
            self.ws[j].lower in among("themselves itself also mutually further both him jointly")
            or self.ws[j].lower.endswith("ly")
            or j in self.skips
        ):
            j = self.skips.get(j, j + 1)
        if j + 1 >= self.last:
            return None
        refused = self.ws[j].lower == "not" and self.ws[j + 1].lower == "to"
        if refused and j + 2 < self.last:
            chain = self._chain(j + 2)
            if chain is not None and self._base(chain[0], chain[2]):
                return replace(self._clause(i, chain[0], "commit", True, chain[2], chain[3]), commit=i)
        nxt = self.ws[j]
        bound_to = word.lemma == "commit" and nxt.lower not in ("to", "themselves", "itself")
        if bound_to or word.lemma in ("oblige", "require", "bind", "obligate"):
            # "obliges both of them to free prisoners"
            k = next((k for k in range(j, min(j + 9, self.last)) if self.ws[k].lower == "to"), None)
            if k is None or k + 1 >= self.last or (word.lower.endswith("ed") and j == k):
                return None
            chain = self._chain(k + 1)
            if chain is None:
                return None
            clause = self._clause(i, chain[0], "commit", chain[1], chain[2], chain[3])
            return replace(clause, first=clause.first, commit=i)
        if nxt.lower == "to" and word.lemma not in ("confirm", "reaffirm", "accept"):
            chain = self._chain(j + 1) if self.ws[j + 1].lower not in _ADJECTIVES else None
            if chain is not None and (self._base(chain[0], chain[2])):
                clause = self._clause(i, chain[0], "commit", chain[1], chain[2], chain[3])
                return replace(clause, commit=i)
        if nxt.lower in ("on", "upon", "to") or word.lemma in ("accept", "pledge", "promise", "guarantee"):
            k = j + 1 if nxt.lower in ("on", "upon", "to") else j
            if k < self.last and self.ws[k].lower not in among("that it him them as") and k not in self.skips:
                if self.ws[k].lower in among("monday tuesday wednesday thursday friday saturday sunday"):
                    return None
                clause = self._clause(i, k, "nominal", False, False, False)
                return replace(clause, commit=i)
        return None

    def _nothing(self) -> Clause | None:
        """ "No live fire within 5 km of the line": a ban without a verb, as in notes and lists."""
        words_here = self.ws[self.first : self.last]
        if not 4 <= len(words_here) <= 26 or words_here[0].text != "No":
            return None
        if any(
            w.lower
            in among(
                "was were had has have is are be did does will shall would may must can said than there one"
            )
            for w in words_here
        ):
            return None
        if not any(
            w.lower in among("within over in across between inside near beyond") for w in words_here[2:6]
        ):
            return None
        return replace(self._clause(self.first + 1, self.first + 1, "ban", True, False, False))

    def _infinitive(self, i: int) -> Clause | None:
        """ "AKC to vacate the silo by noon": how minutes and decisions put what is to be done."""
        if self.ws[i].lower != "to" or i + 1 >= self.last or i == self.first:
            return None
        start = i
        while start > self.first and self.ws[start - 1].text not in (":", ";"):
            start -= 1
        segment = self.ws[start:i]
        if not 0 < len(segment) <= 14 or (
            start == self.first
            and self.ws[self.first].lower in among("to in for on at as with by from after")
        ):
            return None
        if any(
            w.lemma in _AUX
            or w.lemma in _MODAL
            or w.lemma in SPEECH | COMMIT | ASKING
            or w.lower in ("that", "which", "who", "did")
            for w in segment
        ):
            return None
        if any(
            w.lower.endswith(("ed", "ing"))
            or (
                w.lemma in ACTS
                and w.lower != w.lemma
                and w.lower.endswith("s")
                and not w.capital
                and w.lemma in _PRESENT
            )
            for w in segment
        ):
            return None
        verb = self._skip(i + 1)
        if (
            verb >= self.last
            or (self.ws[verb].lemma not in ACTS | {"run", "drive", "vacate", "be", "cross"})
            or not self._base(verb, False)
        ):
            return None
        nouny = segment[-1]
        if not (
            nouny.capital
            or nouny.lower.endswith("s")
            or nouny.text == ")"
            or nouny.lower in ("both", "side", "army", "each")
        ):
            return None
        chain = self._chain(i + 1)
        if chain is None or not (start > self.first or self.ws[self.last - 1].text in (".", ";")):
            return None
        return self._clause(i, chain[0], "are_to", chain[1], chain[2], chain[3])

    def _paper(self, i: int) -> Clause | None:
        """ "The accord provides for the withdrawal of ...": what a text lays down, named by a noun."""
        word = self.ws[i]
        if (
            word.lemma
            not in among("provide call envisage foresee include stipulate contain entail comprise see")
            or i == self.first
        ):
            return None
        if not any(w.lemma in _PAPERS for w in self.ws[max(self.first, i - 7) : i]):
            return None
        if self.ws[i - 1].lower in among("the a an to would will shall must is are be not which"):
            return None
        j = i + 1
        if word.lemma in ("provide", "call"):
            if j >= self.last or self.ws[j].lower != "for":
                return None
            j += 1
        if (
            j >= self.last
            or word.lower.endswith("ing")
            or word.lower == "seen"
            or self.ws[j].lower in ("that", "how")
        ):
            return None
        return self._clause(i, j, "nominal", False, False, False)

    def _struck(self, i: int) -> Clause | None:
        """ "signed a nationwide ceasefire": the silence of arms is the thing agreed."""
        word = self.ws[i]
        if (
            word.lemma not in among("sign announce declare conclude reach strike seal proclaim")
            or i == self.first
            or not participle(word)
        ):
            return None
        if self.ws[i - 1].lower in among("the a an to be been being was were is are not had by"):
            return None
        for j in range(i + 1, min(i + 7, self.last)):
            if self.ws[j].lower in among("ceasefire cease-fire truce cessation armistice") and (
                j + 1 >= self.last or self.ws[j + 1].lemma not in _PAPERS
            ):
                return self._clause(i, j, "nominal", False, False, False)
            if self.ws[j].text in ",;:." or self.ws[j].lower in ("to", "that", "of", "on", "for", "with"):
                return None
        return None

    def _banned(self, i: int) -> Clause | None:
        word = self.ws[i]
        if word.lemma in _BAN and participle(word):
            j = i - 1
            while j > self.first and (
                self.ws[j].lower.endswith("ly") or self.ws[j].lower in among("also be not hereby strictly")
            ):
                j -= 1
            if self.ws[j].lower in among("is are be remain remains"):
                return self._clause(j, i, "ban", True, True, False)
        if (
            word.lower in ("permitted", "allowed", "authorised", "authorized")
            and i > self.first + 1
            and self.ws[i - 1].lemma in ("not", "no")
            and self.ws[i - 2].lemma == "be"
        ):
            return self._clause(i - 2, i, "ban", True, True, False)
        return None

    def _present(self, i: int) -> Clause | None:
        """A present tense that lays down what will be: "the road reopens on 1 July", "a zone is created"."""
        word = self.ws[i]
        if i == self.first or (not self.present and self.ws[i].lower in ("leave", "move")):
            return None
        previous = self.ws[i - 1]
        if self.after > self.first and not any(
            w.lower in among(", ; and but while") for w in self.ws[self.after : i]
        ):
            return None
        if previous.lower in among("and or 's ' , -"):
            return None
        if (
            previous.lower in _BEFORE_NOUN
            or previous.lemma in _MODAL
            or previous.lower in ("to", "not", "be")
        ):
            return None
        if word.lower in ("is", "are"):
            j = self._skip(i + 1)
            if j < self.last and self.ws[j].lemma in _BAN:
                return None
            if (
                j < self.last
                and participle(self.ws[j])
                and self.ws[j].lemma in _PRESENT | ACTS
                and (
                    self._dated(i) or self.ws[j].lemma in ("establish", "create", "withdraw", "demilitarize")
                )
            ):
                return self._clause(i, j, "present", False, True, False)
            if self.present and j < self.last and participle(self.ws[j]):
                return self._clause(i, j, "present", any(w.lower == "not" for w in self.ws[i:j]), True, False)
            if j < self.last and self.ws[j].lower in ("out", "open", "free") and self._dated(i):
                return self._clause(i, i, "present", False, False, False)
            return None
        if (
            word.lemma in ("stay", "remain", "keep")
            and word.lower == word.lemma
            and i + 1 < self.last
            and self.ws[i + 1].lower in among("out free away clear behind")
        ):
            return self._clause(i, i, "present", False, False, False)
        # "The government and the SPA stop", "both sides pull back": the actor is plural or one of two.
        actor = self.actors.get(i)
        if (
            actor is not None
            and word.lower == word.lemma
            and word.lemma in _PRESENT | ACTS
            and not word.capital
            and (actor == "collective" or self._dated(i))
        ):
            return self._clause(i, i, "present", False, False, False)
        singular = word.lower.endswith("s") and word.lemma != word.lower and not word.lower.endswith("ss")
        plural = (
            word.lower == word.lemma
            and previous.lower.endswith("s")
            and not previous.lower.endswith("'s")
            and word.lower.isalpha()
        )
        if self.present and word.lower in ("do", "does") and nxt_not(self.ws, i, self.last):
            return self._clause(i, min(i + 2, self.last - 1), "present", True, False, False)
        if (
            word.capital
            or not (singular or plural)
            or word.lemma not in (_PRESENT | ACTS if self.present else _PRESENT)
        ):
            return None
        nxt = self.ws[i + 1] if i + 1 < self.last else None
        stays = (
            word.lemma in ("stay", "remain", "keep")
            and nxt is not None
            and nxt.lower in among("free out in clear closed open empty demilitarized away behind")
        )
        if not (stays or self.present or self._dated(i)):
            return None
        return self._clause(i, i, "present", False, False, False)

    def _dated(self, i: int) -> bool:
        """Whether a date follows before the next strong break."""
        for j in range(self.first, self.last):
            if j in self.skips and (j > i or j < self.first + 2):
                between = self.ws[min(i, j) : max(i, j)]
                if not any(w.text in (";", ":") for w in between):
                    return True
        return False

    def _clause(
        self, head: int, verb: int, modality: str, negated: bool, passive: bool, perfect: bool
    ) -> Clause:
        return Clause(self.sentence, self.first, head, verb, self.last, modality, negated, passive, perfect)


def nxt_not(ws: list[Word], i: int, last: int) -> bool:
    """Whether "not" follows."""
    return i + 2 < last and ws[i + 1].lemma == "not"
