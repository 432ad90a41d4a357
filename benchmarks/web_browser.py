"""The application in a real browser (Chromium by Playwright): first views, moving the map, what is new.

Makes a workspace with synthetic observations, serves it in a process of its own, and measures with the
browser's own clocks (Performance API): when the board shows its first obligation and the map has all tiles
of its first view, of a server that has just started and of one that has answered before; how long the main
thread is held, and how long frames take, while the map is dragged and zoomed; how much script the first view
loads; and how long after a report is recorded, through the API and by the command line in another process,
the changed status stands in the open page. Prints a table, or JSON. Absolute times are this machine's, whose
browser may have no graphics processor (frames are then drawn by the main processor).

    .venv/bin/python benchmarks/web_browser.py --rows 1000000
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, sync_playwright
from web import make, served

REPOSITORY = Path(__file__).parents[1]
CLI = str(Path(sys.executable).with_name("truceline"))
SIZE = ViewportSize(width=1440, height=900)
PATIENCE_S = 300.0
WATCH = """
window.__first = {};
window.__long = [];
const mark = (name, selector) => {
  if (!(name in window.__first) && document.querySelector(selector)) window.__first[name] = performance.now();
};
new MutationObserver(() => {
  mark("row", "ol.rows .row-title");
  if (!document.querySelector(".map-state")) mark("ready", "canvas.maplibregl-canvas");
  if (document.querySelector(".alerts .alert") && !window.__alert) window.__alert = Date.now();
}).observe(document, { childList: true, subtree: true });
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) window.__long.push([entry.startTime, entry.duration]);
}).observe({ type: "longtask", buffered: true });
"""
FRAMES = """() => { window.__frames = []; window.__framing = true; let last = performance.now();
  const step = (now) => { window.__frames.push(now - last); last = now;
    if (window.__framing) requestAnimationFrame(step); };
  requestAnimationFrame(step); }"""
SCRIPTS = """() => performance.getEntriesByType("resource").map((one) => one.name)
  .concat([...document.scripts].map((one) => one.src))
  .filter((name) => /[.]m?js($|[?])/.test(name))"""


def signed_in(browser: Browser, address: str) -> BrowserContext:
    """A browser with nothing kept, signed in as administrator."""
    context = browser.new_context(viewport=SIZE, service_workers="block")
    context.request.get(f"{address}/api/v1/session/local?token=TOKEN", max_redirects=0)
    context.add_init_script(WATCH)
    return context


def _until(page: Page, expression: str) -> None:
    """Waits until something holds in a page (whose policy lets no text be run as script in it)."""
    began = time.monotonic()
    while not page.evaluate(f"Boolean({expression})"):
        if time.monotonic() - began > PATIENCE_S:
            raise TimeoutError(expression)
        page.wait_for_timeout(50)


def first_board(context: BrowserContext, address: str) -> tuple[Page, float]:
    """Opens the board; milliseconds from the start of the navigation to its first obligation."""
    page = context.new_page()
    page.goto(address + "/")
    _until(page, "window.__first.row")
    return page, float(page.evaluate("window.__first.row"))


class Tiles:
    """The vector tiles that a page asks for, which the map's own thread loads: as the browser times them."""

    def __init__(self, page: Page) -> None:
        self.asked = 0
        self.came: list[float] = []
        page.on("request", lambda one: self._count(one.url))
        page.on("requestfinished", lambda one: self._end(one.url, one.timing))

    def _count(self, url: str) -> None:
        self.asked += "/tiles/" in url

    def _end(self, url: str, timing: Any) -> None:
        if "/tiles/" in url:
            self.came.append(timing["startTime"] + timing["responseEnd"])

    def settled(self, page: Page, quiet_s: float = 1.5) -> None:
        """Waits until all that were asked for have come and no other has been asked for a while."""
        before, since, began = -1, time.monotonic(), time.monotonic()
        while time.monotonic() - began < PATIENCE_S:
            if self.asked != before or len(self.came) < self.asked:
                before, since = self.asked, time.monotonic()
            elif self.asked and time.monotonic() - since > quiet_s:
                return
            page.wait_for_timeout(100)
        raise TimeoutError("the tiles of the map")


