"""What a data product says about itself: of what accord, as of when, for whom, and the log's head to check
it by."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from truceline.core.instants import isoformat_utc
from truceline.evidence.permissions import CELL_DEG

FORMAT = "truceline-export/1"


@dataclass(frozen=True, slots=True)
class About:
    """Instants are UTC. `known_at` is how far this edition's knowledge reaches, which may be earlier than
    asked.

    `log_size` and `log_root` are of the record's log when the product was made, `log_note` its signed head.
    """

    accord: str
    title: str
    accord_version: int
    accord_sha256: str
    time_zone: str
    edition: str
    as_of: datetime
    known_at: datetime
    reading: str | None
    ruleset: str
    software: str
    log_origin: str
    log_size: int
    log_root: str
    log_note: str | None
    layers: dict[str, int] = field(default_factory=dict)
    exact_places: bool = True

    def as_dict(self) -> dict[str, Any]:
        """As plain JSON data."""
        return {
            "format": FORMAT,
            "accord": self.accord,
            "title": self.title,
            "accord_version": self.accord_version,
            "accord_sha256": self.accord_sha256,
            "time_zone": self.time_zone,
            "edition": self.edition,
            "places": "as recorded" if self.exact_places else f"cells of {CELL_DEG} degrees",
            "as_of": isoformat_utc(self.as_of),
            "known_at": isoformat_utc(self.known_at),
            "reading": self.reading,
            "ruleset": self.ruleset,
            "made_with": self.software,
            "log": {
                "origin": self.log_origin,
                "size": self.log_size,
                "root": self.log_root,
                "head": self.log_note,
            },
            "layers": self.layers,
        }

    def as_json(self) -> str:
        """As one line of JSON."""
        return json.dumps(self.as_dict(), ensure_ascii=False, sort_keys=True)
