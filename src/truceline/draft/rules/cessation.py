"""Silence of arms, and bans."""

from __future__ import annotations

import re

from truceline.draft.clause import Clause
from truceline.draft.lexicon.load import among, expression
from truceline.draft.things import WeaponWords, pattern

_HOSTILE = expression("kinds", "hostile")
_TRUCE = expression("kinds", "truce")
_RESTRICTED = expression("kinds", "restricted")


def forbidden(
    clause: Clause,
    own: str,
    after: str,
    verb: str,
    weapons: list[WeaponWords],
    subject: str,
) -> str:
    """The kind of a clause that forbids something: a silence of arms, a restriction of other acts, or
    other."""
    if re.search(r"\blive[- ]fir", own, re.IGNORECASE):
        return "restriction"
    if (
        verb == "be"
        and re.search(r"\b(?:active|present|based|stationed|allowed\s+to\s+remain)\b", after)
        and pattern("forces").search(subject)
    ):
        return "forces_withdrawal"
    scope = (
        own if clause.modality == "ban" or clause.passive or verb in ("be",) else subject[-60:] + " " + after
    )
    hostile = _HOSTILE.search(scope)
    restricted = _RESTRICTED.search(scope)
    if re.search(
        (
            r"\b(?:fly|flights?|overfl\w+|reconnaissance|exercises?|manoeuv\w+|"
            r"maneuv\w+|reinforce\w*|mine(?:s|fields?)|enter|fortif\w+)\b"
        ),
        scope,
        re.IGNORECASE,
    ) and not re.search(r"\b(?:hostilities|attacks?|open\s+fire|shelling)\b", scope, re.IGNORECASE):
        return "restriction"
    if hostile and not (
        restricted
        and restricted.start() < hostile.start()
        and clause.modality != "ban"
        and verb in among("deploy station place build enter introduce")
    ):
        if re.search(r"\bcease-?fire|truce|armistice", hostile.group(), re.IGNORECASE) and verb not in (
            "break",
            "violate",
            "breach",
            "end",
        ):
            return "other"
        return "cessation"
    if restricted:
        return "restriction"
    if weapons and re.search(r"\b(?:remain|have|be|carry|hold)\b", after):
        return "restriction"
    return "other"


def stops(verb: str, own: str, after: str, subject: str, clause: Clause) -> bool:
    """Whether a clause silences arms: hostilities cease, a ceasefire holds, guns fall silent."""
    if (
        verb in among("cease stop end halt fall terminate")
        and not clause.passive
        and _HOSTILE.search(subject[:60] + " " + subject[-40:])
        and not re.search(r"\bpatrols?\b", subject, re.IGNORECASE)
    ):
        return True
    if (
        verb in among("cease stop halt end suspend silence terminate discontinue freeze")
        and not clause.passive
    ):
        return (
            bool(_HOSTILE.search(after))
            or re.search(r"\b(?:operations?|offensive|campaign|advance|blockade\s+and)\b", after[:60])
            is not None
        )
    if clause.passive and verb in among("cease stop halt end suspend terminate discontinue silence"):
        return bool(_HOSTILE.search(own))
    if re.search(
        (
            r"\b(?:use\s+of\s+(?:\w+\s+){0,2}(?:weapons|force|arms)|hostilities|"
            r"fighting|the\s+war)\b.*\b(?:ended|ceased|over|terminated|stopped)\b"
        ),
        own,
        re.IGNORECASE,
    ):
        return True
    if (
        verb in among("fall go be remain keep")
        and re.search(r"\b(?:guns|weapons|arms|artillery|fronts?)\b", own, re.IGNORECASE)
        and re.search(r"\bsilent\b", after)
    ):
        return True
    if verb in among("be remain stay keep fall go become") and re.match(
        r"\w+\s+(?:completely\s+|all\s+)?(?:quiet|calm|silent|still|at\s+rest)\b", after
    ):
        return True
    if re.search(
        r"\b(?:come|be\s+brought|bring\w*|put)\b[^.;]{0,40}?\b(?:to\s+(?:a\s+stop|a\s+halt|an\s+end)|an\s+end\s+to)\b",
        after,
    ):
        return bool(_HOSTILE.search(own))
    if verb in ("check", "cease", "hold") and re.search(r"\bfire\b", after[:20]):
        return True
    if verb == "hold" and re.search(r"\bfire\b", after[:30]):
        return True
    if (
        verb in among("avoid prevent ensure take exclude guarantee")
        and re.search(
            (
                r"\b(?:avoid\w*|prevent\w*|cease\w*|exclud\w+|sustained\s+ceasefire|"
                r"lasting\s+ceasefire|not\s+(?:be\s+)?attack\w*|do\s+not\s+attack|"
                r"no\s+(?:attack|military|hostil)|ceasefire|cessation)\b"
            ),
            after,
        )
        and _HOSTILE.search(after)
    ):
        return True
    truce = _TRUCE.search(own)
    if truce is None:
        return False
    if re.search(
        (
            r"\b(?:monitor|verif|oversee|supervis|watch|violations?\s+of|mechanism|"
            r"commission|committee|observer)"
        ),
        own,
        re.IGNORECASE,
    ) and not re.match(
        (
            r"(?:observe|respect|honou?r|uphold|maintain|keep|enter|begin|start|"
            r"take|come|hold|declare|establish|accept|agree)"
        ),
        verb,
    ):
        return False
    in_subject = bool(_TRUCE.search(subject))
    early = bool(_TRUCE.search(after[:90]))
    if in_subject and verb in among(
        "begin start enter take come be hold remain apply go last commence continue extend "
        "prevail observe respect establish declare implement cover stay keep follow introduce "
        "proclaim set maintain run renew prolong become"
    ):
        return not re.search(r"\b(?:be|is|are)\s+(?:monitored|verified|supervised)", own)
    if early and verb in among(
        "observe respect declare establish implement maintain begin start honour honor uphold "
        "keep extend accept introduce proclaim commence adhere abide renew enter institute "
        "agree order make see ensure guarantee strengthen consolidate prolong reinstate "
        "restore resume adopt comply be"
    ):
        return True
    return clause.modality in ("nominal", "item") and bool(
        _TRUCE.search(after[:60]) or (clause.modality == "item" and _TRUCE.search(own[:60]))
    )
