"""`assess`: from an accord, its geometry and a table of evidence to the state of every obligation.

A pure function: no clock, file or network. What was recorded after `known_at` or begins at or after `as_of`
does not matter, nor does the order of rows.
"""

from __future__ import annotations

import weakref
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Any

import pyarrow as pa

from truceline.accord.effective import effective
from truceline.accord.geometry import AccordGeometry
from truceline.accord.model import Accord
from truceline.accord.model.provision import ProvisionPart
from truceline.assess.actors import Authors, Match
from truceline.assess.assessment import Assessment, Obligation, Status
from truceline.assess.case import Case
from truceline.assess.columns import Evidence
from truceline.assess.disputes import contested
from truceline.assess.incidents import linked
from truceline.assess.negated import judge_negated
from truceline.assess.places import Places
from truceline.assess.positions import Positions
from truceline.assess.readings import reading_dependence
from truceline.assess.rules import (
    ceiling,
    cessation,
    designation,
    forces_withdrawal,
    other,
    patrols,
    restriction,
    routes,
    verification,
    weapons_withdrawal,
    zone,
)
from truceline.assess.ruleset import ruleset_for
from truceline.assess.sources import Sources
from truceline.assess.synthetic import tell_synthetic
from truceline.assess.told_cases import tell_cases
from truceline.assess.words import Unsaid, Words
from truceline.core.errors import InvalidInput
from truceline.evidence.actors import match_actors
from truceline.evidence.confirmations import Confirmation
from truceline.evidence.judgements import NO_JUDGEMENTS, Judgements
from truceline.evidence.linking import Incidents
from truceline.evidence.statements import Proposal

Rule = Callable[[Case, Any, tuple[str, ...], str], Obligation]

RULES: Mapping[str, Rule] = {
    "cessation": cessation.judge,
    "zone": zone.judge,
    "weapons_withdrawal": weapons_withdrawal.judge,
    "forces_withdrawal": forces_withdrawal.judge,
    "designation": designation.judge,
    "patrols": patrols.judge,
    "routes": routes.judge,
    "verification": verification.judge,
    "ceiling": ceiling.judge,
    "restriction": restriction.judge,
    "other": other.judge,
}

# Judged per party as well, where several are bound.
PER_PARTY = frozenset(
    {"cessation", "weapons_withdrawal", "forces_withdrawal", "patrols", "ceiling", "restriction"}
)
# Kinds that forbid by themselves: the word "no" in their text is what they say, not a negation of it.
FORBIDDING = frozenset({"cessation", "restriction", "ceiling"})
_DONE = (Status.MET, Status.MET_LATE)


def _verdict_of(bench: weakref.ref[Bench], provision: str) -> Obligation | None:
    """Asks a bench without keeping it alive: in a circle, a million rows would outlive the answer."""
    judge = bench()
    return judge.verdict_of(provision) if judge is not None else None


