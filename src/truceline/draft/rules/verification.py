"""Who watches, and who lists groups."""

from __future__ import annotations

import re

from truceline.draft.clause import Clause
from truceline.draft.lexicon.load import among, expression, words

_GROUPS = expression("kinds", "groups")
_LISTING = words("frames", "list_making")
_WATCHED = expression("kinds", "watched")
_WATCHERS = expression("kinds", "watchers")
_BODY = r"(?:commissions?|committees?|missions?|mechanisms?|bod(?:y|ies)|groups?|teams?|cent(?:re|er)s?)"
_WATCH = r"(?:control|supervis\w+|monitor\w+|verif\w+|observ\w+|inspection)"
_WATCHING_BODY = re.compile(
    rf"\b{_BODY}\s+(?:of|for|on)\s+(?:\w+\s+)?{_WATCH}\b|\b{_WATCH}\s+(?:and\s+\w+\s+)?{_BODY}\b",
    re.IGNORECASE,
)
_GROUP = (
    r"(?:groups?|organi[sz]ations?|factions?|formations?|bands?|gangs?|companies|entities|militias|movements)"
)
_GROUPED = re.compile(rf"\b{_GROUP}\b", re.IGNORECASE)
_NAMING = frozenset(among("name list enumerate sort classify identify regard consider count treat exclude"))
_IN_LIST = re.compile(
    r"\blist\w*\b|\b(?:together|jointly|by\s+(?:common|joint|mutual)\s+(?:decision|agreement|accord|consent)|in\s+common)\b",
    re.IGNORECASE,
)
_MARKED_OUT = re.compile(
    rf"\b{_GROUP}\s+(?:(?:that|which|who)\s+|to\s+be\s+|subject\s+to\s+|not\s+(?:covered|bound)|outside\b|excluded)",
    re.IGNORECASE,
)
_WHICH = re.compile(
    rf"\b(?:which|what)\s+(?:\w+\s+){{0,3}}{_GROUP}\b|"
    rf"\blists?\s+of\s+(?:[\w-]+\s+){{0,6}}{_GROUP}\b",
    re.IGNORECASE,
)


def verifies(clause: Clause, own: str, subject: str, after: str, verb: str) -> bool:
    """Whether somebody is to watch, count, inspect or report."""
    watchers = _WATCHERS.search(subject)
    if verb == "see" and re.search(
        (
            r"\bsee\w*\s+(?:to\s+it\s+)?(?:that|whether)\b.{0,60}\b(?:kept|"
            r"respected|observed|carried\s+out|honou?red|obeyed|followed)\b"
        ),
        own,
    ):
        return True
    if re.search(
        (
            r"\bsee\s+(?:whether|if)\s+(?:this|it|they|the\s+\w+)\s+(?:is|"
            r"are)\s+(?:kept|respected|observed|honou?red)"
        ),
        own,
    ):
        return True
    if verb in among("monitor verify oversee supervise inspect observe audit certify survey"):
        return bool(watchers or _WATCHED.search(own) or not clause.passive or verb != "observe")
    if verb in among("watch check count track register record inventory investigate examine assess document"):
        return bool(_WATCHED.search(own if clause.passive else after) or watchers)
    if (
        verb in among("carry take proceed conduct effect")
        and re.search(
            r"\b(?:withdrawal|disengagement|redeployment|disarmament|handover)\b", subject, re.IGNORECASE
        )
        and re.search(
            r"\bunder\s+(?:the\s+)?(?:\w+\s+)?(?:control|supervision|monitoring|observation|eyes?)\b", after
        )
    ):
        return True
    if verb in among("look hear control examine") and re.search(
        r"\b(?:complaints?|violations?|breach\w*|incidents?|implementation|compliance|withdrawal|observance)\b",
        own,
        re.IGNORECASE,
    ):
        return True
    if verb in among("establish create form set") and clause.passive and _WATCHING_BODY.search(subject):
        return True
    if re.search(r"\bas\s+(?:neutral\s+|impartial\s+)?(?:observers|monitors)\b", own, re.IGNORECASE):
        return True
    if verb in ("inform", "notify") and re.search(r"\b(?:breach\w*|violations?|incidents?)\b", own):
        return True
    if verb in among(
        "render publish issue file furnish produce give submit send write deliver present"
    ) and re.search(
        r"\b(?:accounts?|(?:situation\s+)?reports?|reporting)\b.*\b(?:every|"
        r"each|daily|weekly|monthly)\b|\b(?:daily|weekly|"
        r"monthly)\s+(?:\w+\s+)?reports?\b",
        own,
        re.IGNORECASE,
    ):
        return True
    if verb == "report":
        return bool(watchers or re.search(r"\b(?:on|every|weekly|monthly|daily|to)\b", after))
    if verb in among("make draw keep carry conduct") and re.search(
        r"\b(?:inventor(?:y|ies)|inspections?|verification|monitoring|checks|observation|visits)\b",
        after[:70],
    ):
        return True
    if verb in among(
        "deploy send station provide dispatch post set establish create form place have"
    ) and re.search(
        (
            r"\b(?:observers?|monitors?|inspectors?|monitoring\s+(?:mission|team|"
            r"body|group|committee|mechanism|centre|center)|observation\s+(?:posts?|"
            r"mission)|verification\s+(?:mission|team|body|commission|mechanism)|"
            r"observer\s+(?:mission|teams?|group|force))\b"
        ),
        subject + " " + after[:120],
        re.IGNORECASE,
    ):
        return True
    if watchers_at_work(own) and (
        verb
        in among(
            "deploy send station dispatch post establish create form set give grant allow have arrive "
            "come go begin"
        )
        or clause.modality == "nominal"
    ):
        return True
    if clause.modality in ("nominal", "item") and re.match(
        r"\W*(?:\w+\s+){0,3}(?:monitoring|verification|supervision|inspection|observation)\b",
        after,
        re.IGNORECASE,
    ):
        return True
    return bool(
        re.search(
            (
                r"\b(?:tasked|charged|responsible|mandated|entrusted)\s+(?:with|"
                r"for)\s+(?:\w+\s+){0,2}(?:monitoring|verif\w+|overs\w+|supervis\w+|"
                r"observ\w+|inspect\w+)"
            ),
            own,
            re.IGNORECASE,
        )
    )


