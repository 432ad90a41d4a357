"""``truceline validate``, ``diff`` and ``schema``: the accord file by itself."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.markup import escape

from truceline.accord.diff import AccordDiff, FieldChange, diff
from truceline.accord.lint import errors_among, lint, warnings_among
from truceline.accord.load import load_accord, load_document
from truceline.accord.model import Accord
from truceline.accord.schema import published_schema
from truceline.cli.output import EXIT_BAD_INPUT, Json, print_json, reports_errors, say, stdout
from truceline.core.errors import Fault, InvalidAccord

app = typer.Typer()

AccordFile = Annotated[Path, typer.Argument(metavar="ACCORD", help="An accord file (YAML or JSON).")]


@app.command()
@reports_errors
def validate(accord: AccordFile, as_json: Json = False) -> None:
    """Checks an accord: its form, and everything that must agree in it.

    Reports all faults at once, each with its line: references that do not resolve, deadlines before the
    signature, zones without a line, quotes that are not in their source, and more. Exit code 2 when the
    accord is not valid; warnings leave it valid. Of a workspace's own accord it also says who has signed it.

    Example: `truceline validate examples/idlib-2018/accord.yaml`
    """
    try:
        document, positions = load_document(accord)
    except InvalidAccord as error:
        errors = list(error.faults) or [Fault(error.message, source=str(accord))]
        _report_validity(accord, None, errors, [], as_json=as_json)
        return
    faults = lint(document, accord.parent, positions)
    errors = errors_among(faults, document)
    _report_validity(
        accord,
        document,
        errors,
        warnings_among(faults, document),
        as_json=as_json,
        confirmations=[] if errors else _confirmations(accord),
    )


def _report_validity(
    path: Path,
    accord: Accord | None,
    errors: list[Fault],
    warnings: list[Fault],
    *,
    as_json: bool,
    confirmations: Sequence[dict[str, Any]] = (),
) -> None:
    if as_json:
        head: dict[str, Any] = {"valid": not errors, "file": str(path)}
        if accord is not None:
            head |= {"accord": accord.accord.id, "version": accord.accord.version}
        if confirmations:
            head["confirmations"] = list(confirmations)
        print_json(
            head | {"errors": [_row(fault) for fault in errors], "warnings": [_row(f) for f in warnings]}
        )
    else:
        for word, faults in (("error", errors), ("warning", warnings)):
            for fault in faults:
                say(f"{word}: {fault.sentence()}")
        if accord is not None and not errors:
            more = f", {len(warnings)} to look at" if warnings else ""
            stdout.print(f"{path}: valid ({len(accord.provisions)} provisions{more})", markup=False)
        for one in confirmations:
            waits = f"; missing: {', '.join(one['missing'])}" if one["missing"] else ""
            stdout.print(f"{one['subject']}: {one['state']}{waits}", markup=False)
    if errors:
        if not as_json:
            count = "1 error" if len(errors) == 1 else f"{len(errors)} errors"
            say(f"truceline: {path} is not valid: {count}")
        raise typer.Exit(EXIT_BAD_INPUT)


def _confirmations(accord: Path) -> list[dict[str, Any]]:
    """How the accord of a workspace is confirmed; nothing for an accord file by itself."""
    from truceline.store.settings import SETTINGS

    kept = ("evidence.sqlite", SETTINGS)  # the record, or where on a server it is
    if accord.name != "accord.yaml" or not any((accord.parent / name).is_file() for name in kept):
        return []
    from truceline.app.consent import confirmed_subjects  # the store takes a while to load
    from truceline.store.workspace import Workspace

    _, now = confirmed_subjects(Workspace.open(accord.parent))
    return [one.as_dict() for one in now]


def _row(fault: Fault) -> dict[str, Any]:
    """A fault with `path`, `line` and `message` always there, and what else is known."""
    return {"path": fault.path, "line": fault.line, "message": fault.message} | {
        key: value for key, value in fault.as_dict().items() if key not in ("path", "line", "message")
    }


@app.command("diff")
@reports_errors
def compare(
    a: Annotated[Path, typer.Argument(metavar="A", help="The one version.")],
    b: Annotated[Path, typer.Argument(metavar="B", help="The other version.")],
    as_json: Json = False,
) -> None:
    """Shows what changed between two versions of an accord, part by part and field by field.

    Example: `truceline diff examples/idlib-2018/accord.yaml examples/idlib-2018/accord-memorandum.yaml`
    """
    before, after = load_accord(a), load_accord(b)
    difference = diff(before, after)
    if as_json:
        print_json({"a": str(a), "b": str(b)} | difference.as_dict())
        return
    _show(difference)


def _show(difference: AccordDiff) -> None:
    if difference.is_empty:
        stdout.print("no difference")
        return
    for sign, colour, parts in (("+", "green", difference.added), ("-", "red", difference.removed)):
        for part in parts:
            title = escape(f"{part.section} {part.id}")
            stdout.print(f"[{colour}]{sign} {title}[/{colour}]", soft_wrap=True)
            for field, value in part.value.items():
                if field != "id":
                    stdout.print(f"    {field}: {_words(value)}", markup=False, soft_wrap=True)
    heading: tuple[str, str] | None = None
    for change in difference.changed:
        if heading != (change.section, change.id):
            heading = (change.section, change.id)
            stdout.print(f"[yellow]~ {escape(change.section)} {escape(change.id)}[/yellow]", soft_wrap=True)
        _show_change(change)


def _show_change(change: FieldChange) -> None:
    old, new = _words(change.old), _words(change.new)
    line = f"    {change.field}: {old} -> {new}"
    if len(line) <= 100:
        stdout.print(line, markup=False, soft_wrap=True)
        return
    stdout.print(f"    {change.field}:", markup=False, soft_wrap=True)
    stdout.print(f"      - {old}", markup=False, soft_wrap=True)
    stdout.print(f"      + {new}", markup=False, soft_wrap=True)


def _words(value: Any) -> str:
    """A plain value as a person would write it."""
    if value is None:
        return "(not given)"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict):
        if "exact" in value and "source" in value:
            return f"“{value['exact']}” ({value['source']}, {value.get('start')}-{value.get('end')})"
        return "{" + ", ".join(f"{key}: {_words(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(_words(item) for item in value) + "]"
    return str(value)


@app.command()
@reports_errors
def schema(as_json: Json = False) -> None:  # noqa: ARG001 - the schema is JSON either way
    """Prints the JSON Schema (draft 2020-12) of accord files.

    Example: `truceline schema > accord-v1.schema.json`
    """
    print_json(published_schema())
