"""OGC API - Features and Tiles, as GDAL's own client reads them, and as filters by hand agree."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from served_mission import PASSWORD, Mission, Person, on_a_socket

from truceline.core.errors import InvalidInput
from truceline.web.ogc.collections import COLLECTIONS
from truceline.web.ogc.cql import matching, parse


@pytest.fixture(scope="module")
def address(valleys: Mission) -> Iterator[str]:
    """The mission on a real socket."""
    with on_a_socket(valleys.app) as found:
        yield found


def ogr(*arguments: str, **environment: str) -> str:
    """What GDAL's client prints."""
    import os

    done = subprocess.run(
        arguments, capture_output=True, text=True, timeout=60, check=False, env=os.environ | environment
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def count_of(address: str, *more: str, **environment: str) -> int:
    """How many observations GDAL counts."""
    said = ogr("ogrinfo", "-ro", "-so", *more, f"OAPIF:{address}/ogc", "observations", **environment)
    return int(said.partition("Feature Count:")[2].split()[0])


def test_gdal_lists_the_collections_and_reads_every_feature(address: str, tmp_path: Path) -> None:
    listed = ogr("ogrinfo", "-ro", f"OAPIF:{address}/ogc")
    names = [line.split(": ")[1].split(" ")[0] for line in listed.splitlines() if line[:1].isdigit()]
    assert set(names) == set(COLLECTIONS)
    out = tmp_path / "observations.geojson"
    ogr("ogr2ogr", "-f", "GeoJSON", str(out), f"OAPIF:{address}/ogc", "observations")
    features = json.loads(out.read_text())["features"]
    assert len(features) == 4  # the public's
    assert {one["geometry"]["type"] for one in features} == {"Polygon"}
    assert count_of(address, "-where", "kind = 'shelling'") == 2
    assert count_of(address, "-spat", "36.85", "36.25", "36.95", "36.35") == 1


def test_gdal_signs_in_with_the_password_of_a_device_and_sees_what_its_role_sees(
    address: str, valleys: Mission
) -> None:
    monitor = valleys.person("monitor")
    password = monitor.post("/api/v1/session/device-password").json()["password"]
    assert count_of(address, GDAL_HTTP_USERPWD=f"monitor:{password}") == 7
    # The person's own password is not a device's.
    refused = subprocess.run(
        ["ogrinfo", "-ro", f"OAPIF:{address}/ogc", "observations"],
        env={"GDAL_HTTP_USERPWD": f"monitor:{PASSWORD}", "PATH": "/usr/bin:/bin"},
        capture_output=True, timeout=60, check=False,
    )  # fmt: skip
    assert refused.returncode != 0


def test_every_collection_says_what_it_holds_and_every_page_leads_to_the_next(
    people: dict[str, Person],
) -> None:
    monitor = people["monitor"]
    for id in COLLECTIONS:
        described = monitor.get(f"/ogc/collections/{id}").json()
        assert described["id"] == id
        whole = monitor.get(f"/ogc/collections/{id}/items?limit=1000").json()
        assert whole["numberMatched"] == whole["numberReturned"] == len(whole["features"])
        found: list[str] = []
        link: str | None = f"/ogc/collections/{id}/items?limit=2"
        while link is not None:
            page = monitor.get(link).json()
            found += [one["id"] for one in page["features"]]
            link = next((one["href"] for one in page["links"] if one["rel"] == "next"), None)
        assert found == [one["id"] for one in whole["features"]]
        for one in whole["features"]:
            single = monitor.get(f"/ogc/collections/{id}/items/{one['id']}").json()
            assert single["geometry"] == one["geometry"]
    statuses = monitor.get("/ogc/collections/obligations/items").json()["features"]
    assert {one["id"] for one in statuses} == {"no-fire", "list-made", "road-open"}


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        ("filter=kind='shelling' AND fatalities > 4", {"n1", "s1"}),
        ("filter=NOT fatalities > 4", {"o1", "o2", "m1"}),
        ("filter=fatalities IS NULL", {"o3", "o4"}),
        ("filter=CASEI(source) = CASEI('WIRE') AND credibility IN (2, 3)", {"o2", "o3", "o4"}),
        ("filter=report LIKE '%mill%' OR source LIKE 'Umm%'", {"o2", "m1"}),
        ("filter=fatalities BETWEEN 4 AND 7", {"n1", "m1"}),
        ("filter=occurred_from >= TIMESTAMP('2025-03-04T12:00:00Z')", {"m1", "o4"}),
        ("filter=T_BEFORE(occurred_from, DATE('2025-03-02'))", {"o1", "o2", "o3"}),
        ("filter=S_INTERSECTS(geometry, BBOX(36.6, 35.6, 36.7, 35.8))", {"n1", "s1", "m1"}),
        ("filter=S_WITHIN(geometry, POLYGON((36.8 36, 37 36, 37 36.5, 36.8 36.5, 36.8 36)))", {"o4"}),
        ('filter-lang=cql2-json&filter={"op":"=","args":[{"property":"kind"},"small_arms_fire"]}', {"o4"}),
        ("kind=observation_effort", {"o3"}),
        ("bbox=36.4,35.7,36.45,35.72&datetime=2025-03-01", {"o1", "o2"}),
        ("datetime=2025-04-01/..", {"o4"}),
    ],
)
def test_filters_find_what_they_say(people: dict[str, Person], query: str, ids: set[str]) -> None:
    found = people["monitor"].get(f"/ogc/collections/observations/items?{query}").json()
    assert {one["properties"]["origin_id"] for one in found["features"]} == ids


