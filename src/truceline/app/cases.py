"""Cases of a workspace: opened, taken through their steps, listed and shown."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from truceline.accord.model import Accord, Verification
from truceline.app.consent import need_own, need_party, record_signed
from truceline.app.consent_elsewhere import recorded_as_prepared
from truceline.app.corrections import Said, kept_document, key_of
from truceline.core.errors import Conflict, InvalidInput, NotFound
from truceline.core.instants import isoformat_utc, zone_of
from truceline.evidence.cases import (
    ALLOWED,
    DAYS,
    EDITIONS,
    OF_PARTIES,
    OVER,
    RESULTS,
    CaseFile,
    Next,
    cases_of,
    next_of,
    seen_by,
    signed_steps,
    words_to_sign,
)
from truceline.evidence.ports import StoreWriter
from truceline.evidence.statements import that_hold, write_statement
from truceline.store.workspace import Workspace

LONGEST = 20_000
"""Characters of an allegation or a note."""


@dataclass(frozen=True, slots=True)
class Opened:
    """What a case is opened with. `reporter` is kept apart from the case and shown to the office alone."""

    title: str
    allegation: str
    observations: tuple[str, ...] = ()
    obligations: tuple[str, ...] = ()
    parties: tuple[str, ...] = ()
    reporter: str | None = None


@dataclass(frozen=True, slots=True)
class Shown:
    """A case, what is due next on it, who brought it (None: not known, or not for this edition), and which of
    its steps (`seq`) the party's key signed."""

    case: CaseFile
    due: Next | None
    reporter: str | None = None
    signed: frozenset[int] = frozenset()


def open_case(workspace: Workspace, opened: Opened, said: Said, *, at: datetime | None = None) -> Shown:
    """Opens a case. Raises InvalidInput for parties or obligations that the accord lacks, NotFound for
    observations that are not held."""
    accord = workspace.accord()
    what = {
        "title": _words("title", opened.title),
        "allegation": _words("allegation", opened.allegation),
        **_linked(workspace, opened.observations, opened.obligations, opened.parties),
    }
    with workspace.store() as store, store.write() as writer:
        document = kept_document(workspace, said.document)
        made = hashlib.blake2b(f"{writer.origin}:{writer.next_entry()}".encode(), digest_size=6)
        id = f"case-{made.hexdigest()}"
        step = writer.record_case_step(
            id, "open", at=at, author=said.author, said=_filled(what | {"document": document})
        )
        if opened.reporter is not None:
            writer.record_case_reporter(id, opened.reporter)
    case = cases_of([step])[id]
    return Shown(case, due_next(accord, case, datetime.now(UTC)))


def take_step(
    workspace: Workspace,
    id: str,
    act: str,
    said: Said,
    what: Mapping[str, Any] | None = None,
    *,
    at: datetime | None = None,
) -> Shown:
    """Records a step of a case; `said.reason` is its note, `what` else it says.

    Raises NotFound, Conflict where the case does not allow the step now, InvalidInput.
    """
    accord = workspace.accord()
    private = key_of(workspace, said)
    what = dict(what or {})
    named = (tuple(what.pop(name, ())) for name in ("observations", "obligations", "parties"))
    what |= _linked(workspace, *named)
    with workspace.store() as store, store.write() as writer:
        with workspace.store(read_only=True) as reader:
            case = _case(cases_of(reader.case_steps()), id)
        _need_step(case, act, said.party, at)
        if act == "finding":
            number = 1 + sum(step.act == "finding" for step in case.steps)
            what["finding_id"] = f"find-{id.removeprefix('case-')}-{number}"
        what |= {
            "note": _words("note", said.reason),
            "party": said.party,
            "document": kept_document(workspace, said.document),
        }
        what["statement"] = _signed(writer, private, case, act, said, what)
        step = writer.record_case_step(id, act, at=at, author=said.author, said=_filled(what))
        case = case.after(step)
    return Shown(case, due_next(accord, case, datetime.now(UTC)))


