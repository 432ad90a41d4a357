"""Names of actors in the data matched to the parties of an accord."""

from truceline.evidence.actors.match import ActorMatch, Alternative, match_actors, unmatched

__all__ = ["ActorMatch", "Alternative", "match_actors", "unmatched"]
