"""A weekly report of about 60 pages, 10 maps and 5,000 incidents: seconds and memory, by language and format.

    python benchmarks/report.py [--incidents 5000] [--zones 9] [--annex 1400] [--languages en,ar,ru,tr]

The accord has `--zones` sectors, so that there are as many maps and one more; the week has about as many
incidents as asked for (reports are linked, and some are of one incident), drawn from a seeded generator, and
hours of observation. All are counted and drawn on the maps; the annex lists `--annex` of them (0: all).
Seconds are those of the processor, over all threads: "facts and words" for counts, verdicts,
sentences, maps and charts, once for all formats. Peak memory is that of the whole process so far.
"""

from __future__ import annotations

import argparse
import csv
import io
import resource
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import numpy as np
import pypdf

from truceline.app.ingest import ingest
from truceline.app.mission.files import MissionRequest, prepare
from truceline.products.mission.blocks import Document, Picture
from truceline.products.mission.compose import compose
from truceline.products.mission.render.docx import render_docx
from truceline.products.mission.render.html import render_html
from truceline.products.mission.render.pdf import render_pdf
from truceline.store.workspace import Workspace

T = TypeVar("T")
RENDERERS: dict[str, Callable[[Document], bytes]] = {
    "html": lambda document: render_html(document).encode(),
    "pdf": render_pdf,
    "docx": render_docx,
}
KINDS = ("shelling", "small_arms_fire", "armed_clash", "explosion", "air_strike", "sniper_fire")


def accord(zones: int) -> str:
    """An accord with sectors from west to east, in each of which nobody may fire."""
    step = 2.0 / zones
    parts = [
        "accord: {id: bench, title: Agreement of the benchmark, signed: 2024-01-01, time_zone: UTC, "
        "status: confirmed, version: 1, languages: [en]}",
        "sources: [{id: text, title: Text of the benchmark, date: 2024-01-01, language: en}]",
        "parties:",
        "  - {id: north, names: North, role: side}",
        "  - {id: south, names: South, role: side}",
        "zones:",
    ]
    for n in range(zones):
        west, east = 36 + n * step, 36 + (n + 1) * step
        ring = [[west, 35.0], [east, 35.0], [east, 35.3], [west, 35.3], [west, 35.0]]
        parts.append(
            f"  - {{id: z{n}, names: Sector {n + 1}, kind: sector, geometry: "
            f"{{type: Polygon, coordinates: [{[[round(x, 4), round(y, 4)] for x, y in ring]}]}}}}"
        )
    parts += ["provisions:"]
    for n in range(zones):
        parts.append(
            f"  - {{id: quiet-{n}, kind: cessation, title: No firing in sector {n + 1}, "
            f"parties: [north, south], acts: [any_military_action], area: z{n}, from: 2024-01-01, "
            "quotes: [{source: text, exact: Nobody fires., start: 0, end: 13}]}"
        )
    return "\n".join(parts) + "\n"


def evidence(path: Path, incidents: int) -> None:
    """A week of incidents, and hours of observation on each of its days."""
    rng = np.random.default_rng(7)
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(
            ["id", "kind", "date_start", "date_end", "place", "lon", "lat", "error_m", "actor", "target",
             "effort_h", "report", "source", "reliability"]
        )  # fmt: skip
        for n in range(incidents):
            day = f"2024-05-{12 + n % 7:02d}" if n % 4 else f"2024-05-{5 + n % 7:02d}"
            lon, lat = 36 + 2 * rng.random(), 35 + 0.3 * rng.random()
            side = "North" if n % 2 else "South"
            writer.writerow(
                [f"i{n}", KINDS[int(rng.integers(len(KINDS)))], day, day, f"Village {n}", f"{lon:.5f}",
                 f"{lat:.5f}", 300, side, "", "", f"An observer heard {int(rng.integers(2, 40))} bursts.",
                 f"Team {n % 9}", "B"]
            )  # fmt: skip
        for n in range(70):
            day = f"2024-05-{5 + n % 14:02d}"
            writer.writerow(
                [f"e{n}", "observation_effort", day, day, f"Post {n % 9}", f"{36.1 + 0.2 * (n % 9)}", "35.1",
                 500, "", "", 8, "", f"Team {n % 9}", "B"]
            )  # fmt: skip


def timed(make: Callable[[], T]) -> tuple[T, float]:
    """What it makes, and in how many seconds of processor time, which other work on the machine changes
    least."""
    start = time.process_time()
    made = make()
    return made, time.process_time() - start


def main() -> None:
    """Prints a table: a row per language and format."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--incidents", type=int, default=5000)
    parser.add_argument("--zones", type=int, default=9)
    parser.add_argument("--annex", type=int, default=1400, help="incidents listed; 0: all")
    parser.add_argument("--languages", default="en,ar,ru,tr")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "accord.yaml").write_text(accord(asked.zones), encoding="utf-8")
        # A quarter of the rows lies in the week before.
        evidence(folder / "rows.csv", asked.incidents * 4 // 3)
        workspace = Workspace.create(folder / "w", folder / "accord.yaml")
        ingest(workspace, [folder / "rows.csv"])
        request = MissionRequest(period="week", as_of="2024-05-18")
        prepared, read = timed(lambda: prepare(workspace.root, request))
        print(f"record read and reports linked, once: {read:.1f} s\n")
        print(
            "| language | format | incidents | listed | maps | pages | facts and words, s | format, s "
            "| together, s | MB | peak, MiB |"
        )
        print("|---|---|---|---|---|---|---|---|---|---|---|")
        for language in asked.languages.split(","):
            facts, of_facts = timed(lambda: prepared.facts("internal", language, None))  # noqa: B023
            document, of_words = timed(lambda: compose(facts, most_incidents=asked.annex or None))  # noqa: B023
            maps = sum(isinstance(block, Picture) for block in document.blocks) - 1
            listed = len(list(document.tables())[-1].rows)
            made = of_facts + of_words
            pages = ""
            for form in ("html", "pdf", "docx"):
                content, seconds = timed(lambda: RENDERERS[form](document))  # noqa: B023
                if form == "pdf":
                    pages = str(len(pypdf.PdfReader(io.BytesIO(content)).pages))
                memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
                print(
                    f"| {language} | {form} | {len(facts.incidents)} | {listed} | {maps} "
                    f"| {pages if form == 'pdf' else ''} | {made:.1f} | {seconds:.1f} | {made + seconds:.1f} "
                    f"| {len(content) / 1e6:.1f} | {memory:.0f} |",
                    flush=True,
                )


if __name__ == "__main__":
    main()
