"""Random histories of two to four offices that exchange bundles in random orders end in one view."""

import itertools
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from truceline.evidence.cases import cases_of
from truceline.evidence.corrections import in_order
from truceline.evidence.ports import current, mapping_of
from truceline.store.schema import instant_of

NAMES = ("north", "south", "east", "west")
ROW = st.fixed_dictionaries(
    {"id": st.sampled_from("abc"), "fatalities": st.integers(0, 2)},
    optional={"supersedes": st.sampled_from("abcz"), "retracted": st.booleans()},
)
OFFICE = st.integers(0, 3)
STEP = st.one_of(
    st.tuples(st.just("append"), OFFICE, st.lists(ROW, min_size=1, max_size=3)),
    st.tuples(st.just("map"), OFFICE, st.sampled_from(("FSA", "SDF")), st.sampled_from(("m5", "n", None))),
    st.tuples(
        st.just("judge"), OFFICE, st.sampled_from(("retract", "reinstate", "dispute")), st.integers(0, 5)
    ),
    st.tuples(st.just("case"), OFFICE, st.sampled_from(("open", "inquiry", "close"))),
    st.tuples(st.just("send"), OFFICE, OFFICE),
    st.tuples(st.just("clock"), OFFICE, st.integers(-30, 30)),
)
HISTORY = st.lists(STEP, min_size=2, max_size=10)


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory, new_office: Callable[..., Any]) -> Callable[[int], Any]:
    """Offices that trust one another, copied from files that were made once."""
    folder = tmp_path_factory.mktemp("offices")
    first = [new_office(name, folder) for name in NAMES]
    for one, other in itertools.permutations(first, 2):
        one.trusts(other)
    for one in first:
        one.store.close()

    @contextmanager
    def begin(count: int, source: Path = folder) -> Iterator[list[Any]]:
        with TemporaryDirectory() as copy:
            for name in NAMES[:count]:
                for suffix in ("key", "sqlite"):
                    shutil.copy(source / f"{name}.{suffix}", copy)
            offices = [new_office(name, Path(copy)) for name in NAMES[:count]]
            try:
                yield offices
            finally:
                for one in offices:
                    one.store.close()

    return begin


def lived(offices: list[Any], history: list[Any]) -> None:
    for act, at, *rest in history:
        one = offices[at % len(offices)]
        if act == "append":
            one.append(
                *(row | {"digest": f"{row['fatalities']}{row.get('retracted', False)}"} for row in rest[0])
            )
        elif act == "map":
            with one.store.write() as writer:
                writer.map_actor(*rest)
        elif act == "judge":
            ids = one.store.observations()["id"].to_pylist()
            if ids:
                with one.store.write() as writer:
                    target = ids[rest[1] % len(ids)]
                    writer.record_correction(rest[0], "observation", target, author=one.name, reason="why")
        elif act == "case":
            with one.store.write() as writer:
                writer.record_case_step("c", rest[0], at=None, author=one.name, said={"title": "t"})
        elif act == "clock":
            one.clock.now += timedelta(seconds=rest[0])
        elif rest[0] % len(offices) != at % len(offices):
            offices[rest[0] % len(offices)].takes_from(one)


def exchanged(offices: list[Any], order: list[int]) -> None:
    """Bundles in that order, and then everybody's to everybody until nothing is new."""
    pairs = list(itertools.permutations(range(len(offices)), 2))
    for one in offices:
        one.clock.now += timedelta(hours=1)
    for n in order:
        sender, receiver = pairs[n % len(pairs)]
        offices[receiver].takes_from(offices[sender])
    while sum(offices[receiver].takes_news_from(offices[sender]) for sender, receiver in pairs):
        pass


