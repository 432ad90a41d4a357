"""What parties sign for in a workspace: a group for a list, the accord's version, a zone, a line."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from truceline.accord.digests import accord_digest, line_digest, who_confirms, zone_digest
from truceline.accord.effective import effective
from truceline.accord.model import Accord, Designation
from truceline.accord.versions import has_versions, version_at
from truceline.core.errors import InvalidInput, NotFound
from truceline.core.instants import zone_of
from truceline.evidence.confirmations import Confirmation, confirmation_of
from truceline.evidence.statements import CONFIRMED, Proposal, Subject
from truceline.store.workspace import Workspace

ACCEPTED = "accord, zone:ID or line:ID"


def designation_of(accord: Accord, group: str) -> Subject:
    """A group for the accord's list. Raises InvalidInput where the accord has no such list, or several."""
    found = [one for one in accord.provisions if isinstance(one, Designation)]
    if len(found) != 1:
        raise InvalidInput(f"the accord has {len(found)} provisions on a list made together; accepted: one")
    return Subject("designation", found[0].id, group)


def subject_now(workspace: Workspace, name: str, as_of: datetime) -> Subject:
    """The subject of that name as it is now: ``accord``, ``zone:ID`` or ``line:ID``, with its digest.

    Raises InvalidInput for another name, NotFound for a part that the accord lacks or that is not drawn.
    """
    kind, _, id = name.partition(":")
    accord = workspace.accord()
    if kind not in CONFIRMED or (kind == "accord") == bool(id and id != accord.accord.id):
        raise InvalidInput(f"--subject: found {name!r}; accepted: {ACCEPTED}")
    id = accord.accord.id if kind == "accord" else id
    digest = digest_in_use(accord, workspace.root, workspace.accord_text(), kind, id, as_of)
    if digest is None:
        ids = [part.id for part in (accord.zones if kind == "zone" else accord.lines)]
        raise NotFound(
            f"{name} is not in the accord or not drawn; the accord has: {', '.join(ids) or 'none'}"
        )
    return Subject(kind, id, digest)


def digest_in_use(
    accord: Accord, root: Path, text: str, kind: str, id: str, as_of: datetime, reading: str | None = None
) -> str | None:
    """The digest of a subject as it stands at `as_of` under a reading; None where there is none or it is not
    drawn. `text` is the accord's own."""
    if kind == "accord":
        return accord_digest(text)
    standing = effective(accord, at=as_of, reading=reading)
    zone, line = standing.zone(id), standing.line(id)
    if kind == "zone":
        return zone_digest(zone, standing, root) if zone is not None else None
    return line_digest(line, root) if line is not None else None


def must_sign(accord: Accord, subject: Subject) -> tuple[str, ...]:
    """Who must all sign for a subject to be in force."""
    if subject.kind == "designation":
        provision = accord.provision(subject.id)
        return (provision.by or provision.parties) if isinstance(provision, Designation) else ()
    return who_confirms(accord, subject.kind, subject.id)


def confirmations_in(
    accord: Accord,
    root: Path,
    text: str,
    proposals: Iterable[Proposal],
    *,
    as_of: datetime,
    known_at: datetime | None = None,
    reading: str | None = None,
) -> tuple[Confirmation, ...]:
    """How the accord's version, its zones, and the versions of its lines in force at `as_of` are confirmed,
    from proposals as they stood then. What nobody has drawn is left out."""
    held = list(proposals)
    day = as_of.astimezone(zone_of(accord.accord.time_zone)).date() if has_versions(accord) else None
    asked = [("accord", accord.accord.id), *(("zone", zone.id) for zone in accord.zones)]
    for line in accord.lines:
        if line.version_of is None:
            in_force = version_at(accord, line.id, day, known_at)
            asked.append(("line", in_force.id if in_force is not None else line.id))
    found = []
    for kind, id in asked:
        digest = digest_in_use(accord, root, text, kind, id, as_of, reading)
        if digest is not None:
            found.append(confirmation_of(held, kind, id, digest, who_confirms(accord, kind, id)))
    return tuple(found)
