"""Every fault of a draft is counted once, under the reason that explains it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from truceline.accord.model import PartyRole, ProvisionKind
from truceline.draft.drafting import draft_text
from truceline.draft.evaluation import GoldText, load_gold, score_draft
from truceline.draft.evaluation.gold import GoldFile, GoldParty, GoldProvision
from truceline.draft.evaluation.losses import REASONS, losses_of

DEV = Path(__file__).resolve().parents[2] / "data" / "draft" / "dev"
GUNS = "Ansel shall withdraw its guns by 1 May 2031"
TEXT = f"{GUNS}. The Isles shall free all prisoners. The sky is blue."


def _gold() -> GoldText:
    parties = tuple(GoldParty(name=name, role=PartyRole.SIDE) for name in ("Ansel", "Isles"))
    free = "The Isles shall free all prisoners"
    provisions = (
        GoldProvision(
            id="p1", kind=ProvisionKind.WEAPONS_WITHDRAWAL, quotes=(GUNS,), parties=("Ansel",),
            due=dt.date(2031, 5, 1),
        ),
        GoldProvision(id="p2", kind=ProvisionKind.OTHER, quotes=(free,), parties=("Isles",)),
    )  # fmt: skip
    return GoldText(
        name="t", text=TEXT, gold=GoldFile(text="t", published=None, parties=parties, provisions=provisions)
    )


def _one(words: str, kind: str, parties: list[str], **more: Any) -> dict[str, Any]:
    start = TEXT.index(words)
    quote = {"source": "s", "exact": words, "start": start, "end": start + len(words)}
    return {"id": kind, "kind": kind, "parties": parties, "quotes": [quote], **more}


def _draft(*provisions: dict[str, Any]) -> dict[str, Any]:
    parties = [{"id": n.lower(), "names": {"en": n}, "role": "side"} for n in ("Ansel", "Isles")]
    return {"parties": parties, "provisions": list(provisions)}


def test_a_draft_without_fault_loses_nothing() -> None:
    good = _draft(
        _one(
            "Ansel shall withdraw its guns by 1 May 2031", "weapons_withdrawal", ["ansel"], due="2031-05-01"
        ),
        _one("The Isles shall free all prisoners", "other", ["isles"]),
    )
    assert sum(losses_of(_gold(), good).values()) == 0


def test_faults_are_told_apart() -> None:
    bad = _draft(
        _one(GUNS, "other", ["isles"], due="2031-06-01"),
        _one("The sky is blue", "restriction", ["ansel"]),
    )
    found = +losses_of(_gold(), bad)
    assert found == {
        "provisions read as 'other'": 1,
        "bound missed: another was named": 1,
        "bound wrong: in place of the right one": 1,
        "deadline missed: another was found": 1,
        "deadline wrong: in place of the right one": 1,
        "provisions missed: nothing was found there": 1,
        "bound missed: in a provision that was missed": 1,
        "provisions invented where there is none": 1,
        "bound wrong: in a provision that was invented": 1,
    }


@pytest.mark.parametrize("name", ["aceh-2005-articles", "bosnia-1995-news"])
def test_the_reasons_add_up_to_what_the_totals_count(name: str) -> None:
    gold = load_gold(DEV / f"{name}.gold.yaml")
    draft = draft_text(gold.text, published=gold.gold.published).to_json()
    found, score = losses_of(gold, draft), score_draft(gold, draft)
    assert set(found) <= set(REASONS)
    for field in ("bound", "deadline"):
        tally = score.tallies[field]
        assert sum(found[r] for r in REASONS if r.startswith(f"{field} missed")) == tally.missed
        assert sum(found[r] for r in REASONS if r.startswith(f"{field} wrong")) == tally.false
