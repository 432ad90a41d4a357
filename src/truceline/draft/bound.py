"""Who is bound by a clause: its subject, agent or owner.

Where the text does not say, the answer is empty: a question for the analyst, not a guess."""

from __future__ import annotations

from functools import cached_property

from truceline.draft.clause import Clause
from truceline.draft.judging.nearby import Nearby
from truceline.draft.lexicon.load import among, words
from truceline.draft.meant import Meant
from truceline.draft.parties.mentions import Mention

_PREPOSITIONS = words("bound", "prepositions")
_OWNERS_OF = words("bound", "owners_of")
_ALL_MEANT = among("both neither each either all none nobody two everyone")
_JOINS = among("and or nor")
_TENSELESS = among("nominal bare participle item")
_AT_THE_TABLE = among("party side signatory belligerent combatant counterpart")


class Resolver(Meant):
    """Answers who is bound by the clauses of a text, in reading order."""

    @cached_property
    def nearby(self) -> Nearby:
        """Where the text names its parties."""
        return Nearby(self)

    def subject(self, clause: Clause, speaker: str | None) -> tuple[str, ...]:
        """The parties in the clause's subject."""
        if clause.subject is not None:
            first, last = self._whole(clause, *clause.subject)
            named = self.group(first, last, speaker) or self._all_meant(first, last)
            if not named and clause.commit is None:
                named = self._before_modal(clause, speaker)
            if named or clause.commit is None:
                return named
        if clause.subject is None and clause.commit is None and clause.modality in _TENSELESS:
            return self._leading(clause, speaker)
        head = clause.commit if clause.commit is not None and clause.commit > clause.first else clause.head
        return self.group(clause.first, head, speaker)

    def _whole(self, clause: Clause, first: int, last: int) -> tuple[int, int]:
        """The subject with the parties joined to it: of "A's forces and B's police shall" the parse may take
        either for the whole."""
        ws = self.text.words
        if clause.first < first and ws[first - 1].lower in _JOINS:
            first = clause.first
        inside = [m for m in self.within(first, last) if m.kind in ("party", "person")]
        if not inside:
            return first, last
        if _JOINS & {ws[first].lower, ws[first - 1].lower if first else ""}:
            for mention in reversed(self.within(clause.sentence.first, inside[0].first)):
                if mention.kind != "party" or not self._joins(mention, inside[0]):
                    break
                first, inside = mention.first, [mention, *inside]
        for mention in self.within(last, clause.head):
            if mention.kind != "party" or mention.last > clause.head or not self._joins(inside[-1], mention):
                break
            last, inside = mention.last, [*inside, mention]
        return first, last

    def _joins(self, a: Mention, b: Mention) -> bool:
        between = {w.lower for w in self.text.words[a.last : b.first]}
        return bool(between & {"and", ","}) and self._same_group(a, b)

    def _before_modal(self, clause: Clause, speaker: str | None) -> tuple[str, ...]:
        """ "Neither army shall, for so long as it lasts, ...": whom the clause begins with, right before its
        modal."""
        for mention in self.within(clause.first, clause.first + 2):
            modal = self.text.words[mention.last] if mention.last < clause.last else None
            if mention.kind in ("party", "collective") and modal is not None and modal.tag == "MD":
                return self.of_mention(mention, speaker)
        return ()

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
            sides = self.two_of(sides)
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
        for n, group in reversed(list(enumerate(groups))):
            found = [k for m in group for k in self.of_mention(m, speaker)]
            if not found:
                continue
            keys = found
            # "The government and the Houthis, also known as Ansar Allah": who is named again is still joined.
            before = [k for m in groups[n - 1] for k in self.of_mention(m, speaker)] if n else []
            if len(set(before)) > len(set(found)) and set(found) <= set(before):
                keys = before
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
