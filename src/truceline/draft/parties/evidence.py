"""Which unknown names are parties: what stands beside them tells ("the X army", "X and Y agreed")."""

from __future__ import annotations

from truceline.draft.judging.names import NAMES, NOBODY, PARTY, Occurrence, told_of_name
from truceline.draft.lexicon.load import among, words
from truceline.draft.parties.mentions import (
    FORCES,
    GROUPS,
    ORGANS,
    WATCHERS,
    is_name_part,
    territory_at,
)
from truceline.draft.parties.names import Names
from truceline.draft.parties.people import function_word
from truceline.draft.parties.phrases import (
    name_run,
)
from truceline.draft.text.document import Text
from truceline.draft.text.plain import fold
from truceline.draft.text.words import is_common

LOCATIVE = words("recognise", "locative")
AGREE_VERBS = words("recognise", "agree_verbs")
_MODALS = frozenset(("shall", "will", "must", "would"))
_AGREEMENT = words("recognise", "agreement")
_SAYS = frozenset().union(
    *(
        words("speech", s)
        for s in ("neutral", "supports", "welcomes", "rejects", "criticises", "demands", "claims")
    )
)
_MAKES_PEACE = among("reach settle conclude seal strike make")
_LIES = among("lie have see know want mean hold stand become follow host be include remain")
_AREAS = frozenset(
    [
        "border",
        "line",
        "road",
        "route",
        "zone",
        "area",
        "boundary",
        "frontier",
        "strip",
        "belt",
        "highway",
        "railway",
        "corridor",
    ]
)
_ASIDE = frozenset(
    ["a", "an", "the", "who", "which", "formerly", "once", "also", "known", "called", "allied"]
)