class Bench:
    """Judges the provisions of one accord, each once, in whatever order they depend on one another.

    `like` is a bench on the same evidence under another reading; what the reading leaves alone is shared, and
    only how things stand is judged, without the reasons in words.
    """

    def __init__(
        self,
        accord: Accord,
        geometry: AccordGeometry,
        evidence: Evidence,
        *,
        actors: Mapping[str, Match],
        as_of: datetime,
        known_at: datetime,
        ruleset: str,
        incidents: Incidents | None = None,
        language: str = "en",
        listed: int = 50,
        designated: tuple[Proposal, ...] = (),
        confirmations: tuple[Confirmation, ...] = (),
        judgements: Judgements = NO_JUDGEMENTS,
        like: Bench | None = None,
    ) -> None:
        self.case: Case
        self.accord = accord
        self._disputes = judgements.known(known_at).disputes
        self._verdicts: dict[str, Obligation] = {}
        self._open: set[str] = set()
        other = like.case if like is not None else None
        same_parties = other is not None and other.accord.parties == accord.parties
        numbers = other.ruleset if other else ruleset_for(ruleset, accord.verification)
        positions = (
            other.places.positions if other else Positions(evidence, unknown_error_m=numbers.place_radius_m)
        )
        self.case = Case(
            accord=accord,
            evidence=evidence,
            places=Places(accord, geometry, numbers, positions),
            authors=other.authors if other and same_parties else Authors(accord, actors, numbers),
            sources=other.sources if other else Sources(accord, numbers, evidence.inquiries.letters),
            links=other.links if other else linked(evidence, incidents),
            ruleset=numbers,
            words=(Words if like is None else Unsaid)(accord, language),
            as_of=as_of,
            known_at=known_at,
            listed=listed,
            designated=designated,
            confirmations=confirmations,
            verdict_of=partial(_verdict_of, weakref.ref(self)),
        )

    def verdict_of(self, provision: str) -> Obligation | None:
        """The verdict on a provision; None for an unknown one, or one that is just being judged."""
        if provision in self._verdicts:
            return self._verdicts[provision]
        part = self.accord.provision(provision)
        if part is None or provision in self._open:
            return None
        self._open.add(provision)
        try:
            verdict = tell_cases(self.case, self._judged(part), self.case.evidence.cases)
            self._verdicts[provision] = contested(self.case, verdict, self._disputes)
        finally:
            self._open.discard(provision)
        return self._verdicts[provision]

    def _judged(self, provision: Any) -> Obligation:
        if provision.negated and provision.kind not in FORBIDDING:
            return judge_negated(self.case, provision, bound(self.case, provision), provision.id)
        rule = RULES[provision.kind]
        parties = bound(self.case, provision)
        whole = rule(self.case, provision, parties, provision.id)
        if provision.kind not in PER_PARTY or len(parties) < 2:
            return whole
        parts = tuple(rule(self.case, provision, (p,), f"{provision.id}/{p}") for p in parties)
        return _with_parts(self.case, whole, parts)

    def verdicts(self) -> tuple[Obligation, ...]:
        """The verdicts on all provisions, in the accord's order."""
        found = (self.verdict_of(provision.id) for provision in self.accord.provisions)
        return tuple(verdict for verdict in found if verdict is not None)


def bound(case: Case, provision: ProvisionPart) -> tuple[str, ...]:
    """Whom a provision binds, or who is to agree or verify; empty where it names nobody."""
    kind = getattr(provision, "kind", "")
    if kind == "forces_withdrawal":
        return forces_withdrawal.bound_by(case, provision)  # type: ignore[arg-type]
    if kind in ("designation", "verification"):
        return tuple(dict.fromkeys(getattr(provision, "by", ()) or provision.parties))
    return tuple(dict.fromkeys(provision.parties))


def _with_parts(case: Case, whole: Obligation, parts: tuple[Obligation, ...]) -> Obligation:
    """The verdict on all parties together: fulfilled only as far as the least of them."""
    least = min(parts, key=lambda part: (part.p_fulfilled, part.id))
    p_fulfilled = min(whole.p_fulfilled, least.p_fulfilled)
    status, because = whole.status, whole.because
    late = any(part.status == Status.MET_LATE for part in parts)
    if status in _DONE and not all(part.status in _DONE for part in parts):
        status = Status.UNVERIFIED
        unproven = case.words.names(part.id.split("/", 1)[1] for part in parts if part.status not in _DONE)
        because = (*because, case.words.reason("not-every-party", parties=unproven))
    elif status == Status.MET and late:
        status = Status.MET_LATE
    elif status == Status.HOLDING and p_fulfilled < case.ruleset.probable:
        status = Status.UNVERIFIED
    probability = whole.probability
    proposition = whole.proposition
    if proposition in ("done", "fulfilled", "not breached"):
        probability = p_fulfilled
        if status == Status.UNVERIFIED:
            proposition = "fulfilled"
    if whole.kind == "ceiling":
        return _of_worst(whole, parts)
    return replace(
        whole,
        status=status,
        because=because,
        probability=probability,
        proposition=proposition,
        p_fulfilled=p_fulfilled,
        parts=parts,
    )


