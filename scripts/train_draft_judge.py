"""Trains the judge (`truceline.draft.judging.judge`) from annotated texts; used by `train_draft.py`."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pycrfsuite

from truceline.accord.model import ProvisionKind
from truceline.draft.evaluation import GoldText
from truceline.draft.evaluation.alignment import overlap_of, spans_in
from truceline.draft.evaluation.gold import GoldFile, GoldProvision
from truceline.draft.extract import Harvester
from truceline.draft.judging.chain import Chain
from truceline.draft.judging.judge import NONE, Verdict

PHRASES = Path(__file__).resolve().parents[1] / "tests" / "data" / "draft" / "phrases"

# Chosen by cross-validation.
SETTINGS = {"c1": 0.0, "c2": 4.0, "max_iterations": 80, "feature.minfreq": 1}
FAINT = 0.02  # names whose weights are all smaller are left out


@dataclass(slots=True)
class Example:
    """A clause of a text, what is told of it, and what it is: a kind, or ``none``."""

    told: tuple[tuple[str, ...], Any]
    label: str
    counts: bool


def examples(reading: Harvester, gold: GoldText) -> list[Example]:
    """The clauses of an annotated text. The clause that meets a gold quote best carries its kind; a clause of
    an optional provision does not count."""
    clauses = [c for _, _, found in reading.read for c in found]
    ws, plain = reading.text.words, reading.text.plain
    spans = [plain.span(ws[c.clause.first].start, ws[c.clause.last - 1].end) for c in clauses]
    labels, counts = [NONE] * len(clauses), [True] * len(clauses)
    for provision in gold.gold.provisions:
        for quote in provision.quotes:
            where = spans_in(gold.text, [quote])
            scores = [overlap_of([span], where) for span in spans]
            if not scores or max(scores) <= 0:
                continue
            best = int(np.argmax(scores))
            if provision.optional:
                counts[best] = counts[best] and labels[best] != NONE
                continue
            counts[best] = True
            if labels[best] == NONE:
                seen = [k.name for k in clauses[best].kinds if k.name in provision.kinds]
                labels[best] = seen[0] if seen else provision.kind.value
    return [Example(c.told, label, count) for c, label, count in zip(clauses, labels, counts, strict=True)]


def annotated(clauses: Sequence[Example]) -> list[Verdict]:
    """The verdicts of the annotation."""
    return [Verdict(float(e.label != NONE), e.label, ((e.label, 1.0), ("other", 0.0))) for e in clauses]


def phrasebook(folder: Path = PHRASES) -> list[GoldText]:
    """The lists of sentences with their kinds (``none`` where a sentence obliges nobody), one text a list."""
    texts = []
    for path in sorted(folder.glob("*.tsv")):
        lines = [line.split("\t", 1) for line in path.read_text("utf-8").splitlines()]
        provisions = tuple(
            GoldProvision(id=f"p{n}", kind=ProvisionKind(kind), quotes=(words.rstrip("."),))
            for n, (kind, words) in enumerate(lines)
            if kind != NONE
        )
        gold = GoldFile(text=path.name, published=None, provisions=provisions)
        texts.append(
            GoldText(name=f"phrases {path.stem}", text="\n\n".join(w for _, w in lines) + "\n", gold=gold)
        )
    return texts


def train_judge(texts: Sequence[Sequence[Example]], sentences: Sequence[Example]) -> Chain:
    """Fits the chain to the clauses of texts, in order, and to sentences that stand alone."""
    trainer = pycrfsuite.Trainer(verbose=False)
    trainer.set_params(SETTINGS)
    rows = [*texts, *([one] for one in sentences if one.counts)]
    for row in rows:
        trainer.append(pycrfsuite.ItemSequence([_item(e) for e in row]), [e.label for e in row])
    with tempfile.TemporaryDirectory() as folder:
        path = str(Path(folder) / "model.crfsuite")
        trainer.train(path)
        tagger = pycrfsuite.Tagger()
        tagger.open(path)
        known = tagger.info()
        tagger.close()
    return _chain(known, len(rows[0][0].told[1]))


def _item(example: Example) -> dict[str, float]:
    names, vector = example.told
    return dict.fromkeys(names, 1.0) | {f"#{n}": float(value) for n, value in enumerate(vector)}


def _chain(known: Any, numbers: int) -> Chain:
    labels = tuple(sorted(known.labels, key=str))
    at = {label: n for n, label in enumerate(labels)}
    weights: dict[str, Any] = {}
    for (name, label), value in known.state_features.items():
        weights.setdefault(name, np.zeros(len(labels), dtype=np.float32))[at[label]] = value
    vector = [weights.pop(f"#{n}", np.zeros(len(labels), dtype=np.float32)) for n in range(numbers)]
    names = sorted(name for name, row in weights.items() if np.abs(row).max() >= FAINT)
    moves = np.zeros((len(labels), len(labels)))
    for (one, other), value in known.transitions.items():
        moves[at[one], at[other]] = value
    state = np.array([*(weights[n] for n in names), *vector], dtype=np.float32)
    return Chain({n: i for i, n in enumerate(names)}, labels, state, moves)
