"""Parties: everybody whom the accord names."""

from __future__ import annotations

from enum import StrEnum

from truceline.accord.model.base import Day, Id, Names, Part


class PartyRole(StrEnum):
    """What a party is to the accord."""

    GUARANTOR = "guarantor"
    SIDE = "side"
    GROUP = "group"
    SUPPORTER = "supporter"
    OBSERVER = "observer"


class FormerName(Part):
    """A name that a party had, and when; both ends are optional and inclusive."""

    name: str
    valid_from: Day | None = None
    valid_to: Day | None = None


class Party(Part):
    """A party with its names. `member_of` names the parties that it belongs to or fights under."""

    id: Id
    names: Names
    role: PartyRole
    aliases: tuple[str, ...] = ()
    former_names: tuple[FormerName, ...] = ()
    member_of: tuple[Id, ...] = ()
    note: str | None = None
