"""Which kind of provision a binding clause is, from its verb, its nouns and whether it forbids."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from truceline.draft.clauses import Clause
from truceline.draft.lexicon.load import expression, word_list, words
from truceline.draft.measures import Calibre, Count, Distance
from truceline.draft.text.document import Text
from truceline.draft.things import WeaponWords, pattern, weapons_in

_HOSTILE = expression("kinds", "hostile")
_TRUCE = expression("kinds", "truce")
_RESTRICTED = expression("kinds", "restricted")
_FREEZE = expression("kinds", "freeze")
_PATIENTS = expression("kinds", "patients")
_STRONG = words("kinds", "strong")
_WEAK = words("kinds", "weak")
_OUTWARD = expression("kinds", "outward")
_NOMINAL_WITHDRAWAL = expression("kinds", "nominal_withdrawal")
_GROUPS = expression("kinds", "groups")
_TRAFFIC = expression("kinds", "traffic")
_WATCH = words("frames", "monitor")
_ESTABLISH = words("frames", "establish")
_LISTING = words("frames", "list_making")
_WATCHED = expression("kinds", "watched")
_WATCHERS = expression("kinds", "watchers")
_BINDING_PAPER = words("kinds", "binding_paper")


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind with what its words gave: weapons, the distance, the count."""

    name: str
    weapons: tuple[WeaponWords, ...] = ()
    distance: Distance | None = None
    count: Count | None = None
    counted: str | None = None
    forbids: bool = False
    nominal: bool = False
    forces: bool = False
    extra: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Things:
    """The measures of the whole text."""

    distances: list[Distance]
    calibres: list[Calibre]
    counts: list[Count]


def kinds_of(clause: Clause, text: Text, things: Things) -> list[Kind]:
    """The kinds of a clause, most often one; ``other`` where its words are of no kind."""
    ws = text.words
    norm = text.plain.norm
    start, end = ws[clause.first].start, ws[clause.last - 1].end
    own = norm[start:end]
    subject = norm[start : ws[clause.head].start] if clause.head > clause.first else ""
    after = norm[ws[clause.verb].start : end]
    verb = ws[clause.verb].lemma
    forbids = clause.negated or clause.modality == "ban" or re.match(r"\W*(?:there\s+)?(?:(?:in|on|at|within|from|during|until|after|across)\b[^,;]{0,60}?,?\s+)?(?:no(?!\s+(?:later|more|less|fewer|sooner)\b)|neither|none|nobody|nothing)\b", subject, re.IGNORECASE) is not None or re.search(r"\bno\s+(?:military|offensive|shot|hostile|armed|aircraft|air|troops?|forces|soldiers?|weapons?|heavy|party|side|new|further|reinforcements|flights?|unit|such|person)\b", subject, re.IGNORECASE) is not None  # fmt: skip
    refrains = (
        verb in ("refrain", "abstain", "desist", "renounce", "forswear", "forgo")
        or re.search(r"\b(?:refrain|abstain|desist)\b", after[:60]) is not None
    )
    distances = [d for d in things.distances if start <= d.start < end]
    weapons = weapons_in(norm, start, end, [c for c in things.calibres if start <= c.start < end])
    distance = _distance(distances, weapons)
    ceilings = _ceilings(norm, start, end, things, weapons)
    if ceilings and re.search(
        r"\b(?:observers|monitors|members|men|troops?|soldiers|personnel|forces|tanks?|guns?|artillery|weapons?|aircraft|vehicles|officers|police|brigades?|battalions?|fighters|missiles|mortars|howitzers|launchers|bodyguards|launch|armou?red|warplanes|helicopters|vessels|combatants|peacekeepers|strength)\b",
        own,
        re.IGNORECASE,
    ):
        return [Kind("ceiling", (w,) if w else (), distance, c, name) for c, name, w in ceilings]
    kind = _one(clause, own, subject, after, verb, forbids, refrains, weapons, distances)
    if (
        kind in ("patrols", "zone")
        and verb in ("establish", "create", "set", "form")
        and re.search(r"\bpatrols?\b", own, re.IGNORECASE)
        and zone_words(own)
    ):
        return [Kind("zone", (), distance), Kind("patrols")]
    if kind == "other" and clause.modality == "item" and clause.lead is not None and weapons and distances:
        lead = text.blocks[clause.lead]
        if re.search(
            r"\bwithdr\w+|\bpull\w*\s+back|\bremov\w+|\bdistance", norm[lead.start : lead.end], re.IGNORECASE
        ):
            kind = "weapons_withdrawal"
    forces = bool(pattern("forces").search(own))
    return [
        Kind(
            kind,
            tuple(weapons),
            distance,
            forbids=(forbids or refrains) and kind != "forces_withdrawal",
            forces=forces,
        )
    ]