def view(one: Any) -> dict[str, Any]:
    """All that an office says, with observations named by lineage and content instead of by local ids."""
    table = one.store.observations()
    with one.store._reading() as connection:
        lineage = dict(connection.exec_driver_sql("SELECT id, coalesce(revises, id) FROM observation").all())
    named = {row["id"]: (lineage[row["id"]], row["digest"]) for row in table.to_pylist()}
    corrections = one.store.corrections()
    standing = set(current(table, None, corrections)["id"].to_pylist())
    rows = {}
    for row in table.to_pylist():
        content = {k: v for k, v in row.items() if k not in ("id", "supersedes", "recorded_at")}
        replaced = named.get(row["supersedes"], row["supersedes"])
        by = [(r.log, r.row, r.recorded_at) for r in one.store.recorded_by(row["id"])]
        rows[named[row["id"]]] = (content, replaced, row["id"] in standing, by)
    judged = [(c.act, named[c.target], c.author) for c in in_order(corrections)]
    cases = {
        id: [(s.act, s.author) for s in case.steps] for id, case in cases_of(one.store.case_steps()).items()
    }
    mappings = [(m.name, m.party) for m in one.store.actor_mappings()]
    return {
        "rows": rows,
        "judged": judged,
        "cases": cases,
        "mappings": mappings,
        "meaning": mapping_of(one.store.actor_mappings()),
    }


@settings(max_examples=12, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
@given(
    count=st.integers(2, 4),
    history=HISTORY,
    order=st.lists(st.integers(0, 11), max_size=4),
)
def test_offices_that_exchanged_everything_say_the_same(
    begun: Callable[..., Any], count: int, history: list[Any], order: list[int]
) -> None:
    with begun(count) as offices:
        lived(offices, history)
        known = [(one, last_instant(one), view_at(one)) for one in offices]
        folder = offices[0].key_file.parent
        for one in offices:
            one.store.close()
        with begun(count, folder) as others:
            exchanged(others, order[::-1])
            exchanged(offices, order)
            first = view(offices[0])
            assert all(view(one) == first for one in offices[1:])
            assert all(view(one) == first for one in others)
        for one, moment, before in known:
            assert view_at(one, moment) == before  # what was known then is what was known then
        again = [offices[0].takes_from(other) for other in offices[1:]]
        assert not any(taken.rows or taken.forks for taken in again)
        assert view(offices[0]) == first


def last_instant(one: Any) -> Any:
    with one.store._reading() as connection:
        return instant_of(connection.exec_driver_sql("SELECT max(recorded_at) FROM entry").scalar_one())


def view_at(one: Any, moment: Any = None) -> Any:
    table = one.store.observations(moment)
    standing = current(table, None, one.store.corrections(moment))
    return standing.drop(["supersedes"]).to_pylist(), table.num_rows


@settings(max_examples=12, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
@given(
    history=st.lists(
        st.tuples(
            st.just("append"),
            OFFICE,
            st.lists(st.fixed_dictionaries({"id": st.sampled_from("ab"), "fatalities": st.integers(0, 3)})),
        )
        | st.tuples(st.just("clock"), OFFICE, st.integers(-30, 30)),
        max_size=10,
    )
)
def test_of_a_rows_versions_that_stands_whose_first_recording_anywhere_is_the_last(
    begun: Callable[..., Any], history: list[Any]
) -> None:
    with begun(3) as offices:
        lived(offices, history)
        recordings: dict[tuple[str, int], tuple[Any, str, int]] = {}
        for one in offices:
            with one.store._reading() as connection:
                held = connection.exec_driver_sql(
                    "SELECT coalesce(o.revises, o.id), o.fatalities, e.recorded_at, o.seq "
                    "FROM observation o JOIN entry e ON e.seq = o.entry"
                ).all()
            for lineage, deaths, instant, seq in held:
                key = (lineage, deaths)
                mine = (instant, one.origin, seq)
                recordings[key] = min(recordings.get(key, mine), mine)
        expected = {
            lineage: max((when, deaths) for (name, deaths), when in recordings.items() if name == lineage)[1]
            for lineage in {name for name, _ in recordings}
        }
        exchanged(offices, [])
        table = current(offices[1].store.observations())
        assert sorted(table["fatalities"].to_pylist()) == sorted(expected.values())
