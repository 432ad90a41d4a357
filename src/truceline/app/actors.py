"""Which party the names in a workspace's evidence mean, and an analyst's judgements on them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from truceline.accord.model import Accord
from truceline.app.ingest import count_names
from truceline.core.errors import InvalidInput
from truceline.evidence.actors import ActorMatch, match_actors
from truceline.evidence.actors.known import is_nobody
from truceline.evidence.ports import ActorMapping, ObservationStore, current, disagreements, mapping_of
from truceline.store.workspace import Workspace


@dataclass(frozen=True, slots=True)
class NamedActor:
    """A name in the data: how often it stands there, which party it means, how surely, and why.

    `alternatives` are parties that it could also mean; `judged` says whether an analyst decided; `offices`
    are the last judgements of each office where they differ: its log (None: this one), and the party.
    """

    name: str
    count: int
    party: str | None
    confidence: float
    reason: str
    alternatives: tuple[str, ...] = ()
    judged: bool = False
    offices: tuple[tuple[str | None, str | None], ...] = ()

    @property
    def settled(self) -> bool:
        """Whether there is nothing left to decide: an analyst did, or the name stands for nobody."""
        return self.judged or is_nobody(self.name)

    def as_dict(self) -> dict[str, Any]:
        """The actor as plain JSON data."""
        return {
            "name": self.name,
            "count": self.count,
            "party": self.party,
            "confidence": self.confidence,
            "reason": self.reason,
            "alternatives": list(self.alternatives),
            "judged": self.judged,
            "offices_differ": [{"office": office, "party": party} for office, party in self.offices],
        }


def matches_known(
    accord: Accord, store: ObservationStore, names: list[str], known_at: datetime | None = None
) -> dict[str, ActorMatch]:
    """What each name means, with the judgements recorded by `known_at` before everything else."""
    judged = mapping_of(store.actor_mappings(known_at))
    return match_actors(accord, names, {name: party or "none" for name, party in judged.items()})


def actors(workspace: Workspace, known_at: datetime | None = None) -> list[NamedActor]:
    """The names among actors and targets of the observations that stand, the most frequent first."""
    accord = workspace.accord()
    with workspace.store() as store:
        counts = count_names(current(store.observations(known_at), None, store.corrections(known_at)))
        judgements = store.actor_mappings(known_at)
        judged, differ = mapping_of(judgements), disagreements(judgements)
        matches = matches_known(accord, store, list(counts), known_at)
    return [
        NamedActor(
            name=name,
            count=count,
            party=matches[name].party,
            confidence=matches[name].confidence,
            reason=matches[name].reason,
            alternatives=tuple(other.party for other in matches[name].alternatives),
            judged=name in judged,
            offices=tuple(differ.get(name, {}).items()),
        )
        for name, count in sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    ]


def map_actor(workspace: Workspace, name: str, party: str | None, *, note: str | None = None) -> ActorMapping:
    """Records that a name means a party of the accord, or none, from now on. Raises InvalidInput."""
    accord = workspace.accord()
    if party is not None and accord.party(party) is None:
        accepted = ", ".join(known.id for known in accord.parties)
        raise InvalidInput(f"party: found {party!r}; accepted: an id of the accord's parties ({accepted})")
    with workspace.store() as store, store.write() as writer:
        writer.record_accord(workspace.accord_text())
        return writer.map_actor(name, party, note=note)
