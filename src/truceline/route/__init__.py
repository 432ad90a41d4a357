"""Promised routes: what reports say of their stretches, and of the way from end to end."""

from truceline.route.passage import MOST_WORDS, Block, Passage, Says, Stretch, Word, passage_of

__all__ = ["MOST_WORDS", "Block", "Passage", "Says", "Stretch", "Word", "passage_of"]
