"""Notebooks of the Python tutorials, made from their pages: one source, `docs/tutorials/python-*.md`.

    python scripts/notebooks.py

Every example of a page becomes a cell, every command of a shell a cell of bash, and what stands between
them Markdown. The notebooks in docs/notebooks are executed here, with the outputs of this run in them; the
tests hold their cells to the pages and run them again, and what they print must be what the page says.
"""

from __future__ import annotations

import doctest
import os
import re
import shutil
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat
from markdown_it import MarkdownIt
from nbclient import NotebookClient

ROOT = Path(__file__).parents[1]
PAGES = tuple(sorted((ROOT / "docs" / "tutorials").glob("python-*.md")))
FOLDER = ROOT / "docs" / "notebooks"
FLAGS = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE
ABOUT = (
    "*Made from [{page}](../tutorials/{page}) by `scripts/notebooks.py`: change the page, not this. "
    "It runs in a folder that holds the repository's `examples`, with `pip install 'truceline[export]'`.*"
)


@dataclass(frozen=True)
class Cell:
    """A cell of a notebook; of code, what it is to print (with ``...`` for anything), where that is said."""

    kind: str
    source: str
    expected: str = ""


def cells_of(page: Path) -> list[Cell]:
    """The cells that a page is made into."""
    lines = page.read_text(encoding="utf-8").splitlines()
    found, at = [Cell("markdown", ABOUT.format(page=page.name))], 0
    for token in MarkdownIt().parse("\n".join(lines)):
        if token.type != "fence" or token.info not in ("python", "console") or token.map is None:
            continue
        words = "\n".join(lines[at : token.map[0]]).strip()
        found += [Cell("markdown", words)] if words else []
        found += _of_python(token.content) if token.info == "python" else _of_shell(token.content)
        at = token.map[1]
    rest = "\n".join(lines[at:]).strip()
    return found + ([Cell("markdown", rest)] if rest else [])


def _of_python(content: str) -> Iterator[Cell]:
    """A cell ends where something is printed: a notebook shows the last value of a cell."""
    sources: list[str] = []
    for example in doctest.DocTestParser().get_examples(content):
        sources.append(example.source)
        if example.want:
            yield Cell("code", "".join(sources).rstrip("\n"), example.want)
            sources = []
    if sources:
        yield Cell("code", "".join(sources).rstrip("\n"))


def _of_shell(content: str) -> Iterator[Cell]:
    command, printed = "", list[str]()
    for line in [*content.splitlines(), "$ "]:
        if line.startswith("$ "):
            if command:
                # By bash and not by ``!``, which gives the command a terminal to draw its progress on.
                yield Cell("code", f"%%bash\n{command}", "\n".join(printed) + "\n")
            command, printed = line[2:], []
        else:
            printed.append(line)


def notebook_of(page: Path) -> Any:
    """The notebook of a page, not executed."""
    made = nbformat.v4.new_notebook()
    made.metadata["kernelspec"] = {"display_name": "Python 3", "language": "python", "name": "python3"}
    for number, cell in enumerate(cells_of(page)):
        new = nbformat.v4.new_markdown_cell if cell.kind == "markdown" else nbformat.v4.new_code_cell
        made.cells.append(new(cell.source, id=f"cell-{number}"))
    return made


def executed(page: Path) -> Any:
    """The notebook of a page with what its cells print, run in a folder that holds the examples."""
    notebook = notebook_of(page)
    with tempfile.TemporaryDirectory(prefix="truceline-notebook-") as name:
        shutil.copytree(ROOT / "examples", Path(name) / "examples")
        environment = os.environ | {
            "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
            "COLUMNS": "100", "NO_COLOR": "1", "TERM": "dumb", "TZ": "UTC",
        }  # fmt: skip
        client = NotebookClient(
            notebook, timeout=600, kernel_name="python3", resources={"metadata": {"path": name}}
        )
        client.execute(env=environment)
    return tidied(notebook)


def tidied(notebook: Any) -> Any:
    """Without when each cell was run, and of what commands print without the progress and the colours that
    are drawn on a terminal: a kernel says that it is one."""
    for cell in notebook.cells:
        cell.metadata.pop("execution", None)
        if not cell.source.startswith("%%bash"):
            continue
        text = "".join(one["text"] for one in cell.outputs if one.get("name") == "stdout")
        plain = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", text)
        cell.outputs = [nbformat.v4.new_output("stream", text=plain)] if plain else []
    return notebook


def printed_by(cell: Any) -> str:
    """What a cell printed or gave as its value."""
    texts = [
        output["text"] if output.output_type == "stream" else output["data"]["text/plain"]
        for output in cell.get("outputs", ())
    ]
    return "".join(text if text.endswith("\n") else f"{text}\n" for text in texts)


def unlike(page: Path, notebook: Any) -> list[str]:
    """Where the cells of an executed notebook print something else than the page says."""
    checker, found = doctest.OutputChecker(), []
    for said, cell in zip(cells_of(page), notebook.cells, strict=True):
        if said.expected.strip() and not checker.check_output(said.expected, printed_by(cell), FLAGS):
            found.append(f"{said.source}\nexpected:\n{said.expected}\ngot:\n{printed_by(cell)}")
    return found


def main() -> None:
    """Writes the notebooks."""
    FOLDER.mkdir(exist_ok=True)
    for page in PAGES:
        notebook = executed(page)
        if problems := unlike(page, notebook):
            sys.exit(f"{page.name}: " + "\n".join(problems))
        path = FOLDER / f"{page.stem.removeprefix('python-')}.ipynb"
        nbformat.write(notebook, path)
        print(path.relative_to(ROOT))


if __name__ == "__main__":
    main()
