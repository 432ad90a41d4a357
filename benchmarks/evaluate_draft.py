"""Scores `truceline draft` against the texts annotated by hand (tests/data/draft): ``make evaluate``.

    python benchmarks/evaluate_draft.py --split dev --faults
    python benchmarks/evaluate_draft.py --write docs/evaluation.md

Tune on ``dev`` only: faults are shown for development texts and never for test texts.
"""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer
from rich import box
from rich.table import Table

import truceline
from truceline.cli.output import Json, print_json, reports_errors, say, stdout
from truceline.core.errors import InvalidInput
from truceline.draft import draft_text
from truceline.draft.evaluation import FIELDS, Score, Tally, load_split, score_draft, total

GOLD = Path(__file__).resolve().parents[1] / "tests" / "data" / "draft"

AIMS = {"kind": 0.90, "deadline": 0.90, "bound": 0.85, "exact quotes": 1.00}

MEANING = {
    "kind": "provisions found and of the right kind",
    "kind, touching": "the same where quotes need only touch",
    "kinds counted": "how many of each kind, wherever they stand",
    "deadline": "due, from and until, resolved",
    "bound": "who is bound",
    "distance": "widths, depths, distances and bands",
    "weapons": "classes with calibres",
    "ceiling": "class and number",
    "route ends": "both ends",
    "mode": "of patrols",
    "frequency": "of patrols and reports",
    "negation": "what is not to be done",
    "condition": "if, provided that",
    "questions": "open fields that were asked about",
    "statements": "what was said and obliges nobody",
    "speaker": "of statements found",
    "stance": "of statements found",
    "parties": "found, by any of their names",
    "role": "of parties found",
    "aliases": "abbreviations and former names of parties found",
    "exact quotes": "verbatim where they say they stand (precision)",
}


class Split(StrEnum):
    """Which texts to score."""

    DEV = "dev"
    TEST = "test"
    ALL = "all"


@dataclass(slots=True)
class Run:
    """The scores of one folder of texts, and how long drafting them took."""

    split: str
    scores: list[Score] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)
    words: list[int] = field(default_factory=list)

    @property
    def overall(self) -> Score:
        return total(self.scores, self.split)

    def as_dict(self) -> dict[str, Any]:
        """The run as plain data."""
        return {
            "split": self.split,
            "texts": [
                score.as_dict() | {"words": words, "seconds": round(seconds, 4)}
                for score, words, seconds in zip(self.scores, self.words, self.seconds, strict=True)
            ],
            "overall": self.overall.as_dict(),
        }


def run(folder: Path, name: str) -> Run:
    """Drafts and scores every annotated text of a folder."""
    result = Run(name)
    draft_text("Nothing was agreed.", language="en")  # what is loaded once is not any text's time
    for gold in load_split(folder):
        begin = time.perf_counter()
        draft = draft_text(gold.text, published=gold.gold.published, language="en").to_json()
        result.seconds.append(time.perf_counter() - begin)
        result.words.append(len(gold.text.split()))
        result.scores.append(score_draft(gold, draft))
    return result


def _rate(value: float | None) -> str:
    return "-" if value is None else f"{value:.2f}"


def _field_rows(score: Score) -> Iterator[list[str]]:
    for name in FIELDS:
        tally = score.tallies[name]
        if name == "exact quotes":
            rates = [_rate(tally.precision), "-", "-", "-"]
        else:
            rates = [_rate(tally.precision), _rate(tally.recall), _rate(tally.f1), _rate(tally.aligned)]
        aim = AIMS.get(name)
        reached = tally.precision if name == "exact quotes" else tally.f1
        verdict = "" if aim is None else f"{aim:.2f} {'reached' if (reached or 0) >= aim else 'missed'}"
        yield [name, str(tally.hits + tally.missed), *rates, verdict, MEANING[name]]


def _text_rows(run: Run) -> Iterator[list[str]]:
    for score, words, seconds in zip(run.scores, run.words, run.seconds, strict=True):
        tallies = score.tallies
        kind = tallies["kind"]
        yield [
            score.name,
            str(words),
            str(kind.hits + kind.missed),
            str(kind.false),
            *(_rate(tallies[name].f1) for name in ("kind", "deadline", "bound", "statements", "parties")),
            f"{seconds:.2f}",
        ]


def _kind_rows(score: Score) -> Iterator[list[str]]:
    for name, tally in sorted(score.kinds.items()):
        yield [name, str(tally.hits + tally.missed), *map(_rate, _rates(tally))]


def _rates(tally: Tally) -> tuple[float | None, float | None, float | None]:
    return tally.precision, tally.recall, tally.f1


