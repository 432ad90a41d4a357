"""How long `truceline draft` takes: loading apart from drafting ten pages (aim: under 1 s after load).

    python benchmarks/draft.py

Ten pages are 5,000 words, put together from the development texts of tests/data/draft.
"""

from __future__ import annotations

import datetime as dt
import resource
import statistics
import time
from pathlib import Path

TEXTS = Path(__file__).resolve().parents[1] / "tests" / "data" / "draft" / "dev"
WORDS = 5_000
RUNS = 5


def ten_pages() -> str:
    parts: list[str] = []
    words = 0
    for path in sorted(TEXTS.glob("*.txt")):
        text = path.read_text("utf-8")
        parts.append(text)
        words += len(text.split())
        if words >= WORDS:
            break
    return "\n\n".join(parts)


def main() -> None:
    text = ten_pages()
    started = time.perf_counter()
    from truceline.draft import draft_text

    draft_text("Orland and Kelden signed an accord. Both sides shall withdraw all tanks by 1 June 2021.")
    loaded = time.perf_counter() - started
    took = []
    provisions = 0
    for _ in range(RUNS):
        started = time.perf_counter()
        provisions = len(draft_text(text, published=dt.date(2021, 1, 1)).accord.provisions)
        took.append(time.perf_counter() - started)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"load (imports, word lists, first sentence)  {loaded:6.2f} s")
    print(
        f"draft of {len(text.split()):,} words, {provisions} provisions   "
        f"{statistics.median(took):6.2f} s (median of {RUNS})"
    )
    print(f"peak memory                                 {peak:6.0f} MB")


if __name__ == "__main__":
    main()
