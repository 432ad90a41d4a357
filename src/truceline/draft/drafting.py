"""`draft_text`: from a text to a draft accord."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from truceline.accord.model import Accord
from truceline.core.errors import InvalidInput
from truceline.core.limits import DOCUMENT_WORD
from truceline.draft.lexicon.load import words

if TYPE_CHECKING:
    from truceline.draft.text.document import Text

MAX_CHARACTERS = 1_000_000
_ENGLISH = words("drafting", "english")


@dataclass(frozen=True, slots=True)
class DraftDocument:
    """A draft: the accord (status ``draft``), the text that its quotes point into, notes for the reader, and
    where the text's sentences begin and end, in code points, where the rules read it."""

    accord: Accord
    text: str
    notes: tuple[str, ...] = field(default=())
    backend: str = "rules"
    sentences: tuple[tuple[int, int], ...] = ()

    def to_json(self) -> dict[str, Any]:
        """The accord as plain data, with its sections always present, and the notes."""
        data = self.accord.model_dump(mode="json", by_alias=True, exclude_defaults=True)
        document: dict[str, Any] = {"format": 1, "accord": data.get("accord", {})}
        for section in (
            "sources",
            "parties",
            "places",
            "lines",
            "zones",
            "provisions",
            "statements",
            "questions",
        ):
            document[section] = data.get(section, [])
        for provision in document["provisions"]:
            provision.setdefault("parties", [])
        document["notes"] = list(self.notes)
        document["backend"] = self.backend
        return document


def draft_text(
    text: str,
    *,
    published: dt.date | None = None,
    language: str | None = None,
    source_name: str = "text",
    title: str | None = None,
) -> DraftDocument:
    """Drafts an accord from an English text with the rules.

    Dates without a year are resolved against `published`, else the document's own date, else the years that
    the text gives. Quotes are offsets in code points of `text` as given. Raises InvalidInput for another
    language or a text that is too long.
    """
    check(text, language)
    from truceline.draft.build import Builder
    from truceline.draft.extract import harvest

    found = harvest(text, published)
    accord = Builder(found, source=source_of(text, published, source_name, title, "en")).build()
    notes = []
    if not accord.provisions:
        notes.append(
            "no provision found: "
            + (
                "the text is empty"
                if not text.strip()
                else "the text does not report that anything was agreed"
                if not found.standing.agreed
                else "no clause of the text obliges anybody"
            )
        )
    return DraftDocument(accord, text, tuple(notes), sentences=_sentences(found.text))


def _sentences(text: Text) -> tuple[tuple[int, int], ...]:
    words = (text.of(sentence) for sentence in text.sentences)
    spans = (text.plain.span(one[0].start, one[-1].end) for one in words if one)
    return tuple((start, end) for start, end in spans if end > start)


def check(text: str, language: str | None) -> None:
    """Raises InvalidInput where the rules cannot read the text."""
    if len(text) > MAX_CHARACTERS:
        raise InvalidInput(
            f"the text has {len(text):,} characters; accepted: up to {MAX_CHARACTERS:,}",
            hint="draft the agreement's own pages, without its annexes, or in parts",
        )
    endless = next((word for word in re.finditer(r"\S+", text) if len(word[0]) > DOCUMENT_WORD), None)
    if endless is not None:
        # The tokenizer takes time that grows with the square of what has no blank in it.
        raise InvalidInput(
            f"the text has more than {DOCUMENT_WORD:,} characters without a blank, from "
            f"{endless.start():,} on: {endless[0][:40]!r}…",
            hint="take it out: nobody writes such a word",
        )
    if language is not None and language.lower().split("-")[0] not in ("en", "eng"):
        raise InvalidInput(
            f"the rules read English only; found language {language!r}; accepted: en",
            hint="use --backend llm with a configured language model, or translate the text first",
        )
    if language is None and not looks_english(text):
        raise InvalidInput(
            "the text does not look English, and the rules read English only",
            hint="use --backend llm with a configured language model; or say --language en if it is English",
        )


def looks_english(text: str) -> bool:
    """Whether a text of some length holds the commonest English words; short texts pass."""
    words = re.findall(r"[^\W\d_]+", text[:20_000].lower())
    return len(words) < 40 or sum(w in _ENGLISH for w in words) / len(words) > 0.08


def source_of(
    text: str,
    published: dt.date | None,
    name: str,
    title: str | None,
    language: str,
) -> dict[str, Any]:
    """The accord's entry for the text; its sha256 is that of the text in UTF-8."""
    from truceline.draft.parties.registry import slug

    source: dict[str, Any] = {
        "id": slug(name.rsplit("/", 1)[-1].rsplit(".", 1)[0])[:60] or "text",
        "title": {"en": title or name},
        "language": language,
        "sha256": hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest(),
    }
    if published is not None:
        source["date"] = published
    return source
