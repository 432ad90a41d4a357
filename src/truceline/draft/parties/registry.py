"""The parties met so far, under one key each, with every name that the text uses for them."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field

from truceline.draft.text.plain import fold


@dataclass(slots=True)
class PartyNotes:
    """What is known of a party: `code` is an ISO 3166 code for a country's party."""

    key: str
    name: str
    kind: str
    aliases: list[str] = field(default_factory=list)
    former: list[str] = field(default_factory=list)
    member_of: list[str] = field(default_factory=list)
    code: str | None = None
    mentions: int = 0
    guarantor: bool = False
    first: int = 1 << 60

    def add_alias(self, alias: str) -> None:
        """Notes another name, unless it is one already or says nothing."""
        known = {fold(n) for n in (self.name, *self.aliases, *self.former)}
        words = alias.strip(" ,.'\"")
        if words and fold(words) not in known and len(words) <= 80:
            self.aliases.append(words)


class Registry:
    """Parties by key; keys that turn out to be one party are joined."""

    def __init__(self) -> None:
        self._notes: dict[str, PartyNotes] = {}
        self._joined: dict[str, str] = {}

    def resolve(self, key: str) -> str:
        """The key that stands for this one after joins."""
        seen = set()
        while key in self._joined and key not in seen:
            seen.add(key)
            key = self._joined[key]
        return key

    def note(self, key: str, name: str, kind: str, code: str | None = None) -> PartyNotes:
        """The notes of a party, begun with this name where it is new."""
        key = self.resolve(key)
        notes = self._notes.get(key)
        if notes is None:
            notes = self._notes[key] = PartyNotes(key, name, kind, code=code)
        return notes

    def get(self, key: str) -> PartyNotes | None:
        """The notes of a party, if any."""
        return self._notes.get(self.resolve(key))

    def join(self, key: str, into: str) -> None:
        """From now on `key` means `into`; its names become aliases."""
        key, into = self.resolve(key), self.resolve(into)
        if key == into or into not in self._notes:
            return
        self._joined[key] = into
        old = self._notes.pop(key, None)
        if old is not None:
            target = self._notes[into]
            for name in (old.name, *old.aliases):
                target.add_alias(name)
            target.former += [n for n in old.former if n not in target.former]
            target.mentions += old.mentions

    def all(self) -> list[PartyNotes]:
        """All parties in the order in which they were met."""
        return list(self._notes.values())


def slug(name: str) -> str:
    """An identifier from a name: ``Hay'et Tahrir al-Sham`` becomes ``hayet-tahrir-al-sham``."""
    plain = unicodedata.normalize("NFKD", name)
    kept = "".join(c for c in plain if not unicodedata.combining(c)).lower()
    kept = re.sub(r"['\u2019.]", "", kept)
    return re.sub(r"[^a-z0-9]+", "-", kept).strip("-")[:60].strip("-") or "party"
