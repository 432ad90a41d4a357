"""Cases: an allegation through inquiry, visit, finding and the party's answer to remedy. Pure.

A case is the fold of its steps in the order recorded. `ALLOWED` is the whole state machine: from each
state, which steps may follow and where they lead. A step that is not allowed, lies before the step before it,
or does not say what its kind must say is kept and does not count; the command line records none such. Each
state but the last ones has one clock: what is due next, by whom, in how many days; a day ends at midnight in
the accord's time zone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Any
from zoneinfo import ZoneInfo

from truceline.core.instants import end_of_day
from truceline.evidence.records import CaseStep
from truceline.evidence.versions import place_in_time

OFFICE = "office"
"""Who acts for the record where the accord names nobody who verifies."""

RESULTS = ("confirmed", "not_confirmed", "inconclusive")
"""What a finding says of the allegation."""

_ANYTIME = {"link": "", "visit_refused": ""}
_STOP = {"withdraw": "withdrawn", "close": "closed"}

ALLOWED: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "": {"open": "alleged"},
        "alleged": {"inquiry": "inquiry", "link": "", **_STOP},
        "inquiry": {"visit": "site_visit", "finding": "found", **_ANYTIME, **_STOP},
        "site_visit": {"visit": "site_visit", "finding": "found", **_ANYTIME, **_STOP},
        "found": {"answer": "answered", "appeal": "appealed", "close": "closed"},
        "answered": {
            "answer": "answered", "remedy": "remedied", "appeal": "appealed", "close": "closed",
        },
        "remedied": {"remedy": "remedied", "appeal": "appealed", "close": "closed"},
        "appealed": {"inquiry": "inquiry", "finding": "found", "close": "closed"},
        "closed": {"reopen": "inquiry"},
        "withdrawn": {"reopen": "inquiry"},
    }
)  # fmt: skip
"""From state and step to the state that follows; "" leaves it as it is."""

STATES = tuple(state for state in ALLOWED if state)
ACTS = tuple(dict.fromkeys(act for steps in ALLOWED.values() for act in steps))
OVER = ("closed", "withdrawn")
OF_PARTIES = ("answer", "appeal")
"""Steps that are a party's own, in its name."""

DAYS: Mapping[str, int] = MappingProxyType(
    {"inquiry": 3, "visit": 14, "finding": 7, "answer": 14, "remedy": 30, "closing": 7, "appeal": 21}
)
"""Days that each clock allows where the accord's `verification.case_days` does not say."""


@dataclass(frozen=True, slots=True)
class Next:
    """What is due next on a case: what, by whom, until when (an instant, the end of a day), and whether that
    has passed."""

    what: str
    who: tuple[str, ...]
    due: datetime
    overdue: bool


@dataclass(frozen=True, slots=True)
class CaseFile:
    """A case as its steps leave it. `steps` are those that count, `refused` those that do not."""

    id: str
    state: str = ""
    steps: tuple[CaseStep, ...] = ()
    refused: tuple[CaseStep, ...] = ()
    observations: tuple[str, ...] = ()
    obligations: tuple[str, ...] = ()
    parties: tuple[str, ...] = ()

    def last(self, *acts: str) -> CaseStep | None:
        """The last step of these kinds that counts."""
        return next((step for step in reversed(self.steps) if step.act in acts), None)

    @property
    def title(self) -> str:
        """What the case is called."""
        return str(self.steps[0].said.get("title", "")) if self.steps else ""

    @property
    def finding(self) -> CaseStep | None:
        """The last finding, unless the case was withdrawn or taken up again since."""
        step = self.last("finding", "reopen", "inquiry")
        return step if step is not None and step.act == "finding" and self.state != "withdrawn" else None

    @property
    def appealed(self) -> CaseStep | None:
        """The appeal that waits to be decided."""
        return self.last("appeal") if self.state == "appealed" else None

    def after(self, step: CaseStep) -> CaseFile:
        """The case with one more step."""
        before = self.steps[-1].at if self.steps else step.at
        leads = ALLOWED[self.state].get(step.act)
        if leads is None or step.at < before or not _well_formed(step):
            return replace(self, refused=(*self.refused, step))

        def more(held: tuple[str, ...], name: str) -> tuple[str, ...]:
            return tuple(dict.fromkeys((*held, *map(str, step.said.get(name, ())))))

        return replace(
            self,
            state=leads or self.state,
            steps=(*self.steps, step),
            observations=more(self.observations, "observations"),
            obligations=more(self.obligations, "obligations"),
            parties=more(self.parties, "parties"),
        )


def acts_open(case: CaseFile, *, every: bool, party: str | None) -> tuple[str, ...]:
    """The steps that somebody may take now: of those that follow, `every` one, or a concerned party's own."""
    follow = tuple(ALLOWED[case.state])
    if every:
        return follow
    return tuple(act for act in follow if act in OF_PARTIES and party is not None and party in case.parties)


