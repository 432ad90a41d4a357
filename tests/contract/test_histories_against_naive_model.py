"""Generated histories of additions, edits, retractions, dry runs and failures, beside a list."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from truceline.evidence.ports import current

NAMES = st.sampled_from("abcdef")
ROW = st.fixed_dictionaries(
    {"id": NAMES, "fatalities": st.integers(0, 2)},
    optional={"supersedes": st.sampled_from("xyz"), "retracted": st.booleans()},
)
STEP = st.tuples(
    st.sampled_from(("append", "append", "append", "dry", "fail")),
    st.lists(ROW, max_size=5),
    st.integers(-50, 50),
)


@dataclass(frozen=True)
class ModelRow:
    given: str
    version: int
    content: tuple[Any, ...]
    supersedes_version: int | None
    names: str | None
    retracted: bool
    recorded_at: datetime


class Model:
    """Rows in a list; everything is found by looking at all of them."""

    def __init__(self) -> None:
        self.rows: list[ModelRow] = []
        self.last: datetime | None = None

    def append(self, rows: list[dict[str, Any]], at: datetime) -> tuple[int, int]:
        added = 0
        at = max(at, self.last) if self.last else at
        for row in rows:
            content = (row["fatalities"], row.get("retracted", False))
            versions = [held for held in self.rows if held.given == row["id"]]
            if any(held.content == content for held in versions):
                continue
            self.rows.append(
                ModelRow(
                    row["id"],
                    len(versions),
                    content,
                    len(versions) - 1 if versions else None,
                    None if versions else row.get("supersedes"),
                    row.get("retracted", False),
                    at,
                )
            )
            added += 1
        if added:
            self.last = at
        return added, len(rows) - added

    def known(self, at: datetime) -> list[ModelRow]:
        return [row for row in self.rows if row.recorded_at <= at]

    def standing(self, at: datetime) -> list[ModelRow]:
        known = self.known(at)
        gone = {(row.given, row.supersedes_version) for row in known if row.supersedes_version is not None}
        return [row for row in known if not row.retracted and (row.given, row.version) not in gone]


class Stop(Exception):
    """Something that goes wrong in the middle."""


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(steps=st.lists(STEP, max_size=7))
def test_a_store_is_a_list_that_only_grows(
    fresh_store: Callable[[], Any], batch: Callable[..., Any], steps: list[Any]
) -> None:
    model = Model()
    with fresh_store() as (store, clock):
        store.sign_head()  # the log's key is recorded, and is the first entry
        model.last = clock.now
        for act, rows, shift in steps:
            clock.now += timedelta(seconds=shift)
            # Names that nothing bears: explicit corrections have tests of their own.
            made = [row | {"digest": f"{row['fatalities']}{row.get('retracted', False)}"} for row in rows]
            if act == "append":
                look = clock.now + timedelta(seconds=1)
                result = store.append(batch(*made))
                assert (result.added, result.duplicates) == model.append(rows, look)
                continue
            try:
                with store.write(dry_run=act == "dry") as writer:
                    writer.append([batch(*made)])
                    if act == "fail":
                        raise Stop
            except Stop:
                pass
        instants = {row.recorded_at for row in model.rows}
        moments = {at + timedelta(microseconds=d) for at in instants for d in (-1, 0)} | {clock.now}
        for moment in moments:
            found = store.observations(moment)
            expected = model.known(moment)
            assert found["fatalities"].to_pylist() == [row.content[0] for row in expected]
            assert found["retracted"].to_pylist() == [row.retracted for row in expected]
            assert found["recorded_at"].to_pylist() == [row.recorded_at for row in expected]
            standing = [row.content[0] for row in model.standing(moment)]
            assert current(found)["fatalities"].to_pylist() == standing
            assert current(store.observations(), moment)["fatalities"].to_pylist() == standing
