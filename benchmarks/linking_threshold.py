"""How sure a link must be, chosen and scored on different incidents of the labelled pairs.

    python benchmarks/linking_threshold.py

For each threshold and each coarsest place: what `benchmarks/linking.py` counts. Then five times five folds
by incident: the setting that does best on four folds is scored on the fifth, which it has not seen. Best is
by F0.5 (a wrong link weighs more than a missed one), with links of a summary to one of its parts as wrong.
Last, the same settings on 100,000 invented reports, where 21 incidents happen a day.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace

from linking import _wrong, labels, many, observations

from truceline.evidence.linking import LinkRules, link_incidents

THRESHOLDS = (0.40, 0.45, 0.50, 0.55, 0.60, 0.65)
COARSEST_M = (25_000.0, 40_000.0, 60_000.0)
FOLDS = 5
Setting = tuple[float, float]
Pair = Mapping[str, str]
Counted = Counter[tuple[str, bool]]


def incident_of(pairs: Iterable[Pair]) -> dict[str, str]:
    """The incident of each report, as the labels say, with parts and what sums them up together."""
    parent: dict[str, str] = {}

    def find(report: str) -> str:
        while parent.setdefault(report, report) != report:
            report = parent[report]
        return report

    for pair in pairs:
        if pair["label"] in ("same", "part"):
            parent[find(pair["a"])] = find(pair["b"])
    return {pair[end]: find(pair[end]) for pair in pairs for end in ("a", "b")}


def measures(found: Counted) -> tuple[float, float, float]:
    """Precision and recall over `same` and `no`, and F0.5 with linked parts as wrong."""
    right, wrong, missed = found["same", True], found["no", True], found["same", False]
    parts = found["part", True]
    f_half = 1.25 * right / max(1.25 * right + 0.25 * missed + wrong + parts, 1e-9)
    return right / max(right + wrong, 1), right / max(right + missed, 1), f_half


def main() -> None:
    table, parties = observations()
    ids, pairs = table["origin_id"].to_pylist(), labels()
    numbers: dict[Setting, dict[str, int]] = {}
    for threshold in THRESHOLDS:
        for coarsest in COARSEST_M:
            rules = replace(LinkRules(), threshold=threshold, max_error_m=coarsest)
            incidents = link_incidents(table, parties=parties, rules=rules)
            numbers[threshold, coarsest] = dict(zip(ids, incidents.number.tolist(), strict=True))

    def counted(setting: Setting, some: Iterable[Pair]) -> Counted:
        number = numbers[setting]
        return Counter((pair["label"], number[pair["a"]] == number[pair["b"]]) for pair in some)

    for setting in numbers:
        found = counted(setting, pairs)
        precision, recall, f_half = measures(found)
        print(setting, dict(found), f"precision {precision:.2f} recall {recall:.2f} F0.5 {f_half:.3f}")

    incident = incident_of(pairs)
    held_out, chosen = Counted(), Counter[Setting]()
    for seed in range(5):
        order = sorted(set(incident.values()))
        random.Random(seed).shuffle(order)
        fold = {one: place % FOLDS for place, one in enumerate(order)}
        of = [(pair, fold[incident[pair["a"]]], fold[incident[pair["b"]]]) for pair in pairs]
        for test in range(FOLDS):
            seen = [pair for pair, a, b in of if test not in (a, b)]
            best = max(numbers, key=lambda setting: (measures(counted(setting, seen))[2], setting[0]))
            chosen[best] += 1
            held_out += counted(best, [pair for pair, a, _ in of if a == test])
    precision, recall, _ = measures(held_out)
    print(f"held out: precision {precision:.2f} recall {recall:.2f}, chosen {chosen.most_common()}")

    reports, truth = many(100_000)
    for threshold, coarsest in ((0.55, 25_000.0), (0.50, 40_000.0), (0.45, 60_000.0)):
        links = link_incidents(
            reports, rules=replace(LinkRules(), threshold=threshold, max_error_m=coarsest)
        ).links
        wrong = _wrong(links["a"], links["b"], truth.to_numpy(), "obs-")
        print(f"{threshold}, {coarsest:,.0f} m: {links.num_rows} links, {wrong} wrong")


if __name__ == "__main__":
    main()
