"""Weapons and forces that leave."""

from __future__ import annotations

import re

from truceline.draft.clause import Clause
from truceline.draft.lexicon.load import among, expression, words
from truceline.draft.things import WeaponWords, pattern

_STRONG = words("kinds", "strong")
_WEAK = words("kinds", "weak")
_OUTWARD = expression("kinds", "outward")
_PATIENTS = expression("kinds", "patients")
_NOMINAL_WITHDRAWAL = expression("kinds", "nominal_withdrawal")
_BINDING_PAPER = words("kinds", "binding_paper")


def withdraws(
    clause: Clause,
    own: str,
    subject: str,
    after: str,
    verb: str,
    weapons: list[WeaponWords],
) -> str | None:
    """``weapons_withdrawal``, ``forces_withdrawal`` or None by the main verb and what it moves."""
    if verb == "deploy" and re.search(r"\b(?:(?:west|east|north|south)\w*\s+of|behind|beyond)\b", after[:60]):
        return "forces_withdrawal"
    if (
        (verb in ("go", "be") or after.startswith("gone"))
        and re.match(r"(?:be\s+)?(?:gone|out|away|back|off|clear)\b(?!\s+(?:to|on|in)\b)", after)
        and not clause.negated
    ):
        if weapons and weapons[0].text.lower() in subject.lower():
            return "weapons_withdrawal"
        if pattern("forces").search(subject):
            return "forces_withdrawal"
    if verb not in _STRONG and verb not in _WEAK:
        return None
    if (
        weapons
        and verb in among("station place position keep hold put move bring take go park site locate")
        and re.search(
            r"\b(?:nearer|closer)\s+than\b|\bat\s+least\b|\bless\s+than\b|\baway\b|\bfar\s+side\b", after
        )
    ):
        return "weapons_withdrawal"
    gone = r"^(?:give\w*\s+up\s+the|come\w*\s+(?:down|back|out)|go\w*\s+(?:from|home|back))\b"
    if re.search(gone, after) and pattern("forces").search(subject + " " + after[:40]):
        return "forces_withdrawal"
    gives_up = verb in among(
        "surrender store collect decommission deposit dismantle destroy yield relinquish impound"
    )
    removed = verb == "remove" and any(w.weapon_class != "mine" for w in weapons)
    if verb in _WEAK and not (_OUTWARD.search(after) or removed) and not (gives_up and weapons):
        return None
    nominal = clause.modality in ("nominal", "item")
    patient = subject if clause.passive and not nominal else after[:110]
    if verb == "free" and not re.search(r"\bof\b", after):
        return None
    if clause.passive and verb in among("empty clear free clean strip rid"):
        patient = after
    if (
        verb not in among("leave quit vacate evacuate exit")
        and _PATIENTS.search(re.split(r"\b(?:from|by|within|under)\b", patient)[0])
        and not (weapons and not re.search(r"\bmines?\b", patient))
        and not re.search(r"\b(?:fighters|troops|forces)\b", patient)
    ):
        return None
    weapon_hit = next((w for w in weapons if w.weapon_class != "mine"), None)
    forces_hit = pattern("forces").search(patient)
    if (
        forces_hit is None
        and not clause.passive
        and verb in among("concentrate gather assemble move shift stay step draw")
    ):
        forces_hit = pattern("forces").search(subject)
    if (
        verb
        in among(
            "lay hand surrender store collect deposit lodge impound decommission dismantle destroy lock put"
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
    if forces_hit is not None or verb in among(
        "vacate quit retreat evacuate disengage demilitarize demilitarise canton redeploy "
        "withdraw depart leave regroup go pull reposition return fall retire exit clear empty "
        "step"
    ):
        if verb in among("go return clear fall exit step") and not (
            pattern("forces").search(own) or re.search(r"\bfighters|sides?|parties|\bthey\b", own)
        ):
            return None
        if verb in ("keep", "put", "hold", "place") and not re.search(
            r"\b(?:barracks|cantonment|camps|bases|assembly|outside|away|out)\b", after
        ):
            return None
        return "forces_withdrawal"
    return None


def nominal(
    clause: Clause,
    own: str,
    verb: str,
    weapons: list[WeaponWords],
    zone: re.Match[str] | None,
) -> str:
    """The kind of a clause whose act is a noun: "agreed on the withdrawal of", "would entail a ceasefire"."""
    if verb not in _BINDING_PAPER and clause.modality not in ("nominal", "item"):
        return "other"
    if re.search(
        (
            r"\b(?:stop|cease|halt|end)(?:ping|ing)?\s+(?:all\s+)?(?:firing|"
            r"shooting|fighting|attacks|hostilities|shelling)\b"
        ),
        own,
        re.IGNORECASE,
    ):
        return "cessation"
    withdrawal = _NOMINAL_WITHDRAWAL.search(own)
    if withdrawal is not None and withdrawal.group().lower().startswith("disarm"):
        return "weapons_withdrawal"
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
