"""Who is at the table: the parties that "both sides" means, weighed by what the whole text tells of each.

A logistic regression, learnt from whom annotated provisions of "each side" bind (``table.npz``). The rules'
answer (`truceline.draft.principals`) is one thing told among others.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping

from truceline.draft.judging.in_use import InUse
from truceline.draft.judging.logistic import Weights, weights_from
from truceline.draft.lexicon.load import among, words
from truceline.draft.parties.mentions import FORCES, Mention
from truceline.draft.parties.registry import PartyNotes
from truceline.draft.principals import Principals

TABLE: InUse[Weights] = InUse("table.npz", weights_from)

LIKELY = 0.5  # who is at least this probable is at the table; chosen by cross-validation
SECOND = 0.2  # where fewer than two are, the likeliest above this come in

_AGREE = words("recognise", "agree_verbs") | among("reach settle put meet seal strike")
_MODALS = among("shall will must would are is may undertakes agrees")
_BODY = re.compile(
    r"\b(?:mission|observers?|committee|commission|monitor\w*|united nations|un|osce|centre|office|council|"
    r"cell|board|team|force|union|group|red cross|court)\b"
)
_THIRD = re.compile(
    r"\b(?:broker\w*|mediat\w*|host\w*|facilitat\w*|guarant\w*|witness\w*|observ\w*|monitor\w*|verif\w*|"
    r"chair\w*|supervis\w*|auspices|thank\w*|welcom\w*)\b"
)
_MOST = 6


def at_the_table(told: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """The parties that are probably at the table, the likeliest first."""
    weights = TABLE.get()
    chances = {key: weights.chance(names) for key, names in told.items()}
    ranked = sorted(chances, key=lambda key: -chances[key])
    chosen = [key for key in ranked if chances[key] >= LIKELY][:_MOST]
    if len(chosen) < 2:
        chosen = [key for key in ranked[:2] if chances[key] >= SECOND]
    return tuple(chosen)


def told_of_table(
    resolver: Principals, acts: Mapping[str, float], named: Mapping[str, float]
) -> dict[str, tuple[str, ...]]:
    """What is told of every party of the text. `acts` and `named` have, for each party, the sum of the
    probabilities of the binding clauses whose subject it is, and of those that name it."""
    mentions: dict[str, list[Mention]] = {}
    for mention in resolver.mentions:
        if mention.kind in ("party", "person", "place"):
            for key in mention.keys:
                mentions.setdefault(resolver.resolve(key), []).append(mention)
    counts = Counter({key: len(found) for key, found in mentions.items()})
    ranks = {key: n for n, (key, _) in enumerate(counts.most_common())}
    acting = {key: n for n, key in enumerate(sorted(acts, key=lambda k: -acts[k]))}
    out = {}
    for notes in resolver.reader.registry.all():
        found = mentions.get(notes.key, [])
        told = _told(resolver, notes, found, acts.get(notes.key, 0.0), named.get(notes.key, 0.0))
        rank, act = ranks.get(notes.key, 9), acting.get(notes.key, 9)
        out[notes.key] = (
            *told, f"rank {min(rank, 5)}", f"acting {min(act, 4)}", f"rank {min(rank, 3)} {min(act, 3)}",
        )  # fmt: skip
    return out


def _told(
    resolver: Principals, notes: PartyNotes, found: list[Mention], acts: float, named: float
) -> Iterator[str]:
    key = notes.key
    sort = key.split(":")[0]
    written = resolver.written
    rule = f"rule {key in written} of {min(len(written), 3)}"
    yield rule
    yield f"{rule} {sort}"
    yield f"sort {sort}"
    yield f"negotiated {key in resolver.negotiated} {sort}"
    yield f"acts {min(int(acts + 0.5), 5)} {sort}"
    yield f"acts {min(int(acts + 0.5), 5)} {rule}"
    yield f"named {min(int(named / 2 + 0.5), 5)}"
    watches = bool(_BODY.search(key.lower()))
    yield f"watches {watches} {sort}"
    yield f"watches {watches} {rule}"
    for word in re.split(r"[\s:]+", key.lower())[1:]:
        yield f"in name {word}"
    if notes.guarantor:
        yield "guarantor"
    yield f"aliases {min(len(notes.aliases), 2)} {sort}"
    yield f"mentions {min(len(found), 6) // 2}"
    sums: Counter[str] = Counter(name for mention in found for name in _mentioned(resolver, mention))
    for name, count in sums.items():
        yield name
        if count > 1:
            yield f"{name} again"
        if 2 * count >= len(found):
            yield f"{name} mostly"
    if found:
        sentence = resolver.text.sentence_at(found[0].first)
        yield f"first {min(sentence.index, 4)}"


def _mentioned(resolver: Principals, mention: Mention) -> Iterator[str]:
    text = resolver.text
    ws = text.words
    sentence = text.sentence_at(mention.first)
    yield f"as {mention.kind} {mention.head if len(mention.head) < 8 else ''}"
    start = mention.first - (mention.first > sentence.first and ws[mention.first - 1].lower == "the")
    before = ws[start - 1].lower if start > sentence.first else "^"
    after = ws[mention.last].lower if mention.last < sentence.last else "$"
    if before in among("^ between and of by with from against in to both for on"):
        yield f"before {before}"
    if after in among("and , ( $ 's of shall will must agreed said"):
        yield f"after {after}"
    if mention.last < sentence.last and ws[mention.last].lemma in _AGREE:
        yield "agrees"
    if after in _MODALS:
        yield "modal"
    if ws[mention.last - 1].lemma in FORCES:
        yield "forces"
    if text.blocks[sentence.block].heading:
        yield "in heading"
    lead = " ".join(w.lower for w in ws[max(sentence.first, mention.first - 8) : mention.first])
    tail = " ".join(w.lower for w in ws[mention.last : min(sentence.last, mention.last + 6)])
    if _THIRD.search(lead):
        yield "third before"
    if _THIRD.search(tail):
        yield "third after"
    if "between" in lead:
        yield "between"
    if "sign" in lead + tail or "represented" in tail or "hereinafter" in tail:
        yield "signs"
    joined = [
        m for m in resolver.within(sentence.first, sentence.last)
        if m is not mention and m.kind == "party"
        and (0 <= m.first - mention.last <= 3 or 0 <= mention.first - m.last <= 3)
    ]  # fmt: skip
    if joined:
        yield "joined"
        if any(resolver.resolve(k) in resolver.written for m in joined for k in m.keys):
            yield "joined with one who agreed"