def _one(
    clause: Clause, own: str, subject: str, after: str, verb: str, forbids: bool, refrains: bool, weapons: list[WeaponWords], distances: list[Distance]
) -> str:  # fmt: skip
    zone = zone_words(own)
    if re.search(r"\bpatrol", own, re.IGNORECASE) and not forbids and (
        verb == "patrol" or clause.modality in ("nominal", "item") or re.search(r"\bpatrol(?:s|ling)?\b(?!\s+boats?)", subject + " " + _object(after), re.IGNORECASE)
    ) and verb not in ("withdraw", "remove", "leave"):  # fmt: skip
        return "patrols"
    if verb in ("walk", "drive", "police") and re.search(
        r"\b(?:together|jointly|side\s+by\s+side)\b", own, re.IGNORECASE
    ):
        return "patrols"
    if not forbids and _designates(clause, own, after, verb):
        return "designation"
    if forbids or refrains:
        return _forbidden(clause, own, after, verb, weapons, subject, zone)
    if _stops(verb, own, after, subject, clause):
        return "cessation"
    if (
        verb in ("stay", "remain", "keep")
        and (
            weapons
            or pattern("forces").search(own)
            or re.search(r"\b(?:boats?|vessels?|ships?|aircraft)\b", own)
        )
        and re.search(r"\b(?:out\s+of|away|clear\s+of|off)\b|\bat\s+least\b", after[:60])
        and not clause.passive
    ):
        return "restriction"
    if (
        _FREEZE.search(after)
        and not weapons
        and re.search(pattern("forces").pattern + r"|\bsides?\b|\bparties\b", own, re.IGNORECASE)
    ):
        return "restriction"
    if _verifies(clause, own, subject, after, verb):
        return "verification"
    establishes = verb in _ESTABLISH or clause.modality in ("nominal", "item")
    if zone and _makes_zone(clause, own, subject, after, verb, establishes, distances):
        return "zone"
    if _routes(own, verb):
        return "routes"
    moved = _withdraws(clause, own, subject, after, verb, weapons)
    if moved:
        return moved
    return _nominal(clause, own, subject, after, verb, weapons, zone)


def _object(after: str) -> str:
    return after[:90]


def zone_words(own: str) -> re.Match[str] | None:
    """A zone in the words of a clause: "demilitarized zone", "strip ten kilometres wide", "weapons-free belt"."""
    adjective = word_list("things")["zone_adjectives"]
    noun = r"(?:zones?|areas?|belts?|strips?|buffers?|bands?|regions?|corridors?|space|perimeters?|sectors?)"
    return re.search(
        rf"\b(?:areas?|zones?)\s+of\s+(?:separation|limitation|disengagement|safety|security)\b|\b(?:{adjective})\b[\w\s,'\"-]{{0,30}}?\b{noun}\b|\b{noun}\b[^.;]{{0,50}}?\b(?:demilitari[sz]ed|free\s+of\s+(?:all\s+)?(?:heavy\s+)?(?:weapons|arms|troops|forces)|cleaned\s+of|without\s+(?:use\s+of\s+)?(?:weapons|arms|armed))|\bno-fly\s+zone|\bdmz\b|\bbuffer\b"
        rf"|\b(?:zone|belt|strip|band|buffer)\b(?=[^.;]{{0,60}}?\b(?:wide|deep|width|depth|kilomet|km\b|mile))|\b(?:wide|deep)[\s,-]+(?:\w+\s+){{0,3}}(?:zone|belt|strip|band|area|buffer|corridor)\b",
        own, re.IGNORECASE,
    )  # fmt: skip


def _designates(clause: Clause, own: str, after: str, verb: str) -> bool:
    if verb == "designate" or re.search(r"\bdesignat(?:e|ed|ing|ion)\b", own, re.IGNORECASE):
        return bool(_GROUPS.search(own)) and not re.search(
            r"\b(?:designated|agreed)\s+(?:areas?|zones?|sites?|places?)\b", own, re.IGNORECASE
        )
    if verb not in _LISTING:
        return False
    return bool(
        re.search(
            r"\b(?:which|what)\s+(?:\w+\s+){0,3}(?:groups?|organi[sz]ations?|factions?|formations?|bands?|companies)\b|\blists?\s+of\s+(?:the\s+|all\s+|those\s+)?(?:\w+\s+){0,4}(?:groups?|organi[sz]ations?|factions?|formations?|entities)\b",
            own,
            re.IGNORECASE,
        )
    )


