"""Truceline: makes agreements checkable, and says which of their promises stand, and how sure that is."""

from importlib.metadata import version

__version__ = version("truceline")
