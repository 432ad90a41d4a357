"""Trains the model of `truceline.draft.text.grammar` from open treebanks.

Needs checkouts of the repositories UD_English-EWT, UD_English-GUM and UD_English-PUD of the organisation
UniversalDependencies, with their folders `not-to-release/sources` (one file a document). About 40 minutes on
two cores. Example:

    .venv/bin/python scripts/train_grammar.py --ewt ../UD_English-EWT --gum ../UD_English-GUM \
        --pud ../UD_English-PUD --out build/grammar
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Annotated

import spacy
import typer
from spacy.cli.train import train as spacy_train
from spacy.tokens import Doc, DocBin
from spacy.training import Corpus
from spacy.training.converters import conllu_to_docs

CONFIG = Path(__file__).with_name("train_grammar.cfg")
TARGET = Path(__file__).parent.parent / "src/truceline/draft/text/model"
# Sections of GUM whose texts are free for any use: public domain, CC BY or CC BY-SA. How-to guides, fiction,
# essays, letters and podcasts are for non-commercial use only and are left out, conversation with them.
GUM_SECTIONS = frozenset(
    ["academic", "bio", "court", "interview", "news", "speech", "textbook", "vlog", "voyage"]
)


def _docs(paths: list[Path]) -> list[Doc]:
    # Six sentences a document, so that boundaries are learned too.
    return [
        doc
        for path in paths
        for doc in conllu_to_docs(path.read_text("utf-8"), n_sents=6, append_morphology=False, no_print=True)
    ]


def _save(paths: list[Path], target: Path) -> None:
    docs = _docs(paths)
    DocBin(docs=docs, store_user_data=False).to_disk(target)
    print(f"{target.name}: {sum(map(len, docs)):,} words", file=sys.stderr)


def _revision(folder: Path) -> str:
    done = subprocess.run(
        ["git", "-C", folder, "rev-parse", "HEAD"], capture_output=True, text=True, check=False
    )
    return done.stdout.strip()


def prepare(ewt: Path, gum: Path, pud: Path, out: Path) -> None:
    """Cuts the treebanks into training, development and test documents."""
    inner = ewt / "not-to-release"
    listed = (inner / "file-lists/files.train").read_text("utf-8").split()
    sections = [
        f
        for f in sorted((gum / "not-to-release/sources").glob("*.conllu"))
        if f.name.split("_")[1] in GUM_SECTIONS
    ]
    lists = gum / "not-to-release/file-lists"
    held = {
        *(lists / "files.dev").read_text("utf-8").split(),
        *(lists / "files.test").read_text("utf-8").split(),
    }
    gum_held = [f for f in sections if f.stem in held]
    gum_train = [f for f in sections if f.stem not in held]
    _save(
        [*(inner / "sources" / name for name in listed), *gum_train, pud / "en_pud-ud-test.conllu"],
        out / "train.spacy",
    )
    _save([ewt / "en_ewt-ud-dev.conllu", *gum_held[:8]], out / "dev.spacy")
    _save([ewt / "en_ewt-ud-test.conllu", *gum_held[8:]], out / "test.spacy")


def scores(model: Path, test: Path) -> dict[str, float]:
    """Shares of the held-out test words read right: word classes, heads, heads with relations."""
    nlp = spacy.load(model)
    measured = nlp.evaluate(list(Corpus(test)(nlp)))
    return {k: round(float(measured[k]), 4) for k in ("tag_acc", "dep_uas", "dep_las")}


def main(
    ewt: Annotated[Path, typer.Option(help="Checkout of UD_English-EWT.")],
    gum: Annotated[Path, typer.Option(help="Checkout of UD_English-GUM.")],
    pud: Annotated[Path, typer.Option(help="Checkout of UD_English-PUD.")],
    out: Annotated[Path, typer.Option(help="A folder for what is made on the way.")],
) -> None:
    """Trains the model, scores it on held-out documents and puts it into the package."""
    out.mkdir(parents=True, exist_ok=True)
    prepare(ewt, gum, pud, out)
    spacy_train(
        CONFIG,
        out / "trained",
        overrides={"paths.train": str(out / "train.spacy"), "paths.dev": str(out / "dev.spacy")},
    )
    best = out / "trained/model-best"
    measured = scores(best, out / "test.spacy")
    measured_from = {name: _revision(folder) for name, folder in (("ewt", ewt), ("gum", gum), ("pud", pud))}
    readme = (TARGET / "README.md").read_text("utf-8") if TARGET.exists() else ""
    shutil.rmtree(TARGET, ignore_errors=True)
    shutil.copytree(best, TARGET)
    (TARGET / "README.md").write_text(readme, "utf-8")
    (TARGET / "measured.json").write_text(
        json.dumps({**measured, "revisions": measured_from}, indent=1) + "\n", "utf-8"
    )
    print(json.dumps(measured))


if __name__ == "__main__":
    typer.run(main)
