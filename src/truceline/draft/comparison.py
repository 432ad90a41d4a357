"""A draft beside the confirmed accord: what the draft found, what it read otherwise, what it missed.

Provisions are paired within a kind, so that the pairs agree in as many fields as can be (an optimal
assignment); parties are the same where they share a name, an alias or a former name.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.optimize import linear_sum_assignment

from truceline.accord.model import Accord, Party, Provision
from truceline.accord.model.base import name_in

# Fields that say what a provision demands; ids of zones and lines are each document's own and do not compare.
COMPARED = (
    "parties", "groups", "by", "due", "from", "until", "width_m", "weapons", "mode", "from_place", "to_place",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Difference:
    """A field in which the two documents differ, each value in words."""

    field: str
    confirmed: str
    draft: str


@dataclass(frozen=True, slots=True)
class Pair:
    """A provision of the confirmed accord and the draft's, if it found it."""

    kind: str
    confirmed: str
    draft: str | None
    agrees: tuple[str, ...] = ()
    differs: tuple[Difference, ...] = ()


@dataclass(frozen=True, slots=True)
class Comparison:
    """All pairs in the confirmed accord's order, and the draft's provisions that have no counterpart."""

    pairs: tuple[Pair, ...]
    only_in_draft: tuple[tuple[str, str], ...]

    @property
    def found(self) -> int:
        """How many of the confirmed provisions the draft holds."""
        return sum(pair.draft is not None for pair in self.pairs)

    def as_dict(self) -> dict[str, Any]:
        """The comparison as plain JSON data."""
        return {
            "found": self.found,
            "of": len(self.pairs),
            "pairs": [
                {
                    "kind": pair.kind,
                    "confirmed": pair.confirmed,
                    "draft": pair.draft,
                    "agrees": list(pair.agrees),
                    "differs": [
                        {"field": d.field, "confirmed": d.confirmed, "draft": d.draft} for d in pair.differs
                    ],
                }
                for pair in self.pairs
            ],
            "only_in_draft": [{"kind": kind, "id": id} for kind, id in self.only_in_draft],
        }


@dataclass(frozen=True, slots=True)
class _Names:
    """What each party of the two documents is called here, by its id there; the same party has one name."""

    confirmed: dict[str, str]
    draft: dict[str, str]


def compare(draft: Accord, confirmed: Accord) -> Comparison:
    """Compares a draft with the accord that an analyst confirmed."""
    names = _named(draft, confirmed)
    partner: dict[str, Provision] = {}
    for kind in {provision.kind for provision in confirmed.provisions}:
        ours = [p for p in confirmed.provisions if p.kind == kind]
        theirs = [p for p in draft.provisions if p.kind == kind]
        if not theirs:
            continue
        score = np.array([[_score(a, b, names) for b in theirs] for a in ours])
        for row, column in zip(*linear_sum_assignment(score, maximize=True), strict=True):
            partner[ours[row].id] = theirs[column]
    used = {provision.id for provision in partner.values()}
    return Comparison(
        pairs=tuple(_pair(p, partner.get(p.id), names) for p in confirmed.provisions),
        only_in_draft=tuple((p.kind, p.id) for p in draft.provisions if p.id not in used),
    )


def _words(name: str) -> str:
    return re.sub(r"[\W_]+", " ", name.casefold()).strip()


def _names(party: Party) -> set[str]:
    former = (former.name for former in party.former_names)
    return {_words(n) for n in (party.id, *party.names.values(), *party.aliases, *former)} - {""}


def _named(draft: Accord, confirmed: Accord) -> _Names:
    """Names for the parties; the draft's are the confirmed accord's where both share a name."""
    known = [(party, _names(party)) for party in confirmed.parties]
    drafted = {}
    for party in draft.parties:
        names = _names(party)
        match = max(known, key=lambda item: len(item[1] & names), default=None)
        shared = match is not None and match[1] & names
        drafted[party.id] = name_in((match[0] if match and shared else party).names, "en")
    return _Names({party.id: name_in(party.names, "en") for party in confirmed.parties}, drafted)


def _value(provision: Provision, field: str, names: dict[str, str]) -> str:
    """The field's value in words that compare across documents; empty where it says nothing."""
    value = getattr(provision, {"from": "starts"}.get(field, field), None)
    if not value:
        return ""
    if field in {"parties", "groups", "by"}:
        return ", ".join(sorted({names.get(id, id) for id in value}))
    if field in {"due", "until", "from"}:
        return str(
            value.date or value.at or f"{value.after} + {value.months} m {value.weeks} w {value.days} d"
        )
    if field == "weapons":
        return ", ".join(sorted({weapon.weapon_class for weapon in value}))
    if field == "width_m":
        return " to ".join(f"{end / 1000:g} km" for end in (value.min, value.max) if end is not None)
    return _words(str(value))


def _score(confirmed: Provision, draft: Provision, names: _Names) -> float:
    agree = 0.0
    for field in COMPARED:
        ours, theirs = _value(confirmed, field, names.confirmed), _value(draft, field, names.draft)
        if ours and theirs:
            agree += 1.0 if ours == theirs else -0.2
    return agree


def _pair(confirmed: Provision, draft: Provision | None, names: _Names) -> Pair:
    if draft is None:
        return Pair(confirmed.kind, confirmed.id, None)
    agrees, differs = [], []
    for field in COMPARED:
        ours, theirs = _value(confirmed, field, names.confirmed), _value(draft, field, names.draft)
        if ours == theirs != "":
            agrees.append(field)
        elif ours or theirs:
            differs.append(Difference(field, ours, theirs))
    return Pair(confirmed.kind, confirmed.id, draft.id, tuple(agrees), tuple(differs))