_WORST_FIRST = (
    Status.BREACHED, Status.OVERDUE, Status.DISPUTED, Status.UNVERIFIED, Status.IN_PROGRESS,
    Status.NOT_DUE, Status.HOLDING, Status.MET_LATE, Status.MET,
)  # fmt: skip


def _of_worst(whole: Obligation, parts: tuple[Obligation, ...]) -> Obligation:
    """The verdict where each party is measured by itself: that of the party that stands worst."""
    worst = min(parts, key=lambda p: (_WORST_FIRST.index(p.status), -p.p_breached, p.id))
    return replace(worst, id=whole.id, parts=parts)


def assess(
    accord: Accord,
    geometry: AccordGeometry,
    observations: pa.Table,
    *,
    actors: Mapping[str, Match] | None = None,
    as_of: datetime,
    known_at: datetime,
    ruleset: str = "v1",
    reading: str | None = None,
    geometries: Mapping[str, AccordGeometry] | None = None,
    incidents: Incidents | None = None,
    language: str = "en",
    listed: int = 50,
    designated: tuple[Proposal, ...] = (),
    confirmations: tuple[Confirmation, ...] = (),
    judgements: Judgements = NO_JUDGEMENTS,
) -> Assessment:
    """The state of every obligation as of an instant, from what was recorded by an instant.

    `geometry` is that of the accord as it stands at `as_of` under `reading`; `geometries` are those under
    other readings, by reading id, where they differ. `actors` says which party each name in the evidence
    means (`truceline.evidence.actors`); without it, names are matched to the accord's. `incidents` says
    which reports are of one incident or copies (`truceline.evidence.linking`); without it, only those that
    say the same thing. `designated` are the proposals for lists that parties signed, as they stood at
    `as_of`, and `confirmations` how what is in use was confirmed then. `judgements` are what people judged
    about the record; of them those count that were recorded by `known_at`. `listed` is how many reports a
    verdict tells with their factors. Instants
    must be aware. Raises InvalidInput for an unknown reading or ruleset, InvalidAccord for numbers in
    ``verification.parameters`` that the ruleset does not have.
    """
    for name, instant in (("as_of", as_of), ("known_at", known_at)):
        if instant.tzinfo is None:
            raise InvalidInput(f"{name} needs a time zone")
    evidence = Evidence(observations, as_of=as_of, known_at=known_at, judgements=judgements)
    standing = effective(accord, at=as_of, reading=reading)
    matches = actors if actors is not None else matched(accord, evidence)

    first = Bench(
        standing,
        geometry,
        evidence,
        actors=matches,
        as_of=as_of,
        known_at=known_at,
        ruleset=ruleset,
        incidents=incidents,
        language=language,
        listed=listed,
        designated=designated,
        confirmations=confirmations,
        judgements=judgements,
    )

    def bench(under: Accord, shape: AccordGeometry) -> Bench:
        return Bench(
            under,
            shape,
            evidence,
            actors=matches,
            as_of=as_of,
            known_at=known_at,
            ruleset=ruleset,
            language=language,
            listed=0,
            designated=designated,
            confirmations=confirmations,
            judgements=judgements,
            like=first,
        )

    verdicts = first.verdicts()
    dependent = reading_dependence(
        accord, standing, verdicts, bench, geometry, geometries or {}, as_of=as_of, reading=reading
    )
    return Assessment(
        accord=accord.accord.id,
        accord_version=accord.accord.version,
        as_of=as_of,
        known_at=known_at,
        ruleset=ruleset,
        reading=reading,
        observations_considered=len(evidence),
        confirmations=confirmations,
        obligations=tuple(
            replace(verdict, reading_dependent=dependent.get(verdict.id, ()))
            for verdict in tell_synthetic(verdicts, evidence, first.case.words)
        ),
    )


def matched(accord: Accord, evidence: Evidence) -> Mapping[str, Match]:
    """What the names in the evidence mean, by the accord's own names for its parties."""
    names = sorted({*evidence.actor_lists.names, *evidence.target_lists.names})
    return match_actors(accord, names, None)
