"""The accord's model: what an ``accord.yaml`` may say, as frozen pydantic classes."""

from truceline.accord.model.base import Id, Names, Range
from truceline.accord.model.document import Accord, AccordHead, Source
from truceline.accord.model.party import Party, PartyRole
from truceline.accord.model.provision import (
    Band,
    Ceiling,
    Cessation,
    Designation,
    Exemption,
    ForcesWithdrawal,
    Frequency,
    Other,
    Patrols,
    Provision,
    ProvisionKind,
    Restriction,
    Routes,
    Verification,
    WeaponSpec,
    WeaponsWithdrawal,
    ZoneProvision,
)
from truceline.accord.model.quote import Quote, Stance, Statement
from truceline.accord.model.reading import Amendment, Change, Interpretation, Reading
from truceline.accord.model.space import Derivation, Line, Place, Sector, Zone
from truceline.accord.model.verification import SourceRating, Thresholds, VerificationSettings
from truceline.accord.model.when import When

__all__ = [
    "Accord",
    "AccordHead",
    "Amendment",
    "Band",
    "Ceiling",
    "Cessation",
    "Change",
    "Derivation",
    "Designation",
    "Exemption",
    "ForcesWithdrawal",
    "Frequency",
    "Id",
    "Interpretation",
    "Line",
    "Names",
    "Other",
    "Party",
    "PartyRole",
    "Patrols",
    "Place",
    "Provision",
    "ProvisionKind",
    "Quote",
    "Range",
    "Reading",
    "Restriction",
    "Routes",
    "Sector",
    "Source",
    "SourceRating",
    "Stance",
    "Statement",
    "Thresholds",
    "Verification",
    "VerificationSettings",
    "WeaponSpec",
    "WeaponsWithdrawal",
    "When",
    "Zone",
    "ZoneProvision",
]