def prepare_step(workspace: Workspace, id: str, act: str, said: Said, what: Mapping[str, Any]) -> str:
    """The words by which a party answers or appeals, for its key elsewhere. Records nothing.

    Raises NotFound, Conflict where the case does not allow the step now, InvalidInput.
    """
    key_of(workspace, said)
    if act not in OF_PARTIES or said.party is None:
        raise InvalidInput(f"a party signs its own steps; accepted: {', '.join(OF_PARTIES)}")
    with workspace.store(read_only=True) as store:
        case = _case(cases_of(store.case_steps()), id)
        with store.log() as log:
            origin = log.origin
    _need_step(case, act, said.party, None)
    told = {**what, "note": _words("note", said.reason), "document": said.document}
    named, words = words_to_sign(case, act, told)
    return write_statement(origin, named, said.party, **words)


def list_cases(
    workspace: Workspace, *, as_of: datetime, known_at: datetime | None = None, overdue: bool = False
) -> list[Shown]:
    """All cases as they stood at `as_of`, the open ones first, by what is due soonest. No reporters."""
    accord = workspace.accord()
    with workspace.store(read_only=True) as store:
        cases = cases_of(store.case_steps(known_at), as_of=as_of, known_at=known_at)
    shown = [Shown(case, due_next(accord, case, as_of)) for case in cases.values()]
    shown = [one for one in shown if not overdue or (one.due is not None and one.due.overdue)]
    last = datetime.max.replace(tzinfo=UTC)
    return sorted(shown, key=lambda one: (one.due is None, one.due.due if one.due else last, one.case.id))


def show_case(
    workspace: Workspace,
    id: str,
    *,
    as_of: datetime,
    known_at: datetime | None = None,
    edition: str = "parties",
) -> Shown:
    """One case; who brought it only in the edition `internal`. Raises NotFound, InvalidInput."""
    if edition not in EDITIONS:
        raise InvalidInput(f"--edition: found {edition!r}; accepted: {', '.join(EDITIONS)}")
    accord = workspace.accord()
    with workspace.store(read_only=True) as store:
        case = _case(cases_of(store.case_steps(known_at), as_of=as_of, known_at=known_at), id)
        brought = [one.reporter for one in store.case_reporters(known_at) if one.case == id]
        with store.log() as log:
            signed = signed_steps(case, that_hold(store.statements(), log.origin))
    reporter = brought[-1] if brought and edition == "internal" else None
    return Shown(case, due_next(accord, case, as_of), reporter, signed)


def due_next(accord: Accord, case: CaseFile, as_of: datetime) -> Next | None:
    """What is due next on a case by the accord's clocks, its time zone and whom it names to verify."""
    verifiers = dict.fromkeys(
        party for one in accord.provisions if isinstance(one, Verification) for party in one.by
    )
    days: Mapping[str, float] = {str(name): float(n) for name, n in accord.verification.case_days.items()}
    return next_of(
        case, zone_of(accord.accord.time_zone), as_of, days={**DAYS, **days}, verifiers=tuple(verifiers)
    )


def as_row(shown: Shown) -> dict[str, Any]:
    """A case in a list, as plain JSON data: nothing of who brought it or what was alleged."""
    case, due, finding = shown.case, shown.due, shown.case.finding
    return {
        "case": case.id,
        "title": case.title,
        "state": case.state,
        "opened_at": isoformat_utc(case.steps[0].at),
        "since": isoformat_utc(case.steps[-1].at),
        "obligations": list(case.obligations),
        "observations": list(case.observations),
        "parties": list(case.parties),
        "finding": finding.said.get("finding_id") if finding else None,
        "result": finding.said.get("result") if finding else None,
        "next": due_as_dict(due),
    }


def as_page(shown: Shown, edition: str) -> dict[str, Any]:
    """A case for one edition, as plain JSON data."""
    steps = [
        told | {"at": isoformat_utc(told["at"]), "signed": step.seq in shown.signed}
        for told, step in zip(seen_by(shown.case, edition), shown.case.steps, strict=True)
    ]
    page = as_row(shown) | {"edition": edition, "steps": steps}
    if edition == "internal":
        page["reporter"] = shown.reporter
        page["not_counted"] = [
            {"step": f"case_step:{step.seq}", "act": step.act, "at": isoformat_utc(step.at)}
            for step in shown.case.refused
        ]
    return page