class Evidence(Names):
    """Reads the whole text once for hints at parties."""

    def __init__(self, text: Text) -> None:
        super().__init__(text)
        self.places_of: dict[str, list[Occurrence]] = {}

    # --- what can be learnt before reading
    def gather(self) -> None:
        words = self.text.words
        for sentence in self.text.sentences:
            for i in range(sentence.first, sentence.last):
                word = words[i]
                if not is_name_part(word) or function_word(word):
                    continue
                if i > sentence.first and word.capital:
                    self._mid.add(word.lower)
        for sentence in self.text.sentences:
            i = sentence.first
            while i < sentence.last:
                j = name_run(words, i, sentence.last)
                if j == i or function_word(words[i]):
                    i += 1
                    continue
                name = " ".join(w.text for w in words[i:j])
                if (j == i + 1 and len(name) == 1) or (j - i > 3 and name.isupper()):
                    i = j  # "lines B and D"; a title in capitals
                    continue
                if (
                    i == sentence.first
                    and j == i + 1
                    and words[i].lower not in self._mid
                    and is_common(words[i].lower)
                ):
                    i = j
                    continue
                seen = self._acts(i, j) or self._party_context(i, j, sentence.first, sentence.last)
                self._evidence[fold(name)] += seen
                self.places_of.setdefault(fold(name), []).append((sentence, i, j, seen))
                i = j
        self._weigh_names()

    def _weigh_names(self) -> None:
        """What is learnt of names outvotes the rules where it is sure."""
        weights = NAMES.get()
        for name, found in self.places_of.items():
            chance = weights.chance(told_of_name(self.text, found))
            if chance >= PARTY:
                self._evidence[name] += 1
            elif chance <= NOBODY:
                self._evidence[name] = 0

    def _acts(self, i: int, j: int) -> bool:
        """Whether a name is the subject of a verb that undertakes or lays down something: towns and papers
        seldom are."""
        ws = self.text.words
        last = ws[j - 1]
        subject = next((w for w in ws[i:j] if w.dep in ("nsubj", "conj")), last)
        seen = 0
        while subject.dep == "conj" and subject.head >= 0 and seen < 4:
            subject, seen = ws[subject.head], seen + 1
        verb = ws[subject.head] if subject.head >= 0 else subject
        if subject.dep != "nsubj" or verb.lemma in _SAYS | _LIES:
            return False
        aids = [ws[c].lower for c in self.text.children[verb.i] if ws[c].dep == "aux"]
        if any(a in _MODALS for a in aids) or verb.lemma in AGREE_VERBS | _MAKES_PEACE:
            return True
        acts_on = self.text.child(verb.i, "obj", "xcomp", "compound:prt")
        return verb.tag in ("VBZ", "VBP") and not aids and acts_on is not None

    def _party_context(self, i: int, j: int, first: int, last: int) -> bool:
        ws = self.text.words
        nxt = ws[j] if j < last else None
        k = j
        while k < last and (
            ws[k].lower.endswith("ly")
            or ws[k].lower
            in among("have has also on monday tuesday wednesday thursday friday saturday sunday both")
        ):
            k += 1
        before = {w.lemma for w in ws[max(first, i - 8) : i]}
        previous = ws[i - 1].lower if i > first else ""
        if (
            k + 1 < last
            and ws[k].lower in ("is", "are")
            and ws[k + 1].lower == "to"
            and previous not in LOCATIVE
            and ws[j - 1].text.isupper()
        ):
            return True
        if k < last and (ws[k].lemma in AGREE_VERBS or ws[k].lower in _MODALS) and previous not in LOCATIVE:
            k += 1
            while k < last and (ws[k].lower in ("also", "not", "then", "now") or ws[k].lower.endswith("ly")):
                k += 1
            return k >= last or ws[k].lemma != "be"
        if self._bound_after_aside(j, last, previous):
            return True
        if (
            previous == "the"
            and i - 3 >= first
            and ws[i - 2].lower in ("of", "from")
            and ws[i - 3].lemma in WATCHERS | GROUPS
        ):
            return True  # "monitors from the Hanse of Nine Cities"
        if j + 2 < last and ws[j].text in (",", "(") and previous in ("the", "and", ""):
            # "X, represented by its consul", "X (hereinafter": only a party is.
            following = [w.lower for w in ws[j + 1 : j + 4]]
            if following[0] in ("represented", "hereinafter", "hereafter", "acting") or (
                following[:2] == ["duly", "represented"]
            ):
                return True
            if following[:2] in (["known", "as"], ["referred", "to"]) and j - i > 1:
                return True
        if previous == "between" and before & _AGREEMENT:
            return True
        if nxt is not None and nxt.lower == "and" and j + 1 < last and previous not in LOCATIVE:
            # "X and Y signed": what is said of the one is said of the other.
            second = name_run(ws, j + 1, last)
            if j + 1 < second < last and ws[second].lemma in AGREE_VERBS:
                return True
        if nxt is not None and nxt.lower == "and" and previous == "between" and before & _AGREEMENT:
            return True
        if (
            previous == "and"
            and i - 2 >= first
            and before & _AGREEMENT
            and "between" in {w.lower for w in ws[max(first, i - 8) : i]}
        ):
            return True
        if (
            previous == "and"
            and "between" in {w.lower for w in ws[max(first, i - 6) : i]}
            and not before & _AREAS
            and i - 2 >= first
            and any(
                (hit := territory_at(ws, k)) is not None and hit[2] == "name" and hit[1] == i - 1
                for k in range(max(first, i - 6), i - 1)
            )
        ):
            return True
        if (
            previous == "of"
            and i - 2 >= first
            and (
                ws[i - 2].lemma in ORGANS | FORCES
                or ws[i - 2].lower in ("republic", "kingdom", "state", "government")
            )
        ):
            return True
        if nxt is not None and nxt.lower == "'s" and j + 1 < last:
            after = {w.lemma for w in ws[j + 1 : j + 4]}
            return bool(
                after
                & (
                    ORGANS
                    | FORCES
                    | {
                        "president",
                        "minister",
                        "leader",
                        "spokesman",
                        "envoy",
                        "general",
                        "delegation",
                        "king",
                        "chancellor",
                        "man",
                        "fighter",
                        "negotiator",
                        "army",
                        "militia",
                    }
                )
            )
        return bool(
            nxt is not None
            and (nxt.lemma in ORGANS | GROUPS or nxt.lemma in among("force troop soldier delegation fighter"))
            and not nxt.capital
        )

    def _bound_after_aside(self, j: int, last: int, previous: str) -> bool:
        """ "The X, a host allied to Y, shall": the aside names a group, the verb binds it."""
        ws = self.text.words
        if previous != "the" or j + 3 >= last or ws[j].text != "," or ws[j + 1].lower not in _ASIDE:
            return False
        for k in range(j + 2, min(j + 30, last - 1)):
            if ws[k].text == "," and (
                ws[k + 1].lower in _MODALS
                or (
                    k + 2 < last
                    and ws[k + 1].lower in ("is", "are", "has", "have")
                    and ws[k + 2].lower == "to"
                )
            ):
                return True
        return False
