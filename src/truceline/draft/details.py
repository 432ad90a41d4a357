"""Fills a finding: who is bound, the mode and frequency of patrols, conditions, exemptions, acts, the
zone."""

from __future__ import annotations

import re

from truceline.draft.bound import Resolver
from truceline.draft.clause import Clause
from truceline.draft.finding import Finding
from truceline.draft.judging.binding import BINDING, RULES_ALONE, bound_by, told_of_parties
from truceline.draft.lexicon.load import expression
from truceline.draft.measures import number, number_pattern
from truceline.draft.obliged import included, obliged, together_with
from truceline.draft.parties.mentions import Mention
from truceline.draft.rules.space import zone_words
from truceline.draft.text.document import Text

_CONDITION = expression("details", "condition")
_EXEMPT = expression("details", "exempt")
_PERIODS = {
    "day": "day",
    "daily": "day",
    "week": "week",
    "weekly": "week",
    "month": "month",
    "monthly": "month",
    "night": "day",
    "fortnight": "fortnight",
    "nightly": "day",
    "fortnightly": "fortnight",
}
_ACTS: tuple[tuple[str, str], ...] = (
    (r"\b(?:unmanned|uncrewed|drones?|uavs?)\b", "drone_flight"),
    (r"\b(?:fl(?:y|ies|ights?|ying|own)|overfl\w+|aircraft|air\s?space|helicopters?|planes)\b", "flight"),
    (r"\blive[- ]fire\b|\bfir(?:e|ing)\s+(?:drills?|exercises?)", "live_fire_exercise"),
    (r"\b(?:exercises?|manoeuvres?|maneuvers?|drills?)\b", "exercise"),
    (
        r"\b(?:fortif\w+|build\w*|built|construct\w*|strengthen\w*|erect\w*|trenches|positions\s+shall)\b",
        "fortification",
    ),
    (r"\b(?:cross(?:es|ed|ing)?|enter(?:s|ed|ing)?)\b", "crossing"),
    (r"\b(?:abduct\w+|detain\w*|detention|kidnap\w*|hostage)\b", "abduction"),
    (r"\b(?:loot\w*|destruction|destroy\w*|pillag\w+)\b", "looting"),
)
_CEASE_ACTS: tuple[tuple[str, str], ...] = (
    (r"\bair\s?strikes?\b|\baerial\s+bomb", "air_strike"),
    (r"\bshell(?:ing|s)?\b|\bartillery\s+fire\b|\bbombard", "shelling"),
    (r"\bsnip", "sniper_fire"),
)


def fill(
    finding: Finding,
    clause: Clause,
    subject: tuple[str, ...],
    voice: str | None,
    text: Text,
    resolver: Resolver,
    before: tuple[str, ...] = (),
) -> None:
    """Sets the fields that the clause's own words give; `before` is who is bound by the provision before."""
    ws = text.words
    own = text.raw(clause.first, clause.last)
    finding.bound = obliged(finding.kind, clause, subject, voice, text, resolver)
    if (
        ws[clause.verb].lemma == "exchange"
        and len(finding.bound) == 1
        and finding.bound[0] in resolver.sides()
    ):
        finding.bound = resolver.sides()
    if finding.kind in ("designation", "patrols"):
        finding.bound = tuple(dict.fromkeys((*finding.bound, *together_with(clause, voice, text, resolver))))
    if finding.kind == "forces_withdrawal":
        finding.bound = tuple(dict.fromkeys((*finding.bound, *included(clause, voice, text, resolver))))
    # Where the clause itself names those whom the rules find, they know better than any weight.
    weighed = not resolver.names_all(clause, finding.bound) and not resolver.leaves_open(clause)
    if weighed or BINDING.get() is RULES_ALONE:  # in training every clause teaches
        finding.told = told_of_parties(
            clause, finding.kind, subject, voice, text, resolver, finding.bound, before
        )
    if finding.bound and resolver.reads_two(clause) and BINDING.get() is not RULES_ALONE:
        finding.opens.append(("parties", "the text says both, and three or more seem to be at the table"))
    elif weighed:
        ruled = finding.bound
        finding.bound = bound_by(finding.told, ruled)
        if ruled and resolver.speaks_of_all(clause):
            # "Both sides": nobody who is not at the table.
            seated = {*ruled, *resolver.sides()}
            finding.bound = tuple(key for key in finding.bound if key in seated) or ruled
    condition = _CONDITION.search(own)
    if condition is not None and clause.modality != "item":
        finding.condition = condition["c"].strip(" ,")
    exempt = _EXEMPT.search(own)
    if exempt is not None:
        finding.exemption = exempt.group().strip()
    finding.frequency = frequency_in(own)
    if finding.kind == "patrols":
        finding.mode = mode_in(own)
    if finding.kind == "restriction":
        finding.acts = tuple(act for pattern, act in _ACTS if re.search(pattern, own, re.IGNORECASE))
    if finding.kind == "cessation":
        finding.acts = tuple(act for pattern, act in _CEASE_ACTS if re.search(pattern, own, re.IGNORECASE))
        if (
            re.search(r"\b(?:all|hostil|military|ceasefire|any|attacks?)\b", own, re.IGNORECASE)
            or not finding.acts
        ):
            finding.acts = ("any_military_action",)
    finding.in_zone = (
        zone_words(own) is not None
        or re.search(r"\b(?:the|that|this)\s+(?:[\w-]+\s+)?(?:zone|belt|strip|buffer)\b", own, re.IGNORECASE)
        is not None
    )
    finding.place = _place(clause, text, resolver)
    if finding.kind in ("verification", "designation", "other"):
        finding.subject = " ".join(w.text for w in ws[clause.verb : clause.last])[:160].strip()