def _forbidden(
    clause: Clause, own: str, after: str, verb: str, weapons: list[WeaponWords], subject: str, zone: re.Match[str] | None
) -> str:  # fmt: skip
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
        r"\b(?:fly|flights?|overfl\w+|reconnaissance|exercises?|manoeuv\w+|maneuv\w+|reinforce\w*|mine(?:s|fields?)|enter|fortif\w+)\b",
        scope,
        re.IGNORECASE,
    ) and not re.search(r"\b(?:hostilities|attacks?|open\s+fire|shelling)\b", scope, re.IGNORECASE):
        return "restriction"
    if hostile and not (
        restricted
        and restricted.start() < hostile.start()
        and clause.modality != "ban"
        and verb in ("deploy", "station", "place", "build", "enter", "introduce")
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


def _stops(verb: str, own: str, after: str, subject: str, clause: Clause) -> bool:
    if (
        verb in ("cease", "stop", "end", "halt", "fall")
        and not clause.passive
        and _HOSTILE.search(subject[-40:])
        and not re.search(r"\bpatrols?\b", subject, re.IGNORECASE)
    ):
        return True
    if (
        verb in ("cease", "stop", "halt", "end", "suspend", "silence", "terminate", "discontinue", "freeze")
        and not clause.passive
    ):
        return (
            bool(_HOSTILE.search(after))
            or re.search(r"\b(?:operations?|offensive|campaign|advance|blockade\s+and)\b", after[:60])
            is not None
        )
    if clause.passive and verb in ("cease", "stop", "halt", "end", "suspend", "terminate", "discontinue"):
        return bool(_HOSTILE.search(own))
    if re.search(
        r"\b(?:use\s+of\s+(?:\w+\s+){0,2}(?:weapons|force|arms)|hostilities|fighting|the\s+war)\b.*\b(?:ended|ceased|over|terminated|stopped)\b",
        own,
        re.IGNORECASE,
    ):
        return True
    if (
        verb in ("fall", "go", "be", "remain", "keep")
        and re.search(r"\b(?:guns|weapons|arms|artillery|fronts?)\b", own, re.IGNORECASE)
        and re.search(r"\bsilent\b", after)
    ):
        return True
    if verb == "hold" and re.search(r"\bfire\b", after[:30]):
        return True
    if verb == "lay" and re.search(r"lay\s+down\s+(?:\w+\s+)?arms", after) and False:
        return True
    if (
        verb in ("avoid", "prevent", "ensure", "take", "prevent", "exclude", "guarantee")
        and re.search(
            r"\b(?:avoid\w*|prevent\w*|cease\w*|exclud\w+|sustained\s+ceasefire|lasting\s+ceasefire|not\s+(?:be\s+)?attack\w*|do\s+not\s+attack|no\s+(?:attack|military|hostil)|ceasefire|cessation)\b",
            after,
        )
        and _HOSTILE.search(after)
    ):
        return True
    truce = _TRUCE.search(own)
    if truce is None:
        return False
    if re.search(
        r"\b(?:monitor|verif|oversee|supervis|watch|violations?\s+of|mechanism|commission|committee|observer)",
        own,
        re.IGNORECASE,
    ) and not re.match(
        r"(?:observe|respect|honou?r|uphold|maintain|keep|enter|begin|start|take|come|hold|declare|establish|accept|agree)",
        verb,
    ):
        return False
    in_subject = bool(_TRUCE.search(subject))
    early = bool(_TRUCE.search(after[:90]))
    if in_subject and verb in (
        "begin",
        "start",
        "enter",
        "take",
        "come",
        "be",
        "hold",
        "remain",
        "apply",
        "go",
        "last",
        "commence",
        "continue",
        "extend",
        "prevail",
        "observe",
        "respect",
        "establish",
        "declare",
        "implement",
        "cover",
        "stay",
        "keep",
        "follow",
        "introduce",
        "proclaim",
        "set",
        "maintain",
        "run",
        "renew",
        "prolong",
    ):
        return not re.search(r"\b(?:be|is|are)\s+(?:monitored|verified|supervised)", own)
    if early and verb in (
        "observe",
        "respect",
        "declare",
        "establish",
        "implement",
        "maintain",
        "begin",
        "start",
        "honour",
        "honor",
        "uphold",
        "keep",
        "extend",
        "accept",
        "introduce",
        "proclaim",
        "commence",
        "adhere",
        "abide",
        "renew",
        "enter",
        "institute",
        "agree",
        "order",
        "make",
        "see",
        "ensure",
        "guarantee",
        "strengthen",
        "consolidate",
        "prolong",
        "reinstate",
        "restore",
        "resume",
        "adopt",
        "comply",
        "be",
    ):
        return True
    return clause.modality in ("nominal", "item") and bool(_TRUCE.search(after[:60]))


def _verifies(clause: Clause, own: str, subject: str, after: str, verb: str) -> bool:
    watchers = _WATCHERS.search(subject)
    if verb == "see" and re.search(
        r"\bsee\w*\s+(?:to\s+it\s+)?(?:that|whether)\b.{0,60}\b(?:kept|respected|observed|carried\s+out|honou?red|obeyed|followed)\b",
        own,
    ):
        return True
    if re.search(
        r"\bsee\s+(?:whether|if)\s+(?:this|it|they|the\s+\w+)\s+(?:is|are)\s+(?:kept|respected|observed|honou?red)",
        own,
    ):
        return True
    if verb in (
        "monitor",
        "verify",
        "oversee",
        "supervise",
        "inspect",
        "observe",
        "audit",
        "certify",
        "survey",
    ):
        return bool(watchers or _WATCHED.search(own) or not clause.passive)
    if verb in (
        "watch",
        "check",
        "count",
        "track",
        "register",
        "record",
        "inventory",
        "investigate",
        "examine",
        "assess",
        "document",
    ):
        return bool(_WATCHED.search(after) or watchers)
    if verb == "report":
        return bool(watchers or re.search(r"\b(?:on|every|weekly|monthly|daily|to)\b", after))
    if verb in ("make", "draw", "keep", "carry", "conduct") and re.search(
        r"\b(?:inventor(?:y|ies)|inspections?|verification|monitoring|checks|observation|visits)\b",
        after[:70],
    ):
        return True
    if verb in ("deploy", "send", "station", "provide", "dispatch", "post", "set", "establish", "create", "form", "place", "have") and re.search(
        r"\b(?:observers?|monitors?|inspectors?|monitoring\s+(?:mission|team|body|group|committee|mechanism|centre|center)|observation\s+(?:posts?|mission)|verification\s+(?:mission|team|body|commission|mechanism)|observer\s+(?:mission|teams?|group|force))\b", subject + " " + after[:120], re.IGNORECASE
    ):  # fmt: skip
        return True
    if clause.modality in ("nominal", "item") and re.match(
        r"\W*(?:\w+\s+){0,3}(?:monitoring|verification|supervision|inspection|observation)\b",
        after,
        re.IGNORECASE,
    ):
        return True
    return bool(
        re.search(
            r"\b(?:tasked|charged|responsible|mandated|entrusted)\s+(?:with|for)\s+(?:\w+\s+){0,2}(?:monitoring|verif\w+|overs\w+|supervis\w+|observ\w+|inspect\w+)",
            own,
            re.IGNORECASE,
        )
    )


def _makes_zone(
    clause: Clause,
    own: str,
    subject: str,
    after: str,
    verb: str,
    establishes: bool,
    distances: list[Distance],
) -> bool:
    zone_early = zone_words(after[:110]) is not None
    zone_subject = (
        zone_words(subject) is not None
        or (clause.passive or verb == "be")
        and bool(re.search(r"\b(?:zone|belt|strip|buffer|band)\b", subject, re.IGNORECASE))
    )
    if verb in (
        "establish",
        "create",
        "set",
        "form",
        "delineate",
        "demarcate",
        "carve",
        "declare",
        "constitute",
        "institute",
        "designate",
        "introduce",
        "turn",
        "mark",
        "impose",
        "arise",
        "demilitarize",
        "demilitarise",
        "make",
        "define",
    ):
        return zone_subject if clause.passive and not zone_early else zone_early or zone_subject
    if verb in (
        "be",
        "exist",
        "measure",
        "extend",
        "stretch",
        "run",
        "lie",
        "have",
        "reach",
        "stay",
        "remain",
        "separate",
        "span",
        "keep",
        "cover",
        "comprise",
    ) and (zone_subject or zone_early):
        if verb in ("be", "have") and re.search(r"\bthere\s*$", subject.strip(), re.IGNORECASE):
            return True
        return bool(distances) or bool(
            re.search(r"\b(?:free\s+of|demilitari[sz]ed|empty|clear\s+of|established|without)\b", after)
        )
    if clause.modality in ("nominal", "item"):
        return bool(
            re.match(
                r"\W*(?:an?\s+|the\s+)?(?:[\w-]+\s+){0,6}?(?:establishment|creation|setting\s+up|zone|belt|strip|buffer|corridor|area)\b",
                after,
                re.IGNORECASE,
            )
        ) and not _NOMINAL_WITHDRAWAL.match(after)
    return (
        establishes
        and zone_early
        and verb
        not in ("leave", "withdraw", "move", "put", "keep", "take", "go", "preserve", "divide", "draw")
    )


def _routes(own: str, verb: str) -> bool:
    if re.search(r"\bmines\b", own) and verb in ("clear", "remove"):
        return False
    if verb == "build" and not re.search(r"\bopen", own):
        return False
    return bool(pattern("routes").search(own) and _TRAFFIC.search(own)) and verb not in (
        "withdraw", "monitor", "patrol", "attack", "ensure-x", "close", "meet", "let", "enter", "talk", "pull", "leave"
    ) and not re.search(r"\b(?:talks|negotiations)\b", own[:60])  # fmt: skip


def _withdraws(
    clause: Clause, own: str, subject: str, after: str, verb: str, weapons: list[WeaponWords]
) -> str | None:
    if verb not in _STRONG and verb not in _WEAK:
        return None
    if verb in _WEAK and not _OUTWARD.search(after):
        return None
    nominal = clause.modality in ("nominal", "item")
    patient = subject if clause.passive and not nominal else after[:110]
    if verb == "free" and not re.search(r"\bof\b", after):
        return None
    if clause.passive and verb in ("empty", "clear", "free", "clean", "strip", "rid"):
        patient = after
    if (
        _PATIENTS.search(re.split(r"\b(?:from|by|within|under)\b", patient)[0])
        and not (weapons and not re.search(r"\bmines?\b", patient))
        and not re.search(r"\b(?:fighters|troops|forces)\b", patient)
    ):
        return None
    weapon_hit = next((w for w in weapons if w.weapon_class != "mine"), None)
    forces_hit = pattern("forces").search(patient)
    if (
        verb
        in (
            "lay",
            "hand",
            "surrender",
            "store",
            "collect",
            "deposit",
            "lodge",
            "impound",
            "decommission",
            "dismantle",
            "destroy",
            "lock",
            "put",
        )
        and weapon_hit is None
    ):
        return "weapons_withdrawal" if verb == "decommission" else None
    if verb in ("disband", "disarm"):
        return None if verb == "disband" else "weapons_withdrawal"
    if verb in ("destroy", "dismantle") and weapon_hit is None:
        return None
    if weapon_hit is not None:
        in_patient = weapon_hit.text.lower() in patient.lower() or clause.passive or nominal
        first_force = forces_hit.start() if forces_hit else 10_000
        first_weapon = patient.lower().find(weapon_hit.text.lower())
        of_force = (
            forces_hit is not None
            and re.search(
                r"\b(?:of|from|belonging\s+to|by)\s+(?:\w+\s+){0,3}$", patient[: forces_hit.start()]
            )
            is not None
        )
        if in_patient and (
            forces_hit is None or of_force or 0 <= first_weapon < first_force or first_weapon == first_force
        ):
            return "weapons_withdrawal"
        if forces_hit is None and not clause.passive and weapon_hit.text.lower() in own.lower():
            return (
                "weapons_withdrawal" if verb not in ("leave", "vacate", "quit", "go") else "forces_withdrawal"
            )
    if forces_hit is not None or verb in (
        "vacate",
        "quit",
        "retreat",
        "evacuate",
        "disengage",
        "demilitarize",
        "demilitarise",
        "canton",
        "redeploy",
        "withdraw",
        "depart",
        "leave",
        "regroup",
        "go",
        "pull",
        "reposition",
        "return",
        "fall",
        "retire",
        "exit",
        "clear",
        "empty",
        "step",
    ):
        if verb in ("go", "return", "clear", "fall", "exit", "step") and not (
            pattern("forces").search(own) or re.search(r"\bfighters|sides?|parties|\bthey\b", own)
        ):
            return None
        if verb in ("keep", "put", "hold", "place") and not re.search(
            r"\b(?:barracks|cantonment|camps|bases|assembly|outside|away|out)\b", after
        ):
            return None
        return "forces_withdrawal"
    return None


def _nominal(
    clause: Clause, own: str, subject: str, after: str, verb: str, weapons: list[WeaponWords], zone: re.Match[str] | None
) -> str:  # fmt: skip
    if verb not in _BINDING_PAPER and clause.modality not in ("nominal", "item"):
        return "other"
    if re.search(
        r"\b(?:stop|cease|halt|end)(?:ping|ing)?\s+(?:all\s+)?(?:firing|shooting|fighting|attacks|hostilities|shelling)\b",
        own,
        re.IGNORECASE,
    ):
        return "cessation"
    withdrawal = _NOMINAL_WITHDRAWAL.search(own)
    if withdrawal is not None and not re.search(
        r"\b(?:after|following|monitor\w*|verif\w+|upon|of)\s+(?:the\s+|their\s+)?(?:\w+\s+)?$",
        own[: withdrawal.start()],
        re.IGNORECASE,
    ):
        rest = own[withdrawal.end() :]
        if _PATIENTS.search(rest[:40]) and not pattern("forces").search(rest[:40]):
            return "other"
        if weapons:
            force = pattern("forces").search(rest)
            first = own.lower().find(weapons[0].text.lower(), withdrawal.end())
            if first >= 0 and (
                force is None
                or first <= withdrawal.end() + force.start()
                or re.search(r"\b(?:of|by|from)\b", rest[: force.start()])
            ):
                return "weapons_withdrawal"
        if pattern("forces").search(own) or verb in ("begin", "start", "complete"):
            return "forces_withdrawal"
    if zone and re.search(r"\b(?:establish\w*|creat\w+|setting\s+up|form\w*)\b", own, re.IGNORECASE):
        return "zone"
    return "other"


def _distance(distances: list[Distance], weapons: list[WeaponWords]) -> Distance | None:
    usable = [d for d in distances if d.dimension not in ("calibre", "altitude")]
    return next((d for d in usable if d.dimension in ("wide", "deep")), usable[0] if usable else None)


_COUNTED = expression("kinds", "counted")


def _ceilings(
    norm: str, start: int, end: int, things: Things, weapons: list[WeaponWords]
) -> list[tuple[Count, str, WeaponWords | None]]:  # fmt: skip
    found: list[tuple[Count, str, WeaponWords | None]] = []
    for count in things.counts:
        if not start <= count.start < end:
            continue
        rest = norm[count.end : end]
        noun = _COUNTED.match(rest.lstrip())
        weapon = next((w for w in weapons if 0 <= w.start - count.end < 40), None)
        if noun is not None and (weapon is None or count.end + noun.start() <= weapon.start):
            found.append((count, "personnel", None))
        elif weapon is not None:
            found.append((count, weapon.weapon_class, weapon))
        elif re.search(
            r"\b(?:number|strength|total)\s+of\s+(?:\w+\s+){0,3}(?:men|troops|soldiers|personnel|fighters|police|forces|combatants|guards|officers)\b",
            norm[start : count.start],
            re.IGNORECASE,
        ):
            found.append((count, "personnel", None))
        else:
            continue
        # "no more than 2,500 men and 20 tanks": the limit goes on.
        for more in re.finditer(
            r"(?:,\s*(?:and\s+)?|\band\s+)(?:no\s+more\s+than\s+)?(?P<n>\d[\d,]*|[a-z]+(?:-[a-z]+)?)\s+(?=(?:\w+[\s-]+){0,3}\w+)",
            rest,
        ):
            from truceline.draft.measures import number

            value = number(more["n"].rstrip(","))
            if value is None:
                continue
            at = count.end + more.start("n")
            if any(c.start == at for c in things.counts):
                continue
            follow = next((w for w in weapons if 0 <= w.start - (count.end + more.end()) < 25), None)
            person = _COUNTED.match(norm[count.end + more.end() : end])
            if follow is not None:
                found.append((Count(at, count.end + more.end(), value, True), follow.weapon_class, follow))
            elif person is not None:
                found.append((Count(at, count.end + more.end(), value, True), "personnel", None))
        break
    return found
