"""What a rule is given: the accord in force, the evidence that stands, and the shared judgements on it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Protocol

import numpy as np

from truceline.accord.model import Accord, WeaponSpec
from truceline.accord.model.provision import ProvisionPart
from truceline.accord.model.when import When
from truceline.accord.moments import Edge, instant_of, start_of
from truceline.accord.weapons import any_covers
from truceline.assess.actors import Authors
from truceline.assess.assessment import Obligation
from truceline.assess.columns import Evidence, Floats, Rows
from truceline.assess.effort import Effort, effort_in
from truceline.assess.findings import Factor, Finding, find
from truceline.assess.incidents import Linked
from truceline.assess.places import Ground, Places, Region
from truceline.assess.ruleset import Ruleset
from truceline.assess.sources import Sources
from truceline.assess.times import Deadline, Window
from truceline.assess.words import Words
from truceline.evidence.confirmations import Confirmation
from truceline.evidence.statements import Proposal


class Verdicts(Protocol):
    """Gives the verdict on another provision; None where there is none or asking would go in a circle."""

    def __call__(self, provision: str) -> Obligation | None: ...


@dataclass(frozen=True)
class Case:
    """Everything that a rule may look at. `verdict_of` answers for the provisions that one depends on."""

    accord: Accord
    evidence: Evidence
    places: Places
    authors: Authors
    sources: Sources
    links: Linked
    ruleset: Ruleset
    words: Words
    as_of: datetime
    known_at: datetime
    verdict_of: Verdicts
    listed: int = 50
    designated: tuple[Proposal, ...] = ()
    confirmations: tuple[Confirmation, ...] = ()
    _efforts: dict[tuple[Ground | None, Window], Effort] = field(default_factory=dict)
    _present: dict[tuple[frozenset[str], Ground | None, Window], Rows] = field(default_factory=dict)

    # --- when ---------------------------------------------------------------------------------------------
    def moment(self, when: When | None, *, edge: Edge = "end") -> datetime | None:
        """The instant that a moment of the text means, or None."""
        return instant_of(when, self.accord, edge=edge) if when is not None else None

    def deadline(self, provision: ProvisionPart) -> Deadline:
        """When the provision is due, with its grace."""
        grace = self.ruleset.grace_of(str(getattr(provision, "kind", "")), provision.grace_days)
        return Deadline(self.moment(provision.due), grace)

    def start(self, provision: ProvisionPart) -> datetime | None:
        """From when the provision holds: its own start, else the accord's entry into force or signature."""
        return start_of(provision, self.accord)

    def window(self, provision: ProvisionPart) -> Window:
        """The time that the provision speaks of, cut at the as-of."""
        until = self.moment(provision.until)
        return Window(self.start(provision), min(until, self.as_of) if until else self.as_of)

    # --- who, what, where ---------------------------------------------------------------------------------
    def by(self, rows: Rows, parties: Iterable[str]) -> Floats:
        """P(by a bound party) per row."""
        return self.authors.p_acted(self.evidence, parties, rows)

    def against(self, rows: Rows, parties: Iterable[str]) -> Floats:
        """P(against a protected party) per row."""
        return self.authors.p_target(self.evidence, parties, rows)

    def inside(self, region: Region | None, rows: Rows) -> Floats:
        """P(inside the region) per row; 1 where the provision names no area."""
        return np.ones(len(rows)) if region is None else self.places.p_in(region, self.evidence, rows)

    def present(self, kinds: Iterable[str], region: Region | None, window: Window) -> Rows:
        """The begun rows of these kinds that may lie in a region and a window at all, in the table's order:
        what every party is judged by. Not to be written to."""
        key = (frozenset(kinds), region.ground if region else None, window)
        if key not in self._present:
            rows = self.evidence.rows_of(key[0])
            rows = rows[window.share(self.evidence, rows) > 0.0]
            self._present[key] = rows[self.inside(region, rows) > 0.0]
        return self._present[key]

    def covered(self, rows: Rows, weapons: tuple[WeaponSpec, ...], *, silent: float | None = None) -> Floats:
        """P(a weapon covered) per row; 1 where the provision names no weapons.

        `silent` is the share for a row that says nothing of weapons; by default the ruleset's
        `unknown_weapon`.
        """
        if not weapons or not len(rows):
            return np.ones(len(rows))
        unknown = self.ruleset.unknown_weapon
        silent = unknown if silent is None else silent
        number, said = self.evidence.weapons
        shares = np.empty(len(said))
        for index, (weapon_class, equipment, calibre_mm) in enumerate(said):
            if weapon_class is None and equipment is None and calibre_mm is None:
                shares[index] = silent
                continue
            answer = any_covers(
                weapons, weapon_class=weapon_class, calibre_mm=calibre_mm, equipment=equipment
            )
            shares[index] = unknown if answer is None else float(answer)
        result: Floats = shares[number[rows]]
        return result

    # --- how sure -----------------------------------------------------------------------------------------
    def finding(self, rows: Rows, factors: Mapping[str, Factor]) -> Finding:
        """The finding from rows and the factors of their probability.

        Factors are asked in order, each only for the rows that none before it has ruled out: put cheap ones
        first. P(report true) is added as ``report``, and the
        chance that an inquiry which did not confirm it was wrong as ``inquiry``.
        """
        p = None
        for factor in factors.values():
            value = factor(rows)
            kept = np.flatnonzero(value > 0.0)
            if len(kept) < len(rows):
                rows, value = rows[kept], value[kept]
                p = p[kept] if p is not None else None
            p = value if p is None else p * value
        told: dict[str, Factor] = {**factors, "report": partial(self.sources.p_true, self.evidence)}
        true = told["report"](rows)
        p = true if p is None else p * true
        doubted = self.sources.doubted(self.evidence, rows)
        if bool((doubted < 1.0).any()):
            p = p * doubted
            told["inquiry"] = partial(self.sources.doubted, self.evidence)
        return find(self.evidence, rows, p, told, self.links, self.sources, self.ruleset)

    def effort(self, region: Region | None, window: Window) -> Effort:
        """The observation effort in a region and window."""
        key = (region.ground if region else None, window)
        if key not in self._efforts:
            self._efforts[key] = effort_in(self.evidence, self.places, self.sources, region, window)
        return self._efforts[key]

    def confirmed(self, kind: str, id: str | None) -> Confirmation | None:
        """How a zone or line in use is confirmed by signature; None where nobody has proposed it."""
        for one in self.confirmations:
            if (one.kind, one.id) == (kind, id) and (one.proposal or one.signed_digest):
                return one
        return None

    def objections(self, provision: str) -> Rows:
        """Formal objections of parties to this provision that stand."""
        rows = self.evidence.rows_by_id(["objection"])
        if not len(rows):
            return rows
        codes, values = self.evidence.codes_at("subject", rows)
        hit = np.array([value == provision for value in values] + [False], dtype=bool)
        return self.authors.rows_by(self.evidence, rows[hit[codes]], self.authors.ids)
