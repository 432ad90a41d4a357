"""Linking reports of one incident: against pairs labelled by hand, beside splink, and at scale.

    python benchmarks/linking.py [--rows 100000 1000000] [--pairs]

`--pairs` lists the pairs that were sampled for labelling, with the texts, and nothing of any score.
splink (the dependency group `bench`) gets the same reports, comparisons of its own kind on the same fields,
and no labels: its weights come from expectation maximisation.
"""

from __future__ import annotations

import argparse
import csv
import itertools
import json
import logging
import math
import random
import resource
import time
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from truceline.accord.load import load_accord
from truceline.evidence.actors import match_actors
from truceline.evidence.linking import LinkRules, link_incidents, parties_of
from truceline.evidence.linking.agreement import Parties
from truceline.evidence.linking.rules import MEANS
from truceline.evidence.readers import read_evidence

ROOT = Path(__file__).parents[1]
DATA = ROOT / "tests" / "data" / "linking"
IDLIB = ROOT / "examples" / "idlib-2018"
FILES = (IDLIB / "reported-events.csv", DATA / "reports.csv")
NOT_INCIDENTS = ("statement", "withdrawal_claim", "presence_report")
RANDOM_PAIRS = 116

Row = Mapping[str, str]


def sample_pairs() -> list[tuple[str, Row, Row]]:
    """The pairs to label: all that are near (within two days, and 60 km or the sum of their errors), and
    some of the others by chance. By different sources only. Knows no linker and no score."""
    rows = [row for file in FILES for row in csv.DictReader(file.open(encoding="utf-8"))]
    rows = [row for row in rows if row["kind"] not in NOT_INCIDENTS and row["lon"]]
    near: list[tuple[Row, Row]] = []
    far: list[tuple[Row, Row]] = []
    for a, b in itertools.combinations(rows, 2):
        if a["source"] == b["source"]:
            continue
        reach_km = max(60.0, (float(a["error_m"]) + float(b["error_m"])) / 1000)
        (near if _days(a, b) <= 2 and _km(a, b) <= reach_km else far).append((a, b))
    chance = random.Random(7)
    chance.shuffle(near)  # as it was done then: the draw below depends on it
    drawn = chance.sample(far, RANDOM_PAIRS)
    return [
        (stratum, a, b)
        for stratum, pairs in (("near", near), ("random", drawn))
        for a, b in sorted(pairs, key=lambda pair: (pair[0]["id"], pair[1]["id"]))
    ]


def _days(a: Row, b: Row) -> int:
    begin = max(date.fromisoformat(row["date_start"]) for row in (a, b))
    return max(0, (begin - min(date.fromisoformat(row["date_end"]) for row in (a, b))).days)


def _km(a: Row, b: Row) -> float:
    x = (float(a["lon"]) - float(b["lon"])) * math.cos(math.radians(35.7))
    return math.hypot(x, float(a["lat"]) - float(b["lat"])) * 111.2


def labels() -> list[dict[str, str]]:
    """The labels: a, b, stratum, label (same, part, no), reason."""
    return list(csv.DictReader((DATA / "labels.csv").open(encoding="utf-8")))


def observations() -> tuple[pa.Table, Parties]:
    """The reports as observations, and what their names mean in the accord of Idlib."""
    batches = [batch for file in FILES for batch in read_evidence(file, time_zone="Asia/Damascus")]
    table = pa.concat_tables([batch.table for batch in batches])
    names = {name for column in ("actors", "targets") for said in table[column].to_pylist() for name in said}
    accord = load_accord(IDLIB / "accord.yaml")
    return table, parties_of(accord, match_actors(accord, sorted(names)))


Scored = Mapping[str, float | int]


