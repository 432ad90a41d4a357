"""Zones and routes."""

from __future__ import annotations

import re

from truceline.draft.clause import Clause
from truceline.draft.lexicon.load import among, expression, word_list
from truceline.draft.measures import Distance
from truceline.draft.things import pattern

_TRAFFIC = expression("kinds", "traffic")
_NOMINAL_WITHDRAWAL = expression("kinds", "nominal_withdrawal")


def zone_words(own: str) -> re.Match[str] | None:
    """A zone in the words of a clause: "demilitarized zone", "strip ten kilometres wide", "weapons-free
    belt"."""
    adjective = word_list("things")["zone_adjectives"]
    noun = (
        r"(?:zones?|areas?|belts?|strips?|rings?|tracts?|cordons?"
        r"|buffers?|bands?|regions?|corridors?|space|perimeters?|sectors?)"
    )
    return re.search(
        rf"\b(?:areas?|zones?)\s+of\s+(?:separation|limitation|disengagement|"
        rf"safety|security)\b|"
        rf"\b(?:{adjective})\b[\w\s,'\"-]{{0,30}}?\b{noun}\b|"
        rf"\b{noun}\b[^.;]{{0,50}}?\b(?:demilitari[sz]ed|"
        rf"free\s+of\s+(?:all\s+)?(?:heavy\s+)?(?:weapons|arms|troops|"
        rf"forces)|cleaned\s+of|without\s+(?:use\s+of\s+)?(?:weapons|arms|"
        rf"armed))|\bno-fly\s+zone|\bdmz\b|\bbuffer\b"
        rf"|\b(?:zone|belt|strip|band|buffer|ring|tract|cordon|stretch|interval)\b(?=[^.;]{{0,60}}?\b(?:wide|"
        rf"deep|width|depth|kilomet|km\b|mile))|\b(?:wide|"
        rf"deep)[\s,-]+(?:\w+\s+){{0,3}}(?:zone|belt|strip|band|area|buffer|"
        rf"corridor)\b",
        own,
        re.IGNORECASE,
    )


def makes_zone(
    clause: Clause,
    subject: str,
    after: str,
    verb: str,
    establishes: bool,
    distances: list[Distance],
) -> bool:
    """Whether a clause establishes a zone or gives it its measure."""
    if (
        verb in ("leave", "open")
        and distances
        and re.match(r"\W*(?:that|this|which|it|both)\b", subject, re.IGNORECASE)
    ):
        return zone_words(after[:110]) is not None
    zone_early = zone_words(after[:110]) is not None
    if zone_words(subject) and re.match(r"(?:come|enter|take|go)\w*\s+(?:into\s+)?(?:force|effect)\b", after):
        return True
    if re.match(
        r"be\s+an?\s+(?:[\w-]+\s+){0,3}(?:zone|belt|strip|ring|tract|cordon|buffer|area\s+of)\b", after
    ):
        return True
    zone_subject = zone_words(subject) is not None or (
        (clause.passive or verb == "be")
        and bool(re.search(r"\b(?:zone|belt|strip|ring|tract|cordon|buffer|band)\b", subject, re.IGNORECASE))
    )
    if verb in among(
        "establish create set form delineate demarcate carve declare constitute institute "
        "designate introduce turn mark surround encircle ring impose arise demilitarize demilitarise "
        "make define"
    ):
        return zone_subject if clause.passive and not zone_early else zone_early or zone_subject
    if verb in among(
        "be exist measure extend stretch run lie have reach stay remain separate span keep cover comprise"
    ) and (zone_subject or zone_early):
        if verb in ("be", "have") and re.search(r"\bthere\s*$", subject.strip(), re.IGNORECASE):
            return True
        return bool(distances) or bool(
            re.search(r"\b(?:free\s+of|demilitari[sz]ed|empty|clear\s+of|established|without)\b", after)
        )
    if clause.modality in ("nominal", "item"):
        return bool(
            re.match(
                (
                    r"\W*(?:an?\s+|the\s+)?(?:[\w-]+\s+){0,6}?(?:establishment|creation|"
                    r"setting\s+up|zone|belt|strip|ring|tract|cordon|buffer|corridor|area)\b"
                ),
                after,
                re.IGNORECASE,
            )
        ) and not _NOMINAL_WITHDRAWAL.match(after)
    return (
        establishes
        and zone_early
        and verb not in among("leave withdraw move put keep take go preserve divide draw")
    )


def routes(own: str, verb: str) -> bool:
    """Whether a clause opens a route to traffic."""
    if re.search(r"\bmines\b", own) and verb in ("clear", "remove"):
        return False
    if verb == "build" and not re.search(r"\bopen", own):
        return False
    return (
        bool(pattern("routes").search(own) and _TRAFFIC.search(own))
        and verb not in among("withdraw monitor patrol attack ensure-x close meet let enter talk pull leave")
        and not re.search(r"\b(?:talks|negotiations)\b", own[:60])
    )


_ZONE_NOUN = re.compile(r"\b(?:zone|belt|strip|ring|tract|cordon|buffer|band|corridor)\b", re.IGNORECASE)


def declared(clause: Clause, own: str, subject: str, verb: str) -> bool:
    """Whether an area is cleared of arms by decree: "the area between A and B shall be demilitarised",
    "a strip 8 km wide be free of armed forces", "the zone will be created by June"."""
    if not clause.passive and verb not in ("be", "stay", "remain"):
        return False
    if verb.startswith(("demilitari", "neutralis", "neutraliz")):
        area = rf"\b(?:{word_list('things')['zones']}|land|territory|valley|sea|islands?|peninsula|heights)\b"
        return re.search(area, subject, re.IGNORECASE) is not None
    if verb in among("establish create form delineate demarcate define mark declare"):
        return _ZONE_NOUN.search(subject) is not None and not re.search(r"\broutes?|humanitarian", own)
    return (
        re.search(
            r"\b(?:free|clear|empty|devoid)\s+of\s+(?:\w+\s+){0,4}(?:arms|weapons|weaponry|armed|troops|forces|soldiers"
            r"|military|armou?r|fighters|combatants)\b|"
            r"\boff[- ]limits\s+to\s+(?:\w+\s+){0,3}(?:troops|forces|soldiers|armed)",
            own,
            re.IGNORECASE,
        )
        is not None
        and re.search(rf"\b(?:{word_list('things')['zones']}|stretch|land|banks?)\b", subject, re.IGNORECASE)
        is not None
    )
