"""Whom a mention means: "both sides", "we" and "they" resolved where they can be.

Where the text does not say, the answer is empty: a question for the analyst, not a guess."""

from __future__ import annotations

import re

from truceline.draft.clause import Clause
from truceline.draft.lexicon.load import among, words
from truceline.draft.parties.mentions import FORCES, ORGANS, TAILS, Mention
from truceline.draft.principals import Principals
from truceline.draft.text.plain import fold

_PREPOSITIONS = words("bound", "prepositions")
_OWNERS_OF = words("bound", "owners_of")
_TWO = frozenset(("both", "two", "neither", "either"))
_OF_STATE = words("bound", "of_state")


class Meant(Principals):
    """Answers whom a mention means."""

    def of_mention(self, mention: Mention, speaker: str | None = None) -> tuple[str, ...]:
        """The parties that a mention means; empty where it cannot be known."""
        if mention.kind == "party" and fold(mention.name).split()[-1:] in (["signatory"], ["signatories"]):
            return self.sides()
        if mention.kind in ("party", "person"):
            return tuple(self._side(self._key(k)) for k in mention.keys)
        if mention.kind == "collective":
            return self._collective(mention)
        if mention.kind == "place" and mention.keys and mention.head in ("capital", "demonym", "name"):
            key = self._key(mention.keys[0])
            if mention.head == "capital" and self.reader.registry.get(key) is None:
                self.reader.registry.note(key, _state_name(key), "state", code=key.split(":")[1])
            return (key,)
        if mention.kind == "pronoun":
            return self._pronoun(mention, speaker)
        return ()

    def _side(self, key: str) -> str:
        """ "The army" and "the guerrillas" of a text with one government and one other side are theirs."""
        if key in self.principals or not key.startswith("common:"):
            return key
        core = key[7:]
        states = [k for k in self.principals if k.startswith("state:") or "government" in k]
        kin = core.split()
        if len(kin) == 2 and f"common:{kin[0]}" in self.principals and kin[1] in FORCES | TAILS:
            return f"common:{kin[0]}"
        if core in ("government", "army", "military", "police") or (
            len(kin) == 2 and kin[0] in _OF_STATE and kin[1] in FORCES | ORGANS
        ):
            return states[0] if len(states) == 1 else key
        others = [k for k in self.principals if k not in states and not k.startswith("body:")]
        if (
            core in among("rebel guerrilla guerilla insurgent separatist")
            and len(others) == 1
            and len(states) == 1
        ):
            return others[0]
        return key

    def _collective(self, mention: Mention) -> tuple[str, ...]:
        found = self._all_of(mention)
        two = _TWO & set(mention.name.lower().split())
        return self.two_of(found) if two and len(found) > 2 else found

    def two_of(self, sides: tuple[str, ...]) -> tuple[str, ...]:
        """Whom "both sides" means where three were taken to be at the table: a text that says "both" knows of
        two. They are those named last together, else the two that are likeliest at the table; where a
        sentence names three who agreed, it is for the analyst to say."""
        last = self.last_subject
        if len(last) == 2 and set(last) <= set(sides):
            return last
        return () if len(set(self.written) & set(sides)) > 2 else sides[:2]

    def reads_two(self, clause: Clause) -> bool:
        """Whether the clause's subject is "both" and more than two seem to be at the table."""
        inside = self.within(*clause.subject) if clause.subject else []
        return len(self.sides()) > 2 and any(
            m.kind == "collective" and _TWO & set(m.name.lower().split()) for m in inside
        )

    def names_all(self, clause: Clause, keys: tuple[str, ...]) -> bool:
        """Whether the clause itself names every one of these parties, and there is one."""
        inside = self.within(clause.first, clause.last)
        named = {
            self._side(self._key(k)) for m in inside if m.kind in ("party", "person", "place") for k in m.keys
        }
        return bool(keys) and named.issuperset(keys)

    def speaks_of_all(self, clause: Clause) -> bool:
        """Whether the subject is those at the table together, and the clause names nobody else."""
        inside = self.within(clause.first, clause.last)
        whole = clause.subject is not None and any(
            m.kind == "collective" for m in self.within(*clause.subject)
        )
        return whole and not any(m.kind in ("party", "person") for m in inside)

    def leaves_open(self, clause: Clause) -> bool:
        """Whether the words speak of two where more than two agreed: who is meant is not for us to say."""
        inside = self.within(clause.first, clause.last)
        return any(m.kind == "collective" and not self._collective(m) and self._all_of(m) for m in inside)

    def _all_of(self, mention: Mention) -> tuple[str, ...]:
        if mention.head in among(
            "country force government state nation president leader army capital korea minister "
            "neighbour neighbor general power"
        ):
            pair = tuple(k for k in self.principals if k.startswith(("state:", "name:")))
            if len(pair) >= 2:
                return pair
            states = [n.key for n in self.reader.registry.all() if n.kind == "state" and n.mentions > 1]
            if len(states) == 2:
                return tuple(states)
        return self.sides()

    def sides(self) -> tuple[str, ...]:
        """Who concluded the agreement, without those who only watch over it."""
        sides = tuple(k for k in self.principals if not k.startswith("body:") and not self._watches(k))
        return sides or self.principals

    def _watches(self, key: str) -> bool:
        name = fold(key)
        return len(self.principals) > 2 and bool(
            re.search(
                r"\b(?:contact group|mission|observer|committee|commission|task unit|office|arbiter|team)\b",
                name,
            )
        )

    def _pronoun(self, mention: Mention, speaker: str | None) -> tuple[str, ...]:
        word = mention.name
        if word in among("we our us my i"):
            who = speaker or self.speaker
            return (self._key(who),) if who else ()
        if word in ("he", "she", "his", "her") and mention.head:
            who = speaker or self.last_single
            return (self._key(who),) if who else ()
        if word in ("they", "their", "them"):
            return self._named_together(mention) or self.last_subject
        if word == "it" and (before := self._opened_with(mention)):
            return before
        if word in ("it", "its"):
            return (self.last_single,) if self.last_single else ()
        return ()

    def _opened_with(self, pronoun: Mention) -> tuple[str, ...]:
        """ "The Commission is hereby established. It shall": whom the sentence before opens with."""
        sentence = self.text.sentence_at(pronoun.first)
        if pronoun.first != sentence.first or sentence.index == 0:
            return ()
        before = self.text.sentences[sentence.index - 1]
        if before.block != sentence.block:
            return ()
        opening = [m for m in self.within(before.first, before.first + 2) if m.kind == "party"]
        keys = self.of_mention(opening[0]) if opening else ()
        return keys if len(keys) == 1 and self._role(opening[0], before.first) == "subject" else ()

    def _named_together(self, pronoun: Mention) -> tuple[str, ...]:
        """Those joined by "and" earlier in the sentence: "A's president and B's agreed that their armies"."""
        ws = self.text.words
        sentence = self.text.sentence_at(pronoun.first)
        run: list[Mention] = []
        for mention in self.within(sentence.first, pronoun.first):
            if mention.kind not in ("party", "person") or not mention.keys:
                continue
            if run and not self._same_group(run[-1], mention):
                break
            run.append(mention)
        keys = tuple(dict.fromkeys(k for m in run for k in self.of_mention(m)))
        if len(keys) < 2 or run[0].first > sentence.first + 1:
            return ()
        joined = {w.lower for w in ws[run[0].last : run[-1].first]}
        return keys if "and" in joined else ()

    def _same_group(self, a: Mention, b: Mention) -> bool:
        words = [w.lower for w in self.text.words[a.last : b.first]]
        if len(words) > 16:
            return False
        return not words or all(
            w
            in (
                ",",
                "and",
                "nor",
                "&",
                "the",
                "or",
                "both",
                "(",
                ")",
                "of",
                "together",
                "with",
                "as",
                "well",
                "including",
                "by",
                "a",
                "forces",
                "troops",
                "army",
                "units",
                "military",
                "police",
                "leaders",
                "'s",
                '"',
                "their",
                "its",
                "representatives",
                "those",
            )
            for w in words
        )

    def _role(self, mention: Mention, first: int) -> str:
        """``subject``, ``owner`` ("forces of X") or ``skip`` for a mention inside another phrase."""
        ws = self.text.words
        i = mention.first - 1
        if i < first:
            return "subject"
        word = ws[i].lower
        if word in ("the", "both", "all") and i - 1 >= first:
            i -= 1
            word = ws[i].lower
        if word == "of" or word == "from" or word == "by" or word == "for" or word == "between":
            j = i - 1
            while j >= first and ws[j].text in (",", ")"):
                j -= 1
            if word == "of" and j >= first and (ws[j].lower in _OWNERS_OF or ws[j].lemma in _OWNERS_OF):
                return "owner"
            return "skip"
        if word in _PREPOSITIONS and word not in among("that which who including before after as"):
            return "skip"
        return "subject"

    def forget(self) -> None:
        """Before a second reading from the start."""
        self.last_single, self.last_subject = None, ()

    def note_subject(self, keys: tuple[str, ...]) -> None:
        """Remembers whom the next "they" or "it" will mean."""
        if not keys:
            return
        if len(keys) == 1:
            self.last_single = keys[0]
        self.last_subject = keys


def _state_name(key: str) -> str:
    from truceline.draft.parties.phrases import territory_name

    return territory_name(key.split(":")[1])
