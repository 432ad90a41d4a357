"""Weapons withdrawal: weapons of the classes named leave a zone, place or band, and stay out.

Judged from declared inventories and what was stored of them, from departures that somebody verified or
claimed, and from weapons seen in the area after the deadline.
"""

from __future__ import annotations

from functools import partial

from truceline.accord.model import WeaponsWithdrawal
from truceline.assess.assessment import Obligation, Reason
from truceline.assess.case import Case
from truceline.assess.delivery import Delivery, deliver
from truceline.assess.ledger import Entry, all_stored, ledger_of
from truceline.assess.scope import after_deadline, reach, region_of_weapons
from truceline.assess.times import Window
from truceline.assess.withdrawals import claimed_for, whole

LEFT = ("withdrawal_claim", "withdrawal_verified")


def judge(case: Case, provision: WeaponsWithdrawal, parties: tuple[str, ...], id: str) -> Obligation:
    """The verdict for `parties`, whose weapons are to leave."""
    deadline = case.deadline(provision)
    region = region_of_weapons(case, provision, parties)
    start = case.start(provision)
    passed = deadline.passed(case.as_of)
    seen_from = deadline.last if passed else start
    since_due, whole_time = Window(seen_from, case.as_of), Window(start, case.as_of)
    factors = reach(
        case, provision, parties=parties, region=region, window=since_due, weapons=provision.weapons
    )
    if passed:
        factors["time"] = after_deadline(case, since_due)
    undone = case.finding(case.evidence.rows_of(["weapon_sighting"]), factors)
    weapons = provision.weapons
    done = case.finding(
        case.evidence.rows_of(LEFT),
        {
            "time": partial(whole_time.share, case.evidence),
            "whole": lambda rows: whole(case, rows),
            "meant": lambda rows: claimed_for(case, rows, provision.id, parties),
            "weapon": lambda rows: case.covered(rows, weapons, silent=case.ruleset.unspecified_claim),
            "inside": lambda rows: case.inside(region, rows),
        },
    )
    entries = ledger_of(case, parties, weapons, since_due, region)
    stored = all_stored(case, entries, parties, weapons)
    if stored.probability > done.probability:
        done = stored
    return deliver(
        case,
        provision,
        Delivery(
            id,
            "weapons_withdrawal",
            done,
            undone,
            region,
            effort=case.effort(region, since_due),
            progress=any(entry.stored or entry.left for entry in entries),
            first=tuple(_ledger_in_words(case, entries)),
            done_message="stored-reports" if done is stored else "departure-reports",
            undone_message="weapons-seen",
            details={"ledger": [entry.as_dict() for entry in entries]},
        ),
        deadline,
    )


def _ledger_in_words(case: Case, entries: list[Entry]) -> list[Reason]:
    if not entries:
        return []
    declared, stored, seen, missing = (
        sum(getattr(entry, name) for entry in entries) for name in ("declared", "stored", "seen", "missing")
    )
    ids = sorted({id for entry in entries for id in entry.evidence})[:200]
    message = "ledger" if declared else "ledger-undeclared"
    return [
        case.words.reason(
            message, ids, declared=declared, stored=stored, seen=seen, missing=missing,
        )
    ]  # fmt: skip
