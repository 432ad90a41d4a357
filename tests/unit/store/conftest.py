"""Stores in temporary folders, and batches to put in."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from truceline.core.errors import Fault

ACCORD = """\
accord: {id: valley, title: Valley ceasefire, time_zone: Asia/Damascus, status: confirmed, version: 1}
sources: [{id: text, title: Announcement, file: texts/announcement.txt}]
parties:
- {id: north, names: North, role: side}
- {id: south, names: South, role: side}
lines:
- {id: line, geometry: line.geojson#first}
interpretations:
- id: which-line
  question: Which line counts?
  adopted: first
  readings:
  - {id: first, text: the first}
  - {id: second, text: the second, changes: [{target: line, set: {geometry: other/line.geojson}}]}
"""
LINE = """\
{"type": "FeatureCollection", "features": [{"type": "Feature", "id": "first", "properties": {},
 "geometry": {"type": "LineString", "coordinates": [[36.0, 35.0], [36.1, 35.0]]}}]}
"""


@dataclass
class Rows:
    table: pa.Table
    quarantined: list[Fault] = field(default_factory=list)

    @property
    def read(self) -> int:
        return int(self.table.num_rows) + len(self.quarantined)


@pytest.fixture
def batch(observation_table: Callable[..., pa.Table]) -> Callable[..., Rows]:
    def make(*rows: dict[str, Any]) -> Rows:
        return Rows(observation_table(rows))

    return make


@pytest.fixture
def accord_file(tmp_path: Path) -> Path:
    """An accord with the files that it names, in a folder of its own."""
    folder = tmp_path / "agreement"
    for name, text in (
        ("accord.yaml", ACCORD),
        ("texts/announcement.txt", "The sides agree.\n"),
        ("line.geojson", LINE),
        ("other/line.geojson", LINE),
        ("notes.txt", "named by nothing"),
    ):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    return folder / "accord.yaml"


@pytest.fixture
def empty_url(postgres: Any) -> Any:
    """The address of a record that is not made yet, in an empty database."""
    with postgres.database("template0") as name:
        yield postgres.url(name)
