"""The Python interface for analysts: a workspace opened for reading, its layers as Arrow tables and
GeoDataFrames.

``import truceline`` offers what is named in `truceline.__all__`. Nothing here changes a workspace. Instants
may be given as text (a day, which means its end in the accord's time zone, or ISO 8601), as a date or as an
aware datetime."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from truceline.accord.geometry import AccordGeometry
from truceline.accord.load import load_accord
from truceline.accord.model import Accord
from truceline.app.assess import assess_workspace, explain_in_workspace
from truceline.app.compare import PeriodsRequest, compare_in
from truceline.app.drawn import geometry_at
from truceline.app.export_content import ExportRequest, content_of
from truceline.app.patrol import TrackFile, Verification, verify_tracks
from truceline.assess import Assessment
from truceline.core.errors import DependencyMissing, InvalidInput, NotFound
from truceline.core.instants import isoformat_utc, parse_instant, zone_of
from truceline.draft import DraftDocument, draft_text
from truceline.geo.audit import ZoneAudit, audit_zone
from truceline.geo.zone import derive_zone
from truceline.products.comparison.periods import Comparison
from truceline.products.export.content import Content
from truceline.products.export.fields import GEOMETRY, Layer
from truceline.products.export.layers import layer_named
from truceline.store.workspace import Workspace

if TYPE_CHECKING:
    import geopandas

__all__ = [
    "DraftDocument", "LayerTable", "OpenWorkspace", "ZoneAudit", "audit_zone", "derive_zone", "draft_text",
    "load_accord", "open_workspace",
]  # fmt: skip

When = str | date | datetime


@dataclass(frozen=True)
class LayerTable:
    """One layer of a workspace's record. The columns are those of the data dictionary
    (docs/reference/exports.md)."""

    layer: Layer
    content: Content

    def __len__(self) -> int:
        return self.content.about.layers[self.layer.id]

    @property
    def about(self) -> dict[str, Any]:
        """Of what it is, as of when, as known when, and the head of the record's log."""
        return self.content.about.as_dict()

    @property
    def columns(self) -> dict[str, str]:
        """What each column says."""
        return {
            field.name: field.words(self.content.language)
            for field in self.layer.fields_for(self.content.reader)
        }

    def to_arrow(self) -> pa.Table:
        """All rows; `geometry` is WKB, lon/lat on WGS 84, instants are in UTC."""
        return pa.Table.from_batches(self.content.batches(self.layer), self.content.schema(self.layer))

    def to_batches(self) -> pa.RecordBatchReader:
        """The same batch by batch, for records that do not fit into memory."""
        return pa.RecordBatchReader.from_batches(
            self.content.schema(self.layer), self.content.batches(self.layer)
        )

    def to_geopandas(self) -> geopandas.GeoDataFrame:
        """The rows as a GeoDataFrame on WGS 84. Raises DependencyMissing without geopandas, InvalidInput
        for a layer without geometry, which `to_arrow().to_pandas()` gives."""
        if not self.layer.geometry:
            raise InvalidInput(f"{self.layer.id} has no geometry: to_arrow().to_pandas() gives its rows")
        try:
            import geopandas
        except ImportError as error:
            raise DependencyMissing(
                "GeoDataFrames need geopandas, which is not installed", hint="pip install 'truceline[export]'"
            ) from error
        frame = self.to_arrow().to_pandas()
        shapes = geopandas.GeoSeries.from_wkb(frame.pop(GEOMETRY), crs="OGC:CRS84")
        return geopandas.GeoDataFrame(frame, geometry=shapes)


