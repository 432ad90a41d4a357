"""Blocks of a text: paragraphs, headings, numbered items, and the lead-in that an item continues.

Official texts put who is bound into a lead-in ("The Parties shall:") and what they owe into items below it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

# "Article 3.", "1.", "2.1", "(a)", "iv)", "-", "*": what may stand before an item's words.
_MARKER = re.compile(
    r"""[ ]*(?:
        (?P<article>(?:Article|ARTICLE|Section|SECTION|Chapter|CHAPTER|Annex|ANNEX|Point|Paragraph
              |Phase|PHASE|Stage|Step|Clause|Art\.)
            [ ]+(?:\d{1,3}(?:\.\d{1,2})*|[IVXLC]{1,6}|[A-Z]|[Oo]ne
              |[Tt]wo|[Tt]hree|[Ff]our|[Ff]ive|[Ff]irst|[Ss]econd)\b[.:)]?)
        | (?P<number>(?:\(?\d{1,2}(?:\.\d{1,2}){0,3}(?:[.)]|(?<=\.\d)(?=[ ])|(?<=\.\d\d)(?=[ ]))
              |[A-Z]\.\d{1,2}(?:\.\d{1,2})?[.)]?(?=[ ]+[^|\s]))(?=[ ]|$))
        | (?P<roman>\(?(?:[ivx]{1,5}|[IVX]{1,5})[.)])(?=[ ])
        | (?P<letter>\(?[a-zA-Z]\))(?=[ ]) | (?P<capital>[A-HJ-Z]\.)(?=[ ][A-Z])
        | (?P<bullet>[*-]{1,2}(?=[ ]))
    )[ ]*(?:[-.:][ ]+)?""",
    re.VERBOSE,
)
# "Tanks | 20 | 15 km", "Tanks: 20 for each side": a row of a table.
_ROW = re.compile(r"[^\n]*\S[ ]*(?:\|[ ]*\S|:[ ]+(?:[a-z]+[ ]+){0,3}\d[\d, ]*(?:[ ]+[\w'-]+){0,5}[.;]?[ ]*$)")
# A lead-in that ends without its colon: "Each Party shall", "The Parties undertake to".
_OPEN = re.compile(
    r"\b(?:shall|will|must|to|undertakes?|obligation|obliged|not|agree|agreed|from)"
    r"(?:[ ]+(?:to|not[ ]to|that))?[ ]*-?$"
)
_POINTS = re.compile(r"\b(?:points|terms|provisions|elements|commitments)\b", re.IGNORECASE)
_RANK = ("article", "number", "roman", "letter", "capital", "bullet")


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph or item: norm offsets of its words (marker left out), and the lead-in block's index.

    `rank` is the kind of its marker, or None for a plain paragraph; `label` the marker's words.
    """

    start: int
    end: int
    rank: str | None
    label: str
    lead: int | None
    heading: bool


def _pieces(norm: str) -> list[tuple[int, int]]:
    lines: list[tuple[int, int]] = []
    position = 0
    for line in norm.split("\n"):
        lines.append((position, position + len(line)))
        position += len(line) + 1
    longest = max((len(norm[a:b].rstrip()) for a, b in lines), default=0)
    wrapped = 40 <= longest <= 130
    pieces: list[tuple[int, int]] = []
    open_start: int | None = None
    open_end = 0
    for a, b in lines:
        words = norm[a:b].strip()
        if not words:
            if open_start is not None:
                pieces.append((open_start, open_end))
            open_start = None
            continue
        if open_start is not None:
            before = norm[open_start:open_end].rstrip()
            last_line = before.rsplit("\n", 1)[-1]
            continues = not (_MARKER.match(norm, a, b) or "|" in words or "|" in last_line) and (
                (before[-1] not in ".!?:;\"'" and words[0].islower())
                or (wrapped and len(last_line.rstrip()) >= 0.72 * longest and before[-1] not in ":")
                or before[-1] in ",-("
            )
            if continues:
                open_end = b
                continue
            pieces.append((open_start, open_end))
        open_start, open_end = a, b
    if open_start is not None:
        pieces.append((open_start, open_end))
    return pieces


_DATELINE = re.compile(
    r"[ ]*(?:[A-Z][\w.'/]*(?:[ ][A-Z][\w.'/]*){0,3}(?:,[ ][A-Z][\w .]{0,25})?"
    r"(?:,[ ](?:[A-Z][a-z]{2,8}\.?[ ]\d{1,2}|"
    r"\d{1,2}[ ][A-Z][a-z]{2,8})(?:,?[ ]\d{4})?)?(?:[ ]?\([^)\n]{1,40}\))?[ ]?-[ ]+|"
    r"[A-Z][a-z]+-[ ]+)(?=[\"'A-Z])"
)


def _heads(rank: str | None, words: str) -> bool:
    if rank in (None, "article"):
        return _is_heading(words)
    return (
        rank not in ("bullet", "letter")
        and len(words.split()) <= 8
        and words[:1].isupper()
        and _is_heading(words)
    )


def _is_heading(words: str) -> bool:
    return (
        0 < len(words) <= 90
        and words[-1] not in ".!?;:,\"'"
        and not _ROW.match(words)
        and len(words.split()) <= 12
        and (words.isupper() or not re.search(r"\b(?:shall|will|must|agree[sd]?|is|are|was|were)\b", words))
    )


def blocks_of(norm: str) -> list[Block]:
    """The blocks of a normalised text in reading order."""
    blocks: list[Block] = []
    # Lead-ins that are still open, outermost first: (marker rank of the lead-in, rank of its items, index).
    leads: list[tuple[str | None, str | None, int]] = []
    for start, end in _pieces(norm):
        match = _MARKER.match(norm, start, end)
        rank, label, body = None, "", start
        if match is not None and match.end() <= end:
            rank = next(name for name in _RANK if match.group(name))
            label = match.group(rank).strip()
            body = match.end()
            # "(a)" within a run of "(i)" is told apart by its neighbours rarely enough to ignore.
            inner = _MARKER.match(norm, body, end)
            if rank == "article" and inner is not None and inner.lastgroup == "number":
                body = inner.end()
        if (match is None and not blocks) or (start < 300 and match is None and len(blocks) < 4):
            dateline = _DATELINE.match(norm, body, min(end, body + 90))
            if dateline is not None and end - dateline.end() > 60:
                blocks.append(Block(body, dateline.end(), None, "", None, heading=True))
                body = dateline.end()
        words = norm[body:end].strip()
        while leads:
            lead_rank, item_rank, index = leads[-1]
            if item_rank is None and (rank is not None or _continues(words)):
                leads[-1] = (lead_rank, rank or "plain", index)
                break
            if item_rank == (rank or "plain") and item_rank != lead_rank and (rank or _continues(words)):
                break
            leads.pop()
        lead = leads[-1][2] if leads else None
        if _ROW.match(words) and rank in (None, "number", "roman", "letter", "bullet"):
            before = next((n for n in range(len(blocks) - 1, -1, -1) if blocks[n].rank != "row"), None)
            blocks.append(
                Block(body, end, "row", label, before, heading="|" in words and not re.search(r"\d", words))
            )
            continue
        blocks.append(Block(body, end, rank, label, lead, heading=_heads(rank, words)))
        if words.endswith((":", ": -")) or (
            _POINTS.search(words) if blocks[-1].heading else _OPEN.search(words)
        ):
            leads.append((rank, None, len(blocks) - 1))
    return blocks


def _continues(words: str) -> bool:
    return bool(words) and (words[0].islower() or words.rstrip().endswith(";"))
