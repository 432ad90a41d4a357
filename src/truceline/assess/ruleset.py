"""Rulesets: the numbers that the rules use, named and versioned, so that an old assessment can be computed
again. An accord overrides numbers by name in ``verification.parameters``, and the thresholds, the number of
independent sources, the sources' ratings and the grace periods in ``verification``.

docs/reference/assessment.md gives each number's source; those marked "ours" there are judgements, not
measurements.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from types import MappingProxyType
from typing import Any

from truceline.accord.model import VerificationSettings
from truceline.core.errors import Fault, InvalidAccord, InvalidInput

# OASIS STIX 2.1 (2021), appendix A "Confidence Scales", Admiralty Credibility; 6 is "cannot be judged".
CREDIBILITY = MappingProxyType({1: 0.9, 2: 0.7, 3: 0.5, 4: 0.3, 5: 0.1, 6: None})
# The words of US Army FM 2-22.3 (2006), appendix B, set between the steps of MISP's numeric values (100, 75,
# 50, 25, 0); F is "cannot be judged".
RELIABILITY = MappingProxyType({"A": 0.95, "B": 0.8, "C": 0.65, "D": 0.4, "E": 0.2, "F": None})
# The probability that a source is sound as a whole: all its reports together say no more than this.
SOUNDNESS = MappingProxyType({"A": 0.99, "B": 0.95, "C": 0.85, "D": 0.6, "E": 0.35, "F": 0.75})


@dataclass(frozen=True, slots=True)
class Ruleset:
    """The numbers of one ruleset. Probabilities unless the name says days (`_days`), hours or metres."""

    name: str = "v1"
    probable: float = 0.6
    confirmed: float = 0.9
    possible: float = 0.1
    independent_sources: int = 2
    # A report whose truth nobody rated.
    unrated: float = 0.5
    # A claim of a party about conduct in which it has an interest: this share of what it would weigh.
    claim_weight: float = 0.25
    # P(by a bound party) where the author is unknown: if the provision binds every side, and if only some.
    unknown_author_all: float = 0.8
    unknown_author_some: float = 0.25
    # P(by a bound party) where the report names an umbrella that a bound party belongs to, or a name that
    # nobody has matched to a party.
    umbrella_author: float = 0.3
    unmatched_author: float = 0.1
    # P(against a protected party) where the target is unknown or unmatched.
    unknown_target: float = 0.6
    # P(inside) where the report names the zone or place itself, and where it names no place at all.
    named_place: float = 0.95
    no_place: float = 0.1
    # P(meant) where a claim of withdrawal names neither whose nor what has left.
    unspecified_claim: float = 0.5
    # P(the declared inventory is complete).
    declared_complete: float = 0.8
    # P(route restored) that traffic seen on it shows, and P(not restored) that an obstruction shows.
    traffic_shows_open: float = 0.6
    obstruction_shows_closed: float = 0.6
    # The same of mines, of a bridge that is down and of a checkpoint; and P(open there) that clearing shows.
    mines_show_closed: float = 0.9
    bridge_down_shows_closed: float = 0.9
    checkpoint_shows_closed: float = 0.1
    clearing_shows_open: float = 0.6
    # How long a checkpoint holds up who passes it.
    checkpoint_delay_h: float = 0.25
    # P(covered) where class, calibre or equipment leave it open whether the weapon is covered.
    unknown_weapon: float = 0.5
    # P(subject to the provision) where an exemption of the text cannot be judged from the report.
    exemption_unjudged: float = 0.8
    # What is seen before a deadline is taken to be there still after so many days with probability 1/e.
    carry_over_days: float = 3.0
    # P(not done) or P(broken) before anybody has looked.
    prior: float = 0.5
    # Detection: chance per hour of effort that an observer in the area sees what is there.
    seen_per_hour: float = 0.01
    # Effort that counts as having looked, in hours.
    looked_h: float = 1.0
    # A source supports a finding if its own reports make it at least this probable.
    support: float = 0.3
    # Reports older than this are called old in the reasons; nothing decays.
    stale_days: float = 30.0
    # Places and routes that are points or lines: what lies within so many metres counts as there.
    place_radius_m: float = 5000.0
    route_halfwidth_m: float = 1000.0
    grace_days: Mapping[str, float] = field(default_factory=dict)
    reliability: Mapping[str, float | None] = field(default_factory=lambda: RELIABILITY)
    credibility: Mapping[int, float | None] = field(default_factory=lambda: CREDIBILITY)
    soundness: Mapping[str, float] = field(default_factory=lambda: SOUNDNESS)

    def grace_of(self, kind: str, own: float | None) -> float:
        """The grace period in days: the provision's own, else its kind's, else none."""
        return own if own is not None else self.grace_days.get(kind, 0.0)

    def truth(self, reliability: str, credibility: int) -> float:
        """P(report true) from the Admiralty ratings: the mean of both in log-odds.

        The mean and not the sum, because both are judgements on one report and lean on each other; a rating
        that "cannot be judged" (F, 6) says nothing.
        """
        known = [
            p for p in (self.reliability.get(reliability), self.credibility.get(credibility)) if p is not None
        ]
        if not known:
            return self.unrated
        return 1.0 / (1.0 + math.exp(-sum(math.log(p / (1.0 - p)) for p in known) / len(known)))


RULESETS: Mapping[str, Ruleset] = MappingProxyType({"v1": Ruleset()})

_COUNTS = {"independent_sources"}
_MAPPINGS = {"grace_days", "reliability", "credibility", "soundness", "name"}
PARAMETERS = tuple(f.name for f in fields(Ruleset) if f.name not in _MAPPINGS)
"""The names that ``verification.parameters`` may hold, besides ``reliability.A``, ``credibility.1`` and
``soundness.A``."""


_FREE = ("_days", "_m", "_h", "_hour")


def _acceptable(name: str, value: float) -> bool:
    """Whether a number fits its parameter: probabilities up to 1, times, lengths and rates from 0 on."""
    if name in _COUNTS:
        return value >= 1 and value == int(value)
    return value >= 0 and (name.endswith(_FREE) or value <= 1)


def ruleset_for(name: str, settings: VerificationSettings) -> Ruleset:
    """The ruleset of that name with the accord's own numbers. Raises InvalidInput, InvalidAccord."""
    base = RULESETS.get(name)
    if base is None:
        raise InvalidInput(f"unknown ruleset {name!r}; accepted: {', '.join(RULESETS)}")
    given = settings.model_fields_set
    changes: dict[str, object] = {"grace_days": MappingProxyType(dict(settings.grace_days))}
    if "thresholds" in given:
        changes |= {
            "probable": settings.thresholds.probable,
            "confirmed": settings.thresholds.confirmed,
        }
    if "independent_sources" in given:
        changes["independent_sources"] = settings.independent_sources
    tables: dict[str, dict[Any, float | None]] = {
        "reliability": {**base.reliability},
        "credibility": {**base.credibility},
        "soundness": {**base.soundness},
    }
    faults: list[Fault] = []
    for key, value in sorted(settings.parameters.items()):
        table, _, entry = key.partition(".")
        if key in PARAMETERS and _acceptable(key, value):
            changes[key] = int(value) if key in _COUNTS else value
            continue
        slot: object = int(entry) if table == "credibility" and entry.isdigit() else entry
        if table in tables and slot in tables[table] and 0.0 < value < 1.0:
            tables[table][slot] = value
            continue
        faults.append(
            Fault(
                "not a number of the ruleset, or out of its range",
                path=f"verification.parameters.{key}",
                found=f"{value}",
                accepted=f"{', '.join(PARAMETERS)}, reliability.A to F, credibility.1 to 6, soundness.A to F "
                "(tables strictly between 0 and 1)",
                code="unknown-parameter",
            )
        )
    if faults:
        raise InvalidAccord.of_faults(faults)
    changes |= {name: MappingProxyType(table) for name, table in tables.items()}
    return replace(base, **changes)  # type: ignore[arg-type]
