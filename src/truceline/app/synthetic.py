"""A seeded generator of the evidence that no open data holds for the worked example.

No inventory of weapons and no monitor's log of the Idlib agreement was ever published. To show how such
evidence is judged, this module invents it: declared inventories, what monitors saw in storage, sightings,
hours of observation, refused access. Nothing in it happened. Every row bears ``synthetic: true`` and the
source ``synthetic-monitors``, and both sides are drawn from the same distributions: the numbers say nothing
about anybody's conduct.

Method: per side and weapon class an inventory is drawn (Poisson about a mean per class). Each weapon is taken
to storage on a day drawn from a geometric distribution between the signature and the deadline, or, with
`late_share`, after it. Monitors watch from posts in the zone on most days (hours drawn from a triangular
distribution), are refused access on some, and see a weapon that has not left with a fixed probability a day.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import numpy as np

SOURCE = "synthetic-monitors"

COLUMNS = (
    "id", "kind", "date_start", "date_end", "place", "lon", "lat", "error_m", "actor", "target", "subject",
    "weapon_class", "calibre_mm", "equipment", "serial", "count", "effort_h", "method", "reliability",
    "credibility", "claim", "synthetic", "report", "source",
)  # fmt: skip

INVENTORY = (
    # class, calibre, equipment, mean number per side
    ("tank", None, "main battle tank", 9),
    ("artillery", 122.0, "howitzer", 7),
    ("mortar", 120.0, "heavy mortar", 12),
    ("multiple_rocket_launcher", 122.0, "multiple rocket launcher", 5),
)


@dataclass(frozen=True, slots=True)
class Post:
    """A place from which monitors watch; lon, lat on WGS 84."""

    name: str
    lon: float
    lat: float


@dataclass(frozen=True, slots=True)
class Setting:
    """What the generator needs to know: who declares, where, and between which days."""

    sides: tuple[str, ...]
    posts: tuple[Post, ...]
    signed: date
    deadline: date
    until: date
    late_share: float = 0.15
    seen_per_day: float = 0.08
    refused_per_day: float = 0.04


def generate(setting: Setting, *, seed: int) -> Iterator[dict[str, object]]:
    """Rows of evidence in our own CSV columns, in order of day; equal seeds give equal rows."""
    rng = np.random.default_rng(seed)
    rows = [*_weapons(setting, rng), *_monitoring(setting, rng)]
    rows.sort(key=lambda row: (row["date_start"], row["kind"], row["serial"] or "", row["place"]))
    for number, row in enumerate(rows, start=1):
        yield {column: row.get(column) for column in COLUMNS} | {"id": f"syn-{number:04d}"}


def write_csv(rows: Iterator[dict[str, object]] | Sequence[dict[str, object]], path: Path) -> int:
    """Writes the rows as UTF-8 CSV and says how many there were."""
    written = 0
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        writer.writeheader()
        for row in rows:
            writer.writerow({key: "" if value is None else value for key, value in row.items()})
            written += 1
    return written


def _row(kind: str, day: date, post: Post, report: str, **fields: object) -> dict[str, object]:
    base: dict[str, object] = dict.fromkeys(COLUMNS)
    return (
        base
        | {
            "kind": kind,
            "date_start": day.isoformat(),
            "date_end": day.isoformat(),
            "place": post.name,
            "lon": post.lon,
            "lat": post.lat,
            "error_m": 500,
            "method": "seen",
            "reliability": "B",
            "credibility": 2,
            "claim": "false",
            "synthetic": "true",
            "report": f"synthetic: {report}",
            "source": SOURCE,
        }
        | fields
    )


def _weapons(setting: Setting, rng: np.random.Generator) -> Iterator[dict[str, object]]:
    days_to_deadline = (setting.deadline - setting.signed).days
    for side in setting.sides:
        for weapon_class, calibre, equipment, mean in INVENTORY:
            total = max(int(rng.poisson(mean)), 1)
            declared_on = setting.signed + timedelta(days=int(rng.integers(3, 8)))
            home = setting.posts[int(rng.integers(len(setting.posts)))]
            about: dict[str, object] = {
                "weapon_class": weapon_class,
                "calibre_mm": calibre,
                "equipment": equipment,
                "actor": side,
            }
            yield _row(
                "weapon_declared",
                declared_on,
                home,
                f"declared inventory of the zone, {equipment}: {total}",
                count=total,
                claim="true",
                method="reported",
                **about,
            )
            for number in range(1, total + 1):
                late = rng.random() < setting.late_share
                wait = int(rng.geometric(0.08))
                leaves = (
                    setting.deadline + timedelta(days=wait)
                    if late
                    else setting.signed + timedelta(days=min(4 + wait, days_to_deadline))
                )
                serial = f"{side[:3].upper()}-{weapon_class[:3].upper()}-{number:02d}"
                yield from _one_weapon(setting, rng, home, leaves, about | {"serial": serial, "count": 1})


def _one_weapon(
    setting: Setting, rng: np.random.Generator, home: Post, leaves: date, about: dict[str, object]
) -> Iterator[dict[str, object]]:
    # A weapon still in the zone after the deadline may be seen there; one that has left is seen in its store.
    for offset in range((min(leaves, setting.until) - setting.deadline).days):
        if rng.random() < setting.seen_per_day:
            day = setting.deadline + timedelta(days=offset + 1)
            yield _row("weapon_sighting", day, home, f"{about['equipment']} seen in the zone", **about)
    if leaves <= setting.until:
        yield _row("weapon_stored", leaves, home, f"{about['equipment']} checked into storage", **about)


def _monitoring(setting: Setting, rng: np.random.Generator) -> Iterator[dict[str, object]]:
    day = setting.signed + timedelta(days=3)
    while day <= setting.until:
        for post in setting.posts:
            if rng.random() < setting.refused_per_day:
                side = setting.sides[int(rng.integers(len(setting.sides)))]
                yield _row(
                    "access_refused", day, post, "monitors turned back on the way to the post", actor=side
                )
            elif rng.random() < 0.7:
                hours = round(float(rng.triangular(2, 7, 11)), 1)
                yield _row("observation_effort", day, post, f"post manned for {hours} hours", effort_h=hours)
        day += timedelta(days=1)
