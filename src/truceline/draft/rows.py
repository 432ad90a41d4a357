"""Rows of tables and of lists of limits: "Tanks | 100 mm and above | 15 km", "Tanks: 20 for each side"."""

from __future__ import annotations

import re

from truceline.draft.clause import Clause
from truceline.draft.measures import Count, number, number_pattern
from truceline.draft.rules.ceiling import distance
from truceline.draft.rules.kind import Kind, Things
from truceline.draft.text.document import Sentence, Text
from truceline.draft.things import weapons_in

_LIMITS = re.compile(
    r"\b(?:ceilings?|limits?|limited|maximum|at\s+most|no\s+more|not\s+exceed\w*|strengths?)\b", re.I
)
_MEN = re.compile(
    r"\b(?:troops|men|soldiers|personnel|police\w*|combatants|fighters|guards|officers)\b", re.I
)
_NUMBER = re.compile(
    rf"(?<![\w.])({number_pattern()})(?![\w.,]*\s*(?:km|kilomet|mm|m\b|met|mile|day|week|month))", re.I
)


def row_clauses(text: Text, sentence: Sentence) -> list[Clause] | None:
    """The clause of a table's row, put at the row's first sentence; None where the block is no row."""
    block = text.blocks[sentence.block]
    if block.rank != "row":
        return None
    indexes = text.block_sentences[sentence.block]
    if indexes[0] != sentence.index or block.lead is None:
        return []
    last = text.sentences[indexes[-1]].last
    while last > sentence.first + 1 and text.words[last - 1].text in (".", ";", "|"):
        last -= 1
    first = sentence.first
    return [Clause(sentence, first, first, first, last, "item", False, False, lead=block.lead)]


def row_kinds(clause: Clause, text: Text, things: Things) -> list[Kind] | None:
    """What a row lays down: how far a weapon leaves, or how many may stay. None where the clause is no row,
    an empty list where the row says neither."""
    index = clause.sentence.block
    block = text.blocks[index]
    if block.rank != "row" or block.lead is None or clause.modality != "item":
        return None
    norm = text.plain.norm
    start, end = text.words[clause.first].start, text.words[clause.last - 1].end
    weapons = weapons_in(norm, start, end, [c for c in things.calibres if start <= c.start < end])
    measured = distance([d for d in things.distances if start <= d.start < end])
    if weapons and measured is not None:
        return [Kind("weapons_withdrawal", tuple(weapons), measured)]
    heads = range(max(0, block.lead - 1), index)
    above = " ".join(
        norm[text.blocks[n].start : text.blocks[n].end]
        for n in heads
        if text.blocks[n].rank != "row" or text.blocks[n].heading
    )
    found = None
    for match in _NUMBER.finditer(norm, start, end):
        if match.start() > start + 3:
            found = match
    value = number(found.group(1)) if found else None
    if found is None or value is None or not _LIMITS.search(above):
        return []
    count = Count(found.start(1), found.end(1), value, limit=True)
    if weapons:
        return [Kind("ceiling", (weapons[0],), None, count, weapons[0].weapon_class)]
    if _MEN.search(norm[start:end]) or _MEN.search(above):
        return [Kind("ceiling", (), None, count, "personnel")]
    return []
