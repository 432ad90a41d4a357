"""The list that parties make together: a group is on it only once all who must agree have designated it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

import numpy as np

from truceline.accord.model import Designation
from truceline.assess.case import Case
from truceline.assess.columns import Floats, Rows
from truceline.assess.findings import Finding
from truceline.evidence.statements import Proposal


@dataclass(frozen=True, slots=True)
class Listing:
    """One group's place on the list: P(designated) by each who must agree, and P(all of them)."""

    group: str
    by: dict[str, float]
    probability: float
    in_force: bool
    missing: tuple[str, ...]
    findings: tuple[Finding, ...]
    signed: Proposal | None = None


def listed_groups(case: Case, provision: Designation) -> dict[str, Listing]:
    """Every group that somebody has designated by the as-of, by id.

    What the parties signed decides on a group: reports count only for groups that none of them has proposed.
    """
    return _reported(case, provision) | _signed(case, provision)


def _signed(case: Case, provision: Designation) -> dict[str, Listing]:
    must = provision.by or provision.parties
    listings: dict[str, Listing] = {}
    for proposal in case.designated:  # in the order recorded: a later proposal of a group replaces an earlier
        if (proposal.subject.kind, proposal.subject.id) == ("designation", provision.id):
            missing = proposal.missing(must)
            by = {party: float(party not in missing) for party in must}
            in_force = proposal.in_force(must)
            listings[proposal.group] = Listing(
                proposal.group, by, float(in_force), in_force, missing, (), proposal
            )
    return listings


def _reported(case: Case, provision: Designation) -> dict[str, Listing]:
    rows = case.evidence.rows_by_id(["designation"])
    if not len(rows):
        return {}
    codes, values = case.evidence.codes_at("subject", rows)
    meant = {
        code: case.authors.party_of(value)[0] or _party_named(case, value)
        for code, value in enumerate(values)
    }
    must = provision.by or provision.parties
    listings: dict[str, Listing] = {}
    for group in sorted({id for id in meant.values() if id}):
        about = rows[np.array([*(meant[c] == group for c in range(len(values))), False])[codes]]
        findings = {party: case.finding(about, {"party": partial(_named, case, party)}) for party in must}
        by = {party: finding.probability for party, finding in findings.items()}
        together = float(np.prod(list(by.values()))) if by else 0.0
        missing = tuple(party for party, p in by.items() if p < case.ruleset.probable)
        listings[group] = Listing(
            group, by, together, bool(by) and not missing, missing, tuple(findings.values())
        )
    return listings


def _named(case: Case, party: str, rows: Rows) -> Floats:
    share: Floats = case.authors.p_named(case.evidence.actor_lists, (party,), rows)
    return share


def _party_named(case: Case, name: str) -> str | None:
    wanted = name.casefold()
    for party in case.accord.parties:
        words = (party.id, *party.names.values(), *party.aliases, *(f.name for f in party.former_names))
        if wanted in {word.casefold() for word in words}:
            return party.id
    return None
