"""Polars-ST: a spatial join of two frames; the zones on the left, as for GeoPandas."""

from __future__ import annotations

from typing import Any

import numpy as np
import polars as pl
import polars_st as st
import shapely

from rivals import Floats, InProcess, Pairs, Summary, Zones


class Sjoin(InProcess):
    def version(self) -> str:
        return f"{st.__version__ if hasattr(st, '__version__') else ''} on polars {pl.__version__}".strip()

    def load(self, zones: Zones, x: Floats, y: Floats) -> None:
        wkb = list(shapely.to_wkb(np.asarray(zones, dtype=object)))
        self.zones = pl.DataFrame(
            {"zone": np.arange(len(zones)), "geometry": pl.Series(wkb, dtype=pl.Binary)}
        )
        self.points = pl.DataFrame({"point": np.arange(len(x)), "x": x, "y": y}).select(
            "point", st.point(pl.concat_list("x", "y")).alias("geometry")
        )

    def join(self) -> Any:
        zones: Any = self.zones
        return zones.st.sjoin(self.points, on="geometry", how="inner", predicate="intersects")

    def pairs(self, answer: Any) -> Pairs:
        return np.column_stack([answer["point"].to_numpy(), answer["zone"].to_numpy()]).astype(np.int64)

    def summary(self, answer: Any) -> Summary:
        return Summary.of(self.pairs(answer))


def sjoin() -> Sjoin:
    return Sjoin()