def first_map(context: BrowserContext, address: str) -> tuple[Page, Tiles, float]:
    """Opens the map of all reports; milliseconds until it had all that it draws, and the last tile of its
    first view was there."""
    page = context.new_page()
    tiles = Tiles(page)
    page.goto(address + "/map?span=all&on=synthetic")
    _until(page, "window.__first.ready")
    tiles.settled(page)
    began, ready = page.evaluate("[performance.timeOrigin, window.__first.ready]")
    return page, tiles, max(max(tiles.came) - began, ready)


def moved(page: Page, tiles: Tiles) -> dict[str, Any]:
    """Drags and zooms the map for a while: tasks over 50 ms on the main thread, and frames."""
    box = page.locator("canvas.maplibregl-canvas").bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.evaluate("() => { window.__long = []; }")
    page.evaluate(FRAMES)
    began = time.monotonic()
    for dx, dy in ((260, 0), (0, 160), (-320, -120), (160, 60)):
        page.mouse.move(x, y)
        page.mouse.down()
        for step in range(1, 16):
            page.mouse.move(x + dx * step / 15, y + dy * step / 15)
            page.wait_for_timeout(16)
        page.mouse.up()
    for turn in (-240, -240, -240, 240, 240, -240, 240):
        page.mouse.move(x, y)
        page.mouse.wheel(0, turn)
        page.wait_for_timeout(350)
    tiles.settled(page, 1.0)
    took = time.monotonic() - began
    frames = sorted(page.evaluate("() => { window.__framing = false; return window.__frames; }"))
    tasks = [duration for _, duration in page.evaluate("window.__long")]
    return {
        "seconds": round(took, 1),
        "tasks_over_50_ms": len(tasks),
        "longest_task_ms": round(max(tasks, default=0)),
        "frames": len(frames),
        "frame_median_ms": round(statistics.median(frames), 1),
        "frame_p95_ms": round(frames[int(len(frames) * 0.95)], 1),
        "frame_longest_ms": round(frames[-1]),
    }


def script_kb(page: Page, address: str) -> tuple[float, float]:
    """Kilobytes of script that a page has loaded, gzipped: without the map library, and of that."""
    own, library = 0, 0
    for name in sorted(set(page.evaluate(SCRIPTS))):
        if name.startswith(address):
            size = len(gzip.compress(urllib.request.urlopen(name).read(), 6))
            own, library = (own, library + size) if "maplibre" in name else (own + size, library)
    return round(own / 1000, 1), round(library / 1000, 1)


def change_reaches(page: Page, root: Path, record: Callable[[], None]) -> dict[str, float]:
    """Seconds until a status that changes by what is recorded stands in the open page: since it was begun to
    be recorded, and since the record held it."""
    page.evaluate("() => { document.querySelectorAll('.alerts .alert button').forEach((b) => b.click()); }")
    _until(page, "!document.querySelector('.alerts .alert')")
    page.evaluate("() => { window.__alert = 0; }")
    asked = time.time()
    record()
    _until(page, "window.__alert")
    shown = page.evaluate("window.__alert") / 1000
    with sqlite3.connect(f"file:{root / 'evidence.sqlite'}?mode=ro", uri=True) as connection:
        (recorded,) = connection.execute("SELECT MAX(recorded_at) FROM entry").fetchone()
    return {"since_begun_s": round(shown - asked, 2), "since_recorded_s": round(shown - recorded / 1e6, 2)}


