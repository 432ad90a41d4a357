"""Predicates that may oblige somebody, each with its subject, its words, its modality and what stands over it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from truceline.draft.lexicon.load import words
from truceline.draft.parties.mentions import is_name_part
from truceline.draft.text.document import Sentence, Text, Word
from truceline.draft.text.words import lemma_of

SPEECH = frozenset().union(
    *(
        words("speech", s)
        for s in ("neutral", "supports", "welcomes", "rejects", "criticises", "demands", "claims")
    )
)
ASKING = words("frames", "asking")
BINDING = words("frames", "binding")
ACTS = frozenset().union(
    *(
        words("frames", s)
        for s in ("withdraw", "cease", "establish", "open", "monitor", "list_making", "attack")
    )
)
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
_COMMIT = words("clauses", "commit")
_BAN = frozenset("prohibit forbid ban bar outlaw proscribe disallow".split())
_ADVERBS = words("clauses", "adverbs")
_AUX = frozenset(("be", "have", "get"))
_BOUNDARY = words("clauses", "boundary")


@dataclass(frozen=True, slots=True)
class Clause:
    """A predicate: words ``first`` to ``last`` hold it, ``first`` to ``head`` its subject and what leads in.

    `verb` is the main verb's word, `modality` one of ``shall will must would should may can are_to have_to
    commit ban present item nominal``; `marker` the word that opens the clause, if any (``if``, ``which``).
    """

    sentence: Sentence
    first: int
    head: int
    verb: int
    last: int
    modality: str
    negated: bool
    passive: bool
    perfect: bool = False
    marker: str = ""
    commit: int | None = None
    lead: int | None = None
    shared: bool = False


def clauses_of(
    text: Text, sentence: Sentence, skips: dict[int, int], *, present: bool = False
) -> list[Clause]:
    """The predicates of a sentence from left to right; `skips` maps the first word of a date to past its last.

    `present` is set for texts that lay down in the present tense what is to be.
    """
    finder = _Finder(text, sentence, skips, present)
    return finder.find()


class _Finder:
    def __init__(self, text: Text, sentence: Sentence, skips: dict[int, int], present: bool) -> None:
        self.present = present
        self.text = text
        self.ws = text.words
        self.sentence = sentence
        self.first, self.last = sentence.first, sentence.last
        self.skips = skips

    def find(self) -> list[Clause]:
        found: list[Clause] = []
        i = self.first
        self.after = self.first
        while i < self.last:
            clause = (
                self._modal(i) or self._to_be(i) or self._commit(i) or self._banned(i) or self._present(i)
            )
            if clause is None:
                i += 1
                continue
            found.append(clause)
            self.after = clause.verb + 1
            i = max(clause.verb + 1 if clause.verb > i else i + 1, i + 1)
        return self._bounded(found)

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
                and word.lower not in ("supply", "apply", "rely", "comply", "reply", "fly")
            ):
                i += 1
            elif word.text == "," and (close := self._comma_close(i)) is not None:
                i = close
            elif (
                word.lower
                in (
                    "by",
                    "with",
                    "in",
                    "on",
                    "under",
                    "from",
                    "at",
                    "within",
                    "upon",
                    "for",
                    "as",
                    "no",
                    "not",
                    "before",
                )
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
                self.ws[j].lemma in ACTS | _COMMIT
                and not self.ws[j].lower.endswith(("s", "ing"))
                and self.ws[j - 1].lower not in ("the", "a", "an", "of", "all", "their", "its")
            ):
                return j
        return None

    def _verbal(self, i: int) -> bool:
        word = self.ws[i]
        return word.lemma in ACTS | _AUX | _COMMIT or word.lower in ("be", "not")

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
                and (_participle(self.ws[k]) or self.ws[k].lower == "been")
            ):
                perfect = True
                j += 1
                continue
            if word.lower in ("be", "been", "being", "get"):
                k = self._skip(j + 1)
                negated = negated or any(w.lemma == "not" for w in self.ws[j + 1 : k])
                if k < self.last and _participle(self.ws[k]):
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
        if word.lemma not in (
            "begin",
            "start",
            "continue",
            "complete",
            "finish",
            "proceed",
            "go",
            "keep",
            "commence",
            "come",
        ):
            return None
        k = j + 1
        if k < self.last and self.ws[k].lower in ("on", "with", "their", "the") and word.lemma != "come":
            k += 1
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
        if kind is None or (word.text == "May" and i > self.first) or word.text == "Will" and i > self.first:
            return None
        if (
            word.lower == "will"
            and i > self.first
            and self.ws[i - 1].lower in ("the", "political", "free", "good", "of", "a", "their", "its", "his")
        ):
            return None
        chain = self._chain(i + 1)
        if chain is None:
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
        if word.lower not in ("is", "are", "was", "were", "has", "have", "had", "needs", "need", "'re", "'s"):
            return None
        j = i + 1
        negated = False
        while j < self.last and (self.ws[j].lower in _ADVERBS - {"to"} or self.ws[j].lower.endswith("ly")):
            negated = negated or self.ws[j].lemma == "not"
            j += 1
        if j in self.skips:
            j = self.skips[j]
        if j < self.last and self.ws[j].lower in (
            "required",
            "obliged",
            "bound",
            "obligated",
            "committed",
            "due",
            "ordered",
            "expected",
            "set",
            "supposed",
            "scheduled",
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
        return (
            passive
            or (word.lower.isalpha() and word.lower == word.text or "-" in word.text)
            and not word.lower.endswith(("ing",))
            and word.lower not in ("the", "a", "an", "this", "their", "its", "all", "any", "both")
        )

    def _commit(self, i: int) -> Clause | None:
        word = self.ws[i]
        if word.lemma not in _COMMIT or word.lower in ("accord", "bound"):
            return None
        if i > self.first and (
            self.ws[i - 1].lower in ("the", "an", "a", "their", "its", "this", "his", "had")
            or self.ws[i - 1].lemma == "not"
            or self.ws[i - 1].lower == "to"
        ):
            return None
        j = i + 1
        while j < self.last and (
            self.ws[j].lower
            in ("themselves", "itself", "also", "mutually", "further", "both", "him", "jointly")
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
        if word.lemma in ("oblige", "require", "bind", "obligate"):
            # "obliges both of them to free prisoners"
            k = next((k for k in range(j, min(j + 9, self.last)) if self.ws[k].lower == "to"), None)
            if k is None or k + 1 >= self.last or word.lower.endswith("ed") and j == k:
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
            if (
                k < self.last
                and self.ws[k].lower not in ("that", "it", "him", "them", "as")
                and k not in self.skips
            ):
                if self.ws[k].lower in (
                    "monday",
                    "tuesday",
                    "wednesday",
                    "thursday",
                    "friday",
                    "saturday",
                    "sunday",
                ):
                    return None
                clause = self._clause(i, k, "nominal", False, False, False)
                return replace(clause, commit=i)
        return None

    def _banned(self, i: int) -> Clause | None:
        word = self.ws[i]
        if word.lemma in _BAN and _participle(word):
            j = i - 1
            while j > self.first and (
                self.ws[j].lower.endswith("ly")
                or self.ws[j].lower in ("also", "be", "not", "hereby", "strictly")
            ):
                j -= 1
            if self.ws[j].lower in ("is", "are", "be", "remain", "remains"):
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
        if i == self.first or not self.present and self.ws[i].lower in ("leave", "move"):
            return None
        previous = self.ws[i - 1]
        if self.after > self.first and not any(
            w.lower in (",", ";", "and", "but", "while") for w in self.ws[self.after : i]
        ):
            return None
        if previous.lower in ("and", "or", "'s", "'", ",", "-"):
            return None
        if (
            previous.lower in _BEFORE_NOUN
            or previous.lemma in _MODAL
            or previous.lower in ("to", "not", "be")
        ):
            return None
        if word.lower in ("is", "are"):
            j = self._skip(i + 1)
            if (
                j < self.last
                and _participle(self.ws[j])
                and self.ws[j].lemma in _PRESENT | ACTS
                and (
                    self._dated(i) or self.ws[j].lemma in ("establish", "create", "withdraw", "demilitarize")
                )
            ):
                return self._clause(i, j, "present", False, True, False)
            if self.present and j < self.last and _participle(self.ws[j]):
                return self._clause(i, j, "present", any(w.lower == "not" for w in self.ws[i:j]), True, False)
            if j < self.last and self.ws[j].lower in ("out", "open", "free") and self._dated(i):
                return self._clause(i, i, "present", False, False, False)
            return None
        if (
            word.lemma in ("stay", "remain", "keep")
            and word.lower == word.lemma
            and i + 1 < self.last
            and self.ws[i + 1].lower in ("out", "free", "away", "clear", "behind")
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
            and nxt.lower
            in ("free", "out", "in", "clear", "closed", "open", "empty", "demilitarized", "away", "behind")
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

    # --- where a clause begins and ends
    def _bounded(self, found: list[Clause]) -> list[Clause]:
        out: list[Clause] = []
        if (
            len(found) >= 2
            and self.ws[self.first].text in ("Which", "What", "Who")
            and self.ws[found[1].head - 1].lower not in ("and", "or", ",")
        ):
            # "Which groups must go will be settled": the question is the subject.
            found = found[1:]
            found[0] = replace(found[0], marker="")
            return [
                replace(c, last=self._trim(c.verb + 1, self._tail(c.verb + 1, c.last))) for c in found[:1]
            ]
        for n, clause in enumerate(found):
            floor = found[n - 1].verb + 1 if n else self.first
            start, marker, shared = self._start(clause.head, floor, n > 0)
            if (
                out
                and out[-1].marker in ("which", "who", "that")
                and self.ws[clause.head - 1].text in (",", ")")
                and start >= floor - 1
                and marker in ("", "and")
            ):
                # "groups, which we will list, shall leave": the subject stands before the aside.
                before = out[-1].first - 1
                while before > self.first and self.ws[before - 1].text in (",",):
                    before -= 1
                start, marker, shared = self._start(
                    before, out[-2].verb + 1 if len(out) > 1 else self.first, len(out) > 1
                )
                marker = "resumed"
                shared = False
            out.append(replace(clause, first=start, marker=marker, shared=shared))
        for n, clause in enumerate(out):
            last = self.last
            if n + 1 < len(out):
                following = out[n + 1]
                last = max(
                    following.first if following.marker != "resumed" else following.head, clause.verb + 1
                )
                if (
                    following.commit is not None
                    and following.marker == ""
                    and following.first <= clause.verb + 1
                ):
                    last = max(following.head, clause.verb + 1)
            last = self._tail(clause.verb + 1, last)
            out[n] = replace(clause, last=self._trim(clause.verb + 1, last))
        return out

    def _tail(self, floor: int, last: int) -> int:
        """Without what follows the clause's own words: ", X said", '" said X', ", according to Y", "- an apposition"."""
        ws = self.ws
        for k in range(floor, last):
            word = ws[k]
            if word.text in (",", '"') or self._dash(k):
                ahead = ws[k + 1 : min(k + 9, last)]
                for n, other in enumerate(ahead):
                    if other.text in (",", ";", '"') and n > 0:
                        break
                    if (
                        other.lower in ("that", "which", "who", "to", "by", "with", "of", "in", "from")
                        and n < 7
                        and not (other.lower == "of" and n > 0)
                    ):
                        break
                    if (
                        other.lemma in SPEECH
                        and self._speaks(other.i)
                        and (other.lower.endswith("ed") or other.lower in _SAID)
                    ):
                        return k
            if word.text == "," and k + 1 < last and ws[k + 1].lower == "according":
                return k
            if self._dash(k) and k + 1 < last and ws[k + 1].lower in ("a", "an", "the"):
                return k
            if (
                word.lower in ("and", "but", "while", "although")
                and k + 1 < last
                and (
                    (
                        ws[k + 1].lemma in SPEECH
                        and (ws[k + 1].lower.endswith("ed") or ws[k + 1].lower in _SAID)
                    )
                    or (
                        k + 2 < last
                        and ws[k + 2].lemma in SPEECH
                        and ws[k + 1].lower in ("also", "he", "she", "they", "further")
                        and (ws[k + 2].lower.endswith("ed") or ws[k + 2].lower in _SAID)
                    )
                )
            ):
                return k
        return last

    def _trim(self, floor: int, last: int) -> int:
        trailing = {
            ",",
            ";",
            ".",
            "and",
            "but",
            "that",
            "while",
            "whereas",
            "or",
            ":",
            "-",
            "which",
            "who",
            "!",
            "?",
            "where",
            "because",
            "so",
            "as",
            "if",
        }
        while last > floor and (self.ws[last - 1].lower in trailing):
            last -= 1
        return last

    def _start(self, head: int, floor: int, inner: bool) -> tuple[int, str, bool]:
        ws = self.ws
        candidate: int | None = None
        if (
            inner
            and ws[head - 1].lower in ("and", "or", "but", "then", "nor")
            and ws[head].lower not in ("there",)
        ):
            return head, "and", True
        k = head - 1
        while k >= floor:
            word = ws[k]
            if word.text in (";", ":") or (self._dash(k) and k + 1 < head):
                return k + 1, "", False
            if (
                word.text == '"'
                and k + 1 < head
                and ws[k + 1].start == word.end
                and (k == self.first or ws[k - 1].end < word.start)
            ):
                return k + 1, "", False
            if word.lower == "that" and self._complementizer(k):
                return k + 1, "that", False
            if k == self.first and word.lower in ("which", "what", "whether") and word.capital:
                return k, "", False
            if word.lower in _BOUNDARY and self._opens(k, head):
                return k + 1, word.lower, False
            if word.lemma in SPEECH and k + 1 < head and self._speaks(k):
                return k + 1, "that", False
            if (
                inner
                and word.lower in ("and", "but", "or", ",", "nor", "then")
                and k + 1 < head
                and (candidate is None or (word.lower == "," and candidate == k + 2))
            ):
                nxt = ws[k + 1]
                starts = (
                    nxt.lower
                    in (
                        "the",
                        "a",
                        "an",
                        "all",
                        "both",
                        "no",
                        "neither",
                        "each",
                        "any",
                        "its",
                        "their",
                        "they",
                        "it",
                        "we",
                        "he",
                        "she",
                        "this",
                        "these",
                        "those",
                        "there",
                        "none",
                        "either",
                        "every",
                        "our",
                        "my",
                        "others",
                        "his",
                        "her",
                    )
                    or is_name_part(nxt)
                    or nxt.lower.endswith("s")
                    or nxt.lower in ("and", "but", "within", "by", "after", "from")
                )
                coordinated = (
                    k > 0
                    and (is_name_part(ws[k - 1]) or ws[k - 1].text == ")")
                    and (
                        is_name_part(nxt) or (nxt.lower == "the" and k + 2 < head and is_name_part(ws[k + 2]))
                    )
                    and word.lower == "and"
                )
                if starts and not coordinated:
                    candidate = k + 1
            k -= 1
        if candidate is not None:
            return candidate, "and", False
        if inner:
            # "shall X and shall Y": nothing but a conjunction between, so the subject is shared.
            between = [w for w in ws[floor:head] if w.text not in (",",)]
            if (
                not between
                or between[-1].lower in ("and", "or", "but")
                or (ws[head - 1].lower in ("and", "or", "but"))
            ):
                return head, "and", True
        return floor, "", inner and floor >= head

    def _dash(self, k: int) -> bool:
        """A dash with blanks around it, as between clauses; a range or a compound has none."""
        word = self.ws[k]
        return (
            word.text in ("-", "--")
            and self.first < k < self.last - 1
            and self.ws[k - 1].end < word.start
            and word.end < self.ws[k + 1].start
        )

    def _complementizer(self, k: int) -> bool:
        previous = self.ws[k - 1] if k > self.first else None
        if previous is None:
            return True
        if previous.lower in (
            "in",
            "on",
            "of",
            "from",
            "by",
            "at",
            "within",
            "after",
            "before",
            "for",
            "to",
            "into",
            "under",
            "than",
            "until",
            "with",
            "and" if False else "over",
            "inside",
        ):
            return previous.lower in ("in",) and False
        return True

    def _opens(self, k: int, head: int) -> bool:
        word = self.ws[k]
        if (
            word.lower == "after"
            and self.ws[head].lemma in _COMMIT
            and not any(s <= k < e for s, e in self.skips.items())
        ):
            return True
        if word.lower in ("after", "before", "until", "as", "once", "so", "since"):
            # A preposition with its noun opens no clause; a conjunction does.
            if any(s <= k < e for s, e in self.skips.items()):
                return False
            comma = any(w.text == "," for w in self.ws[k + 1 : head])
            return not comma and word.lower not in ("after", "before", "until") and word.lower != "as"
        if word.lower in (
            "if",
            "unless",
            "when",
            "while",
            "although",
            "though",
            "because",
            "whereas",
            "provided",
            "what",
            "where",
            "how",
            "why",
        ):
            comma = next((j for j in range(k + 1, head) if self.ws[j].text == ","), None)
            return comma is None or word.lower in ("what", "while", "whereas") and comma is None
        if word.lower in ("which", "who", "whose", "whom"):
            # A relative clause that a comma closed before our predicate is inside the subject.
            commas = [j for j in range(k + 1, head) if self.ws[j].text == ","]
            return not commas or not (k > self.first and self.ws[k - 1].text == ",")
        return True

    def _speaks(self, k: int) -> bool:
        word = self.ws[k]
        if word.lower.endswith("ing") and word.lemma != word.lower:
            return word.lower in (
                "saying",
                "adding",
                "announcing",
                "declaring",
                "confirming",
                "stating",
                "noting",
                "pledging",
                "promising",
            )
        if word.lemma in (
            "report",
            "note",
            "point",
            "state",
            "back",
            "support",
            "call",
            "claim",
            "question",
            "demand",
            "answer",
            "request",
            "post",
            "signal",
            "blame",
            "object",
            "doubt",
            "appeal",
            "fault",
            "voice",
            "ask",
            "hope",
            "protest",
            "fear",
            "welcome",
            "observe",
            "speak",
            "quote",
            "describe",
            "warn",
        ):
            return (
                word.lower.endswith(("ed", "said", "spoke"))
                and k > self.first
                and self.ws[k - 1].lower not in ("be", "the")
            )
        if k > self.first and self.ws[k - 1].lower in (
            "the",
            "a",
            "an",
            "to",
            "be",
            "is",
            "are",
            "as",
            "was",
            "were",
            "been",
        ):
            return False
        return True


def nxt_not(ws: list[Word], i: int, last: int) -> bool:
    """Whether "not" follows."""
    return i + 2 < last and ws[i + 1].lemma == "not"


def _participle(word: Word) -> bool:
    lower = word.lower
    if len(lower) < 3 or not lower.isalpha() and "-" not in lower:
        return False
    if lower.endswith(("ed", "en", "wn")) and lower not in (
        "need",
        "indeed",
        "men",
        "women",
        "ten",
        "often",
        "even",
        "then",
        "between",
        "open",
        "children",
        "armed",
        "unarmed",
        "seven",
        "red",
        "town",
        "own",
        "down",
        "when",
        "given" if False else "hundred",
    ):
        return True
    return lower in _IRREGULAR or (
        lower != word.lemma
        and lemma_of(lower) != lower
        and lower.endswith(("t", "d", "n"))
        and not lower.endswith("ing")
    )


_ADJECTIVES = words("clauses", "adjectives")
_BEFORE_NOUN = words("clauses", "before_noun")
_PRESENT = words("clauses", "present")
_SAID = frozenset("said told wrote says spoke tells adds called explains put writes went".split())
_IRREGULAR = words("clauses", "irregular")
