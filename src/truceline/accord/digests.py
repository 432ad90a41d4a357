"""What parties sign when they confirm an accord, a line or a zone: one digest each, the same everywhere.

- An **accord** is its file: the SHA-256 of its bytes.
- A **line** is its course, as drawn and in its direction, and whose side is which: SHA-256 of the RFC 8785
  JSON of ``{"line": ID, "geometry": [[lon, lat], ...], "left": PARTY, "right": PARTY}``.
- A **zone** is its own geometry, or how it is derived and the digest of each line that it is derived from.
  Not the derived polygon, whose last digits depend on the library that drew it.

Names, notes, uncertainties and days of validity are not signed: they may be told better without anybody
having to sign again. Coordinates are those of the file, lon, lat in WGS 84.
"""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path
from typing import Any

import rfc8785
import shapely

from truceline.accord.geometry import read_geometry
from truceline.accord.model import Accord, Line, Zone
from truceline.accord.model.provision import ZoneProvision

SUBJECTS = ("accord", "zone", "line")
"""What is confirmed by its digest."""


def line_digest(line: Line, base_dir: Path) -> str | None:
    """The digest of a line, in hex; None where nobody has drawn it. Files are looked for below `base_dir`.

    Raises what reading the geometry raises.
    """
    if line.geometry is None:
        return None
    course = read_geometry(line.geometry, base_dir, "line")
    parts = [shapely.get_coordinates(part).tolist() for part in shapely.get_parts(course)]
    return _digest(
        {
            "line": line.id,
            "geometry": parts[0] if len(parts) == 1 else parts,
            "left": line.left,
            "right": line.right,
        }
    )


def zone_digest(zone: Zone, accord: Accord, base_dir: Path) -> str | None:
    """The digest of a zone, in hex; None where it, or a line that it is derived from, is not drawn."""
    if zone.geometry is not None:
        shape = read_geometry(zone.geometry, base_dir, "polygon")
        return _digest({"zone": zone.id, "geometry": shapely.geometry.mapping(shape)})
    derivations: list[dict[str, Any]] = []
    for derivation in zone.derivation:
        line = accord.line(derivation.line)
        digest = line_digest(line, base_dir) if line is not None else None
        if digest is None:
            return None
        derivations.append(derivation.model_dump(mode="json") | {"digest": digest})
    return _digest({"zone": zone.id, "derivation": derivations}) if derivations else None


def accord_digest(text: str) -> str:
    """The SHA-256 of an accord's text in UTF-8, in hex."""
    return sha256(text.encode()).hexdigest()


def who_confirms(accord: Accord, subject: str, id: str) -> tuple[str, ...]:
    """The parties that must all sign a subject.

    Those that the accord names in `verification.confirmed_by`; else, for a zone and for a line that it is
    derived from, the parties of the provision that establishes the zone; else all guarantors, or, where
    there are none, all sides.
    """
    if accord.verification.confirmed_by:
        return accord.verification.confirmed_by
    zones = {id} if subject == "zone" else set()
    if subject == "line":
        family = {id, *(line.version_of for line in accord.lines if line.id == id and line.version_of)}
        zones = {z.id for z in accord.zones if any(d.line in family for d in z.derivation)}
    for provision in accord.provisions:
        if isinstance(provision, ZoneProvision) and provision.zone in zones and provision.parties:
            return tuple(dict.fromkeys(provision.parties))
    return _of_role(accord, "guarantor") or _of_role(accord, "side")


def _of_role(accord: Accord, role: str) -> tuple[str, ...]:
    return tuple(party.id for party in accord.parties if party.role == role)


def _digest(document: dict[str, Any]) -> str:
    return sha256(rfc8785.dumps(document)).hexdigest()
