"""Quotes that are not in their source, and sources that are not what was quoted."""

from __future__ import annotations

from truceline.accord.lint.case import Case
from truceline.accord.model import Quote, Source
from truceline.accord.quoting import SourceText, read_source
from truceline.core.errors import TrucelineError


def check(case: Case) -> None:
    """Every provision quotes something, and every quote stands in its source, word for word."""
    for index, provision in enumerate(case.accord.provisions):
        if not provision.quotes:
            case.report("no-quote", f"provisions[{index}]", f"{provision.id} quotes no source")
    if case.base_dir is None:
        return
    texts: dict[str, SourceText] = {}
    unread: set[str] = set()
    for index, source in enumerate(case.accord.sources):
        text = _source(case, source, f"sources[{index}]")
        if text is not None:
            texts[source.id] = text
        elif source.file is not None:
            unread.add(source.id)  # reported once, as a source
    known = {source.id for source in case.accord.sources}
    for path, part in case.parts():
        if isinstance(part, Quote) and part.source in known and part.source not in unread:
            _quote(case, part, path, texts.get(part.source))


def _source(case: Case, source: Source, path: str) -> SourceText | None:
    assert case.base_dir is not None
    try:
        text = read_source(source, case.base_dir)
    except TrucelineError as error:
        case.report("source-missing", f"{path}.file", f"source {source.id}: {error.message}")
        return None
    if text is None:
        return None
    if source.sha256 is None:
        case.report(
            "source-without-checksum",
            path,
            f"source {source.id} names a file without its checksum: a change of the file would go unseen",
            accepted=f"sha256: {text.sha256}",
        )
    elif source.sha256 != text.sha256:
        case.report(
            "source-changed",
            f"{path}.sha256",
            f"the file {source.file} is not the one that was quoted",
            found=text.sha256,
            accepted=source.sha256,
        )
    return text


def _quote(case: Case, quote: Quote, path: str, source: SourceText | None) -> None:
    if source is None:
        case.report("quote-unchecked", path, f"source {quote.source} has no file to check the quote against")
        return
    text = source.text
    if text[quote.start : quote.end] != quote.exact:
        elsewhere = text.find(quote.exact)
        where = f"they stand at {elsewhere} to {elsewhere + len(quote.exact)}" if elsewhere >= 0 else None
        case.report(
            "quote-not-in-source",
            path,
            f"the words are not in source {quote.source} at {quote.start} to {quote.end}"
            + (f"; {where}" if where else ", nor anywhere else in it"),
            found=repr(text[quote.start : quote.end][:60]),
            accepted=repr(quote.exact[:60]),
        )
        return
    before, after = quote.prefix or "", quote.suffix or ""
    if not text[: quote.start].endswith(before) or not text[quote.end :].startswith(after):
        case.report(
            "quote-context", path, f"prefix or suffix is not what stands around the words in {quote.source}"
        )
