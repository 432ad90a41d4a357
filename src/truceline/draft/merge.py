"""Repeated mentions of one provision become one provision with several quotes."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from truceline.draft.finding import Finding
from truceline.draft.times.calendar import Moment, later

# Kinds that a report tells again and again; every other clause of "other" is its own.
_MERGED = frozenset(
    (
        "cessation",
        "zone",
        "weapons_withdrawal",
        "forces_withdrawal",
        "designation",
        "patrols",
        "routes",
        "verification",
    )
)


def merge(findings: list[Finding], *, official: bool) -> list[Finding]:
    """Joins findings that tell the same obligation. Official texts say a thing once; there only equals
    join."""
    out: list[Finding] = []
    for finding in findings:
        same = next((other for other in out if _same(other, finding, official=official)), None)
        if same is None:
            out.append(finding)
        else:
            _absorb(same, finding)
    return out


def _same(a: Finding, b: Finding, *, official: bool) -> bool:
    if a.kind != b.kind or a.kind not in _MERGED:
        return False
    if a.negated != b.negated and a.kind != "cessation":
        return False
    if a.kind == "routes":
        return (
            a.route is not None
            and b.route is not None
            and {a.route[0], a.route[1]} == {b.route[0], b.route[1]}
            and None not in a.route[:2]
        )
    if official and a.spans[0][:2] != b.spans[0][:2]:
        return False
    if not (_agree(a.due, b.due) and _agree(a.starts, b.starts)):
        return False
    if (
        a.distance
        and b.distance
        and (a.distance.min_m, a.distance.max_m) != (b.distance.min_m, b.distance.max_m)
    ):
        return False
    if _announced_for(a, b) or _announced_for(b, a):
        return True
    if a.bound and b.bound and not set(a.bound) & set(b.bound):
        return _both_groups(a, b)
    if a.kind == "weapons_withdrawal":
        mine, theirs = {w.weapon_class for w in a.weapons}, {w.weapon_class for w in b.weapons}
        general = {"heavy_weapon", "weapon"}
        if mine and theirs and not mine & theirs and not (mine <= general or theirs <= general):
            return False
        calibres = [{w.calibre.min_mm for w in f.weapons if w.calibre} for f in (a, b)]
        if calibres[0] and calibres[1] and calibres[0] != calibres[1]:
            return False
        return set(a.bound) == set(b.bound) or not a.bound or not b.bound
    if a.kind == "forces_withdrawal" and a.place and b.place and a.place != b.place:
        return False
    if a.kind == "verification":
        return (
            set(a.bound) == set(b.bound)
            and bool(a.bound)
            and a.sentence != b.sentence
            and not (a.frequency and b.frequency)
        )
    if a.kind == "forces_withdrawal" and a.sentence == b.sentence and a.bound != b.bound:
        return False
    return a.sentence != b.sentence or a.bound == b.bound


def end_of(finding: Finding, begins: dt.date | None) -> Moment | None:
    """When a provision ends: as the text says, or so long after it begins as it says that it lasts."""
    if finding.until is not None or finding.lasts is None or begins is None:
        return finding.until
    return replace(finding.lasts, date=later(begins, finding.lasts.amount))


def _announced_for(told: Finding, agreed: Finding) -> bool:
    """What one side announces a third will do ("the army of X will halt its operation") beside what those who
    agreed took upon themselves: the third is not bound by it."""
    return (
        told.kind == "cessation"
        and len(told.bound) == 1
        and len(agreed.bound) > 1
        and not set(told.bound) & set(agreed.bound)
        and all(speaker is not None for _, _, speaker in told.spans)
    )


def _both_groups(a: Finding, b: Finding) -> bool:
    """ "Radical fighters" and "radical groups" are told apart by nothing but the noun."""
    if a.kind != "forces_withdrawal":
        return False
    words = [{w for key in f.bound if key.startswith("common:") for w in key[7:].split()} for f in (a, b)]
    return bool(words[0] & words[1])


def _agree(a: Moment | None, b: Moment | None) -> bool:
    return a is None or b is None or (a.date, a.anchor, a.amount) == (b.date, b.anchor, b.amount)


def _absorb(kept: Finding, more: Finding) -> None:
    for span in more.spans:
        if span[:2] not in {s[:2] for s in kept.spans}:
            kept.spans.append(span)
    if _announced_for(kept, more):
        kept.bound = more.bound
    elif _announced_for(more, kept):
        more = replace(more, bound=kept.bound)
    known = {w for key in kept.bound if key.startswith("common:") for w in key[7:].split()}
    fresh = [k for k in more.bound if not (k.startswith("common:") and set(k[7:].split()) <= known)]
    kept.bound = tuple(dict.fromkeys((*kept.bound, *fresh)))
    for name in (
        "due",
        "starts",
        "until",
        "lasts",
        "distance",
        "mode",
        "frequency",
        "condition",
        "place",
        "exemption",
    ):
        if getattr(kept, name) is None:
            setattr(kept, name, getattr(more, name))
    if kept.mode and more.mode and kept.mode != more.mode:
        kept.opens.append(("mode", f"the text says both {kept.mode!r} and {more.mode!r}"))
        kept.mode = more.mode
    if not kept.weapons or all(w.weapon_class == "weapon" for w in kept.weapons):
        kept.weapons = more.weapons or kept.weapons
    kept.confidence = max(kept.confidence, more.confidence)
    kept.in_zone = kept.in_zone or more.in_zone
