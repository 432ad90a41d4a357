"""Trains `truceline draft` from the annotated development texts: ``make train-draft``.

    python scripts/train_draft.py                    # writes the weights in src/truceline/draft/judging
    python scripts/train_draft.py --cross-validate   # scores drafts of texts that their judge has not seen

A text's part in cross-validation hangs on its name alone, so that runs on more texts compare. What clauses
are split is decided for every text by weights learnt from the other parts, in training as well: the judge
learns from splits as good as those that it will meet. Needs the dependency group ``train``; what is written
are plain weights, and judging needs numpy alone. The same texts give the same weights.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any

import numpy as np
import typer
from rich.progress import track
from train_draft_binding import party_examples, train_binding
from train_draft_judge import Example, annotated, examples, phrasebook, train_judge
from train_draft_lessons import marked_texts
from train_draft_logistic import Told
from train_draft_names import name_examples, train_names
from train_draft_page import CURVE, rates, unseen_page
from train_draft_splits import seam_examples, train_splits
from train_draft_table import table_examples, train_table

from truceline.cli.output import print_json, reports_errors, say, stdout
from truceline.draft.build import Builder
from truceline.draft.drafting import DraftDocument, source_of
from truceline.draft.evaluation import FIELDS, GoldText, Score, load_split, score_draft, total
from truceline.draft.evaluation.losses import losses_of
from truceline.draft.extract import Harvester
from truceline.draft.judging import chain, logistic
from truceline.draft.judging.binding import BINDING
from truceline.draft.judging.chain import Chain
from truceline.draft.judging.judge import JUDGE
from truceline.draft.judging.logistic import Weights
from truceline.draft.judging.names import NAMES
from truceline.draft.judging.splits import SPLITS
from truceline.draft.judging.table import TABLE
from truceline.draft.text.document import cut

ROOT = Path(__file__).resolve().parents[1]
GOLD = ROOT / "tests" / "data" / "draft" / "dev"
OUT = ROOT / "src" / "truceline" / "draft" / "judging"
FOLDS = 6
NOTHING = Weights({}, np.zeros(0), -1.0)  # sure of nothing: the rules decide, nothing is split


def fold_of(name: str) -> int:
    """The part of the texts that a text belongs to, by its name alone."""
    return int(hashlib.sha256(name.encode()).hexdigest(), 16) % FOLDS


@dataclass(slots=True)
class Lesson:
    """An annotated text, read, and what there is to learn from it."""

    gold: GoldText
    reading: Harvester
    names: list[Told]
    seams: list[Told]
    scored: bool = True
    clauses: list[Example] = field(default_factory=list)
    table: list[Told] = field(default_factory=list)
    parties: list[Told] = field(default_factory=list)

    @property
    def fold(self) -> int:
        return fold_of(self.gold.name)

    @property
    def drawn(self) -> float:
        """A number from 0 to 1 by which texts are left out to see what fewer teach."""
        return int(hashlib.sha256(f"part {self.gold.name}".encode()).hexdigest(), 16) / (1 << 256)


def lessons_of(scored: Sequence[GoldText], marked: Sequence[GoldText] = ()) -> list[Lesson]:
    """Reads the texts, and those that only teach; their clauses are split by weights that have not seen their
    part of the texts."""
    golds = [*scored, *marked]
    texts = [cut(gold.text) for gold in track(golds, description="texts")]
    with NAMES.put(NOTHING):
        named = [name_examples(text, gold) for text, gold in zip(texts, golds, strict=True)]
    folds = [fold_of(gold.name) for gold in golds]
    # The marked texts do not list every party that they name: they teach nothing about names.
    complete = list(zip(named, folds, strict=True))[: len(scored)]
    names = [train_names([t for told, fold in complete if fold != k for t in told]) for k in range(FOLDS)]
    lessons = []
    for gold, told, fold in track(list(zip(golds, named, folds, strict=True)), description="reading"):
        with NAMES.put(names[fold]):
            reading = Harvester(gold.text, gold.gold.published)
        lessons.append(Lesson(gold, reading, told, seam_examples(reading, gold), len(lessons) < len(scored)))
    splits = [train_splits([t for one in lessons if one.fold != k for t in one.seams]) for k in range(FOLDS)]
    for one in track(lessons, description="clauses"):
        with SPLITS.put(splits[one.fold]):
            one.clauses = examples(one.reading, one.gold)
            one.table = table_examples(one.reading, one.gold, annotated(one.clauses))
    tables = [train_table([t for one in lessons if one.fold != k for t in one.table]) for k in range(FOLDS)]
    for one in track(lessons, description="parties"):
        with TABLE.put(tables[one.fold]):
            one.parties = party_examples(one.reading, one.gold, annotated(one.clauses))
    return lessons


@dataclass(frozen=True, slots=True)
class Learnt:
    """All weights that drafting asks."""

    judge: Chain
    names: Weights
    splits: Weights
    table: Weights
    binding: Weights

    def put(self) -> ExitStack:
        """Drafts by these weights until the context ends."""
        stack = ExitStack()
        stack.enter_context(JUDGE.put(self.judge))
        stack.enter_context(NAMES.put(self.names))
        stack.enter_context(SPLITS.put(self.splits))
        stack.enter_context(TABLE.put(self.table))
        stack.enter_context(BINDING.put(self.binding))
        return stack


def learn(lessons: Sequence[Lesson], sentences: Sequence[Example]) -> Learnt:
    """All weights, from the lessons given."""
    return Learnt(
        train_judge([one.clauses for one in lessons if one.clauses], sentences),
        train_names([told for one in lessons if one.scored for told in one.names]),
        train_splits([told for one in lessons for told in one.seams]),
        train_table([told for one in lessons for told in one.table]),
        train_binding([told for one in lessons for told in one.parties]),
    )


def drafted(one: Lesson) -> dict[str, Any]:
    """The draft of a text that has been read."""
    published = one.gold.gold.published
    source = source_of(one.gold.text, published, "text", None, "en")
    return DraftDocument(Builder(one.reading.run(), source=source).build(), one.gold.text).to_json()


def cross_validate(
    lessons: Sequence[Lesson],
    sentences: Sequence[Example],
    folds: Sequence[int] = tuple(range(FOLDS)),
    part: float = 1.0,
) -> tuple[list[Score], Counter[str]]:
    """The scores of drafts whose weights were learnt without the text (nor its part of the texts), and what
    was lost where. `part` is the share of the other texts to learn from, drawn by their names."""
    scores: list[Score] = []
    losses: Counter[str] = Counter()
    for fold in track(folds, description=f"cross-validation, {part:.0%} of the texts"):
        known = [one for one in lessons if (one.fold != fold or not one.scored) and one.drawn <= part]
        with learn(known, sentences).put():
            for one in lessons:
                if one.fold == fold and one.scored:
                    draft = drafted(one)
                    scores.append(score_draft(one.gold, draft))
                    losses.update(losses_of(one.gold, draft))
    return sorted(scores, key=lambda s: s.name), losses


def sentences_of_phrasebook() -> list[Example]:
    """The listed sentences, each a lesson of its own. They are whole: none is split."""
    with SPLITS.put(NOTHING), NAMES.put(NOTHING):
        return [e for gold in phrasebook() for e in examples(Harvester(gold.text, None), gold)]


app = typer.Typer(add_completion=False)


@app.command()
@reports_errors
def main(
    folder: Annotated[Path, typer.Option(help="Annotated texts to learn from.")] = GOLD,
    out: Annotated[Path, typer.Option(help="The folder where the weights go.")] = OUT,
    cross: Annotated[
        bool, typer.Option("--cross-validate", help="Score unseen texts; writes nothing.")
    ] = False,
    faults: Annotated[bool, typer.Option(help="Say what went wrong, text by text.")] = False,
    write: Annotated[Path | None, typer.Option(help="Write the scores as a page, too.")] = None,
    learning: Annotated[bool, typer.Option(help="Say on the page what fewer texts teach.")] = True,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON document.")] = False,
) -> None:
    """Trains the weights, or measures how well texts are drafted that they have not seen."""
    lessons = lessons_of(load_split(folder), marked_texts())
    sentences = sentences_of_phrasebook()
    if not cross:
        learnt = learn(lessons, sentences)
        np.savez_compressed(out / "model.npz", **chain.arrays_of(learnt.judge))
        for name in ("names", "splits", "table", "binding"):
            np.savez_compressed(out / f"{name}.npz", **logistic.arrays_of(getattr(learnt, name)))
        say(f"wrote model.npz, names.npz, splits.npz, table.npz and binding.npz in {out}")
        return
    scores, losses = cross_validate(lessons, sentences)
    whole = total(scores, "unseen")
    if write is not None:
        some = (0, 1)  # the curve is drawn on two parts of the texts: a third of the work
        parts = CURVE if learning else ()
        curve = {part: total(cross_validate(lessons, sentences, some, part)[0]) for part in parts}
        write.write_text(unseen_page(whole, losses, curve, len(scores), FOLDS), encoding="utf-8")
        say(f"wrote {write}")
    if as_json:
        print_json({"texts": [s.as_dict() for s in scores], "overall": whole.as_dict()})
        return
    for name, tally in [(n, whole.tallies[n]) for n in FIELDS] + sorted(whole.kinds.items()):
        stdout.print(f"{name:20}" + rates(tally))
    for score in scores:
        kind, bound = score.tallies["kind"], score.tallies["bound"]
        stdout.print(
            f"{score.name:44} kind {kind.f1 or 0:.2f} bound {bound.f1 or 0:.2f} invented {kind.false}"
        )
        for fault in score.faults if faults else ():
            stdout.print(f"    {fault}", markup=False, soft_wrap=True)


if __name__ == "__main__":
    app()
