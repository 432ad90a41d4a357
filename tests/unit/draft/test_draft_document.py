from __future__ import annotations

import datetime as dt
import hashlib
import json
from pathlib import Path

import pytest

from truceline.accord.load import load_accord
from truceline.core.errors import Conflict, InvalidInput
from truceline.draft import draft_text
from truceline.draft.drafting import MAX_CHARACTERS
from truceline.draft.save import save_draft

TEXT = (
    "SOVIK, 3 May (Newswire) - Orland and Kelden signed an accord on "
    "Monday. All tanks shall be withdrawn by both sides "
    "by 1 June 2021. A demilitarized zone 10 to 15 km wide will be "
    "established along the line of contact by 15 June 2021."
)


def test_the_json_has_every_section_even_when_empty() -> None:
    data = draft_text("Nothing here.").to_json()
    for section in ("sources", "parties", "provisions", "statements", "questions"):
        assert isinstance(data[section], list)
    json.dumps(data, allow_nan=False)


def test_the_draft_is_an_accord_of_status_draft() -> None:
    accord = draft_text(TEXT).accord
    assert accord.accord.status == "draft"
    assert [p.kind for p in accord.provisions] == ["weapons_withdrawal", "zone"]


def test_a_saved_draft_loads_again_with_its_text_beside_it(tmp_path: Path) -> None:
    saved = save_draft(
        draft_text(TEXT, published=dt.date(2021, 5, 3), source_name="news.txt"), tmp_path / "accord.yaml"
    )
    accord = load_accord(saved.accord_file)
    source = accord.sources[0]
    data = (tmp_path / str(source.file)).read_bytes()
    assert data.decode() == TEXT
    assert source.sha256 == hashlib.sha256(data).hexdigest()
    assert accord.provisions == saved.accord.provisions


def test_a_draft_is_not_written_over_a_file(tmp_path: Path) -> None:
    target = tmp_path / "accord.yaml"
    target.write_text("mine")
    with pytest.raises(Conflict):
        save_draft(draft_text(TEXT), target)
    assert target.read_text() == "mine"
    save_draft(draft_text(TEXT), target, overwrite=True)
    assert load_accord(target).accord.status == "draft"


def test_another_language_is_refused_and_named() -> None:
    with pytest.raises(InvalidInput, match="read English only; found language 'ru'"):
        draft_text(TEXT, language="ru")


def test_a_long_text_in_another_language_is_noticed() -> None:
    german = "Die Parteien ziehen alle schweren Waffen bis zum Ende des Jahres aus der Zone ab. " * 10
    with pytest.raises(InvalidInput, match="does not look English"):
        draft_text(german)


def test_a_huge_text_is_refused_with_the_limit() -> None:
    with pytest.raises(InvalidInput, match="1,000,000"):
        draft_text("a" * (MAX_CHARACTERS + 1))


def test_names_with_diacritics_and_curly_quotes_keep_their_offsets() -> None:
    text = (
        "Turkey and Russia agreed on a truce. \u201cAll fighters of "
        "Hay\u02bcat Ta\u1e25r\u012br al-Sh\u0101m (HTS) must "
        "leave\u00a0the zone by 1\u00a0June 2021,\u201d he said."
    )
    accord = draft_text(text).accord
    quote = accord.provisions[-1].quotes[0]
    assert text[quote.start : quote.end] == quote.exact
    assert accord.provisions[-1].parties
