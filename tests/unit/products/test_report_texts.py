from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from truceline.accord.model import Quote, Source
from truceline.products.report.texts import CONTEXT, passages, quoted

TEXT = "alpha beta gamma delta " * 40
SPANS = st.lists(
    st.tuples(st.integers(0, 90), st.integers(1, 30), st.sampled_from("abc")).map(
        lambda span: (span[0], span[0] + span[1], span[2])
    ),
    max_size=6,
)


@given(st.text(max_size=100), SPANS)
def test_passages_together_are_the_text(text: str, spans: list[tuple[int, int, str]]) -> None:
    assert "".join(passage.text for passage in passages(text, spans)) == text


@given(SPANS)
def test_every_quoted_character_is_marked_with_its_provision(spans: list[tuple[int, int, str]]) -> None:
    text = "x" * 200
    position = 0
    for passage in passages(text, spans):
        wanted = {id for start, end, id in spans if start <= position and position + len(passage.text) <= end}
        assert set(passage.provisions) == wanted
        position += len(passage.text)


def test_a_quote_stands_among_the_words_around_it() -> None:
    start = TEXT.index("gamma", 400)
    quote = Quote(source="s", exact="gamma", start=start, end=start + 5)
    source = Source(id="s", title={"en": "Notice"}, date=date(2021, 5, 1))
    shown = quoted(quote, source, TEXT, "en")
    assert TEXT.count(shown.before.removeprefix("… ") + "gamma" + shown.after.removesuffix(" …")) >= 1
    assert shown.before.startswith("… ")
    assert shown.after.endswith(" …")
    assert len(shown.before) <= CONTEXT + 2
    assert shown.source_title == "Notice"


def test_a_quote_that_its_text_does_not_hold_is_not_placed_in_it() -> None:
    quote = Quote(source="s", exact="omega", start=0, end=5, prefix="before ", suffix=" after")
    shown = quoted(quote, None, TEXT, "en")
    assert (shown.before, shown.exact, shown.after) == ("before ", "omega", " after")
