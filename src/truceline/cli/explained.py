"""An explanation on the terminal: the same document as with ``--json``, told in order."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from rich.markup import escape
from rich.table import Table

from truceline.cli.output import stdout

SHOWN = 10


def show_explained(document: dict[str, Any]) -> None:
    """Prints what `truceline.assess.explain.explain` gives."""
    if document["type"] == "obligation":
        _obligation(document)
        return
    stdout.print(f"[bold]{escape(document['id'])}[/bold] ({document['type']})", soft_wrap=True)
    for name, value in document.items():
        if name not in ("id", "type"):
            _value(name, value, 0)


def _obligation(document: dict[str, Any]) -> None:
    verdict, provision = document["verdict"], document["provision"]
    line(f"[bold]{escape(provision['title'])}[/bold] [dim]{escape(document['id'])}[/dim]")
    line(
        f"{verdict['status'].replace('_', ' ')}, probability {verdict['probability']:.2f} "
        f"({verdict['proposition']}); fulfilled {verdict['p_fulfilled']:.2f}, "
        f"breached {verdict['p_breached']:.2f}; finding: {verdict['finding']}"
    )
    _heading("The text")
    for quote in provision["quotes"]:
        said = f", said by {quote['speaker']}" if "speaker" in quote else ""
        line(
            escape(f"“{quote['exact']}” ({quote['source']} {quote['start']}-{quote['end']}{said})"), indent=2
        )
    _heading("Because")
    for sentence in verdict["because"]:
        line(escape(sentence), indent=2)
    _heading(f"The rule ({document['rule']['ruleset']})")
    line(escape(document["rule"]["method"]), indent=2)
    line(escape(document["rule"]["formula"]), indent=2)
    _heading("What went in")
    for name, value in document["inputs"].items():
        if value is not None:
            line(f"{name.replace('_', ' ')}: {escape(str(value))}", indent=2)
    if document["evidence"]:
        _evidence(document["evidence"])
    for part in verdict["parts"]:
        line(escape(f"{part['id']}: {part['status'].replace('_', ' ')}, {part['probability']:.2f}"), indent=2)
    if document["corrections"]:
        _heading("Corrections and objections")
        for one in document["corrections"]:
            whose = f" of {one['party']}" if one["party"] else ""
            told = f"{one['id']} ({one['recorded_at'][:10]}), {one['act']}{whose}, {one['target']}"
            line(escape(f"{told}: {one['reason']}"), indent=2)
    for one in document["reading_dependent"]:
        line(f"Depends on how the text is read: {escape(one['interpretation'])}. {escape(one['question'])}")


def _evidence(rows: list[dict[str, Any]]) -> None:
    _heading("Evidence, the strongest first")
    table = Table("", "report", "factors multiplied out", "original", show_lines=True)
    for row in rows[:SHOWN]:
        head = f"{row.get('occurred_from', '')[:10]} {row.get('kind', '')} {row.get('place') or ''}"
        words = row.get("report") or row.get("quote") or ""
        told = "\n".join([row["observation"], head, words, row.get("source", "")])
        if row.get("synthetic"):
            told += "\n(synthetic)"
        place = f"{row.get('origin_file', '')} row {row.get('origin_row', '')}"
        original = f"{place}\n{row.get('origin_sha256', '')[:12]}"
        sign = "against" if row["against"] else "for"
        table.add_row(sign, escape(told), escape(row["product"]), escape(original))
    stdout.print(table)
    if len(rows) > SHOWN:
        line(f"and {len(rows) - SHOWN} more; --json lists them")


def _heading(text: str) -> None:
    stdout.print(f"\n[underline]{escape(text)}[/underline]")


def line(markup: str, *, indent: int = 0) -> None:
    """One paragraph of rich markup, wrapped by the terminal."""
    stdout.print(" " * indent + markup, soft_wrap=True)


def _value(name: str, value: Any, indent: int) -> None:
    label = escape(str(name).replace("_", " "))
    if isinstance(value, dict):
        line(f"{label}:", indent=indent)
        for key, item in value.items():
            _value(key, item, indent + 2)
    elif isinstance(value, list) and value and isinstance(value[0], dict):
        line(f"{label}:", indent=indent)
        for item in value[:SHOWN]:
            line("- " + "; ".join(_pairs(item)), indent=indent + 2)
        if len(value) > SHOWN:
            line(f"and {len(value) - SHOWN} more; --json lists them", indent=indent + 2)
    elif isinstance(value, list):
        line(f"{label}: {escape(', '.join(str(item) for item in value)) or 'none'}", indent=indent)
    elif value is not None:
        line(f"{label}: {escape(str(value))}", indent=indent)


def _pairs(item: dict[str, Any]) -> Iterator[str]:
    for key, value in item.items():
        if isinstance(value, dict):
            inner = ", ".join(f"{name} {one}" for name, one in value.items())
            yield escape(f"{key.replace('_', ' ')}: {inner}")
        elif value not in (None, [], ""):
            yield escape(f"{key.replace('_', ' ')}: {value}")
