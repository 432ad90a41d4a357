"""The reference of commands is generated from the help texts, and every help shows an example."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from typer.cli import get_docs_for_click
from typer.main import get_command

from truceline.cli.main import command_line

REFERENCE = Path(__file__).parents[3] / "docs" / "reference" / "commands.md"


def commands(command: Any, name: str) -> Iterator[tuple[str, Any]]:
    children = getattr(command, "commands", {})
    if not children:
        yield name, command
    for child, sub in children.items():
        yield from commands(sub, f"{name} {child}")


def generated() -> str:
    root: Any = get_command(command_line())
    context = root.make_context("truceline", [], resilient_parsing=True)
    text = get_docs_for_click(obj=root, ctx=context, name="truceline", title="Commands")
    return "\n".join(line.rstrip() for line in text.splitlines()).strip() + "\n"


def test_the_reference_of_commands_is_what_the_help_texts_say(update_golden: bool) -> None:
    text = generated()
    if update_golden:
        REFERENCE.write_text(text, encoding="utf-8")
    assert REFERENCE.read_text(encoding="utf-8") == text, "renew it with pytest --update-golden"


def test_every_command_takes_json_and_shows_an_example() -> None:
    without = []
    for name, command in commands(get_command(command_line()), "truceline"):
        options = {option for parameter in command.params for option in parameter.opts}
        if "--json" not in options:
            without.append(f"{name}: no --json")
        if "xample" not in (command.help or "") or f"truceline {name.split(' ', 1)[1]}" not in command.help:
            without.append(f"{name}: no example in the help")
    assert without == []
