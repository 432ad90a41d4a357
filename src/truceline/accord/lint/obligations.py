"""Obligations that bind nobody, or do not say what or where."""

from __future__ import annotations

from truceline.accord.acts import accepted_acts, is_act
from truceline.accord.faults import did_you_mean
from truceline.accord.lint.case import Case
from truceline.accord.model import (
    Ceiling,
    Cessation,
    Designation,
    Exemption,
    ForcesWithdrawal,
    Other,
    PartyRole,
    Patrols,
    Provision,
    ProvisionKind,
    Restriction,
    Routes,
    Verification,
    WeaponSpec,
    WeaponsWithdrawal,
    ZoneProvision,
)
from truceline.accord.weapons import class_named, classes

_BYSTANDERS = (PartyRole.SUPPORTER, PartyRole.OBSERVER)


def bound_parties(provision: Provision) -> tuple[str, ...]:
    """Whom the provision binds: its parties, and by kind those by whom or of whom something is done."""
    own = [*provision.parties]
    if isinstance(provision, Designation | Verification):
        own += provision.by
    elif isinstance(provision, ForcesWithdrawal):
        own += provision.groups
    elif isinstance(provision, Patrols):
        own += provision.sides
    return tuple(dict.fromkeys(own))


def check(case: Case) -> None:
    """Who is bound to what, and whether the words for weapons and acts are known."""
    for path, part in case.parts():
        if isinstance(part, WeaponSpec):
            _weapon(case, path, part.weapon_class)
        elif isinstance(part, Cessation | Restriction | Exemption):
            for index, act in enumerate(part.acts):
                _act(case, f"{path}.acts[{index}]", act)
    for index, provision in enumerate(case.accord.provisions):
        path = f"provisions[{index}]"
        _binds(case, provision, path)
        for field, message in _missing(provision):
            case.report("incomplete", f"{path}.{field}" if field else path, f"{provision.id} {message}")
    _settings(case)


def _weapon(case: Case, path: str, word: str) -> None:
    if word in classes():
        return
    near = class_named(word) or did_you_mean(word, classes())
    hint = f"; did you mean {near!r}?" if near else ""
    case.report(
        "unknown-weapon-class",
        path,
        f"{word!r} is no class of weapons{hint}",
        accepted=", ".join(classes()),
    )


def _act(case: Case, path: str, act: str) -> None:
    if is_act(act):
        return
    near = did_you_mean(act, accepted_acts())
    hint = f"; did you mean {near!r}?" if near else ""
    case.report("unknown-act", path, f"{act!r} is no act{hint}", accepted=", ".join(accepted_acts()))


def _binds(case: Case, provision: Provision, path: str) -> None:
    designated = isinstance(provision, ForcesWithdrawal) and provision.designation is not None
    if not bound_parties(provision) and not designated:
        case.report("binds-nobody", path, f"{provision.id} binds nobody: name its parties")
    if isinstance(provision, Designation) and provision.by and len(set(provision.by)) < 2:
        case.report(
            "designation-by-one",
            f"{path}.by",
            f"{provision.id}: {provision.by[0]} alone cannot designate together; name all who must agree",
        )
    for index, id in enumerate(provision.parties):
        party = case.accord.party(id)
        if party is not None and party.role in _BYSTANDERS:
            case.report(
                "binds-bystander",
                f"{path}.parties[{index}]",
                f"{provision.id} binds {id}, whose role is {party.role}",
            )
    if isinstance(provision, Patrols):
        for party_id in provision.sides:
            if provision.parties and party_id not in provision.parties:
                case.report(
                    "patrol-side-unbound",
                    f"{path}.sides.{party_id}",
                    f"{party_id} patrols a side, but {provision.id} does not bind it",
                )


def _missing(provision: Provision) -> list[tuple[str, str]]:
    """What an obligation of its kind must say and does not, as (field, words)."""
    match provision:
        case ZoneProvision() if provision.zone is None:
            return [("", "does not name its zone")]
        case WeaponsWithdrawal():
            what = [] if provision.weapons else [("", "does not say which weapons leave")]
            leaves = provision.zone or provision.band or provision.distance_m
            return what if leaves else [*what, ("", "does not say from where they leave")]
        case ForcesWithdrawal():
            left = provision.zone or provision.place or provision.band or provision.distance_m
            return [] if left else [("", "does not say from where they leave")]
        case Designation() if not provision.by:
            return [("", "does not say who designates together")]
        case Patrols() if not (provision.zone or provision.line):
            return [("", "does not say where the patrols go")]
        case Routes() if not (provision.from_place and provision.to_place):
            return [("", "does not name both ends of the route")]
        case Verification() if not provision.by:
            return [("", "does not say who verifies")]
        case Ceiling() if not (provision.zone or provision.band):
            return [("", "does not say where the ceiling holds")]
        case Restriction():
            what = [] if provision.acts or provision.weapons else [("", "does not say what is forbidden")]
            where = provision.zone or provision.place or provision.band or provision.bands
            return what if where else [*what, ("", "does not say where it is forbidden")]
        case Cessation() if not provision.acts:
            return [("acts", "does not say which acts cease")]
        case Other() if not (provision.subject or provision.title):
            return [("", "does not say what it is about")]
        case _:
            return []


def _settings(case: Case) -> None:
    settings = case.accord.verification
    if settings.thresholds.probable > settings.thresholds.confirmed:
        case.report(
            "thresholds-inverted",
            "verification.thresholds",
            f"probable ({settings.thresholds.probable:g}) asks for more than "
            f"confirmed ({settings.thresholds.confirmed:g})",
        )
    kinds = [kind.value for kind in ProvisionKind]
    for kind in settings.grace_days:
        if kind not in kinds:
            near = did_you_mean(kind, kinds)
            hint = f"; did you mean {near!r}?" if near else ""
            path = f"verification.grace_days.{kind}"
            case.report(
                "unknown-kind", path, f"{kind!r} is no kind of provision{hint}", accepted=", ".join(kinds)
            )
