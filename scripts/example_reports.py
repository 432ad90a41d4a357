"""Reports of two agreements, in four languages and three formats, into a folder: ``make reports``.

Idlib (2018): the 29 real reports of the example, and monitors' reports that are synthetic. Golan (1974): all
reports are synthetic, drawn from seeded generators; they happened nowhere and say nothing about anybody.
"""

from __future__ import annotations

import argparse
import shutil
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import numpy as np

from truceline.app.demo import POSTS, SEED
from truceline.app.ingest import ingest
from truceline.app.mission.files import FORMATS, MissionRequest, write_mission_report
from truceline.app.synthetic import COLUMNS, SOURCE, Post, Setting, generate, write_csv
from truceline.core.messages import LANGUAGES
from truceline.store.workspace import Workspace

EXAMPLES = Path(__file__).parents[1] / "examples"
GOLAN_POSTS = (
    Post("Post North", 35.84, 33.28),
    Post("Post Quneitra road", 35.84, 33.12),
    Post("Post South", 35.87, 32.88),
    Post("Post Yarmouk", 35.81, 32.76),
)
FIRE = ("small_arms_fire", "armed_clash", "shelling", "explosion", "drone_flight")


def main() -> None:
    """Makes the workspaces and writes the reports."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path, nargs="?", default=Path("reports-out"))
    folder: Path = parser.parse_args().out
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for root, as_of, period in (
        (idlib(folder), "2018-10-15", "month"),
        (golan(folder), "1974-07-14", "week"),
    ):
        write_mission_report(
            root,
            folder / "reports",
            MissionRequest(
                period=period, as_of=as_of, languages=LANGUAGES, formats=FORMATS,
                editions=("internal",),
            ),
            told=print,
        )  # fmt: skip


def idlib(folder: Path) -> Path:
    """The workspace of the Idlib example with its real and its synthetic reports."""
    example = EXAMPLES / "idlib-2018"
    workspace = Workspace.create(folder / "idlib", example / "accord.yaml")
    shutil.copytree(example / "basemap", workspace.root / "basemap")
    setting = Setting(
        sides=("opposition", "syrian_government"), posts=POSTS, signed=date(2018, 9, 17),
        deadline=date(2018, 10, 10), until=date(2018, 12, 31),
    )  # fmt: skip
    write_csv(generate(setting, seed=SEED), folder / "idlib-synthetic.csv")
    ingest(workspace, [example / "reported-events.csv", folder / "idlib-synthetic.csv"])
    return workspace.root


def golan(folder: Path) -> Path:
    """The workspace of the Golan example with synthetic reports alone."""
    workspace = Workspace.create(folder / "golan", EXAMPLES / "golan-1974" / "accord.yaml")
    shutil.copytree(EXAMPLES / "golan-1974" / "basemap", workspace.root / "basemap")
    setting = Setting(
        sides=("israel", "syria"), posts=GOLAN_POSTS, signed=date(1974, 5, 31), deadline=date(1974, 6, 25),
        until=date(1974, 7, 31),
    )  # fmt: skip
    rows = [*generate(setting, seed=SEED), *incidents(date(1974, 6, 20), 40)]
    write_csv(rows, folder / "golan-synthetic.csv")
    ingest(workspace, [folder / "golan-synthetic.csv"])
    return workspace.root


def incidents(first: date, days: int) -> Iterator[dict[str, object]]:
    """Invented incidents and patrols near the posts, a few a day."""
    rng = np.random.default_rng(SEED)
    for number in range(days * 2):
        post = GOLAN_POSTS[int(rng.integers(len(GOLAN_POSTS)))]
        day = first + timedelta(days=int(rng.integers(days)))
        kind = "patrol" if number % 5 == 0 else FIRE[int(rng.integers(len(FIRE)))]
        side, other = [("israel", "syria"), ("syria", "israel")][int(rng.integers(2))]
        yield dict.fromkeys(COLUMNS) | {
            "id": f"syn-fire-{number:03d}", "kind": kind, "date_start": day.isoformat(),
            "date_end": day.isoformat(), "place": post.name, "lon": round(post.lon + rng.normal(0, 0.03), 4),
            "lat": round(post.lat + rng.normal(0, 0.03), 4), "error_m": int(rng.integers(5, 40)) * 100,
            "actor": "undof" if kind == "patrol" else side, "target": "" if kind == "patrol" else other,
            "method": "heard", "reliability": "B", "credibility": 2, "claim": "false", "synthetic": "true",
            "report": f"synthetic: {kind.replace('_', ' ')} near {post.name}", "source": SOURCE,
        }  # fmt: skip


if __name__ == "__main__":
    main()
