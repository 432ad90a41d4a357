"""Patrols, and where monitors were refused: freedom of movement."""

from __future__ import annotations

from truceline.products.mission.blocks import Block, Cell, Column, Heading, Paragraph, Table
from truceline.products.mission.voice import Voice


def movement(voice: Voice) -> list[Block]:
    """The section."""
    blocks: list[Block] = [
        Heading(1, voice.say("section-movement"), "movement"),
        Paragraph(voice.say("patrols-hint"), "note"),
    ]
    if voice.facts.patrols:
        blocks.append(_patrols(voice))
    else:
        blocks.append(Paragraph(voice.say("none-in-period")))
    if voice.facts.restricted:
        blocks.append(_access(voice))
    else:
        blocks.append(Paragraph(voice.say("access-none")))
    return blocks


def _patrols(voice: Voice) -> Table:
    names = ("reported", "announced", "refused")
    rows = []
    for one in voice.facts.patrols:
        base = f"patrols/{one.party or 'unnamed'}"
        cells = [voice.number(getattr(one, name), f"{base}/{name}") for name in names]
        rows.append((Cell(voice.party(one.party)), *cells, voice.ref(f"{base}/reported")))
    columns = (
        Column(voice.say("column-party"), share=3),
        *(Column(voice.say(f"column-{name}"), "end", 2) for name in names),
        Column(voice.say("column-ref"), share=3),
    )
    return Table(voice.say("patrols-table"), columns, tuple(rows))


def _access(voice: Voice) -> Table:
    rows = tuple(
        (
            Cell(voice.w.number(one.number)),
            Cell(voice.when(one.when)),
            Cell(voice.kind(one.kind)),
            Cell(one.place or voice.say("place-none")),
            Cell(voice.parties(one.by) if one.by else voice.w.say("nobody")),
            voice.ref(one.observation),
        )
        for one in voice.facts.restricted
    )
    columns = (
        Column(voice.say("column-number"), "end", 2),
        Column(voice.say("column-when"), share=6),
        Column(voice.say("column-what"), share=7),
        Column(voice.say("column-where"), share=6),
        Column(voice.say("column-by"), share=6),
        Column(voice.say("column-ref"), share=7),
    )
    return Table(voice.say("access-table"), columns, rows, small=True)
