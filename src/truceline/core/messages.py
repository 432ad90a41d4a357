"""Sentences in several languages: Project Fluent messages of `locale/<language>/<domain>.ftl`.

Instants, days, distances and probabilities are written by the caller's language file through the arguments
given here as text or plain numbers; a message that does not exist is a defect and raises KeyError. In Arabic
every argument is set apart from the sentence around it (`truceline.core.bidi`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from importlib import resources
from typing import Any
from zoneinfo import ZoneInfo

from babel import Locale
from fluent.runtime import FluentBundle, FluentResource

from truceline.core.bidi import RIGHT_TO_LEFT, argument, marked

FALLBACK = "en"
LANGUAGES = ("en", "ar", "ru", "tr")
"""The languages that every message is written in."""


@lru_cache(maxsize=32)
def _bundle(domain: str, language: str) -> FluentBundle | None:
    source = resources.files("truceline").joinpath("locale", language, f"{domain}.ftl")
    if not source.is_file():
        return None
    bundle = FluentBundle([language], use_isolating=language in RIGHT_TO_LEFT)
    bundle.add_resource(FluentResource(source.read_text(encoding="utf-8")))
    return bundle


@dataclass(frozen=True, slots=True)
class Messages:
    """The messages of one domain (a file's name without ``.ftl``) in one language, English where it lacks
    one."""

    domain: str
    language: str = FALLBACK

    def _bundle_of(self, message: str) -> FluentBundle:
        for language in (self.language, FALLBACK):
            bundle = _bundle(self.domain, language)
            if bundle is not None and bundle.has_message(message):
                return bundle
        raise KeyError(f"{self.domain}.ftl has no message {message!r}")

    def has(self, message: str) -> bool:
        """Whether there is such a message, in this language or in English."""
        try:
            self._bundle_of(message)
        except KeyError:
            return False
        return True

    def say(self, message: str, arguments: Mapping[str, Any] | None = None) -> str:
        """The message with its arguments. Raises KeyError for an unknown message or a missing argument."""
        bundle = self._bundle_of(message)
        pattern = bundle.get_message(message).value
        if pattern is None:
            raise KeyError(f"{self.domain}.ftl, {message}: has no text of its own")
        given = dict(arguments or {})
        isolating = bundle.use_isolating
        if isolating:
            given = {name: argument(v) if isinstance(v, str) else v for name, v in given.items()}
        text, errors = bundle.format_pattern(pattern, given)
        if errors:
            raise KeyError(f"{self.domain}.ftl, {message}: {errors[0]}")
        return marked(str(text)) if isolating else str(text)


def day_in_words(instant: datetime, zone: ZoneInfo, *, end: bool = False, language: str = FALLBACK) -> str:
    """The calendar day of an instant in `zone`: ``15 October 2018``.

    With `end`, an instant that is midnight counts as the end of the day before: a deadline's last day.
    """
    if end:
        instant -= timedelta(microseconds=1)
    local = instant.astimezone(zone)
    month = Messages("calendar", language).say(f"month-{local.month}")
    return Messages("calendar", language).say(
        "day", {"day": str(local.day), "month": month, "year": str(local.year)}
    )


@lru_cache(maxsize=64)
def city_of(time_zone: str, language: str = FALLBACK) -> str:
    """The city that stands for a time zone (``Asia/Damascus``), as CLDR names it in that language."""
    named = None
    if language != FALLBACK:
        named = Locale.parse(language).time_zones.get(time_zone, {}).get("city")
    return str(named or time_zone.rsplit("/", 1)[-1].replace("_", " "))


def listed(items: list[str], language: str = FALLBACK) -> str:
    """``a``, ``a and b``, ``a, b and c`` in that language; the empty text for none."""
    if len(items) < 2:
        return "".join(items)
    words = Messages("calendar", language)
    return words.say("list", {"first": enumerated(items[:-1], language), "last": items[-1]})


def enumerated(items: Sequence[str], language: str = FALLBACK) -> str:
    """``a, b, c`` with the comma of that language; the empty text for none."""
    words = Messages("calendar", language)
    told = items[0] if items else ""
    for item in items[1:]:
        told = words.say("list-more", {"first": told, "next": item})
    return told
