"""Whether all who must have signed what is in use: an accord's version, a zone, a line. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from truceline.evidence.statements import Proposal

STATES = ("confirmed", "changed", "disputed", "partly", "unconfirmed")


@dataclass(frozen=True, slots=True)
class Confirmation:
    """How what is in use is confirmed.

    `state` is `confirmed` where all who must have signed this digest; `changed` where they signed another
    one, `signed_digest`, and this one is not confirmed; `disputed` while one objects to this one; `partly`
    where some have signed it; else `unconfirmed`. `digest` is None where it is not drawn.
    """

    kind: str
    id: str
    digest: str | None
    state: str
    must: tuple[str, ...]
    consented_by: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    objected_by: tuple[str, ...] = ()
    proposal: str | None = None
    signed_digest: str | None = None

    def as_dict(self) -> dict[str, Any]:
        """The confirmation as plain JSON data."""
        return {
            "subject": f"{self.kind}:{self.id}",
            "digest": self.digest,
            "state": self.state,
            "must": list(self.must),
            "consented_by": list(self.consented_by),
            "missing": list(self.missing),
            "objected_by": list(self.objected_by),
            "proposal": self.proposal,
            "signed_digest": self.signed_digest,
        }


def confirmation_of(
    proposals: Iterable[Proposal], kind: str, id: str, digest: str | None, must: tuple[str, ...]
) -> Confirmation:
    """How a subject with this digest is confirmed, from proposals in the order recorded; the last one of a
    digest counts."""
    about = [one for one in proposals if (one.subject.kind, one.subject.id) == (kind, id)]
    same = [one for one in about if one.subject.value == digest]
    others = [one for one in about if one.subject.value != digest and one.in_force(must)]
    now = same[-1] if same else None
    agreed = tuple(party for party in must if now is not None and party in now.consented_by())
    objecting = now.objected_by() if now is not None else ()
    if now is not None and objecting:
        state = "disputed"
    elif now is not None and now.in_force(must):
        state = "confirmed"
    elif others:
        state = "changed"
    else:
        state = "partly" if agreed else "unconfirmed"
    return Confirmation(
        kind,
        id,
        digest,
        state,
        must,
        agreed,
        tuple(party for party in must if party not in agreed),
        objecting,
        now.id if now is not None else None,
        others[-1].subject.value if others and state != "confirmed" else None,
    )