def due_as_dict(due: Next | None) -> dict[str, Any] | None:
    """What is due next, as plain JSON data."""
    if due is None:
        return None
    return {
        "what": due.what,
        "who": list(due.who),
        "due": isoformat_utc(due.due),
        "overdue": due.overdue,
    }


def _case(cases: Mapping[str, CaseFile], id: str) -> CaseFile:
    if id in cases:
        return cases[id]
    near = [one for one in cases if one.startswith(id[:8])]
    raise NotFound(
        f"there is no case {id}",
        hint=f"did you mean {', '.join(near[:3])}?" if near else "truceline case list WORKSPACE",
    )


def _need_allowed(case: CaseFile, act: str, at: datetime | None) -> None:
    if act not in ALLOWED[case.state]:
        accepted = ", ".join(ALLOWED[case.state])
        raise Conflict(f"{case.id} is {case.state}: found {act}; accepted now: {accepted}")
    if at is not None and at < case.steps[-1].at:
        raise Conflict(
            f"{case.id}: a step of {isoformat_utc(at)} cannot follow the one of "
            f"{isoformat_utc(case.steps[-1].at)}"
        )


def _need_step(case: CaseFile, act: str, party: str | None, at: datetime | None) -> None:
    """Raises Conflict where the case does not allow the step now, InvalidInput where a party must be named or
    is not one of the case's."""
    _need_allowed(case, act, at)
    if act == "appeal" and party is None:
        raise InvalidInput("an appeal is a party's; accepted: --party ID")
    if act in OF_PARTIES and party is not None and case.parties and party not in case.parties:
        raise InvalidInput(
            f"{party} is not a party to {case.id}; accepted: {', '.join(case.parties)}",
            hint="truceline case step WORKSPACE CASE link --party ID",
        )


def _signed(
    writer: StoreWriter,
    private: Ed25519PrivateKey | None,
    case: CaseFile,
    act: str,
    said: Said,
    what: Mapping[str, Any],
) -> str | None:
    """The digest of what the party signs, here or elsewhere; None where it signs nothing."""
    if said.party is None or (private is None and said.signed is None):
        return None
    named, words = words_to_sign(case, act, what)
    if private is not None:
        need_own(writer, said.party, private)
        return record_signed(writer, private, named, said.party, **words).digest
    assert said.signed is not None
    return recorded_as_prepared(writer, said.signed, named, said.party, words).digest


def _linked(
    workspace: Workspace, observations: Sequence[str], obligations: Sequence[str], parties: Sequence[str]
) -> dict[str, list[str]]:
    accord = workspace.accord()
    for party in parties:
        need_party(workspace, party)
    for id in obligations:
        if accord.provision(id) is None:
            accepted = ", ".join(provision.id for provision in accord.provisions)
            raise InvalidInput(f"obligation: found {id!r}; accepted: {accepted}")
    if observations:
        with workspace.store(read_only=True) as store:
            held = set(store.observations()["id"].to_pylist())
        absent = [id for id in observations if id not in held]
        if absent:
            raise NotFound(f"there is no observation {', '.join(absent)}")
    named = {"observations": observations, "obligations": obligations, "parties": parties}
    return {name: list(dict.fromkeys(ids)) for name, ids in named.items() if ids}


def _words(name: str, text: str) -> str:
    if not text.strip() or len(text) > LONGEST:
        raise InvalidInput(f"the {name} is empty or longer than {LONGEST:,} characters; accepted: words")
    return text.strip()


def _filled(what: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in what.items() if value is not None}


__all__ = [
    "OVER", "RESULTS", "Opened", "Shown", "list_cases", "open_case", "prepare_step", "show_case", "take_step",
]  # fmt: skip
