"""The permission matrix: what each role may see and do. One table, from which everything else is made.

The decisions of the web interface, the roles of a database server (`truceline.evidence.audiences`), the
editions of reports and exports, the tests and the page docs/reference/permissions.md read this table and
nothing else. A role or a kind that is not in it may do nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from truceline.core.errors import InvalidInput

CELL_DEG = 0.1
"""How coarse places are for those who may not see them exactly: cells of this many degrees."""

DELAY = timedelta(hours=72)
"""How old a record must be for those who see it with delay."""


class Role(StrEnum):
    """Who somebody is to the system. A liaison is one of a party; `public` is whoever has not signed in."""

    PUBLIC = "public"
    OBSERVER = "observer"
    LIAISON = "liaison"
    ANALYST = "analyst"
    MONITOR = "monitor"
    ADMINISTRATOR = "administrator"


class Grant(StrEnum):
    """How much of a kind a role may see or do.

    `none`: nothing, not even that there is any. `own`: what is its party's, or in its party's name.
    `coarsened`: in cells of `CELL_DEG`. `delayed`: once it is `DELAY` old. `all`: all of it, as it is.
    """

    NONE = "none"
    OWN = "own"
    COARSENED = "coarsened"
    DELAYED = "delayed"
    ALL = "all"


class Kind(StrEnum):
    """What can be seen (nouns) or done (verbs)."""

    ACCORD = "accord"
    ZONES = "zones"
    VERDICTS = "verdicts"
    DISPUTES = "disputes"
    OBSERVATIONS = "observations"
    PLACES = "places"
    REPORTERS = "reporters"
    CONFIDENTIAL = "confidential"
    CORRECTIONS = "corrections"
    EFFORT = "effort"
    ROUTES = "routes"
    WEAPONS = "weapons"
    PATROL_COVERAGE = "patrol_coverage"
    PATROL_TRACKS = "patrol_tracks"
    PATROL_PLANS = "patrol_plans"
    DESIGNATIONS = "designations"
    CASES = "cases"
    CASE_FILES = "case_files"
    CASE_REPORTERS = "case_reporters"
    LOG = "log"
    PROOFS = "proofs"
    ACCOUNTS = "accounts"
    READINGS_LOG = "readings_log"
    RECORD = "record"
    RATE = "rate"
    CORRECT = "correct"
    DISPUTE = "dispute"
    SIGN = "sign"
    OPEN_CASE = "open_case"
    STEP_CASE = "step_case"
    ANSWER_CASE = "answer_case"
    RESTRICT = "restrict"
    DRAFT = "draft"
    PUBLISH = "publish"
    EXPORT = "export"
    ALERT = "alert"
    MANAGE_ACCOUNTS = "manage_accounts"


@dataclass(frozen=True, slots=True)
class Row:
    """One kind: what it is in words, and what each role may of it, in the order of `Role`."""

    kind: Kind
    words: str
    grants: tuple[Grant, ...]


def _row(kind: Kind, words: str, *grants: str) -> Row:
    return Row(kind, words, tuple(Grant(grant) for grant in grants))


# fmt: off
MATRIX: tuple[Row, ...] = (
    #    public       observer     liaison      analyst monitor administrator
    _row(Kind.ACCORD, "the accord: text, provisions, quotes, interpretations",
         "all",       "all",       "all",       "all",  "all",  "all"),
    _row(Kind.ZONES, "lines, zones and sectors, and the audit of their depth",
         "all",       "all",       "all",       "all",  "all",  "all"),
    _row(Kind.VERDICTS, "the status of each obligation with its reasons, from what the role may see",
         "delayed",   "all",       "all",       "all",  "all",  "all"),
    _row(Kind.DISPUTES, "who objects to what, and who supports it",
         "delayed",   "all",       "all",       "all",  "all",  "all"),
    _row(Kind.OBSERVATIONS, "what was observed, when and with what rating, unless it is confidential",
         "delayed",   "all",       "all",       "all",  "all",  "all"),
    _row(Kind.PLACES, "where it was observed (a party's own submissions exactly)",
         "coarsened", "coarsened", "coarsened", "all",  "all",  "all"),
    _row(Kind.REPORTERS, "who reported: sources, where they stood, what they wrote, photographs, files",
         "none",      "none",      "none",      "none", "all",  "all"),
    _row(Kind.CONFIDENTIAL, "confidential submissions",
         "none",      "none",      "own",       "all",  "all",  "all"),
    _row(Kind.CORRECTIONS, "who corrected what, and why",
         "none",      "none",      "none",      "all",  "all",  "all"),
    _row(Kind.EFFORT, "how long and where somebody looked, and where nobody did",
         "delayed",   "all",       "all",       "all",  "all",  "all"),
    _row(Kind.ROUTES, "the status of each transport route",
         "delayed",   "all",       "all",       "all",  "all",  "all"),
    _row(Kind.WEAPONS, "the weapons ledger: declared, seen, stored and missing",
         "none",      "none",      "own",       "all",  "all",  "all"),
    _row(Kind.PATROL_COVERAGE, "what share of each sector was patrolled",
         "delayed",   "all",       "all",       "all",  "all",  "all"),
    _row(Kind.PATROL_TRACKS, "the tracks that patrols drove",
         "none",      "none",      "none",      "all",  "all",  "all"),
    _row(Kind.PATROL_PLANS, "where patrols will go",
         "none",      "none",      "none",      "none", "all",  "all"),
    _row(Kind.DESIGNATIONS, "what is proposed, and who has consented or objected",
         "all",       "all",       "all",       "all",  "all",  "all"),
    _row(Kind.CASES, "cases: what was done when, what is due next, what was found",
         "all",       "all",       "all",       "all",  "all",  "all"),
    _row(Kind.CASE_FILES, "what was alleged, answered and handed in (own: in cases that concern its party)",
         "none",      "none",      "own",       "all",  "all",  "all"),
    _row(Kind.CASE_REPORTERS, "who brought an allegation",
         "none",      "none",      "none",      "none", "all",  "all"),
    _row(Kind.LOG, "the signed heads of the log, and whether the record is complete",
         "all",       "all",       "all",       "all",  "all",  "all"),
    _row(Kind.PROOFS, "proofs with the content of what they prove",
         "none",      "none",      "none",      "none", "all",  "all"),
    _row(Kind.ACCOUNTS, "who has an account, and of what role",
         "none",      "none",      "none",      "none", "none", "all"),
    _row(Kind.READINGS_LOG, "who read which sensitive data",
         "none",      "none",      "none",      "none", "none", "all"),
    _row(Kind.RECORD, "record an observation (own: as a submission of its party)",
         "none",      "none",      "own",       "all",  "all",  "all"),
    _row(Kind.RATE, "rate an observation and its source",
         "none",      "none",      "none",      "all",  "all",  "all"),
    _row(Kind.CORRECT, "correct, retract and reinstate",
         "none",      "none",      "none",      "all",  "all",  "all"),
    _row(Kind.DISPUTE, "object, support, withdraw an objection (own: in its party's name)",
         "none",      "none",      "own",       "all",  "all",  "all"),
    _row(Kind.SIGN, "propose, consent to, object to and withdraw designations, with its party's key",
         "none",      "none",      "own",       "none", "none", "none"),
    _row(Kind.OPEN_CASE, "open a case",
         "none",      "none",      "own",       "all",  "all",  "all"),
    _row(Kind.STEP_CASE, "take a case through inquiry, visit, finding and closing",
         "none",      "none",      "none",      "all",  "all",  "all"),
    _row(Kind.ANSWER_CASE, "answer and appeal a finding (own: in its party's name)",
         "none",      "none",      "own",       "all",  "all",  "all"),
    _row(Kind.RESTRICT, "make a submission confidential, or open it again",
         "none",      "none",      "none",      "none", "all",  "all"),
    _row(Kind.DRAFT, "confirm sentences of a draft and answer its questions",
         "none",      "none",      "none",      "all",  "none", "all"),
    _row(Kind.PUBLISH, "publish an assessment",
         "none",      "none",      "none",      "all",  "none", "all"),
    _row(Kind.EXPORT, "take out what it may see as a file",
         "all",       "all",       "all",       "all",  "all",  "all"),
    _row(Kind.ALERT, "have alerts sent elsewhere",
         "none",      "none",      "none",      "all",  "all",  "all"),
    _row(Kind.MANAGE_ACCOUNTS, "make, change and end accounts",
         "none",      "none",      "none",      "none", "none", "all"),
)
# fmt: on

_ROLES = tuple(Role)
_GRANTS = {(role, row.kind): grant for row in MATRIX for role, grant in zip(_ROLES, row.grants, strict=True)}


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads or acts: a role, and for a liaison its party. Raises InvalidInput where these do not fit."""

    role: Role
    party: str | None = None

    def __post_init__(self) -> None:
        if (self.role is Role.LIAISON) != (self.party is not None):
            raise InvalidInput(
                f"the role {self.role} {'needs' if self.role is Role.LIAISON else 'has no'} party"
            )

    def grant(self, kind: Kind) -> Grant:
        """What the matrix grants; nothing where it does not say."""
        return _GRANTS.get((self.role, kind), Grant.NONE)

    def may(self, kind: Kind) -> bool:
        """Whether anything is granted."""
        return self.grant(kind) is not Grant.NONE

    @property
    def delay(self) -> timedelta:
        """How old a record must be for this reader."""
        return DELAY if self.grant(Kind.OBSERVATIONS) is Grant.DELAYED else timedelta()

    def known_at(self, asked: datetime | None, now: datetime) -> datetime:
        """Up to when this reader's knowledge reaches who asks at `now` for what was known at `asked`."""
        latest = now - self.delay
        return latest if asked is None else min(asked, latest)

    @property
    def exact(self) -> bool:
        """Whether places are shown as they were recorded."""
        return self.grant(Kind.PLACES) is Grant.ALL

    @property
    def edition(self) -> str:
        """Which edition of reports and cases this reader gets: ``public``, ``parties`` or ``internal``."""
        if self.may(Kind.CASE_REPORTERS):
            return "internal"
        return "parties" if self.may(Kind.CASE_FILES) else "public"


PUBLIC = Reader(Role.PUBLIC)
EDITION_ROLES = {"public": Role.PUBLIC, "parties": Role.OBSERVER, "internal": Role.MONITOR}
"""The role whose rights an edition of a report or an export has. The edition for the parties goes to all of
them, so it holds nothing confidential of any one: an observer's rights."""


_SEEN = tuple(kind for kind in Kind)[: tuple(Kind).index(Kind.RECORD)]


def _no_more(less: Grant, more: Grant) -> bool:
    """Whether whoever is granted `more` sees all that `less` shows."""
    return less in (Grant.NONE, more) or more is Grant.ALL


def editions_for(reader: Reader) -> tuple[str, ...]:
    """The editions of which a reader may see everything, from the one that holds least."""
    return tuple(
        edition
        for edition, role in EDITION_ROLES.items()
        if all(_no_more(Reader(role).grant(kind), reader.grant(kind)) for kind in _SEEN)
    )


def readers(parties: tuple[str, ...]) -> list[Reader]:
    """Every reader that an accord with these parties can have: from who sees least to who sees most."""
    return [
        Reader(role, party) for role in _ROLES for party in (parties if role is Role.LIAISON else (None,))
    ]
