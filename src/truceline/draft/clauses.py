"""Clauses that may oblige somebody, read off the parse: each verb with its subject, its modality and its
words."""

from __future__ import annotations

from truceline.draft.clause import ASKING, COMMIT, SPEECH, Clause
from truceline.draft.lexicon.load import among
from truceline.draft.text.document import Sentence, Text

_MODALS = {
    "shall": "shall", "will": "will", "must": "must", "would": "would", "should": "should", "may": "may",
    "can": "can", "could": "could", "might": "might",
}  # fmt: skip
_STRONG = among("shall will must would should may can")
_UNMARKED = among("present past bare participle nominal")
_BANS = among("prohibit forbid ban bar outlaw proscribe disallow")
# "is required to withdraw": the inner verb is what is to be done, by the subject of the outer one.
_RAISING = among(
    "require oblige order bind commit obligate due set suppose schedule expect instruct ready prepared "
    "need have ought"
)
# "an obligation to disarm", "they have until Friday to leave": what these nouns promise is done by a verb.
_PROMISES = among(
    "obligation duty commitment undertaking promise pledge agreement order decision vow task job "
    "responsibility day week month hour deal time mandate word"
)
# The relations in which a verb heads a clause of its own.
_CLAUSAL = among("ROOT conj ccomp parataxis acl:relcl csubj csubj:pass advcl xcomp acl advcl:relcl")
_SUBORDINATE = among(
    "if unless when once after before until as since because although though where whether lest"
)
_OPENERS = among(", ; : . and but or that nor then so - -- while whereas which who where \" ' )")


def clauses_of(text: Text, sentence: Sentence) -> list[Clause]:
    """The clauses of a sentence from left to right."""
    return _Reader(text, sentence).read()


