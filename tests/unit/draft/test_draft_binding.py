"""Who is bound is weighed where the clause itself does not name them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from truceline.draft.judging.binding import BINDING, RULES_ALONE, bound_by
from truceline.draft.judging.logistic import Weights

Drafting = Callable[..., dict[str, Any]]

TOLD = {"state:AA": ("named", "side"), "state:BB": ("side",), "state:CC": ("watch",)}


def _weights(**values: float) -> Weights:
    return Weights({n: i for i, n in enumerate(values)}, np.array(list(values.values())), 0.0)


def test_parties_that_are_probable_are_bound_and_those_of_the_rules_come_first() -> None:
    with BINDING.put(_weights(side=3.0, watch=-3.0)):
        assert bound_by(TOLD, ("state:BB",)) == ("state:BB", "state:AA")


def test_where_nobody_is_probable_the_best_is_taken_only_if_it_is_near() -> None:
    with BINDING.put(_weights(side=-0.7, named=0.2, watch=-5.0)):
        assert bound_by(TOLD, ()) == ("state:AA",)
    with BINDING.put(_weights(side=-4.0, watch=-5.0)):
        assert bound_by(TOLD, ()) == ()


def test_what_is_told_but_not_known_to_the_weights_changes_nothing() -> None:
    with BINDING.put(_weights(side=3.0)):
        assert bound_by({"state:AA": ("side", "never seen")}, ()) == bound_by({"state:AA": ("side",)}, ())


def test_the_rules_alone_can_be_asked() -> None:
    with BINDING.put(RULES_ALONE):
        assert bound_by(TOLD, ("state:CC",)) == ("state:CC",)


@pytest.mark.parametrize("subject", ["Each side", "The two countries", "Both governments"])
def test_each_side_means_those_who_agreed_and_not_who_watches(drafted: Drafting, subject: str) -> None:
    data = drafted(
        "Kenya and Norway signed an agreement on Friday. The United Nations will monitor it. "
        f"{subject} shall withdraw all tanks from the valley by 1 June 2020.",
        "2020-05-04",
    )
    bound = next(p["parties"] for p in data["provisions"] if p["kind"] == "weapons_withdrawal")
    assert sorted(bound) == ["kenya", "norway"]


def test_the_same_text_binds_the_same_parties_every_time(drafted: Drafting) -> None:
    text = "Chad and Sudan agreed on Monday. Their armies will leave the border posts by 1 June 2020."
    assert drafted(text, "2020-05-04") == drafted(text, "2020-05-04")
