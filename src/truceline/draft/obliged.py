"""Whom a provision binds, by its kind: who withdraws, patrols, verifies, agreed on a zone."""

from __future__ import annotations

import re

from truceline.draft.bound import Resolver
from truceline.draft.clause import Clause
from truceline.draft.lexicon.load import among, words
from truceline.draft.text.document import Text

_OF_THE_MEN = words("bound", "of_the_men")


def obliged(
    kind: str, clause: Clause, subject: tuple[str, ...], voice: str | None, text: Text, resolver: Resolver
) -> tuple[str, ...]:
    """The parties that a provision of this kind binds; empty where the words do not say."""
    if not subject and text.blocks[clause.sentence.block].rank == "row":
        # "Emirate of Hadd: 24 tubes" binds the one it names; other rows hold for all who agreed.
        owner = next((m for m in resolver.within(clause.first, clause.last) if m.kind == "party"), None)
        return resolver.of_mention(owner) if owner is not None else resolver.sides()
    if kind in among(
        "weapons_withdrawal forces_withdrawal zone routes other restriction ceiling cessation"
    ) and (clause.passive or clause.modality == "ban"):
        agent = resolver.agent(clause, voice)
        if agent:
            return agent
        if clause.commit is not None and subject:
            return subject
        if kind in ("weapons_withdrawal", "forces_withdrawal"):
            if subject and (
                kind == "forces_withdrawal" or text.words[clause.verb].lemma in _OF_THE_MEN - {"withdraw"}
            ):
                return subject
            return (
                resolver.owners(clause.first, clause.last, voice)
                or resolver.possessor(clause)
                or (resolver.sides() if kind == "weapons_withdrawal" else ())
            )
        if kind == "cessation":
            return resolver.owners(clause.first, clause.head, voice) or resolver.sides()
        if subject and text.words[clause.verb].lemma in _OF_THE_MEN and clause.modality != "ban":
            return subject
        return resolver.sides()
    if kind == "cessation" and not subject:
        named = _between(clause, voice, text, resolver) or resolver.agent(clause, voice)
        own = text.raw(clause.first, clause.last)
        if (
            not named
            and re.search(
                (
                    r"\b(?:guns|shooting|fighting|shelling|ceasefire|cease-fire|truce|"
                    r"hostilities|both|mutual\w*|weapons)\b"
                ),
                own,
                re.IGNORECASE,
            )
            and not re.search(r"\bagainst\b", own)
        ):
            # A silence of arms binds those who agreed on it.
            return resolver.sides()
        return named
    if kind == "zone":
        if clause.commit is not None or (
            subject and not clause.passive and text.words[clause.verb].lemma != "be"
        ):
            return _last_forces(clause, voice, text, resolver) or subject
        return _last_forces(clause, voice, text, resolver)
    if kind in ("weapons_withdrawal", "forces_withdrawal", "patrols") and not subject:
        return resolver.agent(clause, voice) or resolver.owners(clause.first, clause.last, voice)
    if (
        kind == "routes"
        and clause.commit is None
        and re.search(
            r"\b(?:link|connect|join|between|from|road|route|highway|traffic)\w*\b",
            text.raw(clause.first, clause.head),
            re.IGNORECASE,
        )
    ):
        return resolver.agent(clause, voice)
    if kind == "verification" and clause.passive:
        return (
            resolver.agent(clause, voice)
            or resolver.owners(clause.first, clause.head, voice)
            or (subject if text.words[clause.verb].lemma in ("deploy", "send", "station") else ())
        )
    return subject


def _last_forces(clause: Clause, voice: str | None, text: Text, resolver: Resolver) -> tuple[str, ...]:
    """ "has to stay free of Yugoslav army units": whose forces must stay out."""
    own = text.raw(clause.verb, clause.last)
    match = re.search(r"\b(?:free|clear|empty)\s+of\b", own)
    if match is None:
        return ()
    start = text.words[clause.verb].start
    first = text.word_from(start + match.end())
    keys: list[str] = []
    for mention in resolver.within(first, clause.last):
        keys += resolver.of_mention(mention, voice)
    return tuple(dict.fromkeys(keys))


def _between(clause: Clause, voice: str | None, text: Text, resolver: Resolver) -> tuple[str, ...]:
    ws = text.words
    for mention in resolver.within(clause.first, clause.last):
        i = mention.first - 1
        if i >= clause.first and ws[i].lower == "the":
            i -= 1
        if i >= clause.first and ws[i].lower == "between":
            return resolver._with_joined(mention, clause.last, voice)
    return ()


def together_with(clause: Clause, voice: str | None, text: Text, resolver: Resolver) -> tuple[str, ...]:
    """ "In coordination with X": X is bound as well."""
    ws = text.words
    for mention in resolver.within(clause.first, clause.last):
        i = mention.first - 1
        if i >= 1 and ws[i].lower == "the":
            i -= 1
        if (
            i >= 1
            and ws[i].lower == "with"
            and ws[i - 1].lower in among("together jointly along coordination cooperation")
        ):
            return resolver._with_joined(mention, clause.last, voice)
    return ()


def included(clause: Clause, voice: str | None, text: Text, resolver: Resolver) -> tuple[str, ...]:
    """ "all radical fighters, including the X", "among them the Y": named members are bound as well."""
    ws = text.words
    keys: list[str] = []
    for mention in resolver.within(clause.first, clause.sentence.last):
        if mention.kind != "party":
            continue
        before = " ".join(w.lower for w in ws[max(clause.first, mention.first - 5) : mention.first])
        if re.search(
            (
                r"(?:\bincluding|\bamong\s+them(?:\s+\w+)*|\bnamely|\bsuch\s+as|"
                r"\bin\s+particular|\bcounted|\bnotably)(?:\s+the)?\s*,?$"
            ),
            before,
        ):
            keys += resolver.of_mention(mention, voice)
    return tuple(keys)