@pytest.mark.parametrize(
    "query",
    [
        "filter=nonsense(", "filter=unknown = 1", "filter=kind = 5", "filter=A_CONTAINS(kind, ('x'))",
        "filter=kind = kind", "filter-crs=http://www.opengis.net/def/crs/EPSG/0/3857&filter=kind='x'",
        "unknown=1", "bbox=1,2,3", "limit=0", "datetime=then", "fatalities=many", "filter=" + "(" * 3000,
        "filter=S_INTERSECTS(geometry, POLYGON((0 0)))", "f=html", "bbox=nan,0,1,1",
    ],
)  # fmt: skip
def test_what_is_not_understood_is_refused(people: dict[str, Person], query: str) -> None:
    answer = people["monitor"].get(f"/ogc/collections/observations/items?{query}")
    assert (answer.status_code, answer.json()["code"]) == (400, "invalid-input"), answer.text


class Numbers:
    """A table of one number and one word a row."""

    names = ("n", "w")

    def __init__(self, rows: list[tuple[int | None, str | None]]) -> None:
        self.table = pa.table(
            {
                "n": pa.array([n for n, _ in rows], pa.int64()),
                "w": pa.array([w for _, w in rows], pa.string()),
            }
        )

    def __len__(self) -> int:
        return int(self.table.num_rows)

    def column(self, name: str) -> Any:
        return self.table[name]

    def meets(self, area: Any) -> Any:
        raise AssertionError("no condition of this test asks about an area")

    within = meets


rows = st.lists(
    st.tuples(st.none() | st.integers(-3, 3), st.none() | st.sampled_from("abc")), min_size=1, max_size=6
)


def conditions() -> Any:
    compare = st.tuples(st.sampled_from(["=", "<>", "<", ">", "<=", ">="]), st.integers(-3, 3)).map(
        lambda one: (f"n {one[0]} {one[1]}", lambda n, _, o=one[0], v=one[1]: _sql(o, n, v))
    )
    word = st.sampled_from("abc").map(
        lambda v: (f"w = '{v}'", lambda _, w, v=v: None if w is None else w == v)
    )
    leaf = compare | word
    return st.recursive(
        leaf,
        lambda inner: (
            st.tuples(inner, inner, st.sampled_from(["AND", "OR"])).map(
                lambda t: (
                    f"({t[0][0]} {t[2]} {t[1][0]})",
                    lambda n, w, t=t: _joined(t[2], t[0][1](n, w), t[1][1](n, w)),
                )
            )
            | inner.map(lambda one: (f"NOT ({one[0]})", lambda n, w, one=one: _not(one[1](n, w))))
        ),
        max_leaves=5,
    )


def _sql(operator: str, n: int | None, value: int) -> bool | None:
    if n is None:
        return None
    return {
        "=": n == value,
        "<>": n != value,
        "<": n < value,
        ">": n > value,
        "<=": n <= value,
        ">=": n >= value,
    }[operator]


def _not(value: bool | None) -> bool | None:
    return None if value is None else not value


def _joined(operator: str, one: bool | None, other: bool | None) -> bool | None:
    decisive = operator == "OR"
    if decisive in (one, other):
        return decisive
    return None if None in (one, other) else not decisive


@given(rows=rows, condition=conditions())
def test_conditions_follow_the_logic_of_three_values(
    rows: list[tuple[int | None, str | None]], condition: Any
) -> None:
    text, expected = condition
    found = matching(parse(text), Numbers(rows)).tolist()
    assert found == [expected(n, w) is True for n, w in rows]


def test_a_condition_that_is_too_deep_is_refused() -> None:
    with pytest.raises(InvalidInput):
        parse("NOT (" * 200 + "n = 1" + ")" * 200)
