"""Items of a list that continue a lead-in ("The Parties shall:"), and plain-tense clauses of official
texts."""

from __future__ import annotations

import re
from dataclasses import replace

from truceline.draft.clause import ACTS, Clause
from truceline.draft.lexicon.load import among, expression
from truceline.draft.rows import row_clauses
from truceline.draft.text.document import Sentence, Text

_LEAD = expression("items", "lead")
_LISTED = re.compile(r"\b(?:listed|following|below|stated|specified|set\s+out)\b", re.IGNORECASE)
NOT_AGREED = re.compile(
    r"\b(?:demand|propos|offer|request|urg|reject|want|draft|violat|accus|disput|fail|unresolved|open\s+questions?)\w*\b"
    r"|\bnot\s+(?:been\s+)?(?:agreed|settled|resolved)\b|\bdoes\s+not\b|\bno\s+agreement\b|\bcall(?:s|ed)?\s+on\b",
    re.IGNORECASE,
)
# Verbs and nouns without a tense: what an item of a list begins with.
_BARE = among("bare nominal participle commit")


def item_clauses(
    text: Text,
    sentence: Sentence,
    found: list[Clause],
    official: bool,
) -> list[Clause]:
    """The clauses of a sentence, with the one that a lead-in makes of an item put first."""
    block = text.blocks[sentence.block]
    rows = row_clauses(text, sentence)
    if rows is not None:
        return rows
    in_block = text.block_sentences.get(sentence.block, [])
    first_of_block = bool(in_block) and in_block[0] == sentence.index
    if block.lead is not None and first_of_block:
        lead = text.blocks[block.lead]
        words = text.plain.norm[lead.start : lead.end].strip()
        match = None if NOT_AGREED.search(words) else _LEAD.search(words)
        bare = [c for c in found if c.modality in _BARE and c.subject is None][:1]
        early = [
            c
            for c in found
            if c not in bare
            and c.head - sentence.first < 25
            and c.marker not in among("which who if when where until once that whose")
        ]
        rest = [c for c in found if c not in bare]
        listed = _LISTED.search(words) is not None and not NOT_AGREED.search(words)
        if not early and (match is not None or listed):
            negative = bool(re.search(r"\b(?:refrain|not)\b[^:]{0,40}$", words))
            clause = _item(text, sentence, block.lead, negative=negative)
            if bare and clause is not None:
                clause = replace(
                    clause, first=bare[0].first, verb=max(bare[0].verb, bare[0].first), last=bare[0].last,
                    negated=negative or bare[0].negated,
                )  # fmt: skip
            if clause is not None:
                return [replace(clause, last=_trim(text, clause)), *rest]
    if (
        not found
        and block.rank is not None
        and first_of_block
        and official
        and not block.heading
        and (sentence.last - sentence.first > 6 or len(in_block) == 1)
    ):
        clause = _item(text, sentence, None, negative=False)
        if clause is not None and text.words[clause.verb].lemma in ACTS:
            return [replace(clause, last=_trim(text, clause))]
    return found


def _item(text: Text, sentence: Sentence, lead: int | None, *, negative: bool) -> Clause | None:
    ws = text.words
    verb = sentence.first
    while verb < sentence.last and (
        ws[verb].lower in among("to not that the a an immediately jointly both all also and fully")
        or ws[verb].lower.endswith("ly")
    ):
        if ws[verb].lower == "not":
            negative = True
        verb += 1
    if (
        verb >= sentence.last
        or not ws[verb].text[:1].isalnum()
        or ws[verb].lower in among("this that these those it they there such")
    ):
        return None
    return Clause(
        sentence, sentence.first, sentence.first, verb, sentence.last, "item", negative, False, lead=lead
    )


def _trim(text: Text, clause: Clause) -> int:
    last = clause.last
    while last > clause.verb + 1 and text.words[last - 1].text in (".", ",", ";", "and"):
        last -= 1
    return last