def watchers_at_work(own: str) -> bool:
    """Whether somebody who watches is named with what to watch: "a commission to investigate breaches"."""
    return (
        re.search(
            r"\b(?:observers?|monitors?|inspectors?|mission|commission|committee|body|mechanism|teams?|peacekeepers?"
            r"|group|officers|panel|cent(?:re|er))\b[^.;]{0,90}?\b(?:to|that\s+will|which\s+will|that\s+would|which\s+would"
            r"|for\s+the)\s+(?:\w+\s+)?(?:monitor|verif\w+|oversee|supervis\w+|observ\w+|inspect\w*|investigate"
            r"|examine|check|watch|report|review)\b",
            own,
            re.IGNORECASE,
        )
        is not None
        or re.search(
            r"\b(?:monitors?|observers?|inspectors?)\b[^.;]{0,20}?\b(?:free\s+|full\s+|unhindered\s+|unimpeded\s+)?access\b|"
            r"\baccess\b[^.;]{0,60}?\b(?:monitors|observers|inspectors)\b",
            own,
            re.IGNORECASE,
        )
        is not None
    )


def designates(own: str, verb: str) -> bool:
    """Whether the list of groups is made."""
    if verb == "designate" and not re.search(
        r"\b(?:areas?|zones?|sites?|places?|points?|officers?)\b", own, re.IGNORECASE
    ):
        return True
    if verb == "designate" or re.search(r"\bdesignat(?:e|ed|ing|ion)\b", own, re.IGNORECASE):
        return bool(_GROUPS.search(own)) and not re.search(
            r"\b(?:designated|agreed)\s+(?:areas?|zones?|sites?|places?)\b", own, re.IGNORECASE
        )
    if (
        re.search(r"\blists?\b", own)
        and _GROUPS.search(re.sub(r"\blists?\b", "", own))
        and verb in among("enumerate enter include place draw make compile")
    ):
        return True
    if verb in _NAMING and _GROUPED.search(own) and (_IN_LIST.search(own) or _MARKED_OUT.search(own)):
        return True
    if verb not in _LISTING | _NAMING:
        return False
    return _WHICH.search(own) is not None
