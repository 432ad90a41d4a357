"""Observations with their provenance and uncertainty; readers, vocabulary, actors, linking."""
