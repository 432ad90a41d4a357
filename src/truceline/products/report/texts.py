"""The accord's quotes within their sources: the words around a quote, and a source cut where quotes lie."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from itertools import pairwise

from truceline.accord.model import Accord, Quote, Source
from truceline.accord.model.base import name_in
from truceline.products.report.content import Passage, Quoted, SourceText

CONTEXT = 220


def quoted(quote: Quote, source: Source | None, text: str | None, language: str) -> Quoted:
    """The quote with up to `CONTEXT` characters of its source on both sides, cut at words.

    Where the source's text is not at hand, the quote's own prefix and suffix stand in for it.
    """
    before, after = quote.prefix or "", quote.suffix or ""
    if text is not None and text[quote.start : quote.end] == quote.exact:
        before = _tail(text[max(quote.start - CONTEXT, 0) : quote.start], cut=quote.start > CONTEXT)
        after = _head(text[quote.end : quote.end + CONTEXT], cut=quote.end + CONTEXT < len(text))
    return Quoted(
        source=quote.source,
        source_title=name_in(source.title, language) if source else quote.source,
        published=source.date if source else None,
        language=source.language if source else "und",
        before=before,
        exact=quote.exact,
        after=after,
        speaker=quote.speaker,
    )


def _tail(text: str, *, cut: bool) -> str:
    if not cut:
        return text
    _, _, rest = text.partition(" ")
    return f"… {rest}"


def _head(text: str, *, cut: bool) -> str:
    if not cut:
        return text
    rest, _, _ = text.rpartition(" ")
    return f"{rest} …"


def source_texts(accord: Accord, texts: Mapping[str, str], language: str) -> tuple[SourceText, ...]:
    """Every source of the accord, with its text where `texts` (by source id) holds it."""
    spans: dict[str, list[tuple[int, int, str]]] = defaultdict(list)
    for provision in accord.provisions:
        for quote in provision.quotes:
            spans[quote.source].append((quote.start, quote.end, provision.id))
    return tuple(
        SourceText(
            id=source.id,
            title=name_in(source.title, language),
            publisher=source.publisher,
            published=source.date,
            language=source.language,
            sha256=source.sha256,
            url=source.url,
            note=source.note,
            passages=passages(texts[source.id], spans[source.id]) if source.id in texts else (),
        )
        for source in accord.sources
    )


def passages(text: str, spans: Iterable[tuple[int, int, str]]) -> tuple[Passage, ...]:
    """The text cut at the ends of the spans (start, end, id); together the passages are the text."""
    held = [(start, min(end, len(text)), id) for start, end, id in spans if start < len(text)]
    cuts = sorted({0, len(text), *(start for start, _, _ in held), *(end for _, end, _ in held)})
    return tuple(
        Passage(
            text=text[start:end],
            provisions=tuple(dict.fromkeys(id for first, last, id in held if first <= start and end <= last)),
        )
        for start, end in pairwise(cuts)
    )
