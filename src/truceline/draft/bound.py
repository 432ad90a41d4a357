"""Who is bound by a clause: its subject, agent or owner; "both sides", "we" and "they" resolved where
they can be.

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
_OF_STATE = words("bound", "of_state")


_ALL_MEANT = among("both neither each either all none nobody two everyone")
_JOINS = among("and or nor")
_TENSELESS = among("nominal bare participle item")
_AT_THE_TABLE = among("party side signatory belligerent combatant counterpart")


class Resolver(Principals):
    """Answers who is meant, from the mentions of a text in reading order."""

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
        two = {"both", "two", "neither", "either"} & set(mention.name.lower().split())
        # "Both" of three or more: who is meant is for the analyst to say.
        return () if two and len(found) > 2 else found

    def names_all(self, clause: Clause, keys: tuple[str, ...]) -> bool:
        """Whether the clause itself names every one of these parties, and there is one."""
        inside = self.within(clause.first, clause.last)
        named = {
            self._side(self._key(k)) for m in inside if m.kind in ("party", "person", "place") for k in m.keys
        }
        return bool(keys) and named.issuperset(keys)

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

    # --- a clause
    def subject(self, clause: Clause, speaker: str | None) -> tuple[str, ...]:
        """The parties in the clause's subject."""
        if clause.subject is not None:
            first, last = clause.subject
            if clause.first < first and self.text.words[first - 1].lower in _JOINS:
                first = clause.first  # "Turkish forces and Russian police": the parse may begin at the second
            named = self.group(first, last, speaker) or self._all_meant(first, last)
            if named or clause.commit is None:
                return named
        if clause.subject is None and clause.commit is None and clause.modality in _TENSELESS:
            return self._leading(clause, speaker)
        head = clause.commit if clause.commit is not None and clause.commit > clause.first else clause.head
        return self.group(clause.first, head, speaker)

    def _leading(self, clause: Clause, speaker: str | None) -> tuple[str, ...]:
        """ "The Companies off the road by noon", "FCS alone on Thursdays": whom words without a verb begin
        with."""
        for mention in self.within(clause.first, clause.first + 3):
            if mention.kind in ("party", "collective"):
                return self._with_joined(mention, clause.last, speaker)
        return ()

    def _all_meant(self, first: int, last: int) -> tuple[str, ...]:
        """ "Both let the carts through", "neither flies drones", "each of the signatories": those at the
        table."""
        ws = self.text.words
        head = next(
            (n for n in range(first, last) if not first <= ws[n].head < last or ws[n].head == n), first
        )
        sides = self.sides()
        marked = next((w.lower for w in ws[first : first + 3] if w.lower in _ALL_MEANT), None)
        if marked in ("both", "neither", "either", "two") and len(sides) > 2:
            return ()
        if ws[head].lower in _ALL_MEANT or ws[head].lemma in _AT_THE_TABLE:
            return sides
        # "Both services", "each delegation": whatever they are called, there are as many as sides.
        return sides if marked is not None and marked != "all" and len(sides) == 2 else ()

    def group(self, first: int, last: int, speaker: str | None) -> tuple[str, ...]:
        """The parties of the noun phrase that ends nearest before word `last`, with those joined to it."""
        ws = self.text.words
        candidates = [
            m
            for m in self.within(first, last)
            if not (m.kind == "pronoun" and m.head == "" and m.name not in among("they it we he she i"))
        ]
        keys: list[str] = []
        taken: list[Mention] = []
        asides = self._asides(first, last)
        skipped = -1
        for mention in candidates:
            how = self._role(mention, first)
            if ws[mention.first - 1].text == "(" and mention.first - 1 == skipped:
                how = "skip"  # "the envoy of A shall": the bracket shortens the name before it.
            if how == "skip" or any(a <= mention.first < b for a, b in asides):
                skipped = mention.last
                continue
            if mention.kind == "place" and mention.head in ("", "name") and not mention.keys:
                continue
            if (
                mention.kind == "place"
                and how != "owner"
                and mention.head == "name"
                and ws[mention.first - 1].lower in _PREPOSITIONS
                and mention.first > first
            ):
                continue
            if mention.kind == "place" and mention.head == "demonym" and not self._demonym_owner(mention):
                continue
            if (
                mention.kind == "place"
                and mention.head == "capital"
                and mention.first > first
                and ws[mention.first - 1].lower in _PREPOSITIONS
            ):
                continue
            taken.append(mention)
        # Of several groups the last unbroken one before the verb counts ("Under X's plan, A and B shall").
        groups: list[list[Mention]] = []
        for mention in taken:
            if groups and self._same_group(groups[-1][-1], mention):
                groups[-1].append(mention)
            else:
                groups.append([mention])
        for group in reversed(groups):
            found = [k for m in group for k in self.of_mention(m, speaker)]
            if found:
                keys = found
                break
        return tuple(dict.fromkeys(keys))

    def _asides(self, first: int, last: int) -> list[tuple[int, int]]:
        """Where ", who fight for X," and ", a host of Y," stand: those in them are not the subject."""
        ws = self.text.words
        found = []
        for k in range(first + 1, last - 2):
            if ws[k].text == "," and ws[k + 1].lower in ("who", "which", "whose", "a", "an"):
                end = next((n for n in range(k + 2, last) if ws[n].text == ","), None)
                if end is not None and ws[min(end + 1, last - 1)].lower not in ("and", "or"):
                    found.append((k, end))
        return found

    def _demonym_owner(self, mention: Mention) -> bool:
        ws = self.text.words
        nxt = ws[mention.last].lemma if mention.last < len(ws) else ""
        return (
            nxt in _OWNERS_OF
            or nxt in ("and", "or")
            or ws[min(mention.last + 1, len(ws) - 1)].lemma in _OWNERS_OF
        )

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

    def agent(self, clause: Clause, speaker: str | None) -> tuple[str, ...]:
        """Who does what a passive clause says is done: "by both sides"."""
        ws = self.text.words
        for mention in self.within(clause.verb, clause.last):
            i = mention.first - 1
            if i > 0 and ws[i].lower in ("the", "both", "all"):
                i -= 1
            if (
                i > clause.verb - 1
                and ws[i].lower == "by"
                and not (
                    (ws[i - 1].lower.endswith("ed") or ws[i - 1].lower in ("held", "led", "run", "known"))
                    and i - 1 != clause.verb
                    and ws[i - 2].lower not in ("and", "or")
                )
                and not (
                    ws[i - 1].lower
                    in among(
                        "monitored verified supervised supported controlled held occupied "
                        "chaired led watched "
                        "guarded used inspected overseen observed brokered backed manned run patrolled "
                        "mediated agreed designated specified requested"
                    )
                    and i - 1 != clause.verb
                )
            ):
                return self._with_joined(mention, clause.last, speaker)
        return ()

    def owners(self, first: int, last: int, speaker: str | None) -> tuple[str, ...]:
        """Whose forces or weapons the words name: "of all opposition forces", "from both sides", "Kiev's
        troops"."""
        ws = self.text.words
        for mention in self.within(first, last):
            i = mention.first - 1
            word = ws[i].lower if i >= first else ""
            if word in ("the", "both", "all"):
                word = ws[i - 1].lower if i - 1 >= first else ""
            owned = (
                word in ("of", "from", "to", "by")
                and (mention.kind in ("party", "collective"))
                and (word != "to" or ws[i - 1].lower in ("belonging",) or ws[i - 2].lower == "belonging")
            )
            if (ws[i - 1].lemma in among("empty clear free clean rid") and word == "of") or ws[
                i - 1
            ].lower in ("emptied", "cleared", "free"):
                continue
            if word == "of" and i - 1 >= first:
                previous = ws[i - 1] if ws[i].lower == "of" else ws[i - 2]
                owned = owned and previous.lower not in among(
                    "territory control part parts areas positions east west north south supervision "
                    "monitoring"
                )
            if owned:
                return self._with_joined(mention, last, speaker)
        return ()

    def _with_joined(self, mention: Mention, last: int, speaker: str | None) -> tuple[str, ...]:
        group = [mention]
        for other in self.within(mention.last, last):
            if (
                self._same_group(group[-1], other)
                and other.kind in ("party", "collective", "person", "pronoun")
                and not (other.kind == "pronoun" and other.head == "")
            ):
                group.append(other)
            else:
                break
        return tuple(dict.fromkeys(k for m in group for k in self.of_mention(m, speaker)))

    def possessor(self, clause: Clause) -> tuple[str, ...]:
        """ "Its rocket launchers shall be withdrawn": whose they are."""
        word = self.text.words[clause.first].lower
        if word == "its" and self.last_single:
            return (self.last_single,)
        return self.last_subject if word == "their" else ()

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
