"""The reference page of the vocabulary, its mappings and the tables of precision, from the data files."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from truceline.accord.acts import families, label
from truceline.evidence.precision import tables
from truceline.evidence.vocabulary.mappings import SCHEMES, Target, kind_mapping

_INTRODUCTION = """\
# Vocabulary, mappings and precision

Written by `truceline.evidence.vocabulary.page` from the data files; a test fails where the page is out of
date (`pytest tests/unit/evidence/test_vocabulary_mappings.py --update-golden` renews it).

## Kinds

A provision's `acts` may name a kind or a family; a family stands for all of its kinds.
"""
_DIRECTION = {
    "acled": """\
In these types the first actor is taken as the active one, the second as the target: {}.
In all others both are kept as actors, because ACLED gives their order no meaning.""",
    "ucdp": """\
Only in type {} the first side is taken as the active one. In the others both sides are kept
as actors: UCDP codes who fought whom, not who began.""",
    "cameo": "CAMEO codes a source and a target actor, which are kept as such.",
}
_PLACES = """\

## How exactly a place is known

`error_m` is the radius around the coded point that is taken to hold the true place with 95%. A code for a
unit, a region or a country becomes an area of that size; where its polygon is known, give the polygon.

Radii called measured come from the boundaries of Syria (OCHA common operational data set): the radius around
the centroid of a unit that holds 95% of its area is 25 km in the median of 22 north-western districts and
below 49 km for nine in ten; 64 km in the median of the 14 governorates and below 127 km for nine in ten;
319 km for the country.
"""


def render_page() -> str:
    """The whole page as Markdown."""
    parts = [_INTRODUCTION]
    rows = [(family, f"`{kind}`", label(kind)) for family, kinds in families().items() for kind in kinds]
    parts.append(_table(("family", "kind", "in words"), rows))
    for scheme in SCHEMES:
        table = kind_mapping(scheme)
        parts.append(f"\n## {table.title}\n\nSource: {table.source}.\n")
        directed = ", ".join(sorted(table.directed))
        parts.append(_DIRECTION[scheme].format(directed) + "\n")
        parts.append(_table(("code", "kind", "note"), _targets(table.codes.items())))
        if table.event_types:
            parts.append("\nWhere no sub-event type is given, or an unknown one:\n")
            parts.append(_table(("event type", "kind", "note"), _targets(table.event_types.items())))
    parts += _precision()
    return "\n".join(parts).rstrip() + "\n"


def _targets(rows: Iterable[tuple[str, Target]]) -> list[tuple[str, ...]]:
    return [(code, f"`{target.kind}`", target.note or "") for code, target in rows]


def _precision() -> list[str]:
    data = tables()
    undeclared = data["undeclared"]
    parts = [_PLACES]
    for scheme in data["places"].values():
        parts.append(f"\n### {scheme['title']}\n\nSource: {scheme['source']}.\n")
        rows = [
            (code, row["means"], f"{row['error_m']:,}", row["why"]) for code, row in scheme["codes"].items()
        ]
        parts.append(_table(("code", "means", "error_m", "why"), rows))
    parts.append(f"\n### No code and no error\n\n{undeclared['error_m']:,} m: {undeclared['why']}.\n")
    parts.append("\n## How exactly a day is known\n")
    for scheme in data["dates"].values():
        parts.append(f"\n### {scheme['title']}\n\nSource: {scheme['source']}.\n")
        rows = [(code, row["means"], _widening(row), row["why"]) for code, row in scheme["codes"].items()]
        parts.append(_table(("code", "means", "interval", "why"), rows))
    return parts


def _widening(row: dict[str, object]) -> str:
    if row.get("within"):
        return f"the calendar {row['within']}"
    if row.get("single_day_pad"):
        return f"as coded; a single day ± {row['single_day_pad']} days"
    return f"as coded ± {row['pad_days']} days" if row["pad_days"] else "as coded"


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    lines += ["| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |" for row in rows]
    return "\n".join(lines)
