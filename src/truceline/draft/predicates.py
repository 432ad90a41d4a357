"""Finds the predicates of a sentence: modal verbs, "is to", "agreed to" and bans, and those without a
modal."""

from __future__ import annotations

from dataclasses import replace

from truceline.draft.clause import COMMIT, Clause, participle
from truceline.draft.lexicon.load import among, words
from truceline.draft.unmarked import UnmarkedPredicates

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
_BAN = frozenset(["prohibit", "forbid", "ban", "bar", "outlaw", "proscribe", "disallow"])
_ADVERBS = words("clauses", "adverbs")
_ADJECTIVES = words("clauses", "adjectives")


class Predicates(UnmarkedPredicates):
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
                or self._allotted(i)
                or self._subjunctive(i)
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
        elif (
            passive
            and self.ws[verb].lower in ("required", "obliged", "compelled", "obligated", "bound")
            and verb + 1 < self.last
            and self.ws[verb + 1].lower == "to"
            and (deeper := self._chain(verb + 2)) is not None
        ):
            # "will be required to move": the act is the inner verb.
            verb, negated, passive, perfect = deeper[0], negated or deeper[1], deeper[2], deeper[3]
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
        if (
            j + 2 < self.last
            and self.ws[j].lower in among("the a an under")
            and any(
                w.lower in ("duty", "obligation", "responsibility", "task") for w in self.ws[j + 1 : j + 3]
            )
        ):
            # "It is the duty of the Sides to disband": the side is the subject.
            to = next((k for k in range(j + 2, min(j + 14, self.last)) if self.ws[k].lower == "to"), None)
            chain = self._chain(to + 1) if to is not None else None
            if to is None or chain is None or not self._base(chain[0], chain[2]) or word.lemma != "be":
                return None
            return self._clause(i, chain[0], "are_to", negated or chain[1], chain[2], chain[3])
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

    def _commit(self, i: int) -> Clause | None:
        word = self.ws[i]
        bound = (
            word.lower == "bound" and i + 1 < self.last and self.ws[i + 1].lower in ("themselves", "itself")
        )
        if word.lemma not in COMMIT or (word.lower in ("accord", "bound") and not bound):
            return None
        if i > self.first and (
            self.ws[i - 1].lower in among("the an a their its this his")
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
