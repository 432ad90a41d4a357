"""GeoPandas: a spatial join of two frames, with the zones on the left, so that GEOS prepares them."""

from __future__ import annotations

from typing import Any

import geopandas
import numpy as np

from rivals import Floats, InProcess, Pairs, Summary, Zones


class Sjoin(InProcess):
    def version(self) -> str:
        return str(geopandas.__version__)

    def load(self, zones: Zones, x: Floats, y: Floats) -> None:
        self.zones = geopandas.GeoDataFrame(geometry=list(zones), crs=4326)
        self.points = geopandas.GeoDataFrame(geometry=geopandas.points_from_xy(x, y), crs=4326)
        self.points.sindex  # noqa: B018  builds the tree

    def join(self) -> Any:
        return self.zones.sjoin(self.points, predicate="intersects")

    def pairs(self, answer: Any) -> Pairs:
        return np.column_stack([answer["index_right"].to_numpy(), answer.index.to_numpy()]).astype(np.int64)

    def summary(self, answer: Any) -> Summary:
        return Summary.of(self.pairs(answer))


def sjoin() -> Sjoin:
    return Sjoin()
