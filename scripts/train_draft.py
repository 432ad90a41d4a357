"""Trains the judge of `truceline draft` from the annotated development texts: ``make train-draft``.

    python scripts/train_draft.py                    # writes src/truceline/draft/judging/model.npz
    python scripts/train_draft.py --cross-validate   # scores drafts of texts that their judge has not seen

Logistic regressions of scikit-learn (the dependency group ``train``); what is written are plain weights, and
judging needs numpy alone. The same texts give the same weights.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

import numpy as np
import typer
from rich.progress import track
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold
from train_draft_binding import PartyExample, party_examples, save_binding, train_binding

from truceline.accord.model import ProvisionKind
from truceline.cli.output import print_json, reports_errors, say, stdout
from truceline.draft import draft_text
from truceline.draft.candidates import Candidate
from truceline.draft.evaluation import FIELDS, GoldText, Score, load_split, score_draft, total
from truceline.draft.evaluation.alignment import overlap_of, spans_in
from truceline.draft.evaluation.gold import GoldFile, GoldProvision
from truceline.draft.evaluation.tally import Tally
from truceline.draft.extract import Harvester
from truceline.draft.judging.binding import binding_weights
from truceline.draft.judging.judge import Model, matrix, neighbourhood, weights

ROOT = Path(__file__).resolve().parents[1]
GOLD = ROOT / "tests" / "data" / "draft" / "dev"
PHRASES = ROOT / "tests" / "data" / "draft" / "phrases"
OUT = ROOT / "src" / "truceline" / "draft" / "judging" / "model.npz"

STRENGTH_BINDS = 0.2  # inverse regularisation, chosen by cross-validation
STRENGTH_KINDS = 0.1
RARE = 3  # names seen less often are left out
INNER_FOLDS = 6


@dataclass(slots=True)
class Example:
    """A clause of a text, what is told of it, and what it is: a kind, or ``none``."""

    text: str
    told: tuple[tuple[str, ...], Any]
    label: str
    counts: bool


def examples(gold: GoldText) -> list[Example]:
    """The clauses of an annotated text. The clause that meets a gold quote best carries its kind; a clause of
    an optional provision does not count."""
    reading = Harvester(gold.text, gold.gold.published)
    reading.begin()
    clauses = [c for _, _, found in reading.candidates() for c in found]
    spans = [_span(reading, c) for c in clauses]
    labels, counts = ["none"] * len(clauses), [True] * len(clauses)
    for provision in gold.gold.provisions:
        for quote in provision.quotes:
            where = spans_in(gold.text, [quote])
            scores = [overlap_of([span], where) for span in spans]
            if not scores or max(scores) <= 0:
                continue
            best = int(np.argmax(scores))
            if provision.optional:
                counts[best] = counts[best] and labels[best] != "none"
                continue
            counts[best] = True
            if labels[best] == "none":
                seen = [k.name for k in clauses[best].kinds if k.name in provision.kinds]
                labels[best] = seen[0] if seen else provision.kind.value
    return [
        Example(gold.name, c.told, label, count)
        for c, label, count in zip(clauses, labels, counts, strict=True)
    ]


def phrasebook(folder: Path = PHRASES) -> list[GoldText]:
    """The lists of sentences with their kinds (``none`` where a sentence obliges nobody), one text a list."""
    texts = []
    for path in sorted(folder.glob("*.tsv")):
        lines = [line.split("\t", 1) for line in path.read_text("utf-8").splitlines()]
        provisions = tuple(
            GoldProvision(id=f"p{n}", kind=ProvisionKind(kind), quotes=(words.rstrip("."),))
            for n, (kind, words) in enumerate(lines)
            if kind != "none"
        )
        gold = GoldFile(text=path.name, published=None, provisions=provisions)
        texts.append(
            GoldText(name=f"phrases {path.stem}", text="\n\n".join(w for _, w in lines) + "\n", gold=gold)
        )
    return texts


def _span(reading: Harvester, candidate: Candidate) -> tuple[int, int]:
    ws = reading.text.words
    return reading.text.plain.span(ws[candidate.clause.first].start, ws[candidate.clause.last - 1].end)


def train(data: list[Example]) -> Model:
    """Fits the weights: for binding, for the kinds, and for what stands around a clause."""
    data = [e for e in data if e.counts]
    seen = Counter(name for e in data for name in set(e.told[0]))
    names = {n: i for i, n in enumerate(sorted(n for n, c in seen.items() if c >= RARE))}
    rows = matrix([e.told for e in data], names)
    binds = np.array([e.label != "none" for e in data])
    groups = np.array([e.text for e in data])
    first = _fit(rows, binds, STRENGTH_BINDS)
    apart = np.zeros(len(data))
    for known, held in GroupKFold(INNER_FOLDS).split(rows, groups=groups):
        apart[held] = _fit(rows[known], binds[known], STRENGTH_BINDS).predict_proba(rows[held])[:, 1]
    around_rows = np.zeros((len(data), 7))
    for text in sorted(set(groups)):
        mine = np.flatnonzero(groups == text)
        around_rows[mine] = neighbourhood(apart[mine])
    around = _fit(around_rows, binds, 1.0)
    kinds = LogisticRegression(C=STRENGTH_KINDS, max_iter=300, class_weight="balanced").fit(
        rows[binds], [e.label for e in data if e.label != "none"]
    )
    final = around.predict_proba(around_rows)[:, 1]
    return Model(
        names=names,
        binds=first.coef_[0],
        binds_bias=float(first.intercept_[0]),
        kinds=kinds.coef_,
        kinds_bias=kinds.intercept_,
        labels=tuple(kinds.classes_),
        around=around.coef_[0],
        around_bias=float(around.intercept_[0]),
        threshold=_threshold(final, binds),
    )


def _fit(rows: Any, labels: Any, strength: float) -> Any:
    return LogisticRegression(C=strength, max_iter=300, solver="liblinear").fit(rows, labels)


def _threshold(scores: Any, binds: Any) -> float:
    def f1(at: float) -> float:
        chosen = scores >= at
        return float(2 * (chosen & binds).sum() / max(1, chosen.sum() + binds.sum()))

    # The middle of the thresholds that are about as good as the best one.
    tried = {float(at): f1(float(at)) for at in np.arange(0.3, 0.6, 0.01)}
    good = [at for at, value in tried.items() if value >= max(tried.values()) - 0.004]
    return round(sum(good) / len(good), 3)


def save(model: Model, path: Path) -> None:
    """Writes the weights; the file depends on nothing but them."""
    np.savez_compressed(
        path,
        names=np.frombuffer("\n".join(model.names).encode(), dtype=np.uint8),
        labels=np.frombuffer("\n".join(model.labels).encode(), dtype=np.uint8),
        binds=model.binds.astype(np.float32),
        binds_bias=model.binds_bias,
        kinds=model.kinds.astype(np.float16),
        kinds_bias=model.kinds_bias,
        around=model.around,
        around_bias=model.around_bias,
        threshold=model.threshold,
    )


def cross_validate(
    golds: list[GoldText],
    folds: int,
    data: dict[str, list[Example]],
    always: list[Example],
    parties: dict[str, list[PartyExample]],
) -> list[Score]:
    """The scores of drafts whose judge was trained without the text (nor its fold)."""
    order = np.random.default_rng(20180917).permutation(len(golds))
    scores = []
    for fold in track(range(folds), description="cross-validation"):
        held = [golds[i] for i in order[fold::folds]]
        names = {g.name for g in held}
        trained = train([*always, *(e for g in golds if g.name not in names for e in data[g.name])])
        binding = train_binding([e for g in golds if g.name not in names for e in parties[g.name]])
        with weights(trained), binding_weights(binding):
            for gold in held:
                draft = draft_text(gold.text, published=gold.gold.published, language="en").to_json()
                scores.append(score_draft(gold, draft))
    return sorted(scores, key=lambda s: s.name)


app = typer.Typer(add_completion=False)


@app.command()
@reports_errors
def main(
    folder: Annotated[Path, typer.Option(help="Annotated texts to learn from.")] = GOLD,
    out: Annotated[Path, typer.Option(help="Where the weights go.")] = OUT,
    cross: Annotated[
        bool, typer.Option("--cross-validate", help="Score unseen texts; writes nothing.")
    ] = False,
    folds: Annotated[int, typer.Option(help="How many parts the texts are cut into.")] = 10,
    faults: Annotated[bool, typer.Option(help="Say what went wrong, text by text.")] = False,
    write: Annotated[Path | None, typer.Option(help="Write the scores as a page, too.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON document.")] = False,
) -> None:
    """Trains the judge, or measures how well one judges texts it has not seen."""
    golds = load_split(folder)
    data = {g.name: examples(g) for g in track(golds, description="reading")}
    always = [e for text in phrasebook() for e in examples(text)]
    if not cross:
        judging = train([*always, *(e for g in golds for e in data[g.name])])
        save(judging, out)
        with weights(judging):
            told = [e for g in track(golds, description="who is bound") for e in party_examples(g)]
        save_binding(train_binding(told), out.with_name("binding.npz"))
        say(f"wrote {out} and binding.npz beside it")
        return
    parties = {g.name: party_examples(g) for g in track(golds, description="who is bound")}
    scores = cross_validate(golds, folds, data, always, parties)
    whole = total(scores, "unseen")
    if write is not None:
        write.write_text(_page(whole, len(scores), folds), encoding="utf-8")
        say(f"wrote {write}")
    if as_json:
        print_json({"texts": [s.as_dict() for s in scores], "overall": whole.as_dict()})
        return
    for name, tally in [(n, whole.tallies[n]) for n in FIELDS] + sorted(whole.kinds.items()):
        stdout.print(f"{name:20}" + _rates(tally))
    for score in scores:
        kind, bound = score.tallies["kind"], score.tallies["bound"]
        stdout.print(
            f"{score.name:44} kind {kind.f1 or 0:.2f} bound {bound.f1 or 0:.2f} invented {kind.false}"
        )
        for fault in score.faults if faults else ():
            stdout.print(f"    {fault}", markup=False, soft_wrap=True)


def _page(whole: Score, texts: int, folds: int) -> str:
    lines = [
        "# Drafts of unseen texts",
        "",
        f"Written by `scripts/train_draft.py --cross-validate`: the {texts} development texts were cut into "
        f"{folds} parts by chance, and each part was drafted with a judge trained on the others. The rules "
        "and the list of what the judge is told were written with many of these texts in view, so a text of "
        "a new manner may score lower.",
    ]
    for title, tallies in (("field", {n: whole.tallies[n] for n in FIELDS}), ("kind", whole.kinds)):
        lines += [
            "",
            f"| {title} | gold | precision | recall | F1 | F1 aligned |",
            "| --- | --- | --- | --- | --- | --- |",
        ]
        for name, tally in tallies.items() if title == "field" else sorted(tallies.items()):
            values = (tally.precision, tally.recall, tally.f1, tally.aligned)
            shown = ["-" if v is None else f"{v:.2f}" for v in values]
            lines.append(f"| {name} | {tally.hits + tally.missed} | " + " | ".join(shown) + " |")
    return "\n".join(lines) + "\n"


def _rates(tally: Tally) -> str:
    named = {"P": tally.precision, "R": tally.recall, "F1": tally.f1, "aligned": tally.aligned}
    return "".join(f" {name} {value or 0:.2f}" for name, value in named.items())


if __name__ == "__main__":
    app()
