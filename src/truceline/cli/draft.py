"""``truceline draft``: from the text of an agreement, or a report of one, to a draft accord."""

from __future__ import annotations

import datetime as dt
import sys
from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.markup import escape
from rich.table import Table

from truceline.cli.output import Json, print_json, reports_errors, say, stdout
from truceline.core.errors import InvalidInput
from truceline.draft.documents import DocumentText, read_bytes, read_document
from truceline.draft.drafting import DraftDocument, draft_text
from truceline.draft.save import save_draft

app = typer.Typer()


class Backend(StrEnum):
    """What reads the text."""

    RULES = "rules"
    LLM = "llm"


@app.command()
@reports_errors
def draft(
    text: Annotated[
        str, typer.Argument(metavar="TEXT", help="Plain text, HTML, PDF or DOCX; - reads standard input.")
    ],
    published: Annotated[
        str | None,
        typer.Option(
            "--published", metavar="DATE", help="The day on which the text appeared, as 2018-09-18."
        ),
    ] = None,
    language: Annotated[
        str | None, typer.Option("--language", help="The text's language; the rules read English only.")
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", metavar="FILE", help="Write the accord here, and the text beside it."),
    ] = None,
    backend: Annotated[
        Backend, typer.Option("--backend", help="rules (offline) or llm (a configured language model).")
    ] = Backend.RULES,
    llm_url: Annotated[
        str | None, typer.Option("--llm-url", envvar="TRUCELINE_LLM_URL", help="OpenAI-compatible endpoint.")
    ] = None,
    llm_model: Annotated[
        str | None, typer.Option("--llm-model", envvar="TRUCELINE_LLM_MODEL", help="The model's name.")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace files that are there.")] = False,
    as_json: Json = False,
) -> None:
    """Drafts an accord from a text: provisions with their quotes, statements, and questions left open.

    Example: `truceline draft announcement.txt --published 2018-09-18 -o accord.yaml`
    """
    day = _day(published)
    document, name = _read(text)
    if backend is Backend.LLM:
        from truceline.draft.llm import Endpoint, draft_with_model

        drafted = draft_with_model(
            document.text,
            Endpoint.configured(url=llm_url, model=llm_model),
            published=day,
            language=language,
            source_name=name,
            title=document.title,
        )
    else:
        drafted = draft_text(
            document.text, published=day, language=language, source_name=name, title=document.title
        )
    if output is not None:
        files = save_draft(drafted, output, overwrite=force)
        drafted = replace(drafted, accord=files.accord)
        say(f"wrote {files.accord_file} and its text {files.text_file}")
    for note in drafted.notes:
        say(f"note: {note}")
    if as_json:
        print_json(drafted.to_json())
        return
    _show(drafted)


def _day(published: str | None) -> dt.date | None:
    if published is None:
        return None
    try:
        return dt.date.fromisoformat(published)
    except ValueError as error:
        raise InvalidInput(
            f"--published: found {published!r}; accepted: a date such as 2018-09-18"
        ) from error


def _read(text: str) -> tuple[DocumentText, str]:
    if text == "-":
        return read_bytes(sys.stdin.buffer.read(), "standard input"), "text"
    return read_document(text), Path(text).name


def _show(drafted: DraftDocument) -> None:
    data = drafted.to_json()
    stdout.print(f"[bold]{escape(data['accord']['title']['en'])}[/bold]")
    stdout.print(
        f"{len(data['provisions'])} provisions, {len(data['parties'])} parties, "
        f"{len(data['statements'])} statements, {len(data['questions'])} questions"
    )
    if data["provisions"]:
        table = Table("Id", "Binds", "When", "What", "Quote", show_lines=True)
        for item in data["provisions"]:
            quotes = "\n".join(_quoted(quote) for quote in item["quotes"])
            table.add_row(
                escape(item["id"]), escape(", ".join(item["parties"]) or "?"), escape(_when(item)),
                escape(_what(item)), escape(quotes),
            )  # fmt: skip
        stdout.print(table)
    if data["statements"]:
        table = Table("Who", "Stance", "Said, and obliges nobody", show_lines=True)
        for item in data["statements"]:
            table.add_row(escape(item["speaker"]), item["stance"], escape(_quoted(item["quote"])))
        stdout.print(table)
    if data["questions"]:
        table = Table("Provision", "Field", "What the text leaves open")
        for item in data["questions"]:
            table.add_row(escape(item.get("provision", "")), escape(item["field"]), escape(item["why"]))
        stdout.print(table)


def _quoted(quote: dict[str, Any]) -> str:
    words = " ".join(quote["exact"].split())
    return f"{words} ({quote['speaker']})" if quote.get("speaker") else words


def _when(item: dict[str, Any]) -> str:
    parts = []
    for name in ("from", "due", "until"):
        value = item.get(name)
        if value is None or (name == "from" and item["kind"] == "routes"):
            continue
        if isinstance(value, dict):
            value = value.get("text") or value.get("date") or value.get("after")
        parts.append(f"{name} {value}" if name != "due" else str(value))
    return "; ".join(parts)


def _what(item: dict[str, Any]) -> str:
    parts = []
    for field in ("width_m", "distance_m"):
        if field in item:
            ends = [f"{item[field][end] / 1000:g}" for end in ("min", "max") if end in item[field]]
            parts.append("-".join(dict.fromkeys(ends)) + " km")
    parts += [
        w["class"] + (f" from {w['calibre_mm']['min']:g} mm" if "min" in w.get("calibre_mm", {}) else "")
        for w in item.get("weapons", [])
    ]
    parts += [str(item[field]) for field in ("mode", "road") if field in item]
    if item["kind"] == "routes":
        parts.append(f"{item.get('from', '?')} - {item.get('to', '?')}")
    if item["kind"] == "ceiling":
        parts.append(f"at most {item['maximum']:g} {item['class']['class']}")
    parts += [f"{name}: {item[name]}" for name in ("zone", "place", "area", "condition") if name in item]
    return "\n".join(parts)
