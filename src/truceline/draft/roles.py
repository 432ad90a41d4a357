"""Which parties a draft lists, and in which role."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from truceline.draft.extract import Harvest
from truceline.draft.finding import Finding
from truceline.draft.lexicon.load import expression
from truceline.draft.parties.mentions import ORGANISATIONS, ORGANS
from truceline.draft.parties.registry import PartyNotes

_OBSERVER = expression("roles", "observer")
_GROUP = expression("roles", "group")
_BROKERING = r"brokered|mediated|mediators?|mediation|facilitat(?:ed|ors?|ion)"
_HOSTING = r"hosted|hosts?|witness\w*|auspices|presence|good\s+offices"


@dataclass(frozen=True, slots=True)
class Listed:
    """A party of the draft and its role."""

    notes: PartyNotes
    role: str


def listed_parties(harvest: Harvest, findings: list[Finding]) -> list[Listed]:
    """Who is bound, is at the table, watches, or speaks about the agreement; in the order of the text."""
    registry = harvest.reader.registry
    bound = {k for f in findings for k in f.bound}
    watching = {k for f in findings if f.kind == "verification" for k in f.bound}
    acting = {k for f in findings if f.kind != "verification" for k in f.bound}
    principals = set(harvest.resolver.principals)
    speaking = {registry.resolve(s.key): s.stance for s in harvest.said if s.key}
    out = []
    for notes in sorted(registry.all(), key=lambda n: n.first):
        key = notes.key
        defined = notes.kind in ("name", "body") and notes.mentions > (
            0 if (notes.aliases and notes.kind == "name") or notes.former else 1
        )
        if notes.name in ("UN Secretary-General", "UN Security Council") and key not in bound:
            continue
        if not (key in bound or key in principals or key in speaking or defined or _vouches(harvest, notes)):
            continue
        out.append(Listed(notes, _role(harvest, notes, key, watching, acting, principals, speaking)))
    return out


def _vouches(harvest: Harvest, notes: PartyNotes) -> bool:
    return notes.kind in ("state", "body", "name") and _near(
        harvest, notes, r"guarant\w+|mediat\w+|facilitat\w+|brokered"
    )


def _near(harvest: Harvest, notes: PartyNotes, words: str, reach: int = 40) -> bool:
    norm = harvest.text.plain.norm
    said = _places(norm, words)
    if not said:
        return False
    for name in (notes.name, *notes.aliases):
        if name.lower() in ORGANS | ORGANISATIONS:
            continue  # "the Government" may be another's
        for first, last in _places(norm, re.escape(name)):
            if any(
                (0 <= first - b <= reach and _one_sentence(norm, b, first))
                or (0 <= a - last <= reach + 20 and _one_sentence(norm, last, a))
                for a, b in said
            ):
                return True
    return False


@lru_cache(maxsize=256)
def _places(norm: str, words: str) -> tuple[tuple[int, int], ...]:
    """Where a text has these words whole, whatever their capitals: begin and end of each."""
    return tuple(m.span(1) for m in re.finditer(rf"(?=\b({words})\b)", norm, re.IGNORECASE))


def _one_sentence(norm: str, first: int, last: int) -> bool:
    between = norm[first:last]
    return "." not in between and ";" not in between


def _role(
    harvest: Harvest,
    notes: PartyNotes,
    key: str,
    watching: set[str],
    acting: set[str],
    principals: set[str],
    speaking: dict[str, str],
) -> str:
    if key not in principals and notes.kind == "state" and _near(harvest, notes, _BROKERING, 24):
        return "observer"
    if key not in principals and notes.kind == "state" and key in harvest.resolver.negotiated:
        return "guarantor"
    if key in watching and key not in principals and notes.kind in ("name", "body"):
        return "observer"
    if key in principals or key in acting:
        if key not in principals and notes.kind in ("state", "body"):
            if _near(harvest, notes, r"guarantors", 90) or _near(harvest, notes, r"guarantors?", 24):
                return "guarantor"
            if notes.kind == "body":
                return "observer"
        if (
            notes.kind in ("state", "body", "name")
            and _near(harvest, notes, r"guarantors?", 24)
            and not _OBSERVER.search(notes.name)
        ):
            return "guarantor"
        if notes.kind == "state" and key in principals and _others_withdraw(harvest, principals):
            return "guarantor"
        if _OBSERVER.search(notes.name) and key not in principals:
            return "observer"
        if key not in principals and (notes.kind == "common" and _GROUP.search(notes.name)):
            return "group"
        if key not in principals and notes.kind == "name" and _named_among(harvest, key):
            return "group"
        return "side"
    if key in watching or _OBSERVER.search(notes.name) or notes.kind == "body":
        return (
            "observer"
            if speaking.get(key) not in ("supports", "welcomes") or key in watching
            else "supporter"
        )
    if _near(harvest, notes, r"guarantors?"):
        return "guarantor"
    if notes.kind == "common" or _GROUP.search(notes.name):
        return "group"
    if speaking.get(key) in ("supports", "welcomes", "neutral", "conditional"):
        return "supporter"
    if _near(harvest, notes, r"mediat\w+|facilitat\w+|brokered|observ\w+"):
        return "observer"
    if notes.kind == "name" and _near(harvest, notes, _HOSTING):
        return "supporter"
    if notes.kind == "name":
        return "group" if harvest.standing.agreed else "side"
    return "supporter"


def _others_withdraw(harvest: Harvest, principals: set[str]) -> bool:
    """States that agree about forces of others vouch for them."""
    others = [
        k for f in harvest.findings if f.kind in ("weapons_withdrawal", "forces_withdrawal") for k in f.bound
    ]
    return bool(others) and not any(k in principals for k in others)


def _named_among(harvest: Harvest, key: str) -> bool:
    """Whether the party is only named as one of those who leave ("including X")."""
    return any(
        f.kind == "forces_withdrawal" and key in f.bound and len(f.bound) > 1 for f in harvest.findings
    )