def _well_formed(step: CaseStep) -> bool:
    """Whether a step says what its kind must say: steps can come from another office's bundle."""
    said = step.said
    if step.act == "finding":
        return (
            said.get("result") in RESULTS
            and isinstance(said.get("finding_id"), str)
            and said.get("reliability", "F") in tuple("ABCDEF")
            and said.get("credibility", 6) in range(1, 7)
        )
    if step.act == "answer" and said.get("remedy_by") is not None:
        try:
            return datetime.fromisoformat(str(said["remedy_by"])).tzinfo is not None
        except ValueError:
            return False
    return True


def words_to_sign(case: CaseFile, act: str, said: Mapping[str, Any]) -> tuple[str, dict[str, Any]]:
    """What a party signs of its step on a case as it is before it: the statement's act and its words. An
    appeal is its objection to the finding; an answer says whether it accepts and what it promises."""
    note, document = said.get("note"), said.get("document")
    if act == "appeal":
        finding = case.last("finding")
        target = finding.said.get("finding_id") if finding else case.id
        return "dispute", {"subject": "finding", "target": target, "reason": note, "document": document}
    words = {"case": case.id, "note": note, "document": document, "accepts": said.get("accepts")}
    promised = said.get("remedy_by")
    return act, words if promised is None else words | {"remedy_by": promised}


def signed_steps(case: CaseFile, held: Mapping[str, Mapping[str, Any]]) -> frozenset[int]:
    """The steps (`seq`) that their party's key signed: their statement is among those that hold (`held`) and
    says the same."""
    before, signed = CaseFile(case.id), set()
    for step in case.steps:
        party, statement = step.said.get("party"), held.get(str(step.said.get("statement")))
        if statement is not None and party is not None:
            act, words = words_to_sign(before, step.act, step.said)
            same = {"act": act, "party": party, "remedy_by": None, **words}
            if all(statement.get(name) == value for name, value in same.items()):
                signed.add(step.seq)
        before = before.after(step)
    return frozenset(signed)


def cases_of(
    steps: Iterable[CaseStep], *, as_of: datetime | None = None, known_at: datetime | None = None
) -> dict[str, CaseFile]:
    """The cases by id, from steps taken by `as_of` and recorded by `known_at` (None: all), in any order.

    Steps of a case that was never opened make none.
    """
    cases: dict[str, CaseFile] = {}
    for step in sorted(steps, key=lambda step: place_in_time(step.recorded_at, step.seq, step.first)):
        if (as_of is not None and step.at > as_of) or (known_at is not None and step.recorded_at > known_at):
            continue
        cases[step.case] = cases.get(step.case, CaseFile(step.case)).after(step)
    return {id: case for id, case in cases.items() if case.steps}


def next_of(
    case: CaseFile,
    zone: ZoneInfo,
    as_of: datetime,
    *,
    days: Mapping[str, float] = MappingProxyType({}),
    verifiers: tuple[str, ...] = (),
) -> Next | None:
    """What is due next; None where the case is over.

    The clock runs from the step that led to the state: its day in `zone` and so many days more. A party that
    accepts a finding may name the day of its remedy itself (`remedy_by`, an instant).
    """
    what = _due_in(case)
    since = case.last(*(act for act in ACTS if act not in _ANYTIME))
    if what is None or since is None:
        return None
    promised = since.said.get("remedy_by") if what == "remedy" else None
    if isinstance(promised, str):
        due = datetime.fromisoformat(promised)
    else:
        allowed = float(days.get(what, DAYS[what]))
        due = end_of_day((since.at.astimezone(zone) + timedelta(days=allowed)).date(), zone)
    acting = case.parties if what in ("answer", "remedy") else (verifiers or (OFFICE,))
    return Next(what, acting or (OFFICE,), due, due <= as_of)


def _due_in(case: CaseFile) -> str | None:
    """The clock that runs in the case's state."""
    if case.state == "found":
        finding = case.last("finding")
        return "answer" if finding and finding.said.get("result") == "confirmed" else "closing"
    if case.state == "answered":
        answer = case.last("answer")
        return "remedy" if answer and answer.said.get("accepts") else "closing"
    return {
        "alleged": "inquiry", "inquiry": "visit", "site_visit": "finding", "remedied": "closing",
        "appealed": "appeal",
    }.get(case.state)  # fmt: skip


def seen_by(case: CaseFile, edition: str) -> list[dict[str, Any]]:
    """The steps as an edition shows them: `public` (what and when, and what a finding says), `parties` (also
    what was alleged, answered and handed in), `internal` (also who recorded it)."""
    told = []
    for step in case.steps:
        shown: dict[str, Any] = {"step": f"case_step:{step.seq}", "act": step.act, "at": step.at}
        shown |= {name: step.said[name] for name in _PUBLIC if name in step.said}
        if edition in ("parties", "internal"):
            shown |= {name: value for name, value in step.said.items() if name not in shown}
        if edition == "internal":
            shown["author"] = step.author
        told.append(shown)
    return told


EDITIONS = ("public", "parties", "internal")
_PUBLIC = ("result", "reliability", "credibility", "finding_id", "accepts", "remedy_by", "party")
