"""The notebooks are made from the tutorials' pages, and running them prints what the pages say."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest
from notebooks import FOLDER, PAGES, executed, notebook_of, printed_by, unlike

pytestmark = pytest.mark.slow


def committed(page: Path) -> nbformat.NotebookNode:
    return nbformat.read(FOLDER / f"{page.stem.removeprefix('python-')}.ipynb", as_version=4)


def test_every_tutorial_in_python_has_a_notebook_and_no_notebook_stands_alone() -> None:
    names = {f"{page.stem.removeprefix('python-')}.ipynb" for page in PAGES}
    assert len(names) == 3
    assert {path.name for path in FOLDER.glob("*.ipynb")} == names


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_a_notebook_has_the_cells_of_its_page_and_their_outputs(page: Path) -> None:
    kept, made = committed(page), notebook_of(page)
    nbformat.validate(kept)
    renew = "renew it with python scripts/notebooks.py"
    assert [(one.id, one.cell_type, one.source) for one in kept.cells] == [
        (one.id, one.cell_type, one.source) for one in made.cells
    ], renew
    assert unlike(page, kept) == [], renew
    assert any(printed_by(cell) for cell in kept.cells)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_a_kernel_prints_what_the_page_says(page: Path) -> None:
    assert unlike(page, executed(page)) == []
