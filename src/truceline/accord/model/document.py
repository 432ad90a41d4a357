"""The whole accord."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import Field

from truceline.accord.model.base import Day, Id, Instant, Names, Number, Part, Whole
from truceline.accord.model.party import Party
from truceline.accord.model.provision import Provision
from truceline.accord.model.quote import Statement
from truceline.accord.model.reading import Amendment, Interpretation
from truceline.accord.model.space import Line, Place, Zone
from truceline.accord.model.verification import VerificationSettings

FORMAT_VERSION: Literal[1] = 1


class AccordHead(Part):
    """What identifies the accord. `signed` is a day in `time_zone`, an IANA name."""

    id: Id
    title: Names
    signed: Day | None = None
    in_force: Day | Instant | None = None
    time_zone: str
    languages: tuple[str, ...] = ("en",)
    status: Literal["draft", "confirmed", "superseded"]
    version: Whole = Field(ge=1)
    supersedes: str | None = None
    region: Annotated[
        tuple[Number, Number, Number, Number] | None, Field(description="west, south, east, north in degrees")
    ] = None


class Source(Part):
    """A document that the accord quotes. `file` is its text beside the accord; sha256 is of that file."""

    id: Id
    title: Names
    publisher: str | None = None
    date: Day | None = None
    language: str = "en"
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")] | None = None
    file: str | None = None
    url: str | None = None
    note: str | None = None


class Question(Part):
    """What the text leaves open, for an analyst to answer."""

    provision: Id | None = None
    field: str
    why: str


class Accord(Part):
    """An agreement as a machine-readable document."""

    format: Literal[1] = FORMAT_VERSION
    accord: AccordHead
    sources: tuple[Source, ...] = ()
    parties: tuple[Party, ...] = ()
    places: tuple[Place, ...] = ()
    lines: tuple[Line, ...] = ()
    zones: tuple[Zone, ...] = ()
    provisions: tuple[Provision, ...] = ()
    statements: tuple[Statement, ...] = ()
    interpretations: tuple[Interpretation, ...] = ()
    amendments: tuple[Amendment, ...] = ()
    questions: tuple[Question, ...] = ()
    verification: VerificationSettings = VerificationSettings()

    def parts(self) -> Iterator[tuple[str, int, Part, str]]:
        """Every part that has an id, as (section, index, part, id)."""
        for section in (
            "sources", "parties", "places", "lines", "zones",
            "provisions", "statements", "interpretations", "amendments",
        ):  # fmt: skip
            for index, part in enumerate(getattr(self, section)):
                yield section, index, part, part.id

    def party(self, id: str) -> Party | None:
        """The party with that id."""
        return next((party for party in self.parties if party.id == id), None)

    def provision(self, id: str) -> Provision | None:
        """The provision with that id."""
        return next((provision for provision in self.provisions if provision.id == id), None)

    def zone(self, id: str) -> Zone | None:
        """The zone with that id."""
        return next((zone for zone in self.zones if zone.id == id), None)

    def line(self, id: str) -> Line | None:
        """The line with that id."""
        return next((line for line in self.lines if line.id == id), None)

    def place(self, id: str) -> Place | None:
        """The place with that id."""
        return next((place for place in self.places if place.id == id), None)

    def members_of(self, id: str) -> frozenset[str]:
        """The party and everyone who is, directly or not, a member of it."""
        found = {id}
        while True:
            more = {p.id for p in self.parties if found.intersection(p.member_of)} - found
            if not more:
                return frozenset(found)
            found |= more
