"""Which kind of provision a binding clause is, from its verb, its nouns and whether it forbids."""

from __future__ import annotations

import re

from truceline.draft.clause import Clause
from truceline.draft.lexicon.load import among, expression, words
from truceline.draft.measures import Distance
from truceline.draft.rows import row_kinds
from truceline.draft.rules.ceiling import ceilings, distance
from truceline.draft.rules.cessation import forbidden, stops
from truceline.draft.rules.kind import Kind, Things
from truceline.draft.rules.space import declared, makes_zone, routes, zone_words
from truceline.draft.rules.verification import designates, verifies
from truceline.draft.rules.withdrawal import nominal, withdraws
from truceline.draft.text.document import Text
from truceline.draft.things import WeaponWords, pattern, weapons_in

_FREEZE = expression("kinds", "freeze")
_ESTABLISH = words("frames", "establish")
_WATCHERS = words("classes", "watch")
_WATCHING = re.compile(
    r"\b(?:monitor|verif|observ|inspect|investigat|oversee|supervis|watch|check|look\s+into|examin)\w*",
    re.IGNORECASE,
)
_LISTING = words("frames", "list_making")
_WHICH = re.compile(
    r"\s*,?\s*(?:which|what)\s+(?:\w+\s+){0,3}(?:groups?|organi[sz]ations?|factions?|formations?|bands?|companies|militias)\b",
    re.IGNORECASE,
)
_ROUNDS = re.compile(
    r"\b(?:go|goes|going|make|makes|made|making)\s+(?:\w+\s+){0,2}rounds?\b|"
    r"\brounds?\s+(?:(?:of|in|through|along)\s+[\w\s'-]{2,40}?)?\s*(?:shall|will|would|are\s+to|is\s+to|must)\s+be\s+"
    r"(?:made|gone|driven|walked|flown)\b",
    re.IGNORECASE,
)


def kinds_of(clause: Clause, text: Text, things: Things) -> list[Kind]:
    """The kinds of a clause, most often one; ``other`` where its words are of no kind."""
    rows = row_kinds(clause, text, things)
    if rows is not None:
        return rows
    ws = text.words
    norm = text.plain.norm
    start, end = ws[clause.first].start, ws[clause.last - 1].end
    own = norm[start:end]
    if ws[clause.verb].lemma in _LISTING:
        # "agreed to decide which groups are to be listed": the question is what is decided.
        own = norm[start : ws[clause.sentence.last - 1].end] if _WHICH.match(norm, end) else own
    subject = norm[start : ws[clause.head].start] if clause.head > clause.first else ""
    if clause.subject is not None and clause.subject[1] > clause.subject[0]:
        subject = norm[ws[clause.subject[0]].start : ws[clause.subject[1] - 1].end] + " "
        own = subject + own
    after = norm[ws[clause.verb].start : end]
    verb = ws[clause.verb].lemma
    forbids = (
        clause.negated
        or clause.modality == "ban"
        or (clause.passive and verb in among("bar ban prohibit forbid outlaw"))
        or (
            clause.modality == "item"
            and re.match(r"no\s+(?!(?:later|more|less|fewer|sooner)\b)", own) is not None
        )
        or re.match(
            (
                r"\W*(?:(?:and|or|but)\s+)?(?:there\s+)?(?:(?:in|on|at|within|from|during|until|after|"
                r"across)\b[^,;]{0,60}?,?\s+)?(?:no(?!\s+(?:later|more|less|fewer|"
                r"sooner)\b)|neither|none|nobody|nothing)\b"
            ),
            subject,
            re.IGNORECASE,
        )
        is not None
        or re.search(r",\s*(?:neither|nobody|no\s+one|none)\b[^,]{0,50}$", subject, re.IGNORECASE) is not None
        or re.search(
            (
                r"\bno\s+(?:military|offensive|shot|hostile|armed|aircraft|air|"
                r"troops?|"
                r"forces|soldiers?|weapons?|heavy|party|side|new|further|reinforcements|"
                r"flights?|unit|such|person)\b"
            ),
            subject,
            re.IGNORECASE,
        )
        is not None
        or (
            verb == "be"
            and re.match(r"be\s+no\s+(?!(?:later|more\s+than|less|fewer|larger|greater)\b)", after)
            is not None
        )
    )
    refrains = (
        verb in among("refrain abstain desist renounce forswear forgo")
        or re.search(r"\b(?:refrain|abstain|desist)\b", after[:60]) is not None
    )
    distances = [d for d in things.distances if start <= d.start < end]
    weapons = weapons_in(norm, start, end, [c for c in things.calibres if start <= c.start < end])
    measured = distance(distances)
    limits = ceilings(norm, start, end, things, weapons)
    if limits and re.search(
        (
            r"\b(?:observers|monitors|members|constables|ranks|of\s+them|men|troops?|soldiers|personnel|forces|"
            r"tanks?|guns?|tubes|barrels|pieces|artillery|weapons?|aircraft|vehicles|officers|police|"
            r"brigades?|battalions?|fighters|missiles|mortars|howitzers|launchers|"
            r"bodyguards|guards|policemen|gendarmes|launch|armou?red|warplanes|helicopters|vessels|companies|squads|combatants|gunboats|boats|ships|jets|planes|garrison|"
            r"peacekeepers|strength)\b"
        ),
        own,
        re.IGNORECASE,
    ):
        return [Kind("ceiling", (w,) if w else (), measured, c, name) for c, name, w in limits]
    kind = _by_parts(clause, text, own, forbids) or _one(
        clause, own, subject, after, verb, forbids, refrains, weapons, distances
    )
    if (
        kind in ("patrols", "zone")
        and verb in ("establish", "create", "set", "form")
        and re.search(r"\bpatrols?\b", own, re.IGNORECASE)
        and zone_words(own)
    ):
        return [Kind("zone", (), measured), Kind("patrols")]
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
            measured,
            forbids=(forbids or refrains or (kind == "patrols" and verb in among("stop cease end")))
            and kind != "forces_withdrawal",
            forces=forces,
        )
    ]


