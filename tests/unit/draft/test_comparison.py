"""A draft beside the confirmed accord."""

from typing import Any

from truceline.accord.load import accord_of
from truceline.accord.model import Accord
from truceline.draft.comparison import compare


def accord(*provisions: dict[str, Any], parties: list[dict[str, Any]]) -> Accord:
    return accord_of(
        {
            "accord": {
                "id": "a", "title": "A", "signed": "2020-01-01", "time_zone": "UTC", "status": "draft",
                "version": 1,
            },
            "parties": parties,
            "provisions": list(provisions),
        }
    )  # fmt: skip


WITHDRAWAL = "weapons_withdrawal"

CONFIRMED = accord(
    {"id": "north-out", "kind": WITHDRAWAL, "parties": ["north"], "due": "2020-02-01", "weapons": ["tank"]},
    {"id": "south-out", "kind": WITHDRAWAL, "parties": ["south"], "due": "2020-03-01", "weapons": ["tank"]},
    {"id": "road", "kind": "routes", "from": "Arn", "to": "Bel", "due": "2020-04-01"},
    parties=[
        {"id": "north", "names": "Northern Front", "role": "side", "aliases": ["NF"]},
        {"id": "south", "names": "Southern League", "role": "side"},
    ],
)  # fmt: skip


def test_provisions_pair_by_what_they_say_and_not_by_their_order() -> None:
    draft = accord(
        {"id": "w1", "kind": WITHDRAWAL, "parties": ["league"], "due": "2020-03-01", "weapons": ["tank"]},
        {"id": "w2", "kind": WITHDRAWAL, "parties": ["nf"], "due": "2020-02-01", "weapons": ["tank"]},
        parties=[
            {"id": "nf", "names": "NF", "role": "side"},
            {"id": "league", "names": "Southern League", "role": "side"},
        ],
    )  # fmt: skip
    found = compare(draft, CONFIRMED)
    assert [(pair.confirmed, pair.draft) for pair in found.pairs] == [
        ("north-out", "w2"), ("south-out", "w1"), ("road", None),
    ]  # fmt: skip
    assert found.pairs[0].differs == ()
    assert set(found.pairs[0].agrees) == {"parties", "due", "weapons"}
    assert found.found == 2


def test_a_field_read_otherwise_is_told_with_both_values_in_the_accords_names() -> None:
    draft = accord(
        {"id": "w", "kind": WITHDRAWAL, "parties": ["nf"], "due": "2020-02-11", "weapons": ["mortar"]},
        parties=[{"id": "nf", "names": "NF", "role": "side"}],
    )  # fmt: skip
    pair = compare(draft, CONFIRMED).pairs[0]
    assert pair.agrees == ("parties",)
    assert [(d.field, d.confirmed, d.draft) for d in pair.differs] == [
        ("due", "2020-02-01", "2020-02-11"), ("weapons", "tank", "mortar"),
    ]  # fmt: skip


def test_a_party_that_only_the_draft_knows_keeps_its_own_name() -> None:
    draft = accord(
        {"id": "w", "kind": "routes", "parties": ["x"], "from": "Arn", "to": "Bel"},
        parties=[{"id": "x", "names": "The Guild", "role": "side"}],
    )
    (pair,) = [p for p in compare(draft, CONFIRMED).pairs if p.kind == "routes"]
    assert ("parties", "", "The Guild") in [(d.field, d.confirmed, d.draft) for d in pair.differs]


def test_what_only_the_draft_holds_is_listed() -> None:
    draft = accord({"id": "c", "kind": "cessation"}, parties=[])
    found = compare(draft, CONFIRMED)
    assert found.only_in_draft == (("cessation", "c"),)
    assert found.found == 0


def test_an_accord_compared_with_itself_differs_in_nothing() -> None:
    found = compare(CONFIRMED, CONFIRMED)
    assert [(pair.confirmed, pair.differs) for pair in found.pairs] == [
        (provision.id, ()) for provision in CONFIRMED.provisions
    ]
    assert found.only_in_draft == ()
