"""The results as the section of docs/performance.md."""

from __future__ import annotations

import textwrap
from typing import Any

BEGIN, END = "<!-- peers: begin -->", "<!-- peers: end -->"
BYTES_PER_POINT = 20


def section(result: dict[str, Any]) -> str:
    """Markdown, lines that a person could have written."""
    machine = result["machine"]
    lines = [
        BEGIN,
        *paragraph(
            f"`make bench-peers`, {machine['date']}, {result['seconds'] / 60:.0f} minutes. {machine['cpu']},"
            f" {machine['cores']} cores, {machine['memory_gb']:.0f} GB, Python {machine['python']}. Load"
            f" average {machine['load']:.1f} before and {result['load_after']:.1f} after; the benchmark"
            f" itself makes up to {machine['cores']}. Each rival ran alone in a process of its own. All that"
            " took part agree: pair by pair on up to 10,000 points, and on the number of pairs and the sums"
            " of both columns wherever they were run with more."
        ),
        "",
        *main_table(result),
        "",
        *growth_of_points(result),
        "",
        *([] if result["brief"] else [*growth_of_zones(result), ""]),
        *roofline(result),
        END,
    ]
    return "\n".join(lines)


def paragraph(text: str) -> list[str]:
    return textwrap.wrap(text, 116, break_long_words=False, break_on_hyphens=False)


def main_table(result: dict[str, Any]) -> list[str]:
    lines = [
        *paragraph(
            f"**{result['main']}**, uniform points. The rate is that of the join alone, in million points a"
            " second, at the largest number of points that the rival was run with; `faster` is Truceline's"
            " rate with the same points (and one thread where the rival had one) over the rival's. `load` is"
            " what came before for those points: building an index or geometries, filling a table. Memory is"
            " the most that was held with 10^6 points (or those of the rate where they were fewer), in"
            " brackets before there were any."
        ),
        "",
        "| | version | points | rate | faster | load, s | memory, MB |",
        "|---|---|---|---|---|---|---|",
    ]
    for name, found in result["rivals"].items():
        if "missing" in found:
            lines.append(f"| {name} | not measured: {found['missing']} | | | | | |")
            continue
        step = best(found, result["main"])
        if step is None:
            lines.append(f"| {name} | {found['version']} | none within the time allowed | | | | |")
            continue
        rival_rate = rate(step)
        one = "Truceline, 1 thread" if "1 thread" in name else "Truceline"
        ours = steps(result["rivals"].get(one, {}), result["main"])
        same = next((s for s in ours if s["points"] == step["points"]), None)
        ratio = "" if name.startswith("Truceline") or not same else number(rate(same) / rival_rate)
        held = [s for s in steps(found, result["main"]) if s["points"] <= 1_000_000][-1]
        lines.append(
            f"| {name} | {found['version']} | {power(step['points'])} | {number(rival_rate)} | {ratio} | "
            f"{step['load_s']:.2f} | {held['peak_mb']:,.0f} ({found['before_mb']:,.0f}) |"
        )
    return lines


def growth_of_points(result: dict[str, Any]) -> list[str]:
    counts = sorted({s["points"] for f in result["rivals"].values() for s in steps(f, result["main"])})
    lines = [
        *paragraph(
            "**Growth with points**, the same zones; million points a second. Empty: not run, since by"
            f" the two steps before it would have taken more than {result['budget_s']:.0f} s with its"
            f" loading, or the series had to end after {result['limit_s']:.0f} s (Truceline ran all)."
        ),
        "",
        "| | " + " | ".join(power(count) for count in counts) + " |",
        "|---|" + "---|" * len(counts),
    ]
    for name, found in result["rivals"].items():
        if "missing" not in found:
            rates = {s["points"]: number(rate(s)) for s in steps(found, result["main"])}
            lines.append(f"| {name} | " + " | ".join(rates.get(count, "") for count in counts) + " |")
    return lines


def growth_of_zones(result: dict[str, Any]) -> list[str]:
    labels = result["growth"]
    lines = ["**Growth with zones and vertices**; million points a second, of at most 10^6 points.", ""]
    for part in ("zones that tile", "vertices in"):
        some = [label for label in labels if part in label]
        lines += [
            f"| {some[0].split(' ', 1)[1]} | " + " | ".join(label.split(" ", 1)[0] for label in some) + " |",
            "|---|" + "---|" * len(some),
        ]
        for name, found in result["rivals"].items():
            if "missing" not in found:
                cells = [((step := best(found, label)) and number(rate(step))) or "" for label in some]
                lines.append(f"| {name} | " + " | ".join(cells) + " |")
        lines.append("")
    return lines[:-1]


def roofline(result: dict[str, Any]) -> list[str]:
    roof = result["roofline"]
    lines = [
        *paragraph(
            "**Roofline.** A point is 16 bytes read and 4 written. A plain stream of the same, over"
            f" {power(roof['points'])} points on all cores, moved {roof['gb_per_s']:.1f} GB/s: no method can"
            f" pass {roof['stream']:,.0f} million points a second here."
        ),
        "",
        "| | million points/s | GB/s of points | share of the stream |",
        "|---|---|---|---|",
    ]
    rows = {
        "Truceline, points in order of its cells": roof["in_cells"],
        "Truceline, points along a Z curve of 2,048 x 2,048": roof["along_a_curve"],
        "Truceline, points in no order": roof["no_order"],
    }
    peers = {
        name: rate(step)
        for name, found in result["rivals"].items()
        if not name.startswith("Truceline") and (step := best(found, result["main"]))
    }
    if peers:
        name = max(peers, key=peers.__getitem__)
        rows[f"{name}, the fastest peer"] = peers[name]
    for name, value in rows.items():
        moved, share = value * BYTES_PER_POINT / 1e3, value / roof["stream"]
        lines.append(f"| {name} | {number(value)} | {moved:.2f} | {share:.2%} |")
    return lines


def steps(found: dict[str, Any], label: str) -> list[dict[str, Any]]:
    return [step for step in found.get("steps", []) if step["set"] == label]


def best(found: dict[str, Any], label: str) -> dict[str, Any] | None:
    """The step with the most points."""
    return max(steps(found, label), key=lambda step: step["points"], default=None)


def rate(step: dict[str, Any] | None) -> float:
    """Million points a second."""
    assert step is not None
    return float(step["points"] / step["join_s"] / 1e6)


def number(value: float) -> str:
    """Two or three figures."""
    if value >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if value >= 10 else f"{value:.2g}" if value < 1 else f"{value:.2f}"


def power(count: int) -> str:
    """10^6, as the tables write it."""
    exponent = len(str(count)) - 1
    return f"10^{exponent}" if count == 10**exponent else f"{count:,}"
