"""Which version of a row stands where several offices recorded it, each in its own order.

A row of a source (its lineage) can be revised; offices that cannot reach each other may record the versions
in different orders, or only some of them. What stands must be the same in every office that holds the same
logs, whatever the order in which they came. So it is worked out from what the logs say and nothing else:

- a version is as old as its **first recording** in any log: the least of (the office's own instant, the name
  of the log, the number of the row in it);
- of a lineage's versions the newest by this stands; each supersedes the one before it;
- what a row itself names to be replaced counts as in the lineage's first recording. The name means the row
  that that log has under this id; else, if it is a lineage, its oldest version; else the version that has
  this id where it is not the first (`truceline.evidence.identity.revision_id`);
- of rows that replace one another in a circle the newest stands.

This is a function of a set of recordings that only grows, the union of what the logs hold: merging is
commutative, associative and idempotent because union is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True, order=True)
class Recording:
    """Where and when a row was recorded: the office's own instant in microseconds since 1970, its log, the
    row's number there. These order what several offices recorded, and the order is the same everywhere."""

    instant: int
    log: str
    row: int


def place_in_time(recorded_at: datetime, seq: int, first: Recording | None) -> tuple[int, str, int]:
    """Where something stands among what all offices recorded: by its first recording anywhere, if several
    offices are known; else by our own instant and number."""
    if first is not None:
        return first.instant, first.log, first.row
    return (recorded_at - _EPOCH) // timedelta(microseconds=1), "", seq


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a row: its id here, the id of its lineage, its recordings (at least one).

    `revision` is the id that it has where it is not the first version. `named` says, by log, what the row
    there names itself to be replaced.
    """

    id: str
    lineage: str
    revision: str
    recordings: Sequence[Recording]
    named: Mapping[str, str] = field(default_factory=dict)

    @property
    def first(self) -> Recording:
        """Its first recording."""
        return min(self.recordings)


def replaced_by_each(
    versions: Iterable[Version], meaning: Callable[[str, str], str | None]
) -> dict[str, str | None]:
    """What each version supersedes, by its id here: another's id, a name of nothing that is held, or None.

    `versions` are all of each lineage that is among them. `meaning(log, name)` gives the id here of the row
    that a log has under a name, if it recorded one.
    """
    lineages: dict[str, list[Version]] = {}
    for version in versions:
        lineages.setdefault(version.lineage, []).append(version)
    for some in lineages.values():
        some.sort(key=lambda version: version.first)
    revisions = {version.revision: version.id for some in lineages.values() for version in some}
    replaces: dict[str, str | None] = {}
    age: dict[str, Recording] = {}
    for some in lineages.values():
        for before, version in zip((None, *some), some, strict=False):
            age[version.id] = version.first
            if before is not None:
                replaces[version.id] = before.id
                continue
            log = version.first.log
            name = version.named.get(log)
            if name is not None:
                meant = meaning(log, name)
                if meant is None and name in lineages:
                    meant = lineages[name][0].id
                name = revisions.get(name, name) if meant is None else meant
            replaces[version.id] = name
    _open_circles(replaces, age)
    return replaces


def _open_circles(replaces: dict[str, str | None], age: Mapping[str, Recording]) -> None:
    """Of rows that replace one another in a circle, the newest is not replaced."""
    done: set[str] = set()
    for start in list(replaces):
        path: list[str] = []
        on_path: dict[str, int] = {}
        at: str | None = start
        while at is not None and at in replaces and at not in done and at not in on_path:
            on_path[at] = len(path)
            path.append(at)
            at = replaces[at]
        if at is not None and at in on_path:
            circle = path[on_path[at] :]
            newest = max(circle, key=lambda id: age[id])
            replaces[circle[circle.index(newest) - 1]] = None
        done.update(path)
