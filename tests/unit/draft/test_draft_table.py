"""Who is at the table, and which names are parties, is weighed by what the whole text tells."""

from __future__ import annotations

import numpy as np

from truceline.draft.extract import Harvester
from truceline.draft.judging.logistic import Weights
from truceline.draft.judging.names import NAMES
from truceline.draft.judging.table import TABLE, at_the_table


def _weights(bias: float = 0.0, **values: float) -> Weights:
    return Weights({n: i for i, n in enumerate(values)}, np.array(list(values.values())), bias)


def test_the_probable_are_at_the_table_likeliest_first() -> None:
    told = {"name:a": ("signs",), "name:b": ("signs", "joined"), "name:c": ("third",)}
    with TABLE.put(_weights(signs=2.0, joined=1.0, third=-3.0)):
        assert at_the_table(told) == ("name:b", "name:a")


def test_nobody_is_taken_to_the_table_where_nobody_is_near() -> None:
    with TABLE.put(_weights(bias=-4.0)):
        assert at_the_table({"name:a": (), "name:b": ()}) == ()


def test_a_name_that_the_weights_are_sure_of_is_a_party_and_one_they_rule_out_is_none() -> None:
    text = "Zorrin was quiet. Nobody came to Zorrin on Friday, and Zorrin slept."
    with NAMES.put(_weights(bias=9.0)):
        assert "name:zorrin" in {n.key for n in Harvester(text, None).reader.registry.all()}
    with NAMES.put(_weights(bias=-9.0)):
        assert "name:zorrin" not in {n.key for n in Harvester(text, None).reader.registry.all()}
