"""Truceline through its public interface."""

from __future__ import annotations

import numpy as np
import shapely

import truceline
from rivals import Floats, InProcess, Pairs, Summary, Zones
from truceline.geo.screening.containment import Codes
from truceline.geo.screening.index import ZoneIndex


class Ours(InProcess):
    """Codes of four bytes a point, or pairs written out."""

    def __init__(self, threads: int | None, pairs: bool = False) -> None:
        self.threads, self.write_pairs = threads, pairs
        warm = ZoneIndex([shapely.box(0, 0, 1, 1)]).contains([0.5], [0.5], threads=threads)
        warm.pairs(threads=threads)

    def version(self) -> str:
        return truceline.__version__

    def load(self, zones: Zones, x: Floats, y: Floats) -> None:
        self.index = ZoneIndex(zones)
        self.x, self.y = x, y

    def join(self) -> tuple[Codes, object]:
        codes = self.index.contains(self.x, self.y, threads=self.threads)
        return codes, codes.pairs(threads=self.threads) if self.write_pairs else None

    def pairs(self, answer: tuple[Codes, object]) -> Pairs:
        return np.column_stack(answer[0].pairs()).astype(np.int64)

    def summary(self, answer: tuple[Codes, object]) -> Summary:
        point, zone = answer[0].pairs()
        return Summary(len(point), int(point.sum(dtype=np.int64)), int(zone.sum(dtype=np.int64)))


def codes_all() -> Ours:
    return Ours(None)


def codes_one() -> Ours:
    return Ours(1)


def with_pairs() -> Ours:
    return Ours(None, pairs=True)
