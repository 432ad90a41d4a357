"""Files of annotated texts: what is wrong in one is said, and those of the repository are sound."""

from __future__ import annotations

import datetime as dt
from functools import cache
from pathlib import Path

import pytest
from tests.unit.draft.quoting import Draft, quoted

from truceline.core.errors import InvalidInput
from truceline.draft.evaluation import FIELDS, GoldText, load_gold, load_split, score_draft
from truceline.draft.evaluation.gold import GoldRelative

GOLD = Path(__file__).parents[2] / "data" / "draft"
SPLITS = [name for name in ("dev", "test") if (GOLD / name).is_dir()]  # a fresh test split may be held back


@cache
def texts_of(split: str) -> list[GoldText]:
    """The annotated texts; reading them takes seconds."""
    return load_split(GOLD / split)


def test_a_gold_file_names_every_fault(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Nothing.", encoding="utf-8")
    (tmp_path / "a.gold.yaml").write_text(
        "text: a.txt\npublished: null\nprovisions:\n"
        "- {id: p1, kind: zone, quotes: [Something], parties: [Nobody], weapons: [{class: sling}]}\n",
        encoding="utf-8",
    )
    with pytest.raises(InvalidInput) as caught:
        load_gold(tmp_path / "a.gold.yaml")
    assert [fault.path for fault in caught.value.faults] == ["p1.parties", "p1.weapons", "p1.quotes"]


@pytest.mark.parametrize("written", ["text: [", "published: null\n", "text: none.txt\npublished: null\n"])
def test_a_broken_gold_file_is_an_error_and_not_a_crash(tmp_path: Path, written: str) -> None:
    (tmp_path / "a.gold.yaml").write_text(written, encoding="utf-8")
    with pytest.raises(InvalidInput):
        load_gold(tmp_path / "a.gold.yaml")


def test_a_folder_without_gold_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="gold"):
        load_split(tmp_path)


def _as_a_draft(text: GoldText) -> Draft:
    """The gold annotation turned into the document of a draft that agrees with all of it."""
    gold = text.gold
    ids = {party.name: f"party-{number}" for number, party in enumerate(gold.parties)}
    of_kind = {str(one.kind): one.id for one in reversed(gold.provisions)}

    def moment(value: dt.date | GoldRelative) -> object:
        if isinstance(value, dt.date):
            return value.isoformat()
        return value.model_dump() | {"after": of_kind.get(value.after, value.after)}

    provisions = []
    for one in gold.provisions:
        quotes = [quoted(quote, text.text) for quote in one.quotes]
        draft: Draft = {"id": one.id, "kind": one.kind.value, "quotes": quotes, "negated": one.negated}
        draft["parties"] = [ids[name] for name in one.parties]
        for name, value in (("due", one.due), ("until", one.until)):
            if value is not None:
                draft[name] = moment(value)
        if one.begin is not None:
            draft["from"] = one.begin if isinstance(one.begin, str) else moment(one.begin)
        if one.distance_m is not None:
            draft["distance_m"] = one.distance_m.model_dump()
        draft["weapons"] = [weapon.model_dump(by_alias=True) for weapon in one.weapons]
        draft |= {"to": one.end, "class": one.counted, "maximum": one.maximum, "mode": one.mode}
        draft["frequency"] = one.frequency and one.frequency.model_dump()
        draft["condition"] = one.condition
        provisions.append(draft)
    return {
        "parties": [
            {
                "id": ids[party.name],
                "names": {"en": party.name},
                "aliases": list(party.aliases),
                "former_names": [{"name": name} for name in party.former_names],
                "role": party.role[0].value,
            }
            for party in gold.parties
        ],
        "provisions": provisions,
        "statements": [
            {
                "id": f"s{number}",
                "speaker": one.speaker[0],
                "stance": one.stance[0].value,
                "quote": quoted(one.quotes[0], text.text),
            }
            for number, one in enumerate(gold.statements)
        ],
        "questions": [{"provision": one.id, "field": field} for one in gold.provisions for field in one.asks],
    }


@pytest.mark.parametrize("split", SPLITS)
def test_gold_against_itself_is_perfect(split: str) -> None:
    for text in texts_of(split):
        score = score_draft(text, _as_a_draft(text))
        assert score.faults == [], text.name
        imperfect = {name for name in FIELDS if score.tallies[name].f1 not in (None, 1.0)}
        assert imperfect == set(), text.name


@pytest.mark.parametrize("split", SPLITS)
def test_each_split_holds_texts_that_oblige_nobody_and_a_long_one(split: str) -> None:
    texts = texts_of(split)
    assert len(texts) >= 18
    assert sum(not text.gold.provisions for text in texts) >= 3
    assert max(len(text.text.split()) for text in texts) > 900


def test_no_text_stands_in_both_splits() -> None:
    names = [{text.name for text in texts_of(split)} for split in SPLITS]
    assert len(set().union(*names)) == sum(map(len, names))