_NO_MORE_FIRE = re.compile(
    r"\bno\s+(?:more|further|longer)\s+(?:shelling|firing|fighting|attacks?|shooting|raids?|shots?|hostilities|"
    r"bloodshed)\b",
    re.IGNORECASE,
)


def _by_parts(clause: Clause, text: Text, own: str, forbids: bool) -> str | None:
    """What the parse alone makes plain: who is set up, what is demilitarised, what is decided of whom."""
    ws = text.words
    verb = ws[clause.verb]
    if verb.lower.startswith("demilitari") and clause.passive and not forbids:
        return "zone"
    if _NO_MORE_FIRE.search(own):
        return "cessation"
    if clause.commit is not None and ws[clause.commit].lemma in _LISTING and _WHICH.search(own):
        return "designation"
    if verb.lemma in _ESTABLISH | {"appoint", "deploy", "send"} and not forbids:
        patient = text.child(clause.verb, "nsubj:pass" if clause.passive else "obj")
        if patient is not None and ws[patient].lemma in _WATCHERS and _WATCHING.search(own):
            return "verification"
    return None


def kinds_as(found: tuple[Kind, ...], name: str, clause: Clause, text: Text, things: Things) -> list[Kind]:
    """The kinds of a clause that was judged to be of the kind `name`: what the rules found of it, else one of
    that kind with the things that its words name; none where it is to be a limit without a number."""
    if any(kind.name == name for kind in found):
        return list(found) if len({k.name for k in found}) > 1 else [k for k in found if k.name == name]
    norm = text.plain.norm
    start, end = text.words[clause.first].start, text.words[clause.last - 1].end
    weapons = weapons_in(norm, start, end, [c for c in things.calibres if start <= c.start < end])
    measured = distance([d for d in things.distances if start <= d.start < end])
    forbids = any(kind.forbids for kind in found) or clause.negated
    if name == "ceiling":
        limits = (
            ceilings(norm, start, end, things, weapons)
            or [
                (count, weapons[0].weapon_class if weapons else "personnel", weapons[0] if weapons else None)
                for count in things.counts
                if start <= count.start < end
            ][:1]
        )
        return [Kind(name, (w,) if w else (), measured, c, counted) for c, counted, w in limits]
    return [Kind(name, tuple(weapons), measured, forbids=forbids and name != "forces_withdrawal")]


def _one(
    clause: Clause,
    own: str,
    subject: str,
    after: str,
    verb: str,
    forbids: bool,
    refrains: bool,
    weapons: list[WeaponWords],
    distances: list[Distance],
) -> str:
    zone = zone_words(own)
    if (
        re.search(r"\bpatrol", own, re.IGNORECASE)
        and not forbids
        and (
            verb == "patrol"
            or clause.modality in ("nominal", "item")
            or re.search(r"\bpatrol(?:s|ling)?\b(?!\s+boats?)", subject + " " + _object(after), re.IGNORECASE)
        )
        and verb not in ("withdraw", "remove", "leave")
    ):
        return "patrols"
    if verb in ("walk", "drive", "police", "go", "ride", "sail", "fly", "cruise") and re.search(
        r"\b(?:together|jointly|side\s+by\s+side|by\s+(?:day\s+and\s+(?:by\s+)?night|itself|themselves)|"
        r"around\s+the\s+clock)\b",
        own,
        re.IGNORECASE,
    ):
        return "patrols"
    if not forbids and _ROUNDS.search(own):
        return "patrols"
    if not forbids and designates(own, verb):
        return "designation"
    if forbids or refrains:
        return forbidden(clause, own, after, verb, weapons, subject)
    if stops(verb, own, after, subject, clause):
        return "cessation"
    if verb in among("cease stop halt end suspend discontinue") and re.search(
        r"\b(?:drills?|exercises?|manoeuvres?|maneuvers?|flights?|"
        r"overflights?|construction|fortif\w+|recruitment|deployments?|"
        r"broadcasts?)\b",
        own,
        re.IGNORECASE,
    ):
        return "restriction"
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
    if verifies(clause, own, subject, after, verb):
        return "verification"
    establishes = verb in _ESTABLISH or clause.modality in ("nominal", "item")
    if declared(clause, own, subject, verb):
        return "zone"
    if (
        clause.modality == "item"
        and zone is not None
        and re.match(
            r"\W*(?:an?\s+|the\s+)?(?:[\w-]+\s+){0,3}(?:zone|belt|strip|buffer|corridor)\b",
            own,
            re.IGNORECASE,
        )
    ):
        return "zone"
    if zone and makes_zone(clause, subject, after, verb, establishes, distances):
        return "zone"
    if routes(own, verb):
        return "routes"
    if (
        clause.modality == "item"
        and pattern("forces").search(own[:60])
        and re.search(r"\b(?:off|out\s+of|back\s+in(?:to)?|away\s+from|to\s+leave)\b", own, re.IGNORECASE)
    ):
        return "forces_withdrawal"
    moved = withdraws(clause, own, subject, after, verb, weapons)
    if moved:
        return moved
    return nominal(clause, own, verb, weapons, zone)


def _object(after: str) -> str:
    return after[:90]