def scored(
    says_same: Callable[[str, str], bool], pairs: Iterable[Mapping[str, str]]
) -> dict[str, float | int]:
    """Precision and recall over pairs labelled same or no; those of a part are counted apart."""
    found = Counter((pair["label"], says_same(pair["a"], pair["b"])) for pair in pairs)
    right, wrong, missed = found["same", True], found["no", True], found["same", False]
    return {
        "right": right,
        "wrong": wrong,
        "missed": missed,
        "parts_linked": found["part", True],
        "precision": round(right / max(right + wrong, 1), 3),
        "recall": round(right / max(right + missed, 1), 3),
        "f1": round(2 * right / max(2 * right + wrong + missed, 1), 3),
    }


def ours(rules: LinkRules | None = None) -> dict[str, float | int]:
    """Truceline's own linking on the labels: same where both are in one incident."""
    table, parties = observations()
    incidents = link_incidents(table, parties=parties, rules=rules)
    number = dict(zip(table["origin_id"].to_pylist(), incidents.number.tolist(), strict=True))
    return scored(lambda a, b: number[a] == number[b], labels())


# splink.


def _fields(table: pa.Table, parties: Parties) -> pa.Table:
    """What splink compares: one row a report, hours since 1970, places in degrees, parties by their ids."""
    rows = []
    for row in table.select(_READ).to_pylist():
        meant: set[str] = set()
        for name in row["actors"]:
            if name.casefold() != "unknown":
                meant |= parties.get(name) or {name}
        rows.append(
            {
                "unique_id": row["origin_id"],
                "source": row["source"],
                "lon": row["lon"],
                "lat": row["lat"],
                "error_m": row["error_m"],
                "begin_h": row["occurred_from"].timestamp() / 3600,
                "end_h": row["occurred_to"].timestamp() / 3600,
                "day": int(row["occurred_from"].timestamp() // 86400),
                "cell": f"{math.floor(row['lon'] / 0.25)}/{math.floor(row['lat'] / 0.25)}",
                "kind": row["kind"],
                "means": MEANS.get(row["kind"], 0),
                "actors": sorted(meant) or None,
                "fatalities": row["fatalities"],
                "report": (row["report"] or "").lower(),
            }
        )
    return pa.Table.from_pylist(rows, schema=_SCHEMA)


_READ = ["origin_id", "source", "lon", "lat", "error_m", "occurred_from", "occurred_to", "kind", "actors",
         "fatalities", "report"]  # fmt: skip
_SCHEMA = pa.schema(
    [(name, pa.string()) for name in ("unique_id", "source", "cell", "kind", "report")]
    + [(name, pa.float64()) for name in ("lon", "lat", "error_m", "begin_h", "end_h")]
    + [(name, pa.int64()) for name in ("day", "means", "fatalities")]
    + [("actors", pa.list_(pa.string()))]
)
_KM = "(111.2*sqrt(power((lon_l-lon_r)*cos(radians((lat_l+lat_r)/2)),2)+power(lat_l-lat_r,2)))"
_JOINT_KM = "(sqrt(error_m_l*error_m_l+error_m_r*error_m_r)/1000)"
_COMPARED: dict[str, list[str]] = {
    "place": [
        f"{_KM}<={_JOINT_KM} and {_JOINT_KM}<6",
        f"{_KM}<={_JOINT_KM} and {_JOINT_KM}<18",
        f"{_KM}<={_JOINT_KM}",
        f"{_KM}<=2*{_JOINT_KM}",
    ],
    "time": [
        "least(end_h_l,end_h_r)-greatest(begin_h_l,begin_h_r)>=12",
        "greatest(begin_h_l,begin_h_r)-least(end_h_l,end_h_r)<=25",
    ],
    "kind": ["kind_l=kind_r", "(means_l & means_r)>0"],
    "actors": ["null: actors_l is null or actors_r is null", "len(list_intersect(actors_l,actors_r))>0"],
    "fatalities": [
        "null: fatalities_l is null or fatalities_r is null",
        "abs(fatalities_l-fatalities_r)<=0.2*greatest(fatalities_l,fatalities_r)",
    ],
    "text": ["jaccard(report_l,report_r)>0.75"],
}


def splink_scores(fields: pa.Table, *, blocked: list[str], likely: float) -> tuple[Any, float]:
    """splink's probability of each pair under the blocking rules, and the seconds of predicting alone."""
    import splink.comparison_level_library as levels
    import splink.comparison_library as comparisons
    from splink import Linker, SettingsCreator
    from splink.backends.duckdb import DuckDBAPI

    logging.getLogger("splink").setLevel(logging.ERROR)

    def level(sql: str) -> Any:
        if sql.startswith("null: "):
            return levels.CustomLevel(sql.removeprefix("null: "), "null").configure(is_null_level=True)
        return levels.CustomLevel(sql, sql)

    rules: list[Any] = list(blocked)  # strings are taken too, but its types do not say so
    settings = SettingsCreator(
        link_type="dedupe_only",
        comparisons=[
            comparisons.CustomComparison(
                output_column_name=name,
                comparison_levels=[*(level(sql) for sql in conditions), levels.ElseLevel()],
            )
            for name, conditions in _COMPARED.items()
        ],
        blocking_rules_to_generate_predictions=rules,
        probability_two_random_records_match=likely,
    )
    database = DuckDBAPI()
    linker = Linker(database.register(fields), settings)
    linker.training.estimate_u_using_random_sampling(max_pairs=1e6, seed=1)
    linker.training.estimate_parameters_using_expectation_maximisation(
        f"({blocked[0]}) and abs(l.begin_h-r.begin_h)<72", fix_u_probabilities=True
    )
    begun = time.perf_counter()
    found = linker.inference.predict(threshold_match_probability=0.05)
    return found, time.perf_counter() - begun


def with_splink() -> dict[float, dict[str, float | int]]:
    """splink on the labels, by probability from which a pair counts as one incident."""
    table, parties = observations()
    wanted = {name for pair in labels() for name in (pair["a"], pair["b"])}
    fields = _fields(table.filter(pa.compute.is_in(table["origin_id"], pa.array(sorted(wanted)))), parties)
    # About 45 of the 2,710 pairs by different sources are of one incident.
    found, _ = splink_scores(fields, blocked=["l.source<>r.source"], likely=45 / 2710)
    probability = {
        frozenset((row["unique_id_l"], row["unique_id_r"])): row["match_probability"]
        for row in found.as_pyarrow_table()
        .select(["unique_id_l", "unique_id_r", "match_probability"])
        .to_pylist()
    }

    def at(least: float) -> Callable[[str, str], bool]:
        return lambda a, b: probability.get(frozenset((a, b)), 0.0) >= least

    return {least: scored(at(least), labels()) for least in (0.3, 0.5, 0.7, 0.9)}


# Scale.


def many(rows: int, seed: int = 1) -> tuple[pa.Table, pa.Array]:
    """Invented reports over north-western Syria and ten years; three in ten tell of an incident that another
    source tells of as well, a little differently. Returns the table and the true incident of each row."""
    from truceline.evidence.table import OBSERVATION_SCHEMA

    rng = np.random.default_rng(seed)
    incidents = int(rows / 1.3)
    of = np.concatenate([np.arange(incidents), rng.integers(0, incidents, rows - incidents)])
    error = rng.choice([500.0, 1000.0, 3000.0, 10_000.0], incidents)
    lon, lat = rng.uniform(35.8, 37.6, incidents)[of], rng.uniform(35.1, 36.7, incidents)[of]
    day = rng.integers(0, 3650, incidents)[of]
    moved = error[of] / 111_200 * 0.4
    start = np.datetime64("2015-01-01T00:00:00", "us") + day.astype("timedelta64[D]")
    kinds = np.array(["shelling", "air_strike", "armed_clash", "ground_attack"])
    actor = np.array(["side-a", "side-b", "side-c"])[rng.integers(0, 3, incidents)[of]]
    columns: dict[str, Any] = {
        "id": [f"obs-{k:08d}" for k in range(rows)],
        "origin_id": [f"r{k}" for k in range(rows)],
        "kind": kinds[rng.integers(0, 4, incidents)[of]],
        "lon": lon + rng.normal(0, 1, rows) * moved,
        "lat": lat + rng.normal(0, 1, rows) * moved,
        "error_m": error[of],
        "occurred_from": pa.array(start, pa.timestamp("us", "UTC")),
        "occurred_to": pa.array(start + np.timedelta64(1, "D"), pa.timestamp("us", "UTC")),
        "recorded_at": pa.array(start, pa.timestamp("us", "UTC")),
        "actors": pa.array([[name] for name in actor.tolist()], pa.list_(pa.string())),
        "targets": pa.array([[]] * rows, pa.list_(pa.string())),
        "source": np.array([f"source {k}" for k in range(5)])[rng.integers(0, 5, rows)],
        "report": [f"report {k % 997} of the day" for k in range(rows)],
    }
    for name in ("claim", "synthetic", "retracted"):
        columns[name] = np.full(rows, name == "synthetic")
    arrays = [
        pa.array(columns[field.name], field.type) if field.name in columns else pa.nulls(rows, field.type)
        for field in OBSERVATION_SCHEMA
    ]
    return pa.Table.from_arrays(arrays, schema=OBSERVATION_SCHEMA), pa.array(of)


def _wrong(a: pa.ChunkedArray, b: pa.ChunkedArray, of: Any, prefix: str) -> int:
    """How many pairs, named by the prefix and the row, are of two incidents."""
    rows = [
        pa.compute.cast(pa.compute.utf8_slice_codeunits(ids, len(prefix)), pa.int64()).to_numpy()
        for ids in (a, b)
    ]
    return int((of[rows[0]] != of[rows[1]]).sum())


def scale(rows: int, *, peer: bool) -> dict[str, object]:
    """Seconds and links of both on the same invented reports."""
    table, incident = many(rows)
    of = incident.to_numpy()
    begun = time.perf_counter(), time.process_time()
    incidents = link_incidents(table)
    said: dict[str, object] = {
        "rows": rows,
        "ours_s": round(time.perf_counter() - begun[0], 1),
        "ours_processor_s": round(time.process_time() - begun[1], 1),
        "ours_links": incidents.links.num_rows,
        "ours_wrong": _wrong(incidents.links["a"], incidents.links["b"], of, "obs-"),
        "peak_mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }
    if peer:
        fields = _fields(table, {})
        processor = time.process_time()
        found, seconds = splink_scores(
            fields, blocked=["l.day=r.day and l.cell=r.cell and l.source<>r.source"], likely=1e-6
        )
        sure = found.as_pyarrow_table()
        sure = sure.filter(pa.compute.greater_equal(sure["match_probability"], 0.5))
        said |= {
            "splink_predict_s": round(seconds, 1),
            "splink_processor_s": round(time.process_time() - processor, 1),
            "splink_pairs": sure.num_rows,
            "splink_wrong": _wrong(sure["unique_id_l"], sure["unique_id_r"], of, "r"),
        }
    return said


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, nargs="*", default=[100_000, 1_000_000])
    parser.add_argument("--pairs", action="store_true")
    given = parser.parse_args()
    if given.pairs:
        for stratum, a, b in sample_pairs():
            print(
                stratum,
                *(f"{r['id']}: {r['date_start']} {r['place']}: {r['report']}" for r in (a, b)),
                sep="\n  ",
            )
        return
    print(
        json.dumps({f"ours, {least}": ours(LinkRules(threshold=least)) for least in (0.55, 0.5, 0.45, 0.35)})
    )
    wide = LinkRules(threshold=0.45, max_error_m=60_000.0)
    print(json.dumps({"ours, 0.45, up to 60 km": ours(wide)}))
    try:
        import splink  # noqa: F401

        peer = True
        print(json.dumps({"splink": with_splink()}))
    except ImportError:
        peer = False
        print("splink is not installed here (requirements/bench.txt)")
    for rows in given.rows:
        print(json.dumps(scale(rows, peer=peer and rows <= 1_000_000)), flush=True)


if __name__ == "__main__":
    main()
