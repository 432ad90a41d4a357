from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]

TEXT = "The sides cease fire. Heavy weapons leave the zone by 20 January 2030. Both sides verify.\n"

ACCORD = """\
# A small accord, whole and valid.
accord:
  id: small
  title: A small accord
  signed: 2030-01-01
  time_zone: Europe/Kyiv
  status: confirmed
  version: 1
sources:
  - {id: text, title: The text, file: text.txt, sha256: SHA}
parties:
  - {id: north, names: North, role: side}
  - {id: south, names: South, role: side}
  - {id: friend, names: Friend, role: supporter}
lines:
  - id: line
    geometry: {type: LineString, coordinates: [[30, 50], [30.5, 50]]}
    left: north
    right: south
zones:
  - id: zone
    names: The zone
    kind: area_of_separation
    derivation: {line: line, side: both, depth_m: {min: 1000, max: 2000}}
provisions:
  - id: ceasefire
    kind: cessation
    parties: [north, south]
    quotes: [{source: text, exact: The sides cease fire, start: 0, end: 20}]
  - id: zone-set-up
    kind: zone
    parties: [north, south]
    zone: zone
    due: 2030-01-25  # the day named
    quotes: [{source: text, exact: the zone, start: 42, end: 50}]
  - id: weapons-leave
    kind: weapons_withdrawal
    parties: [north, south]
    weapons: [heavy_weapon]
    zone: zone
    due: 2030-01-20
    quotes: [{source: text, exact: Heavy weapons leave the zone, start: 22, end: 50}]
"""


@pytest.fixture(scope="session")
def idlib() -> Path:
    return ROOT / "examples" / "idlib-2018" / "accord.yaml"


@pytest.fixture(scope="session")
def all_examples() -> list[Path]:
    return sorted((ROOT / "examples").glob("*/accord*.yaml"))


@pytest.fixture
def accord_text() -> str:
    return ACCORD.replace("SHA", f'"{hashlib.sha256(TEXT.encode()).hexdigest()}"')


@pytest.fixture
def accord_file(tmp_path: Path, accord_text: str) -> Path:
    (tmp_path / "text.txt").write_text(TEXT, encoding="utf-8")
    path = tmp_path / "accord.yaml"
    path.write_text(accord_text, encoding="utf-8")
    return path
