"""Features, routes, effort and places."""

from __future__ import annotations

from typing import Any, Literal

from truceline.web.models.base import Answer


class FeatureCollection(Answer):
    """GeoJSON (RFC 7946)."""

    type: Literal["FeatureCollection"]
    features: list[dict[str, Any]]


class Effort(Answer):
    """How long somebody looked, by area and day, and where access was refused."""

    items: list[dict[str, Any]]


class Routes(Answer):
    """How each route stands."""

    routes: list[dict[str, Any]]


class Places(Answer):
    """Places whose name, in any script, begins with or holds what was asked for."""

    items: list[dict[str, Any]]


class Kinds(Answer):
    """The vocabulary of observations."""

    kinds: list[dict[str, Any]]
