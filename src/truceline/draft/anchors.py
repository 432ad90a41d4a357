"""What a relative deadline counts from: the signature, the entry into force, or another provision."""

from __future__ import annotations

import re

from truceline.draft.finding import Finding
from truceline.draft.lexicon.load import expression

_KINDS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        (
            r"\bcease-?fire|\btruce\b|\bcessation|\bhostilities|\bsilence|"
            r"\bfighting\b|\barmistice|stop(?:s|ped)?\s+(?:shooting|firing|"
            r"fighting)|\bfire\b"
        ),
        ("cessation",),
    ),
    (
        (
            r"\bhand(?:ed|ing|-)?\s?over\b|\bweapons?\b|\bartillery|\btanks?\b|"
            r"\barms\b|\bdisarm"
        ),
        ("weapons_withdrawal", "forces_withdrawal"),
    ),
    (
        (
            r"\bwithdraw|\bpull-?\s?back|\bpull-?\s?out|\bredeploy|\bdisengag|"
            r"\bdeparture|\bretreat|\bevacuat|\bremov|\bhave\s+left|\bleft\b"
        ),
        ("forces_withdrawal", "weapons_withdrawal"),
    ),
    (r"\bzone\b|\bbelt\b|\bstrip\b|\bbuffer\b|\barea\s+of\s+separation", ("zone",)),
    (r"\bmission\b|\bobservers?\b|\bmonitors?\b|\bmonitoring|\bverification|\bverified", ("verification",)),
    (r"\bpatrols?\b", ("patrols",)),
    (r"\broads?\b|\broutes?\b|\breopen", ("routes",)),
    (r"\bdesignat|\blist\b", ("designation",)),
)
_IN_FORCE = expression("anchors", "in_force")
_SIGNED = expression("anchors", "signed")
BACKWARD = expression("anchors", "backward")


def anchor_of(words: str, findings: list[Finding], at: Finding, previous: str | None) -> str | int | None:
    """``signed``, ``in_force``, the index of the provision meant, or None where it cannot be known."""
    plain = words.strip().lower()
    if re.fullmatch(r"(?:today|now|the\s+date\s+(?:hereof|of\s+this\s+\w+))", plain):
        return "signed"
    if BACKWARD.match(plain):
        if previous is None:
            return None
        return anchor_of(previous, findings, at, None)
    of_kind = next((kinds for pattern, kinds in _KINDS if re.search(pattern, plain)), None)
    if _IN_FORCE.search(plain) and (
        of_kind is None
        or re.search(r"\bagreement|\barmistice|\bprotocol|\bmemorandum|\bannex|\baccord|\btreaty", plain)
    ):
        return "in_force"
    if _SIGNED.search(plain) and re.search(
        r"\bsign|\badopt|\bconclu|\binitial|\bpublic|\bannounce|\bapprov|\bsealing|^th", plain
    ):
        return "signed"
    if of_kind is not None:
        for kind in of_kind:
            earlier = [n for n, f in enumerate(findings) if f.kind == kind and f is not at]
            before = [n for n in earlier if findings[n].sentence <= at.sentence]
            if before or earlier:
                return (before or earlier)[-1 if kind != "cessation" else 0]
        return "in_force" if _IN_FORCE.search(plain) else None
    if _SIGNED.search(plain):
        return "signed"
    return None


def kinds_named(words: str) -> tuple[str, ...]:
    """The kinds of provision that a noun phrase names ("the withdrawal", "the handover of weapons")."""
    return next((kinds for pattern, kinds in _KINDS if re.search(pattern, words.lower())), ())
