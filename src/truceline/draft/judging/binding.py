"""Who is bound, weighed: what is told of each party beside a provision, and a logistic regression over it.

The rules of `truceline.draft.obliged` name a subject, an agent or an owner and are silent where the words do
not fit them. Their answer is one thing told among others here: how the parse ties the party to the verb,
whether it is at the table, how often the text names it, who was bound just before. Weights are learnt from
the annotated development texts by `scripts/train_draft.py` and lie in ``binding.npz``; nothing is random.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from truceline.draft.bound import Resolver
from truceline.draft.clause import Clause
from truceline.draft.judging.in_use import InUse
from truceline.draft.judging.logistic import Weights, weights_from
from truceline.draft.judging.nearby import Near, counted
from truceline.draft.parties.mentions import Mention
from truceline.draft.parties.registry import PartyNotes
from truceline.draft.text.document import Text

Told = dict[str, tuple[str, ...]]

LIKELY = 0.4  # chosen by cross-validation: who is at least this probable is bound
BEST = 0.3  # where nobody is, the most probable one above this
_DEPTH = 6
_WATCHING = re.compile(
    r"mission|observer|committee|commission|monitor|centre|council|united nations|\bun\b|osce"
)
_WHOLE = frozenset(
    ("each", "either", "neither", "both", "all", "parties", "sides", "forces", "troops", "other", "no")
)


RULES_ALONE = Weights({}, np.zeros(0), 0.0)

BINDING: InUse[Weights] = InUse("binding.npz", weights_from)


def bound_by(told: Mapping[str, tuple[str, ...]], rule: tuple[str, ...]) -> tuple[str, ...]:
    """The parties that are probably bound: those whom the rules name first, then in the order of the text."""
    known = BINDING.get()
    if known is RULES_ALONE:
        return rule
    each = {names: known.chance(names) for names in set(told.values())}
    chances = {key: each[names] for key, names in told.items()}
    chosen = [key for key, chance in chances.items() if chance >= LIKELY]
    if not chosen and chances:
        best = max(chances, key=lambda key: chances[key])
        chosen = [best] if chances[best] >= BEST else []
    return tuple(sorted(chosen, key=lambda key: rule.index(key) if key in rule else len(rule)))


def told_of_parties(
    clause: Clause,
    kind: str,
    subject: tuple[str, ...],
    voice: str | None,
    text: Text,
    resolver: Resolver,
    rule: tuple[str, ...],
    before: tuple[str, ...],
) -> Told:
    """What is told of every party of the text beside a provision of this kind in this clause.

    `rule` is whom the rules take to be bound, `before` who is bound by the provision before.
    """
    return _Teller(clause, kind, subject, voice, text, resolver, rule, before).all()


@lru_cache(maxsize=4096)
def _watches(key: str) -> bool:
    return bool(_WATCHING.search(key))


class _Traits(NamedTuple):
    """What sets parties apart that are not mentioned beside a provision."""

    ruled: bool
    acts: bool
    table: str
    sort: str
    place: str
    guarantor: bool
    watches: bool
    speaks: tuple[str, ...]
    last: bool
    previous: bool
    near: Near


_NOWHERE = Near()


def _head(clause: Clause, text: Text) -> str:
    """The noun that heads the subject."""
    if clause.subject is None:
        return "none"
    first, last = clause.subject
    ws = text.words
    head = next((n for n in range(first, last) if not first <= ws[n].head < last or ws[n].head == n), first)
    return ws[head].lemma if not ws[head].capital or head == clause.sentence.first else "Name"


class _Teller:
    """Tells of the parties beside one provision."""

    def __init__(
        self,
        clause: Clause,
        kind: str,
        subject: tuple[str, ...],
        voice: str | None,
        text: Text,
        resolver: Resolver,
        rule: tuple[str, ...],
        before: tuple[str, ...],
    ) -> None:
        self.clause, self.kind, self.subject, self.voice = clause, kind, subject, voice
        self.text, self.resolver, self.rule, self.before = text, resolver, rule, before
        sentence = clause.sentence
        self.around = (
            ("in", resolver.within(clause.first, clause.last)),
            ("before", resolver.within(sentence.first, clause.first)),
            ("after", resolver.within(clause.last, sentence.last)),
        )
        in_subject = resolver.within(*clause.subject) if clause.subject else []
        pronoun = next((m for m in in_subject if m.kind == "pronoun"), None)
        kinds = {m.kind for m in in_subject}
        self.pronoun = pronoun.name if pronoun else ""
        self.subject_is = (
            "coll" if "collective" in kinds
            else "pron" if pronoun
            else "party" if kinds & {"party", "person"}
            else "place" if in_subject
            else "none" if clause.subject is None
            else "thing"
        )  # fmt: skip
        self.collective = any(m.kind == "collective" for m in self.around[0][1])
        self.named = any(m.keys for m in self.around[0][1] if m.kind in ("party", "person"))
        self.whole = (
            {w.lower for w in text.words[slice(*clause.subject)]} & _WHOLE if clause.subject else set()
        )
        self.voice_of = "p" if clause.passive else "a"
        self.sides, self.principals = frozenset(resolver.sides()), resolver.principals
        counts = Counter(resolver.resolve(k) for m in resolver.mentions for k in m.keys)
        self.ranked = {k: n for n, (k, _) in enumerate(counts.most_common())}
        self.mentioned: dict[str, list[tuple[str, Mention]]] = {}
        for where, mentions in self.around:
            for mention in mentions:
                for key in {resolver.resolve(k) for k in mention.keys}:
                    self.mentioned.setdefault(key, []).append((where, mention))
        self.near = resolver.nearby.of(clause)
        ws = text.words
        self.head = _head(clause, text)
        lead = ws[clause.subject[0] : clause.subject[0] + 3] if clause.subject else []
        count = counted(w.lower for w in lead)
        self.count = "no" if count is None else str(count == len(self.sides))
        self.speaks = [
            (resolver.resolve(who), name)
            for who, name in ((voice, "voice"), (resolver.speaker, "speaker"))
            if who
        ]

    def all(self) -> Told:
        """Of parties that are not mentioned near by, most have the same told of them: written out once."""
        found: Told = {}
        alike: dict[_Traits, tuple[str, ...]] = {}
        for notes in self.resolver.reader.registry.all():
            traits = self._traits(notes)
            told = None if notes.key in self.mentioned else alike.get(traits)
            if told is None:
                told = (*self._of(notes.key, traits), *self._near(traits, notes.key in self.mentioned))
                if notes.key not in self.mentioned:
                    alike[traits] = told
            found[notes.key] = told
        return found

    def _traits(self, notes: PartyNotes) -> _Traits:
        key = notes.key
        rank = self.ranked.get(key, 9)
        return _Traits(
            key in self.rule,
            key in self.subject,
            "side" if key in self.sides else "prin" if key in self.principals else "no",
            key.split(":")[0] if ":" in key else "name",
            str(rank) if rank < 3 else "3-4" if rank < 5 else "5+",
            notes.guarantor,
            _watches(key),
            tuple(name for who, name in self.speaks if who == key),
            key in self.resolver.last_subject,
            key in self.before,
            self.near.get(key, _NOWHERE),
        )

    def _of(self, key: str, traits: _Traits) -> Iterator[str]:
        context = f"{self.kind}|{self.subject_is}|{self.voice_of}"
        ruled, acts, table, sort = traits.ruled, traits.acts, traits.table, traits.sort
        yield from (f"rule={ruled}", f"rule={ruled}|{context}", f"rule={ruled}|n={min(len(self.rule), 3)}")
        yield from (f"subj={acts}", f"subj={acts}|rule={ruled}", f"subj={acts}|{context}")
        yield from (f"side={table}", f"side={table}|{context}")
        yield f"side={table}|rule={ruled}|none={not self.rule}"
        yield from (f"sort={sort}|{self.kind}", f"sort={sort}|side={table}")
        yield f"side={table}|coll={self.collective}|{self.subject_is}"
        yield from (f"side={table}|pron={self.pronoun}", f"side={table}|named={self.named}|{context}")
        place = traits.place
        yield from (f"rank={place}", f"rank={place}|{self.subject_is}", f"rank={place}|rule={ruled}")
        yield f"table={min(len(self.principals), 4)}|side={table}"
        if traits.guarantor:
            yield from ("guar", f"guar|{self.kind}")
        if traits.watches:
            yield from ("watch", f"watch|{self.kind}", f"watch|{context}")
        for where, mention in self.mentioned.get(key, ()):
            yield from self._mentioned(where, mention)
        seen = key in self.mentioned
        if not seen:
            yield from ("absent", f"absent|{context}", f"absent|side={table}")
            yield f"absent|coll={self.collective}|side={table}"
        for name in traits.speaks:
            yield from (name, f"{name}|{self.pronoun}", f"{name}|{self.subject_is}")
        last, previous = traits.last, traits.previous
        yield from (f"last={last}|{self.subject_is}|{self.pronoun}", f"last={last}|seen={seen}")
        yield from (f"prev={previous}", f"prev={previous}|{self.subject_is}|seen={seen}")
        yield f"prev={previous}|{self.pronoun}"
        for word in sorted(self.whole):
            yield f"whole={word}|side={table}|seen={seen}"

    def _near(self, traits: _Traits, seen: bool) -> list[str]:
        near, table, context = traits.near, traits.table, f"{self.subject_is}|{self.pronoun}"
        told: list[str] = []
        for name, value in (
            ("rank before", near.rank),
            ("far", near.far),
            ("opens", near.opens),
            ("above", near.above),
            ("words", near.words),
        ):
            told += (
                f"{name}={value}",
                f"{name}={value}|{context}",
                f"{name}={value}|seen={seen}",
                f"{name}={value}|rule={traits.ruled}",
                f"{name}={value}|side={table}",
                f"{name}={value}|{self.kind}",
            )
        verb = self.text.words[self.clause.verb].lemma
        told += (
            f"near={near.rank}|{near.opens}|{context}",
            f"near={near.far}|{near.opens}|{self.voice_of}|{context}",
            f"near={near.above}|{context}|rule={bool(self.rule)}",
            f"words={near.words}|{context}|rule={traits.ruled}",
            f"count={self.count}|side={table}|rule={traits.ruled}",
            f"head={self.head}|side={table}",
            f"head={self.head}|rule={traits.ruled}",
            f"verb={verb}|side={table}",
            f"mood={self.clause.modality}|side={table}|{self.subject_is}",
        )
        if traits.watches:
            told += (
                f"watch|opens={near.opens}|{context}",
                f"watch|near={near.rank}|{context}",
                f"watch|verb={verb}",
            )
        return told

    def _mentioned(self, where: str, mention: Mention) -> Iterator[str]:
        if where != "in":
            yield from (f"{where}|{mention.kind}", f"{where}|{self.subject_is}|{self.pronoun}")
            return
        ws, clause = self.text.words, self.clause
        top, own, case = self._tie(mention)
        left = "L" if mention.first < clause.verb else "R"
        inside = clause.subject is not None and clause.subject[0] <= mention.first < clause.subject[1]
        owner = mention.last < len(ws) and ws[mention.last].lower in ("'s", "'")
        yield from (f"tie={top}", f"tie={top}|{own}|{case}", f"tie={top}|{self.kind}|{self.voice_of}")
        yield from (f"case={case}|{self.kind}", f"case={case}|{left}", f"insubj={inside}|{own}")
        yield from (
            f"as={mention.kind}|{mention.head[:12]}",
            f"at={left}|{self.kind}",
            f"owner={owner}|{left}",
        )
        yield f"after={ws[mention.first - 1].lower if mention.first else ''}"

    def _tie(self, mention: Mention) -> tuple[str, str, str | None]:
        """How the parse ties a mention to the clause's verb: the relation at the verb, that of the mention
        itself, and its preposition."""
        ws = self.text.words
        inside = range(mention.first, mention.last)
        head = next((i for i in inside if ws[i].head not in inside or ws[i].head == i), mention.last - 1)
        near = range(max(self.clause.sentence.first, mention.first - 3), mention.first)
        case = next((ws[c].lower for c in near if ws[c].head == head and ws[c].dep == "case"), None)
        steps: list[str] = []
        at = head
        while at != self.clause.verb and len(steps) < _DEPTH and ws[at].head != at:
            steps.append(ws[at].dep)
            at = ws[at].head
        plain = [s for s in steps if s != "conj"]
        own = plain[0] if plain else "conj" if steps else "self"
        top = "off" if at != self.clause.verb else plain[-1] if plain else "conj" if steps else "self"
        return top, own, case