class _Reader:
    """Reads one sentence."""

    def __init__(self, text: Text, sentence: Sentence) -> None:
        self.text = text
        self.ws = text.words
        self.sentence = sentence

    def read(self) -> list[Clause]:
        heads = [i for i in range(self.sentence.first, self.sentence.last) if self._heads(i)]
        merged = {self._outer(i) for i in heads} - {None}
        self.heads = [i for i in heads if i not in merged and not self._only_says(i)]
        found = [self._clause(i) for i in self.heads]
        found.sort(key=lambda c: (c.first, c.verb))
        return found

    # --- which words head a clause
    def verbal(self, i: int) -> bool:
        """Whether the word is a verb, or has a copula or an auxiliary of its own."""
        return self.ws[i].tag.startswith("VB") or self._auxiliary(i) is not None

    def _auxiliary(self, i: int) -> int | None:
        return self.text.child(i, "aux", "aux:pass", "cop")

    def _to(self, i: int) -> int | None:
        return next(
            (c for c in self.text.children[i] if self.ws[c].lower == "to" and self.ws[c].dep == "mark"),
            None,
        )

    def _heads(self, i: int) -> bool:
        word = self.ws[i]
        if word.dep not in _CLAUSAL:
            return False
        if word.dep == "conj" and not self.verbal(i):
            return False
        if word.dep == "advcl" and word.lower in ("provided", "providing"):
            return False
        if not self.verbal(i):
            # A sentence without a verb ("No flights over the town") is a clause of its own.
            return word.dep == "ROOT" and self.sentence.last - self.sentence.first > 3
        governor = self._governor(i)
        if governor is not None and self.ws[governor].lower in (
            "provided",
            "providing",
            "condition",
            "proviso",
        ):
            return False  # "provided that X lifts the tolls" is the condition of another clause
        dep = self.ws[self._first_conjunct(i)].dep
        if self._to(i) is not None or (dep in ("xcomp", "acl", "advcl") and self._inherits_to(i)):
            if dep in ("xcomp", "ccomp", "csubj") or governor is None:
                return governor is None or self._promises(governor) or self.ws[governor].lemma == "be"
            return dep in ("acl", "advcl") and self._promises(governor)
        if dep in ("acl", "xcomp"):
            return False
        if dep == "advcl":
            mark = self.text.child(i, "mark")
            return (mark is not None and self.ws[mark].lower in ("while", "whereas", "as")) or (
                mark is None and word.tag in ("VBZ", "VBP", "VBD", "MD")
            )
        alone = word.tag == "VBG" and self._auxiliary(i) is None
        return not (alone and dep not in ("ROOT", "conj", "parataxis"))

    def _inherits_to(self, i: int) -> bool:
        first = self._first_conjunct(i)
        return (
            first != i and self._to(first) is not None and self.text.child(i, "nsubj", "nsubj:pass") is None
        )

    def _promises(self, governor: int) -> bool:
        word = self.ws[governor]
        return (
            word.lemma in COMMIT or word.lemma in _RAISING or word.lemma in _PROMISES or word.lemma in SPEECH
        )

    def _first_conjunct(self, i: int) -> int:
        while self.ws[i].dep == "conj" and self.verbal(self.ws[i].head):
            i = self.ws[i].head
        return i

    def _governor(self, i: int) -> int | None:
        first = self._first_conjunct(i)
        head = self.ws[first].head
        return head if head != first and self.ws[first].dep not in ("ROOT", "parataxis") else None

    def _outer(self, i: int) -> int | None:
        """The verb that only introduces this one ("agreed to", "is to", "has to"), if any."""
        governor = self._governor(i)
        if governor is None or not self.verbal(governor):
            return None
        first = self._first_conjunct(i)
        if self.ws[first].dep in ("xcomp", "ccomp", "csubj", "acl", "advcl") and self._to(first) is not None:
            return governor
        if self.ws[first].dep == "ccomp" and self.ws[governor].lemma in COMMIT | among(
            "ensure guarantee see mean provide"
        ):
            return governor
        return None

    def _only_says(self, i: int) -> bool:
        return self.ws[i].lemma in SPEECH and any(
            self.ws[c].dep in ("ccomp", "parataxis") and self.verbal(c) for c in self.text.children[i]
        )

    # --- one clause
    def _clause(self, i: int) -> Clause:
        ws = self.ws
        word = ws[i]
        governor = self._outer(i)
        commit = governor if governor is not None and ws[governor].lemma in COMMIT | SPEECH else None
        group = [
            c
            for c in self.text.children[i]
            if ws[c].dep in ("aux", "aux:pass", "cop") or (ws[c].dep == "mark" and ws[c].lower == "to")
        ]
        passive = any(ws[c].dep == "aux:pass" for c in group) or (
            word.tag == "VBN" and self.text.child(i, "nsubj:pass") is not None
        )
        perfect = any(ws[c].lemma == "have" for c in group)
        modality = self._modality(i, group, governor)
        negated = self._negated(i) or (governor is not None and self._negated(governor) and commit is None)
        first, last = self._span(i, governor)
        subject = self.subject_of(i)
        span = None if subject is None else (min(self._nominal(subject)), max(self._nominal(subject)) + 1)
        start = min([i, *(c for c in group if c < i)])
        if governor is not None and governor < start:
            start = (
                governor
                if commit is not None
                else min(
                    [
                        governor,
                        *[
                            c
                            for c in self.text.children[governor]
                            if ws[c].dep in ("aux", "aux:pass", "cop") and c < governor
                        ],
                    ]
                )
            )
        start = max(start, first)
        if span is None and start > first and any(ws[n].tag[:1] == "N" for n in range(first, start)):
            span = (first, start)  # no word was read as the subject: what stands before the verb is
        marker = self._marker(i)
        shared = subject is not None and not first <= subject < last
        if modality in ("bare", "nominal") and subject is None:
            span = None
        last = max(last, i + 1)
        if modality in _UNMARKED:
            i, start, modality, negated = self._misread(i, start, first, last, modality, negated)
        return Clause(
            self.sentence,
            first,
            start,
            i,
            last,
            modality,
            negated,
            passive,
            perfect,
            marker,
            commit if commit is not None and first <= commit < last else None,
            None,
            shared,
            span,
        )

    def _misread(
        self, i: int, start: int, first: int, last: int, modality: str, negated: bool
    ) -> tuple[int, int, str, bool]:
        """A modal that the parse hung on a wrong word still says what is to be; the verb follows it."""
        ws = self.ws
        for n in range(first, last - 1):
            if ws[n].lower not in _STRONG or ws[n].tag not in ("MD", "AUX") or not self._mine(n, i):
                continue
            verb = n + 1
            while verb < last - 1 and (
                ws[verb].tag == "RB" or ws[verb].lower in ("be", "not", "have", "also")
            ):
                negated = negated or ws[verb].lower == "not"
                verb += 1
            if self.verbal(i) and i > n:
                verb = i
            return verb, n, _MODALS[ws[n].lower], negated
        return i, start, modality, negated

    def _mine(self, word: int, i: int) -> bool:
        """Whether no other clause stands between the word and the head of this one."""
        seen = 0
        while word != i and seen < 20:
            if word in self.heads or self.ws[word].head == word:
                return False
            word = self.ws[word].head
            seen += 1
        return word == i

    def _modality(self, i: int, group: list[int], governor: int | None) -> str:
        ws = self.ws
        word = ws[i]
        if not self.verbal(i):
            return "nominal"
        conjunct = i
        while True:
            for c in self.text.children[conjunct]:
                if ws[c].dep == "aux" and ws[c].lemma in _MODALS:
                    return _MODALS[ws[c].lemma]
            if self._banned(conjunct):
                return "ban"
            if ws[conjunct].dep != "conj" or not self._shares(conjunct):
                break
            conjunct = ws[conjunct].head
        if governor is None and self._to(i) is not None:
            auxiliary = next((c for c in group if ws[c].lemma in ("be", "have") and c < self._to(i)), None)  # type: ignore[operator]
            if auxiliary is not None:
                past = ws[auxiliary].lower in ("was", "were", "had")
                return "were_to" if past else "are_to" if ws[auxiliary].lemma == "be" else "have_to"
        if governor is not None:
            lemma = ws[governor].lemma
            for c in self.text.children[governor]:
                if ws[c].dep == "aux" and ws[c].lemma in _MODALS and lemma not in COMMIT:
                    return _MODALS[ws[c].lemma]
            if lemma == "be":
                return "were_to" if ws[governor].lower in ("was", "were") else "are_to"
            if lemma in ("have", "need", "ought"):
                return "have_to"
            return "asked" if lemma in ASKING and lemma not in COMMIT else "commit"
        first = self._first_conjunct(i)
        if ws[first].dep in ("acl", "advcl") and self._to(first) is not None:
            return "commit"
        if word.tag == "VBD" or any(ws[c].tag == "VBD" for c in group):
            return "past"
        if any(ws[c].lemma == "have" for c in group):
            return "past"
        if word.tag == "VB" and not group and self.text.child(i, "nsubj") is None:
            return "bare"
        if word.tag in ("VBN", "VBG") and not group:
            return "participle"
        return "present"

    def _banned(self, i: int) -> bool:
        return self.ws[i].lemma in _BANS or (
            self.ws[i].lemma in ("permit", "allow", "authorise", "authorize") and self._negated(i)
        )

    def _negated(self, i: int) -> bool:
        return any(
            self.ws[c].lemma in ("not", "never", "n't", "neither", "nor")
            and self.ws[c].dep in ("advmod", "cc", "cc:preconj", "det")
            for c in self.text.children[i]
        )

    def _shares(self, i: int) -> bool:
        """Whether a second verb stands under the modal of the first: it has no tense of its own."""
        return (
            self.ws[i].tag in ("VB", "VBN", "VBP")
            and self.text.child(i, "nsubj", "nsubj:pass", "cop") is None
        )

    def _marker(self, i: int) -> str:
        ws = self.ws
        mark = next((c for c in self.text.children[i] if ws[c].dep == "mark" and ws[c].lower != "to"), None)
        if mark is not None:
            return ws[mark].lower
        if ws[i].dep == "acl:relcl":
            pronoun = next((c for c in self.text.under(i) if ws[c].tag in ("WDT", "WP", "WP$", "WRB")), None)
            return ws[pronoun].lower if pronoun is not None and pronoun < i else "which"
        if ws[i].dep == "ccomp":
            wh = next((c for c in self.text.under(i) if ws[c].tag in ("WDT", "WP", "WRB") and c < i), None)
            return ws[wh].lower if wh is not None else "that"
        return "and" if ws[i].dep == "conj" else ""

    # --- who does it
    def subject_of(self, i: int) -> int | None:
        """The head word of the subject: the verb's own, of the verb that it shares it with, or of the one
        above."""
        ws = self.ws
        seen = 0
        while seen < 12:
            seen += 1
            own = self.text.child(i, "nsubj", "nsubj:pass", "csubj", "nsubj:outer")
            if own is None:
                # A parse may hang the subject on the copula or the auxiliary.
                own = next(
                    (
                        s
                        for c in self.text.children[i]
                        if ws[c].dep in ("aux", "aux:pass", "cop")
                        and (s := self.text.child(c, "nsubj", "nsubj:pass")) is not None
                    ),
                    None,
                )
            if own is not None:
                if ws[own].tag in ("WDT", "WP") and ws[i].dep == "acl:relcl":
                    return ws[i].head
                return own
            if ws[i].dep == "conj" and self.verbal(ws[i].head):
                i = ws[i].head
                continue
            if ws[i].dep in ("xcomp", "advcl", "ccomp", "acl") and ws[i].head != i:
                governor = ws[i].head
                if self.verbal(governor):
                    patient = self.text.child(governor, "obj", "iobj")
                    if (
                        ws[i].dep in ("xcomp", "ccomp")
                        and patient is not None
                        and patient < i
                        and self._to(i) is not None
                        and self.text.child(governor, "aux:pass") is None
                        and ws[governor].lemma not in ("have", "promise")
                    ):
                        return patient
                    i = governor
                    continue
                up = ws[governor].head
                if ws[i].dep == "acl" and self._to(i) is not None and up != governor and self.verbal(up):
                    i = up
                    continue
            if ws[i].dep == "acl:relcl":
                return None
            return None
        return None

    def _nominal(self, head: int) -> list[int]:
        """The words of a noun phrase, without the relative clauses and asides that hang on it."""
        out = [head]
        for word in out:
            out += [
                c
                for c in self.text.children[word]
                if self.ws[c].dep not in among("acl:relcl parataxis advcl punct cop aux ccomp")
                and not (
                    word == head and c > head and self.ws[c].dep in among("nsubj nsubj:pass obl xcomp obj")
                )
            ]
        return sorted(out)

    # --- its words
    def _span(self, i: int, governor: int | None) -> tuple[int, int]:
        own = self._own(i)
        if governor is not None:
            above = [
                w
                for w in self._own(governor)
                if w < i
                and not any(
                    h < i and w in self.text.under(h)
                    for h in self.heads
                    if h != i and h in self.text.under(governor)
                )
            ]
            # Of two verbs under one "agreed to" only the first takes it into its words.
            first = self._first_conjunct(i)
            if first == i:
                own = sorted({*own, *above})
        solid = [w for w in own if self.ws[w].dep != "punct" and self.ws[w].text not in _OPENERS] or [i]
        first, last = solid[0], solid[-1] + 1
        if last < self.sentence.last and self.ws[last].text == ")" and last in own:
            last += 1
        # What hangs on the verb from beyond another clause is left out.
        for other in self.heads:
            if other == i:
                continue
            theirs = self.text.under(other)
            if i in theirs and first < other < i:
                first = max(first, other + 1)
        ws = self.ws
        for n in range(i + 1, last - 1):
            # "... by 1 June - a plan that Norway supports": what is set apart is said about it.
            if ws[n].text in ("-", "--") and ws[n - 1].end < ws[n].start and ws[n + 1].lower in ("a", "an"):
                last = n
                break
        while first < min(i, last - 1) and (ws[first].lower in _OPENERS):
            first += 1
        while last > i + 1 and (
            ws[last - 1].lower
            in among(', ; : . and but or ! ? - -- that which who where so as while whereas if "')
        ):
            last -= 1
        return first, last

    def _own(self, i: int) -> list[int]:
        """The words of a clause: all that hangs on its verb, without other clauses at its ends."""
        out = [i]
        for word in out:
            for child in self.text.children[word]:
                if child in self.heads:
                    continue
                out.append(child)
        return sorted(out)
