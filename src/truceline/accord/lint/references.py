"""Ids that clash, references that lead nowhere, and references that lead in a circle."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from truceline.accord.lint.case import Case
from truceline.accord.model import (
    Band,
    Ceiling,
    Cessation,
    Designation,
    Exemption,
    ForcesWithdrawal,
    Patrols,
    Provision,
    Quote,
    Restriction,
    Sector,
    Verification,
    WeaponsWithdrawal,
    When,
    ZoneProvision,
)
from truceline.accord.model.base import Part
from truceline.accord.moments import anchor_cycle

_ID = re.compile(r"[a-z0-9][a-z0-9._-]*")
_ANCHORS = ("signed", "in_force")


def check(case: Case) -> None:
    """Ids, references and cycles."""
    _ids(case)
    _parties_and_places(case)
    for index, provision in enumerate(case.accord.provisions):
        _provision(case, provision, f"provisions[{index}]")
    for path, part in case.parts():
        _nested(case, path, part)
    _statements_and_readings(case)
    _cycles(case)


def _ids(case: Case) -> None:
    seen: dict[str, str] = {}
    for section, index, _, id in case.accord.parts():
        _one_id(case, seen, id, f"{section}[{index}]")
    for number, interpretation in enumerate(case.accord.interpretations):
        for index, reading in enumerate(interpretation.readings):
            _one_id(case, seen, reading.id, f"interpretations[{number}].readings[{index}]")
    for number, zone in enumerate(case.accord.zones):
        own: dict[str, str] = {}
        for index, sector in enumerate(zone.sectors):
            _one_id(case, own, sector.id, f"zones[{number}].sectors[{index}]")


def _one_id(case: Case, seen: dict[str, str], id: str, path: str) -> None:
    if id in _ANCHORS:
        case.report("reserved-id", f"{path}.id", f"{id!r} names a moment of the accord; choose another id")
    if id in seen:
        case.report("duplicate-id", f"{path}.id", f"the id {id!r} is that of {seen[id]} already")
    seen.setdefault(id, path)


def _each(case: Case, words: Iterable[str], accepted: Iterable[str], path: str, what: str) -> None:
    known = list(accepted)
    for index, word in enumerate(words):
        case.resolve(word, known, f"{path}[{index}]", what)


def _parties(case: Case) -> list[str]:
    return [party.id for party in case.accord.parties]


def _areas(case: Case) -> list[str]:
    return [zone.id for zone in case.accord.zones] + [place.id for place in case.accord.places]


def _lines(case: Case) -> list[str]:
    return [line.id for line in case.accord.lines]


def _sectors(case: Case) -> list[str]:
    return [sector.id for zone in case.accord.zones for sector in zone.sectors]


def _parties_and_places(case: Case) -> None:
    accord, parties, lines = case.accord, _parties(case), _lines(case)
    for index, party in enumerate(accord.parties):
        _each(case, party.member_of, parties, f"parties[{index}].member_of", "party")
    for index, line in enumerate(accord.lines):
        for name in ("left", "right"):
            if getattr(line, name) is not None:
                case.resolve(getattr(line, name), parties, f"lines[{index}].{name}", "party")
        if line.version_of is not None:
            case.resolve(line.version_of, lines, f"lines[{index}].version_of", "line")
    for index, zone in enumerate(accord.zones):
        for number, derivation in enumerate(zone.derivation):
            case.resolve(derivation.line, lines, f"zones[{index}].derivation[{number}].line", "line")
        if zone.within is not None:
            case.resolve(zone.within, _areas(case), f"zones[{index}].within", "zone or place")
    ratings = [rating.id for rating in accord.verification.sources]
    for index, rating in enumerate(accord.verification.sources):
        _each(case, rating.repeats, ratings, f"verification.sources[{index}].repeats", "rated source")
        if rating.side is not None:
            case.resolve(rating.side, parties, f"verification.sources[{index}].side", "party")


def _provision(case: Case, provision: Provision, path: str) -> None:
    accord, parties = case.accord, _parties(case)
    others = [other.id for other in accord.provisions]
    _each(case, provision.parties, parties, f"{path}.parties", "party")
    _each(case, provision.depends_on, others, f"{path}.depends_on", "provision")
    zone = getattr(provision, "zone", None)
    if zone is not None:
        case.resolve(zone, [z.id for z in accord.zones], f"{path}.zone", "zone")
    place = getattr(provision, "place", None)
    if place is not None:
        case.resolve(place, [p.id for p in accord.places], f"{path}.place", "place")
    match provision:
        case Cessation():
            if provision.area is not None:
                case.resolve(provision.area, _areas(case), f"{path}.area", "zone or place")
            _each(case, provision.protects, parties, f"{path}.protects", "party")
        case Designation() | Verification():
            _each(case, provision.by, parties, f"{path}.by", "party")
            if isinstance(provision, Verification):
                _each(case, provision.of, others, f"{path}.of", "provision")
        case ForcesWithdrawal():
            _each(case, provision.groups, parties, f"{path}.groups", "party")
            if provision.designation is not None:
                lists = [p.id for p in accord.provisions if p.kind == "designation"]
                case.resolve(
                    provision.designation, lists, f"{path}.designation", "provision of kind designation"
                )
        case Patrols():
            if provision.line is not None:
                case.resolve(provision.line, _lines(case), f"{path}.line", "line")
            for party in provision.sides:
                case.resolve(party, parties, f"{path}.sides.{party}", "party")
        case Restriction():
            for sector in provision.bands:
                case.resolve(sector, _sectors(case), f"{path}.bands.{sector}", "sector")
        case WeaponsWithdrawal() | Ceiling() | ZoneProvision() | _:
            return


def _nested(case: Case, path: str, part: Part) -> None:
    if isinstance(part, Quote):
        case.resolve(part.source, [s.id for s in case.accord.sources], f"{path}.source", "source")
    elif isinstance(part, When) and part.after is not None and part.after not in _ANCHORS:
        known = [*_ANCHORS, *(p.id for p in case.accord.provisions)]
        case.resolve(part.after, known, f"{path}.after", "anchor (signed, in_force or a provision)")
    elif isinstance(part, Band):
        _band(case, path, part)
    elif isinstance(part, Exemption):
        _each(case, part.parties, _parties(case), f"{path}.parties", "party")
        _each(case, part.sectors, _sectors(case), f"{path}.sectors", "sector")
    elif isinstance(part, Sector) and part.responsible is not None:
        case.resolve(part.responsible, _parties(case), f"{path}.responsible", "party")


def _band(case: Case, path: str, band: Band) -> None:
    per_party = band.line if isinstance(band.line, dict) else {}
    for party, line in per_party.items():
        case.resolve(party, _parties(case), f"{path}.line.{party}", "party")
        case.resolve(line, _lines(case), f"{path}.line.{party}", "line")
    if isinstance(band.line, str):
        case.resolve(band.line, _lines(case), f"{path}.line", "line")
    for party in band.side if isinstance(band.side, dict) else ():
        case.resolve(party, _parties(case), f"{path}.side.{party}", "party")


def _statements_and_readings(case: Case) -> None:
    accord = case.accord
    every = [id for *_, id in accord.parts()]
    for index, statement in enumerate(accord.statements):
        if _ID.fullmatch(statement.speaker) and statement.speaker not in _parties(case):
            case.report(
                "unknown-speaker",
                f"statements[{index}].speaker",
                f"{statement.speaker!r} is no party; a speaker who is none is given by name",
            )
    for index, interpretation in enumerate(accord.interpretations):
        _each(case, interpretation.about, every, f"interpretations[{index}].about", "part")
    for index, amendment in enumerate(accord.amendments):
        sources = [source.id for source in accord.sources]
        case.resolve(amendment.source, sources, f"amendments[{index}].source", "source")
    for index, question in enumerate(accord.questions):
        if question.provision is not None:
            provisions = [p.id for p in accord.provisions]
            case.resolve(question.provision, provisions, f"questions[{index}].provision", "provision")


def _cycles(case: Case) -> None:
    accord = case.accord
    graphs: tuple[tuple[str, str, Edges], ...] = (
        ("parties", "member_of", {p.id: p.member_of for p in accord.parties}),
        ("provisions", "depends_on", {p.id: p.depends_on for p in accord.provisions}),
        ("zones", "within", {z.id: (z.within,) if z.within else () for z in accord.zones}),
        ("lines", "version_of", {x.id: (x.version_of,) if x.version_of else () for x in accord.lines}),
    )
    for section, field, edges in graphs:
        _report_cycles(case, section, field, {id: _cycle_from(id, edges) for id in edges})
    _report_cycles(case, "provisions", "due", {p.id: anchor_cycle(p.id, accord) for p in accord.provisions})


Edges = Mapping[str, tuple[str, ...]]


def _report_cycles(case: Case, section: str, field: str, cycles: Edges) -> None:
    reported: set[frozenset[str]] = set()
    for index, part in enumerate(getattr(case.accord, section)):
        id, cycle = part.id, cycles[part.id]
        if not cycle or id not in cycle or frozenset(cycle) in reported:
            continue
        reported.add(frozenset(cycle))
        words = " -> ".join(cycle)
        case.report("cycle", f"{section}[{index}].{field}", f"{field} leads in a circle: {words}")


def _cycle_from(start: str, edges: Edges) -> tuple[str, ...]:
    """A shortest path from the id back to itself."""
    paths: list[tuple[str, ...]] = [(start,)]
    seen: set[str] = set()
    while paths:
        path = paths.pop(0)
        for following in edges.get(path[-1], ()):
            if following == start:
                return (*path, start)
            if following not in seen:
                seen.add(following)
                paths.append((*path, following))
    return ()
