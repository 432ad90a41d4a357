"""Zone: established when its lines are agreed by all who must agree and the withdrawals inside it are done.

P(established) = P(agreed by all) x the least P(fulfilled) of the withdrawals; it is known not to be
established as far as one of these is known not to be done.
"""

from __future__ import annotations

from functools import partial

import numpy as np

from truceline.accord.model import ZoneProvision
from truceline.assess.assessment import Obligation, Reason, Status
from truceline.assess.case import Case
from truceline.assess.columns import Floats, Rows
from truceline.assess.delivery import Delivery, deliver
from truceline.assess.findings import Factor, Finding
from truceline.assess.states import State
from truceline.assess.times import Window
from truceline.assess.words import probability
from truceline.evidence.confirmations import Confirmation

WITHDRAWALS = ("weapons_withdrawal", "forces_withdrawal")


def judge(case: Case, provision: ZoneProvision, parties: tuple[str, ...], id: str) -> Obligation:
    """The verdict on the zone as a whole; `parties` are those who must agree its lines."""
    window = Window(case.start(provision), case.as_of)
    subjects = {name for name in (provision.zone, provision.id) if name}
    zone = case.accord.zone(provision.zone) if provision.zone else None
    if zone is not None:
        subjects |= {line.line for line in zone.derivation}
    agreed = {party: _agreement(case, window, subjects, (party,)) for party in parties}
    overall = _agreement(case, window, subjects, parties)
    confirmation = case.confirmed("zone", provision.zone)
    signed = confirmation.consented_by if confirmation is not None else ()
    # Who has signed the zone as it is in use agrees it; who has not is judged by what is reported.
    share = {party: 1.0 if party in signed else found.probability for party, found in agreed.items()}
    p_agreed = float(np.prod(list(share.values()))) if share else 0.0
    inside = _withdrawals(case, provision)
    least = min((verdict.p_fulfilled for verdict in inside), default=1.0)
    failed = max((verdict.p_breached for verdict in inside), default=0.0)
    done = p_agreed * least
    # An agreement that nobody reported may still exist: it is open, as far as the withdrawals leave it so.
    undone = min(failed, 1.0 - done)
    state = State(done, undone, max(min(least, 1.0 - undone) - done, 0.0))
    backed = set(overall.sources) | set(signed)
    for verdict in inside:
        if verdict.status not in (Status.MET, Status.MET_LATE):
            backed = set()
    region = case.places.zone(provision.zone) if provision.zone else None
    return deliver(
        case,
        provision,
        Delivery(
            id,
            "zone",
            overall if backed else _unsupported(overall),
            Finding(),
            region,
            progress=p_agreed >= case.ruleset.possible,
            first=tuple(_in_words(case, provision, p_agreed, share, inside, confirmation)),
            done_message="zone-agreed",
            state=state,
            rests_on_others=bool(inside),
            disputed=confirmation is not None and confirmation.state == "disputed",
            backing=signed if backed else (),
            details={
                "agreed_by": {party: round(p, 6) for party, p in share.items()},
                "withdrawals": {verdict.id: str(verdict.status) for verdict in inside},
            },
        ),
        case.deadline(provision),
    )


def _agreement(case: Case, window: Window, subjects: set[str], parties: tuple[str, ...]) -> Finding:
    def about(rows: Rows) -> Floats:
        codes, values = case.evidence.codes_at("subject", rows)
        # A report that names no zone means this one only if the accord has no other.
        silent = 1.0 if len(case.accord.zones) <= 1 else case.ruleset.unspecified_claim
        share: Floats = np.array([*(1.0 if value in subjects else 0.0 for value in values), silent])[codes]
        return share

    factors: dict[str, Factor] = {
        "time": partial(window.share, case.evidence),
        "about": about,
        "party": lambda rows: case.authors.p_named(case.evidence.actor_lists, parties, rows),
    }
    return case.finding(case.evidence.rows_of(["zone_agreed"]), factors)


def _unsupported(finding: Finding) -> Finding:
    """The finding without its sources: an agreement alone does not make the zone."""
    return Finding(
        finding.probability, finding.level, finding.rows, finding.p, finding.factors, finding.incident,
        finding.incidents, finding.expected, (), finding.by_group, finding.since, finding.until,
    )  # fmt: skip


def _withdrawals(case: Case, provision: ZoneProvision) -> list[Obligation]:
    wanted = dict.fromkeys(provision.depends_on)
    for other in case.accord.provisions:
        if other.kind in WITHDRAWALS and provision.zone and getattr(other, "zone", None) == provision.zone:
            wanted[other.id] = None
    verdicts = (case.verdict_of(id) for id in wanted)
    return [verdict for verdict in verdicts if verdict is not None]


def _in_words(
    case: Case,
    provision: ZoneProvision,
    p_agreed: float,
    agreed: dict[str, float],
    inside: list[Obligation],
    confirmation: Confirmation | None,
) -> list[Reason]:
    words = case.words
    reasons: list[Reason] = []
    if confirmation is not None:
        reasons.append(
            words.reason(
                f"zone-{confirmation.state}",
                area=words.name(confirmation.id),
                signed=words.names(confirmation.consented_by) or words.say("nobody-named"),
                missing=words.names(confirmation.missing) or words.say("nobody-named"),
                objecting=words.names(confirmation.objected_by) or words.say("nobody-named"),
            )
        )
    missing = [party for party, p in agreed.items() if p < case.ruleset.probable]
    if not agreed or len(missing) == len(agreed):
        reasons.append(words.reason("zone-not-agreed", area=words.name(provision.zone or provision.id)))
    elif missing:
        reasons.append(
            words.reason(
                "zone-agreed-partly", missing=words.names(missing), probability=probability(p_agreed)
            )
        )
    for verdict in inside:
        status = words.say(f"status-{str(verdict.status).replace('_', '-')}")
        reasons.append(
            words.reason("zone-needs", verdict.evidence[:5], provision=words.name(verdict.id), status=status)
        )
    return reasons
