"""Browsers and the served example, for the tests of the application."""

from operations_room import chromium_with_maps, room, visits

__all__ = ["chromium_with_maps", "room", "visits"]
