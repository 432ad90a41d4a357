"""The page of the data dictionary is what the layers say, and the mapping to the Matrix what its page
says."""

from __future__ import annotations

from pathlib import Path

from truceline.products.export.dictionary import BEGIN, END, dictionary
from truceline.products.export.layers import LAYERS

PAGE = Path(__file__).parents[3] / "docs" / "reference" / "exports.md"


def test_the_page_holds_the_dictionary(update_golden: bool) -> None:
    text = PAGE.read_text(encoding="utf-8")
    before, rest = text.split(BEGIN)
    _, after = rest.split(END)
    if update_golden:
        PAGE.write_text(before + dictionary() + after, encoding="utf-8")
        text = PAGE.read_text(encoding="utf-8")
    assert dictionary() in text, "renew it with pytest --update-golden"


def test_every_column_says_something_and_no_hashtag_stands_twice_in_a_layer() -> None:
    for layer in LAYERS:
        tags = [field.hxl for field in layer.fields]
        assert all(field.words() and field.hxl.startswith("#") for field in layer.fields)
        assert sorted(tags) == sorted(set(tags)), layer.id
