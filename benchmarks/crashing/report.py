"""Writes what the crash test found into docs/reliability.md, between two marks."""

from __future__ import annotations

import os
import platform
import sqlite3
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

PAGE = Path(__file__).parents[2] / "docs" / "reliability.md"
BEGIN, END = "<!-- crash: begin -->\n", "<!-- crash: end -->\n"


def machine(folder: Path) -> dict[str, Any]:
    """On what it ran, without names."""
    return {
        "date": f"{datetime.now(UTC):%Y-%m-%d}",
        "system": f"{platform.system()} {platform.release().partition('-')[0]}",
        "cores": os.cpu_count(),
        "python": platform.python_version(),
        "sqlite": sqlite3.sqlite_version,
        "file_system": _file_system(folder),
    }


def _file_system(folder: Path) -> str:
    best, kind = "", "unknown"
    for line in Path("/proc/mounts").read_text().splitlines():
        _, at, found, *_ = line.split()
        if folder.is_relative_to(at) and len(at) > len(best):
            best, kind = at, found
    return kind


def write(told: dict[str, Any]) -> None:
    """Replaces what stands between the marks."""
    before, _, rest = PAGE.read_text("utf-8").partition(BEGIN)
    _, _, after = rest.partition(END)
    PAGE.write_text(f"{before}{BEGIN}{page(told)}{END}{after}", "utf-8")


def page(told: dict[str, Any]) -> str:
    """The findings as Markdown."""
    on = told["machine"]
    lines = [
        "",
        f"**{told['kills']:,} kills, {told['cuts']:,} power cuts, {told['failures_said']:,} failing media: "
        f"{len(told['faults'])} findings.**",
        "",
        f"Run on {on['date']}: {on['cores']} cores, {on['system']}, Python {on['python']}, "
        f"SQLite {on['sqlite']}, files on {on['file_system']}, seed {told['seed']}, "
        f"{told['minutes']:.0f} minutes.",
        "",
        "| work that was killed | operations on files | kills by time | kills at an operation | "
        "power cuts | failures said | findings |",
        "|---|--:|--:|--:|--:|--:|--:|",
    ]
    for one in told["phases"]:
        cells = [
            f"**{one['name']}**: {one['what']}",
            *(one.get(key, 0) for key in ("operations", "by_time", "by_operation", "cuts", "failures_said")),
            len(one["faults"]),
        ]
        lines.append(f"| {' | '.join(str(cell) for cell in cells)} |")
    points: Counter[str] = Counter()
    for one in told["phases"]:
        points.update(one.get("points", {}))
    said = [f"{point} {count}" for point, count in points.most_common()]
    lines += ["", f"Where the kills at an operation struck: {'; '.join(said)}.", ""]
    for fault in told["faults"][:50]:
        lines.append(f"- {fault}")
    if told.get("planted"):
        lines += ["", "| planted fault | by | tried | found |", "|---|---|--:|--:|"]
        lines += [
            f"| {plant['plant']}: {plant['what']} | {plant['finder']} | {plant['tried']} | {plant['found']} |"
            for plant in told["planted"]
        ]
    return "\n".join([*lines, ""]) + "\n"
