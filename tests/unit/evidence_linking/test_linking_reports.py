"""Which reports are linked, which are not, and what is said about it."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyproj import Geod

from truceline.accord.model import Accord
from truceline.evidence.actors import match_actors
from truceline.evidence.linking import Incidents, LinkRules, link_incidents, parties_of, reason_of
from truceline.evidence.linking.candidates import apart_m, near_in_place_and_time, on_sphere

DAY = datetime(2018, 10, 1, tzinfo=UTC)
HERE: dict[str, Any] = {
    "kind": "shelling", "lon": 36.5, "lat": 35.5, "error_m": 1000.0,
    "occurred_from": DAY, "occurred_to": DAY + timedelta(days=1), "actors": ["north"], "targets": ["south"],
}  # fmt: skip
PARTIES = {
    "north": frozenset({"north"}),
    "south": frozenset({"south"}),
    "southern front": frozenset({"front", "south"}),
}
Table = Callable[..., pa.Table]


def two(table: Table, first: dict[str, Any], second: dict[str, Any]) -> Incidents:
    a = HERE | {"id": "a", "source": "one"} | first
    b = HERE | {"id": "b", "source": "two"} | second
    return link_incidents(table([a, b]), parties=PARTIES)


def linked(incidents: Incidents) -> bool:
    return bool(incidents.number[0] == incidents.number[1])


def test_two_sources_on_one_incident_are_linked_with_the_reason(observation_table: Table) -> None:
    incidents = two(observation_table, {}, {"lon": 36.505})
    assert linked(incidents)
    assert incidents.groups() == {frozenset({"a", "b"})}
    assert incidents.independent.tolist() == [2, 2]
    assert incidents.ids.to_pylist() == ["inc-a", "inc-a"]
    (sentence,) = incidents.reasons("b")
    expected_m = Geod(ellps="WGS84").inv(36.5, 35.5, 36.505, 35.5)[2]
    stated_m = incidents.links["distance_m"].to_pylist()[0]
    assert stated_m == pytest.approx(expected_m, rel=0.006)
    assert f"b and a: {stated_m:.0f} m apart" in sentence
    assert "within their joint uncertainty of 1414 m" in sentence
    assert "share 24.0 hours; a party in the same role; the same kind" in sentence


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"source": "one"}, "the same source counts its own incidents"),
        ({"lon": 36.52}, "1.8 km apart, and both are sure to a kilometre"),
        ({"occurred_from": DAY + timedelta(days=1), "occurred_to": DAY + timedelta(days=2)}, "the next day"),
        ({"kind": "sniper_fire"}, "kinds that cannot mean the same"),
        ({"kind": "route_closed"}, "another family"),
        ({"actors": ["south"], "targets": ["north"]}, "an answer to fire is not the fire"),
        ({"actors": ["southern front"], "targets": []}, "another known party acted"),
        ({"error_m": 40_000.0}, "a coarse place says too little"),
        ({"lon": None, "lat": None}, "no place"),
        ({"count": 50}, "a report of fifty"),
        ({"occurred_to": DAY + timedelta(days=6)}, "a report of a week"),
        ({"weapon_class": "tank", "serial": "1"}, "another weapon"),
    ],
)
def test_reports_that_may_be_of_different_things_are_not_linked(
    observation_table: Table, change: dict[str, Any], why: str
) -> None:
    first = {"weapon_class": "tank", "serial": "2"} if "serial" in change else {}
    assert not linked(two(observation_table, first, change)), why


@pytest.mark.parametrize(
    "change",
    [
        {"kind": "attack_unspecified"},
        {"kind": "missile_strike"},
        {"actors": ["unknown"]},
        {"actors": ["somebody whom nobody knows"], "error_m": 300.0},
        {"actors": ["north", "southern front"]},
        {"occurred_from": DAY + timedelta(hours=20), "occurred_to": DAY + timedelta(hours=21)},
    ],
)
def test_reports_that_leave_something_open_are_linked(
    observation_table: Table, change: dict[str, Any]
) -> None:
    assert linked(two(observation_table, {}, change))


def test_a_party_and_the_body_that_it_belongs_to_agree(observation_table: Table) -> None:
    first = {"actors": ["south"], "targets": []}
    assert linked(two(observation_table, first, {"actors": ["southern front"], "targets": []}))


def test_names_mean_their_party_and_what_it_belongs_to() -> None:
    head = {"id": "a", "title": "A", "time_zone": "UTC", "status": "confirmed", "version": 1}
    parties = [
        {"id": "north", "names": "North", "role": "side"},
        {"id": "south", "names": "South", "role": "side"},
        {"id": "front", "names": "Southern Front", "role": "group", "member_of": ["south"]},
    ]
    accord = Accord.model_validate({"accord": head, "parties": parties})
    matches = match_actors(accord, ["Southern Front", "South", "passers-by"])
    assert parties_of(accord, matches) == {
        "Southern Front": frozenset({"front", "south"}),
        "South": frozenset({"south"}),
    }


def test_an_exchange_of_fire_may_be_told_from_either_side(observation_table: Table) -> None:
    swapped = {"kind": "armed_clash", "actors": ["south"], "targets": ["north"]}
    incidents = two(observation_table, {"kind": "armed_clash"}, swapped)
    assert linked(incidents)
    assert "the other way round" in incidents.reasons("a")[0]


def test_coarse_places_need_more_agreement_than_exact_ones(observation_table: Table) -> None:
    coarse = {"error_m": 25_000.0}
    words = {"report": "shelling of the hospital in the old town with seven wounded"}
    others = {"report": "Seven wounded as the hospital of the old town is under shelling"}
    assert not linked(two(observation_table, coarse, coarse))
    assert linked(two(observation_table, coarse | words, coarse | others))
    assert linked(two(observation_table, coarse | {"fatalities": 7}, coarse | {"fatalities": 7}))


def test_a_copied_text_does_not_corroborate(observation_table: Table) -> None:
    text = {"report": "At least fourteen rockets fell on the village this morning, residents said"}
    incidents = two(observation_table, text, text)
    assert linked(incidents)
    assert incidents.independent.tolist() == [1, 1]
    assert "copies the other" in incidents.reasons("a")[0]


def test_sources_with_one_origin_do_not_corroborate(observation_table: Table) -> None:
    rows = [HERE | {"id": name, "source": name} for name in ("agency", "paper", "monitor")]
    alone = link_incidents(observation_table(rows))
    assert alone.independent.tolist() == [3, 3, 3]
    grouped = link_incidents(observation_table(rows), source_groups={"agency": 0, "paper": 0, "monitor": 1})
    assert grouped.groups() == {frozenset({"agency", "paper", "monitor"})}
    assert grouped.independent.tolist() == [2, 2, 2]


@pytest.mark.parametrize("said", ['{"repeats": "a"}', '{"repeats": ["own-1"]}'])
def test_a_report_that_says_it_repeats_another_joins_it_and_adds_no_source(
    observation_table: Table, said: str
) -> None:
    far = {"source": "one", "lon": 37.5, "details": said}
    incidents = two(observation_table, {"origin_id": "own-1"}, far)
    assert linked(incidents)
    assert incidents.independent.tolist() == [1, 1]
    assert "says that it repeats" in incidents.reasons("b")[0]


def test_links_do_not_chain_into_a_trail(observation_table: Table) -> None:
    # Each is near the next; the first and the last are not near each other.
    rows = [HERE | {"id": f"o{n}", "source": f"s{n}", "lon": 36.5 + 0.012 * n} for n in range(8)]
    incidents = link_incidents(observation_table(rows))
    for group in incidents.groups():
        numbers = sorted(int(id[1:]) for id in group)
        assert numbers[-1] - numbers[0] == 1


def test_each_source_has_one_report_in_an_incident_and_the_nearest_wins(observation_table: Table) -> None:
    rows = [
        HERE | {"id": "a", "source": "one"},
        HERE | {"id": "b", "source": "one", "lon": 36.51},
        HERE | {"id": "c", "source": "two", "lon": 36.509},
    ]
    assert link_incidents(observation_table(rows)).groups() == {frozenset({"b", "c"})}


def test_a_crowd_of_reports_at_one_place_and_time_is_not_linked(
    observation_table: Table,
) -> None:
    rows = [HERE | {"id": f"o{n}", "source": f"s{n % 2}"} for n in range(600)]
    assert link_incidents(observation_table(rows)).groups() == set()
    few = link_incidents(observation_table(rows[:80]))
    assert len(few.groups()) == 40


def test_no_observations_are_no_incidents(observation_table: Table) -> None:
    incidents = link_incidents(observation_table([]))
    assert len(incidents.number) == len(incidents.ids) == incidents.links.num_rows == 0


def test_a_threshold_of_ones_own_is_followed(observation_table: Table) -> None:
    rows = [HERE | {"id": name, "source": name} for name in "ab"]
    assert link_incidents(observation_table(rows)).groups()
    assert not link_incidents(observation_table(rows), rules=LinkRules(threshold=0.99)).groups()


def test_a_reason_reads_from_either_end(observation_table: Table) -> None:
    (link,) = two(observation_table, {}, {}).links.to_pylist()
    assert reason_of(link, "a").startswith("a and b: 0 m apart")
    assert reason_of(link, "b").startswith("b and a: 0 m apart")


REPORT = st.fixed_dictionaries(
    {
        "source": st.sampled_from(("one", "two", "three")),
        "lon": st.sampled_from((36.5, 36.502, 36.508, 36.55)),
        "error_m": st.sampled_from((300.0, 1000.0, 6000.0, 30_000.0)),
        "kind": st.sampled_from(("shelling", "air_strike", "attack_unspecified")),
        "occurred_from": st.sampled_from([DAY + timedelta(hours=h) for h in (0, 12, 30)]),
        "actors": st.sampled_from((["north"], ["south"], ["southern front"], ["unknown"], [])),
        "report": st.sampled_from((None, "rockets fell on the market", "the market was hit by rockets")),
    }
)


def reports(table: Table, rows: list[dict[str, Any]]) -> pa.Table:
    full = [HERE | row | {"id": f"o{n:02}"} for n, row in enumerate(rows)]
    for row in full:
        row["occurred_to"] = row["occurred_from"] + timedelta(days=1)
    return table(full)


@settings(max_examples=40)
@given(rows=st.lists(REPORT, max_size=14), seed=st.randoms(use_true_random=False))
def test_the_order_of_reports_does_not_matter(
    observation_table: Table, rows: list[dict[str, Any]], seed: Any
) -> None:
    table = reports(observation_table, rows)
    order = list(range(len(rows)))
    seed.shuffle(order)
    shuffled = table.take(pa.array(order, pa.int64()))
    ours, theirs = (link_incidents(some, parties=PARTIES) for some in (table, shuffled))
    assert ours.groups() == theirs.groups()
    assert ours.links.equals(theirs.links)
    assert [ours.ids[i].as_py() for i in order] == theirs.ids.to_pylist()
    assert [int(ours.independent[i]) for i in order] == theirs.independent.tolist()


@settings(max_examples=40)
@given(rows=st.lists(REPORT, max_size=12))
def test_what_is_far_away_changes_no_incident(observation_table: Table, rows: list[dict[str, Any]]) -> None:
    before = link_incidents(reports(observation_table, rows), parties=PARTIES)
    there = {"lon": 100.0, "error_m": 300.0, "kind": "shelling", "occurred_from": DAY}
    far = [there | {"source": source} for source in "ab"]
    after = link_incidents(reports(observation_table, rows + far), parties=PARTIES)
    added = {f"o{len(rows):02}", f"o{len(rows) + 1:02}"}
    assert {group for group in after.groups() if not group & added} == before.groups()
    assert after.independent[: len(rows)].tolist() == before.independent.tolist()


@settings(max_examples=40)
@given(rows=st.lists(REPORT, max_size=14))
def test_an_incident_has_each_source_once_and_all_its_reports_are_near_one_another(
    observation_table: Table, rows: list[dict[str, Any]]
) -> None:
    table = reports(observation_table, rows)
    incidents = link_incidents(table, parties=PARTIES)
    by_id = {row["id"]: row for row in table.to_pylist()}
    for group in incidents.groups():
        members = [by_id[id] for id in group]
        assert len({row["source"] for row in members}) == len(members)
        for a in members:
            for b in members:
                apart = Geod(ellps="WGS84").inv(a["lon"], a["lat"], b["lon"], b["lat"])[2]
                assert apart <= np.hypot(a["error_m"], b["error_m"]) * 1.01
                assert abs(a["occurred_from"] - b["occurred_from"]) < timedelta(days=1)
    counts = dict(zip(table["id"].to_pylist(), incidents.independent.tolist(), strict=True))
    for id, count in counts.items():
        group = next((group for group in incidents.groups() if id in group), frozenset({id}))
        assert 1 <= count <= len({by_id[member]["source"] for member in group})


@settings(max_examples=25)
@given(rows=st.lists(REPORT, max_size=10))
def test_linking_what_is_linked_changes_nothing(observation_table: Table, rows: list[dict[str, Any]]) -> None:
    table = reports(observation_table, rows)
    first = link_incidents(table, parties=PARTIES)
    kept = sorted({row for group in first.groups() for row in group})
    mask = pa.array([id in kept for id in table["id"].to_pylist()], pa.bool_())
    again = link_incidents(table.filter(mask), parties=PARTIES)
    assert again.groups() == first.groups()


@settings(max_examples=25)
@given(seed=st.integers(0, 10_000))
def test_the_pairs_found_are_those_that_a_look_at_all_pairs_finds(seed: int) -> None:
    chance = np.random.default_rng(seed)
    n = 60
    lon = chance.choice([179.99, -179.99, 36.5], n) + chance.uniform(-0.05, 0.05, n)
    lat = chance.choice([89.97, 35.5], n) + chance.uniform(-0.02, 0.02, n)
    error_m = chance.choice([100.0, 900.0, 5_000.0, 20_000.0], n)
    start = chance.integers(0, 100, n)
    end = start + chance.integers(1, 30, n)
    source = chance.integers(0, 3, n)
    points = on_sphere(lon, lat)
    i, j = near_in_place_and_time(
        points, error_m, start, end, source, widest_m=20_000.0, longest_us=30, crowd=n
    )
    found = {frozenset(pair) for pair in zip(i.tolist(), j.tolist(), strict=True)}
    assert len(found) == len(i)
    expected = set()
    for a in range(n):
        for b in range(a):
            near = apart_m(points[[a]], points[[b]])[0] <= np.hypot(error_m[a], error_m[b])
            if near and source[a] != source[b] and min(end[a], end[b]) > max(start[a], start[b]):
                expected.add(frozenset((a, b)))
    assert found == expected
