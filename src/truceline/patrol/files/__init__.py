"""Tracks from files: GPX, GeoJSON, CSV. A fix that cannot be read is left out with its reason."""

from truceline.patrol.files.reading import TracksRead, read_tracks

__all__ = ["TracksRead", "read_tracks"]
