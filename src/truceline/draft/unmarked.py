"""Predicates without a modal verb: promises in the present tense, decisions, what an accord provides for."""

from __future__ import annotations

from dataclasses import replace

from truceline.draft.clause import ACTS, ASKING, COMMIT, SPEECH, Clause, participle
from truceline.draft.lexicon.load import among, words
from truceline.draft.text.document import Word
from truceline.draft.verbs import VerbReader

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
_BEFORE_NOUN = words("clauses", "before_noun")
_PRESENT = words("clauses", "present")
# What a paper does to its matter; the first few need no noun of a paper before them ("it also provides for").
_LAYS_DOWN = words("clauses", "lays_down")
_PAPER_VERBS = _LAYS_DOWN | words("clauses", "paper_verbs")
_SPANS = words("clauses", "spans")
_SETTLES = words("clauses", "settles")
_FOUNDS = frozenset(
    among("establish create form set deploy send appoint invite authorise authorize oblige urge")
)
_SPAN_LEADS = frozenset(among("until up a an about some another additional further"))


class UnmarkedPredicates(VerbReader):
    """Finds predicates that no modal verb marks."""

    def _present(self, i: int) -> Clause | None:
        """A present tense that lays down what will be: "the road reopens on 1 July", "a zone is created"."""
        word = self.ws[i]
        if word.lemma in COMMIT and i + 1 < self.last and self.ws[i + 1].lower == "that":
            return None
        if i == self.first or (not self.present and self.ws[i].lower in ("leave", "move")):
            return None
        previous = self.ws[i - 1]
        if self.after > self.first and not any(
            w.lower in among(", ; and but while") for w in self.ws[self.after : i]
        ):
            return None
        closed = previous.text == "," and any(w.text == "," for w in self.ws[self.first : i - 1])
        if previous.lower in among("and or 's ' -") or (previous.text == "," and not closed):
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
                    self._dated(i)
                    or self.ws[j].lemma in among("establish create withdraw demilitarize limit cap lift")
                )
            ):
                return self._clause(i, j, "present", False, True, False)
            if (
                j + 2 < self.last
                and self.ws[j].lower in ("allowed", "permitted", "entitled", "authorised", "authorized")
                and self.ws[j + 1].lower in among("up no not at a to")
                and self.ws[j + 2].lower in among("to more most maximum keep retain have")
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
            and word.lemma not in ("have", "be", "do")
            and word.lower == word.lemma
            and word.lemma in _PRESENT | ACTS
            and not word.capital
            and (actor == "collective" or self._dated(i))
        ):
            return self._clause(i, i, "present", self._denied(i), False, False)
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
            and (
                nxt.lower in among("free out clear closed open empty demilitarized away behind")
                or (nxt.lower == "in" and i + 2 < self.last and self.ws[i + 2].lower in ("force", "effect"))
            )
        )
        paper = any(w.lemma in _PAPERS for w in self.ws[max(self.first, i - 3) : i])
        if not (stays or self.present or paper or self._dated(i)):
            return None
        return self._clause(i, i, "present", self._denied(i), False, False)

    def _denied(self, i: int) -> bool:
        """Whether what follows is none of it: "hold no drills", "fire no shot"."""
        return i + 1 < self.last and self.ws[i + 1].lower == "no"

    def _dated(self, i: int) -> bool:
        """Whether a date follows before the next strong break."""
        for j in range(self.first, self.last):
            if j in self.skips and (j > i or j < self.first + 2):
                between = self.ws[min(i, j) : max(i, j)]
                if not any(w.text in (";", ":") for w in between):
                    return True
        return False

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
            (w.lower.endswith(("ed", "ing")) and w.lower not in ("armed", "united", "unarmed"))
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
        if any(w.lower in _FOUNDS for w in segment) or any(
            w.lower in among("is are shall will must was were") for w in self.ws[verb : self.last]
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

    def _paper(self, i: int) -> Clause | None:
        """ "The accord provides for the withdrawal of ...": what a text lays down, named by a noun."""
        word = self.ws[i]
        if word.lemma not in _PAPER_VERBS | _BAN or i == self.first:
            return None
        before = self.ws[max(self.first, i - 7) : i]
        near = next((w.lower for w in reversed(before) if w.lower not in _ADVERBS), "")
        it = (near == "it" and word.lower.endswith("s") and word.lemma != "call") or (
            near == "which" and word.lower.endswith("s") and word.lemma in _LAYS_DOWN
        )
        if not any(w.lemma in _PAPERS for w in before) and not it:
            return None
        if self.ws[i - 1].lower in among(
            "the a an to would will shall must is are be been was were not who by of and or its their"
        ) or (self.ws[i - 1].lower == "which" and word.lemma not in _LAYS_DOWN):
            return None
        if word.lemma in _BAN:
            return self._clause(i, i, "ban", True, False, False)
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

    def _allotted(self, i: int) -> Clause | None:
        """ "The army has ten days to leave", "the deal gives both until May to disarm"."""
        word = self.ws[i]
        if (
            word.lower not in among("has have gives give gave allows allow grants grant giving")
            or i == self.first
        ):
            return None
        to = next((k for k in range(i + 2, min(i + 14, self.last)) if self.ws[k].lower == "to"), None)
        if to is None or to + 1 >= self.last:
            return None
        span = self.ws[i + 1 : to]
        timed = next((w.i for w in span if w.lower in _SPANS or w.i in self.skips), None)
        if timed is None or any(w.text in ",;:" for w in span):
            return None
        if word.lemma == "have" and not (span[0].lower == "until" or timed <= i + 5):
            return None
        chain = self._chain(to + 1)
        if (
            chain is None
            or not self._base(chain[0], chain[2])
            or self.ws[chain[0]].lemma in ASKING | _SETTLES
        ):
            return None
        head = i
        if word.lemma != "have":
            head = timed
            while head > i + 1 and self.ws[head - 1].lower in _SPAN_LEADS | {self.ws[timed - 1].lower}:
                head -= 1
        return self._clause(head, chain[0], "have_to", chain[1], chain[2], chain[3])

    def _subjunctive(self, i: int) -> Clause | None:
        """ "It stipulates that the strip be free of troops"."""
        if self.ws[i].lower != "be" or i < self.first + 3:
            return None
        for k in range(i - 1, max(self.first, i - 20), -1):
            if self.ws[k].text in ",;:" or self.ws[k].lemma in _MODAL or self.ws[k].lower == "to":
                return None
            if self.ws[k].lower == "that":
                if self.ws[k - 1].lemma not in _LAYS_DOWN | {"agree", "decide", "require", "order"}:
                    return None
                chain = self._chain(i)
                if chain is None:
                    return None
                return self._clause(i, chain[0], "shall", chain[1], chain[2], chain[3])
        return None

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


def nxt_not(ws: list[Word], i: int, last: int) -> bool:
    """Whether "not" follows."""
    return i + 2 < last and ws[i + 1].lemma == "not"