def changes(page: Page, root: Path) -> dict[str, Any]:
    """A report that closes the road, through the API from the page; the command that takes it back."""
    report = {
        "kind": "route_closed", "subject": "road-open", "error_m": 100,
        "report": f"closed at the bridge, {time.time():.0f}",
        "occurred": {"start": "2025-11-01T10:00:00Z", "end": "2025-11-20T11:00:00Z"},
        "geometry": {"type": "Point", "coordinates": [36.5, 35.7]}, "reliability": "A", "credibility": 1,
    }  # fmt: skip
    made: list[str] = []

    def through_api() -> None:
        made.append(
            page.evaluate(
                """async (report) => {
                  const session = await (await fetch("/api/v1/session")).json();
                  const answer = await fetch("/api/v1/observations", { method: "POST",
                    headers: { "content-type": "application/json", "x-csrf-token": session.csrf },
                    body: JSON.stringify(report) });
                  return (await answer.json()).id; }""",
                report,
            )
        )

    def by_command() -> None:
        command = [CLI, "correct", "retract", str(root), made[0], "--author", "duty officer"]
        subprocess.run([*command, "--reason", "the bridge is open"], check=True, capture_output=True)

    return {
        "through the API": change_reaches(page, root, through_api),
        "by the command line": change_reaches(page, root, by_command),
    }


def measured(root: Path, screenshots: Path | None) -> dict[str, Any]:
    """Every figure, in the order in which it is told."""
    found: dict[str, Any] = {"load_before": round(os.getloadavg()[0], 1)}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("CHROMIUM") or shutil.which("chromium"),
            args=["--no-sandbox", "--enable-unsafe-swiftshader"],
        )
        with served(root):
            pass  # once, so that the columnar copy and compiled kernels are there, as after any first day
        with served(root, warm=False) as address:
            page, found["board_just_started_ms"] = first_board(signed_in(browser, address), address)
            page.close()
            page, _, found["map_just_started_ms"] = first_map(signed_in(browser, address), address)
            page.close()
        with served(root) as address:
            context = signed_in(browser, address)
            board, found["board_ms"] = first_board(context, address)
            found["script_kb"], _ = script_kb(board, address)
            chart, tiles, found["map_ms"] = first_map(context, address)
            found["map_script_kb"], found["map_library_kb"] = script_kb(chart, address)
            if screenshots:
                chart.screenshot(path=str(screenshots / "map.png"))
            found["moving"] = moved(chart, tiles)
            if screenshots:
                chart.screenshot(path=str(screenshots / "moved.png"))
            chart.close()
            board.bring_to_front()
            found["changes"] = changes(board, root)
            if screenshots:
                board.screenshot(path=str(screenshots / "board.png"))
        browser.close()
    return found


def table(found: dict[str, Any]) -> str:
    """The figures as a table for docs/performance.md."""
    moving, changed = found["moving"], found["changes"]
    rows = [
        ("board, server just started", f"{found['board_just_started_ms'] / 1000:.2f} s"),
        ("map with all tiles of its first view, then", f"{found['map_just_started_ms'] / 1000:.2f} s"),
        ("board, server warm", f"{found['board_ms'] / 1000:.2f} s"),
        ("map with all tiles of its first view, server warm", f"{found['map_ms'] / 1000:.2f} s"),
        ("script of the board, gzipped", f"{found['script_kb']} kB"),
        ("script of the map, gzipped, without the map library", f"{found['map_script_kb']} kB"),
        ("the map library, gzipped", f"{found['map_library_kb']} kB"),
        (f"tasks over 50 ms in {moving['seconds']} s of dragging and zooming", moving["tasks_over_50_ms"]),
        ("the longest of them", f"{moving['longest_task_ms']} ms"),
        ("frames: median, 95%, longest", f"{moving['frame_median_ms']}, {moving['frame_p95_ms']}, "
         f"{moving['frame_longest_ms']} ms"),
    ]  # fmt: skip
    for how, one in changed.items():
        text = f"{one['since_recorded_s']} s after it was recorded, {one['since_begun_s']} s after its start"
        rows.append((f"a change of status in the open page, {how}", text))
    head = f"| {found['rows']:,} observations, load {found['load_before']} | |\n|---|---|"
    return "\n".join([head, *(f"| {what} | {figure} |" for what, figure in rows)])


def main() -> None:
    """Runs the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--screenshots", type=Path, help="a folder for pictures of what was measured")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        root = make(Path(name), arguments.rows)
        found = {"rows": arguments.rows} | measured(root, arguments.screenshots)
    print(json.dumps(found, indent=1) if arguments.json else table(found))


if __name__ == "__main__":
    main()