def mode_in(own: str) -> str | None:
    """Joint, coordinated or separate patrols."""
    if re.search(r"\bco-?ordinat", own, re.IGNORECASE):
        return "coordinated"
    if re.search(
        r"\bjoint(?:ly)?\b|\btogether\b|\bside\s+by\s+side\b|\bmixed\b|\bcombined\b", own, re.IGNORECASE
    ):
        return "joint"
    if re.search(
        r"\bseparate(?:ly)?\b|\bindependent(?:ly)?\b|\beach\s+on\s+its\s+own\b|\bown\s+(?:banks?|sides?)\b",
        own,
        re.IGNORECASE,
    ):
        return "separate"
    return None


def frequency_in(own: str) -> tuple[float, str] | None:
    """How often: "twice a week", "every two weeks", "daily"."""
    n = number_pattern()
    match = re.search(
        rf"\b(?:(?P<adv>once|twice|thrice)|"
rf"(?:at\s+least\s+)?(?P<n>{n})\s+times)\s+(?:a|an|per|each|"
rf"every)\s+(?P<p>day|week|month|fortnight)\b"
        rf"|\b(?:every|each)\s+(?:(?P<k>{n}|other|second)\s+)?(?P<p2>day|"
rf"week|month|night)s?\b|\b(?P<p3>daily|weekly|monthly|nightly|"
rf"fortnightly)\b",
        own, re.IGNORECASE,
    )  # fmt: skip
    if match is None:
        return None
    if match["p3"]:
        times, period = 1.0, _PERIODS[match["p3"].lower()]
    elif match["p2"]:
        step = match["k"]
        span = 1.0 if step is None else 2.0 if step.lower() in ("other", "second") else number(step) or 1.0
        times, period = 1.0 / span, _PERIODS[match["p2"].lower()]
    else:
        times = (
            {"once": 1.0, "twice": 2.0, "thrice": 3.0}.get((match["adv"] or "").lower())
            or number(match["n"] or "1")
            or 1.0
        )
        period = _PERIODS[match["p"].lower()]
    return (times / 2, "week") if period == "fortnight" else (times, period)


def _place(clause: Clause, text: Text, resolver: Resolver) -> str | None:
    """The place that is left, or where it holds: the first name after "from", "in", "against"."""
    ws = text.words
    best: Mention | None = None
    for mention in resolver.within(clause.first, clause.last):
        if mention.kind != "place" or not mention.name or mention.head == "demonym":
            continue
        i = mention.first - 1
        if ws[mention.first].lower == "the":
            i = mention.first - 1
        words = {w.lower for w in ws[max(clause.first, i - 3) : i + 1]}
        if words & {
            "from",
            "in",
            "against",
            "inside",
            "within",
            "throughout",
            "around",
            "leave",
            "left",
            "clear",
            "on",
            "over",
            "to",
        }:
            best = mention
            break
    if best is None:
        return None
    name = best.name
    return name[4:] if name.lower().startswith("the ") else name