FIELD_HEAD = ["field", "gold", "precision", "recall", "F1", "F1 aligned", "aim", "what it is"]
KIND_HEAD = ["kind", "gold", "precision", "recall", "F1"]
TEXT_HEAD = [
    "text",
    "words",
    "gold",
    "invented",
    "kind",
    "deadline",
    "bound",
    "statements",
    "parties",
    "seconds",
]
TEXT_HEAD_SHORT = ["text", "words", "gold", "extra", "kind", "due", "bound", "said", "who", "s"]


def _table(title: str, head: list[str], rows: Iterator[list[str]]) -> Table:
    table = Table(title=title, title_justify="left", title_style="bold", box=box.SIMPLE_HEAD, pad_edge=False)
    for number, name in enumerate(head):
        left = number == 0 or name == "aim"
        table.add_column(name, justify="left" if left else "right", no_wrap=number > 0, overflow="fold")
    for row in rows:
        table.add_row(*row)
    return table


def _markdown(head: list[str], rows: Iterator[list[str]]) -> list[str]:
    lines = [head, ["---"] * len(head), *rows]
    return ["| " + " | ".join(line) + " |" for line in lines]


def _page(runs: list[Run], today: dt.date) -> str:
    lines = [
        "# Evaluation of drafts",
        "",
        f"Truceline {truceline.__version__}, {today.isoformat()}, written by `make evaluate` with "
        "`--write docs/evaluation.md`.",
        "",
        "Drafts are scored against texts annotated by hand; the guide is in `tests/data/draft/README.md`. "
        "Rules and judge are made from the development texts, so the scores of those flatter; the test texts "
        "were not seen by whoever made them (2026-11-25). See also [drafts of unseen "
        "texts](evaluation-unseen.md) for texts that the judge has not learnt from, and for what is lost "
        "where. Precision and recall count "
        "end to end: a deadline of a provision that was not found is missed. *F1 aligned* leaves those "
        "out: it says how well a field is read once its clause is found. A dash means that there is nothing "
        "to count.",
    ]
    for one in runs:
        title = {"dev": "Development texts", "test": "Test texts"}.get(one.split, one.split)
        count = sum(not score.tallies["kind"].hits + score.tallies["kind"].missed for score in one.scores)
        lines += [
            "",
            f"## {title}",
            "",
            f"{len(one.scores)} texts, {sum(one.words)} words, {count} of them oblige nobody; drafted in "
            f"{sum(one.seconds):.1f} s.",
            "",
            *_markdown(FIELD_HEAD, _field_rows(one.overall)),
            "",
            *_markdown(KIND_HEAD, _kind_rows(one.overall)),
            "",
            *_markdown(TEXT_HEAD, _text_rows(one)),
        ]
    return "\n".join(lines) + "\n"


def _wanted(name: str, split: Split) -> bool:
    """A split that was asked for by name, or that is there; there may be no test split now."""
    return split == name or (split is Split.ALL and (GOLD / name).is_dir())


app = typer.Typer(add_completion=False)


@app.command()
@reports_errors
def evaluate(
    split: Annotated[Split, typer.Option(help="The texts to score.")] = Split.ALL,
    folder: Annotated[Path | None, typer.Option(help="Score this folder of annotated texts instead.")] = None,
    faults: Annotated[bool, typer.Option(help="Say what went wrong, text by text (not for test).")] = False,
    write: Annotated[Path | None, typer.Option(help="Write the tables as a page, too.")] = None,
    as_json: Json = False,
) -> None:
    """Scores drafts against the texts annotated by hand."""
    if faults and folder is None and split is not Split.DEV:
        raise InvalidInput("faults are shown for development texts only", hint="give --split dev")
    if folder is not None:
        runs = [run(folder, folder.name)]
    else:
        runs = [run(GOLD / name, name) for name in ("dev", "test") if _wanted(name, split)]
    today = dt.datetime.now(tz=dt.UTC).date()
    if write is not None:
        write.write_text(_page(runs, today), encoding="utf-8")
        say(f"wrote {write}")
    if as_json:
        print_json(
            {
                "version": truceline.__version__,
                "date": today.isoformat(),
                "aims": AIMS,
                "splits": [one.as_dict() for one in runs],
            }
        )
        return
    for one in runs:
        rows = (row[:-1] for row in _field_rows(one.overall))  # the meanings are for the page
        stdout.print(_table(f"{one.split}: fields", FIELD_HEAD[:-1], rows))
        stdout.print(_table(f"{one.split}: kinds", KIND_HEAD, _kind_rows(one.overall)))
        stdout.print(_table(f"{one.split}: texts (F1)", TEXT_HEAD_SHORT, _text_rows(one)))
        for score in one.scores if faults else ():
            stdout.print(f"\n{score.name}", style="bold", markup=False)
            for fault in score.faults:
                stdout.print(f"  {fault}", markup=False, soft_wrap=True)


if __name__ == "__main__":
    app()