@dataclass(frozen=True)
class OpenWorkspace:
    """A workspace, opened for reading. Methods raise InvalidInput, NotFound, StoreUnavailable."""

    workspace: Workspace

    @property
    def accord(self) -> Accord:
        """The accord as it stands in the folder."""
        return self.workspace.accord()

    def assess(
        self, as_of: When | None = None, known_at: When | None = None, *, reading: str | None = None
    ) -> Assessment:
        """The state of every obligation: true as of an instant, from what was recorded by an instant; now
        if not given."""
        at, known = self._instant(as_of), self._instant(known_at)
        return assess_workspace(self.workspace, as_of=at, known_at=known, reading=reading)

    def explain(self, id: str, as_of: When | None = None, known_at: When | None = None) -> dict[str, Any]:
        """Why, for any id that an output holds, down to the row and the quote, as plain data."""
        at, known = self._instant(as_of), self._instant(known_at)
        return explain_in_workspace(self.workspace, id, as_of=at, known_at=known)

    def layer(
        self,
        id: str,
        *,
        as_of: When | None = None,
        known_at: When | None = None,
        edition: str = "internal",
        reading: str | None = None,
        standing_only: bool = False,
    ) -> LayerTable:
        """A layer of the record by its id: observations, zones, lines, routes, obligations, effort,
        patrols, weapons, corrections. Without `known_at` everything recorded counts, and without `as_of` it
        is the last record's."""
        layer = layer_named(id)
        if layer is None:
            raise NotFound(f"there is no layer {id!r}", hint="docs/reference/exports.md lists them")
        request = ExportRequest(
            as_of=_text(as_of),
            known_at=_text(known_at),
            reading=reading,
            edition=edition,
            layers=(id,),
            standing_only=standing_only,
        )
        content = content_of(self.workspace, request)
        if layer not in content.layers:
            raise InvalidInput(f"layer: {id} is not in the {edition} edition")
        return LayerTable(layer, content)

    def observations(self, **asked: Any) -> LayerTable:
        """The layer of observations; arguments as for `layer`."""
        return self.layer("observations", **asked)

    def zones(self, **asked: Any) -> LayerTable:
        """The layer of zones and bands; arguments as for `layer`."""
        return self.layer("zones", **asked)

    def routes(self, **asked: Any) -> LayerTable:
        """The layer of routes with their state; arguments as for `layer`."""
        return self.layer("routes", **asked)

    def obligations(self, **asked: Any) -> LayerTable:
        """The layer of obligations with their state; arguments as for `layer`."""
        return self.layer("obligations", **asked)

    def geometry(self, as_of: When | None = None, *, reading: str | None = None) -> AccordGeometry:
        """What the accord draws, as shapes (lon/lat on WGS 84) with their uncertainty."""
        return geometry_at(self.accord, self.workspace.root, self._instant(as_of), reading)

    def compare(self, date: When, *, days: int = 90, **asked: Any) -> Comparison:
        """Incidents before and after a day; further arguments as in
        `truceline.app.compare.PeriodsRequest`."""
        request = PeriodsRequest(date=str(_text(date)), days=days, **asked)
        return compare_in(self.workspace, request)[0]

    def verify_tracks(
        self, files: Mapping[str | Path, str], as_of: When | None = None, *, provision: str | None = None
    ) -> Verification:
        """What tracks show of the patrols that the accord promises: files of tracks, and whose each is."""
        named = [TrackFile(Path(path), party) for path, party in files.items()]
        return verify_tracks(self.workspace, named, as_of=self._instant(as_of), provision=provision)

    def _instant(self, when: When | None) -> datetime:
        text = _text(when)
        if text is None:
            return datetime.now(UTC)
        return parse_instant(text, zone_of(self.accord.accord.time_zone))


def open_workspace(root: str | Path) -> OpenWorkspace:
    """Opens the workspace in a folder for reading. Raises NotFound."""
    return OpenWorkspace(Workspace.open(Path(root)))


def _text(when: When | None) -> str | None:
    if isinstance(when, datetime):
        if when.tzinfo is None:
            raise InvalidInput(f"found {when.isoformat()} without a time zone; accepted: an aware datetime")
        return isoformat_utc(when)
    return when.isoformat() if isinstance(when, date) else when
