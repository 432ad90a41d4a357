"""How many observations there are of each family, beside what the list of them says."""

from __future__ import annotations

from collections import Counter

import pytest
from served_mission import Person


@pytest.mark.parametrize("who", ["monitor", "observer", "liaison-north", "public"])
@pytest.mark.parametrize("filter", ["", "?kind=shelling", "?synthetic=false", "?datetime=2025-03-02/.."])
def test_counts_are_those_of_the_list_that_the_same_reader_is_given(
    people: dict[str, Person], who: str, filter: str
) -> None:
    found = people[who].get(f"/api/v1/observations/counts{filter}").json()
    listed = people[who].get(f"/api/v1/observations{filter or '?'}&limit=1000").json()
    assert found["total"] == listed["total"] == len(listed["items"])
    expected = Counter((one["family"], one["synthetic"]) for one in listed["items"])
    told = {
        (one["family"], invented): one[name]
        for one in found["items"]
        for name, invented in (("reported", False), ("invented", True))
        if one[name]
    }
    assert told == dict(expected)
