"""What the judge is told of a clause's words and of what stands over it and around it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from truceline.draft.clause import COMMIT, SPEECH, Clause
from truceline.draft.judging.vectors import family
from truceline.draft.lexicon.load import words
from truceline.draft.text.document import Text

_ASKING = words("frames", "asking") | words("frames", "asking_nouns")
_PAPERS = words("frames", "agreement_nouns")


def worded(clause: Clause, text: Text) -> Iterator[str]:
    """The clause's words and what stands around it, by themselves and by their families of like words."""
    ws = text.words
    verb, sentence = ws[clause.verb], clause.sentence
    of_verb = family(verb.lower)
    yield f"verb ~{of_verb}"
    own = ws[clause.first : clause.last]
    for word in own:
        if word.tag[:1] in "NJV":
            yield f"has ~{family(word.lower)}"
    for child in text.children[clause.verb]:
        dep = ws[child].dep[:5]
        if ws[child].dep in ("obj", "nsubj", "nsubj:pass", "xcomp") or dep.startswith("obl"):
            yield f"{dep} ~{family(ws[child].lower)}"
            yield f"verb ~{of_verb} {dep} ~{family(ws[child].lower)}"
            yield f"verb {verb.lemma} {dep} {ws[child].lemma}"
    for one, other in pairwise(own):
        yield f"pair {one.lemma} {other.lemma}"
    yield f"before {ws[clause.first - 1].lower if clause.first > sentence.first else '^'}"
    before = ws[max(sentence.first, clause.first - 2) : clause.first]
    yield f"before {' '.join(w.lower for w in before)}|"
    yield f"after {ws[clause.last].lower if clause.last < sentence.last else '$'}"
    yield f"opens {ws[clause.first].lower}"
    for word in ws[sentence.first : clause.first]:
        if word.tag[:2] in ("VB", "MD"):
            yield f"earlier {word.lemma}"
    yield f"at {min(3, clause.first - sentence.first)}"


def around(clause: Clause, text: Text) -> Iterator[str]:
    """What the clause stands under and beside: the heading, the words that lead in, the sentence before, and
    the rest of its own sentence."""
    ws, sentence = text.words, clause.sentence
    block = text.blocks[sentence.block]
    above = next(
        (n for n in range(sentence.block - 1, max(-1, sentence.block - 12), -1) if text.blocks[n].heading),
        None,
    )
    if above is not None:
        yield from _nouns("heading", text, text.block_sentences.get(above, [])[:1])
    if block.lead is not None:
        yield from _nouns("lead", text, text.block_sentences.get(block.lead, [])[-1:])
    peers = text.block_sentences.get(sentence.block, [])
    yield f"place {min(sentence.index - peers[0], 3) if peers else 0} of {min(len(peers), 4)}"
    if sentence.index in peers[1:]:
        yield from _nouns("previous", text, [sentence.index - 1])
    for word in (*ws[sentence.first : clause.first], *ws[clause.last : sentence.last]):
        if word.tag[:1] in "NV":
            yield f"beside {word.lemma}"
            yield f"beside ~{family(word.lower)}"
    opening = ws[sentence.first : sentence.first + 2]
    yield f"sentence {' '.join(w.lower for w in opening)}"


def _nouns(name: str, text: Text, sentences: list[int]) -> Iterator[str]:
    for n in sentences:
        for word in text.of(text.sentences[n]):
            if word.tag[:1] in "NV":
                yield f"{name} {word.lemma}"
                yield f"{name} ~{family(word.lower)}"


def above(clause: Clause, text: Text) -> Iterator[str]:
    """What stands over the clause: who says, asks, agrees or denies it."""
    ws = text.words
    i = clause.verb
    depth = 0
    found = False
    while ws[i].head not in (i, -1) and depth < 6:
        relation = ws[i].dep
        i = ws[i].head
        depth += 1
        word = ws[i]
        if relation in ("conj", "parataxis") and word.tag.startswith("VB"):
            continue
        for name, lemmas in (
            ("asking", _ASKING),
            ("speech", SPEECH),
            ("commit", COMMIT),
            ("paper", _PAPERS),
        ):
            if word.lemma in lemmas:
                yield f"over {name}"
                yield f"over {name} {clause.modality}"
        if depth <= 2:
            yield f"over {word.lemma} {relation}"
            found = True
        if any(ws[c].lemma in ("not", "n't", "never", "no") for c in text.children[i]):
            yield "over not"
    if not found:
        yield "over nothing"
