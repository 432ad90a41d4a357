"""Where the verdict depends on how the text is read: each rival reading is assessed, and compared.

Only provisions that a reading touches are judged again: those whose text it changes, those that use a zone,
line or place that it changes, and those whose verdict rests on one of these.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Protocol

from truceline.accord.effective import effective
from truceline.accord.geometry import AccordGeometry
from truceline.accord.model import Accord, Interpretation, Reading
from truceline.assess.assessment import Obligation
from truceline.core.errors import TrucelineError


class Judge(Protocol):
    """Gives the verdict on a provision of one accord."""

    def verdict_of(self, provision: str) -> Obligation | None: ...


def reading_dependence(
    accord: Accord,
    standing: Accord,
    verdicts: tuple[Obligation, ...],
    bench: Callable[[Accord, AccordGeometry], Judge],
    geometry: AccordGeometry,
    geometries: Mapping[str, AccordGeometry],
    *,
    as_of: datetime,
    reading: str | None,
) -> dict[str, tuple[str, ...]]:
    """Per provision the ids of the interpretations under whose other readings its status would differ."""
    here = {verdict.id: verdict.status for verdict in verdicts}
    found: dict[str, set[str]] = defaultdict(set)
    for interpretation in accord.interpretations:
        chosen = _chosen(interpretation, reading)
        for other in interpretation.readings:
            if other.id == chosen:
                continue
            try:
                rival = effective(accord, at=as_of, reading=other.id)
            except TrucelineError:
                # A reading that does not fit the accord is the linter's to report; here it has no verdict.
                continue
            touched = provisions_touched(standing, rival, changed_between(standing, rival))
            judge = bench(rival, geometries.get(other.id, geometry))
            for id in sorted(touched):
                verdict = judge.verdict_of(id)
                if verdict is not None and id in here and verdict.status != here[id]:
                    found[id].add(interpretation.id)
    return {id: tuple(sorted(ids)) for id, ids in found.items()}


def _chosen(interpretation: Interpretation, reading: str | None) -> str:
    if reading in {r.id for r in interpretation.readings}:
        assert reading is not None
        return reading
    return interpretation.adopted


def changed_between(one: Accord, other: Accord) -> frozenset[str]:
    """The ids of the parts that differ between two versions of an accord."""
    left = {id: part for _, _, part, id in one.parts()}
    right = {id: part for _, _, part, id in other.parts()}
    return frozenset(id for id in left.keys() | right.keys() if left.get(id) != right.get(id))


def provisions_touched(standing: Accord, rival: Accord, changed: frozenset[str]) -> frozenset[str]:
    """The provisions that a change of these parts can move, directly or through what they rest on."""
    spread = set(changed)
    parties = {party.id for party in rival.parties}
    while True:
        more = {
            id
            for accord in (standing, rival)
            for section, _, part, id in accord.parts()
            if section in ("zones", "provisions")
            and id not in spread
            and _mentions(part.model_dump(), spread)
        }
        if not more:
            break
        spread |= more
    if spread & parties:
        return frozenset(provision.id for provision in rival.provisions)
    # A zone's verdict rests on the withdrawals inside it, though only they name it.
    zones = {
        getattr(p, "zone", None) for p in rival.provisions if p.id in spread and p.kind.endswith("withdrawal")
    }
    spread |= {p.id for p in rival.provisions if p.kind == "zone" and p.zone in zones - {None}}
    return frozenset(p.id for p in rival.provisions if p.id in spread)


def _mentions(value: Any, ids: set[str]) -> bool:
    if isinstance(value, dict):
        return any(key in ids or _mentions(item, ids) for key, item in value.items())
    if isinstance(value, list | tuple):
        return any(_mentions(item, ids) for item in value)
    return isinstance(value, str) and value in ids


def rival_readings(accord: Accord, reading: str | None = None) -> list[Reading]:
    """Every reading that is not the one assessed, in the accord's order."""
    return [
        other
        for interpretation in accord.interpretations
        for other in interpretation.readings
        if other.id != _chosen(interpretation, reading)
    ]
