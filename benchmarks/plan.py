"""Planning patrols: a week of 2 guarantors, 6 teams and 60 posts each; and the solver on public instances.

    python benchmarks/plan.py [INSTANCES]
    uv run --with ortools python benchmarks/plan.py INSTANCES    with OR-Tools beside

INSTANCES is a folder with VRPTW instances in VRPLIB format (NAME.vrp) and the best solutions known
(NAME.sol), as https://github.com/PyVRP/Instances has them (VRPTW: Gehring and Homberger's with 1000
customers); without it that part is left out. Distances and times are cut to one decimal, as in the DIMACS
challenge.
"""

from __future__ import annotations

import sys
import time
from dataclasses import replace
from datetime import date
from datetime import time as of_day
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np
import pyvrp
import shapely
from rivals.vrptw_or_tools import or_tools_distance

from truceline.geo.nearest import LineIndex
from truceline.patrol.planning.model import Mode, Options, Task, Team
from truceline.patrol.planning.plan import planned
from truceline.patrol.planning.solve import searched
from truceline.patrol.visits import Post

EFFORT = 3000
"""The command's own."""


def week() -> Task:
    """Invented posts on both sides of an invented line of 170 km, seen every one to four days."""
    rng = np.random.default_rng(1)
    line = LineIndex(shapely.LineString([(36, 34.5), (36.05, 35), (36, 35.5), (36.1, 36)]))
    teams, posts = [], []
    for party, side in (("turkey", -1), ("russia", 1)):
        for k in range(6):
            lon, lat = 36.03 + side * 0.15, 34.6 + k * 0.25
            curfew = of_day(20), of_day(5)
            teams.append(Team(f"{party}-{k}", party, lon, lat, 40 / 3.6, of_day(6), 10 * 3600, curfew))
        for k in range(60):
            lon, lat = 36.03 + side * rng.uniform(0.08, 0.3), rng.uniform(34.5, 36.0)
            hours = [24, 48, 72, 96][k % 4]
            posts.append(
                Post(f"{party}-p{k}", lon, lat, visit_s=1200.0, revisit_s=hours * 3600.0, party=party)
            )
    sides = {"turkey": "left", "russia": "right"}
    options = Options(seed=1, iterations=EFFORT)
    return Task(
        teams, posts, date(2018, 10, 15), 7, ZoneInfo("Asia/Damascus"), line,
        sides, options=options,  # type: ignore[arg-type]
    )  # fmt: skip


def main() -> None:
    asked = week()
    modes: tuple[tuple[Mode, float], ...] = (("separate", 0.0), ("coordinated", 0.0), ("coordinated", 0.5))
    print("mode         chance  s wall  s cpu  coverage  loss    foretold  paired")
    for mode, chance in modes:
        options = replace(asked.options, mode=mode, unpredictable=chance)
        wall, cpu = time.perf_counter(), time.process_time()
        plan = planned(replace(asked, options=options))
        wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
        loss = plan.plain_coverage - plan.coverage
        paired = "" if plan.paired_share is None else f"{plan.paired_share:.1%}"
        print(
            f"{mode:12} {chance:6.1f} {wall:7.1f} {cpu:6.1f} {plan.coverage:9.2%} {loss:7.2%} "
            f"{plan.foretold_share:9.1%}  {paired}",
            flush=True,
        )
    if len(sys.argv) > 1:
        for path in sorted(Path(sys.argv[1]).glob("*.vrp")):
            solve(path)


def solve(path: Path) -> None:
    """The same solver with the same rule for stopping as a day of a plan."""
    best = next(
        float(line.split()[1])
        for line in path.with_suffix(".sol").read_text(encoding="utf-8").splitlines()
        if line.lower().startswith("cost")
    )
    data = pyvrp.read(path, round_func="dimacs")
    wall, start = time.perf_counter(), time.process_time()
    found = searched(data, 1, EFFORT)
    took, wall = time.process_time() - start, time.perf_counter() - wall
    gap = found.distance() / 10.0 / best - 1.0
    print(
        f"{path.stem}: {data.num_clients} customers, best known {best}, gap {gap:.2%}, "
        f"{took:.0f} s of processor time ({wall:.0f} s)",
        flush=True,
    )
    rival = or_tools_distance(data, took)
    if rival is not None:
        distance, took = rival
        gap = f"{distance / 10.0 / best - 1.0:.2%}" if distance else "nothing found"
        print(f"{path.stem}: OR-Tools: gap {gap}, {took:.0f} s of processor time", flush=True)


if __name__ == "__main__":
    main()
